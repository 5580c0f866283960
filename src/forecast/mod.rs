//! One forecast from an origin: the sample of every target at every horizon, and what came of it.

mod events;
mod measured;
mod sample;
mod target;

pub use events::{EventMeasure, ForecastEvent};
pub use measured::Measured;
pub use sample::{Forecast, forecast};
pub use target::{HORIZONS, LONGEST, Target};
