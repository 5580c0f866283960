//! A calibration from its file to its result.

use super::bounded::Coordinate;
use super::calendar_fit::{CalendarFit, fit_calendar};
use super::conditional::ConditionalRun;
use super::fit::{Identification, Search, identify};
use super::forecasts::ForecastsFitted;
use super::problem::{Problem, Published, Target, rmse};
use super::shocks::{ShockSize, fit_shocks};
use super::targets::Measure;
use crate::as_of::{AsOfError, known_of, vintage};
use crate::history::{History, HistoryError};
use crate::model::{PARAMETERS, Parameters};
use crate::scenario::Calibration;
use jiff::civil::Date;
use std::fmt;

/// Why a calibration has no result.
#[derive(Debug)]
pub enum CalibrationError {
    /// The opening cannot be told.
    Opening(AsOfError),
    /// A series cannot be read.
    History(HistoryError),
    /// No search could be started: the run fails at the prior means.
    NotStarted,
    /// The window holds too few origins of forecasts: so many.
    FewOrigins(usize),
}

impl fmt::Display for CalibrationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CalibrationError::Opening(error) => write!(f, "{error}"),
            CalibrationError::History(error) => write!(f, "{error}"),
            CalibrationError::NotStarted => f.write_str("the run cannot be carried out with the priors of the file"),
            CalibrationError::FewOrigins(count) => {
                write!(
                    f,
                    "`[forecasts]` needs five origins at least, and finds {count} in the window from July 2021 on"
                )
            }
        }
    }
}

impl std::error::Error for CalibrationError {}

impl From<HistoryError> for CalibrationError {
    fn from(error: HistoryError) -> CalibrationError {
        CalibrationError::History(error)
    }
}

impl From<AsOfError> for CalibrationError {
    fn from(error: AsOfError) -> CalibrationError {
        CalibrationError::Opening(error)
    }
}

/// The problem that a calibration file poses on a folder of history.
///
/// # Errors
/// The opening's day is no business day, or history does not hold the days of the run.
pub fn prepare(calibration: &Calibration, history: &History) -> Result<Problem, CalibrationError> {
    let opening = vintage(&known_of(history, calibration.from), calibration.from)?;
    let known = known_of(history, calibration.run_to);
    let ample = opening.state.ample_reserves.value;
    let run = ConditionalRun::of(opening, &known, calibration.run_to)?;
    let mut fixed = Parameters::defaults();
    // The ample level belongs to an era: unless the file says otherwise, it is the opening's.
    fixed.ample_reserves = ample;
    for (info, value) in &calibration.fixed {
        *fixed.get_mut(info.name).expect("the reader knows the table") = *value;
    }
    let coordinates = calibration.fit.iter().map(|fitted| {
        let position = PARAMETERS.iter().position(|info| info.name == fitted.info.name);
        let of_the_opening = fitted.info.name == "ample_reserves" && fitted.mean == fitted.info.default;
        Coordinate {
            info: fitted.info,
            position: position.expect("the reader knows the table"),
            mean: if of_the_opening { ample } else { fitted.mean },
            sd: fitted.sd,
        }
    });
    let targets = calibration.targets.iter().filter_map(|line| {
        let measure = Measure::ALL.into_iter().find(|measure| measure.name() == line.name)?;
        Some(Target { measure, error: line.error, weight: line.weight, from: line.from })
    });
    let targets: Vec<Target> = targets.collect();
    Ok(Problem::new(run, &known, &targets, coordinates.collect(), fixed, calibration.to)?)
}

/// Root mean squares of a target's misses.
#[derive(Clone, Debug, PartialEq)]
pub struct Misses {
    /// The target.
    pub measure: Measure,
    /// At the prior means, over the whole run from the target's first day.
    pub before: f64,
    /// In the window.
    pub within: f64,
    /// After the window; none if the run ends with it.
    pub after: Option<f64>,
    /// From the target's first day to the end of the run.
    pub all: f64,
}

