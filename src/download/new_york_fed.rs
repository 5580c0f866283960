//! The New York Fed's markets service: reference rates, and its repo and reverse repo operations.

use super::check::Answer;
use super::client::Client;
use super::error::DownloadError;
use super::service::Service;
use super::table::{Table, is_missing};
use jiff::civil::{Date, date};
use serde_json::Value;
use std::collections::BTreeMap;

/// Columns of the reference rates, as the service names them.
const RATES: [&str; 15] = [
    "effectiveDate",
    "type",
    "percentRate",
    "percentPercentile1",
    "percentPercentile25",
    "percentPercentile75",
    "percentPercentile99",
    "volumeInBillions",
    "targetRateFrom",
    "targetRateTo",
    "intraDayLow",
    "intraDayHigh",
    "stdDeviation",
    "revisionIndicator",
    "footnoteId",
];

/// What the repo and the reverse repo operations have in common.
const OPERATION: [&str; 11] = [
    "operationId",
    "operationDate",
    "settlementDate",
    "maturityDate",
    "operationType",
    "operationMethod",
    "settlementType",
    "termCalenderDays",
    "term",
    "releaseTime",
    "closeTime",
];

/// What a repo operation has besides; after a collateral's name, its details.
const REPO: [&str; 24] = [
    "operationLimit",
    "totalAmtSubmitted",
    "totalAmtAccepted",
    "Treasury_amtSubmitted",
    "Treasury_amtAccepted",
    "Treasury_minimumBidRate",
    "Agency_amtSubmitted",
    "Agency_amtAccepted",
    "Agency_minimumBidRate",
    "MortgageBacked_amtSubmitted",
    "MortgageBacked_amtAccepted",
    "MortgageBacked_minimumBidRate",
    "Treasury_percentHighRate",
    "Treasury_percentLowRate",
    "Treasury_percentStopOutRate",
    "Treasury_percentWeightedAverageRate",
    "MortgageBacked_percentHighRate",
    "MortgageBacked_percentLowRate",
    "MortgageBacked_percentStopOutRate",
    "MortgageBacked_percentWeightedAverageRate",
    "Agency_percentHighRate",
    "Agency_percentLowRate",
    "Agency_percentStopOutRate",
    "Agency_percentWeightedAverageRate",
];

/// What a reverse repo operation has besides.
const REVERSE_REPO: [&str; 13] = [
    "participatingCpty",
    "acceptedCpty",
    "totalAmtSubmitted",
    "totalAmtAccepted",
    "Treasury_amtSubmitted",
    "Treasury_amtAccepted",
    "Treasury_percentOfferingRate",
    "Treasury_percentAwardRate",
    "Treasury_maximumBidRate",
    "MortgageBacked_amtSubmitted",
    "MortgageBacked_amtAccepted",
    "MortgageBacked_percentOfferingRate",
    "MortgageBacked_percentAwardRate",
];

/// Which side of the market an operation is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The Fed lends.
    Repo,
    /// The Fed borrows.
    ReverseRepo,
}

impl Side {
    /// As the service spells it.
    const fn name(self) -> &'static str {
        match self {
            Side::Repo => "Repo",
            Side::ReverseRepo => "Reverse Repo",
        }
    }

    fn columns(self) -> Vec<&'static str> {
        let besides: &[&str] = if self == Side::Repo { &REPO } else { &REVERSE_REPO };
        [&OPERATION[..], besides].concat()
    }
}

/// A reference rate from a day up to another, with percentiles and volume.
///
/// # Errors
/// The service does not answer, or with something else.
pub fn rate(client: &Client, rate: &str, file: &str, from: Date, to: Date) -> Result<Table, DownloadError> {
    let answer = Answer { service: Service::NewYorkFed, file };
    let market = if ["EFFR", "OBFR"].contains(&rate) { "unsecured" } else { "secured" };
    let path = format!("/api/rates/{market}/{}/search.json", rate.to_ascii_lowercase());
    let mut table = Table::new(&RATES);
    for (start, end) in years(from, to) {
        let body = client.get(
            Service::NewYorkFed,
            &path,
            &[("startDate", &start.to_string()), ("endDate", &end.to_string())],
        )?;
        let json = answer.json(&body)?;
        let sent = json
            .get("refRates")
            .and_then(Value::as_array)
            .ok_or_else(|| answer.misshapen("it has no list of refRates"))?;
        for row in sent.iter().filter(|row| row.get("type").and_then(Value::as_str) == Some(rate)) {
            let cells = RATES.map(|column| text(row.get(column)));
            answer.date("effectiveDate", &cells[0])?;
            table.rows.push(cells.to_vec());
        }
    }
    // Newest first within a year.
    table.rows.sort();
    Ok(table)
}

