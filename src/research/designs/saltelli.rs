//! The design from which Sobol' indices are estimated: two independent points for each base row, crossed.
//!
//! Saltelli (2002, *Computer Physics Communications* 145, 280–297) without second order. With base rows (A_j, B_j) of
//! 2k coordinates and A_B^(i) for A whose coordinate i is that of B, rows come as SALib 1.6 writes them with
//! `sobol.sample(problem, N, calc_second_order=False)`, so that either analyses what the other has written:
//!
//! ```text
//! A_j,  A_B^(1)_j, … A_B^(k)_j,  B_j          for j = 0 … N − 1
//! ```

use super::error::{DesignError, check_size};
use super::sobol::sobol_points;

/// The design of `base` rows, N (k + 2) points in all, from scrambled Sobol' points in 2k dimensions. Base rows are
/// best a power of two.
///
/// # Errors
/// If there is no row or factor, or too many.
pub fn saltelli(base: usize, factors: usize, seed: u64) -> Result<Vec<Vec<f64>>, DesignError> {
    check_size(base as u128 * (factors as u128 + 2), factors)?;
    Ok(cross(&sobol_points(base, 2 * factors, seed)?))
}

/// Crosses base rows of 2k coordinates each, of which the first k are A's.
pub fn cross(base: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let crossed = |row: &Vec<f64>| -> Vec<Vec<f64>> {
        let (a, b) = row.split_at(row.len() / 2);
        let mixed = (0..a.len()).map(|factor| {
            let mut mixed = a.to_vec();
            mixed[factor] = b[factor];
            mixed
        });
        std::iter::once(a.to_vec()).chain(mixed).chain([b.to_vec()]).collect()
    };
    base.iter().flat_map(crossed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SALib 1.6.0 on the unscrambled sequence of SciPy 1.17.1:
    ///
    /// ```python
    /// problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0, 1]] * 3}
    /// print(qmc.Sobol(d=6, scramble=False).random(4))
    /// print(sobol.sample(problem, 4, calc_second_order=False, scramble=False))
    /// ```
    #[test]
    fn rows_stand_as_salib_has_them() {
        let base = BASE.map(|row| row.to_vec());
        assert_eq!(cross(&base), ROWS);
    }

    const BASE: [[f64; 6]; 4] = [
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
        [0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
        [0.75, 0.25, 0.25, 0.25, 0.75, 0.75],
        [0.25, 0.75, 0.75, 0.75, 0.25, 0.25],
    ];

    const ROWS: [[f64; 3]; 20] = [
        [0.0, 0.0, 0.0],
        [0.0, 0.0, 0.0],
        [0.0, 0.0, 0.0],
        [0.0, 0.0, 0.0],
        [0.0, 0.0, 0.0],
        [0.5, 0.5, 0.5],
        [0.5, 0.5, 0.5],
        [0.5, 0.5, 0.5],
        [0.5, 0.5, 0.5],
        [0.5, 0.5, 0.5],
        [0.75, 0.25, 0.25],
        [0.25, 0.25, 0.25],
        [0.75, 0.75, 0.25],
        [0.75, 0.25, 0.75],
        [0.25, 0.75, 0.75],
        [0.25, 0.75, 0.75],
        [0.75, 0.75, 0.75],
        [0.25, 0.25, 0.75],
        [0.25, 0.75, 0.25],
        [0.75, 0.25, 0.25],
    ];

    #[test]
    fn a_design_is_made_of_its_base_rows_whole() {
        let rows = saltelli(8, 4, 5).unwrap();
        assert_eq!(rows.len(), 8 * 6);
        for (block, base) in rows.chunks(6).zip(sobol_points(8, 8, 5).unwrap()) {
            assert_eq!([&block[0][..], &block[5]].concat(), base);
            for factor in 0..4 {
                let changed: Vec<usize> = (0..4).filter(|&i| block[factor + 1][i] != block[0][i]).collect();
                assert_eq!(changed, [factor]);
                assert_eq!(block[factor + 1][factor], block[5][factor]);
            }
        }
        assert!(saltelli(usize::MAX, 4, 1).is_err() && saltelli(4, 0, 1).is_err());
    }
}
