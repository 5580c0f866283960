//! The first paths of a run, by which bins are laid and which are the first to be counted. They are simulated whichever
//! paths are asked for, so that every part of a run lays the same bins.

use super::run::LeakFound;
use super::tally::Followed;
use super::tile::World;
use crate::model::{Plan, Published, Real, funding_ledger};
use crate::random::ShockSource;
use crate::scenario::Scenario;
use crate::statistics::{Layout, PILOT, TILE, Tally};
use rayon::prelude::*;
use std::sync::Arc;

/// The tally of the first [`PILOT`] paths of a run, whose layout the others are to be counted by.
///
/// # Errors
/// The books of a path do not add up.
pub fn tally_pilot(scenario: &Scenario, plan: &Plan) -> Result<Tally, LeakFound> {
    let ledger = funding_ledger();
    live_pilot::<f64, TILE>(&World { ledger: &ledger, scenario, plan, source: ShockSource::new(scenario.seed) })
}

/// A tile of the pilot, and what it published last.
struct PilotTile<'a, T, const N: usize> {
    followed: Followed<'a, T, N>,
    published: Box<Published<T, N>>,
}

/// Lives through one day after the other with all tiles of the pilot, laying the bins of each page by what they publish.
pub(super) fn live_pilot<T: Real, const N: usize>(world: &World<'_>) -> Result<Tally, LeakFound> {
    let layout = Layout::begin(world.plan, &world.scenario.watches);
    let end = world.scenario.paths.min(PILOT);
    let firsts: Vec<u64> = (0..end).step_by(N).collect();
    let mut tiles: Vec<PilotTile<'_, T, N>> = firsts
        .into_par_iter()
        .map(|first| {
            let followed = Followed::open(world, &layout, first, end, |_, _| ());
            PilotTile { published: Box::new(followed.tile.publish(world)), followed }
        })
        .collect();
    let mut tally = Tally::new(&Arc::new(layout));
    tally.lay_day(0, &published(&tiles));
    for day in 0..world.plan.days.len() {
        let layout = tally.layout();
        let lived: Vec<Result<(), LeakFound>> = tiles
            .par_iter_mut()
            .map(|PilotTile { followed, published }| {
                **published = followed.tile.live_day(world, day)?;
                followed.follower.live_day(layout, world.plan, day + 1, published);
                Ok(())
            })
            .collect();
        lived.into_iter().collect::<Result<(), LeakFound>>()?;
        tally.lay_day(day + 1, &published(&tiles));
    }
    let closed: Vec<_> = tiles
        .iter()
        .map(|PilotTile { followed, .. }| (&followed.follower, followed.tile.flows(), followed.tile.live))
        .collect();
    tally.lay_paths(&closed);
    Ok(tally)
}

/// What all tiles published last, and how many of their lanes count.
fn published<'t, T, const N: usize>(tiles: &'t [PilotTile<'_, T, N>]) -> Vec<(&'t Published<T, N>, usize)> {
    tiles.iter().map(|tile| (&*tile.published, tile.followed.tile.live)).collect()
}
