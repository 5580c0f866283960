//! Whose variance it is: Sobol' indices of numbers, and of a variable by date.

use super::sweep::Sweep;
use super::{Findings, Told};
use crate::report::numbers::number;
use crate::report::page::chart::{Drawing, Line, Step, rounded};
use crate::report::page::{Block, Chart, Section};
use crate::report::table::{Table, columns};
use crate::report::uncapitalised;
use crate::research::sensitivity::{Bootstrap, OnDate, SensitivityError, Shares, SobolIndices, SobolOverTime};
use crate::research::study::{Kept, Of, Output};
use crate::statistics::scores::Estimate;
use serde_json::{Value, json};

/// Layers of a stacked area.
const MOST_LAYERS: usize = 6;

/// The findings of Saltelli's design.
///
/// # Errors
/// No output varies.
pub fn indices_findings(found: &Sweep<'_>, command: &str) -> Result<Findings, SensitivityError> {
    let study = found.study;
    let bootstrap = Bootstrap::default();
    let mut told = Told {
        kind: "sobol",
        title: format!("{}: whose variance it is", study.base.scenario.title),
        verdict: Vec::new(),
        tables: Vec::new(),
        sections: Vec::new(),
        dates: if study.kept == Kept::Days { study.dates() } else { Vec::new() },
        findings: vec![columns([
            "output",
            "date",
            "input",
            "first",
            "first_low",
            "first_high",
            "total",
            "total_low",
            "total_high",
        ])],
        record: Value::Null,
    };
    let (mut record, mut first_error) = (Vec::new(), None);
    for (place, output) in study.outputs.iter().enumerate() {
        let outcome = if study.kept == Kept::Days && matches!(output.of, Of::Variable(_)) {
            over_time(found, place, &bootstrap, &mut told)
        } else {
            of_number(found, place, &bootstrap, &mut told)
        };
        match outcome {
            Ok(found) => record.push(found),
            Err(error) => {
                told.verdict.push(format!("{}: {error}.", output.name));
                first_error.get_or_insert(error);
            }
        }
    }
    match first_error.filter(|_| record.is_empty()) {
        Some(error) => Err(error),
        None => {
            told.record = Value::Array(record);
            Ok(Findings::of(study, found.points, found.answers, command, told))
        }
    }
}

fn of_number(
    found: &Sweep<'_>,
    place: usize,
    bootstrap: &Bootstrap,
    told: &mut Told,
) -> Result<Value, SensitivityError> {
    let (study, output) = (found.study, &found.study.outputs[place]);
    let outputs: Vec<f64> = found.answers.iter().map(|answer| answer[place][0].value).collect();
    let indices = SobolIndices::of(&outputs, study.inputs.len(), bootstrap)?;
    let order = by_total(&indices);
    told.verdict.push(verdict(found, &output.title(), &indices, &order));
    told.findings.extend(rows(found, output, "", &indices));
    let table = table(found, output, &indices, &order);
    let blocks = vec![Block::Chart(Box::new(bars(found, place, &indices, &order))), Block::Appendix(table.clone())];
    told.sections.push(Section::new(&format!("output-{place}"), &output.title(), blocks));
    told.tables.push(table);
    Ok(json!({ "output": output.name, "base": indices.base, "mean": indices.mean, "variance": indices.variance,
        "converged": indices.is_converged(), "indices": indices_record(found, &indices) }))
}

