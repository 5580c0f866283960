//! Which inputs matter at all: Morris's elementary effects.

use super::sweep::Sweep;
use super::words::{cell, digits, scaled, symbol};
use super::{Findings, Told};
use crate::report::page::chart::{Drawing, Step};
use crate::report::page::{Block, Chart, Section};
use crate::report::table::{Table, columns};
use crate::research::sensitivity::{Bootstrap, ElementaryEffects, Morris, SensitivityError};
use crate::research::study::Output;
use serde_json::{Value, json};

/// Bars of a chart.
const MOST_BARS: usize = 15;

/// The findings of Morris's trajectories; `unit` are their points in the unit cube.
///
/// # Errors
/// No output is moved by any input.
pub fn screening_findings(found: &Sweep<'_>, unit: &[Vec<f64>], command: &str) -> Result<Findings, SensitivityError> {
    let study = found.study;
    let bootstrap = Bootstrap::default();
    let mut told = Told {
        kind: "morris",
        title: format!("{}: which assumptions matter at all", study.base.scenario.title),
        verdict: Vec::new(),
        tables: Vec::new(),
        sections: Vec::new(),
        dates: Vec::new(),
        findings: vec![columns(["output", "input", "mu", "mu_star", "mu_star_low", "mu_star_high", "sigma"])],
        record: Value::Null,
    };
    let (mut record, mut first_error) = (Vec::new(), None);
    for (place, output) in study.outputs.iter().enumerate() {
        let outputs: Vec<f64> = found.answers.iter().map(|answer| answer[place][0].value).collect();
        let morris = match Morris::of(unit, &outputs, &bootstrap) {
            Ok(morris) => morris,
            Err(error) => {
                told.verdict.push(format!("{}: {error}.", output.name));
                first_error.get_or_insert(error);
                continue;
            }
        };
        let mut order: Vec<usize> = (0..study.inputs.len()).collect();
        let size = |factor: usize| morris.factors[factor].mu_star.value;
        order.sort_by(|&a, &b| size(b).total_cmp(&size(a)));
        told.verdict.push(verdict(found, output, &morris, &order));
        for &factor in &order {
            let ElementaryEffects { mu, mu_star, sigma } = morris.factors[factor];
            let numbers = [mu, mu_star.value, mu_star.low, mu_star.high, sigma];
            let numbers = numbers.map(|value| scaled(value, output.unit()).to_string());
            told.findings
                .push([vec![output.name.clone(), study.inputs[factor].key.clone()], numbers.to_vec()].concat());
        }
        let effects: Vec<Value> = order
            .iter()
            .map(|&factor| {
                let found = &morris.factors[factor];
                json!({ "input": study.inputs[factor].key, "mu": found.mu, "mu_star": found.mu_star.value,
                    "interval": [found.mu_star.low, found.mu_star.high], "sigma": found.sigma })
            })
            .collect();
        record.push(json!({ "output": output.name, "trajectories": morris.trajectories,
            "converged": morris.is_converged(), "effects": effects }));
        let table = table(found, output, &morris, &order);
        let blocks = vec![Block::Chart(Box::new(chart(found, place, &morris, &order))), Block::Appendix(table.clone())];
        told.sections.push(Section::new(&format!("output-{place}"), &output.title(), blocks));
        told.tables.push(Table { rows: table.rows.iter().take(MOST_BARS).cloned().collect(), ..table });
    }
    match first_error.filter(|_| record.is_empty()) {
        Some(error) => Err(error),
        None => {
            told.record = Value::Array(record);
            Ok(Findings::of(study, found.points, found.answers, command, told))
        }
    }
}

/// The inputs that do at least a tenth of what the largest does.
fn verdict(found: &Sweep<'_>, output: &Output, morris: &Morris, order: &[usize]) -> String {
    let largest = morris.factors[order[0]].mu_star.value;
    let matter: Vec<String> = order
        .iter()
        .filter(|&&factor| morris.factors[factor].mu_star.value >= 0.1 * largest)
        .map(|&factor| found.study.inputs[factor].label())
        .collect();
    let shown = matter.iter().take(6).cloned().collect::<Vec<_>>().join(", ");
    let more = if matter.len() > 6 { format!(" and {} more", matter.len() - 6) } else { String::new() };
    let sure = if morris.is_converged() { "" } else { " Not converged: more trajectories are needed to rank them." };
    format!("{}: of {} inputs {shown}{more} matter.{sure}", output.title(), order.len())
}

fn table(found: &Sweep<'_>, output: &Output, morris: &Morris, order: &[usize]) -> Table {
    let row = |&factor: &usize| {
        let effects = &morris.factors[factor];
        let interval = format!("{} to {}", cell(effects.mu_star.low, output), cell(effects.mu_star.high, output));
        let input = &found.study.inputs[factor];
        let shown = [effects.mu_star.value, effects.mu, effects.sigma].map(|value| cell(value, output));
        let [mu_star, mu, sigma] = shown;
        vec![input.label(), mu_star, interval, mu, sigma]
    };
    Table {
        title: format!("{}, {}: what an input does over its range", output.title(), symbol(output.unit())),
        note: format!(
            "μ* is the mean size of an effect over {} places, with its 95% interval; μ the mean effect; σ as large as μ* \
             means that it depends on where the others stand.",
            morris.trajectories
        ),
        columns: columns(["Input", "μ*", "95% interval", "μ", "σ"]),
        rows: order.iter().map(row).collect(),
    }
}

fn chart(found: &Sweep<'_>, place: usize, morris: &Morris, order: &[usize]) -> Chart {
    let output = &found.study.outputs[place];
    let item = |&factor: &usize| {
        let size = &morris.factors[factor].mu_star;
        let [value, low, high] = [size.value, size.low, size.high].map(|value| scaled(value, output.unit()));
        Step { label: found.study.inputs[factor].label(), value, low, high, hand: None }
    };
    Chart {
        id: format!("effects-{place}"),
        title: output.title(),
        subtitle: "mean size of what each input does over its range, with 95% intervals".to_owned(),
        unit: symbol(output.unit()).to_owned(),
        digits: digits(output.unit()),
        alt: verdict(found, output, morris, order),
        drawing: Drawing::Bars { items: order.iter().take(MOST_BARS).map(item).collect() },
    }
}
