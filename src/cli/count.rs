//! Counts the paths of a run: from its checkpoint if there is one, with a bar, and with new checkpoints on the way.

use super::failure::{Failure, Interrupted};
use super::run::progress_bar;
use super::terminal::thousands;
use crate::model::Plan;
use crate::results::Checkpoint;
use crate::scenario::Scenario;
use crate::simulation::{ExactError, Settings, count_on, make_exact, tally_pilot};
use crate::statistics::Tally;
use indicatif::ProgressBar;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// How the paths of a run are counted.
pub struct Counting<'a> {
    /// Whether quantiles are made exact by a second pass.
    pub exact: bool,
    /// Whether a checkpoint is thrown away.
    pub restart: bool,
    /// Time between two checkpoints.
    pub every: Duration,
    /// Goes up when the run is to end and to keep what it has.
    pub interrupted: &'a AtomicBool,
}

impl Counting<'_> {
    /// Counts all paths of a scenario.
    pub fn count(&self, scenario: &Scenario, plan: &Plan, checkpoint: &mut Checkpoint) -> Result<Tally, Failure> {
        let bar = progress_bar(scenario, if self.exact { 2 * scenario.paths } else { scenario.paths });
        let counted = self.count_all(scenario, plan, checkpoint, &bar);
        bar.finish_and_clear();
        counted
    }

    fn count_all(
        &self,
        scenario: &Scenario,
        plan: &Plan,
        checkpoint: &mut Checkpoint,
        bar: &ProgressBar,
    ) -> Result<Tally, Failure> {
        // The pilot lays the bins by which a checkpoint is read.
        let mut tally = tally_pilot(scenario, plan)?;
        if let Some(kept) = self.resume(&tally, scenario.paths, checkpoint, bar)? {
            tally = kept;
        }
        bar.inc(tally.paths());
        bar.reset_eta();
        let progress = |paths| bar.inc(paths);
        let mut kept_at = Instant::now();
        while tally.paths() < scenario.paths {
            let pause = || self.is_interrupted() || kept_at.elapsed() >= self.every;
            count_on(scenario, plan, &mut tally, scenario.paths, Settings::default(), &pause, &progress)?;
            if self.is_interrupted() {
                return Err(keep(&tally, scenario, checkpoint));
            }
            if kept_at.elapsed() >= self.every {
                match checkpoint.write(&tally) {
                    Ok(()) => bar.set_prefix(format!("; kept: {}", thousands(tally.paths() as f64, 0))),
                    // The run goes on: there may be room for the results at its end.
                    Err(error) => tell(bar, &format!("warning: cannot write {}: {error}", checkpoint.file.display())),
                }
                kept_at = Instant::now();
            }
        }
        if self.exact {
            let pause = || self.is_interrupted();
            make_exact(scenario, plan, &mut tally, Settings::default(), &pause, &progress).map_err(
                |error| match error {
                    ExactError::Leak(leak) => Failure::Leak(leak),
                    ExactError::Paused => keep(&tally, scenario, checkpoint),
                    ExactError::Memory { bytes, most } => too_much_to_keep(scenario, bytes, most),
                },
            )?;
        }
        Ok(tally)
    }

    fn is_interrupted(&self) -> bool {
        self.interrupted.load(Ordering::Relaxed)
    }

    /// What the checkpoint holds of a run of so many paths with the pilot's layout, if it can be gone on from.
    fn resume(
        &self,
        pilot: &Tally,
        paths: u64,
        checkpoint: &mut Checkpoint,
        bar: &ProgressBar,
    ) -> Result<Option<Tally>, Failure> {
        if self.restart {
            checkpoint.discard().map_err(|error| Failure::File(checkpoint.file.clone(), error))?;
            return Ok(None);
        }
        match checkpoint.read(pilot.layout(), paths) {
            Ok(kept) => {
                if let Some(kept) = &kept {
                    let [kept, paths] = [kept.paths(), paths].map(|count| thousands(count as f64, 0));
                    tell(bar, &format!("goes on after {kept} of {paths} paths; `--restart` begins anew"));
                }
                Ok(kept)
            }
            Err(error) => {
                let file = checkpoint.file.display();
                tell(bar, &format!("note: begins anew and not from {file}: {error}"));
                Ok(None)
            }
        }
    }
}

