//! Runs that are interrupted, as a user meets them: the signal, the exit code, the words, the files.

use crate::command_line::{files_below, interrupted, tidegate};
use std::path::Path;
use std::process::Output;
use std::time::Duration;

fn run(place: &Path, arguments: &[&str]) -> Output {
    tidegate(&[&["run"], arguments].concat(), place)
}

#[test]
#[cfg(unix)]
fn an_interrupted_run_goes_on_to_the_same_files() {
    let place = tempfile::tempdir().unwrap();
    let asked = ["shutdown_cash_hoarding", "--paths", "60000"];
    let whole = run(place.path(), &[&asked[..], &["--out", "whole"]].concat());
    assert!(whole.status.success(), "{}", String::from_utf8_lossy(&whole.stderr));
    let mut interruptions = 0;
    for (signal, threads) in [("-INT", "2"), ("-TERM", "1"), ("-INT", "3")].into_iter().cycle() {
        let arguments = [&["run"], &asked[..], &["--out", "parts", "--threads", threads]].concat();
        let (code, said) = interrupted(&arguments, place.path(), signal, Duration::from_millis(700));
        if interruptions > 0 {
            assert!(said.contains("goes on after "), "{said}");
        }
        if code == Some(0) {
            break;
        }
        assert_eq!(code, Some(130), "{said}");
        assert!(said.contains(" of 60,000 paths, kept in .parts.checkpoint"), "{said}");
        assert!(said.contains("the same command goes on from there"), "{said}");
        assert!(!place.path().join("parts").exists(), "results appear whole or not at all");
        interruptions += 1;
    }
    assert!(interruptions > 0, "the run was over before it could be interrupted");
    assert!(files_below(&place.path().join("whole")) == files_below(&place.path().join("parts")));
    assert!(!place.path().join(".parts.checkpoint").exists(), "the results are there");
}

#[test]
#[cfg(unix)]
fn a_damaged_checkpoint_is_told_and_left_out() {
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join(".run.checkpoint"), "tidegate").unwrap();
    let done = run(place.path(), &["baseline_2025q4", "--paths", "64", "--out", "run"]);
    let said = String::from_utf8_lossy(&done.stderr);
    assert_eq!(said, "note: begins anew and not from .run.checkpoint: it is damaged: bytes are missing or changed\n");
    assert!(done.status.success());
}

#[test]
fn a_run_that_is_good_enough_is_that_of_as_many_paths() {
    let place = tempfile::tempdir().unwrap();
    let good_enough = |out: &str, threads: &str| {
        let arguments = ["--paths", "60000", "--until", "highest_sofr_iorb=2bp", "--threads", threads, "--out", out];
        run(place.path(), &[&["shutdown_cash_hoarding"][..], &arguments].concat())
    };
    let one = good_enough("one", "1");
    let said = String::from_utf8_lossy(&one.stdout);
    assert!(said.contains("Good enough: the standard error of the median of the highest SOFR − IORB"), "{said}");
    assert!(good_enough("three", "3").status.success());
    let manifest = std::fs::read_to_string(place.path().join("one/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let paths = manifest["paths"].to_string();
    assert!((1_024..60_000).contains(&paths.parse().unwrap()), "{paths} paths");
    let as_many = ["shutdown_cash_hoarding", "--paths", &paths, "--out", "as_many"];
    assert!(run(place.path(), &as_many).status.success());
    let files = |out: &str| files_below(&place.path().join(out));
    assert!(files("one") == files("three"));
    assert!(files("one") == files("as_many"));
}

#[test]
fn an_error_that_cannot_be_read_or_reached_is_told() {
    let place = tempfile::tempdir().unwrap();
    let said = |arguments: &[&str]| {
        let done = run(place.path(), arguments);
        (done.status.code(), String::from_utf8_lossy(&done.stderr).into_owned())
    };
    let wrong = said(&["baseline_2025q4", "--until", "reserve=1bn"]);
    let expected =
        "error: `--until reserve=1bn`: `baseline_2025q4` has no figure called `reserve`; did you mean `reserves`?\n";
    assert_eq!(wrong, (Some(2), expected.to_owned()));
    let (code, words) = said(&["baseline_2025q4", "--draws", "sobol", "--paths", "2048", "--until", "1bn"]);
    assert_eq!(code, Some(2));
    assert!(words.contains("add `--draws plain`"), "{words}");
    let (code, words) = said(&["baseline_2025q4", "--exact", "--preview"]);
    assert_eq!(code, Some(2));
    assert!(words.contains("cannot be used with"), "{words}");
}
