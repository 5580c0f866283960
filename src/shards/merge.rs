//! All shards into what one process would have counted.

use super::error::{JobError, Progress};
use super::job::Job;
use crate::results::Counted;
use crate::statistics::Tally;

impl Job {
    /// Looks at the files of all shards.
    pub fn progress(&self) -> Progress {
        let faults = (0..self.shards()).filter_map(|index| Some((index, self.look(index).err()?))).collect();
        Progress { folder: self.folder.clone(), shards: self.shards(), faults }
    }

    /// Adds all shards up, each once, with one of them in memory at a time.
    ///
    /// # Errors
    /// Files of shards are missing or do not count, all of which are named; or this machine cannot lay the bins of the plan.
    pub fn merge(&self) -> Result<Counted, JobError> {
        let mut merged = Counted { tally: Tally::new(self.layout()?), replicates: Vec::new() };
        let mut faults = Vec::new();
        for index in 0..self.shards() {
            match self.read(index)? {
                Ok(counted) => {
                    merged.tally.add(&counted.tally);
                    merged.replicates.extend(counted.replicates);
                }
                Err(fault) => faults.push((index, fault)),
            }
        }
        if !faults.is_empty() {
            let folder = self.folder.clone();
            return Err(JobError::NotWhole(Progress { folder, shards: self.shards(), faults }));
        }
        assert_eq!(merged.tally.paths(), self.scenario.paths, "every shard holds the paths of its slice");
        Ok(merged)
    }
}
