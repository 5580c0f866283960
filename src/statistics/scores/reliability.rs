//! How often it happened when so much was said: the reliability table.
//!
//! A bin of few forecasts may lie far from the diagonal by luck. The consistency bars of Bröcker and Smith (2007, Weather
//! and Forecasting 22) say how far: outcomes are drawn from the forecasts themselves, which are right by construction,
//! and forecasts are resampled, so that how many fall in a bin varies too. Outcomes are drawn independently of each
//! other; forecasts of overlapping days make true bars a little wider.

use crate::statistics::quantiles;

/// One bin of a reliability table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReliabilityBin {
    /// Forecasts in it.
    pub forecasts: usize,
    /// Mean of what they said.
    pub said: f64,
    /// How often it happened.
    pub seen: f64,
    /// What would be seen in 90 % of cases if the forecasts were right.
    pub consistent: (f64, f64),
}

/// The bins of probability in which there are forecasts, in rising order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReliabilityTable {
    /// The bins.
    pub bins: Vec<ReliabilityBin>,
}

/// The bin of a probability; the last one is closed.
pub(super) fn bin_of(probability: f64, bins: usize) -> usize {
    ((probability * bins as f64) as usize).min(bins - 1)
}

impl ReliabilityTable {
    /// The table of `probabilities` by `bins` equal bins, with bars from `resamples` draws. `draw` gives the uniform of
    /// an index, always the same.
    pub fn of(
        probabilities: &[f64],
        happened: &[bool],
        bins: usize,
        resamples: usize,
        draw: impl Fn(u64) -> f64,
    ) -> ReliabilityTable {
        let (n, bins) = (probabilities.len().min(happened.len()), bins.max(1));
        let mut drawn: Vec<Vec<f64>> = vec![Vec::with_capacity(resamples); bins];
        for resample in 0..resamples {
            let mut counts = vec![(0.0, 0.0); bins];
            for place in 0..n {
                let address = 2 * (resample * n + place) as u64;
                let probability = probabilities[((draw(address) * n as f64) as usize).min(n - 1)];
                let (forecasts, seen) = &mut counts[bin_of(probability, bins)];
                *forecasts += 1.0;
                *seen += f64::from(u8::from(draw(address + 1) < probability));
            }
            for (drawn, (forecasts, seen)) in drawn.iter_mut().zip(counts) {
                // A resample without a forecast in the bin says nothing about it.
                drawn.extend((forecasts > 0.0).then(|| seen / forecasts));
            }
        }
        let in_bin = |bin| (0..n).filter(move |&place| bin_of(probabilities[place], bins) == bin);
        let tabulate = |(bin, drawn): (usize, &mut Vec<f64>)| {
            let forecasts = in_bin(bin).count();
            if forecasts == 0 || drawn.is_empty() {
                return None;
            }
            let [low, high] = quantiles(drawn, &[0.05, 0.95]);
            Some(ReliabilityBin {
                forecasts,
                said: in_bin(bin).map(|place| probabilities[place]).sum::<f64>() / forecasts as f64,
                seen: in_bin(bin).filter(|&place| happened[place]).count() as f64 / forecasts as f64,
                consistent: (low, high),
            })
        };
        ReliabilityTable { bins: drawn.iter_mut().enumerate().filter_map(tabulate).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::scores::bootstrap::tests::draw;

    #[test]
    fn bars_of_a_constant_forecast_are_those_of_a_binomial() {
        let happened: Vec<bool> = (0..100).map(|k| k < 30).collect();
        let table = ReliabilityTable::of(&[0.3; 100], &happened, 10, 4_000, draw);
        assert_eq!(table.bins.len(), 1);
        let bin = table.bins[0];
        assert_eq!(bin.forecasts, 100);
        assert!((bin.said - 0.3).abs() < 1e-12 && (bin.seen - 0.3).abs() < 1e-12);
        // `scipy.stats.binom.ppf([.05, .95], 100, .3) / 100`, SciPy 1.17.1: 0.23 and 0.38; a step of luck either way.
        assert!((bin.consistent.0 - 0.23).abs() < 0.0101 && (bin.consistent.1 - 0.38).abs() < 0.0101, "{bin:?}");
    }

    #[test]
    fn honest_forecasts_lie_in_their_bars_and_loud_ones_do_not() {
        let said: Vec<f64> = (0..2_000).map(|k| draw(1 << 41 | k)).collect();
        let happened: Vec<bool> = said.iter().zip(0..).map(|(p, k)| draw(1 << 42 | k) < *p).collect();
        let misses = |table: &ReliabilityTable| {
            table.bins.iter().filter(|bin| bin.seen < bin.consistent.0 || bin.seen > bin.consistent.1).count()
        };
        let honest = ReliabilityTable::of(&said, &happened, 10, 1_000, draw);
        assert_eq!(honest.bins.iter().map(|bin| bin.forecasts).sum::<usize>(), 2_000);
        assert!(misses(&honest) <= 3, "{honest:?}");
        let loud: Vec<f64> = said.iter().map(|p| if *p > 0.5 { 0.5 + p / 2.0 } else { p / 2.0 }).collect();
        assert!(misses(&ReliabilityTable::of(&loud, &happened, 10, 1_000, draw)) >= 6);
    }

    #[test]
    fn without_forecasts_there_is_no_table() {
        assert_eq!(ReliabilityTable::of(&[], &[], 10, 100, draw), ReliabilityTable::default());
    }
}
