//! A first pull brings every series, in files that history is read from.

use super::publishers::{self, FIRST};
use super::server::Server;
use super::{TODAY, client};
use jiff::civil::date;
use std::fs;
use tidegate::download::{Fate, Source, Store, pull_all};
use tidegate::history::{History, REGISTRY, SeriesId};

const LAST: jiff::civil::Date = date(2026, 3, 31);

fn pull_everything(key: Option<&str>) -> (tempfile::TempDir, Vec<String>) {
    let server = Server::start(|target, _| publishers::answer(target, LAST));
    let place = tempfile::tempdir().unwrap();
    let fates = pull_all(&client(&server, key), &Store::new(place.path()), &Source::all(), TODAY, &|_| ());
    for (source, fate) in &fates {
        assert!(matches!(fate, Fate::Pulled(_)), "{source:?}: {fate:?}");
    }
    (place, server.asked())
}

#[test]
fn a_first_pull_brings_all_that_history_is_read_from() {
    let (place, asked) = pull_everything(None);
    let history = History::open(place.path()).unwrap();
    let known = history.as_known(date(2026, 4, 2));
    for &id in SeriesId::ALL {
        let days = known.series(id).unwrap_or_else(|error| panic!("{id}: {error}"));
        assert!(days.len() >= 4, "{id} has {} days", days.len());
        assert!(days[0].date >= FIRST && days.last().unwrap().date <= LAST, "{id}");
    }
    // To the nearest thousand dollars: the files are in millions or billions.
    let value = |id, day| (known.value(id, day).unwrap() * 1e6).round() / 1e6;
    // The middle of 3 to 20 trillion and the day of the month, in millions, read in billions.
    assert_eq!(value(SeriesId::TotalAssets, date(2026, 3, 25)), 11_500.025);
    assert_eq!(value(SeriesId::Sofr, LAST), 3.66);
    assert_eq!(value(SeriesId::SofrPercentile99, LAST), 3.75);
    assert_eq!(value(SeriesId::SofrVolume, LAST), 3036.0);
    // Windows of 4 and 6 million; neither the exercise of 50 nor the one without results.
    assert_eq!(value(SeriesId::OvernightRepo, LAST), 0.01);
    assert_eq!(value(SeriesId::CashBalance, LAST), 800.031);
    assert_eq!(value(SeriesId::TreasuryBills, date(2026, 3, 25)), 195.492_927);
    assert_eq!(value(SeriesId::NetBills, LAST), 20.0);
    assert_eq!(value(SeriesId::NetCoupons, LAST), 20.0);
    // The percentiles of 9 March are `NA`, and FRED has no value for that Monday: no day, no error.
    assert!(known.value(SeriesId::SofrPercentile1, date(2026, 3, 9)).is_err());
    assert!(known.value(SeriesId::OnRrp, date(2026, 3, 9)).is_err());
    assert_eq!(value(SeriesId::SofrPercentile99, date(2026, 3, 9)), 3.75);
    // From the first year of the registry, a year at a time, and every page.
    assert!(asked.contains(&"/graph/fredgraph.csv?id=WALCL&cosd=2018-01-01".to_owned()));
    assert!(asked.contains(&"/api/rates/secured/sofr/search.json?startDate=2018-01-01&endDate=2018-12-31".to_owned()));
    assert!(
        asked.contains(&"/api/rates/unsecured/effr/search.json?startDate=2026-01-01&endDate=2026-04-01".to_owned())
    );
    assert!(asked.contains(
        &"/api/rp/results/search.json?startDate=2026-01-01&endDate=2026-04-01&operationTypes=Reverse%20Repo".to_owned()
    ));
    // Four rows on each of 22 business days, seven to a page: thirteen pages.
    let balance = "/services/api/fiscal_service/v1/accounting/dts/operating_cash_balance?filter=record_date:gte:2018-01-01\
                   &sort=record_date,src_line_nbr&page%5Bnumber%5D=13&page%5Bsize%5D=2500";
    assert!(asked.contains(&balance.to_owned()));
}

