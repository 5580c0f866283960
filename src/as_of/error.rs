//! Why the world as of a date cannot be told.

use crate::history::{HistoryError, SeriesId};
use crate::scenario::Problems;
use jiff::civil::Date;
use std::fmt;

/// Why there is no vintage or scenario of a day.
#[derive(Clone, Debug)]
pub enum AsOfError {
    /// A series cannot be read.
    History(HistoryError),
    /// The day is a weekend or a holiday.
    Closed { date: Date, before: Date, after: Date },
    /// The day lies before the first for which every series exists.
    TooEarly { date: Date, first: Date },
    /// The series does not reach the day.
    NotReached { series: SeriesId, date: Date, last: Option<Date> },
    /// The books that came out do not hold together.
    Books { date: Date, problems: Problems },
}

impl From<HistoryError> for AsOfError {
    fn from(error: HistoryError) -> AsOfError {
        AsOfError::History(error)
    }
}

impl fmt::Display for AsOfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AsOfError::History(error) => write!(f, "{error}"),
            AsOfError::Closed { date, before, after } => {
                write!(f, "{date} is no business day; the nearest are {before} and {after}")
            }
            AsOfError::TooEarly { date, first } => {
                write!(f, "{date} is too early: SOFR and TGCR begin on 2 April 2018, so the first day is {first}")
            }
            AsOfError::NotReached { series, date, last: Some(last) } => {
                write!(
                    f,
                    "{date} is too late: {} ({series}) is known up to {last}",
                    series.series().meaning.trim_end_matches('.')
                )
            }
            AsOfError::NotReached { series, date, last: None } => {
                write!(f, "{} ({series}) has no value up to {date}", series.series().meaning.trim_end_matches('.'))
            }
            AsOfError::Books { date, problems } => write!(f, "the books of {date} do not hold together: {problems}"),
        }
    }
}

impl std::error::Error for AsOfError {}
