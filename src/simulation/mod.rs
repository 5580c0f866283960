//! Drives paths over the plan: tiles, threads, draws.

mod draw_events;
mod run;

pub use draw_events::{draw_events, draw_parameters, draw_quantity};
pub use run::{LeakFound, Settings, simulate};
