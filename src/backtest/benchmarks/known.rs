//! The history a benchmark may see, counted in business days.

use crate::calendar::fedwire::{business_days, is_business_day};
use jiff::civil::Date;

/// A series as it was known: daily, or weekly like the Federal Reserve's balance sheet.
#[derive(Clone, Debug)]
pub struct Known<'h> {
    history: &'h [(Date, f64)],
    /// Business days from the first observation to each.
    days: Vec<usize>,
    /// Business days between observations as a rule: 1 of a daily series, 5 of a weekly one.
    spacing: usize,
}

/// A change of the past: places of the observation it starts from and of that it leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub from: usize,
    pub to: usize,
}

impl<'h> Known<'h> {
    /// What was known; none if there are not two observations, if days do not rise or if a value is not finite.
    pub fn new(history: &'h [(Date, f64)]) -> Option<Known<'h>> {
        let rises = history.is_sorted_by(|one, next| one.0 < next.0);
        if history.len() < 2 || !rises || history.iter().any(|(_, value)| !value.is_finite()) {
            return None;
        }
        let mut days = Vec::with_capacity(history.len());
        let (mut day, mut count) = (history[0].0, 0);
        for &(date, _) in history {
            while day < date {
                day = day.tomorrow().ok()?;
                count += usize::from(is_business_day(day));
            }
            days.push(count);
        }
        let mut gaps: Vec<usize> = days.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let middle = gaps.len() / 2;
        let spacing = (*gaps.select_nth_unstable(middle).1).max(1);
        Some(Known { history, days, spacing })
    }

    /// The last day observed.
    pub fn last_day(&self) -> Date {
        self.history[self.history.len() - 1].0
    }

    /// The last value observed.
    pub fn last_value(&self) -> f64 {
        self.value(self.history.len() - 1)
    }

    pub(super) fn spacing(&self) -> usize {
        self.spacing
    }

    pub(super) fn len(&self) -> usize {
        self.history.len()
    }

    pub(super) fn date(&self, place: usize) -> Date {
        self.history[place].0
    }

    pub(super) fn value(&self, place: usize) -> f64 {
        self.history[place].1
    }

    pub(super) fn difference(&self, change: Change) -> f64 {
        self.value(change.to) - self.value(change.from)
    }

    /// The business days after the last observation up to the day asked about.
    pub(super) fn days_ahead(&self, target: Date) -> Vec<Date> {
        self.last_day().tomorrow().map_or_else(|_| Vec::new(), |first| business_days(first, target))
    }

    /// Business days by which the last observation is younger than that in `place`.
    pub(super) fn age(&self, place: usize) -> usize {
        self.days[self.days.len() - 1] - self.days[place]
    }

    /// The number of a date in business days from the first observation, as observations are numbered; none before it.
    pub(super) fn number_of(&self, date: Date) -> Option<usize> {
        let place = self.history.partition_point(|&(day, _)| day <= date).checked_sub(1)?;
        let since = self.date(place).tomorrow().map_or_else(|_| Vec::new(), |first| business_days(first, date));
        Some(self.number(place) + since.len())
    }

    /// The number of an observation's day in business days from the first one.
    pub(super) fn number(&self, place: usize) -> usize {
        self.days[place]
    }

    /// All changes over `steps` business days, oldest first. In a weekly series, whose weeks have holidays, the
    /// observation nearest to that many days; in a daily one exactly that many, so that gaps make no longer changes.
    pub(super) fn changes(&self, steps: usize) -> Vec<Change> {
        let tolerance = (self.spacing - 1) / 2;
        let leads_to = |from: usize| {
            let wanted = self.days[from] + steps;
            let next = self.days.partition_point(|&day| day < wanted);
            let off = |place: &usize| self.days[*place].abs_diff(wanted);
            [next, next.saturating_sub(1)]
                .into_iter()
                .filter(|&place| place > from && place < self.days.len())
                .min_by_key(off)
                .filter(|place| off(place) <= tolerance)
        };
        (0..self.len()).filter_map(|from| Some(Change { from, to: leads_to(from)? })).collect()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use jiff::civil::date;

    /// A value for every business day, by its number.
    pub(in crate::backtest::benchmarks) fn daily(
        from: Date,
        to: Date,
        mut value: impl FnMut(usize, Date) -> f64,
    ) -> Vec<(Date, f64)> {
        business_days(from, to).into_iter().enumerate().map(|(number, day)| (day, value(number, day))).collect()
    }

    #[test]
    fn changes_of_a_daily_series_span_exactly_the_days_asked_for() {
        let mut history = daily(date(2024, 1, 2), date(2024, 3, 28), |number, _| number as f64);
        history.remove(20);
        let known = Known::new(&history).expect("rising days");
        assert_eq!(known.spacing(), 1);
        let changes = known.changes(5);
        assert!(changes.iter().all(|&change| known.difference(change) == 5.0));
        // One start and one end fell out with the day removed.
        assert_eq!(changes.len(), history.len() + 1 - 5 - 2);
    }

    #[test]
    fn a_weekly_series_counts_its_weeks_across_holidays() {
        let wednesdays = |n: i64| date(2024, 11, 6).saturating_add(jiff::Span::new().days(7 * n));
        let history: Vec<(Date, f64)> = (0..12).map(|n| (wednesdays(n), n as f64)).collect();
        let known = Known::new(&history).expect("rising days");
        assert_eq!(known.spacing(), 5);
        // Christmas is a Wednesday; Veterans Day, Thanksgiving and New Year shorten weeks to four days.
        assert!(known.changes(5).iter().all(|&change| known.difference(change) == 1.0));
        assert_eq!(known.changes(5).len(), 11);
        assert_eq!(known.changes(20).len(), 8);
    }

    #[test]
    fn history_that_does_not_rise_or_is_not_finite_is_refused() {
        let (one, two) = (date(2024, 1, 2), date(2024, 1, 3));
        assert!(Known::new(&[(one, 1.0)]).is_none());
        assert!(Known::new(&[(two, 1.0), (one, 2.0)]).is_none());
        assert!(Known::new(&[(one, 1.0), (two, f64::NAN)]).is_none());
    }

    #[test]
    fn days_are_numbered_by_business_days() {
        let mut history = daily(date(2024, 1, 2), date(2024, 1, 31), |_, _| 0.0);
        history.remove(4);
        let known = Known::new(&history).expect("rising days");
        assert_eq!(known.number_of(date(2024, 1, 1)), None);
        // The 8th was removed and still counts; Monday the 15th was Martin Luther King Day.
        for (day, number) in [(2, 0), (8, 4), (9, 5), (12, 8), (13, 8), (15, 8), (16, 9)] {
            assert_eq!(known.number_of(date(2024, 1, day)), Some(number), "January {day}");
        }
        assert_eq!(known.days_ahead(date(2024, 2, 2)), [date(2024, 2, 1), date(2024, 2, 2)]);
        assert_eq!(known.days_ahead(date(2024, 1, 31)), []);
    }
}
