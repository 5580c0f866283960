//! A number with what simulation leaves uncertain of it.

/// The 97.5 % quantile of the standard normal distribution: standard errors to either side of an interval of 95 %.
pub const NORMAL_95: f64 = 1.959_963_984_540_054;

/// A number with what simulation leaves uncertain of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// The number, in its unit; a probability as a share.
    pub value: f64,
    /// Its Monte Carlo standard error.
    pub error: f64,
}

impl Measured {
    /// The lower end of its interval of 95 %.
    pub fn low(self) -> f64 {
        self.value - NORMAL_95 * self.error
    }

    /// The upper end.
    pub fn high(self) -> f64 {
        self.value + NORMAL_95 * self.error
    }
}
