//! One origin: the model and three benchmarks say what is to come, and are held to it.

use super::benchmarks::{Autoregression, Known, climatology_of_changes, climatology_of_levels, random_walk};
use super::draws::uniforms;
use super::forecaster::Forecaster;
use crate::forecast::SpecialDay;
use crate::forecast::{Forecast, ForecastEvent, HORIZONS, Measured, Target};
use crate::statistics::scores::{CentralBand, Crps, Pit, crps};
use jiff::civil::{Date, date};

/// Probabilities of the quantiles that are kept of every forecast.
pub const QUANTILES: [f64; 13] = [0.01, 0.025, 0.05, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 0.95, 0.975, 0.99];

/// What a forecaster said of one variable on one day, and how well.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// Quantiles at [`QUANTILES`].
    pub quantiles: [f64; QUANTILES.len()],
    /// Continuous ranked probability score, in the variable's unit, fair to samples of different sizes.
    pub crps: f64,
    /// Where the outcome fell.
    pub pit: Pit,
}

impl Said {
    /// What was said to be exceeded with so much probability, one of [`QUANTILES`]; none of any other.
    pub fn quantile(&self, probability: f64) -> Option<f64> {
        QUANTILES.iter().position(|of| *of == probability).map(|place| self.quantiles[place])
    }

    /// Whether a central band held the outcome, its ends included; none if its ends are not among [`QUANTILES`].
    pub fn held_by(&self, band: CentralBand, outcome: f64, tolerance: f64) -> Option<bool> {
        let ends = (self.quantile(band.low)?, self.quantile(band.high)?);
        Some(CentralBand::holds(ends, outcome, tolerance))
    }
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

impl Trial {
    /// What a forecaster said, if it did.
    pub fn by(&self, forecaster: Forecaster) -> Option<&Said> {
        self.said[forecaster as usize].as_ref()
    }
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
            let mut said = [of(forecast.sample(target, day).to_vec()), None, None, None];
            if with_benchmarks && let Some(known) = &benchmarks {
                let climatology = if target.is_rate() { climatology_of_levels } else { climatology_of_changes };
                let draws = uniforms(purpose(forecast.origin, day));
                let samples = [
                    random_walk(known, date),
                    climatology(known, date),
                    autoregression.as_ref().and_then(|model| model.sample(date, DRAWS, draws)),
                ];
                for (said, sample) in said[1..].iter_mut().zip(samples) {
                    *said = sample.and_then(of);
                }
            }
            Some(Trial { origin: forecast.origin, date, horizon: day, target, at_origin, outcome, said })
        };
        trials.at_horizons.extend(HORIZONS.into_iter().filter_map(|day| trial(day, true)));
        let special =
            (1..=ForecastEvent::WINDOW).filter(|day| SpecialDay::ALL.iter().any(|kind| kind.is(forecast.days[*day])));
        trials.on_special_days.extend(special.filter_map(|day| trial(day, false)));
    }
    trials.events = ForecastEvent::ALL
        .iter()
        .zip(forecast.probabilities)
        .filter_map(|(event, probability)| event_trial(forecast, *event, probability, known, came))
        .collect();
    trials
}

/// Draws of their own for every origin and horizon.
fn purpose(origin: Date, day: usize) -> u32 {
    let days = origin.since(date(2000, 1, 1)).map_or(0, |span| span.get_days());
    days.unsigned_abs() * 100 + day as u32
}

/// What a sample says, in the steps of the target and not below its least; none if it cannot be scored.
pub(super) fn said(mut sample: Vec<f64>, target: Target, outcome: f64) -> Option<Said> {
    sample.iter_mut().for_each(|value| *value = target.as_published(value.max(target.least())));
    let crps = crps(&mut sample, outcome, Crps::OfItsDistribution)?;
    let quantile = |p: f64| sample[((sample.len() - 1) as f64 * p).round() as usize];
    Some(Said { quantiles: QUANTILES.map(quantile), pit: Pit::of(&sample, outcome, target.tolerance()), crps })
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

#[cfg(test)]
mod tests {
    use super::*;

    /// 101 members 0, 1, …, 100: every quantile is a member.
    #[test]
    fn quantiles_are_members_and_bands_are_between_them() {
        let said = said((0..=100).rev().map(f64::from).collect(), Target::SofrIorb, 95.0).expect("a sample");
        assert_eq!((said.quantile(0.05), said.quantile(0.75), said.quantile(0.3)), (Some(5.0), Some(75.0), None));
        assert_eq!(said.held_by(CentralBand::NINETY, 95.0, 0.5), Some(true));
        assert_eq!(said.held_by(CentralBand::NINETY, 96.0, 0.5), Some(false));
        assert_eq!(said.pit, Pit { low: 95.0 / 102.0, high: 97.0 / 102.0 });
    }

    /// Of $0.04bn and less nothing is left, and no take-up is negative: all four members equal an outcome of nothing.
    #[test]
    fn what_counts_as_nothing_equals_nothing() {
        let sample = vec![-6.0, 0.0, 0.02, 0.04];
        let facility = said(sample.clone(), Target::StandingRepo, 0.0).expect("a sample");
        assert_eq!((facility.crps, facility.pit), (0.0, Pit { low: 0.0, high: 1.0 }));
        // In whole basis points they are −6, 0, 0, 0: mean error 6/4 less half of 2 · 3 · 6 over 12 ordered pairs.
        let spread = said(sample, Target::EffrIorb, 0.0).expect("a sample");
        assert!(spread.crps.abs() < 1e-12, "{}", spread.crps);
        assert_eq!(said(vec![1.0], Target::EffrIorb, 0.0), None);
    }
}
