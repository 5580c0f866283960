//! Counts the paths of a run: from its checkpoint if there is one, with a bar, and with new checkpoints on the way.

use super::failure::{Failure, Interrupted};
use super::run::progress_bar;
use crate::model::Plan;
use crate::report::numbers::number;
use crate::results::{Checkpoint, Counted, Until};
use crate::scenario::{Draws, Scenario};
use crate::simulation::{ExactError, Settings, make_exact, tally_pilot};
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
    /// Double precision, or single for a preview.
    pub settings: Settings,
    /// Goes up when the run is to end and to keep what it has.
    pub interrupted: &'a AtomicBool,
}

impl Counting<'_> {
    /// Counts the paths of a scenario: all of them, or fewer where that is good enough.
    pub fn count(
        &self,
        scenario: &Scenario,
        plan: &Plan,
        until: Option<&Until>,
        checkpoint: &mut Checkpoint,
    ) -> Result<Counted, Failure> {
        let bar = progress_bar(scenario, if self.exact { 2 * scenario.paths } else { scenario.paths });
        let counted = self.count_all(scenario, plan, until, checkpoint, &bar);
        bar.finish_and_clear();
        counted
    }

    fn count_all(
        &self,
        scenario: &Scenario,
        plan: &Plan,
        until: Option<&Until>,
        checkpoint: &mut Checkpoint,
        bar: &ProgressBar,
    ) -> Result<Counted, Failure> {
        let mut counted = self.begin(scenario, plan, checkpoint, bar)?;
        bar.inc(counted.tally.paths());
        bar.reset_eta();
        let progress = |paths| bar.inc(paths);
        let mut kept_at = Instant::now();
        while !counted.is_enough(scenario, plan, until) {
            // A replicate that is begun is not thrown away for a checkpoint.
            let is_due = || scenario.draws == Draws::Plain && kept_at.elapsed() >= self.every;
            let pause = || self.is_interrupted() || is_due();
            counted.count_on(scenario, plan, until, self.settings, &pause, &progress)?;
            if self.is_interrupted() {
                return Err(keep(&counted, scenario, checkpoint));
            }
            if kept_at.elapsed() >= self.every {
                match checkpoint.write(&counted) {
                    Ok(()) => bar.set_prefix(format!("; kept: {}", number(counted.tally.paths() as f64, 0))),
                    // The run goes on: there may be room for the results at its end.
                    Err(error) => tell(bar, &format!("warning: cannot write {}: {error}", checkpoint.file.display())),
                }
                kept_at = Instant::now();
            }
        }
        if self.exact {
            bar.set_length(2 * counted.tally.paths());
            let pause = || self.is_interrupted();
            make_exact(scenario, plan, &mut counted.tally, self.settings, &pause, &progress).map_err(|error| {
                match error {
                    ExactError::Leak(leak) => Failure::Leak(leak),
                    ExactError::Paused => keep(&counted, scenario, checkpoint),
                    ExactError::Memory { bytes, most } => too_much_to_keep(scenario, bytes, most),
                }
            })?;
        }
        Ok(counted)
    }

    fn is_interrupted(&self) -> bool {
        self.interrupted.load(Ordering::Relaxed)
    }

    /// What the checkpoint holds, or what every run begins with.
    fn begin(
        &self,
        scenario: &Scenario,
        plan: &Plan,
        checkpoint: &mut Checkpoint,
        bar: &ProgressBar,
    ) -> Result<Counted, Failure> {
        // The pilot lays the bins, by which a checkpoint is read.
        let pilot = tally_pilot(scenario, plan, self.settings)?;
        let layout = pilot.layout().clone();
        if self.restart {
            checkpoint.discard().map_err(|error| Failure::File(checkpoint.file.clone(), error))?;
        }
        match checkpoint.read(&layout, scenario.paths) {
            Ok(Some(kept)) => {
                let [paths, of] = [kept.tally.paths(), scenario.paths].map(|count| number(count as f64, 0));
                tell(bar, &format!("goes on after {paths} of {of} paths; `--restart` begins anew"));
                return Ok(kept);
            }
            Ok(None) => {}
            Err(error) => {
                let file = checkpoint.file.display();
                tell(bar, &format!("note: begins anew and not from {file}: {error}"));
            }
        }
        Ok(Counted::begin(scenario, pilot))
    }
}

