//! `tidegate run`: from a scenario file to a run folder and a page on the terminal.

use super::count::Counting;
use super::failure::Failure;
use super::{interrupt, print, terminal};
use crate::model::SIMULATED;
use crate::report::charts::{Picture, Theme, render};
use crate::report::charts_of;
use crate::research::{Amplification, Run, has_loop};
use crate::results::{
    Checkpoint, RUN_FOLDER, RunRecord, SAMPLE_PATHS, attribution_table, books_table, check_place, fan_errors_table,
    fan_table, manifest, sample_paths_table, uncertain_table, watch_table, write_folder,
};
use crate::scenario::{self, Draws, Scenario};
use crate::statistics::Outcomes;
use clap::Args;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use rayon::prelude::*;
use serde::Serialize;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Time between two checkpoints of a long run.
const CHECKPOINTS: Duration = Duration::from_secs(30);

#[derive(Args)]
pub struct RunArguments {
    /// Names of shipped scenarios (see `tidegate list`), or paths to scenario files
    #[arg(required = true, value_name = "SCENARIO")]
    scenarios: Vec<String>,
    /// Number of paths, in place of the scenario's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    paths: Option<u64>,
    /// Seed of all draws, in place of the scenario's
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// How draws are spread over the paths, in place of the scenario's: each path by itself, or evenly over all
    #[arg(long, value_name = "HOW", value_parser = Draws::ALL.map(Draws::word))]
    draws: Option<String>,
    /// Folder of the results [default: output/SCENARIO]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Threads to use; the results are the same for any number [default: all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Make the published quantiles those of the sorted paths, by a second pass over the same paths
    #[arg(long)]
    exact: bool,
    /// Begin anew where an interrupted run of the same would be gone on with
    #[arg(long)]
    restart: bool,
    /// Print the result as JSON instead of text
    #[arg(long)]
    json: bool,
}

/// Runs every scenario in turn; all of them are read before the first is run.
pub fn run(arguments: &RunArguments) -> Result<(), Failure> {
    if let (Some(out), true) = (&arguments.out, arguments.scenarios.len() > 1) {
        let message = format!(
            "`--out {}` names one folder for {} scenarios; run them one by one",
            out.display(),
            arguments.scenarios.len()
        );
        return Err(Failure::Argument(message));
    }
    let mut scenarios: Vec<Scenario> = Vec::new();
    for name in &arguments.scenarios {
        let mut scenario = scenario::load(name)?;
        if let Some(paths) = arguments.paths {
            scenario.set_paths(paths);
        }
        if let Some(seed) = arguments.seed {
            scenario.set_seed(seed);
        }
        if let Some(draws) = arguments.draws.as_deref().and_then(Draws::called) {
            scenario.set_draws(draws);
        }
        if let Some((message, help)) = scenario.draws.misfit(scenario.paths) {
            return Err(Failure::Argument(format!("{message}; {help}")));
        }
        if scenarios.iter().any(|earlier| earlier.name == scenario.name) {
            let message = format!(
                "two scenarios are called `{}` and would write the same folder; run them one by one with `--out`",
                scenario.name
            );
            return Err(Failure::Argument(message));
        }
        scenarios.push(scenario);
    }
    if let Some(threads) = arguments.threads {
        // Fails only if a pool was set up before, which nothing here does.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global();
    }
    let interrupted = interrupt::listen();
    let counting =
        Counting { exact: arguments.exact, restart: arguments.restart, every: CHECKPOINTS, interrupted: &interrupted };
    let mut breached = Vec::new();
    let mut records = Vec::new();
    for (position, (scenario, name)) in scenarios.iter().zip(&arguments.scenarios).enumerate() {
        if position > 0 && !arguments.json {
            print("\n")?;
        }
        let default = || Path::new("output").join(&scenario.name);
        let folder = arguments.out.clone().unwrap_or_else(default);
        let (page, record) = run_one(scenario, name, &folder, &counting)?;
        breached.extend(record.watches.iter().filter(|watch| watch.breached).map(|watch| watch.name.clone()));
        if !arguments.json {
            print(&page)?;
        }
        records.push(record);
    }
    if arguments.json {
        print(&to_json(&records))?;
    }
    if breached.is_empty() { Ok(()) } else { Err(Failure::Breached(breached)) }
}

