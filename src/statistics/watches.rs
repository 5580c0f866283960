//! Watches: on how many paths did it happen, when first, and for how long?
//!
//! A tile answers as it lives: every function over the window (`min`, `mean`, `days`, …) is carried along as what it
//! is of the days so far, so that no day has to be kept.

use super::probability::Probability;
use crate::model::{Plan, Published, Real, Variable, lanes};
use crate::scenario::{Comparison, Condition, Expression, Watch};
use std::slice::IterMut;

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

/// The published days of a watch.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    pub(super) first: usize,
    pub(super) last: usize,
}

impl Window {
    /// The opening day is known and asks no question, so a window begins on the first simulated day.
    pub fn of(watch: &Watch, plan: &Plan) -> Window {
        let before = |date| plan.days.partition_point(|day| day.date < date);
        let through = |date| plan.days.partition_point(|day| day.date <= date);
        Window { first: before(watch.from) + 1, last: through(watch.to) }
    }

    /// The last published day of the window.
    pub fn last(self) -> usize {
        self.last
    }
}

/// What became of a watch on a set of paths, in whole numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct WatchTally {
    /// Paths on which it fired.
    pub(super) hits: u64,
    /// Per published day, paths on which it was the first on which the condition held.
    pub(super) first_day: Vec<u64>,
    /// Days on which the condition held, over all paths.
    pub(super) days: u64,
}

impl WatchTally {
    pub(super) fn new(days: usize) -> WatchTally {
        WatchTally { hits: 0, first_day: vec![0; days], days: 0 }
    }

    pub(super) fn merge(&mut self, other: &WatchTally) {
        self.hits += other.hits;
        self.days += other.days;
        for (own, other) in self.first_day.iter_mut().zip(&other.first_day) {
            *own += other;
        }
    }

    /// What it says of `watch` over `paths` paths.
    pub(super) fn summary(&self, watch: &Watch, paths: u64) -> WatchSummary {
        let named: u64 = self.first_day.iter().sum();
        WatchSummary {
            probability: Probability { hits: self.hits, paths },
            first_day: (named > 0).then(|| [0.05, 0.5, 0.95].map(|probability| self.first_day_quantile(probability))),
            expected_days: is_daily(&watch.condition).then(|| self.days as f64 / paths as f64),
        }
    }

    /// The quantile of the first day after definition 7 of Hyndman and Fan, rounded to a day.
    fn first_day_quantile(&self, probability: f64) -> usize {
        let last = self.first_day.iter().sum::<u64>() - 1;
        let of_rank = |rank: u64| {
            let mut through = 0;
            let reached = self.first_day.iter().position(|&paths| {
                through += paths;
                through > rank
            });
            reached.unwrap_or_default() as f64
        };
        let position = probability * last as f64;
        let rank = (position.floor() as u64).min(last);
        let (day, next) = (of_rank(rank), of_rank((rank + 1).min(last)));
        (day + (next - day) * (position - rank as f64)).round() as usize
    }
}

/// A watch on the paths of a tile.
#[derive(Clone, Debug)]
pub struct WatchLanes<const N: usize> {
    /// What each function over the window is of the days so far, in the order of the condition as typed.
    so_far: Vec<[f64; N]>,
    fired: [bool; N],
    /// The first day on which it held; 0, the opening, for none.
    first_day: [u32; N],
    days: [u32; N],
}

impl<const N: usize> WatchLanes<N> {
    pub(super) fn new(watch: &Watch) -> WatchLanes<N> {
        let mut so_far = Vec::new();
        starts(&watch.condition, &mut |start| so_far.push([start; N]));
        WatchLanes { so_far, fired: [false; N], first_day: [0; N], days: [0; N] }
    }

