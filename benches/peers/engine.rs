//! Our side of the comparison with the peers: a worker that answers `run LEVEL PATHS` lines (README.md).
//!
//! ```console
//! $ cargo run --release --example engine -- tidegate|preview|bare|naive|draws|normals
//! ```
//!
//! `tidegate` is the engine on one thread, `preview` the same in single precision, `bare` the same without statistics. `naive`
//! is the same model path by path, with the platform's mathematics, rand_distr's draws from a small generator and quantiles by
//! selection: what one writes first. `draws` makes what the model needs of random numbers that way and does nothing else;
//! `normals` makes as many normals by ziggurat as the model has shocks: the floor.

#[path = "../parts/nothing.rs"]
mod nothing;

use nothing::Nothing;
use rand::SeedableRng;
use rand::rngs::SmallRng;
use rand_distr::{Distribution, StandardNormal, StudentT};
use serde_json::json;
use std::hint::black_box;
use std::io::BufRead;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};
use tidegate::model::{
    DEGREES_OF_FREEDOM, FLOWS, Plan, Published, Real, SHOCKS, SIMULATED, Shock, Shocks, Simulated, State,
    cholesky_factor, publish, simulate_day,
};
use tidegate::scenario::{self, Scenario};
use tidegate::simulation::{Luck, Precision, Settings, add_up, certain_parameters, draw_events, tally};
use tidegate::statistics::{Account, Follower, Layout, Mergeable, PUBLISHED, TILE, quantiles};

fn main() {
    let side = std::env::args().nth(1).unwrap_or_else(|| "tidegate".to_owned());
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let line = line.expect("lines of text");
        let [_, level, paths] = line.split_whitespace().collect::<Vec<_>>()[..] else { panic!("run LEVEL PATHS") };
        let mut scenario = scenario::load("shutdown_cash_hoarding").expect("a shipped scenario");
        scenario.set_paths(paths.parse().expect("a number of paths"));
        scenario.set_seed(number as u64 + 1);
        // The peers answer no watches.
        scenario.watches.clear();
        let plan = scenario::plan(&scenario);
        let run = || run(&side, level == "fan", &scenario, &plan);
        let before = cpu_seconds();
        black_box(pool.install(run));
        let cpu = cpu_seconds() - before;
        let path_days = (scenario.paths as usize * plan.days.len()) as f64;
        let answer = json!({
            "peer": side, "level": level, "paths": scenario.paths, "days": plan.days.len(), "cpu_seconds": cpu,
            "ns_per_path_day": 1e9 * cpu / path_days, "peak_rss_mb": peak_memory(),
            "versions": { "tidegate": env!("CARGO_PKG_VERSION") },
        });
        println!("{answer}");
    }
}

fn run(side: &str, fan: bool, scenario: &Scenario, plan: &Plan) -> f64 {
    let precision = if side == "preview" { Precision::Single } else { Precision::Double };
    let settings = Settings { precision, ..Settings::default() };
    match side {
        "tidegate" | "preview" if fan => {
            tally(scenario, plan, settings, &|_| ()).expect("the books balance").of_paths(0).mean
        }
        "tidegate" | "preview" => {
            let layout = Layout::begin(plan, &[]);
            let begin = || Moments::of_no_paths(plan);
            add_up(scenario, plan, &layout, begin, 0..scenario.paths, settings, &|_| ())
                .expect("the books balance")
                .sum()
        }
        "bare" => {
            let layout = Layout::begin(plan, &[]);
            let run = add_up(scenario, plan, &layout, || Nothing, 0..scenario.paths, settings, &|_| ());
            run.map(|Nothing| 0.0).expect("the books balance")
        }
        "naive" => naive(scenario, plan, fan),
        "draws" => draws(scenario.paths, plan.days.len()),
        "normals" => normals(scenario.paths, plan.days.len()),
        other => panic!("no side is called {other}"),
    }
}

