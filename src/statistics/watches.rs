//! Watches: on how many paths did it happen, when first, and for how long?

use super::outcomes::Outcomes;
use super::probability::Probability;
use super::quantiles::quantiles;
use crate::model::{Plan, Simulated, Variable};
use crate::scenario::{Comparison, Condition, Expression, Watch};
use rayon::prelude::*;

/// What became of a watch on one path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WatchOutcome {
    /// Whether it fired.
    pub fired: bool,
    /// The first day on which it held, counted in published days, where a day can be named.
    pub first_day: Option<usize>,
    /// Number of days on which a daily condition held.
    pub days: usize,
}

/// What became of a watch over all paths.
#[derive(Clone, Debug)]
pub struct WatchSummary {
    /// Paths on which it fired.
    pub probability: Probability,
    /// Quantiles 5, 50 and 95 % of the first day, over the paths on which it fired and a day can be named.
    pub first_day: Option<[usize; 3]>,
    /// Mean number of days on which the condition held, if it is about single days.
    pub expected_days: Option<f64>,
}

/// Puts a watch to every path.
pub fn judge(watch: &Watch, outcomes: &Outcomes, plan: &Plan) -> WatchSummary {
    let window = Window::of(watch, plan);
    let width = outcomes.tiles[0].width;
    let judged: Vec<WatchOutcome> = (0..outcomes.paths())
        .into_par_iter()
        .map(|path| {
            let tile = &outcomes.tiles[path / width];
            let series = Series { value: &|day, variable| tile.row(day, variable)[path % width], plan, window };
            series.judge(&watch.condition)
        })
        .collect();
    let hits = judged.iter().filter(|outcome| outcome.fired).count() as u64;
    let mut first: Vec<f64> = judged.iter().filter_map(|outcome| outcome.first_day).map(|day| day as f64).collect();
    let days: usize = judged.iter().map(|outcome| outcome.days).sum();
    WatchSummary {
        probability: Probability { hits, paths: judged.len() as u64 },
        first_day: (!first.is_empty())
            .then(|| quantiles(&mut first, &[0.05, 0.5, 0.95]).map(|day| day.round() as usize)),
        expected_days: is_daily(&watch.condition).then(|| days as f64 / judged.len() as f64),
    }
}

/// The published days of a watch, and the day before them from which changes are counted.
#[derive(Clone, Copy, Debug)]
struct Window {
    first: usize,
    last: usize,
}

impl Window {
    /// The opening day is known and asks no question, so a window begins on the first simulated day.
    fn of(watch: &Watch, plan: &Plan) -> Window {
        let before = |date| plan.days.partition_point(|day| day.date < date);
        let through = |date| plan.days.partition_point(|day| day.date <= date);
        Window { first: before(watch.from) + 1, last: through(watch.to) }
    }
}

/// One path's values, by published day.
struct Series<'a> {
    value: &'a dyn Fn(usize, Simulated) -> f64,
    plan: &'a Plan,
    window: Window,
}

impl Series<'_> {
    fn judge(&self, condition: &Condition) -> WatchOutcome {
        let window = self.window.first..=self.window.last;
        if is_daily(condition) {
            let first_day = window.clone().find(|&day| self.holds(condition, day, self.window.last));
            let days = window.filter(|&day| self.holds(condition, day, self.window.last)).count();
            return WatchOutcome { fired: first_day.is_some(), first_day, days };
        }
        let fired = !window.is_empty() && self.holds(condition, self.window.last, self.window.last);
        let first_day = if fired && stays_true(condition) {
            window.clone().find(|&day| self.holds(condition, day, day))
        } else {
            None
        };
        WatchOutcome { fired, first_day, days: 0 }
    }

    /// Whether the condition holds on `day`, with aggregates over the window up to `until`.
    fn holds(&self, condition: &Condition, day: usize, until: usize) -> bool {
        match condition {
            Condition::Compare { left, comparison, right } => {
                let (left, right) = (self.evaluate(left, day, until), self.evaluate(right, day, until));
                match comparison {
                    Comparison::Above => left > right,
                    Comparison::AtLeast => left >= right,
                    Comparison::Below => left < right,
                    Comparison::AtMost => left <= right,
                }
            }
            Condition::And(a, b) => self.holds(a, day, until) && self.holds(b, day, until),
            Condition::Or(a, b) => self.holds(a, day, until) || self.holds(b, day, until),
            Condition::Not(a) => !self.holds(a, day, until),
        }
    }

    fn evaluate(&self, expression: &Expression, day: usize, until: usize) -> f64 {
        let window = self.window.first..=until;
        let number_of_days = (until + 1 - self.window.first) as f64;
        let over_window = |inner: &Expression, start: f64, step: fn(f64, f64) -> f64| {
            window.clone().map(|day| self.evaluate(inner, day, until)).fold(start, step)
        };
        match expression {
            Expression::Constant(value) => *value,
            Expression::Value { variable, scale } => scale * self.published(*variable, day),
            Expression::Sum(a, b) => self.evaluate(a, day, until) + self.evaluate(b, day, until),
            Expression::Difference(a, b) => self.evaluate(a, day, until) - self.evaluate(b, day, until),
            Expression::Minimum(inner) => over_window(inner, f64::INFINITY, f64::min),
            Expression::Maximum(inner) => over_window(inner, f64::NEG_INFINITY, f64::max),
            Expression::Mean(inner) => over_window(inner, 0.0, |sum, value| sum + value) / number_of_days,
            Expression::Change(inner) => {
                self.evaluate(inner, until, until) - self.evaluate(inner, self.window.first - 1, until)
            }
            Expression::End(inner) => self.evaluate(inner, until, until),
            Expression::Days(condition) => {
                window.clone().filter(|&day| self.holds(condition, day, until)).count() as f64
            }
        }
    }

    fn published(&self, variable: Variable, day: usize) -> f64 {
        let derivation = self.plan.derivation(variable, day);
        derivation.value(|simulated| (self.value)(day, simulated))
    }
}

/// Whether a condition is about single days, so that it fires when any day of the window meets it.
fn is_daily(condition: &Condition) -> bool {
    fn daily(expression: &Expression) -> bool {
        match expression {
            Expression::Constant(_) | Expression::Value { .. } => true,
            Expression::Sum(a, b) | Expression::Difference(a, b) => daily(a) && daily(b),
            _ => false,
        }
    }
    match condition {
        Condition::Compare { left, right, .. } => daily(left) && daily(right),
        Condition::And(a, b) | Condition::Or(a, b) => is_daily(a) && is_daily(b),
        Condition::Not(a) => is_daily(a),
    }
}

/// Whether a condition on a whole window, once true of its first days, stays true however the rest goes:
/// a minimum that is low, a maximum that is high, a count that has been reached.
fn stays_true(condition: &Condition) -> bool {
    let is_constant = |expression: &Expression| matches!(expression, Expression::Constant(_));
    match condition {
        Condition::Compare { left, comparison: Comparison::Below | Comparison::AtMost, right } => {
            matches!(left, Expression::Minimum(_)) && is_constant(right)
        }
        Condition::Compare { left, comparison: Comparison::Above | Comparison::AtLeast, right } => {
            matches!(left, Expression::Maximum(_) | Expression::Days(_)) && is_constant(right)
        }
        Condition::And(a, b) | Condition::Or(a, b) => stays_true(a) && stays_true(b),
        Condition::Not(_) => false,
    }
}
