//! A stretch of paths of which a few variables are kept: no pilot, no bins, for pictures that cannot wait.

use super::board::{Board, Table};
use super::run::LeakFound;
use super::tile::World;
use crate::model::{Plan, Simulated};
use crate::scenario::Scenario;
use crate::statistics::{BoardColumns, Columns, Layout, TILE};
use rayon::prelude::*;
use std::ops::Range;

/// Paths of a board: few enough that a first picture of some hundred keeps all threads busy.
const BOARD: usize = 4 * TILE;

/// Simulates a stretch of the paths of a scenario, which begins at a multiple of [`TILE`], and keeps `variables`,
/// extremes and watches of every path; nothing if `stop` says so, which every board asks before it begins.
///
/// # Errors
/// The leak of the lowest-numbered path of the stretch whose books do not add up.
///
/// # Panics
/// If the stretch begins elsewhere.
pub fn simulate_columns(
    scenario: &Scenario,
    plan: &Plan,
    variables: &[Simulated],
    paths: Range<u64>,
    stop: &(dyn Fn() -> bool + Sync),
) -> Result<Option<Columns>, LeakFound> {
    assert!(paths.start.is_multiple_of(TILE as u64), "a stretch of paths begins with a tile");
    let world = World::new(scenario, plan);
    let layout = Layout::begin(plan, &scenario.watches);
    let firsts: Vec<u64> = paths.clone().step_by(TILE).collect();
    let lived: Vec<Result<Option<BoardColumns>, LeakFound>> = firsts
        .par_chunks(BOARD / TILE)
        .with_max_len(1)
        .map(
            |firsts| {
                if stop() { Ok(None) } else { live_board(&world, &layout, variables, firsts, paths.end).map(Some) }
            },
        )
        .collect();
    let boards: Option<Vec<BoardColumns>> = lived.into_iter().collect::<Result<_, _>>()?;
    Ok(boards.map(|boards| Columns::new(variables, layout.days, boards)))
}

/// Lives through all days on the tiles that begin at `firsts`, of which paths below `end` count.
fn live_board(
    world: &World<'_, f64>,
    layout: &Layout,
    variables: &[Simulated],
    firsts: &[u64],
    end: u64,
) -> Result<BoardColumns, LeakFound> {
    let paths = (firsts.len() * TILE).min((end - firsts[0]) as usize);
    let mut kept = BoardColumns::new(variables, layout.days, paths);
    let mut table: Table<f64, BOARD> = Table::new();
    let mut board = Board::open(world, layout, firsts, end, &mut table, &mut kept);
    for day in 0..world.plan.days.len() {
        board.live_day(world, layout, day, &mut table, &mut kept)?;
    }
    board.close(&mut kept);
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::super::run::Settings;
    use super::super::tally::tally;
    use super::*;
    use crate::model::Variable;
    use crate::scenario;
    use crate::statistics::{Distribution, PUBLISHED, PathRow, Summary};
    use jiff::civil::date;

    const SHOWN: [Simulated; 2] = [Simulated::Reserves, Simulated::SofrIorb];

    fn autumn(paths: u64) -> (Scenario, Plan) {
        let mut scenario = scenario::load("shutdown_cash_hoarding").expect("a shipped scenario");
        scenario.end = date(2025, 11, 14);
        for watch in &mut scenario.watches {
            watch.to = watch.to.min(scenario.end);
        }
        scenario.set_paths(paths);
        let plan = scenario::plan(&scenario);
        (scenario, plan)
    }

    fn kept(scenario: &Scenario, plan: &Plan, paths: Range<u64>) -> Columns {
        simulate_columns(scenario, plan, &SHOWN, paths, &|| false)
            .expect("the books balance")
            .expect("nothing stops it")
    }

    #[test]
    fn a_run_publishes_the_same_within_the_width_of_its_bins() {
        let (scenario, plan) = autumn(3_000);
        let columns = kept(&scenario, &plan, 0..3_000);
        let tally = tally(&scenario, &plan, Settings::default(), &|_| ()).expect("the books balance");
        let summary = Summary::of(&tally, &plan);
        assert_eq!(columns.paths(), 3_000);
        let agrees = |found: &[f64; 9], published: &Distribution| {
            for ((found, published), bound) in found.iter().zip(published.quantiles).zip(published.bounds) {
                assert!((found - published).abs() <= bound + 1e-9, "{found} against {published} ± {bound}");
            }
        };
        for (simulated, variable) in SHOWN.into_iter().zip([Variable::Reserves, Variable::SofrIorb]) {
            let days = columns.quantiles(simulated, &PUBLISHED);
            assert_eq!(days.len(), summary.dates.len());
            for (found, published) in days.iter().zip(&summary.fan(variable).days) {
                agrees(found, published);
            }
        }
        let lowest = Distribution::of(&mut columns.path_row(PathRow::LowestReserves));
        agrees(&lowest.quantiles, &summary.lowest_reserves);
        for (position, watch) in summary.watches.iter().enumerate() {
            let hits = columns.fired(position).into_iter().filter(|&fired| fired).count();
            assert_eq!(hits as u64, watch.probability.hits);
            assert_eq!(columns.median_first_day(position), watch.first_day.map(|[_, median, _]| median));
        }
    }

    #[test]
    fn threads_and_batches_change_nothing() {
        let (scenario, plan) = autumn(700);
        let bits = |threads: usize, batches: &[u64]| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| {
                let mut columns = Columns::new(&SHOWN, plan.days.len() + 1, Vec::new());
                for batch in batches.windows(2) {
                    columns.append(kept(&scenario, &plan, batch[0]..batch[1]));
                }
                let values = SHOWN.into_iter().flat_map(|of| [columns.column(of, 5), columns.column(of, 30)]);
                let values: Vec<u64> = values.flatten().map(f64::to_bits).collect();
                let quantiles = columns.quantiles(Simulated::SofrIorb, &PUBLISHED);
                (values, quantiles.as_flattened().iter().map(|value| value.to_bits()).collect::<Vec<_>>())
            })
        };
        let one = bits(1, &[0, 700]);
        assert_eq!(one.0.len(), 4 * 700);
        for threads in [2, 8] {
            assert!(one == bits(threads, &[0, 700]), "{threads} threads");
        }
        assert!(one == bits(2, &[0, 128, 512, 700]), "in batches");
    }

    #[test]
    fn a_run_that_is_told_to_stop_leaves_nothing() {
        let (scenario, plan) = autumn(64);
        assert!(simulate_columns(&scenario, &plan, &SHOWN, 0..64, &|| true).expect("the books balance").is_none());
    }
}
