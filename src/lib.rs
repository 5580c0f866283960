//! tidegate
pub mod calendar;
pub mod model;
pub mod random;
pub mod report;
pub mod scenario;
pub mod simulation;
pub mod statistics;
pub mod units;
pub mod cli;
pub mod results;
