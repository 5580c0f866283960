//! Drives paths over the plan: tiles, threads, draws.

mod draw;
mod draw_events;
mod luck;
mod run;
mod tally;
mod tile;
mod vectors;

pub use draw::draw_quantity;
pub use draw_events::{certain_parameters, draw_events, draw_parameters};
pub use luck::{Luck, TileLuck, TileShocks};
pub use run::{LeakFound, Settings, simulate};
pub use tally::{ExactError, lay_bins, make_exact, tally, tally_paths, tally_replicates};
pub use vectors::Vectors;
