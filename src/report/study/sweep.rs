//! What a sweep found.

use super::words::{at_point, digits, head, scaled, symbol, told, with_error};
use super::{Findings, Told};
use crate::report::page::chart::{CurveLine, Drawing, GridAxis};
use crate::report::page::{Block, Chart, Section};
use crate::report::table::Table;
use crate::research::study::{Input, Study};
use crate::results::Answer;
use crate::statistics::Measured;
use serde_json::json;

/// Points and what was found at each.
pub struct Sweep<'a> {
    /// What was asked.
    pub study: &'a Study,
    /// The points.
    pub points: &'a [Vec<f64>],
    /// The answers.
    pub answers: &'a [Answer],
    /// Whether every value of each input meets every value of the others.
    pub is_grid: bool,
}

/// Rows that the terminal shows of a long table.
const SHOWN: usize = 40;

/// Lines of one chart.
const MOST_LINES: usize = 6;

/// The findings of a sweep.
pub fn sweep_findings(found: &Sweep<'_>, command: &str) -> Findings {
    let Sweep { study, points, answers, .. } = found;
    let table = table(found);
    let mut short = table.clone();
    if short.rows.len() > SHOWN {
        short.rows.truncate(SHOWN);
        short.note =
            format!("The first {SHOWN} of {} points; points.csv has all of them. {}", points.len(), short.note);
    }
    let mut sections = Vec::new();
    for place in 0..study.outputs.len() {
        let charts = charts(found, place);
        if !charts.is_empty() {
            let blocks = charts.into_iter().map(|chart| Block::Chart(Box::new(chart))).collect();
            sections.push(Section::new(&format!("output-{place}"), &study.outputs[place].title(), blocks));
        }
    }
    sections.push(Section::new("points", "All points", vec![Block::Table(table.clone())]));
    let mut findings = vec![table.columns.clone()];
    findings.extend(table.rows);
    let told = Told {
        kind: "sweep",
        title: format!("{}: a sweep", study.base.scenario.title),
        verdict: (0..study.outputs.len()).map(|place| extremes(found, place)).collect(),
        tables: vec![short],
        sections,
        dates: Vec::new(),
        findings,
        record: json!({}),
    };
    Findings::of(study, points, answers, command, told)
}

fn at(found: &Sweep<'_>, point: usize, output: usize) -> Measured {
    found.answers[point][output][0]
}

fn table(found: &Sweep<'_>) -> Table {
    let study = found.study;
    let mut columns = vec!["Point".to_owned()];
    columns.extend(study.inputs.iter().map(Input::label));
    columns.extend(study.outputs.iter().map(head));
    let row = |(place, point): (usize, &Vec<f64>)| {
        let mut row = vec![(place + 1).to_string()];
        row.extend(study.inputs.iter().zip(point).map(|(input, &value)| input.typed(value)));
        row.extend(study.outputs.iter().enumerate().map(|(output, of)| with_error(at(found, place, output), of)));
        row
    };
    Table {
        title: "Points".to_owned(),
        note:
            "± is the Monte Carlo standard error of a number by itself; differences between points, which share their \
               luck, are surer."
                .to_owned(),
        columns,
        rows: found.points.iter().enumerate().map(row).collect(),
    }
}

/// Where an output is lowest and highest.
fn extremes(found: &Sweep<'_>, place: usize) -> String {
    let output = &found.study.outputs[place];
    let value = |point: &usize| at(found, *point, place).value;
    let by = |a: &usize, b: &usize| value(a).total_cmp(&value(b));
    let points = || 0..found.points.len();
    let (Some(low), Some(high)) = (points().min_by(by), points().max_by(by)) else { return String::new() };
    if value(&low) == value(&high) {
        return format!("{} is {} at every point.", output.title(), told(value(&low), output));
    }
    let words = |point: usize| at_point(&found.study.inputs, &found.points[point]);
    format!(
        "{} goes from {} ({}) to {} ({}).",
        output.title(),
        told(value(&low), output),
        words(low),
        told(value(&high), output),
        words(high)
    )
}

