//! The parameters that the equations read, each as a constant under its name with `p_` before it.

use super::case::Case;
use super::system::System;
use super::text::number;
use crate::model::PARAMETERS;
use std::collections::BTreeSet;

/// Writes the parameters that what is written so far refers to.
pub fn write(system: &mut System, case: &Case<'_>) {
    let read: BTreeSet<String> =
        system.variables().flat_map(|variable| words(&variable.equation)).map(str::to_owned).collect();
    system.group(
        "parameters",
        "Behavioural constants, at the median where the scenario draws them. Those of the Treasury's calendar and of its auction \
         sizes stand in tables.",
    );
    let values = case.parameters().values();
    for (info, value) in PARAMETERS.iter().zip(values) {
        let name = format!("p_{}", info.name);
        if read.contains(&name) {
            let meaning = format!("{} Source: {}.", info.meaning, info.source);
            system.auxiliary(&name, &super::unit(info.unit), number(*value), &meaning);
        }
    }
}

/// The names in an equation that are plain words.
fn words(equation: &str) -> impl Iterator<Item = &str> {
    equation.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
}
