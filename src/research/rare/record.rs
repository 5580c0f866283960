//! A rare event as JSON.

use super::RareEvent;
use super::interval::Interval;
use crate::scenario::{Scenario, Watch};
use jiff::civil::Date;
use serde::Serialize;

/// What `tidegate rare --json` prints.
#[derive(Clone, Debug, Serialize)]
pub struct RareRecord {
    /// Name of the scenario.
    pub scenario: String,
    /// Name of the watch; the condition itself, if it was typed.
    pub watch: String,
    /// The condition.
    pub when: String,
    /// First and last date of its window.
    pub window: [Date; 2],
    /// Seed of all draws.
    pub seed: u64,
    /// Paths on each level of a replicate.
    pub paths_per_level: usize,
    /// The probability; zero if no replicate reached the event.
    pub probability: f64,
    /// Its standard error; none if no replicate reached the event.
    pub standard_error: Option<f64>,
    /// The 95 % interval; none if no replicate reached the event.
    pub interval: Option<[f64; 2]>,
    /// What speaks against the interval.
    pub doubt: Option<String>,
    /// Paths simulated.
    pub paths: u64,
    /// Plain paths with the same standard error.
    pub plain_paths: Option<f64>,
    /// The levels below the event, and last the event.
    pub levels: Vec<LevelRecord>,
    /// The estimate of every replicate.
    pub replicates: Vec<f64>,
}

/// A level.
#[derive(Clone, Debug, Serialize)]
pub struct LevelRecord {
    /// How far from the event it lies, zero at the event.
    pub distance: f64,
    /// The share of paths above the level before that pass it.
    pub share: f64,
    /// The probability to pass it.
    pub probability: f64,
    /// The size of the steps above it, and the share of them taken; none at the event.
    pub steps: Option<[f64; 2]>,
}

impl RareEvent {
    /// The record of an estimate.
    pub fn record(&self, scenario: &Scenario, watch: &Watch, per_level: usize) -> RareRecord {
        RareRecord {
            scenario: scenario.name.clone(),
            watch: watch.name.clone(),
            when: watch.when.clone(),
            window: [watch.from, watch.to],
            seed: scenario.seed,
            paths_per_level: per_level,
            probability: self.interval.map_or(0.0, |interval| interval.estimate),
            standard_error: self.interval.map(|interval| interval.standard_error),
            interval: self.interval.map(|interval| [interval.bounds.0, interval.bounds.1]),
            doubt: self.doubt(),
            paths: self.paths,
            plain_paths: self.interval.as_ref().map(Interval::plain_paths),
            levels: self.level_records(),
            replicates: self.replicates.iter().map(|replicate| replicate.estimate).collect(),
        }
    }

    /// The levels and the event.
    pub fn level_records(&self) -> Vec<LevelRecord> {
        let (shares, taken) = (self.shares(), self.taken());
        let mut probability = 1.0;
        let mut records = Vec::new();
        for (stage, share) in shares.into_iter().enumerate() {
            probability *= share;
            let level = self.levels.get(stage);
            records.push(LevelRecord {
                distance: level.map_or(0.0, |level| level.distance),
                share,
                probability,
                steps: level.map(|level| [level.size, taken[stage]]),
            });
        }
        records
    }
}
