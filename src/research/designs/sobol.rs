//! Scrambled Sobol' points, on which `crate::random` has the sources.

use super::error::{DesignError, check_size};
use crate::random::{ScrambledPoints, uniform};
use crate::scenario::REPLICATES;

/// The first `points` of a scrambled sequence in so many `factors`, best a power of two of them.
///
/// The scramble is one that no path of a run has, also under the same seed.
///
/// # Errors
/// If there is no point or factor, or too many.
pub fn sobol_points(points: usize, factors: usize, seed: u64) -> Result<Vec<Vec<f64>>, DesignError> {
    check_size(points as u128, factors)?;
    let sequence = ScrambledPoints::new(seed);
    let row = |index: usize| {
        let mut point = sequence.point(REPLICATES, index as u32);
        (0..factors).map(|factor| uniform(point.words(factor)[0])).collect()
    };
    Ok((0..points).map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dyadic_interval_holds_one_point() {
        let rows = sobol_points(256, 20, 3).unwrap();
        for factor in 0..20 {
            let mut cells: Vec<usize> = rows.iter().map(|row| (row[factor] * 256.0) as usize).collect();
            cells.sort_unstable();
            assert_eq!(cells, (0..256).collect::<Vec<_>>());
        }
    }

    #[test]
    fn first_squares_hold_what_the_sequence_promises() {
        // The first two dimensions are a (0, 2)-sequence (Sobol' 1967): each rectangle of area 1/256 holds one point.
        let rows = sobol_points(256, 2, 8).unwrap();
        for wide in 0..=8 {
            let (across, up) = (1 << wide, 1 << (8 - wide));
            let cell = |row: &Vec<f64>| (row[0] * f64::from(across)) as usize * up + (row[1] * up as f64) as usize;
            let mut cells: Vec<usize> = rows.iter().map(cell).collect();
            cells.sort_unstable();
            assert_eq!(cells, (0..256).collect::<Vec<_>>());
        }
    }

    #[test]
    fn more_points_go_on_where_fewer_ended() {
        assert_eq!(sobol_points(64, 5, 1).unwrap()[..32], sobol_points(32, 5, 1).unwrap());
        assert_ne!(sobol_points(32, 5, 1), sobol_points(32, 5, 2));
        assert!(sobol_points(0, 5, 1).is_err());
    }
}
