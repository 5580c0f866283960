//! The probability of what happens on one path in a hundred thousand, with an interval.
//!
//! A pilot lays levels between an ordinary path and the event (`levels.rs`); independent replicates climb them
//! (`replicate.rs`), each an estimate without bias; how they differ says how far off their mean is (`interval.rs`).
//! Everything that a path draws moves: its shocks of every day and what it draws once, parameters, dates and sizes
//! of events.

mod chains;
mod interval;
mod levels;
mod paths;
mod record;
mod replicate;
#[cfg(test)]
mod tests;

pub use interval::Interval;
pub use levels::{Level, Levels, NoWay};
pub use paths::RarePaths;
pub use record::{LevelRecord, RareRecord};
pub use replicate::Replicate;

use crate::scenario::{Scenario, Watch, plan};
use crate::simulation::{LeakFound, ScoredPaths};
use chains::Address;
use rayon::prelude::*;
use replicate::replicate;

/// Paths of the pilot on each level, at most.
const MOST_OF_PILOT: usize = 2_000;

/// How much work an estimate is.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// Paths of a replicate on each level.
    pub per_level: usize,
    /// Replicates.
    pub replicates: usize,
    /// Seed of every draw.
    pub seed: u64,
}

/// The probability of a rare event.
#[derive(Clone, Debug)]
pub struct RareEvent {
    /// The levels that were climbed.
    pub levels: Vec<Level>,
    /// What each replicate found.
    pub replicates: Vec<Replicate>,
    /// Paths that were simulated, those of the pilot among them.
    pub paths: u64,
    /// The estimate; none if no replicate reached the event.
    pub interval: Option<Interval>,
}

/// Why there is no estimate.
#[derive(Clone, Debug, PartialEq)]
pub enum RareError {
    /// The condition has no distance: what is said of it.
    NoDistance(String),
    /// No levels lead to the event.
    NoWay(NoWay),
}

impl From<NoWay> for RareError {
    fn from(why: NoWay) -> RareError {
        RareError::NoWay(why)
    }
}

impl From<LeakFound> for RareError {
    fn from(leak: LeakFound) -> RareError {
        RareError::NoWay(NoWay::Leak(leak))
    }
}

impl RareEvent {
    /// Estimates with what probability a watch fires in a scenario; `progress` is told how many more paths are done.
    ///
    /// # Errors
    /// There is no way to estimate it.
    pub fn of(
        scenario: &Scenario,
        watch: &Watch,
        effort: Effort,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<RareEvent, RareError> {
        let plan = plan(scenario);
        let mut paths = ScoredPaths::new(scenario, &plan, watch).map_err(RareError::NoDistance)?;
        paths.measure_spreads()?;
        RareEvent::on(&paths, effort, progress)
    }

    /// The same of any paths.
    ///
    /// # Errors
    /// As [`RareEvent::of`].
    pub fn on(paths: &impl RarePaths, effort: Effort, progress: &(dyn Fn(u64) + Sync)) -> Result<RareEvent, RareError> {
        let Effort { per_level, replicates, seed } = effort;
        let laid = Levels::lay(paths, seed, per_level.min(MOST_OF_PILOT), progress)?;
        let replicates: Vec<Replicate> = (0..replicates)
            .into_par_iter()
            .with_max_len(1)
            .map(|number| {
                let address = Address { seed, replicate: number as u64 + 1, stage: 0 };
                replicate(paths, address, &laid.levels, per_level, progress)
            })
            .collect::<Result<_, LeakFound>>()?;
        let estimates: Vec<f64> = replicates.iter().map(|replicate| replicate.estimate).collect();
        Ok(RareEvent {
            levels: laid.levels,
            paths: laid.paths + replicates.iter().map(|replicate| replicate.paths).sum::<u64>(),
            interval: estimates.iter().any(|p| *p > 0.0).then(|| Interval::of(&estimates)),
            replicates,
        })
    }

    /// What the replicates say against the interval; nothing if they agree as they should.
    pub fn doubt(&self) -> Option<String> {
        /// The relative spread beyond which the interval was seen to hold the truth less often than it says.
        const ROUGH: f64 = 1.0;
        /// The share of the sum of all that one replicate may have, if there are sixteen.
        const MOST: f64 = 0.4;
        let interval = self.interval?;
        let of = self.replicates.len();
        let lost = self.replicates.iter().filter(|replicate| replicate.estimate == 0.0).count();
        let largest = self.replicates.iter().map(|replicate| replicate.estimate).fold(0.0, f64::max);
        let share = largest / (interval.estimate * of as f64);
        if lost > 0 {
            return Some(format!("{lost} of {of} replicates never reached the event"));
        }
        if share > MOST {
            return Some(format!("one of {of} replicates makes {:.0}% of the estimate", 100.0 * share));
        }
        (interval.relative_spread > ROUGH).then(|| {
            let spread = 100.0 * interval.relative_spread;
            format!("the replicates differ by {spread:.0}% of their mean (one standard deviation)")
        })
    }

    /// The share of those that passed each level, and last the event, over all replicates.
    pub fn shares(&self) -> Vec<f64> {
        over_all(&self.replicates, self.levels.len() + 1, |replicate| &replicate.passed)
    }

    /// The share of steps that were taken above each level, over all replicates.
    pub fn taken(&self) -> Vec<f64> {
        over_all(&self.replicates, self.levels.len(), |replicate| &replicate.taken)
    }
}

/// Shares of sums over replicates.
fn over_all<'a>(
    replicates: &'a [Replicate],
    count: usize,
    of: impl Fn(&'a Replicate) -> &'a Vec<(u64, u64)>,
) -> Vec<f64> {
    (0..count)
        .map(|stage| {
            let reached = replicates.iter().filter_map(|replicate| of(replicate).get(stage));
            let (some, all) = reached.fold((0, 0), |(some, all), (more, of)| (some + more, all + of));
            some as f64 / (all as f64).max(1.0)
        })
        .collect()
}
