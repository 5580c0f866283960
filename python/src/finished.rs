//! What is known of a run.

use super::chart::Chart;
use super::failure::Failure;
use super::interrupt::watched;
use super::table::Table;
use super::{json, notebook};
use numpy::datetime::{Datetime, units};
use numpy::ndarray::Array2;
use numpy::{IntoPyArray, PyArray1, PyArray2};
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use std::path::PathBuf;
use tidegate::model::Variable;
use tidegate::report::charts::{Theme, draw_svg};
use tidegate::report::page::Page;
use tidegate::report::{FinishedRun, NamedChart, check_memory};
use tidegate::research::COMPARED;
use tidegate::results::{
    RUN_FOLDER, attribution_table, books, books_table, check_place, epoch_days, fan_errors_table, fan_table,
    simulate_values, table_of_paths, uncertain_table, variables_named, watch_table, write_folder, write_paths,
    write_whole_by,
};
use tidegate::scenario::Scenario;

/// One variable, or several.
#[derive(FromPyObject)]
enum Wanted {
    One(String),
    Many(Vec<String>),
}

/// A run: what happens to reserves and rates, with what probability, and which flow did it.
///
/// Its Arrow stream is `fan`. A notebook shows its answer with the fans of reserves and of SOFR − IORB.
#[pyclass(frozen, module = "tidegate")]
pub struct Run {
    /// All that is known of it.
    pub finished: FinishedRun,
    /// What was typed of the scenario: its name or file, and what is set of it.
    pub name: String,
}

impl Run {
    /// What was run.
    pub fn scenario_of(&self) -> &Scenario {
        &self.finished.scenario
    }

    fn table(&self, columns: tidegate::results::Table) -> Table {
        Table::new(columns, self.finished.about())
    }

    fn variable(&self, name: &str) -> PyResult<Variable> {
        let found = variables_named([name], &self.finished.plan);
        Ok(found.map_err(PyKeyError::new_err::<String>)?[0])
    }

    fn drawn(&self, page: &Page) -> Vec<NamedChart> {
        self.finished.charts(page)
    }
}

#[pymethods]
impl Run {
    /// Name of the scenario.
    #[getter]
    fn scenario(&self) -> &str {
        &self.finished.scenario.name
    }

    /// Title of the scenario.
    #[getter]
    fn title(&self) -> &str {
        &self.finished.scenario.title
    }

    /// The claim that the scenario puts to the test.
    #[getter]
    fn claim(&self) -> &str {
        &self.finished.scenario.claim
    }

    /// Number of paths that were run.
    #[getter]
    fn number_of_paths(&self) -> u64 {
        self.finished.scenario.paths
    }

    /// Seed of all draws.
    #[getter]
    fn seed(&self) -> u64 {
        self.finished.scenario.seed
    }

