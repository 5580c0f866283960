//! A forecast: what the paths of a scenario say of every target at every horizon.

use super::events::ForecastEvent;
use super::target::{LONGEST, Target};
use crate::scenario::{self, Scenario};
use crate::simulation::{LeakFound, Settings, simulate};
use jiff::civil::Date;

/// The sample of every target on every day.
#[derive(Clone, Debug)]
pub struct Forecast {
    /// The day at whose close it starts.
    pub origin: Date,
    /// The origin and the days after it.
    pub days: Vec<Date>,
    /// By target and day: one value per path, as published, ascending.
    pub samples: Vec<Vec<Vec<f64>>>,
    /// Probability of each event of [`ForecastEvent::ALL`].
    pub probabilities: [f64; ForecastEvent::ALL.len()],
}

impl Forecast {
    /// The sample of a target so many business days after the origin.
    pub fn sample(&self, target: Target, day: usize) -> &[f64] {
        &self.samples[target as usize][day]
    }
}

/// Simulates a scenario and reads every target on every day up to the longest horizon.
///
/// # Errors
/// The books of a path do not add up.
///
/// # Panics
/// If the scenario is shorter than the longest horizon.
pub fn forecast(scenario: &Scenario) -> Result<Forecast, LeakFound> {
    let plan = scenario::plan(scenario);
    let outcomes = simulate(scenario, &plan, Settings::default(), &|_| ())?;
    let mut days = plan.published_dates();
    days.truncate(LONGEST + 1);
    assert_eq!(days.len(), LONGEST + 1, "a forecast reaches its longest horizon");
    let column = |target: Target, day: usize| -> Vec<f64> {
        let simulated = outcomes.derived(day, &plan.derivation(target.variable(), day));
        simulated.into_iter().map(|value| target.as_published(value)).collect()
    };
    let probabilities = ForecastEvent::ALL.map(|event| {
        let at_origin = column(event.target, 0);
        let mut happened = vec![false; at_origin.len()];
        for day in 1..=ForecastEvent::WINDOW {
            for (path, value) in column(event.target, day).into_iter().enumerate() {
                happened[path] |= event.happens(value, at_origin[path]);
            }
        }
        happened.iter().filter(|happened| **happened).count() as f64 / happened.len() as f64
    });
    let sorted = |target: Target, day: usize| {
        let mut sample = column(target, day);
        sample.sort_by(f64::total_cmp);
        sample
    };
    let samples = Target::ALL.iter().map(|&target| (0..days.len()).map(|day| sorted(target, day)).collect()).collect();
    Ok(Forecast { origin: scenario.start, days, samples, probabilities })
}
