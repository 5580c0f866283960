//! One scenario at many points: what of it is varied, what is asked at every point, and the answers.
//!
//! All points are simulated on the same luck (a draw is a function of its address, and the seed is one), so that what differs
//! between two points is owed to the inputs alone.

mod design;
mod input;
mod output;
mod points;

pub use design::{Design, values_at};
pub use input::{Input, Values};
pub use output::{Of, Output, Statistic};
pub use points::points_from_csv;

use crate::history::Fingerprint;
use crate::model::Plan;
use crate::results::{Answer, Journal, JournalError};
use crate::scenario::{self, Assignment, Base, ChangeError, Draws, Scenario};
use crate::simulation::{LeakFound, simulate_columns};
use crate::statistics::Columns;
use jiff::civil::Date;
use rayon::prelude::*;
use std::fmt;

/// A scenario, what of it is varied, and what is asked.
#[derive(Clone, Debug)]
pub struct Study {
    /// The scenario.
    pub base: Base,
    /// What is changed at every point.
    pub changes: Vec<Assignment>,
    /// What is varied.
    pub inputs: Vec<Input>,
    /// What is asked.
    pub outputs: Vec<Output>,
    /// What is kept of an output.
    pub kept: Kept,
    /// Number of paths at every point.
    pub paths: u64,
    /// Seed of all draws.
    pub seed: u64,
}

/// What of an output stands in the answer of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// The number.
    Number,
    /// The number, and then that of each of [`PARTS`] parts of the paths, by which differences between points have errors.
    Parts,
    /// Of a variable, a number for every published day.
    Days,
}

/// Parts of the paths whose spread tells the error of a difference.
pub const PARTS: usize = 16;

/// Why a point cannot be simulated.
#[derive(Debug)]
pub enum StudyError {
    /// The inputs make no scenario: at which values, and why.
    Point(String, Box<ChangeError>),
    /// The books of a path do not add up.
    Leak(LeakFound),
    /// What was found before cannot be read or kept.
    Journal(JournalError),
}

impl From<LeakFound> for StudyError {
    fn from(leak: LeakFound) -> StudyError {
        StudyError::Leak(leak)
    }
}

impl From<JournalError> for StudyError {
    fn from(error: JournalError) -> StudyError {
        StudyError::Journal(error)
    }
}

