//! Fans of a run: quantiles of a variable by date, with a few paths and the levels that the story asks about.

use super::RunFacts;
use crate::model::{Plan, Variable};
use crate::report::numbers::number;
use crate::report::page::Block;
use crate::report::page::chart::{Band, Chart, Drawing, Fan, Line, Panel, Quantiles, Threshold, rounded};
use crate::scenario::{Condition, Expression, Scenario};
use crate::statistics::Distribution;
use crate::units::Unit;

/// Single paths drawn over a fan.
const PATHS_DRAWN: usize = 4;

/// Thresholds drawn on a fan; more would cover it.
const MOST_THRESHOLDS: usize = 3;

/// The TGA, the facilities and the Fed's assets.
pub(super) fn treasury_and_facilities(facts: &RunFacts<'_>) -> Vec<Block> {
    let mut tga = fan(facts, Variable::Tga);
    if let Some(target) = facts.scenario.cash_target.last() {
        tga.thresholds.push(Threshold { label: "announced".to_owned(), level: target.level });
    }
    [(Variable::Tga, tga)]
        .into_iter()
        .chain([Variable::OnRrp, Variable::Srf, Variable::FedAssets].map(|variable| (variable, fan(facts, variable))))
        .map(|(variable, fan)| Block::Chart(Box::new(chart(facts, variable, fan))))
        .collect()
}

/// The fan of a variable with paths and thresholds.
pub(super) fn fan(facts: &RunFacts<'_>, variable: Variable) -> Fan {
    let digits = digits(variable);
    let paths = PATHS_DRAWN.min(facts.first.paths());
    Fan {
        series: vec![Band {
            name: variable.info().title.to_owned(),
            quantiles: quantiles(&facts.summary.fan(variable).days, digits),
        }],
        paths: (0..paths).map(|path| rounded(path_of(facts, path, variable), digits)).collect(),
        thresholds: thresholds(facts.scenario, variable),
        ..Fan::default()
    }
}

/// The chart of a fan.
pub(super) fn chart(facts: &RunFacts<'_>, variable: Variable, fan: Fan) -> Chart {
    let info = variable.info();
    let days = &facts.summary.fan(variable).days;
    let (digits, last) = (digits(variable), &days[days.len() - 1]);
    Chart {
        id: info.name.replace('_', "-"),
        title: info.title.to_owned(),
        subtitle: "median, the bands that hold half and 90% of paths, and four single paths".to_owned(),
        unit: unit(variable).to_owned(),
        digits,
        alt: format!(
            "Fan chart of {}: {} {} at the start; at the end {} in the median, 90% of paths between {} and {}.",
            info.title,
            number(days[0].median(), digits),
            unit(variable),
            number(last.median(), digits),
            number(last.low(), digits),
            number(last.high(), digits)
        ),
        drawing: Drawing::Fan(fan),
    }
}

/// A variable among others, without paths.
pub(super) fn panel(facts: &RunFacts<'_>, variable: Variable) -> Panel {
    let digits = digits(variable);
    Panel {
        title: variable.info().title.to_owned(),
        unit: unit(variable).to_owned(),
        digits,
        series: vec![Band {
            name: "this run".to_owned(),
            quantiles: quantiles(&facts.summary.fan(variable).days, digits),
        }],
    }
}

/// The median of a variable by date.
pub(super) fn medians(facts: &RunFacts<'_>, variable: Variable) -> Vec<f64> {
    facts.summary.fan(variable).days.iter().map(Distribution::median).collect()
}

/// Five quantiles of every day.
pub(in crate::report) fn quantiles(days: &[Distribution], digits: usize) -> Quantiles {
    let at = |position: usize| rounded(days.iter().map(|day| day.quantiles[position]), digits);
    let [q5, q25, q50, q75, q95] = [1, 3, 4, 5, 7].map(at);
    Quantiles { q5, q25, q50, q75, q95 }
}

/// The corridor of administered rates around IORB, bp.
pub fn corridor(plan: &Plan, days: usize) -> Vec<Line> {
    let line = |name: &str, height: &dyn Fn(usize) -> f64| Line {
        name: name.to_owned(),
        values: rounded((0..days).map(height), 0),
    };
    vec![
        line("SRF", &|day| plan.rates(day).corridor_ceiling()),
        line("IORB", &|_| 0.0),
        line("ON RRP", &|day| -plan.rates(day).corridor_floor()),
    ]
}

/// The unit of a variable, as charts say it.
pub fn unit(variable: Variable) -> &'static str {
    match variable.info().unit {
        Unit::Billions => "$bn",
        Unit::BasisPoints => "bp",
        Unit::Percent => "%",
        unit => unit.meaning(),
    }
}

/// Decimals of a variable: whole billions, tenths of basis points.
pub fn digits(variable: Variable) -> usize {
    match variable.info().unit {
        Unit::Billions => 0,
        Unit::BasisPoints => 1,
        _ => 2,
    }
}

fn path_of(facts: &RunFacts<'_>, path: usize, variable: Variable) -> Vec<f64> {
    (0..facts.first.days)
        .map(|day| facts.plan.derivation(variable, day).value(|of| facts.first.value(day, of, path)))
        .collect()
}

/// The levels that watches compare the variable with.
fn thresholds(scenario: &Scenario, variable: Variable) -> Vec<Threshold> {
    let mut levels: Vec<f64> = Vec::new();
    for watch in &scenario.watches {
        compared(&watch.condition, variable, &mut levels);
    }
    levels.sort_by(f64::total_cmp);
    levels.dedup();
    levels.truncate(MOST_THRESHOLDS);
    levels.into_iter().map(|level| Threshold { label: "watched".to_owned(), level }).collect()
}

fn compared(condition: &Condition, variable: Variable, levels: &mut Vec<f64>) {
    match condition {
        Condition::Compare { left, right: Expression::Constant(level), .. } => {
            let inner = match left {
                Expression::Minimum(inner) | Expression::Maximum(inner) | Expression::End(inner) => inner,
                other => other,
            };
            if matches!(inner, Expression::Value { variable: found, scale } if *found == variable && *scale == 1.0) {
                levels.push(*level);
            }
        }
        Condition::Compare { .. } => {}
        Condition::And(a, b) | Condition::Or(a, b) => {
            compared(a, variable, levels);
            compared(b, variable, levels);
        }
        Condition::Not(inner) => compared(inner, variable, levels),
    }
}
