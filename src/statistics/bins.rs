//! Where the bins of a column lie, as a pilot sample suggests.
//!
//! A column is one row on one day, over all paths. Its range is cut into [`CELLS`] cells of equal width, and each
//! cell into 1, 2, 4, … 1,024 bins of equal width: many where the pilot has much mass near a published quantile. So
//! the bin of a value takes a few operations, a table of one entry a cell and a shift. Where most paths crowd near a
//! bound (ON RRP as it drains, a facility hardly used), widths are equal on the scale of a floating-point number's bits,
//! about the logarithm of the distance from the bound.
//!
//! Values at the pilot's lowest or highest value, if that was drawn more than once, and at one between on which many
//! paths stand, are counted apart as atoms: a facility that is not used, a limit that binds. What lies outside the pilot's
//! range falls into the outermost bins.

use super::column::BATCH;
use super::quantiles::PUBLISHED;
use crate::model::Real;

/// Most values of a column that are counted apart.
pub(super) const ATOMS: usize = 3;

/// Bins of a column.
pub const BINS: usize = 512;

/// Cells of equal width of a column.
const CELLS: usize = 64;

/// Steps of a cell: its finest bins.
const STEPS: u32 = 1 << STEP_BITS;

const STEP_BITS: u32 = 10;

/// Steps of a column.
const STEPS_IN_ALL: f64 = (CELLS as u32 * STEPS) as f64;

/// Deviations are added up as integers of so many binary digits below the pilot's largest.
const DEVIATION_BITS: i32 = 40;

/// Values as far apart as this are one, as sums in another order may be: a dollar on a stock in $bn.
pub(super) const ROUNDING: f64 = 1e-9;

/// Most steps per unit of a column.
const FINEST: f64 = 1.0 / (4.0 * ROUNDING);

/// How many standard errors of the pilot's quantiles the fine bins reach to either side of them.
const REACH: f64 = 4.0;

/// Where a value stands among the steps of all cells.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Scale {
    /// At so many steps a unit from the lower end of the first cell.
    Even { origin: f64, pitch: f64 },
    /// By its distance from a bound, held between `least` and `most`: the bits of that number less those of `least`,
    /// without the last `shift`.
    Octaves { bound: f64, least: f64, most: f64, shift: u32 },
}

/// The bins of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Bins {
    /// The pilot's mean, from which deviations are taken.
    pub(super) centre: f64,
    /// Integer units of a deviation, a power of two; of a squared deviation, its square times `2^-DEVIATION_BITS`.
    pub(super) grain: f64,
    scale: Scale,
    /// Values counted apart; NaN, which is near nothing, where there is none.
    pub(super) atoms: [f64; ATOMS],
    /// Whether the pilot found the same value, the first atom, on every path.
    pub(super) constant: bool,
    /// Per cell: by how many binary digits a step is coarser than a bin, and what is then added, modulo [`BINS`].
    cells: [u32; CELLS],
    /// Bins in which the pilot found one value only, and more than once, with that value.
    points: Vec<(u16, f64)>,
}

