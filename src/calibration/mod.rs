//! Calibration: the model's parameters from official history.

mod conditional;
mod levenberg_marquardt;
mod recorded;

pub use conditional::{Close, ConditionalRun};
pub use levenberg_marquardt::{Minimum, Stopping, least_squares};
pub use recorded::recorded_flows;
