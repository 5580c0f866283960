//! From an origin to its trials: what was known, the scenario it makes, the forecast, and what came.

use super::fits::Fits;
use super::hindsight::Hindsight;
use super::trial::{Trials, hold_to_account};
use crate::as_of::{self, AsOfError};
use crate::calendar::fedwire;
use crate::calibration;
use crate::forecast::FIRST_ORIGIN;
use crate::forecast::{LONGEST, Measured, forecast};
use crate::history::{History, HistoryError};
use crate::scenario::Scenario;
use crate::simulation::LeakFound;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use rayon::prelude::*;
use std::fmt;

/// First day whose values benchmarks and climatologies may use: the day after SOFR began.
const FIRST_MEASURED: Date = date(2018, 4, 3);

/// Why a backtest could not be made.
#[derive(Clone, Debug)]
pub enum BacktestError {
    /// A series is absent or wrong.
    History(HistoryError),
    /// The world as of an origin could not be put together.
    AsOf(AsOfError),
    /// The books of a path do not add up.
    Leak(LeakFound),
}

impl fmt::Display for BacktestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BacktestError::History(error) => error.fmt(f),
            BacktestError::AsOf(error) => error.fmt(f),
            BacktestError::Leak(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for BacktestError {}

impl From<HistoryError> for BacktestError {
    fn from(error: HistoryError) -> Self {
        BacktestError::History(error)
    }
}

impl From<AsOfError> for BacktestError {
    fn from(error: AsOfError) -> Self {
        BacktestError::AsOf(error)
    }
}

impl From<LeakFound> for BacktestError {
    fn from(error: LeakFound) -> Self {
        BacktestError::Leak(error)
    }
}

/// What was said at an origin and how it fared.
#[derive(Clone, Debug)]
pub struct OriginResult {
    /// What is scored.
    pub trials: Trials,
    /// Every target with what came, to be drawn.
    pub fans: Vec<Hindsight>,
}

/// Forecasts from every origin with what was known at the close of the next business day, when the day's balance
/// sheet, statement and rates are out, and holds each forecast to account with what is known on `judged_on`.
///
/// `fits` has the parameters that each origin may know; `done` is called after each. The results are in the order of the
/// origins and the same on any number of threads.
///
/// # Errors
/// A series is absent or wrong, an origin lies beyond it, or the books of a path do not add up.
pub fn backtest(
    history: &History,
    origins: &[Date],
    (paths, seed): (u64, u64),
    judged_on: Date,
    fits: &Fits,
    done: &(dyn Fn() + Sync),
) -> Result<Vec<OriginResult>, BacktestError> {
    let came = Measured::read(&history.as_known(judged_on), FIRST_MEASURED)?;
    // Both ends first: what lies outside history is told before anybody has waited.
    for &end in origins.first().into_iter().chain(origins.last()) {
        as_known_at(history, end, fits)?;
    }
    let result = |&origin: &Date| {
        let mut scenario = as_known_at(history, origin, fits)?;
        scenario.set_paths(paths);
        scenario.set_seed(seed_of(origin, seed));
        let forecast = forecast(&scenario)?;
        let known = Measured::read(&as_of::known_of(history, origin), FIRST_MEASURED)?;
        let trials = hold_to_account(&forecast, &known, &came);
        done();
        Ok(OriginResult { trials, fans: Hindsight::of(&forecast, &came) })
    };
    // Collected before they are searched for an error, so that it is always the same one.
    let results: Vec<Result<OriginResult, BacktestError>> = origins.par_iter().map(result).collect();
    results.into_iter().collect()
}

/// The scenario of an origin: what was known, with the parameters in force.
fn as_known_at(history: &History, origin: Date, fits: &Fits) -> Result<Scenario, BacktestError> {
    let known = as_of::known_of(history, origin);
    let mut scenario = as_of::scenario(&known, origin, horizon_end(origin))?;
    if let Some(fit) = fits.in_force(origin) {
        calibration::apply(&fit.file, &known, origin, &mut scenario.parameters)?;
    }
    as_of::start_at_levels(&known, &mut scenario)?;
    Ok(scenario)
}

/// A seed for each origin, so that no luck is shared between them, and the same whatever other origins there are.
fn seed_of(origin: Date, seed: u64) -> u64 {
    seed.wrapping_add_signed((origin - FIRST_ORIGIN).get_days().into())
}

/// A day by which the longest horizon has passed.
fn horizon_end(origin: Date) -> Date {
    let last = fedwire::business_days(origin, origin.saturating_add(140.days())).get(LONGEST + 1).copied();
    last.unwrap_or_else(|| origin.saturating_add(140.days()))
}