/// The operations of one side from a day up to another. Only those with results count, and the exercises in small
/// value, which test the desk's systems, do not.
///
/// # Errors
/// The service does not answer, or with something else.
pub fn operations(client: &Client, side: Side, file: &str, from: Date, to: Date) -> Result<Table, DownloadError> {
    let answer = Answer { service: Service::NewYorkFed, file };
    let columns = side.columns();
    let mut table = Table::new(&columns);
    for (start, end) in years(from, to) {
        let body = client.get(
            Service::NewYorkFed,
            "/api/rp/results/search.json",
            &[("startDate", &start.to_string()), ("endDate", &end.to_string()), ("operationTypes", side.name())],
        )?;
        let json = answer.json(&body)?;
        let sent = json
            .pointer("/repo/operations")
            .and_then(Value::as_array)
            .ok_or_else(|| answer.misshapen("it has no list of repo operations"))?;
        for operation in sent.iter().filter(|operation| counts(operation, side)) {
            let row: Vec<String> = columns.iter().map(|column| cell(operation, column)).collect();
            answer.date("operationDate", &row[1])?;
            table.rows.push(row);
        }
    }
    // Newest first within a year; the identifier comes first in a row, the day second.
    table.rows.sort_by(|a, b| (&a[1], &a[0]).cmp(&(&b[1], &b[0])));
    Ok(table)
}

/// All overnight repo accepted on a day, $bn: several windows a day are added up, days without an operation absent.
///
/// # Errors
/// An amount is no number.
pub fn overnight_accepted(operations: &Table, file: &str) -> Result<Table, DownloadError> {
    let answer = Answer { service: Service::NewYorkFed, file };
    let place = |name: &str| operations.column(name).expect("the column is one of every operation's");
    let (day, term, amount) = (place("operationDate"), place("term"), place("totalAmtAccepted"));
    let mut days: BTreeMap<&str, f64> = BTreeMap::new();
    for row in operations.rows.iter().filter(|row| row[term] == "Overnight") {
        if let Some(dollars) = answer.number("totalAmtAccepted", &row[day], &row[amount])? {
            *days.entry(&row[day]).or_insert(0.0) += dollars;
        }
    }
    let mut table = Table::new(&["operationDate", "totalAmtAccepted_bn"]);
    table.rows = days.into_iter().map(|(day, dollars)| vec![day.to_owned(), (dollars / 1e9).to_string()]).collect();
    Ok(table)
}

fn counts(operation: &Value, side: Side) -> bool {
    let is = |name: &str, value: &str| operation.get(name).and_then(Value::as_str) == Some(value);
    let noted = text(operation.get("note")).to_ascii_lowercase().contains("small value");
    is("operationType", side.name()) && is("auctionStatus", "Results") && !is("isSmallValue", "Y") && !noted
}

/// A cell of an operation: of itself, or of the details of one kind of collateral.
fn cell(operation: &Value, column: &str) -> String {
    let Some((collateral, field)) = column.split_once('_') else { return text(operation.get(column)) };
    let of_collateral = |detail: &&Value| {
        let named = detail.get("securityType").and_then(Value::as_str);
        named.is_some_and(|named| named.replace('-', "") == collateral)
    };
    let details = operation.get("details").and_then(Value::as_array);
    text(details.and_then(|details| details.iter().find(of_collateral)).and_then(|detail| detail.get(field)))
}

/// A value as text; numbers come as numbers or as strings, and missing ones in several spellings.
pub(super) fn text(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) if !is_missing(text) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// The calendar years between two days: the service has no pages, and a decade in one answer is slow.
fn years(from: Date, to: Date) -> Vec<(Date, Date)> {
    (from.year()..=to.year())
        .map(|year| (from.max(date(year, 1, 1)), to.min(date(year, 12, 31))))
        .filter(|(start, end)| start <= end)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_spans_are_asked_year_by_year() {
        assert_eq!(
            years(date(2024, 11, 5), date(2026, 1, 2)),
            [
                (date(2024, 11, 5), date(2024, 12, 31)),
                (date(2025, 1, 1), date(2025, 12, 31)),
                (date(2026, 1, 1), date(2026, 1, 2))
            ]
        );
        assert!(years(date(2026, 1, 2), date(2026, 1, 1)).is_empty());
    }
}
