//! `job.json`: everything that determines what is counted and told, so that a folder is enough to go on from.

use super::error::JobError;
use super::job::JOB_FOLDER;
use crate::results::run_fingerprint;
use crate::scenario::{self, Draws, Scenario};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::{Component, Path};

/// Version of the layout of the job folder.
pub const FORMAT: u32 = 1;

/// What `job.json` holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct JobFile {
    pub format: u32,
    pub tidegate: String,
    /// The number that tells this plan from every other.
    pub plan: String,
    /// The name or file of the scenario as it was asked for.
    pub asked: String,
    /// Where its own file lies in the folder of the job.
    pub file: String,
    /// The folder from which that was read.
    pub folder: String,
    pub paths: u64,
    pub seed: u64,
    pub draws: String,
    /// Which of these three the command put in the place of the scenario's own.
    pub overridden: Vec<String>,
    pub precision: String,
    pub shards: u32,
    /// Where the pilot of the run laid the bins of all columns, as one number.
    pub bins: String,
}

impl JobFile {
    /// Reads it for the job in a folder.
    ///
    /// # Errors
    /// It is none, or that of another version of the program.
    pub fn read(folder: &Path, bytes: &[u8]) -> Result<JobFile, JobError> {
        let shown = folder.join(JOB_FOLDER.mark);
        let none = |error| changed(folder, &format!("{} is no plan of tidegate: {error}", shown.display()));
        let value: Value = serde_json::from_slice(bytes).map_err(none)?;
        let (now, then) = (env!("CARGO_PKG_VERSION"), value["tidegate"].as_str().unwrap_or(env!("CARGO_PKG_VERSION")));
        if then != now {
            let (folder, then) = (folder.display(), then.escape_debug());
            return Err(JobError::Refused(format!(
                "{folder} was planned by tidegate {then}, and this is {now}\n\nhelp: count and merge it with tidegate {then}, \
                 or plan it again with this one and `--out` another folder"
            )));
        }
        serde_json::from_value(value).map_err(none)
    }

    /// The scenario that lies in the folder of the job, told as it was planned.
    ///
    /// # Errors
    /// It is not there any more, or was changed and cannot be used.
    pub fn scenario(&self, folder: &Path) -> Result<Scenario, JobError> {
        let is_inside = Path::new(&self.file).components().all(|part| matches!(part, Component::Normal(_)));
        let (Some(draws), true) = (Draws::called(&self.draws), is_inside) else {
            let place = folder.join(JOB_FOLDER.mark);
            return Err(changed(folder, &format!("{} was changed since it was planned", place.display())));
        };
        let own = folder.join(&self.file);
        let mut scenario = scenario::load(&own.to_string_lossy()).map_err(JobError::Scenario)?;
        scenario.told_from(own.parent().unwrap_or(folder), Path::new(&self.folder));
        (scenario.paths, scenario.seed, scenario.draws) = (self.paths, self.seed, draws);
        for key in &self.overridden {
            match key.as_str() {
                "run.paths" => scenario.set_paths(self.paths),
                "run.seed" => scenario.set_seed(self.seed),
                "run.draws" => scenario.set_draws(draws),
                _ => {}
            }
        }
        Ok(scenario)
    }

    /// The number of the plan, of which this is the scenario.
    pub fn number(&self, scenario: &Scenario) -> String {
        let JobFile { format, asked, file, folder, overridden, precision, shards, bins, .. } = self;
        let options = format!("{format} {asked:?} {file:?} {folder:?} {overridden:?} {precision} {shards} {bins}");
        run_fingerprint(scenario, &options).to_string()
    }
}

/// A job that is not what was planned.
pub fn changed(folder: &Path, what: &str) -> JobError {
    let folder = folder.display();
    JobError::Unreadable(format!(
        "{what}\n\nhelp: put it back as it was, and the shards that are there count; or remove {folder} and plan again"
    ))
}