/// Refuses runs of a scenario that keep every value of every path and would not fit together into the memory of an
/// ordinary machine.
pub fn check_memory(scenario: &Scenario, runs: u64) -> Result<(), Failure> {
    /// Most memory that a run may take, bytes.
    const MOST: u64 = 32_000_000_000;
    let days = f64::from((scenario.end - scenario.start).get_days()) * 5.0 / 7.0;
    let bytes_per_path = runs * (days as u64 + 2) * (SIMULATED * size_of::<f64>()) as u64;
    if scenario.paths.saturating_mul(bytes_per_path) <= MOST {
        return Ok(());
    }
    let message = format!(
        "{} paths of `{}` would take {} GB of memory; at most {} paths fit into 32 GB",
        terminal::thousands(scenario.paths as f64, 0),
        scenario.name,
        terminal::thousands(scenario.paths as f64 * bytes_per_path as f64 / 1e9, 0),
        terminal::thousands((MOST / bytes_per_path) as f64, 0),
    );
    Err(Failure::Argument(message))
}

/// Runs one scenario and writes its folder; returns the page for the terminal and the record.
fn run_one(
    scenario: &Scenario,
    asked: &str,
    folder: &Path,
    counting: &Counting<'_>,
) -> Result<(String, RunRecord), Failure> {
    check_place(folder, RUN_FOLDER)?;
    let plan = scenario::plan(scenario);
    let mut checkpoint = Checkpoint::of(folder, scenario, "");
    let (summary, uncertain) = counting.count(scenario, &plan, &mut checkpoint)?;
    let (first, amplification) = run_first_paths(scenario)?;
    let record = RunRecord::of(scenario, &plan, &summary, uncertain, folder);

    let mut files = vec![
        (RUN_FOLDER.mark.to_owned(), manifest(scenario, asked, counting.exact, &plan)),
        ("fan.csv".to_owned(), fan_table(&summary, &plan)),
        ("fan_errors.csv".to_owned(), fan_errors_table(&summary, &plan)),
        ("watch.csv".to_owned(), watch_table(&scenario.watches, &summary, &record.watches)),
        ("attribution.csv".to_owned(), attribution_table(&summary)),
        ("sample_paths.csv".to_owned(), sample_paths_table(&first, &plan)),
        ("books.csv".to_owned(), books_table(&plan, &summary, scenario.start, scenario.end)),
    ];
    if !record.uncertain.is_empty() {
        files.push(("uncertain.csv".to_owned(), uncertain_table(&record.uncertain)));
    }
    if let Some(found) = &amplification {
        files.push(("amplification.json".to_owned(), to_json(&[found.record()]).into_bytes()));
    }
    let pictures: Vec<(&str, Picture)> = charts_of(scenario, &plan, &first, &summary)
        .into_par_iter()
        .map(|named| (named.name, render(&*named.chart, Theme::Light).expect("charts are made of finite numbers")))
        .collect();
    for (name, picture) in pictures {
        files.push((format!("charts/{name}.svg"), picture.svg.into_bytes()));
        files.push((format!("charts/{name}.png"), picture.png));
    }
    write_folder(folder, RUN_FOLDER, &files)?;
    checkpoint.finish();

    Ok((terminal::page(scenario, &summary, &record, amplification.as_ref()), record))
}

/// The first paths once more, with every value: those that tables and charts show, and those on which it is measured
/// what the loop adds, if there is one.
fn run_first_paths(scenario: &Scenario) -> Result<(Outcomes, Option<Amplification>), Failure> {
    /// Paths that are run without the loop too: enough for the mean peak to a percent, in a fraction of the
    /// time of the run.
    const WITHOUT_LOOP: u64 = 2_000;
    let mut first = scenario.clone();
    if !has_loop(scenario) {
        first.paths = scenario.paths.min(SAMPLE_PATHS as u64);
        return Ok((Run::simulate(first, &|_| ())?.outcomes, None));
    }
    first.paths = scenario.paths.min(WITHOUT_LOOP);
    let (found, paired) = Amplification::of(Run::simulate(first, &|_| ())?, &|_| ())?;
    Ok((paired.one().outcomes.clone(), Some(found)))
}

/// One object for one run, an array for several.
fn to_json<R: Serialize>(records: &[R]) -> String {
    let text = match records {
        [record] => serde_json::to_string_pretty(record),
        records => serde_json::to_string_pretty(records),
    };
    text.expect("a record is plain data") + "\n"
}

/// A bar on standard error, if that is a terminal; nothing in a pipe.
pub fn progress_bar(scenario: &Scenario, paths: u64) -> ProgressBar {
    let template = "{msg} {bar:30} {human_pos} of {human_len} paths, {rate} a second, {eta} left{prefix}";
    let style = ProgressStyle::with_template(template).expect("the template is valid").with_key(
        "rate",
        |state: &ProgressState, to: &mut dyn fmt::Write| {
            let _ = to.write_str(&terminal::thousands(state.per_sec(), 0));
        },
    );
    ProgressBar::new(paths).with_style(style).with_message(scenario.name.clone())
}
