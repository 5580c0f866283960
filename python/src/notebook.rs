//! What a notebook shows: no scripts, and only colours that are legible on any background.

use std::fmt::Write;
use tidegate::report::page::Page;
use tidegate::results::Table;

/// Rows of a table that are shown.
const SHOWN: usize = 10;

/// The head of a page: title, answer and the figures to quote.
pub fn head(page: &Page) -> String {
    let mut html = sentences(&page.title, &page.verdict);
    html.push_str("<table>");
    for figure in &page.figures {
        let cells = [&figure.name, &format!("{} {}", figure.value, figure.unit), &figure.band, &figure.note];
        let _ = write!(html, "<tr>{}</tr>", cells.map(|cell| format!("<td>{}</td>", escaped(cell))).concat());
    }
    let _ = write!(html, "</table><p><small>{}</small></p>", escaped(&page.made));
    html
}

/// A title and what is to be said.
pub fn sentences(title: &str, said: &[String]) -> String {
    format!("<h3>{}</h3><p>{}</p>", escaped(title), escaped(&said.join(" ")))
}

/// The first rows of a table.
pub fn table(table: &Table) -> String {
    let names = table.columns.iter().map(|column| match column.unit {
        Some(unit) => format!("<th>{}, {}</th>", escaped(&column.name), escaped(&unit.to_string())),
        None => format!("<th>{}</th>", escaped(&column.name)),
    });
    let mut html = format!("<table><thead><tr>{}</tr></thead><tbody>", names.collect::<String>());
    for row in 0..table.rows().min(SHOWN) {
        let cells = table.columns.iter().map(|column| format!("<td>{}</td>", escaped(&column.values.cell(row))));
        let _ = write!(html, "<tr>{}</tr>", cells.collect::<String>());
    }
    html.push_str("</tbody></table>");
    if table.rows() > SHOWN {
        let _ = write!(html, "<p><small>the first {SHOWN} of {} rows</small></p>", table.rows());
    }
    html
}

/// A chart that is made smaller where there is less room.
pub fn chart(svg: &str) -> String {
    svg.replacen("<svg ", "<svg style=\"max-width:100%;height:auto\" ", 1)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
