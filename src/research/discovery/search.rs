//! The steps of a search: which boxes come next to one, which of them is best, and what a box holds.

use super::limits::{Limit, Limits, Restriction};
use super::peel_value::{cut_from_above, cut_from_below};
use super::prim::{PrimBox, PrimSettings};
use super::quasi_p::at_least;

/// What a search goes by.
pub struct Search<'a> {
    pub table: &'a [Vec<f64>],
    pub hits: &'a [bool],
    pub settings: &'a PrimSettings,
    /// The box around all points.
    pub around: Limits,
}

/// How much a box holds.
#[derive(Clone, Copy)]
pub struct Held {
    pub points: usize,
    pub hits: usize,
}

impl Held {
    fn share_of_hits(self) -> f64 {
        if self.points == 0 { 0.0 } else { self.hits as f64 / self.points as f64 }
    }

    /// The gain in the share of hits for each point by which a box becomes smaller or larger.
    fn gain(self, new: Held) -> f64 {
        let gain = new.share_of_hits() - self.share_of_hits();
        if gain == 0.0 { 0.0 } else { gain / self.points.abs_diff(new.points) as f64 }
    }
}

impl Search<'_> {
    fn held(&self, limits: &Limits) -> Held {
        let mut held = Held { points: 0, hits: 0 };
        for (point, &hit) in self.table.iter().zip(self.hits) {
            if limits.holds(point) {
                held.points += 1;
                held.hits += usize::from(hit);
            }
        }
        held
    }

    /// Goes on from the last box of a trajectory, each time to the best of the `next` ones, as long as that is a gain,
    /// holds enough and `has_moved`.
    pub fn follow(
        &self,
        trajectory: &mut Vec<Limits>,
        next: impl Fn(&Self, &Limits) -> Vec<Limits>,
        has_moved: impl Fn(Held, Held) -> bool,
    ) {
        while let Some(last) = trajectory.last() {
            let old = self.held(last);
            let mut best: Option<(f64, usize, Held, Limits)> = None;
            for limits in next(self, last) {
                let new = self.held(&limits);
                let (gain, restricted) = (old.gain(new), limits.restricted(&self.around).count());
                let is_better = best
                    .as_ref()
                    .is_none_or(|(best, of_best, ..)| gain > *best || gain == *best && restricted < *of_best);
                if is_better {
                    best = Some((gain, restricted, new, limits));
                }
            }
            let enough = |new: Held| new.points as f64 / self.table.len() as f64 >= self.settings.mass_min;
            match best {
                Some((gain, _, new, limits)) if gain > 0.0 && enough(new) && has_moved(old, new) => {
                    trajectory.push(limits)
                }
                _ => return,
            }
        }
    }

    /// The boxes that a slice less leaves.
    pub fn peels(&self, limits: &Limits) -> Vec<Limits> {
        let inside: Vec<&Vec<f64>> = self.table.iter().filter(|point| limits.holds(point)).collect();
        let alpha = self.settings.peel_alpha;
        let of = |factor: usize| {
            let mut values: Vec<f64> = inside.iter().map(|point| point[factor]).collect();
            let high = cut_from_above(&mut values, alpha);
            [limits.with_high(factor, high), limits.with_low(factor, cut_from_below(&mut values, alpha))]
        };
        (0..limits.0.len()).flat_map(of).collect()
    }

    /// The boxes that a slice more makes, at the factors that are restricted.
    pub fn pastes(&self, limits: &Limits) -> Vec<Limits> {
        let alpha = self.settings.paste_alpha;
        let of = |factor: usize| {
            let (lowest, highest) = self.around.0[factor];
            let (low, high) = limits.0[factor];
            let between = |from: f64, to: f64| -> Vec<f64> {
                let beyond = limits.with_low(factor, from).with_high(factor, to);
                self.table.iter().filter(|point| beyond.holds(point)).map(|point| point[factor]).collect()
            };
            let (mut below, mut above) = (between(lowest, low), between(high, highest));
            let low = if below.is_empty() { lowest } else { cut_from_above(&mut below, alpha) };
            let high = if above.is_empty() { highest } else { cut_from_below(&mut above, alpha) };
            [limits.with_low(factor, low), limits.with_high(factor, high)]
        };
        limits.restricted(&self.around).flat_map(of).collect()
    }

    pub fn describe(&self, limits: Limits) -> PrimBox {
        let held = self.held(&limits);
        let limit = |value: f64, without: f64, wider: Limits| {
            (value != without)
                .then(|| Limit { value, quasi_p: at_least(held.hits, held.points, self.held(&wider).share_of_hits()) })
        };
        let restriction = |factor: usize| {
            let ((low, high), (lowest, highest)) = (limits.0[factor], self.around.0[factor]);
            Restriction {
                factor,
                low: limit(low, lowest, limits.with_low(factor, lowest)),
                high: limit(high, highest, limits.with_high(factor, highest)),
            }
        };
        let all_hits = self.hits.iter().filter(|&&hit| hit).count();
        PrimBox {
            restrictions: limits.restricted(&self.around).map(restriction).collect(),
            points: held.points,
            hits: held.hits,
            coverage: held.hits as f64 / all_hits as f64,
            density: held.share_of_hits(),
            harmonic_mean: 2.0 * held.hits as f64 / (all_hits + held.points) as f64,
            mass: held.points as f64 / self.table.len() as f64,
            limits,
        }
    }
}
