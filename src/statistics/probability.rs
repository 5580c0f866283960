//! A probability estimated from paths, with what simulation leaves uncertain.

use super::measured::NORMAL_95;

/// The share of paths on which something happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Probability {
    /// Paths on which it happened.
    pub hits: u64,
    /// All paths.
    pub paths: u64,
}

impl Probability {
    /// The share.
    pub fn estimate(&self) -> f64 {
        self.hits as f64 / self.paths as f64
    }

    /// Standard error of the share, √(p(1 − p)/n).
    pub fn standard_error(&self) -> f64 {
        let p = self.estimate();
        (p * (1.0 - p) / self.paths as f64).sqrt()
    }

    /// The 95 % interval of Wilson (1927, Journal of the American Statistical Association 22), which stays
    /// honest when nothing, or everything, happened.
    pub fn wilson_interval(&self) -> (f64, f64) {
        let (n, p) = (self.paths as f64, self.estimate());
        let z2 = NORMAL_95 * NORMAL_95 / n;
        let centre = (p + z2 / 2.0) / (1.0 + z2);
        let half_width = NORMAL_95 / (1.0 + z2) * (p * (1.0 - p) / n + z2 / (4.0 * n)).sqrt();
        ((centre - half_width).max(0.0), (centre + half_width).min(1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_agrees_with_statsmodels() {
        // statsmodels 0.15.0: proportion_confint(hits, paths, method="wilson").
        for (hits, paths, low, high) in WILSON {
            let (found_low, found_high) = Probability { hits, paths }.wilson_interval();
            assert!((found_low - low).abs() < 1e-12 && (found_high - high).abs() < 1e-12, "{hits} of {paths}");
        }
    }

    const WILSON: [(u64, u64, f64, f64); 3] = [
        (3, 10, 0.10779126740630104, 0.6032218525388546),
        (0, 10_000, 0.0, 0.0003839983706765959),
        (412, 10_000, 0.03747746616189304, 0.045274890743039795),
    ];
}
