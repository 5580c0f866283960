//! The third stage: sizes of shocks and spreads of parameters, by the scores of forecasts inside the window.
//!
//! From every origin of the window a forecast starts with what was known then, in the manner of the backtest, but with the
//! parameters fitted on the whole window. An outcome counts if it was published by the window's end. Sizes move by factors,
//! spreads likewise; each origin draws the same numbers every time, so that what moves is the sizes.

use super::calibrate::{Calibrated, CalibrationError};
use super::conditional::Close;
use super::fitted::OF_THE_DAY;
use super::forecast_scores::{CellScore, cell_scores, hold, loss};
use super::pattern_search::PatternSearch;
use super::problem::Problem;
use crate::as_of::{known_of, scenario, start_at_levels};
use crate::forecast::{FIRST_ORIGIN, Measured, forecast, origins};
use crate::history::{AsKnown, History};
use crate::model::{PARAMETERS, ParameterInfo, Parameters};
use crate::scenario::{Calibration, Distribution, ForecastFit, Quantity, Scenario};
use jiff::ToSpan;
use jiff::civil::Date;
use rayon::prelude::*;

/// Calendar days a forecast reaches: sixty business days and holidays.
const AHEAD: i64 = 100;

/// First step of the search, in logarithms.
const FIRST_STEP: f64 = 0.3;

/// Loss below which nothing is gained.
const LEAST_GAIN: f64 = 0.01;

/// Prior standard deviation of a size or a spread, in logarithms: within a half and twice, mostly.
const PRIOR_SD: f64 = 0.5;

/// Origins whose loss counts once: with so many, the standard errors in the loss are those of shares (`forecast_scores`).
const ORIGINS_OF_A_UNIT: f64 = 60.0;

/// Fewest origins from which sizes can be told.
const FEWEST_ORIGINS: usize = 5;

/// A size or a spread of the third stage.
#[derive(Clone, Copy, Debug)]
pub struct ForecastSize {
    /// The parameter.
    pub info: &'static ParameterInfo,
    /// Whether it is the standard deviation from path to path, or the value itself.
    pub is_spread: bool,
    /// Where the search started.
    pub before: f64,
    /// Where it ended.
    pub after: f64,
}

impl ForecastSize {
    /// What the parameter becomes where `middle` is its value otherwise: the size itself, or a distribution around the
    /// middle, lognormal where the parameter cannot be negative.
    pub fn around(&self, middle: f64) -> Quantity {
        /// Spread in logarithms beyond which a median says nothing.
        const WIDEST: f64 = 2.0;
        if !self.is_spread {
            Quantity::Fixed(self.after)
        } else if self.info.low >= 0.0 && middle > 0.0 {
            let sigma = (self.after / middle).min(WIDEST);
            Quantity::Random(Distribution::Lognormal { median: middle, sigma })
        } else {
            Quantity::Random(Distribution::Normal { mean: middle, sd: self.after })
        }
    }
}

/// What the third stage found.
#[derive(Clone, Debug)]
pub struct ForecastsFitted {
    /// Sizes and spreads, in the order of the file.
    pub sizes: Vec<ForecastSize>,
    /// Origins scored.
    pub origins: usize,
    /// What was minimised, before and after.
    pub loss: (f64, f64),
    /// Scores before.
    pub before: Vec<CellScore>,
    /// Scores after.
    pub after: Vec<CellScore>,
}

struct Case<'h> {
    known: AsKnown<'h>,
    scenario: Scenario,
    measured: Measured,
}

/// Forecasts from the origins of a window, to be scored with any sizes.
pub struct ForecastProblem<'h> {
    fit: ForecastFit,
    cases: Vec<Case<'h>>,
    came: Measured,
    fitted: Parameters<f64>,
}

