//! The cells of a table that are values of a series: what is checked, and how far a file reaches.

use super::check::{Answer, Past};
use super::error::DownloadError;
use super::source::Source;
use super::table::{Table, is_missing};
use crate::history::{Place, Series, closing_balance_column};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// From when to when there are values, and of how many days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Days with a value.
    pub days: usize,
}

/// Refuses a table with a value that cannot be right, given what is stored.
///
/// # Errors
/// A value is no number, outside its series' range, or a thousand times the one before it.
pub fn check(answer: Answer<'_>, source: Source, new: &Table, stored: Option<&Table>) -> Result<(), DownloadError> {
    for series in source.series().filter(|series| series.place.file() == answer.file) {
        // A change of sign or size from day to day is the nature of net issuance.
        let has_before = !matches!(series.place, Place::NetBills | Place::NetCoupons);
        let mut before: BTreeMap<&str, f64> = BTreeMap::new();
        if let Some(stored) = stored.filter(|_| has_before) {
            let parsed = cells(series, stored).into_iter().map(|(day, cell)| (day, cell.parse().ok()));
            before.extend(parsed.filter_map(|(day, value)| Some((day, value?))));
        }
        let mut past = Past::default();
        before.values().for_each(|value| past.widen(*value));
        let mut sent = cells(series, new);
        sent.sort_unstable();
        for (day, cell) in sent {
            past.last = before.range(..=day).next_back().map(|(_, value)| *value);
            if let Some(value) = answer.plausible(series, day, cell, past)?
                && has_before
            {
                past.widen(value);
                before.insert(day, value);
            }
        }
    }
    match source {
        Source::Auctions => check_column(answer, new, "auction_date", "offering_amt", OFFERED, "$"),
        Source::CashTransactions => {
            check_column(answer, new, "record_date", "transaction_today_amt", TRANSACTED, "$mn")
        }
        _ => Ok(()),
    }
}

/// The smallest and the largest amount offered in an auction, with room, dollars (fiscal data, auctions_query:
/// 25 million on 2023-08-17, a test of the systems; 119bn of a bill in 2025). The statements are in millions, so
/// that a mistaken unit stands out.
const OFFERED: RangeInclusive<f64> = 1e6..=1e12;

/// What a line of deposits or withdrawals may come to in a day, with room, millions of dollars (Daily Treasury
/// Statement: redemptions of debt, the largest line, up to 0.7tn).
const TRANSACTED: RangeInclusive<f64> = -5e6..=5e6;

fn check_column(
    answer: Answer<'_>,
    new: &Table,
    day: &str,
    column: &str,
    range: RangeInclusive<f64>,
    unit: &str,
) -> Result<(), DownloadError> {
    let (Some(day), Some(place)) = (new.column(day), new.column(column)) else {
        return if new.rows.is_empty() { Ok(()) } else { Err(answer.misshapen(format!("it has no column {column}"))) };
    };
    for row in &new.rows {
        answer.within(column, &row[day], &row[place], range.clone(), unit)?;
    }
    Ok(())
}

/// How far the values of a series reach in its file.
pub fn extent_of_series(series: &Series, table: &Table) -> Option<Extent> {
    let days = cells(series, table).into_iter().filter(|(_, cell)| !is_missing(cell)).map(|(day, _)| day);
    extent(days)
}

/// How far what a source brings reaches in its file.
pub fn extent_of_source(source: Source, table: &Table) -> Option<Extent> {
    let day = table.column(source.day())?;
    let kind = table.column("type");
    let belongs = |row: &&Vec<String>| match (source, kind) {
        (Source::ReferenceRate(rate), Some(kind)) => row[kind] == rate,
        _ => true,
    };
    extent(table.rows.iter().filter(belongs).map(|row| row[day].as_str()))
}

fn extent<'t>(days: impl Iterator<Item = &'t str>) -> Option<Extent> {
    let mut days: Vec<Date> = days.filter_map(|day| day.get(..10)?.parse().ok()).collect();
    days.sort_unstable();
    days.dedup();
    Some(Extent { from: *days.first()?, to: *days.last()?, days: days.len() })
}

/// Day and text of every cell that is a value of a series; none if the table has not its columns.
fn cells<'t>(series: &Series, table: &'t Table) -> Vec<(&'t str, &'t str)> {
    try_cells(series, table).unwrap_or_default()
}

fn try_cells<'t>(series: &Series, table: &'t Table) -> Option<Vec<(&'t str, &'t str)>> {
    let pick = |day: &str, column: &str, belongs: &dyn Fn(&[String]) -> bool| {
        let (day, column) = (table.column(day)?, table.column(column)?);
        let rows = table.rows.iter().filter(|row| belongs(row));
        Some(rows.map(|row| (row[day].as_str(), row[column].as_str())).collect::<Vec<_>>())
    };
    match series.place {
        Place::Fred(id) => pick("observation_date", id, &|_| true).or_else(|| pick("DATE", id, &|_| true)),
        Place::ReferenceRate { rate, column } => {
            let kind = table.column("type")?;
            pick("effectiveDate", column, &|row| row[kind] == rate)
        }
        Place::OvernightRepo => pick("operationDate", "totalAmtAccepted_bn", &|_| true),
        Place::Holdings(class) => pick("asOfDate", class, &|_| true),
        Place::CashBalance => {
            let account = table.column("account_type")?;
            let mut cells = Vec::new();
            for column in ["close_today_bal", "open_today_bal"] {
                cells
                    .extend(pick("record_date", column, &|row| closing_balance_column(&row[account]) == Some(column))?);
            }
            Some(cells)
        }
        Place::NetBills | Place::NetCoupons => {
            let (market, kind) = (table.column("security_market")?, table.column("security_type")?);
            let kinds: &[&str] = if series.place == Place::NetBills { &["Bills"] } else { &["Notes", "Bonds"] };
            pick("record_date", "transaction_today_amt", &|row| {
                row[market] == "Marketable" && kinds.contains(&row[kind].as_str())
            })
        }
    }
}
