//! The runs in the folder of results: what they are, and the files that may be looked at.

use super::answer::Refusal;
use crate::results::RUN_FOLDER;
use serde::Serialize;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// Runs that are listed.
const MOST_RUNS_LISTED: usize = 200;

/// The page of a run.
const REPORT: &str = "report.html";

/// The largest file that is handed out, in bytes: a page with all its numbers is a tenth of it.
const LARGEST_FILE: u64 = 64 << 20;

/// A run in the folder of results.
#[derive(Clone, Debug, Serialize)]
pub struct ListedRun {
    /// The name of its folder.
    name: String,
    /// The title of its scenario.
    title: String,
    /// First and last date.
    start: String,
    end: String,
    /// Number of paths.
    paths: u64,
    /// Whether it has a page that can be looked at.
    report: bool,
}

/// The runs below `output`, by name.
pub fn list(output: &Path) -> Vec<ListedRun> {
    let entries = output.read_dir().into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    names.into_iter().filter_map(|name| listed(output, name)).take(MOST_RUNS_LISTED).collect()
}

fn listed(output: &Path, name: String) -> Option<ListedRun> {
    let manifest: Value = serde_json::from_slice(&read(output, &name, RUN_FOLDER.mark).ok()?).ok()?;
    let text = |key: &str| manifest[key].as_str().map(str::to_owned);
    Some(ListedRun {
        title: text("title")?,
        start: text("start")?,
        end: text("end")?,
        paths: manifest["paths"].as_u64()?,
        report: find(output, &name, REPORT).is_ok(),
        name,
    })
}

/// A file of a run and the type of its contents.
///
/// # Errors
/// There is no such run or file, or it is none that a run writes at the top of its folder.
pub fn file(output: &Path, run: &str, name: &str) -> Result<(&'static str, Vec<u8>), Refusal> {
    let contents = match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => "text/html; charset=utf-8",
        Some("json") => "application/json",
        Some("csv") => "text/csv; charset=utf-8",
        _ => return Err(nothing()),
    };
    read(output, run, name).map(|bytes| (contents, bytes))
}

fn read(output: &Path, run: &str, name: &str) -> Result<Vec<u8>, Refusal> {
    let path = find(output, run, name)?;
    fs::read(&path).map_err(|error| Refusal::failed(format!("cannot read {name} of {run}: {error}")))
}

/// Where a file of a run is: below `output`, wherever links lead.
fn find(output: &Path, run: &str, name: &str) -> Result<PathBuf, Refusal> {
    let is_written = RUN_FOLDER.names.contains(&name);
    let is_name = !run.is_empty() && !run.starts_with('.') && !run.contains(['/', '\\', '\0']);
    let path = output.join(run).join(name);
    let inside = || Some(path.canonicalize().ok()?.starts_with(output.canonicalize().ok()?));
    let is_small = || fs::metadata(&path).is_ok_and(|found| found.is_file() && found.len() <= LARGEST_FILE);
    if is_written && is_name && inside() == Some(true) && is_small() { Ok(path) } else { Err(nothing()) }
}

fn nothing() -> Refusal {
    Refusal::unknown("no run has such a file")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_run_writes_is_handed_out() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let output = place.path().join("output");
        fs::create_dir_all(output.join("one")).unwrap();
        fs::write(output.join("one/manifest.json"), r#"{"title":"One","start":"a","end":"b","paths":7}"#).unwrap();
        fs::write(output.join("one/notes.html"), "own").unwrap();
        fs::write(place.path().join("report.html"), "outside").unwrap();
        assert!(file(&output, "one", "manifest.json").is_ok());
        for (run, name) in [
            ("one", "report.html"),
            ("one", "notes.html"),
            ("one", "../one/manifest.json"),
            ("..", "report.html"),
            (".", "report.html"),
            ("", "report.html"),
            ("one/../..", "report.html"),
            ("one", "charts"),
            ("two", "manifest.json"),
        ] {
            assert!(file(&output, run, name).is_err(), "{run} {name}");
        }
        let [one] = &list(&output)[..] else { panic!("one run") };
        assert_eq!((one.title.as_str(), one.paths, one.report), ("One", 7, false));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_out_of_the_folder_is_not_followed() {
        let place = tempfile::tempdir().expect("a temporary folder");
        let output = place.path().join("output");
        fs::create_dir_all(output.join("one")).unwrap();
        fs::create_dir_all(place.path().join("two")).unwrap();
        for folder in ["two", "output/one"] {
            fs::write(place.path().join(folder).join("fan.csv"), "secret").unwrap();
        }
        std::os::unix::fs::symlink(place.path().join("two"), output.join("two")).unwrap();
        std::os::unix::fs::symlink(place.path().join("two/fan.csv"), output.join("one/watch.csv")).unwrap();
        assert!(file(&output, "one", "fan.csv").is_ok());
        assert!(file(&output, "two", "fan.csv").is_err());
        assert!(file(&output, "one", "watch.csv").is_err());
    }
}
