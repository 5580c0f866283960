//! Whether bands that say they hold a share of outcomes do.
//!
//! Where many members sit on one value, a closed band holds more than it says, and no band could do otherwise. Then an
//! outcome counts by the share of its [stretch](super::Pit) inside the band: the coverage to be expected of bands with
//! randomised ends (Czado, Gneiting and Held 2009, Biometrics 65), which is exact if the forecast is.

use super::bootstrap::{Estimate, StationaryBootstrap};
use super::pit::Pit;

/// The central band that says it holds a share of outcomes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CentralBand {
    /// Probability of its lower end.
    pub low: f64,
    /// Probability of its upper end.
    pub high: f64,
}

impl CentralBand {
    /// The band from the quarter to three quarters.
    pub const HALF: CentralBand = CentralBand { low: 0.25, high: 0.75 };

    /// The band from 5 % to 95 %.
    pub const NINETY: CentralBand = CentralBand { low: 0.05, high: 0.95 };

    /// The share of an outcome that the band holds, 0 to 1.
    pub fn share(self, pit: Pit) -> f64 {
        pit.inside(self.low, self.high)
    }

    /// Whether the outcome lies between the ends of the band, themselves included, and `tolerance` allowed on either side:
    /// that of the publication, half a unit of its last digit, so that a band of one point holds the outcome that equals it.
    pub fn holds((low, high): (f64, f64), outcome: f64, tolerance: f64) -> bool {
        outcome >= low - tolerance && outcome <= high + tolerance
    }
}

/// The share of outcomes that their bands held, each from 0 to 1 and in order of origins, with its interval; none if there
/// are none.
pub fn coverage(held: &[f64], bootstrap: &StationaryBootstrap<impl Fn(u64) -> f64>) -> Option<Estimate> {
    bootstrap.mean(held)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::scores::bootstrap::tests::draw;

    #[test]
    fn bands_are_closed_and_a_point_holds_itself() {
        let held = |outcome, tolerance| CentralBand::holds((5.0, 95.0), outcome, tolerance);
        assert!(held(5.0, 0.0) && held(95.0, 0.0) && !held(95.1, 0.0) && held(95.1, 0.5));
        assert!(CentralBand::holds((-7.0, -7.0), -7.0, 0.0) && !CentralBand::holds((-7.0, -7.0), -6.0, 0.5));
    }

    /// A rounded forecast that is right: whole numbers 0 to 3 with probabilities of one, two, four and three tenths. The
    /// closed band from 0 to 3 holds every outcome, shares hold nine tenths of them.
    #[test]
    fn shares_of_a_right_forecast_with_ties_are_what_the_band_says() {
        let sample: Vec<f64> = [(0.0, 1_000), (1.0, 2_000), (2.0, 4_000), (3.0, 3_000)]
            .into_iter()
            .flat_map(|(value, times)| std::iter::repeat_n(value, times))
            .collect();
        let share = |band: CentralBand| {
            let outcomes = [(0.0, 0.1), (1.0, 0.2), (2.0, 0.4), (3.0, 0.3)];
            outcomes.map(|(value, likely)| likely * band.share(Pit::of(&sample, value, 0.5))).iter().sum::<f64>()
        };
        assert!((share(CentralBand::NINETY) - 0.9).abs() < 1e-3);
        assert!((share(CentralBand::HALF) - 0.5).abs() < 1e-3);
    }

    #[test]
    fn independent_outcomes_have_the_interval_of_a_binomial_share() {
        let held: Vec<f64> = (0..400).map(|k| f64::from(u8::from(draw(1_000_000 + k) < 0.9))).collect();
        let bootstrap = StationaryBootstrap { mean_block: 1.0, resamples: 4_000, draw };
        let found = coverage(&held, &bootstrap).expect("outcomes");
        let p = found.value;
        let error = (p * (1.0 - p) / 400.0).sqrt();
        for (end, expected) in [(found.low, p - 1.96 * error), (found.high, p + 1.96 * error)] {
            // Counts of 400 come in steps of a sixth of the error.
            assert!((end - expected).abs() < 0.35 * error, "{found:?}, error {error}");
        }
        assert_eq!(coverage(&[], &bootstrap), None);
    }
}
