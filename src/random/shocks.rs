//! The day's shocks of a tile: drawn by address, fattened, correlated.
//!
//! Shock k is word k mod 4 of block k/4 of its path and day, paired with its neighbour for Box and Muller;
//! the mixing variable of a fat-tailed shock k has block 2¹⁵ + k to itself. A shock added at the end takes
//! words nobody used and moves no other draw.

use super::normal::{box_muller, student_scale};
use super::philox::words_at;
use crate::model::{Real, SHOCKS, Shock, Shocks, cholesky_factor};

const MIXING_BLOCK: u32 = 1 << 15;

/// Draws the shocks of any path and day.
#[derive(Clone, Debug)]
pub struct ShockSource {
    seed: u64,
    factor: [[f64; SHOCKS]; SHOCKS],
}

impl ShockSource {
    /// The source of a run.
    pub fn new(seed: u64) -> ShockSource {
        ShockSource { seed, factor: cholesky_factor() }
    }

    /// The shocks of day `day` on paths `first_path` to `first_path + N − 1`, mean 0 and variance 1 each.
    #[inline(always)]
    pub fn draw<T: Real, const N: usize>(&self, first_path: u64, day: u32) -> Shocks<T, N> {
        correlated(&self.factor, &self.independent::<N>(first_path, day))
    }

    #[inline(always)]
    fn independent<const N: usize>(&self, first_path: u64, day: u32) -> [[f64; N]; SHOCKS] {
        let mut draws = [[0.0; N]; SHOCKS];
        for block in 0..SHOCKS.div_ceil(4) {
            let words: [[u32; 4]; N] =
                std::array::from_fn(|i| words_at(self.seed, first_path + i as u64, day, block as u32));
            for pair in 0..2 {
                for i in 0..N {
                    let normals = box_muller(words[i][2 * pair], words[i][2 * pair + 1]);
                    for (side, normal) in normals.into_iter().enumerate() {
                        if let Some(shock) = draws.get_mut(4 * block + 2 * pair + side) {
                            shock[i] = normal;
                        }
                    }
                }
            }
        }
        for shock in Shock::ALL.into_iter().filter(|shock| shock.is_fat_tailed()) {
            let block = MIXING_BLOCK + shock as u32;
            for (i, draw) in draws[shock as usize].iter_mut().enumerate() {
                *draw *= student_scale(words_at(self.seed, first_path + i as u64, day, block));
            }
        }
        draws
    }
}

/// Independent shocks, mixed by the Cholesky factor of their correlations.
#[inline(always)]
pub fn correlated<T: Real, const N: usize>(
    factor: &[[f64; SHOCKS]; SHOCKS],
    independent: &[[f64; N]; SHOCKS],
) -> Shocks<T, N> {
    let mut shocks = [[T::ZERO; N]; SHOCKS];
    for (weights, shock) in factor.iter().zip(&mut shocks) {
        let mut sum = [0.0; N];
        for (weight, draws) in weights.iter().zip(independent) {
            // Most correlations are zero; the same ones on every path and day.
            if *weight != 0.0 {
                for i in 0..N {
                    sum[i] += weight * draws[i];
                }
            }
        }
        for i in 0..N {
            shock[i] = T::of(sum[i]);
        }
    }
    shocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

    /// Every draw of two shocks over some paths and days.
    fn sample(a: Shock, b: Shock) -> (Vec<f64>, Vec<f64>) {
        let source = ShockSource::new(11);
        let mut sample = (Vec::new(), Vec::new());
        for tile in 0..100 {
            for day in 0..30 {
                let shocks: Shocks<f64, 64> = source.draw(tile * 64, day);
                sample.0.extend(shocks[a as usize]);
                sample.1.extend(shocks[b as usize]);
            }
        }
        sample
    }

    /// Kolmogorov's distance of a sample from a distribution, times √n; above 1.95 once in a thousand.
    fn kolmogorov(mut sample: Vec<f64>, cdf: impl Fn(f64) -> f64) -> f64 {
        sample.sort_by(f64::total_cmp);
        let n = sample.len() as f64;
        let gap = |(rank, x): (usize, &f64)| (cdf(*x) - (rank as f64 + 0.5) / n).abs();
        sample.iter().enumerate().map(gap).fold(0.0, f64::max) * n.sqrt()
    }

    #[test]
    fn draws_follow_their_distributions() {
        // Oracle: the distribution functions of the statrs crate.
        let (flow, currency) = sample(Shock::OperatingFlow, Shock::Currency);
        let normal = Normal::new(0.0, 1.0).unwrap();
        assert!(kolmogorov(currency, |x| normal.cdf(x)) < 1.95);
        // A t variate with five degrees of freedom has variance 5/3; ours has variance one.
        let student = StudentsT::new(0.0, (3.0_f64 / 5.0).sqrt(), 5.0).unwrap();
        assert!(kolmogorov(flow, |x| student.cdf(x)) < 1.95);
    }

    #[test]
    fn shocks_are_correlated_as_declared() {
        let (a, b) = sample(Shock::PaymentNeeds, Shock::SofrMargin);
        let n = a.len() as f64;
        let correlation = a.iter().zip(&b).map(|(x, y)| x * y).sum::<f64>() / n;
        // Standard error about 1/√192,000; the mixing makes it a little larger.
        assert!((correlation - 0.3).abs() < 0.02, "{correlation}");
    }

    #[test]
    fn a_path_draws_the_same_in_any_tile() {
        let source = ShockSource::new(3);
        let wide: Shocks<f64, 64> = source.draw(128, 9);
        let narrow: Shocks<f64, 1> = source.draw(128 + 37, 9);
        for shock in 0..SHOCKS {
            assert_eq!(wide[shock][37].to_bits(), narrow[shock][0].to_bits());
        }
    }

    #[test]
    fn other_seeds_paths_and_days_draw_otherwise() {
        let at = |seed, path, day| ShockSource::new(seed).draw::<f64, 1>(path, day)[0][0];
        let here = at(1, 0, 0);
        assert!(here != at(2, 0, 0) && here != at(1, 1, 0) && here != at(1, 0, 1));
        assert_eq!(here, at(1, 0, 0));
    }
}
