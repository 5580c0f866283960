//! `tidegate run`: from a scenario file to a run folder and a page on the terminal.

use super::count::{Counting, keep};
use super::failure::Failure;
use super::overrides::{Set, override_run, use_threads};
use super::{interrupt, print, terminal};
use crate::model::Variable;
use crate::report::FinishedRun;
use crate::report::numbers::number;
use crate::report::page::Page;
use crate::research::COMPARED;
use crate::results::{
    Asked, Checkpoint, RUN_FOLDER, RunRecord, Until, check_place, fan_table, moving, variables_named,
    write_folder_with, write_paths,
};
use crate::scenario::fields::MOST_PATHS;
use crate::scenario::{self, Draws, Scenario};
use crate::simulation::{Precision, Settings};
use clap::Args;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use serde::Serialize;
use std::fmt;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Time between two checkpoints of a long run.
pub const CHECKPOINTS: Duration = Duration::from_secs(30);

#[derive(Args)]
pub struct RunArguments {
    /// Names of shipped scenarios (see `tidegate list`), or paths to scenario files
    #[arg(required = true, value_name = "SCENARIO")]
    scenarios: Vec<String>,
    #[command(flatten)]
    set: Set,
    /// Number of paths, in place of the scenario's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=MOST_PATHS))]
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
    /// Stop before the last path once a standard error is small enough: 0.2bp of the highest SOFR − IORB of a path, 5bn
    /// of its lowest reserves, 0.5% of every watch, or FIGURE=ERROR, such as sofr_iorb=0.1bp
    #[arg(long, value_name = "ERROR")]
    until: Option<String>,
    /// The same by the standard error as a share of the figure: 5% of the probability of every watch, or FIGURE=SHARE, such as
    /// lowest_reserves=0.1% or, of a watch by its name, "TGA above 1T=2%"
    #[arg(long, value_name = "SHARE", conflicts_with = "until")]
    until_rel: Option<String>,
    /// Simulate in single precision: faster, for a look; the books then hold to 10 million dollars, not to one
    #[arg(long, conflicts_with = "exact")]
    preview: bool,
    /// Also write fan.parquet and paths.parquet: thirteen variables along every path, or those named, such as
    /// --parquet=reserves,sofr; --parquet=all for all
    #[arg(long, value_name = "VARIABLES", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    parquet: Option<String>,
    /// Begin anew where an interrupted run of the same would be gone on with
    #[arg(long)]
    restart: bool,
    /// Print the result as JSON instead of text
    #[arg(long)]
    json: bool,
    /// Print the page of the run as Markdown instead of text, to be pasted into a note
    #[arg(long, conflicts_with = "json")]
    markdown: bool,
}

/// Runs every scenario in turn; all of them are read before the first is run.
pub fn run(arguments: &RunArguments) -> Result<(), Failure> {
    let interrupted = interrupt::listen();
    if let (Some(out), true) = (&arguments.out, arguments.scenarios.len() > 1) {
        let message = format!(
            "`--out {}` names one folder for {} scenarios; run them one by one",
            out.display(),
            arguments.scenarios.len()
        );
        return Err(Failure::Argument(message));
    }
    let mut scenarios: Vec<Scenario> = Vec::new();
    let mut untils = Vec::new();
    let mut parquets = Vec::new();
    let mut names = Vec::new();
    for name in &arguments.scenarios {
        let mut scenario = arguments.set.load(name)?;
        names.push(arguments.set.typed_after(name)?);
        override_run(&mut scenario, arguments.paths, arguments.seed, arguments.draws.as_deref())?;
        if scenarios.iter().any(|earlier| earlier.name == scenario.name) {
            let message = format!(
                "two scenarios are called `{}` and would write the same folder; run them one by one with `--out`",
                scenario.name
            );
            return Err(Failure::Argument(message));
        }
        let until = match (&arguments.until, &arguments.until_rel) {
            (Some(text), _) => Some(Until::read(text, &scenario)),
            (None, Some(text)) => Some(Until::read_relative(text, &scenario)),
            (None, None) => None,
        };
        untils.push(until.transpose().map_err(Failure::Argument)?);
        let variables = arguments.parquet.as_deref().map(|names| variables_of(names, &scenario));
        parquets.push(variables.transpose().map_err(Failure::Argument)?);
        scenarios.push(scenario);
    }
    use_threads(arguments.threads);
    let precision = if arguments.preview { Precision::Single } else { Precision::Double };
    let counting = Counting {
        exact: arguments.exact,
        restart: arguments.restart,
        every: CHECKPOINTS,
        settings: Settings { precision, ..Settings::default() },
        interrupted: &interrupted,
    };
    let mut breached = Vec::new();
    let mut records = Vec::new();
    for (position, scenario) in scenarios.iter().enumerate() {
        if position > 0 && !arguments.json {
            print("\n")?;
        }
        let default = || Path::new("output").join(&scenario.name);
        let folder = arguments.out.clone().unwrap_or_else(default);
        let one = OneRun {
            scenario,
            name: &names[position],
            until: untils[position].as_ref(),
            parquet: parquets[position].as_deref(),
            folder: &folder,
        };
        let (text, page, record) = run_one(&one, &counting)?;
        breached.extend(record.breached());
        if !arguments.json {
            print(&if arguments.markdown { page.markdown() } else { text })?;
        }
        records.push(record);
    }
    if arguments.json {
        print(&to_json(&records))?;
    }
    if breached.is_empty() { Ok(()) } else { Err(Failure::Breached(breached)) }
}

