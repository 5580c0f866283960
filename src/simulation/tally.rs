//! Any number of paths into one tally, in memory that does not grow with them.
//!
//! A group of tiles lives through a day together, then through the next, so that the day's counters stay in the cache
//! while all of the group's paths are added to them. Threads take groups as they come, each with a tally of its own.

use super::pilot::tally_pilot;
use super::run::{LeakFound, Settings};
use super::tile::{Tile, World};
use crate::model::{Plan, Published, Real, funding_ledger};
use crate::random::ShockSource;
use crate::scenario::Scenario;
use crate::statistics::{Account, Follower, Layout, PILOT, TILE, Tally};
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// Simulates every path of a scenario and boils each down as it goes; `progress` is told how many more paths are done.
///
/// # Errors
/// The books of a path do not add up.
pub fn tally(
    scenario: &Scenario,
    plan: &Plan,
    settings: Settings,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Tally, LeakFound> {
    let pilot = tally_pilot(scenario, plan)?;
    progress(pilot.paths());
    if scenario.paths > PILOT {
        add_paths(scenario, plan, pilot, PILOT..scenario.paths, settings, progress)
    } else {
        Ok(pilot)
    }
}

/// Adds a stretch of the paths of a run, which begins at a multiple of [`PILOT`], to a tally of others.
///
/// # Errors
/// The leak of the lowest-numbered path whose books do not add up.
///
/// # Panics
/// If the stretch begins elsewhere.
pub fn add_paths(
    scenario: &Scenario,
    plan: &Plan,
    tally: Tally,
    paths: Range<u64>,
    settings: Settings,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Tally, LeakFound> {
    let ledger = funding_ledger();
    let world = World { ledger: &ledger, scenario, plan, source: ShockSource::new(scenario.seed) };
    let layout = tally.layout().clone();
    account_for::<f64, TILE, _>(&world, &layout, tally, || Tally::new(&layout), paths, settings, progress)
}

/// A tile, and what is followed on it.
pub(super) struct Followed<'a, T, const N: usize> {
    pub tile: Tile<'a, T, N>,
    pub follower: Follower<N>,
}

impl<'a, T: Real, const N: usize> Followed<'a, T, N> {
    /// Opens a tile and hands what the opening publishes to `take`.
    pub fn open(
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
    fn live_day<A: Account>(
        &mut self,
        world: &World<'_>,
        layout: &Layout,
        account: &mut A,
        day: usize,
    ) -> Result<(), LeakFound> {
        let published = self.tile.live_day(world, day)?;
        self.follower.live_day(layout, world.plan, day + 1, &published);
        account.count_day(day + 1, &published, self.tile.live);
        Ok(())
    }
}

/// Adds a stretch of paths to an account, by groups of tiles; further threads take accounts that begin as `empty`.
pub(super) fn account_for<T: Real, const N: usize, A: Account>(
    world: &World<'_>,
    layout: &Layout,
    account: A,
    empty: impl Fn() -> A + Sync,
    paths: Range<u64>,
    settings: Settings,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<A, LeakFound> {
    assert!(paths.start.is_multiple_of(PILOT), "a stretch of paths begins at a multiple of {PILOT}");
    // Few paths are shared out among all threads.
    let tiles = (paths.end - paths.start).div_ceil(N as u64);
    let tiles_per_thread = tiles.div_ceil(rayon::current_num_threads() as u64);
    let group = (settings.tiles_per_group as u64).min(tiles_per_thread).max(1) * N as u64;
    let next = AtomicU64::new(paths.start);
    let account = Mutex::new(Some(account));
    let by_thread = rayon::broadcast(|_| {
        let taken = account.lock().expect("no thread stops while it takes an account").take();
        let mut account = taken.unwrap_or_else(&empty);
        let mut first_leak: Option<LeakFound> = None;
        loop {
            let start = next.fetch_add(group, Ordering::Relaxed);
            if start >= paths.end {
                return (account, first_leak);
            }
            let end = paths.end.min(start + group);
            if let Err(leak) = live_group::<T, N, A>(world, layout, &mut account, start..end)
                && first_leak.as_ref().is_none_or(|first| leak.path < first.path)
            {
                first_leak = Some(leak);
            }
            progress(end - start);
        }
    });
    let (accounts, leaks): (Vec<A>, Vec<Option<LeakFound>>) = by_thread.into_iter().unzip();
    if let Some(leak) = leaks.into_iter().flatten().min_by_key(|leak| leak.path) {
        return Err(leak);
    }
    let join = |mut all: A, one: A| {
        all.merge(one);
        all
    };
    Ok(accounts.into_iter().reduce(join).expect("there is at least one thread"))
}

/// Takes a group of tiles through all days and counts them.
fn live_group<T: Real, const N: usize, A: Account>(
    world: &World<'_>,
    layout: &Layout,
    account: &mut A,
    paths: Range<u64>,
) -> Result<(), LeakFound> {
    let end = paths.end;
    let mut tiles: Vec<Followed<'_, T, N>> = paths
        .step_by(N)
        .map(|first| Followed::open(world, layout, first, end, |published, live| account.count_day(0, published, live)))
        .collect();
    let mut leak = None;
    for day in 0..world.plan.days.len() {
        for number in 0..tiles.len() {
            if let Err(found) = tiles[number].live_day(world, layout, account, day) {
                // Only an earlier path could still have the first leak.
                leak = Some(found);
                tiles.truncate(number);
                break;
            }
        }
    }
    for Followed { tile, follower } in &tiles {
        account.close(follower, &tile.flows(), tile.live);
    }
    leak.map_or(Ok(()), Err)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::scenario;
    use crate::simulation::pilot::live_pilot;
    use crate::simulation::simulate;
    use crate::statistics::TallyError;
    use proptest::prelude::*;
    use std::sync::Arc;

    /// A shipped scenario with fewer days and paths.
    pub fn short(name: &str, days: i64, paths: u64) -> (Scenario, Plan) {
        let mut scenario = scenario::load(name).expect("a shipped scenario");
        scenario.end = scenario.end.min(scenario.start.saturating_add(jiff::Span::new().days(days)));
        scenario.paths = paths;
        let plan = scenario::plan(&scenario);
        (scenario, plan)
    }

    fn tallied(scenario: &Scenario, plan: &Plan) -> Tally {
        tally(scenario, plan, Settings::default(), &|_| ()).expect("the books balance")
    }

    /// The bytes of a tally on so many threads, in groups of so many tiles of `N` paths.
    fn bytes<const N: usize>(scenario: &Scenario, plan: &Plan, threads: usize, tiles_per_group: usize) -> Vec<u8> {
        let ledger = funding_ledger();
        let world = World { ledger: &ledger, scenario, plan, source: ShockSource::new(scenario.seed) };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let run = || {
            let layout = live_pilot::<f64, N>(&world)?.layout().clone();
            let settings = Settings { tiles_per_group };
            let empty = || Tally::new(&layout);
            account_for::<f64, N, _>(&world, &layout, empty(), empty, 0..scenario.paths, settings, &|_| ())
        };
        pool.install(run).expect("the books balance").to_bytes()
    }

    #[test]
    fn threads_groups_and_widths_of_tiles_do_not_show() {
        // More than the pilot, and a last tile that is not full.
        let (scenario, plan) = short("shutdown_cash_hoarding", 40, 1_500);
        let expected = bytes::<64>(&scenario, &plan, 1, 1);
        for (threads, tiles_per_group) in [(2, 4), (3, 8), (8, 32), (2, 1_000)] {
            let found = bytes::<64>(&scenario, &plan, threads, tiles_per_group);
            assert!(expected == found, "{threads} threads, groups of {tiles_per_group} tiles");
        }
        assert!(expected == bytes::<32>(&scenario, &plan, 2, 3), "tiles of 32");
        assert!(expected == bytes::<128>(&scenario, &plan, 2, 3), "tiles of 128");
    }

    #[test]
    fn paths_counted_as_they_live_and_paths_kept_give_one_tally() {
        for paths in [1, 70, 1_100] {
            let (scenario, plan) = short("shutdown_cash_hoarding", 30, paths);
            let outcomes = simulate(&scenario, &plan, Settings::default(), &|_| ()).unwrap();
            let of_outcomes = Tally::of(&outcomes, &plan, &scenario.watches);
            assert_eq!(of_outcomes.paths(), paths);
            assert!(of_outcomes.to_bytes() == tallied(&scenario, &plan).to_bytes(), "{paths} paths");
        }
    }

    #[test]
    fn stretches_of_paths_merge_in_any_order_to_the_whole() {
        let (scenario, plan) = short("baseline_2025q4", 20, 3_000);
        let pilot = tally_pilot(&scenario, &plan).unwrap();
        let layout = pilot.layout().clone();
        let part =
            |paths| add_paths(&scenario, &plan, Tally::new(&layout), paths, Settings::default(), &|_| ()).unwrap();
        let parts = [part(0..1_024), part(1_024..2_048), part(2_048..3_000)];
        let whole = part(0..3_000).to_bytes();
        assert!(pilot.to_bytes() == parts[0].to_bytes(), "the pilot is the first stretch");
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let mut merged = Tally::new(&layout);
            for place in order {
                merged.add(&parts[place]);
            }
            assert!(merged.to_bytes() == whole, "{order:?}");
        }
        let mut last_two = parts[1].clone();
        last_two.add(&parts[2]);
        let mut merged = parts[0].clone();
        merged.add(&last_two);
        assert!(merged.to_bytes() == whole, "the last two first");
        let read = Tally::from_bytes(&layout, &parts[1].to_bytes()).expect("what was written can be read");
        assert!(read.to_bytes() == parts[1].to_bytes());
    }

    #[test]
    fn a_tally_of_another_run_is_refused() {
        let (scenario, plan) = short("baseline_2025q4", 10, 100);
        let bytes = tallied(&scenario, &plan).to_bytes();
        let mut other = scenario.clone();
        other.seed += 1;
        let layout = tally_pilot(&other, &plan).unwrap().layout().clone();
        assert_eq!(Tally::from_bytes(&layout, &bytes).unwrap_err(), TallyError::OtherRun);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_damaged_tally_is_never_read(place in any::<prop::sample::Index>(), change in 1_u8.., cut in any::<bool>()) {
            use std::sync::LazyLock;
            static WRITTEN: LazyLock<(Arc<Layout>, Vec<u8>)> = LazyLock::new(|| {
                let (scenario, plan) = short("baseline_2025q4", 5, 40);
                let tally = tallied(&scenario, &plan);
                (tally.layout().clone(), tally.to_bytes())
            });
            let (layout, bytes) = &*WRITTEN;
            prop_assert!(Tally::from_bytes(layout, bytes).is_ok());
            let place = place.index(bytes.len());
            let mut damaged = bytes.clone();
            if cut { damaged.truncate(place) } else { damaged[place] ^= change }
            prop_assert!(Tally::from_bytes(layout, &damaged).is_err(), "byte {}", place);
        }
    }

    #[test]
    fn the_books_are_audited_on_every_path() {
        let (scenario, plan) = short("baseline_2025q4", 5, 200);
        let mut ledger = funding_ledger();
        ledger.leak = Some((0, 1e-8));
        let world = World { ledger: &ledger, scenario: &scenario, plan: &plan, source: ShockSource::new(1) };
        let sound = funding_ledger();
        let layout = live_pilot::<f64, TILE>(&World { ledger: &sound, ..world }).unwrap().layout().clone();
        let world = World { ledger: &ledger, scenario: &scenario, plan: &plan, source: ShockSource::new(1) };
        let found = account_for::<f64, TILE, _>(&world, &layout, empty(), empty, 0..200, Settings::default(), &|_| ());
        assert_eq!(found.expect_err("a flow leaks").path, 0);
        assert_eq!(live_pilot::<f64, TILE>(&world).expect_err("a flow leaks").path, 0);
    }
}
