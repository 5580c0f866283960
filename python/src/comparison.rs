//! `tidegate.compare`: what one world does that another does not, on the same luck, and why.

use super::chart::Chart;
use super::failure::Failure;
use super::finished::Run;
use super::interrupt::watched;
use super::overrides::Replaced;
use super::table::Table;
use super::{json, notebook};
use pyo3::exceptions::{PyKeyError, PyTypeError};
use pyo3::prelude::*;
use std::path::PathBuf;
use tidegate::report::charts::{Theme, draw_svg};
use tidegate::report::check_memory;
use tidegate::report::comparison::{COMPARISON_FOLDER, ComparisonFacts, command};
use tidegate::research::{self, BY_DAY, Candidate, comparable, tell_apart};
use tidegate::results::{self, check_place, write_folder};

/// Compares runs or scenarios path by path with the first of them, the same numbers as `tidegate compare`.
///
/// runs: two or more names of scenarios, paths to scenario files, folders of runs, or what `run` returned.
/// paths, seed, draws: in place of each run's own.
/// anyway: compare even what shares no draws, dates or vintage, by distributions alone.
/// out: a folder that is written as `tidegate compare --out` writes it.
/// threads: how many to use; the results are the same for any number.
///
/// The interpreter's lock is released meanwhile, and Ctrl-C ends the comparison.
///
/// Raises ScenarioError for a run or scenario that cannot be read, ValueError for runs that cannot be compared.
#[pyfunction]
#[pyo3(signature = (*runs, paths=None, seed=None, draws=None, anyway=false, out=None, threads=None))]
#[expect(clippy::too_many_arguments, reason = "they are keywords")]
pub fn compare(
    py: Python<'_>,
    runs: Vec<Bound<'_, PyAny>>,
    paths: Option<u64>,
    seed: Option<u64>,
    draws: Option<&str>,
    anyway: bool,
    out: Option<PathBuf>,
    threads: Option<u16>,
) -> PyResult<Comparison> {
    if runs.len() < 2 {
        return Err(PyTypeError::new_err("compare() takes at least two runs"));
    }
    let asked = runs.iter().map(asked_for).collect::<PyResult<Vec<_>>>()?;
    let names: Vec<String> = asked.iter().map(|run| run.name.clone()).collect();
    let command = command(&names, paths, seed, draws, anyway);
    let replaced = Replaced { paths, seed, draws };
    let compared = watched(py, threads, |go_on| -> Result<Comparison, Failure> {
        let mut worlds = Vec::new();
        for run in asked {
            let mut world = run.candidate()?;
            replaced.apply(&mut world.scenario)?;
            worlds.push(world);
        }
        tell_apart(&mut worlds);
        let notes = comparable(&worlds, anyway).map_err(Failure::Argument)?;
        for world in &worlds {
            check_memory(&world.scenario, BY_DAY.len()).map_err(Failure::Argument)?;
        }
        if let Some(folder) = &out {
            check_place(folder, COMPARISON_FOLDER)?;
        }
        let named = worlds.into_iter().map(|world| (world.name, world.scenario)).collect();
        let compared = Comparison { found: research::Comparison::of(named, &|_| go_on())?, notes, command };
        if let Some(folder) = &out {
            write_folder(folder, COMPARISON_FOLDER, &compared.facts().files())?;
        }
        Ok(compared)
    })?;
    Ok(compared?)
}

/// A run to compare, before it is read.
struct Wanted {
    name: String,
    scenario: Option<tidegate::scenario::Scenario>,
}

impl Wanted {
    fn candidate(self) -> Result<Candidate, Failure> {
        match self.scenario {
            Some(scenario) => Ok(Candidate::of(scenario)),
            None => Ok(Candidate::read(&self.name)?),
        }
    }
}

fn asked_for(run: &Bound<'_, PyAny>) -> PyResult<Wanted> {
    if let Ok(run) = run.cast::<Run>() {
        let run = run.get();
        return Ok(Wanted { name: run.name.clone(), scenario: Some(run.scenario_of().clone()) });
    }
    let path: PathBuf = run
        .extract()
        .map_err(|_| PyTypeError::new_err("a run to compare is a name, a path, or what `run` returned"))?;
    Ok(Wanted { name: path.to_string_lossy().into_owned(), scenario: None })
}

