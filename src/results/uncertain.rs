//! What simulation leaves uncertain of the figures of a run with evenly spread draws.

use super::headlines::Headlines;
use crate::scenario::Watch;
use crate::statistics::{Replicated, Summary};
use serde::Serialize;

/// A figure with its simulation error.
#[derive(Clone, Debug, Serialize)]
pub struct Uncertain {
    /// What it is.
    pub figure: String,
    /// By all paths together, in the unit of the headline or watch.
    pub estimate: f64,
    /// Standard error, by the spread of the replicates.
    pub standard_error: f64,
    /// 95 % interval.
    pub interval: (f64, f64),
}

/// The figures that a summary puts forward: headlines, then watches.
pub fn figures(summary: &Summary, watches: &[Watch]) -> Vec<(String, f64)> {
    let mut figures = Headlines::of(summary).figures();
    let probabilities = watches.iter().zip(&summary.watches);
    figures.extend(probabilities.map(|(watch, result)| (watch.name.clone(), result.probability.estimate())));
    figures
}

/// The figures of all paths, with the error that the same figures of every replicate show.
pub fn uncertain(all: Vec<(String, f64)>, replicates: &[Vec<(String, f64)>]) -> Vec<Uncertain> {
    let with_error = |(place, (figure, estimate)): (usize, (String, f64))| {
        let of_each: Vec<f64> = replicates.iter().map(|figures| figures[place].1).collect();
        let Replicated { standard_error, interval } = Replicated::of(estimate, &of_each);
        Uncertain { figure, estimate, standard_error, interval }
    };
    all.into_iter().enumerate().map(with_error).collect()
}
