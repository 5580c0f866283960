//! `tidegate data` as a user meets it.

use super::publishers;
use super::server::{Reply, Server};
use jiff::civil::date;
use std::path::Path;
use std::process::{Command, Output};

const KEY: &str = "0123456789abcdef0123456789abcdef";

/// The command, in an environment of its own, with one server for all publishers.
fn tidegate(place: &Path, server: &Server, key: Option<&str>, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tidegate"));
    command.args(arguments).current_dir(place).env_remove("TIDEGATE_DATA").env_remove("FRED_API_KEY");
    for variable in ["TIDEGATE_FRED", "TIDEGATE_FRED_API", "TIDEGATE_NEW_YORK_FED", "TIDEGATE_FISCAL_DATA"] {
        command.env(variable, &server.address);
    }
    if let Some(key) = key {
        command.env("FRED_API_KEY", key);
    }
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn well() -> Server {
    Server::start(|target, _| publishers::answer(target, date(2026, 3, 31)))
}

#[test]
fn a_pull_tells_what_came_and_a_status_what_is_there() {
    let (server, place) = (well(), tempfile::tempdir().unwrap());
    let pull =
        || tidegate(place.path(), &server, None, &["data", "pull", "rrpontsyd", "SOFR99", "--today", "2026-04-01"]);
    let first = pull();
    assert_eq!(first.status.code(), Some(0), "{}", text(&first.stderr));
    assert_eq!(
        text(&first.stdout),
        "fred/RRPONTSYD.csv                                 to 2026-03-31  +21 rows\n\
         nyfed/reference_rates.csv SOFR                     to 2026-03-31  +22 rows\n\
         \n\
         data: 2 with something new, 0 as before, 0 failed\n"
    );
    assert!(
        text(&pull().stdout)
            .contains("fred/RRPONTSYD.csv                                 to 2026-03-31  nothing new\n")
    );

    let status = tidegate(place.path(), &server, None, &["data", "status", "--today", "2026-04-01"]);
    assert_eq!(status.status.code(), Some(0), "{}", text(&status.stderr));
    let page = text(&status.stdout);
    assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
    assert!(page.starts_with("series                  unit from       to           days  age          feeds\n"));
    assert!(page.contains("\nRRPONTSYD               $bn  2026-03-02 2026-03-31     21  current      a"), "{page}");
    assert!(page.contains("\nWALCL                   $mn  missing                              a\n"), "{page}");
    let command = page.split("missing; to fetch:\n").nth(1).unwrap();
    assert!(command.starts_with("  tidegate data pull WALCL TREAST "), "{page}");
    assert!(!command.contains("RRPONTSYD") && !command.contains("SOFR"), "these are there");
    let words = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.ends_with(
        "This product uses the FRED(R) API but is not endorsed or certified by the Federal Reserve Bank of St. Louis."
    ));

    let later = tidegate(place.path(), &server, None, &["data", "status", "--today", "2026-04-08"]);
    // Wednesday 1 to Tuesday 7 April: five business days (Reserve Banks are open on Good Friday).
    let row = "RRPONTSYD               $bn  2026-03-02 2026-03-31     21  5 bd late";
    assert!(text(&later.stdout).contains(row), "{}", text(&later.stdout));
}

#[test]
fn the_folder_is_named_by_flag_or_environment() {
    let (server, place) = (well(), tempfile::tempdir().unwrap());
    let done =
        tidegate(place.path(), &server, None, &["data", "pull", "WALCL", "--today", "2026-04-01", "--data", "here"]);
    assert_eq!(done.status.code(), Some(0));
    assert!(place.path().join("here/fred/WALCL.csv").is_file() && !place.path().join("data").exists());
    let mut command = Command::new(env!("CARGO_BIN_EXE_tidegate"));
    command.args(["data", "status"]).current_dir(place.path()).env("TIDEGATE_DATA", "here");
    assert!(text(&command.output().unwrap().stdout).contains("WALCL                   $mn  2026-03-04 2026-03-25"));
}

#[test]
fn the_key_is_in_the_request_and_nowhere_else() {
    // A publisher that repeats the key in its error, as proxies and error pages do.
    let angry = |target: &str| Reply::Whole(400, "", format!(r#"{{"error_message":"no such page {target}"}}"#).into());
    for bad in [false, true] {
        let server = Server::start(
            move |target, _| {
                if bad { angry(target) } else { publishers::answer(target, date(2026, 3, 31)) }
            },
        );
        let place = tempfile::tempdir().unwrap();
        let done = tidegate(place.path(), &server, Some(KEY), &["data", "pull", "WALCL", "--today", "2026-04-01"]);
        assert_eq!(done.status.code(), Some(if bad { 3 } else { 0 }));
        assert!(server.asked().iter().all(|target| target.ends_with(&format!("&api_key={KEY}"))));
        let said = text(&done.stdout) + &text(&done.stderr);
        assert!(!said.contains(KEY), "{said}");
        assert_eq!(said.contains("declined with HTTP 400: no such page /fred/series"), bad, "{said}");
        let help = tidegate(place.path(), &server, Some(KEY), &["data", "pull", "--help"]);
        assert!(!text(&help.stdout).contains(KEY));
        if !bad {
            let record = std::fs::read_to_string(place.path().join("data/pulled.json")).unwrap();
            assert!(record.contains("fred/WALCL.csv") && !record.contains(KEY));
        }
    }
}

#[test]
fn wrong_input_and_failed_downloads_have_their_exit_codes() {
    let (server, place) = (well(), tempfile::tempdir().unwrap());
    let said = |arguments: &[&str]| {
        let done = tidegate(place.path(), &server, None, arguments);
        (done.status.code().unwrap(), text(&done.stderr))
    };
    assert_eq!(
        said(&["data", "pull", "WALCK"]),
        (2, "error: there is no series `WALCK`; did you mean `WALCL`?\n".into())
    );
    assert_eq!(
        said(&["data", "pull", "bitcoin"]),
        (2, "error: there is no series `bitcoin`; `tidegate data status` lists them\n".into())
    );
    assert_eq!(
        said(&["data", "pull", "WALCL", "--fred", "fred.example"]),
        (2, "error: `fred.example` is no address of FRED: expected one like https://fred.stlouisfed.org\n".into())
    );
    let mut open = Command::new(env!("CARGO_BIN_EXE_tidegate"));
    open.args(["data", "pull", "WALCL", "--fred-api", "http://mirror.example"]).current_dir(place.path());
    let open = open.env("FRED_API_KEY", KEY).output().unwrap();
    assert_eq!(
        (open.status.code(), text(&open.stderr)),
        (
            Some(2),
            "error: FRED_API_KEY is not sent to http://mirror.example, which is not encrypted; use https\n".into()
        )
    );
    let dead = Server::start(|_, _| Reply::Whole(504, "", b"gateway".to_vec()));
    let done = tidegate(place.path(), &dead, None, &["data", "pull", "WALCL", "TGA", "--retries", "0"]);
    assert_eq!(done.status.code(), Some(3));
    assert_eq!(
        text(&done.stdout),
        "fred/WALCL.csv                                     failed\n\
         fiscaldata/operating_cash_balance.csv              failed\n\
         \n\
         data: 0 with something new, 0 as before, 2 failed\n"
    );
    assert!(text(&done.stderr).starts_with("error: FRED did not answer, asked once: HTTP 504: gateway (http://127."));
    assert!(!place.path().join("data").exists(), "nothing came, nothing is left");
}
