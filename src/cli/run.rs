//! `tidegate run`: from a scenario file to a run folder and a page on the terminal.

use super::count::Counting;
use super::failure::Failure;
use super::overrides::{Set, override_run, use_threads};
use super::{interrupt, print, terminal};
use crate::report::numbers::number;
use crate::report::{RunAsked, RunTold, write_run};
use crate::results::{Asked, Checkpoint, RUN_FOLDER, Until, check_place};
use crate::scenario::fields::MOST_PATHS;
use crate::scenario::quantity::Complaint;
use crate::scenario::{self, Draws, Scenario};
use crate::simulation::{Precision, Settings};
use clap::Args;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use serde::Serialize;
use std::fmt;
use std::path::{Path, PathBuf};
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
    /// Simulate in single precision: faster, for a look; the books then hold to 10 million dollars, not to one
    #[arg(long, conflicts_with = "exact")]
    preview: bool,
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
        untils.push(arguments.until.as_deref().map(|text| read_until(text, &scenario)).transpose()?);
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
    for (position, ((scenario, name), until)) in scenarios.iter().zip(&names).zip(&untils).enumerate() {
        if position > 0 && !arguments.json {
            print("\n")?;
        }
        let default = || Path::new("output").join(&scenario.name);
        let folder = arguments.out.clone().unwrap_or_else(default);
        let one = OneRun { scenario, name, until: until.as_ref(), folder: &folder };
        let (text, told) = run_one(&one, &counting)?;
        breached.extend(told.record.breached());
        if !arguments.json {
            print(&if arguments.markdown { told.page.markdown() } else { text })?;
        }
        records.push(told.record);
    }
    if arguments.json {
        print(&to_json(&records))?;
    }
    if breached.is_empty() { Ok(()) } else { Err(Failure::Breached(breached)) }
}

/// Reads when a run of a scenario is good enough.
fn read_until(text: &str, scenario: &Scenario) -> Result<Until, Failure> {
    if scenario.draws != Draws::Plain {
        let draws = scenario.draws.word();
        return Err(Failure::Argument(format!(
            "`--until` is for plain draws, and those of `{}` are `{draws}`, whose error is known once all paths are \
             there; add `--draws {}`",
            scenario.name,
            Draws::Plain.word()
        )));
    }
    Until::parse(text, scenario).map_err(|Complaint { message, help }| {
        let help = help.map_or(String::new(), |help| format!("; {help}"));
        Failure::Argument(format!("`--until {text}`: {message}{help}"))
    })
}

/// One scenario of those to run.
pub struct OneRun<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// What was typed of it: its name or file, and what is set of it.
    pub name: &'a str,
    /// When it is good enough.
    pub until: Option<&'a Until>,
    /// Where its results go.
    pub folder: &'a Path,
}

/// Runs one scenario and writes its folder; returns what the terminal is told, and what else there is to tell.
pub fn run_one(one: &OneRun<'_>, counting: &Counting<'_>) -> Result<(String, RunTold), Failure> {
    let OneRun { scenario, name, until, folder } = *one;
    check_place(folder, RUN_FOLDER)?;
    let plan = scenario::plan(scenario);
    let precision = counting.settings.precision;
    let mut checkpoint = Checkpoint::of(folder, scenario, &format!("{precision:?} {until:?}"));
    let counted = counting.count(scenario, &plan, until, &mut checkpoint)?;
    let stopped = until.map(|until| until.sentence(&counted.tally, &plan, scenario));
    let scenario = &ended_after(counted.tally.paths(), scenario);
    let asked = Asked { name, exact: counting.exact, precision };
    let run = RunAsked { scenario, plan: &plan, asked, until: stopped.as_deref() };
    let told = write_run(run, counted, folder)?;
    checkpoint.finish();
    Ok((terminal::page(scenario, &told.summary, &told.record, told.amplification.as_ref()), told))
}

/// The scenario with the number of paths that were run, from which the same results follow.
fn ended_after(paths: u64, scenario: &Scenario) -> Scenario {
    let mut ended = scenario.clone();
    if paths < scenario.paths {
        ended.set_paths(paths);
    }
    ended
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
