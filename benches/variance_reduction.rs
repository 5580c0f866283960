//! How many plain paths a path with evenly spread draws is worth, as a Markdown table.
//!
//! `cargo bench --bench variance_reduction -- [SCENARIO [SEEDS [PATHS …]]]`. Every run is repeated with other seeds;
//! a figure is the variance over seeds of the plain estimates over that of the evenly spread ones.

use rayon::prelude::*;
use tidegate::model::{Plan, Simulated};
use tidegate::scenario::{self, Draws, Scenario};
use tidegate::simulation::{Settings, simulate};
use tidegate::statistics::{Outcomes, quantiles};

type Estimator = Box<dyn Fn(&Outcomes) -> f64 + Sync>;

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn variance(values: &[f64]) -> f64 {
    let centre = mean(values);
    values.iter().map(|value| (value - centre).powi(2)).sum::<f64>() / (values.len() as f64 - 1.0)
}

fn share(values: &[f64], above: f64) -> f64 {
    values.iter().filter(|&&value| value > above).count() as f64 / values.len() as f64
}

/// What is estimated, over runs of some business days.
fn estimators(days: usize) -> Vec<(String, Estimator)> {
    let middle = days / 2;
    let quantile = |day: usize, variable: Simulated, at: f64| -> Estimator {
        Box::new(move |outcomes| quantiles(&mut outcomes.column(day, variable), &[at])[0])
    };
    let mean_on = |day: usize, variable: Simulated| -> Estimator {
        Box::new(move |outcomes| mean(&outcomes.column(day, variable)))
    };
    let spread = Simulated::SofrIorb;
    let highest = move |outcomes: &Outcomes| outcomes.fold(spread, f64::NEG_INFINITY, f64::max);
    let mut list: Vec<(String, Estimator)> = Vec::new();
    for day in [middle, days] {
        list.push((format!("mean reserves, day {day}"), mean_on(day, Simulated::Reserves)));
    }
    list.push((format!("mean TGA, day {days}"), mean_on(days, Simulated::Tga)));
    for day in [days / 5, middle, days] {
        list.push((format!("mean SOFR − IORB, day {day}"), mean_on(day, spread)));
    }
    let all_days = move |outcomes: &Outcomes| mean(&outcomes.fold(spread, 0.0, |sum, value| sum + value)) / days as f64;
    list.push(("mean SOFR − IORB, all days".to_owned(), Box::new(all_days)));
    list.push((format!("mean hoarding, day {days}"), mean_on(days, Simulated::Hoarding)));
    let lowest = |outcomes: &Outcomes| mean(&outcomes.fold(Simulated::Reserves, f64::INFINITY, f64::min));
    list.push(("mean of the lowest reserves".to_owned(), Box::new(lowest)));
    list.push(("mean of the highest SOFR − IORB".to_owned(), Box::new(move |outcomes| mean(&highest(outcomes)))));
    for day in [middle, days] {
        list.push((format!("median reserves, day {day}"), quantile(day, Simulated::Reserves, 0.5)));
    }
    list.push((format!("5 % quantile of reserves, day {days}"), quantile(days, Simulated::Reserves, 0.05)));
    list.push((format!("95 % quantile of SOFR − IORB, day {middle}"), quantile(middle, spread, 0.95)));
    list.push((format!("95 % quantile of SOFR − IORB, day {days}"), quantile(days, spread, 0.95)));
    let exceeds = move |outcomes: &Outcomes| share(&outcomes.column(middle, spread), 10.0);
    list.push((format!("P(SOFR − IORB > 10bp on day {middle})"), Box::new(exceeds)));
    let ever = move |outcomes: &Outcomes| share(&highest(outcomes), 10.0);
    list.push(("P(SOFR − IORB > 10bp on some day)".to_owned(), Box::new(ever)));
    list
}

/// The estimates of runs with other seeds: a row an estimator.
fn estimates(scenario: &Scenario, plan: &Plan, seeds: u64, estimators: &[(String, Estimator)]) -> Vec<Vec<f64>> {
    let runs: Vec<Vec<f64>> = (1..=seeds)
        .into_par_iter()
        .map(|seed| {
            let mut scenario = scenario.clone();
            scenario.seed = seed;
            let outcomes = simulate(&scenario, plan, Settings::default(), &|_| ()).expect("the books add up");
            estimators.iter().map(|(_, estimate)| estimate(&outcomes)).collect()
        })
        .collect();
    (0..estimators.len()).map(|row| runs.iter().map(|run| run[row]).collect()).collect()
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let name = arguments.next().unwrap_or_else(|| "shutdown_cash_hoarding".to_owned());
    let seeds = arguments.next().map_or(64, |typed| typed.parse().expect("a number of seeds"));
    let mut paths: Vec<u64> = arguments.map(|typed| typed.parse().expect("a number of paths")).collect();
    if paths.is_empty() {
        paths = vec![1_024, 8_192];
    }
    let mut scenario = scenario::load(&name).unwrap_or_else(|problems| panic!("{problems}"));
    let plan = scenario::plan(&scenario);
    let estimators = estimators(plan.days.len());
    let columns: Vec<Vec<f64>> = paths
        .iter()
        .map(|&paths| {
            scenario.paths = paths;
            let [plain, even] = Draws::ALL.map(|draws| {
                scenario.draws = draws;
                estimates(&scenario, &plan, seeds, &estimators)
            });
            plain.iter().zip(&even).map(|(plain, even)| variance(plain) / variance(even)).collect()
        })
        .collect();
    println!("`{name}`, {} business days, {seeds} seeds\n", plan.days.len());
    println!("| estimate | {} |", paths.iter().map(|n| format!("{n} paths")).collect::<Vec<_>>().join(" | "));
    println!("|---|{}", "--:|".repeat(paths.len()));
    for (row, (estimate, _)) in estimators.iter().enumerate() {
        let cells: Vec<String> = columns.iter().map(|column| format!("{:.1}×", column[row])).collect();
        println!("| {estimate} | {} |", cells.join(" | "));
    }
}
