//! Counts the paths of a run a stretch at a time, so that in between it can be kept, looked at or ended.

use super::counted::Counted;
use super::uncertain::figures;
use super::until::{Until, next_look};
use crate::model::Plan;
use crate::scenario::{Draws, REPLICATES, Scenario};
use crate::simulation::{LeakFound, Settings, count_on, count_replicate};
use crate::statistics::{Summary, Tally};

impl Counted {
    /// What every run of a scenario begins with, given its pilot: plain draws go on from it, replicates have their own paths.
    pub fn begin(scenario: &Scenario, pilot: Tally) -> Counted {
        let tally = match scenario.draws {
            Draws::Plain => pilot,
            Draws::Sobol => Tally::new(pilot.layout()),
        };
        Counted { tally, replicates: Vec::new() }
    }

    /// Whether all paths of a scenario are counted, or as many as are good enough.
    pub fn is_enough(&self, scenario: &Scenario, plan: &Plan, until: Option<&Until>) -> bool {
        self.tally.paths() >= scenario.paths || until.is_some_and(|until| until.is_met(&self.tally, plan))
    }

    /// Counts the next stretch: plain paths to the next look at `until`, or a replicate. Where `pause` says so, plain paths
    /// end early, and what is begun of a replicate is thrown away.
    ///
    /// # Errors
    /// The books of a path do not add up.
    pub fn count_on(
        &mut self,
        scenario: &Scenario,
        plan: &Plan,
        until: Option<&Until>,
        settings: Settings,
        pause: &(dyn Fn() -> bool + Sync),
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<(), LeakFound> {
        match scenario.draws {
            Draws::Plain => {
                let end = until.map_or(scenario.paths, |_| next_look(self.tally.paths()).min(scenario.paths));
                count_on(scenario, plan, &mut self.tally, end, settings, pause, progress)?;
            }
            Draws::Sobol => {
                let (layout, replicate) = (self.tally.layout(), self.replicates.len() as u64);
                let tally = count_replicate(scenario, plan, layout, replicate, settings, pause, progress)?;
                if tally.paths() == scenario.paths / REPLICATES {
                    self.replicates.push(figures(&Summary::of(&tally, plan), &scenario.watches));
                    self.tally.add(&tally);
                }
            }
        }
        Ok(())
    }
}
