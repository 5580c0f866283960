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
    /// The same in calendar days: 1 and 7.
    period: i32,
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
        let spacing = median(days.windows(2).map(|pair| pair[1] - pair[0]).collect())?.max(1);
        let period = median(history.windows(2).map(|pair| (pair[1].0 - pair[0].0).get_days()).collect())?;
        Some(Known { history, days, spacing, period })
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

    /// The days that will be observed up to the day asked about, which is the last of them; none if it is not ahead.
    pub(super) fn days_ahead(&self, target: Date) -> Vec<Date> {
        if self.spacing == 1 {
            return self.last_day().tomorrow().map_or_else(|_| Vec::new(), |first| business_days(first, target));
        }
        let steps = (f64::from((target - self.last_day()).get_days()) / f64::from(self.period)).round() as i32;
        let before = |steps: i32| target.checked_sub(jiff::Span::new().days(steps * self.period)).ok();
        (0..steps).rev().filter_map(before).collect()
    }

    /// All changes over as long as it is from the last observation to the day asked about, oldest first; none if it is not
    /// ahead. Daily series are counted in business days, and gaps in them make no longer changes; in weekly ones, whose
    /// weeks have holidays, the observation nearest to as many calendar days counts.
    pub(super) fn changes(&self, target: Date) -> Vec<Change> {
        let ahead = (target - self.last_day()).get_days();
        if ahead <= 0 {
            return Vec::new();
        }
        let steps = self.days_ahead(target).len();
        let exactly = |from: usize| self.days.binary_search(&(self.days[from] + steps)).ok();
        let nearest = |from: usize| {
            let wanted = self.date(from).checked_add(jiff::Span::new().days(ahead)).ok()?;
            let next = self.history.partition_point(|&(day, _)| day < wanted);
            let off = |place: &usize| (self.date(*place) - wanted).get_days().abs();
            [next, next.saturating_sub(1)]
                .into_iter()
                .filter(|&place| place > from && place < self.len())
                .min_by_key(off)
                .filter(|place| off(place) <= self.period / 2)
        };
        let leads_to = |from| if self.spacing == 1 { exactly(from) } else { nearest(from) };
        (0..self.len()).filter_map(|from| Some(Change { from, to: leads_to(from)? })).collect()
    }
}

/// The middle one, the higher of two; none of nothing.
fn median<T: Ord + Copy>(mut of: Vec<T>) -> Option<T> {
    of.sort_unstable();
    of.get(of.len() / 2).copied()
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
        // 4 April is the fifth business day after Thursday 28 March: the Fedwire services are open on Good Friday.
        let changes = known.changes(date(2024, 4, 4));
        assert!(changes.iter().all(|&change| known.difference(change) == 5.0));
        // One start and one end fell out with the day removed.
        assert_eq!(changes.len(), history.len() + 1 - 5 - 2);
        assert_eq!(known.changes(date(2024, 3, 28)), []);
    }

    #[test]
    fn a_weekly_series_counts_its_weeks_across_holidays() {
        let wednesdays = |n: i64| date(2024, 11, 6).saturating_add(jiff::Span::new().weeks(n));
        let history: Vec<(Date, f64)> = (0..12).map(|n| (wednesdays(n), n as f64)).collect();
        let known = Known::new(&history).expect("rising days");
        assert_eq!(known.spacing(), 5);
        // Christmas is a Wednesday; Veterans Day, Thanksgiving and New Year shorten weeks to four days.
        for weeks in 1..=4 {
            let target = wednesdays(11 + weeks);
            let changes = known.changes(target);
            assert!(changes.iter().all(|&change| known.difference(change) == weeks as f64));
            assert_eq!((changes.len(), known.days_ahead(target).len()), (12 - weeks as usize, weeks as usize));
            assert_eq!(known.days_ahead(target).last(), Some(&target));
        }
        assert_eq!(known.days_ahead(known.last_day()), []);
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
