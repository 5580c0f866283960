//! The least-squares problem: misses of the conditional run, in units of their expected size, and misses of the prior.
//!
//! ```text
//! r = [ √weight (run − published) / error  for each target and week in the window,
//!       (x − mean) / sd                    for each parameter ]
//! ```

use super::bounded::Coordinate;
use super::conditional::{Close, ConditionalRun};
use super::targets::{Measure, Week, published_weeks, simulated};
use crate::history::{AsKnown, HistoryError};
use crate::model::Parameters;
use jiff::civil::Date;

/// A measure to be met.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// Which.
    pub measure: Measure,
    /// The miss of a week that counts as one, in the measure's unit.
    pub error: f64,
    /// How much its sum of squares counts.
    pub weight: f64,
    /// First day from which its misses count.
    pub from: Date,
}

/// A target with the weeks that were published.
#[derive(Clone, Debug)]
pub struct Published {
    /// The target.
    pub target: Target,
    /// Every week of the run, in the window or after it.
    pub weeks: Vec<Week>,
}

/// What is minimised.
pub struct Problem {
    run: ConditionalRun,
    published: Vec<Published>,
    /// The parameters to be fitted.
    pub coordinates: Vec<Coordinate>,
    /// All others.
    pub fixed: Parameters<f64>,
    /// Last day whose misses count.
    pub until: Date,
}

impl Problem {
    /// A problem on a run that may go on after `until`, the last day of the window.
    ///
    /// # Errors
    /// A target's series is absent or wrong.
    pub fn new(
        run: ConditionalRun,
        known: &AsKnown<'_>,
        targets: &[Target],
        coordinates: Vec<Coordinate>,
        fixed: Parameters<f64>,
        until: Date,
    ) -> Result<Problem, HistoryError> {
        let days: Vec<Date> = run.plan().days.iter().map(|day| day.date).collect();
        let published = targets
            .iter()
            .map(|target| Ok(Published { target: *target, weeks: published_weeks(known, target.measure, &days)? }))
            .collect::<Result<_, HistoryError>>()?;
        Ok(Problem::on(run, published, coordinates, fixed, until))
    }

    /// A problem on given weeks.
    pub fn on(
        run: ConditionalRun,
        published: Vec<Published>,
        coordinates: Vec<Coordinate>,
        fixed: Parameters<f64>,
        until: Date,
    ) -> Problem {
        Problem { run, published, coordinates, fixed, until }
    }

    /// All parameters where the search stands at `z`.
    pub fn parameters(&self, z: &[f64]) -> Parameters<f64> {
        let mut parameters = self.fixed.clone();
        for (coordinate, z) in self.coordinates.iter().zip(z) {
            let place = parameters.get_mut(coordinate.info.name).expect("a coordinate is a parameter of the table");
            *place = coordinate.value(*z);
        }
        parameters
    }

    /// The run.
    pub fn run(&self) -> &ConditionalRun {
        &self.run
    }

    /// The targets with their weeks.
    pub fn published(&self) -> &[Published] {
        &self.published
    }

    /// The run with some parameters; none if its books do not add up, which they do for finite ones.
    pub fn closes(&self, parameters: &Parameters<f64>) -> Option<Vec<Close>> {
        self.run.live(parameters).ok()
    }

    /// Residuals of the window's weeks, then of the prior.
    pub fn residuals(&self, z: &[f64]) -> Option<Vec<f64>> {
        let closes = self.closes(&self.parameters(z))?;
        let mut residuals = Vec::new();
        for Published { target, weeks } in &self.published {
            let scale = target.weight.sqrt() / target.error;
            let within = weeks.iter().filter(|week| target.from <= week.ends && week.ends <= self.until);
            residuals.extend(within.map(|week| scale * (simulated(target.measure, week, &closes) - week.published)));
        }
        let prior = self.coordinates.iter().zip(z);
        residuals.extend(prior.map(|(coordinate, z)| (coordinate.value(*z) - coordinate.mean) / coordinate.sd));
        Some(residuals)
    }

    /// Number of the window's weeks of each target, in the order of the residuals.
    pub fn weeks_in_window(&self) -> Vec<usize> {
        let within = |published: &Published| {
            let counts = |week: &&Week| published.target.from <= week.ends && week.ends <= self.until;
            published.weeks.iter().filter(counts).count()
        };
        self.published.iter().map(within).collect()
    }
}

/// Root mean square of a run's misses of a target over the weeks that end in a span; none without weeks.
pub fn rmse(published: &Published, closes: &[Close], from: Date, to: Date) -> Option<f64> {
    let misses: Vec<f64> = published
        .weeks
        .iter()
        .filter(|week| from <= week.ends && week.ends <= to)
        .map(|week| simulated(published.target.measure, week, closes) - week.published)
        .collect();
    let squares: f64 = misses.iter().map(|miss| miss * miss).sum();
    (!misses.is_empty()).then(|| (squares / misses.len() as f64).sqrt())
}
