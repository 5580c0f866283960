//! Rolling: a payment scheduled for a closed day moves to the next open day, or to the one before.
//!
//! Both functions answer the question from the other end, "which scheduled day is paid on
//! `date`?", because a simulation walks over dates and asks each what happens on it.

use jiff::civil::Date;

/// The scheduled day that is paid on `date` when payments move *forward* to the first open day.
///
/// It is `date` itself, or the latest scheduled day in the run of closed days just before it.
/// None when `date` is closed or nothing scheduled reaches it.
pub(super) fn rolled_forward_to(
    date: Date,
    open: impl Fn(Date) -> bool,
    scheduled: impl Fn(Date) -> bool,
) -> Option<Date> {
    rolled(date, open, scheduled, |day| day.yesterday().ok())
}

/// The scheduled day that is paid on `date` when payments move *back* to the last open day.
///
/// It is `date` itself, or the earliest scheduled day in the run of closed days just after it.
/// None when `date` is closed or nothing scheduled reaches it.
pub(super) fn rolled_back_to(
    date: Date,
    open: impl Fn(Date) -> bool,
    scheduled: impl Fn(Date) -> bool,
) -> Option<Date> {
    rolled(date, open, scheduled, |day| day.tomorrow().ok())
}

fn rolled(
    date: Date,
    open: impl Fn(Date) -> bool,
    scheduled: impl Fn(Date) -> bool,
    step: impl Fn(Date) -> Option<Date>,
) -> Option<Date> {
    if !open(date) {
        return None;
    }
    let mut day = date;
    while !scheduled(day) {
        day = step(day).filter(|&neighbour| !open(neighbour))?;
    }
    Some(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::fedwire::is_business_day;
    use jiff::civil::date;

    /// 2026-01-17 is a Saturday and 2026-01-19 Martin Luther King Day, so a payment scheduled
    /// for the 18th moves to Tuesday the 20th or back to Friday the 16th, by the rule's definition.
    #[test]
    fn a_closed_day_moves_to_the_open_day_on_its_side() {
        let eighteenth = |day: Date| day.day() == 18;
        let paid = |day: i8| {
            let day = date(2026, 1, day);
            (
                rolled_forward_to(day, is_business_day, eighteenth).is_some(),
                rolled_back_to(day, is_business_day, eighteenth).is_some(),
            )
        };
        assert_eq!(paid(16), (false, true));
        assert_eq!(paid(18), (false, false));
        assert_eq!(paid(20), (true, false));
        assert_eq!(paid(21), (false, false));
    }

    #[test]
    fn an_open_scheduled_day_is_paid_on_itself() {
        let day = date(2025, 10, 15);
        let fifteenth = |day: Date| day.day() == 15;
        assert_eq!(rolled_forward_to(day, is_business_day, fifteenth), Some(day));
        assert_eq!(rolled_back_to(day, is_business_day, fifteenth), Some(day));
    }

    #[test]
    fn the_ends_of_representable_time_are_not_scheduled() {
        let never = |_: Date| false;
        assert_eq!(rolled_forward_to(Date::MIN, |day| day == Date::MIN, never), None);
        assert_eq!(rolled_back_to(Date::MAX, |day| day == Date::MAX, never), None);
    }
}
