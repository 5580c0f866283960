//! A number with what simulation leaves uncertain of it.

/// A number with what simulation leaves uncertain of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// The number, in its unit; a probability as a share.
    pub value: f64,
    /// Its Monte Carlo standard error.
    pub error: f64,
}
