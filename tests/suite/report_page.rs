//! The page of a run: one file that asks nothing of anybody, says what the tables say, and takes no text for markup.

use crate::command_line::tidegate;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fs;
use std::path::Path;

fn run(arguments: &[&str], place: &Path) -> String {
    let done = tidegate(arguments, place);
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// What stands between two words of a text, the first time they occur.
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let rest = &text[text.find(before).unwrap_or_else(|| panic!("no {before}")) + before.len()..];
    &rest[..rest.find(after).unwrap_or_else(|| panic!("no {after}"))]
}

fn drawn(page: &str) -> Value {
    serde_json::from_str(between(page, "<script type=\"application/json\" id=\"page\">", "</script>")).unwrap()
}

#[test]
fn the_page_of_half_a_year_is_small_needs_nothing_and_allows_nothing_else() {
    let place = tempfile::tempdir().unwrap();
    run(&["run", "shutdown_cash_hoarding", "--paths", "500", "--out", "run"], place.path());
    let page = fs::read_to_string(place.path().join("run/report.html")).unwrap();
    assert!(page.len() <= 400_000, "{} bytes", page.len());

    let policy = between(&page, "Content-Security-Policy\" content=\"", "\">");
    assert!(policy.starts_with("default-src 'none'; script-src 'sha256-"), "{policy}");
    let hash = |text: &str| format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)));
    let scripts: Vec<&str> =
        page.split("<script>").skip(1).map(|rest| rest.split("</script>").next().unwrap()).collect();
    assert_eq!(scripts.len(), 2);
    for script in scripts {
        assert!(policy.contains(&hash(script)), "a script that its own policy forbids");
    }
    assert!(policy.contains(&format!("style-src {}", hash(between(&page, "<style>", "</style>")))));

    // Before the numbers and scripts there is no address at all; in the scripts there are names of XML vocabularies.
    let words = &page[..page.find("<script type=\"application/json\"").unwrap()];
    for address in ["http:", "https:", "src=", "href=\"//", "url(", "@import", "style="] {
        assert!(!words.contains(address), "{address}");
    }
    for address in page.match_indices("http:").map(|(at, _)| &page[at..at + 20]) {
        assert!(address.starts_with("http://www.w3.org/"), "{address}");
    }
    assert!(!page.contains("https:"));
}

#[test]
fn charts_have_the_numbers_of_the_tables_and_every_figure_has_a_chart() {
    let place = tempfile::tempdir().unwrap();
    run(&["run", "shutdown_cash_hoarding", "--paths", "500", "--out", "run"], place.path());
    let folder = place.path().join("run");
    let page = fs::read_to_string(folder.join("report.html")).unwrap();
    let drawn = drawn(&page);
    let charts: HashMap<&str, &Value> =
        drawn["charts"].as_array().unwrap().iter().map(|chart| (chart["id"].as_str().unwrap(), chart)).collect();
    for wanted in [
        "reserves",
        "tga",
        "on-rrp",
        "srf",
        "fed-assets",
        "sofr-iorb",
        "sofr-iorb-calendar",
        "sofr-trades",
        "other-rates",
        "reserves-below",
        "lowest-reserves",
        "risk-dates",
        "reserves-to-low",
        "reserves-to-end",
        "spread-to-worst-day",
        "through-reserves",
    ] {
        assert!(charts.contains_key(wanted), "no chart {wanted}");
        assert_eq!(page.matches(&format!("data-chart=\"{wanted}\"")).count(), 1, "{wanted}");
        assert!(charts[wanted]["alt"].as_str().is_some_and(|alt| alt.len() > 20), "{wanted} has no words");
    }
    let dates: Vec<&str> = drawn["dates"].as_array().unwrap().iter().map(|date| date.as_str().unwrap()).collect();
    let mut compared = 0;
    let mut table = csv::Reader::from_path(folder.join("fan.csv")).unwrap();
    for row in table.records().map(Result::unwrap) {
        let Some(chart) = charts.get(row[1].replace('_', "-").as_str()) else { continue };
        let day = dates.iter().position(|date| *date == &row[0]).unwrap();
        // One decimal more than is shown: whole billions, tenths of basis points.
        let half = if &row[2] == "bn" { 0.05 } else { 0.005 };
        for (quantile, column) in [("5", 6), ("25", 8), ("50", 9), ("75", 10), ("95", 12)] {
            let shown = chart["series"][0]["quantiles"][quantile][day].as_f64().unwrap();
            let told: f64 = row[column].parse().unwrap();
            assert!((shown - told).abs() <= half + 1e-6, "{} on {}: {shown} against {told}", &row[1], &row[0]);
            compared += 1;
        }
    }
    assert!(compared > 6 * 120 * 5, "{compared}");
    // A waterfall leads from its start to its end.
    for id in ["reserves-to-low", "reserves-to-end", "spread-to-worst-day"] {
        let level = |end: &str| charts[id][end]["value"].as_f64().unwrap();
        let steps = charts[id]["steps"].as_array().unwrap();
        let sum: f64 = steps.iter().map(|step| step["value"].as_f64().unwrap()).sum();
        assert!((level("start") + sum - level("end")).abs() < 0.06 * (steps.len() + 2) as f64, "{id}");
    }
}

