//! Why there is no design as asked for.

use std::fmt;

/// The most numbers in a design, 160 MB of them.
const MOST: u128 = 20_000_000;

/// Why there is no design as asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DesignError {
    /// It has no factor.
    NoFactors,
    /// It has no point.
    NoPoints,
    /// A factor of a grid, by its place, has no level.
    NoLevels(usize),
    /// It has more numbers than memory should hold.
    TooLarge {
        /// Points asked for.
        points: u128,
        /// Factors, each of which gives a point one coordinate.
        factors: usize,
    },
    /// Levels on which no step of Morris's size leads from each level to another.
    OddLevels(usize),
}

impl fmt::Display for DesignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DesignError::NoFactors => write!(f, "the design has no factor; name at least one to vary"),
            DesignError::NoPoints => write!(f, "the design has no point; ask for at least one"),
            DesignError::NoLevels(place) => {
                write!(f, "factor {} of the grid has no level; give each factor at least one", place + 1)
            }
            DesignError::TooLarge { points, factors } => write!(
                f,
                "a design of {points} points in {factors} factors holds more than {MOST} numbers; ask for fewer \
                 points, levels or factors"
            ),
            DesignError::OddLevels(levels) => {
                write!(
                    f,
                    "Morris's trajectories step over half of the levels, so that these are even; {levels} are not, 4 \
                     are usual"
                )
            }
        }
    }
}

impl std::error::Error for DesignError {}

/// Whether a design of so many `points` in so many `factors` has something in it and not too much.
pub fn check_size(points: u128, factors: usize) -> Result<(), DesignError> {
    match (points, factors) {
        (_, 0) => Err(DesignError::NoFactors),
        (0, _) => Err(DesignError::NoPoints),
        _ if points.saturating_mul(factors as u128) > MOST => Err(DesignError::TooLarge { points, factors }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_design_passes_and_one_point_more_does_not() {
        assert_eq!(check_size(MOST / 4, 4), Ok(()));
        let error = check_size(MOST / 4 + 1, 4).unwrap_err();
        assert_eq!(error, DesignError::TooLarge { points: 5_000_001, factors: 4 });
        assert!(error.to_string().contains("5000001 points in 4 factors"), "{error}");
        assert!(check_size(u128::MAX, 2).is_err());
        assert_eq!([check_size(1, 0), check_size(0, 1)], [Err(DesignError::NoFactors), Err(DesignError::NoPoints)]);
    }
}
