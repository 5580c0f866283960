//! Every shipped scenario runs, with audited books, and says in a few numbers what it said; to the same bytes on any
//! number of threads.
//!
//! `UPDATE_EXPECT=1` writes the numbers anew; the difference is then to be read, not waved through.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use tidegate::model::Variable;
use tidegate::research::{Over, PathStatistic, Run};
use tidegate::scenario::{self, Scenario, shipped};
use tidegate::simulation::{Settings, simulate};
use tidegate::statistics::{Distribution, Tally};
use tidegate::units::Unit;

/// Paths of a summary.
const PATHS: u64 = 500;

/// Paths on which threads are compared: two tiles and a part of a third.
const FEW: u64 = 150;

/// What a summary tells of: a variable, and what is taken of its days.
const LINES: [(&str, Variable, Over); 10] = [
    ("lowest reserves", Variable::Reserves, Over::Lowest),
    ("mean reserves", Variable::Reserves, Over::Mean),
    ("highest TGA", Variable::Tga, Over::Highest),
    ("mean ON RRP", Variable::OnRrp, Over::Mean),
    ("highest standing facility", Variable::Srf, Over::Highest),
    ("mean Fed assets", Variable::FedAssets, Over::Mean),
    ("median SOFR - IORB", Variable::SofrIorb, Over::Median),
    ("highest SOFR - IORB", Variable::SofrIorb, Over::Highest),
    ("mean EFFR - IORB", Variable::EffrIorb, Over::Mean),
    ("mean 4-week bill - IORB", Variable::BillIorb, Over::Mean),
];

fn loaded(name: &str, paths: u64) -> Scenario {
    let mut scenario = scenario::load(name).unwrap_or_else(|problems| panic!("{problems}"));
    scenario.set_paths(paths);
    scenario
}

#[test]
fn every_scenario_says_in_few_numbers_what_it_said() {
    for shipped in shipped::SCENARIOS {
        let name = shipped.name;
        // A path whose books do not add up on some day ends the run with an error.
        let run = Run::simulate(loaded(name, PATHS), &|_| ()).unwrap_or_else(|leak| panic!("{name}: {leak}"));
        let found = summary(&run);
        let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(format!("{name}.txt"));
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&kept, found).unwrap();
        } else {
            let expected = fs::read_to_string(&kept).unwrap_or_default();
            assert!(expected == found, "{}\n--- expected\n{expected}--- found\n{found}", kept.display());
        }
    }
}

/// Quantiles 5, 50 and 95 % over paths, and the watches. Rounded so coarsely that the last bits of a machine's
/// exponential do not show.
fn summary(run: &Run) -> String {
    let mut text = format!("{:<28}{:>9}{:>9}{:>9}\n", "", "5%", "median", "95%");
    for (name, variable, over) in LINES {
        let mut paths = run.statistic(&PathStatistic { variable, over, days: run.days() });
        let of = Distribution::of(&mut paths);
        let digits = usize::from(variable.info().unit == Unit::BasisPoints);
        let _ = write!(text, "{name:<28}");
        for value in [of.low(), of.median(), of.high()] {
            // A figure that rounds to nothing has no sign.
            let shown = format!("{value:.digits$}");
            let shown = if shown.trim_start_matches(['-', '0', '.']).is_empty() { "0" } else { &shown };
            let _ = write!(text, "{shown:>9}");
        }
        text.push('\n');
    }
    let asked = Tally::of(&run.outcomes, &run.plan, &run.scenario.watches).watches();
    for (watch, asked) in run.scenario.watches.iter().zip(asked) {
        let _ = writeln!(text, "{:>4} of {PATHS}  {}", asked.probability.hits, watch.name);
    }
    text
}

#[test]
fn every_scenario_gives_the_same_bytes_on_one_thread_and_on_three() {
    for shipped in shipped::SCENARIOS {
        let scenario = loaded(shipped.name, FEW);
        let plan = scenario::plan(&scenario);
        let [one, three] = [1, 3].map(|threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let run = || simulate(&scenario, &plan, Settings::default(), &|_| ()).expect("the books add up");
            let tiles = pool.install(run).tiles.into_iter();
            let all = tiles.flat_map(|tile| tile.values.into_iter().chain(tile.flows));
            all.map(f64::to_bits).collect::<Vec<u64>>()
        });
        assert!(one == three, "{}", shipped.name);
        assert!(one.len() > 1_000, "{}", shipped.name);
    }
}
