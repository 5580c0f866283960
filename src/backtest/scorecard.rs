//! The scorecard: numbers only, ready to be tabulated and drawn.

use super::bars::Bar;
use super::subject::{Benchmark, Event, SpecialDay, Subject};
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
    /// Stretches of history with the model's score and that of its best benchmark.
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
    /// Fingerprint of the history read.
    pub fingerprint: String,
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
    pub half: Estimate,
    /// Share of outcomes in the band of 90 %.
    pub ninety: Estimate,
    /// Where outcomes fell in their forecasts.
    pub pit: PitHistogram,
}

/// A benchmark's score on the forecasts it made too.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BenchmarkScore {
    /// Who.
    pub benchmark: Benchmark,
    /// Its mean CRPS, in the unit of the subject.
    pub crps: f64,
    /// Skill of the model against it, a share.
    pub skill: Estimate,
}

/// The probability of an event within 20 business days.
#[derive(Clone, Debug, PartialEq)]
pub struct EventScore {
    /// What happens.
    pub event: Event,
    /// Forecasts scored.
    pub forecasts: usize,
    /// How many times it happened.
    pub happened: usize,
    /// Brier score of the model.
    pub brier: f64,
    /// Brier score of climatology, how often it had happened before.
    pub climatology: f64,
    /// Skill of the model against climatology, a share.
    pub skill: Estimate,
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
    pub ninety: Estimate,
}

/// A stretch of history.
#[derive(Clone, Debug, PartialEq)]
pub struct Episode {
    /// Its name.
    pub name: String,
    /// First and last origin in it.
    pub origins: (Date, Date),
    /// What was forecast.
    pub subject: Subject,
    /// Business days ahead.
    pub horizon: usize,
    /// Forecasts scored.
    pub forecasts: usize,
    /// Mean CRPS of the model, in the unit of the subject.
    pub crps: f64,
    /// The benchmark with the lowest score.
    pub benchmark: Benchmark,
    /// Its mean CRPS.
    pub benchmark_crps: f64,
}

/// A forecast with what happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Hindsight {
    /// What was forecast.
    pub subject: Subject,
    /// When.
    pub origin: Date,
    /// Days forecast, rising.
    pub dates: Vec<Date>,
    /// Quantiles 5, 25, 50, 75 and 95 % on each of them.
    pub bands: [Vec<f64>; 5],
    /// What happened, and what was known before.
    pub observed: Vec<(Date, f64)>,
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
    pub fn against(&self, benchmark: Benchmark) -> Option<&BenchmarkScore> {
        self.benchmarks.iter().find(|score| score.benchmark == benchmark)
    }
}

impl Episode {
    /// Whether somebody without economics forecast it better.
    pub fn is_lost(&self) -> bool {
        self.crps > self.benchmark_crps
    }
}
