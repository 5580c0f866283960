//! `tidegate compare`: what one world does that another does not, on the same luck, and why.

use super::compare_page;
use super::failure::Failure;
use super::overrides::{override_run, use_threads};
use super::print;
use super::run::progress_bar;
use crate::report::check_memory;
use crate::report::comparison::{COMPARISON_FOLDER, ComparisonFacts, command};
use crate::research::{BY_DAY, Candidate, Comparison, comparable, tell_apart};
use crate::results::{check_place, write_folder};
use crate::scenario::fields::MOST_PATHS;
use crate::scenario::{Draws, Scenario};
use clap::Args;
use std::path::{Path, PathBuf};

/// The longest name of a folder that is made of the names of runs.
const LONGEST_NAME: usize = 120;

#[derive(Args)]
pub struct CompareArguments {
    /// Folders of runs, names of shipped scenarios or paths to scenario files; the others are compared with the first
    #[arg(required = true, num_args = 2.., value_name = "RUN")]
    runs: Vec<String>,
    /// Number of paths, in place of each run's own
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=MOST_PATHS))]
    paths: Option<u64>,
    /// Seed of all draws, in place of each run's own
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// How draws are spread over the paths, in place of each run's own
    #[arg(long, value_name = "HOW", value_parser = Draws::ALL.map(Draws::word))]
    draws: Option<String>,
    /// Compare even what shares no draws, dates or vintage: by distributions alone, on the dates that all have
    #[arg(long)]
    anyway: bool,
    /// Folder of the comparison [default: output/compare_RUN_RUN]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Threads to use; the results are the same for any number [default: all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Print the comparison as Markdown instead of text
    #[arg(long, conflicts_with = "json")]
    markdown: bool,
    /// Print the comparison as JSON instead of text
    #[arg(long)]
    json: bool,
}

/// Simulates the worlds and tells what differs.
pub fn compare(arguments: &CompareArguments) -> Result<(), Failure> {
    let worlds = read(arguments)?;
    let scenarios: Vec<&Scenario> = worlds.iter().map(|world| &world.scenario).collect();
    let notes = comparable(&worlds, arguments.anyway).map_err(Failure::Argument)?;
    for scenario in &scenarios {
        check_memory(scenario, BY_DAY.len()).map_err(Failure::Argument)?;
    }
    let default = || Path::new("output").join(folder_name(&worlds));
    let folder = arguments.out.clone().unwrap_or_else(default);
    check_place(&folder, COMPARISON_FOLDER)?;
    use_threads(arguments.threads);
    let bar = progress_bar(scenarios[0], Comparison::work(&scenarios)).with_message("compare");
    let CompareArguments { paths, seed, draws, anyway, .. } = arguments;
    let command = command(&arguments.runs, *paths, *seed, draws.as_deref(), *anyway);
    let named = worlds.into_iter().map(|world| (world.name, world.scenario)).collect();
    let found = Comparison::of(named, &|paths| bar.inc(paths))?;
    bar.finish_and_clear();
    let facts = ComparisonFacts { found: &found, notes: &notes, command: &command };
    write_folder(&folder, COMPARISON_FOLDER, &facts.files())?;
    if arguments.json {
        let text = serde_json::to_string_pretty(&facts.record()).expect("a record is plain data");
        return print(&(text + "\n"));
    }
    if arguments.markdown {
        return print(&facts.page().markdown());
    }
    print(&format!("{}\nResults in {}\n", compare_page::page(&facts), folder.display()))
}

/// Reads every world, with what the command line puts in the place of its own.
fn read(arguments: &CompareArguments) -> Result<Vec<Candidate>, Failure> {
    let mut worlds: Vec<Candidate> = Vec::new();
    for asked in &arguments.runs {
        let mut world = Candidate::read(asked)?;
        override_run(&mut world.scenario, arguments.paths, arguments.seed, arguments.draws.as_deref())?;
        worlds.push(world);
    }
    tell_apart(&mut worlds);
    Ok(worlds)
}

/// `compare_` and the names of all.
fn folder_name(worlds: &[Candidate]) -> String {
    let names: Vec<&str> = worlds.iter().map(|world| world.name.as_str()).collect();
    format!("compare_{}", names.join("_")).chars().take(LONGEST_NAME).collect()
}
