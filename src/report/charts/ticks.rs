//! Round ticks for values and real months for dates, and how numbers are written beside them.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// Where an axis of values starts and ends and where its grid lines lie.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scale {
    pub low: f64,
    pub high: f64,
    pub step: f64,
    pub ticks: Vec<f64>,
}

impl Scale {
    /// An axis that shows `low` to `high` with air on both sides and about `wanted` ticks, each
    /// a multiple of 1, 2, 2.5 or 5 times a power of ten. Quantities that are never negative are
    /// not given a negative axis.
    pub fn around(low: f64, high: f64, wanted: usize) -> Self {
        if low == 0.0 && high == 0.0 {
            // What is nothing throughout has no size, and any axis does.
            return Self::exactly(0.0, 10.0, wanted);
        }
        let widest = (high - low).max(1e-9 * low.abs().max(high.abs())).max(1e-9);
        let air = if high > low { 0.04 * widest } else { 0.02 * high.abs().max(1.0) };
        let bottom = if low >= 0.0 { (low - air).max(0.0) } else { low - air };
        let top = if high <= 0.0 { (high + air).min(0.0) } else { high + air };
        Self::exactly(bottom, top, wanted)
    }

    /// An axis that shows all of `values` with air on both sides; from 0 to 1 if there are none.
    pub fn of(values: impl Iterator<Item = f64>, wanted: usize) -> Self {
        let (low, high) =
            values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        if low > high { Self::around(0.0, 1.0, wanted) } else { Self::around(low, high, wanted) }
    }

    /// An axis that starts and ends where it is told.
    pub fn exactly(low: f64, high: f64, wanted: usize) -> Self {
        let step = round_step((high - low) / wanted.max(1) as f64);
        // Half a billionth of a step forgives the rounding of the quotient at the ends.
        let first = (low / step - 5e-10).ceil() as i64;
        let last = (high / step + 5e-10).floor() as i64;
        let ticks = (first..=last).map(|index| index as f64 * step).collect();
        Self { low, high, step, ticks }
    }

    /// Decimals that a tick needs.
    pub fn tick_decimals(&self) -> usize {
        decimals(self.step)
    }

    /// Decimals for a value read off the chart: a tenth of a step, no finer.
    pub fn value_decimals(&self) -> usize {
        (0..4).find(|&places| 10f64.powi(-places) <= self.step / 8.0).unwrap_or(4) as usize
    }
}

/// The smallest of 1, 2, 2.5, 5 and 10 times a power of ten that is at least `rough`.
fn round_step(rough: f64) -> f64 {
    let power = 10f64.powf(rough.log10().floor());
    [1.0, 2.0, 2.5, 5.0]
        .map(|factor| factor * power)
        .into_iter()
        .find(|&step| step >= rough * (1.0 - 1e-9))
        .unwrap_or(10.0 * power)
}

fn decimals(step: f64) -> usize {
    (0..9)
        .find(|&places| {
            let scaled = step * 10f64.powi(places);
            (scaled - scaled.round()).abs() < 1e-6 * scaled.abs()
        })
        .unwrap_or(9) as usize
}

/// Decimals in which a value somebody chose, such as a threshold, was given: at most three.
pub(super) fn given_decimals(value: f64) -> usize {
    (0..3)
        .find(|&places| {
            let scaled = value * 10f64.powi(places);
            (scaled - scaled.round()).abs() < 1e-6
        })
        .unwrap_or(3) as usize
}

/// A date written out, as in "1 Oct 2025".
pub(super) fn long_date(date: Date) -> String {
    date.strftime("%-d %b %Y").to_string()
}

/// Ticks of a date axis `room` pixels long: first days of months, thinned to a month count that
/// divides the year until labels of `label_width` pixels have air between them, or Mondays when
/// the axis is too short for months. The year is written once, at its first tick.
pub(super) fn date_ticks(first: Date, last: Date, room: f64, label_width: f64) -> Vec<(Date, String)> {
    let months = month_starts(first, last);
    let most = (room / (label_width * 1.25)).max(1.0) as usize;
    if months.len() < 3 {
        return week_ticks(first, last, most);
    }
    let every =
        [1, 2, 3, 6, 12, 24, 60, 120].into_iter().find(|every| months.len().div_ceil(*every) <= most).unwrap_or(600);
    let mut year = None;
    months
        .into_iter()
        .filter(|date| {
            let month = i64::from(date.year()) * 12 + i64::from(date.month()) - 1;
            month.rem_euclid(every as i64) == 0
        })
        .map(|date| {
            let named = year == Some(date.year());
            year = Some(date.year());
            let format = if every >= 12 {
                "%Y"
            } else if named {
                "%b"
            } else {
                "%b %Y"
            };
            (date, date.strftime(format).to_string())
        })
        .collect()
}

