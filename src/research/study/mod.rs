//! One scenario at many points: what of it is varied, what is asked at every point, and the answers.
//!
//! All points are simulated on the same luck (a draw is a function of its address, and the seed is one), so that what differs
//! between two points is owed to the inputs alone.

mod input;
mod journal;
mod output;
mod points;

pub use input::{Input, Values};
pub use journal::{Journal, JournalError};
pub use output::{Measured, Of, Output, Statistic};
pub use points::points_from_csv;

use crate::history::Fingerprint;
use crate::model::Plan;
use crate::scenario::{self, Assignment, Base, ChangeError, Scenario};
use crate::simulation::{LeakFound, simulate_columns};
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
    /// Whether outputs that are variables are measured on every published day.
    pub by_day: bool,
    /// Number of paths at every point.
    pub paths: u64,
    /// Seed of all draws.
    pub seed: u64,
}

/// What is found at a point: per output one number, or one for every published day.
pub type Answer = Vec<Vec<Measured>>;

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

    fn measured(&self, columns: &crate::statistics::Columns, plan: &Plan) -> Answer {
        let mut watches = 0..;
        let mut measure = |output: &Output| {
            if let Some(days) = output.measure_by_day(columns, plan).filter(|_| self.by_day) {
                return days;
            }
            let watch = if matches!(output.of, Of::Watch(_)) { watches.next().unwrap_or(0) } else { 0 };
            vec![output.measure(columns, plan, watch)]
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
        let asked = (&self.changes, &self.inputs, &self.outputs, self.by_day, self.paths, self.seed);
        Fingerprint::EMPTY.with(format!("{meant:?}{asked:?}{points:?}").as_bytes())
    }
}
