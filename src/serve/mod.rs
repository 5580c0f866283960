//! A page on this machine where scenarios are tried out: sliders move what matters, and the same paths run again.
//!
//! A state of the page is a [`Setting`]: a scenario and what is changed of it. It becomes a scenario through the loader, by a
//! text that extends the scenario, and that text is what is saved. [`Server`] answers the page; it listens to this machine
//! alone and refuses what other pages ask of it.

mod answer;
mod assets;
mod catalogue;
mod guard;
mod knobs;
mod live;
mod path_figures;
mod picture;
mod positions;
mod runs;
mod save;
mod server;
mod setting;

pub use knobs::{Group, Knob, groups};
pub use positions::Position;
pub use server::{Config, SaveRun, Server};
pub use setting::{Change, Setting};

/// The most paths that are simulated for a picture.
pub const MOST_PATHS: u64 = 20_000;

/// The most days of paths that are simulated for a picture; a run that has so many takes about 100 MB.
pub const MOST_PATH_DAYS: u64 = 2_600_000;

/// The most runs that are open at a time, over all tabs.
pub const MOST_RUNS: usize = 6;