    /// Lives through a published day.
    #[inline(always)]
    pub(super) fn see<T: Real>(
        &mut self,
        watch: &Watch,
        window: Window,
        plan: &Plan,
        day: usize,
        published: &Published<T, N>,
    ) {
        if day + 1 < window.first || day > window.last {
            return;
        }
        let today = Today { published, plan, day, days: (day + 1 - window.first) as f64 };
        let holds = match &watch.condition {
            // What most watches ask; it is compiled for the vectors of the day, and other conditions are not.
            Condition::Compare {
                left: Expression::Value { variable, scale },
                comparison,
                right: Expression::Constant(level),
            } => compare(*comparison, &today.value(*variable, *scale), &[*level; N]),
            condition => today.holds(condition, &mut self.so_far.iter_mut()),
        };
        let nowhere = !holds.iter().fold(false, |found, holds| found | holds);
        if day < window.first || nowhere {
            return;
        }
        let daily = is_daily(&watch.condition);
        if daily || stays_true(&watch.condition) {
            for i in 0..N {
                let first = holds[i] & (self.first_day[i] == 0);
                self.first_day[i] = if first { day as u32 } else { self.first_day[i] };
            }
        }
        if daily {
            for i in 0..N {
                self.days[i] += u32::from(holds[i]);
                self.fired[i] |= holds[i];
            }
        } else if day == window.last {
            self.fired = holds;
        }
    }

    /// On which lanes it fired, and the first published day on which it held; 0 where none can be named.
    pub(super) fn fired(&self) -> ([bool; N], [u32; N]) {
        (self.fired, self.first_day)
    }

    /// Adds what became of it on the first `live` lanes.
    pub(super) fn count(&self, live: usize, tally: &mut WatchTally) {
        for i in (0..live).filter(|&i| self.fired[i]) {
            tally.hits += 1;
            tally.days += u64::from(self.days[i]);
            if self.first_day[i] > 0 {
                tally.first_day[self.first_day[i] as usize] += 1;
            }
        }
    }
}

/// A tile on a published day; on the one before the window, only changes take note.
pub(super) struct Today<'a, T, const N: usize> {
    pub(super) published: &'a Published<T, N>,
    pub(super) plan: &'a Plan,
    pub(super) day: usize,
    /// Days of the window so far.
    pub(super) days: f64,
}

impl<T: Real, const N: usize> Today<'_, T, N> {
    fn holds(&self, condition: &Condition, so_far: &mut IterMut<'_, [f64; N]>) -> [bool; N] {
        match condition {
            Condition::Compare { left, comparison, right } => {
                let (left, right) = (self.evaluate(left, so_far), self.evaluate(right, so_far));
                compare(*comparison, &left, &right)
            }
            Condition::And(a, b) => {
                let (a, b) = (self.holds(a, so_far), self.holds(b, so_far));
                lanes(|i| a[i] & b[i])
            }
            Condition::Or(a, b) => {
                let (a, b) = (self.holds(a, so_far), self.holds(b, so_far));
                lanes(|i| a[i] | b[i])
            }
            Condition::Not(a) => {
                let a = self.holds(a, so_far);
                lanes(|i| !a[i])
            }
        }
    }

    /// A variable on the day.
    #[inline(always)]
    fn value(&self, variable: Variable, scale: f64) -> [f64; N] {
        let derivation = self.plan.derivation(variable, self.day);
        let mut value = [derivation.shift; N];
        for (simulated, weight) in derivation.present() {
            let row = &self.published[simulated as usize];
            for i in 0..N {
                value[i] += weight * row[i].to_f64();
            }
        }
        for i in 0..N {
            value[i] *= scale;
        }
        value
    }

    /// An expression on the day, with functions over the window up to it. Functions do not stand inside each other.
    pub(super) fn evaluate(&self, expression: &Expression, so_far: &mut IterMut<'_, [f64; N]>) -> [f64; N] {
        let began = self.days > 0.0;
        match expression {
            Expression::Constant(value) => [*value; N],
            Expression::Value { variable, scale } => self.value(*variable, *scale),
            Expression::Sum(a, b) => {
                let (a, b) = (self.evaluate(a, so_far), self.evaluate(b, so_far));
                lanes(|i| a[i] + b[i])
            }
            Expression::Difference(a, b) => {
                let (a, b) = (self.evaluate(a, so_far), self.evaluate(b, so_far));
                lanes(|i| a[i] - b[i])
            }
            Expression::End(inner) => self.evaluate(inner, so_far),
            Expression::Minimum(inner) => self.carry(inner, so_far, |least, value| f64::min(*least, value)),
            Expression::Maximum(inner) => self.carry(inner, so_far, |most, value| f64::max(*most, value)),
            Expression::Mean(inner) => {
                let sum = self.carry(inner, so_far, |sum, value| *sum + value);
                lanes(|i| sum[i] / self.days)
            }
            Expression::Change(inner) => {
                let before = so_far.next().expect("every function has its lanes");
                let value = self.evaluate(inner, so_far);
                if !began {
                    *before = value;
                }
                lanes(|i| value[i] - before[i])
            }
            Expression::Days(condition) => {
                let days = so_far.next().expect("every function has its lanes");
                let holds = self.holds(condition, so_far);
                for i in 0..N {
                    days[i] += f64::from(u8::from(began && holds[i]));
                }
                *days
            }
        }
    }

    /// What a function over the window has become today.
    fn carry(
        &self,
        inner: &Expression,
        so_far: &mut IterMut<'_, [f64; N]>,
        step: impl Fn(&f64, f64) -> f64,
    ) -> [f64; N] {
        let lanes = so_far.next().expect("every function has its lanes");
        let value = self.evaluate(inner, so_far);
        if self.days > 0.0 {
            for i in 0..N {
                lanes[i] = step(&lanes[i], value[i]);
            }
        }
        *lanes
    }
}