#[test]
fn files_stand_in_their_publishers_formats() {
    let (place, _) = pull_everything(None);
    let read = |file: &str| fs::read_to_string(place.path().join(file)).unwrap();
    assert!(read("fred/RRPONTSYD.csv").starts_with("observation_date,RRPONTSYD\n2026-03-02,2002.00\n"));
    let rates = read("nyfed/reference_rates.csv");
    assert!(rates.starts_with("effectiveDate,type,percentRate,percentPercentile1,"));
    assert!(rates.contains("\n2026-03-31,SOFR,3.66,3.61,3.64,3.71,3.75,3036,,,,,,,\n"));
    assert!(rates.contains("\n2026-03-09,SOFR,3.66,,,,3.75,3036,,,,,,,1\n"));
    assert!(read("nyfed/soma_summary.csv").starts_with(
        "asOfDate,mbs,cmbs,tips,frn,tipsInflationCompensation,notesbonds,bills,agencies\n\
         2026-03-04,2000000000000.50,7000000000.00,300000000000,,110000000000,3560000000000,195492926700,2347000000\n"
    ));
    let operations = read("nyfed/repo_operations.csv");
    assert!(operations.contains(
        "\nRP 2026-03-31 1,2026-03-31,2026-03-31,2026-04-01,Repo,Full Allotment,Same Day,1,Overnight,08:15,08:30,,\
         4000000,4000000,3000000,3000000,,,,,1000000,1000000,,,,,,,,,,,,,\n"
    ));
    assert_eq!(operations.lines().count(), 1 + 2 * 22, "two windows on each of 22 business days");
    assert!(
        read("nyfed/repo_overnight_accepted_daily.csv")
            .starts_with("operationDate,totalAmtAccepted_bn\n2026-03-02,0.01\n")
    );
    assert!(
        read("fiscaldata/operating_cash_balance.csv")
            .contains("\n2026-03-31,Treasury General Account (TGA) Closing Balance,null,800031,null,4\n")
    );
    assert!(read("fiscaldata/auctions_query.csv").contains("91282FUT1"));
    let receipts = Store::new(place.path()).receipts();
    assert_eq!(receipts["fred/RRPONTSYD.csv"].rows, 21, "22 business days, one of them without a value");
    assert!(receipts["fred/RRPONTSYD.csv"].from.starts_with("FRED, http://127.0.0.1:"));
}

#[test]
fn the_transactions_of_the_statement_come_when_asked_for_by_name() {
    let (place, asked) = pull_everything(None);
    assert!(!asked.iter().any(|target| target.contains("deposits_withdrawals")));
    let server = Server::start(|target, _| publishers::answer(target, LAST));
    super::pull_into(place.path(), &server, None, "CASH_TRANSACTIONS").unwrap();
    let text = fs::read_to_string(place.path().join("fiscaldata/deposits_withdrawals_operating_cash.csv")).unwrap();
    assert!(text.ends_with(
        "2026-03-31,Treasury General Account (TGA),Deposits,Taxes - Withheld Individual/FICA,12345\n\
         2026-03-31,Treasury General Account (TGA),Withdrawals,SSA - Benefits Payments,23456\n"
    ));
}

#[test]
fn the_api_brings_the_same_files_as_the_download() {
    let (without, _) = pull_everything(None);
    let (with, asked) = pull_everything(Some("0123456789abcdef0123456789abcdef"));
    for series in REGISTRY.iter().filter(|series| series.place.file().starts_with("fred/")) {
        let bytes = |place: &tempfile::TempDir| fs::read(place.path().join(series.place.file())).unwrap();
        assert_eq!(bytes(&without), bytes(&with), "{}", series.name);
    }
    let observations = "/fred/series/observations?series_id=RRPONTSYD&file_type=json&observation_start=2018-01-01\
                        &limit=100000&offset=20&api_key=0123456789abcdef0123456789abcdef";
    assert!(asked.contains(&observations.to_owned()), "22 observations, two to a page");
}
