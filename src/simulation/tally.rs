//! Any number of paths into one tally, in memory that does not grow with them.
//!
//! A group of tiles lives through a day together, then through the next, so that the day's counters stay in the cache
//! while all of the group's paths are added to them. Threads take groups as they come, each with a tally of its own.

use super::run::{LeakFound, Settings};
use super::tile::{Tile, World};
use crate::model::{Plan, Published, Real, SIMULATED, funding_ledger};
use crate::random::ShockSource;
use crate::scenario::Scenario;
use crate::statistics::{Bins, Follower, Layout, PATH_ROWS, PILOT, TILE, Tally};
use rayon::prelude::*;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Simulates every path of a scenario and boils each down as it goes; `progress` is told how many more paths are done.
///
/// # Errors
/// The leak of the lowest-numbered path whose books do not add up.
pub fn tally(
    scenario: &Scenario,
    plan: &Plan,
    settings: Settings,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Tally, LeakFound> {
    let layout = Arc::new(lay_bins(scenario, plan)?);
    tally_paths(scenario, plan, &layout, 0..scenario.paths, settings, progress)
}

/// Where the bins of a run lie, by its first [`PILOT`] paths.
///
/// # Errors
/// The leak of the lowest-numbered of these paths whose books do not add up.
pub fn lay_bins(scenario: &Scenario, plan: &Plan) -> Result<Layout, LeakFound> {
    let ledger = funding_ledger();
    lay::<f64, TILE>(&World { ledger: &ledger, scenario, plan, source: ShockSource::new(scenario.seed) })
}

/// The tally of a stretch of the paths of a run, which begins at a multiple of [`PILOT`].
///
/// # Errors
/// The leak of the lowest-numbered path whose books do not add up.
///
/// # Panics
/// If the stretch begins elsewhere.
pub fn tally_paths(
    scenario: &Scenario,
    plan: &Plan,
    layout: &Arc<Layout>,
    paths: Range<u64>,
    settings: Settings,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Tally, LeakFound> {
    let ledger = funding_ledger();
    let world = World { ledger: &ledger, scenario, plan, source: ShockSource::new(scenario.seed) };
    tally_tiles::<f64, TILE>(&world, layout, paths, settings, progress)
}

/// A tile, and what is followed on it.
struct Followed<'a, T, const N: usize> {
    tile: Tile<'a, T, N>,
    follower: Follower<N>,
}

impl<'a, T: Real, const N: usize> Followed<'a, T, N> {
    /// Opens a tile and hands what the opening publishes to `take`.
    fn open(
        world: &World<'a>,
        layout: &Layout,
        first_path: u64,
        end: u64,
        mut take: impl FnMut(&Published<T, N>, usize),
    ) -> Followed<'a, T, N> {
        let tile = Tile::open(world, first_path, end);
        let published = tile.publish(world);
        take(&published, tile.live);
        Followed { follower: Follower::open(layout, world.plan, &published), tile }
    }

    /// Lives through day `day` of the plan and counts its close: the innermost loop of a run.
    #[inline(always)]
    fn live_day(&mut self, world: &World<'_>, layout: &Layout, tally: &mut Tally, day: usize) -> Result<(), LeakFound> {
        let published = self.tile.live_day(world, day)?;
        self.follower.live_day(layout, world.plan, day + 1, &published);
        tally.count_day(day + 1, &published, self.tile.live);
        Ok(())
    }
}

/// The first tiles of all groups of a stretch of paths.
fn tally_tiles<T: Real, const N: usize>(
    world: &World<'_>,
    layout: &Arc<Layout>,
    paths: Range<u64>,
    settings: Settings,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Tally, LeakFound> {
    assert!(paths.start.is_multiple_of(PILOT), "a stretch of paths begins at a multiple of {PILOT}");
    let group = (settings.tiles_per_group.max(1) * N) as u64;
    let next = AtomicU64::new(paths.start);
    let by_thread = rayon::broadcast(|_| {
        let mut tally = Tally::new(layout);
        let mut first_leak: Option<LeakFound> = None;
        loop {
            let start = next.fetch_add(group, Ordering::Relaxed);
            if start >= paths.end {
                break;
            }
            let end = paths.end.min(start + group);
            if let Err(leak) = live_group::<T, N>(world, &mut tally, start..end, paths.end)
                && first_leak.as_ref().is_none_or(|first| leak.path < first.path)
            {
                first_leak = Some(leak);
            }
            progress(end - start);
        }
        (tally, first_leak)
    });
    let mut whole: Option<Tally> = None;
    let mut leaks = Vec::new();
    for (tally, leak) in by_thread {
        leaks.extend(leak);
        match &mut whole {
            Some(whole) => whole.merge(&tally),
            None => whole = Some(tally),
        }
    }
    match leaks.into_iter().min_by_key(|leak| leak.path) {
        Some(leak) => Err(leak),
        None => Ok(whole.expect("there is at least one thread")),
    }
}

/// Takes a group of tiles through all days and counts them.
fn live_group<T: Real, const N: usize>(
    world: &World<'_>,
    tally: &mut Tally,
    paths: Range<u64>,
    end: u64,
) -> Result<(), LeakFound> {
    let layout = tally.layout().clone();
    let mut tiles: Vec<Followed<'_, T, N>> = paths
        .step_by(N)
        .map(|first| Followed::open(world, &layout, first, end, |published, live| tally.count_day(0, published, live)))
        .collect();
    let mut leak = None;
    for day in 0..world.plan.days.len() {
        for number in 0..tiles.len() {
            if let Err(found) = tiles[number].live_day(world, &layout, tally, day) {
                // Only an earlier path could still have the first leak.
                leak = Some(found);
                tiles.truncate(number);
                break;
            }
        }
    }
    for Followed { tile, follower } in &tiles {
        follower.close(tally, &tile.flows(), tile.live);
    }
    leak.map_or(Ok(()), Err)
}

/// A tile of the pilot, with the page it published last.
struct PilotTile<'a, T, const N: usize> {
    followed: Followed<'a, T, N>,
    page: Vec<[f64; N]>,
}

/// Lays the bins of every page by the first paths, which live through one day after the other together.
fn lay<T: Real, const N: usize>(world: &World<'_>) -> Result<Layout, LeakFound> {
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
        page.extend_from_slice(&followed.follower.path_rows(&followed.tile.flows())[..PATH_ROWS]);
    }
    lay_page(&mut layout, &tiles);
    Ok(layout)
}

fn write_page<T: Real, const N: usize>(layout: &Layout, published: &[[T; N]; SIMULATED], page: &mut Vec<[f64; N]>) {
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
