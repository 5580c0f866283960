//! A file as its publisher writes it: columns by name, and the spellings of a missing value.

use super::error::HistoryError;
use csv::StringRecord;
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// A file with its header read.
pub struct CsvFile {
    path: PathBuf,
    columns: Vec<usize>,
    reader: csv::Reader<std::fs::File>,
}

/// The cells asked for, of one row.
pub struct Row<'f> {
    path: &'f Path,
    line: u64,
    cells: Vec<&'f str>,
}

impl CsvFile {
    /// Opens a file and finds the columns by their names; of several spellings of a column the first found counts.
    ///
    /// # Errors
    /// The file cannot be read, or a column is absent.
    pub fn open(path: &Path, columns: &[&[&str]]) -> Result<CsvFile, HistoryError> {
        let unreadable = |error: csv::Error| HistoryError::Unreadable { file: path.into(), reason: error.to_string() };
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_path(path).map_err(unreadable)?;
        let header = reader.headers().map_err(unreadable)?.clone();
        let place = |spellings: &&[&str]| {
            spellings.iter().find_map(|name| header.iter().position(|column| column == *name)).ok_or_else(|| {
                HistoryError::Malformed {
                    file: path.into(),
                    line: 1,
                    found: format!("the columns {}", header.iter().collect::<Vec<_>>().join(", ")),
                    expected: format!("a column {}", spellings.join(" or ")),
                }
            })
        };
        let columns = columns.iter().map(place).collect::<Result<_, _>>()?;
        Ok(CsvFile { path: path.into(), columns, reader })
    }

    /// Calls `visit` with every row in turn.
    ///
    /// # Errors
    /// A row cannot be read or is too short, or what `visit` returns.
    pub fn rows(mut self, mut visit: impl FnMut(&Row<'_>) -> Result<(), HistoryError>) -> Result<(), HistoryError> {
        let mut record = StringRecord::new();
        loop {
            let more = self
                .reader
                .read_record(&mut record)
                .map_err(|error| HistoryError::Unreadable { file: self.path.clone(), reason: error.to_string() })?;
            if !more {
                return Ok(());
            }
            let line = record.position().map_or(0, csv::Position::line);
            let cell = |column: &usize| {
                record.get(*column).ok_or_else(|| HistoryError::Malformed {
                    file: self.path.clone(),
                    line,
                    found: format!("{} cells", record.len()),
                    expected: format!("at least {}: has the file been cut off?", column + 1),
                })
            };
            let cells = self.columns.iter().map(cell).collect::<Result<_, _>>()?;
            visit(&Row { path: &self.path, line, cells })?;
        }
    }
}

impl Row<'_> {
    /// The text of a column, by its place among those asked for.
    pub fn text(&self, column: usize) -> &str {
        self.cells[column]
    }

    /// The line in the file, counted from one.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// A date, with or without a time of day after it.
    ///
    /// # Errors
    /// The cell holds no date.
    pub fn date(&self, column: usize) -> Result<Date, HistoryError> {
        let text = self.text(column);
        text.get(..10).and_then(|day| day.parse().ok()).ok_or_else(|| self.wrong(text, "a date like 2025-10-29"))
    }

    /// A number, or none where the publisher has none: an empty cell, `.`, `NA`, `null` or `None`.
    ///
    /// # Errors
    /// The cell holds anything else.
    pub fn number(&self, column: usize) -> Result<Option<f64>, HistoryError> {
        let text = self.text(column).trim();
        if matches!(text, "" | "." | "NA" | "null" | "None") {
            return Ok(None);
        }
        match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Some(value)),
            _ => Err(self.wrong(text, "a number")),
        }
    }

    fn wrong(&self, found: &str, expected: &str) -> HistoryError {
        HistoryError::Malformed {
            file: self.path.into(),
            line: self.line,
            found: format!("`{found}`"),
            expected: expected.to_owned(),
        }
    }
}
