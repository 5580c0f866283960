//! The Brier score of a probability, and what it is made of.
//!
//! Mean of (p − o)², o being 1 if it happened (Brier 1950, Monthly Weather Review 78). By bins of the forecast it is
//! reliability − resolution + uncertainty (Murphy 1973, Journal of Applied Meteorology 12), plus what forecasts vary
//! inside a bin (Stephenson, Coelho and Jolliffe 2008, Weather and Forecasting 23), so that the parts add up.

use super::reliability::bin_of;

/// The mean score of `probabilities`, lower is better; none if there are none or not as many outcomes.
pub fn brier_score(probabilities: &[f64], happened: &[bool]) -> Option<f64> {
    let n = probabilities.len();
    let sum: f64 = probabilities.iter().zip(happened).map(|(&p, &happened)| one_score(p, happened)).sum();
    (n > 0 && n == happened.len()).then(|| sum / n as f64)
}

/// The score of a single probability.
fn one_score(probability: f64, happened: bool) -> f64 {
    let miss = probability - f64::from(u8::from(happened));
    miss * miss
}

/// The parts of a Brier score: `reliability − resolution + uncertainty + within`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BrierDecomposition {
    /// How far what was said lies from how often it happened; 0 is best.
    pub reliability: f64,
    /// How far apart forecasts tell cases; the more the better.
    pub resolution: f64,
    /// The score of always saying how often it happens overall.
    pub uncertainty: f64,
    /// What forecasts vary inside their bins adds; small if bins are.
    pub within: f64,
}

impl BrierDecomposition {
    /// The parts by `bins` equal bins of probability; none if there is nothing to score.
    pub fn of(probabilities: &[f64], happened: &[bool], bins: usize) -> Option<BrierDecomposition> {
        let score = brier_score(probabilities, happened)?;
        let n = probabilities.len() as f64;
        let mut sums = vec![(0.0, 0.0, 0.0); bins.max(1)];
        for (&probability, &happened) in probabilities.iter().zip(happened) {
            let (count, said, seen) = &mut sums[bin_of(probability, bins.max(1))];
            *count += 1.0;
            *said += probability;
            *seen += f64::from(u8::from(happened));
        }
        let base = sums.iter().map(|(_, _, seen)| seen).sum::<f64>() / n;
        let (mut reliability, mut resolution) = (0.0, 0.0);
        for (count, said, seen) in sums.into_iter().filter(|(count, _, _)| *count > 0.0) {
            reliability += (said - seen) * (said - seen) / (count * n);
            resolution += count / n * (seen / count - base) * (seen / count - base);
        }
        let uncertainty = base * (1.0 - base);
        Some(BrierDecomposition {
            reliability,
            resolution,
            uncertainty,
            within: score - (reliability - resolution + uncertainty),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: [f64; 10] = [0.05, 0.05, 0.15, 0.15, 0.15, 0.35, 0.35, 0.65, 0.65, 0.95];
    const HAPPENED: [bool; 10] = [false, false, false, true, false, false, true, true, false, true];

    /// `sklearn.metrics.brier_score_loss`, scikit-learn 1.9.1.
    #[test]
    fn the_score_is_that_of_another_package() {
        let score = brier_score(&SAID, &HAPPENED).expect("ten forecasts");
        assert!((score - 0.1865).abs() < 1e-15, "{score}");
    }

    /// By hand: base rate 0.4; bins (n, said, seen) (2, .05, 0), (3, .15, ⅓), (2, .35, ½), (2, .65, ½), (1, .95, 1).
    #[test]
    fn the_parts_are_murphys() {
        let parts = BrierDecomposition::of(&SAID, &HAPPENED, 10).expect("ten forecasts");
        let third = 1.0 / 3.0_f64;
        let reliability = (2.0 * 0.0025 + 3.0 * (0.15 - third).powi(2) + 4.0 * 0.0225 + 0.0025) / 10.0;
        let resolution = (2.0 * 0.16 + 3.0 * (third - 0.4).powi(2) + 4.0 * 0.01 + 0.36) / 10.0;
        assert!((parts.reliability - reliability).abs() < 1e-15);
        assert!((parts.resolution - resolution).abs() < 1e-15);
        assert!((parts.uncertainty - 0.24).abs() < 1e-15);
        // Forecasts are the same within each bin, so three parts are all there is.
        assert!(parts.within.abs() < 1e-15, "{parts:?}");
    }

    #[test]
    fn always_saying_the_base_rate_scores_the_uncertainty() {
        let parts = BrierDecomposition::of(&[0.4; 10], &HAPPENED, 10).expect("ten forecasts");
        assert!(parts.reliability.abs() < 1e-15 && parts.resolution.abs() < 1e-15);
        assert!((brier_score(&[0.4; 10], &HAPPENED).expect("ten") - 0.24).abs() < 1e-15);
    }

    #[test]
    fn nothing_has_no_score() {
        assert_eq!(brier_score(&[], &[]), None);
        assert_eq!(brier_score(&[0.5], &[]), None);
        assert_eq!(BrierDecomposition::of(&[], &[], 10), None);
    }
}
