//! From an origin to its trials: what was known, the scenario it makes, the forecast, and what came.

use super::trial::{Trials, hold_to_account};
use crate::as_of::{self, AsOfError};
use crate::calendar::fedwire;
use crate::forecast::{Forecast, LONGEST, Measured, forecast};
use crate::history::{History, HistoryError};
use crate::model::Parameters;
use crate::scenario::{Quantity, Scenario};
use crate::simulation::LeakFound;
use jiff::ToSpan;
use jiff::civil::{Date, date};
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
    /// The forecast.
    pub forecast: Forecast,
    /// What is scored of it.
    pub trials: Trials,
}

/// Forecasts from every origin with what was known at the close of the next business day, when the day's balance
/// sheet, statement and rates are out, and holds each forecast to account with what is known on `judged_on`.
///
/// `estimated` puts the parameters estimated on data before an origin into its scenario; `done` is called after each.
///
/// # Errors
/// A series is absent or wrong, or the books of a path do not add up.
pub fn backtest(
    history: &History,
    origins: &[Date],
    paths: u64,
    judged_on: Date,
    estimated: &dyn Fn(Date, &mut Parameters<Quantity>),
    done: &dyn Fn(),
) -> Result<Vec<OriginResult>, BacktestError> {
    let came = Measured::read(&history.as_known(judged_on), FIRST_MEASURED)?;
    let mut results = Vec::with_capacity(origins.len());
    for &origin in origins {
        let known = history.as_known(fedwire::next_business_day(origin));
        let mut scenario: Scenario = as_of::scenario(&known, origin, horizon_end(origin))?;
        scenario.set_paths(paths);
        estimated(origin, &mut scenario.parameters);
        let forecast = forecast(&scenario)?;
        let trials = hold_to_account(&forecast, &Measured::read(&known, FIRST_MEASURED)?, &came);
        results.push(OriginResult { forecast, trials });
        done();
    }
    Ok(results)
}

/// A day by which the longest horizon has passed.
fn horizon_end(origin: Date) -> Date {
    let last = fedwire::business_days(origin, origin.saturating_add(140.days())).get(LONGEST + 1).copied();
    last.unwrap_or_else(|| origin.saturating_add(140.days()))
}
