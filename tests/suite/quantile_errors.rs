//! How far the quantiles that a run reads from its bins lie from those of the sorted paths, in units of what Monte Carlo
//! leaves uncertain of them.
//!
//! The long measurement is asked for by name: `cargo test --release --test suite quantile_errors -- --ignored
//! --nocapture`.

use tidegate::model::VARIABLES;
use tidegate::scenario::{self, Scenario, shipped::SCENARIOS};
use tidegate::simulation::{Settings, make_exact, tally};
use tidegate::statistics::{Distribution, PUBLISHED, Summary};

/// What rounding may explain of a stock, $bn, and of a rate or a share: a dollar, a billionth.
const ROUNDING: f64 = 1e-9;

/// Errors of a variable's quantiles over days, in Monte Carlo standard errors.
struct Errors {
    name: &'static str,
    rms: f64,
    worst: f64,
    /// Share of quantiles that are more than one standard error off.
    over_one: f64,
    /// Largest error over its reported bound.
    against_bound: f64,
}

/// The errors of every variable that moves, as they would be with `at` paths.
fn errors(scenario: &Scenario, at: u64) -> Vec<Errors> {
    let plan = scenario::plan(scenario);
    let settings = Settings::default();
    let mut counted = tally(scenario, &plan, settings, &|_| ()).expect("the books balance");
    let read = Summary::of(&counted, &plan);
    make_exact(scenario, &plan, &mut counted, settings, &|| false, &|_| ()).expect("it fits");
    let sorted = Summary::of(&counted, &plan);
    // A standard error falls with the root of the paths.
    let scale = (scenario.paths as f64 / at as f64).sqrt();
    let of = |name: &'static str, read: &[Distribution], sorted: &[Distribution]| {
        let mut found = Vec::new();
        let mut against_bound: f64 = 0.0;
        for (read, sorted) in read.iter().zip(sorted).filter(|(_, sorted)| sorted.sd > ROUNDING) {
            for position in 0..PUBLISHED.len() {
                let error = (read.quantiles[position] - sorted.quantiles[position]).abs();
                found.push(error / (sorted.standard_errors[position] * scale).max(ROUNDING));
                against_bound = against_bound.max((error - ROUNDING).max(0.0) / read.bounds[position].max(ROUNDING));
            }
        }
        (!found.is_empty()).then(|| Errors {
            name,
            rms: (found.iter().map(|error| error * error).sum::<f64>() / found.len() as f64).sqrt(),
            worst: found.iter().copied().fold(0.0, f64::max),
            over_one: found.iter().filter(|error| **error > 1.0).count() as f64 / found.len() as f64,
            against_bound,
        })
    };
    let fans = VARIABLES.iter().filter_map(|info| {
        let variable = info.variable;
        of(info.name, &read.fan(variable).days, &sorted.fan(variable).days)
    });
    fans.chain(of("once a path", &once_a_path(&read), &once_a_path(&sorted))).collect()
}

/// What is counted once per path.
fn once_a_path(summary: &Summary) -> Vec<Distribution> {
    let extremes = [summary.lowest_reserves, summary.highest_tga, summary.highest_srf, summary.highest_sofr_iorb];
    let attribution = &summary.attribution;
    let lines = attribution.lines.iter().map(|line| line.contribution);
    let causes = attribution.causes.iter().map(|cause| cause.contribution);
    lines.chain(causes).chain(extremes).chain([attribution.total]).collect()
}

fn loaded(name: &str, paths: u64) -> Scenario {
    let mut scenario = scenario::load(name).unwrap_or_else(|problems| panic!("{problems}"));
    scenario.set_paths(paths);
    scenario
}

#[test]
fn quantiles_are_as_good_as_sorted_ones_at_a_few_thousand_paths() {
    for name in ["shutdown_cash_hoarding", "tga_drawdown_2021", "sept_2019_spike"] {
        for errors in errors(&loaded(name, 8_000), 8_000) {
            assert!(errors.rms < 0.35, "{name}, {}: {} standard errors", errors.name, errors.rms);
            assert!(errors.against_bound <= 1.0, "{name}, {}: beyond the bound", errors.name);
        }
    }
}

#[test]
#[ignore = "takes minutes"]
fn of_all_shipped_scenarios() {
    const PATHS: u64 = 131_072;
    for shipped in SCENARIOS {
        let mut measured = errors(&loaded(shipped.name, PATHS), 1_000_000);
        measured.sort_by(|a, b| b.rms.total_cmp(&a.rms));
        println!("{}: {PATHS} paths, errors in standard errors at 1,000,000", shipped.name);
        println!("{:<28}{:>12}{:>12}{:>8}{:>10}", "", "rms", "worst", "> 1", "of bound");
        for Errors { name, rms, worst, over_one, against_bound } in measured.into_iter().take(5) {
            println!("{name:<28}{rms:>12.3}{worst:>12.2}{:>7.2}%{against_bound:>10.3}", 100.0 * over_one);
        }
    }
}
