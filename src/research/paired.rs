//! Two scenarios on common draws: what one story does that the other does not, path by path.
//!
//! The error of a difference of means falls from `√((s₁² + s₂²)/n)` with independent runs to `s_Δ/√n`,
//! where `s_Δ` is the standard deviation of the difference on a path: common random numbers (Glasserman
//! 2003, *Monte Carlo Methods in Financial Engineering*, section 4.2).

use super::run::{PathStatistic, Run};
use crate::model::Variable;
use crate::scenario::{Scenario, Vintage};
use crate::simulation::LeakFound;
use crate::statistics::Distribution;
use std::fmt;

/// Two runs whose paths can be subtracted one from the other.
#[derive(Clone, Debug)]
pub struct Paired {
    one: Run,
    other: Run,
}

/// Something that two scenarios do not share, without which their paths are strangers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unshared {
    /// What it is, in the plural.
    pub what: &'static str,
    /// That of the first.
    pub one: String,
    /// That of the second.
    pub other: String,
}

impl fmt::Display for Unshared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "their {} differ, {} against {}", self.what, self.one, self.other)
    }
}

/// Why two scenarios cannot be subtracted path by path.
#[derive(Clone, Debug, PartialEq)]
pub enum PairError {
    /// They do not share something without which their paths are strangers.
    Differ(Unshared),
    /// The books of a path do not add up.
    Leak(LeakFound),
}

impl fmt::Display for PairError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PairError::Differ(unshared) => write!(f, "the scenarios cannot be compared path by path: {unshared}"),
            PairError::Leak(leak) => leak.fmt(f),
        }
    }
}

impl std::error::Error for PairError {}

impl From<LeakFound> for PairError {
    fn from(leak: LeakFound) -> PairError {
        PairError::Leak(leak)
    }
}

/// A mean difference with its simulation error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairedMean {
    /// Mean of the difference over paths.
    pub mean: f64,
    /// Its standard error on common draws.
    pub standard_error: f64,
    /// The standard error that independent runs of as many paths would have.
    pub independent_standard_error: f64,
}

impl PairedMean {
    /// Of the first less the second, path by path.
    ///
    /// # Panics
    /// If there are no paths, or not as many in both.
    pub fn of(one: &[f64], other: &[f64]) -> PairedMean {
        let difference = Distribution::of(&mut subtract(one, other));
        let [one, other] = [one, other].map(|sample| Distribution::of(&mut sample.to_vec()));
        PairedMean::of_distributions(&difference, &one, &other)
    }

    /// From the distribution of the difference and those of the first and the second.
    pub fn of_distributions(difference: &Distribution, one: &Distribution, other: &Distribution) -> PairedMean {
        PairedMean {
            mean: difference.mean,
            standard_error: difference.mean_error(),
            independent_standard_error: one.mean_error().hypot(other.mean_error()),
        }
    }

    /// From the distributions of the first and the second on draws that they do not share.
    pub fn of_strangers(one: &Distribution, other: &Distribution) -> PairedMean {
        let standard_error = one.mean_error().hypot(other.mean_error());
        PairedMean { mean: one.mean - other.mean, standard_error, independent_standard_error: standard_error }
    }

    /// The standard error as a share of that of independent runs; one where nothing varies.
    pub fn share_of_independent_error(&self) -> f64 {
        if self.independent_standard_error > 0.0 { self.standard_error / self.independent_standard_error } else { 1.0 }
    }
}

impl Paired {
    /// Simulates both scenarios.
    ///
    /// # Errors
    /// They differ in start, end, vintage, paths or seed; or the books of a path do not add up.
    pub fn simulate(one: &Scenario, other: &Scenario) -> Result<Paired, PairError> {
        check_pair(one, other)?;
        Ok(Paired { one: Run::simulate(one.clone(), &|_| ())?, other: Run::simulate(other.clone(), &|_| ())? })
    }

    /// Pairs two runs.
    ///
    /// # Errors
    /// Their scenarios differ in start, end, vintage, paths or seed.
    pub fn of(one: Run, other: Run) -> Result<Paired, PairError> {
        check_pair(&one.scenario, &other.scenario)?;
        Ok(Paired { one, other })
    }

    /// The first run, from which the other is subtracted.
    pub fn one(&self) -> &Run {
        &self.one
    }