/// Of a grid: lines along the first input, one for each value of the second, and a map of both.
fn charts(found: &Sweep<'_>, place: usize) -> Vec<Chart> {
    let inputs = &found.study.inputs;
    match (found.is_grid, inputs.len()) {
        (true, 1) => vec![lines(found, place, None)],
        (true, 2) => {
            let mut charts = vec![map(found, place)];
            if inputs[1].levels() <= MOST_LINES {
                charts.insert(0, lines(found, place, Some(&inputs[1])));
            }
            charts
        }
        _ => Vec::new(),
    }
}

fn chart(found: &Sweep<'_>, place: usize, id: &str, subtitle: String, drawing: Drawing) -> Chart {
    let output = &found.study.outputs[place];
    Chart {
        id: format!("{id}-{place}"),
        title: output.title(),
        subtitle,
        unit: symbol(output.unit()).to_owned(),
        digits: digits(output.unit()),
        alt: extremes(found, place),
        drawing,
    }
}

/// The places of a grid's points, a row for each value of its first input.
fn rows(found: &Sweep<'_>) -> Vec<Vec<usize>> {
    let across = found.study.inputs[1..].iter().map(Input::levels).product::<usize>().max(1);
    (0..found.points.len()).collect::<Vec<_>>().chunks(across).map(<[usize]>::to_vec).collect()
}

fn lines(found: &Sweep<'_>, place: usize, second: Option<&Input>) -> Chart {
    let (output, first) = (&found.study.outputs[place], &found.study.inputs[0]);
    let rows = rows(found);
    let values = |column: usize, part: &dyn Fn(Measured) -> f64| -> Vec<f64> {
        rows.iter().map(|row| scaled(part(at(found, row[column], place)), output.unit())).collect()
    };
    let series = (0..rows.first().map_or(0, Vec::len)).map(|column| CurveLine {
        name: second.map_or(output.name.clone(), |input| input.typed(found.points[rows[0][column]][1])),
        values: values(column, &|found| found.value),
        low: values(column, &Measured::low),
        high: values(column, &Measured::high),
    });
    let along: Vec<f64> = rows.iter().map(|row| found.points[row[0]][0]).collect();
    let (ticks, x) = places(first, &along);
    let drawing = Drawing::Curve {
        axis: axis(first),
        ticks,
        x,
        series: series.collect(),
        thresholds: Vec::new(),
        marks: Vec::new(),
    };
    let by = second.map_or(String::new(), |input| format!("; a line for each {}", input.label()));
    chart(found, place, "along", format!("along {}; bands are 95% intervals{by}", first.label()), drawing)
}

fn map(found: &Sweep<'_>, place: usize) -> Chart {
    let output = &found.study.outputs[place];
    let [first, second] = [0, 1].map(|input| &found.study.inputs[input]);
    let rows = rows(found);
    let axis_of = |input: &Input, values: Vec<f64>| GridAxis {
        label: input.label(),
        values: values.into_iter().map(|value| input.typed(value)).collect(),
    };
    let drawing = Drawing::Grid {
        across: axis_of(second, rows[0].iter().map(|&point| found.points[point][1]).collect()),
        down: axis_of(first, rows.iter().map(|row| found.points[row[0]][0]).collect()),
        values: rows
            .iter()
            .map(|row| row.iter().map(|&point| scaled(at(found, point, place).value, output.unit())).collect())
            .collect(),
    };
    let subtitle = format!("{} down, {} across", first.label(), second.label());
    chart(found, place, "map", subtitle, drawing)
}

/// Where the values of an input lie on its axis: days and switches by their words and ranks, all others by their numbers.
pub fn places(input: &Input, values: &[f64]) -> (Vec<String>, Vec<f64>) {
    match input.unit() {
        Some(unit) => (Vec::new(), values.iter().map(|&value| scaled(value, unit)).collect()),
        None => {
            let words = values.iter().map(|&value| input.typed(value)).collect();
            (words, (0..values.len()).map(|rank| rank as f64).collect())
        }
    }
}

/// The name of an input's axis.
pub fn axis(input: &Input) -> String {
    match input.unit().map(symbol) {
        Some(unit) if !unit.is_empty() => format!("{}, {unit}", input.label()),
        _ => input.label(),
    }
}
