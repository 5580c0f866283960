//! A scenario with every path it was simulated on, and what is asked of each path.

use crate::model::{Plan, Variable};
use crate::scenario::{self, Scenario};
use crate::simulation::{LeakFound, Settings, simulate_paths};
use crate::statistics::{Outcomes, TILE, quantiles};
use jiff::civil::Date;
use rayon::prelude::*;
use std::ops::Range;

/// A scenario, its days and its paths.
#[derive(Clone, Debug)]
pub struct Run {
    /// The story.
    pub scenario: Scenario,
    /// Its days.
    pub plan: Plan,
    /// What every path published.
    pub outcomes: Outcomes,
}

/// How the days of a path become one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// The highest day.
    Highest,
    /// The lowest day.
    Lowest,
    /// The mean day.
    Mean,
    /// The median day.
    Median,
}

/// One number per path: a published variable, over the days of a window.
#[derive(Clone, Debug, PartialEq)]
pub struct PathStatistic {
    /// The variable.
    pub variable: Variable,
    /// What is taken of its days.
    pub over: Over,
    /// Published days, of which the opening is number 0.
    pub days: Range<usize>,
}

impl Run {
    /// Simulates a scenario; `progress` is told how many more paths are done.
    ///
    /// # Errors
    /// The books of a path do not add up.
    pub fn simulate(scenario: Scenario, progress: &(dyn Fn(u64) + Sync)) -> Result<Run, LeakFound> {
        let paths = 0..scenario.paths;
        Run::simulate_paths(scenario, paths, progress)
    }

    /// Simulates a stretch of the paths of a scenario, which begins at a multiple of [`TILE`](crate::statistics::TILE).
    ///
    /// # Errors
    /// The books of a path do not add up.
    ///
    /// # Panics
    /// If the stretch begins elsewhere.
    pub fn simulate_paths(
        scenario: Scenario,
        paths: Range<u64>,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Run, LeakFound> {
        let plan = scenario::plan(&scenario);
        let outcomes = simulate_paths(&scenario, &plan, paths, Settings::default(), progress)?;
        Ok(Run { scenario, plan, outcomes })
    }

    /// All days after the opening.
    pub fn days(&self) -> Range<usize> {
        1..self.outcomes.days
    }

    /// The published days after the opening from one date to another, both included.
    pub fn days_between(&self, from: Date, to: Date) -> Range<usize> {
        let dates = self.plan.published_dates();
        let first = dates.partition_point(|date| *date < from).max(1);
        first..dates.partition_point(|date| *date <= to).max(first)
    }

    /// A variable on a published day, one value per path.
    pub fn published(&self, variable: Variable, day: usize) -> Vec<f64> {
        self.outcomes.derived(day, &self.plan.derivation(variable, day))
    }

    /// One number per path.
    ///
    /// # Panics
    /// If the window holds no day.
    pub fn statistic(&self, statistic: &PathStatistic) -> Vec<f64> {
        self.over_days(statistic.days.clone(), statistic.over, |day| self.published(statistic.variable, day))
    }

    /// One number per path, from a column of values for every day of a window.
    ///
    /// # Panics
    /// If the window holds no day.
    pub fn over_days(&self, days: Range<usize>, over: Over, column: impl Fn(usize) -> Vec<f64>) -> Vec<f64> {
        assert!(!days.is_empty(), "a window holds at least one day");
        let columns: Vec<Vec<f64>> = days.map(column).collect();
        (0..self.outcomes.paths())
            .into_par_iter()
            .map(|path| over.of(&mut columns.iter().map(|column| column[path]).collect::<Vec<f64>>()))
            .collect()
    }
}

impl Over {
    fn of(self, days: &mut [f64]) -> f64 {
        match self {
            Over::Highest => days.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            Over::Lowest => days.iter().copied().fold(f64::INFINITY, f64::min),
            Over::Mean => days.iter().sum::<f64>() / days.len() as f64,
            Over::Median => quantiles(days, &[0.5])[0],
        }
    }
}

/// Paths by the few that are in memory at a time where only what is measured on them is kept: two tiles a thread, or eight in
/// all, of which a year takes 60 kB a path.
pub(super) fn stretches(paths: u64) -> impl Iterator<Item = Range<u64>> {
    let threads = rayon::current_num_threads().min(4) as u64;
    let at_a_time = 2 * threads * TILE as u64;
    (0..paths).step_by(at_a_time as usize).map(move |first| first..paths.min(first + at_a_time))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Simulated;
    use jiff::civil::date;

    fn short(paths: u64) -> Run {
        let mut scenario = scenario::load("baseline_2025q4").expect("a shipped scenario");
        scenario.end = date(2025, 10, 31);
        scenario.set_paths(paths);
        Run::simulate(scenario, &|_| ()).expect("no leak")
    }

    #[test]
    fn statistics_agree_with_a_path_read_day_by_day() {
        let run = short(65);
        let days = run.days_between(date(2025, 10, 4), date(2025, 10, 17));
        // 6 to 17 October without Columbus Day, the 13th: nine business days.
        assert_eq!(days.len(), 9);
        let found = |over| run.statistic(&PathStatistic { variable: Variable::SofrIorb, over, days: days.clone() });
        for path in [0, 64] {
            let mut series = run.outcomes.path(path, Simulated::SofrIorb)[days.clone()].to_vec();
            assert_eq!(found(Over::Mean)[path], series.iter().sum::<f64>() / 9.0);
            series.sort_by(f64::total_cmp);
            assert_eq!(found(Over::Lowest)[path], series[0]);
            assert_eq!(found(Over::Median)[path], series[4]);
            assert_eq!(found(Over::Highest)[path], series[8]);
        }
    }

    #[test]
    fn a_rate_is_the_spread_over_iorb() {
        let run = short(3);
        let (sofr, iorb) = (run.published(Variable::Sofr, 5), run.published(Variable::Iorb, 5));
        for (path, spread) in run.published(Variable::SofrIorb, 5).into_iter().enumerate() {
            assert!((100.0 * (sofr[path] - iorb[path]) - spread).abs() < 1e-9);
        }
    }
}