#[inline(always)]
fn compare<const N: usize>(comparison: Comparison, left: &[f64; N], right: &[f64; N]) -> [bool; N] {
    let mut holds = [false; N];
    match comparison {
        Comparison::Above => (0..N).for_each(|i| holds[i] = left[i] > right[i]),
        Comparison::AtLeast => (0..N).for_each(|i| holds[i] = left[i] >= right[i]),
        Comparison::Below => (0..N).for_each(|i| holds[i] = left[i] < right[i]),
        Comparison::AtMost => (0..N).for_each(|i| holds[i] = left[i] <= right[i]),
    }
    holds
}

/// What every function over the window is of no days, in the order of the condition as typed.
fn starts(condition: &Condition, take: &mut impl FnMut(f64)) {
    match condition {
        Condition::Compare { left, right, .. } => {
            starts_of(left, take);
            starts_of(right, take);
        }
        Condition::And(a, b) | Condition::Or(a, b) => {
            starts(a, take);
            starts(b, take);
        }
        Condition::Not(a) => starts(a, take),
    }
}

/// The same of an expression.
pub(super) fn starts_of(expression: &Expression, take: &mut impl FnMut(f64)) {
    match expression {
        Expression::Constant(_) | Expression::Value { .. } | Expression::End(_) => {}
        Expression::Sum(a, b) | Expression::Difference(a, b) => {
            starts_of(a, take);
            starts_of(b, take);
        }
        Expression::Minimum(_) => take(f64::INFINITY),
        Expression::Maximum(_) => take(f64::NEG_INFINITY),
        Expression::Mean(_) | Expression::Change(_) | Expression::Days(_) => take(0.0),
    }
}

/// Whether an expression is about single days.
pub(super) fn is_of_a_day(expression: &Expression) -> bool {
    match expression {
        Expression::Constant(_) | Expression::Value { .. } => true,
        Expression::Sum(a, b) | Expression::Difference(a, b) => is_of_a_day(a) && is_of_a_day(b),
        _ => false,
    }
}

/// Whether a condition is about single days, so that it fires when any day of the window meets it.
pub(super) fn is_daily(condition: &Condition) -> bool {
    match condition {
        Condition::Compare { left, right, .. } => is_of_a_day(left) && is_of_a_day(right),
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
