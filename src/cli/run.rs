//! `tidegate run`: from a scenario file to a run folder and a page on the terminal.

use super::count::Counting;
use super::failure::Failure;
use super::overrides::{Set, override_run, use_threads};
use super::{interrupt, print, terminal};
use crate::report::charts::{Picture, Theme, render};
use crate::report::numbers::number;
use crate::report::page::Page;
use crate::report::{RunFacts, charts_of, risk_days};
use crate::research::{Amplification, Moves, Run, has_loop};
use crate::results::{
    Asked, Carried, Checkpoint, Counted, RUN_FOLDER, RunRecord, SAMPLE_PATHS, Until, attribution_table, books,
    books_table, check_place, fan_errors_table, fan_table, figures, fingerprint, manifest, sample_paths_table,
    scenario_files, uncertain, uncertain_table, watch_table, write_folder,
};
use crate::scenario::quantity::Complaint;
use crate::scenario::{self, Draws, Scenario};
use crate::simulation::{Precision, Settings};
use crate::statistics::{Outcomes, Summary};
use clap::Args;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use rayon::prelude::*;
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
        untils.push(read_until(arguments, &scenario)?);
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
        let (text, page, record) = run_one(&one, &counting)?;
        breached.extend(record.watches.iter().filter(|watch| watch.breached).map(|watch| watch.name.clone()));
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

/// Reads when a run of a scenario is good enough.
fn read_until(arguments: &RunArguments, scenario: &Scenario) -> Result<Option<Until>, Failure> {
    let (option, text, read) = match (&arguments.until, &arguments.until_rel) {
        (Some(text), _) => ("--until", text, Until::parse(text, scenario)),
        (None, Some(text)) => ("--until-rel", text, Until::parse_relative(text, scenario)),
        (None, None) => return Ok(None),
    };
    if scenario.draws != Draws::Plain {
        let draws = scenario.draws.word();
        return Err(Failure::Argument(format!(
            "`{option}` is for plain draws, and those of `{}` are `{draws}`, whose error is known once all paths are \
             there; add `--draws {}`",
            scenario.name,
            Draws::Plain.word()
        )));
    }
    read.map(Some).map_err(|Complaint { message, help }| {
        let help = help.map_or(String::new(), |help| format!("; {help}"));
        Failure::Argument(format!("`{option} {text}`: {message}{help}"))
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

/// Runs one scenario and writes its folder; returns what the terminal is told, the page and the record.
pub fn run_one(one: &OneRun<'_>, counting: &Counting<'_>) -> Result<(String, Page, RunRecord), Failure> {
    let OneRun { scenario, name, until, folder } = *one;
    check_place(folder, RUN_FOLDER)?;
    let plan = scenario::plan(scenario);
    let precision = counting.settings.precision;
    let mut checkpoint = Checkpoint::of(folder, scenario, &format!("{precision:?} {until:?}"));
    let Counted { tally, replicates } = counting.count(scenario, &plan, until, &mut checkpoint)?;
    let stopped = until.map(|until| until.sentence(&tally, &plan, scenario));
    let scenario = &ended_after(tally.paths(), scenario);
    let summary = Summary::of(&tally, &plan);
    drop(tally);
    let all = if replicates.is_empty() { Vec::new() } else { figures(&summary, &scenario.watches) };
    let (first, amplification) = run_first_paths(scenario)?;
    let moves = Moves::measure(&first_paths(scenario, MEASURED), &risk_days(&plan, &summary), summary.worst_day)?;
    let how = Carried { precision, until: stopped, uncertain: uncertain(all, &replicates) };
    let record = RunRecord::of(scenario, &plan, &summary, how, folder);

    let asked = Asked { name, exact: counting.exact, precision };
    let mut files = vec![
        (RUN_FOLDER.mark.to_owned(), manifest(scenario, asked, &plan)),
        ("fan.csv".to_owned(), fan_table(&summary, &plan)),
        ("fan_errors.csv".to_owned(), fan_errors_table(&summary, &plan)),
        ("watch.csv".to_owned(), watch_table(&scenario.watches, &summary, &record.watches)),
        ("attribution.csv".to_owned(), attribution_table(&summary)),
        ("sample_paths.csv".to_owned(), sample_paths_table(&first, &plan)),
        ("books.csv".to_owned(), books_table(&books(&plan, &summary), scenario.start, scenario.end)),
    ];
    if !record.uncertain.is_empty() {
        files.push(("uncertain.csv".to_owned(), uncertain_table(&record.uncertain)));
    }
    if let Some(found) = &amplification {
        files.push(("amplification.json".to_owned(), to_json(&[found.record()]).into_bytes()));
    }
    let facts = RunFacts {
        scenario,
        plan: &plan,
        summary: &summary,
        first: &first,
        record: &record,
        amplification: amplification.as_ref(),
        moves: &moves,
        command: &asked.command(scenario),
        fingerprint: &fingerprint(&files),
    };
    let page = facts.page();
    files.push(("report.json".to_owned(), page.json()));
    files.push(("report.html".to_owned(), page.html().into_bytes()));
    let pictures: Vec<(String, Picture)> = charts_of(&facts, &page)
        .into_par_iter()
        .map(|named| (named.name, render(&*named.chart, Theme::Light).expect("charts are made of finite numbers")))
        .collect();
    for (name, picture) in pictures {
        files.push((format!("charts/{name}.svg"), picture.svg.into_bytes()));
        files.push((format!("charts/{name}.png"), picture.png));
    }
    files.extend(scenario_files(scenario));
    write_folder(folder, RUN_FOLDER, &files)?;
    checkpoint.finish();

    Ok((terminal::page(scenario, &summary, &record, amplification.as_ref()), page, record))
}

/// The scenario with the number of paths that were run, from which the same results follow.
fn ended_after(paths: u64, scenario: &Scenario) -> Scenario {
    let mut ended = scenario.clone();
    if paths < scenario.paths {
        ended.set_paths(paths);
    }
    ended
}

/// Paths on which it is measured what the loop adds and what moved the spread: enough for the mean peak to a percent, in a
/// fraction of the time of the run.
const MEASURED: u64 = 2_000;

/// The first paths once more, with every value: those that tables and charts show, and those on which it is measured
/// what the loop adds, if there is one.
fn run_first_paths(scenario: &Scenario) -> Result<(Outcomes, Option<Amplification>), Failure> {
    let amplification =
        has_loop(scenario).then(|| Amplification::measure(&first_paths(scenario, MEASURED))).transpose()?;
    Ok((Run::simulate(first_paths(scenario, SAMPLE_PATHS as u64), &|_| ())?.outcomes, amplification))
}

/// The scenario with no more than so many paths.
fn first_paths(scenario: &Scenario, paths: u64) -> Scenario {
    let mut first = scenario.clone();
    first.paths = scenario.paths.min(paths);
    first
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
            let _ = to.write_str(&number(state.per_sec(), 0));
        },
    );
    ProgressBar::new(paths).with_style(style).with_message(scenario.name.clone())
}
