//! A run that is counted in shards, and the folder in which it is.

use super::error::JobError;
use super::job_file::{JobFile, changed};
use super::slice::Slice;
use crate::model::Plan;
use crate::results::{Asked, Layout as Names};
use crate::scenario::{self, Scenario};
use crate::simulation::{Precision, Settings, tally_pilot};
use crate::statistics::Layout;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// What stands at the top of a job folder.
pub const JOB_FOLDER: Names = Names { mark: "job.json", names: &["job.json", "scenario", "shards"] };

/// A run that is counted in shards.
#[derive(Debug)]
pub struct Job {
    /// Its folder.
    pub folder: PathBuf,
    /// What is simulated, with the paths, seed and draws of the plan.
    pub scenario: Scenario,
    /// Its days.
    pub plan: Plan,
    /// The precision of its numbers.
    pub precision: Precision,
    pub(super) file: JobFile,
    layout: OnceLock<Arc<Layout>>,
}

impl Job {
    /// Reads a job from its folder.
    ///
    /// # Errors
    /// It is none, was planned by another version of the program, or was changed since.
    pub fn open(folder: &Path) -> Result<Job, JobError> {
        let place = folder.join(JOB_FOLDER.mark);
        let bytes = fs::read(&place).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => JobError::Refused(format!(
                "{} is no job: there is no {}\n\nhelp: `tidegate plan SCENARIO --shards N` makes one",
                folder.display(),
                place.display()
            )),
            _ => JobError::Unreadable(format!("cannot read {}: {error}", place.display())),
        })?;
        let file = JobFile::read(folder, &bytes)?;
        let scenario = file.scenario(folder)?;
        let precision = Precision::called(&file.precision);
        match precision.filter(|_| file.number(&scenario) == file.plan && file.shards > 0) {
            Some(precision) => Ok(Job::new(folder, scenario, precision, file)),
            None => {
                let message =
                    format!("{}, or what lies in scenario/, was changed since it was planned", place.display());
                Err(changed(folder, &message))
            }
        }
    }

    pub(super) fn new(folder: &Path, scenario: Scenario, precision: Precision, file: JobFile) -> Job {
        let (folder, plan) = (folder.to_owned(), scenario::plan(&scenario));
        Job { folder, plan, scenario, precision, file, layout: OnceLock::new() }
    }

    /// How many shards it has.
    pub fn shards(&self) -> u32 {
        self.file.shards
    }

    /// How the run was asked for.
    pub fn asked(&self) -> Asked<'_> {
        Asked { name: &self.file.asked, exact: false, precision: self.precision }
    }

    /// What a shard counts.
    ///
    /// # Errors
    /// There is no such shard.
    pub fn slice(&self, index: u32) -> Result<Slice, JobError> {
        if index < self.shards() {
            return Ok(Slice::of(&self.scenario, index, self.shards()));
        }
        let (folder, last) = (self.folder.display(), self.shards() - 1);
        Err(JobError::Refused(format!("{folder} has the shards 0 to {last}; there is no shard {index}")))
    }

    /// The bins by which all shards count. Every process lays them by the same pilot, a second's work or less, and so shows
    /// that it computes the numbers of the one that planned.
    ///
    /// # Errors
    /// It does not, or books of the pilot do not add up.
    pub fn layout(&self) -> Result<&Arc<Layout>, JobError> {
        let layout = self.lay()?;
        if bins_of(layout) == self.file.bins {
            return Ok(layout);
        }
        Err(JobError::Refused(format!(
            "this program computes other numbers on this machine than the one that planned {}\n\nhelp: take the same build \
             of tidegate {} everywhere, on one kind of processor and operating system",
            self.folder.display(),
            self.file.tidegate
        )))
    }

    pub(super) fn lay(&self) -> Result<&Arc<Layout>, JobError> {
        if let Some(layout) = self.layout.get() {
            return Ok(layout);
        }
        let pilot = tally_pilot(&self.scenario, &self.plan, self.settings())?;
        Ok(self.layout.get_or_init(|| pilot.layout().clone()))
    }

    pub(super) fn settings(&self) -> Settings {
        Settings { precision: self.precision, ..Settings::default() }
    }
}

/// The number of a layout as text.
pub(super) fn bins_of(layout: &Layout) -> String {
    format!("{:016x}", layout.fingerprint())
}
