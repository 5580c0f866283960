//! How much of an output is owed to which factor, from its values at the points of a design.
//!
//! Functions of plain numbers: which model stands behind them, and how the points became its inputs, is not known here.
//! Points are those of `crate::research::designs`.

mod bootstrap;
mod error;
mod over_time;
mod sobol_indices;
mod widest;

pub use bootstrap::Bootstrap;
pub use error::SensitivityError;
pub use over_time::{OnDate, Shares, SobolOverTime};
pub use sobol_indices::SobolIndices;
pub use widest::{Index, WIDE, Widest};

#[cfg(test)]
mod test_functions;
