//! What was known at a day's close of the days ahead, and nothing else, as a scenario.

use super::announced_bills::announced_bills;
use super::coupon_ahead::ahead;
use super::error::AsOfError;
use super::events::{events_ahead, principal_into_bills};
use super::origin::Origin;
use super::runoff_ahead::runoff_shift;
use super::trailing::set_trailing;
use super::vintage::vintage_of;
use crate::history::{AsKnown, cash_targets, on_rrp_limits, rate_steps, runoff_caps};
use crate::model::Parameters;
use crate::scenario::{DatedLevel, Draws, Quantity, RateStep, Scenario, Settlement};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Calendar days beyond the end that the Treasury's last cash forecast may reach.
const FORESIGHT_DAYS: i64 = 60;

/// Paths of a scenario that says nothing else.
const PATHS: u64 = 10_000;

/// The world as of a day's close, simulated up to `end`: the vintage of the day; rates, caps, limits, purchases and cash
/// targets announced by then; settlements as far as they were known; parameters at their defaults but for facts of the time.
/// Flows are the model's own.
///
/// # Errors
/// As [`vintage`](super::vintage).
pub fn scenario(known: &AsKnown<'_>, date: Date, end: Date) -> Result<Scenario, AsOfError> {
    let origin = Origin::new(known, date)?;
    let vintage = vintage_of(&origin)?;
    let mut parameters = Parameters::from_fn(|_, info| Quantity::Fixed(info.default));
    parameters.ample_reserves = Quantity::Fixed(vintage.state.ample_reserves.value);
    set_trailing(&origin, &mut parameters)?;
    let dated = |date, level| DatedLevel { date, level };
    let caps = origin.announced(runoff_caps());
    let settlements = settlements(&origin, end)?;
    Ok(Scenario {
        name: format!("as_of_{date}"),
        title: format!("As of {date}"),
        claim: String::new(),
        sources: vec![format!("official history as known on {}", known.on())],
        look_at: Vec::new(),
        start: date,
        end,
        vintage,
        parameters,
        cash_target: cash_target(&origin),
        settlements,
        rates: origin.announced(rate_steps()).iter().filter(|step| step.from > date).map(rate_step).collect(),
        meetings: Vec::new(),
        runoff_caps: caps.iter().map(|caps| dated(caps.from, caps.treasuries)).collect(),
        mbs_caps: caps
            .iter()
            .filter(|caps| !principal_into_bills(caps))
            .map(|caps| dated(caps.from, caps.mbs))
            .collect(),
        on_rrp_limits: origin.announced(on_rrp_limits()).iter().map(|row| dated(row.from, row.limit)).collect(),
        events: events_ahead(&origin, end)?,
        watches: Vec::new(),
        paths: PATHS,
        seed: 1,
        draws: Draws::Plain,
        typed: Vec::new(),
        files: [].into(),
    })
}

fn rate_step(step: &crate::history::RateStep) -> RateStep {
    RateStep { date: step.from, iorb: step.iorb, on_rrp: step.on_rrp, srf: step.srf }
}

/// The last balance announced for each quarter's end, from the last one before the origin on.
fn cash_target(origin: &Origin<'_, '_>) -> Vec<DatedLevel> {
    let announced = origin.announced(cash_targets()).iter();
    let latest: BTreeMap<Date, f64> = announced.map(|target| (target.date, target.level)).collect();
    let first = latest.keys().rev().find(|day| **day <= origin.date).copied().unwrap_or(origin.date);
    latest.into_iter().filter(|(day, _)| *day >= first).map(|(date, level)| DatedLevel { date, level }).collect()
}

/// Bills announced, by date, and notes and bonds as far ahead as the Treasury's last cash forecast reaches.
fn settlements(origin: &Origin<'_, '_>, end: Date) -> Result<Vec<Settlement>, AsOfError> {
    let mut days: BTreeMap<Date, Settlement> = BTreeMap::new();
    let nothing = |date| Settlement { date, coupons: None, bills: None };
    for (day, net) in announced_bills(origin)?.settlements {
        days.entry(day).or_insert(nothing(day)).bills = Some(net);
    }
    for ahead in ahead(origin, end.saturating_add(FORESIGHT_DAYS.days()))? {
        let net = ahead.net - runoff_shift(origin, &ahead);
        days.entry(ahead.date).or_insert(nothing(ahead.date)).coupons = Some(net);
    }
    Ok(days.into_values().collect())
}