/// What a calibration found.
#[derive(Clone, Debug)]
pub struct Calibrated {
    /// The searches, in order of their numbers.
    pub searches: Vec<Search>,
    /// The best of them.
    pub best: Search,
    /// What it can and cannot tell.
    pub identification: Identification,
    /// Every parameter with the fitted values.
    pub parameters: Parameters<f64>,
    /// Misses of each target.
    pub misses: Vec<Misses>,
    /// The ample level at the close of the last day of each month of the run, of the window, and of the run.
    pub ample_level: Vec<(Date, f64)>,
    /// The calendar of the operating flow, where it was estimated.
    pub calendar: Option<CalendarFit>,
    /// Sizes of shocks.
    pub shocks: Vec<ShockSize>,
    /// What the third stage found; none if the file asks for none or it is still to come.
    pub forecasts: Option<ForecastsFitted>,
}

impl Calibrated {
    /// The ample level at the close of the last month's end, or the run's, that is no later than a day.
    pub fn ample_level_on(&self, day: Date) -> Option<f64> {
        let until = self.ample_level.partition_point(|(date, _)| *date <= day);
        Some(self.ample_level[until.checked_sub(1)?].1)
    }
}

/// Examines the best of the searches and fits what is fitted after it.
///
/// # Errors
/// No search ended, or a series of the second stage cannot be read.
pub fn conclude(
    calibration: &Calibration,
    problem: &Problem,
    history: &History,
    mut searches: Vec<Search>,
) -> Result<Calibrated, CalibrationError> {
    searches.sort_by_key(|search| search.number);
    let best = searches.iter().min_by(|a, b| a.sum_of_squares.total_cmp(&b.sum_of_squares)).cloned();
    let best = best.ok_or(CalibrationError::NotStarted)?;
    let identification = identify(problem, &best.z).ok_or(CalibrationError::NotStarted)?;
    let mut parameters = problem.parameters(&best.z);
    let closes = problem.closes(&parameters).ok_or(CalibrationError::NotStarted)?;
    let means: Vec<f64> = problem.coordinates.iter().map(|coordinate| coordinate.place(coordinate.mean)).collect();
    let before = problem.closes(&problem.parameters(&means)).ok_or(CalibrationError::NotStarted)?;
    let misses = problem.published().iter().filter_map(|published: &Published| {
        let (from, to, end) = (published.target.from, calibration.to, calibration.run_to);
        let later = to.tomorrow().unwrap_or(to);
        Some(Misses {
            measure: published.target.measure,
            before: rmse(published, &before, from, end)?,
            within: rmse(published, &closes, from, to)?,
            after: rmse(published, &closes, later, end),
            all: rmse(published, &closes, from, end)?,
        })
    });
    let misses = misses.collect();
    let last_of_month = |pair: &[super::conditional::Close]| {
        pair[0].date.month() != pair[1].date.month() || pair[0].date <= calibration.to && pair[1].date > calibration.to
    };
    let mut ample_level: Vec<(Date, f64)> = closes
        .windows(2)
        .filter(|pair| last_of_month(pair))
        .map(|pair| (pair[0].date, pair[0].ample_reserves))
        .collect();
    ample_level.extend(closes.last().map(|close| (close.date, close.ample_reserves)));

    let days = &problem.run().plan().days;
    let inside = days.partition_point(|day| day.date <= calibration.to);
    let calendar = if calibration.calendar {
        fit_calendar(&days[..inside], &problem.run().flows()[..inside], &problem.fixed)
    } else {
        None
    };
    for (name, value, _) in calendar.iter().flat_map(|calendar| &calendar.coefficients) {
        *parameters.get_mut(name).expect("an effect is a parameter of the table") = *value;
    }
    let unforeseen = calendar.as_ref().map_or(&[][..], |calendar| &calendar.unforeseen);
    let known = known_of(history, calibration.to);
    let shocks =
        fit_shocks(problem.run(), &closes, &known, &parameters, unforeseen, calibration.to, &calibration.shocks)?;
    for size in &shocks {
        *parameters.get_mut(size.name).expect("a size is a parameter of the table") = size.after;
    }
    Ok(Calibrated {
        searches,
        best,
        identification,
        parameters,
        misses,
        ample_level,
        calendar,
        shocks,
        forecasts: None,
    })
}
