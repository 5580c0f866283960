//! One shard: its slice of the run counted into a file, once.

use super::error::{Fault, JobError};
use super::job::Job;
use super::slice::Slice;
use crate::results::{Counted, CountedBytes, figures};
use crate::simulation::{count_replicate, tally_paths};
use crate::statistics::{Summary, Tally, TallyError};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io;
use std::path::PathBuf;

/// A shard whose file is there.
#[derive(Debug)]
pub struct Shard {
    /// Its number.
    pub index: u32,
    /// Its file.
    pub file: PathBuf,
    /// What was there before.
    pub was: Was,
}

/// What was there of a shard before it was asked for.
#[derive(Debug)]
pub enum Was {
    /// Its file, which was left as it is.
    Done,
    /// Nothing.
    Missing,
    /// A file that does not count, in whose place the right one now is.
    Unsound(Fault),
}

/// Of what a file is the count.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ShardOf {
    tidegate: String,
    plan: String,
    shard: u32,
}

/// The name of the file of a shard.
pub(super) fn name_of(index: u32) -> String {
    format!("{index:05}.tally")
}

impl Job {
    /// The file of a shard.
    pub fn file_of(&self, index: u32) -> PathBuf {
        self.folder.join("shards").join(name_of(index))
    }

    /// Counts a shard into its file, unless that is there and sound; `progress` is told how many more paths are done.
    ///
    /// # Errors
    /// There is no such shard, its file cannot be written, or the books of a path do not add up.
    pub fn count(&self, index: u32, progress: &(dyn Fn(u64) + Sync)) -> Result<Shard, JobError> {
        let slice = self.slice(index)?;
        let file = self.file_of(index);
        let was = match self.look(index) {
            Ok(_) => return Ok(Shard { index, file, was: Was::Done }),
            Err(Fault::Missing) => Was::Missing,
            Err(fault) => Was::Unsound(fault),
        };
        let counted = self.count_slice(&slice, progress)?;
        let folder = self.folder.join("shards");
        fs::create_dir_all(&folder).map_err(|error| JobError::File(folder, error))?;
        let of = ShardOf { tidegate: env!("CARGO_PKG_VERSION").to_owned(), plan: self.file.plan.clone(), shard: index };
        counted.write(&file, &of).map_err(|error| JobError::File(file.clone(), error))?;
        Ok(Shard { index, file, was })
    }

    fn count_slice(&self, slice: &Slice, progress: &(dyn Fn(u64) + Sync)) -> Result<Counted, JobError> {
        let (layout, settings) = (self.layout()?, self.settings());
        match slice {
            Slice::Paths(paths) => {
                let tally = tally_paths(&self.scenario, &self.plan, layout, paths.clone(), settings, progress)?;
                Ok(Counted { tally, replicates: Vec::new() })
            }
            Slice::Replicates(replicates) => {
                let mut counted = Counted { tally: Tally::new(layout), replicates: Vec::new() };
                for replicate in replicates.clone() {
                    let (scenario, plan) = (&self.scenario, &self.plan);
                    let tally = count_replicate(scenario, plan, layout, replicate, settings, &|| false, progress)?;
                    counted.replicates.push(figures(&Summary::of(&tally, plan), &scenario.watches));
                    counted.tally.add(&tally);
                }
                Ok(counted)
            }
        }
    }

    /// Looks whether the file of a shard is there, whole, and that of this shard of this plan.
    ///
    /// # Errors
    /// Why it does not count.
    pub(super) fn look(&self, index: u32) -> Result<CountedBytes<ShardOf>, Fault> {
        let bytes = match fs::read(self.file_of(index)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(Fault::Missing),
            read => read.map_err(Fault::Unreadable)?,
        };
        let found = CountedBytes::<ShardOf>::whole(bytes).ok_or(Fault::Damaged)?;
        let ShardOf { tidegate, plan, shard } = &found.of;
        if tidegate != env!("CARGO_PKG_VERSION") {
            return Err(Fault::OtherVersion(tidegate.clone()));
        }
        if *plan != self.file.plan {
            return Err(Fault::OtherPlan);
        }
        if *shard == index { Ok(found) } else { Err(Fault::OtherShard(*shard)) }
    }

    /// What the file of a shard holds.
    ///
    /// # Errors
    /// This machine cannot lay the bins of the plan; or why the file does not count.
    pub(super) fn read(&self, index: u32) -> Result<Result<Counted, Fault>, JobError> {
        let (layout, slice) = (self.layout()?, self.slice(index)?);
        Ok(self.look(index).and_then(|found| {
            let counted = found.read(layout).map_err(|error| match error {
                TallyError::OtherRun => Fault::OtherBins,
                _ => Fault::Damaged,
            })?;
            if counted.tally.paths() == slice.paths(&self.scenario) { Ok(counted) } else { Err(Fault::Damaged) }
        }))
    }
}
