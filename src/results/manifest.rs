//! `manifest.json`: everything a run followed from, so that it can be run again. No clock times: the same
//! scenario, vintage, seed and version give the same bytes.

use super::folder::Layout;
use super::reopen::own_file;
use crate::model::{PARAMETERS, Plan};
use crate::scenario::{Draws, Quantity, Scenario, Typed};
use crate::simulation::Precision;
use serde::Serialize;

/// What stands at the top of a run folder.
pub const RUN_FOLDER: Layout = Layout {
    mark: "manifest.json",
    names: &[
        "manifest.json",
        "fan.csv",
        "fan.parquet",
        "fan_errors.csv",
        "watch.csv",
        "attribution.csv",
        "sample_paths.csv",
        "paths.parquet",
        "books.csv",
        "uncertain.csv",
        "amplification.json",
        "report.json",
        "report.html",
        "charts",
        "scenario",
    ],
};

/// Version of the layout of the run folder; it changes when a reader of an older one would misread it.
pub const FORMAT_VERSION: u32 = 1;

#[derive(Serialize)]
struct Manifest<'a> {
    format: u32,
    tidegate: &'static str,
    scenario: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    title: &'a str,
    claim: &'a str,
    sources: &'a [String],
    start: String,
    end: String,
    business_days: usize,
    paths: u64,
    seed: u64,
    draws: &'static str,
    precision: &'static str,
    vintage: VintageRecord<'a>,
    parameters: Vec<ParameterRecord>,
    typed: Vec<TypedRecord<'a>>,
    command: String,
}

#[derive(Serialize)]
struct VintageRecord<'a> {
    file: String,
    date: String,
    figures: Vec<FigureRecord<'a>>,
}

#[derive(Serialize)]
struct FigureRecord<'a> {
    key: String,
    value: f64,
    unit: String,
    source: &'a str,
}

#[derive(Serialize)]
struct ParameterRecord {
    name: &'static str,
    value: serde_json::Value,
    unit: String,
    from: String,
}

#[derive(Serialize)]
struct TypedRecord<'a> {
    key: &'a str,
    value: &'a str,
    from: String,
}

/// How a run was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// What was typed of the scenario: its name or file, and what is set of it.
    pub name: &'a str,
    /// Whether quantiles are those of the sorted paths.
    pub exact: bool,
    /// The precision of its numbers.
    pub precision: Precision,
}

impl Asked<'_> {
    /// What to type to have the same run of the scenario again.
    pub fn command(&self, scenario: &Scenario) -> String {
        let draws = if scenario.draws == Draws::Plain { "" } else { &format!(" --draws {}", scenario.draws.word()) };
        format!(
            "tidegate run {} --paths {} --seed {}{draws}{}{}",
            self.name,
            scenario.paths,
            scenario.seed,
            if self.exact { " --exact" } else { "" },
            if self.precision == Precision::Single { " --preview" } else { "" }
        )
    }
}

/// The manifest of a run, as JSON.
pub fn manifest(scenario: &Scenario, asked: Asked<'_>, plan: &Plan) -> Vec<u8> {
    let place = |key: &str| {
        let typed = scenario.typed.iter().find(|typed| typed.key == key);
        typed.map(|typed| typed.origin.to_string())
    };
    let parameters = PARAMETERS
        .iter()
        .zip(scenario.parameters.values())
        .map(|(info, quantity)| ParameterRecord {
            name: info.name,
            value: shown(
                quantity,
                scenario.typed.iter().find(|typed| typed.key == format!("parameters.{}", info.name)),
            ),
            unit: info.unit.to_string(),
            from: place(&format!("parameters.{}", info.name)).unwrap_or_else(|| format!("default: {}", info.source)),
        })
        .collect();
    let figures = scenario.vintage.figures();
    let manifest = Manifest {
        format: FORMAT_VERSION,
        tidegate: env!("CARGO_PKG_VERSION"),
        scenario: &scenario.name,
        file: own_file(scenario),
        title: &scenario.title,
        claim: &scenario.claim,
        sources: &scenario.sources,
        start: scenario.start.to_string(),
        end: scenario.end.to_string(),
        business_days: plan.days.len(),
        paths: scenario.paths,
        seed: scenario.seed,
        draws: scenario.draws.word(),
        precision: asked.precision.word(),
        vintage: VintageRecord {
            file: scenario.vintage.path.display().to_string(),
            date: scenario.vintage.date.to_string(),
            figures: figures
                .iter()
                .map(|(key, unit, figure)| FigureRecord {
                    key: key.clone(),
                    value: figure.value,
                    unit: unit.to_string(),
                    source: &figure.source,
                })
                .collect(),
        },
        parameters,
        typed: scenario
            .typed
            .iter()
            .map(|typed| TypedRecord { key: &typed.key, value: &typed.value, from: typed.origin.to_string() })
            .collect(),
        command: asked.command(scenario),
    };
    let mut bytes = serde_json::to_vec_pretty(&manifest).expect("a manifest is plain data");
    bytes.push(b'\n');
    bytes
}

/// A fixed number, or a distribution as it was typed.
fn shown(quantity: &Quantity, typed: Option<&Typed>) -> serde_json::Value {
    match (quantity, typed) {
        (Quantity::Random(_), Some(typed)) => serde_json::json!(typed.value),
        (Quantity::Random(distribution), None) => serde_json::json!(format!("{distribution:?}")),
        (Quantity::Fixed(value), _) => serde_json::json!(value),
    }
}
