//! Any number of paths into one tally, in memory that does not grow with them.
//!
//! A group of tiles lives through a day together, then through the next, so that the day's counters stay in the cache
//! while all of the group's paths are added to them. Threads take groups as they come, each with a tally of its own.

use super::run::{LeakFound, Settings};
use super::tile::{Desk, Tile, World};
use super::vectors::Work;
use crate::model::{Plan, Published, Real, SIMULATED};
use crate::random::replicate_of;
use crate::scenario::{REPLICATES, STRETCH, Scenario};
use crate::statistics::{Account, Bins, Follower, Kept, Layout, PATH_ROWS, PILOT, TILE, Tally};
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
    lay::<f64, TILE>(&World::new(scenario, plan))
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
    let world = World::new(scenario, plan);
    account_for::<f64, TILE, _>(&world, layout, &Tally::new(layout), paths, None, settings, progress)
}

/// As [`tally`], one replicate of evenly spread draws after the other; `each` is shown the tally of every one.
///
/// # Errors
/// The leak of the lowest-numbered path, of the first replicate that has one, whose books do not add up.
pub fn tally_replicates(
    scenario: &Scenario,
    plan: &Plan,
    settings: Settings,
    progress: &(dyn Fn(u64) + Sync),
    mut each: impl FnMut(&Tally),
) -> Result<Tally, LeakFound> {
    let layout = Arc::new(lay_bins(scenario, plan)?);
    let world = World::new(scenario, plan);
    let none = Tally::new(&layout);
    let mut whole = none.clone();
    for replicate in 0..REPLICATES {
        let only = Some(replicate);
        let tally = account_for::<f64, TILE, _>(&world, &layout, &none, 0..scenario.paths, only, settings, progress)?;
        each(&tally);
        whole.add(&tally);
    }
    Ok(whole)
}

/// Why quantiles could not be made exact.
#[derive(Clone, Debug, PartialEq)]
pub enum ExactError {
    /// The books of a path did not add up.
    Leak(LeakFound),
    /// Too many values would have to be kept.
    Memory {
        /// Bytes that they take.
        bytes: u64,
        /// Bytes that they may take.
        most: u64,
    },
}

/// Makes the quantiles of a whole run exact, by a second pass over the same paths.
///
/// # Errors
/// A leak, or too many values to keep.
pub fn make_exact(
    scenario: &Scenario,
    plan: &Plan,
    tally: &mut Tally,
    settings: Settings,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<(), ExactError> {
    /// Most memory for values, bytes; while they are gathered, vectors that grow take up to twice as much.
    const MOST: u64 = 4_000_000_000;
    let begin = Kept::begin(tally);
    let bytes = begin.expected(tally) * size_of::<f64>() as u64;
    if bytes > MOST {
        return Err(ExactError::Memory { bytes, most: MOST });
    }
    let world = World::new(scenario, plan);
    let layout = tally.layout().clone();
    let mut kept = account_for::<f64, TILE, _>(&world, &layout, &begin, 0..scenario.paths, None, settings, progress)
        .map_err(ExactError::Leak)?;
    kept.sort();
    tally.refine(kept);
    Ok(())
}

/// A tile, and what is followed on it.
struct Followed<T, const N: usize> {
    tile: Tile<T, N>,
    follower: Follower<N>,
}

impl<T: Real, const N: usize> Followed<T, N> {
    /// Opens a tile, of which the desk then holds what the opening publishes.
    fn open(world: &World<'_, T>, layout: &Layout, first_path: u64, end: u64, desk: &mut Desk<T, N>) -> Followed<T, N> {
        let tile = Tile::open(world, first_path, end);
        tile.publish(world, &mut desk.published);
        Followed { follower: Follower::open(layout, world.plan, &desk.published), tile }
    }

    /// Lives through day `day` of the plan and counts its close: the innermost loop of a run.
    fn live_day<A: Account>(
        &mut self,
        world: &World<'_, T>,
        layout: &Layout,
        account: &mut A,
        day: usize,
        desk: &mut Desk<T, N>,
    ) -> Result<(), LeakFound> {
        self.tile.live_day(world, day, desk)?;
        let (published, live) = (&desk.published, self.tile.live);
        let follower = &mut self.follower;
        world.vectors.run(CountDay { follower, account, layout, plan: world.plan, day: day + 1, published, live });
        Ok(())
    }
}

/// A published day of a tile on its way into an account, to be compiled for every width of vectors.
struct CountDay<'a, A, T, const N: usize> {
    follower: &'a mut Follower<N>,
    account: &'a mut A,
    layout: &'a Layout,
    plan: &'a Plan,
    day: usize,
    published: &'a Published<T, N>,
    live: usize,
}

