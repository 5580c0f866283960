//! `tidegate sweep`, `sensitivity`, `solve` and `discover` as a user meets them: the files, the words, the refusals.

use crate::command_line::{files_below, interrupted, refused, said};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::time::Duration;

fn json(arguments: &[&str], place: &Path) -> Value {
    serde_json::from_str(&said(&[arguments, &["--json"]].concat(), place)).expect("it is JSON")
}

/// The rows of a CSV file of a folder.
fn rows(file: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(file).unwrap();
    text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

const GRID: [&str; 8] = [
    "sweep",
    "shutdown_cash_hoarding",
    "--vary",
    "event.shutdown.hoarding=0bn,100bn",
    "--vary",
    "event.runoff ends.date=2025-11-03..2025-12-01/2",
    "--output",
    "lowest_reserves",
];

#[test]
fn a_point_of_a_sweep_is_the_run_with_its_values_set() {
    let place = tempfile::tempdir().unwrap();
    said(&[&GRID[..], &["--paths", "400", "--out", "grid"]].concat(), place.path());
    let points = rows(&place.path().join("grid/points.csv"));
    assert_eq!(points.len(), 4);
    for point in &points {
        let (hoarding, ends) =
            (format!("event.shutdown.hoarding={}bn", point[1]), format!("event.runoff ends.date={}", point[2]));
        let run = json(
            &[
                "run",
                "shutdown_cash_hoarding",
                "--set",
                &hoarding,
                "--set",
                &ends,
                "--paths",
                "400",
                "--exact",
                "--out",
                "run",
            ],
            place.path(),
        );
        let expected = run["headlines"]["lowest_reserves"]["median"].as_f64().unwrap();
        let found: f64 = point[4].parse().unwrap();
        // The table has six decimals.
        assert!((found - expected).abs() < 1e-6, "{point:?}: {expected}");
    }
}

#[test]
fn a_sweep_is_the_same_bytes_on_any_number_of_threads_and_from_its_own_table() {
    let place = tempfile::tempdir().unwrap();
    let on = |threads: &str| {
        let out = format!("out{threads}");
        said(&[&GRID[..], &["--paths", "100", "--threads", threads, "--out", &out]].concat(), place.path());
        files_below(&place.path().join(out))
    };
    let one = on("1");
    assert!(one == on("3"), "3 threads write other bytes");
    let names: Vec<String> = one.iter().map(|(name, _)| name.to_string_lossy().into_owned()).collect();
    for name in
        ["study.json", "points.csv", "findings.csv", "report.html", "report.md", "charts/map_0.svg", "charts/map_0.png"]
    {
        assert!(names.iter().any(|found| found == name), "{name} of {names:?}");
    }
    let again = ["sweep", "shutdown_cash_hoarding", "--points-from", "out1/points.csv", "--paths", "100"];
    said(&[&again[..], &["--output", "lowest_reserves", "--out", "again"]].concat(), place.path());
    let [first, second] =
        ["out1", "again"].map(|folder| fs::read(place.path().join(folder).join("points.csv")).unwrap());
    assert!(first == second, "the table of a sweep is a design");
}

#[test]
#[cfg(unix)]
fn an_interrupted_sweep_goes_on_to_the_same_files() {
    let place = tempfile::tempdir().unwrap();
    let sweep = ["sweep", "baseline_2025q4", "--vary", "parameters.repo_slope", "--vary", "parameters.repo_noise"];
    let asked =
        [&sweep[..], &["--output", "sofr_iorb", "--design", "latin", "--points", "160", "--paths", "200"]].concat();
    said(&[&asked[..], &["--out", "whole"]].concat(), place.path());
    let mut interruptions = 0;
    loop {
        let arguments = [&asked[..], &["--out", "parts", "--threads", "1"]].concat();
        // A little longer every time, so that a slow machine gets on too.
        let after = Duration::from_millis(500 + 20 * interruptions);
        let (code, told) = interrupted(&arguments, place.path(), "-INT", after);
        if code == Some(0) {
            break;
        }
        assert_eq!(code, Some(130), "{told}");
        assert!(told.contains(" of 160 points") && told.contains("the same command goes on"), "{told}");
        interruptions += 1;
        assert!(interruptions < 200, "it never ends");
    }
    assert!(interruptions > 0, "the sweep was over before it could be interrupted");
    assert!(files_below(&place.path().join("whole")) == files_below(&place.path().join("parts")));
    assert!(!place.path().join(".parts.journal").exists(), "the results are there");
}

#[test]
#[cfg(unix)]
fn an_interrupted_search_says_that_it_begins_anew() {
    let place = tempfile::tempdir().unwrap();
    let search = ["solve", "baseline_2025q4", "--vary", "parameters.repo_slope=1bp..5bp", "--target", "5%"];
    let asked = [&search[..], &["--output", "sofr - iorb > 20bp", "--paths", "400000", "--threads", "1"]].concat();
    let (code, told) = interrupted(&asked, place.path(), "-INT", Duration::from_millis(500));
    assert_eq!(code, Some(130), "{told}");
    assert!(told.contains("nothing is kept") && told.contains("begins anew"), "{told}");
    assert!(files_below(place.path()).is_empty(), "no half a result");
}

#[test]
fn a_tornado_needs_no_inputs_and_ranks_all_parameters() {
    let place = tempfile::tempdir().unwrap();
    let asked = ["sensitivity", "baseline_2025q4", "--output", "mean(sofr_iorb)", "--paths", "64"];
    let found = json(&asked, place.path());
    assert_eq!(found["kind"], "tornado");
    let bars = found["found"][0]["bars"].as_array().unwrap();
    assert!(bars.len() > 100, "{} parameters have priors", bars.len());
    assert_eq!(found["points"].as_u64().unwrap() as usize, 2 * bars.len() + 1);
    let middle = found["found"][0]["middle"].as_f64().unwrap();
    let width = |bar: &Value| {
        let ends = ["low", "high"].map(|end| bar[end].as_f64().unwrap());
        ends[0].max(ends[1]).max(middle) - ends[0].min(ends[1]).min(middle)
    };
    assert!(bars.is_sorted_by(|a, b| width(a) >= width(b)));
}

#[test]
fn variance_is_shared_out_and_what_is_not_converged_says_so() {
    let place = tempfile::tempdir().unwrap();
    let inputs = ["--vary", "parameters.repo_slope", "--vary", "event.shutdown.hoarding=0bn..200bn"];
    let head = ["sensitivity", "shutdown_cash_hoarding", "--method", "sobol", "--paths", "64"];
    let asked = [&head[..], &inputs, &["--output", "mean(lowest_reserves)", "--output", "mean(sofr_iorb)"]].concat();
    let few = said(&[&asked[..], &["--base", "4", "--out", "few"]].concat(), place.path());
    assert!(few.contains("Not converged"), "{few}");
    let found = json(&[&asked[..], &["--base", "32", "--out", "many"]].concat(), place.path());
    // The hoarding is over by the end, but not when reserves are lowest.
    let total =
        |output: usize, input: usize| found["found"][output]["indices"][input]["total"]["value"].as_f64().unwrap();
    assert!(total(0, 1) > 0.6 && total(0, 0) < 0.4, "{found}");
    assert!(total(1, 0) > 0.6 && total(1, 1) < 0.1, "{found}");
    let over = [&head[..], &inputs, &["--output", "reserves", "--base", "8", "--over-time", "--out", "over"]].concat();
    said(&over, place.path());
    assert!(place.path().join("over/charts/shares_0.svg").is_file());
    let dates: std::collections::BTreeSet<String> =
        rows(&place.path().join("over/findings.csv")).into_iter().map(|row| row[1].clone()).collect();
    assert!(dates.len() > 100, "{} dates", dates.len());
}

#[test]
fn elementary_effects_tell_what_matters() {
    let place = tempfile::tempdir().unwrap();
    let asked = ["sensitivity", "shutdown_cash_hoarding", "--method", "morris", "--trajectories", "4", "--paths", "64"];
    let inputs = [
        "--vary",
        "parameters.repo_slope",
        "--vary",
        "event.shutdown.hoarding=0bn..200bn",
        "--output",
        "lowest_reserves",
    ];
    let found = json(&[&asked[..], &inputs].concat(), place.path());
    assert_eq!(found["points"], 12);
    assert_eq!(found["found"][0]["effects"][0]["input"], "event.shutdown.hoarding");
}

#[test]
fn a_cash_target_is_solved_for() {
    let place = tempfile::tempdir().unwrap();
    let asked = ["solve", "baseline_2025q4", "--vary", "treasury.cash_target=600bn..1100bn", "--paths", "400"];
    let wanted = ["--output", "min(reserves) < 2.8tn", "--target", "60%"];
    let found = json(&[&asked[..], &wanted].concat(), place.path());
    let outcome = &found["found"]["outcome"];
    let root = outcome["root"].as_str().unwrap().trim_end_matches("bn").parse::<f64>().unwrap();
    let number = |end: &str| outcome[end].as_str().unwrap().trim_end_matches("bn").parse::<f64>().unwrap();
    assert!(number("low") <= root && root <= number("high"));
    let p = outcome["output"].as_f64().unwrap();
    assert!((p - 0.6).abs() < 0.01, "one path of 400 is 0.25 points: {p}");
    // The run with this target says the same.
    let set = format!("treasury.cash_target={}", outcome["root"].as_str().unwrap());
    let points = rows(&place.path().join("output/solve_baseline_2025q4/points.csv"));
    assert!(points.iter().any(|point| (point[1].parse::<f64>().unwrap() - root).abs() < 1e-9), "{set}");
    let reach = said(
        &[&asked[..], &["--output", "min(reserves) < 2.8tn", "--target", "0.1%", "--out", "far"]].concat(),
        place.path(),
    );
    assert!(reach.contains("is not 0.1% anywhere between 600bn and 1100bn"), "{reach}");
}

#[test]
fn the_region_of_a_watch_is_found() {
    let place = tempfile::tempdir().unwrap();
    let asked = ["discover", "shutdown_cash_hoarding", "--paths", "64", "--points", "60", "--above", "50%"];
    let inputs = ["--vary", "event.shutdown.hoarding=0bn..300bn", "--vary", "parameters.repo_noise"];
    let found = json(&[&asked[..], &inputs, &["--output", "min(reserves) < 2650bn"]].concat(), place.path());
    let chosen = found["found"]["chosen"].as_u64().unwrap() as usize;
    let limits = found["found"]["boxes"][chosen]["limits"].as_array().unwrap();
    assert!(limits.iter().any(|limit| limit["input"] == "event.shutdown.hoarding"), "{found}");
    assert!(found["found"]["boxes"][chosen]["density"].as_f64().unwrap() > 0.8);
}

#[test]
fn what_cannot_be_asked_is_refused_with_what_to_type() {
    let place = tempfile::tempdir().unwrap();
    let head = ["sweep", "shutdown_cash_hoarding"];
    for (arguments, told) in [
        (&[][..], "nothing is varied"),
        (&["--vary", "parameters.repo_slop=1bp..2bp"][..], "did you mean `parameters.repo_slope`?"),
        (&["--vary", "event.shutdown.hoarding"][..], "write `event.shutdown.hoarding=LOW..HIGH`"),
        (&["--vary", "parameters.repo_slope", "--vary", "parameters.repo_slope=1bp,2bp"][..], "is named twice"),
        (&["--vary", "parameters.repo_slope", "--output", "lowest_reservs"][..], "did you mean `lowest_reserves`?"),
        (&["--vary", "event.shutdown.hoarding=-50bn,0bn", "--paths", "32"][..], "cannot be negative"),
    ] {
        let said = refused(&[&head[..], arguments].concat(), place.path());
        assert!(said.contains(told), "{arguments:?}: {said}");
        assert!(said.contains("help: ") || said.contains("-->"), "{said}");
    }
    let said = refused(
        &[&head[..], &["--vary", "parameters.repo_slope", "--output", "min(reserves) < 5bp"]].concat(),
        place.path(),
    );
    assert!(said.contains("`min(reserves)` (billions of dollars) cannot be compared with `5bp`"), "{said}");
    let said = refused(&["sensitivity", "qt_end", "--method", "sobol"], place.path());
    assert!(said.contains("`tidegate sensitivity qt_end --method morris` tells which matter"), "{said}");
    let said = refused(&["solve", "qt_end", "--target", "5%"], place.path());
    assert!(said.contains("one input is solved for"), "{said}");
    assert!(!place.path().join("output").exists(), "nothing is written");
}