impl fmt::Display for StudyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StudyError::Point(at, why) => write!(f, "with {at}: {why}"),
            StudyError::Leak(leak) => write!(f, "{leak}"),
            StudyError::Journal(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for StudyError {}

/// Refuses a scenario whose draws are spread evenly, whose errors are not known at a point.
///
/// # Errors
/// What to do about it, in a sentence.
pub fn check_draws(scenario: &Scenario) -> Result<(), String> {
    match scenario.draws {
        Draws::Plain => Ok(()),
        Draws::Sobol => Err(format!(
            "`{}` spreads its draws evenly, and a study takes plain ones; leave `draws` out of its `[run]`",
            scenario.name
        )),
    }
}

impl Study {
    /// The scenario at a point.
    ///
    /// # Errors
    /// The inputs make no scenario.
    pub fn scenario(&self, point: &[f64]) -> Result<Scenario, StudyError> {
        let varied = self.inputs.iter().zip(point).map(|(input, &value)| input.assignment(value));
        let changes: Vec<Assignment> = self.changes.iter().cloned().chain(varied).collect();
        let mut scenario =
            self.base.with(&changes).map_err(|why| StudyError::Point(self.words(point), Box::new(why)))?;
        scenario.set_paths(self.paths);
        scenario.set_seed(self.seed);
        Ok(scenario)
    }

    /// The published dates; those of the scenario, since no input moves its horizon.
    pub fn dates(&self) -> Vec<Date> {
        scenario::plan(&self.base.scenario).published_dates()
    }

    /// The values of a point in words.
    pub fn words(&self, point: &[f64]) -> String {
        let words = self.inputs.iter().zip(point).map(|(input, &value)| input.assignment(value).to_string());
        words.collect::<Vec<_>>().join(", ")
    }

    /// Simulates a point; nothing if `stop` says so.
    ///
    /// # Errors
    /// The inputs make no scenario, or its books do not add up.
    pub fn answer(&self, point: &[f64], stop: &(dyn Fn() -> bool + Sync)) -> Result<Option<Answer>, StudyError> {
        let mut scenario = self.scenario(point)?;
        let mut watches = Vec::new();
        for output in &self.outputs {
            if let Of::Watch(watch) = &output.of {
                watches.push((**watch).clone());
            }
        }
        scenario.watches = watches;
        let plan = scenario::plan(&scenario);
        let mut variables: Vec<_> = self.outputs.iter().flat_map(|output| output.needs(&plan)).collect();
        variables.sort_unstable_by_key(|variable| *variable as usize);
        variables.dedup();
        let columns = simulate_columns(&scenario, &plan, &variables, 0..scenario.paths, stop)?;
        Ok(columns.map(|columns| self.measured(&columns, &plan)))
    }

    fn measured(&self, columns: &Columns, plan: &Plan) -> Answer {
        let mut watches = 0..;
        let mut measure = |output: &Output| {
            let watch = if matches!(output.of, Of::Watch(_)) { watches.next().unwrap_or(0) } else { 0 };
            let days = if self.kept == Kept::Days { output.measure_by_day(columns, plan) } else { None };
            days.unwrap_or_else(|| {
                let sample = output.sample(columns, plan, watch);
                let parts = if self.kept == Kept::Parts { output.measure_parts(&sample, PARTS) } else { Vec::new() };
                [vec![output.measure(&sample)], parts].concat()
            })
        };
        self.outputs.iter().map(&mut measure).collect()
    }

    /// The answers at all points, of which those that a journal has are not simulated again; nothing if `stop` says so.
    /// `progress` is told of points.
    ///
    /// # Errors
    /// Those of the first point that cannot be simulated, or of the journal.
    pub fn answers(
        &self,
        points: &[Vec<f64>],
        journal: &mut Journal,
        progress: &(dyn Fn(u64) + Sync),
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Result<Option<Vec<Answer>>, StudyError> {
        /// Points between two entries in the journal: a second or two of work.
        const TOGETHER: usize = 32;
        progress(journal.answers().len() as u64);
        while journal.answers().len() < points.len() {
            let next = &points[journal.answers().len()..];
            let found: Vec<Result<Option<Answer>, StudyError>> = next[..next.len().min(TOGETHER)]
                .par_iter()
                .map(|point| {
                    let answer = self.answer(point, stop);
                    progress(1);
                    answer
                })
                .collect();
            let found: Result<Option<Vec<Answer>>, StudyError> = found.into_iter().collect();
            let Some(found) = found? else { return Ok(None) };
            journal.append(found)?;
        }
        Ok(Some(journal.answers().to_vec()))
    }

    /// A number that changes with anything that decides the answers.
    pub fn fingerprint(&self, points: &[Vec<f64>]) -> Fingerprint {
        let meant = Scenario { typed: Vec::new(), files: [].into(), ..self.base.scenario.clone() };
        let asked = (&self.changes, &self.inputs, &self.outputs, self.kept, self.paths, self.seed);
        Fingerprint::EMPTY.with(format!("{meant:?}{asked:?}{points:?}").as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reserves of an autumn under two inputs.
    pub fn study(outputs: &[&str], inputs: &[&str]) -> Study {
        let base = Base::load("shutdown_cash_hoarding").expect("it ships");
        let read = |text: &&str| Output::parse(text, &base.scenario).expect("an output");
        let outputs = outputs.iter().map(read).collect();
        let inputs = inputs.iter().map(|text| Input::parse(&base.scenario, text).expect("an input")).collect();
        Study { base, changes: Vec::new(), inputs, outputs, kept: Kept::Number, paths: 96, seed: 7 }
    }

    fn answers(study: &Study, points: &[Vec<f64>], journal: &mut Journal) -> Vec<Answer> {
        study.answers(points, journal, &|_| (), &|| false).expect("it is simulated").expect("nothing stops it")
    }

    #[test]
    fn points_meet_the_same_luck_and_differ_by_their_inputs_alone() {
        let study = study(&["mean(reserves)", "tga > 950bn"], &["event.shutdown.hoarding=0bn..100bn"]);
        let points = vec![vec![0.0], vec![100.0], vec![0.0]];
        let found = answers(&study, &points, &mut Journal::none());
        assert_eq!(found[0], found[2]);
        assert!(found[1][1][0].value > found[0][1][0].value, "more hoarding, more cash");
        let scenario = study.scenario(&points[1]).expect("a scenario");
        assert_eq!((scenario.paths, scenario.seed), (96, 7));
    }

    #[test]
    fn a_study_that_broke_off_goes_on_to_the_same_answers_on_any_number_of_threads() {
        let study = study(&["lowest_reserves"], &["parameters.repo_slope", "event.shutdown.hoarding=0bn..100bn"]);
        let points: Vec<Vec<f64>> = (0..5).map(|at| vec![1.0 + 0.1 * f64::from(at), 20.0 * f64::from(at)]).collect();
        let whole = answers(&study, &points, &mut Journal::none());
        let folder = tempfile::tempdir().expect("a temporary folder");
        let open = || Journal::beside(&folder.path().join("s"), study.fingerprint(&points), 5, false);
        open().append(whole[..2].to_vec()).expect("kept");
        let pool = rayon::ThreadPoolBuilder::new().num_threads(3).build().expect("a pool");
        assert_eq!(pool.install(|| answers(&study, &points, &mut open())), whole);
        assert!(study.answers(&points, &mut Journal::none(), &|_| (), &|| true).expect("no error").is_none());
    }

    #[test]
    fn a_point_that_is_no_scenario_says_where() {
        let study = study(&["reserves"], &["event.shutdown.hoarding=-50bn..100bn"]);
        let error = study.answer(&[-50.0], &|| false).expect_err("negative").to_string();
        assert!(error.starts_with("with event.shutdown.hoarding=-50bn: "), "{error}");
        assert!(error.contains("cannot be negative"), "{error}");
    }

    #[test]
    fn parts_of_the_paths_have_the_mean_of_the_whole() {
        let mut study = study(&["mean(reserves)", "tga > 950bn"], &["parameters.repo_slope"]);
        study.kept = Kept::Parts;
        for found in study.answer(&[1.2], &|| false).expect("runs").expect("whole") {
            assert_eq!(found.len(), 1 + PARTS);
            let mean = found[1..].iter().map(|part| part.value).sum::<f64>() / PARTS as f64;
            assert!((mean - found[0].value).abs() < 1e-9 * mean.abs().max(1.0), "{mean} {found:?}");
        }
    }

    #[test]
    fn a_variable_by_day_ends_with_its_last_day() {
        let mut study = study(&["reserves"], &["parameters.repo_slope"]);
        let last = study.answer(&[1.2], &|| false).expect("runs").expect("whole")[0][0];
        study.kept = Kept::Days;
        let days = study.answer(&[1.2], &|| false).expect("runs").expect("whole").remove(0);
        assert_eq!((days.len(), days[days.len() - 1]), (study.dates().len(), last));
    }
}
