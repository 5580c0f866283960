//! What is remembered of a column: whole numbers that add up, and the lowest and highest value.
//!
//! ```text
//! Σ d, Σ d²    d = value − centre of the pilot; added over 32 paths in a fixed order, then rounded to an integer
//! counts       values in each bin, and at each atom
//! ```
//!
//! Integers add up to the same sum in any order, so neither threads nor tiles nor shards show in a result. Batches
//! of 32 paths begin at path numbers that 32 divides, whatever the width of the tile.

use super::bins::{BINS, Bins, is_at};
use crate::model::{OnCacheLine, Real};

/// Paths whose deviations are added up before they are rounded; the width of a tile is a multiple of it.
pub const BATCH: usize = 32;

/// The sums of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Sum of deviations, in grains.
    pub(super) deviations: i128,
    /// Sum of squared deviations, in squared grains times 2⁻⁴⁰.
    pub(super) squares: i128,
    /// Lowest value.
    pub(super) lowest: f64,
    /// Highest value.
    pub(super) highest: f64,
    /// Values at each atom.
    pub(super) atoms: Vec<u32>,
}

impl Column {
    /// A column of no paths.
    pub fn new(bins: &Bins) -> Column {
        let atoms = vec![0; bins.atoms.len()];
        Column { deviations: 0, squares: 0, lowest: f64::INFINITY, highest: f64::NEG_INFINITY, atoms }
    }

    /// Adds the first `live` of some values, batch by batch.
    #[inline(always)]
    pub fn count<T: Real, const N: usize>(
        &mut self,
        bins: &Bins,
        counts: &mut [u32; BINS],
        values: &[T; N],
        live: usize,
    ) {
        const { assert!(N.is_multiple_of(BATCH), "values come in whole batches") };
        for (number, batch) in values.as_chunks::<BATCH>().0.iter().enumerate() {
            let before = number * BATCH;
            if before < live {
                self.count_batch(bins, counts, batch, BATCH.min(live - before));
            }
        }
    }

    #[inline(always)]
    fn count_batch<T: Real>(&mut self, bins: &Bins, counts: &mut [u32; BINS], values: &[T; BATCH], live: usize) {
        let mut x = OnCacheLine([0.0; BATCH]);
        for i in 0..BATCH {
            x[i] = values[i].to_f64();
        }
        // Lanes beyond the last path have the value of a lane that counts, and then weigh nothing.
        for i in live..BATCH {
            x[i] = x[0];
        }
        let (lowest, highest) = (folded(&x, Real::min), folded(&x, Real::max));
        // Adding zero makes −0 of any order 0.
        self.lowest = Real::min(lowest, self.lowest) + 0.0;
        self.highest = Real::max(highest, self.highest) + 0.0;
        if lowest == highest && bins.atoms.contains(&lowest) {
            // A facility that nobody uses, or a limit that binds on every path.
            self.add_alike(bins, counts, lowest, live);
            return;
        }
        for (atom, count) in bins.atoms.iter().zip(&mut self.atoms) {
            let mut there = OnCacheLine([0.0; BATCH]);
            for i in 0..BATCH {
                there[i] = if is_at(*atom, x[i]) { 1.0 } else { 0.0 };
            }
            let dead = if is_at(*atom, x[0]) { BATCH - live } else { 0 };
            *count += folded(&there, |a, b| a + b) as u32 - dead as u32;
        }
        let mut deviations = OnCacheLine([0.0; BATCH]);
        for i in 0..BATCH {
            deviations[i] = x[i] - bins.centre;
        }
        for i in live..BATCH {
            deviations[i] = 0.0;
        }
        self.add_moments(bins, &deviations);
        let steps = OnCacheLine(bins.steps(&x));
        let bin_of = OnCacheLine(bins.bins(&steps));
        for pair in bin_of[..live].as_chunks::<2>().0 {
            let [a, b] = pair.map(|bin| usize::from(bin) % BINS);
            counts[a] += 1;
            counts[b] += 1;
        }
        if !live.is_multiple_of(2) {
            counts[usize::from(bin_of[live - 1]) % BINS] += 1;
        }
    }

    /// Adds so many paths of a batch, all of which stand exactly at an atom.
    #[inline(always)]
    fn add_alike(&mut self, bins: &Bins, counts: &mut [u32; BINS], value: f64, live: usize) {
        if value != bins.centre {
            let mut deviations = [0.0; BATCH];
            deviations[..live].fill(value - bins.centre);
            self.add_moments(bins, &deviations);
        }
        for (atom, count) in bins.atoms.iter().zip(&mut self.atoms) {
            *count += if is_at(*atom, value) { live as u32 } else { 0 };
        }
        counts[bins.bin_of(value)] += live as u32;
    }

