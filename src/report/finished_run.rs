//! A run whose paths are counted: all that is known of it, and every file of its folder.

use super::page::Page;
use super::pictures::{NamedChart, charts_of, picture_files};
use super::run_page::{RunFacts, risk_days};
use crate::model::Plan;
use crate::research::{Amplification, Moves, PairError, Run, has_loop};
use crate::results::{
    Asked, Carried, Counted, RUN_FOLDER, RunRecord, SAMPLE_PATHS, Table, Until, about, attribution_table, books,
    books_table, fan_errors_table, fan_table, figures, fingerprint, manifest, moving, paths_table, scenario_files,
    uncertain, uncertain_table, watch_table,
};
use crate::scenario::Scenario;
use crate::simulation::LeakFound;
use crate::statistics::{Outcomes, Summary};
use std::path::Path;

/// Paths on which it is measured what the loop adds and what moved the spread: enough for the mean peak to a percent, in a
/// fraction of the time of the run.
const MEASURED: u64 = 2_000;

/// Everything that is known of a run.
pub struct FinishedRun {
    /// The story, with the number of paths that were run.
    pub scenario: Scenario,
    /// Its days.
    pub plan: Plan,
    /// All paths, summed up.
    pub summary: Summary,
    /// What is quoted of it.
    pub record: RunRecord,
    /// What the loop adds on the first paths, if there is one.
    pub amplification: Option<Amplification>,
    /// What tells these results from any others.
    pub fingerprint: String,
    first: Outcomes,
    moves: Moves,
    command: String,
    /// The manifest and the tables, which are cheap, unlike the pictures.
    tables: Vec<(String, Vec<u8>)>,
}

impl FinishedRun {
    /// Sums up what was counted of a scenario, and simulates its first paths once more: those that tables and charts show,
    /// and those on which it is measured what the loop adds and what moved the spread. `folder` is where its files are to go.
    ///
    /// # Errors
    /// The books of a path do not add up.
    pub fn of(
        scenario: &Scenario,
        plan: Plan,
        counted: &Counted,
        (asked, until): (Asked<'_>, Option<&Until>),
        folder: &Path,
    ) -> Result<FinishedRun, PairError> {
        let Counted { tally, replicates } = counted;
        let stopped = until.map(|until| until.sentence(tally, &plan, scenario));
        let scenario = ended_after(tally.paths(), scenario);
        let summary = Summary::of(tally, &plan);
        let all = if replicates.is_empty() { Vec::new() } else { figures(&summary, &scenario.watches) };
        let measured = first_paths(&scenario, MEASURED);
        let amplification = has_loop(&scenario).then(|| Amplification::measure(&measured)).transpose()?;
        let first = simulate_first(&scenario)?;
        let moves = Moves::measure(&measured, &risk_days(&plan, &summary), summary.worst_day)?;
        let how = Carried { precision: asked.precision, until: stopped, uncertain: uncertain(all, replicates) };
        let record = RunRecord::of(&scenario, &plan, &summary, how, folder);

        let csv = |name: &str, table: Table| (format!("{name}.csv"), table.to_csv());
        let mut tables = vec![
            (RUN_FOLDER.mark.to_owned(), manifest(&scenario, asked, &plan)),
            csv("fan", fan_table(&summary, &plan)),
            csv("fan_errors", fan_errors_table(&summary, &plan)),
            csv("watch", watch_table(&scenario.watches, &summary, &record.watches)),
            csv("attribution", attribution_table(&summary)),
            csv("sample_paths", paths_table(&first, &plan, &moving(&plan))),
            csv("books", books_table(&books(&plan, &summary), scenario.start, scenario.end)),
        ];
        if !record.uncertain.is_empty() {
            tables.push(csv("uncertain", uncertain_table(&record.uncertain)));
        }
        if let Some(found) = &amplification {
            let text = serde_json::to_string_pretty(&found.record()).expect("a record is plain data");
            tables.push(("amplification.json".to_owned(), (text + "\n").into_bytes()));
        }
        let fingerprint = fingerprint(&tables);
        let command = asked.command(&scenario);
        Ok(FinishedRun { scenario, plan, summary, record, amplification, fingerprint, first, moves, command, tables })
    }

    /// The page.
    pub fn page(&self) -> Page {
        self.facts().page()
    }

    /// Its charts; each has the name of its files.
    pub fn charts(&self, page: &Page) -> Vec<NamedChart> {
        charts_of(&self.facts(), page)
    }

    /// Every file of its folder, with paths relative to that.
    pub fn files(&self, page: &Page) -> Vec<(String, Vec<u8>)> {
        let mut files = self.tables.clone();
        files.push(("report.json".to_owned(), page.json()));
        files.push(("report.html".to_owned(), page.html().into_bytes()));
        files.extend(picture_files(self.charts(page)));
        files.extend(scenario_files(&self.scenario));
        files
    }

    /// What its Parquet files say of it.
    pub fn about(&self) -> Vec<(&'static str, String)> {
        about(&self.scenario, &self.command)
    }

    fn facts(&self) -> RunFacts<'_> {
        RunFacts {
            scenario: &self.scenario,
            plan: &self.plan,
            summary: &self.summary,
            first: &self.first,
            record: &self.record,
            amplification: self.amplification.as_ref(),
            moves: &self.moves,
            command: &self.command,
            fingerprint: &self.fingerprint,
        }
    }
}

/// The scenario with the number of paths that were run, from which the same results follow.
fn ended_after(paths: u64, scenario: &Scenario) -> Scenario {
    let mut ended = scenario.clone();
    if paths < scenario.paths {
        ended.set_paths(paths);
    }
    ended
}

/// The first paths once more, with every value.
fn simulate_first(scenario: &Scenario) -> Result<Outcomes, LeakFound> {
    Ok(Run::simulate(first_paths(scenario, SAMPLE_PATHS as u64), &|_| ())?.outcomes)
}

/// The scenario with no more than so many paths.
fn first_paths(scenario: &Scenario, paths: u64) -> Scenario {
    let mut first = scenario.clone();
    first.paths = scenario.paths.min(paths);
    first
}
