//! Scrambled Sobol' points by address: (seed, path, dimension) gives the same word always.
//!
//! Paths belong to replicates in turn, [`STRETCH`] at a time. A replicate is one scrambled Sobol' sequence, which its
//! paths take from the first point on, and replicates are independent, so that the spread of their means says how far
//! off the mean of all is (L'Ecuyer and Lemieux 2002, in *Modeling Uncertainty*). Dimensions beyond those of the table repeat
//! it with the points in another order, shuffled as Burley (2020, *Practical Hash-based Owen Scrambling*, Journal of
//! Computer Graphics Techniques 9(4)) does: evenly spread in themselves, and independent of the first ones.

use super::owen::{scramble_reversed, shuffle};
use super::philox::words_at;
use super::sobol::{DIMENSIONS, Sobol};
use crate::scenario::{REPLICATES, STRETCH};

/// Days under which keys are addressed: no run lasts that long, and draws by name lie above.
const SCRAMBLES: u32 = 1 << 30;
const SHUFFLES: u32 = SCRAMBLES + 1;
const NAMES: u32 = SCRAMBLES + 2;

/// The replicate to which a path belongs.
pub fn replicate_of(path: u64) -> u64 {
    path / STRETCH % REPLICATES
}

/// The points of a run.
#[derive(Clone, Debug)]
pub struct ScrambledPoints {
    seed: u64,
    sobol: Sobol,
}

impl ScrambledPoints {
    /// The points of a run.
    pub fn new(seed: u64) -> ScrambledPoints {
        ScrambledPoints { seed, sobol: Sobol::new() }
    }

    /// The points of paths `first_path` to `first_path + N − 1`.
    pub fn tile<const N: usize>(&self, first_path: u64) -> TileOfPoints<'_, N> {
        let paths: [u64; N] = std::array::from_fn(|i| first_path + i as u64);
        let points = paths.map(|path| (path / (STRETCH * REPLICATES) * STRETCH + path % STRETCH) as u32);
        self.at(paths.map(replicate_of), points)
    }

    /// Point number `index` of a replicate, which may be one that no path belongs to, from [`REPLICATES`] on.
    pub fn point(&self, replicate: u64, index: u32) -> TileOfPoints<'_, 1> {
        self.at([replicate], [index])
    }

    #[inline(always)]
    fn at<const N: usize>(&self, replicates: [u64; N], points: [u32; N]) -> TileOfPoints<'_, N> {
        TileOfPoints { source: self, replicates, points, repeat: 0, indices: points, block: None, keys: [[0; N]; 4] }
    }
}

/// The points of a tile of paths. Dimensions in order are cheapest.
#[derive(Clone, Debug)]
pub struct TileOfPoints<'a, const N: usize> {
    source: &'a ScrambledPoints,
    replicates: [u64; N],
    points: [u32; N],
    /// How often the table has been used up, and the points in the order of that repetition.
    repeat: usize,
    indices: [u32; N],
    /// The block of four dimensions whose keys are at hand.
    block: Option<usize>,
    keys: [[u32; N]; 4],
}

