//! What it usually is, or does, at this place in the calendar.
//!
//! A stock has no usual level, but a usual change: of the Treasury's account over the weeks before 15 April, say. A spread
//! has no usual change, but a usual level on days of a kind: at quarter-ends, say.

use super::known::Known;
use crate::calendar::fedwire::nth_business_day;
use crate::calendar::{DayMarks, marks};
use jiff::civil::Date;

/// Business days either side of the same day of previous years that count as the same place.
const NEIGHBOURS: usize = 2;

/// Changes that a sample has at least; the neighbourhood is widened until it has.
const LEAST_CHANGES: usize = 30;

/// Business days of the levels of a spread: two years.
const WINDOW: usize = 500;

/// Business days by which that window is widened when days of a kind are too few in it: a year.
const WIDENED_BY: usize = 250;

/// Levels that a sample has at least: two years of quarter-ends.
const LEAST_LEVELS: usize = 8;

/// What the level of a spread depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DayKind {
    QuarterEnd,
    MonthEnd,
    TaxDate,
    Other,
}

impl DayKind {
    fn of(date: Date) -> DayKind {
        match marks(date) {
            DayMarks { quarter_end: true, .. } => DayKind::QuarterEnd,
            DayMarks { month_end: true, .. } => DayKind::MonthEnd,
            DayMarks { tax: Some(_), .. } => DayKind::TaxDate,
            _ => DayKind::Other,
        }
    }
}

/// The sample of a stock on `target`: the last value plus the changes over as many business days that ended on the same
/// business day of the same month of previous years, give or take two; or more, until there are 30 of them.
///
/// None if fewer are known at all, or `target` is not after what is.
pub fn climatology_of_changes(known: &Known<'_>, target: Date) -> Option<Vec<f64>> {
    let steps = known.days_ahead(target).len();
    if steps == 0 {
        return None;
    }
    let same_days: Vec<usize> =
        (known.date(0).year()..target.year()).filter_map(|year| known.number_of(same_day(target, year)?)).collect();
    let nearest = |place: usize| same_days.iter().map(|&day| known.number(place).abs_diff(day)).min();
    let mut changes: Vec<(usize, f64)> = known
        .changes(steps)
        .into_iter()
        .filter_map(|change| Some((nearest(change.to)?, known.difference(change))))
        .collect();
    changes.sort_by_key(|&(distance, _)| distance);
    let widest = changes.get(LEAST_CHANGES - 1)?.0.max(NEIGHBOURS);
    let last = known.last_value();
    Some(changes.into_iter().take_while(|&(distance, _)| distance <= widest).map(|(_, change)| last + change).collect())
}

/// The sample of a spread on `target`: its levels of the last two years on days of the same kind, a quarter-end, another
/// month-end, a tax date or none of them; of more years, one by one, until there are eight.
///
/// None if fewer are known at all, or `target` is not after what is.
pub fn climatology_of_levels(known: &Known<'_>, target: Date) -> Option<Vec<f64>> {
    if target <= known.last_day() {
        return None;
    }
    let kind = DayKind::of(target);
    let mut window = WINDOW;
    let mut levels = Vec::new();
    for place in (0..known.len()).rev() {
        while known.age(place) > window && levels.len() < LEAST_LEVELS {
            window += WIDENED_BY;
        }
        if known.age(place) > window {
            break;
        }
        levels.extend((DayKind::of(known.date(place)) == kind).then(|| known.value(place)));
    }
    (levels.len() >= LEAST_LEVELS).then_some(levels)
}

/// The business day of `year` with the number of `target` in the same month; the last of the month if it has fewer.
fn same_day(target: Date, year: i16) -> Option<Date> {
    let number = marks(target).business_day;
    (0..=number).rev().find_map(|number| nth_business_day(year, target.month(), number))
}

#[cfg(test)]
mod tests {
    use super::super::known::tests::daily;
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_stock_that_jumps_in_april_is_expected_to_jump_in_april() {
        // 100 come in on the third Monday or so of April, business day 11, of each year, and go on 1 May.
        let history = daily(date(2010, 1, 4), date(2024, 4, 5), |_, day| {
            let marks = marks(day);
            if day.month() == 4 && marks.business_day >= 11 { 100.0 } else { 0.0 }
        });
        let known = Known::new(&history).expect("rising days");
        // Business day 13 of April 2024 is the 17th: five neighbours in each of fourteen years, all after the jump.
        let sample = climatology_of_changes(&known, date(2024, 4, 17)).expect("fourteen years");
        assert_eq!(sample, vec![100.0; 14 * 5]);
        let sample = climatology_of_changes(&known, date(2024, 4, 10)).expect("fourteen years");
        assert_eq!(sample, vec![0.0; 14 * 5]);
    }

    #[test]
    fn few_years_are_made_up_for_by_more_neighbours() {
        let history = daily(date(2021, 1, 4), date(2024, 4, 5), |number, _| number as f64);
        let known = Known::new(&history).expect("rising days");
        // Three years need five neighbours on each side: 3 × 11.
        let sample = climatology_of_changes(&known, date(2024, 4, 12)).expect("three years");
        assert_eq!(sample, vec![known.last_value() + 5.0; 33]);
        let short = daily(date(2024, 1, 2), date(2024, 2, 5), |number, _| number as f64);
        assert_eq!(climatology_of_changes(&Known::new(&short).expect("rising days"), date(2024, 2, 12)), None);
    }

    #[test]
    fn a_spread_is_expected_where_it_was_on_such_days() {
        let level = |_: usize, day: Date| match DayKind::of(day) {
            DayKind::QuarterEnd => 20.0,
            DayKind::MonthEnd => 6.0,
            DayKind::TaxDate => 4.0,
            DayKind::Other => -1.0,
        };
        let history = daily(date(2015, 1, 2), date(2024, 3, 15), level);
        let known = Known::new(&history).expect("rising days");
        // 29 March 2024 is the last business day of a quarter; two years before the 15th hold eight of them.
        assert_eq!(climatology_of_levels(&known, date(2024, 3, 29)).expect("nine years"), vec![20.0; 8]);
        // Sixteen other month-ends, those of March 2022 to February 2024.
        assert_eq!(climatology_of_levels(&known, date(2024, 4, 30)).expect("nine years"), vec![6.0; 16]);
        let others = climatology_of_levels(&known, date(2024, 4, 3)).expect("nine years");
        assert!(others.len() > 450 && others.iter().all(|level| *level == -1.0));
    }

    #[test]
    fn the_window_of_a_spread_is_widened_until_there_are_eight_days() {
        let history = daily(date(2010, 1, 4), date(2024, 3, 15), |_, day| f64::from(day.year()));
        let known = Known::new(&history).expect("rising days");
        let tax_dates = climatology_of_levels(&known, date(2024, 4, 15)).expect("years");
        assert!(tax_dates.len() >= 8 && tax_dates.iter().all(|year| *year >= 2021.0), "{tax_dates:?}");
        let month = daily(date(2024, 1, 2), date(2024, 3, 15), |number, _| number as f64);
        assert_eq!(climatology_of_levels(&Known::new(&month).expect("rising days"), date(2024, 3, 29)), None);
    }

    #[test]
    fn the_same_day_of_a_shorter_month_is_its_last() {
        // 31 January 2024 is business day 21; January 2018 had 21 too, February has fewer.
        assert_eq!(same_day(date(2024, 1, 31), 2018), Some(date(2018, 1, 31)));
        assert_eq!(same_day(date(2024, 8, 30), 2020), nth_business_day(2020, 8, 21));
    }
}
