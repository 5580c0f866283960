//! How far off a figure is, from the replicates of a run with evenly spread draws.
//!
//! Evenly spread paths are not independent, so that √(variance/n) says nothing of their mean. Replicates are: with the
//! same figure from each of R of them, its standard error is s/√R, and the figure of all lies within t s/√R of the
//! truth with 95 % confidence, where t is the 97.5 % quantile of Student's t with R − 1 degrees of freedom (L'Ecuyer
//! and Lemieux 2002, in *Modeling Uncertainty*).

use crate::scenario::REPLICATES;

/// The 97.5 % quantile of Student's t with 15 degrees of freedom (Student 1908; NIST/SEMATECH e-Handbook, 1.3.6.7.2).
const T: f64 = 2.131_449_545_559_323;

/// What simulation leaves uncertain about a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Replicated {
    /// Standard error.
    pub standard_error: f64,
    /// The 95 % interval.
    pub interval: (f64, f64),
}

impl Replicated {
    /// Of a figure that all paths together put at `estimate`, and every replicate by itself as listed.
    ///
    /// # Panics
    /// If there are not [`REPLICATES`] of them.
    pub fn of(estimate: f64, replicates: &[f64]) -> Replicated {
        assert_eq!(replicates.len() as u64, REPLICATES, "one estimate for each replicate");
        let n = REPLICATES as f64;
        let mean = replicates.iter().sum::<f64>() / n;
        let squares: f64 = replicates.iter().map(|value| (value - mean) * (value - mean)).sum();
        let standard_error = (squares / (n - 1.0) / n).sqrt();
        let half = T * standard_error;
        Replicated { standard_error, interval: (estimate - half, estimate + half) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{ContinuousCDF, StudentsT};

    #[test]
    fn the_interval_is_that_of_students_t() {
        let students = StudentsT::new(0.0, 1.0, REPLICATES as f64 - 1.0).unwrap();
        assert!((students.cdf(T) - 0.975).abs() < 1e-9);
        // SciPy 1.17.1: a = np.arange(16.)**2; stats.sem(a), stats.t.interval(.95, 15, a.mean(), stats.sem(a)).
        let squares: Vec<f64> = (0..16).map(|i| f64::from(i * i)).collect();
        let found = Replicated::of(77.5, &squares);
        assert!((found.standard_error - 18.508_106_332_091_35).abs() < 1e-9, "{found:?}");
        assert!(
            (found.interval.0 - 38.050_905_169_291_88).abs() < 1e-9
                && (found.interval.1 - 116.949_094_830_708_12).abs() < 1e-9,
            "{found:?}"
        );
    }
}
