//! Drives paths over the plan: tiles, threads, draws.

mod draw;
mod draw_events;
mod exact;
mod pilot;
mod run;
mod tally;
mod tile;

pub use draw::draw_quantity;
pub use draw_events::{draw_events, draw_parameters};
pub use exact::{ExactError, make_exact};
pub use pilot::tally_pilot;
pub use run::{LeakFound, Settings, simulate};
pub use tally::{add_paths, tally};
