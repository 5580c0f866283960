//! What the model remembers of the days before.

use super::announced_bills::AnnouncedBills;
use super::error::AsOfError;
use super::fed_books::to_the_million;
use super::origin::Origin;
use super::rates::in_force;
use super::shipped::base_of;
use crate::calendar::names::long_date;
use crate::history::SeriesId;
use crate::model::Parameters;
use crate::scenario::{Figure, State};

/// Days over which the spread is averaged.
const SPREAD_DAYS: usize = 5;

/// The behavioural state at the close of the origin.
pub fn state(origin: &Origin<'_, '_>, bills: &AnnouncedBills) -> Result<State, AsOfError> {
    Ok(State {
        sofr_spread_average: spread_average(origin)?,
        announced_bills: Figure { value: to_the_million(bills.total()), source: bills.source.clone() },
        ample_reserves: ample_reserves(origin),
    })
}

fn spread_average(origin: &Origin<'_, '_>) -> Result<Figure, AsOfError> {
    let values = origin.values(SeriesId::Sofr)?;
    let days = &values[values.len().saturating_sub(SPREAD_DAYS)..];
    let mut spreads = Vec::new();
    for day in days {
        spreads.push((day.value - in_force(origin, day.date)?.iorb) * 100.0);
    }
    let mean = spreads.iter().sum::<f64>() / spreads.len() as f64;
    let words: Vec<String> = spreads.iter().map(|spread| format!("{spread:.0}")).collect();
    let source = format!(
        "bp; mean SOFR less IORB over the {} business days {} to {}: {}",
        days.len(),
        long_date(days[0].date),
        long_date(days[days.len() - 1].date),
        words.join(", ")
    );
    Ok(Figure { value: (mean * 100.0).round() / 100.0, source })
}

/// The level of an era is fitted, not published. From the last vintage known by then it grows as the model has it grow with bank
/// assets, by `ample_growth` a year.
fn ample_reserves(origin: &Origin<'_, '_>) -> Figure {
    let base = base_of(origin.date);
    let level = base.state.ample_reserves.value;
    let days = f64::from((origin.date - base.date).get_days().max(0));
    let growth = Parameters::defaults().ample_growth;
    Figure {
        value: (level * (1.0 + 0.01 * growth * days / 365.25)).round(),
        source: format!(
            "as in the vintage of {}, grown by {growth} percent a year: {}",
            long_date(base.date),
            base.state.ample_reserves.source
        ),
    }
}
