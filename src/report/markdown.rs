//! Tables and text in Markdown.

use super::table::Table;
use std::fmt::Write;

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
        let row = |cells: &mut dyn Iterator<Item = String>| {
            let cells: Vec<String> = cells.collect();
            format!("| {} |\n", cells.join(" | "))
        };
        text.push_str(&row(&mut self.columns.iter().map(|column| escaped(column))));
        text.push_str(&row(&mut (0..self.columns.len()).map(|n| if n == 0 { "---" } else { "---:" }.to_owned())));
        for cells in &self.rows {
            text.push_str(&row(&mut cells.iter().map(|cell| escaped(cell))));
        }
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
