//! What people look at: charts.

pub mod charts;
mod pictures;

pub use pictures::{NamedChart, charts_of};
