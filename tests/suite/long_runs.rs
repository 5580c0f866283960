//! Runs that are interrupted, as a user meets them: the signal, the exit code, the words, the files.

use crate::command_line::files_below;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

fn run(place: &Path, arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_tidegate"))
        .arg("run")
        .args(arguments)
        .current_dir(place)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Ends a run after some time as Ctrl-C does; returns its exit code and what it said on standard error.
fn interrupt(child: Child, signal: &str, after: Duration) -> (Option<i32>, String) {
    std::thread::sleep(after);
    // A run that is over by then shows by its exit code.
    let _ = Command::new("kill").args([signal, &child.id().to_string()]).output();
    let done = child.wait_with_output().unwrap();
    (done.status.code(), String::from_utf8_lossy(&done.stderr).into_owned())
}

#[test]
#[cfg(unix)]
fn an_interrupted_run_goes_on_to_the_same_files() {
    let place = tempfile::tempdir().unwrap();
    let asked = ["shutdown_cash_hoarding", "--paths", "60000"];
    let whole = run(place.path(), &[&asked[..], &["--out", "whole"]].concat()).wait_with_output().unwrap();
    assert!(whole.status.success(), "{}", String::from_utf8_lossy(&whole.stderr));
    let mut interruptions = 0;
    for (signal, threads) in [("-INT", "2"), ("-TERM", "1"), ("-INT", "3")].into_iter().cycle() {
        let arguments = [&asked[..], &["--out", "parts", "--threads", threads]].concat();
        let (code, said) = interrupt(run(place.path(), &arguments), signal, Duration::from_millis(700));
        if interruptions > 0 {
            assert!(said.contains("goes on after "), "{said}");
        }
        if code == Some(0) {
            break;
        }
        assert_eq!(code, Some(130), "{said}");
        assert!(said.contains(" of 60,000 paths, kept in ./.parts.checkpoint"), "{said}");
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
    let done = run(place.path(), &["baseline_2025q4", "--paths", "64", "--out", "run"]).wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert_eq!(said, "note: begins anew and not from ./.run.checkpoint: it is damaged: bytes are missing or changed\n");
    assert!(done.status.success());
}
