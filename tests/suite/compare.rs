//! `tidegate compare` as a user meets it: the folder, the words, the refusals.

use crate::command_line::{files_below, refused, said};
use std::fs;
use std::path::{Path, PathBuf};

/// A story of one's own.
const OWN: &str = r#"
title   = "Own <b>title</b> \u202e and averylongwordaverylongwordaverylongwordaverylongwordaverylongword"
extends = "shutdown_cash_hoarding"

[parameters]
hoarding_gain = "4bn/bp"

[run]
paths = 70
"#;

#[test]
fn a_folder_is_the_same_bytes_on_any_number_of_threads_and_holds_what_is_promised() {
    let place = tempfile::tempdir().unwrap();
    let compare = |threads: &str| {
        let out = format!("out{threads}");
        let runs = ["compare", "qt_goes_on", "qt_end", "baseline_2025q4", "--paths", "300"];
        said(&[&runs[..], &["--threads", threads, "--out", &out]].concat(), place.path());
        files_below(&place.path().join(out))
    };
    let one = compare("1");
    for threads in ["2", "7"] {
        assert!(one == compare(threads), "{threads} threads write other bytes");
    }
    let names: Vec<String> = one.iter().map(|(name, _)| name.to_string_lossy().into_owned()).collect();
    for name in ["comparison.html", "comparison.json", "comparison.md", "differences.csv", "figures.csv", "watches.csv"]
    {
        assert!(names.iter().any(|found| found == name), "{name} of {names:?}");
    }
    for name in
        ["reasons.csv", "attribution.csv", "scenario.diff", "charts/b_reserves_difference.svg", "charts/c_flows.png"]
    {
        assert!(names.iter().any(|found| found == name), "{name} of {names:?}");
    }
    let page = &one.iter().find(|(name, _)| name == Path::new("comparison.html")).unwrap().1;
    assert!(page.len() <= 400_000, "{} bytes", page.len());
}

#[test]
fn a_run_is_compared_as_its_scenario_would_be_wherever_its_files_have_gone() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("own.toml"), OWN).unwrap();
    fs::write(place.path().join("twin.toml"), OWN.replace("4bn/bp", "2bn/bp")).unwrap();
    said(&["run", "own.toml", "--seed", "5"], place.path());
    said(&["compare", "own.toml", "twin.toml", "--seed", "5", "--out", "files"], place.path());
    fs::rename(place.path().join("own.toml"), place.path().join("gone.toml")).unwrap();
    said(&["compare", "output/own", "twin.toml", "--seed", "5", "--out", "run"], place.path());
    for table in ["differences.csv", "figures.csv", "watches.csv", "reasons.csv", "attribution.csv", "scenario.diff"] {
        let [of_files, of_run] = ["files", "run"].map(|out| fs::read(place.path().join(out).join(table)).unwrap());
        assert!(of_files == of_run, "{table}");
    }
    let diff = fs::read_to_string(place.path().join("run/scenario.diff")).unwrap();
    assert!(diff.contains("\n-hoarding_gain = \"4bn/bp\"\n+hoarding_gain = \"2bn/bp\"\n"), "{diff}");
}

#[test]
fn the_page_fits_eighty_columns_and_takes_no_text_for_orders() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("own.toml"), OWN).unwrap();
    let short = OWN.replace("hoarding_gain = \"4bn/bp\"", "tail_width = \"9%\"").replace("Own", "Other");
    fs::write(place.path().join("other.toml"), short).unwrap();
    let text = said(&["compare", "own.toml", "other.toml"], place.path());
    for line in text.lines().filter(|line| !line.contains("averylongword")) {
        assert!(line.chars().count() <= 80, "{} columns: {line}", line.chars().count());
    }
    assert!(!text.contains('\u{1b}'), "{text}");
    let page = fs::read_to_string(place.path().join("output/compare_own_other/comparison.html")).unwrap();
    assert!(!page.contains("<b>title") && page.contains("&lt;b&gt;title"));
    let note = said(&["compare", "own.toml", "other.toml", "--markdown"], place.path());
    assert!(!note.contains('\u{1b}'));
    for block in note.split("\n\n").filter(|block| block.starts_with('|')) {
        let bars: Vec<usize> = block.lines().map(|line| line.replace("\\|", "").matches('|').count()).collect();
        assert!(bars.windows(2).all(|pair| pair[0] == pair[1]), "{block}");
    }
    let record = said(&["compare", "own.toml", "other.toml", "--json"], place.path());
    let record: serde_json::Value = serde_json::from_str(&record).unwrap();
    assert_eq!(record["against"][0]["reasons"]["alone"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_run_that_is_not_what_it_was_is_refused_unless_it_is_to_be_compared_anyway() {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("own.toml"), OWN).unwrap();
    said(&["run", "own.toml"], place.path());
    let kept: PathBuf = place.path().join("output/own/scenario/own.toml");
    fs::write(kept, OWN.replace("4bn/bp", "3bn/bp")).unwrap();
    let message = refused(&["compare", "own.toml", "output/own"], place.path());
    assert_eq!(
        message,
        "error: these are not the runs that they were:\n  \
         own_2 was run with `parameters.hoarding_gain` of 4.0, and today it has 3.0: run it again\n\n\
         help: `--anyway` compares them with the values of today\n"
    );
    let text = said(&["compare", "own.toml", "output/own", "--anyway"], place.path());
    assert!(text.contains("own_2 was run with `parameters.hoarding_gain` of 4.0, and today"), "{text}");
    assert!(text.contains("Why: each change alone"), "their luck is the same");
}
