//! Text and tables in HTML.

use super::table::Table;

/// A table with its note, without its heading; cells that `marks` are shown as bad news.
pub fn table(table: &Table, marks: impl Fn(&str) -> bool) -> String {
    let numbers: Vec<bool> = (0..table.columns.len()).map(|column| holds_numbers(table, column)).collect();
    let class = |names: [&str; 2]| match names {
        ["", ""] => String::new(),
        names => format!(" class=\"{}\"", names.concat()),
    };
    let number = |column: usize| if numbers[column] { "number" } else { "" };
    let head = |(column, name): (usize, &String)| {
        format!("<th scope=\"col\"{}>{}</th>", class([number(column), ""]), escaped(name))
    };
    let head: String = table.columns.iter().enumerate().map(head).collect();
    let cell = |(column, cell): (usize, &String)| {
        let mark = match (marks(cell), numbers[column]) {
            (true, true) => " no",
            (true, false) => "no",
            (false, _) => "",
        };
        format!("<td{}>{}</td>", class([number(column), mark]), escaped(cell))
    };
    let row = |row: &Vec<String>| format!("<tr>{}</tr>\n", row.iter().enumerate().map(cell).collect::<String>());
    let rows: String = table.rows.iter().map(row).collect();
    let note =
        if table.note.is_empty() { String::new() } else { format!("<p class=\"note\">{}</p>", escaped(&table.note)) };
    format!(
        "{note}\n<div class=\"scroll\" tabindex=\"0\"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n"
    )
}

/// Whether a column holds numbers alone, which are read from the right.
fn holds_numbers(table: &Table, column: usize) -> bool {
    let is_number = |cell: &str| {
        let first = cell.trim_start_matches(['+', '−', '<', '>', '±', '$', '[', ' ']).chars().next();
        matches!(cell, "·" | "–" | "") || first.is_some_and(|first| first.is_ascii_digit())
    };
    let cells = || table.rows.iter().filter_map(|row| row.get(column));
    let says = |cell: &String| !matches!(cell.as_str(), "–" | "");
    column > 0 && cells().any(says) && cells().all(|cell| is_number(cell))
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
