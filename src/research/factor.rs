//! The ratio of two numbers read off the same paths, with its sampling error.
//!
//! The interval is that of the bootstrap over paths (Efron and Tibshirani 1993, *An Introduction to the
//! Bootstrap*, sections 10.3 and 13.3): a path is drawn with both its values, so what the two runs have in common
//! cancels in the interval as it does in the ratio. The draws have addresses and give the same interval always.

use crate::random::AddressedStream;
use crate::statistics::quantiles;
use rand::TryRng;
use rayon::prelude::*;

/// Samples of paths drawn: enough for the ends of an interval, a fortieth beyond each (Efron and Tibshirani
/// 1993, section 13.3).
const RESAMPLES: u64 = 1_000;

/// Seed of the resampling; any would do, but always the same.
const SEED: u64 = 1993;

/// The purpose of these draws in their address, which no other draw with [`SEED`] has.
const PURPOSE: u16 = 1;

/// What of a sample is compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reading {
    /// Its mean.
    Mean,
    /// Its quantile at a probability.
    Quantile(f64),
}

/// How many times larger a number is in one run than in another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Factor {
    /// The number in the first run.
    pub with: f64,
    /// The number in the second run, positive.
    pub without: f64,
    /// The first over the second.
    pub estimate: f64,
    /// The interval that holds 95 % of the ratios of resampled paths.
    pub interval: (f64, f64),
}

impl Reading {
    fn of(self, sample: &mut [f64]) -> f64 {
        match self {
            Reading::Mean => sample.iter().sum::<f64>() / sample.len() as f64,
            Reading::Quantile(probability) => quantiles(sample, &[probability])[0],
        }
    }
}

impl Factor {
    /// Compares two numbers of each path; none if the second run has nothing to be multiplied.
    ///
    /// # Panics
    /// If there are no paths, or not as many in both.
    pub fn of(with: &[f64], without: &[f64], reading: Reading) -> Option<Factor> {
        assert_eq!(with.len(), without.len(), "both runs have the same paths");
        let whole = (reading.of(&mut with.to_vec()), reading.of(&mut without.to_vec()));
        if whole.1 <= 0.0 {
            return None;
        }
        let mut ratios: Vec<f64> = (0..RESAMPLES)
            .into_par_iter()
            .map_init(
                || (vec![0.0; with.len()], vec![0.0; with.len()]),
                |(some_with, some_without), sample| {
                    let mut stream = AddressedStream::new(SEED, sample, 0, PURPOSE);
                    for place in 0..with.len() {
                        let path = any_below(with.len(), &mut stream);
                        some_with[place] = with[path];
                        some_without[place] = without[path];
                    }
                    reading.of(some_with) / reading.of(some_without)
                },
            )
            .collect();
        let [low, high] = quantiles(&mut ratios, &[0.025, 0.975]);
        Some(Factor { with: whole.0, without: whole.1, estimate: whole.0 / whole.1, interval: (low, high) })
    }
}

/// A number below `n`, each as likely as the next to one part in 2³²/n.
fn any_below(n: usize, stream: &mut AddressedStream) -> usize {
    let Ok(word) = stream.try_next_u32();
    ((u64::from(word) * n as u64) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pairs with what two runs on common draws have: a common part and a little of their own.
    fn pairs(n: u64) -> (Vec<f64>, Vec<f64>) {
        let draw = |path: u64, day: u32| {
            let Ok(word) = AddressedStream::new(7, path, day, 0).try_next_u32();
            f64::from(word) / 2_f64.powi(32)
        };
        (0..n).map(|path| (12.0 + 10.0 * draw(path, 0) + draw(path, 1), 10.0 + 10.0 * draw(path, 0))).unzip()
    }

    #[test]
    fn the_interval_of_a_ratio_of_means_agrees_with_the_delta_method() {
        let (with, without) = pairs(4_000);
        let factor = Factor::of(&with, &without, Reading::Mean).expect("positive");
        // Var(ȳ/x̄) ≈ Var(y − r x) / (n x̄²): Cochran (1977, Sampling Techniques, 3rd ed., section 2.11).
        let residual: Vec<f64> = with.iter().zip(&without).map(|(y, x)| y - factor.estimate * x).collect();
        let error = (residual.iter().map(|e| e * e).sum::<f64>() / 3_999.0 / 4_000.0).sqrt() / factor.without;
        let (low, high) = factor.interval;
        for (found, expected) in [(low, factor.estimate - 1.96 * error), (high, factor.estimate + 1.96 * error)] {
            // The ends of a thousand resamples are uncertain by about a tenth of a standard error.
            assert!((found - expected).abs() < 0.3 * error, "{found} against {expected}, error {error}");
        }
    }

    #[test]
    fn the_ratio_of_a_sample_with_itself_is_exactly_one() {
        let (with, _) = pairs(300);
        for reading in [Reading::Mean, Reading::Quantile(0.99)] {
            let factor = Factor::of(&with, &with, reading).expect("positive");
            assert_eq!((factor.estimate, factor.interval), (1.0, (1.0, 1.0)));
        }
    }

    #[test]
    fn the_interval_of_a_quantile_holds_the_true_ratio_of_a_scaled_sample() {
        let (_, without) = pairs(500);
        let with: Vec<f64> = without.iter().map(|x| 1.5 * x).collect();
        let factor = Factor::of(&with, &without, Reading::Quantile(0.99)).expect("positive");
        assert!((factor.interval.0 - 1.5).abs() < 1e-12 && (factor.interval.1 - 1.5).abs() < 1e-12, "{factor:?}");
    }

    #[test]
    fn nothing_cannot_be_multiplied() {
        assert_eq!(Factor::of(&[1.0, 2.0], &[0.0, 0.0], Reading::Mean), None);
    }
}
