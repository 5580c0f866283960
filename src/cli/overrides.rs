//! What the command line puts in the place of what a scenario or the machine would have.

use super::failure::Failure;
use crate::scenario::quantity::Complaint;
use crate::scenario::{Assignment, Base, ChangeError, Draws, Scenario, typed};
use clap::Args;

/// What is set of scenarios.
#[derive(Args)]
pub struct Set {
    /// Changes a key of each scenario, such as event.shutdown.hoarding=50bn, event.shutdown=off or
    /// parameters.repo_slope=1.5bp; may be given more than once
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
}

impl Set {
    /// The changes.
    ///
    /// # Errors
    /// One of them has no `=`.
    pub fn changes(&self) -> Result<Vec<Assignment>, Failure> {
        self.set.iter().map(|text| Assignment::parse(text).map_err(|why| complaint("--set", &why))).collect()
    }

    /// A scenario by name or path as it is set.
    ///
    /// # Errors
    /// It is none, or becomes none.
    pub fn load(&self, name: &str) -> Result<Scenario, Failure> {
        let changes = self.changes()?;
        Base::load(name)?.with(&changes).map_err(|why| match why {
            ChangeError::Change(why) => complaint("--set", &why),
            ChangeError::Scenario(problems) => Failure::Scenario(problems),
        })
    }

    /// The scenario and what is set of it, as they are typed.
    ///
    /// # Errors
    /// As [`Set::changes`].
    pub fn typed_after(&self, name: &str) -> Result<String, Failure> {
        Ok(typed(name, &self.changes()?))
    }
}

/// What is wrong with what was typed after an option.
pub fn complaint(option: &str, why: &Complaint) -> Failure {
    Failure::Argument(why.told(option))
}

/// Puts numbers and words of the command line in the place of a scenario's own.
///
/// # Errors
/// The number of paths does not suit the way of drawing.
pub fn override_run(
    scenario: &mut Scenario,
    paths: Option<u64>,
    seed: Option<u64>,
    draws: Option<&str>,
) -> Result<(), Failure> {
    if let Some(paths) = paths {
        scenario.set_paths(paths);
    }
    if let Some(seed) = seed {
        scenario.set_seed(seed);
    }
    if let Some(draws) = draws.and_then(Draws::called) {
        scenario.set_draws(draws);
    }
    match scenario.draws.misfit(scenario.paths) {
        Some((message, help)) => Err(Failure::Argument(format!("{message}; {help}"))),
        None => Ok(()),
    }
}

/// Sets how many threads there are, where it is asked for.
pub fn use_threads(threads: Option<u16>) {
    if let Some(threads) = threads {
        // Fails only if a pool was set up before, which nothing here does.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global();
    }
}
