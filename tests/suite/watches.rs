//! Watches as typed in a file, against the same question put by hand to every path.

use jiff::civil::{Date, date};
use tidegate::model::{Plan, Simulated};
use tidegate::scenario::{self, Watch};
use tidegate::simulation::{Settings, simulate};
use tidegate::statistics::{Outcomes, Summary, Tally, WatchSummary};

/// Paths of the run; not a multiple of a tile's width.
const PATHS: usize = 150;

/// The shipped shutdown to 14 November 2025, with other watches.
fn scenario_with(watches: &str) -> scenario::Scenario {
    let text = format!(
        r#"
title   = "Watched"
extends = "shutdown_cash_hoarding"
remove  = [
    "SOFR 10bp above IORB",
    "SOFR 20bp above IORB",
    "SOFR 20bp above IORB by year-end",
    "five or more days with SOFR 10bp above IORB",
    "reserves below 2.8T at any time",
    "TGA above 1T",
    "standing facility above 50bn",
    "runoff ends",
    "reserve management purchases",
    "more repo capacity",
]

[horizon]
end = 2025-11-14

[run]
paths = {PATHS}
{watches}"#
    );
    scenario::load_text("watched.toml", &text).unwrap_or_else(|problems| panic!("{problems}"))
}

/// A run, of which any number of questions can be asked.
struct Asked {
    outcomes: Outcomes,
    plan: Plan,
}

impl Asked {
    fn run() -> Asked {
        let scenario = scenario_with("");
        let plan = scenario::plan(&scenario);
        let outcomes = simulate(&scenario, &plan, Settings::default(), &|_| ()).expect("no leak");
        Asked { outcomes, plan }
    }

    /// What a condition says, with `window` typed below it.
    fn within(&self, condition: &str, window: &str) -> WatchSummary {
        let watch = format!("[[watch]]\nname = \"asked\"\nwhen = \"{condition}\"\n{window}\n");
        let watches: Vec<Watch> = scenario_with(&watch).watches.into_iter().filter(|it| it.name == "asked").collect();
        Summary::of(&Tally::of(&self.outcomes, &self.plan, &watches), &self.plan).watches.remove(0)
    }

    fn over_all(&self, condition: &str) -> WatchSummary {
        self.within(condition, "")
    }

    fn hits(&self, condition: &str) -> usize {
        self.over_all(condition).probability.hits as usize
    }

    /// Every path's values of a variable, the opening first.
    fn paths(&self, variable: Simulated) -> Vec<Vec<f64>> {
        (0..PATHS).map(|path| self.outcomes.path(path, variable)).collect()
    }

    /// The number of published days, the opening first.
    fn day(&self, date: Date) -> usize {
        self.plan.published_dates().iter().position(|day| *day == date).expect("a published day")
    }
}

/// A level halfway between two neighbours near the middle of the sample, with how many lie below: a condition
/// that reads another day, or one day more, splits the paths otherwise.
fn divide(sample: &[f64]) -> (f64, usize) {
    let mut sorted = sample.to_vec();
    sorted.sort_by(f64::total_cmp);
    let below = sorted.len() / 2;
    (0.5 * (sorted[below - 1] + sorted[below]), below)
}

fn split(paths: &[Vec<f64>], number: impl Fn(&[f64]) -> f64) -> (f64, usize) {
    divide(&paths.iter().map(|path| number(path)).collect::<Vec<f64>>())
}

fn mean(days: &[f64]) -> f64 {
    days.iter().sum::<f64>() / days.len() as f64
}

fn lowest(days: &[f64]) -> f64 {
    days.iter().copied().fold(f64::INFINITY, f64::min)
}

fn highest(days: &[f64]) -> f64 {
    days.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}

/// Whether the same paths can be divided: some hit, some miss.
fn divides(hits: usize) -> bool {
    (1..PATHS).contains(&hits)
}

#[test]
fn a_daily_condition_fires_on_any_day_and_counts_them() {
    let asked = Asked::run();
    let tga = asked.paths(Simulated::Tga);
    let (level, _) = split(&tga, |path| highest(&path[1..]));
    let found = asked.over_all(&format!("tga > {level}bn"));
    let days: Vec<Vec<usize>> =
        tga.iter().map(|path| (1..path.len()).filter(|&day| path[day] > level).collect()).collect();
    let fired = days.iter().filter(|days| !days.is_empty()).count();
    assert!(divides(fired));
    assert_eq!((found.probability.hits, found.probability.paths), (fired as u64, PATHS as u64));
    let total: usize = days.iter().map(Vec::len).sum();
    let expected_days = found.expected_days.expect("a condition about single days");
    assert!((expected_days - total as f64 / PATHS as f64).abs() < 1e-12, "{expected_days}");
    // The median over the paths on which it fired, half of 150: the 38th of 75 first days.
    let mut first: Vec<usize> = days.iter().filter_map(|days| days.first().copied()).collect();
    first.sort_unstable();
    assert_eq!(first.len(), 75);
    assert_eq!(found.first_day.expect("it fired")[1], first[37]);
}