impl<A: Account, T: Real, const N: usize> Work for CountDay<'_, A, T, N> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        self.follower.live_day(self.layout, self.plan, self.day, self.published);
        self.account.count_day(self.day, self.published, self.live);
    }
}

/// Adds a stretch of paths, or those of `only` one replicate, to an account that begins as `begin`, by groups of tiles.
fn account_for<T: Real, const N: usize, A: Account + Clone + Sync>(
    world: &World<'_, T>,
    layout: &Layout,
    begin: &A,
    paths: Range<u64>,
    only: Option<u64>,
    settings: Settings,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<A, LeakFound> {
    assert!(paths.start.is_multiple_of(PILOT), "a stretch of paths begins at a multiple of {PILOT}");
    let group = match only {
        None => (settings.tiles_per_group.max(1) * N) as u64,
        Some(_) => REPLICATES * STRETCH,
    };
    let next = AtomicU64::new(paths.start);
    let by_thread = rayon::broadcast(|_| {
        let mut account = begin.clone();
        let mut desk = Desk::new();
        let mut first_leak: Option<LeakFound> = None;
        loop {
            let start = next.fetch_add(group, Ordering::Relaxed);
            if start >= paths.end {
                return (account, first_leak);
            }
            let end = paths.end.min(start + group);
            if let Err(leak) = live_group::<T, N, A>(world, layout, &mut account, start..end, only, &mut desk)
                && first_leak.as_ref().is_none_or(|first| leak.path < first.path)
            {
                first_leak = Some(leak);
            }
            progress(if only.is_some() { (end - start) / REPLICATES } else { end - start });
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
    world: &World<'_, T>,
    layout: &Layout,
    account: &mut A,
    paths: Range<u64>,
    only: Option<u64>,
    desk: &mut Desk<T, N>,
) -> Result<(), LeakFound> {
    let end = paths.end;
    let mut tiles: Vec<Followed<T, N>> = paths
        .step_by(N)
        .filter(|&first| only.is_none_or(|replicate| replicate_of(first) == replicate))
        .map(|first| {
            let followed = Followed::open(world, layout, first, end, desk);
            account.count_day(0, &desk.published, followed.tile.live);
            followed
        })
        .collect();
    let mut leak = None;
    for day in 0..world.plan.days.len() {
        for number in 0..tiles.len() {
            if let Err(found) = tiles[number].live_day(world, layout, account, day, desk) {
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

/// A tile of the pilot, with the page it published last.
struct PilotTile<T, const N: usize> {
    followed: Followed<T, N>,
    page: Vec<[f64; N]>,
}

/// Lays the bins of every page by the first paths, which live through one day after the other together.
fn lay<T: Real, const N: usize>(world: &World<'_, T>) -> Result<Layout, LeakFound> {
    let mut layout = Layout::begin(world.plan, &world.scenario.watches);
    let end = world.scenario.paths.min(PILOT);
    let firsts: Vec<u64> = (0..end).step_by(N).collect();
    let mut tiles: Vec<PilotTile<T, N>> = firsts
        .into_par_iter()
        .map(|first| {
            let (mut page, mut desk) = (Vec::new(), Desk::new());
            let followed = Followed::open(world, &layout, first, end, &mut desk);
            write_page(&layout, &desk.published, &mut page);
            PilotTile { followed, page }
        })
        .collect();
    lay_page(&mut layout, &tiles);
    for day in 0..world.plan.days.len() {
        let lived: Vec<Result<(), LeakFound>> = tiles
            .par_iter_mut()
            .map_init(Desk::new, |desk, PilotTile { followed, page }| {
                followed.tile.live_day(world, day, desk)?;
                followed.follower.live_day(&layout, world.plan, day + 1, &desk.published);
                write_page(&layout, &desk.published, page);
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

fn lay_page<T: Real, const N: usize>(layout: &mut Layout, tiles: &[PilotTile<T, N>]) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FLOWS, VARIABLES};
    use crate::scenario::{self, Draws};
    use crate::simulation::simulate;
    use crate::statistics::{Distribution, Summary, TallyError};
    use proptest::prelude::*;

    /// A shipped scenario with fewer days and paths.
    fn short(name: &str, days: i64, paths: u64) -> (Scenario, Plan) {
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
        let world = World::new(scenario, plan);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let run = || {
            let layout = Arc::new(lay::<f64, N>(&world)?);
            let settings = Settings { tiles_per_group };
            account_for::<f64, N, _>(&world, &layout, &Tally::new(&layout), 0..scenario.paths, None, settings, &|_| ())
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
    fn replicates_are_parts_of_the_whole() {
        let (mut scenario, plan) = short("shutdown_cash_hoarding", 10, 4_096);
        scenario.draws = Draws::Sobol;
        let mut sizes = Vec::new();
        let mut ends = Vec::new();
        let merged = tally_replicates(&scenario, &plan, Settings::default(), &|_| (), |tally| {
            sizes.push(tally.paths());
            ends.push(Summary::of(tally, &plan).fan(VARIABLES[0].variable).days[plan.days.len()].mean);
        });
        assert_eq!(sizes, [256; REPLICATES as usize]);
        let whole = tallied(&scenario, &plan);
        assert!(merged.unwrap().to_bytes() == whole.to_bytes());
        let mean = Summary::of(&whole, &plan).fan(VARIABLES[0].variable).days[plan.days.len()].mean;
        let of_means = ends.iter().sum::<f64>() / ends.len() as f64;
        assert!((of_means - mean).abs() < 1e-9 * mean, "{of_means} and {mean}");
        assert!(ends.iter().all(|end| *end != mean));
    }

    #[test]
    fn stretches_of_paths_merge_in_any_order_to_the_whole() {
        let (scenario, plan) = short("baseline_2025q4", 20, 3_000);
        let layout = Arc::new(lay_bins(&scenario, &plan).unwrap());
        let part = |paths| tally_paths(&scenario, &plan, &layout, paths, Settings::default(), &|_| ()).unwrap();
        let parts = [part(0..1_024), part(1_024..2_048), part(2_048..3_000)];
        let whole = part(0..3_000).to_bytes();
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
        let layout = Arc::new(lay_bins(&other, &plan).unwrap());
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

    /// Every variable, day and quantile of the outcomes, sorted, against the summary of their tally.
    fn against_sorting(
        scenario: &Scenario,
        plan: &Plan,
        summary: &Summary,
        check: impl Fn(&Distribution, &Distribution),
    ) {
        let outcomes = simulate(scenario, plan, Settings::default(), &|_| ()).unwrap();
        for info in VARIABLES {
            for day in 0..=plan.days.len() {
                let derivation = plan.derivation(info.variable, day);
                let sorted = Distribution::of(&mut outcomes.derived(day, &derivation));
                check(&sorted, &summary.fan(info.variable).days[day]);
            }
        }
        for (row, attributed) in summary.attribution.lines.iter().enumerate() {
            let flow = attributed.flow as usize;
            assert!(flow < FLOWS.len() && row < FLOWS.len());
            let sorted = Distribution::of(&mut outcomes.gather(|tile| tile.flow(flow)));
            assert!((sorted.mean.abs() - attributed.contribution.mean.abs()).abs() < 1e-9);
        }
    }

    #[test]
    fn moments_are_those_of_the_sample_and_quantiles_within_their_bound() {
        let (scenario, plan) = short("shutdown_cash_hoarding", 60, 3_000);
        let summary = Summary::of(&tallied(&scenario, &plan), &plan);
        against_sorting(&scenario, &plan, &summary, |sorted, read| {
            assert!((sorted.mean - read.mean).abs() <= 1e-9 + 1e-7 * sorted.sd, "{sorted:?} {read:?}");
            assert!((sorted.sd - read.sd).abs() <= 1e-9 + 1e-7 * sorted.sd, "{sorted:?} {read:?}");
            for (position, bound) in read.bounds.iter().enumerate() {
                let gap = (sorted.quantiles[position] - read.quantiles[position]).abs();
                assert!(gap <= bound + 1e-9, "{gap} at {position}: {sorted:?} {read:?}");
            }
        });
    }

    #[test]
    fn a_second_pass_gives_what_sorting_gives() {
        for name in ["shutdown_cash_hoarding", "baseline_2025q4", "sept_2019_spike"] {
            let (scenario, plan) = short(name, 60, 3_000);
            let mut tally = tallied(&scenario, &plan);
            make_exact(&scenario, &plan, &mut tally, Settings::default(), &|_| ()).expect("little is kept");
            against_sorting(&scenario, &plan, &Summary::of(&tally, &plan), |sorted, read| {
                for (exact, read) in sorted.quantiles.iter().zip(read.quantiles) {
                    // Values a dollar apart may be told as one, and rounding shifts quantiles otherwise than values.
                    assert!((exact - read).abs() <= 2e-9, "{exact} against {read}");
                }
                assert_eq!(read.bounds, [0.0; 9]);
            });
        }
    }

    #[test]
    fn the_books_are_audited_on_every_path() {
        let (scenario, plan) = short("baseline_2025q4", 5, 200);
        let mut world = World::new(&scenario, &plan);
        let layout = Arc::new(lay::<f64, TILE>(&world).unwrap());
        let begin = Tally::new(&layout);
        world.leak = Some((0, 1e-8));
        let found = account_for::<f64, TILE, _>(&world, &layout, &begin, 0..200, None, Settings::default(), &|_| ());
        assert_eq!(found.expect_err("a flow leaks").path, 0);
        assert_eq!(lay::<f64, TILE>(&world).expect_err("a flow leaks").path, 0);
    }
}
