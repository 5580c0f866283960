//! How easily a limit of a box could be luck.
//!
//! Bryant and Lempert (2010, *Technological Forecasting and Social Change* 77, 34–49): without the limit a box would
//! hold T_j points, of which H_j are of interest. Were the limit to pick T of them blindly, each would be of interest
//! with probability H_j/T_j, and as many as the box has, H, or more would be found with probability
//!
//! ```text
//! q = Σ_(h = H)^T  C(T, h) p^h (1 − p)^(T − h)          p = H_j/T_j
//! ```
//!
//! Not a p value, since the limit was chosen for being good; large ones tell which limits mean nothing.

use crate::model::Real;

/// The probability that so many `trials` bring `least` or more successes, each coming with probability `p`.
pub fn at_least(least: usize, trials: usize, p: f64) -> f64 {
    if least == 0 || p >= 1.0 {
        return 1.0;
    }
    if p <= 0.0 || least > trials {
        return 0.0;
    }
    // The tail without the peak is summed up, from its largest term on.
    let odds = p / (1.0 - p);
    let mut sum = 0.0;
    if least as f64 > p * trials as f64 {
        let mut term = mass(least, trials, p);
        for h in least..=trials {
            sum += term;
            term *= (trials - h) as f64 / (h + 1) as f64 * odds;
        }
        sum
    } else {
        let mut term = mass(least - 1, trials, p);
        for h in (0..least).rev() {
            sum += term;
            term *= h as f64 / (trials - h + 1) as f64 / odds;
        }
        1.0 - sum
    }
}

/// C(T, h) p^h (1 − p)^(T − h).
fn mass(h: usize, trials: usize, p: f64) -> f64 {
    let fewer = h.min(trials - h);
    let ways: f64 = (1..=fewer).map(|i| Real::ln((trials - fewer + i) as f64 / i as f64)).sum();
    Real::exp(ways + h as f64 * Real::ln(p) + (trials - h) as f64 * Real::ln(1.0 - p))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `scipy.stats.binomtest(h, t, p, alternative="greater").pvalue`, SciPy 1.17.1.
    #[test]
    fn tails_are_those_of_scipy() {
        let expected: &[(usize, usize, f64, f64)] = &[
            (60, 65, 0.5, 2.4347803504257137e-13),
            (60, 65, 0.95, 0.8941257108629482),
            (3, 10, 0.3, 0.6172172136000003),
            (3, 10, 0.30001, 0.6172438959484755),
            (1, 1, 0.2, 0.2),
            (10, 10, 0.5, 0.0009765625),
            (4000, 10000, 0.395, 0.15563470407286426),
            (3900, 10000, 0.395, 0.8492178898267225),
            (500, 10000, 0.395, 1.0),
            (37, 400, 0.05, 0.0002880603476945388),
        ];
        for &(least, trials, p, tail) in expected {
            let found = at_least(least, trials, p);
            assert!((found / tail - 1.0).abs() < 1e-10, "{least} of {trials} at {p}: {found} against {tail}");
        }
        assert_eq!(
            [at_least(0, 5, 0.3), at_least(3, 5, 1.0), at_least(3, 5, 0.0), at_least(6, 5, 0.3)],
            [1.0, 1.0, 0.0, 0.0]
        );
    }
}
