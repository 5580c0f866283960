//! The probability integral transform: where an outcome fell in its forecast, uniform if forecasts mean what they say.
//!
//! An outcome that is exchangeable with the n members of the sample is as likely to take any of n + 1 ranks, so its
//! transform is a stretch of the unit interval, one rank wide, or wider by the members that equal it. The histogram
//! spreads each outcome evenly over its stretch: the non-randomised transform of Czado, Gneiting and Held (2009,
//! Biometrics 65), which needs no draw where many members sit on one value, as the federal funds rate does.

/// The stretch of the unit interval that an outcome takes, 0 ≤ low < high ≤ 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pit {
    /// Share of ranks below the outcome.
    pub low: f64,
    /// Share of ranks up to and including the outcome.
    pub high: f64,
}

/// How outcomes spread over equal bins of the unit interval.
#[derive(Clone, Debug, PartialEq)]
pub struct PitHistogram {
    /// Share of outcomes in each bin; they sum to one.
    pub shares: Vec<f64>,
    /// What 90 % of samples of uniform transforms have in a bin.
    pub band: (f64, f64),
    /// Outcomes.
    pub outcomes: usize,
}

impl Pit {
    /// The transform of `outcome`; members within `tolerance` count as equal to it.
    pub fn of(sample: &[f64], outcome: f64, tolerance: f64) -> Pit {
        let below = sample.iter().filter(|&&member| member < outcome - tolerance).count();
        let up_to = sample.iter().filter(|&&member| member <= outcome + tolerance).count();
        let ranks = sample.len() as f64 + 1.0;
        Pit { low: below as f64 / ranks, high: (up_to as f64 + 1.0) / ranks }
    }

    /// The middle of the stretch: one half on average if forecasts are calibrated.
    pub fn middle(&self) -> f64 {
        0.5 * (self.low + self.high)
    }

    /// The share of the stretch that lies between two ends: how likely an outcome, placed anywhere in its stretch, is
    /// held by a band.
    pub fn inside(&self, low: f64, high: f64) -> f64 {
        self.below(high) - self.below(low)
    }

    /// The share of the stretch that lies below `u`.
    fn below(&self, u: f64) -> f64 {
        ((u - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }
}

impl PitHistogram {
    /// The histogram of `transforms` over `bins` bins. Of them as many as `independent` say something of their own,
    /// fewer than all where forecasts overlap; the band is that of a binomial count of so many.
    pub fn of(transforms: &[Pit], bins: usize, independent: f64) -> PitHistogram {
        let edge = |bin: usize| bin as f64 / bins as f64;
        let n = transforms.len().max(1) as f64;
        let share =
            |bin: usize| transforms.iter().map(|pit| pit.below(edge(bin + 1)) - pit.below(edge(bin))).sum::<f64>() / n;
        let trials = independent.clamp(1.0, n).round() as u32;
        let even = 1.0 / bins as f64;
        let end = |probability| f64::from(binomial_quantile(trials, even, probability)) / f64::from(trials);
        PitHistogram {
            shares: (0..bins).map(share).collect(),
            band: (end(0.05), end(0.95)),
            outcomes: transforms.len(),
        }
    }

    /// Bins whose share lies outside the band; of calibrated forecasts, a tenth of them on average.
    pub fn outside(&self) -> usize {
        let inside = |share: &&f64| **share >= self.band.0 - 1e-12 && **share <= self.band.1 + 1e-12;
        self.shares.len() - self.shares.iter().filter(inside).count()
    }
}

/// The smallest count that a binomial variable does not exceed with at least `probability`.
fn binomial_quantile(trials: u32, success: f64, probability: f64) -> u32 {
    let odds = success / (1.0 - success);
    let mut mass = (1.0 - success).powi(trials.cast_signed());
    let mut below = mass;
    let mut count = 0;
    while below < probability && count < trials {
        mass *= f64::from(trials - count) / f64::from(count + 1) * odds;
        below += mass;
        count += 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_takes_its_rank_among_the_members() {
        let sample = [1.0, 2.0, 3.0, 4.0];
        assert_eq!(Pit::of(&sample, 0.0, 0.0), Pit { low: 0.0, high: 0.2 });
        assert_eq!(Pit::of(&sample, 2.5, 0.0), Pit { low: 0.4, high: 0.6 });
        assert_eq!(Pit::of(&sample, 9.0, 0.0), Pit { low: 0.8, high: 1.0 });
        // Two members within half a unit of 2.5: three ranks it may have.
        assert_eq!(Pit::of(&sample, 2.5, 0.5), Pit { low: 0.2, high: 0.8 });
    }

    #[test]
    fn a_stretch_counts_by_what_of_it_a_band_holds() {
        let close = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-12, "{found}");
        close(Pit { low: 0.4, high: 0.6 }.inside(0.05, 0.95), 1.0);
        close(Pit { low: 0.0, high: 0.2 }.inside(0.05, 0.95), 0.75);
        close(Pit { low: 0.97, high: 1.0 }.inside(0.05, 0.95), 0.0);
        // Who always says the one value that happens covers as a band of 90 % should.
        close(Pit { low: 0.0, high: 1.0 }.inside(0.05, 0.95), 0.9);
    }

    #[test]
    fn forecasts_that_sit_on_the_value_that_happens_are_calibrated() {
        let transforms = vec![Pit::of(&[-7.0; 99], -7.0, 0.0); 50];
        let histogram = PitHistogram::of(&transforms, 10, 50.0);
        assert!(histogram.shares.iter().all(|share| (share - 0.1).abs() < 1e-12), "{histogram:?}");
        assert_eq!(histogram.outside(), 0);
    }

    #[test]
    fn every_rank_once_is_uniform_and_the_same_rank_always_is_not() {
        let sample: Vec<f64> = (0..99).map(f64::from).collect();
        let each: Vec<Pit> = (0..100).map(|k| Pit::of(&sample, f64::from(k) - 0.5, 0.0)).collect();
        let histogram = PitHistogram::of(&each, 10, 100.0);
        assert!(histogram.shares.iter().all(|share| (share - 0.1).abs() < 1e-12), "{histogram:?}");
        let biased = PitHistogram::of(&vec![Pit::of(&sample, 98.5, 0.0); 100], 10, 100.0);
        assert!((biased.shares[9] - 1.0).abs() < 1e-12);
        assert_eq!(biased.outside(), 10);
    }

    /// `scipy.stats.binom.ppf`, SciPy 1.17.1.
    #[test]
    fn binomial_quantiles_are_scipys() {
        for (trials, success, probability, expected) in
            [(118, 0.1, 0.05, 7), (118, 0.1, 0.95, 17), (20, 0.1, 0.05, 0), (20, 0.1, 0.95, 4), (1000, 0.05, 0.5, 50)]
        {
            assert_eq!(binomial_quantile(trials, success, probability), expected);
        }
    }

    #[test]
    fn overlap_widens_the_band() {
        let transforms = vec![Pit { low: 0.0, high: 1.0 }; 120];
        let apart = PitHistogram::of(&transforms, 10, 120.0).band;
        let overlapping = PitHistogram::of(&transforms, 10, 20.0).band;
        assert!(overlapping.0 < apart.0 && overlapping.1 > apart.1);
    }
}
