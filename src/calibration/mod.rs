//! Calibration: the model's parameters from official history.

mod bounded;
mod conditional;
mod fit;
mod levenberg_marquardt;
mod problem;
mod recorded;
mod targets;

pub use bounded::Coordinate;
pub use conditional::{Close, ConditionalRun};
pub use fit::{Estimate, Identification, LAGS, Search, Verdict, identify, search, start};
pub use levenberg_marquardt::{Minimum, Stopping, least_squares};
pub use problem::{Problem, Published, Target, rmse};
pub use recorded::recorded_flows;
pub use targets::{Measure, Week, published_weeks, simulated};
