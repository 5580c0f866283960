//! The folder of official series, each read once, when first asked for.

use super::as_known::AsKnown;
use super::auctions::{AnnouncedAuction, read_auctions};
use super::csv_file::{CsvFile, Row};
use super::error::HistoryError;
use super::registry::{Place, SeriesId};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A value of a day, in the model's unit: billions of dollars, or percent per year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    /// The day it is of.
    pub date: Date,
    /// The value.
    pub value: f64,
}

type Read<T> = OnceLock<Result<Vec<T>, HistoryError>>;

/// Official history in a local folder.
pub struct History {
    folder: PathBuf,
    series: Vec<Read<Observation>>,
    auctions: Read<AnnouncedAuction>,
}

impl History {
    /// Opens a folder laid out as `tidegate data pull` leaves it.
    ///
    /// # Errors
    /// There is no such folder. Files are read when they are first asked for.
    pub fn open(folder: &Path) -> Result<History, HistoryError> {
        if !folder.is_dir() {
            return Err(HistoryError::NoFolder(folder.into()));
        }
        let series = SeriesId::ALL.iter().map(|_| OnceLock::new()).collect();
        Ok(History { folder: folder.into(), series, auctions: OnceLock::new() })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What was known at the close of a day.
    pub fn as_known(&self, on: Date) -> AsKnown<'_> {
        AsKnown::new(self, on)
    }

    /// Every value of a series, oldest first. Only [`AsKnown`] may hand them on.
    pub(super) fn all(&self, id: SeriesId) -> Result<&[Observation], HistoryError> {
        let read = self.series[id as usize].get_or_init(|| read_series(&self.folder, id));
        read.as_deref().map_err(Clone::clone)
    }

    /// Every auction, in order of announcement. Only [`AsKnown`] may hand them on.
    pub(super) fn all_auctions(&self) -> Result<&[AnnouncedAuction], HistoryError> {
        self.auctions.get_or_init(|| read_auctions(&self.folder)).as_deref().map_err(Clone::clone)
    }

    /// The last day of which any series has a value, to say how far the folder reaches.
    ///
    /// # Errors
    /// The series cannot be read.
    pub fn last_day(&self, id: SeriesId) -> Result<Option<Date>, HistoryError> {
        Ok(self.all(id)?.last().map(|observation| observation.date))
    }
}

/// The spellings of the closing balance over time (Daily Treasury Statement, table I): up to September 2021, up to
/// 15 April 2022, and since; the last stands in the column of opening balances.
const CLOSING_BALANCE: [&str; 3] =
    ["Federal Reserve Account", "Treasury General Account (TGA)", "Treasury General Account (TGA) Closing Balance"];

fn read_series(folder: &Path, id: SeriesId) -> Result<Vec<Observation>, HistoryError> {
    let series = id.series();
    let path = folder.join(series.place.file());
    let mut days = BTreeMap::new();
    let mut put = |row: &Row<'_>, date: Date, value: Option<f64>| {
        if date.year() >= series.since
            && let Some(value) = value
        {
            if !(series.low..=series.high).contains(&value) {
                return Err(HistoryError::Implausible {
                    file: path.clone(),
                    line: row.line(),
                    value,
                    low: series.low,
                    high: series.high,
                    unit: series.unit.name(),
                });
            }
            *days.entry(date).or_insert(0.0) += value * series.unit.to_model();
        }
        Ok(())
    };
    match series.place {
        Place::Fred(name) => CsvFile::open(&path, &[&["observation_date", "DATE"], &[name]])?
            .rows(|row| put(row, row.date(0)?, row.number(1)?))?,
        Place::ReferenceRate { rate, column } => CsvFile::open(&path, &[&["effectiveDate"], &["type"], &[column]])?
            .rows(|row| if row.text(1) == rate { put(row, row.date(0)?, row.number(2)?) } else { Ok(()) })?,
        Place::OvernightRepo => CsvFile::open(&path, &[&["operationDate"], &["totalAmtAccepted_bn"]])?
            .rows(|row| put(row, row.date(0)?, row.number(1)?))?,
        Place::Holdings(column) => {
            CsvFile::open(&path, &[&["asOfDate"], &[column]])?.rows(|row| put(row, row.date(0)?, row.number(1)?))?
        }
        Place::CashBalance => {
            let columns: [&[&str]; 4] =
                [&["record_date"], &["account_type"], &["close_today_bal"], &["open_today_bal"]];
            CsvFile::open(&path, &columns)?.rows(|row| {
                let Some(spelling) = CLOSING_BALANCE.iter().position(|name| *name == row.text(1)) else {
                    return Ok(());
                };
                put(row, row.date(0)?, row.number(if spelling == 2 { 3 } else { 2 })?)
            })?;
        }
        Place::NetBills | Place::NetCoupons => {
            let columns: [&[&str]; 5] = [
                &["record_date"],
                &["transaction_type"],
                &["security_market"],
                &["security_type"],
                &["transaction_today_amt"],
            ];
            let types: &[&str] = if series.place == Place::NetBills { &["Bills"] } else { &["Notes", "Bonds"] };
            CsvFile::open(&path, &columns)?.rows(|row| {
                if row.text(2) != "Marketable" || !types.contains(&row.text(3)) {
                    return Ok(());
                }
                let sign = if row.text(1) == "Issues" { 1.0 } else { -1.0 };
                put(row, row.date(0)?, row.number(4)?.map(|amount| sign * amount))
            })?;
        }
    }
    Ok(days.into_iter().map(|(date, value)| Observation { date, value }).collect())
}
