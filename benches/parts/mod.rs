//! What both benches run: the shutdown, its draws, functions of many numbers, and an account that remembers nothing.

mod nothing;

pub use nothing::Nothing;
use std::hint::black_box;
use std::ops::Range;
use tidegate::model::{Plan, SHOCKS};
use tidegate::random::ShockSource;
use tidegate::scenario::{self, Scenario};
use tidegate::simulation::Work;
use tidegate::statistics::TILE;

/// Numbers that a function is put to at a time.
pub const NUMBERS: usize = 1_024;

/// The shutdown with so many paths.
pub fn shutdown(paths: u64) -> (Scenario, Plan) {
    let mut scenario = scenario::load("shutdown_cash_hoarding").expect("a shipped scenario");
    scenario.set_paths(paths);
    let plan = scenario::plan(&scenario);
    (scenario, plan)
}

/// The shocks of a tile on some days.
pub struct Draws<'a> {
    pub source: &'a ShockSource,
    pub days: Range<u32>,
}

impl Work for Draws<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let mut shocks = Box::new([[0.0_f64; TILE]; SHOCKS]);
        for day in self.days {
            self.source.draw(0, day, &mut shocks);
            black_box(&shocks);
        }
    }
}

/// A function of [`NUMBERS`] numbers, so many times.
pub struct OfNumbers<F> {
    pub function: F,
    pub times: u64,
}

impl<F: Fn(f64) -> f64> Work for OfNumbers<F> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let x: [f64; NUMBERS] = std::array::from_fn(|i| 0.01 * (i + 1) as f64);
        for _ in 0..self.times {
            let x = black_box(&x);
            let mut y = [0.0; NUMBERS];
            for i in 0..NUMBERS {
                y[i] = (self.function)(x[i]);
            }
            black_box(&y);
        }
    }
}
