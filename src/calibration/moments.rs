//! The second stage's yardstick: how widely something spreads over 1, 5, 20 and 60 days, in the model and in history.

use super::nelder_mead::minimise;

/// Business days over which spreads are compared: the horizons of the forecasts.
pub const HORIZONS: [usize; 4] = [1, 5, 20, 60];

/// Sizes of shocks that bring simulated spreads to realised ones, one per horizon.
///
/// Minimises Σ (ln simulated − ln realised)² over the logarithms of the sizes by Nelder and Mead's simplex from three starts:
/// the given sizes, half and double of them. `simulated` must answer the same to the same sizes: a closed form, or a
/// simulation on common draws.
pub fn match_spreads(simulated: &dyn Fn(&[f64]) -> Vec<f64>, realised: &[f64], sizes: &[f64]) -> Vec<f64> {
    /// Factor within which sizes may leave those given; beyond, spreads hardly change and no minimum is found.
    const MOST: f64 = 20.0;
    let of = |logs: &[f64]| {
        let sizes: Vec<f64> = logs.iter().map(|log| log.exp()).collect();
        let apart = |(simulated, realised): (&f64, &f64)| {
            let miss = (simulated.max(f64::MIN_POSITIVE) / realised.max(f64::MIN_POSITIVE)).ln();
            miss * miss
        };
        simulated(&sizes).iter().zip(realised).map(apart).sum::<f64>()
    };
    let origin: Vec<f64> = sizes.iter().map(|size| size.max(1e-6).ln()).collect();
    let held = |logs: &[f64]| {
        let beyond: f64 = logs.iter().zip(&origin).map(|(log, at)| ((log - at).abs() - MOST.ln()).max(0.0)).sum();
        of(logs) + 100.0 * beyond * beyond
    };
    let starts = [0.0, -std::f64::consts::LN_2, std::f64::consts::LN_2];
    let ends = starts.map(|by| {
        let start: Vec<f64> = origin.iter().map(|log| log + by).collect();
        minimise(&held, &start, 0.3, 1e-12, 4000)
    });
    let [first, second, third] = ends;
    let best = [second, third].into_iter().fold(first, |best, end| if end.1 < best.1 { end } else { best });
    best.0.iter().map(|log| log.exp()).collect()
}

/// Standard deviation of the sums of every `days` values in a row; none where there are too few.
pub fn spread_of_sums(values: &[f64], days: usize) -> Option<f64> {
    deviation(values.windows(days).map(|window| window.iter().sum()))
}

/// Standard deviation of the changes over `days` steps, where both ends are known.
pub fn spread_of_changes(levels: &[Option<f64>], days: usize) -> Option<f64> {
    let pairs = levels.iter().zip(levels.iter().skip(days));
    deviation(pairs.filter_map(|(before, after)| Some((*after)? - (*before)?)))
}

fn deviation(values: impl Iterator<Item = f64>) -> Option<f64> {
    /// Fewer than this say nothing of a spread.
    const ENOUGH: usize = 20;
    let values: Vec<f64> = values.collect();
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    (values.len() >= ENOUGH).then(|| (squares / values.len() as f64).sqrt())
}

/// Standard deviation of the change over `days` of a level that returns to its mean: `x_d = φ x_{d−1} + noise z`.
pub fn spread_of_returning_level(noise: f64, survival: f64, days: usize) -> f64 {
    let stationary = noise * noise / (1.0 - survival * survival).max(1e-12);
    (2.0 * stationary * (1.0 - survival.powi(days as i32))).sqrt()
}

/// Standard deviation of the sum over `days` of a daily noise and a drift that returns to zero, from its stationary state.
pub fn spread_of_drifting_sums(noise: f64, drift_noise: f64, survival: f64, days: usize) -> f64 {
    let stationary = drift_noise * drift_noise / (1.0 - survival * survival).max(1e-12);
    let covariances: f64 = (1..days).map(|lag| (days - lag) as f64 * survival.powi(lag as i32)).sum();
    (days as f64 * noise * noise + stationary * (days as f64 + 2.0 * covariances)).sqrt()
}

/// `2^(−1/h)` for a half-life of `h` business days.
pub fn survival(half_life: f64) -> f64 {
    (-std::f64::consts::LN_2 / half_life).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drift_that_is_known_is_found_again() {
        let (noise, drift, half_life) = (10.0, 0.3, 46.0);
        let of = |sizes: &[f64]| -> Vec<f64> {
            HORIZONS.iter().map(|&days| spread_of_drifting_sums(sizes[0], sizes[1], survival(sizes[2]), days)).collect()
        };
        let realised = of(&[noise, drift, half_life]);
        let found = match_spreads(&of, &realised, &[6.0, 0.6, 30.0]);
        // Noise and the spreads are found; drift and half-life trade off against one another.
        assert!((found[0] - noise).abs() < 0.05, "{found:?}");
        for (again, wanted) in of(&found).iter().zip(&realised) {
            assert!((again / wanted - 1.0).abs() < 1e-3, "{found:?}");
        }
    }

    #[test]
    fn closed_forms_agree_with_their_own_limits() {
        // A level that never returns is a random walk; a drift without noise of its own is none.
        assert!((spread_of_returning_level(2.0, 1.0 - 1e-9, 25) - 10.0).abs() < 1e-3);
        assert!((spread_of_drifting_sums(3.0, 0.0, 0.9, 16) - 12.0).abs() < 1e-12);
        // Of two days with a lasting share φ: σ²(2 + 2φ), and σ² = 1/(1 − φ²).
        let of_two = spread_of_drifting_sums(0.0, 1.0, 0.5, 2);
        assert!((of_two - (3.0_f64 / 0.75).sqrt()).abs() < 1e-12);
    }
}
