//! What people look at: charts.

pub mod charts;
mod comparison;
mod pictures;

pub use comparison::{difference, side_by_side};
pub use pictures::{NamedChart, charts_of};
