//! How a number of each path differs between two worlds.

use super::paired::{PairedMean, subtract};
use crate::statistics::Distribution;

/// A number in two worlds, and the second less the first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// Mean over paths in the first.
    pub one: f64,
    /// Mean over paths in the second.
    pub other: f64,
    /// The mean difference and its simulation error.
    pub mean: PairedMean,
    /// The difference path by path; none between strangers.
    pub paths: Option<Distribution>,
}

impl Difference {
    /// Path by path, on common draws.
    ///
    /// # Panics
    /// If there are no paths, or not as many in both.
    pub fn of(one: &[f64], other: &[f64]) -> Difference {
        let [of_one, of_other] = [one, other].map(|sample| Distribution::of(&mut sample.to_vec()));
        Difference::of_paths(subtract(other, one), &of_one, &of_other)
    }

    /// From the differences on the paths, and the distributions of both.
    pub fn of_paths(mut difference: Vec<f64>, one: &Distribution, other: &Distribution) -> Difference {
        let paths = Distribution::of(&mut difference);
        let mean = PairedMean::of_distributions(&paths, other, one);
        Difference { one: one.mean, other: other.mean, mean, paths: Some(paths) }
    }

    /// Between distributions on draws that are not common.
    pub fn of_strangers(one: &Distribution, other: &Distribution) -> Difference {
        Difference { one: one.mean, other: other.mean, mean: PairedMean::of_strangers(other, one), paths: None }
    }

    /// What holds 90 % of paths; between strangers, the 95 % interval of the mean.
    pub fn band(&self) -> (f64, f64) {
        let half = 1.96 * self.mean.standard_error;
        self.paths.map_or((self.mean.mean - half, self.mean.mean + half), |paths| (paths.low(), paths.high()))
    }

    /// Whether no path differs, but for the rounding of sums: by less than a dollar.
    pub fn is_nothing(&self) -> bool {
        const DOLLAR: f64 = 1e-9;
        self.paths.is_some_and(|paths| paths.sd < DOLLAR && paths.mean.abs() < DOLLAR)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_luck_narrows_and_strangers_do_not_pretend_to_have_it() {
        let one: Vec<f64> = (0..100).map(|path| f64::from(path * path % 61)).collect();
        let other: Vec<f64> = one.iter().enumerate().map(|(path, x)| x + 2.0 + 0.01 * (path % 2) as f64).collect();
        let paired = Difference::of(&one, &other);
        assert!((paired.mean.mean - 2.005).abs() < 1e-12 && (paired.other - paired.one - 2.005).abs() < 1e-12);
        assert!(paired.mean.standard_error < 0.001 && paired.mean.independent_standard_error > 1.0, "{paired:?}");
        let (low, high) = paired.band();
        assert!((low - 2.0).abs() < 1e-12 && (high - 2.01).abs() < 1e-12, "{low} {high}");
        let [a, b] = [&one, &other].map(|sample| Distribution::of(&mut sample.clone()));
        let strangers = Difference::of_strangers(&a, &b);
        assert_eq!(strangers.mean.standard_error, paired.mean.independent_standard_error);
        assert!(strangers.paths.is_none() && !strangers.is_nothing());
        assert!(Difference::of(&one, &one).is_nothing());
    }
}
