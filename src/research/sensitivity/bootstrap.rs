//! How sure an estimate is: the same estimate from rows drawn again with replacement.
//!
//! The bootstrap of Efron and Tibshirani (1993, *An Introduction to the Bootstrap*, section 13.3), percentiles, over
//! the base rows of a design (Archer, Saltelli and Sobol' 1997, *Journal of Statistical Computation and Simulation* 58,
//! 99–120). It takes rows for independent; those of Sobol' points are spread more evenly, so that their intervals are
//! rather too wide than too narrow.

use super::error::SensitivityError;
use crate::random::{uniform, words_at};
use crate::statistics::quantiles;
use crate::statistics::scores::{Estimate, StationaryBootstrap};

/// Fewer resamples leave nothing beyond the ends of an interval.
const LEAST: usize = 100;

/// What is drawn again, and how often.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bootstrap {
    /// Sets of rows drawn, at least 100.
    pub resamples: usize,
    /// The share of resampled estimates that an interval holds, between 0 and 1.
    pub level: f64,
    /// Seed of the draws.
    pub seed: u64,
}

impl Default for Bootstrap {
    /// A thousand resamples, of which an interval holds 95 %.
    fn default() -> Bootstrap {
        Bootstrap { resamples: 1_000, level: 0.95, seed: 1993 }
    }
}

impl Bootstrap {
    /// The rows of every resample, out of so many `rows`.
    ///
    /// # Errors
    /// If there are too few resamples or the level is no probability.
    pub(super) fn draw(&self, rows: usize) -> Result<Vec<Vec<usize>>, SensitivityError> {
        if !(self.level > 0.0 && self.level < 1.0) {
            return Err(SensitivityError::Level(self.level));
        }
        if self.resamples < LEAST {
            return Err(SensitivityError::Resamples(self.resamples));
        }
        let seed = self.seed;
        let draw = move |index| uniform(words_at(seed, index, 0, 0)[0]);
        let bootstrap = StationaryBootstrap { mean_block: 1.0, resamples: self.resamples, draw };
        let resample = |number| {
            let mut places = vec![0; rows];
            bootstrap.resample(number, &mut places);
            places
        };
        Ok((0..self.resamples).map(resample).collect())
    }

    /// An estimate with the interval that holds its `resampled` values; without end if there are none.
    pub(super) fn interval(&self, value: f64, resampled: &mut [f64]) -> Estimate {
        if resampled.is_empty() {
            return Estimate { value, low: f64::NEG_INFINITY, high: f64::INFINITY };
        }
        let beyond = (1.0 - self.level) / 2.0;
        let [low, high] = quantiles(resampled, &[beyond, 1.0 - beyond]);
        Estimate { value, low, high }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_drawn_evenly_and_alike_every_time() {
        let bootstrap = Bootstrap::default();
        let places = bootstrap.draw(10).unwrap();
        assert_eq!(places, bootstrap.draw(10).unwrap());
        for row in 0..10 {
            let share = places.iter().flatten().filter(|&&place| place == row).count() as f64 / 10_000.0;
            // Four standard errors of a share.
            assert!((share - 0.1).abs() < 4.0 * (0.09_f64 / 10_000.0).sqrt(), "{share}");
        }
        assert_ne!(places, Bootstrap { seed: 2, ..bootstrap }.draw(10).unwrap());
    }

    #[test]
    fn the_level_says_how_much_an_interval_holds() {
        let values: Vec<f64> = (0..=1_000).map(f64::from).collect();
        for (level, low, high) in [(0.95, 25.0, 975.0), (0.5, 250.0, 750.0)] {
            let found = Bootstrap { level, ..Bootstrap::default() }.interval(400.0, &mut values.clone());
            assert!(
                (found.low - low).abs() < 1e-9 && (found.high - high).abs() < 1e-9 && found.value == 400.0,
                "{found:?}"
            );
        }
    }

    #[test]
    fn what_gives_no_interval_is_refused() {
        let bootstrap = Bootstrap::default();
        for level in [0.0, 1.0, f64::NAN] {
            assert!(matches!(Bootstrap { level, ..bootstrap }.draw(4), Err(SensitivityError::Level(_))));
        }
        assert_eq!(Bootstrap { resamples: 99, ..bootstrap }.draw(4), Err(SensitivityError::Resamples(99)));
    }
}
