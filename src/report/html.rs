//! Text and tables in HTML.

use super::table::Table;

/// A table with its note, without its heading; cells that `marks` are shown as bad news.
pub fn table(table: &Table, marks: impl Fn(&str) -> bool) -> String {
    let head: String =
        table.columns.iter().map(|column| format!("<th scope=\"col\">{}</th>", escaped(column))).collect();
    let cell = |cell: &String| {
        let class = if marks(cell) { " class=\"no\"" } else { "" };
        format!("<td{class}>{}</td>", escaped(cell))
    };
    let row = |row: &Vec<String>| format!("<tr>{}</tr>\n", row.iter().map(cell).collect::<String>());
    let rows: String = table.rows.iter().map(row).collect();
    let note =
        if table.note.is_empty() { String::new() } else { format!("<p class=\"note\">{}</p>", escaped(&table.note)) };
    format!(
        "{note}\n<div class=\"scroll\" tabindex=\"0\"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n"
    )
}

/// Text as HTML character data, in elements and in quoted attributes; controls and what turns the reading direction are
/// left out.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c if c.is_whitespace() => escaped.push(' '),
            c if c.is_control() => {}
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(escaped("\"a\u{202E}'\u{0}b\n"), "&quot;a&#39;b ");
    }
}
