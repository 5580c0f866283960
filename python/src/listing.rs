//! What there is: scenarios that ship, variables, parameters.

use super::table::Table;
use pyo3::prelude::*;
use tidegate::model::{PARAMETERS, VARIABLES};
use tidegate::results::Table as Columns;
use tidegate::scenario;
use tidegate::scenario::quantity::show;
use tidegate::scenario::shipped::SCENARIOS;

/// The scenarios that ship with the package: a table of name and title, a row per scenario.
#[pyfunction]
pub fn scenarios() -> Table {
    let title = |name: &str| scenario::load(name).map_or_else(|_| String::new(), |scenario| scenario.title);
    let columns = Columns::default()
        .texts("name", SCENARIOS.iter().map(|shipped| shipped.name))
        .texts("title", SCENARIOS.iter().map(|shipped| title(shipped.name)));
    Table::new(columns, Vec::new())
}

/// The variables that a run publishes: a table of name, unit and meaning, a row per variable.
#[pyfunction]
pub fn variables() -> Table {
    let columns = Columns::default()
        .texts("name", VARIABLES.iter().map(|info| info.name))
        .texts("unit", VARIABLES.iter().map(|info| info.unit.to_string()))
        .texts("meaning", VARIABLES.iter().map(|info| info.meaning));
    Table::new(columns, Vec::new())
}

/// The parameters of the model: a table of name, default and bounds as a scenario types them, meaning and source, a row per
/// parameter.
#[pyfunction]
pub fn parameters() -> Table {
    let columns = Columns::default()
        .texts("name", PARAMETERS.iter().map(|info| info.name))
        .texts("default", PARAMETERS.iter().map(|info| show(info.default, info.unit)))
        .texts("low", PARAMETERS.iter().map(|info| show(info.low, info.unit)))
        .texts("high", PARAMETERS.iter().map(|info| show(info.high, info.unit)))
        .texts("meaning", PARAMETERS.iter().map(|info| info.meaning))
        .texts("source", PARAMETERS.iter().map(|info| info.source));
    Table::new(columns, Vec::new())
}
