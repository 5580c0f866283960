//! In which region of the inputs something happens.

use super::sweep::Sweep;
use super::words::told as told_value;
use super::{Findings, Told};
use crate::report::numbers::{number, percent};
use crate::report::page::chart::{CurveLine, Drawing, Level};
use crate::report::page::{Block, Chart, Section};
use crate::report::table::{Table, columns};
use crate::research::discovery::{Limit, Prim, PrimBox, Restriction};
use crate::research::study::{Input, Study};
use serde_json::{Value, json};

/// The findings of a search for the box of the inputs in which the study's only output exceeds `threshold`.
pub fn discover_findings(found: &Sweep<'_>, threshold: f64, prim: &Prim, chosen: usize, command: &str) -> Findings {
    let (study, output) = (found.study, &found.study.outputs[0]);
    let all = &prim.trajectory[0];
    let best = &prim.trajectory[chosen];
    let limits = limits_table(study, all, best);
    let trade_off = trade_off_table(study, prim, chosen);
    let above = format!("{} above {}", output.title(), told_value(threshold, output));
    let verdict = vec![
        format!("{above} at {} of {} points ({}).", all.hits, all.points, percent(all.density)),
        match best.restrictions.is_empty() {
            true => "No part of the inputs' ranges has it more often than the whole.".to_owned(),
            false => format!(
                "Where {}, it is so at {} of points, and {} of all such points lie there.",
                told_box(study, all, best),
                percent(best.density),
                percent(best.coverage)
            ),
        },
    ];
    let mut findings = vec![columns([
        "step",
        "coverage",
        "density",
        "mass",
        "restricted",
        "input",
        "low",
        "high",
        "quasi_p_low",
        "quasi_p_high",
    ])];
    for (step, found) in prim.trajectory.iter().enumerate() {
        let numbers = [found.coverage, found.density, found.mass].map(|value| value.to_string());
        let head = [vec![step.to_string()], numbers.to_vec(), vec![found.restrictions.len().to_string()]].concat();
        if found.restrictions.is_empty() {
            findings.push([head.clone(), vec![String::new(); 5]].concat());
        }
        for restriction in &found.restrictions {
            let input = &study.inputs[restriction.factor];
            let (low, high) = found.limits.0[restriction.factor];
            let p = |limit: Option<Limit>| limit.map_or(String::new(), |it| it.quasi_p.to_string());
            let ends =
                vec![input.key.clone(), input.typed(low), input.typed(high), p(restriction.low), p(restriction.high)];
            findings.push([head.clone(), ends].concat());
        }
    }
    let told = Told {
        kind: "discover",
        title: format!("{}: where {above}", study.base.scenario.title),
        verdict,
        tables: vec![limits.clone(), trade_off.clone()],
        sections: vec![
            Section::new("box", "The region", vec![Block::Table(limits)]),
            Section::new(
                "trade-off",
                "How much of it, how surely",
                vec![Block::Chart(Box::new(chart(prim, chosen))), Block::Table(trade_off)],
            ),
        ],
        dates: Vec::new(),
        findings,
        record: json!({ "threshold": threshold, "chosen": chosen, "boxes": prim.trajectory.iter().map(|it| record(study, it)).collect::<Vec<_>>() }),
    };
    Findings::of(study, found.points, found.answers, command, told)
}

/// The limits of a box in words: `hoarding is at least 90bn and pace at most 20bn/month`.
fn told_box(study: &Study, all: &PrimBox, found: &PrimBox) -> String {
    let told = found.restrictions.iter().map(|restriction| {
        let input = &study.inputs[restriction.factor];
        let ((low, high), (least, most)) = (found.limits.0[restriction.factor], all.limits.0[restriction.factor]);
        match (low > least, high < most) {
            (true, true) => format!("{} is between {} and {}", input.label(), shown(input, low), shown(input, high)),
            (true, false) => format!("{} is at least {}", input.label(), shown(input, low)),
            _ => format!("{} is at most {}", input.label(), shown(input, high)),
        }
    });
    told.collect::<Vec<_>>().join(" and ")
}

/// A limit to three significant digits.
fn shown(input: &Input, value: f64) -> String {
    match input.unit() {
        Some(_) => input.typed(format!("{value:.2e}").parse().unwrap_or(value)),
        None => input.typed(value),
    }
}

