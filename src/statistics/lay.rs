//! How the bins of a column are laid: a handful of passes over the values of the pilot, none of which sorts.
//!
//! A run lays some thousands of columns before its first path counts, so every pass is a plain loop.

use super::bins::{ATOMS, BINS, Bins, CELLS, FINEST, ROUNDING, STEP_BITS, STEPS, STEPS_IN_ALL, Scale, is_at};
use super::column::batches;
use super::crowds::crowded;
use super::quantiles::PUBLISHED;
use crate::model::Real;

/// Deviations are added up as integers of so many binary digits below the pilot's largest.
const DEVIATION_BITS: i32 = 40;

/// Paths of the pilot of which half a bin may hold more than chance explains: if it has all of them, their square exceeds
/// four times their number.
const CROWD: usize = 5;

/// Parts of a cell in which the pilot is counted once.
const PARTS: usize = 16;

/// How many standard errors of the pilot's quantiles the fine bins reach to either side of them.
const REACH: f64 = 4.0;

/// What the pilot holds off the atoms, for what is counted apart needs no bins.
struct OffAtoms {
    values: Vec<f64>,
    /// The step of each.
    steps: Vec<u16>,
}

impl Bins {
    /// Lays the bins of a column of which the first paths hold `pilot`.
    ///
    /// # Panics
    /// If the pilot is empty.
    pub fn lay(pilot: &[f64]) -> Bins {
        let (lowest, highest) = range(pilot);
        let constant = lowest == highest;
        let centre = if constant { lowest } else { pilot.iter().sum::<f64>() / pilot.len() as f64 };
        let mut bins = Bins {
            centre,
            grain: grain((highest - centre).max(centre - lowest), centre),
            scale: Scale::Even { origin: lowest, pitch: FINEST },
            atoms: Vec::new(),
            cells: [STEP_BITS as u16; CELLS],
        };
        if constant {
            bins.atoms.push(lowest);
            return bins;
        }
        let times_lowest = times_at(lowest, pilot);
        let at_lowest = if times_lowest > 1 { times_lowest } else { 0 };
        // Two atoms are told apart by more than a step.
        let wide = highest - lowest > STEPS_IN_ALL / FINEST;
        let lower = (at_lowest > 0).then_some(lowest);
        let upper = (wide && times_at(highest, pilot) > 1).then_some(highest);
        bins.scale = octaves(pilot, lower, (lowest, highest)).unwrap_or_else(|| even((lowest, highest), lower, upper));
        bins.atoms.extend(lower.into_iter().chain(upper));
        let off_atoms = bins.off_atoms(pilot);
        bins.divide(at_lowest, pilot.len(), &off_atoms.steps);
        bins.count_apart(&crowded(&off_atoms.values, &off_atoms.steps));
        bins
    }

    fn off_atoms(&self, pilot: &[f64]) -> OffAtoms {
        let mut values = pilot.to_vec();
        let mut steps = Vec::with_capacity(pilot.len());
        for (batch, live) in batches(pilot) {
            steps.extend_from_slice(&self.steps(&batch)[..live]);
        }
        if !self.atoms.is_empty() {
            let mut kept = 0;
            for from in 0..values.len() {
                (values[kept], steps[kept]) = (values[from], steps[from]);
                kept += usize::from(!self.is_atom(values[kept]));
            }
            values.truncate(kept);
            steps.truncate(kept);
        }
        OffAtoms { values, steps }
    }

