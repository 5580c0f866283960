//! A table of words, before anybody knows where it will stand.

/// A table with a heading; the first column is text, the others are numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Heading.
    pub title: String,
    /// What the reader needs to know to read it. May be empty.
    pub note: String,
    /// Names of the columns.
    pub columns: Vec<&'static str>,
    /// Rows, each as long as there are columns.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// Characters that each column takes.
    pub fn widths(&self) -> Vec<usize> {
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
            cells.chain([self.columns[column].chars().count()]).max().unwrap_or(0)
        };
        (0..self.columns.len()).map(width).collect()
    }
}