fn over_time(
    found: &Sweep<'_>,
    place: usize,
    bootstrap: &Bootstrap,
    told: &mut Told,
) -> Result<Value, SensitivityError> {
    let (study, output) = (found.study, &found.study.outputs[place]);
    let paths: Vec<Vec<f64>> =
        found.answers.iter().map(|answer| answer[place].iter().map(|day| day.value).collect()).collect();
    let over = SobolOverTime::of(&paths, study.inputs.len(), bootstrap)?;
    let title = format!("{} of {}", output.statistic.word(), title_of(output));
    for (date, on) in told.dates.clone().iter().zip(&over.dates) {
        if let Some(indices) = on.indices() {
            told.findings.extend(rows(found, output, &date.to_string(), indices));
        }
    }
    if let Some(last) = over.dates.last().and_then(OnDate::indices) {
        let order = by_total(last);
        told.verdict.push(verdict(found, &format!("{title} on the last day"), last, &order));
        told.tables.push(table(found, output, last, &order));
    }
    if !over.is_converged() {
        told.verdict.push(format!("Not converged on every date: more base rows are needed for {}.", output.name));
    }
    told.sections.push(stack(found, place, &title, &over));
    let dates: Vec<Value> =
        over.dates.iter().map(|on| json!({ "mean": on.mean(), "variance": on.variance() })).collect();
    Ok(json!({ "output": output.name, "converged": over.is_converged(), "dates": dates }))
}

/// The name of the variable of an output.
fn title_of(output: &Output) -> String {
    match &output.of {
        Of::Variable(variable) => variable.info().title.to_owned(),
        _ => output.name.clone(),
    }
}

/// The inputs with the largest total index first.
fn by_total(indices: &SobolIndices) -> Vec<usize> {
    let mut order: Vec<usize> = (0..indices.total.len()).collect();
    order.sort_by(|&a, &b| indices.total[b].value.total_cmp(&indices.total[a].value));
    order
}

/// Without the capital letter of a first word that is no name.
fn lower(title: &str) -> String {
    if title.starts_with("P(") { title.to_owned() } else { uncapitalised(title) }
}

fn share(value: f64) -> String {
    format!("{}%", number(100.0 * value, 0))
}

fn verdict(found: &Sweep<'_>, title: &str, indices: &SobolIndices, order: &[usize]) -> String {
    let shown: Vec<String> = order
        .iter()
        .take(3)
        .filter(|&&factor| indices.total[factor].value >= 0.01)
        .map(|&factor| format!("{} {}", found.study.inputs[factor].label(), share(indices.total[factor].value)))
        .collect();
    let sure = match indices.widest().filter(|widest| !widest.is_converged()) {
        Some(widest) => format!(
            " Not converged: an index of {} is only known to within {} points; take about {} base rows.",
            found.study.inputs[widest.factor].label(),
            number(100.0 * widest.half_width, 0),
            number((indices.base as f64 * widest.points_wanted()).log2().ceil().exp2(), 0)
        ),
        None => String::new(),
    };
    format!(
        "What moves {}, by share of its variance over the inputs: {}; {} is owed to several together.{sure}",
        lower(title),
        shown.join(", "),
        share(indices.interactions().clamp(0.0, 1.0))
    )
}

fn rows(found: &Sweep<'_>, output: &Output, date: &str, indices: &SobolIndices) -> Vec<Vec<String>> {
    let numbers = |of: &Estimate| [of.value, of.low, of.high].map(|value| value.to_string()).to_vec();
    let row = |(factor, (first, total)): (usize, (&Estimate, &Estimate))| {
        let key = found.study.inputs[factor].key.clone();
        [vec![output.name.clone(), date.to_owned(), key], numbers(first), numbers(total)].concat()
    };
    indices.first.iter().zip(&indices.total).enumerate().map(row).collect()
}

fn indices_record(found: &Sweep<'_>, indices: &SobolIndices) -> Vec<Value> {
    let told = |of: &Estimate| json!({ "value": of.value, "low": of.low, "high": of.high });
    let one = |(factor, (first, total)): (usize, (&Estimate, &Estimate))| json!({ "input": found.study.inputs[factor].key, "first": told(first), "total": told(total) });
    indices.first.iter().zip(&indices.total).enumerate().map(one).collect()
}

