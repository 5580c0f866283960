//! The continuous ranked probability score of a sample.
//!
//! ```text
//! CRPS(F, y) = ∫ (F(x) − 1{x ≥ y})² dx = E|X − y| − ½ E|X − X′|
//! ```
//!
//! in the unit of the outcome, lower is better, and equal to the absolute error when the forecast is a single number
//! (Gneiting and Raftery 2007, Journal of the American Statistical Association 102, section 4.2). The second expectation
//! follows from the sorted sample, Σᵢⱼ|xᵢ − xⱼ| = 2 Σᵢ (2i − n − 1) x₍ᵢ₎, so a score costs one sort.

/// Of what distribution the sample is taken to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crps {
    /// The sample is the forecast: its pairs are divided by n².
    OfTheSample,
    /// The sample stands for the distribution it was drawn from: its pairs are divided by n(n − 1), which makes the
    /// score fair to samples of different sizes (Ferro 2014, Quarterly Journal of the Royal Meteorological Society 140).
    OfItsDistribution,
}

/// The score of a `sample` when `outcome` happened; the sample is sorted in passing.
///
/// None if the sample is empty, if a fair score is asked of a single value, or if anything is not finite.
pub fn crps(sample: &mut [f64], outcome: f64, which: Crps) -> Option<f64> {
    let n = sample.len() as f64;
    let pairs = match which {
        Crps::OfTheSample => n * n,
        Crps::OfItsDistribution => n * (n - 1.0),
    };
    if pairs <= 0.0 || !outcome.is_finite() || sample.iter().any(|value| !value.is_finite()) {
        return None;
    }
    sample.sort_unstable_by(f64::total_cmp);
    let mut error = 0.0;
    let mut spread = 0.0;
    // Differences from the outcome, not values: what all members share would only cost digits.
    for (value, rank) in sample.iter().zip(1_u32..) {
        let difference = value - outcome;
        error += difference.abs();
        spread += (2.0 * f64::from(rank) - n - 1.0) * difference;
    }
    Some(error / n - spread / pairs)
}

/// How much lower the mean score is than that of a benchmark: 1 is perfection, 0 no better, negative worse.
///
/// None if there are no scores or the benchmark was never wrong.
pub fn skill(scores: &[f64], benchmark: &[f64]) -> Option<f64> {
    let (ours, theirs): (f64, f64) = (scores.iter().sum(), benchmark.iter().sum());
    (theirs > 0.0 && scores.len() == benchmark.len()).then(|| 1.0 - ours / theirs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{Continuous, ContinuousCDF, Normal};

    const ENSEMBLE: [f64; 8] = [3.1, -1.2, 0.4, 0.4, 2.7, 5.0, -0.3, 1.9];

    /// `crps_ensemble(y, x)` of properscoring 0.1; `crps_ensemble(y, x, estimator="fair")` of scoringrules 0.10.0.
    #[test]
    fn ensembles_score_what_other_packages_say() {
        for (outcome, plain, fair) in [
            (-2.0, 2.425, 2.271_428_571_428_571_4),
            (0.4, 0.599_999_999_999_999_9, 0.446_428_571_428_571_84),
            (1.0, 0.599_999_999_999_999_9, 0.446_428_571_428_571_84),
            (6.5, 3.925, 3.771_428_571_428_571_4),
        ] {
            for (which, expected) in [(Crps::OfTheSample, plain), (Crps::OfItsDistribution, fair)] {
                let found = crps(&mut ENSEMBLE.clone(), outcome, which).expect("eight finite members");
                assert!((found - expected).abs() < 1e-14, "{which:?} at {outcome}: {found}, not {expected}");
            }
        }
    }

    /// Gneiting and Raftery (2007, equation 21).
    fn of_a_normal(mean: f64, sd: f64, outcome: f64) -> f64 {
        let standard = Normal::standard();
        let z = (outcome - mean) / sd;
        sd * (z * (2.0 * standard.cdf(z) - 1.0) + 2.0 * standard.pdf(z) - 1.0 / std::f64::consts::PI.sqrt())
    }

    /// `crps_gaussian` of properscoring 0.1; the first is 2φ(0) − 1/√π.
    #[test]
    fn the_closed_form_of_a_normal_is_that_of_another_package() {
        for (outcome, mean, sd, expected) in [
            (0.0, 0.0, 1.0, 0.233_694_977_255_109_13),
            (1.5, 0.3, 2.0, 0.746_311_761_871_509_6),
            (-4.0, 1.0, 0.5, 4.717_905_208_226_122),
        ] {
            assert!((of_a_normal(mean, sd, outcome) - expected).abs() < 1e-10);
        }
    }

    #[test]
    fn evenly_spread_quantiles_of_a_normal_score_as_the_normal_does() {
        let n = 20_000;
        let normal = Normal::new(900.0, 60.0).expect("a positive deviation");
        let mut sample: Vec<f64> =
            (0..n).map(|k| normal.inverse_cdf((f64::from(k) + 0.5) / f64::from(n))).rev().collect();
        for outcome in [780.0, 890.0, 900.0, 1_050.0] {
            let found = crps(&mut sample, outcome, Crps::OfTheSample).expect("finite");
            let expected = of_a_normal(900.0, 60.0, outcome);
            // Strata of 1/n leave an error of the order of σ/n.
            assert!((found - expected).abs() < 0.005, "at {outcome}: {found} against {expected}");
        }
    }

    #[test]
    fn a_forecast_of_one_number_scores_its_absolute_error() {
        assert_eq!(crps(&mut [7.0], 4.5, Crps::OfTheSample), Some(2.5));
        assert_eq!(crps(&mut [7.0; 40], 4.5, Crps::OfItsDistribution), Some(2.5));
    }

    #[test]
    fn the_fair_score_of_small_samples_is_on_average_that_of_their_distribution() {
        // All 9 pairs of members from {0, 1, 5}, each equally likely: the mean of the fair score of a sample of two is
        // E|X − y| − ½ E|X − X′| of independent members, by hand 2 − ½ · 20/9 at y = 1 with E|X − 1| = 5/3.
        let members = [0.0, 1.0, 5.0];
        let mut sum = 0.0;
        for one in members {
            for other in members {
                sum += crps(&mut [one, other], 1.0, Crps::OfItsDistribution).expect("two members");
            }
        }
        assert!((sum / 9.0 - (5.0 / 3.0 - 0.5 * 20.0 / 9.0)).abs() < 1e-15);
    }

    #[test]
    fn what_cannot_be_scored_is_none() {
        assert_eq!(crps(&mut [], 1.0, Crps::OfTheSample), None);
        assert_eq!(crps(&mut [1.0], 1.0, Crps::OfItsDistribution), None);
        assert_eq!(crps(&mut [1.0, f64::NAN], 1.0, Crps::OfTheSample), None);
        assert_eq!(crps(&mut [1.0, 2.0], f64::INFINITY, Crps::OfTheSample), None);
        assert_eq!(skill(&[], &[]), None);
        assert_eq!(skill(&[1.0], &[0.0]), None);
        assert_eq!(skill(&[1.0, 2.0], &[2.0, 2.0]), Some(0.25));
    }
}
