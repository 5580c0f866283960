//! Tables and text in Markdown.

use super::table::Table;
use std::fmt::Write;

/// Characters up to which a column is padded; longer words stand out.
const WIDEST: usize = 60;

impl Table {
    /// The table with its heading.
    pub fn markdown(&self) -> String {
        format!("## {}\n\n{}", escaped(&self.title), self.markdown_rows())
    }

    /// The table with its note, without its heading.
    pub fn markdown_rows(&self) -> String {
        let mut text = String::new();
        if !self.note.is_empty() {
            let _ = writeln!(text, "{}\n", escaped(&self.note));
        }
        // Padded, so that the table can be read where nobody renders it.
        let shown = Table {
            columns: self.columns.iter().map(|column| escaped(column)).collect(),
            rows: self.rows.iter().map(|row| row.iter().map(|cell| escaped(cell)).collect()).collect(),
            ..Table::default()
        };
        let widths: Vec<usize> = shown.widths().into_iter().map(|width| width.clamp(4, WIDEST)).collect();
        let row = |cells: &[String]| {
            let padded = cells.iter().zip(&widths).enumerate().map(|(column, (cell, &width))| match column {
                0 => format!("{cell:<width$}"),
                _ => format!("{cell:>width$}"),
            });
            format!("| {} |\n", padded.collect::<Vec<_>>().join(" | "))
        };
        text.push_str(&row(&shown.columns));
        let rule = |(column, &width): (usize, &usize)| match column {
            0 => "-".repeat(width),
            _ => "-".repeat(width - 1) + ":",
        };
        text.push_str(&row(&widths.iter().enumerate().map(rule).collect::<Vec<_>>()));
        shown.rows.iter().for_each(|cells| text.push_str(&row(cells)));
        text
    }
}

/// Text that Markdown leaves as it is: on one line, without what would start markup.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | '`' | '*' | '_' | '|' | '[' | ']' | '<' | '>' | '$' => escaped.extend(['\\', character]),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    // Intervals are everywhere and, not followed by a parenthesis, are no links.
    escaped.replace("\\[", "[").replace("\\]", "]").replace("](", "]\\(").replace("\\$", "$")
}

#[cfg(test)]
mod tests {
    use super::super::table::columns;
    use super::*;

    #[test]
    fn names_cannot_become_markup() {
        let table = Table {
            title: "a *title*".to_owned(),
            columns: columns(["", "n"]),
            rows: vec![vec!["a|b <i>\nc [x](y)".to_owned(), "1".to_owned()]],
            ..Table::default()
        };
        let text = table.markdown();
        assert!(text.contains("a\\|b \\<i\\> c [x]\\(y)") && text.contains("a \\*title\\*"), "{text}");
        assert_eq!(text.lines().count(), 5);
    }
}
