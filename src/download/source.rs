//! What is asked for in one go, and the files it fills.

use super::client::Client;
use super::service::Service;
use crate::history::{Place, REGISTRY, Series};

/// Something that a publisher is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A series of FRED.
    Fred(&'static str),
    /// A reference rate, with percentiles and volume.
    ReferenceRate(&'static str),
    /// The Fed's repo operations, the standing facility's among them.
    RepoOperations,
    /// The Fed's reverse repo operations.
    ReverseRepoOperations,
    /// The Fed's securities by class.
    Holdings,
    /// Table I of the Daily Treasury Statement.
    CashBalance,
    /// Table III-A of the Daily Treasury Statement.
    DebtTransactions,
    /// Auctions of Treasury securities, the announced ones among them.
    Auctions,
    /// Table II of the Daily Treasury Statement: deposits and withdrawals by category.
    CashTransactions,
}

/// The operations, auctions and transactions, which are tables of many columns and no series.
const TABLES: [(&str, Source, &str); 4] = [
    ("REPO_OPERATIONS", Source::RepoOperations, "opening balance sheet"),
    ("REVERSE_REPO_OPERATIONS", Source::ReverseRepoOperations, "checks"),
    ("AUCTIONS", Source::Auctions, "announced issuance"),
    ("CASH_TRANSACTIONS", Source::CashTransactions, "nothing yet"),
];

impl Source {
    /// What brings a series.
    pub fn of(series: &Series) -> Source {
        match series.place {
            Place::Fred(id) => Source::Fred(id),
            Place::ReferenceRate { rate, .. } => Source::ReferenceRate(rate),
            Place::OvernightRepo => Source::RepoOperations,
            Place::Holdings(_) => Source::Holdings,
            Place::CashBalance => Source::CashBalance,
            Place::NetBills | Place::NetCoupons => Source::DebtTransactions,
        }
    }

    /// Everything that is fetched unless something is named, in the order of the registry.
    pub fn all() -> Vec<Source> {
        let mut all = Vec::new();
        for source in REGISTRY.iter().map(Source::of).chain(TABLES.iter().map(|(_, source, _)| *source)) {
            if !all.contains(&source) && !source.only_if_named() {
                all.push(source);
            }
        }
        all
    }

    /// Whether it is fetched only if named: two hundred rows a day are much to ask for unasked.
    pub fn only_if_named(self) -> bool {
        self == Source::CashTransactions
    }

    /// By the name of a series or a table, in small or capital letters.
    pub fn named(name: &str) -> Option<Source> {
        let series = REGISTRY.iter().find(|series| series.name.eq_ignore_ascii_case(name)).map(Source::of);
        let table = || TABLES.iter().find(|(table, ..)| table.eq_ignore_ascii_case(name)).map(|(_, source, _)| *source);
        series.or_else(table)
    }

    /// The names that [`Source::named`] knows.
    pub fn names() -> impl Iterator<Item = &'static str> {
        REGISTRY.iter().map(|series| series.name).chain(Source::tables().map(|(name, ..)| name))
    }

    /// The tables that are no series: name, what brings each, and what it feeds.
    pub fn tables() -> impl Iterator<Item = (&'static str, Source, &'static str)> {
        TABLES.into_iter()
    }

    /// The series it brings.
    pub fn series(self) -> impl Iterator<Item = &'static Series> {
        REGISTRY.iter().filter(move |series| Source::of(series) == self)
    }

    /// The file of what is asked for, from the folder's root.
    pub fn file(self) -> String {
        match self {
            Source::Fred(id) => Place::Fred(id).file(),
            Source::ReferenceRate(_) => "nyfed/reference_rates.csv".to_owned(),
            Source::RepoOperations => "nyfed/repo_operations.csv".to_owned(),
            Source::ReverseRepoOperations => "nyfed/reverserepo_operations.csv".to_owned(),
            Source::Holdings => Place::Holdings("").file(),
            Source::CashBalance => Place::CashBalance.file(),
            Source::DebtTransactions => Place::NetBills.file(),
            Source::Auctions => "fiscaldata/auctions_query.csv".to_owned(),
            Source::CashTransactions => "fiscaldata/deposits_withdrawals_operating_cash.csv".to_owned(),
        }
    }

    /// Who is asked; FRED's API only by a client with a key.
    pub fn service(self, client: &Client) -> Service {
        match self {
            Source::Fred(_) if client.has_key() => Service::FredApi,
            Source::Fred(_) => Service::Fred,
            Source::ReferenceRate(_) | Source::RepoOperations | Source::ReverseRepoOperations | Source::Holdings => {
                Service::NewYorkFed
            }
            Source::CashBalance | Source::DebtTransactions | Source::Auctions | Source::CashTransactions => {
                Service::FiscalData
            }
        }
    }

    /// The column of the day.
    pub(super) fn day(self) -> &'static str {
        match self {
            Source::Fred(_) => "observation_date",
            Source::ReferenceRate(_) => "effectiveDate",
            Source::RepoOperations | Source::ReverseRepoOperations => "operationDate",
            Source::Holdings => "asOfDate",
            Source::CashBalance | Source::DebtTransactions | Source::CashTransactions => "record_date",
            Source::Auctions => "auction_date",
        }
    }

    /// The columns in whose order the file stands, and whose cells name the rows that belong together.
    pub(super) fn keys(self) -> &'static [&'static str] {
        match self {
            Source::Fred(_) => &["observation_date"],
            Source::ReferenceRate(_) => &["type", "effectiveDate"],
            Source::RepoOperations | Source::ReverseRepoOperations => &["operationDate", "operationId"],
            Source::Holdings => &["asOfDate"],
            Source::CashBalance | Source::DebtTransactions | Source::CashTransactions => &["record_date"],
            Source::Auctions => &["auction_date", "cusip"],
        }
    }

    /// The first year from which it is asked for.
    pub(super) fn since(self) -> i16 {
        self.series().map(|series| series.since).min().unwrap_or(2018)
    }

    /// Days before the last stored one that are asked for again: rates, the H.4.1 and statements are corrected
    /// within a week, and an auction stands in the table up to ten days before its results do.
    pub(super) fn revised_days(self) -> i32 {
        if self == Source::Auctions { 21 } else { 7 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_series_is_brought_by_something_and_nothing_is_asked_for_twice() {
        let all = Source::all();
        assert!(REGISTRY.iter().all(|series| all.contains(&Source::of(series))));
        let names: BTreeSet<&str> = Source::names().collect();
        assert_eq!(names.len(), REGISTRY.len() + TABLES.len());
        assert!(names.iter().all(|name| Source::named(&name.to_lowercase()).is_some()));
        assert!(all.iter().enumerate().all(|(place, source)| !all[..place].contains(source)));
    }

    #[test]
    fn the_percentiles_of_sofr_come_with_sofr() {
        assert_eq!(Source::named("SOFR99"), Some(Source::ReferenceRate("SOFR")));
        assert_eq!(Source::named("sofr"), Some(Source::ReferenceRate("SOFR")));
        assert_eq!(Source::named("srf"), Some(Source::RepoOperations));
        assert_eq!(Source::named("BITCOIN"), None);
    }
}
