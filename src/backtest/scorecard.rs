//! The scorecard: numbers only, ready to be tabulated and drawn.

use super::bars::Bar;
use super::episode::Episode;
use super::forecaster::Forecaster;
use super::hindsight::Hindsight;
use super::subject::Subject;
use crate::forecast::SpecialDay;
use crate::forecast::{ForecastEvent, Target};
use crate::statistics::scores::{BrierDecomposition, Estimate, PitHistogram, ReliabilityTable};
use jiff::civil::Date;

/// How far the model can be trusted, found from forecasts of the past.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scorecard {
    /// How it was made.
    pub making: Making,
    /// Every subject at every horizon, in that order.
    pub cells: Vec<Cell>,
    /// Probabilities of events.
    pub events: Vec<EventScore>,
    /// Days apart.
    pub special_days: Vec<DayScore>,
    /// Every regime and target with the model's score and that of the best benchmark.
    pub episodes: Vec<Episode>,
    /// A few forecasts with what happened.
    pub fans: Vec<Hindsight>,
}

/// What somebody needs to make the same scorecard.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Making {
    /// Version of the program.
    pub version: String,
    /// First and last origin.
    pub origins: Option<(Date, Date)>,
    /// How many origins.
    pub number_of_origins: usize,
    /// Business days between origins.
    pub every: usize,
    /// Business days ahead, rising.
    pub horizons: Vec<usize>,
    /// Paths of a forecast.
    pub paths: u64,
    /// Seed of the forecasts.
    pub seed: u64,
    /// Which parameters forecast which origins, as a sentence for each fit.
    pub parameters: Vec<String>,
    /// Parameter files named by hand, in place of those that ship.
    pub parameter_files: Vec<String>,
    /// Fingerprint of the history read.
    pub fingerprint: String,
}

impl Making {
    /// The parameter files as one would type them.
    pub(super) fn files(&self) -> String {
        if self.parameter_files.is_empty() {
            String::new()
        } else {
            format!(" --parameters {}", self.parameter_files.join(" "))
        }
    }
}

/// One subject at one horizon.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// What was forecast.
    pub subject: Subject,
    /// Business days ahead.
    pub horizon: usize,
    /// Forecasts scored.
    pub forecasts: usize,
    /// Mean CRPS of the model, in the unit of the subject.
    pub crps: f64,
    /// Scores of those it is measured against.
    pub benchmarks: Vec<BenchmarkScore>,
    /// Share of outcomes in the band of 50 %.
    pub half: Coverage,
    /// Share of outcomes in the band of 90 %.
    pub ninety: Coverage,
    /// Where outcomes fell in their forecasts.
    pub pit: PitHistogram,
}

/// A benchmark's score on the forecasts it made too.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BenchmarkScore {
    /// Who.
    pub benchmark: Forecaster,
    /// Origins at which both forecast.
    pub forecasts: usize,
    /// Mean CRPS of the model at these, in the unit of the subject.
    pub model: f64,
    /// That of the benchmark.
    pub crps: f64,
    /// Skill of the model against it, a share.
    pub skill: Estimate,
}

/// The share of outcomes that bands held, counted in two ways.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coverage {
    /// Outcomes count by the share of their stretch of the probability integral transform inside the band: what bands with
    /// randomised ends would hold (Czado, Gneiting and Held 2009).
    pub spread: Estimate,
    /// Outcomes between the ends of the band, themselves included, count one.
    pub closed: Estimate,
}

impl Coverage {
    /// The one that decides: of targets that sit at one value for months the closed band, which may hold more than it
    /// says; of all others the spread one, which ties do not raise.
    pub fn deciding(&self, target: Target) -> Estimate {
        if Coverage::closed_decides(target) { self.closed } else { self.spread }
    }

    /// Whether closed bands decide.
    pub fn closed_decides(target: Target) -> bool {
        matches!(target, Target::EffrIorb | Target::StandingRepo)
    }
}

/// The probability of an event within 20 business days.
#[derive(Clone, Debug, PartialEq)]
pub struct EventScore {
    /// What happens.
    pub event: ForecastEvent,
    /// Forecasts scored.
    pub forecasts: usize,
    /// How many times it happened.
    pub happened: usize,
    /// Brier score of the model.
    pub brier: f64,
    /// Brier score of climatology, how often it had happened before.
    pub climatology: f64,
    /// Skill of the model against climatology, a share; none where climatology was never wrong.
    pub skill: Option<Estimate>,
    /// What the model's score is made of.
    pub parts: BrierDecomposition,
    /// How often it happened when so much was said.
    pub reliability: ReliabilityTable,
}

/// Coverage on days of a kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DayScore {
    /// Which days.
    pub days: SpecialDay,
    /// What was forecast.
    pub subject: Subject,
    /// Forecasts that end on such a day.
    pub forecasts: usize,
    /// Share of outcomes in the band of 90 %.
    pub ninety: Coverage,
}

impl Scorecard {
    /// The cell of a subject at a horizon, if it was scored.
    pub fn cell(&self, subject: Subject, horizon: usize) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.subject == subject && cell.horizon == horizon)
    }

    /// Subjects that were scored, in order.
    pub fn subjects(&self) -> Vec<Subject> {
        Subject::ALL.into_iter().filter(|subject| self.cells.iter().any(|cell| cell.subject == *subject)).collect()
    }

    /// Comparisons of CRPS that the model loses, worst first.
    pub fn losses(&self) -> Vec<(&Cell, BenchmarkScore)> {
        let mut losses: Vec<(&Cell, BenchmarkScore)> = self
            .cells
            .iter()
            .flat_map(|cell| cell.benchmarks.iter().map(move |score| (cell, *score)))
            .filter(|(_, score)| score.skill.value < 0.0)
            .collect();
        losses.sort_by(|one, other| one.1.skill.value.total_cmp(&other.1.skill.value));
        losses
    }

    /// What was demanded before the first forecast was scored, with what was found.
    pub fn bars(&self) -> Vec<Bar> {
        super::bars::bars(self)
    }
}

impl Cell {
    /// The score of a benchmark, if it forecast this.
    pub fn against(&self, benchmark: Forecaster) -> Option<&BenchmarkScore> {
        self.benchmarks.iter().find(|score| score.benchmark == benchmark)
    }
}
