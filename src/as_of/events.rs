//! What had been announced of the days ahead and does not end by itself: purchases, the end of runoff, the terms of the
//! standing facility, a debt limit.

use super::error::AsOfError;
use super::origin::Origin;
use crate::calendar::settlement::{floating_reopenings_settle, inflation_indexed_settle};
use crate::calendar::{fedwire, marks};
use crate::history::{
    Announced, DebtLimit, Observation, PurchasePace, RunoffCaps, SeriesId, debt_limits, facility_terms, purchase_paces,
    runoff_caps,
};
use crate::model::BUSINESS_DAYS_PER_MONTH;
use crate::scenario::{Event, EventKind, Quantity, When};
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// Since when principal of agency MBS goes into bills once runoff has ended (FOMC implementation note of 29 October 2025);
/// in 2019 it went into Treasury securities of all maturities, up to 20 a month, which leaves reserves as they are.
const INTO_BILLS: Date = date(2025, 12, 1);

/// Share of a day's demand that the standing facility meets in the morning when it operates then: not published by the hour.
const MORNING_SHARE: f64 = 0.4;

/// The largest net issue of bills in a week while cash is rebuilt, $bn: 128 in June 2023, 114 in July 2025.
const REBUILD_PACE: f64 = 120.0;

/// Business days of a quarter.
const QUARTER_DAYS: usize = 63;

/// More than is bought back in a day, $bn: operations take up to 12.5 (Treasury, buyback schedules of 2024 to 2026), and two
/// may settle together.
const LARGEST_BUYBACK: f64 = 30.0;

/// The event of a word and its sizes.
fn event(name: &str, kind: EventKind) -> Event {
    Event { name: name.to_owned(), kind }
}

/// Whether caps end runoff with principal going into bills.
pub fn principal_into_bills(caps: &RunoffCaps) -> bool {
    caps.treasuries == 0.0 && caps.mbs == 0.0 && caps.from >= INTO_BILLS
}

/// Everything announced by the origin that lasts into the days ahead, up to `end`.
pub fn events_ahead(origin: &Origin<'_, '_>, end: Date) -> Result<Vec<Event>, AsOfError> {
    let mut events = Vec::new();
    if let Some(ended) = origin.announced(runoff_caps()).iter().find(|caps| principal_into_bills(caps))
        && ended.from <= end
    {
        events.push(event("runoff ends", EventKind::RunoffEnd { date: When::On(ended.from) }));
    }
    events.extend(purchases(origin, end));
    events.extend(facility(origin, end));
    events.extend(debt_limit(origin, end)?);
    events.extend(buybacks(origin)?);
    Ok(events)
}

/// Of announcements in order, those not overtaken by a later one for the same time: what was announced last for a day
/// counts from then on.
fn standing<T: Announced + Copy>(announced: &[T], from: fn(&T) -> Date) -> Vec<T> {
    let mut standing: Vec<T> = Vec::new();
    for row in announced {
        standing.retain(|earlier| earlier.announced() == row.announced() || from(earlier) < from(row));
        standing.push(*row);
    }
    standing.sort_by_key(from);
    standing
}

/// Paces in force at the origin or later, each to the next.
fn purchases(origin: &Origin<'_, '_>, end: Date) -> Vec<Event> {
    let paces = standing(origin.announced(purchase_paces()), |pace: &PurchasePace| pace.from);
    let mut events = Vec::new();
    for (number, pace) in paces.iter().enumerate() {
        let until = paces.get(number + 1).map(|next| next.from);
        if pace.from > end || until.is_some_and(|until| until <= origin.date) {
            continue;
        }
        let (start, stop) = (When::On(pace.from), until.map(When::On));
        if pace.bills > 0.0 {
            let kind =
                EventKind::Purchases { start: start.clone(), end: stop.clone(), pace: Quantity::Fixed(pace.bills) };
            events.push(event(&format!("purchases of bills from {}", pace.from), kind));
        }
        // What agency MBS add to reserves is the same as what notes and bonds add.
        let outright = pace.coupons + pace.mbs;
        if outright > 0.0 {
            let kind = EventKind::OpenMarketPurchases { start, end: stop, pace: Quantity::Fixed(outright) };
            events.push(event(&format!("purchases of notes, bonds and MBS from {}", pace.from), kind));
        }
    }
    events
}

