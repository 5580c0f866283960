//! What the parts of a run cost: `cargo bench`. Machines differ and are noisy; compare figures of one run.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use tidegate::model::{DrawnEvents, Parameters, Plan};
use tidegate::model::{SHOCKS, SIMULATED, Same, State, TileParameters, publish, simulate_day};
use tidegate::random::ShockSource;
use tidegate::scenario::{self, Scenario};
use tidegate::simulation::{Settings, simulate};
use tidegate::statistics::{Summary, Tally};

/// Paths side by side.
const TILE: usize = 64;

fn main() {
    divan::main();
}

fn shutdown(paths: u64) -> (Scenario, Plan) {
    let mut scenario = scenario::load("shutdown_cash_hoarding").expect("a shipped scenario");
    scenario.set_paths(paths);
    let plan = scenario::plan(&scenario);
    (scenario, plan)
}

/// The shocks of a tile for a day.
#[divan::bench]
fn draws(bencher: Bencher) {
    let source = ShockSource::new(1);
    let mut day = 0;
    bencher.counter(ItemsCount::new(TILE * SHOCKS)).bench_local(|| {
        day += 1;
        black_box(source.draw::<f64, TILE>(0, day))
    });
}

/// A path-day of the model without its draws.
#[divan::bench]
fn model_days(bencher: Bencher) {
    let (_, plan) = shutdown(1);
    let ledger = funding_ledger();
    let parameters: TileParameters<f64, TILE> =
        TileParameters::new(Parameters::from_fn(|_, info| [info.default; TILE]));
    let events = DrawnEvents { runoff_end: [40.0; TILE], ..DrawnEvents::none() };
    let source = ShockSource::new(1);
    let shocks: Vec<_> = (0..plan.days.len()).map(|day| source.draw(0, day as u32)).collect();
    bencher.counter(ItemsCount::new(TILE * plan.days.len())).bench_local(|| {
        let mut state = State::open(&ledger, &plan, &parameters, &events);
        for day in &shocks {
            simulate_day(&mut state, &parameters, &events, &plan, day).expect("no leak");
            black_box(publish(&state, &plan));
        }
    });
}

/// Path-days of a simulation on all cores, draws included.
#[divan::bench(args = [1_024, 10_240])]
fn simulation(bencher: Bencher, paths: u64) {
    let (scenario, plan) = shutdown(paths);
    bencher
        .counter(ItemsCount::new(paths as usize * plan.days.len()))
        .bench_local(|| simulate(&scenario, &plan, Settings::default(), &|_| ()).expect("no leak"));
}

/// Path-days boiled down to fans, watches and the attribution.
#[divan::bench(args = [1_024, 10_240])]
fn statistics(bencher: Bencher, paths: u64) {
    let (scenario, plan) = shutdown(paths);
    let outcomes = simulate(&scenario, &plan, Settings::default(), &|_| ()).expect("no leak");
    bencher
        .counter(ItemsCount::new(paths as usize * plan.days.len()))
        .bench_local(|| Summary::of(&Tally::of(&outcomes, &plan, &scenario.watches), &plan));
}
