//! What the TOML parser says, in plainer words, and which lines its errors make unreliable.

use crate::scenario::codes;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::source::{Place, Source};
use std::ops::RangeInclusive;
use std::sync::Arc;
use toml::de::Error;

/// The errors of a text that is not TOML; one a line, since the parser may trip several times over one mistake.
pub fn syntax_errors(source: &Arc<Source>, errors: &[Error]) -> Vec<Diagnostic> {
    let mut last = 0;
    let mut diagnostics = Vec::new();
    for error in errors {
        let place = place_of(source, error);
        let (line, _) = place.line_and_column();
        if line != last {
            diagnostics.push(in_plain_words(&place, error.message()));
        }
        last = line;
    }
    diagnostics
}

/// The lines of which nothing more can be said: those with an error, and all that belongs to a broken `[table]` line.
pub fn unreliable_lines(source: &Arc<Source>, errors: &[Error]) -> Vec<RangeInclusive<usize>> {
    let is_header = |line: &str| line.trim_start().starts_with('[');
    let unreliable = |error| {
        let (line, _) = place_of(source, error).line_and_column();
        let mut below = source.text.lines().skip(line - 1);
        if below.next().is_some_and(is_header) {
            line..=line + below.take_while(|line| !is_header(line)).count()
        } else {
            line..=line
        }
    };
    errors.iter().map(unreliable).collect()
}

fn place_of(source: &Arc<Source>, error: &Error) -> Place {
    source.place(error.span().unwrap_or(0..0))
}

fn in_plain_words(place: &Place, message: &str) -> Diagnostic {
    let quotes = "text and quantities stand between two quotes on one line: \"850bn\"";
    let (message, help) = if message.contains("duplicate key") {
        (
            "this key is given twice".to_owned(),
            Some("keep one of the two; a second event is a second `[[event]]` table"),
        )
    } else if message.contains("string values must be quoted") {
        ("this is neither quoted text nor one number, day or list".to_owned(), Some(quotes))
    } else if message.contains("basic string") || message.contains("literal string") {
        ("this text is not closed".to_owned(), Some(quotes))
    } else if message.contains("invalid date") {
        (format!("this is not a day: {message}"), Some("days are written year-month-day: 2025-10-01"))
    } else {
        (format!("this is not TOML: {message}"), None)
    };
    Diagnostic::error(codes::SYNTAX, place, message).help(help.map(str::to_owned))
}
