//! What a run was simulated from, kept in its folder, and read from there so that the same paths can be simulated again.
//!
//! ```text
//! output/drawdown/manifest.json              every effective value, paths, seed, draws
//! output/drawdown/scenario/drawdown.toml     the file itself, at its place below its folder; beside or below it those
//! output/drawdown/scenario/my_vintage.toml   it names, unless they ship with the program
//! ```

use super::manifest::{Asked, FORMAT_VERSION, RUN_FOLDER, manifest};
use crate::scenario::codes::{NOT_TEXT, UNREADABLE};
use crate::scenario::diagnostic::quoted;
use crate::scenario::fields::MOST_PATHS;
use crate::scenario::{self, Diagnostic, Draws, Problems, Scenario};
use crate::simulation::Precision;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Component, Path};

/// The folder of these files in a run folder.
const FOLDER: &str = "scenario";

/// A run read from its folder.
#[derive(Debug)]
pub struct Reopened {
    /// The scenario with the paths, seed and draws that were run.
    pub scenario: Scenario,
    /// Effective values that are other ones today, since another version of the program has other defaults.
    pub drifted: Vec<Drift>,
    /// The version that ran it.
    pub version: String,
    /// Whether it was a preview in single precision.
    pub preview: bool,
}

/// An effective value that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// Its dotted name.
    pub key: String,
    /// What the run had; none if it had nothing of this name.
    pub then: Option<String>,
    /// What the same files mean today; none if there is nothing of this name.
    pub now: Option<String>,
}

/// The path of a scenario's own file in a run folder.
pub fn own_file(scenario: &Scenario) -> Option<String> {
    scenario.files.first().map(|file| inside(&file.path))
}

/// The files from which a scenario was read that do not ship, and its own in any case, with their paths in a run folder.
pub fn scenario_files(scenario: &Scenario) -> Vec<(String, Vec<u8>)> {
    let kept = scenario.files.iter().enumerate().filter(|(place, file)| *place == 0 || !file.ships);
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for (_, file) in kept {
        let path = inside(&file.path);
        if files.iter().all(|(known, _)| *known != path) {
            files.push((path, file.text.clone().into_bytes()));
        }
    }
    files
}

fn inside(path: &Path) -> String {
    format!("{FOLDER}/{}", path.display())
}

/// Whether a folder is that of a run.
pub fn is_run(folder: &Path) -> bool {
    folder.join(RUN_FOLDER.mark).is_file()
}

/// Reads a run from its folder.
///
/// # Errors
/// It is none, it cannot be read, or what it was simulated from is no scenario any more.
pub fn reopen(folder: &Path) -> Result<Reopened, Problems> {
    let place = folder.join(RUN_FOLDER.mark);
    let shown = quoted(&place.to_string_lossy());
    let unreadable = |error: io::Error| {
        let why = if error.kind() == io::ErrorKind::NotFound {
            "there is no such file".to_owned()
        } else {
            error.to_string()
        };
        problem(UNREADABLE, format!("cannot read {shown}: {why}"), "name the folder of a run, such as output/qt_end")
    };
    let text = fs::read(&place).map_err(unreadable)?;
    let then: Value = serde_json::from_slice(&text)
        .map_err(|error| problem(NOT_TEXT, format!("{shown} is no manifest of a run: {error}"), AGAIN))?;
    let word = |key: &str| then[key].as_str().unwrap_or_default().to_owned();
    if then["format"] != FORMAT_VERSION {
        let message = format!("{shown} has format {}, and this tidegate reads {FORMAT_VERSION}", then["format"]);
        return Err(problem(NOT_TEXT, message, AGAIN));
    }
    let is_possible = |paths: &u64| (1..=MOST_PATHS).contains(paths);
    let (Some(paths), Some(seed), Some(draws)) =
        (then["paths"].as_u64().filter(is_possible), then["seed"].as_u64(), Draws::called(&word("draws")))
    else {
        return Err(problem(NOT_TEXT, format!("{shown} does not say what paths, seed and draws the run had"), AGAIN));
    };
    // A folder may come from elsewhere, and what it names must lie in it.
    let is_inside = |file: &&str| Path::new(file).components().all(|part| matches!(part, Component::Normal(_)));
    let own = then["file"].as_str().filter(is_inside).map(|file| folder.join(file)).filter(|file| file.is_file());
    let Some(own) = own else {
        let message = format!("{} does not hold what it was simulated from", quoted(&folder.to_string_lossy()));
        return Err(problem(UNREADABLE, message, &format!("run it again: {}", plain(&word("command")))));
    };
    let mut scenario = scenario::load(&own.to_string_lossy())?;
    scenario.set_paths(paths);
    scenario.set_seed(seed);
    scenario.set_draws(draws);
    let plan = scenario::plan(&scenario);
    let now = manifest(&scenario, asked_for(&scenario.name), &plan);
    let now: Value = serde_json::from_slice(&now).expect("a manifest is JSON");
    let preview = word("precision") == Precision::Single.word();
    Ok(Reopened { drifted: drifted(&then, &now), scenario, version: word("tidegate"), preview })
}

fn asked_for(name: &str) -> Asked<'_> {
    Asked { name, exact: false, precision: Precision::Double }
}

/// What to do about a folder that cannot be read.
const AGAIN: &str = "run the scenario again; `tidegate run` replaces the folder";

fn problem(code: &'static str, message: String, help: &str) -> Problems {
    Problems { diagnostics: vec![Diagnostic::general(code, message).help(help.to_owned())] }
}

