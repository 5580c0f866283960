//! Where the Treasury's dollars come from and go: 2021, 2023, and week by week.

use super::bar::{Bar, bar};
use super::episodes::{self, DRAWDOWN, FROM_OCTOBER, REBUILD, SPRING_2022};
use super::measures::{median, median_change, slope_given, weekly_changes};
use jiff::civil::date;
use tidegate::model::Variable;

/// The fall of the account in 2021.
pub fn drawdown_of_2021() -> Vec<Bar> {
    let run = DRAWDOWN.run();
    let (from, to) = (date(2021, 2, 3), date(2021, 10, 13));
    let change = |variable| median_change(run, variable, from, to);
    let from_floor = run
        .days_between(date(2021, 6, 17), to)
        .map(|day| median(run.published(Variable::SofrIorb, day)) + run.plan.days[day - 1].rates.corridor_floor())
        .fold(0.0, |farthest: f64, distance| farthest.max(distance.abs()));
    vec![
        bar(
            "TGA, 3 February to 13 October 2021, median change, $bn",
            [-1690.0, -1390.0],
            change(Variable::Tga),
            "−1,557",
        ),
        bar("ON RRP, $bn", [1200.0, 1700.0], change(Variable::OnRrp), "+1,365"),
        bar("reserves, $bn", [700.0, 1300.0], change(Variable::Reserves), "+1,002"),
        bar("median SOFR from the ON RRP rate, farthest day from 17 June, bp", [0.0, 2.0], from_floor, "0"),
    ]
}

/// The rebuild of the account in 2023.
pub fn rebuild_of_2023() -> Vec<Bar> {
    let change = |variable| median_change(REBUILD.run(), variable, date(2023, 6, 2), date(2023, 9, 29));
    vec![
        bar("TGA, 2 June to 29 September 2023, median change, $bn", [534.0, 734.0], change(Variable::Tga), "+634"),
        bar(
            "ON RRP, $bn",
            [-800.0, -450.0],
            change(Variable::OnRrp),
            "−585; −812 from Wednesday 31 May to 27 September",
        ),
        bar(
            "reserves, $bn",
            [-250.0, 250.0],
            change(Variable::Reserves),
            "−291 by own daily estimate; −139 from the week to 31 May to that to 27 September",
        ),
    ]
}

/// What reserves lose when the account rises.
pub fn who_absorbs_the_account() -> Vec<Bar> {
    let any = f64::NEG_INFINITY..f64::INFINITY;
    let full: Vec<[f64; 3]> = [&DRAWDOWN, &SPRING_2022, &REBUILD]
        .iter()
        .flat_map(|episode| weekly_changes(episode.run(), 500.0..f64::INFINITY))
        .collect();
    let mut empty = weekly_changes(FROM_OCTOBER.run(), any.clone());
    empty.extend(weekly_changes(episodes::purchases_of_2026().one(), any));
    vec![
        bar(
            "reserves on the TGA, Fed assets given, weeks of 2021, 2022 and 2023 with ON RRP above 500, $ per $",
            [-0.85, -0.65],
            slope_given(&full),
            "−.77 in 2021-22, −.72 in 2023-24",
        ),
        bar("the same, weeks from October 2025 to March 2026, ON RRP empty", [-1.0, -0.9], slope_given(&empty), "−.97"),
    ]
}