impl Bins {
    /// Lays the bins of a column of which the first paths hold `pilot`.
    ///
    /// # Panics
    /// If the pilot is empty.
    pub fn lay(pilot: &[f64]) -> Bins {
        let lowest = pilot.iter().copied().fold(f64::INFINITY, f64::min);
        let highest = pilot.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mean = pilot.iter().sum::<f64>() / pilot.len() as f64;
        let constant = lowest == highest;
        let centre = if constant { lowest } else { mean };
        let ties = |bound: f64| pilot.iter().filter(|&&value| is_at(bound, value)).count() > 1;
        // Two atoms are told apart by more than a step.
        let wide = highest - lowest > STEPS_IN_ALL / FINEST;
        let atoms = [
            if constant || ties(lowest) { lowest } else { f64::NAN },
            if wide && ties(highest) { highest } else { f64::NAN },
            f64::NAN,
        ];
        let mut bins = Bins {
            centre,
            grain: grain((highest - centre).max(centre - lowest), centre),
            scale: octaves(pilot, atoms, (lowest, highest)).unwrap_or_else(|| even(lowest, highest, atoms)),
            atoms,
            constant,
            cells: [STEP_BITS; CELLS],
            points: Vec::new(),
        };
        if !constant {
            // What is counted apart neither needs bins nor is a point of one.
            let mut off_atom: Vec<(f64, u64)> = Vec::with_capacity(pilot.len());
            for values in pilot.chunks(BATCH) {
                let mut batch = [values[0]; BATCH];
                batch[..values.len()].copy_from_slice(values);
                let steps = bins.steps(&batch);
                off_atom.extend(values.iter().copied().zip(steps).filter(|(value, _)| !bins.is_atom(*value)));
            }
            bins.divide(pilot, &off_atom);
            bins.find_points(&off_atom);
            bins.atoms[2] = bins.atom_between(&off_atom);
        }
        bins
    }

    /// Divides the cells by what the pilot holds in each; of values off the atoms come the steps too.
    fn divide(&mut self, pilot: &[f64], off_atom: &[(f64, u64)]) {
        let mut mass = [0_u32; CELLS];
        let at_lowest = pilot.iter().filter(|&&value| is_at(self.atoms[0], value)).count();
        for (_, step) in off_atom {
            mass[(step >> STEP_BITS) as usize % CELLS] += 1;
        }
        let n = pilot.len() as f64;
        let mut below = at_lowest as f64;
        let mut need = [0.0; CELLS];
        for (need, &mass) in need.iter_mut().zip(&mass) {
            let (from, to) = (below / n, (below + f64::from(mass)) / n);
            below += f64::from(mass);
            // Half a path stands for what the pilot missed.
            *need = (f64::from(mass) + 0.5) * precision_wanted(from, to, n);
        }
        let mut bins = [1_u32; CELLS];
        let mut left = (BINS - CELLS) as u32;
        // The error of interpolation falls with the square of the width: halve where it is largest, down by twos.
        let mut limit = need.iter().copied().fold(0.0, f64::max) / 2.0;
        while left > 0 && limit > 0.0 {
            for (need, bins) in need.iter_mut().zip(&mut bins) {
                if *need > limit && *bins <= left && *bins < STEPS {
                    left -= *bins;
                    *bins *= 2;
                    *need /= 4.0;
                }
            }
            limit = if need.iter().zip(&bins).any(|(need, bins)| *need > 0.0 && *bins <= left && *bins < STEPS) {
                limit / 2.0
            } else {
                0.0
            };
        }
        let mut first = 0;
        for (cell, &bins) in bins.iter().enumerate() {
            let shift = STEP_BITS - bins.trailing_zeros();
            let start = (cell as u32 * STEPS) >> shift;
            let add = (first + BINS as u32 - start % BINS as u32) % BINS as u32;
            self.cells[cell] = add << 8 | shift;
            first += bins;
        }
    }

    /// Finds the bins that hold one value only: a move of rates that some paths draw.
    fn find_points(&mut self, off_atom: &[(f64, u64)]) {
        let mut found: Vec<(u16, f64, u32)> = Vec::new();
        let mut seen = [0_u16; BINS];
        for &(value, step) in off_atom {
            let bin = self.bin(step);
            match seen[bin] {
                0 => {
                    found.push((bin as u16, value, 1));
                    seen[bin] = found.len() as u16;
                }
                place => {
                    let (_, point, times) = &mut found[usize::from(place) - 1];
                    // NaN marks a bin of several values.
                    *point = if *point == value { value } else { f64::NAN };
                    *times += 1;
                }
            }
        }
        found.retain(|(_, point, times)| !point.is_nan() && *times > 2);
        self.points = found.into_iter().map(|(bin, point, _)| (bin, point)).collect();
    }

