//! What the model said before it could know, against what happened and against those who know no economics.

pub mod bars;
pub mod benchmarks;
mod draws;
mod score;
mod scorecard;
mod subject;

pub use draws::uniforms;
pub use score::{EventForecast, ForecastScore};
pub use scorecard::{BenchmarkScore, Cell, DayScore, Episode, EventScore, Hindsight, Making, Scorecard};
pub use subject::{Benchmark, Event, SpecialDay, Subject};
