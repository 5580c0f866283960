//! The shocks of whole paths from scrambled Sobol' points, through a Brownian bridge for every shock.
//!
//! The first dimensions are the first normals of every shock's bridge, then come the second of every shock's,
//! and so on: what moves a shock over the whole run lies in the best dimensions. Tails are fattened day by day, by the
//! quantile of Student's t rather than by a mixing variable, which would need dimensions of its own and blur what the
//! bridge decides.

use super::bridge::Bridge;
use super::points::TileOfPoints;
use super::quantile::{normal_quantile, student_from_normal};
use super::shocks::ShockSource;
use crate::model::{Real, SHOCKS, Shock, Shocks};

/// The independent shocks of a tile on all days.
#[derive(Clone, Debug)]
pub struct BridgedShocks<const N: usize> {
    days: usize,
    /// Standard normals: a row for every shock and day, a shock's days together.
    normals: Vec<[f32; N]>,
}

impl<const N: usize> BridgedShocks<N> {
    /// The shocks that points make.
    #[inline(always)]
    pub fn new(points: &mut TileOfPoints<'_, N>, bridge: &Bridge) -> BridgedShocks<N> {
        let days = bridge.days();
        let mut normals = vec![[0.0; N]; SHOCKS * days];
        for input in 0..days {
            for (shock, sums) in normals.chunks_exact_mut(days).enumerate() {
                let words = points.words(input * SHOCKS + shock);
                bridge.take(input, &words.map(normal_quantile), sums);
            }
        }
        BridgedShocks { days, normals }
    }

    /// The shocks of some days made of standard normals: a row for every shock and day, a shock's days together.
    pub fn of_normals(days: usize, normals: Vec<[f32; N]>) -> BridgedShocks<N> {
        assert_eq!(normals.len(), SHOCKS * days, "a normal for every shock and day");
        BridgedShocks { days, normals }
    }

    /// Draws the shocks of day `day`, mean 0 and variance 1 each, correlated as those of `source`.
    #[inline(always)]
    pub fn draw<T: Real>(&self, source: &ShockSource, day: usize, shocks: &mut Shocks<T, N>) {
        for (number, shock) in shocks.iter_mut().enumerate() {
            let normals = &self.normals[number * self.days + day];
            let fat_tailed = Shock::ALL[number].is_fat_tailed();
            for i in 0..N {
                let z = f64::from(normals[i]);
                shock[i] = T::of(if fat_tailed { student_from_normal(z) } else { z });
            }
        }
        source.correlate(shocks);
    }
}

#[cfg(test)]
mod tests {
    use super::super::points::ScrambledPoints;
    use super::*;
    use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

    const DAYS: usize = 30;
    const PATHS: u64 = 4_096;

    /// Every draw of some paths, a column a shock.
    fn sample() -> [Vec<f64>; SHOCKS] {
        let (points, bridge, source) = (ScrambledPoints::new(11), Bridge::new(DAYS), ShockSource::new(11));
        let mut sample: [Vec<f64>; SHOCKS] = std::array::from_fn(|_| Vec::new());
        for first in (0..PATHS).step_by(64) {
            let shocks = BridgedShocks::new(&mut points.tile::<64>(first), &bridge);
            for day in 0..DAYS {
                let mut drawn: Shocks<f64, 64> = [[0.0; 64]; SHOCKS];
                shocks.draw(&source, day, &mut drawn);
                for (sample, drawn) in sample.iter_mut().zip(drawn) {
                    sample.extend(drawn);
                }
            }
        }
        sample
    }

    /// Kolmogorov's distance of a sample from a distribution, times √n; above 1.95 once in a thousand random samples.
    fn kolmogorov(sample: &[f64], cdf: impl Fn(f64) -> f64) -> f64 {
        let mut sample = sample.to_vec();
        sample.sort_by(f64::total_cmp);
        let n = sample.len() as f64;
        let gap = |(rank, x): (usize, &f64)| (cdf(*x) - (rank as f64 + 0.5) / n).abs();
        sample.iter().enumerate().map(gap).fold(0.0, f64::max) * n.sqrt()
    }

    #[test]
    fn draws_follow_their_distributions_and_correlations() {
        // Oracle: the distribution functions of the statrs crate.
        let sample = sample();
        let normal = Normal::new(0.0, 1.0).unwrap();
        let student = StudentsT::new(0.0, (3.0_f64 / 5.0).sqrt(), 5.0).unwrap();
        assert!(kolmogorov(&sample[Shock::Currency as usize], |x| normal.cdf(x)) < 1.95);
        assert!(kolmogorov(&sample[Shock::OperatingFlow as usize], |x| student.cdf(x)) < 1.95);
        let (a, b) = (&sample[Shock::PaymentNeeds as usize], &sample[Shock::SofrMargin as usize]);
        let correlation = a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>() / a.len() as f64;
        assert!((correlation - 0.3).abs() < 0.02, "{correlation}");
    }

    #[test]
    fn days_of_a_shock_are_independent() {
        // A row of the sample is 64 paths on one day; the next row is the next day.
        let sample = &sample()[Shock::Currency as usize];
        let pairs = sample.chunks_exact(64).zip(sample.chunks_exact(64).skip(1)).flat_map(|(a, b)| a.iter().zip(b));
        let (n, sum) = pairs.fold((0.0, 0.0), |(n, sum), (a, b)| (n + 1.0, sum + a * b));
        // Four standard errors of random samples.
        assert!((sum / n).abs() < 4.0 / f64::sqrt(n), "{}", sum / n);
    }

    #[test]
    fn a_path_draws_the_same_in_any_tile() {
        let (points, bridge, source) = (ScrambledPoints::new(3), Bridge::new(7), ShockSource::new(3));
        // A tile across the boundary of two replicates.
        let mut wide = [[0.0_f64; 64]; SHOCKS];
        BridgedShocks::new(&mut points.tile::<64>(100), &bridge).draw(&source, 6, &mut wide);
        for lane in [0, 27, 28, 63] {
            let mut narrow = [[0.0_f64; 1]; SHOCKS];
            BridgedShocks::new(&mut points.tile::<1>(100 + lane), &bridge).draw(&source, 6, &mut narrow);
            for (wide, [narrow]) in wide.iter().zip(narrow) {
                assert_eq!(wide[lane as usize].to_bits(), narrow.to_bits());
            }
        }
    }
}
