//! Paths as standard normals, and Markov chains that leave these standard normals.
//!
//! A step keeps a part of every number and draws the rest anew:
//!
//! ```text
//! x′ = √(1 − s²) x + s ξ          ξ standard normal, 0 < s ≤ 1
//! ```
//!
//! which is reversible for the standard normal distribution in any dimension: so whether a step is taken may depend on
//! nothing but where it leads. Neal (1998, in *Learning in Graphical Models*, p. 219); in rare events Papaioannou, Betz,
//! Zwirglmaier and Straub (2015, Probabilistic Engineering Mechanics 41), equation 23. What a step draws is addressed as
//! the shocks of a path are: every proposed path has a number of its own.

use super::normal::box_muller;
use super::philox::words_of_tile;

/// The block under which normals of chains are addressed; those of plain paths lie below.
const CHAINS: u32 = 1 << 15;

/// One proposed path in so many has another origin.
const NEW_ORIGIN: u32 = 4;

/// One path: its normals, and its origin.
#[derive(Clone, Debug, PartialEq)]
pub struct PathNormals {
    normals: Box<[f32]>,
    origin: u64,
}

/// Paths side by side.
///
/// What no normal can stand for, because it is drawn by rejection, is drawn by the number of the path of origin. A step
/// keeps the origin or, one time in four, takes the new number: reversible too, since all numbers are alike.
#[derive(Clone, Debug)]
pub struct ChainOfPaths<const N: usize> {
    /// A row of lanes for each normal.
    pub normals: Vec<[f32; N]>,
    /// The number by which each lane draws what is drawn by rejection.
    pub origins: [u64; N],
}

/// A step: the size s, under a seed.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// The seed of its draws.
    pub seed: u64,
    /// s, above nil and at most one.
    pub size: f64,
}

impl<const N: usize> ChainOfPaths<N> {
    /// Paths `first_path` to `first_path + N − 1` of so many normals.
    #[inline(always)]
    pub fn draw(seed: u64, first_path: u64, normals: usize) -> ChainOfPaths<N> {
        let mut paths = ChainOfPaths {
            normals: vec![[0.0; N]; normals],
            origins: std::array::from_fn(|lane| first_path + lane as u64),
        };
        each_normal(seed, first_path, &mut paths.normals, |_, drawn| drawn);
        paths
    }

    /// Where a step leads from here, as paths `first_path` and following, put in the place of `to`.
    #[inline(always)]
    pub fn step(&self, step: Step, first_path: u64, to: &mut ChainOfPaths<N>) {
        let (fresh, kept) = (step.size as f32, (1.0 - step.size * step.size).max(0.0).sqrt() as f32);
        to.normals.copy_from_slice(&self.normals);
        each_normal(step.seed, first_path, &mut to.normals, |here, drawn| kept * here + fresh * drawn);
        let [words, ..] = words_of_tile::<N>(step.seed, first_path, 0, CHAINS + 1);
        for lane in 0..N {
            let anew = words[lane].is_multiple_of(NEW_ORIGIN);
            to.origins[lane] = if anew { first_path + lane as u64 } else { self.origins[lane] };
        }
    }

    /// Takes over the lanes of `other` that are `taken`.
    #[inline(always)]
    pub fn take(&mut self, other: &ChainOfPaths<N>, taken: &[bool; N]) {
        for (own, other) in self.normals.iter_mut().zip(&other.normals) {
            for lane in 0..N {
                own[lane] = if taken[lane] { other[lane] } else { own[lane] };
            }
        }
        for lane in 0..N {
            self.origins[lane] = if taken[lane] { other.origins[lane] } else { self.origins[lane] };
        }
    }

    /// One of the paths.
    pub fn path(&self, lane: usize) -> PathNormals {
        PathNormals { normals: self.normals.iter().map(|row| row[lane]).collect(), origin: self.origins[lane] }
    }

