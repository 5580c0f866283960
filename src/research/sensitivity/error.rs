//! Why the outputs of a design say nothing of sensitivity.

use std::fmt;

/// Outputs that differ by less than this share of their size differ by rounding.
const ROUNDING: f64 = 1e-12;

/// Why the outputs of a design say nothing of sensitivity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SensitivityError {
    /// There are not as many outputs as the design takes, which is a multiple of `block`.
    Rows {
        /// Outputs given.
        found: usize,
        /// Outputs that belong together.
        block: usize,
    },
    /// There are too few blocks of points to tell a spread.
    TooFew {
        /// Blocks given.
        found: usize,
    },
    /// A row, by its place, has another number of dates than the first.
    Dates {
        /// Its place.
        row: usize,
        /// Dates it has.
        found: usize,
        /// Dates the first has.
        expected: usize,
    },
    /// The output of a row, by its place, is no finite number.
    NotFinite(usize),
    /// The output is this at every point from which its variance is told.
    Constant(f64),
    /// There are not as many outputs as points of the design.
    Points {
        /// Outputs given.
        outputs: usize,
        /// Points of the design.
        points: usize,
    },
    /// There are not two outputs for each factor beside the one in the middle.
    Ends(usize),
    /// Between two neighbours on a trajectory of Morris's, of which this is the place of the second, not exactly one
    /// factor moves that has not moved before.
    NotOneFactor(usize),
    /// The level of intervals is no probability strictly between 0 and 1.
    Level(f64),
    /// There are fewer resamples than an interval takes.
    Resamples(usize),
}

impl fmt::Display for SensitivityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use SensitivityError::*;
        match self {
            Rows { found, block } => write!(
                f,
                "there are {found} outputs, which is no multiple of {block}, the points that belong together in the \
                 design; give one output for each point, in the order of the design"
            ),
            TooFew { found } => {
                write!(
                    f,
                    "the design has {found} base rows or trajectories, of which a spread takes at least two; ask for \
                     more"
                )
            }
            Dates { row, found, expected } => write!(
                f,
                "row {} of the outputs has {found} dates where the first has {expected}; give every row the same \
                 dates",
                row + 1
            ),
            NotFinite(row) => {
                write!(f, "the output of row {} is no finite number; leave none out and none undefined", row + 1)
            }
            Constant(value) => write!(
                f,
                "the output does not vary: it is {value} at every point, so that nothing is owed to any factor; vary \
                 the factors more widely or look at another output"
            ),
            Points { outputs, points } => write!(
                f,
                "there are {outputs} outputs for {points} points of the design; give one output for each point, in \
                 the order of the design"
            ),
            Ends(found) => write!(
                f,
                "there are {found} outputs, where a tornado takes one in the middle and two for each factor; give one \
                 output for each point, in the order of the design"
            ),
            NotOneFactor(row) => write!(
                f,
                "from row {row} to row {} of the design not exactly one factor moves that has not moved before on its \
                 trajectory; give the points in the order in which they were drawn",
                row + 1
            ),
            Level(level) => {
                write!(f, "the level of intervals is {level}; give a probability between 0 and 1, such as 0.95")
            }
            Resamples(found) => write!(f, "{found} resamples are too few for an interval; give at least 100"),
        }
    }
}

impl std::error::Error for SensitivityError {}

/// Whether there are whole blocks of `block` finite outputs, at least two, that vary by more than rounding; their
/// number.
pub fn check(outputs: &[f64], block: usize) -> Result<usize, SensitivityError> {
    let blocks = check_blocks(outputs.len(), block)?;
    match outputs.iter().position(|output| !output.is_finite()) {
        Some(row) => Err(SensitivityError::NotFinite(row)),
        None if is_constant(outputs) => Err(SensitivityError::Constant(outputs[0])),
        None => Ok(blocks),
    }
}

/// Whether `rows` are whole blocks of `block`, at least two; their number.
pub fn check_blocks(rows: usize, block: usize) -> Result<usize, SensitivityError> {
    match rows / block {
        _ if !rows.is_multiple_of(block) => Err(SensitivityError::Rows { found: rows, block }),
        found @ (0 | 1) => Err(SensitivityError::TooFew { found }),
        blocks => Ok(blocks),
    }
}

/// Whether values differ by no more than rounding.
pub fn is_constant(values: &[f64]) -> bool {
    let (low, high) =
        values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &x| (low.min(x), high.max(x)));
    high - low <= ROUNDING * high.abs().max(low.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_that_are_no_design_are_told_apart() {
        let found = |outputs: &[f64]| check(outputs, 3);
        assert_eq!(found(&[1.0, 2.0, 3.0, 4.0]), Err(SensitivityError::Rows { found: 4, block: 3 }));
        assert_eq!(found(&[1.0, 2.0, 3.0]), Err(SensitivityError::TooFew { found: 1 }));
        assert_eq!(found(&[]), Err(SensitivityError::TooFew { found: 0 }));
        assert_eq!(found(&[1.0, 2.0, 3.0, f64::NAN, 5.0, 6.0]), Err(SensitivityError::NotFinite(3)));
        assert_eq!(found(&[0.1 + 0.2, 0.3, 0.3, 0.3, 0.3, 0.3]), Err(SensitivityError::Constant(0.1 + 0.2)));
        assert_eq!(found(&[0.0; 6]), Err(SensitivityError::Constant(0.0)));
        assert_eq!(found(&[1e-300, 0.0, 0.0, 0.0, 0.0, 0.0]), Ok(2));
    }

    #[test]
    fn rows_are_counted_from_one_in_what_is_said() {
        assert!(SensitivityError::NotFinite(3).to_string().contains("row 4"));
        assert!(SensitivityError::NotOneFactor(3).to_string().contains("from row 3 to row 4"));
        assert!(SensitivityError::Constant(2.5).to_string().contains("does not vary: it is 2.5"));
    }
}
