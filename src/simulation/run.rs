//! Thousands of paths in parallel, the same bytes on any number of threads.

use super::tile::{Desk, Tile, World};
use crate::model::ledger::Leak;
use crate::model::{INSTRUMENTS, Plan, SECTORS, SIMULATED};
use crate::scenario::Scenario;
use crate::statistics::{Keeping, Outcomes, TILE, TileOutcomes};
use jiff::civil::Date;
use rayon::prelude::*;
use std::fmt;
use std::ops::Range;

/// How a run is carried out.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Tiles that one thread takes at a time; changes no result.
    pub tiles_per_group: usize,
    /// The numbers with which paths that are counted are simulated; those that are kept whole are in double precision.
    pub precision: Precision,
}

/// The numbers that paths are simulated with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// 64 bits: the books hold to a dollar.
    Double,
    /// 32 bits, for a preview: faster, and the books hold to ten million dollars.
    Single,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { tiles_per_group: 64, precision: Precision::Double }
    }
}

impl Precision {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Precision::Double => "double",
            Precision::Single => "single",
        }
    }

    /// The one that has this word.
    pub fn called(word: &str) -> Option<Precision> {
        [Precision::Double, Precision::Single].into_iter().find(|precision| precision.word() == word)
    }
}

/// The books of a path did not add up, and the run was stopped.
#[derive(Clone, Debug, PartialEq)]
pub struct LeakFound {
    /// The path.
    pub path: u64,
    /// The day.
    pub date: Date,
    /// The sector whose stocks differ from its net worth.
    pub sector: &'static str,
    /// The instrument whose holders do not add up to its issuer.
    pub instrument: &'static str,
    /// By how much, $bn.
    pub amount: f64,
}

impl LeakFound {
    /// A leak of a lane whose first path is `first_path`.
    pub fn of(leak: Leak, first_path: u64, date: Date) -> LeakFound {
        LeakFound {
            path: first_path + leak.lane as u64,
            date,
            sector: SECTORS[leak.sector],
            instrument: INSTRUMENTS[leak.instrument],
            amount: leak.amount,
        }
    }
}

impl fmt::Display for LeakFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let LeakFound { path, date, sector, instrument, amount } = self;
        write!(
            f,
            "the books leak: on path {path}, {date}, the stocks of {sector} differ from its net worth by \
             {amount:.3e} $bn, and {instrument} does not sum to zero over its holders"
        )
    }
}

impl std::error::Error for LeakFound {}

