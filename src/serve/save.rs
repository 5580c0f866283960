//! What is kept of a state: a scenario file in the folder, and a run of it.

use super::answer::Refusal;
use super::catalogue::{Catalogue, is_plain};
use super::server::SaveRun;
use super::setting::Setting;
use crate::scenario::{self, shipped::SCENARIOS};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// What is to be kept.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Asked {
    /// The state.
    pub setting: Setting,
    /// The name of the scenario, and of the folder of its run.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Whether it is run, too.
    pub run: bool,
}

/// What was kept.
#[derive(Clone, Debug, Serialize)]
pub struct Saved {
    /// The scenario file.
    scenario: String,
    /// The folder of the run.
    run: Option<String>,
}

/// The longest title, in letters.
const LONGEST_TITLE: usize = 200;

/// Writes a scenario file, and runs it into the folder of results if asked to.
///
/// # Errors
/// The name is none for a file or taken, the setting is wrong, or the file system refuses; no file is replaced.
pub fn save(asked: &Asked, catalogue: &Catalogue, output: &Path, save_run: &SaveRun) -> Result<Saved, Refusal> {
    let name = asked.name.as_str();
    if !is_plain(name) {
        return Err(Refusal::wrong(
            "a name takes up to 64 letters, digits, hyphens and underscores, such as `no_hoarding`",
        ));
    }
    if SCENARIOS.iter().any(|shipped| shipped.name == name) {
        return Err(Refusal::wrong(format!("`{name}` is a scenario that ships with the program; take another name")));
    }
    let title = asked.title.trim();
    if title.is_empty() || title.chars().count() > LONGEST_TITLE || title.chars().any(char::is_control) {
        return Err(Refusal::wrong(format!("a title is one line of at most {LONGEST_TITLE} letters")));
    }
    let (file, folder) = (catalogue.file(name), output.join(name));
    let taken =
        |place: String| Refusal::wrong(format!("there is {place} already, and nothing is replaced; take another name"));
    if file.symlink_metadata().is_ok() {
        return Err(taken(format!("a file {name}.toml")));
    }
    if asked.run && folder.symlink_metadata().is_ok() {
        return Err(taken(format!("a folder output/{name}")));
    }
    let text = asked.setting.text(&catalogue.load(&asked.setting.scenario)?, title)?;
    scenario::load_text_in(&catalogue.folder, &format!("{name}.toml"), &text).map_err(Refusal::of_problems)?;
    write_new(&file, text.as_bytes()).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => taken(format!("a file {name}.toml")),
        _ => Refusal::failed(format!("cannot write {name}.toml: {error}")),
    })?;
    let mut saved = Saved { scenario: format!("{name}.toml"), run: None };
    if asked.run {
        save_run(&file, &folder)
            .map_err(|why| Refusal::failed(format!("{name}.toml is saved, but not its run: {why}")))?;
        saved.run = Some(format!("output/{name}"));
    }
    Ok(saved)
}

/// Writes a file that is not there yet, whole or not at all.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let aside = path.with_extension(format!("toml.{}.partial", std::process::id()));
    let written = fs::File::create(&aside).and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
    // A link, unlike a renaming, does not replace what somebody else has put there meanwhile.
    let linked = written.and_then(|()| fs::hard_link(&aside, path));
    let _ = fs::remove_file(&aside);
    linked
}
