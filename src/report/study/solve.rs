//! The value of an input at which an output is as wanted.

use super::sweep::{Sweep, axis, places};
use super::words::{digits, scaled, symbol, told as told_value, with_error};
use super::{Findings, Told};
use crate::report::page::chart::{CurveLine, Drawing, Level, Threshold};
use crate::report::page::{Block, Chart, Section};
use crate::report::table::{Table, columns};
use crate::research::study::{Input, Output};
use crate::research::{Outcome, Root, Solved};
use crate::statistics::Measured;
use serde_json::{Value, json};

/// The findings of a search over the study's only input for a value of its only output; `found` holds what was looked at.
pub fn solve_findings(found: &Sweep<'_>, solved: &Solved, command: &str) -> Findings {
    let (input, output) = (&found.study.inputs[0], &found.study.outputs[0]);
    let table = Table {
        title: "Values looked at".to_owned(),
        note: "± is the Monte Carlo standard error.".to_owned(),
        columns: vec![axis(input), output.name.clone()],
        rows: solved.looked.iter().map(|&(value, at)| vec![input.typed(value), with_error(at, output)]).collect(),
    };
    let mut findings =
        vec![columns(["input", "target", "root", "root_low", "root_high", "output_at_root", "output_error"])];
    if let Outcome::Root(root) = &solved.outcome {
        let end = |end: Option<f64>| end.map_or(String::new(), |value| input.typed(value));
        findings.push(vec![
            input.key.clone(),
            told_value(solved.target, output),
            input.typed(root.value),
            end(root.low),
            end(root.high),
            scaled(root.measured.value, output.unit()).to_string(),
            scaled(root.measured.error, output.unit()).to_string(),
        ]);
    }
    let told = Told {
        kind: "solve",
        title: format!(
            "{}: where {} is {}",
            found.study.base.scenario.title,
            output.title(),
            told_value(solved.target, output)
        ),
        verdict: vec![verdict(input, output, solved)],
        tables: vec![table.clone()],
        sections: vec![Section::new(
            "curve",
            &output.title(),
            vec![Block::Chart(Box::new(curve(input, output, solved))), Block::Appendix(table)],
        )],
        dates: Vec::new(),
        findings,
        record: record(input, solved),
    };
    Findings::of(found.study, found.points, found.answers, command, told)
}

fn verdict(input: &Input, output: &Output, solved: &Solved) -> String {
    let (title, target) = (output.title(), told_value(solved.target, output));
    let ends = [0, solved.looked.len() - 1].map(|place| solved.looked[place]);
    match &solved.outcome {
        Outcome::Root(root) => format!(
            "{title} is {target} at {} {}; with what simulation leaves uncertain, {}.",
            input.label(),
            rounded(input, root.value, root),
            interval(input, root)
        ),
        Outcome::OutOfReach => format!(
            "{title} is not {target} anywhere between {} and {}: there it is {} and {}.",
            input.typed(ends[0].0),
            input.typed(ends[1].0),
            told_value(ends[0].1.value, output),
            told_value(ends[1].1.value, output)
        ),
        Outcome::Several(stretches) => {
            let told: Vec<String> = stretches
                .iter()
                .map(|(from, to)| format!("between {} and {}", input.typed(*from), input.typed(*to)))
                .collect();
            format!("{title} crosses {target} more than once, {}; narrow the range to one of them.", told.join(" and "))
        }
    }
}

/// A root to the digits that its interval supports.
fn rounded(input: &Input, value: f64, root: &Root) -> String {
    let width = match (root.low, root.high) {
        (Some(low), Some(high)) if high > low && input.unit().is_some() => high - low,
        _ => return input.typed(value),
    };
    let step = 10f64.powf((width / 20.0).log10().floor());
    let digits = (-step.log10()).max(0.0) as usize;
    input.typed(format!("{:.digits$}", (value / step).round() * step).parse().unwrap_or(value))
}

fn interval(input: &Input, root: &Root) -> String {
    match (root.low, root.high) {
        (Some(low), Some(high)) => {
            format!("between {} and {} (95%)", rounded(input, low, root), rounded(input, high, root))
        }
        (None, Some(high)) => format!("at most {} (95%), from below the range on", input.typed(high)),
        (Some(low), None) => format!("at least {} (95%), to beyond the range", input.typed(low)),
        (None, None) => "anywhere in the range".to_owned(),
    }
}

fn curve(input: &Input, output: &Output, solved: &Solved) -> Chart {
    let values = |part: fn(Measured) -> f64| -> Vec<f64> {
        solved.looked.iter().map(|&(_, found)| scaled(part(found), output.unit())).collect()
    };
    let looked: Vec<f64> = solved.looked.iter().map(|(value, _)| *value).collect();
    let (ticks, x) = places(input, &looked);
    let marks = match &solved.outcome {
        Outcome::Root(root) => {
            let at = looked.iter().position(|&value| value == root.value);
            at.map(|at| Level { label: rounded(input, root.value, root), value: x[at] }).into_iter().collect()
        }
        _ => Vec::new(),
    };
    let target = scaled(solved.target, output.unit());
    Chart {
        id: "curve".to_owned(),
        title: output.title(),
        subtitle: format!("over {}; band: 95% of what simulation leaves uncertain", input.label()),
        unit: symbol(output.unit()).to_owned(),
        digits: digits(output.unit()),
        alt: verdict(input, output, solved),
        drawing: Drawing::Curve {
            axis: axis(input),
            ticks,
            x,
            series: vec![CurveLine {
                name: output.name.clone(),
                values: values(|found| found.value),
                low: values(Measured::low),
                high: values(Measured::high),
            }],
            thresholds: vec![Threshold { label: "wanted".to_owned(), level: target }],
            marks,
        },
    }
}

fn record(input: &Input, solved: &Solved) -> Value {
    let typed = |value: Option<f64>| value.map(|value| input.typed(value));
    let outcome = match &solved.outcome {
        Outcome::Root(root) => {
            json!({ "root": input.typed(root.value), "low": typed(root.low), "high": typed(root.high),
            "output": root.measured.value, "output_error": root.measured.error })
        }
        Outcome::OutOfReach => json!({ "root": Value::Null, "why": "out of reach" }),
        Outcome::Several(stretches) => json!({ "root": Value::Null, "why": "crossed more than once",
            "between": stretches.iter().map(|(from, to)| [input.typed(*from), input.typed(*to)]).collect::<Vec<_>>() }),
    };
    json!({ "input": input.key, "target": solved.target, "outcome": outcome })
}
