//! The first paths of a run, by which bins are laid and which are the first to be counted. They are simulated whichever
//! paths are asked for, so that every part of a run lays the same bins.

use super::followed::Followed;
use super::run::{LeakFound, Precision, Settings};
use super::tile::{Desk, World};
use crate::model::{Plan, Published, Real};
use crate::scenario::Scenario;
use crate::statistics::{Layout, PILOT, TILE, Tally};
use rayon::prelude::*;
use std::sync::Arc;

/// The tally of the first [`PILOT`] paths of a run, whose layout the others are to be counted by.
///
/// # Errors
/// The books of a path do not add up.
pub fn tally_pilot(scenario: &Scenario, plan: &Plan, settings: Settings) -> Result<Tally, LeakFound> {
    match settings.precision {
        Precision::Double => live_pilot::<f64, TILE>(&World::new(scenario, plan)),
        Precision::Single => live_pilot::<f32, TILE>(&World::new(scenario, plan)),
    }
}

/// A tile of the pilot, with a desk of its own that keeps what it published last.
struct PilotTile<T, const N: usize> {
    followed: Followed<T, N>,
    desk: Box<Desk<T, N>>,
}

/// Lives through one day after the other with all tiles of the pilot, laying the bins of each page by what they publish.
pub(super) fn live_pilot<T: Real, const N: usize>(world: &World<'_, T>) -> Result<Tally, LeakFound> {
    let layout = Layout::begin(world.plan, &world.scenario.watches);
    let end = world.scenario.paths.min(PILOT);
    let firsts: Vec<u64> = (0..end).step_by(N).collect();
    let mut tiles: Vec<PilotTile<T, N>> = firsts
        .into_par_iter()
        .map(|first| {
            let mut desk = Desk::new();
            PilotTile { followed: Followed::open(world, &layout, first, end, &mut desk), desk }
        })
        .collect();
    let mut tally = Tally::new(&Arc::new(layout));
    tally.lay_day(0, &published(&tiles));
    for day in 0..world.plan.days.len() {
        let layout = tally.layout();
        let lived: Vec<Result<(), LeakFound>> = tiles
            .par_iter_mut()
            .map(|PilotTile { followed, desk }| followed.live_day(world, layout, day, desk))
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
fn published<T, const N: usize>(tiles: &[PilotTile<T, N>]) -> Vec<(&Published<T, N>, usize)> {
    tiles.iter().map(|tile| (&tile.desk.published, tile.followed.tile.live)).collect()
}
