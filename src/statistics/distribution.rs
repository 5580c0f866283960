//! The distribution of one number over the paths.

use super::quantiles::{PUBLISHED, quantile_by_ranks, standard_error};

/// Mean, spread and quantiles of a sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distribution {
    /// Mean.
    pub mean: f64,
    /// Standard deviation, with n − 1 in the denominator; 0 for a single path.
    pub sd: f64,
    /// Quantiles at [`PUBLISHED`].
    pub quantiles: [f64; 9],
    /// Number of paths.
    pub paths: u64,
    /// The farthest that each quantile may be from that of the sorted sample: the width of its bin; 0 if it was sorted.
    pub bounds: [f64; 9],
    /// The Monte Carlo standard error of each quantile.
    pub standard_errors: [f64; 9],
}

impl Distribution {
    /// The distribution of `sample`, which is sorted.
    ///
    /// Sums run in the order of the sample, before it is sorted, so that the result depends on the
    /// paths and their numbering alone.
    ///
    /// # Panics
    /// If the sample is empty.
    pub fn of(sample: &mut [f64]) -> Distribution {
        let n = sample.len() as f64;
        let mean = sample.iter().sum::<f64>() / n;
        let squares: f64 = sample.iter().map(|value| (value - mean) * (value - mean)).sum();
        let sd = if sample.len() > 1 { (squares / (n - 1.0)).sqrt() } else { 0.0 };
        sample.sort_unstable_by(f64::total_cmp);
        let paths = sample.len() as u64;
        let at = |probability: f64| quantile_by_ranks(paths, probability, |rank| sample[rank as usize]);
        Distribution {
            mean,
            sd,
            quantiles: PUBLISHED.map(at),
            paths,
            bounds: [0.0; 9],
            standard_errors: PUBLISHED.map(|probability| standard_error(paths, probability, at)),
        }
    }

    /// The same distribution of `scale · value + shift`; a negative scale turns the quantiles round.
    pub fn rescaled(&self, scale: f64, shift: f64) -> Distribution {
        let turned = |mut numbers: [f64; 9]| {
            if scale < 0.0 {
                numbers.reverse();
            }
            numbers
        };
        Distribution {
            mean: scale * self.mean + shift,
            sd: scale.abs() * self.sd,
            quantiles: turned(self.quantiles).map(|quantile| scale * quantile + shift),
            paths: self.paths,
            bounds: turned(self.bounds).map(|bound| scale.abs() * bound),
            standard_errors: turned(self.standard_errors).map(|error| scale.abs() * error),
        }
    }

    /// The distribution of a number that is the same on each of so many paths.
    pub fn certain(value: f64, paths: u64) -> Distribution {
        Distribution { mean: value, sd: 0.0, quantiles: [value; 9], paths, bounds: [0.0; 9], standard_errors: [0.0; 9] }
    }

    /// The Monte Carlo standard error of the mean.
    pub fn mean_error(&self) -> f64 {
        self.sd / (self.paths as f64).sqrt()
    }

    /// The 5 % quantile.
    pub fn low(&self) -> f64 {
        self.quantiles[1]
    }

    /// The median.
    pub fn median(&self) -> f64 {
        self.quantiles[4]
    }

    /// The 95 % quantile.
    pub fn high(&self) -> f64 {
        self.quantiles[7]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_agree_with_numpy() {
        // numpy 2.4.6: a = np.array([2., 4., 4., 4., 5., 5., 7., 9.]); a.mean() = 5, a.std(ddof=1) = 2.138089935299395.
        let found = Distribution::of(&mut [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]);
        assert_eq!(found.mean, 5.0);
        assert!((found.sd - 2.138_089_935_299_395).abs() < 1e-15);
    }

    #[test]
    fn a_rescaled_distribution_is_that_of_the_rescaled_sample() {
        let mut sample: Vec<f64> = (0..101).map(|i| f64::from(i * i % 37)).collect();
        let mut rescaled: Vec<f64> = sample.iter().map(|x| 0.01 * x + 4.15).collect();
        let (a, b) = (Distribution::of(&mut sample).rescaled(0.01, 4.15), Distribution::of(&mut rescaled));
        assert!((a.mean - b.mean).abs() < 1e-12 && (a.sd - b.sd).abs() < 1e-12);
        assert!(a.quantiles.iter().zip(b.quantiles).all(|(a, b)| (a - b).abs() < 1e-12));
    }
}
