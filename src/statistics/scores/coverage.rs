//! Whether bands that say they hold a share of outcomes do.

use super::bootstrap::{Estimate, StationaryBootstrap};
use crate::statistics::quantiles;

/// The closed band between two quantiles of a forecast, as far from either end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CentralBand {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
}

impl CentralBand {
    /// The band that holds `share` of the sample, which is reordered: 0.9 runs from the 5 % to the 95 % quantile.
    ///
    /// # Panics
    /// If the sample is empty.
    pub fn of(sample: &mut [f64], share: f64) -> CentralBand {
        let tail = 0.5 * (1.0 - share);
        let [low, high] = quantiles(sample, &[tail, 1.0 - tail]);
        CentralBand { low, high }
    }

    /// Whether the outcome lies in the band, its ends included and `tolerance` allowed on either side. The tolerance is
    /// that of the publication, half a unit of its last digit: a band of one point holds the outcome that equals it.
    pub fn holds(&self, outcome: f64, tolerance: f64) -> bool {
        outcome >= self.low - tolerance && outcome <= self.high + tolerance
    }

    /// The share of outcomes that their bands held, in order of origins, with its interval; none if there are none.
    pub fn coverage(held: &[bool], bootstrap: &StationaryBootstrap<impl Fn(u64) -> f64>) -> Option<Estimate> {
        let inside: Vec<f64> = held.iter().map(|&held| f64::from(u8::from(held))).collect();
        bootstrap.mean(&inside)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::scores::bootstrap::tests::draw;

    #[test]
    fn bands_are_closed_and_a_point_holds_itself() {
        let mut sample: Vec<f64> = (0..=100).map(f64::from).collect();
        let band = CentralBand::of(&mut sample, 0.9);
        assert!((band.low - 5.0).abs() < 1e-12 && (band.high - 95.0).abs() < 1e-12);
        let band = CentralBand { low: 5.0, high: 95.0 };
        assert!(band.holds(5.0, 0.0) && band.holds(95.0, 0.0) && !band.holds(95.1, 0.0) && band.holds(95.1, 0.5));
        let point = CentralBand::of(&mut [-7.0; 12], 0.5);
        assert!(point.holds(-7.0, 0.0) && !point.holds(-6.0, 0.5));
    }

    #[test]
    fn independent_outcomes_have_the_interval_of_a_binomial_share() {
        let held: Vec<bool> = (0..400).map(|k| draw(1_000_000 + k) < 0.9).collect();
        let bootstrap = StationaryBootstrap { mean_block: 1.0, resamples: 4_000, draw };
        let found = CentralBand::coverage(&held, &bootstrap).expect("outcomes");
        let p = found.value;
        let error = (p * (1.0 - p) / 400.0).sqrt();
        for (end, expected) in [(found.low, p - 1.96 * error), (found.high, p + 1.96 * error)] {
            // Counts of 400 come in steps of a sixth of the error.
            assert!((end - expected).abs() < 0.35 * error, "{found:?}, error {error}");
        }
        assert_eq!(CentralBand::coverage(&[], &bootstrap), None);
    }
}
