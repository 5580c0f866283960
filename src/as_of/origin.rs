//! The close of a day, and what was known of it.

use super::error::AsOfError;
use crate::calendar::fedwire;
use crate::calendar::names::long_date;
use crate::history::{Announced, AnnouncedAuction, AsKnown, History, Observation, Publisher, SeriesId};
use jiff::civil::{Date, Weekday, date};

/// The first day for which there is a vintage: the second of SOFR and TGCR (New York Fed, reference rates).
pub const FIRST: Date = date(2018, 4, 3);

/// Calendar days a daily series may be behind: a closed market between weekends, such as Good Friday.
const STALE_DAYS: i32 = 5;

/// Calendar days the weekly statement may be behind: a week, with holidays.
const STALE_WEEKLY: i32 = 9;

/// What is known of the close of a day: what is published by the close of the next business day.
pub fn known_of(history: &History, date: Date) -> AsKnown<'_> {
    history.as_known(fedwire::next_business_day(date))
}

/// The close of a business day with what was known of it, and nothing of later days.
#[derive(Clone, Copy)]
pub struct Origin<'k, 'h> {
    known: &'k AsKnown<'h>,
    /// The day.
    pub date: Date,
}

impl<'k, 'h> Origin<'k, 'h> {
    /// Checks that the day is a business day which the folder reaches.
    pub fn new(known: &'k AsKnown<'h>, date: Date) -> Result<Origin<'k, 'h>, AsOfError> {
        if date < FIRST {
            return Err(AsOfError::TooEarly { date, first: FIRST });
        }
        if !fedwire::is_business_day(date) {
            let (before, after) = (fedwire::on_or_before(date), fedwire::on_or_after(date));
            return Err(AsOfError::Closed { date, before, after });
        }
        let origin = Origin { known, date };
        for (series, stale) in [
            (SeriesId::TotalAssets, STALE_WEEKLY),
            (SeriesId::CashBalance, 0),
            (SeriesId::OnRrp, STALE_DAYS),
            (SeriesId::Sofr, STALE_DAYS),
        ] {
            let last = origin.latest(series)?.date;
            if (date - last).get_days() > stale {
                return Err(AsOfError::NotReached { series, date, last: Some(last) });
            }
        }
        Ok(origin)
    }

    /// The last value of a day no later than the origin.
    pub fn latest(&self, series: SeriesId) -> Result<Observation, AsOfError> {
        self.latest_at(series, self.date)
    }

    /// The last value of a day no later than `date` or the origin.
    pub fn latest_at(&self, series: SeriesId, date: Date) -> Result<Observation, AsOfError> {
        let date = date.min(self.date);
        self.known.latest(series, date)?.ok_or(AsOfError::NotReached { series, date, last: None })
    }

    /// Every value of days up to the origin, oldest first.
    pub fn values(&self, series: SeriesId) -> Result<&'h [Observation], AsOfError> {
        let all = self.known.series(series)?;
        Ok(&all[..all.partition_point(|value| value.date <= self.date)])
    }

    /// Every value of days after `from` and up to `to` or the origin.
    pub fn between(&self, series: SeriesId, from: Date, to: Date) -> Result<&'h [Observation], AsOfError> {
        let all = self.values(series)?;
        let (first, end) = (all.partition_point(|v| v.date <= from), all.partition_point(|v| v.date <= to));
        Ok(&all[first..end.max(first)])
    }

    /// The value of a day on which operations are held as needed.
    pub fn operation(&self, series: SeriesId, date: Date) -> Result<f64, AsOfError> {
        Ok(self.known.value(series, fedwire::on_or_before(date))?)
    }

    /// Every auction announced by the origin.
    pub fn auctions(&self) -> Result<&'h [AnnouncedAuction], AsOfError> {
        let all = self.known.auctions()?;
        Ok(&all[..all.partition_point(|auction| auction.announced <= self.date)])
    }

    /// What had been announced by the origin.
    pub fn announced<T: Announced>(&self, all: &'static [T]) -> &'static [T] {
        let all = self.known.announced(all);
        &all[..all.partition_point(|announcement| announcement.announced() <= self.date)]
    }

    /// How a source names a value of the weekly or daily statistics.
    pub fn cite(&self, series: SeriesId, value: Observation) -> String {
        let about = series.series();
        let meaning = about.meaning.trim_end_matches('.');
        let day = long_date(value.date);
        match about.publisher {
            Publisher::Board if value.date.weekday() == Weekday::Wednesday && series != SeriesId::OnRrp => {
                let release = long_date(about.published(value.date));
                let carried = if value.date == self.date { "" } else { ", carried forward" };
                format!(
                    "Federal Reserve H.4.1 of {release}, {meaning}, level of Wednesday {day} (FRED {series}){carried}"
                )
            }
            Publisher::Board => format!("{meaning}, {day} (FRED {series})"),
            Publisher::NewYorkFed => format!("New York Fed, {meaning}, {day}"),
            Publisher::FiscalService => format!("Daily Treasury Statement, {meaning}, {day}"),
        }
    }
}
