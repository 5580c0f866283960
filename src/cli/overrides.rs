//! What the command line puts in the place of what a scenario or the machine would have.

use super::failure::Failure;
use crate::scenario::{Draws, Scenario};

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