/// Simulates every path of a scenario; `progress` is told how many more paths are done.
///
/// # Errors
/// The leak of the lowest-numbered path whose books do not add up.
pub fn simulate(
    scenario: &Scenario,
    plan: &Plan,
    settings: Settings,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Outcomes, LeakFound> {
    simulate_paths(scenario, plan, 0..scenario.paths, settings, progress)
}

/// As [`simulate`], a stretch of the paths alone, which begins at a multiple of [`TILE`].
///
/// # Errors
/// The leak of the lowest-numbered path of the stretch whose books do not add up.
///
/// # Panics
/// If the stretch begins elsewhere.
pub fn simulate_paths(
    scenario: &Scenario,
    plan: &Plan,
    paths: Range<u64>,
    settings: Settings,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Outcomes, LeakFound> {
    simulate_in(&World::new(scenario, plan), paths, settings, progress)
}

fn simulate_in(
    world: &World<'_, f64>,
    paths: Range<u64>,
    settings: Settings,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Outcomes, LeakFound> {
    let first_path = paths.start;
    let tiles = each_tile(world, paths, settings, progress, &|tile| tile)?;
    Ok(Outcomes { first_path, days: world.plan.days.len() + 1, tiles })
}

/// What is taken of every tile of a run, in the order of their paths: a whole tile is kept only as long as that takes.
///
/// # Errors
/// The leak of the lowest-numbered path whose books do not add up.
pub fn simulate_tiles<R: Send>(
    scenario: &Scenario,
    plan: &Plan,
    settings: Settings,
    progress: &(dyn Fn(u64) + Sync),
    take: &(dyn Fn(TileOutcomes) -> R + Sync),
) -> Result<Vec<R>, LeakFound> {
    each_tile(&World::new(scenario, plan), 0..scenario.paths, settings, progress, take)
}

fn each_tile<R: Send>(
    world: &World<'_, f64>,
    paths: Range<u64>,
    settings: Settings,
    progress: &(dyn Fn(u64) + Sync),
    take: &(dyn Fn(TileOutcomes) -> R + Sync),
) -> Result<Vec<R>, LeakFound> {
    assert!(paths.start.is_multiple_of(TILE as u64), "a stretch of paths begins with a tile");
    let firsts: Vec<u64> = paths.clone().step_by(TILE).collect();
    let simulated: Vec<Result<R, LeakFound>> = firsts
        .into_par_iter()
        .with_max_len(settings.tiles_per_group.max(1))
        .map(|first| {
            // Whoever is told may end the work, by unwinding, before a tile rather than after it.
            progress(0);
            let outcomes = simulate_tile(world, first, paths.end)?;
            progress(outcomes.paths as u64);
            Ok(take(outcomes))
        })
        .collect();
    simulated.into_iter().collect()
}

/// Lives through all days on one tile of paths, of which those below `end` count.
fn simulate_tile(world: &World<'_, f64>, first_path: u64, end: u64) -> Result<TileOutcomes, LeakFound> {
    let mut tile: Tile<f64, TILE> = Tile::open(world, first_path, end);
    let mut desk = Desk::new();
    let mut values = Vec::with_capacity((world.plan.days.len() + 1) * SIMULATED * TILE);
    tile.publish(world, &mut desk.published);
    values.extend(desk.published.as_flattened());
    for day in 0..world.plan.days.len() {
        tile.live_day(world, day, &mut desk)?;
        values.extend(desk.published.as_flattened());
    }
    Ok(TileOutcomes { paths: tile.live, keeping: Keeping::all(), values, flows: tile.flows().as_flattened().to_vec() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FLOWS, Flow};
    use crate::scenario::{self, Draws};

    fn short_run(paths: u64) -> (Scenario, Plan) {
        let mut scenario = scenario::load("shutdown_cash_hoarding").expect("a shipped scenario");
        scenario.paths = paths;
        let plan = scenario::plan(&scenario);
        (scenario, plan)
    }

    #[test]
    fn ten_dollars_lost_from_any_flow_are_found() {
        let (scenario, plan) = short_run(3);
        let mut world = World::new(&scenario, &plan);
        assert!(simulate_in(&world, 0..scenario.paths, Settings::default(), &|_| ()).is_ok());
        for flow in 0..FLOWS.len() {
            world.leak = Some((flow, 1e-8));
            let found = simulate_in(&world, 0..scenario.paths, Settings::default(), &|_| ());
            let leak = found.expect_err(FLOWS[flow].name);
            assert_eq!((leak.path, leak.date), (0, plan.days[0].date), "{}", FLOWS[flow].name);
            // Outlays are posted twice a day: what falls due, and what waits for cash or has waited (`debt_limit`).
            let postings = if flow == Flow::Outlays as usize { 2.0 } else { 1.0 };
            assert!((leak.amount.abs() - postings * 1e-8).abs() < 1e-10, "{leak}");
        }
    }

    #[test]
    fn a_leak_too_small_to_be_rounding_and_too_large_to_ignore_is_a_dollar() {
        let (scenario, plan) = short_run(1);
        let mut world = World::new(&scenario, &plan);
        // A tenth of a cent a day stays below a dollar over the run.
        world.leak = Some((0, 1e-12));
        assert!(simulate_in(&world, 0..scenario.paths, Settings::default(), &|_| ()).is_ok());
    }

    #[test]
    fn any_number_of_threads_and_any_chunk_give_the_same_bytes() {
        let (mut scenario, plan) = short_run(500);
        for draws in Draws::ALL {
            scenario.draws = draws;
            let bits = |threads, tiles_per_group| {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
                let settings = Settings { tiles_per_group, ..Settings::default() };
                let outcomes = pool.install(|| simulate(&scenario, &plan, settings, &|_| ())).unwrap();
                let all = outcomes.tiles.into_iter().flat_map(|tile| tile.values.into_iter().chain(tile.flows));
                all.map(f64::to_bits).collect::<Vec<_>>()
            };
            let one = bits(1, 1);
            for (threads, chunk) in [(2, 1), (8, 1), (2, 3), (8, 100)] {
                assert!(one == bits(threads, chunk), "{draws:?}, {threads} threads, chunks of {chunk} tiles");
            }
        }
    }

    #[test]
    fn a_path_does_not_depend_on_how_many_there_are() {
        for draws in Draws::ALL {
            let run = |paths| {
                let (mut scenario, plan) = short_run(paths);
                scenario.draws = draws;
                simulate(&scenario, &plan, Settings::default(), &|_| ()).unwrap()
            };
            let (few, many) = (run(70), run(200));
            for day in [0, 40, 100] {
                let variable = crate::model::Simulated::SofrIorb;
                assert_eq!(few.column(day, variable), many.column(day, variable)[..70], "{draws:?}");
            }
        }
    }
}
