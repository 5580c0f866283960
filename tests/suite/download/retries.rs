//! Trouble that passes is waited for; trouble that does not is told, and the file stays as it was.

use super::publishers;
use super::server::{Reply, Server};
use super::{TODAY, client, pull_into};
use jiff::civil::date;
use std::fs;
use std::time::{Duration, Instant};
use tidegate::download::{Addresses, Client, Fate, Key, Patience, Service, Source, Store, pull, pull_all};

fn well(target: &str) -> Reply {
    publishers::answer(target, date(2026, 3, 31))
}

/// Answers badly once and then well; returns what was asked.
fn once(bad: impl Fn() -> Reply + Send + Sync + 'static) -> (Vec<String>, Duration) {
    let server = Server::start(move |target, before| if before == 0 { bad() } else { well(target) });
    let place = tempfile::tempdir().unwrap();
    let start = Instant::now();
    pull_into(place.path(), &server, None, "RRPONTSYD").unwrap();
    let took = start.elapsed();
    assert_eq!(fs::read_to_string(place.path().join("fred/RRPONTSYD.csv")).unwrap().lines().count(), 22);
    (server.asked(), took)
}

/// Answers badly always, with a file in the folder; returns the message.
fn always(bad: impl Fn() -> Reply + Send + Sync + 'static) -> String {
    let server = Server::start(move |_, _| bad());
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("fred/RRPONTSYD.csv");
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    let old = "observation_date,RRPONTSYD\n2026-03-27,15.5\n";
    fs::write(&file, old).unwrap();
    let message = pull_into(place.path(), &server, None, "RRPONTSYD").unwrap_err();
    assert_eq!(fs::read_to_string(&file).unwrap(), old);
    let names: Vec<_> =
        fs::read_dir(place.path().join("fred")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["RRPONTSYD.csv"], "nothing half is left behind");
    message
}

#[test]
fn too_many_requests_are_waited_out() {
    let (asked, took) = once(|| Reply::Whole(429, "Retry-After: 1\r\n", b"slow down".to_vec()));
    assert_eq!(asked.len(), 2);
    assert!(took >= Duration::from_secs(1), "Retry-After: 1 is a second, and {took:?} went by");
}

#[test]
fn a_server_in_trouble_a_silence_and_a_cut_are_tried_again() {
    assert_eq!(once(|| Reply::Whole(503, "", Vec::new())).0.len(), 2);
    assert_eq!(once(|| Reply::Silence).0.len(), 2);
    assert_eq!(once(|| Reply::CutOff(b"observation_date,RRPONTSYD\n2026-03-30,1".to_vec())).0.len(), 2);
}

#[test]
fn what_does_not_pass_is_told_with_who_what_and_how_often() {
    let asked = "(http://here/graph/fredgraph.csv?id=RRPONTSYD&cosd=2026-03-20)";
    assert_eq!(
        always(|| Reply::Whole(429, "", b"<html><title>Too Many Requests</title></html>".to_vec())),
        format!("FRED did not answer, asked 3 times: HTTP 429: Too Many Requests {asked}")
    );
    assert_eq!(
        always(|| Reply::Silence),
        format!("FRED did not answer, asked 3 times: nothing came within 0.4 seconds {asked}")
    );
    assert_eq!(
        always(|| Reply::CutOff(b"observation_date,RRPONTSYD\n2026-03-30,1".to_vec())),
        format!("FRED did not answer, asked 3 times: the answer was cut off {asked}")
    );
    assert_eq!(
        always(|| Reply::Whole(503, "Retry-After: 3600\r\n", b"maintenance".to_vec())),
        format!("FRED did not answer, asked once: HTTP 503: maintenance; it asks to come back in 3600 seconds {asked}")
    );
}

#[test]
fn pages_and_years_come_all_or_not_at_all() {
    let server = Server::start(|target, _| {
        let late = target.contains("number%5D=3&") || target.contains("startDate=2026-01-01");
        if late { Reply::Whole(500, "", b"out of memory".to_vec()) } else { well(target) }
    });
    let place = tempfile::tempdir().unwrap();
    for (name, file, old) in [
        ("TGA", "fiscaldata/operating_cash_balance.csv", "record_date,account_type\n2026-03-02,x\n"),
        ("SOFR", "nyfed/reference_rates.csv", "effectiveDate,type\n2025-12-30,SOFR\n"),
    ] {
        fs::create_dir_all(place.path().join(file).parent().unwrap()).unwrap();
        fs::write(place.path().join(file), old).unwrap();
        let message = pull_into(place.path(), &server, None, name).unwrap_err();
        assert!(message.contains(" did not answer, asked 3 times: HTTP 500: out of memory (http://here/"), "{message}");
        assert_eq!(fs::read_to_string(place.path().join(file)).unwrap(), old);
    }
    let asked = server.asked();
    assert!(asked.iter().any(|target| target.contains("number%5D=2&")), "the pages before the third came");
    assert!(asked.iter().any(|target| target.contains("endDate=2025-12-31")), "the year before came");
}

#[test]
fn a_publisher_out_of_reach_is_left_alone_and_the_others_are_not() {
    let server =
        Server::start(
            |target, _| {
                if target.starts_with("/graph") { Reply::Whole(502, "", Vec::new()) } else { well(target) }
            },
        );
    let place = tempfile::tempdir().unwrap();
    let fates = pull_all(&client(&server, None), &Store::new(place.path()), &Source::all(), TODAY, &|_| ());
    let of_fred: Vec<&Fate> =
        fates.iter().filter(|(source, _)| matches!(source, Source::Fred(_))).map(|(_, fate)| fate).collect();
    assert!(of_fred[..2].iter().all(|fate| matches!(fate, Fate::Failed(_))));
    assert!(of_fred.len() > 3 && of_fred[2..].iter().all(|fate| matches!(fate, Fate::Skipped(Service::Fred))));
    let others = fates.iter().filter(|(source, _)| !matches!(source, Source::Fred(_)));
    assert!(others.into_iter().all(|(_, fate)| matches!(fate, Fate::Pulled(_))));
}

#[test]
fn the_api_is_not_asked_faster_than_it_allows() {
    let server = Server::start(|target, _| well(target));
    let mut addresses = Addresses::default();
    addresses.set(Service::FredApi, &server.address).unwrap();
    let patience = Patience { fred_api_spacing: Duration::from_millis(40), ..Patience::default() };
    let client = Client::new(addresses, Key::new("secret"), patience).unwrap();
    let place = tempfile::tempdir().unwrap();
    let start = Instant::now();
    pull(&client, &Store::new(place.path()), Source::Fred("WALCL"), TODAY).unwrap();
    // Its unit, and two pages of the four Wednesdays of March: two waits between three requests.
    assert_eq!(server.asked().len(), 3);
    assert!(start.elapsed() >= Duration::from_millis(80), "{:?}", start.elapsed());
    // Two a second are allowed.
    assert!(Patience::default().fred_api_spacing >= Duration::from_millis(500));
}
