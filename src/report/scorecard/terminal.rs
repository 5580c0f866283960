//! The scorecard on a terminal of 80 columns, plain text.

use super::tables;
use super::verdict::verdict;
use crate::backtest::Scorecard;
use crate::report::table::Table;

/// Columns that every line fits in.
const WIDTH: usize = 80;

/// Narrowest that a column of words is cut to.
const NARROWEST: usize = 10;

/// Verdict, what is not met of what was demanded, and the tables that say the rest at a glance.
pub fn terminal(card: &Scorecard) -> String {
    let mut text = wrapped(&verdict(card).join(" "));
    let mut unmet = tables::bars(card);
    unmet.title = "Demanded and not met".to_owned();
    unmet.rows.retain(|row| row.iter().any(|cell| cell == "NO"));
    let shown = [unmet, tables::regimes(card), tables::skill(card), tables::coverage(card), tables::events(card)];
    for table in shown.into_iter().filter(|table| !table.rows.is_empty()) {
        text.push('\n');
        text.push_str(&table.terminal());
    }
    text
}

impl Table {
    /// The table with its heading, in eighty columns: what does not fit is cut, the longest words first.
    pub fn terminal(&self) -> String {
        let mut widths = self.widths();
        while widths.iter().sum::<usize>() + 2 * (widths.len() - 1) > WIDTH {
            let widest = (0..widths.len()).max_by_key(|&column| (widths[column], usize::MAX - column)).unwrap_or(0);
            if widths[widest] <= NARROWEST {
                break;
            }
            widths[widest] -= 1;
        }
        let mut text = format!("{}\n", self.title);
        let line = |cells: &mut dyn Iterator<Item = &str>| {
            let cells: Vec<String> =
                cells.zip(&widths).enumerate().map(|(column, (cell, &width))| cell_of(column, cell, width)).collect();
            format!("{}\n", cells.join("  ").trim_end())
        };
        text.push_str(&line(&mut self.columns.iter().map(String::as_str)));
        for row in &self.rows {
            text.push_str(&line(&mut row.iter().map(String::as_str)));
        }
        if !self.note.is_empty() {
            text.push_str(&wrapped(&self.note));
        }
        text
    }
}

/// A cell `width` characters wide: the first column from the left, the others from the right.
fn cell_of(column: usize, cell: &str, width: usize) -> String {
    let shown: String = cell.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let cut = if shown.chars().count() > width {
        shown.chars().take(width.saturating_sub(1)).chain(['…']).collect()
    } else {
        shown
    };
    if column == 0 { format!("{cut:<width$}") } else { format!("{cut:>width$}") }
}

fn wrapped(text: &str) -> String {
    let mut lines = String::new();
    let mut column = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if column > 0 {
            let breaks = column + 1 + length > WIDTH;
            lines.push(if breaks { '\n' } else { ' ' });
            column = if breaks { 0 } else { column + 1 };
        }
        lines.push_str(word);
        column += length;
    }
    lines.push('\n');
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::scorecard::page::tests::card;

    #[test]
    fn every_line_fits_a_terminal() {
        let text = terminal(&card());
        for line in text.lines() {
            assert!(line.chars().count() <= WIDTH, "{} columns: {line}", line.chars().count());
        }
        assert!(text.contains("SOFR − IORB"));
    }
}