#[test]
fn a_low_minimum_and_a_high_maximum_are_passed_on_the_day_of_the_daily_condition() {
    let asked = Asked::run();
    let (low, below) = split(&asked.paths(Simulated::Reserves), |path| lowest(&path[1..]));
    let (high, _) = split(&asked.paths(Simulated::Tga), |path| highest(&path[1..]));
    for (window, daily) in [
        (format!("min(reserves) < {low}bn"), format!("reserves < {low}bn")),
        (format!("min(reserves) <= {low}bn"), format!("reserves <= {low}bn")),
        (format!("max(tga) > {high}bn"), format!("tga > {high}bn")),
        (format!("max(tga) >= {high}bn"), format!("tga >= {high}bn")),
    ] {
        let (over_window, on_a_day) = (asked.over_all(&window), asked.over_all(&daily));
        assert_eq!(over_window.probability.hits as usize, below, "{window}");
        assert_eq!(over_window.probability, on_a_day.probability, "{window}");
        assert!(over_window.first_day.is_some(), "{window}");
        assert_eq!(over_window.first_day, on_a_day.first_day, "{window}");
    }
    // That a minimum is high is known only when the window is over.
    let spared = asked.over_all(&format!("min(reserves) >= {low}bn"));
    assert_eq!((spared.probability.hits as usize, spared.first_day), (PATHS - below, None));
}

#[test]
fn days_are_counted() {
    let asked = Asked::run();
    let spreads = asked.paths(Simulated::SofrIorb);
    let days = |path: &Vec<f64>| path[1..].iter().filter(|spread| **spread > 14.0).count();
    for n in [1, 2, 4, 7] {
        let by_hand = spreads.iter().filter(|path| days(path) >= n).count();
        assert_eq!(asked.hits(&format!("days(sofr - iorb > 14bp) >= {n}")), by_hand, "{n} days or more");
        assert_eq!(asked.hits(&format!("days(sofr_iorb > 14bp) < {n}")), PATHS - by_hand, "fewer than {n} days");
        assert!(divides(by_hand), "{n}: {by_hand}");
    }
    // The count is reached on the day that completes it.
    let second = |path: &Vec<f64>| (1..path.len()).filter(|&day| path[day] > 14.0).nth(1);
    let mut reached: Vec<usize> = spreads.iter().filter_map(second).collect();
    reached.sort_unstable();
    let found = asked.over_all("days(sofr - iorb > 14bp) >= 2").first_day.expect("it fired")[1];
    assert!((reached[(reached.len() - 1) / 2]..=reached[reached.len() / 2]).contains(&found), "{found}");
}

#[test]
fn mean_change_and_end_are_those_of_the_window() {
    let asked = Asked::run();
    let reserves = asked.paths(Simulated::Reserves);
    let opening = asked.plan.opening_date;
    assert_eq!(asked.plan.published_dates()[0], opening);
    let all = 1..asked.outcomes.days;
    // From Monday 6 to Friday 31 October, both published.
    let october = asked.day(date(2025, 10, 6))..asked.day(date(2025, 10, 31)) + 1;
    for (days, window) in [(all, ""), (october, "from = 2025-10-06\nto = 2025-10-31")] {
        let hits = |condition: String| asked.within(&condition, window).probability.hits as usize;
        let (level, below) = split(&reserves, |path| mean(&path[days.clone()]));
        assert_eq!(hits(format!("mean(reserves) < {level}bn")), below, "mean, {window}");
        // A change is counted from the published day before the window; over the whole run, from the opening.
        let (level, below) = split(&reserves, |path| path[days.end - 1] - path[days.start - 1]);
        assert_eq!(hits(format!("change(reserves) < {level}bn")), below, "change, {window}");
        let (level, below) = split(&reserves, |path| path[days.end - 1]);
        assert_eq!(hits(format!("end(reserves) < {level}bn")), below, "end, {window}");
        let (level, below) = split(&reserves, |path| lowest(&path[days.clone()]));
        assert_eq!(hits(format!("min(reserves) < {level}bn")), below, "min, {window}");
    }
}