    /// Divides the cells by what the pilot of so many paths holds in each: so many at the lower atom, and values off the
    /// atoms at `steps`.
    fn divide(&mut self, at_lowest: usize, paths: usize, steps: &[u16]) {
        const { assert!(BINS <= STEPS as usize, "a cell never gets more bins than it has steps") };
        let by_cell = ByCell::of(steps);
        let n = paths as f64;
        let mut below = at_lowest as f64;
        let (mut from, mut to, mut fullest) = ([0.0; CELLS], [0.0; CELLS], [0; CELLS]);
        for cell in 0..CELLS {
            fullest[cell] = by_cell.steps(cell).len();
            from[cell] = below / n;
            below += fullest[cell] as f64;
            to[cell] = below / n;
        }
        let (mut need, mut dear) = ([0.0; CELLS], [0.0; CELLS]);
        for (low, high, precision) in wanted_precision(n) {
            for cell in 0..CELLS {
                let within = (from[cell] <= high) & (to[cell] >= low);
                dear[cell] = Real::max(dear[cell], if within { precision } else { 0.0 });
            }
        }
        for cell in 0..CELLS {
            // Half a path stands for what the pilot missed.
            need[cell] = (fullest[cell] as f64 + 0.5) * dear[cell];
        }
        let mut halves = [0; STEPS as usize];
        let mut bins = [1_u32; CELLS];
        let mut left = (BINS - CELLS) as u32;
        // The error of interpolation falls with the square of the width, unless paths crowd in half a bin: halve where it is
        // largest, down by twos.
        let mut limit = need.iter().copied().fold(0.0, f64::max) / 2.0;
        while limit > 0.0 {
            for cell in 0..CELLS {
                if need[cell] > limit && bins[cell] <= left {
                    left -= bins[cell];
                    bins[cell] *= 2;
                    need[cell] /= 4.0;
                    if fullest[cell] >= CROWD {
                        let halves = by_cell.count_halves(cell, 2 * bins[cell] as usize, &mut halves);
                        fullest[cell] = halves.iter().copied().max().unwrap_or(0).into();
                        need[cell] = Real::max(need[cell], dear[cell] * unevenness(halves));
                    }
                }
            }
            let mut most = 0.0;
            for cell in 0..CELLS {
                most = Real::max(most, if bins[cell] <= left { need[cell] } else { 0.0 });
            }
            if most == 0.0 {
                break;
            }
            while limit >= most {
                limit /= 2.0;
            }
        }
        let mut first = 0;
        for (cell, &bins) in bins.iter().enumerate() {
            let shift = STEP_BITS - bins.trailing_zeros();
            let start = (cell as u32 * STEPS) >> shift;
            let add = (first + BINS as u32 - start % BINS as u32) % BINS as u32;
            self.cells[cell] = (add << 4 | shift) as u16;
            first += bins;
        }
    }

    /// Makes atoms of as many of these values as can be counted, the first before the others.
    fn count_apart(&mut self, values: &[f64]) {
        for value in values {
            // All that is at an atom is in its bin.
            let whole = self.bin_of(value - ROUNDING) == self.bin_of(value + ROUNDING);
            let apart = self.atoms.iter().all(|atom| Real::abs(value - atom) > 4.0 * ROUNDING);
            if self.atoms.len() < ATOMS && whole && apart {
                self.atoms.push(*value);
            }
        }
    }
}

/// Steps of the pilot, cell after cell.
struct ByCell {
    steps: Vec<u16>,
    ends: [usize; CELLS],
    /// How many are in each part of every cell.
    parts: [[u16; PARTS]; CELLS],
}

impl ByCell {
    fn of(steps: &[u16]) -> ByCell {
        const PART_BITS: u32 = STEP_BITS - PARTS.trailing_zeros();
        let mut parts = [[0; PARTS]; CELLS];
        for &step in steps {
            parts.as_flattened_mut()[usize::from(step >> PART_BITS)] += 1;
        }
        let mut ends = [0; CELLS];
        let mut before = 0;
        for (end, parts) in ends.iter_mut().zip(&parts) {
            *end = before;
            before += usize::from(parts.iter().sum::<u16>());
        }
        let mut sorted = vec![0; steps.len()];
        for &step in steps {
            let next = &mut ends[(step >> STEP_BITS) as usize % CELLS];
            sorted[*next] = step;
            *next += 1;
        }
        ByCell { steps: sorted, ends, parts }
    }

    fn steps(&self, cell: usize) -> &[u16] {
        let begin = if cell == 0 { 0 } else { self.ends[cell - 1] };
        &self.steps[begin..self.ends[cell]]
    }

    /// Counts the steps of a cell in so many halves of its bins.
    fn count_halves<'a>(&self, cell: usize, number: usize, room: &'a mut [u16; STEPS as usize]) -> &'a [u16] {
        if number <= PARTS {
            for (half, parts) in room.iter_mut().zip(self.parts[cell].chunks_exact(PARTS / number)) {
                *half = parts.iter().sum();
            }
        } else {
            room[..number].fill(0);
            let shift = (STEP_BITS - number.trailing_zeros()) % u16::BITS;
            for &step in self.steps(cell) {
                room[usize::from((step % STEPS as u16) >> shift)] += 1;
            }
        }
        &room[..number]
    }
}

