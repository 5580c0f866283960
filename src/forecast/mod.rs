//! One forecast from an origin: the sample of every target at every horizon, and what came of it.

mod events;
mod measured;
mod origins;
mod sample;
mod special_day;
mod target;

pub use events::{EventMeasure, ForecastEvent};
pub use measured::Measured;
pub use origins::{EVERY, FIRST_ORIGIN, LAST_ORIGIN, origins};
pub use sample::{Forecast, forecast};
pub use special_day::SpecialDay;
pub use target::{HORIZONS, LONGEST, Target};