    /// The value on which most of the paths in the fullest bin stand, if there is one; NaN if not.
    fn atom_between(&self, off_atom: &[(f64, u64)]) -> f64 {
        /// Paths of the pilot that make an atom.
        const MANY: usize = 8;
        let mut held = [0_usize; BINS];
        for (_, step) in off_atom {
            held[self.bin(*step)] += 1;
        }
        let (fullest, &most) = held.iter().enumerate().max_by_key(|(_, held)| **held).expect("there are bins");
        if most < MANY || self.point(fullest).is_some() {
            return f64::NAN;
        }
        let in_bin = off_atom.iter().filter(|(_, step)| self.bin(*step) == fullest).map(|(value, _)| *value);
        let mut values: Vec<f64> = in_bin.collect();
        let middle = *values.select_nth_unstable_by(most / 2, f64::total_cmp).1;
        let there = values.iter().filter(|&&value| is_at(middle, value)).count();
        // All that is at an atom is in its bin.
        let whole = self.bin_of(middle - ROUNDING) == fullest && self.bin_of(middle + ROUNDING) == fullest;
        let apart = self.atoms.iter().all(|atom| atom.is_nan() || Real::abs(middle - atom) > 4.0 * ROUNDING);
        if there >= MANY && 2 * there > most && whole && apart { middle } else { f64::NAN }
    }

    /// Everything that tells these bins from others, as bytes.
    pub(super) fn describe(&self, out: &mut Vec<u8>) {
        let scale = match self.scale {
            Scale::Even { origin, pitch } => [origin, pitch, 0.0, 0.0],
            Scale::Octaves { bound, least, most, shift } => [bound, least, most, f64::from(shift)],
        };
        for number in [self.centre, self.grain].into_iter().chain(self.atoms).chain(scale) {
            out.extend(number.to_le_bytes());
        }
        self.cells.iter().for_each(|cell| out.extend(cell.to_le_bytes()));
    }

    /// Whether a value is counted apart.
    pub(super) fn is_atom(&self, value: f64) -> bool {
        self.atoms.iter().any(|&atom| is_at(atom, value))
    }

    /// The steps of values, counted from the lower end and held within the range, in the low sixteen bits.
    #[inline(always)]
    pub(super) fn steps<const N: usize>(&self, x: &[f64; N]) -> [u64; N] {
        /// Added to a number between 0 and 2⁵², rounds it to an integer that the low bits of the sum hold.
        const ROUND: f64 = 4_503_599_627_370_496.0;
        let mut steps = [0; N];
        match self.scale {
            Scale::Even { origin, pitch } => {
                for i in 0..N {
                    let place = (x[i] - origin) * pitch - 0.5;
                    steps[i] = (Real::clamp(place, 0.0, STEPS_IN_ALL - 1.0) + ROUND).to_bits();
                }
            }
            Scale::Octaves { bound, least, most, shift } => {
                for i in 0..N {
                    steps[i] = (Real::clamp(x[i] - bound, least, most).to_bits() - least.to_bits()) >> shift;
                }
            }
        }
        steps
    }

    /// The bin of a value.
    pub(super) fn bin_of(&self, value: f64) -> usize {
        self.bin(self.steps(&[value])[0])
    }

    /// The bin of a step.
    #[inline(always)]
    pub(super) fn bin(&self, step: u64) -> usize {
        let cell = self.cells[(step >> STEP_BITS) as usize % CELLS];
        ((step >> (cell & 63)) + u64::from(cell >> 8)) as usize % BINS
    }

    /// The inner edges of all bins in use, ascending: one fewer than the bins.
    pub(super) fn inner_edges(&self) -> Vec<f64> {
        let mut edges = Vec::with_capacity(BINS);
        for (number, cell) in self.cells.iter().enumerate() {
            let width = 1 << (cell & 63);
            let start = number as u32 * STEPS;
            edges.extend((start..start + STEPS).step_by(width).map(|step| self.lower_end(step)));
        }
        edges.remove(0);
        edges
    }