    /// Paths side by side, at least one and at most `N`; the last fills the lanes that are left.
    pub fn of(paths: &[&PathNormals]) -> ChainOfPaths<N> {
        let at = |lane: usize| paths[lane.min(paths.len() - 1)];
        let row = |number: usize| std::array::from_fn(|lane| at(lane).normals[number]);
        ChainOfPaths {
            normals: (0..at(0).normals.len()).map(row).collect(),
            origins: std::array::from_fn(|lane| at(lane).origin),
        }
    }
}

/// Makes every number of what it is and of a new standard normal.
#[inline(always)]
fn each_normal<const N: usize>(seed: u64, first_path: u64, rows: &mut [[f32; N]], make: impl Fn(f32, f32) -> f32) {
    for (number, four) in rows.chunks_mut(4).enumerate() {
        let words: [[u32; N]; 4] = words_of_tile(seed, first_path, number as u32, CHAINS);
        let mut drawn = [[0.0; N]; 4];
        for i in 0..N {
            [drawn[0][i], drawn[1][i]] = box_muller(words[0][i], words[1][i]);
            [drawn[2][i], drawn[3][i]] = box_muller(words[2][i], words[3][i]);
        }
        for (row, drawn) in four.iter_mut().zip(&drawn) {
            for i in 0..N {
                row[i] = make(row[i], drawn[i]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NORMALS: usize = 10;

    fn moments(of: impl Fn(&ChainOfPaths<64>, &ChainOfPaths<64>, usize, usize) -> f64, size: f64) -> f64 {
        let mut sum = 0.0;
        for tile in 0..200 {
            let here: ChainOfPaths<64> = ChainOfPaths::draw(3, tile * 64, NORMALS);
            let mut there = here.clone();
            here.step(Step { seed: 3, size }, (1 << 40) + tile * 64, &mut there);
            for number in 0..NORMALS {
                sum += (0..64).map(|lane| of(&here, &there, number, lane)).sum::<f64>();
            }
        }
        sum / (200.0 * 64.0 * NORMALS as f64)
    }

    #[test]
    fn a_step_keeps_normals_standard_and_forgets_by_its_size() {
        // 128,000 numbers: the standard errors of a mean, a variance and a correlation are 0.003, 0.004 and 0.003.
        for size in [0.3, 0.8, 1.0_f64] {
            let at = |paths: &ChainOfPaths<64>, number: usize, lane: usize| f64::from(paths.normals[number][lane]);
            assert!(moments(|_, there, number, lane| at(there, number, lane), size).abs() < 0.012);
            assert!((moments(|_, there, number, lane| at(there, number, lane).powi(2), size) - 1.0).abs() < 0.016);
            let together = moments(|here, there, number, lane| at(here, number, lane) * at(there, number, lane), size);
            assert!((together - (1.0 - size * size).sqrt()).abs() < 0.012, "{together}");
        }
        let kept = moments(|here, there, _, lane| f64::from(u8::from(here.origins[lane] == there.origins[lane])), 0.5);
        // 12,800 paths: a standard error of 0.004.
        assert!((kept - 0.75).abs() < 0.016, "{kept}");
    }

    #[test]
    fn a_path_goes_its_way_in_any_tile() {
        let wide: ChainOfPaths<64> = ChainOfPaths::draw(5, 128, NORMALS);
        let narrow: ChainOfPaths<1> = ChainOfPaths::draw(5, 128 + 37, NORMALS);
        assert_eq!(wide.path(37), narrow.path(0));
        let (mut wide_next, mut narrow_next) = (wide.clone(), narrow.clone());
        let step = Step { seed: 5, size: 0.4 };
        wide.step(step, 1_000, &mut wide_next);
        narrow.step(step, 1_037, &mut narrow_next);
        assert_eq!(wide_next.path(37), narrow_next.path(0));
        let mut some = wide.clone();
        some.take(&wide_next, &std::array::from_fn(|lane| lane == 37));
        assert_eq!(some.path(37), wide_next.path(37));
        assert_eq!(some.path(36), wide.path(36));
        let (a, b) = (wide.path(3), wide.path(9));
        let gathered: ChainOfPaths<4> = ChainOfPaths::of(&[&a, &b]);
        assert_eq!([0, 1, 3].map(|lane| gathered.path(lane)), [a, b.clone(), b]);
    }
}
