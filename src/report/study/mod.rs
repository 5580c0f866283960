//! What studies found, as pages, tables and files: sweeps, sensitivity, the region in which something happens, the value of an
//! input at which it does.

mod again;
pub mod discover;
mod indices;
mod method;
mod screening;
pub mod solve;
pub mod sweep;
mod tornado;
mod words;

pub use again::again;
pub use method::Method;

use super::numbers::number;
use super::page::{Block, PAGE_FORMAT, Page, Section};
use super::pictures::{NamedChart, picture_files};
use super::table::{Table, columns};
use crate::calendar::names::long_date;
use crate::research::study::{Kept, Study};
use crate::results::{Answer, Layout, number as exact, to_csv};
use jiff::civil::Date;
use serde_json::{Value, json};

/// What stands at the top of the folder of a study.
pub const STUDY_FOLDER: Layout = Layout {
    mark: "study.json",
    names: &["study.json", "points.csv", "findings.csv", "report.html", "report.md", "charts"],
};

/// Inputs that a reader sees at once; more are a table for those who ask.
const MOST_FACTS: usize = 12;

/// Version of the layout of the folder; it changes when a reader of an older one would misread it.
const FORMAT_VERSION: u32 = 1;

/// What a study found.
pub struct Findings {
    /// The page.
    pub page: Page,
    /// The tables that the terminal shows.
    pub tables: Vec<Table>,
    /// All points with what was found at each, as CSV.
    pub points: Vec<u8>,
    /// What was made of them, as CSV.
    pub findings: Vec<u8>,
    record: Value,
}

/// What a kind of study has to say.
struct Told {
    /// The command: `sweep`.
    kind: &'static str,
    title: String,
    verdict: Vec<String>,
    tables: Vec<Table>,
    /// Besides the tables.
    sections: Vec<Section>,
    dates: Vec<Date>,
    findings: Vec<Vec<String>>,
    record: Value,
}

impl Findings {
    fn of(study: &Study, points: &[Vec<f64>], answers: &[Answer], command: &str, told: Told) -> Findings {
        let scenario = &study.base.scenario;
        let (points_count, paths) = (number(points.len() as f64, 0), number(study.paths as f64, 0));
        let page = Page {
            format: PAGE_FORMAT,
            tidegate: env!("CARGO_PKG_VERSION").to_owned(),
            title: told.title,
            claim: String::new(),
            verdict: told.verdict,
            made: format!(
                "{} to {} · {points_count} points of {paths} paths each, on the same luck, seed {}",
                long_date(scenario.start),
                long_date(scenario.end),
                study.seed
            ),
            remark: String::new(),
            figures: Vec::new(),
            dates: told.dates,
            marks: Vec::new(),
            sections: told.sections.into_iter().chain(made_of(study, command)).collect(),
        };
        let inputs: Vec<Value> =
            study.inputs.iter().map(|input| json!({ "key": input.key, "values": input.to_string() })).collect();
        let outputs: Vec<Value> = study
            .outputs
            .iter()
            .map(|output| json!({ "name": output.name, "unit": output.unit().suffix(), "title": output.title() }))
            .collect();
        let record = json!({
            "format": FORMAT_VERSION,
            "tidegate": env!("CARGO_PKG_VERSION"),
            "kind": told.kind,
            "command": command,
            "scenario": scenario.name,
            "paths": study.paths,
            "seed": study.seed,
            "inputs": inputs,
            "outputs": outputs,
            "points": points.len(),
            "found": told.record,
        });
        Findings {
            page,
            tables: told.tables,
            points: points_table(study, points, answers),
            findings: csv(told.findings),
            record,
        }
    }

    /// Everything that is written, with names below the folder.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut files: Vec<(String, Vec<u8>)> = vec![
            (STUDY_FOLDER.mark.to_owned(), self.json().into_bytes()),
            ("points.csv".to_owned(), self.points.clone()),
            ("findings.csv".to_owned(), self.findings.clone()),
            ("report.html".to_owned(), self.page.html().into_bytes()),
            ("report.md".to_owned(), self.page.markdown().into_bytes()),
        ];
        files.extend(picture_files(self.charts()));
        files
    }

    /// Its charts; each has the name of its files.
    pub fn charts(&self) -> Vec<NamedChart> {
        let source = format!("tidegate {}; {}", env!("CARGO_PKG_VERSION"), self.page.made);
        let named = self.page.charts().filter_map(|chart| {
            Some(NamedChart { name: chart.id.replace('-', "_"), chart: chart.picture(&self.page, &source)? })
        });
        named.collect()
    }

    /// The record as JSON.
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(&self.record).expect("a record is plain data") + "\n"
    }
}

/// What was varied and asked, and how to have it again.
fn made_of(study: &Study, command: &str) -> Vec<Section> {
    let varied = study.inputs.iter().map(|input| {
        let text = input.to_string();
        let values = text.split_once('=').map_or("", |(_, values)| values);
        (input.key.clone(), values.to_owned())
    });
    let set = study.changes.iter().map(|change| (change.key.clone(), format!("set to {}", change.value)));
    let facts: Vec<(String, String)> = set.chain(varied).collect();
    let told = if facts.len() <= MOST_FACTS {
        Block::Facts(facts)
    } else {
        Block::Appendix(Table {
            title: format!("{} inputs", facts.len()),
            note: String::new(),
            columns: columns(["Key", "Values"]),
            rows: facts.into_iter().map(|(key, values)| vec![key, values]).collect(),
        })
    };
    vec![
        Section::new("inputs", "What is varied", vec![told]),
        Section::new("again", "How to have it again", vec![Block::Code(command.to_owned())]),
    ]
}

/// Rows of which the first is the head.
fn csv(rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut rows = rows.into_iter();
    let head = rows.next().unwrap_or_default();
    to_csv(&head.iter().map(String::as_str).collect::<Vec<_>>(), rows)
}

/// A row for each point: inputs, then every output with its error; of an output by day the last day.
fn points_table(study: &Study, points: &[Vec<f64>], answers: &[Answer]) -> Vec<u8> {
    let mut head = vec!["point".to_owned()];
    head.extend(study.inputs.iter().map(crate::research::study::Input::head));
    head.push(String::new());
    for output in &study.outputs {
        let suffix = output.unit().suffix();
        head.extend([format!("{} [{suffix}]", output.name), format!("{}, s.e. [{suffix}]", output.name)]);
    }
    let row = |(place, (point, answer)): (usize, (&Vec<f64>, &Answer))| {
        let mut row = vec![(place + 1).to_string()];
        row.extend(study.inputs.iter().zip(point).map(|(input, &value)| input.cell(value)));
        row.push(String::new());
        for (output, found) in study.outputs.iter().zip(answer) {
            let told = if study.kept == Kept::Days { found.last() } else { found.first() };
            if let Some(told) = told {
                row.extend([told.value, told.error].map(|value| exact(words::scaled(value, output.unit()))));
            }
        }
        row
    };
    let rows = points.iter().zip(answers).enumerate().map(row);
    csv([head].into_iter().chain(rows))
}
