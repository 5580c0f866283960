//! What moved reserves and the spread, and what the loop of stress, hoarding and retreat adds.

use super::RunFacts;
use crate::calendar::names::{long_date, short_date};
use crate::model::Variable;
use crate::report::capitalised;
use crate::report::numbers::{number, percent, signed};
use crate::report::page::Block;
use crate::report::page::chart::{Chart, Drawing, Level, Step, round};
use crate::report::table::{Table, columns};
use crate::research::{Hands, Measure, SPREAD_PARTS};
use crate::statistics::{Distribution, Drain};

/// Waterfalls of reserves to their low and to the end, and of the spread to its worst day.
pub(super) fn section(facts: &RunFacts<'_>) -> Vec<Block> {
    let mut charts = Vec::new();
    if let Some(drain) = &facts.summary.drain_to_low {
        charts.push(drain_chart(facts, drain));
    }
    charts.push(to_the_end(facts));
    charts.push(spread_chart(facts));
    charts.into_iter().map(|chart| Block::Chart(Box::new(chart))).collect()
}

fn drain_chart(facts: &RunFacts<'_>, drain: &Drain) -> Chart {
    let low = facts.summary.dates[drain.day];
    let parts = [&drain.treasury, &drain.fed, &drain.money_funds, &drain.others];
    let start = facts.summary.fan(Variable::Reserves).days[0].mean;
    waterfall(
        "reserves-to-low",
        &format!("What moved reserves to their low on {}", long_date(low)),
        Hands::NAMES.iter().zip(parts).map(|(name, part)| step(name, part, None, 0)).collect(),
        [(short_date(facts.summary.dates[0]), start), (short_date(low), start + drain.total.mean)],
        ("$bn", 0),
    )
}

fn to_the_end(facts: &RunFacts<'_>) -> Chart {
    let attribution = &facts.summary.attribution;
    let start = facts.summary.fan(Variable::Reserves).days[0].mean;
    let steps = attribution
        .causes
        .iter()
        .map(|cause| step(cause.name, &cause.contribution, Some(cause.hand.name()), 0))
        .collect();
    waterfall(
        "reserves-to-end",
        &format!("What moved reserves by {}", long_date(facts.scenario.end)),
        steps,
        [(short_date(facts.summary.dates[0]), start), (short_date(facts.scenario.end), start + attribution.total.mean)],
        ("$bn", 0),
    )
}

fn spread_chart(facts: &RunFacts<'_>) -> Chart {
    let spread = &facts.moves.spread;
    let day = facts.summary.dates[spread.day];
    let steps = SPREAD_PARTS.iter().zip(&spread.parts).map(|(name, part)| step(name, part, None, 1)).collect();
    let mut chart = waterfall(
        "spread-to-worst-day",
        &format!("What moved SOFR − IORB to {}, its worst day", long_date(day)),
        steps,
        [(short_date(facts.summary.dates[0]), spread.start), (short_date(day), spread.end.mean)],
        ("bp", 1),
    );
    chart.subtitle = format!(
        "means over the first {} paths; reserves’ parts priced along the curve",
        number(facts.moves.paths as f64, 0)
    );
    chart
}

fn step(label: &str, part: &Distribution, hand: Option<&str>, digits: usize) -> Step {
    Step {
        label: label.to_owned(),
        value: round(part.mean, digits),
        low: round(part.low(), digits),
        high: round(part.high(), digits),
        hand: hand.map(capitalised),
    }
}

fn waterfall(
    id: &str,
    title: &str,
    steps: Vec<Step>,
    [start, end]: [(String, f64); 2],
    (unit, digits): (&str, usize),
) -> Chart {
    let mut largest: Vec<&Step> = steps.iter().collect();
    largest.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
    let told: Vec<String> =
        largest.iter().take(3).map(|step| format!("{} {}", step.label, signed(step.value, digits))).collect();
    let level = |(label, value): (String, f64)| Level { label, value: round(value, digits) };
    Chart {
        id: id.to_owned(),
        title: title.to_owned(),
        subtitle: "means over all paths; whiskers hold 90% of them".to_owned(),
        unit: unit.to_owned(),
        digits,
        alt: format!("Waterfall in {unit} from {} to {}; the largest steps: {}.", start.0, end.0, told.join(", ")),
        drawing: Drawing::Waterfall { start: Some(level(start)), steps, end: level(end) },
    }
}

/// What the loop adds, with its intervals.
pub(super) fn amplification(facts: &RunFacts<'_>) -> Vec<Block> {
    let Some(found) = facts.amplification else { return Vec::new() };
    let row = |measure: Measure| {
        let factor = found.factor(measure)?;
        let change = |factor: f64| signed(100.0 * (factor - 1.0), 1);
        Some(vec![
            measure.name().trim_start().to_owned(),
            number(factor.without, 1),
            number(factor.with, 1),
            format!("{}%", change(factor.estimate)),
            format!("{} to {}%", change(factor.interval.0), change(factor.interval.1)),
        ])
    };
    let text = format!(
        "Stress makes banks hoard and dealers retreat, which raises stress. On the same {} paths with this loop and without \
         it; it feeds itself on some day of {} of paths.",
        number(found.scenario.paths as f64, 0),
        percent(found.reached.paths.estimate()),
    );
    let table = Table {
        title: String::new(),
        note: "95% intervals by resampling paths.".to_owned(),
        columns: columns(["", "without", "with", "change", "95% interval"]),
        rows: Measure::ALL.into_iter().filter_map(row).collect(),
    };
    if table.rows.is_empty() {
        return vec![Block::Text(
            "SOFR does not rise above calm, so there is nothing the loop could amplify.".to_owned(),
        )];
    }
    vec![Block::Text(text), Block::Table(table)]
}
