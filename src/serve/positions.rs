//! Where a slider can stand: round numbers, or days, with the scenario's own value among them.

use crate::scenario::quantity;
use crate::units::Unit;
use jiff::civil::Date;
use serde::Serialize;

/// A place of a slider.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Position {
    /// A number, as it would be typed before its unit.
    Number(f64),
    /// A day.
    Day(Date),
}

/// Steps of about a hundredth of the way.
const STEPS: f64 = 100.0;

/// Round numbers from `low` to `high` with `own` among them, as they are typed in `unit`; and where `own` stands.
pub fn numbers(low: f64, high: f64, own: f64, unit: Unit) -> (Vec<Position>, usize) {
    let [low, high, own] = [low.min(own), high.max(own), own].map(|value| typed(value, unit));
    let step = round_step((high - low) / STEPS);
    let (first, last) = ((low / step).ceil() as i64, (high / step).floor() as i64);
    let mut values: Vec<f64> = (first..=last).map(|at| decimal(at as f64, step)).collect();
    values.push(own);
    values.sort_by(f64::total_cmp);
    values.dedup();
    let at = values.iter().position(|&value| value == own).unwrap_or(0);
    (values.into_iter().map(Position::Number).collect(), at)
}

/// Days with `own` among them; and where it stands.
pub fn days(days: &[Date], own: Date) -> (Vec<Position>, usize) {
    let mut days = days.to_vec();
    let at = days.binary_search(&own).unwrap_or_else(|at| {
        days.insert(at, own);
        at
    });
    (days.into_iter().map(Position::Day).collect(), at)
}

/// The number before the unit: of a share, percent.
fn typed(value: f64, unit: Unit) -> f64 {
    let shown = quantity::show(value, unit);
    shown.trim_end_matches(|letter: char| !letter.is_ascii_digit()).parse().unwrap_or(value)
}

/// The smallest of 1, 2 and 5 times a power of ten that is not below `least`.
fn round_step(least: f64) -> f64 {
    let power = 10f64.powf(least.max(1e-9).log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .map(|times| times * power)
        .into_iter()
        .find(|step| *step >= least * (1.0 - 1e-9))
        .unwrap_or(power)
}

/// `at` steps, without what multiplication leaves behind the last decimal.
fn decimal(at: f64, step: f64) -> f64 {
    let digits = (-step.log10().floor()).max(0.0) as usize;
    // Adding nothing makes a negative nothing positive.
    format!("{:.digits$}", at * step).parse().unwrap_or(at * step) + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn numbers_are_round_and_the_scenarios_own_is_among_them() {
        let (values, at) = numbers(0.565, 1.765, 1.165, Unit::BasisPoints);
        assert_eq!(values[at], Position::Number(1.165));
        assert!(values.contains(&Position::Number(1.0)));
        assert_eq!((values[0], values[values.len() - 1]), (Position::Number(0.58), Position::Number(1.76)));
        let (shares, at) = numbers(0.0, 0.44, 0.2, Unit::Share);
        assert_eq!((shares[0], shares[at]), (Position::Number(0.0), Position::Number(20.0)));
        assert!(shares.contains(&Position::Number(0.5)), "half a percent");
        assert_eq!(numbers(0.0, 300.0, 100.0, Unit::Billions).0.len(), 61);
    }

    #[test]
    fn a_day_before_the_run_stands_first() {
        let run = [date(2025, 10, 1), date(2025, 10, 2)];
        assert_eq!(days(&run, date(2025, 1, 2)).1, 0);
        assert_eq!(days(&run, date(2025, 10, 2)), (run.map(Position::Day).to_vec(), 1));
    }
}
