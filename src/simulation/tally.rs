//! Any number of paths into one tally, in memory that does not grow with them.
//!
//! A group of boards lives through a day together, then through the next, so that the day's counters stay in the cache
//! while all of the group's paths are added to them. Threads take groups as they come, each with a tally of its own.

use super::board::{Board, Table};
use super::pilot::tally_pilot;
use super::run::{LeakFound, Precision, Settings};
use super::tile::World;
use crate::model::{Plan, Real};
use crate::random::replicate_of;
use crate::scenario::{REPLICATES, STRETCH, Scenario};
use crate::statistics::{Account, Layout, Mergeable, TILE, Tally};
use std::iter;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// Paths of a board: so many values of a row are counted at once.
const BOARD: usize = 16 * TILE;

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
    let mut tally = tally_pilot(scenario, plan, settings)?;
    progress(tally.paths());
    count_on(scenario, plan, &mut tally, scenario.paths, settings, &|| false, progress)?;
    Ok(tally)
}

/// Adds to a tally of the first paths of a run those that follow, up to `end` or until `pause` says so: what was begun
/// is then finished, so that the tally is that of the first paths again.
///
/// # Errors
/// The leak of the lowest-numbered path whose books do not add up; the tally is then that of no run.
///
/// # Panics
/// If the tally has fewer paths than `end` and breaks off within a tile.
pub fn count_on(
    scenario: &Scenario,
    plan: &Plan,
    tally: &mut Tally,
    end: u64,
    settings: Settings,
    pause: &(dyn Fn() -> bool + Sync),
    progress: &(dyn Fn(u64) + Sync),
) -> Result<(), LeakFound> {
    let paths = tally.paths()..end;
    if paths.is_empty() {
        return Ok(());
    }
    count(scenario, plan, tally, paths.into(), settings, pause, progress)
}

/// The tally of a stretch of the paths of a run, which begins at a multiple of [`TILE`].
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
    let mut tally = Tally::new(layout);
    count(scenario, plan, &mut tally, paths.into(), settings, &|| false, progress)?;
    Ok(tally)
}