/// One scenario of those to run.
pub struct OneRun<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// What was typed of it: its name or file, and what is set of it.
    pub name: &'a str,
    /// When it is good enough.
    pub until: Option<&'a Until>,
    /// Variables of every path to write as Parquet, if that is asked for.
    pub parquet: Option<&'a [Variable]>,
    /// Where its results go.
    pub folder: &'a Path,
}

/// Runs one scenario and writes its folder; returns what the terminal is told, the page and the record.
pub fn run_one(one: &OneRun<'_>, counting: &Counting<'_>) -> Result<(String, Page, RunRecord), Failure> {
    let OneRun { scenario, name, until, parquet, folder } = *one;
    check_place(folder, RUN_FOLDER)?;
    let plan = scenario::plan(scenario);
    let precision = counting.settings.precision;
    let mut checkpoint = Checkpoint::of(folder, scenario, &format!("{precision:?} {until:?}"));
    let counted = counting.count(scenario, &plan, until, &mut checkpoint)?;
    let asked = Asked { name, exact: counting.exact, precision };
    let finished = FinishedRun::of(scenario, plan, &counted, (asked, until), folder)?;
    // Only paths on their way into a file can be interrupted; pictures take the room of what was counted.
    let kept = parquet.is_some().then_some(counted);
    let page = finished.page();
    let more = |place: &Path| match parquet {
        Some(variables) => write_parquet(place, &finished, variables, counting.interrupted),
        None => Ok(()),
    };
    let written = write_folder_with(folder, RUN_FOLDER, &finished.files(&page), more);
    if let (Err(_), Some(counted)) = (&written, kept)
        && counting.interrupted.load(Ordering::Relaxed)
    {
        return Err(keep(&counted, scenario, &mut checkpoint));
    }
    written?;
    checkpoint.finish();
    let FinishedRun { scenario, summary, record, amplification, .. } = finished;
    Ok((terminal::page(&scenario, &summary, &record, amplification.as_ref()), page, record))
}

/// The variables that `--parquet` names.
fn variables_of(names: &str, scenario: &Scenario) -> Result<Vec<Variable>, String> {
    let plan = scenario::plan(scenario);
    match names {
        "" => Ok(COMPARED.to_vec()),
        "all" => Ok(moving(&plan)),
        names => {
            variables_named(names.split(',').map(str::trim), &plan).map_err(|error| format!("`--parquet`: {error}"))
        }
    }
}

/// Writes the fan and the paths of a run into a folder, with a bar for the paths, which are simulated once more.
fn write_parquet(
    folder: &Path,
    finished: &FinishedRun,
    variables: &[Variable],
    interrupted: &AtomicBool,
) -> io::Result<()> {
    let FinishedRun { scenario, plan, summary, .. } = finished;
    let about = finished.about();
    let create = |name| File::create(folder.join(name));
    fan_table(summary, plan).write_parquet(create("fan.parquet")?, &about)?;
    let bar = progress_bar(scenario, scenario.paths).with_message(format!("{}: paths.parquet", scenario.name));
    let written = write_paths(create("paths.parquet")?, scenario, plan, variables, &about, &mut |paths| {
        bar.inc(paths);
        !interrupted.load(Ordering::Relaxed)
    });
    bar.finish_and_clear();
    written
}

/// One object for one run, an array for several.
pub fn to_json<R: Serialize>(records: &[R]) -> String {
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
            let _ = to.write_str(&number(state.per_sec(), 0));
        },
    );
    ProgressBar::new(paths).with_style(style).with_message(scenario.name.clone())
}
