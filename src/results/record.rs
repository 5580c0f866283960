//! The result of a run for machines: what `--json` prints.

use super::headlines::{Band, Headlines};
use super::manifest::FORMAT_VERSION;
use super::uncertain::Uncertain;
use crate::model::Plan;
use crate::scenario::Scenario;
use crate::simulation::Precision;
use crate::statistics::Summary;
use jiff::civil::Date;
use serde::Serialize;
use std::path::Path;

/// A run in a few numbers.
#[derive(Clone, Debug, Serialize)]
pub struct RunRecord {
    /// Version of the format.
    pub format: u32,
    /// Version of the program.
    pub tidegate: &'static str,
    /// Name of the scenario.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// The claim it puts to the test.
    pub claim: String,
    /// Number of paths.
    pub paths: u64,
    /// Business days simulated.
    pub business_days: usize,
    /// Seed.
    pub seed: u64,
    /// How draws are spread over the paths.
    pub draws: &'static str,
    /// The precision of its numbers: double, or single for a preview.
    pub precision: &'static str,
    /// What is to be said of the error until which it ran, if one was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Date of the starting balance sheet.
    pub vintage: Date,
    /// Where the run folder is.
    pub folder: String,
    /// The numbers to quote.
    pub headlines: Headlines,
    /// Probability of every watch.
    pub watches: Vec<WatchRecord>,
    /// What moved reserves, $bn.
    pub attribution: Vec<CauseRecord>,
    /// Simulation errors by replicates, of a run with evenly spread draws; of plain ones they stand beside the figures.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub uncertain: Vec<Uncertain>,
}

/// How a run was carried out.
pub struct Carried {
    /// The precision of its numbers.
    pub precision: Precision,
    /// What is to be said of the error until which it ran, if one was asked for.
    pub until: Option<String>,
    /// Simulation errors by replicates; none of plain draws.
    pub uncertain: Vec<Uncertain>,
}

/// A watch's result.
#[derive(Clone, Debug, Serialize)]
pub struct WatchRecord {
    /// Name.
    pub name: String,
    /// The condition as typed.
    pub when: String,
    /// Share of paths on which it fired.
    pub probability: f64,
    /// Its simulation error.
    pub standard_error: f64,
    /// 95 % interval: of Wilson, or by replicates.
    pub interval: (f64, f64),
    /// Median first day, where a day can be named.
    pub median_first_day: Option<Date>,
    /// The limit declared, if any.
    pub limit: Option<f64>,
    /// Whether the probability exceeds the limit.
    pub breached: bool,
}

/// A cause's part in the change of reserves.
#[derive(Clone, Debug, Serialize)]
pub struct CauseRecord {
    /// Name.
    pub cause: &'static str,
    /// Whose decision.
    pub hand: &'static str,
    /// Mean, $bn.
    pub mean: f64,
    /// Median and 90 % band, $bn.
    pub band: Band,
}

impl RunRecord {
    /// The names of the watches whose limit was breached.
    pub fn breached(&self) -> impl Iterator<Item = String> {
        self.watches.iter().filter(|watch| watch.breached).map(|watch| watch.name.clone())
    }

    /// The record of a run whose folder is `folder`.
    pub fn of(scenario: &Scenario, plan: &Plan, summary: &Summary, how: Carried, folder: &Path) -> RunRecord {
        let Carried { precision, until, uncertain } = how;
        let watches = scenario
            .watches
            .iter()
            .zip(&summary.watches)
            .map(|(watch, result)| {
                let probability = result.probability.estimate();
                // Wilson's interval takes paths to be independent.
                let by_replicates = uncertain.iter().find(|figure| figure.figure == watch.name);
                WatchRecord {
                    name: watch.name.clone(),
                    when: watch.when.clone(),
                    probability,
                    standard_error: by_replicates
                        .map_or(result.probability.standard_error(), |figure| figure.standard_error),
                    interval: by_replicates.map_or(result.probability.wilson_interval(), |figure| figure.interval),
                    median_first_day: result.first_day.map(|[_, median, _]| summary.dates[median]),
                    limit: watch.limit,
                    breached: watch.limit.is_some_and(|limit| probability > limit),
                }
            })
            .collect();
        let attribution = summary
            .attribution
            .causes
            .iter()
            .map(|cause| CauseRecord {
                cause: cause.name,
                hand: cause.hand.name(),
                mean: cause.contribution.mean,
                band: (&cause.contribution).into(),
            })
            .collect();
        RunRecord {
            format: FORMAT_VERSION,
            tidegate: env!("CARGO_PKG_VERSION"),
            scenario: scenario.name.clone(),
            title: scenario.title.clone(),
            claim: scenario.claim.clone(),
            paths: scenario.paths,
            business_days: plan.days.len(),
            seed: scenario.seed,
            draws: scenario.draws.word(),
            precision: precision.word(),
            until,
            vintage: scenario.vintage.date,
            folder: folder.display().to_string(),
            headlines: Headlines::of(summary),
            watches,
            attribution,
            uncertain,
        }
    }
}
