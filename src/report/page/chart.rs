//! The charts of a page as numbers: what the scripts draw, and no more than that.
//!
//! Arrays by date are as long as [`super::Page::dates`].

pub use super::inputs::{CurveLine, GridAxis, TornadoItem};
use serde::{Deserialize, Serialize};

/// A chart of a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    /// Its name within the page: letters, digits and hyphens.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// Whose it is, and what needs saying to read it.
    pub subtitle: String,
    /// The unit of its numbers: `$bn`, `bp`, `%`.
    pub unit: String,
    /// Decimals shown.
    pub digits: usize,
    /// What somebody who does not see it should know, in a sentence.
    pub alt: String,
    /// What is drawn.
    #[serde(flatten)]
    pub drawing: Drawing,
}

/// The kinds of drawing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Drawing {
    /// Quantiles by date: nested bands of one series, or several laid over one another.
    Fan(Fan),
    /// Numbers by date.
    Lines {
        /// The lines.
        series: Vec<Line>,
        /// Whether the axis begins at nothing.
        #[serde(skip_serializing_if = "std::ops::Not::not", default)]
        from_zero: bool,
    },
    /// A calendar of probabilities: a row for each level, a column for each date.
    Heat {
        /// The rows, from the top.
        rows: Vec<Row>,
    },
    /// What moved a level from one height to another.
    Waterfall {
        /// Where it begins; of differences, nowhere.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        start: Option<Level>,
        /// What moved it, in order.
        steps: Vec<Step>,
        /// Where it ends.
        end: Level,
    },
    /// What is expected on dates of risk, and from whom.
    Risk {
        /// The dates.
        items: Vec<RiskItem>,
    },
    /// Flows between places.
    Sankey {
        /// The places.
        nodes: Vec<Node>,
        /// The flows.
        links: Vec<Link>,
    },
    /// Numbers side by side, with intervals.
    Bars {
        /// The numbers.
        items: Vec<Step>,
    },
    /// Fans side by side on the same dates.
    Multiples {
        /// The fans.
        panels: Vec<Panel>,
    },
    /// Numbers along an input.
    Curve {
        /// What the input is, with its unit.
        axis: String,
        /// A word for each place, such as a date, or on and off: places are then evenly apart. None if their numbers
        /// say where they are.
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        ticks: Vec<String>,
        /// The places, rising: values of the input or, with words, their ranks.
        x: Vec<f64>,
        /// The lines.
        series: Vec<CurveLine>,
        /// Levels that matter.
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        thresholds: Vec<Threshold>,
        /// Places that matter, such as a root or the scenario's own value.
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        marks: Vec<Level>,
    },
    /// Numbers by two inputs: the higher, the darker, and in two hues if some are below zero.
    Grid {
        /// The input whose values are columns.
        across: GridAxis,
        /// The input whose values are rows, from the top.
        down: GridAxis,
        /// A row for each value of `down`, in it a number for each of `across`.
        values: Vec<Vec<f64>>,
    },
    /// What each input moves: an output between its value at the input's low and at its high value.
    Tornado {
        /// The output with all inputs in between.
        centre: f64,
        /// The inputs, those that move most first; at most twenty.
        items: Vec<TornadoItem>,
    },
    /// Shares by date, one on another to at most 100 %.
    Stack {
        /// The shares, the lowest layer first; at most six.
        layers: Vec<Line>,
        /// What is left over, on top.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        rest: Option<Line>,
    },
}

/// Quantiles by date.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Fan {
    /// One to four distributions.
    pub series: Vec<Band>,
    /// Single paths of the first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub paths: Vec<Vec<f64>>,
    /// Rates the Fed sets.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub corridor: Vec<Line>,
    /// Further lines.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub lines: Vec<Line>,
    /// Levels that matter.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub thresholds: Vec<Threshold>,
    /// Whether nothing is a level that matters, as for a difference.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub zero: bool,
}

/// A distribution by date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// Whose.
    pub name: String,
    /// Its quantiles.
    pub quantiles: Quantiles,
}

/// Five quantiles by date.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Quantiles {
    /// 5 %.
    #[serde(rename = "5")]
    pub q5: Vec<f64>,
    /// 25 %.
    #[serde(rename = "25")]
    pub q25: Vec<f64>,
    /// The median.
    #[serde(rename = "50")]
    pub q50: Vec<f64>,
    /// 75 %.
    #[serde(rename = "75")]
    pub q75: Vec<f64>,
    /// 95 %.
    #[serde(rename = "95")]
    pub q95: Vec<f64>,
}

/// Numbers by date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// What they are.
    pub name: String,
    /// One for each date.
    pub values: Vec<f64>,
}

/// A row of a calendar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// What it is about.
    pub label: String,
    /// One number for each date.
    pub values: Vec<f64>,
}

/// A level across a chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Threshold {
    /// What it is.
    pub label: String,
    /// How high.
    pub level: f64,
}

/// A named height.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Level {
    /// What it is.
    pub label: String,
    /// How high.
    pub value: f64,
}

/// A number with its interval.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// What it is.
    pub label: String,
    /// The number.
    pub value: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Whose hand it is, if anybody's.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hand: Option<String>,
}

/// A date of risk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RiskItem {
    /// When.
    pub date: jiff::civil::Date,
    /// Why.
    pub label: String,
    /// What is expected.
    pub total: f64,
    /// Lower end of what holds 90 % of paths.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Whose part is how large.
    pub parts: Vec<Part>,
}

/// A part of a whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Whose.
    pub name: String,
    /// How large.
    pub value: f64,
}

/// A place that flows begin or end at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// Its name in links.
    pub id: String,
    /// Its name for readers.
    pub name: String,
}

/// A flow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// Where it begins.
    pub source: String,
    /// Where it ends.
    pub target: String,
    /// How large it is.
    pub value: f64,
    /// What it is.
    pub label: String,
}

/// A fan among others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Panel {
    /// What it shows.
    pub title: String,
    /// The unit of its numbers.
    pub unit: String,
    /// Decimals shown.
    pub digits: usize,
    /// Its distributions.
    pub series: Vec<Band>,
}

/// Numbers as a page needs them: to one decimal more than are shown.
pub fn rounded(values: impl IntoIterator<Item = f64>, digits: usize) -> Vec<f64> {
    values.into_iter().map(|value| round(value, digits)).collect()
}

/// A number to one decimal more than is shown.
pub fn round(value: f64, digits: usize) -> f64 {
    let scale = 10f64.powi(digits as i32 + 1);
    // Adding nothing makes a negative nothing positive.
    (value * scale).round() / scale + 0.0
}
