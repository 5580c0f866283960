//! Keys that are missing, or stand in the wrong table.

use crate::model::PARAMETERS;
use crate::scenario::codes;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::fields::{Field, Kind, Need, SCENARIO};
use crate::scenario::node::Table;
use crate::scenario::problems::Problems;

/// Reports the required keys that `table` lacks.
pub fn report_missing<'f>(
    table: &Table,
    fields: impl Iterator<Item = &'f Field>,
    whose: &str,
    problems: &mut Problems,
) {
    for field in fields.filter(|field| field.need == Need::Required) {
        let name = field.name;
        if table.entry(name).is_some() || table.meant.contains(&name) {
            continue;
        }
        let what = match field.kind {
            Kind::Table(_) => format!("the table `[{name}]`"),
            _ => format!("`{name}`"),
        };
        let help = format!("{}: {}", field.meaning.trim_end_matches('.'), example(field));
        let diagnostic = Diagnostic::error(codes::MISSING_KEY, &table.place, format!("{whose} needs {what}"));
        problems.push(diagnostic.label(format!("`{name}` is missing")).help(help));
    }
}

/// Reports the required keys that `table` and the tables in it lack.
pub fn report_missing_below(table: &Table, fields: &[Field], whose: &str, problems: &mut Problems) {
    report_missing(table, fields.iter(), whose, problems);
    for field in fields {
        if let (Kind::Table(fields), Some(inner)) = (field.kind, table.table(field.name)) {
            report_missing_below(inner, fields, &format!("`[{}]`", field.name), problems);
        }
    }
}

/// A field as one would type it.
pub fn example(field: &Field) -> String {
    let name = field.name;
    let value = match field.kind {
        Kind::Text if name == "file" => "\"2025-10-01\"",
        Kind::Text | Kind::Texts => "\"…\"",
        Kind::Count { .. } => "10_000",
        Kind::Date if name == "end" => "2026-03-31",
        Kind::Date | Kind::When => "2025-10-01",
        Kind::Level(bounds) | Kind::Quantity(bounds) => bounds.unit.example(),
        Kind::Figure(_) => "{ value = 0.0, source = \"…\" }",
        Kind::Condition => "\"sofr - iorb > 10bp\"",
        Kind::Rows(fields) => {
            let keys: Vec<String> = fields.iter().map(example).collect();
            return format!("{name} = [ {{ {} }} ]", keys.join(", "));
        }
        Kind::Table(fields) => {
            let required = fields.iter().filter(|field| field.need == Need::Required);
            let keys: Vec<String> = required.map(|field| format!("`{}`", example(field))).collect();
            return format!("`[{name}]` with {}", keys.join(" and "));
        }
        Kind::Appended(_) | Kind::Events => return format!("`[[{name}]]`"),
        Kind::Parameters => return format!("`[{name}]`"),
    };
    format!("{name} = {value}")
}

/// Where a key belongs that stands in the wrong table.
pub fn home(name: &str) -> Option<String> {
    let holds = |fields: &[Field]| fields.iter().any(|field| field.name == name);
    if PARAMETERS.iter().any(|info| info.name == name) {
        return Some("in `[parameters]`".to_owned());
    }
    if holds(SCENARIO) {
        return Some("at the top of the file, before the first `[table]`".to_owned());
    }
    SCENARIO.iter().find_map(|field| match field.kind {
        Kind::Table(fields) if holds(fields) => Some(format!("in `[{}]`", field.name)),
        _ => None,
    })
}
