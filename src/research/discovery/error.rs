//! Why no box can be sought.

use std::fmt;

/// Why no box can be sought.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DiscoveryError {
    /// There are not as many marks as points.
    Marks {
        /// Points of the table.
        points: usize,
        /// Marks given.
        marks: usize,
    },
    /// Points have no factor, or one, by its place, another number of them than the first.
    Factors(usize),
    /// A coordinate of a point, by its place, is no finite number.
    NotFinite(usize),
    /// The outcome occurs at none of so many points.
    Never(usize),
    /// It occurs at all of so many.
    Always(usize),
    /// A setting, by its name, is outside its bounds.
    Setting {
        /// Its name.
        name: &'static str,
        /// What it is.
        value: f64,
        /// What it has to be less than, and more than nothing.
        below: f64,
    },
}

impl fmt::Display for DiscoveryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use DiscoveryError::*;
        match self {
            Marks { points, marks } => {
                write!(f, "{marks} outcomes are given for {points} points; give one for each point, in their order")
            }
            Factors(row) => write!(
                f,
                "point {} has no factor or not as many as the first; give every point the same factors, at least one",
                row + 1
            ),
            NotFinite(row) => write!(f, "a factor of point {} is no finite number; give every factor a value", row + 1),
            Never(points) => write!(
                f,
                "the outcome occurs at none of the {points} points, so that no box can hold it; ask for something \
                 less rare, widen the factors or add points"
            ),
            Always(points) => write!(
                f,
                "the outcome occurs at all of the {points} points, so that no box tells it apart; ask for something \
                 rarer or widen the factors"
            ),
            Setting { name, value, below } => {
                write!(f, "{name} is {value}; give a share above 0 and below {below}, 0.05 is usual")
            }
        }
    }
}

impl std::error::Error for DiscoveryError {}
