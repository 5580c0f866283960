//! History as it was known at the close of a day: what is asked beyond it is an error.

use super::announcements::Announced;
use super::auctions::AnnouncedAuction;
use super::error::HistoryError;
use super::folder::{History, Observation};
use super::registry::{Frequency, SeriesId};
use crate::calendar::fedwire;
use jiff::civil::Date;

/// What was known at the close of a day.
#[derive(Clone, Copy)]
pub struct AsKnown<'h> {
    history: &'h History,
    on: Date,
}

impl<'h> AsKnown<'h> {
    pub(super) fn new(history: &'h History, on: Date) -> AsKnown<'h> {
        AsKnown { history, on }
    }

    /// The day at whose close it was known.
    pub fn on(&self) -> Date {
        self.on
    }

    /// Every value of a series published by then, oldest first.
    ///
    /// # Errors
    /// The file is absent or wrong.
    pub fn series(&self, id: SeriesId) -> Result<&'h [Observation], HistoryError> {
        let all = self.history.all(id)?;
        let series = id.series();
        Ok(&all[..all.partition_point(|observation| series.published(observation.date) <= self.on)])
    }

    /// The value of a day; on days without an operation, nothing was taken.
    ///
    /// # Errors
    /// It was not yet published, or the publisher has none for that day, or the file is absent or wrong.
    pub fn value(&self, id: SeriesId, date: Date) -> Result<f64, HistoryError> {
        let series = id.series();
        let published = series.published(date);
        if published > self.on {
            return Err(HistoryError::Future { series: id, date, published, known_on: self.on });
        }
        let known = self.series(id)?;
        match known.binary_search_by(|observation| observation.date.cmp(&date)) {
            Ok(place) => Ok(known[place].value),
            Err(_) if series.frequency == Frequency::OperationDays && fedwire::is_business_day(date) => Ok(0.0),
            Err(_) => Err(HistoryError::Absent { series: id, date }),
        }
    }

    /// The last value of a day no later than this one; none if there is none.
    ///
    /// # Errors
    /// The day lies after the one on which this is known, or the file is absent or wrong.
    pub fn latest(&self, id: SeriesId, up_to: Date) -> Result<Option<Observation>, HistoryError> {
        if up_to > self.on {
            return Err(HistoryError::Future { series: id, date: up_to, published: up_to, known_on: self.on });
        }
        let known = self.series(id)?;
        let end = known.partition_point(|observation| observation.date <= up_to);
        Ok(known[..end].last().copied())
    }

    /// Every auction announced by then, in order of announcement.
    ///
    /// # Errors
    /// The files are absent or wrong.
    pub fn auctions(&self) -> Result<&'h [AnnouncedAuction], HistoryError> {
        let all = self.history.all_auctions()?;
        Ok(&all[..all.partition_point(|auction| auction.announced <= self.on)])
    }

    /// Of what was announced at its time, that which had been by then, in order of announcement.
    pub fn announced<T: Announced>(&self, all: &'static [T]) -> &'static [T] {
        &all[..all.partition_point(|announcement| announcement.announced() <= self.on)]
    }
}