fn table(found: &Sweep<'_>, output: &Output, indices: &SobolIndices, order: &[usize]) -> Table {
    let told = |of: &Estimate| [share(of.value), format!("{} to {}", share(of.low), share(of.high))];
    let row = |&factor: &usize| {
        let [first, total] = [&indices.first[factor], &indices.total[factor]].map(told);
        [vec![found.study.inputs[factor].label()], total.to_vec(), first.to_vec()].concat()
    };
    Table {
        title: format!("{}: shares of its variance", output.title()),
        note:
            "Alone: what the input does by itself. Total: with all it does together with others; totals may add up to \
               more than 100%. Intervals of 95% from a bootstrap over base rows."
                .to_owned(),
        columns: columns(["Input", "Total", "95% interval", "Alone", "95% interval"]),
        rows: order.iter().map(row).collect(),
    }
}

fn bars(found: &Sweep<'_>, place: usize, indices: &SobolIndices, order: &[usize]) -> Chart {
    let output = &found.study.outputs[place];
    let item = |&factor: &usize| {
        let total = &indices.total[factor];
        let [value, low, high] = [total.value, total.low, total.high].map(|value| 100.0 * value);
        Step { label: found.study.inputs[factor].label(), value, low, high, hand: None }
    };
    Chart {
        id: format!("indices-{place}"),
        title: output.title(),
        subtitle: "share of its variance over the inputs with which each has to do (total index), 95% intervals"
            .to_owned(),
        unit: "%".to_owned(),
        digits: 0,
        alt: verdict(found, &output.title(), indices, order),
        drawing: Drawing::Bars { items: order.iter().map(item).collect() },
    }
}

/// The shares of every date, stacked, and the variance they are shares of.
fn stack(found: &Sweep<'_>, place: usize, title: &str, over: &SobolOverTime) -> Section {
    let shares: Vec<_> = over.dates.iter().map(OnDate::shares).collect();
    let of = |factor: usize| shares.iter().map(move |on| on.as_ref().map_or(0.0, |on| 100.0 * on.first[factor]));
    let mut order: Vec<usize> = (0..found.study.inputs.len()).collect();
    order.sort_by(|&a, &b| of(b).sum::<f64>().total_cmp(&of(a).sum()));
    let others = order.split_off(order.len().min(MOST_LAYERS));
    let layer = |&factor: &usize| Line { name: found.study.inputs[factor].label(), values: rounded(of(factor), 1) };
    let left = |on: &Option<Shares>| {
        on.as_ref().map_or(0.0, |on| on.interactions + others.iter().map(|&factor| on.first[factor]).sum::<f64>())
    };
    let rest = Line {
        name: if others.is_empty() { "several together" } else { "several together, and all others" }.to_owned(),
        values: rounded(shares.iter().map(|on| 100.0 * left(on)), 1),
    };
    let deviations = Line {
        name: "Standard deviation".to_owned(),
        values: rounded(over.dates.iter().map(|on| on.variance().sqrt()), 2),
    };
    let output = &found.study.outputs[place];
    let charts = [
        Chart {
            id: format!("shares-{place}"),
            title: title.to_owned(),
            subtitle: "share of its variance over the inputs that each owes alone, by date".to_owned(),
            unit: "%".to_owned(),
            digits: 0,
            alt: format!("Shares of the variance of {title} by date, stacked."),
            drawing: Drawing::Stack { layers: order.iter().map(layer).collect(), rest: Some(rest) },
        },
        Chart {
            id: format!("deviation-{place}"),
            title: format!("{title}: how much the inputs move it"),
            subtitle: "standard deviation over the inputs, by date".to_owned(),
            unit: super::words::symbol(output.unit()).to_owned(),
            digits: super::words::digits(output.unit()).max(1),
            alt: format!("Standard deviation of {title} over the inputs, by date."),
            drawing: Drawing::Lines { series: vec![deviations], from_zero: true },
        },
    ];
    Section::new(
        &format!("output-{place}"),
        title,
        charts.into_iter().map(|chart| Block::Chart(Box::new(chart))).collect(),
    )
}
