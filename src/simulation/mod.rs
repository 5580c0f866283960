//! Drives paths over the plan: tiles, threads, draws.

mod draw;
mod draw_events;
mod luck;
mod run;

pub use draw::draw_quantity;
pub use draw_events::{draw_events, draw_parameters};
pub use luck::{Luck, TileLuck, TileShocks};
pub use run::{LeakFound, Settings, simulate};
