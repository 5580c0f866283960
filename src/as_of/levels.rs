//! Where rates have lately stood against what reserves explain.
//!
//! ```text
//! repo          = median of TGCR − curve(reserves)
//! sofr          = median of SOFR − TGCR − margin
//! federal funds = median of EFFR − curve(average of reserves)
//! over ten ordinary business days up to the origin
//! ```
//!
//! Collateral, dealers' capacity and the composition of lenders move the level of rates for months at given reserves: TGCR
//! stood 10bp below IORB in 2021, 14 in the autumn of 2022 and 9 in 2024, all with reserves far above ample (New York Fed,
//! reference rates). A forecast starts where they stand. Ends of months and the days around them say nothing of a level.

use super::error::AsOfError;
use super::origin::{FIRST, Origin};
use crate::calendar::{fedwire, marks};
use crate::history::{AsKnown, DailyReserves, Observation, SeriesId, over_iorb};
use crate::model::{Parameters, federal_funds_curve, sofr_margin, tri_party_curve};
use crate::scenario::{Event, EventKind, Quantity, Scenario, When};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Ordinary business days whose median is the level.
const DAYS: usize = 10;

/// Calendar days of reserves that the average behind federal funds reaches back.
const AVERAGED_DAYS: i64 = 250;

/// A day with its reserves and their average, $bn.
type ReservesOfDay = (Date, f64, f64);

/// The name of the event that carries the levels.
const NAME: &str = "levels_at_the_origin";

/// Starts a scenario's rates where they have lately stood against the curves of its parameters, which must be set before.
///
/// # Errors
/// A series is absent or wrong.
pub fn start_at_levels(known: &AsKnown<'_>, scenario: &mut Scenario) -> Result<(), AsOfError> {
    let origin = Origin::new(known, scenario.start)?;
    let values = scenario.parameters.values();
    let p = Parameters::from_fn(|position, _| values[position].typical());
    let tile = Parameters::from_fn(|position, _| [values[position].typical()]);
    let reserves = DailyReserves::read(known, origin.date.saturating_sub(AVERAGED_DAYS.days()))?.reserves;
    let reserves: Vec<(Date, f64)> = reserves.into_iter().filter(|(day, _)| *day <= origin.date).collect();
    let [tgcr, sofr, effr] = [SeriesId::Tgcr, SeriesId::Sofr, SeriesId::Effr].map(|id| spreads(&origin, id));
    let (tgcr, sofr, effr) = (tgcr?, sofr?, effr?);
    let days: Vec<ReservesOfDay> = averaged(&reserves, p.effr_half_life)
        .into_iter()
        .rev()
        .filter(|(day, ..)| is_ordinary(*day) && tgcr.contains_key(day) && sofr.contains_key(day))
        .take(DAYS)
        .collect();
    let level = |departure: &dyn Fn(&ReservesOfDay) -> Option<f64>| median(days.iter().filter_map(departure).collect());
    let repo = level(&|(day, reserves, _)| Some(tgcr[day] - tri_party_curve(&tile, 0, *reserves)));
    let margin = level(&|(day, ..)| Some(sofr[day] - tgcr[day] - sofr_margin(&p, tgcr[day])));
    let federal_funds = level(&|(day, _, average)| Some(effr.get(day)? - federal_funds_curve(&p, *average)));
    scenario.events.push(Event {
        name: NAME.to_owned(),
        kind: EventKind::CapacityShift {
            date: When::On(fedwire::next_business_day(origin.date)),
            repo: Quantity::Fixed(repo),
            federal_funds: Quantity::Fixed(federal_funds),
            sofr: Quantity::Fixed(margin),
        },
    });
    Ok(())
}

/// A rate over IORB by day, bp.
fn spreads(origin: &Origin<'_, '_>, id: SeriesId) -> Result<BTreeMap<Date, f64>, AsOfError> {
    let values = origin.values(id)?;
    // Rates of before TGCR was published are not needed.
    let first = values.partition_point(|value| value.date < FIRST).max(values.len().saturating_sub(10 * DAYS));
    let recent = &values[first..];
    Ok(recent.iter().map(|Observation { date, value }| (*date, over_iorb(*value, *date))).collect())
}

/// Each day with its reserves and their average, oldest first.
fn averaged(reserves: &[(Date, f64)], half_life: f64) -> Vec<ReservesOfDay> {
    let survives = (-std::f64::consts::LN_2 / half_life).exp();
    let mut average = reserves.first().map_or(0.0, |(_, first)| *first);
    let mut days = Vec::with_capacity(reserves.len());
    for &(day, level) in reserves {
        average = survives * average + (1.0 - survives) * level;
        days.push((day, level, average));
    }
    days
}

/// Whether neither the day nor the one before is an end of a month or settles notes and bonds.
fn is_ordinary(date: Date) -> bool {
    let special = |day: Date| marks(day).month_end || marks(day).coupons_settle.is_some();
    !special(date) && !special(fedwire::previous_business_day(date))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => 0.0,
        n => 0.5 * (values[(n - 1) / 2] + values[n / 2]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!((median(vec![3.0, 1.0, 2.0]), median(vec![4.0, 1.0, 3.0, 2.0]), median(vec![])), (2.0, 2.5, 0.0));
    }
}