    /// Published dates, the opening first: datetime64[D] of shape (days,).
    #[getter]
    fn dates<'py>(&self, py: Python<'py>) -> Bound<'py, PyArray1<Datetime<units::Days>>> {
        let day = |date| Datetime::from(i64::from(epoch_days(date)));
        self.finished.summary.dates.iter().copied().map(day).collect::<Vec<_>>().into_pyarray(py)
    }

    /// The distribution of every variable on every date, a row per variable and date: date, variable, unit, mean, sd and the
    /// quantiles q01, q05, q10, q25, q50, q75, q90, q95, q99 over paths, in the unit of the row.
    #[getter]
    fn fan(&self) -> Table {
        self.table(fan_table(&self.finished.summary, &self.finished.plan))
    }

    /// What simulation leaves uncertain of every number of `fan`: mean_se, and for every quantile its standard error and the
    /// farthest it can be from that of the sorted paths.
    #[getter]
    fn fan_errors(&self) -> Table {
        self.table(fan_errors_table(&self.finished.summary, &self.finished.plan))
    }

    /// The probability of every watch, a row per watch; probability and limit are shares of one, first_q05, first_q50 and
    /// first_q95 dates on which it first fires.
    #[getter]
    fn watches(&self) -> Table {
        let FinishedRun { scenario, summary, record, .. } = &self.finished;
        self.table(watch_table(&scenario.watches, summary, &record.watches))
    }

    /// The part of every flow in the change of reserves over the run, in billions of dollars; the last row is their sum.
    #[getter]
    fn attribution(&self) -> Table {
        self.table(attribution_table(&self.finished.summary))
    }

    /// Opening balance sheet, mean flows and mean closing balance sheet of every sector, in billions of dollars.
    #[getter]
    fn books(&self) -> Table {
        let FinishedRun { scenario, plan, summary, .. } = &self.finished;
        self.table(books_table(&books(plan, summary), scenario.start, scenario.end))
    }

    /// What simulation leaves uncertain of a run with evenly spread draws; no rows for plain ones.
    #[getter]
    fn uncertain(&self) -> Table {
        self.table(uncertain_table(&self.finished.record.uncertain))
    }

    /// The numbers to quote, as a dict: bands are dicts of low, median and high, which hold 90% of paths, in billions of
    /// dollars or basis points; dates are ISO 8601.
    #[getter]
    fn headlines<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::to_python(py, &json::value(&self.finished.record.headlines))
    }

    /// All that `tidegate run --json` prints, as a dict.
    #[getter]
    fn record<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::to_python(py, &json::value(&self.finished.record))
    }

    /// Sixteen hexadecimal digits that tell these results from any others; they stand at the foot of the page of the run.
    #[getter]
    fn fingerprint(&self) -> &str {
        &self.finished.fingerprint
    }

    /// Mean of a variable over paths on every date: float64 of shape (days,), in the unit of the variable.
    fn mean<'py>(&self, py: Python<'py>, variable: &str) -> PyResult<Bound<'py, PyArray1<f64>>> {
        let fan = self.finished.summary.fan(self.variable(variable)?);
        Ok(fan.days.iter().map(|day| day.mean).collect::<Vec<_>>().into_pyarray(py))
    }

    /// Quantiles 1, 5, 10, 25, 50, 75, 90, 95 and 99 % of a variable over paths on every date: float64 of shape (days, 9), in
    /// the unit of the variable.
    fn quantiles<'py>(&self, py: Python<'py>, variable: &str) -> PyResult<Bound<'py, PyArray2<f64>>> {
        let fan = self.finished.summary.fan(self.variable(variable)?);
        let values: Vec<f64> = fan.days.iter().flat_map(|day| day.quantiles).collect();
        Ok(matrix(fan.days.len(), values).into_pyarray(py))
    }

    /// Variables along every path, or along the first ones; paths are simulated once more.
    ///
    /// Of one name: float64 of shape (paths, days), in the unit of the variable. Of a list of names: a table with a row per
    /// path and date, path, date and a column for each.
    #[pyo3(signature = (variables, *, first=None))]
    fn paths<'py>(&self, py: Python<'py>, variables: Wanted, first: Option<u64>) -> PyResult<Bound<'py, PyAny>> {
        let (names, single) = match variables {
            Wanted::One(name) => (vec![name], true),
            Wanted::Many(names) => (names, false),
        };
        let chosen = names.iter().map(|name| self.variable(name)).collect::<PyResult<Vec<_>>>()?;
        let plan = &self.finished.plan;
        let mut scenario = self.finished.scenario.clone();
        scenario.paths = scenario.paths.min(first.unwrap_or(u64::MAX));
        check_memory(&scenario, chosen.len()).map_err(Failure::Argument)?;
        let mut values = watched(py, None, |go_on| simulate_values(&scenario, plan, &chosen, &|_| go_on()))?
            .map_err(Failure::Leak)?;
        if single {
            let values = matrix(scenario.paths as usize, values.remove(0));
            return Ok(values.into_pyarray(py).into_any());
        }
        let table = table_of_paths(0..scenario.paths, plan, &chosen, values);
        Ok(Bound::new(py, self.table(table))?.into_any())
    }

    /// Writes variables along every path as a Parquet file, a row per path and date, whole or not at all, in memory that does
    /// not grow with the number of paths. Without names these are the thirteen variables of `tidegate run --parquet`.
    #[pyo3(signature = (path, variables=None))]
    fn write_paths(&self, py: Python<'_>, path: PathBuf, variables: Option<Vec<String>>) -> PyResult<()> {
        let chosen = match variables {
            None => COMPARED.to_vec(),
            Some(names) => names.iter().map(|name| self.variable(name)).collect::<PyResult<_>>()?,
        };
        let FinishedRun { scenario, plan, .. } = &self.finished;
        let written = watched(py, None, |go_on| {
            write_whole_by(&path, |out| {
                write_paths(out, scenario, plan, &chosen, &self.finished.about(), &mut |_| {
                    go_on();
                    true
                })
            })
        })?;
        Ok(written.map_err(|error| Failure::File(path, error))?)
    }

    /// Writes the folder that `tidegate run` writes, every file with the same bytes; an earlier run there is replaced.
    fn write(&self, py: Python<'_>, folder: PathBuf) -> PyResult<()> {
        let finished = &self.finished;
        let written = py.detach(|| {
            check_place(&folder, RUN_FOLDER)?;
            write_folder(&folder, RUN_FOLDER, &finished.files(&finished.page()))
        });
        Ok(written.map_err(Failure::Folder)?)
    }

    /// Names of the charts.
    #[getter]
    fn chart_names(&self) -> Vec<String> {
        self.drawn(&self.finished.page()).into_iter().map(|chart| chart.name).collect()
    }

    /// A chart by its name, the same as in the folder of the run.
    fn chart(&self, name: &str) -> PyResult<Chart> {
        let charts = self.drawn(&self.finished.page());
        let names: Vec<&str> = charts.iter().map(|chart| chart.name.as_str()).collect();
        let unknown = || PyKeyError::new_err(format!("no chart is called `{name}`; there are {}", names.join(", ")));
        let found = charts.iter().find(|chart| chart.name == name).ok_or_else(unknown)?;
        let svg = draw_svg(&*found.chart, Theme::Light).expect("charts are made of finite numbers");
        Ok(Chart { name: name.to_owned(), svg })
    }

    /// The page of the run as HTML that needs nothing but itself.
    fn html(&self) -> String {
        self.finished.page().html()
    }

    /// The page of the run as Markdown, without its charts.
    fn markdown(&self) -> String {
        self.finished.page().markdown()
    }

    /// The Arrow stream of `fan`.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        self.fan().stream(py)
    }

    fn __repr__(&self) -> String {
        let Scenario { name, start, end, paths, seed, .. } = &self.finished.scenario;
        format!(
            "<tidegate.Run {name}: {paths} paths from {start} to {end}, seed {seed}, {}>",
            self.finished.fingerprint
        )
    }

    fn _repr_html_(&self) -> String {
        let page = self.finished.page();
        let shown =
            self.drawn(&page).into_iter().filter(|chart| ["reserves", "sofr_iorb"].contains(&chart.name.as_str()));
        let charts: String = shown
            .map(|it| notebook::chart(&draw_svg(&*it.chart, Theme::Light).expect("charts are made of finite numbers")))
            .collect();
        notebook::head(&page) + &charts
    }
}

/// Rows of one length.
fn matrix(rows: usize, values: Vec<f64>) -> Array2<f64> {
    let columns = values.len() / rows.max(1);
    Array2::from_shape_vec((rows, columns), values).expect("rows have one length")
}
