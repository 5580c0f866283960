//! What is refused before it comes near the folder: bodies of the wrong kind, and values that cannot be right.

use super::error::DownloadError;
use super::service::Service;
use super::table::is_missing;
use crate::history::{Frequency, Series};
use jiff::civil::Date;
use std::ops::RangeInclusive;

/// What a series has been before a value.
#[derive(Clone, Copy, Debug, Default)]
pub struct Past {
    /// The value before it, or of the same day.
    pub last: Option<f64>,
    /// The smallest and the largest size of a value.
    sizes: Option<(f64, f64)>,
}

impl Past {
    /// Takes in a value.
    pub fn widen(&mut self, value: f64) {
        let size = value.abs();
        let (low, high) = self.sizes.unwrap_or((size, size));
        self.sizes = Some((low.min(size), high.max(size)));
    }

    /// Whether a value is nothing like what the series has ever been.
    fn is_foreign(&self, value: f64) -> bool {
        /// How far beyond the smallest and the largest a new value may well lie.
        const ROOM: f64 = 10.0;
        self.sizes.is_some_and(|(low, high)| !(low / ROOM..=high * ROOM).contains(&value.abs()))
    }
}

/// Whose answer is being checked, for which file.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// Who sent it.
    pub service: Service,
    /// What it is for, from the folder's root.
    pub file: &'a str,
}

impl Answer<'_> {
    /// An answer of the wrong shape.
    pub fn misshapen(&self, reason: impl Into<String>) -> DownloadError {
        DownloadError::Shape { service: self.service, file: self.file.to_owned(), reason: reason.into() }
    }

    fn wrong(&self, column: &str, date: &str, value: &str, reason: impl Into<String>) -> DownloadError {
        DownloadError::Value {
            service: self.service,
            file: self.file.to_owned(),
            date: date.to_owned(),
            column: column.to_owned(),
            value: value.to_owned(),
            reason: reason.into(),
        }
    }

    /// Refuses a body that is an archive or a page, whatever its status said.
    ///
    /// # Errors
    /// It is one of these, or empty.
    pub fn check_kind(&self, body: &[u8], expected: &str) -> Result<(), DownloadError> {
        let text = String::from_utf8_lossy(&body[..body.len().min(4096)]);
        let found = if body.starts_with(b"PK\x03\x04") {
            "a ZIP archive".to_owned()
        } else if text.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
            format!("an HTML page (\"{}\")", title_of(&text))
        } else if text.trim().is_empty() {
            "nothing".to_owned()
        } else {
            return Ok(());
        };
        Err(self.misshapen(format!("it is {found} instead of {expected}")))
    }

    /// The JSON of a body.
    ///
    /// # Errors
    /// It is none.
    pub fn json(&self, body: &[u8]) -> Result<serde_json::Value, DownloadError> {
        self.check_kind(body, "JSON")?;
        serde_json::from_slice(body).map_err(|error| self.misshapen(format!("it is no JSON: {error}")))
    }

    /// A day of a row.
    ///
    /// # Errors
    /// The cell holds no date.
    pub fn date(&self, column: &str, cell: &str) -> Result<Date, DownloadError> {
        cell.parse().map_err(|_| self.misshapen(format!("`{cell}` in the column {column} is no date")))
    }

    /// A value, or none where the publisher has none.
    ///
    /// # Errors
    /// The cell holds anything else.
    pub fn number(&self, column: &str, date: &str, cell: &str) -> Result<Option<f64>, DownloadError> {
        if is_missing(cell) {
            return Ok(None);
        }
        match cell.trim().parse::<f64>() {
            Ok(value) if value.is_finite() => Ok(Some(value)),
            _ => Err(self.wrong(column, date, cell, "which is no number")),
        }
    }

    /// Refuses a value outside everything that its series has been, or a thousand times the one before it.
    ///
    /// # Errors
    /// The cell holds no number, or an implausible one.
    pub fn plausible(&self, series: &Series, date: &str, cell: &str, past: Past) -> Result<Option<f64>, DownloadError> {
        let unit = series.unit.name();
        let value = self.within(series.name, date, cell, series.low..=series.high, unit)?;
        match (value, past.last) {
            (Some(value), Some(before)) if past.is_foreign(value) && is_thousandfold(series, before, value) => {
                let reason = format!("about a thousand times more or less than {before} before it, in {unit}");
                Err(self.wrong(series.name, date, cell, reason))
            }
            _ => Ok(value),
        }
    }

    /// Refuses a value outside a range.
    ///
    /// # Errors
    /// The cell holds no number, or one outside.
    pub fn within(
        &self,
        column: &str,
        date: &str,
        cell: &str,
        range: RangeInclusive<f64>,
        unit: &str,
    ) -> Result<Option<f64>, DownloadError> {
        match self.number(column, date, cell)? {
            Some(value) if !range.contains(&value) => {
                let (low, high) = range.into_inner();
                let reason = format!("outside {low} to {high} {unit}, where it has always been; has its unit changed?");
                Err(self.wrong(column, date, cell, reason))
            }
            value => Ok(value),
        }
    }
}

