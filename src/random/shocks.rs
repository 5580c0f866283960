//! The shocks of a day: independent draws by address, given their correlation.
//!
//! Two words make a pair of normals or one Student's t; a block of Philox holds two such pairs. A shock's place among the
//! pairs follows from its position in the table, so that a new one at its end moves no other draw.

use super::normal::{box_muller, student_t};
use super::philox::words_of_tile;
use crate::model::{Real, SHOCKS, Shock, Shocks, cholesky_factor, lanes};

/// The shocks that each pair of words makes: the position of one or two of them, `SHOCKS` where there is none.
const PAIRS: [[usize; 2]; SHOCKS] = pair_up();

/// Number of pairs in use.
const PAIRS_USED: usize = {
    let mut used = 0;
    while used < SHOCKS && PAIRS[used][0] < SHOCKS {
        used += 1;
    }
    used
};

const fn pair_up() -> [[usize; 2]; SHOCKS] {
    let mut pairs = [[SHOCKS; 2]; SHOCKS];
    let (mut used, mut half_full) = (0, SHOCKS);
    let mut shock = 0;
    while shock < SHOCKS {
        let fat_tailed = Shock::ALL[shock].is_fat_tailed();
        if !fat_tailed && half_full < SHOCKS {
            pairs[half_full][1] = shock;
            half_full = SHOCKS;
        } else {
            pairs[used][0] = shock;
            half_full = if fat_tailed { half_full } else { used };
            used += 1;
        }
        shock += 1;
    }
    pairs
}

/// Draws the shocks of any path and day.
#[derive(Clone, Debug)]
pub struct ShockSource {
    seed: u64,
    correlated: Vec<Correlated>,
}

/// A shock that is correlated with shocks before it: a row of the factor, without its zeros.
#[derive(Clone, Debug)]
struct Correlated {
    shock: usize,
    /// Weight of its own draw.
    own: f64,
    /// Shocks before it, and the weights of their draws.
    others: Vec<(usize, f64)>,
}

impl ShockSource {
    /// The source of a run.
    pub fn new(seed: u64) -> ShockSource {
        let row = |(shock, weights): (usize, &[f64; SHOCKS])| Correlated {
            shock,
            own: weights[shock],
            others: (0..shock).map(|other| (other, weights[other])).filter(|(_, weight)| *weight != 0.0).collect(),
        };
        let factor = cholesky_factor();
        let correlated = factor.iter().enumerate().map(row).filter(|row| row.own != 1.0).collect();
        ShockSource { seed, correlated }
    }

    /// Draws the shocks of day `day` on paths `first_path` to `first_path + N − 1`, mean 0 and variance 1 each.
    #[inline(always)]
    pub fn draw<T: Real, const N: usize>(&self, first_path: u64, day: u32, shocks: &mut Shocks<T, N>) {
        self.draw_independent(first_path, day, shocks);
        self.correlate(shocks);
    }

    /// Replaces independent draws by correlated ones, the last first, since each is made of itself and those before it.
    #[inline(always)]
    pub(super) fn correlate<T: Real, const N: usize>(&self, shocks: &mut Shocks<T, N>) {
        for &Correlated { shock, own, ref others } in self.correlated.iter().rev() {
            let mut sum: [T; N] = lanes(|i| T::of(own) * shocks[shock][i]);
            for &(other, weight) in others {
                for i in 0..N {
                    sum[i] += T::of(weight) * shocks[other][i];
                }
            }
            shocks[shock] = sum;
        }
    }

    #[inline(always)]
    fn draw_independent<T: Real, const N: usize>(&self, first_path: u64, day: u32, shocks: &mut Shocks<T, N>) {
        for block in 0..PAIRS_USED.div_ceil(2) {
            let words: [[u32; N]; 4] = words_of_tile(self.seed, first_path, day, block as u32);
            for (half, pair) in PAIRS[2 * block..PAIRS_USED.min(2 * block + 2)].iter().enumerate() {
                let (first, second) = (&words[2 * half], &words[2 * half + 1]);
                // Made in single precision first, eight or sixteen at a time, then widened.
                let mut made = [[0.0_f32; N]; 2];
                if Shock::ALL[pair[0]].is_fat_tailed() {
                    for i in 0..N {
                        made[0][i] = student_t(first[i], second[i]);
                    }
                } else {
                    for i in 0..N {
                        [made[0][i], made[1][i]] = box_muller(first[i], second[i]);
                    }
                }
                for (&shock, made) in pair.iter().zip(&made).filter(|(shock, _)| **shock < SHOCKS) {
                    for i in 0..N {
                        shocks[shock][i] = T::of(f64::from(made[i]));
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

    fn drawn<const N: usize>(seed: u64, first_path: u64, day: u32) -> Shocks<f64, N> {
        let mut shocks = [[0.0; N]; SHOCKS];
        ShockSource::new(seed).draw(first_path, day, &mut shocks);
        shocks
    }

    /// Every draw of two shocks over some paths and days.
    fn sample(a: Shock, b: Shock) -> (Vec<f64>, Vec<f64>) {
        let mut sample = (Vec::new(), Vec::new());
        for tile in 0..100 {
            for day in 0..30 {
                let shocks: Shocks<f64, 64> = drawn(11, tile * 64, day);
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
        let wide: Shocks<f64, 64> = drawn(3, 128, 9);
        let narrow: Shocks<f64, 1> = drawn(3, 128 + 37, 9);
        for shock in 0..SHOCKS {
            assert_eq!(wide[shock][37].to_bits(), narrow[shock][0].to_bits());
        }
    }

    #[test]
    fn other_seeds_paths_and_days_draw_otherwise() {
        let at = |seed, path, day| drawn::<1>(seed, path, day)[0][0];
        let here = at(1, 0, 0);
        assert!(here != at(2, 0, 0) && here != at(1, 1, 0) && here != at(1, 0, 1));
        assert_eq!(here, at(1, 0, 0));
    }
}
