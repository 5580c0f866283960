//! What can be wrong with a folder of official series, or with a question asked of it.

use super::registry::SeriesId;
use jiff::civil::Date;
use std::fmt;
use std::path::PathBuf;

/// Why a number cannot be had.
#[derive(Clone, Debug, PartialEq)]
pub enum HistoryError {
    /// There is no folder of this name.
    NoFolder(PathBuf),
    /// The file of a series is absent or cannot be read.
    Unreadable { file: PathBuf, reason: String },
    /// A line of a file is not what its publisher writes.
    Malformed { file: PathBuf, line: u64, found: String, expected: String },
    /// A number lies outside anything the series has ever shown, as when its unit has changed.
    Implausible { file: PathBuf, line: u64, value: f64, low: f64, high: f64, unit: &'static str },
    /// The number was not yet published on the day on which it is asked for.
    Future { series: SeriesId, date: Date, published: Date, known_on: Date },
    /// The publisher has no value for the day.
    Absent { series: SeriesId, date: Date },
}

impl fmt::Display for HistoryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            HistoryError::NoFolder(folder) => write!(f, "there is no folder {}", folder.display()),
            HistoryError::Unreadable { file, reason } => write!(f, "cannot read {}: {reason}", file.display()),
            HistoryError::Malformed { file, line, found, expected } => {
                write!(f, "{}:{line}: found {found}, expected {expected}", file.display())
            }
            HistoryError::Implausible { file, line, value, low, high, unit } => write!(
                f,
                "{}:{line}: {value} is outside {low} to {high} {unit}, where this series has always been; \
                 has its unit changed?",
                file.display()
            ),
            HistoryError::Future { series, date, published, known_on } => write!(
                f,
                "{series} of {date} was published on {published} and is not known on {known_on}: \
                 this would read the future"
            ),
            HistoryError::Absent { series, date } => write!(f, "{series} has no value for {date}"),
        }
    }
}

impl std::error::Error for HistoryError {}