impl<'h> ForecastProblem<'h> {
    /// The forecasts of a calibration whose other stages are done; none if its file asks for none.
    ///
    /// # Errors
    /// A series is absent or wrong, or the window holds too few origins.
    pub fn new(
        calibration: &Calibration,
        problem: &Problem,
        calibrated: &Calibrated,
        history: &'h History,
    ) -> Result<Option<ForecastProblem<'h>>, CalibrationError> {
        let Some(fit) = calibration.forecasts.clone() else { return Ok(None) };
        let closes = problem.closes(&problem.parameters(&calibrated.best.z)).ok_or(CalibrationError::NotStarted)?;
        let days = origins(FIRST_ORIGIN, calibration.to).into_iter().filter(|day| *day >= calibration.from);
        let days: Vec<Date> = days.step_by(fit.every).collect();
        if days.len() < FEWEST_ORIGINS {
            return Err(CalibrationError::FewOrigins(days.len()));
        }
        let came = Measured::read(&history.as_known(calibration.to), calibration.from)?;
        let fitted = &calibrated.parameters;
        let cases: Result<Vec<Case<'h>>, CalibrationError> =
            days.into_par_iter().map(|day| case(history, day, &fit, fitted, &closes)).collect();
        Ok(Some(ForecastProblem { fit, cases: cases?, came, fitted: fitted.clone() }))
    }

    /// Coordinates of the search: the logarithms of all factors.
    pub fn coordinates(&self) -> usize {
        self.fit.sizes.len() + self.fit.spreads.len()
    }

    /// Rounds of the search.
    pub fn rounds(&self) -> u64 {
        self.fit.rounds
    }

    /// A search at the values of the other stages.
    pub fn start(&self) -> PatternSearch {
        PatternSearch::start(&|z| self.loss(z), vec![0.0; self.coordinates()], FIRST_STEP)
    }

    /// Carries out a round of a search; `moved` is called after each coordinate.
    pub fn round(&self, search: &mut PatternSearch, moved: &dyn Fn()) {
        search.round(&|z| self.loss(z), LEAST_GAIN, moved);
    }

    /// Sizes and spreads where a search stands.
    pub fn sizes(&self, z: &[f64]) -> Vec<ForecastSize> {
        let values = self.fitted.values();
        let of = |info: &ParameterInfo| {
            PARAMETERS.iter().position(|at| at.name == info.name).map_or(info.default, |position| *values[position])
        };
        let sizes = self.fit.sizes.iter().map(|info| (*info, false, of(info), info.high));
        let spreads = self.fit.spreads.iter().map(|(info, sd)| (*info, true, *sd, info.high - info.low));
        let all = sizes.chain(spreads).zip(z);
        all.map(|((info, is_spread, before, high), z)| {
            let low = if is_spread { 0.0 } else { info.low };
            ForecastSize { info, is_spread, before, after: (before * z.exp()).clamp(low, high) }
        })
        .collect()
    }

    /// What is minimised; infinite where a forecast cannot be made.
    pub fn loss(&self, z: &[f64]) -> f64 {
        self.scores(z).map_or(f64::INFINITY, |scores| self.whole_loss(z, &scores))
    }

    /// The loss of the scores, which weighs as much as the origins are many, and that of leaving the prior sizes.
    fn whole_loss(&self, z: &[f64], scores: &[CellScore]) -> f64 {
        let prior: f64 = z.iter().map(|z| (z / PRIOR_SD).powi(2)).sum();
        loss(scores) * self.cases.len() as f64 / ORIGINS_OF_A_UNIT + 0.5 * prior
    }

    fn scores(&self, z: &[f64]) -> Option<Vec<CellScore>> {
        let sizes = self.sizes(z);
        let held: Option<Vec<_>> = self
            .cases
            .par_iter()
            .map(|case| {
                let mut scenario = case.scenario.clone();
                put(&sizes, &mut scenario.parameters);
                start_at_levels(&case.known, &mut scenario).ok()?;
                Some(hold(&forecast(&scenario).ok()?, &case.measured, &self.came))
            })
            .collect();
        Some(cell_scores(&held?.concat()))
    }

    /// What a search found.
    ///
    /// # Errors
    /// The forecasts cannot be made at its start or its end.
    pub fn conclude(&self, search: &PatternSearch) -> Result<ForecastsFitted, CalibrationError> {
        let scores = |z: &[f64]| self.scores(z).ok_or(CalibrationError::NotStarted);
        let (before, after) = (scores(&vec![0.0; self.coordinates()])?, scores(&search.place)?);
        Ok(ForecastsFitted {
            sizes: self.sizes(&search.place),
            origins: self.cases.len(),
            loss: (self.loss(&vec![0.0; self.coordinates()]), self.loss(&search.place)),
            before,
            after,
        })
    }
}

/// The world as of an origin with the parameters fitted on the window, and the ample level that the fit has on that day.
fn case<'h>(
    history: &'h History,
    day: Date,
    fit: &ForecastFit,
    fitted: &Parameters<f64>,
    closes: &[Close],
) -> Result<Case<'h>, CalibrationError> {
    let known = known_of(history, day);
    let mut scenario = scenario(&known, day, day.saturating_add(AHEAD.days()))?;
    for (info, value) in PARAMETERS.iter().zip(fitted.values()) {
        if !OF_THE_DAY.contains(&info.name) && *value != info.default {
            *scenario.parameters.get_mut(info.name).expect("the table names its own") = Quantity::Fixed(*value);
        }
    }
    let close = closes.partition_point(|close| close.date <= day);
    if let Some(close) = close.checked_sub(1).map(|last| closes[last]) {
        scenario.parameters.ample_reserves = Quantity::Fixed(close.ample_reserves);
    }
    scenario.paths = fit.paths;
    scenario.seed = u64::from(day.year().unsigned_abs()) * 10_000 + (day.month() as u64) * 100 + day.day() as u64;
    let measured = Measured::read(&known, day.saturating_sub(AHEAD.days()))?;
    Ok(Case { known, scenario, measured })
}

/// Puts sizes and spreads into a scenario's parameters.
fn put(sizes: &[ForecastSize], parameters: &mut Parameters<Quantity>) {
    for size in sizes {
        let place = parameters.get_mut(size.info.name).expect("a size is a parameter of the table");
        *place = size.around(place.typical());
    }
}