/// Values that paths depend on and that are not the same in both manifests.
fn drifted(then: &Value, now: &Value) -> Vec<Drift> {
    let (then, mut now) = (values(then), values(now));
    let mut drifted = Vec::new();
    for (key, was) in then {
        let is = now.remove(&key);
        if is.as_ref() != Some(&was) {
            drifted.push(Drift { key, then: Some(was), now: is });
        }
    }
    drifted.extend(now.into_iter().map(|(key, is)| Drift { key, then: None, now: Some(is) }));
    drifted
}

/// A text without what a terminal would obey.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

fn values(manifest: &Value) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    let mut take = |key: String, value: &Value| {
        values.insert(plain(&key), value.as_str().map_or_else(|| value.to_string(), plain));
    };
    for key in ["start", "end"] {
        take(format!("horizon.{key}"), &manifest[key]);
    }
    let rows = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let name = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    for figure in rows(&manifest["vintage"]["figures"]) {
        take(name(&figure, "key"), &figure["value"]);
    }
    for parameter in rows(&manifest["parameters"]) {
        take(format!("parameters.{}", name(&parameter, "name")), &parameter["value"]);
    }
    let lists = ["event[", "watch[", "treasury.", "rates.", "fed."];
    for typed in rows(&manifest["typed"]) {
        let key = name(&typed, "key");
        if lists.iter().any(|list| key.starts_with(list)) {
            take(key, &typed["value"]);
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    /// Keeps a run as `run` does, but for its results.
    fn keep(scenario: &Scenario, folder: &Path) {
        let plan = scenario::plan(scenario);
        let mark = (RUN_FOLDER.mark.to_owned(), manifest(scenario, asked_for(&scenario.name), &plan));
        for (name, bytes) in scenario_files(scenario).into_iter().chain([mark]) {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }

    fn meant(scenario: &Scenario) -> String {
        let vintage = scenario::Vintage { path: PathBuf::new(), ..scenario.vintage.clone() };
        format!("{:?}", Scenario { typed: Vec::new(), files: [].into(), vintage, ..scenario.clone() })
    }

    #[test]
    fn a_shipped_scenario_comes_back_with_paths_seed_and_draws() {
        let place = tempfile::tempdir().unwrap();
        let mut scenario = scenario::load("shutdown_cash_hoarding").unwrap();
        scenario.set_paths(4_096);
        scenario.set_seed(7);
        scenario.set_draws(Draws::Sobol);
        keep(&scenario, place.path());
        let found = reopen(place.path()).unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!((meant(&found.scenario), &found.drifted), (meant(&scenario), &vec![]));
        let files: Vec<_> = fs::read_dir(place.path().join("scenario")).unwrap().collect();
        assert_eq!(files.len(), 1, "what ships is not kept but for the scenario itself");
    }

    #[test]
    fn files_of_ones_own_come_along_and_may_change_behind_the_runs_back() {
        let (home, place) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let write = |name: &str, text: &str| {
            let path = home.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, text).unwrap();
            path.to_string_lossy().into_owned()
        };
        let vintage = scenario::shipped::VINTAGES.iter().find(|shipped| shipped.name == "2025-10-01").unwrap().text;
        write("parts/world.toml", vintage);
        write("parts/parent.toml", "title = 'p'\nextends = 'baseline_2025q4'\n[vintage]\nfile = 'world'\n");
        write("fit.toml", "title = 'f'\n[parameters]\nhoarding_gain = '3bn/bp'\n");
        let own = write("own.toml", "extends = 'parts/parent'\n[parameters]\nfile = 'fit'\n");
        let scenario = scenario::load(&own).unwrap_or_else(|problems| panic!("{problems}"));
        keep(&scenario, place.path());
        let found = reopen(place.path()).unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!((meant(&found.scenario), found.drifted), (meant(&scenario), vec![]));

        fs::write(place.path().join("scenario/fit.toml"), "title = 'f'\n[parameters]\nhoarding_gain = '4bn/bp'\n")
            .unwrap();
        let drifted = reopen(place.path()).unwrap().drifted;
        let expected = Drift {
            key: "parameters.hoarding_gain".to_owned(),
            then: Some("3.0".to_owned()),
            now: Some("4.0".to_owned()),
        };
        assert_eq!(drifted, [expected]);
    }

    #[test]
    fn what_is_no_run_is_told_with_what_to_do() {
        let place = tempfile::tempdir().unwrap();
        let told = |text: Option<&str>| {
            let path = place.path().join(RUN_FOLDER.mark);
            if let Some(text) = text {
                fs::write(&path, text).unwrap();
            }
            let said = reopen(place.path()).expect_err("it is no run").render(false);
            said.replace(&place.path().to_string_lossy().into_owned(), "run")
        };
        assert_eq!(
            told(None),
            "error[S002]: cannot read `run/manifest.json`: there is no such file\n\
             help: name the folder of a run, such as output/qt_end\n\n1 problem found"
        );
        assert!(told(Some("{")).contains("`run/manifest.json` is no manifest of a run: EOF"));
        assert!(told(Some("{}")).contains("has format null, and this tidegate reads 1"));
        assert!(told(Some("{\"format\": 1}")).contains("does not say what paths, seed and draws the run had"));
        assert!(told(Some(r#"{"format": 1, "paths": 0, "seed": 1, "draws": "plain"}"#)).contains("does not say"));
        let outside =
            r#"{"format": 1, "paths": 5, "seed": 1, "draws": "plain", "command": "x\u001b[2J", "file": "../own.toml"}"#;
        assert!(told(Some(outside)).contains("does not hold what it was simulated from\nhelp: run it again: x[2J\n"));
        let old = "{\"format\": 1, \"paths\": 5, \"seed\": 1, \"draws\": \"plain\", \"command\": \"tidegate run x\"}";
        assert_eq!(
            told(Some(old)),
            "error[S002]: `run` does not hold what it was simulated from\nhelp: run it again: tidegate run x\n\n1 problem found"
        );
    }
}
