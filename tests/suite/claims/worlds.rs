//! The runs behind the page, and what is read off them.

use super::verdict::{Estimate, plain, signed};
use jiff::civil::Date;
use tidegate::model::Variable;
use tidegate::research::{Hands, Over, PairedMean, PathStatistic, Run};
use tidegate::scenario::{self, Scenario};
use tidegate::statistics::{Distribution, Probability};

/// Paths of every run: simulation errors of a tenth of a basis point and of a percentage point.
pub const PATHS: u64 = 2_000;

/// A shipped scenario.
pub fn shipped(name: &str) -> Scenario {
    sized(scenario::load(name).unwrap_or_else(|problems| panic!("{name}: {} problems", problems.diagnostics.len())))
}

/// A scenario written on this page of tests, which extends a shipped one.
pub fn overlay(name: &str, text: &str) -> Scenario {
    let loaded = scenario::load_text(name, text);
    sized(loaded.unwrap_or_else(|problems| panic!("{name}: {:?}", problems.diagnostics)))
}

fn sized(mut scenario: Scenario) -> Scenario {
    scenario.set_paths(PATHS);
    scenario
}

pub fn run(scenario: Scenario) -> Run {
    Run::simulate(scenario, &|_| ()).expect("the books of shipped scenarios add up")
}

/// The published day of a date.
pub fn day(run: &Run, date: Date) -> usize {
    let dates = run.plan.published_dates();
    dates.iter().position(|published| *published == date).unwrap_or_else(|| panic!("{date} is not published"))
}

/// A number of each path over the days from one date to another.
pub fn over(run: &Run, variable: Variable, over: Over, (from, to): (Date, Date)) -> Vec<f64> {
    run.statistic(&PathStatistic { variable, over, days: run.days_between(from, to) })
}

/// The mean difference of a number of each path, first less second, with its simulation error.
pub fn difference(one: &Run, other: &Run, variable: Variable, of: Over, window: (Date, Date)) -> Estimate {
    Estimate::difference(PairedMean::of(&over(one, variable, of, window), &over(other, variable, of, window)))
}

/// The mean of a sample with its simulation error.
pub fn mean(sample: &[f64]) -> Estimate {
    Estimate::difference(PairedMean::of(sample, &vec![0.0; sample.len()]))
}

/// How often a number of a path does something.
pub fn share(sample: &[f64], is_hit: impl Fn(f64) -> bool) -> Probability {
    let hits = sample.iter().filter(|&&value| is_hit(value)).count() as u64;
    Probability { hits, paths: sample.len() as u64 }
}

/// The middle and the 90 % range of a sample.
pub fn range(sample: &[f64], places: usize, unit: &str) -> String {
    let all = Distribution::of(&mut sample.to_vec());
    let [median, low, high] = [all.median(), all.low(), all.high()].map(|number| plain(number, places));
    format!("median {median}{unit} (90% of paths {low} to {high})")
}

/// Means by hand, which add up.
pub fn by_hand(hands: &Hands) -> String {
    let mean = |sample: &[f64]| signed(sample.iter().sum::<f64>() / sample.len() as f64, 0);
    let [treasury, fed, money_funds, others] = hands.parts.each_ref().map(|part| mean(part));
    let total = mean(&hands.total);
    format!("Treasury {treasury}, Fed {fed}, money funds {money_funds}, other depositors {others}; together {total}")
}
