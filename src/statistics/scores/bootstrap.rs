//! How sure one can be of a mean over forecasts that overlap: the stationary bootstrap.
//!
//! Politis and Romano (1994, Journal of the American Statistical Association 89): the series, closed to a circle, is
//! resampled in blocks whose lengths are geometric, so that what stands near each other stays near each other. Scores of
//! two forecasters are drawn together, so what both found hard cancels. The interval is that of the percentiles.

use crate::statistics::quantiles;

/// A number found from a series, with the interval that holds 95 % of it over resampled series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// Resamples of a serially dependent series.
#[derive(Clone, Copy, Debug)]
pub struct StationaryBootstrap<D> {
    /// Mean length of a block, 1 for independent observations.
    pub mean_block: f64,
    /// Resampled series.
    pub resamples: usize,
    /// The draw of an index, uniform between 0 and 1 and always the same.
    pub draw: D,
}

impl<D: Fn(u64) -> f64> StationaryBootstrap<D> {
    /// The mean of `series`; none if it is empty.
    pub fn mean(&self, series: &[f64]) -> Option<Estimate> {
        self.estimate(series.len(), |places| {
            places.iter().map(|&place| series[place]).sum::<f64>() / places.len() as f64
        })
    }

    /// The mean of `one` less `other`, place by place; none if they are empty or not of one length.
    pub fn mean_difference(&self, one: &[f64], other: &[f64]) -> Option<Estimate> {
        if one.len() != other.len() {
            return None;
        }
        let differences: Vec<f64> = one.iter().zip(other).map(|(one, other)| one - other).collect();
        self.mean(&differences)
    }

    /// The skill of `scores` against those of a `benchmark`, 1 − mean/mean; none if they are empty, not of one length,
    /// or the benchmark was never wrong.
    pub fn skill(&self, scores: &[f64], benchmark: &[f64]) -> Option<Estimate> {
        if scores.len() != benchmark.len() {
            return None;
        }
        self.estimate(scores.len(), |places| {
            let sum = |of: &[f64]| places.iter().map(|&place| of[place]).sum::<f64>();
            1.0 - sum(scores) / sum(benchmark)
        })
    }

    /// A `statistic` of the places of a series of length `n`, on the series itself and on resampled ones; none if it is
    /// not a number. Resamples on which it is not, as a ratio to nothing, are left out.
    pub fn estimate(&self, n: usize, statistic: impl Fn(&[usize]) -> f64) -> Option<Estimate> {
        if n == 0 {
            return None;
        }
        let mut places: Vec<usize> = (0..n).collect();
        let value = Some(statistic(&places)).filter(|value| value.is_finite())?;
        let mut found = Vec::with_capacity(self.resamples);
        for resample in 0..self.resamples {
            self.resample(resample, &mut places);
            found.extend(Some(statistic(&places)).filter(|value| value.is_finite()));
        }
        if found.is_empty() {
            return None;
        }
        let [low, high] = quantiles(&mut found, &[0.025, 0.975]);
        Some(Estimate { value, low, high })
    }

    /// Writes the places of one resampled series.
    pub fn resample(&self, resample: usize, places: &mut [usize]) {
        let n = places.len();
        let first = (resample * n) as u64;
        let ends = 1.0 / self.mean_block.max(1.0);
        let mut place = 0;
        for (step, at) in places.iter_mut().enumerate() {
            // One uniform says both whether a block ends and, rescaled, where the next one starts.
            let u = (self.draw)(first + step as u64);
            if step == 0 {
                place = somewhere(u, n);
            } else if u < ends {
                place = somewhere(u / ends, n);
            } else {
                place = (place + 1) % n;
            }
            *at = place;
        }
    }
}