fn limits_table(study: &Study, all: &PrimBox, found: &PrimBox) -> Table {
    let row = |restriction: &Restriction| {
        let input = &study.inputs[restriction.factor];
        let ((low, high), (least, most)) = (found.limits.0[restriction.factor], all.limits.0[restriction.factor]);
        let p = |limit: Option<Limit>| limit.map_or("–".to_owned(), |it| number(it.quasi_p, 3));
        vec![
            input.label(),
            if low > least { shown(input, low) } else { "–".to_owned() },
            if high < most { shown(input, high) } else { "–".to_owned() },
            p(restriction.low),
            p(restriction.high),
        ]
    };
    Table {
        title: "The region".to_owned(),
        note:
            "Quasi-p is the probability that blind choice would have found as good a limit; above 0.05 the limit means \
               little."
                .to_owned(),
        columns: columns(["Input", "At least", "At most", "Quasi-p, low", "Quasi-p, high"]),
        rows: found.restrictions.iter().map(row).collect(),
    }
}

/// Of the boxes on the way those in which something is gained: the last of each number of restricted inputs, and the chosen.
fn trade_off_table(study: &Study, prim: &Prim, chosen: usize) -> Table {
    let boxes = &prim.trajectory;
    let last = |place: &usize| {
        *place == chosen
            || boxes.get(place + 1).is_none_or(|next| next.restrictions.len() != boxes[*place].restrictions.len())
    };
    let row = |place: usize| {
        let found = &boxes[place];
        let names: Vec<String> =
            found.restrictions.iter().map(|restriction| study.inputs[restriction.factor].label()).collect();
        vec![
            if place == chosen { format!("{place} (chosen)") } else { place.to_string() },
            percent(found.coverage),
            percent(found.density),
            percent(found.mass),
            if names.is_empty() { "none".to_owned() } else { names.join(", ") },
        ]
    };
    Table {
        title: "Smaller boxes are surer and miss more".to_owned(),
        note: "Coverage is the share of all hits within the box, density the share of hits among its points, mass its share \
               of all points."
            .to_owned(),
        columns: columns(["Box", "Coverage", "Density", "Mass", "Inputs restricted"]),
        rows: (0..boxes.len()).filter(last).map(row).collect(),
    }
}

/// Density over coverage; the box grows to the right.
fn chart(prim: &Prim, chosen: usize) -> Chart {
    let mut boxes: Vec<&PrimBox> = prim.trajectory.iter().collect();
    boxes.sort_by(|a, b| a.coverage.total_cmp(&b.coverage));
    boxes.dedup_by(|a, b| a.coverage == b.coverage);
    let best = &prim.trajectory[chosen];
    Chart {
        id: "trade-off".to_owned(),
        title: "Density against coverage".to_owned(),
        subtitle: "each dot a box: how surely it happens within, and how much of it lies within".to_owned(),
        unit: "%".to_owned(),
        digits: 0,
        alt: format!("The chosen box covers {} at a density of {}.", percent(best.coverage), percent(best.density)),
        drawing: Drawing::Curve {
            axis: "coverage, %".to_owned(),
            ticks: Vec::new(),
            x: boxes.iter().map(|found| 100.0 * found.coverage).collect(),
            series: vec![CurveLine {
                name: "density".to_owned(),
                values: boxes.iter().map(|found| 100.0 * found.density).collect(),
                low: Vec::new(),
                high: Vec::new(),
            }],
            thresholds: Vec::new(),
            marks: vec![Level { label: "chosen".to_owned(), value: 100.0 * best.coverage }],
        },
    }
}

fn record(study: &Study, found: &PrimBox) -> Value {
    let limits: Vec<Value> = found
        .restrictions
        .iter()
        .map(|restriction| {
            let (low, high) = found.limits.0[restriction.factor];
            let input = &study.inputs[restriction.factor];
            json!({ "input": input.key, "low": input.typed(low), "high": input.typed(high) })
        })
        .collect();
    json!({ "coverage": found.coverage, "density": found.density, "mass": found.mass, "points": found.points,
        "hits": found.hits, "limits": limits })
}