/// Keeps what an interrupted run has counted.
pub fn keep(counted: &Counted, scenario: &Scenario, checkpoint: &mut Checkpoint) -> Failure {
    match checkpoint.write(counted) {
        Ok(()) => Failure::Interrupted(Interrupted {
            paths: counted.tally.paths(),
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
        number(bytes as f64 / 1e9, 1),
        number(scenario.paths as f64, 0),
        scenario.name,
        number(most as f64 / 1e9, 0),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario;
    use crate::statistics::Summary;
    use std::path::Path;

    /// Ten days of the baseline.
    fn baseline(draws: Draws, paths: u64) -> Scenario {
        let mut scenario = scenario::load("baseline_2025q4").expect("a shipped scenario");
        scenario.end = scenario.start.saturating_add(jiff::Span::new().days(10));
        scenario.draws = draws;
        scenario.set_paths(paths);
        scenario
    }

    /// Counts a run into the same folder always, with a checkpoint after every stretch.
    fn count(place: &Path, scenario: &Scenario, [exact, restart, interrupted]: [bool; 3]) -> Result<Counted, Failure> {
        let interrupted = AtomicBool::new(interrupted);
        // In groups of so few tiles, that a run of some thousand paths can be interrupted more than once.
        let (every, settings) = (Duration::ZERO, Settings { tiles_per_group: 16, ..Settings::default() });
        let counting = Counting { exact, restart, every, settings, interrupted: &interrupted };
        let mut checkpoint = Checkpoint::of(&place.join("run"), scenario, "");
        counting.count(scenario, &scenario::plan(scenario), None, &mut checkpoint)
    }

    /// All that is said of what was counted.
    fn text(scenario: &Scenario, counted: Result<Counted, Failure>) -> String {
        let Counted { tally, replicates } = counted.unwrap_or_else(|_| panic!("nothing can go wrong"));
        format!("{:?} {replicates:?}", Summary::of(&tally, &scenario::plan(scenario)))
    }

    #[test]
    fn a_run_that_is_interrupted_again_and_again_says_what_one_that_is_not_says() {
        for (draws, paths) in [(Draws::Plain, 7_000), (Draws::Sobol, 2_048)] {
            let scenario = baseline(draws, paths);
            let place = tempfile::tempdir().unwrap();
            let mut reached = Vec::new();
            let counted = loop {
                let threads = 1 + reached.len() % 3;
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
                match pool.install(|| count(place.path(), &scenario, [false, false, true])) {
                    Err(Failure::Interrupted(Interrupted { paths, .. })) if reached.len() < 40 => reached.push(paths),
                    counted => break counted,
                }
            };
            assert!(reached.is_sorted_by(|a, b| a < b) && reached.len() >= 3, "{reached:?}");
            let apart = tempfile::tempdir().unwrap();
            assert!(
                text(&scenario, counted) == text(&scenario, count(apart.path(), &scenario, [false; 3])),
                "{draws:?}"
            );
        }
    }

    #[test]
    fn a_longer_run_goes_on_from_a_shorter_one_and_a_second_pass_is_begun_again() {
        let place = tempfile::tempdir().unwrap();
        let shorter = baseline(Draws::Plain, 2_048);
        text(&shorter, count(place.path(), &shorter, [false; 3]));
        let scenario = baseline(Draws::Plain, 5_000);
        let longer = count(place.path(), &scenario, [true, false, true]);
        assert!(matches!(longer, Err(Failure::Interrupted(Interrupted { paths: 2_049.., .. }))));
        while count(place.path(), &scenario, [false, false, true]).is_err() {}
        let second_pass = count(place.path(), &scenario, [true, false, true]);
        assert!(matches!(second_pass, Err(Failure::Interrupted(Interrupted { paths: 5_000, .. }))));
        let apart = tempfile::tempdir().unwrap();
        let exact = [true, false, false];
        let [resumed, whole] = [&place, &apart].map(|place| count(place.path(), &scenario, exact));
        assert!(text(&scenario, resumed) == text(&scenario, whole));
    }

    #[test]
    fn a_restart_throws_a_checkpoint_away() {
        let place = tempfile::tempdir().unwrap();
        let scenario = baseline(Draws::Plain, 4_096);
        while count(place.path(), &scenario, [false, false, true]).is_err() {}
        let restarted = count(place.path(), &scenario, [false, true, true]);
        assert!(matches!(restarted, Err(Failure::Interrupted(Interrupted { paths: ..4_096, .. }))));
    }
}
