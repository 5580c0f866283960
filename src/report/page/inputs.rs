//! What charts of inputs are made of: numbers by the value of one input or of two, and what each input moves.

use serde::{Deserialize, Serialize};

/// A number at each place of an input.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CurveLine {
    /// What it is.
    pub name: String,
    /// One for each place.
    pub values: Vec<f64>,
    /// Lower ends of their 95 % intervals; empty if they have none.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub low: Vec<f64>,
    /// Upper ends.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub high: Vec<f64>,
}

/// An input along one side of a grid.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GridAxis {
    /// What it is, with its unit.
    pub label: String,
    /// Its values, as they are written.
    pub values: Vec<String>,
}

/// What one input moves.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TornadoItem {
    /// The input.
    pub label: String,
    /// The output at its low value.
    pub low: f64,
    /// The output at its high value.
    pub high: f64,
    /// Its low value, as it is written.
    pub at_low: String,
    /// Its high value, as it is written.
    pub at_high: String,
    /// Standard error of the difference of the two outputs.
    pub error: f64,
}