/// Whether a value differs from the one before it as when a unit has changed. What is taken on single days may well
/// fall or rise so far, and a stock that is near nothing may rise so far: these are not judged. (ON RRP fell from
/// 7.1 to 0.012 $bn on 2021-02-01: it had been as low before, which is why the past counts.)
fn is_thousandfold(series: &Series, before: f64, value: f64) -> bool {
    /// A change of unit is a factor of a thousand, and what happens between two values is less than two.
    const FACTOR: std::ops::Range<f64> = 500.0..2000.0;
    let material = before.abs() >= series.high / 1000.0;
    let ratio = (value / before).abs();
    series.frequency != Frequency::OperationDays
        && material
        && (FACTOR.contains(&ratio) || FACTOR.contains(&ratio.recip()))
}

/// The title of a page, or its first words.
pub(super) fn title_of(page: &str) -> String {
    /// Characters of a page's title that are repeated to the user.
    const LONGEST: usize = 80;
    let lower = page.to_ascii_lowercase();
    let title = lower
        .find("<title")
        .and_then(|start| Some(start + lower[start..].find('>')? + 1))
        .and_then(|start| Some(&page[start..start + lower[start..].find('<')?]))
        .unwrap_or("no title");
    title.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::SeriesId;

    const ANSWER: Answer<'_> = Answer { service: Service::Fred, file: "fred/RRPONTSYD.csv" };

    fn past(values: &[f64]) -> Past {
        let mut past = Past { last: values.last().copied(), ..Past::default() };
        values.iter().for_each(|value| past.widen(*value));
        past
    }

    #[test]
    fn archives_and_pages_are_no_csv() {
        let refused = |body: &[u8]| ANSWER.check_kind(body, "CSV").unwrap_err().to_string();
        assert_eq!(
            refused(b"PK\x03\x04\x14\x00"),
            "fred/RRPONTSYD.csv: refused what FRED sent: it is a ZIP archive instead of CSV"
        );
        assert_eq!(
            refused(b"\n<!DOCTYPE html><html><TITLE>Access\n Denied</TITLE>"),
            "fred/RRPONTSYD.csv: refused what FRED sent: it is an HTML page (\"Access Denied\") instead of CSV"
        );
        assert!(refused(b"").ends_with("it is nothing instead of CSV"));
        assert!(ANSWER.check_kind(b"observation_date,SOFR\n", "CSV").is_ok());
    }

    #[test]
    fn a_change_of_unit_is_noticed_in_both_directions() {
        let on_rrp = SeriesId::OnRrp.series();
        // 15.782 $bn is FRED's value of 2026-03-31; 15782 is the same in $mn.
        let message = ANSWER.plausible(on_rrp, "2026-04-01", "15782", past(&[15.782])).unwrap_err().to_string();
        assert_eq!(
            message,
            "fred/RRPONTSYD.csv: refused what FRED sent: RRPONTSYD of 2026-04-01 is `15782`, outside 0 to 4000 $bn, \
             where it has always been; has its unit changed?"
        );
        let tga = SeriesId::TreasuryAccountWednesday.series();
        let message =
            ANSWER.plausible(tga, "2026-04-01", "840.1", past(&[22_892.0, 837_412.0])).unwrap_err().to_string();
        assert!(message.ends_with("about a thousand times more or less than 837412 before it, in $mn"), "{message}");
    }

    #[test]
    fn facilities_may_come_and_go() {
        // The standing facility: 74.6 $bn on 2025-12-31, 0.1 soon after.
        let srf = SeriesId::OvernightRepo.series();
        assert_eq!(ANSWER.plausible(srf, "2026-01-02", "0.1", past(&[74.6])).unwrap(), Some(0.1));
        assert_eq!(ANSWER.plausible(srf, "2025-10-31", "50.35", past(&[0.05])).unwrap(), Some(50.35));
        assert_eq!(ANSWER.plausible(srf, "2025-10-31", ".", past(&[0.05])).unwrap(), None);
        // FRED: nothing on days of 2019, 7.1 on 29 January 2021, 0.012 on 1 February.
        let on_rrp = SeriesId::OnRrp.series();
        assert_eq!(ANSWER.plausible(on_rrp, "2021-02-01", "0.012", past(&[0.0, 7.1])).unwrap(), Some(0.012));
    }
}
