//! Scenario files explained: events, keys and the codes of what can be wrong.

use super::topic::{Kind, Topic};
use crate::model::PARAMETERS;
use crate::scenario::codes::CODES;
use crate::scenario::fields::{self, EVENT, EVENTS, Field, Need, SCENARIO};
use crate::scenario::{describe, shipped};

pub fn topics() -> impl Iterator<Item = Topic> {
    let events = EVENTS.iter().flat_map(|shape| {
        let names: Vec<&str> = shape.fields.iter().map(|field| field.name).collect();
        let event = Topic::new(Kind::Event, shape.kind, shape.meaning)
            .with("To write", format!("event = [{{ kind = \"{}\", … }}]", shape.kind))
            .with("Keys", names.join(", "))
            .with("Told in", scenarios_with(shape.kind));
        let keys = shape.fields.iter().map(|field| key(Kind::EventKey, shape.kind, field));
        std::iter::once(event).chain(keys)
    });
    let mut keys: Vec<Topic> = EVENT.iter().map(|field| key(Kind::EventKey, "event", field)).collect();
    collect_keys("", SCENARIO, &mut keys);
    let codes = CODES.iter().map(|code| {
        Topic::new(Kind::Code, code.id, format!("{}. {}", capitalised(code.title), code.explanation))
            .with("Wrong", code.wrong)
            .with("Right", code.right)
    });
    events.chain(keys).chain(codes)
}

/// A key of a table and, below it, those of the tables it holds.
fn collect_keys(path: &str, fields: &'static [Field], keys: &mut Vec<Topic>) {
    for field in fields {
        keys.push(key(Kind::ScenarioKey, path, field));
        match field.kind {
            fields::Kind::Table(inner) | fields::Kind::Rows(inner) | fields::Kind::Appended(inner) => {
                let path = if path.is_empty() { field.name.to_owned() } else { format!("{path}.{}", field.name) };
                collect_keys(&path, inner, keys);
            }
            _ => {}
        }
    }
}

fn key(kind: Kind, path: &str, field: &Field) -> Topic {
    let name = if path.is_empty() { field.name.to_owned() } else { format!("{path}.{}", field.name) };
    let takes = match field.kind {
        fields::Kind::Text => "text in quotes",
        fields::Kind::Texts => "a list of texts, [\"…\", \"…\"]",
        fields::Kind::Count { .. } => "a whole number",
        fields::Kind::Date => "a day, 2025-12-31, without quotes",
        fields::Kind::When => "a day, or a distribution of days",
        fields::Kind::Level(_) => "a quantity with its unit, the same on every path",
        fields::Kind::Quantity(_) => "a quantity with its unit, or a distribution from which each path draws",
        fields::Kind::Figure(_) => "a number with its source",
        fields::Kind::Condition => "a condition over published variables, in quotes",
        fields::Kind::Table(_) => "a table",
        fields::Kind::Rows(_) => "a list of tables, replaced whole by a scenario that extends this one",
        fields::Kind::Appended(_) => "a list of named tables, to which a scenario that extends this one adds",
        fields::Kind::Events => "a list of events, to which a scenario that extends this one adds",
        fields::Kind::Parameters => "quantities or distributions, by name of the parameter",
    };
    let inner = match field.kind {
        fields::Kind::Table(inner) | fields::Kind::Rows(inner) | fields::Kind::Appended(inner) => {
            inner.iter().map(|field| field.name).collect::<Vec<_>>().join(", ")
        }
        fields::Kind::Events => EVENTS.iter().map(|shape| shape.kind).collect::<Vec<_>>().join(", "),
        fields::Kind::Parameters => format!("{} parameters, listed by `tidegate explain`", PARAMETERS.len()),
        _ => String::new(),
    };
    let needed = match field.need {
        Need::Required => "yes",
        Need::Default(_) | Need::Optional => "no",
    };
    Topic::new(kind, name, describe(field)).with("Takes", takes).with("Required", needed).with("Holds", inner)
}

/// The shipped scenarios that have an event of this kind.
fn scenarios_with(kind: &str) -> String {
    let has = |text: &str| {
        text.lines().any(|line| {
            let mut sides = line.splitn(2, '=');
            sides.next().is_some_and(|key| key.trim() == "kind")
                && sides.next().is_some_and(|value| value.trim().starts_with(&format!("\"{kind}\"")))
        })
    };
    let names: Vec<&str> =
        shipped::SCENARIOS.iter().filter(|shipped| has(shipped.text)).map(|shipped| shipped.name).collect();
    names.join(", ")
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