    fn lower_end(&self, step: u32) -> f64 {
        match self.scale {
            Scale::Even { origin, pitch } => origin + f64::from(step) / pitch,
            Scale::Octaves { bound, least, shift, .. } => {
                bound + f64::from_bits(least.to_bits() + (u64::from(step) << shift))
            }
        }
    }

    /// The value that a bin stands for, if it is a single one.
    pub(super) fn point(&self, bin: usize) -> Option<f64> {
        self.points.iter().find(|(point, _)| usize::from(*point) == bin).map(|(_, value)| *value)
    }
}

/// The scale of a column that spreads over its range.
fn even(lowest: f64, highest: f64, [lower, upper, _]: [f64; ATOMS]) -> Scale {
    if lowest == highest {
        return Scale::Even { origin: lowest, pitch: FINEST };
    }
    // Beyond an end that is no atom there will be more paths: a sixteenth of the range is left for them.
    let room = (highest - lowest) / 16.0;
    let [below, above] = [lower, upper].map(|atom| if atom.is_nan() { room } else { 0.0 });
    let origin = lowest - below;
    Scale::Even { origin, pitch: (STEPS_IN_ALL / (highest + above - origin)).min(FINEST) }
}

/// The scale of a column that crowds near a lower bound: its lower atom, or zero.
fn octaves(pilot: &[f64], atoms: [f64; ATOMS], (lowest, highest): (f64, f64)) -> Option<Scale> {
    /// How many times nearer the bound than the highest path the median path is where they crowd.
    const CROWDED: f64 = 8.0;
    let bound = if atoms[0].is_nan() { 0.0 } else { atoms[0] };
    // A little below the highest, so that all that is at it is in the last step.
    let most = highest - bound - 2.0 * ROUNDING;
    if lowest < bound - ROUNDING || CROWDED * (lowest - bound) > most {
        return None;
    }
    let distances = pilot.iter().map(|value| value - bound).filter(|distance| *distance > ROUNDING);
    let mut distances: Vec<f64> = distances.collect();
    if distances.is_empty() {
        return None;
    }
    let middle = distances.len() / 2;
    let median = *distances.select_nth_unstable_by(middle, f64::total_cmp).1;
    let least = Real::max(distances.iter().copied().fold(f64::INFINITY, f64::min) / 4.0, ROUNDING);
    if median * CROWDED > most || most <= 2.0 * least {
        return None;
    }
    let span = (most.to_bits() - least.to_bits()) / (STEPS_IN_ALL as u64);
    Some(Scale::Octaves { bound, least, most, shift: u64::BITS - span.leading_zeros() })
}

/// Whether a value stands at an atom.
#[inline(always)]
pub(super) fn is_at(atom: f64, value: f64) -> bool {
    Real::abs(value - atom) <= ROUNDING
}

/// The power of two that brings the `largest` deviation from `centre` to about [`DEVIATION_BITS`] binary digits. A
/// deviation of less than a millionth is taken for a millionth, so that one later path that stands out fits as well.
fn grain(largest: f64, centre: f64) -> f64 {
    const LEAST: f64 = 1.0 / (1 << 20) as f64;
    let scale = largest.max(centre.abs() * LEAST).max(LEAST);
    let exponent = (scale.to_bits() >> 52) as i32 - 1023;
    f64::from_bits(((1023 + (DEVIATION_BITS - exponent).clamp(-500, 500)) as u64) << 52)
}

/// How dear an error is in a cell that holds the pilot's ranks `from` to `to`, in shares of its `n` paths: the
/// inverse of the standard error of the published quantiles that may fall there, √(p(1 − p)); nothing if none may.
fn precision_wanted(from: f64, to: f64, n: f64) -> f64 {
    let mut wanted = 0.0;
    for p in PUBLISHED {
        let spread = (p * (1.0 - p)).sqrt();
        let reach = REACH * spread / n.sqrt();
        if from <= p + reach && to >= p - reach {
            wanted = Real::max(wanted, 1.0 / spread);
        }
    }
    wanted
}