fn month_starts(first: Date, last: Date) -> Vec<Date> {
    // A simulation starts on the first business day of a month more often than on its first
    // calendar day; a start in the first four days is that month's tick.
    let head = (first.day() > 1 && first.day() <= 4).then_some(first);
    let start = if first.day() == 1 { Ok(first) } else { first.last_of_month().tomorrow() };
    let rest = start.ok().into_iter().flat_map(|start| start.series(1.month()));
    head.into_iter().chain(rest.take_while(|&date| date <= last)).collect()
}

fn week_ticks(first: Date, last: Date, most: usize) -> Vec<(Date, String)> {
    let days: Vec<Date> = first.series(1.day()).take_while(|&date| date <= last).collect();
    let mondays: Vec<Date> = days.iter().copied().filter(|date| date.weekday() == Weekday::Monday).collect();
    let candidates = if mondays.len() < 3 { days } else { mondays };
    let every = candidates.len().div_ceil(most).max(1);
    candidates
        .into_iter()
        .step_by(every)
        .enumerate()
        .map(|(index, date)| {
            let format = if index == 0 { "%-d %b %Y" } else { "%-d %b" };
            (date, date.strftime(format).to_string())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn ticks_are_round_and_inside() {
        // The axis of reserves in the autumn of 2025, then of a spread in basis points.
        let reserves = Scale::around(2_655.0, 3_045.0, 6);
        assert_eq!(reserves.ticks, [2700.0, 2800.0, 2900.0, 3000.0]);
        let spread = Scale::around(-15.0, 34.2, 6);
        assert_eq!(spread.ticks, [-10.0, 0.0, 10.0, 20.0, 30.0]);
        assert_eq!(Scale::exactly(0.0, 0.3, 3).ticks.len(), 4);
    }

    #[test]
    fn steps_are_one_two_two_and_a_half_or_five() {
        for exponent in -6..9 {
            for rough in [1.0, 1.3, 2.1, 2.4, 2.6, 4.9, 5.1, 9.9] {
                let step = round_step(rough * 10f64.powi(exponent));
                let leading = step / 10f64.powf(step.log10().floor());
                assert!(
                    [1.0, 2.0, 2.5, 5.0, 10.0].iter().any(|f| (leading / f - 1.0).abs() < 1e-9),
                    "{rough}e{exponent} gave {step}"
                );
                assert!(step >= rough * 10f64.powi(exponent) * (1.0 - 1e-9));
            }
        }
    }

    #[test]
    fn a_flat_line_and_a_stock_near_zero_have_honest_axes() {
        let flat = Scale::around(5.0, 5.0, 5);
        assert!(flat.low < 5.0 && flat.high > 5.0 && flat.ticks.len() >= 2);
        let nothing = Scale::around(0.0, 0.0, 5);
        assert!(nothing.low == 0.0 && nothing.high > 0.0 && nothing.ticks.len() >= 2);
        assert_eq!(Scale::around(0.0, 40.0, 5).low, 0.0);
        assert_eq!(Scale::around(0.1, 40.0, 5).low, 0.0);
    }

    #[test]
    fn decimals_are_those_given() {
        assert_eq!([20.0, 2.5, -0.125, 1.0 / 3.0].map(given_decimals), [0, 1, 3, 3]);
    }

    #[test]
    fn decimals_follow_the_step() {
        assert_eq!([100.0, 5.0, 2.5, 0.25, 0.1].map(decimals), [0, 0, 1, 2, 1]);
        let scale = |step: f64| Scale { low: 0.0, high: 1.0, step, ticks: Vec::new() };
        assert_eq!([50.0, 10.0, 5.0, 0.5].map(|step| scale(step).value_decimals()), [0, 0, 1, 2]);
    }

    #[test]
    fn half_a_year_has_its_months() {
        let ticks = date_ticks(date(2025, 10, 1), date(2026, 3, 31), 700.0, 60.0);
        let labels: Vec<&str> = ticks.iter().map(|(_, label)| label.as_str()).collect();
        assert_eq!(labels, ["Oct 2025", "Nov", "Dec", "Jan 2026", "Feb", "Mar"]);
        assert_eq!(ticks[3].0, date(2026, 1, 1));
    }

    #[test]
    fn long_and_short_horizons_thin_out_or_turn_to_weeks() {
        let years = date_ticks(date(2018, 3, 15), date(2030, 6, 1), 700.0, 60.0);
        assert!(years.len() <= 9 && years.iter().all(|(day, _)| day.day() == 1));
        let quarters = date_ticks(date(2025, 1, 2), date(2027, 1, 4), 700.0, 60.0);
        assert!(quarters.len() >= 4 && quarters.len() <= 9, "{quarters:?}");
        let weeks = date_ticks(date(2025, 10, 1), date(2025, 10, 31), 700.0, 60.0);
        let labels: Vec<&str> = weeks.iter().map(|(_, label)| label.as_str()).collect();
        // 6 October 2025 was a Monday.
        assert_eq!(labels, ["6 Oct 2025", "13 Oct", "20 Oct", "27 Oct"]);
        let day = date_ticks(date(2025, 10, 1), date(2025, 10, 1), 700.0, 60.0);
        assert_eq!(day.len(), 1);
    }
}
