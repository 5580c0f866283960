//! Quantiles of a sample, exact.

/// The probabilities at which distributions are published.
pub const PUBLISHED: [f64; 9] = [0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99];

/// The quantiles of `sample` at the increasing `probabilities`, by linear interpolation between order
/// statistics: definition 7 of Hyndman and Fan (1996, The American Statistician 50), NumPy's default.
///
/// Reorders the sample. Each probability costs a selection in what the last one left above it, which is
/// several times cheaper than sorting.
///
/// # Panics
/// If the sample is empty.
pub fn quantiles<const Q: usize>(sample: &mut [f64], probabilities: &[f64; Q]) -> [f64; Q] {
    assert!(!sample.is_empty(), "a distribution has at least one path");
    let mut sorted_below = 0;
    probabilities.map(|probability| {
        quantile_by_ranks(sample.len() as u64, probability, |rank| {
            order_statistic(sample, &mut sorted_below, rank as usize)
        })
    })
}

/// The quantile of `paths` values of which `of_rank` tells the one of a rank, the lowest being 0; it is asked for the
/// lower of two ranks first.
pub fn quantile_by_ranks(paths: u64, probability: f64, mut of_rank: impl FnMut(u64) -> f64) -> f64 {
    let last = paths - 1;
    let position = probability * last as f64;
    let rank = (position.floor() as u64).min(last);
    let value = of_rank(rank);
    let next = of_rank((rank + 1).min(last));
    value + (next - value) * (position - rank as f64)
}

/// The Monte Carlo standard error of a quantile: half the distance between the quantiles a standard error of its
/// rank, √(p(1 − p)/n), to either side, of which `quantile` tells each. That is the error √(p(1 − p)/n) / density of
/// the normal approximation (David and Nagaraja 2003, Order Statistics, 3rd edition, p. 288) with the density taken
/// from the sample itself.
pub fn standard_error(paths: u64, probability: f64, quantile: impl Fn(f64) -> f64) -> f64 {
    let reach = (probability * (1.0 - probability) / paths as f64).sqrt();
    let at = |probability: f64| quantile(probability.clamp(0.0, 1.0));
    (at(probability + reach) - at(probability - reach)) / 2.0
}

/// The value of rank `rank`; everything before `sorted_below` is in its sorted place already.
fn order_statistic(sample: &mut [f64], sorted_below: &mut usize, rank: usize) -> f64 {
    if rank >= *sorted_below {
        sample[*sorted_below..].select_nth_unstable_by(rank - *sorted_below, f64::total_cmp);
        *sorted_below = rank + 1;
    }
    sample[rank]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn quantiles_agree_with_numpy() {
        // numpy 2.4.6: np.quantile([3.1, -2.0, 0.5, 7.25, 1.0, 1.0, 4.5], [.05, .25, .5, .9, .99]).
        let mut sample = [3.1, -2.0, 0.5, 7.25, 1.0, 1.0, 4.5];
        let found = quantiles(&mut sample, &[0.05, 0.25, 0.5, 0.9, 0.99]);
        let expected = [-1.25, 0.75, 1.0, 5.6, 7.085];
        for (found, expected) in found.into_iter().zip(expected) {
            assert!((found - expected).abs() < 1e-12, "{found} against {expected}");
        }
    }

    #[test]
    fn one_path_is_its_own_distribution() {
        assert_eq!(quantiles(&mut [4.0], &PUBLISHED), [4.0; 9]);
    }

    proptest! {
        #[test]
        fn selection_agrees_with_sorting(mut sample in prop::collection::vec(-1e3..1e3_f64, 1..300)) {
            let mut sorted = sample.clone();
            sorted.sort_by(f64::total_cmp);
            let found = quantiles(&mut sample, &PUBLISHED);
            for (probability, found) in PUBLISHED.into_iter().zip(found) {
                let position = probability * (sorted.len() - 1) as f64;
                let (low, high) = (sorted[position.floor() as usize], sorted[position.ceil() as usize]);
                prop_assert_eq!(found, low + (high - low) * (position - position.floor()));
            }
        }
    }
}
