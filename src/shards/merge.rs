//! All shards into what one process would have counted.

use super::error::{Fault, JobError, Progress};
use super::job::Job;
use crate::results::Counted;
use crate::statistics::Tally;
use std::iter;

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
        self.merge_arriving(iter::empty())
    }

    /// The same, begun with those whose indices `arriving` hands out, while others may still be counted; once it hands out
    /// no more, the rest must be there. The order makes no difference.
    ///
    /// # Errors
    /// As [`merge`](Job::merge), or `arriving` names a shard that the job does not have.
    pub fn merge_arriving(&self, arriving: impl Iterator<Item = u32>) -> Result<Counted, JobError> {
        let mut tally = Tally::new(self.layout()?);
        let mut replicates = vec![None; self.shards() as usize];
        let mut add = |index: u32| -> Result<Option<Fault>, JobError> {
            self.slice(index)?;
            if replicates[index as usize].is_some() {
                return Ok(None);
            }
            Ok(match self.read(index)? {
                Ok(counted) => {
                    tally.add(&counted.tally);
                    replicates[index as usize] = Some(counted.replicates);
                    None
                }
                Err(fault) => Some(fault),
            })
        };
        for index in arriving {
            // One that does not count yet may do so at the end.
            add(index)?;
        }
        let mut faults = Vec::new();
        for index in 0..self.shards() {
            faults.extend(add(index)?.map(|fault| (index, fault)));
        }
        if !faults.is_empty() {
            let folder = self.folder.clone();
            return Err(JobError::NotWhole(Progress { folder, shards: self.shards(), faults }));
        }
        assert_eq!(tally.paths(), self.scenario.paths, "every shard holds the paths of its slice");
        Ok(Counted { tally, replicates: replicates.into_iter().flatten().flatten().collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{self, Draws};
    use crate::shards::{Was, plan};
    use crate::simulation::{Precision, Settings, tally};
    use jiff::Span;
    use std::fs;

    /// Ten days of the baseline in a job of five shards, of which some are counted.
    fn job(place: &tempfile::TempDir, draws: Draws, counted: &[u32]) -> Job {
        let text = "title = 'Ten days'\nextends = 'baseline_2025q4'\nremove = ['runoff ends', 'more repo capacity', \
                    'reserve management purchases', 'SOFR 20bp above IORB by year-end']\n[horizon]\nend = 2025-10-14\n";
        let mut scenario = scenario::load_text("ten_days.toml", text).unwrap_or_else(|problems| panic!("{problems}"));
        assert!(scenario.end <= scenario.start.saturating_add(Span::new().days(20)));
        scenario.set_draws(draws);
        scenario.set_paths(2_048);
        let planned = plan(scenario, "ten_days.toml", Precision::Double, 5, &place.path().join("job")).unwrap();
        assert!(!planned.was_there);
        let job = Job::open(&planned.job.folder).unwrap();
        count(&job, counted);
        job
    }

    /// Counts shards that are not there yet.
    fn count(job: &Job, indices: &[u32]) {
        for &index in indices {
            assert!(matches!(job.count(index, &|_| ()).unwrap().was, Was::Missing));
        }
    }

    #[test]
    fn shards_are_added_as_they_arrive_and_each_once() {
        for draws in Draws::ALL {
            let place = tempfile::tempdir().unwrap();
            let job = job(&place, draws, &[3, 0]);
            let whole = tally(&job.scenario, &job.plan, Settings::default(), &|_| ()).unwrap();
            // The others are counted while it is merged; 3 arrives twice, 1 is announced too early, 2 is never announced.
            let arriving = [3, 1, 3, 0, 4].into_iter().inspect(|&index| {
                if index == 4 {
                    count(&job, &[1, 2, 4]);
                }
            });
            let merged = job.merge_arriving(arriving).unwrap();
            assert!(merged.tally.to_bytes() == whole.to_bytes(), "{draws:?}");
            assert_eq!(merged.replicates, job.merge().unwrap().replicates);
            assert_eq!(merged.replicates.len(), if draws == Draws::Sobol { 16 } else { 0 });
        }
    }

    #[test]
    fn what_never_arrives_is_named() {
        let place = tempfile::tempdir().unwrap();
        let job = job(&place, Draws::Plain, &[0, 1, 2, 4]);
        fs::write(job.file_of(2), "cut").unwrap();
        let Err(JobError::NotWhole(found)) = job.merge_arriving([4, 3, 2].into_iter()) else {
            panic!("two are not there")
        };
        assert!(matches!(found.faults[..], [(2, Fault::Damaged), (3, Fault::Missing)]), "{found}");
        assert!(matches!(job.merge_arriving([5].into_iter()), Err(JobError::Refused(_))));
    }
}
