//! What antithetic paths and control variates would gain, as a Markdown table.
//!
//! `cargo bench --bench mirrored_and_controlled -- [SCENARIO [PATHS]]`. Every path is lived with its shocks and with the opposite
//! ones, under the same events. A gain is the variance of a mean of plain paths over that of a mean with the device, of as
//! many paths: 2 Var X / Var(X + X′) for pairs, and 1/(1 − R²) for controls, R² being that of a regression of X on the
//! sum of every shock over all days, whose mean is known to be zero. A median is as uncertain as the share of paths below it.

use nalgebra::{DMatrix, DVector};
use rayon::prelude::*;
use tidegate::model::{Plan, Published, SHOCKS, SIMULATED, Shocks, Simulated, State, publish, simulate_day};
use tidegate::random::ShockSource;
use tidegate::scenario::{self, Draws, Scenario};
use tidegate::simulation::{Luck, draw_events, draw_parameters};
use tidegate::statistics::{TILE, quantiles};

/// What is read of a path.
#[derive(Clone, Copy)]
struct Lived {
    closing: f64,
    lowest: f64,
    spread: f64,
    highest: f64,
    tga: f64,
    sums: [f64; SHOCKS],
}

/// Paths from `first` on, with their shocks or the opposite ones.
fn live(scenario: &Scenario, plan: &Plan, first: u64, sign: f64) -> Vec<Lived> {
    let luck = Luck::of(scenario, plan);
    let of_tile = luck.tile::<TILE>(first);
    let events = draw_events(scenario, plan, &of_tile);
    let parameters = draw_parameters::<f64, TILE>(scenario, &of_tile);
    let mut state = State::open(plan, &parameters, &events);
    let source = ShockSource::new(scenario.seed);
    let mut shocks: Shocks<f64, TILE> = [[0.0; TILE]; SHOCKS];
    let mut published: Published<f64, TILE> = [[0.0; TILE]; SIMULATED];
    let empty = Lived {
        closing: 0.0,
        lowest: f64::INFINITY,
        spread: 0.0,
        highest: f64::NEG_INFINITY,
        tga: 0.0,
        sums: [0.0; SHOCKS],
    };
    let mut lived = vec![empty; TILE];
    for day in 0..plan.days.len() {
        source.draw(first, day as u32, &mut shocks);
        for (number, row) in shocks.iter_mut().enumerate() {
            for lane in 0..TILE {
                row[lane] *= sign;
                lived[lane].sums[number] += row[lane];
            }
        }
        simulate_day(&mut state, &parameters, &events, plan, &shocks).expect("the books add up");
        publish(&state, plan, &mut published);
        for (lane, path) in lived.iter_mut().enumerate() {
            let at = |variable: Simulated| published[variable as usize][lane];
            path.closing = at(Simulated::Reserves);
            path.lowest = path.lowest.min(path.closing);
            path.spread = at(Simulated::SofrIorb);
            path.highest = path.highest.max(path.spread);
            path.tga = at(Simulated::Tga);
        }
    }
    lived
}

fn variance(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0)
}

/// 1/(1 − R²) of a regression of values on the sums of shocks.
fn controlled(paths: &[Lived], values: &[f64]) -> f64 {
    let rows = DMatrix::from_fn(paths.len(), SHOCKS + 1, |row, column| match column {
        0 => 1.0,
        shock => paths[row].sums[shock - 1],
    });
    let values = DVector::from_column_slice(values);
    let squares = rows.transpose() * &rows;
    let weights = squares.cholesky().expect("shocks are not collinear").solve(&(rows.transpose() * &values));
    let residual: Vec<f64> = (&values - rows * weights).iter().copied().collect();
    variance(values.as_slice()) / variance(&residual)
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let name = arguments.next().unwrap_or_else(|| "shutdown_cash_hoarding".to_owned());
    let paths: u64 = arguments.next().map_or(20_000, |typed| typed.parse().expect("a number of paths"));
    let mut scenario = scenario::load(&name).unwrap_or_else(|problems| panic!("{problems}"));
    scenario.draws = Draws::Plain;
    let plan = scenario::plan(&scenario);
    let firsts: Vec<u64> = (0..paths / TILE as u64).map(|tile| tile * TILE as u64).collect();
    let [own, mirrored]: [Vec<Lived>; 2] = [1.0, -1.0].map(|sign| {
        let tiles: Vec<_> = firsts.par_iter().map(|&first| live(&scenario, &plan, first, sign)).collect();
        tiles.concat()
    });
    type Read = Box<dyn Fn(&Lived) -> f64>;
    let median = |of: fn(&Lived) -> f64| {
        let level = quantiles(&mut own.iter().map(of).collect::<Vec<_>>(), &[0.5])[0];
        Box::new(move |path: &Lived| f64::from(u8::from(of(path) < level))) as Read
    };
    let above =
        |of: fn(&Lived) -> f64, level: f64| Box::new(move |path: &Lived| f64::from(u8::from(of(path) > level))) as Read;
    let estimates: Vec<(&str, Read)> = vec![
        ("mean reserves at the end", Box::new(|path| path.closing)),
        ("median reserves at the end", median(|path| path.closing)),
        ("mean TGA at the end", Box::new(|path| path.tga)),
        ("mean of the lowest reserves", Box::new(|path| path.lowest)),
        ("median of the lowest reserves", median(|path| path.lowest)),
        ("mean SOFR − IORB at the end", Box::new(|path| path.spread)),
        ("mean of the highest SOFR − IORB", Box::new(|path| path.highest)),
        ("median of the highest SOFR − IORB", median(|path| path.highest)),
        ("P(SOFR − IORB > 20bp on some day)", above(|path| path.highest, 20.0)),
        ("P(SOFR − IORB > 60bp on some day)", above(|path| path.highest, 60.0)),
        ("P(reserves < 2,800bn on some day)", above(|path| -path.lowest, -2_800.0)),
    ];
    println!("`{name}`, {} business days, {} pairs\n", plan.days.len(), own.len());
    println!("| estimate | antithetic pairs | control variates |\n|---|--:|--:|");
    for (title, read) in estimates {
        let values: Vec<f64> = own.iter().map(&read).collect();
        let sums: Vec<f64> = own.iter().zip(&mirrored).map(|(one, other)| read(one) + read(other)).collect();
        let pairs = 2.0 * variance(&values) / variance(&sums);
        println!("| {title} | {pairs:.1}× | {:.1}× |", controlled(&own, &values));
    }
}
