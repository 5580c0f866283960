//! The third stage of a calibration file: which sizes and spreads the scores of forecasts decide.

use crate::model::{PARAMETERS, ParameterInfo};
use crate::scenario::calibration::named_parameters;
use crate::scenario::codes;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::fields::{Field, Kind, Need, field, within};
use crate::scenario::node::Table;
use crate::scenario::problems::Problems;

/// The keys of `[forecasts]`.
pub const FORECASTS: &[Field] = &[
    field("paths", Kind::Count { low: 20, high: 100_000 }, Need::Default("200"), "Paths of each forecast."),
    field(
        "every",
        Kind::Count { low: 1, high: 100 },
        Need::Default("1"),
        "Of the origins, every second Wednesday, each so many-th one is scored.",
    ),
    field(
        "rounds",
        Kind::Count { low: 1, high: 1000 },
        Need::Default("3"),
        "Rounds of the search; in each, every size is moved once.",
    ),
    field("sizes", Kind::Texts, Need::Default("[]"), "Names of parameters to fit by a factor."),
    field(
        "spreads",
        Kind::Table(&SPREADS),
        Need::Optional,
        "Parameters that differ from path to path, with the standard deviation from which the search starts: normal ones, or lognormal ones where the parameter cannot be negative.",
    ),
];

/// A spread of every parameter, in its unit; the widest is the width of its bounds.
static SPREADS: [Field; PARAMETERS.len()] = {
    let mut fields = [field("", Kind::Text, Need::Optional, ""); PARAMETERS.len()];
    let mut position = 0;
    while position < fields.len() {
        let ParameterInfo { name, unit, low, high, .. } = PARAMETERS[position];
        let kind = Kind::Level(within(unit, 0.0, high - low));
        fields[position] = field(name, kind, Need::Optional, "Standard deviation from path to path.");
        position += 1;
    }
    fields
};

/// What the third stage fits, and to how much.
#[derive(Clone, Debug)]
pub struct ForecastFit {
    /// Paths of each forecast.
    pub paths: u64,
    /// Every so many-th origin is scored.
    pub every: usize,
    /// Rounds of the search.
    pub rounds: u64,
    /// Parameters to fit by a factor.
    pub sizes: Vec<&'static ParameterInfo>,
    /// Parameters that differ from path to path, with the standard deviation to start from.
    pub spreads: Vec<(&'static ParameterInfo, f64)>,
}

/// Reads `[forecasts]`; what is wrong between its values is reported.
pub fn forecast_fit(table: &Table, problems: &mut Problems) -> ForecastFit {
    let named = named_parameters(table, "sizes", problems);
    for (position, (info, place)) in named.iter().enumerate() {
        if named[..position].iter().any(|(earlier, _)| earlier.name == info.name) {
            let message = format!("`{}` is listed twice", info.name);
            problems.push(Diagnostic::error(codes::DUPLICATE, place, message).label("once is enough"));
        }
        if info.default <= 0.0 {
            let message = format!("`{}` is {} by default, which no factor makes a size", info.name, info.default);
            problems.push(Diagnostic::error(codes::OUT_OF_BOUNDS, place, message).label("not above zero"));
        }
    }
    let mut spreads = Vec::new();
    for entry in table.table("spreads").into_iter().flat_map(|spreads| &spreads.entries) {
        let info = PARAMETERS.iter().find(|info| info.name == entry.name);
        let level = table.table("spreads").and_then(|spreads| spreads.level(&entry.name));
        let (Some(info), Some(sd)) = (info, level) else { continue };
        if sd <= 0.0 {
            let message = format!("the spread of `{}` must be above zero", info.name);
            let diagnostic = Diagnostic::error(codes::DISTRIBUTION, &entry.node.place, message);
            problems.push(diagnostic.label("no spread").help("leave it out if every path has the same".to_owned()));
        }
        spreads.push((info, sd));
    }
    let count = |key, otherwise| table.count(key).unwrap_or(otherwise);
    ForecastFit {
        paths: count("paths", 200),
        every: count("every", 1) as usize,
        rounds: count("rounds", 3),
        sizes: named.into_iter().map(|(info, _)| info).collect(),
        spreads,
    }
}
