//! What the model said before it could know, against what happened and against those who know no economics.

pub mod bars;
pub mod benchmarks;
mod draws;
mod episode;
mod fits;
mod folder;
mod forecaster;
mod hindsight;
mod run;
mod score;
mod scorecard;
mod subject;
mod tables;
mod trial;

pub use crate::forecast::{EVERY, FIRST_ORIGIN, LAST_ORIGIN, SpecialDay, origins};
pub use draws::uniforms;
pub use episode::{Episode, REGIMES, Regime};
pub use fits::{Fit, Fits};
pub use folder::{BACKTEST_FOLDER, mark};
pub use forecaster::Forecaster;
pub use hindsight::Hindsight;
pub use run::{BacktestError, OriginResult, backtest};
pub use scorecard::{BenchmarkScore, Cell, Coverage, DayScore, EventScore, Making, Scorecard};
pub use subject::Subject;
pub use tables::{events_csv, forecasts_csv, special_days_csv};
pub use trial::{EventTrial, QUANTILES, Said, Trial, Trials, hold_to_account};
