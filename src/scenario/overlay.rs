//! `extends`: follows the chain of scenarios, and lays each over the one it extends.

use crate::scenario::calibration::with_parameter_file;
use crate::scenario::codes;
use crate::scenario::diagnostic::{Diagnostic, quoted};
use crate::scenario::fields::{Field, Kind, SCENARIO};
use crate::scenario::node::{Node, Table, Value};
use crate::scenario::problems::Problems;
use crate::scenario::reader::read;
use crate::scenario::source::{Noun, Place, Source};
use crate::scenario::suggestion::nearest;
use std::sync::Arc;

/// The longest chain of scenarios: more than anyone can follow.
const LONGEST_CHAIN: usize = 16;

/// A scenario with everything it inherits.
pub struct Overlaid {
    /// The effective value of every key that is typed anywhere.
    pub table: Table,
    /// The files it was read from, the scenario itself first.
    pub files: Vec<Arc<Source>>,
    /// Whether keys may be absent only because a file of the chain could not be read in full.
    pub broken: bool,
}

/// Reads `source` and all it extends, and lays them over one another.
pub fn overlaid(source: &Arc<Source>, problems: &mut Problems) -> Overlaid {
    let mut chain: Vec<(Arc<Source>, Table)> = Vec::new();
    let mut files = Vec::new();
    let mut broken = false;
    let mut next = Some(Arc::clone(source));
    while let Some(source) = next.take() {
        let found = read(&source, SCENARIO, "a scenario", problems);
        broken |= found.broken;
        files.push(Arc::clone(&source));
        let table = with_parameter_file(found.table, &mut files, problems);
        let parent = table.text("extends").map(|name| (name.to_owned(), table.place_of("extends").clone()));
        // An `extends` that is misspelt or no text was reported; what it would have given is not known.
        broken |= parent.is_none() && table.entry("extends").is_some() || table.meant.contains(&"extends");
        chain.push((Arc::clone(&source), table));
        if let Some((name, place)) = parent {
            match parent_of(&source, &name, &place, &chain) {
                Ok(parent) => next = Some(parent),
                Err(diagnostic) => {
                    problems.push(diagnostic);
                    broken = true;
                }
            }
        }
    }
    let mut layers = chain.into_iter().rev().map(|(_, table)| table);
    let root =
        layers.next().unwrap_or_else(|| Table { entries: Vec::new(), meant: Vec::new(), place: source.place(0..0) });
    if !broken {
        report_unknown_removals(&root, None, problems);
    }
    let table = layers.fold(root, |parent, child| {
        if !broken {
            report_unknown_removals(&child, Some(&parent), problems);
        }
        let kept = without_own_words(without_removed(parent, child.texts("remove")));
        merged(kept, child, SCENARIO)
    });
    Overlaid { table, files, broken }
}

fn parent_of(
    source: &Source,
    name: &str,
    place: &Place,
    chain: &[(Arc<Source>, Table)],
) -> Result<Arc<Source>, Diagnostic> {
    let parent = source.open_named(name, place, Noun::Scenario)?;
    if let Some(start) = chain.iter().position(|(earlier, _)| earlier.is(&parent)) {
        let names: Vec<String> =
            chain[start..].iter().map(|(source, _)| source.name()).chain([parent.name()]).collect();
        return Err(Diagnostic::error(codes::CIRCLE, place, "these scenarios extend one another in a circle")
            .label("and round again")
            .help(format!("{}: one of them must extend nothing", names.join(" → "))));
    }
    if chain.len() >= LONGEST_CHAIN {
        let message = format!("more than {LONGEST_CHAIN} scenarios extend one another");
        return Err(Diagnostic::error(codes::CIRCLE, place, message).label("one too many"));
    }
    Ok(parent)
}

/// The name by which `remove` knows an event or a watch.
pub fn name_of(row: &Table) -> Option<&str> {
    row.text("name").or_else(|| row.text("kind"))
}

fn appended_names(table: &Table) -> impl Iterator<Item = &str> {
    table.rows("event").chain(table.rows("watch")).filter_map(name_of)
}

fn report_unknown_removals(child: &Table, parent: Option<&Table>, problems: &mut Problems) {
    for (name, place) in child.texts("remove") {
        let inherited = || parent.into_iter().flat_map(appended_names);
        if inherited().any(|inherited| inherited == name) {
            continue;
        }
        let help = match nearest(name, inherited()) {
            _ if parent.is_none() => "this scenario extends nothing; simply leave the event or watch out".to_owned(),
            Some(near) => format!("did you mean {}?", quoted(near).replace('`', "\"")),
            None => {
                let names: Vec<String> = inherited().map(|name| format!("\"{name}\"")).collect();
                format!("inherited are {}", if names.is_empty() { "none".to_owned() } else { names.join(", ") })
            }
        };
        let message = format!("no event or watch called {} is inherited", quoted(name));
        problems.push(Diagnostic::error(codes::REMOVE, place, message).label("nothing to remove").help(help));
    }
}

fn without_removed(mut table: Table, removed: &[(String, Place)]) -> Table {
    let is_removed = |row: &Node| match &row.value {
        Value::Table(row) => name_of(row).is_some_and(|name| removed.iter().any(|(removed, _)| removed == name)),
        _ => false,
    };
    for entry in &mut table.entries {
        if let ("event" | "watch", Value::Rows(rows)) = (entry.name.as_str(), &mut entry.node.value) {
            rows.retain(|row| !is_removed(row));
        }
    }
    table
}

/// A parent without what it says of itself alone: a child that adds an event makes no claim it did not type.
fn without_own_words(mut parent: Table) -> Table {
    parent.entries.retain(|entry| !matches!(entry.name.as_str(), "claim" | "look_at"));
    parent
}

/// `child` laid over `parent`.
fn merged(mut parent: Table, child: Table, fields: &[Field]) -> Table {
    for entry in child.entries {
        let kind = fields.iter().find(|field| field.name == entry.name).map(|field| field.kind);
        let Some(inherited) = parent.entries.iter_mut().find(|inherited| inherited.name == entry.name) else {
            parent.entries.push(entry);
            continue;
        };
        match (kind, &mut inherited.node.value, entry.node.value) {
            (Some(Kind::Appended(_) | Kind::Events), Value::Rows(rows), Value::Rows(more)) => rows.extend(more),
            (Some(kind @ (Kind::Table(_) | Kind::Parameters)), Value::Table(under), Value::Table(over)) => {
                let fields = if let Kind::Table(fields) = kind { fields } else { &[] };
                let empty = Table { entries: Vec::new(), meant: Vec::new(), place: under.place.clone() };
                let under = std::mem::replace(under, empty);
                let place = over.place.clone();
                inherited.node = Node { value: Value::Table(merged(under, over, fields)), place };
            }
            (_, _, value) => {
                inherited.key = entry.key;
                inherited.node = Node { value, place: entry.node.place };
            }
        }
    }
    Table { entries: parent.entries, meant: [parent.meant, child.meant].concat(), place: child.place }
}
