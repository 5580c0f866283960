//! What a notebook shows: no scripts, and only colours that are legible on any background.

use std::fmt::Write;
use tidegate::report::page::Page;
use tidegate::results::{Table, Values, number};

/// Rows of a table that are shown.
const SHOWN: usize = 10;

/// The head of a page: title, answer and the figures to quote.
pub fn head(page: &Page) -> String {
    let mut html = format!("<h3>{}</h3><p>{}</p>", escaped(&page.title), escaped(&page.verdict.join(" ")));
    html.push_str("<table>");
    for figure in &page.figures {
        let cells = [&figure.name, &format!("{} {}", figure.value, figure.unit), &figure.band, &figure.note];
        let _ = write!(html, "<tr>{}</tr>", cells.map(|cell| format!("<td>{}</td>", escaped(cell))).concat());
    }
    let _ = write!(html, "</table><p><small>{}</small></p>", escaped(&page.made));
    html
}

/// The first rows of a table.
pub fn table(table: &Table) -> String {
    let names = table.columns.iter().map(|column| match column.unit {
        Some(unit) => format!("<th>{}, {}</th>", escaped(&column.name), escaped(&unit.to_string())),
        None => format!("<th>{}</th>", escaped(&column.name)),
    });
    let mut html = format!("<table><thead><tr>{}</tr></thead><tbody>", names.collect::<String>());
    for row in 0..table.rows().min(SHOWN) {
        let cells = table.columns.iter().map(|column| format!("<td>{}</td>", escaped(&cell(&column.values, row))));
        let _ = write!(html, "<tr>{}</tr>", cells.collect::<String>());
    }
    html.push_str("</tbody></table>");
    if table.rows() > SHOWN {
        let _ = write!(html, "<p><small>the first {SHOWN} of {} rows</small></p>", table.rows());
    }
    html
}

/// A value as CSV has it.
fn cell(values: &Values, row: usize) -> String {
    values.cell(row)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