/// CPU time of the process so far.
fn cpu_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/self/schedstat").expect("Linux");
    let main: f64 = text.split_whitespace().next().and_then(|ns| ns.parse().ok()).expect("nanoseconds");
    let others = std::fs::read_dir("/proc/self/task").expect("Linux").flatten().filter_map(|task| {
        let text = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse::<f64>().ok()
    });
    others.sum::<f64>().max(main) * 1e-9
}

fn peak_memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find(|line| line.starts_with("VmHWM")).expect("peak memory");
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok()).expect("kilobytes") / 1024.0
}

/// Mean, standard deviation and events only, as the peers' `moments`.
#[derive(Clone)]
struct Moments {
    /// Sum and sum of squares of every simulated variable on every published day.
    sums: Vec<[[f64; 2]; SIMULATED]>,
    above: [u64; 2],
}

impl Moments {
    fn of_no_paths(plan: &Plan) -> Moments {
        Moments { sums: vec![[[0.0; 2]; SIMULATED]; plan.days.len() + 1], above: [0; 2] }
    }

    fn sum(&self) -> f64 {
        self.sums.as_flattened().as_flattened().iter().sum::<f64>() + self.above[0] as f64
    }
}

/// The sum over the lanes, by halves.
#[inline(always)]
fn total(mut lanes: [f64; TILE]) -> f64 {
    let mut width = TILE;
    while width > 1 {
        width /= 2;
        for i in 0..width {
            lanes[i] += lanes[i + width];
        }
    }
    lanes[0]
}

impl Account for Moments {
    #[inline(always)]
    fn count_day<T: Real, const N: usize>(&mut self, day: usize, published: &Published<T, N>, _: usize) {
        for (values, [sum, squares]) in published.iter().zip(&mut self.sums[day]) {
            let (mut lanes, mut squared) = ([0.0; TILE], [0.0; TILE]);
            for chunk in values.as_chunks::<TILE>().0 {
                for i in 0..TILE {
                    let value = chunk[i].to_f64();
                    lanes[i] += value;
                    squared[i] += value * value;
                }
            }
            *sum += total(lanes);
            *squares += total(squared);
        }
    }

    fn close<const N: usize>(&mut self, follower: &Follower<N>, flows: &[[f64; N]; FLOWS.len()], live: usize) {
        let highest = &follower.path_rows(flows)[tidegate::statistics::PathRow::HighestSofrIorb as usize];
        for (level, count) in [10.0, 20.0].iter().zip(&mut self.above) {
            *count += highest[..live].iter().filter(|highest| *highest > level).count() as u64;
        }
    }
}

impl Mergeable for Moments {
    fn merge(&mut self, other: Moments) {
        for (own, other) in self.sums.iter_mut().zip(other.sums) {
            for (own, other) in own.as_flattened_mut().iter_mut().zip(other.as_flattened()) {
                *own += other;
            }
        }
    }
}

/// A double with the platform's mathematics.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
struct Libm(f64);

macro_rules! by_its_number {
    ($( $operation:ident $function:ident ),*) => { $(
        impl $operation for Libm {
            type Output = Libm;
            #[inline]
            fn $function(self, other: Libm) -> Libm {
                Libm(self.0.$function(other.0))
            }
        }
    )* };
}
by_its_number!(Add add, Sub sub, Mul mul, Div div);

impl Neg for Libm {
    type Output = Libm;
    #[inline]
    fn neg(self) -> Libm {
        Libm(-self.0)
    }
}

impl AddAssign for Libm {
    #[inline]
    fn add_assign(&mut self, other: Libm) {
        self.0 += other.0;
    }
}

impl SubAssign for Libm {
    #[inline]
    fn sub_assign(&mut self, other: Libm) {
        self.0 -= other.0;
    }
}

