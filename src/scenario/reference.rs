//! The reference of scenario files in Markdown, generated from the table of fields.

use crate::model::VARIABLES;
use crate::scenario::distribution::{CHOICE_EXAMPLE, FAMILIES};
use crate::scenario::fields::{EVENT, EVENTS, Field, Kind, Need, SCENARIO};
use crate::scenario::schema::describe;
use std::fmt::Write;

/// Every key a scenario file may have, every kind of event, distribution and variable, in Markdown.
pub fn reference() -> String {
    let mut text = "# Scenario files\n\n".to_owned();
    let top = SCENARIO.iter().filter(|field| !holds_fields(field));
    table(&mut text, top);
    for field in SCENARIO.iter().filter(|field| holds_fields(field)) {
        section(&mut text, field, "");
    }
    text.push_str("## Distributions\n\nWherever a quantity may be random, one of these may stand for it.\n\n");
    for family in FAMILIES {
        line(&mut text, format_args!("- `{}`: {}", family.example, family.meaning));
    }
    line(&mut text, format_args!("- `{CHOICE_EXAMPLE}`: One of several values; equally likely without weights.\n"));
    text.push_str("## Variables\n\nConditions may use these, with `min`, `max`, `mean`, `change`, `end` and `days` over the window.\n\n");
    for info in VARIABLES {
        line(&mut text, format_args!("- `{}`, {}: {}", info.name, info.unit.meaning(), info.meaning));
    }
    text
}

fn line(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{arguments}");
}

fn holds_fields(field: &Field) -> bool {
    matches!(field.kind, Kind::Table(_) | Kind::Rows(_) | Kind::Appended(_) | Kind::Events | Kind::Parameters)
}

fn section(text: &mut String, field: &Field, group: &str) {
    let name = field.name;
    match field.kind {
        Kind::Table(fields) => {
            line(text, format_args!("## `[{name}]`\n\n{}\n", describe(field)));
            table(text, fields.iter().filter(|field| !holds_fields(field)));
            for inner in fields.iter().filter(|field| holds_fields(field)) {
                section(text, inner, name);
            }
        }
        Kind::Rows(fields) => {
            line(text, format_args!("### `{name}` in `[{group}]`\n\nA list. {}\n", describe(field)));
            table(text, fields.iter());
        }
        Kind::Appended(fields) => {
            line(text, format_args!("## `[[{name}]]`\n\n{}\n", describe(field)));
            table(text, fields.iter());
        }
        Kind::Events => {
            line(text, format_args!("## `[[{name}]]`\n\n{}\n", describe(field)));
            table(text, EVENT.iter());
            for shape in EVENTS {
                let before = if shape.lasting { " It may begin before the horizon." } else { "" };
                line(text, format_args!("### `kind = \"{}\"`\n\n{}{before}\n", shape.kind, shape.meaning));
                table(text, shape.fields.iter());
            }
        }
        _ => line(text, format_args!("## `[{name}]`\n\n{}\n", describe(field))),
    }
}

fn table<'f>(text: &mut String, fields: impl Iterator<Item = &'f Field>) {
    let mut fields = fields.peekable();
    if fields.peek().is_none() {
        return;
    }
    text.push_str("| key | | meaning |\n|---|---|---|\n");
    for field in fields {
        let need = if field.need == Need::Required { "required" } else { "" };
        line(text, format_args!("| `{}` | {need} | {} |", field.name, describe(field)));
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A field and, if it is a table, those in it.
    fn below(field: &'static Field) -> Vec<&'static Field> {
        let inner: &[Field] = if let Kind::Table(fields) = field.kind { fields } else { &[] };
        std::iter::once(field).chain(inner).collect()
    }

    #[test]
    fn every_key_is_in_the_reference() {
        let text = reference();
        for field in SCENARIO.iter().flat_map(below).chain(EVENTS.iter().flat_map(|shape| shape.fields)) {
            assert!(
                text.contains(&format!("`{}`", field.name)) || text.contains(&format!("[{}]", field.name)),
                "{}",
                field.name
            );
        }
    }
}
