//! The days on which the model had to say something.

use crate::calendar::fedwire;
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// First origin: the first Wednesday after the Daily Treasury Statement's debt transactions are known.
pub const FIRST_ORIGIN: Date = date(2021, 7, 7);

/// Last day on which an origin may fall.
pub const LAST_ORIGIN: Date = date(2026, 2, 25);

/// Business days between two origins.
pub const EVERY: usize = 10;

/// Every second Wednesday, or the business day before it: the days of the Fed's balance sheet.
pub fn origins(first: Date, last: Date) -> Vec<Date> {
    let wednesdays = (0..).map(|number: i64| first.saturating_add((14 * number).days()));
    wednesdays.take_while(|day| *day <= last).map(fedwire::on_or_before).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::Weekday;

    #[test]
    fn origins_are_wednesdays_but_for_holidays() {
        let all = origins(FIRST_ORIGIN, LAST_ORIGIN);
        assert_eq!((all[0], *all.last().unwrap()), (date(2021, 7, 7), date(2026, 2, 25)));
        assert_eq!(all.len(), 122);
        // Juneteenth 2024 and Christmas 2024 were Wednesdays; the first of them is no origin's.
        let moved: Vec<Date> = all.iter().copied().filter(|day| day.weekday() != Weekday::Wednesday).collect();
        assert!(moved.iter().all(|day| day.weekday() == Weekday::Tuesday), "{moved:?}");
    }
}
