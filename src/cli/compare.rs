//! `tidegate compare`: what one world does that another does not, on the same luck, and why.

use super::compare_page;
use super::failure::Failure;
use super::memory::check_memory;
use super::overrides::{override_run, use_threads};
use super::print;
use super::run::progress_bar;
use crate::report::comparison::{COMPARISON_FOLDER, ComparisonFacts};
use crate::research::{BY_DAY, Comparison, Unshared, unshared};
use crate::results::{Drift, check_place, is_run, reopen, write_folder};
use crate::scenario::shipped::SCENARIOS;
use crate::scenario::{self, Draws, Problems, Scenario};
use clap::Args;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The longest name of a folder that is made of the names of runs.
const LONGEST_NAME: usize = 120;

#[derive(Args)]
pub struct CompareArguments {
    /// Folders of runs, names of shipped scenarios or paths to scenario files; the others are compared with the first
    #[arg(required = true, num_args = 2.., value_name = "RUN")]
    runs: Vec<String>,
    /// Number of paths, in place of each run's own
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
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

/// One of the worlds to compare.
struct World {
    /// The name it goes by, which no other has.
    name: String,
    scenario: Scenario,
    /// What of it is not what was run.
    drifted: Vec<Drift>,
    /// What needs saying of it.
    notes: Vec<String>,
}

/// Simulates the worlds and tells what differs.
pub fn compare(arguments: &CompareArguments) -> Result<(), Failure> {
    let worlds = read(arguments)?;
    let scenarios: Vec<&Scenario> = worlds.iter().map(|world| &world.scenario).collect();
    let notes = troubles(&worlds, arguments.anyway)?;
    for scenario in &scenarios {
        check_memory(scenario, BY_DAY.len())?;
    }
    let default = || Path::new("output").join(folder_name(&worlds));
    let folder = arguments.out.clone().unwrap_or_else(default);
    check_place(&folder, COMPARISON_FOLDER)?;
    use_threads(arguments.threads);
    let bar = progress_bar(scenarios[0], Comparison::work(&scenarios)).with_message("compare");
    let command = command(arguments);
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
fn read(arguments: &CompareArguments) -> Result<Vec<World>, Failure> {
    let mut worlds: Vec<World> = Vec::new();
    for asked in &arguments.runs {
        let mut world = read_one(asked)?;
        override_run(&mut world.scenario, arguments.paths, arguments.seed, arguments.draws.as_deref())?;
        world.name.retain(|c| !c.is_control());
        let name = world.name.clone();
        let mut number = 2;
        while worlds.iter().any(|earlier| earlier.name == world.name) {
            world.name = format!("{name}_{number}");
            number += 1;
        }
        worlds.push(world);
    }
    Ok(worlds)
}

/// A run folder, or a scenario; of what has both names, the scenario that ships.
fn read_one(asked: &str) -> Result<World, Problems> {
    let folder = Path::new(asked);
    if SCENARIOS.iter().any(|shipped| shipped.name == asked) || !(folder.is_dir() || is_run(folder)) {
        let scenario = scenario::load(asked)?;
        return Ok(World { name: scenario.name.clone(), scenario, drifted: Vec::new(), notes: Vec::new() });
    }
    let found = reopen(folder)?;
    let name =
        folder.file_name().map_or_else(|| found.scenario.name.clone(), |name| name.to_string_lossy().into_owned());
    let mut notes = Vec::new();
    if found.version != env!("CARGO_PKG_VERSION") {
        let (then, now) = (&found.version, env!("CARGO_PKG_VERSION"));
        notes.push(format!("{name} was run by tidegate {then} and is simulated by {now} here."));
    }
    if found.preview {
        notes.push(format!("{name} was a preview in single precision and is simulated in double precision here."));
    }
    Ok(World { name, scenario: found.scenario, drifted: found.drifted, notes })
}

/// Refuses worlds whose paths are strangers, or that are not what was run, unless they are to be compared `anyway`; then
/// what needs saying.
fn troubles(worlds: &[World], anyway: bool) -> Result<Vec<String>, Failure> {
    let (first, others) = worlds.split_first().expect("at least two runs are asked for");
    let mut told: Vec<(String, String)> = Vec::new();
    for world in others {
        for found in unshared(&first.scenario, &world.scenario) {
            told.push((format!("{} and {}: {found}", first.name, world.name), remedy(&found)));
        }
    }
    let strangers = !told.is_empty();
    let mut notes: Vec<String> = Vec::new();
    for world in worlds {
        notes.extend(world.notes.iter().cloned());
        for drift in &world.drifted {
            let or_none = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
            let (then, now) = (or_none(&drift.then), or_none(&drift.now));
            let said = format!("{} was run with `{}` of {then}, and today it has {now}", world.name, drift.key);
            told.push((said.clone(), "run it again".to_owned()));
            notes.push(said + ".");
        }
    }
    let scenarios: Vec<&Scenario> = worlds.iter().map(|world| &world.scenario).collect();
    if Comparison::common_dates(&scenarios).is_none() {
        let spans: Vec<String> = worlds
            .iter()
            .map(|world| format!("{} goes from {} to {}", world.name, world.scenario.start, world.scenario.end))
            .collect();
        return Err(Failure::Argument(format!("there are no days that all have: {}", spans.join(", "))));
    }
    if told.is_empty() || anyway {
        return Ok(notes);
    }
    let mut message = String::from("these runs cannot be compared path by path:");
    if !strangers {
        message = "these are not the runs that they were:".to_owned();
    }
    for (trouble, remedy) in told {
        let _ = write!(message, "\n  {trouble}: {remedy}");
    }
    message.push_str(if strangers {
        "\n\nhelp: `--anyway` compares their distributions on the days that all have, without single paths and reasons"
    } else {
        "\n\nhelp: `--anyway` compares them with the values of today"
    });
    Err(Failure::Argument(message))
}

/// What to type so that both share it.
fn remedy(found: &Unshared) -> String {
    match found.what {
        "numbers of paths" => {
            let counts = [&found.one, &found.other].map(|count| count.parse().unwrap_or(u64::MAX));
            format!("type `--paths {}`", counts[0].min(counts[1]))
        }
        "seeds" => format!("type `--seed {}`", found.one),
        "ways of drawing" => format!("type `--draws {}`", found.one),
        "ends" => "give both one `end` in `[horizon]`".to_owned(),
        "starts" => "give both one `start` in `[horizon]` and one vintage".to_owned(),
        _ => "give both one `file` in `[vintage]`".to_owned(),
    }
}

/// `compare_` and the names of all.
fn folder_name(worlds: &[World]) -> String {
    let names: Vec<&str> = worlds.iter().map(|world| world.name.as_str()).collect();
    format!("compare_{}", names.join("_")).chars().take(LONGEST_NAME).collect()
}

/// What to type to have the same again.
fn command(arguments: &CompareArguments) -> String {
    let mut command = format!("tidegate compare {}", arguments.runs.join(" "));
    if let Some(paths) = arguments.paths {
        let _ = write!(command, " --paths {paths}");
    }
    if let Some(seed) = arguments.seed {
        let _ = write!(command, " --seed {seed}");
    }
    if let Some(draws) = &arguments.draws {
        let _ = write!(command, " --draws {draws}");
    }
    if arguments.anyway {
        command.push_str(" --anyway");
    }
    command
}