    #[inline(always)]
    fn add_moments(&mut self, bins: &Bins, deviations: &[f64; BATCH]) {
        let square_grain = bins.grain * bins.grain * (1.0 / (1_u64 << 40) as f64);
        let mut squares = OnCacheLine([0.0; BATCH]);
        for i in 0..BATCH {
            squares[i] = deviations[i] * deviations[i];
        }
        self.deviations += whole(folded(deviations, |a, b| a + b) * bins.grain);
        self.squares += whole(folded(&squares, |a, b| a + b) * square_grain);
    }

    /// Adds the sums of other paths.
    pub fn merge(&mut self, other: &Column) {
        self.deviations += other.deviations;
        self.squares += other.squares;
        self.lowest = Real::min(other.lowest, self.lowest);
        self.highest = Real::max(other.highest, self.highest);
        for (own, other) in self.atoms.iter_mut().zip(&other.atoms) {
            *own += other;
        }
    }

    /// Mean and standard deviation over `paths` paths, with n − 1 in the denominator; 0 for a single path.
    pub fn moments(&self, bins: &Bins, paths: u64) -> (f64, f64) {
        let n = paths as f64;
        let mean = self.deviations as f64 / bins.grain / n;
        let squares = self.squares as f64 / bins.grain / bins.grain * (1_u64 << 40) as f64;
        let sd = if paths > 1 { (Real::max(squares - n * mean * mean, 0.0) / (n - 1.0)).sqrt() } else { 0.0 };
        (bins.centre + mean, sd)
    }
}

/// A sample by batches with how many of their lanes count; those beyond hold one of its values.
pub(super) fn batches(sample: &[f64]) -> impl Iterator<Item = ([f64; BATCH], usize)> {
    sample.chunks(BATCH).map(|values| {
        let mut batch = [values[0]; BATCH];
        batch[..values.len()].copy_from_slice(values);
        (batch, values.len())
    })
}

/// The paths of a batch joined into one number, half with half.
#[inline(always)]
fn folded(batch: &[f64; BATCH], join: impl Fn(f64, f64) -> f64) -> f64 {
    let mut half = [0.0; BATCH / 2];
    for i in 0..16 {
        half[i] = join(batch[i], batch[i + 16]);
    }
    for i in 0..8 {
        half[i] = join(half[i], half[i + 8]);
    }
    for i in 0..4 {
        half[i] = join(half[i], half[i + 4]);
    }
    join(join(half[0], half[2]), join(half[1], half[3]))
}