fn somewhere(u: f64, n: usize) -> usize {
    ((u * n as f64) as usize).min(n - 1)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::random::{uniform, words_at};

    /// Uniforms for tests.
    pub(in crate::statistics::scores) fn draw(index: u64) -> f64 {
        uniform(words_at(1994, index, 0, 0)[0])
    }

    fn bootstrap(mean_block: f64) -> StationaryBootstrap<fn(u64) -> f64> {
        StationaryBootstrap { mean_block, resamples: 4_000, draw }
    }

    /// A first-order autoregression with coefficient ρ and uniform shocks of variance 1/12.
    fn autoregression(n: u64, rho: f64) -> Vec<f64> {
        let mut level = 0.0;
        (0..n)
            .map(|k| {
                level = rho * level + draw((1 << 40) + k) - 0.5;
                level
            })
            .collect()
    }

    #[test]
    fn blocks_of_one_give_the_standard_error_of_a_mean() {
        let series = autoregression(500, 0.0);
        let found = bootstrap(1.0).mean(&series).expect("observations");
        let variance = series.iter().map(|x| (x - found.value).powi(2)).sum::<f64>() / 500.0;
        let error = (variance / 500.0).sqrt();
        for (end, sign) in [(found.low, -1.0), (found.high, 1.0)] {
            // The ends of four thousand resamples are uncertain by a twentieth of a standard error.
            assert!((end - found.value - sign * 1.96 * error).abs() < 0.15 * error, "{found:?}, error {error}");
        }
    }

    /// The variance of a resampled mean that Politis and Romano (1994, lemma 1) give in closed form:
    /// (1/n) [C(0) + 2 Σ (1 − i/n)(1 − p)^i C(i)] with the circular autocovariances C and p one over the mean block.
    #[test]
    fn the_spread_of_resampled_means_is_the_closed_form_of_politis_and_romano() {
        let series = autoregression(300, 0.7);
        let n = series.len();
        let mean = series.iter().sum::<f64>() / n as f64;
        let circular =
            |lag: usize| (0..n).map(|i| (series[i] - mean) * (series[(i + lag) % n] - mean)).sum::<f64>() / n as f64;
        for mean_block in [1.0_f64, 4.0, 12.0] {
            let stays = 1.0 - 1.0 / mean_block;
            let dependent: f64 =
                (1..n).map(|i| 2.0 * (1.0 - i as f64 / n as f64) * stays.powi(i as i32) * circular(i)).sum();
            let expected = ((circular(0) + dependent) / n as f64).sqrt();

            let bootstrap = bootstrap(mean_block);
            let mut places = vec![0; n];
            let means: Vec<f64> = (0..4_000)
                .map(|resample| {
                    bootstrap.resample(resample, &mut places);
                    places.iter().map(|&place| series[place]).sum::<f64>() / n as f64
                })
                .collect();
            let found = (means.iter().map(|m| (m - mean).powi(2)).sum::<f64>() / means.len() as f64).sqrt();
            // A standard deviation from 4,000 draws has a standard error of 1.1 %.
            assert!((found / expected - 1.0).abs() < 0.04, "block {mean_block}: {found} against {expected}");
        }
    }

    #[test]
    fn a_forecaster_who_is_always_a_fifth_better_has_that_skill_exactly() {
        let theirs: Vec<f64> = autoregression(90, 0.9).iter().map(|x| x.abs() + 0.1).collect();
        let ours: Vec<f64> = theirs.iter().map(|x| 0.8 * x).collect();
        let found = bootstrap(6.0).skill(&ours, &theirs).expect("scores");
        for value in [found.value, found.low, found.high] {
            assert!((value - 0.2).abs() < 1e-12, "{found:?}");
        }
        let difference = bootstrap(6.0).mean_difference(&ours, &theirs).expect("scores");
        assert!(difference.high < 0.0, "{difference:?}");
    }

    #[test]
    fn what_both_found_hard_cancels() {
        let hard = autoregression(120, 0.9);
        let ours: Vec<f64> = hard.iter().map(|x| 10.0 * x.abs() + 1.0).collect();
        let theirs: Vec<f64> = hard.iter().zip(0..).map(|(x, k)| 10.0 * x.abs() + 1.2 + 0.1 * draw(k)).collect();
        let paired = bootstrap(5.0).mean_difference(&ours, &theirs).expect("scores");
        let alone = bootstrap(5.0).mean(&ours).expect("scores");
        assert!(paired.high < 0.0 && paired.high - paired.low < 0.1 * (alone.high - alone.low), "{paired:?} {alone:?}");
    }

    #[test]
    fn the_same_call_gives_the_same_interval_and_nothing_gives_none() {
        let series = autoregression(50, 0.5);
        assert_eq!(bootstrap(3.0).mean(&series), bootstrap(3.0).mean(&series));
        assert_eq!(bootstrap(3.0).mean(&[]), None);
        assert_eq!(bootstrap(3.0).skill(&[1.0], &[0.0]), None);
        assert_eq!(bootstrap(3.0).skill(&[1.0], &[1.0, 2.0]), None);
    }
}
