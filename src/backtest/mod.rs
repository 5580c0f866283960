//! What the model said before it could know, against what happened and against those who know no economics.

pub mod benchmarks;
mod draws;
mod origins;
mod run;
mod tables;
mod trial;

pub use draws::uniforms;
pub use origins::{EVERY, FIRST_ORIGIN, LAST_ORIGIN, origins};
pub use run::{BacktestError, OriginResult, backtest};
pub use tables::{events_csv, forecasts_csv, special_days_csv};
pub use trial::{EventTrial, Forecaster, QUANTILES, Said, SpecialDay, Trial, Trials, hold_to_account};