/// By how many paths the halves of a bin differ at most beyond what chance would do: two standard deviations of it.
fn unevenness(halves: &[u16]) -> f64 {
    let mut most = 0;
    for &[lower, upper] in halves.as_chunks::<2>().0 {
        let (difference, paths) = (i32::from(lower) - i32::from(upper), i32::from(lower) + i32::from(upper));
        most = most.max(difference * difference - 4 * paths);
    }
    f64::from(most).sqrt()
}

/// The lowest and the highest value.
fn range(sample: &[f64]) -> (f64, f64) {
    /// Values that are compared side by side.
    const LANES: usize = 8;
    let (mut low, mut high) = ([sample[0]; LANES], [sample[0]; LANES]);
    let (whole, rest) = sample.as_chunks::<LANES>();
    let mut last = [sample[0]; LANES];
    last[..rest.len()].copy_from_slice(rest);
    for values in whole.iter().chain([&last]) {
        for i in 0..LANES {
            low[i] = Real::min(values[i], low[i]);
            high[i] = Real::max(values[i], high[i]);
        }
    }
    // Adding zero makes −0 of any order 0.
    (low.into_iter().fold(sample[0], Real::min) + 0.0, high.into_iter().fold(sample[0], Real::max) + 0.0)
}

/// How many values stand at an atom.
fn times_at(atom: f64, sample: &[f64]) -> usize {
    sample.iter().map(|&value| u64::from(is_at(atom, value))).sum::<u64>() as usize
}

/// The scale of a column that spreads over its range.
fn even((lowest, highest): (f64, f64), lower: Option<f64>, upper: Option<f64>) -> Scale {
    // Beyond an end that is no atom there will be more paths: a sixteenth of the range is left for them. Between two atoms
    // others often stand at even shares of the range: an odd margin keeps them off the edges of bins.
    let range = highest - lowest;
    let below = if lower.is_some() { 0.0 } else { range / 16.0 };
    let above = match upper {
        None => range / 16.0,
        Some(_) if lower.is_some() => range / 97.0,
        Some(_) => 0.0,
    };
    let origin = lowest - below;
    Scale::Even { origin, pitch: (STEPS_IN_ALL / (highest + above - origin)).min(FINEST) }
}

/// The scale of a column that crowds near a lower bound: its lower atom, or zero.
fn octaves(pilot: &[f64], lower: Option<f64>, (lowest, highest): (f64, f64)) -> Option<Scale> {
    /// How many times nearer the bound than the highest path the median path is where they crowd.
    const CROWDED: f64 = 8.0;
    let bound = lower.unwrap_or(0.0);
    // A little below the highest, so that all that is at it is in the last step.
    let most = highest - bound - 2.0 * ROUNDING;
    if lowest < bound - ROUNDING || CROWDED * (lowest - bound) > most {
        return None;
    }
    let (mut off, mut near) = (0_u64, 0_u64);
    let mut nearest = f64::INFINITY;
    for value in pilot {
        let distance = value - bound;
        let counts = distance > ROUNDING;
        off += u64::from(counts);
        near += u64::from(counts & (CROWDED * distance <= most));
        nearest = Real::min(if counts { distance } else { f64::INFINITY }, nearest);
    }
    // The median of those off the bound is near it: more of them are near than come before it.
    let crowded = near > off / 2;
    let least = Real::max(nearest / 4.0, ROUNDING);
    if !crowded || most <= 2.0 * least {
        return None;
    }
    let span = (most.to_bits() - least.to_bits()) / (STEPS_IN_ALL as u64);
    Some(Scale::Octaves { bound, least, most, shift: u64::BITS - span.leading_zeros() })
}

/// The power of two that brings the `largest` deviation from `centre` to about [`DEVIATION_BITS`] binary digits. A
/// deviation of less than a millionth is taken for a millionth, so that one later path that stands out fits as well.
fn grain(largest: f64, centre: f64) -> f64 {
    const LEAST: f64 = 1.0 / (1 << 20) as f64;
    let scale = largest.max(centre.abs() * LEAST).max(LEAST);
    let exponent = (scale.to_bits() >> 52) as i32 - 1023;
    f64::from_bits(((1023 + (DEVIATION_BITS - exponent).clamp(-500, 500)) as u64) << 52)
}

