//! Sobol' indices of an output that has a value on every date: one set a date.

use super::bootstrap::Bootstrap;
use super::error::{SensitivityError, check_blocks, is_constant};
use super::sobol_indices::SobolIndices;
use rayon::prelude::*;

/// Sensitivity on every date of a path.
#[derive(Clone, Debug, PartialEq)]
pub struct SobolOverTime {
    /// In the order of the dates.
    pub dates: Vec<OnDate>,
}

/// Sensitivity on a date.
#[derive(Clone, Debug, PartialEq)]
pub enum OnDate {
    /// Every point of the design has this output, so that there is no variance to share out.
    Still(f64),
    /// The output varies.
    Varies(SobolIndices),
}

/// Variance cut into parts that add up to one, none of them negative.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    /// What each factor does alone.
    pub first: Vec<f64>,
    /// What takes several.
    pub interactions: f64,
}

impl SobolOverTime {
    /// From the paths of an output at the points of Saltelli's design in so many `factors`: one row a point, in the
    /// order of the design, one column a date. Rows are drawn again alike for every date.
    ///
    /// # Errors
    /// If outputs are not those of such a design, are not finite, or vary on no date, or if intervals cannot be made as
    /// asked.
    pub fn of(outputs: &[Vec<f64>], factors: usize, bootstrap: &Bootstrap) -> Result<SobolOverTime, SensitivityError> {
        let base = check_blocks(outputs.len(), factors + 2)?;
        let expected = outputs[0].len();
        for (row, path) in outputs.iter().enumerate() {
            if path.len() != expected {
                return Err(SensitivityError::Dates { row, found: path.len(), expected });
            }
            if path.iter().any(|output| !output.is_finite()) {
                return Err(SensitivityError::NotFinite(row));
            }
        }
        let resamples = bootstrap.draw(base)?;
        let on_date = |date: usize| {
            let outputs: Vec<f64> = outputs.iter().map(|path| path[date]).collect();
            let indices =
                if is_constant(&outputs) { None } else { SobolIndices::with(&outputs, factors, bootstrap, &resamples) };
            indices.map_or(OnDate::Still(outputs[0]), OnDate::Varies)
        };
        let dates: Vec<OnDate> = (0..expected).into_par_iter().map(on_date).collect();
        match dates.iter().any(|date| date.indices().is_some()) {
            true => Ok(SobolOverTime { dates }),
            false => Err(SensitivityError::Constant(outputs[0].first().copied().unwrap_or(0.0))),
        }
    }

    /// Whether the indices of every date on which the output varies are told well enough to be read.
    pub fn is_converged(&self) -> bool {
        self.dates.iter().filter_map(OnDate::indices).all(SobolIndices::is_converged)
    }
}

impl OnDate {
    /// The indices, if the output varies.
    pub fn indices(&self) -> Option<&SobolIndices> {
        match self {
            OnDate::Still(_) => None,
            OnDate::Varies(indices) => Some(indices),
        }
    }

    /// The mean of the output at the points A and B.
    pub fn mean(&self) -> f64 {
        match self {
            OnDate::Still(value) => *value,
            OnDate::Varies(indices) => indices.mean,
        }
    }

    /// Its variance there, in its unit squared.
    pub fn variance(&self) -> f64 {
        self.indices().map_or(0.0, |indices| indices.variance)
    }

    /// The variance cut up to be stacked; none if there is none.
    pub fn shares(&self) -> Option<Shares> {
        self.indices().map(Shares::of)
    }
}

impl Shares {
    /// First orders as they are estimated, but for those that error makes negative, which are nothing, and for more
    /// than all of the variance, which is cut down to all in proportion. The rest are interactions.
    pub fn of(indices: &SobolIndices) -> Shares {
        let positive: Vec<f64> = indices.first.iter().map(|index| index.value.max(0.0)).collect();
        let sum: f64 = positive.iter().sum();
        let whole = sum.max(1.0);
        Shares { first: positive.iter().map(|share| share / whole).collect(), interactions: 1.0 - sum / whole }
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_functions::{ishigami, shared_base};
    use super::*;
    use crate::research::designs::cross;
    use crate::statistics::scores::Estimate;

    /// An output that stands still, then follows the first factor, then is Ishigami's.
    fn path(x: &[f64]) -> Vec<f64> {
        vec![7.0, 2.0 + x[0], ishigami(x)]
    }

    #[test]
    fn a_date_has_the_indices_of_its_output_alone() {
        let rows = cross(&shared_base(64, 3));
        let paths: Vec<Vec<f64>> = rows.iter().map(|row| path(row)).collect();
        let bootstrap = Bootstrap::default();
        let found = SobolOverTime::of(&paths, 3, &bootstrap).unwrap();
        assert_eq!(found.dates[0], OnDate::Still(7.0));
        assert_eq!((found.dates[0].mean(), found.dates[0].variance(), found.dates[0].shares()), (7.0, 0.0, None));
        for (date, on_date) in found.dates.iter().enumerate().skip(1) {
            let outputs: Vec<f64> = paths.iter().map(|path| path[date]).collect();
            assert_eq!(on_date.indices(), Some(&SobolIndices::of(&outputs, 3, &bootstrap).unwrap()));
        }
        let alone = found.dates[1].indices().unwrap();
        assert!((alone.total[0].value - 1.0).abs() < 0.1 && alone.total[1].value == 0.0);
        // A uniform on 2 to 3.
        assert!((alone.variance - 1.0 / 12.0).abs() < 0.005 && (alone.mean - 2.5).abs() < 0.02);
        assert!(!found.is_converged(), "64 rows are too few for Ishigami's function");
    }

    #[test]
    fn shares_are_never_negative_and_add_up_to_one() {
        let of = |first: &[f64]| {
            let first = first.iter().map(|&value| Estimate { value, low: value, high: value }).collect();
            Shares::of(&SobolIndices { base: 2, mean: 0.0, variance: 1.0, first, total: Vec::new() })
        };
        assert_eq!(of(&[0.5, -0.1, 0.25]), Shares { first: vec![0.5, 0.0, 0.25], interactions: 0.25 });
        assert_eq!(of(&[1.0, 0.5, 0.5]), Shares { first: vec![0.5, 0.25, 0.25], interactions: 0.0 });
    }

    #[test]
    fn paths_that_are_no_design_are_told_apart() {
        let of = |paths: &[Vec<f64>]| SobolOverTime::of(paths, 1, &Bootstrap::default()).unwrap_err();
        let mut paths = vec![vec![1.0, 2.0]; 6];
        assert_eq!(of(&paths), SensitivityError::Constant(1.0));
        assert_eq!(of(&paths[..5]), SensitivityError::Rows { found: 5, block: 3 });
        assert_eq!(of(&vec![Vec::new(); 6]), SensitivityError::Constant(0.0));
        paths[4][1] = f64::INFINITY;
        assert_eq!(of(&paths), SensitivityError::NotFinite(4));
        paths[2] = vec![1.0];
        assert_eq!(of(&paths), SensitivityError::Dates { row: 2, found: 1, expected: 2 });
    }
}
