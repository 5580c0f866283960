//! The folder that a run leaves, from what was counted of its paths: by one process or by many.

use super::charts::{Picture, Theme, render};
use super::page::Page;
use super::pictures::charts_of;
use super::run_page::{RunFacts, risk_days};
use crate::model::Plan;
use crate::research::{Amplification, Moves, PairError, Run, has_loop};
use crate::results::{
    Asked, Carried, Counted, FolderError, RUN_FOLDER, RunRecord, SAMPLE_PATHS, attribution_table, books, books_table,
    fan_errors_table, fan_table, figures, fingerprint, manifest, sample_paths_table, scenario_files, uncertain,
    uncertain_table, watch_table, write_folder,
};
use crate::scenario::Scenario;
use crate::simulation::LeakFound;
use crate::statistics::{Outcomes, Summary};
use rayon::prelude::*;
use std::fmt;
use std::path::Path;

/// What a run was, besides what is counted of it.
#[derive(Clone, Copy, Debug)]
pub struct RunAsked<'a> {
    /// The scenario, with the paths that were counted.
    pub scenario: &'a Scenario,
    /// Its days.
    pub plan: &'a Plan,
    /// How it was asked for.
    pub asked: Asked<'a>,
    /// What is to be said of the error until which it ran, if one was asked for.
    pub until: Option<&'a str>,
}

/// What is told of a run whose folder is written.
#[derive(Clone, Debug)]
pub struct RunTold {
    /// What all paths add up to.
    pub summary: Summary,
    /// The result for machines.
    pub record: RunRecord,
    /// What the loop adds, if there is one.
    pub amplification: Option<Amplification>,
    /// The page to forward.
    pub page: Page,
}

/// Why the folder of a run was not written.
#[derive(Debug)]
pub enum RunUnwritten {
    /// The file system refused it.
    Folder(FolderError),
    /// The books of a path of those that are simulated once more do not add up.
    Pair(PairError),
}

impl fmt::Display for RunUnwritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RunUnwritten::Folder(error) => error.fmt(f),
            RunUnwritten::Pair(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for RunUnwritten {}

impl From<FolderError> for RunUnwritten {
    fn from(error: FolderError) -> RunUnwritten {
        RunUnwritten::Folder(error)
    }
}

impl From<PairError> for RunUnwritten {
    fn from(error: PairError) -> RunUnwritten {
        RunUnwritten::Pair(error)
    }
}

impl From<LeakFound> for RunUnwritten {
    fn from(leak: LeakFound) -> RunUnwritten {
        RunUnwritten::Pair(PairError::Leak(leak))
    }
}

/// Writes the folder of a run: tables, page and pictures. The same counts give the same bytes.
///
/// # Errors
/// Something is in the way, the file system refuses it, or books do not add up.
pub fn write_run(run: RunAsked<'_>, counted: Counted, folder: &Path) -> Result<RunTold, RunUnwritten> {
    let RunAsked { scenario, plan, asked, until } = run;
    let Counted { tally, replicates } = counted;
    let summary = Summary::of(&tally, plan);
    drop(tally);
    let all = if replicates.is_empty() { Vec::new() } else { figures(&summary, &scenario.watches) };
    let (first, amplification) = run_first_paths(scenario)?;
    let moves = Moves::measure(&first_paths(scenario, MEASURED), &risk_days(plan, &summary), summary.worst_day)?;
    let (until, uncertain) = (until.map(str::to_owned), uncertain(all, &replicates));
    let how = Carried { precision: asked.precision, until, uncertain };
    let record = RunRecord::of(scenario, plan, &summary, how, folder);

    let mut files = vec![
        (RUN_FOLDER.mark.to_owned(), manifest(scenario, asked, plan)),
        ("fan.csv".to_owned(), fan_table(&summary, plan)),
        ("fan_errors.csv".to_owned(), fan_errors_table(&summary, plan)),
        ("watch.csv".to_owned(), watch_table(&scenario.watches, &summary, &record.watches)),
        ("attribution.csv".to_owned(), attribution_table(&summary)),
        ("sample_paths.csv".to_owned(), sample_paths_table(&first, plan)),
        ("books.csv".to_owned(), books_table(&books(plan, &summary), scenario.start, scenario.end)),
    ];
    if !record.uncertain.is_empty() {
        files.push(("uncertain.csv".to_owned(), uncertain_table(&record.uncertain)));
    }
    if let Some(found) = &amplification {
        let text = serde_json::to_string_pretty(&found.record()).expect("a record is plain data") + "\n";
        files.push(("amplification.json".to_owned(), text.into_bytes()));
    }
    let facts = RunFacts {
        scenario,
        plan,
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
    Ok(RunTold { summary, record, amplification, page })
}

/// Paths on which it is measured what the loop adds and what moved the spread: enough for the mean peak to a percent, in a
/// fraction of the time of the run.
const MEASURED: u64 = 2_000;

/// The first paths once more, with every value: those that tables and charts show, and those on which it is measured
/// what the loop adds, if there is one.
fn run_first_paths(scenario: &Scenario) -> Result<(Outcomes, Option<Amplification>), PairError> {
    let amplification =
        has_loop(scenario).then(|| Amplification::measure(&first_paths(scenario, MEASURED))).transpose()?;
    let first = Run::simulate(first_paths(scenario, SAMPLE_PATHS as u64), &|_| ()).map_err(PairError::Leak)?;
    Ok((first.outcomes, amplification))
}

/// The scenario with no more than so many paths.
fn first_paths(scenario: &Scenario, paths: u64) -> Scenario {
    let mut first = scenario.clone();
    first.paths = scenario.paths.min(paths);
    first
}
