//! What a comparison says on the terminal.

use super::sketch::{self, Extreme};
use super::terminal::{truncated, wrapped};
use crate::model::Variable;
use crate::report::comparison::{
    ComparisonFacts, LOST, answer, figures, hands, letter, made, reasons, strangers, title, watches,
};
use crate::research::{Against, Change, Comparison, Told};
use crate::statistics::Distribution;
use std::fmt::Write;

/// The longest that both values of a change may be on the terminal; the page has all of them.
const LONGEST_VALUE: usize = 110;

/// The page of a comparison, but for where its results are.
pub fn page(facts: &ComparisonFacts<'_>) -> String {
    let found = facts.found;
    let mut text = format!("{}\n\n", title(found));
    for (number, world) in found.worlds.iter().enumerate() {
        let label = letter(number);
        text.push_str(&wrapped(&format!("{label} "), &format!("{}: {}", world.name, world.scenario.title)));
        text.push_str(&wrapped("  ", &made(world)));
    }
    for note in facts.notes {
        text.push('\n');
        text.push_str(&wrapped("Note   ", note));
    }
    for (place, against) in found.against.iter().enumerate() {
        text.push('\n');
        if found.against.len() > 1 {
            let name = &found.worlds[place + 1].name;
            let _ = writeln!(text, "── {}, {name}, against A {}\n", letter(place + 1), "─".repeat(20));
        }
        text.push_str(&one(found, against, place + 1));
    }
    text
}

/// A world against the first.
fn one(found: &Comparison, against: &Against, other: usize) -> String {
    let mut text = String::new();
    if let Some(strangers) = strangers(found, other) {
        text.push_str(&wrapped("Lost    ", &format!("{strangers} {LOST}")));
    }
    if against.changes.is_empty() {
        text.push_str("Differs  nothing that paths depend on, and no watch\n");
    }
    for (number, change) in against.changes.iter().enumerate() {
        text.push_str(&wrapped(if number == 0 { "Differs " } else { "        " }, &told(change)));
    }
    text.push('\n');
    for (number, sentence) in answer(found, other).iter().enumerate() {
        text.push_str(&wrapped(if number == 0 { "In short" } else { "        " }, sentence));
    }
    if against.is_nothing() {
        return text;
    }
    let _ = write!(text, "\n{}", figures(found, other).terminal());
    let watches = watches(found, other);
    if !watches.rows.is_empty() {
        let _ = write!(text, "\n{}", watches.terminal());
    }
    if let Some(reasons) = reasons(found, other) {
        let _ = write!(text, "\n{}", reasons.terminal());
    }
    let _ = write!(text, "\n{}", hands(found, other).terminal());
    let days = against.of_variable(Variable::Reserves).iter().map(|day| day.paths);
    if let Some(days) = days.collect::<Option<Vec<Distribution>>>() {
        let title = format!("Reserves, {} − A, $bn   ━ median   ▒ half of paths   · 90% of paths", letter(other));
        let _ = write!(text, "\n{}", sketch::fan(&title, &found.dates, &days, Extreme::Low));
    }
    text
}

/// A change in a line: `hoarding_gain: 2.24bn/bp → 3bn/bp`.
fn told(change: &Change) -> String {
    let words =
        |told: &Option<Told>| told.as_ref().map_or("–".to_owned(), |told| truncated(&told.words, LONGEST_VALUE));
    let name = change.what.name();
    match (&change.one, &change.other) {
        (Some(_), None) => format!("{name}: only in A ({})", words(&change.one)),
        (None, Some(_)) => format!("{name}: not in A ({})", words(&change.other)),
        _ => format!("{name}: {} → {}", words(&change.one), words(&change.other)),
    }
}
