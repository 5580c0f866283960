//! Nothing changes but by as much as it used to: the random walk with historical error quantiles.
//!
//! The last value plus every change over as many business days that ended by then and began in the last 1,000 business
//! days, at least 250 of them. The window is that long to hold both calm and trouble, and no longer so that the balance
//! sheet of another decade does not set the scale.

use super::known::Known;
use jiff::civil::Date;

/// Changes used at most, the most recent ones, in business days: four years.
const MOST: usize = 1_000;

/// Changes below which nothing is forecast, in business days: a year.
const LEAST: usize = 250;

/// The sample of the value on `target`; none if too little is known, or `target` is not after it.
///
/// A weekly series has a fifth of the changes in the same years.
pub fn random_walk(known: &Known<'_>, target: Date) -> Option<Vec<f64>> {
    let steps = known.days_ahead(target).len();
    if steps == 0 {
        return None;
    }
    let changes = known.changes(steps);
    let most = MOST / known.spacing();
    let recent = &changes[changes.len().saturating_sub(most)..];
    let last = known.last_value();
    (recent.len() >= LEAST / known.spacing())
        .then(|| recent.iter().map(|&change| last + known.difference(change)).collect())
}

#[cfg(test)]
mod tests {
    use super::super::known::tests::daily;
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_trend_goes_on_with_certainty() {
        let history = daily(date(2022, 1, 3), date(2023, 12, 29), |number, _| 2.0 * number as f64);
        let known = Known::new(&history).expect("rising days");
        // 8 January 2024 is the fifth business day after 29 December.
        let sample = random_walk(&known, date(2024, 1, 8)).expect("two years");
        assert_eq!(sample.len(), history.len() - 5);
        assert!(sample.iter().all(|value| *value == known.last_value() + 10.0));
    }

    #[test]
    fn only_the_last_thousand_changes_count() {
        let history = daily(date(2015, 1, 2), date(2023, 12, 29), |number, _| {
            if number < 500 { 1_000.0 * (number % 2) as f64 } else { 0.5 * (number % 2) as f64 }
        });
        let known = Known::new(&history).expect("rising days");
        let sample = random_walk(&known, date(2024, 1, 2)).expect("nine years");
        assert_eq!(sample.len(), 1_000);
        assert!(sample.iter().all(|value| (value - known.last_value()).abs() == 0.5));
    }

    #[test]
    fn a_few_months_or_a_day_already_known_are_not_forecast() {
        let history = daily(date(2023, 6, 1), date(2023, 12, 29), |number, _| number as f64);
        let known = Known::new(&history).expect("rising days");
        assert_eq!(random_walk(&known, date(2024, 1, 2)), None);
        let history = daily(date(2020, 6, 1), date(2023, 12, 29), |number, _| number as f64);
        let known = Known::new(&history).expect("rising days");
        assert_eq!(random_walk(&known, date(2023, 12, 29)), None);
    }
}
