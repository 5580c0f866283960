//! The scenarios that can be tried out: those that ship, and those in the folder where the server was started.

use super::answer::Refusal;
use super::knobs::{Group, groups};
use crate::scenario::{self, Scenario, nearest, shipped::SCENARIOS};
use jiff::civil::Date;
use serde::Serialize;
use std::path::PathBuf;

/// Files of a folder that are looked at.
const MOST_FILES: usize = 500;

/// The largest scenario file, in bytes, as the loader has it.
const LARGEST_FILE: u64 = 1 << 20;

/// The scenarios that ship and those of a folder.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// The folder of one's own scenarios; new ones are saved there.
    pub folder: PathBuf,
}

/// A scenario in a list.
#[derive(Clone, Debug, Serialize)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Whether it is a file of the folder.
    pub own: bool,
}

/// A scenario with its sliders.
#[derive(Clone, Debug, Serialize)]
pub struct Described {
    name: String,
    title: String,
    claim: String,
    look_at: Vec<String>,
    start: Date,
    end: Date,
    paths: u64,
    groups: Vec<Group>,
}

impl Catalogue {
    /// All of them by name, one's own first.
    pub fn list(&self) -> Vec<Listed> {
        let mut listed = self.own();
        let shipped = SCENARIOS.iter().filter(|shipped| !self.file(shipped.name).is_file()).map(|shipped| Listed {
            name: shipped.name.to_owned(),
            title: title_of(shipped.text).unwrap_or_default(),
            own: false,
        });
        listed.extend(shipped);
        listed
    }

    fn own(&self) -> Vec<Listed> {
        let entries = self.folder.read_dir().into_iter().flatten().flatten().take(MOST_FILES);
        let mut own: Vec<Listed> = entries
            .filter_map(|entry| {
                let path = entry.path();
                let is_small = entry.metadata().is_ok_and(|found| found.is_file() && found.len() <= LARGEST_FILE);
                if !is_small || path.extension()? != "toml" {
                    return None;
                }
                let title = title_of(&std::fs::read_to_string(&path).ok()?)?;
                Some(Listed { name: path.file_stem()?.to_str()?.to_owned(), title, own: true })
            })
            .collect();
        own.sort_by(|a, b| a.name.cmp(&b.name));
        own
    }

    /// Where a scenario of this name is or would be saved.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.toml"))
    }

    /// The scenario of a name, one's own before one that ships.
    ///
    /// # Errors
    /// There is none, or it is wrong.
    pub fn load(&self, name: &str) -> Result<Scenario, Refusal> {
        let is_own = !name.contains(['/', '\\']) && self.file(name).is_file();
        if is_own || SCENARIOS.iter().any(|shipped| shipped.name == name) {
            let place = if is_own { self.file(name).to_string_lossy().into_owned() } else { name.to_owned() };
            return scenario::load(&place).map_err(Refusal::of_problems);
        }
        let listed = self.list();
        let near = nearest(name, listed.iter().map(|listed| listed.name.as_str()));
        let help = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        let name: String = name.chars().take(60).collect();
        Err(Refusal::unknown(format!("no scenario is called `{name}`{help}")))
    }

    /// The scenario of a name with its sliders.
    ///
    /// # Errors
    /// There is none, or it is wrong.
    pub fn describe(&self, name: &str) -> Result<Described, Refusal> {
        let scenario = self.load(name)?;
        Ok(Described {
            groups: groups(&scenario),
            name: name.to_owned(),
            title: scenario.title,
            claim: scenario.claim,
            look_at: scenario.look_at,
            start: scenario.start,
            end: scenario.end,
            paths: scenario.paths,
        })
    }
}

/// The title of a text that looks like a scenario: it extends one, or has a horizon.
fn title_of(text: &str) -> Option<String> {
    let table: toml::Table = toml::from_str(text).ok()?;
    let is_scenario = table.get("extends").is_some_and(toml::Value::is_str)
        || table.get("horizon").is_some_and(toml::Value::is_table);
    is_scenario.then(|| table.get("title").and_then(toml::Value::as_str).unwrap_or_default().to_owned())
}

/// Whether a name may become that of a file or folder: letters, digits, hyphens and underscores.
pub fn is_plain(name: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-');
    (1..=64).contains(&name.len())
        && name.chars().all(plain)
        && name.starts_with(|letter: char| letter.is_ascii_alphanumeric())
}
