//! A vintage as the text of a file.

use crate::scenario::Vintage;
use crate::units::Unit;
use std::fmt::Write;

/// What stands beside the name of each table.
const TABLES: [(&str, &str); 4] = [
    ("fed", "the balance sheet of the Federal Reserve, $bn"),
    ("rates", "percent, that day"),
    ("public", "the rest of the system, $bn"),
    ("state", "behavioural state"),
];

/// The file, as a scenario can name it.
pub fn vintage_text(vintage: &Vintage) -> String {
    let mut text = format!("date = {}\ntitle = {}\n", vintage.date, quoted(&vintage.title));
    let figures = vintage.figures();
    for (table, about) in TABLES {
        let _ = writeln!(text, "\n{:<28}# {about}", format!("[{table}]"));
        for (name, unit, figure) in &figures {
            let Some(key) = name.strip_prefix(table).and_then(|rest| rest.strip_prefix('.')) else { continue };
            let decimals = if *unit == Unit::Billions { 3 } else { 2 };
            let value = format!("{:.decimals$}", figure.value);
            let _ = writeln!(text, "{key:<28} = {{ value = {value}, source = {} }}", quoted(&figure.source));
        }
    }
    text
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
