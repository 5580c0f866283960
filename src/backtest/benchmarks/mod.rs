//! Three forecasters without economics that a model has to beat.
//!
//! Each is a pure function of what was [`Known`], the day asked about and, where it resamples, of uniforms by index, and
//! answers with a sample of the value on that day. All of them know the calendar and none knows an announcement.

mod autoregression;
mod climatology;
mod known;
mod random_walk;

pub use autoregression::Autoregression;
pub use climatology::{climatology_of_changes, climatology_of_levels};
pub use known::Known;
pub use random_walk::random_walk;