    /// The second run.
    pub fn other(&self) -> &Run {
        &self.other
    }

    /// The difference of a variable on a published day, one value per path.
    pub fn difference(&self, variable: Variable, day: usize) -> Vec<f64> {
        subtract(&self.one.published(variable, day), &self.other.published(variable, day))
    }

    /// The distribution of that difference on every published day, the opening first.
    pub fn fan(&self, variable: Variable) -> Vec<Distribution> {
        (0..self.one.outcomes.days).map(|day| Distribution::of(&mut self.difference(variable, day))).collect()
    }

    /// The mean difference of a variable on a published day.
    pub fn mean_difference(&self, variable: Variable, day: usize) -> PairedMean {
        PairedMean::of(&self.one.published(variable, day), &self.other.published(variable, day))
    }

    /// The difference of a number of each path, one value per path.
    pub fn statistic(&self, statistic: &PathStatistic) -> Vec<f64> {
        subtract(&self.one.statistic(statistic), &self.other.statistic(statistic))
    }

    /// The mean difference of a number of each path.
    pub fn mean_statistic(&self, statistic: &PathStatistic) -> PairedMean {
        PairedMean::of(&self.one.statistic(statistic), &self.other.statistic(statistic))
    }
}

/// The first less the second, path by path.
pub(super) fn subtract(one: &[f64], other: &[f64]) -> Vec<f64> {
    assert_eq!(one.len(), other.len(), "both runs have the same paths");
    one.iter().zip(other).map(|(one, other)| one - other).collect()
}

/// Whether the paths of two scenarios can be subtracted one from the other.
///
/// # Errors
/// The first thing that they do not share.
pub fn check_pair(one: &Scenario, other: &Scenario) -> Result<(), PairError> {
    unshared(one, other).into_iter().next().map_or(Ok(()), |found| Err(PairError::Differ(found)))
}

/// Everything without which paths are strangers and that two scenarios do not share.
pub fn unshared(one: &Scenario, other: &Scenario) -> Vec<Unshared> {
    let facts = |scenario: &Scenario| {
        [
            ("starts", scenario.start.to_string()),
            ("ends", scenario.end.to_string()),
            ("numbers of paths", scenario.paths.to_string()),
            ("seeds", scenario.seed.to_string()),
            ("ways of drawing", scenario.draws.word().to_owned()),
        ]
    };
    let facts = facts(one).into_iter().zip(facts(other));
    let differing = facts.filter(|((_, one), (_, other))| one != other);
    let found = differing.map(|((what, one), (_, other))| Unshared { what, one, other });
    found.chain(unshared_vintage(&one.vintage, &other.vintage)).collect()
}

/// What tells the vintages apart: their files, or the first figure that was changed in between. The same figures in
/// another place are the same vintage.
fn unshared_vintage(one: &Vintage, other: &Vintage) -> Option<Unshared> {
    let figures = one.figures().into_iter().zip(other.figures());
    let (key, one_value, other_value) = figures
        .map(|((key, _, one), (.., other))| (key, one.value, other.value))
        .find(|(_, one, other)| one != other)?;
    let [one_file, other_file] = [one, other].map(|vintage| vintage.path.display().to_string());
    let says = |value: f64| format!("`{key}` of {value}");
    let (one, other) =
        if one_file == other_file { (says(one_value), says(other_value)) } else { (one_file, other_file) };
    Some(Unshared { what: "vintages", one, other })
}

#[cfg(test)]
mod tests {
    use super::super::run::Over;
    use super::*;
    use crate::scenario;
    use jiff::civil::date;

    fn to_november(name: &str) -> Scenario {
        let mut scenario = scenario::load(name).expect("a shipped scenario");
        scenario.end = date(2025, 11, 14);
        scenario.set_paths(200);
        scenario
    }

    #[test]
    fn a_scenario_differs_from_itself_by_exactly_nothing() {
        let scenario = to_november("shutdown_cash_hoarding");
        let paired = Paired::simulate(&scenario, &scenario).expect("the same scenario");
        for variable in [Variable::Reserves, Variable::Sofr, Variable::Hoarding] {
            for day in 0..paired.one().outcomes.days {
                assert!(paired.difference(variable, day).iter().all(|&difference| difference == 0.0));
            }
        }
        let peak = PathStatistic { variable: Variable::SofrIorb, over: Over::Highest, days: paired.one().days() };
        let mean = paired.mean_statistic(&peak);
        assert_eq!((mean.mean, mean.standard_error, mean.share_of_independent_error()), (0.0, 0.0, 0.0));
        assert!(mean.independent_standard_error > 0.0);
    }

