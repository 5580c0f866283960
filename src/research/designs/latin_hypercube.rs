//! Latin hypercube sampling.
//!
//! McKay, Beckman and Conover (1979, *Technometrics* 21, 239–245): the range of every factor is cut into as
//! many intervals as there are points, each point gets one of them in every factor, and lies anywhere within:
//!
//! ```text
//! x_ij = (π_j(i) + u_ij) / n          π_j a permutation of 0 … n − 1, u_ij uniform
//! ```
//!
//! A permutation here is the order of random keys.

use super::LATIN;
use super::error::{DesignError, check_size};
use crate::random::{uniform, words_at};

/// So many `points` in so many `factors`.
///
/// # Errors
/// If there is no point or factor, or too many.
pub fn latin_hypercube(points: usize, factors: usize, seed: u64) -> Result<Vec<Vec<f64>>, DesignError> {
    check_size(points as u128, factors)?;
    let mut rows = vec![vec![0.0; factors]; points];
    for factor in 0..factors {
        let words = |point: usize| words_at(seed, point as u64, LATIN, factor as u32);
        let mut order: Vec<usize> = (0..points).collect();
        order.sort_by_cached_key(|&point| {
            let [first, second, ..] = words(point);
            (first, second)
        });
        for (interval, &point) in order.iter().enumerate() {
            rows[point][factor] = (interval as f64 + uniform(words(point)[2])) / points as f64;
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn every_interval_of_every_factor_holds_one_point(points in 1..200_usize, factors in 1..6_usize, seed: u64) {
            let rows = latin_hypercube(points, factors, seed).unwrap();
            for factor in 0..factors {
                let mut cells: Vec<usize> = rows.iter().map(|row| (row[factor] * points as f64) as usize).collect();
                cells.sort_unstable();
                prop_assert_eq!(cells, (0..points).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn the_mean_of_a_product_has_no_bias_and_that_of_a_sum_hardly_an_error() {
        let n = 32.0;
        let means = |f: fn(&[f64]) -> f64| -> Vec<f64> {
            let mean = |seed| latin_hypercube(32, 2, seed).unwrap().iter().map(|row| f(row)).sum::<f64>() / n;
            (0..2_000).map(mean).collect()
        };
        // Factors are independent: E xy = ¼, with the variance of plain points at most (Var xy = 7/144, McKay et al.
        // 1979).
        let product = means(|row| row[0] * row[1]);
        let bias = product.iter().sum::<f64>() / 2_000.0 - 0.25;
        assert!(bias.abs() < 4.0 * (7.0 / 144.0 / n / 2_000.0_f64).sqrt(), "{bias}");
        // A sum has only the variance within intervals: 2 · 1/(12 n²) a point.
        let sum = means(|row| row[0] + row[1]);
        let variance = sum.iter().map(|mean| (mean - 1.0).powi(2)).sum::<f64>() / 2_000.0;
        let expected = 2.0 / (12.0 * n * n) / n;
        // Four standard errors of a variance, √(2/2000) each.
        assert!((variance / expected - 1.0).abs() < 0.13, "{variance} against {expected}");
    }

    #[test]
    fn another_seed_is_another_design() {
        let design = |seed| latin_hypercube(16, 3, seed).unwrap();
        assert_eq!(design(1), design(1));
        assert_ne!(design(1), design(2));
        assert!(latin_hypercube(0, 3, 1).is_err() && latin_hypercube(3, 0, 1).is_err());
    }
}