/// A comparison of runs with the first of them.
#[pyclass(frozen, module = "tidegate")]
pub struct Comparison {
    found: research::Comparison,
    notes: Vec<String>,
    command: String,
}

impl Comparison {
    fn facts(&self) -> ComparisonFacts<'_> {
        ComparisonFacts { found: &self.found, notes: &self.notes, command: &self.command }
    }

    fn table(&self, name: &str) -> Table {
        let tables = self.facts().tables();
        let (_, csv) = tables.iter().find(|(known, _)| *known == name).expect("there is a table of this name");
        Table::new(results::Table::from_csv(csv).expect("it was written as CSV"), Vec::new())
    }
}

#[pymethods]
impl Comparison {
    /// Names of the runs, the first being the one with which the others are compared.
    #[getter]
    fn names(&self) -> Vec<&str> {
        self.found.worlds.iter().map(|world| world.name.as_str()).collect()
    }

    /// What differs of every compared variable on every date: means, difference with its standard error on common draws and
    /// that of independent runs, and quantiles over paths of the difference; as in differences.csv, to six decimals.
    #[getter]
    fn differences(&self) -> Table {
        self.table("differences")
    }

    /// What differs of every figure of a path, such as its lowest reserves; as in figures.csv.
    #[getter]
    fn figures(&self) -> Table {
        self.table("figures")
    }

    /// What differs of every watch, and the paths on which it fires in one run alone; as in watches.csv.
    #[getter]
    fn watches(&self) -> Table {
        self.table("watches")
    }

    /// What each changed assumption does alone, what they do only together, and all; as in reasons.csv.
    #[getter]
    fn reasons(&self) -> Table {
        self.table("reasons")
    }

    /// By whose hand, and by which flow, reserves differ, in billions of dollars; as in attribution.csv.
    #[getter]
    fn attribution(&self) -> Table {
        self.table("attribution")
    }

    /// All that `tidegate compare --json` prints, as a dict.
    #[getter]
    fn record<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json::to_python(py, &json::value(&self.facts().record()))
    }

    /// Names of the charts.
    #[getter]
    fn chart_names(&self) -> Vec<String> {
        self.facts().pictures().into_iter().map(|(name, _)| name).collect()
    }

    /// A chart by its name, the same as in the folder of the comparison.
    fn chart(&self, name: &str) -> PyResult<Chart> {
        let charts = self.facts().pictures();
        let names: Vec<&str> = charts.iter().map(|(name, _)| name.as_str()).collect();
        let unknown = || PyKeyError::new_err(format!("no chart is called `{name}`; there are {}", names.join(", ")));
        let (_, chart) = charts.iter().find(|(known, _)| known == name).ok_or_else(unknown)?;
        let svg = draw_svg(&**chart, Theme::Light).expect("charts are made of finite numbers");
        Ok(Chart { name: name.to_owned(), svg })
    }

    /// Writes the folder that `tidegate compare` writes; an earlier comparison there is replaced.
    fn write(&self, py: Python<'_>, folder: PathBuf) -> PyResult<()> {
        let written = py.detach(|| {
            check_place(&folder, COMPARISON_FOLDER)?;
            write_folder(&folder, COMPARISON_FOLDER, &self.facts().files())
        });
        Ok(written.map_err(Failure::Folder)?)
    }

    /// The page of the comparison as HTML that needs nothing but itself.
    fn html(&self) -> String {
        self.facts().page().html()
    }

    /// The page of the comparison as Markdown, without its charts.
    fn markdown(&self) -> String {
        self.facts().page().markdown()
    }

    fn __repr__(&self) -> String {
        format!("<tidegate.Comparison of {}>", self.names().join(", "))
    }

    fn _repr_html_(&self) -> String {
        let facts = self.facts();
        let shown = facts.pictures().into_iter().filter(|(name, _)| name.ends_with("_difference")).take(2);
        let charts: String = shown
            .map(|(_, chart)| {
                notebook::chart(&draw_svg(&*chart, Theme::Light).expect("charts are made of finite numbers"))
            })
            .collect();
        notebook::head(&facts.page()) + &charts
    }
}
