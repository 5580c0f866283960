//! What the parts of a run cost: `cargo bench --bench engine`. Machines differ and are noisy; compare figures of one run.

mod parts;

use divan::Bencher;
use divan::counter::ItemsCount;
use jiff::ToSpan;
use parts::{Draws, NUMBERS, Nothing, OfNumbers};
use tidegate::model::{Plan, Real, SHOCKS, Simulated};
use tidegate::random::ShockSource;
use tidegate::scenario::{self, Scenario};
use tidegate::simulation::{Settings, Vectors, add_up, simulate, simulate_columns, tally, tally_paths, tally_pilot};
use tidegate::statistics::{Layout, PILOT, Summary, TILE, Tally};

fn main() {
    divan::main();
}

/// The shutdown with so many paths, ended after so many days of the calendar.
fn shutdown(paths: u64, days: i64) -> (Scenario, Plan) {
    let (mut scenario, _) = parts::shutdown(paths);
    scenario.end = scenario.end.min(scenario.start.saturating_add(days.days()));
    let plan = scenario::plan(&scenario);
    (scenario, plan)
}

fn path_days(scenario: &Scenario, plan: &Plan) -> ItemsCount {
    ItemsCount::new(scenario.paths as usize * plan.days.len())
}

fn on_threads<R: Send>(threads: usize, work: impl Fn() -> R + Send + Sync) -> R {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads").install(work)
}

fn of_numbers(bencher: Bencher, function: impl Fn(f64) -> f64 + Copy + Sync) {
    bencher.counter(ItemsCount::new(NUMBERS)).bench(|| Vectors::widest().run(OfNumbers { function, times: 1 }));
}

#[divan::bench]
fn exp(bencher: Bencher) {
    of_numbers(bencher, <f64 as Real>::exp);
}

#[divan::bench]
fn ln(bencher: Bencher) {
    of_numbers(bencher, <f64 as Real>::ln);
}

#[divan::bench]
fn softplus(bencher: Bencher) {
    of_numbers(bencher, <f64 as Real>::softplus);
}

/// The shocks of a tile for a day.
#[divan::bench]
fn draws(bencher: Bencher) {
    let source = ShockSource::new(1);
    let mut day = 0;
    bencher.counter(ItemsCount::new(TILE * SHOCKS)).bench_local(|| {
        day += 1;
        Vectors::widest().run(Draws { source: &source, days: day..day + 1 });
    });
}

/// Path-days of the model with its draws and no statistics, on one thread.
#[divan::bench(args = [1_024, 4_096])]
fn kernel(bencher: Bencher, paths: u64) {
    let (scenario, plan) = shutdown(paths, 365);
    let layout = Layout::begin(&plan, &[]);
    let run = || add_up(&scenario, &plan, &layout, || Nothing, 0..paths, Settings::default(), &|_| ()).is_ok();
    bencher.counter(path_days(&scenario, &plan)).bench(|| on_threads(1, run));
}

/// Path-days with everything a run remembers of them, on one thread or two: growth in paths.
#[divan::bench(args = [(1_024, 1), (8_192, 1), (65_536, 1), (8_192, 2), (65_536, 2)])]
fn fans(bencher: Bencher, (paths, threads): (u64, usize)) {
    let (scenario, plan) = shutdown(paths, 365);
    let pilot = tally_pilot(&scenario, &plan, Settings::default()).expect("the books balance");
    let run = || tally_paths(&scenario, &plan, pilot.layout(), 0..paths, Settings::default(), &|_| ()).is_ok();
    bencher.counter(path_days(&scenario, &plan)).bench(|| on_threads(threads, run));
}

/// The same by the length of the run: growth in days.
#[divan::bench(args = [30, 90, 180])]
fn fans_by_days(bencher: Bencher, days: i64) {
    let (scenario, plan) = shutdown(8_192, days);
    let pilot = tally_pilot(&scenario, &plan, Settings::default()).expect("the books balance");
    let run = || tally_paths(&scenario, &plan, pilot.layout(), 0..8_192, Settings::default(), &|_| ()).is_ok();
    bencher.counter(path_days(&scenario, &plan)).bench(|| on_threads(1, run));
}

/// The pilot: the first paths and where the bins lie.
#[divan::bench]
fn pilot(bencher: Bencher) {
    let (scenario, plan) = shutdown(PILOT, 365);
    bencher.bench(|| tally_pilot(&scenario, &plan, Settings::default()).expect("the books balance"));
}

/// From the name of a scenario to all its numbers, without files and pictures.
#[divan::bench(args = [1_000, 10_000])]
fn whole_run(bencher: Bencher, paths: u64) {
    bencher.bench(|| {
        let (scenario, plan) = shutdown(paths, 365);
        let tally = tally(&scenario, &plan, Settings::default(), &|_| ()).expect("the books balance");
        Summary::of(&tally, &plan)
    });
}

/// What the page of sliders waits for: a thousand paths of which some variables are kept, on one thread or two.
#[divan::bench(args = [1, 2])]
fn picture(bencher: Bencher, threads: usize) {
    const SHOWN: [Simulated; 5] =
        [Simulated::Reserves, Simulated::SofrIorb, Simulated::Tga, Simulated::OnRrp, Simulated::Srf];
    let (scenario, plan) = shutdown(1_000, 365);
    let run = || simulate_columns(&scenario, &plan, &SHOWN, 0..scenario.paths, &|| false).is_ok();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
    bencher.counter(path_days(&scenario, &plan)).bench(|| pool.install(run));
}

/// Every value of every path, as what subtracts paths needs them.
#[divan::bench(args = [2_000])]
fn outcomes(bencher: Bencher, paths: u64) {
    let (scenario, plan) = shutdown(paths, 365);
    bencher.counter(path_days(&scenario, &plan)).bench(|| {
        let outcomes = simulate(&scenario, &plan, Settings::default(), &|_| ()).expect("the books balance");
        Tally::of(&outcomes, &plan, &scenario.watches).paths()
    });
}
