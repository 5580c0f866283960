//! What the program knows of itself: every parameter, variable, mechanism, event, key, flow and code, explained.
//!
//! Nothing is written here a second time. Each explanation is put together from the one table that declares its subject,
//! and the equations and uses from the text of the model.

mod economics;
mod files;
mod find;
mod markdown;
mod topic;

pub use find::{NotFound, find, normalised};
pub use markdown::reference;
pub use topic::{Equation, Fact, Kind, Numbers, Topic, topics};
