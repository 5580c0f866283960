//! One origin: the model and three benchmarks say what is to come, and are held to it.

use super::benchmarks::{Autoregression, Known, climatology_of_changes, climatology_of_levels, random_walk};
use super::draws::uniforms;
use crate::calendar::marks;
use crate::forecast::{Forecast, ForecastEvent, HORIZONS, Measured, Target};
use crate::statistics::scores::{Crps, Pit, crps};
use jiff::civil::Date;

/// Who forecasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forecaster {
    /// This model.
    Model,
    /// The last value, plus changes as they have been.
    RandomWalk,
    /// What this time of the year has brought.
    Climatology,
    /// An autoregression with calendar dummies.
    Autoregression,
}

impl Forecaster {
    /// All, the model first.
    pub const ALL: [Forecaster; 4] =
        [Forecaster::Model, Forecaster::RandomWalk, Forecaster::Climatology, Forecaster::Autoregression];

    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            Forecaster::Model => "tidegate",
            Forecaster::RandomWalk => "random walk",
            Forecaster::Climatology => "climatology",
            Forecaster::Autoregression => "autoregression",
        }
    }
}

/// Probabilities of the quantiles that are kept of every forecast.
pub const QUANTILES: [f64; 13] = [0.01, 0.025, 0.05, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 0.95, 0.975, 0.99];

/// What a forecaster said of one variable on one day, and how well.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// Quantiles at [`QUANTILES`].
    pub quantiles: [f64; QUANTILES.len()],
    /// Continuous ranked probability score, in the variable's unit.
    pub crps: f64,
    /// Where the outcome fell.
    pub pit: Pit,
}

/// One variable on one day, seen from one origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// The day at whose close the forecast starts.
    pub origin: Date,
    /// The day forecast.
    pub date: Date,
    /// Business days between them.
    pub horizon: usize,
    /// The variable.
    pub target: Target,
    /// Its value at the origin.
    pub at_origin: f64,
    /// What came.
    pub outcome: f64,
    /// In the order of [`Forecaster::ALL`]; none where a benchmark knew too little.
    pub said: [Option<Said>; Forecaster::ALL.len()],
}

/// One question about the days to a horizon, seen from one origin.
#[derive(Clone, Debug, PartialEq)]
pub struct EventTrial {
    /// The day at whose close the forecast starts.
    pub origin: Date,
    /// The question.
    pub event: ForecastEvent,
    /// The model's probability.
    pub probability: f64,
    /// How often it had happened in as many days, over everything known at the origin.
    pub climatology: f64,
    /// Whether it did.
    pub happened: bool,
}

/// A day on which reserves are needed or change hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SpecialDay {
    /// Last business day of a quarter.
    QuarterEnd,
    /// A date on which taxes are due.
    TaxDate,
    /// A day on which notes and bonds settle.
    Settlement,
}

impl SpecialDay {
    /// All of them.
    pub const ALL: [SpecialDay; 3] = [SpecialDay::QuarterEnd, SpecialDay::TaxDate, SpecialDay::Settlement];

    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            SpecialDay::QuarterEnd => "quarter-ends",
            SpecialDay::TaxDate => "tax dates",
            SpecialDay::Settlement => "settlement days",
        }
    }

    /// Whether a date is one.
    pub fn is(self, date: Date) -> bool {
        let marks = marks(date);
        match self {
            SpecialDay::QuarterEnd => marks.quarter_end,
            SpecialDay::TaxDate => marks.tax.is_some(),
            SpecialDay::Settlement => marks.coupons_settle.is_some(),
        }
    }
}

/// Everything that is scored of one origin.
#[derive(Clone, Debug, Default)]
pub struct Trials {
    /// Every variable at every horizon.
    pub at_horizons: Vec<Trial>,
    /// Every variable on the special days of the next twenty business days; the model alone.
    pub on_special_days: Vec<Trial>,
    /// Every event.
    pub events: Vec<EventTrial>,
}