/// The tally of one replicate of a run with evenly spread draws; of fewer of its paths if `pause` says so.
///
/// # Errors
/// The leak of the lowest-numbered path of the replicate whose books do not add up.
pub fn count_replicate(
    scenario: &Scenario,
    plan: &Plan,
    layout: &Arc<Layout>,
    replicate: u64,
    settings: Settings,
    pause: &(dyn Fn() -> bool + Sync),
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Tally, LeakFound> {
    let paths = Paths { range: 0..scenario.paths, only: Some(replicate) };
    let mut tally = Tally::new(layout);
    count(scenario, plan, &mut tally, paths, settings, pause, progress)?;
    Ok(tally)
}

/// Adds paths to a tally.
fn count(
    scenario: &Scenario,
    plan: &Plan,
    tally: &mut Tally,
    paths: Paths,
    settings: Settings,
    pause: &(dyn Fn() -> bool + Sync),
    progress: &(dyn Fn(u64) + Sync),
) -> Result<(), LeakFound> {
    let layout = tally.layout().clone();
    let empty = || Tally::new(&layout);
    account_with(scenario, plan, &layout, tally, empty, paths, settings, pause, progress)
}

/// Paths of a run: all of a range, or those of one replicate in it.
pub(super) struct Paths {
    range: Range<u64>,
    only: Option<u64>,
}

impl From<Range<u64>> for Paths {
    fn from(range: Range<u64>) -> Paths {
        Paths { range, only: None }
    }
}

impl Paths {
    /// How many consecutive paths a thread takes at a time.
    fn group(&self, settings: Settings) -> u64 {
        if self.only.is_some() {
            return REPLICATES * STRETCH;
        }
        // As many groups on every thread, of the same size.
        let tiles = (self.range.end - self.range.start).div_ceil(TILE as u64);
        let threads = rayon::current_num_threads() as u64;
        let groups_per_thread = tiles.div_ceil(threads * settings.tiles_per_group as u64);
        tiles.div_ceil(threads * groups_per_thread) * TILE as u64
    }

    /// The first paths of the tiles of a group.
    fn tiles(&self, group: Range<u64>) -> impl Iterator<Item = u64> {
        group.step_by(TILE).filter(|&first| self.only.is_none_or(|replicate| replicate_of(first) == replicate))
    }
}

/// Adds a stretch of the paths of a run, which begins at a multiple of [`TILE`], to an account that begins as `begin`.
///
/// # Errors
/// The leak of the lowest-numbered path whose books do not add up.
///
/// # Panics
/// If the stretch begins elsewhere.
pub fn add_up<A: Mergeable>(
    scenario: &Scenario,
    plan: &Plan,
    layout: &Layout,
    begin: impl Fn() -> A,
    paths: Range<u64>,
    settings: Settings,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<A, LeakFound> {
    let mut account = begin();
    account_with(scenario, plan, layout, &mut account, begin, paths.into(), settings, &|| false, progress)?;
    Ok(account)
}

/// Adds paths to an account, with the numbers that are asked for.
#[allow(clippy::too_many_arguments)]
fn account_with<A: Mergeable>(
    scenario: &Scenario,
    plan: &Plan,
    layout: &Layout,
    account: &mut A,
    empty: impl Fn() -> A,
    paths: Paths,
    settings: Settings,
    pause: &(dyn Fn() -> bool + Sync),
    progress: &(dyn Fn(u64) + Sync),
) -> Result<(), LeakFound> {
    match settings.precision {
        Precision::Double => {
            let world = World::<f64>::new(scenario, plan);
            account_for(&world, layout, account, empty, paths, settings, pause, progress)
        }
        Precision::Single => {
            let world = World::<f32>::new(scenario, plan);
            account_for(&world, layout, account, empty, paths, settings, pause, progress)
        }
    }
}

/// Adds a stretch of paths to an account, by groups of tiles; only the first of them if `pause` says so, which every thread
/// asks after each of its groups. One thread takes the account itself, the others an `empty` one each.
#[allow(clippy::too_many_arguments)]
pub(super) fn account_for<T: Real, A: Mergeable>(
    world: &World<'_, T>,
    layout: &Layout,
    account: &mut A,
    empty: impl Fn() -> A,
    paths: Paths,
    settings: Settings,
    pause: &(dyn Fn() -> bool + Sync),
    progress: &(dyn Fn(u64) + Sync),
) -> Result<(), LeakFound> {
    let Range { start, end } = paths.range;
    assert!(start.is_multiple_of(TILE as u64), "a stretch of paths begins with a tile");
    let group = paths.group(settings);
    let next = AtomicU64::new(start);
    // All from the thread that asks, so that the next stretch finds the room of this one again.
    let mut others: Vec<A> = (1..rayon::current_num_threads()).map(|_| empty()).collect();
    let accounts = Mutex::new(iter::once(&mut *account).chain(&mut others).collect::<Vec<&mut A>>());
    let first_leaks = rayon::broadcast(|_| {
        let taken = accounts.lock().expect("no thread stops while it takes an account").pop();
        let account = taken.expect("there is one for every thread");
        let mut table = Table::new();
        let mut first_leak: Option<LeakFound> = None;
        loop {
            let start = next.fetch_add(group, Ordering::Relaxed);
            if start >= end {
                break;
            }
            let firsts: Vec<u64> = paths.tiles(start..end.min(start + group)).collect();
            if let Err(leak) = live_group(world, layout, account, &firsts, end, &mut table)
                && first_leak.as_ref().is_none_or(|first| leak.path < first.path)
            {
                first_leak = Some(leak);
            }
            progress(firsts.iter().map(|first| (TILE as u64).min(end - first)).sum());
            if pause() {
                break;
            }
        }
        first_leak
    });
    if let Some(leak) = first_leaks.into_iter().flatten().min_by_key(|leak| leak.path) {
        return Err(leak);
    }
    others.into_iter().for_each(|other| account.merge(other));
    Ok(())
}

/// Takes a group of tiles, which begin at `firsts`, through all days and counts their paths below `end`.
fn live_group<T: Real, A: Account>(
    world: &World<'_, T>,
    layout: &Layout,
    account: &mut A,
    firsts: &[u64],
    end: u64,
    table: &mut Table<T, BOARD>,
) -> Result<(), LeakFound> {
    let open = |firsts| Board::open(world, layout, firsts, end, table, account);
    let mut boards: Vec<Board<T, BOARD>> = firsts.chunks(BOARD / TILE).map(open).collect();
    let mut leak = None;
    for day in 0..world.plan.days.len() {
        for number in 0..boards.len() {
            if let Err(found) = boards[number].live_day(world, layout, day, table, account) {
                // Only an earlier path could still have the first leak.
                leak = Some(found);
                boards.truncate(number + 1);
                break;
            }
        }
    }
    for board in &boards {
        board.close(account);
    }
    leak.map_or(Ok(()), Err)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::model::VARIABLES;
    use crate::scenario;
    use crate::scenario::Draws;
    use crate::simulation::pilot::live_pilot;
    use crate::simulation::simulate;
    use crate::statistics::Summary;
    use crate::statistics::TallyError;
    use proptest::prelude::*;

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

    /// The bytes of a tally on so many threads, in groups of so many tiles.
    fn bytes(scenario: &Scenario, plan: &Plan, threads: usize, tiles_per_group: usize) -> Vec<u8> {
        let world = World::new(scenario, plan);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let run = || {
            let layout = live_pilot::<f64, TILE>(&world)?.layout().clone();
            let settings = Settings { tiles_per_group, ..Settings::default() };
            let mut tally = Tally::new(&layout);
            account_for(
                &world,
                &layout,
                &mut tally,
                || Tally::new(&layout),
                (0..scenario.paths).into(),
                settings,
                &|| false,
                &|_| (),
            )?;
            Ok::<Tally, LeakFound>(tally)
        };
        pool.install(run).expect("the books balance").to_bytes()
    }

    #[test]
    fn threads_and_groups_of_tiles_do_not_show() {
        // More than the pilot, and a last tile that is not full.
        let (scenario, plan) = short("shutdown_cash_hoarding", 40, 1_500);
        let expected = bytes(&scenario, &plan, 1, 1);
        for (threads, tiles_per_group) in [(2, 4), (3, 8), (8, 32), (2, 1_000)] {
            let found = bytes(&scenario, &plan, threads, tiles_per_group);
            assert!(expected == found, "{threads} threads, groups of {tiles_per_group} tiles");
        }
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
        let pilot = tally_pilot(&scenario, &plan, Settings::default()).unwrap();
        let layout = pilot.layout().clone();
        let part = |paths| tally_paths(&scenario, &plan, &layout, paths, Settings::default(), &|_| ()).unwrap();
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
    fn a_count_that_pauses_holds_the_first_paths_and_goes_on_to_the_whole() {
        let (scenario, plan) = short("shutdown_cash_hoarding", 10, 9_000);
        let whole = tallied(&scenario, &plan).to_bytes();
        let mut tally = tally_pilot(&scenario, &plan, Settings::default()).unwrap();
        let mut pauses = 0;
        while tally.paths() < scenario.paths {
            let threads = 1 + pauses % 3;
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let before = tally.paths();
            let settings = Settings { tiles_per_group: 16, ..Settings::default() };
            pool.install(|| count_on(&scenario, &plan, &mut tally, scenario.paths, settings, &|| true, &|_| ()))
                .unwrap();
            assert!(tally.paths() > before, "every count goes on by a group at least");
            let first = tally_paths(&scenario, &plan, tally.layout(), 0..tally.paths(), Settings::default(), &|_| ());
            assert!(tally.to_bytes() == first.unwrap().to_bytes(), "{} paths", tally.paths());
            pauses += 1;
        }
        assert!(pauses >= 5, "{pauses} pauses");
        assert!(tally.to_bytes() == whole);
    }

    #[test]
    fn a_tally_of_another_run_is_refused() {
        let (scenario, plan) = short("baseline_2025q4", 10, 100);
        let bytes = tallied(&scenario, &plan).to_bytes();
        let mut other = scenario.clone();
        other.seed += 1;
        let layout = tally_pilot(&other, &plan, Settings::default()).unwrap().layout().clone();
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
    fn replicates_are_parts_of_the_whole() {
        let (mut scenario, plan) = short("shutdown_cash_hoarding", 10, 4_096);
        scenario.draws = Draws::Sobol;
        let whole = tallied(&scenario, &plan);
        let mut merged = Tally::new(whole.layout());
        let mut ends = Vec::new();
        for replicate in 0..REPLICATES {
            let settings = Settings::default();
            let tally = count_replicate(&scenario, &plan, whole.layout(), replicate, settings, &|| false, &|_| ());
            let tally = tally.unwrap();
            assert_eq!(tally.paths(), 256);
            ends.push(Summary::of(&tally, &plan).fan(VARIABLES[0].variable).days[plan.days.len()].mean);
            merged.add(&tally);
        }
        assert!(merged.to_bytes() == whole.to_bytes());
        let mean = Summary::of(&whole, &plan).fan(VARIABLES[0].variable).days[plan.days.len()].mean;
        let of_means = ends.iter().sum::<f64>() / ends.len() as f64;
        assert!((of_means - mean).abs() < 1e-9 * mean, "{of_means} and {mean}");
        assert!(ends.iter().all(|end| *end != mean));
    }

    #[test]
    fn the_books_are_audited_on_every_path() {
        let (scenario, plan) = short("baseline_2025q4", 5, 200);
        let mut world = World::new(&scenario, &plan);
        let layout = live_pilot::<f64, TILE>(&world).unwrap().layout().clone();
        world.leak = Some((0, 1e-8));
        let found = account_for(
            &world,
            &layout,
            &mut Tally::new(&layout),
            || Tally::new(&layout),
            (0..200).into(),
            Settings::default(),
            &|| false,
            &|_| (),
        );
        assert_eq!(found.expect_err("a flow leaks").path, 0);
        assert_eq!(live_pilot::<f64, TILE>(&world).expect_err("a flow leaks").path, 0);
    }
}