/// Keeps what an interrupted run has counted.
fn keep(tally: &Tally, scenario: &Scenario, checkpoint: &mut Checkpoint) -> Failure {
    match checkpoint.write(tally) {
        Ok(()) => Failure::Interrupted(Interrupted {
            paths: tally.paths(),
            of: scenario.paths,
            checkpoint: checkpoint.file.clone(),
        }),
        Err(error) => Failure::File(checkpoint.file.clone(), error),
    }
}

/// A line on standard error, above the bar if there is one.
fn tell(bar: &ProgressBar, line: &str) {
    bar.suspend(|| anstream::eprintln!("{line}"));
}

fn too_much_to_keep(scenario: &Scenario, bytes: u64, most: u64) -> Failure {
    Failure::Argument(format!(
        "`--exact` would keep {} GB of values of the {} paths of `{}`; at most {} GB are allowed: take fewer paths, or \
         leave `--exact` out and read the bound of each quantile's error in `fan_errors.csv`",
        thousands(bytes as f64 / 1e9, 1),
        thousands(scenario.paths as f64, 0),
        scenario.name,
        thousands(most as f64 / 1e9, 0),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario;
    use std::path::Path;

    fn short(paths: u64) -> (Scenario, Plan) {
        let mut scenario = scenario::load("baseline_2025q4").expect("a shipped scenario");
        scenario.end = scenario.start.saturating_add(jiff::Span::new().days(10));
        scenario.set_paths(paths);
        let plan = scenario::plan(&scenario);
        (scenario, plan)
    }

    /// Counts a run of so many paths into the same folder always, with a checkpoint after every stretch.
    fn counted(place: &Path, paths: u64, exact: bool, restart: bool, interrupted: bool) -> Result<Tally, Failure> {
        let (scenario, plan) = short(paths);
        let interrupted = AtomicBool::new(interrupted);
        let counting = Counting { exact, restart, every: Duration::ZERO, interrupted: &interrupted };
        let mut checkpoint = Checkpoint::of(&place.join("run"), &scenario, "");
        counting.count(&scenario, &plan, &mut checkpoint)
    }

    fn uninterrupted(paths: u64) -> Vec<u8> {
        let (scenario, plan) = short(paths);
        crate::simulation::tally(&scenario, &plan, Settings::default(), &|_| ()).expect("the books balance").to_bytes()
    }

    #[test]
    fn a_run_that_is_interrupted_again_and_again_counts_what_one_that_is_not_does() {
        let place = tempfile::tempdir().unwrap();
        let mut reached = Vec::new();
        let tally = loop {
            let threads = 1 + reached.len() % 3;
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            match pool.install(|| counted(place.path(), 7_000, false, false, true)) {
                Ok(tally) => break tally,
                Err(Failure::Interrupted(Interrupted { paths, of: 7_000, .. })) => reached.push(paths),
                Err(_) => panic!("nothing else can go wrong"),
            }
        };
        assert!(reached.is_sorted_by(|a, b| a < b) && reached.len() >= 3, "{reached:?}");
        assert!(tally.to_bytes() == uninterrupted(7_000));
    }

    #[test]
    fn a_longer_run_goes_on_from_a_shorter_one_and_a_second_pass_is_begun_again() {
        let place = tempfile::tempdir().unwrap();
        counted(place.path(), 2_048, false, false, false).unwrap_or_else(|_| panic!("nothing can go wrong"));
        let file = place.path().join(".run.checkpoint");
        assert!(file.exists(), "a checkpoint is written after each stretch");
        let longer = counted(place.path(), 5_000, true, false, true);
        assert!(matches!(longer, Err(Failure::Interrupted(Interrupted { paths: 2_049.., .. }))));
        while counted(place.path(), 5_000, false, false, true).is_err() {}
        let second_pass = counted(place.path(), 5_000, true, false, true);
        assert!(matches!(second_pass, Err(Failure::Interrupted(Interrupted { paths: 5_000, .. }))));
        let whole = counted(place.path(), 5_000, true, false, false).unwrap_or_else(|_| panic!("nothing can go wrong"));
        assert!(whole.to_bytes() == uninterrupted(5_000));
    }

    #[test]
    fn a_restart_throws_a_checkpoint_away() {
        let place = tempfile::tempdir().unwrap();
        while counted(place.path(), 4_096, false, false, true).is_err() {}
        let restarted = counted(place.path(), 4_096, false, true, true);
        assert!(matches!(restarted, Err(Failure::Interrupted(Interrupted { paths: ..4_096, .. }))));
    }
}
