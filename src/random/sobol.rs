//! Points of the Sobol' sequence, by index and dimension.
//!
//! Sobol' (1967, USSR Computational Mathematics and Mathematical Physics 7). With the bits i₀i₁… of an index, the
//! lowest first, and the direction numbers vⱼ of a dimension, read as binary fractions of 32 digits,
//!
//! ```text
//! x_i = i₀v₀ ⊕ i₁v₁ ⊕ …          vⱼ = mⱼ / 2^(j+1), mⱼ odd and below 2^(j+1)
//! mⱼ = 2a₁m_(j−1) ⊕ 4a₂m_(j−2) ⊕ … ⊕ 2^s m_(j−s) ⊕ m_(j−s)
//! ```
//!
//! where a are the coefficients of the dimension's primitive polynomial, of degree s. Of every 2^m points from a
//! multiple of 2^m on, each interval [k/2^m, (k+1)/2^m) holds one, in every dimension. Polynomials and first
//! numbers are those of Joe and Kuo (2008, SIAM Journal on Scientific Computing 30), which also spread well in
//! pairs of dimensions.

/// The table of Joe and Kuo, with its licence.
const TABLE: &str = include_str!("joe_kuo.txt");

/// Dimensions of the table; the first is the reversal of the index's bits and stands in no table.
pub const DIMENSIONS: usize = 1024;

/// Direction numbers of every dimension.
///
/// The digits of a number are kept in reverse, the first in the lowest bit, which is how scrambling wants them.
#[derive(Clone, Debug)]
pub struct Sobol {
    directions: Vec<[u32; 32]>,
}

impl Sobol {
    /// Reads the table.
    pub fn new() -> Sobol {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
        let rest = lines.map(|line| {
            let mut numbers = line.split(' ').map(|number| number.parse().expect("the table holds numbers"));
            let coefficients = numbers.next().expect("a line begins with its polynomial");
            directions(coefficients, &numbers.collect::<Vec<u32>>())
        });
        let first = std::array::from_fn(|bit| 1 << bit);
        let directions: Vec<_> = std::iter::once(first).chain(rest).collect();
        debug_assert_eq!(directions.len(), DIMENSIONS);
        Sobol { directions }
    }

    /// The digits of the points at some indices in a dimension, the first digit in the lowest bit.
    #[inline(always)]
    pub fn reversed_digits<const N: usize>(&self, dimension: usize, indices: &[u32; N]) -> [u32; N] {
        let directions = &self.directions[dimension];
        let used = u32::BITS - indices.iter().fold(0, |all, index| all | index).leading_zeros();
        let mut digits = [0; N];
        for (bit, direction) in directions.iter().enumerate().take(used as usize) {
            for i in 0..N {
                digits[i] ^= direction & (indices[i] >> bit & 1).wrapping_neg();
            }
        }
        digits
    }
}

/// The direction numbers of a dimension, their digits in reverse.
fn directions(coefficients: u32, initial: &[u32]) -> [u32; 32] {
    let degree = initial.len();
    let mut numbers = [0_u32; 32];
    for j in 0..32 {
        numbers[j] = if j < degree {
            initial[j] << (31 - j)
        } else {
            // As fractions, the factors 2^k of the recurrence cancel but for the last term's.
            let mut number = numbers[j - degree] ^ (numbers[j - degree] >> degree);
            for k in 1..degree {
                let coefficient = coefficients >> (degree - 1 - k) & 1;
                number ^= coefficient * numbers[j - k];
            }
            number
        };
    }
    numbers.map(u32::reverse_bits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sobol_burley::parts::sobol_rev;

    /// SciPy walks through the indices in the order of the Gray code.
    fn scipy(sobol: &Sobol, point: u32, dimension: usize) -> u32 {
        sobol.reversed_digits(dimension, &[point ^ point >> 1])[0].reverse_bits()
    }

    #[test]
    fn points_are_those_of_scipy() {
        // SciPy 1.17.1: qmc.Sobol(1024, scramble=False, bits=32), times 2³².
        let dimensions = [0, 1, 2, 3, 9, 99, 255, 511, 1023];
        let expected: [(u32, [u32; 9]); 4] = [
            (
                5,
                [
                    3758096384, 3758096384, 536870912, 1610612736, 536870912, 1610612736, 3758096384, 3758096384,
                    1610612736,
                ],
            ),
            (
                13,
                [
                    3489660928, 2952790016, 3489660928, 268435456, 1879048192, 2415919104, 2415919104, 3489660928,
                    1879048192,
                ],
            ),
            (
                21,
                [
                    4160749568, 2550136832, 1476395008, 3355443200, 134217728, 1744830464, 671088640, 939524096,
                    2281701376,
                ],
            ),
            (
                123_456,
                [
                    113803264, 784891904, 1319665664, 1934065664, 1069711360, 3976167424, 2091679744, 4283990016,
                    1919713280,
                ],
            ),
        ];
        let sobol = Sobol::new();
        for (point, values) in expected {
            assert_eq!(dimensions.map(|dimension| scipy(&sobol, point, dimension)), values, "point {point}");
        }
    }

    #[test]
    fn points_are_those_of_another_implementation() {
        // The crate sobol_burley has 256 dimensions and 2¹⁶ points.
        let sobol = Sobol::new();
        for dimension in 0..256 {
            let indices: [u32; 64] = std::array::from_fn(|i| (i as u32 * 1_039 + dimension * 77) % 65_536);
            let expected = indices.map(|index| sobol_rev(index.reverse_bits(), dimension));
            assert_eq!(sobol.reversed_digits(dimension as usize, &indices), expected, "dimension {dimension}");
        }
    }

    #[test]
    fn every_dyadic_interval_holds_one_point() {
        let sobol = Sobol::new();
        for dimension in 0..DIMENSIONS {
            for block in 0..4 {
                let points =
                    sobol.reversed_digits(dimension, &std::array::from_fn::<u32, 64, _>(|i| block * 64 + i as u32));
                let hit = points.iter().fold(0_u64, |hit, digits| hit | 1 << (digits.reverse_bits() >> 26));
                assert_eq!(hit, u64::MAX, "dimension {dimension}");
            }
        }
    }
}