impl<const N: usize> TileOfPoints<'_, N> {
    /// The coordinates of the points in a dimension, in units of 2⁻³².
    #[inline(always)]
    pub fn words(&mut self, dimension: usize) -> [u32; N] {
        let (repeat, of_table) = (dimension / DIMENSIONS, dimension % DIMENSIONS);
        if repeat != self.repeat {
            self.reorder(repeat);
        }
        if self.block != Some(dimension / 4) {
            self.fetch_keys(dimension / 4);
        }
        let digits = self.source.sobol.reversed_digits(of_table, &self.indices);
        let keys = &self.keys[dimension % 4];
        std::array::from_fn(|i| scramble_reversed(digits[i], keys[i]).reverse_bits())
    }

    /// Words of their own for what has a name, by its fingerprint: the first dimension, shuffled and scrambled. They are
    /// evenly spread by themselves, and independent of every dimension and of other names.
    pub fn named(&self, fingerprint: u32) -> [u32; N] {
        let mut keys = [0; 4];
        std::array::from_fn(|i| {
            if i == 0 || self.replicates[i] != self.replicates[i - 1] {
                keys = words_at(self.source.seed, self.replicates[i], NAMES, fingerprint);
            }
            // In the first dimension, the digits in reverse are the index.
            scramble_reversed(shuffle(self.points[i], keys[0]), keys[1]).reverse_bits()
        })
    }

    fn reorder(&mut self, repeat: usize) {
        self.repeat = repeat;
        for i in 0..N {
            let [key, ..] = words_at(self.source.seed, self.replicates[i], SHUFFLES, repeat as u32);
            self.indices[i] = if repeat == 0 { self.points[i] } else { shuffle(self.points[i], key) };
        }
    }

    fn fetch_keys(&mut self, block: usize) {
        self.block = Some(block);
        let mut words = [0; 4];
        for i in 0..N {
            // Lanes of one replicate share their keys.
            if i == 0 || self.replicates[i] != self.replicates[i - 1] {
                words = words_at(self.source.seed, self.replicates[i], SCRAMBLES, block as u32);
            }
            for (keys, word) in self.keys.iter_mut().zip(words) {
                keys[i] = word;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SIZE: u32 = 256;

    /// The words of the first points of a replicate in a dimension.
    fn replicate(seed: u64, number: u64, dimension: usize) -> Vec<u32> {
        let points = ScrambledPoints::new(seed);
        let stretches = (0..).map(|round| (round * REPLICATES + number) * STRETCH);
        let tiles = stretches.flat_map(|first| [first, first + 64]);
        tiles.take(SIZE as usize / 64).flat_map(|first| points.tile::<64>(first).words(dimension)).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn every_dyadic_interval_holds_one_point(seed: u64, number in 0..REPLICATES, dimension in 0..3_000_usize) {
            let mut cells: Vec<u32> = replicate(seed, number, dimension).iter().map(|word| word >> 24).collect();
            cells.sort_unstable();
            prop_assert_eq!(cells, (0..SIZE).collect::<Vec<_>>());
        }

        #[test]
        fn a_path_has_its_point_in_any_tile_and_after_any_dimension(seed: u64, lane in 0..64_u64, dimension in 0..3_000_usize) {
            // A tile across the boundary of two replicates.
            let points = ScrambledPoints::new(seed);
            let first = 4 * STRETCH - 32;
            let mut wide = points.tile::<64>(first);
            wide.words(2_999 - dimension);
            prop_assert_eq!(wide.words(dimension)[lane as usize], points.tile::<1>(first + lane).words(dimension)[0]);
        }
    }

    #[test]
    fn names_are_evenly_spread_and_independent() {
        let points = ScrambledPoints::new(5);
        let named = |name| {
            let rounds = (0..2).map(|round| (round * REPLICATES + 7) * STRETCH);
            rounds.flat_map(|first| points.tile::<128>(first).named(name)).collect::<Vec<u32>>()
        };
        for name in 0..20 {
            let words = named(name);
            let mut cells: Vec<u32> = words.iter().map(|word| word >> 24).collect();
            cells.sort_unstable();
            assert_eq!(cells, (0..SIZE).collect::<Vec<_>>());
            // Four standard errors, of 1/√256 each.
            for other in [named(name + 1), replicate(5, 7, name as usize)] {
                assert!(correlation(&words, &other).abs() < 0.25);
            }
        }
    }

    fn correlation(a: &[u32], b: &[u32]) -> f64 {
        let centred = |word| super::super::uniform(word) - 0.5;
        a.iter().zip(b).map(|(a, b)| centred(*a) * centred(*b) * 12.0).sum::<f64>() / a.len() as f64
    }

    #[test]
    fn a_dimension_and_its_repetition_are_uncorrelated() {
        for number in 0..REPLICATES {
            let found = correlation(&replicate(9, number, 5), &replicate(9, number, 5 + DIMENSIONS));
            // Four standard errors, of 1/√256 each.
            assert!(found.abs() < 0.25, "{found}");
        }
    }

    #[test]
    fn replicates_are_uncorrelated_over_scrambles() {
        // Two scrambles flip the first digit of all points or of none, so that each pair is correlated by ±¾, at random.
        let found = (0..400).map(|seed| correlation(&replicate(seed, 3, 5), &replicate(seed, 4, 5)));
        let mean = found.sum::<f64>() / 400.0;
        assert!(mean.abs() < 4.0 * 0.75 / 400.0_f64.sqrt(), "{mean}");
    }

    #[test]
    fn the_mean_over_replicates_has_no_bias() {
        // A product over dimensions, of mean one: ∏ (u + ½).
        let estimates: Vec<f64> = (0..400)
            .map(|seed| {
                let columns = [0, 1, 7, 1_030].map(|dimension| replicate(seed, 2, dimension));
                let product =
                    |i: usize| columns.iter().map(|words| super::super::uniform(words[i]) + 0.5).product::<f64>();
                (0..SIZE as usize).map(product).sum::<f64>() / f64::from(SIZE)
            })
            .collect();
        let n = estimates.len() as f64;
        let mean = estimates.iter().sum::<f64>() / n;
        let variance = estimates.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
        assert!((mean - 1.0).abs() < 4.0 * (variance / n).sqrt(), "{mean}");
        // One point of plain Monte Carlo has variance (13/12)⁴ − 1 = 0.377. The fourth dimension is a shuffled one, which
        // leaves what it makes with the others to chance.
        assert!(variance < 0.377 / f64::from(SIZE) / 8.0, "{variance}");
    }
}