#[test]
fn every_chart_of_the_page_is_a_picture_with_its_title() {
    let place = tempfile::tempdir().unwrap();
    run(&["run", "shutdown_cash_hoarding", "--paths", "500", "--out", "run"], place.path());
    let folder = place.path().join("run");
    let drawn = drawn(&fs::read_to_string(folder.join("report.html")).unwrap());
    let mut names: Vec<String> = Vec::new();
    for chart in drawn["charts"].as_array().unwrap() {
        let name = chart["id"].as_str().unwrap().replace('-', "_");
        let picture = fs::read_to_string(folder.join("charts").join(format!("{name}.svg"))).unwrap();
        let title = chart["title"].as_str().unwrap().replace('<', "&lt;").replace('>', "&gt;");
        assert!(between(&picture, "<title", "</title>").contains(&format!(">{title}, ")), "{name}");
        names.extend(["png", "svg"].map(|format| format!("{name}.{format}")));
    }
    names.extend(["worst_day.png", "worst_day.svg"].map(str::to_owned));
    names.sort();
    let mut found: Vec<String> = fs::read_dir(folder.join("charts"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    found.sort();
    assert_eq!(found, names);
}

/// A scenario that somebody wrote to break the page.
const HOSTILE: &str = r#"
title   = "</title><script>alert(1)</script><img src=x onerror=alert(2)>"
claim   = "\u202Eevil\u202C שלום مرحبا 🏦💥 WWWW</script><!--"
extends = "baseline_2025q4"
sources = ["javascript:alert(3)", "\" onload=\"alert(4)"]

[[event]]
name = "<b>bold</b> & 'quoted' \"event\""
kind = "cash_target_shift"
start = 2025-10-15
change = "-50bn"

[[watch]]
name = "</script><script>alert(5)</script>"
when = "tga > 1tn"

[run]
paths = 64
"#;

#[test]
fn text_stays_text() {
    let place = tempfile::tempdir().unwrap();
    let hostile = HOSTILE.replace("WWWW", &"Ж".repeat(400));
    fs::write(place.path().join("hostile.toml"), hostile).unwrap();
    run(&["run", "hostile.toml", "--out", "run"], place.path());
    let page = fs::read_to_string(place.path().join("run/report.html")).unwrap();
    // The two scripts, the numbers, and nothing that the scenario brought.
    assert_eq!(page.matches("<script").count(), 3);
    assert_eq!(page.matches("</script>").count(), 3);
    let words = &page[..page.find("<script type=\"application/json\"").unwrap()];
    for markup in ["<img", "<b>bold", "onload=\"", "<!--", "\u{202E}"] {
        assert!(!words.contains(markup), "{markup}");
    }
    assert!(words.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && words.contains("שלום مرحبا 🏦💥"));
    assert!(!between(&page, "id=\"page\">", "</script>").contains('<'));
    let marks = drawn(&page)["marks"].clone();
    let labels: Vec<&str> = marks.as_array().unwrap().iter().map(|mark| mark["label"].as_str().unwrap()).collect();
    assert!(labels.contains(&"<b>bold</b> & 'quoted' \"event\""), "{labels:?}");
}

#[test]
fn a_page_is_written_again_from_what_the_run_kept() {
    let place = tempfile::tempdir().unwrap();
    let told = run(&["run", "qt_end", "--paths", "64", "--markdown"], place.path());
    let report = place.path().join("output/qt_end/report.html");
    let first = fs::read(&report).unwrap();
    fs::remove_file(&report).unwrap();
    assert_eq!(run(&["report", "qt_end"], place.path()), "Page in output/qt_end/report.html\n");
    assert_eq!(fs::read(&report).unwrap(), first);
    assert_eq!(run(&["report", "output/qt_end", "--markdown"], place.path()), told);
    let other = ["report", "qt_end", "--remark", "Read <this>", "--title", "Ours", "--out", "ours.html"];
    run(&other, place.path());
    let ours = fs::read_to_string(place.path().join("ours.html")).unwrap();
    assert!(ours.contains("<h1 dir=\"auto\">Ours</h1>\n<p class=\"remark\" dir=\"auto\">Read &lt;this&gt;</p>"));
    assert_eq!(fs::read(&report).unwrap(), first);
}

#[test]
fn a_run_that_cannot_be_read_is_named_with_what_to_type() {
    let place = tempfile::tempdir().unwrap();
    let refused = |arguments: &[&str]| {
        let done = tidegate(arguments, place.path());
        (done.status.code(), String::from_utf8(done.stderr).unwrap())
    };
    let nothing = "error: there is no run `qt_ends`, neither here nor in output/\n\nhelp: ";
    assert_eq!(
        refused(&["report", "qt_ends"]),
        (Some(2), format!("{nothing}a run is made by `tidegate run qt_ends`\n"))
    );
    run(&["run", "qt_end", "--paths", "64"], place.path());
    assert_eq!(refused(&["report", "qt_ends"]), (Some(2), format!("{nothing}did you mean `qt_end`?\n")));
    let kept = place.path().join("output/qt_end/report.json");
    let page = fs::read_to_string(&kept).unwrap();
    fs::write(&kept, page.replacen("\"format\":1", "\"format\":9", 1)).unwrap();
    let (code, says) = refused(&["report", "qt_end"]);
    assert!(code == Some(3) && says.contains("is of format 9, and this version reads format 1"), "{says}");
    fs::write(&kept, &page[..page.len() / 2]).unwrap();
    let (code, says) = refused(&["report", "qt_end"]);
    assert!(code == Some(3) && says.contains("report.json is damaged: EOF"), "{says}");
    fs::remove_file(&kept).unwrap();
    let (code, says) = refused(&["report", "qt_end"]);
    assert!(code == Some(3) && says.contains("cannot read output/qt_end/report.json"), "{says}");
    assert!(says.contains("help: make the run again with `tidegate run`"), "{says}");
}