/// Draws of the autoregression's sample.
const DRAWS: usize = 1_000;

/// Scores a forecast against what came; `known` is what was measured at the origin, `came` what is now.
pub fn hold_to_account(forecast: &Forecast, known: &Measured, came: &Measured) -> Trials {
    let mut trials = Trials::default();
    for target in Target::ALL {
        let history = known.up_to(target, forecast.origin);
        let Some(&(_, at_origin)) = history.last() else { continue };
        let benchmarks = Known::new(history);
        let autoregression = benchmarks.as_ref().and_then(Autoregression::estimate);
        let trial = |day: usize, with_benchmarks: bool| {
            let date = forecast.days[day];
            let outcome = came.on(target, date)?;
            let of = |sample: Vec<f64>| said(sample, target, outcome);
            let mut said = [Some(of(forecast.sample(target, day).to_vec())), None, None, None];
            if with_benchmarks && let Some(known) = &benchmarks {
                let climatology =
                    if target.is_rate() { climatology_of_levels } else { climatology_of_changes };
                let least = if target.is_rate() { f64::NEG_INFINITY } else { 0.0 };
                // No account holds less than nothing.
                let of = |sample: Vec<f64>| of(sample.into_iter().map(|value| value.max(least)).collect());
                said[1] = random_walk(known, date).map(of);
                said[2] = climatology(known, date).map(of);
                let draws = uniforms(day as u32);
                said[3] = autoregression.as_ref().and_then(|model| model.sample(date, DRAWS, draws)).map(of);
            }
            Some(Trial { origin: forecast.origin, date, horizon: day, target, at_origin, outcome, said })
        };
        trials.at_horizons.extend(HORIZONS.into_iter().filter_map(|day| trial(day, true)));
        let special = (1..=ForecastEvent::WINDOW)
            .filter(|day| SpecialDay::ALL.iter().any(|kind| kind.is(forecast.days[*day])));
        trials.on_special_days.extend(special.filter_map(|day| trial(day, false)));
    }
    trials.events = ForecastEvent::ALL
        .iter()
        .zip(forecast.probabilities)
        .filter_map(|(event, probability)| event_trial(forecast, *event, probability, known, came))
        .collect();
    trials
}

fn said(mut sample: Vec<f64>, target: Target, outcome: f64) -> Said {
    sample.iter_mut().for_each(|value| *value = target.as_published(*value));
    sample.sort_by(f64::total_cmp);
    let quantile = |p: f64| sample[((sample.len() - 1) as f64 * p).round() as usize];
    Said {
        quantiles: QUANTILES.map(quantile),
        pit: Pit::of(&sample, outcome, 0.5 * target.tick()),
        crps: crps(&mut sample.clone(), outcome, Crps::OfTheSample).unwrap_or(f64::NAN),
    }
}

/// Held to account only where every day of the window is known.
fn event_trial(
    forecast: &Forecast,
    event: ForecastEvent,
    probability: f64,
    known: &Measured,
    came: &Measured,
) -> Option<EventTrial> {
    let after = |series: &[(Date, f64)], place: usize| {
        let (_, at_origin) = series[place];
        let days = series.get(place + 1..=place + ForecastEvent::WINDOW)?;
        Some(days.iter().any(|(_, value)| event.happens(*value, at_origin)))
    };
    let series = came.series(event.target);
    let origin = series.binary_search_by(|(date, _)| date.cmp(&forecast.origin)).ok()?;
    let happened = after(series, origin)?;
    let past = known.up_to(event.target, forecast.origin);
    let windows: Vec<bool> = (0..past.len()).filter_map(|place| after(past, place)).collect();
    let climatology = windows.iter().filter(|happened| **happened).count() as f64 / windows.len().max(1) as f64;
    Some(EventTrial { origin: forecast.origin, event, probability, climatology, happened })
}
