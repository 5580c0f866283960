//! Where to try a model: points of the unit cube, one row a point and one column a factor.
//!
//! A coordinate is a factor's place between its lowest and its highest value, or the probability of its value where it
//! has a distribution. Every design is a function of its arguments alone: draws belong to seed, row and column.

mod error;
mod grid;
mod latin_hypercube;
mod morris;
mod one_at_a_time;
mod saltelli;
mod sobol;

pub use error::DesignError;
pub use grid::grid;
pub use latin_hypercube::latin_hypercube;
pub use morris::morris_trajectories;
pub use one_at_a_time::one_at_a_time;
pub use saltelli::{cross, saltelli};
pub use sobol::sobol_points;

/// Days under which the draws of designs are addressed: no run lasts that long, and its points are addressed apart.
const LATIN: u32 = (1 << 30) + 16;
const MORRIS: u32 = LATIN + 1;