/// The Treasury buys back securities on a published schedule; what left on days on which none settled in the last quarter
/// goes on. The statement counts it among redemptions.
fn buybacks(origin: &Origin<'_, '_>) -> Result<Option<Event>, AsOfError> {
    let values = origin.values(SeriesId::NetCoupons)?;
    let Some(quarter) = values.len().checked_sub(QUARTER_DAYS).map(|first| &values[first..]) else { return Ok(None) };
    let nothing_settles = |day: &&Observation| {
        let day = day.date;
        marks(day).coupons_settle.is_none() && !inflation_indexed_settle(day) && !floating_reopenings_settle(day)
    };
    // On Good Friday what matured is paid alone.
    let bought: f64 = quarter
        .iter()
        .filter(nothing_settles)
        .map(|day| day.value)
        .filter(|net| (-LARGEST_BUYBACK..0.0).contains(net))
        .sum();
    let pace = bought / QUARTER_DAYS as f64 * BUSINESS_DAYS_PER_MONTH;
    if pace > -1.0 {
        return Ok(None);
    }
    let start = When::On(fedwire::next_business_day(origin.date));
    let kind = EventKind::RefinancingShift { start, end: None, coupons: Quantity::Fixed((pace * 10.0).round() / 10.0) };
    Ok(Some(event("buybacks", kind)))
}

/// No facility before its first day; its terms since.
fn facility(origin: &Origin<'_, '_>, end: Date) -> Vec<Event> {
    let none = event(
        "no standing facility yet",
        EventKind::StandingFacility {
            date: When::On(date(2018, 1, 2)),
            limit: Quantity::Fixed(0.0),
            morning: Quantity::Fixed(0.0),
        },
    );
    let terms = origin.announced(facility_terms()).iter().filter(|terms| terms.from <= end);
    std::iter::once(none)
        .chain(terms.map(|terms| {
            let morning = if terms.morning { MORNING_SHARE } else { 0.0 };
            let kind = EventKind::StandingFacility {
                date: When::On(terms.from),
                limit: Quantity::Fixed(terms.limit),
                morning: Quantity::Fixed(morning),
            };
            event(&format!("standing facility from {}", terms.from), kind)
        }))
        .collect()
}

/// A debt limit that binds or will by law. When it is lifted is not known: on any day of the span in which cash and measures
/// were expected to run out, since no limit has been lifted long before, and none after.
fn debt_limit(origin: &Origin<'_, '_>, end: Date) -> Result<Option<Event>, AsOfError> {
    let announced = origin.announced(debt_limits());
    let in_force = announced.iter().rev().find(|limit| limit.from <= origin.date);
    let coming =
        announced.iter().rev().find(|limit| limit.from > origin.date && limit.from <= end && limit.binding.is_some());
    let binding_now: Option<&DebtLimit> = in_force.filter(|limit| limit.binding.is_some());
    let Some(limit) = binding_now.or(coming) else { return Ok(None) };
    let Some(binding) = limit.binding else { return Ok(None) };
    let mut borrowed = 0.0;
    for series in [SeriesId::NetBills, SeriesId::NetCoupons] {
        let before = fedwire::previous_business_day(limit.from);
        borrowed += origin.between(series, before, origin.date)?.iter().map(|day| day.value).sum::<f64>();
    }
    let first = binding.exhausted.0.max(origin.date.saturating_add(1.day())).max(limit.from.saturating_add(1.day()));
    let last = binding.exhausted.1.max(first);
    Ok(Some(event(
        "debt limit",
        EventKind::DebtLimit {
            start: When::On(limit.from),
            lift: When::Between(first, last),
            headroom: Quantity::Fixed((binding.room - borrowed).clamp(0.0, 3000.0)),
            rebuild_pace: Quantity::Fixed(REBUILD_PACE),
        },
    )))
}