/// Of every published quantile the ranks between which it may fall, in shares of the pilot's `n` paths, and how dear an
/// error is there: the inverse of its standard error, √(p(1 − p)).
fn wanted_precision(n: f64) -> [(f64, f64, f64); PUBLISHED.len()] {
    PUBLISHED.map(|p| {
        let spread = (p * (1.0 - p)).sqrt();
        let reach = REACH * spread / n.sqrt();
        (p - reach, p + reach, 1.0 / spread)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What crowds near zero, what does not, piles, zeros of both signs.
    fn pilot() -> impl Strategy<Value = Vec<f64>> {
        let crowd = (-12_i32..8, 1.0..2.0_f64).prop_map(|(octave, within)| within * 2.0_f64.powi(octave));
        let value = prop_oneof![4 => crowd, 3 => 0.0..200.0_f64, 2 => Just(0.0), 1 => Just(-0.0), 1 => Just(200.0)];
        prop::collection::vec(value, 1..120)
    }

    proptest! {
        #[test]
        fn the_range_is_that_of_the_sorted_pilot(pilot in pilot()) {
            let mut sorted = pilot.clone();
            sorted.sort_by(f64::total_cmp);
            prop_assert_eq!(range(&pilot), (sorted[0], sorted[sorted.len() - 1]));
        }

        #[test]
        fn paths_crowd_where_the_median_off_the_bound_is_eight_times_nearer_than_the_highest(pilot in pilot()) {
            let (lowest, highest) = range(&pilot);
            prop_assume!(lowest < highest);
            let atom = (times_at(lowest, &pilot) > 1).then_some(lowest);
            let bound = atom.unwrap_or(0.0);
            let mut off: Vec<f64> = pilot.iter().map(|value| value - bound).filter(|off| *off > ROUNDING).collect();
            off.sort_by(f64::total_cmp);
            let most = highest - bound - 2.0 * ROUNDING;
            let least = off.first().map_or(ROUNDING, |nearest| (nearest / 4.0).max(ROUNDING));
            let crowd = off.get(off.len() / 2).is_some_and(|median| 8.0 * median <= most)
                && 8.0 * (lowest - bound) <= most
                && most > 2.0 * least;
            match octaves(&pilot, atom, (lowest, highest)) {
                Some(Scale::Octaves { bound: from, least: nearest, most: farthest, .. }) => {
                    prop_assert!(crowd);
                    prop_assert_eq!((from, nearest, farthest), (bound, least, most));
                }
                scale => prop_assert!(!crowd && scale.is_none()),
            }
        }
    }

    /// A fifth of the paths stand within a twentieth of what a cell is wide.
    #[test]
    fn a_narrow_pile_is_divided() {
        let pilot: Vec<f64> = (0..1_024).map(|path| f64::from(path * 619 % 1_024) / 1_024.0).collect();
        let piled = |(path, share): (usize, &f64)| if path % 5 == 0 { 50.0 + 0.1 * share } else { 128.0 * share };
        let bins = Bins::lay(&pilot.iter().enumerate().map(piled).collect::<Vec<f64>>());
        let across: std::collections::BTreeSet<usize> =
            pilot.iter().map(|share| bins.bin_of(50.0 + 0.1 * share)).collect();
        assert!(across.len() >= 8, "{} bins", across.len());
    }

    /// Half of the paths on a lattice, at even shares of the range between two of its values or among others of a continuum.
    #[test]
    fn values_of_a_lattice_are_counted_apart() {
        let lattice = |path: usize| 6_600.0 + 2.5 * (path % 17) as f64;
        let mut pilot: Vec<f64> = (0..1_024).map(|path| 6_600.0 + (path * 619 % 1_024) as f64 / 25.6).collect();
        for path in (0..1_024).step_by(2) {
            pilot[path] = lattice(path);
        }
        for pilot in [pilot, (0..1_024).map(lattice).collect()] {
            let bins = Bins::lay(&pilot);
            let missed: Vec<f64> = (0..17).map(lattice).filter(|value| !bins.atoms.contains(value)).collect();
            assert!(missed.is_empty(), "{missed:?}");
            assert_eq!(bins.atoms.len(), 17);
        }
    }
}
