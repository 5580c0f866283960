//! `tidegate run`: from a scenario file to a run folder and a page on the terminal.

use super::failure::Failure;
use super::{print, terminal};
use crate::report::charts::{Picture, Theme, render};
use crate::report::charts_of;
use crate::results::{
    Headlines, MANIFEST, RunRecord, attribution_table, books_table, check_place, fan_table, manifest,
    sample_paths_table, watch_table, write_folder,
};
use crate::scenario::{self, Scenario};
use crate::simulation::{Settings, simulate};
use crate::statistics::Summary;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use std::path::{Path, PathBuf};

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
    /// Folder of the results [default: output/SCENARIO]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Threads to use; the results are the same for any number [default: all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
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
    let mut scenarios = Vec::new();
    for name in &arguments.scenarios {
        let mut scenario = scenario::load(name)?;
        if let Some(paths) = arguments.paths {
            scenario.set_paths(paths);
        }
        if let Some(seed) = arguments.seed {
            scenario.set_seed(seed);
        }
        scenarios.push(scenario);
    }
    if let Some(threads) = arguments.threads {
        // Fails only if a pool was set up before, which nothing here does.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build_global();
    }
    let mut breached = Vec::new();
    for (position, (scenario, name)) in scenarios.iter().zip(&arguments.scenarios).enumerate() {
        if position > 0 && !arguments.json {
            print("\n")?;
        }
        let default = || Path::new("output").join(&scenario.name);
        let folder = arguments.out.clone().unwrap_or_else(default);
        breached.extend(run_one(scenario, name, &folder, arguments.json)?);
    }
    if breached.is_empty() { Ok(()) } else { Err(Failure::Breached(breached)) }
}

/// Runs one scenario; returns the names of the watches whose limit was breached.
fn run_one(scenario: &Scenario, asked: &str, folder: &Path, json: bool) -> Result<Vec<String>, Failure> {
    check_place(folder, MANIFEST)?;
    let plan = scenario::plan(scenario);
    let bar = progress_bar(scenario);
    let outcomes = simulate(scenario, &plan, Settings::default(), &|paths| bar.inc(paths));
    bar.finish_and_clear();
    let outcomes = outcomes?;
    let summary = Summary::of(&outcomes, &plan, &scenario.watches);
    let headlines = Headlines::of(&summary);

    let mut files = vec![
        (MANIFEST.to_owned(), manifest(scenario, asked, &plan)),
        ("fan.csv".to_owned(), fan_table(&summary)),
        ("watch.csv".to_owned(), watch_table(&scenario.watches, &summary)),
        ("attribution.csv".to_owned(), attribution_table(&summary)),
        ("sample_paths.csv".to_owned(), sample_paths_table(&outcomes, &plan)),
        ("books.csv".to_owned(), books_table(&plan, &outcomes, scenario.start, scenario.end)),
    ];
    let pictures: Vec<(&str, Picture)> = charts_of(scenario, &plan, &outcomes, &summary)
        .into_par_iter()
        .map(|named| (named.name, render(&*named.chart, Theme::Light).expect("charts are made of finite numbers")))
        .collect();
    for (name, picture) in pictures {
        files.push((format!("charts/{name}.svg"), picture.svg.into_bytes()));
        files.push((format!("charts/{name}.png"), picture.png));
    }
    write_folder(folder, MANIFEST, &files)?;

    let record = RunRecord::of(scenario, &plan, &summary, headlines, folder);
    if json {
        print(&record.to_json())?;
    } else {
        print(&terminal::page(scenario, &summary, &record))?;
    }
    Ok(record.watches.iter().filter(|watch| watch.breached).map(|watch| watch.name.clone()).collect())
}

/// A bar on standard error, if that is a terminal; nothing in a pipe.
fn progress_bar(scenario: &Scenario) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} {bar:30} {human_pos} of {human_len} paths, {eta} left")
        .expect("the template is valid");
    ProgressBar::new(scenario.paths).with_style(style).with_message(scenario.name.clone())
}
