//! Where the bins of a column lie, as a pilot sample suggests.
//!
//! A column is one row on one day, over all paths. Its range is cut into [`CELLS`] cells of equal width, and each
//! cell into 1, 2, 4, … 1,024 bins of equal width: many where the pilot has much mass near a published quantile. So
//! the bin of a value takes a multiplication, a table of one entry a cell and a shift, and still a column of which
//! most paths crowd in a corner (ON RRP as it drains) is resolved there.
//!
//! Values at the pilot's lowest or highest value, if that was drawn more than once, are counted apart as atoms: a
//! facility that is not used, a limit that binds. What lies outside the pilot's range falls into the outermost bins.

use super::quantiles::PUBLISHED;
use crate::model::Real;

/// Bins of a column.
pub const BINS: usize = 512;

/// Cells of equal width of a column.
const CELLS: usize = 64;

/// Steps of a cell: its finest bins.
const STEPS: u32 = 1 << STEP_BITS;

const STEP_BITS: u32 = 10;

/// Deviations are added up as integers of so many binary digits below the pilot's largest.
const DEVIATION_BITS: i32 = 40;

/// Values as far apart as this are one, as sums in another order may be: a dollar on a stock in $bn.
pub(super) const ROUNDING: f64 = 1e-9;

/// Most steps per unit of a column.
const FINEST: f64 = 1.0 / (4.0 * ROUNDING);

/// How many standard errors of the pilot's quantiles the fine bins reach to either side of them.
const REACH: f64 = 4.0;

/// The bins of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct Bins {
    /// The pilot's mean, from which deviations are taken.
    pub(super) centre: f64,
    /// Integer units of a deviation, a power of two; of a squared deviation, its square times `2^-DEVIATION_BITS`.
    pub(super) grain: f64,
    /// The lower end of the first cell.
    origin: f64,
    /// Steps per unit of the column.
    pitch: f64,
    /// Values counted apart; NaN, which is near nothing, where there is none.
    pub(super) atoms: [f64; 2],
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
        let centre = pilot.iter().sum::<f64>() / pilot.len() as f64;
        let ties = |bound: f64| pilot.iter().filter(|&&value| is_at(bound, value)).count();
        let atom = |bound: f64| if ties(bound) > 1 { bound } else { f64::NAN };
        let mut bins = Bins {
            centre,
            grain: grain((highest - centre).max(centre - lowest), centre),
            origin: lowest,
            pitch: f64::MAX,
            atoms: [lowest, f64::NAN],
            constant: lowest == highest,
            cells: [0; CELLS],
            points: Vec::new(),
        };
        if bins.constant {
            bins.centre = lowest;
        } else {
            // Beyond an end that is no atom there will be more paths: a sixteenth of the range is left for them.
            let room = (highest - lowest) / 16.0;
            // A step holds all that is at an atom; in a range of fewer such steps there is no second one.
            let wide = highest - lowest > f64::from(CELLS as u32 * STEPS) / FINEST;
            bins.atoms = [atom(lowest), if wide { atom(highest) } else { f64::NAN }];
            let [below, above] = bins.atoms.map(|atom| if atom.is_nan() { room } else { 0.0 });
            bins.origin = lowest - below;
            bins.pitch = (f64::from(CELLS as u32 * STEPS) / (highest + above - bins.origin)).min(FINEST);
        }
        bins.divide(pilot);
        bins.find_points(pilot);
        bins
    }

    /// Divides the cells by what the pilot holds in each.
    fn divide(&mut self, pilot: &[f64]) {
        let mut mass = [0_u32; CELLS];
        let atoms = self.atoms.map(|atom| pilot.iter().filter(|&&value| is_at(atom, value)).count());
        for &value in pilot {
            if !self.is_atom(value) {
                mass[(self.step(value) >> STEP_BITS) as usize % CELLS] += 1;
            }
        }
        let n = pilot.len() as f64;
        let mut below = atoms[0] as f64;
        let mut need = [0.0; CELLS];
        for (need, &mass) in need.iter_mut().zip(&mass) {
            let (from, to) = (below / n, (below + f64::from(mass)) / n);
            below += f64::from(mass);
            // Half a path stands for what the pilot missed.
            *need = (f64::from(mass) + 0.5) * precision_wanted(from, to, n);
        }
        let mut bins = [1_u32; CELLS];
        let mut left = (BINS - CELLS) as u32;
        // The error of interpolation falls with the square of the width: always halve where it is largest.
        loop {
            let (mut cell, mut most) = (0, 0.0);
            for candidate in 0..CELLS {
                if need[candidate] > most {
                    (cell, most) = (candidate, need[candidate]);
                }
            }
            if most == 0.0 {
                break;
            }
            if bins[cell] > left || bins[cell] == STEPS {
                need[cell] = 0.0;
                continue;
            }
            left -= bins[cell];
            bins[cell] *= 2;
            need[cell] /= 4.0;
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
    fn find_points(&mut self, pilot: &[f64]) {
        let mut found: Vec<(u16, f64, u32)> = Vec::new();
        let mut seen = [0_u16; BINS];
        for &value in pilot.iter().filter(|value| !self.is_atom(**value)) {
            let bin = self.bin(self.step(value));
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

    /// Everything that tells these bins from others, as bytes.
    pub(super) fn describe(&self, out: &mut Vec<u8>) {
        for number in [self.centre, self.grain, self.origin, self.pitch, self.atoms[0], self.atoms[1]] {
            out.extend(number.to_le_bytes());
        }
        self.cells.iter().for_each(|cell| out.extend(cell.to_le_bytes()));
    }

    /// Whether a value is counted apart.
    pub(super) fn is_atom(&self, value: f64) -> bool {
        self.atoms.iter().any(|&atom| is_at(atom, value))
    }

    /// The step of a value, counted from the origin and held within the range, in the low sixteen bits.
    #[inline(always)]
    pub(super) fn step(&self, value: f64) -> u64 {
        /// Added to a number between 0 and 2⁵², rounds it to an integer that the low bits of the sum hold.
        const ROUND: f64 = 4_503_599_627_370_496.0;
        const LAST: f64 = (CELLS as u32 * STEPS - 1) as f64;
        let steps = (value - self.origin) * self.pitch - 0.5;
        (Real::clamp(steps, 0.0, LAST) + ROUND).to_bits()
    }

    /// The bin of a step.
    #[inline(always)]
    pub(super) fn bin(&self, step: u64) -> usize {
        let cell = self.cells[(step >> STEP_BITS) as usize % CELLS];
        ((step >> (cell & 31)) + u64::from(cell >> 8)) as usize % BINS
    }

    /// The inner edges of all bins in use, ascending: one fewer than the bins.
    pub(super) fn inner_edges(&self) -> Vec<f64> {
        let mut edges = Vec::with_capacity(BINS);
        for (number, cell) in self.cells.iter().enumerate() {
            let width = 1 << (cell & 31);
            let start = number as u32 * STEPS;
            edges.extend((start..start + STEPS).step_by(width).map(|step| self.origin + f64::from(step) / self.pitch));
        }
        edges.remove(0);
        edges
    }

    /// The value that a bin stands for, if it is a single one.
    pub(super) fn point(&self, bin: usize) -> Option<f64> {
        self.points.iter().find(|(point, _)| usize::from(*point) == bin).map(|(_, value)| *value)
    }
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
