//! What each input does alone, from low to high.

use super::sweep::Sweep;
use super::words::{cell, digits, scaled, symbol, told as told_value, with_error};
use super::{Findings, Told};
use crate::report::page::chart::{Drawing, TornadoItem};
use crate::report::page::{Block, Chart, Section};
use crate::report::table::{Table, columns};
use crate::research::PairedMean;
use crate::research::sensitivity::{Bar, BarErrors, SensitivityError, Tornado};
use crate::research::study::Output;
use crate::statistics::Measured;
use serde_json::{Value, json};

/// Bars of a chart; further ones are in the table.
const MOST_BARS: usize = 15;

/// Bars that the terminal shows.
const SHOWN: usize = 12;

/// The findings of a design of one input at a time.
///
/// # Errors
/// No output is moved by any input.
pub fn tornado_findings(found: &Sweep<'_>, command: &str) -> Result<Findings, SensitivityError> {
    let study = found.study;
    let outputs: Vec<Result<Tornado, SensitivityError>> = (0..study.outputs.len())
        .map(|place| {
            let outputs: Vec<f64> = found.answers.iter().map(|answer| answer[place][0].value).collect();
            Tornado::of(&outputs, Some(&errors(found, place)))
        })
        .collect();
    if let Some(Err(error)) = outputs.iter().find(|tornado| tornado.is_ok()).is_none().then(|| &outputs[0]) {
        return Err(*error);
    }
    let mut told = Told {
        kind: "tornado",
        title: format!("{}: which assumption matters", study.base.scenario.title),
        verdict: Vec::new(),
        tables: Vec::new(),
        sections: Vec::new(),
        dates: Vec::new(),
        findings: vec![columns([
            "output",
            "input",
            "low",
            "high",
            "output_at_low",
            "output_at_high",
            "output_in_the_middle",
            "swing_error",
        ])],
        record: Value::Null,
    };
    let mut record = Vec::new();
    for (place, (output, tornado)) in study.outputs.iter().zip(&outputs).enumerate() {
        let Ok(tornado) = tornado else {
            told.verdict.push(format!("No input moves {}.", output.name));
            continue;
        };
        let ends = |factor: usize| [0.0, 1.0].map(|end| study.inputs[factor].typed(study.inputs[factor].at(end)));
        let widest = &tornado.bars[0];
        let [low, high] = ends(widest.factor);
        let label = study.inputs[widest.factor].label();
        told.verdict.push(format!(
            "{} moves most with {label}: from {} at {low} to {} at {high}; it is {} with all inputs in the middle.",
            output.title(),
            told_value(widest.low, output),
            told_value(widest.high, output),
            told_value(tornado.middle, output),
        ));
        let table = table(found, place, tornado);
        for bar in &tornado.bars {
            let [low, high] = ends(bar.factor);
            let values = [bar.low, bar.high, tornado.middle, swing_error(bar)]
                .map(|value| scaled(value, output.unit()).to_string());
            let key = study.inputs[bar.factor].key.clone();
            told.findings.push([vec![output.name.clone(), key, low, high], values.to_vec()].concat());
        }
        let bars: Vec<Value> = tornado
            .bars
            .iter()
            .map(|bar| json!({ "input": study.inputs[bar.factor].key, "low": bar.low, "high": bar.high, "swing_error": swing_error(bar) }))
            .collect();
        record.push(json!({ "output": output.name, "middle": tornado.middle, "bars": bars }));
        let blocks = vec![Block::Chart(Box::new(chart(found, place, tornado))), Block::Appendix(table.clone())];
        told.sections.push(Section::new(&format!("output-{place}"), &output.title(), blocks));
        let mut short = table;
        short.rows.truncate(SHOWN);
        told.tables.push(short);
    }
    told.record = Value::Array(record);
    Ok(Findings::of(study, found.points, found.answers, command, told))
}

/// The errors of what each input does, from the spread of the same differences over parts of the paths.
fn errors(found: &Sweep<'_>, place: usize) -> Vec<BarErrors> {
    let parts = |point: usize| -> Vec<f64> { found.answers[point][place][1..].iter().map(|part| part.value).collect() };
    let error = |of: usize, less: usize| PairedMean::of(&parts(less), &parts(of)).standard_error;
    let of_input = |low: usize| BarErrors { low: error(low, 0), high: error(low + 1, 0), swing: error(low + 1, low) };
    (1..found.points.len()).step_by(2).map(of_input).collect()
}

/// What a bar comes to, with its error.
fn swing(bar: &Bar, output: &Output) -> String {
    with_error(Measured { value: bar.swing(), error: swing_error(bar) }, output)
}

/// The error of a bar's swing.
fn swing_error(bar: &Bar) -> f64 {
    bar.errors.map_or(0.0, |errors| errors.swing)
}

fn table(found: &Sweep<'_>, place: usize, tornado: &Tornado) -> Table {
    let output = &found.study.outputs[place];
    let row = |bar: &Bar| {
        let input = &found.study.inputs[bar.factor];
        let [low, high] = [0.0, 1.0].map(|end| input.typed(input.at(end)));
        vec![input.label(), low, high, cell(bar.low, output), cell(bar.high, output), swing(bar, output)]
    };
    Table {
        title: format!(
            "{}, {}; in the middle {}",
            output.title(),
            symbol(output.unit()),
            told_value(tornado.middle, output)
        ),
        note: "One input at a time, all others in the middle of their ranges; what inputs do together is not in it."
            .to_owned(),
        columns: columns(["Input", "Low", "High", "At low", "At high", "Swing"]),
        rows: tornado.bars.iter().map(row).collect(),
    }
}

fn chart(found: &Sweep<'_>, place: usize, tornado: &Tornado) -> Chart {
    let output = &found.study.outputs[place];
    let item = |bar: &Bar| {
        let input = &found.study.inputs[bar.factor];
        let [at_low, at_high] = [0.0, 1.0].map(|end| input.typed(input.at(end)));
        let [low, high] = [bar.low, bar.high].map(|value| scaled(value, output.unit()));
        TornadoItem { label: input.label(), low, high, at_low, at_high, error: scaled(swing_error(bar), output.unit()) }
    };
    let first = &tornado.bars[0];
    Chart {
        id: format!("tornado-{place}"),
        title: output.title(),
        subtitle: format!(
            "with each input low and high; {} with all in the middle",
            told_value(tornado.middle, output)
        ),
        unit: symbol(output.unit()).to_owned(),
        digits: digits(output.unit()),
        alt: format!("{} does most, of {} inputs.", found.study.inputs[first.factor].label(), tornado.bars.len()),
        drawing: Drawing::Tornado {
            centre: scaled(tornado.middle, output.unit()),
            items: tornado.bars.iter().take(MOST_BARS).map(item).collect(),
        },
    }
}
