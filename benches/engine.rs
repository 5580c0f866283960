//! What the parts of a run cost: `cargo bench --bench engine`. Machines differ and are noisy; compare figures of one run.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use jiff::ToSpan;
use tidegate::model::{FLOWS, Plan, Published, Real, SHOCKS};
use tidegate::random::ShockSource;
use tidegate::scenario::{self, Scenario};
use tidegate::simulation::{Settings, Vectors, Work, add_up, simulate, tally, tally_paths, tally_pilot};
use tidegate::statistics::{Account, Follower, Layout, PILOT, Summary, TILE, Tally};

fn main() {
    divan::main();
}

/// The shutdown with so many paths, ended after so many days of the calendar.
fn shutdown(paths: u64, days: i64) -> (Scenario, Plan) {
    let mut scenario = scenario::load("shutdown_cash_hoarding").expect("a shipped scenario");
    scenario.set_paths(paths);
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

/// A function of a thousand numbers, with the machine's widest vectors.
struct OfNumbers<F>(F);

impl<F: Fn(f64) -> f64> Work for OfNumbers<F> {
    type Output = f64;

    #[inline(always)]
    fn run(self) -> f64 {
        let x: [f64; 1_024] = black_box(std::array::from_fn(|i| 0.01 * (i + 1) as f64));
        let mut y = [0.0; 1_024];
        for i in 0..1_024 {
            y[i] = (self.0)(x[i]);
        }
        black_box(y)[7]
    }
}

#[divan::bench]
fn exp(bencher: Bencher) {
    bencher.counter(ItemsCount::new(1_024_usize)).bench(|| Vectors::widest().run(OfNumbers(<f64 as Real>::exp)));
}

#[divan::bench]
fn ln(bencher: Bencher) {
    bencher.counter(ItemsCount::new(1_024_usize)).bench(|| Vectors::widest().run(OfNumbers(<f64 as Real>::ln)));
}

#[divan::bench]
fn softplus(bencher: Bencher) {
    bencher.counter(ItemsCount::new(1_024_usize)).bench(|| Vectors::widest().run(OfNumbers(<f64 as Real>::softplus)));
}

/// The shocks of a tile for a day.
struct Draws<'a>(&'a ShockSource, u32);

impl Work for Draws<'_> {
    type Output = f64;

    #[inline(always)]
    fn run(self) -> f64 {
        let mut shocks = [[0.0_f64; TILE]; SHOCKS];
        self.0.draw(0, self.1, &mut shocks);
        black_box(shocks)[3][5]
    }
}

#[divan::bench]
fn draws(bencher: Bencher) {
    let source = ShockSource::new(1);
    let mut day = 0;
    bencher.counter(ItemsCount::new(TILE * SHOCKS)).bench_local(|| {
        day += 1;
        Vectors::widest().run(Draws(&source, day))
    });
}

/// Remembers nothing.
struct Nothing;

impl Account for Nothing {
    #[inline(always)]
    fn count_day<T: Real, const N: usize>(&mut self, _: usize, published: &Published<T, N>, _: usize) {
        black_box(published);
    }

    fn close<const N: usize>(&mut self, _: &Follower<N>, _: &[[f64; N]; FLOWS.len()], _: usize) {}

    fn merge(&mut self, _: Nothing) {}
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

/// Every value of every path, as what subtracts paths needs them.
#[divan::bench(args = [2_000])]
fn outcomes(bencher: Bencher, paths: u64) {
    let (scenario, plan) = shutdown(paths, 365);
    bencher.counter(path_days(&scenario, &plan)).bench(|| {
        let outcomes = simulate(&scenario, &plan, Settings::default(), &|_| ()).expect("the books balance");
        Tally::of(&outcomes, &plan, &scenario.watches).paths()
    });
}
