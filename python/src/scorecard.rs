//! `tidegate.backtest`: how far to trust the model, from its own forecasts of the past.

use super::chart::Chart;
use super::failure::Failure;
use super::interrupt::watched;
use super::notebook;
use super::table::Table;
use jiff::civil::Date;
use pyo3::exceptions::PyKeyError;
use pyo3::prelude::*;
use std::env;
use std::path::PathBuf;
use tidegate::backtest::{BACKTEST_FOLDER, FIRST_ORIGIN, LAST_ORIGIN};
use tidegate::report::charts::{Theme, draw_svg};
use tidegate::report::scorecard::{Asked, Judged, markdown, page, pictures, verdict};
use tidegate::results::{self, check_place, write_folder};

/// Forecasts the past from what was known then and scores the forecasts, the same numbers as `tidegate backtest`.
///
/// data: the folder of official series, as `tidegate data pull` leaves it; without it that of TIDEGATE_DATA, or 'data'.
/// first, last: from which day on, and up to which, there are origins, every two weeks; dates or ISO 8601.
/// paths: of each forecast, from 10 to 10,000. seed: of all draws; every origin draws its own.
/// parameters: parameter files in place of those that ship.
/// out: a folder that is written as `tidegate backtest --out` writes it.
/// threads: how many to use; the results are the same for any number.
///
/// The interpreter's lock is released meanwhile, and Ctrl-C ends the backtest.
///
/// Raises ValueError for a folder, day or file that cannot be used.
#[pyfunction]
#[pyo3(signature = (*, data=None, first=None, last=None, paths=1000, seed=1, parameters=None, out=None, threads=None))]
#[expect(clippy::too_many_arguments, reason = "they are keywords")]
pub fn backtest(
    py: Python<'_>,
    data: Option<PathBuf>,
    first: Option<Bound<'_, PyAny>>,
    last: Option<Bound<'_, PyAny>>,
    paths: u64,
    seed: u64,
    parameters: Option<Vec<PathBuf>>,
    out: Option<PathBuf>,
    threads: Option<u16>,
) -> PyResult<Backtest> {
    if !(10..=10_000).contains(&paths) {
        return Err(Failure::Argument(format!("`paths` is a number from 10 to 10000; found {paths}")).into());
    }
    let from = day("first", first, FIRST_ORIGIN)?;
    let to = day("last", last, LAST_ORIGIN)?;
    let folder = data.or_else(|| env::var_os("TIDEGATE_DATA").map(PathBuf::from)).unwrap_or_else(|| "data".into());
    let judged = watched(py, threads, |go_on| -> Result<Judged, Failure> {
        if let Some(out) = &out {
            check_place(out, BACKTEST_FOLDER)?;
        }
        let asked =
            Asked { folder: &folder, from, to, paths, seed, parameters: parameters.as_deref().unwrap_or_default() };
        let judged = Judged::of(&asked, &|| go_on())?;
        if let Some(out) = &out {
            write_folder(out, BACKTEST_FOLDER, &judged.files())?;
        }
        Ok(judged)
    })??;
    Ok(Backtest { judged })
}

/// A day as Python has it, or else another.
fn day(name: &str, given: Option<Bound<'_, PyAny>>, otherwise: Date) -> PyResult<Date> {
    let Some(given) = given else { return Ok(otherwise) };
    let text = given.str()?.to_string();
    let day = text.parse();
    Ok(day.map_err(|_| Failure::Argument(format!("`{name}` is a day, such as 2024-07-10; found {text}")))?)
}

/// Forecasts of the past and how they fared.
#[pyclass(frozen, module = "tidegate")]
pub struct Backtest {
    judged: Judged,
}

impl Backtest {
    fn table(&self, name: &str) -> Table {
        let tables = self.judged.tables();
        let (_, csv) = tables.iter().find(|(known, _)| *known == name).expect("there is a table of this name");
        Table::new(results::Table::from_csv(csv).expect("it was written as CSV"), Vec::new())
    }
}

#[pymethods]
impl Backtest {
    /// A row per origin, horizon, variable and forecaster, with quantiles, outcome and score; as in forecasts.csv.
    #[getter]
    fn forecasts(&self) -> Table {
        self.table("forecasts")
    }

    /// The same of days on which reserves are needed or change hands, with the kinds of the day; as in special_days.csv.
    #[getter]
    fn special_days(&self) -> Table {
        self.table("special_days")
    }

    /// A row per origin and event, with its probability, that of climatology and whether it happened; as in events.csv.
    #[getter]
    fn events(&self) -> Table {
        self.table("events")
    }

    /// What the scores come to, in sentences.
    #[getter]
    fn verdict(&self) -> Vec<String> {
        verdict(&self.judged.card)
    }

    /// Names of the charts.
    #[getter]
    fn chart_names(&self) -> Vec<String> {
        pictures(&self.judged.card).into_iter().map(|chart| chart.name).collect()
    }

    /// A chart by its name, the same as in the folder of the backtest.
    fn chart(&self, name: &str) -> PyResult<Chart> {
        let charts = pictures(&self.judged.card);
        let names: Vec<&str> = charts.iter().map(|chart| chart.name.as_str()).collect();
        let unknown = || PyKeyError::new_err(format!("no chart is called `{name}`; there are {}", names.join(", ")));
        let found = charts.iter().find(|chart| chart.name == name).ok_or_else(unknown)?;
        let svg = draw_svg(&*found.chart, Theme::Light).expect("scores are finite numbers");
        Ok(Chart { name: name.to_owned(), svg })
    }

    /// Writes the folder that `tidegate backtest` writes; an earlier backtest there is replaced.
    fn write(&self, py: Python<'_>, folder: PathBuf) -> PyResult<()> {
        let written = py.detach(|| {
            check_place(&folder, BACKTEST_FOLDER)?;
            write_folder(&folder, BACKTEST_FOLDER, &self.judged.files())
        });
        Ok(written.map_err(Failure::Folder)?)
    }

    /// The scorecard as HTML that needs nothing but itself.
    fn html(&self) -> String {
        page(&self.judged.card).expect("scores are finite numbers")
    }

    /// The scorecard as Markdown, without its charts.
    fn markdown(&self) -> String {
        markdown(&self.judged.card)
    }

    fn __repr__(&self) -> String {
        let making = &self.judged.card.making;
        format!("<tidegate.Backtest: {} origins of {} paths>", making.number_of_origins, making.paths)
    }

    fn _repr_html_(&self) -> String {
        let charts: String = pictures(&self.judged.card)
            .iter()
            .take(2)
            .map(|it| notebook::chart(&draw_svg(&*it.chart, Theme::Light).expect("scores are finite numbers")))
            .collect();
        notebook::sentences("How far to trust the model", &self.verdict()) + &charts
    }
}
