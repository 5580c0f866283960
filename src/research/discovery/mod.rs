//! Where in the space of factors something happens: scenario discovery.
//!
//! Bryant and Lempert (2010, *Technological Forecasting and Social Change* 77, 34–49): a model is run at many points,
//! those at which the outcome of interest occurs are marked, and a box of few dimensions is sought that holds many of
//! them (coverage) and little else (density).

mod error;
mod limits;
mod peel_value;
mod prim;
mod quasi_p;
mod search;

pub use error::DiscoveryError;
pub use limits::{Limit, Limits, Restriction};
pub use prim::{Prim, PrimBox, PrimSettings};

#[cfg(test)]
mod tests;