impl Real for Libm {
    const ZERO: Libm = Libm(0.0);
    const ONE: Libm = Libm(1.0);
    const BOOK_TOLERANCE: f64 = f64::BOOK_TOLERANCE;
    const ROOT_TOLERANCE: f64 = f64::ROOT_TOLERANCE;
    fn of(value: f64) -> Libm {
        Libm(value)
    }
    fn to_f64(self) -> f64 {
        self.0
    }
    fn exp(self) -> Libm {
        Libm(self.0.exp())
    }
    fn ln(self) -> Libm {
        Libm(self.0.ln())
    }
    fn ln_1p_with_share(self) -> (Libm, Libm) {
        (Libm(self.0.ln_1p()), Libm(self.0 / (1.0 + self.0)))
    }
    fn mul_add(self, factor: Libm, summand: Libm) -> Libm {
        Libm(self.0.mul_add(factor.0, summand.0))
    }
    fn sqrt(self) -> Libm {
        Libm(self.0.sqrt())
    }
}

/// The draws of a day: normals, and Student's t with variance one.
fn draw(generator: &mut SmallRng, student: &StudentT<f64>) -> [f64; SHOCKS] {
    let scale = (1.0 - 2.0 / f64::from(DEGREES_OF_FREEDOM)).sqrt();
    Shock::ALL.map(|shock| match shock.is_fat_tailed() {
        true => scale * student.sample(generator),
        false => StandardNormal.sample(generator),
    })
}

/// Path by path; with quantiles, every value is kept and selected from.
fn naive(scenario: &Scenario, plan: &Plan, fan: bool) -> f64 {
    let parameters = certain_parameters::<Libm>(scenario).expect("the scenario draws no parameter");
    let factor = cholesky_factor();
    let student = StudentT::new(f64::from(DEGREES_OF_FREEDOM)).expect("degrees of freedom");
    let mut shocks: Shocks<Libm, 1> = [[Libm(0.0)]; SHOCKS];
    let mut published: Published<Libm, 1> = [[Libm(0.0)]; SIMULATED];
    let luck = Luck::of(scenario, plan);
    let mut moments = Moments::of_no_paths(plan);
    let mut kept = vec![vec![Vec::new(); SIMULATED]; plan.days.len()];
    for path in 0..scenario.paths {
        let mut generator = SmallRng::seed_from_u64(scenario.seed ^ path << 20);
        let events = draw_events::<Libm, 1>(scenario, plan, &luck.tile(path));
        let mut state = State::open(plan, &parameters, &events);
        let mut highest = f64::NEG_INFINITY;
        for day in 0..plan.days.len() {
            let drawn = draw(&mut generator, &student);
            for (row, shock) in shocks.iter_mut().enumerate() {
                shock[0] = Libm((0..=row).map(|column| factor[row][column] * drawn[column]).sum());
            }
            simulate_day(&mut state, &parameters, &events, plan, &shocks).expect("the books balance");
            publish(&state, plan, &mut published);
            for (row, [Libm(value)]) in published.iter().enumerate() {
                let [sum, squares] = &mut moments.sums[day + 1][row];
                *sum += value;
                *squares += value * value;
                if fan {
                    kept[day][row].push(*value);
                }
            }
            highest = highest.max(published[Simulated::SofrIorb as usize][0].0);
        }
        moments.above[0] += u64::from(highest > 10.0);
        moments.above[1] += u64::from(highest > 20.0);
    }
    let of_quantiles = kept.iter_mut().flatten().filter(|values| !values.is_empty());
    moments.sum() + of_quantiles.map(|values| quantiles(values, &PUBLISHED)[4]).sum::<f64>()
}

/// As many normals alone as the model has shocks.
fn normals(paths: u64, days: usize) -> f64 {
    let mut generator = SmallRng::seed_from_u64(paths);
    let one = |_| -> f64 { StandardNormal.sample(&mut generator) };
    (0..paths * days as u64 * SHOCKS as u64).map(one).sum()
}

/// The draws of the model alone.
fn draws(paths: u64, days: usize) -> f64 {
    let student = StudentT::new(f64::from(DEGREES_OF_FREEDOM)).expect("degrees of freedom");
    let mut generator = SmallRng::seed_from_u64(paths);
    (0..paths * days as u64).map(|_| draw(&mut generator, &student)[7]).sum()
}
