//! How much of an output is owed to which factor, from its values at the points of a design.
//!
//! Functions of plain numbers: which model stands behind them, and how the points became its inputs, is not known here.
//! Points are those of `crate::research::designs`.

mod bootstrap;
mod error;
mod morris;
mod over_time;
mod sobol_indices;
mod tornado;
mod widest;

pub use bootstrap::Bootstrap;
pub use error::SensitivityError;
pub use morris::{ElementaryEffects, Morris};
pub use over_time::{OnDate, Shares, SobolOverTime};
pub use sobol_indices::SobolIndices;
pub use tornado::{Bar, BarErrors, Tornado};
pub use widest::{Index, WIDE, Widest};

#[cfg(test)]
mod test_functions;
