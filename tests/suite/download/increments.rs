//! A second pull asks only for what is new, and leaves alone what is not.

use super::publishers;
use super::server::{Reply, Server};
use super::{TODAY, client, pull_into};
use jiff::civil::{Date, date};
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};
use tidegate::download::{Source, Store, pull, pull_all};

/// Publishers whose last day can be moved on.
fn moving(last: Date) -> (Server, Arc<Mutex<Date>>) {
    let last = Arc::new(Mutex::new(last));
    let shared = Arc::clone(&last);
    (Server::start(move |target, _| publishers::answer(target, *shared.lock().unwrap())), last)
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = ["fred", "nyfed", "fiscaldata"]
        .into_iter()
        .flat_map(|publisher| fs::read_dir(folder.join(publisher)).unwrap())
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.display().to_string(), fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn a_second_pull_asks_from_a_week_before_the_end_and_changes_no_byte() {
    let (server, _) = moving(date(2026, 3, 31));
    let place = tempfile::tempdir().unwrap();
    let store = Store::new(place.path());
    pull_all(&client(&server, None), &store, &Source::all(), TODAY, &|_| ());
    let (first, requests) = (files(place.path()), server.asked().len());
    pull_all(&client(&server, None), &store, &Source::all(), TODAY, &|_| ());
    assert!(first == files(place.path()), "nothing is new, and yet a file has changed");
    let asked = server.asked();
    assert!(asked.len() < requests / 2, "{} requests after {requests}", asked.len());
    // H.4.1 ends on Wednesday 25 March, all else on Tuesday 31 March, the auctions after today.
    for expected in [
        "/graph/fredgraph.csv?id=WALCL&cosd=2026-03-18",
        "/graph/fredgraph.csv?id=RRPONTSYD&cosd=2026-03-24",
        "/api/rates/secured/sofr/search.json?startDate=2026-03-24&endDate=2026-04-01",
        "/api/rp/results/search.json?startDate=2026-03-24&endDate=2026-04-01&operationTypes=Repo",
        "/services/api/fiscal_service/v1/accounting/dts/public_debt_transactions?filter=record_date:gte:2026-03-24\
         &sort=record_date,src_line_nbr&page%5Bnumber%5D=1&page%5Bsize%5D=2500",
        "/services/api/fiscal_service/v1/accounting/od/auctions_query?filter=auction_date:gte:2026-03-11\
         &sort=auction_date,cusip&page%5Bnumber%5D=1&page%5Bsize%5D=2500",
    ] {
        assert!(asked.iter().any(|target| target == expected), "{expected} is not in {asked:#?}");
    }
}

#[test]
fn what_is_new_is_added_at_its_place() {
    let (server, last) = moving(date(2026, 3, 30));
    let place = tempfile::tempdir().unwrap();
    for name in ["RRPONTSYD", "SOFR", "TGCR", "TGA"] {
        pull_into(place.path(), &server, None, name).unwrap();
    }
    *last.lock().unwrap() = date(2026, 3, 31);
    let read = |file: &str| fs::read_to_string(place.path().join(file)).unwrap();
    let before = read("fred/RRPONTSYD.csv");
    let store = Store::new(place.path());
    let changes = pull(&client(&server, None), &store, Source::Fred("RRPONTSYD"), TODAY).unwrap();
    assert_eq!((changes[0].added, changes[0].changed), (1, true));
    assert_eq!(changes[0].to, Some(date(2026, 3, 31)));
    assert_eq!(read("fred/RRPONTSYD.csv"), before + "2026-03-31,2031.00\n");
    // One rate among others in a file: only its own rows change, and they stay together.
    pull_into(place.path(), &server, None, "SOFR").unwrap();
    let kinds: Vec<(String, String)> = read("nyfed/reference_rates.csv")
        .lines()
        .skip(1)
        .map(|line| line.split(',').take(2).map(str::to_owned).collect::<Vec<_>>())
        .map(|cells| (cells[1].clone(), cells[0].clone()))
        .collect();
    assert!(kinds.is_sorted());
    assert_eq!(kinds.iter().filter(|(kind, _)| kind == "SOFR").count(), 22);
    assert_eq!(kinds.iter().filter(|(kind, _)| kind == "TGCR").count(), 21);
    // A day of four rows comes whole.
    pull_into(place.path(), &server, None, "TGA").unwrap();
    assert_eq!(read("fiscaldata/operating_cash_balance.csv").matches("\n2026-03-31,").count(), 4);
}

#[test]
fn a_folder_in_an_older_spelling_goes_on() {
    let (server, _) = moving(date(2026, 3, 31));
    let place = tempfile::tempdir().unwrap();
    fs::create_dir_all(place.path().join("fred")).unwrap();
    fs::write(place.path().join("fred/RRPONTSYD.csv"), "DATE,RRPONTSYD\n2026-03-27,2027\n2026-03-28,.\n").unwrap();
    pull_into(place.path(), &server, None, "RRPONTSYD").unwrap();
    assert_eq!(server.asked(), ["/graph/fredgraph.csv?id=RRPONTSYD&cosd=2026-03-21"]);
    let text = fs::read_to_string(place.path().join("fred/RRPONTSYD.csv")).unwrap();
    assert!(text.starts_with("observation_date,RRPONTSYD\n2026-03-23,2023.00\n"), "{text}");
    // The old text of what means the same.
    assert!(text.contains("\n2026-03-27,2027\n2026-03-28,.\n2026-03-30,2030.00\n"), "{text}");
}

#[test]
fn an_auction_that_was_put_off_does_not_count_twice() {
    let day = Arc::new(Mutex::new("2026-04-07"));
    let shared = Arc::clone(&day);
    let server = Server::start(move |_, _| {
        let day = *shared.lock().unwrap();
        Reply::ok(format!(
            r#"{{"data":[{{"cusip":"91282FUT1","auction_date":"{day}","offering_amt":"42000000000","high_yield":"null"}}],
               "meta":{{"count":1,"total-count":1,"total-pages":1}}}}"#
        ))
    });
    let place = tempfile::tempdir().unwrap();
    pull_into(place.path(), &server, None, "AUCTIONS").unwrap();
    *day.lock().unwrap() = "2026-04-08";
    pull_into(place.path(), &server, None, "AUCTIONS").unwrap();
    assert_eq!(
        fs::read_to_string(place.path().join("fiscaldata/auctions_query.csv")).unwrap(),
        "cusip,auction_date,offering_amt,high_yield\n91282FUT1,2026-04-08,42000000000,null\n"
    );
}
