//! How long the blocks of a bootstrap have to be.

/// How many forecasts in a row share days: origins `every` so many business days, each looking `horizon` days ahead.
///
/// Scores of forecasts with a day in common are dependent even if the model is right, which blocks have to span.
pub fn overlapping_origins(horizon: usize, every: usize) -> f64 {
    (horizon as f64 / every.max(1) as f64).max(1.0)
}

/// The mean block of a stationary bootstrap that makes the variance of the mean of `series` most accurate.
///
/// The rule of Politis and White (2004, Econometric Reviews 23) as corrected by Patton, Politis and White (2009,
/// Econometric Reviews 28): with the flat-top window λ and autocovariances R,
///
/// ```text
/// b = (2 G² / D)^⅓ n^⅓,   G = Σ λ(k/M) |k| R(k),   D = 2 (Σ λ(k/M) R(k))²
/// ```
///
/// where M is twice the first lag from which max(5, log₁₀ n) autocorrelations in a row stay within 2√(log₁₀ n / n), as in
/// the authors' program. At least 1 and at most min(3√n, n/3); 1 for a series that is constant or shorter than 9.
pub fn politis_white(series: &[f64]) -> f64 {
    let length = series.len();
    if length < SHORTEST {
        return 1.0;
    }
    let n = length as f64;
    let mean = series.iter().sum::<f64>() / n;
    let residual: Vec<f64> = series.iter().map(|x| x - mean).collect();
    let product = |lag: usize| residual[lag..].iter().zip(&residual).map(|(x, y)| x * y).sum::<f64>();
    let in_a_row = (n.log10() as usize).max(5);
    let longest = (n.sqrt().ceil() as usize + in_a_row).min(length - 2);
    if product(0) <= 0.0 {
        return 1.0;
    }

    let insignificant = 2.0 * (n.log10() / n).sqrt();
    let is_small = |lag: usize| {
        let squares = |of: &[f64]| of.iter().map(|x| x * x).sum::<f64>();
        let scale = (squares(&residual[lag + 1..]) * squares(&residual[..length - lag - 1])).sqrt();
        product(lag).abs() < insignificant * scale
    };
    let dies_out = (1..=longest.saturating_sub(in_a_row)).find(|&first| (first..first + in_a_row).all(is_small));
    let window = dies_out.map_or(longest, |lag| (2 * lag).min(longest));

    let (mut slope, mut long_run) = (0.0, product(0) / n);
    for lag in 1..=window {
        let flat_top = (2.0 * (1.0 - lag as f64 / window as f64)).min(1.0);
        let covariance = product(lag) / n;
        slope += 2.0 * flat_top * lag as f64 * covariance;
        long_run += 2.0 * flat_top * covariance;
    }
    let most = (3.0 * n.sqrt()).min(n / 3.0).ceil();
    (slope * slope / (long_run * long_run) * n).cbrt().clamp(1.0, most)
}

/// The shortest series of which enough autocorrelations exist to look at.
const SHORTEST: usize = 9;

#[cfg(test)]
mod tests {
    use super::*;

    /// The golden ratio's fraction; its multiples of k and k² are spread evenly and the same everywhere.
    const GOLDEN: f64 = 0.618_033_988_749_894_9;

    /// `arch.bootstrap.optimal_block_length(x)["stationary"]`, arch 8.0.0.
    #[test]
    fn the_rule_gives_the_blocks_of_another_package() {
        let mut level = 0.0;
        let persistent: Vec<f64> = (1..=200)
            .map(|k| {
                let k = f64::from(k);
                level = 0.6 * level + ((k * GOLDEN) % 1.0 - 0.5) + ((k * k * GOLDEN) % 1.0 - 0.5);
                level
            })
            .collect();
        let found = politis_white(&persistent);
        assert!((found - 5.177_184_885_497_623).abs() < 1e-8, "{found}");
        // That package finds 0.924 here: a block is at least one observation.
        let noise: Vec<f64> = (1..=120).map(|k| (f64::from(k) * f64::from(k) * GOLDEN) % 1.0).collect();
        assert!((politis_white(&noise) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn what_has_no_dependence_has_blocks_of_one() {
        assert!((politis_white(&[3.0; 40]) - 1.0).abs() < 1e-12);
        assert!((politis_white(&[3.0, 1.0, 2.0]) - 1.0).abs() < 1e-12);
        assert!((politis_white(&[]) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn blocks_span_the_forecasts_that_share_days() {
        assert!((overlapping_origins(60, 10) - 6.0).abs() < 1e-12);
        assert!((overlapping_origins(5, 10) - 1.0).abs() < 1e-12);
    }
}