/// The nearest whole number.
#[inline(always)]
fn whole(value: f64) -> i128 {
    /// Added to a number of less than half its size, rounds it to an integer that the low bits of the sum hold.
    const ROUND: f64 = 6_755_399_441_055_744.0;
    if Real::abs(value) < 1e15 {
        i128::from((value + ROUND).to_bits().wrapping_sub(ROUND.to_bits()) as i64)
    } else {
        value.round_ties_even() as i128
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::histogram::Histogram;
    use crate::statistics::quantiles::{PUBLISHED, quantiles};
    use proptest::prelude::*;

    /// A column and its counts, of which the paths of `tiles` were counted.
    fn counted(bins: &Bins, tiles: &[([f64; 32], usize)]) -> (Column, [u32; BINS]) {
        let (mut column, mut counts) = (Column::new(bins), [0; BINS]);
        for (values, live) in tiles {
            column.count(bins, &mut counts, values, *live);
        }
        (column, counts)
    }

    /// Values as a model makes them: a continuum, piles at zero, at a limit and between, with the rounding of sums, what
    /// crowds near zero, and a few far out.
    fn value() -> impl Strategy<Value = f64> {
        let rounding = prop_oneof![Just(0.0), -1e-12..1e-12_f64];
        let piles = (prop_oneof![2 => Just(0.0), 1 => Just(50.0), 2 => Just(31.0)], rounding)
            .prop_map(|(pile, rounding)| pile + rounding);
        let crowd = (-30_i32..6, 1.0..2.0_f64).prop_map(|(octave, within)| within * 2.0_f64.powi(octave));
        prop_oneof![4 => 0.0..50.0_f64, 4 => crowd, 8 => piles, 1 => -1e4..1e4_f64]
    }

    fn tiles() -> impl Strategy<Value = Vec<([f64; 32], usize)>> {
        let full = prop::collection::vec(prop::collection::vec(value(), 32), 1..12);
        (full, 1_usize..=32, any::<bool>()).prop_map(|(mut full, last, still)| {
            let tiles = full.len();
            if still {
                // A pilot in which nothing moves.
                let value = full[0][0];
                full[..tiles.min(2)].iter_mut().for_each(|row| row.fill(value));
            }
            let live = |tile: usize| if tile + 1 == tiles { last } else { 32 };
            full.into_iter().enumerate().map(|(tile, row)| (row.try_into().unwrap(), live(tile))).collect()
        })
    }

    fn sample(tiles: &[([f64; 32], usize)]) -> Vec<f64> {
        tiles.iter().flat_map(|(row, live)| row[..*live].to_vec()).collect()
    }

    proptest! {
        #[test]
        fn columns_merge_in_any_order(tiles in tiles(), cut in any::<prop::sample::Index>()) {
            let bins = Bins::lay(&sample(&tiles[..1]));
            let (whole, counts) = counted(&bins, &tiles);
            let (first, second) = tiles.split_at(cut.index(tiles.len() + 1).min(tiles.len()));
            let (a, b) = (counted(&bins, first), counted(&bins, second));
            for (one, other) in [(&a, &b), (&b, &a)] {
                let mut merged = one.0.clone();
                merged.merge(&other.0);
                prop_assert_eq!(&merged, &whole);
                prop_assert!((0..BINS).all(|bin| one.1[bin] + other.1[bin] == counts[bin]));
            }
        }

        #[test]
        fn moments_are_those_of_the_sample_and_quantiles_within_their_bound(tiles in tiles()) {
            let all = sample(&tiles);
            let pilot = &all[..all.len().min(64)];
            let bins = Bins::lay(pilot);
            let (column, counts) = counted(&bins, &tiles);
            let n = all.len() as f64;
            let mean = all.iter().sum::<f64>() / n;
            let squares: f64 = all.iter().map(|x| (x - mean) * (x - mean)).sum();
            let (found_mean, found_sd) = column.moments(&bins, all.len() as u64);
            prop_assert!((found_mean - mean).abs() < 1e-8, "{} against {}", found_mean, mean);
            if all.len() > 1 {
                let sd = (squares / (n - 1.0)).sqrt();
                prop_assert!((found_sd - sd).abs() < 1e-7 * (1.0 + sd), "{} against {}", found_sd, sd);
            }
            let histogram = Histogram::of(&bins, &counts, &column, None);
            prop_assert_eq!(histogram.paths(), all.len() as u64);
            let read = histogram.distribution((mean, 0.0));
            let sorted = quantiles(&mut all.clone(), &PUBLISHED);
            for (position, exact) in sorted.into_iter().enumerate() {
                let gap = (read.quantiles[position] - exact).abs();
                let bound = read.bounds[position] + 1e-9;
                prop_assert!(gap <= bound, "{} off, {} at most, at {}", gap, bound, PUBLISHED[position]);
            }
            let lowest = all.iter().copied().fold(f64::INFINITY, f64::min);
            prop_assert_eq!(histogram.lowest(), lowest);
        }
    }

    #[test]
    fn the_width_of_tiles_does_not_show() {
        let value = |path: usize| ((path * 7_919 % 1_009) as f64 - 300.0).max(0.0);
        let values: Vec<f64> = (0..1_024).map(value).collect();
        let bins = Bins::lay(&values[..300]);
        let in_tiles_of = |count: &dyn Fn(&mut Column, &mut [u32; BINS])| {
            let (mut column, mut counts) = (Column::new(&bins), [0; BINS]);
            count(&mut column, &mut counts);
            (column, counts)
        };
        let narrow = in_tiles_of(&|column, counts| {
            values.as_chunks::<32>().0.iter().for_each(|tile| column.count(&bins, counts, tile, 32));
        });
        let wide = in_tiles_of(&|column, counts| {
            values.as_chunks::<128>().0.iter().for_each(|tile| column.count(&bins, counts, tile, 128));
        });
        assert!(narrow == wide);
    }

    #[test]
    fn atoms_are_read_exactly() {
        // Three in four stand at zero, one in ten at a limit; the rest between.
        let value = |path: usize| match path % 20 {
            0..15 => 0.0,
            15 | 16 => 50.0,
            other => other as f64 + path as f64 / 4_000.0,
        };
        let tiles: Vec<([f64; 32], usize)> =
            (0..100).map(|tile| (std::array::from_fn(|lane| value(32 * tile + lane)), 32)).collect();
        let bins = Bins::lay(&sample(&tiles)[..1_024]);
        let (column, counts) = counted(&bins, &tiles);
        let read = Histogram::of(&bins, &counts, &column, None).distribution((0.0, 0.0));
        assert_eq!((read.quantiles[0], read.quantiles[4], read.quantiles[7]), (0.0, 0.0, 50.0));
        assert_eq!((read.bounds[0], read.bounds[4], read.bounds[7]), (0.0, 0.0, 0.0));
    }
}
