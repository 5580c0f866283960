//! What the model said before it could know, against what happened and against those who know no economics.

pub mod bars;
pub mod benchmarks;
mod draws;
mod run;
mod score;
mod scorecard;
mod subject;
mod tables;
mod trial;

pub use crate::forecast::{EVERY, FIRST_ORIGIN, LAST_ORIGIN, origins};
pub use draws::uniforms;
pub use run::{BacktestError, OriginResult, backtest};
pub use score::{EventForecast, ForecastScore};
pub use scorecard::{BenchmarkScore, Cell, DayScore, Episode, EventScore, Hindsight, Making, Scorecard};
pub use subject::{Benchmark, Event, SpecialDay, Subject};
pub use tables::{events_csv, forecasts_csv, special_days_csv};
pub use trial::{
    EventTrial, Forecaster, QUANTILES, Said, SpecialDay as TrialDay, Trial, Trials, hold_model_to_account,
    hold_to_account,
};
