//! Who forecasts: the model, and those it is measured against.

/// Who forecasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forecaster {
    /// This model.
    Model,
    /// The last value, plus changes as they have been.
    RandomWalk,
    /// What this time of the year has brought.
    Climatology,
    /// An autoregression with calendar dummies.
    Autoregression,
}

impl Forecaster {
    /// All, the model first.
    pub const ALL: [Forecaster; 4] =
        [Forecaster::Model, Forecaster::RandomWalk, Forecaster::Climatology, Forecaster::Autoregression];

    /// Those without economics, which the model has to beat.
    pub const BENCHMARKS: [Forecaster; 3] =
        [Forecaster::RandomWalk, Forecaster::Climatology, Forecaster::Autoregression];

    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            Forecaster::Model => "tidegate",
            Forecaster::RandomWalk => "random walk",
            Forecaster::Climatology => "climatology",
            Forecaster::Autoregression => "autoregression",
        }
    }

    /// The name in a sentence.
    pub fn named(self) -> &'static str {
        match self {
            Forecaster::Model => "the model",
            Forecaster::RandomWalk => "the random walk",
            Forecaster::Climatology => "climatology",
            Forecaster::Autoregression => "the autoregression",
        }
    }
}