#[test]
fn a_plain_variable_beside_a_function_is_that_of_the_last_day() {
    let asked = Asked::run();
    let reserves = asked.paths(Simulated::Reserves);
    let (level, below) = split(&reserves, |path| mean(&path[1..]) - path[path.len() - 1]);
    assert_eq!(asked.hits(&format!("mean(reserves) - reserves < {level}bn")), below);
}

#[test]
fn both_of_a_daily_and_must_hold_on_one_day() {
    let asked = Asked::run();
    let (spreads, tga) = (asked.paths(Simulated::SofrIorb), asked.paths(Simulated::Tga));
    let (spread, _) = split(&spreads, highest);
    let (cash, _) = split(&tga, highest);
    let by_hand = |holds: &dyn Fn(bool, bool) -> bool| {
        let on_some_day = |path: &usize| {
            (1..asked.outcomes.days).any(|day| holds(spreads[*path][day] > spread, tga[*path][day] > cash))
        };
        (0..PATHS).filter(on_some_day).count()
    };
    let (a, b) = (format!("sofr_iorb > {spread}bp"), format!("tga > {cash}bn"));
    let both = by_hand(&|a, b| a && b);
    let apart = asked.hits(&format!("max(sofr_iorb) > {spread}bp and max(tga) > {cash}bn"));
    assert!(divides(both) && both < apart, "on some paths only on different days: {both} of {apart}");
    assert_eq!(asked.hits(&format!("{a} and {b}")), both);
    assert_eq!(asked.hits(&format!("{a} or {b}")), by_hand(&|a, b| a || b));
    assert_eq!(asked.hits(&format!("{a} and not {b}")), by_hand(&|a, b| a && !b));
    // Neither on some day is not the opposite of either on some day.
    assert_eq!(asked.hits(&format!("not ({a} or {b})")), by_hand(&|a, b| !(a || b)));
}

#[test]
fn not_before_a_window_condition_is_its_opposite() {
    let asked = Asked::run();
    let (level, below) = split(&asked.paths(Simulated::Reserves), |path| lowest(&path[1..]));
    let condition = format!("min(reserves) < {level}bn");
    assert_eq!(asked.hits(&format!("not ({condition})")), PATHS - below);
    assert_eq!(asked.hits(&format!("{condition} or not ({condition})")), PATHS);
    assert_eq!(asked.hits(&format!("{condition} and not ({condition})")), 0);
}

#[test]
fn the_window_includes_both_its_ends_and_never_the_opening() {
    let asked = Asked::run();
    // Seven business days from 8 to 17 October: the 11th and 12th a weekend, the 13th Columbus Day.
    let days_in =
        |window: &str, n: usize| asked.within(&format!("days(reserves > 0bn) >= {n}"), window).probability.hits;
    let dated = |from: &str, to: &str| format!("from = {from}\nto = {to}");
    for (window, days) in [
        (dated("2025-10-08", "2025-10-17"), 7),
        (dated("2025-10-08", "2025-10-08"), 1),
        // The opening is 1 October: nothing of it counts.
        (dated("2025-10-01", "2025-10-02"), 1),
        (String::new(), asked.plan.days.len()),
        // From Saturday to Monday.
        (dated("2025-10-04", "2025-10-06"), 1),
    ] {
        assert_eq!(days_in(&window, days), PATHS as u64, "{window}: {days} days");
        assert_eq!(days_in(&window, days + 1), 0, "{window}: more than {days} days");
    }
    // A single day is that day.
    let day = asked.day(date(2025, 10, 16));
    let (level, below) = divide(&asked.outcomes.column(day, Simulated::Tga));
    let found = asked.within(&format!("tga < {level}bn"), &dated("2025-10-16", "2025-10-16"));
    assert_eq!(found.probability.hits as usize, below);
    assert_eq!(found.first_day, Some([day; 3]));
}

#[test]
fn a_window_without_a_business_day_after_the_opening_is_refused() {
    // 4 and 5 October 2025 are a weekend; 1 October is the opening, which is known.
    for window in ["from = 2025-10-04\nto = 2025-10-05", "from = 2025-10-01\nto = 2025-10-01"] {
        let text = format!(
            "title = \"t\"\nextends = \"baseline_2025q4\"\n[[watch]]\nname = \"w\"\nwhen = \"tga > 0bn\"\n{window}\n"
        );
        let problems = scenario::load_text("watched.toml", &text).expect_err(window);
        assert!(problems.to_string().contains("no business day"), "{problems}");
    }
}
