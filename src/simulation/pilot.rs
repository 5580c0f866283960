//! The first paths of a run, by which bins are laid. They are simulated for it whichever paths are counted, so that
//! every part of a run lays the same.

use super::run::LeakFound;
use super::tally::Followed;
use super::tile::World;
use crate::model::{Plan, Published, Real, funding_ledger};
use crate::random::ShockSource;
use crate::scenario::Scenario;
use crate::statistics::{Bins, Layout, PILOT, TILE};
use rayon::prelude::*;

/// Where the bins of a run lie, by its first [`PILOT`] paths.
///
/// # Errors
/// The leak of the lowest-numbered of these paths whose books do not add up.
pub fn lay_bins(scenario: &Scenario, plan: &Plan) -> Result<Layout, LeakFound> {
    let ledger = funding_ledger();
    lay::<f64, TILE>(&World { ledger: &ledger, scenario, plan, source: ShockSource::new(scenario.seed) })
}

/// A tile of the pilot, with the page it published last.
struct PilotTile<'a, T, const N: usize> {
    followed: Followed<'a, T, N>,
    page: Vec<[f64; N]>,
}

/// Lays the bins of every page by the first paths, which live through one day after the other together.
pub(super) fn lay<T: Real, const N: usize>(world: &World<'_>) -> Result<Layout, LeakFound> {
    let mut layout = Layout::begin(world.plan, &world.scenario.watches);
    let end = world.scenario.paths.min(PILOT);
    let firsts: Vec<u64> = (0..end).step_by(N).collect();
    let mut tiles: Vec<PilotTile<'_, T, N>> = firsts
        .into_par_iter()
        .map(|first| {
            let mut page = Vec::new();
            let followed = Followed::open(world, &layout, first, end, |published, _| {
                write_page(&layout, published, &mut page);
            });
            PilotTile { followed, page }
        })
        .collect();
    lay_page(&mut layout, &tiles);
    for day in 0..world.plan.days.len() {
        let lived: Vec<Result<(), LeakFound>> = tiles
            .par_iter_mut()
            .map(|PilotTile { followed, page }| {
                let published = followed.tile.live_day(world, day)?;
                followed.follower.live_day(&layout, world.plan, day + 1, &published);
                write_page(&layout, &published, page);
                Ok(())
            })
            .collect();
        lived.into_iter().collect::<Result<(), LeakFound>>()?;
        lay_page(&mut layout, &tiles);
    }
    for PilotTile { followed, page } in &mut tiles {
        page.clear();
        page.extend_from_slice(&followed.follower.path_rows(&followed.tile.flows())[..]);
    }
    lay_page(&mut layout, &tiles);
    Ok(layout)
}

fn write_page<T: Real, const N: usize>(layout: &Layout, published: &Published<T, N>, page: &mut Vec<[f64; N]>) {
    page.clear();
    layout.rows.each(published, |_, values| page.push(values.map(Real::to_f64)));
}

fn lay_page<T: Real, const N: usize>(layout: &mut Layout, tiles: &[PilotTile<'_, T, N>]) {
    let rows = tiles.first().map_or(0, |tile| tile.page.len());
    let bins: Vec<Bins> = (0..rows)
        .into_par_iter()
        .map(|row| {
            let column: Vec<f64> =
                tiles.iter().flat_map(|tile| &tile.page[row][..tile.followed.tile.live]).copied().collect();
            Bins::lay(&column)
        })
        .collect();
    layout.extend(bins);
}