    #[test]
    fn a_difference_is_that_of_the_two_paths_and_far_narrower_than_of_strangers() {
        let (shutdown, baseline) = (to_november("shutdown_cash_hoarding"), to_november("baseline_2025q4"));
        let paired = Paired::simulate(&shutdown, &baseline).expect("they share everything but the story");
        let day = 20;
        let of = crate::model::Simulated::Reserves;
        let by_hand: Vec<f64> = (0..200)
            .map(|path| paired.one().outcomes.path(path, of)[day] - paired.other().outcomes.path(path, of)[day])
            .collect();
        assert_eq!(paired.difference(Variable::Reserves, day), by_hand);
        assert_eq!(paired.fan(Variable::Reserves)[day], Distribution::of(&mut by_hand.clone()));
        let mean = paired.mean_difference(Variable::Reserves, day);
        assert!((mean.mean - by_hand.iter().sum::<f64>() / 200.0).abs() < 1e-9);
        assert!(mean.mean < 0.0, "a shutdown takes reserves away: {}", mean.mean);
        assert!(mean.share_of_independent_error() < 0.5, "{}", mean.share_of_independent_error());
    }

    #[test]
    fn errors_agree_with_numpy() {
        // numpy 2.4.6: a = np.array([1., 4., 2., 8.]), b = np.array([0.5, 3., 2.5, 5.]):
        // (a - b).mean() = 1.0; (a - b).std(ddof=1)/2 = 0.7359800721939872;
        // np.sqrt((a.var(ddof=1) + b.var(ddof=1))/4) = 1.8027756377319946.
        let found = PairedMean::of(&[1.0, 4.0, 2.0, 8.0], &[0.5, 3.0, 2.5, 5.0]);
        assert_eq!(found.mean, 1.0);
        assert!((found.standard_error - 0.735_980_072_193_987_2).abs() < 1e-12, "{found:?}");
        assert!((found.independent_standard_error - 1.802_775_637_731_994_6).abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn strangers_are_refused_by_name() {
        let scenario = to_november("baseline_2025q4");
        let refused = |change: &dyn Fn(&mut Scenario)| {
            let mut other = scenario.clone();
            change(&mut other);
            Paired::simulate(&scenario, &other).expect_err("they differ").to_string()
        };
        for (change, says) in [
            (
                &(|s: &mut Scenario| s.start = date(2025, 9, 30)) as &dyn Fn(&mut Scenario),
                "their starts differ, 2025-10-01 against 2025-09-30",
            ),
            (&|s: &mut Scenario| s.end = date(2025, 11, 13), "their ends differ, 2025-11-14 against 2025-11-13"),
            (&|s: &mut Scenario| s.set_paths(201), "their numbers of paths differ, 200 against 201"),
            (&|s: &mut Scenario| s.set_seed(2), "their seeds differ, 1 against 2"),
            (
                &|s: &mut Scenario| {
                    s.vintage.path = "mine.toml".into();
                    s.vintage.fed.tga.value += 1.0;
                },
                "their vintages differ, vintages/2025-10-01.toml against mine.toml",
            ),
            (&|s: &mut Scenario| s.vintage.fed.tga.value += 1.0, "`fed.tga` of 819.378 against `fed.tga` of 820.378"),
        ] {
            let message = refused(change);
            assert!(message.contains(says), "{message}");
        }
    }

    #[test]
    fn the_same_figures_in_another_file_are_the_same_vintage_and_all_troubles_are_found() {
        let scenario = to_november("baseline_2025q4");
        let mut other = scenario.clone();
        other.vintage.path = "output/run/scenario/2025-10-01.toml".into();
        assert_eq!(unshared(&scenario, &other), []);
        other.set_seed(2);
        other.set_paths(100);
        let found: Vec<String> = unshared(&scenario, &other).iter().map(Unshared::to_string).collect();
        assert_eq!(found, ["their numbers of paths differ, 200 against 100", "their seeds differ, 1 against 2"]);
    }
}