#[cfg(test)]
mod tests {
    use super::super::tests::history;
    use super::*;
    use crate::as_of::{CouponSettlementAhead, coupons_ahead, known_of};
    use crate::calendar::fedwire;
    use crate::history::History;
    use crate::scenario::{EventKind, plan};
    use jiff::civil::date;

    /// Sixty business days on.
    fn horizon(origin: Date) -> Date {
        (0..60).fold(origin, |day, _| fedwire::next_business_day(day))
    }

    fn told(history: &History, day: Date) -> Scenario {
        scenario(&known_of(history, day), day, horizon(day)).unwrap_or_else(|error| panic!("{day}: {error}"))
    }

    #[test]
    fn every_second_wednesday_from_july_2021_to_february_2026_has_a_plan() {
        let Some(history) = history() else { return };
        let mut wednesday = date(2021, 7, 7);
        while wednesday <= date(2026, 2, 25) {
            // Juneteenth of 2024 was a Wednesday.
            let day = fedwire::on_or_before(wednesday);
            let told = told(&history, day);
            let plan = plan(&told);
            assert_eq!(plan.days.len(), 60, "{day}");
            assert!(!told.cash_target.is_empty() && told.cash_target[told.cash_target.len() - 1].date > day, "{day}");
            assert!(told.settlements.windows(2).all(|pair| pair[0].date < pair[1].date), "{day}");
            assert!(told.settlements.iter().all(|settlement| settlement.date > day), "{day}");
            wednesday = wednesday.saturating_add(14.days());
        }
    }

    /// FOMC, 4 May 2022: the rate of 5 May and the caps of June and September were announced that day, and not the day before.
    #[test]
    fn what_was_announced_is_known_from_the_day_of_the_announcement() {
        let Some(history) = history() else { return };
        let (before, after) = (told(&history, date(2022, 5, 3)), told(&history, date(2022, 5, 4)));
        assert!(before.rates.is_empty());
        assert_eq!(after.rates[0].date, date(2022, 5, 5));
        let last = |told: &Scenario| told.runoff_caps[told.runoff_caps.len() - 1];
        assert_eq!(last(&before).level, 0.0);
        assert_eq!((last(&after).date, last(&after).level), (date(2022, 9, 1), 60.0));
    }

    /// Treasury letter of 9 May 2025: exhaustion in August; net borrowing since 21 January from the Daily Treasury Statement.
    #[test]
    fn a_debt_limit_binds_with_what_is_left_and_an_end_that_is_not_known() {
        let Some(history) = history() else { return };
        let told = told(&history, date(2025, 6, 4));
        let limit = told.events.iter().find_map(|event| match &event.kind {
            EventKind::DebtLimit { lift, headroom: Quantity::Fixed(headroom), .. } => Some((lift.clone(), *headroom)),
            _ => None,
        });
        let (lift, headroom) = limit.expect("a limit binds");
        assert_eq!(lift, crate::scenario::When::Between(date(2025, 7, 1), date(2025, 8, 31)));
        assert!((0.0..336.0).contains(&headroom), "{headroom}");
    }

    /// Auction results of the day: 58 of three years, 39 of ten and 22 of thirty on 15 April 2025, 78.243 maturing with the
    /// public; announced on 3 April.
    #[test]
    fn settlements_announced_are_exact() {
        let Some(history) = history() else { return };
        let ahead = coupons_ahead(&known_of(&history, date(2025, 4, 9)), date(2025, 4, 9), date(2025, 5, 30));
        let ahead = ahead.unwrap_or_else(|error| panic!("{error}"));
        let settled = ahead.iter().find(|settlement| settlement.date == date(2025, 4, 15));
        let CouponSettlementAhead { net, announced, .. } = *settled.expect("notes and bonds settle");
        assert!(announced);
        assert!((net - (58.0 + 39.0 + 22.0 - 78.243)).abs() < 1e-9, "{net}");
    }
}
