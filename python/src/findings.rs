//! What a study found.

use super::chart::Chart;
use super::failure::Failure;
use super::table::Table;
use super::{json, notebook};
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use std::path::PathBuf;
use tidegate::report::charts::{Theme, draw_svg};
use tidegate::report::study::{Findings, STUDY_FOLDER};
use tidegate::results::{self, write_folder};

/// What a study of a scenario at many points found. Its Arrow stream is `points`.
#[pyclass(frozen, module = "tidegate")]
pub struct Study {
    /// What was found.
    pub findings: Findings,
}

fn table(csv: &[u8]) -> Table {
    Table::new(results::Table::from_csv(csv).expect("it was written as CSV"), Vec::new())
}

#[pymethods]
impl Study {
    /// Every point with what was found there, a row per point; as in points.csv.
    #[getter]
    fn points(&self) -> Table {
        table(&self.findings.points)
    }

    /// What was made of the points; as in findings.csv.
    #[getter(findings)]
    fn findings_table(&self) -> Table {
        table(&self.findings.findings)
    }

    /// What was found, in sentences.
    #[getter]
    fn verdict(&self) -> Vec<String> {
        self.findings.page.verdict.clone()
    }

    /// All that the command prints with --json, as a dict.
    #[getter]
    fn record<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let record = serde_json::from_str(&self.findings.json()).expect("a record is JSON");
        json::to_python(py, &record)
    }

    /// Names of the charts.
    #[getter]
    fn chart_names(&self) -> Vec<String> {
        self.findings.charts().into_iter().map(|chart| chart.name).collect()
    }

    /// A chart by its name, the same as in the folder of the study.
    fn chart(&self, name: &str) -> PyResult<Chart> {
        let charts = self.findings.charts();
        let names: Vec<&str> = charts.iter().map(|chart| chart.name.as_str()).collect();
        let unknown = || PyKeyError::new_err(format!("no chart is called `{name}`; there are {}", names.join(", ")));
        let found = charts.iter().find(|chart| chart.name == name).ok_or_else(unknown)?;
        let svg = draw_svg(&*found.chart, Theme::Light).expect("charts are made of finite numbers");
        Ok(Chart { name: name.to_owned(), svg })
    }

    /// Writes the folder that the command writes; an earlier study there is replaced.
    fn write(&self, py: Python<'_>, folder: PathBuf) -> PyResult<()> {
        let written = py.detach(|| write_folder(&folder, STUDY_FOLDER, &self.findings.files()));
        Ok(written.map_err(Failure::Folder)?)
    }

    /// The page as HTML that needs nothing but itself.
    fn html(&self) -> String {
        self.findings.page.html()
    }

    /// The page as Markdown, without its charts.
    fn markdown(&self) -> String {
        self.findings.page.markdown()
    }

    /// The Arrow stream of `points`.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        self.points().stream(py)
    }

    fn __repr__(&self) -> String {
        format!("<tidegate.Study {}>", self.findings.page.title)
    }

    fn _repr_html_(&self) -> String {
        let charts: String = self
            .findings
            .charts()
            .iter()
            .take(2)
            .map(|it| notebook::chart(&draw_svg(&*it.chart, Theme::Light).expect("charts are made of finite numbers")))
            .collect();
        notebook::head(&self.findings.page) + &charts
    }
}
