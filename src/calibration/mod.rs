//! Calibration: the model's parameters from official history.

mod bounded;
mod calendar_fit;
mod calibrate;
pub mod checkpoint;
mod conditional;
mod fit;
mod fitted;
mod forecast_scores;
mod forecasts;
mod levenberg_marquardt;
mod moments;
mod nelder_mead;
mod parameter_file;
mod pattern_search;
mod problem;
mod recorded;
mod shocks;
mod targets;

pub use bounded::Coordinate;
pub use calendar_fit::{CalendarFit, fit_calendar};
pub use calibrate::{Calibrated, CalibrationError, Misses, conclude, prepare};
pub use conditional::{Close, ConditionalRun};
pub use fit::{Estimate, Identification, LAGS, Search, Verdict, identify, search, start};
pub use fitted::{OF_THE_DAY, ample_level, apply};
pub use forecast_scores::{Cell, CellScore};
pub use forecasts::{ForecastProblem, ForecastSize, ForecastsFitted};
pub use levenberg_marquardt::{Minimum, Stopping, least_squares};
pub use moments::{HORIZONS, match_spreads};
pub use nelder_mead::minimise;
pub use parameter_file::{cannot_tell, miss, parameter_file};
pub use pattern_search::PatternSearch;
pub use problem::{Problem, Published, Target, rmse};
pub use recorded::recorded_flows;
pub use shocks::{ShockSize, fit_shocks};
pub use targets::{Measure, Week, published_weeks, simulated};
