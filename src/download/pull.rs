//! From a publisher's answer to the file in the folder: asked from where the file ends, checked, merged, written.

use super::check::Answer;
use super::client::Client;
use super::error::DownloadError;
use super::service::Service;
use super::source::Source;
use super::store::Store;
use super::table::Table;
use super::values::{check, extent_of_source};
use super::{fiscal_data, fred, holdings, new_york_fed};
use crate::history::Place;
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// What a pull did to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The file, from the folder's root.
    pub file: String,
    /// The first day that was asked for.
    pub asked_from: Date,
    /// The last day in the file of what was asked for.
    pub to: Option<Date>,
    /// Rows that came to the file.
    pub added: usize,
    /// Whether any byte of the file is new.
    pub changed: bool,
}

/// How a source fared among others.
#[derive(Debug)]
pub enum Fate {
    /// Its files are up to date.
    Pulled(Vec<Change>),
    /// Its files are as they were.
    Failed(DownloadError),
    /// It was not asked for, since its publisher could not be reached for those before it.
    Skipped(Service),
}

/// Fetches sources one after the other; one that fails does not keep the others from coming. Before each, `next` is
/// told which it is.
pub fn pull_all(
    client: &Client,
    store: &Store,
    sources: &[Source],
    today: Date,
    next: &dyn Fn(Source),
) -> Vec<(Source, Fate)> {
    /// Sources in a row for which a service may be out of reach before it is left alone.
    const PATIENCE: u32 = 2;
    let mut unreached = [0; Service::ALL.len()];
    let mut fates = Vec::new();
    for &source in sources {
        next(source);
        let service = source.service(client);
        let failures = &mut unreached[service as usize];
        if *failures >= PATIENCE {
            fates.push((source, Fate::Skipped(service)));
            continue;
        }
        let fate = match pull(client, store, source, today) {
            Ok(changes) => Fate::Pulled(changes),
            Err(error) => Fate::Failed(error),
        };
        *failures = if matches!(fate, Fate::Failed(DownloadError::Unreachable { .. })) { *failures + 1 } else { 0 };
        fates.push((source, fate));
    }
    fates
}

/// Fetches what is new of a source up to a day.
///
/// # Errors
/// The publisher does not answer or sends something that is refused, or a file cannot be read or written. The files
/// are then as they were.
pub fn pull(client: &Client, store: &Store, source: Source, today: Date) -> Result<Vec<Change>, DownloadError> {
    let file = source.file();
    let mut files = vec![(file.clone(), store.read(&file)?.map(|stored| modern(source, stored)))];
    let totals = (source == Source::RepoOperations).then(|| Place::OvernightRepo.file());
    if let Some(totals) = &totals {
        files.push((totals.clone(), store.read(totals)?));
    }
    let from = files.iter().map(|(_, stored)| start(source, stored.as_ref(), today)).min().unwrap_or(today);
    let service = source.service(client);
    let fetched = fetch(client, source, &file, from, today)?;
    let mut tables = vec![fetched];
    if let Some(totals) = &totals {
        tables.push(new_york_fed::overnight_accepted(&tables[0], totals)?);
    }
    // All are checked before the first is written.
    for ((file, stored), table) in files.iter().zip(&tables) {
        let answer = Answer { service, file };
        if stored.is_none() && table.rows.is_empty() {
            return Err(answer.misshapen(format!("it has no rows since {from}")));
        }
        check(answer, source, table, stored.as_ref())?;
    }
    let mut changes = Vec::new();
    for ((file, stored), table) in files.into_iter().zip(tables) {
        let before = stored.as_ref().map_or(0, |stored| stored.rows.len());
        let mut kept = stored.clone().unwrap_or_else(|| Table { header: table.header.clone(), rows: Vec::new() });
        if source == Source::Auctions {
            drop_withdrawn(&mut kept, &table, from);
        }
        let keys = if Some(&file) == totals.as_ref() { &["operationDate"][..] } else { source.keys() };
        let merged = kept.merged(table, keys);
        store.write(&file, &merged, &format!("{}, {}", service.name(), client.address(service)))?;
        changes.push(Change {
            asked_from: from,
            to: extent_of_source(source, &merged).map(|extent| extent.to),
            added: merged.rows.len().saturating_sub(before),
            changed: stored.as_ref() != Some(&merged),
            file,
        });
    }
    Ok(changes)
}

/// The first day to ask for: a few before the last stored one, since publishers correct themselves.
fn start(source: Source, stored: Option<&Table>, today: Date) -> Date {
    let since = date(source.since(), 1, 1);
    let last = stored.and_then(|stored| extent_of_source(source, stored)).map(|extent| extent.to.min(today));
    last.and_then(|last| last.checked_sub(source.revised_days().days()).ok()).map_or(since, |from| from.max(since))
}

/// A stored file of FRED with the name of the date column that it had before 2024.
fn modern(source: Source, mut stored: Table) -> Table {
    if let (Source::Fred(_), Some("DATE")) = (source, stored.header.first().map(String::as_str)) {
        stored.header[0] = source.day().to_owned();
    }
    stored
}

/// Takes out auctions that were announced when the file was written and are no longer in the publisher's table:
/// they were withdrawn, or moved to another day, and would count twice.
fn drop_withdrawn(kept: &mut Table, new: &Table, from: Date) {
    let (Some(day), Some(cusip)) = (kept.column("auction_date"), kept.column("cusip")) else { return };
    let (Some(new_day), Some(new_cusip)) = (new.column("auction_date"), new.column("cusip")) else { return };
    let from = from.to_string();
    let stands = |row: &Vec<String>| {
        let same = |other: &Vec<String>| other[new_day] == row[day] && other[new_cusip] == row[cusip];
        row[day] < from || new.rows.iter().any(same)
    };
    kept.rows.retain(stands);
}

fn fetch(client: &Client, source: Source, file: &str, from: Date, today: Date) -> Result<Table, DownloadError> {
    use new_york_fed::Side;
    match source {
        Source::Fred(id) => {
            let series = source.series().next().expect("a source of FRED is made from its series");
            fred::fetch(client, series, id, file, from)
        }
        Source::ReferenceRate(rate) => new_york_fed::rate(client, rate, file, from, today),
        Source::RepoOperations => new_york_fed::operations(client, Side::Repo, file, from, today),
        Source::ReverseRepoOperations => new_york_fed::operations(client, Side::ReverseRepo, file, from, today),
        Source::Holdings => holdings::holdings(client, file, from),
        Source::CashBalance => fiscal_data::fetch(client, &fiscal_data::CASH_BALANCE, file, from),
        Source::DebtTransactions => fiscal_data::fetch(client, &fiscal_data::DEBT_TRANSACTIONS, file, from),
        Source::Auctions => fiscal_data::fetch(client, &fiscal_data::AUCTIONS, file, from),
        Source::CashTransactions => fiscal_data::fetch(client, &fiscal_data::CASH_TRANSACTIONS, file, from),
    }
}
