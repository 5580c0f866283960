//! FRED: one series at a time, as CSV without a key or through the API with one.

use super::check::Answer;
use super::client::Client;
use super::error::DownloadError;
use super::service::Service;
use super::table::{Table, is_missing};
use crate::history::{PublishedUnit, Series};
use jiff::civil::Date;
use serde_json::Value;

/// Most observations that the API sends in one answer, and its default.
const PAGE: usize = 100_000;

/// The values of a series from a day on.
///
/// # Errors
/// FRED does not answer, or with something else, or in another unit than the registry's.
pub fn fetch(client: &Client, series: &Series, id: &str, file: &str, from: Date) -> Result<Table, DownloadError> {
    if client.has_key() { from_api(client, series, id, file, from) } else { from_csv(client, id, file, from) }
}

/// One id to a request: several of different frequency are answered with a ZIP archive.
fn from_csv(client: &Client, id: &str, file: &str, from: Date) -> Result<Table, DownloadError> {
    let answer = Answer { service: Service::Fred, file };
    let body = client.get(Service::Fred, "/graph/fredgraph.csv", &[("id", id), ("cosd", &from.to_string())])?;
    answer.check_kind(&body, "CSV")?;
    let sent = Table::parse(&body).map_err(|reason| answer.misshapen(format!("it is no CSV: {reason}")))?;
    match &sent.header[..] {
        [date, value] if ["observation_date", "DATE"].contains(&date.as_str()) && value == id => {}
        other => {
            let reason = format!("its columns are {}, expected observation_date,{id}", other.join(","));
            return Err(answer.misshapen(reason));
        }
    }
    table(answer, id, sent.rows.into_iter().map(|row| (row[0].clone(), row[1].clone())))
}

fn from_api(client: &Client, series: &Series, id: &str, file: &str, from: Date) -> Result<Table, DownloadError> {
    let answer = Answer { service: Service::FredApi, file };
    check_unit(client, series, id, answer)?;
    let from = from.to_string();
    let mut observations = Vec::new();
    loop {
        let (limit, offset) = (PAGE.to_string(), observations.len().to_string());
        let query = [
            ("series_id", id),
            ("file_type", "json"),
            ("observation_start", &from),
            ("limit", &limit),
            ("offset", &offset),
        ];
        let body = client.get(Service::FredApi, "/fred/series/observations", &query)?;
        let page = answer.json(&body)?;
        let count = page.get("count").and_then(Value::as_u64).ok_or_else(|| answer.misshapen("it has no count"))?;
        let sent = page
            .get("observations")
            .and_then(Value::as_array)
            .ok_or_else(|| answer.misshapen("it has no list of observations"))?;
        for observation in sent {
            let text = |name: &str| observation.get(name).and_then(Value::as_str).map(str::to_owned);
            let (Some(date), Some(value)) = (text("date"), text("value")) else {
                return Err(answer.misshapen(format!("an observation is {observation}")));
            };
            observations.push((date, value));
        }
        if observations.len() as u64 >= count {
            return table(answer, id, observations.into_iter());
        }
        if sent.is_empty() {
            return Err(answer.misshapen(format!("of {count} observations it sent {}", observations.len())));
        }
    }
}

/// Compares the unit that FRED states with that of the registry.
fn check_unit(client: &Client, series: &Series, id: &str, answer: Answer<'_>) -> Result<(), DownloadError> {
    let body = client.get(Service::FredApi, "/fred/series", &[("series_id", id), ("file_type", "json")])?;
    let json = answer.json(&body)?;
    // The plural is FRED's.
    let stated = json
        .pointer("/seriess/0/units")
        .and_then(Value::as_str)
        .ok_or_else(|| answer.misshapen(format!("it states no unit of {id}")))?;
    if unit(stated) == Some(series.unit) {
        return Ok(());
    }
    let reason = format!("it states {id} in \"{stated}\", expected \"{}\"", series.unit.fred_name());
    Err(answer.misshapen(reason))
}

/// FRED spells the same unit in more than one way: `U.S. Dollars` and `US Dollars`.
fn unit(stated: &str) -> Option<PublishedUnit> {
    let plain = stated.to_ascii_lowercase().replace('.', "");
    [PublishedUnit::Millions, PublishedUnit::Billions, PublishedUnit::Dollars, PublishedUnit::Percent]
        .into_iter()
        .find(|unit| unit.fred_name().to_ascii_lowercase().replace('.', "") == plain)
}

/// The rows that have a value.
fn table(answer: Answer<'_>, id: &str, rows: impl Iterator<Item = (String, String)>) -> Result<Table, DownloadError> {
    let mut table = Table::new(&["observation_date", id]);
    for (date, value) in rows {
        answer.date("observation_date", &date)?;
        if !is_missing(&value) {
            table.rows.push(vec![date, value]);
        }
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_known_in_each_of_their_spellings() {
        assert_eq!(unit("Billions of US Dollars"), Some(PublishedUnit::Billions));
        assert_eq!(unit("Millions of U.S. Dollars"), Some(PublishedUnit::Millions));
        assert_eq!(unit("Percent"), Some(PublishedUnit::Percent));
        assert_eq!(unit("Percent of GDP"), None);
    }
}
