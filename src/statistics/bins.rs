//! Where the bins of a column lie, as a pilot sample suggests.
//!
//! A column is one row on one day, over all paths. Its range is cut into [`CELLS`] cells of equal width, and each
//! cell into 1, 2, 4, … bins of equal width: many where the pilot has much mass near a published quantile, or a pile
//! that fills half a bin. So the bin of a value takes a few operations, a table of one entry a cell and a shift. Where
//! most paths crowd near a bound (ON RRP as it drains, a facility hardly used), widths are equal on the scale of a
//! floating-point number's bits, about the logarithm of the distance from the bound.
//!
//! Values at the pilot's lowest or highest value, if that was drawn more than once, and at those between on which several
//! paths stand, are counted apart as atoms: a facility that is not used, a limit that binds, purchases that begin on one day
//! or another. What lies outside the pilot's range falls into the outermost bins.

use super::column::BATCH;
use crate::model::Real;

/// Most values of a column that are counted apart.
pub(super) const ATOMS: usize = 32;

/// Bins of a column.
pub const BINS: usize = 512;

/// Cells of equal width of a column.
pub(super) const CELLS: usize = 64;

/// Steps of a cell: its finest bins.
pub(super) const STEPS: u32 = 1 << STEP_BITS;

pub(super) const STEP_BITS: u32 = 10;

/// Steps of a column.
pub(super) const STEPS_IN_ALL: f64 = (CELLS as u32 * STEPS) as f64;

/// Values as far apart as this are one, as sums in another order may be: a dollar on a stock in $bn.
pub(super) const ROUNDING: f64 = 1e-9;

/// Most steps per unit of a column.
pub(super) const FINEST: f64 = 1.0 / (4.0 * ROUNDING);

/// Where a value stands among the steps of all cells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Scale {
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
    /// Integer units of a deviation, a power of two; of a squared deviation, its square times 2⁻⁴⁰.
    pub(super) grain: f64,
    pub(super) scale: Scale,
    /// Values counted apart, at most [`ATOMS`].
    pub(super) atoms: Vec<f64>,
    /// Per cell: in the low four bits by how many binary digits a bin is coarser than a step, above them what is then added,
    /// modulo [`BINS`].
    pub(super) cells: [u16; CELLS],
}

impl Bins {
    /// Everything that tells these bins from others, as bytes.
    pub(super) fn describe(&self, out: &mut Vec<u8>) {
        let scale = match self.scale {
            Scale::Even { origin, pitch } => [origin, pitch, 0.0, 0.0],
            Scale::Octaves { bound, least, most, shift } => [bound, least, most, f64::from(shift)],
        };
        for number in [self.centre, self.grain].iter().chain(&self.atoms).chain(&scale) {
            out.extend(number.to_le_bytes());
        }
        self.cells.iter().for_each(|cell| out.extend(cell.to_le_bytes()));
    }

    /// Whether a value is counted apart.
    pub(super) fn is_atom(&self, value: f64) -> bool {
        self.atoms.iter().fold(false, |found, &atom| found | is_at(atom, value))
    }

    /// The steps of values, counted from the lower end and held within the range.
    #[inline(always)]
    pub(super) fn steps<const N: usize>(&self, x: &[f64; N]) -> [u16; N] {
        /// Added to a number between 0 and 2⁵², rounds it to an integer that the low bits of the sum hold.
        const ROUND: f64 = 4_503_599_627_370_496.0;
        let mut steps = [0; N];
        match self.scale {
            Scale::Even { origin, pitch } => {
                for i in 0..N {
                    let place = (x[i] - origin) * pitch - 0.5;
                    steps[i] = (Real::clamp(place, 0.0, STEPS_IN_ALL - 1.0) + ROUND).to_bits() as u16;
                }
            }
            Scale::Octaves { bound, least, most, shift } => {
                for i in 0..N {
                    steps[i] = ((Real::clamp(x[i] - bound, least, most).to_bits() - least.to_bits()) >> shift) as u16;
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
    pub(super) fn bin(&self, step: u16) -> usize {
        let cell = self.cells[(step >> STEP_BITS) as usize % CELLS];
        (usize::from(step >> (cell & 15)) + usize::from(cell >> 4)) % BINS
    }

    /// The bins of some steps, those of AVX-512 at once where the machine has it.
    #[inline(always)]
    pub(super) fn bins(&self, steps: &[u16; BATCH]) -> [u16; BATCH] {
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx512bw") {
            // SAFETY: the machine has it.
            return unsafe { bins_at_once(&self.cells, steps) };
        }
        std::array::from_fn(|i| self.bin(steps[i]) as u16)
    }

    /// The inner edges of all bins in use, ascending: one fewer than the bins.
    pub(super) fn inner_edges(&self) -> Vec<f64> {
        let mut edges = Vec::with_capacity(BINS);
        for (number, cell) in self.cells.iter().enumerate() {
            let width = 1 << (cell & 15);
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
}

/// [`Bins::bin`] of all steps: the table of cells fits into two registers, from which one instruction reads 32 entries.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw")]
#[inline]
fn bins_at_once(cells: &[u16; CELLS], steps: &[u16; BATCH]) -> [u16; BATCH] {
    use std::arch::x86_64::*;
    let mut bins = [0; BATCH];
    // SAFETY: a register holds 32 numbers of 16 bits, the table 64, steps and bins 32 each.
    unsafe {
        let steps = _mm512_loadu_epi16(steps.as_ptr().cast());
        let [low, high] = [0, BATCH].map(|from| _mm512_loadu_epi16(cells[from..].as_ptr().cast()));
        let cell = _mm512_permutex2var_epi16(low, _mm512_srli_epi16::<STEP_BITS>(steps), high);
        let coarser = _mm512_srlv_epi16(steps, _mm512_and_si512(cell, _mm512_set1_epi16(15)));
        let bin = _mm512_add_epi16(coarser, _mm512_srli_epi16::<4>(cell));
        let bin = _mm512_and_si512(bin, _mm512_set1_epi16(BINS as i16 - 1));
        _mm512_storeu_epi16(bins.as_mut_ptr().cast(), bin);
    }
    bins
}

/// Whether a value stands at an atom.
#[inline(always)]
pub(super) fn is_at(atom: f64, value: f64) -> bool {
    Real::abs(value - atom) <= ROUNDING
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// On a machine with AVX-512 two routes, on others one.
        #[test]
        fn the_bins_of_many_steps_are_those_of_each(
            pilot in prop::collection::vec(-50.0..200.0_f64, 2..400),
            steps in prop::array::uniform32(any::<u16>()),
        ) {
            let bins = Bins::lay(&pilot);
            prop_assert_eq!(bins.bins(&steps).map(usize::from), steps.map(|step| bins.bin(step)));
        }
    }
}
