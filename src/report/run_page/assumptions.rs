//! What a run assumes, each value with its unit and its source, and how to have it again.

use super::RunFacts;
use crate::calendar::names::long_date;
use crate::model::{PARAMETERS, ParameterInfo};
use crate::report::numbers::number;
use crate::report::page::Block;
use crate::report::table::{Table, columns};
use crate::scenario::{Origin, Quantity, Typed, quantity};

/// The story's own values, the parameters it changes, all others, and the opening balance sheet.
pub(super) fn section(facts: &RunFacts<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let own = own_values(facts);
    if !own.rows.is_empty() {
        blocks.push(Block::Table(own));
    }
    blocks.extend([parameters(facts), balance_sheet(facts)].map(Block::Appendix));
    blocks
}

/// What the scenario's own file says.
fn own_values(facts: &RunFacts<'_>) -> Table {
    let name = &facts.scenario.name;
    let is_own = |typed: &&Typed| match &typed.origin {
        Origin::File(file, _) => file.file_stem().is_some_and(|stem| stem.to_string_lossy() == **name),
        Origin::CommandLine => true,
        Origin::Vintage(_) | Origin::Default => false,
    };
    let words = ["title", "claim", "sources", "look_at", "extends", "remove"];
    let told = |typed: &&Typed| {
        let key = typed.key.split(['[', '.']).next().unwrap_or_default();
        !words.contains(&key) && key != "watch"
    };
    let row = |typed: &Typed| vec![typed.key.clone(), typed.value.clone(), typed.origin.to_string()];
    Table {
        title: "What this story says itself".to_owned(),
        note: "Everything else comes from what it extends, or is a default.".to_owned(),
        columns: columns(["key", "value", "typed in"]),
        rows: facts.scenario.typed.iter().filter(is_own).filter(told).map(row).collect(),
    }
}

/// Every parameter; those that are not at their default are marked.
fn parameters(facts: &RunFacts<'_>) -> Table {
    let row = |(info, value): (&ParameterInfo, &Quantity)| {
        let key = format!("parameters.{}", info.name);
        let typed = facts.scenario.typed.iter().find(|typed| typed.key == key);
        let default = quantity::show(info.default, info.unit);
        let shown = match (value, typed) {
            (Quantity::Fixed(value), _) => quantity::show(*value, info.unit),
            (Quantity::Random(_), Some(typed)) => typed.value.clone(),
            (Quantity::Random(distribution), None) => format!("{distribution:?}"),
        };
        let changed = *value != Quantity::Fixed(info.default);
        let mark = if changed { format!("changed from {default}") } else { String::new() };
        let source = match typed {
            Some(typed) if changed => typed.origin.to_string(),
            _ => info.source.to_owned(),
        };
        vec![info.name.to_owned(), shown, mark, info.meaning.to_owned(), source]
    };
    let rows: Vec<Vec<String>> = PARAMETERS.iter().zip(facts.scenario.parameters.values()).map(row).collect();
    let changed = rows.iter().filter(|row| !row[2].is_empty()).count();
    Table {
        title: format!("All {} parameters, of which {changed} are changed", rows.len()),
        note: String::new(),
        columns: columns(["parameter", "value", "", "meaning", "source"]),
        rows,
    }
}

/// The opening balance sheet and what else the vintage says.
fn balance_sheet(facts: &RunFacts<'_>) -> Table {
    let vintage = &facts.scenario.vintage;
    Table {
        title: format!("Where it starts: {}", long_date(vintage.date)),
        note: String::new(),
        columns: columns(["figure", "value", "source"]),
        rows: vintage
            .figures()
            .into_iter()
            .map(|(key, unit, figure)| vec![key, quantity::show(figure.value, unit), figure.source.clone()])
            .collect(),
    }
}

/// The command and all that determines the result.
pub(super) fn made(facts: &RunFacts<'_>) -> Vec<Block> {
    let (scenario, record) = (facts.scenario, facts.record);
    let facts_of_it = [
        ("Version", format!("tidegate {}", record.tidegate)),
        ("Scenario", scenario.name.clone()),
        ("Balance sheet", format!("{} ({})", long_date(scenario.vintage.date), scenario.vintage.path.display())),
        (
            "Paths and seed",
            format!("{} paths, {} draws, seed {}", number(record.paths as f64, 0), record.draws, record.seed),
        ),
        ("Fingerprint", facts.fingerprint.to_owned()),
        ("Sources", scenario.sources.join(" · ")),
    ];
    let text = "The same scenario, balance sheet, seed and version give the same bytes on any machine; the fingerprint is of \
                the manifest and the tables of the run.";
    vec![
        Block::Code(facts.command.to_owned()),
        Block::Facts(
            facts_of_it
                .into_iter()
                .filter(|(_, words)| !words.is_empty())
                .map(|(name, words)| (name.to_owned(), words))
                .collect(),
        ),
        Block::Text(text.to_owned()),
    ]
}
