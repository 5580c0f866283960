//! Drives paths over the plan: tiles, threads, draws.

mod board;
mod columns;
mod draw;
mod draw_events;
mod exact;
mod followed;
mod luck;
mod pilot;
mod run;
mod scored;
mod skeleton;
mod tally;
mod tile;
mod vectors;

pub use columns::simulate_columns;
pub use draw::draw_quantity;
pub use draw_events::{certain_parameters, draw_events, draw_parameters};
pub use exact::{ExactError, make_exact};
pub use luck::{Luck, TileLuck, TileShocks};
pub use pilot::tally_pilot;
pub use run::{LeakFound, Precision, Settings, simulate, simulate_paths, simulate_tiles};
pub use scored::ScoredPaths;
pub use skeleton::Skeleton;
pub use tally::{add_up, count_on, count_replicate, tally, tally_paths};
pub use vectors::{Vectors, Work};
