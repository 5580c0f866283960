//! `tidegate.run`: a scenario through its paths.

use super::failure::Failure;
use super::finished::Run;
use super::interrupt::watched;
use super::overrides::{Replaced, changes, read};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use std::path::{Path, PathBuf};
use tidegate::report::FinishedRun;
use tidegate::results::{Asked, Counted, RUN_FOLDER, Until, check_place, write_folder};
use tidegate::scenario::{self, Scenario, typed};
use tidegate::simulation::{ExactError, Precision, Settings, make_exact, tally_pilot};

/// Runs a scenario and returns what is known of its paths, the same numbers as `tidegate run`.
///
/// scenario: the name of one that ships (see `scenarios()`), or a path to a scenario file.
/// paths, seed, draws: in place of the scenario's own; draws is 'plain' or 'sobol'.
/// overrides: changes by key, such as {"event.shutdown.hoarding": "50bn", "event.shutdown": False,
///     "parameters.repo_slope": "1.5bp"}; the same as --set.
/// exact: quantiles are those of the sorted paths, by a second pass over the same paths.
/// preview: single precision, for a look.
/// until: stop before the last path once a standard error is small enough, such as 'sofr_iorb=0.1bp' or '5bn'.
/// out: a folder that is written as `tidegate run --out` writes it.
/// threads: how many to use; the results are the same for any number.
///
/// The interpreter's lock is released meanwhile, and Ctrl-C ends the run.
///
/// Raises ScenarioError for a scenario that cannot be used, ValueError for an argument that cannot, OSError for a folder
/// that cannot be written.
#[pyfunction]
#[pyo3(signature = (scenario, *, paths=None, seed=None, draws=None, overrides=None, exact=false, preview=false, until=None, out=None, threads=None))]
#[expect(clippy::too_many_arguments, reason = "they are keywords")]
pub fn run(
    py: Python<'_>,
    scenario: PathBuf,
    paths: Option<u64>,
    seed: Option<u64>,
    draws: Option<&str>,
    overrides: Option<&Bound<'_, PyDict>>,
    exact: bool,
    preview: bool,
    until: Option<&str>,
    out: Option<PathBuf>,
    threads: Option<u16>,
) -> PyResult<Run> {
    if exact && preview {
        return Err(Failure::Argument("`exact` is for double precision; leave `preview` out".to_owned()).into());
    }
    let changes = changes(overrides)?;
    let scenario = scenario.to_string_lossy();
    let name = typed(&scenario, &changes);
    let precision = if preview { Precision::Single } else { Precision::Double };
    let asked = Asked { name: &name, exact, precision };
    let replaced = Replaced { paths, seed, draws };
    let folder = out.as_deref();
    let finished = watched(py, threads, |go_on| -> Result<FinishedRun, Failure> {
        let mut scenario = read(&scenario, &changes)?;
        replaced.apply(&mut scenario)?;
        let until = until.map(|text| Until::read(text, &scenario)).transpose().map_err(Failure::Argument)?;
        if let Some(folder) = folder {
            check_place(folder, RUN_FOLDER)?;
        }
        let finished = finish(&scenario, asked, until.as_ref(), folder.unwrap_or(Path::new("")), go_on)?;
        if let Some(folder) = folder {
            write_folder(folder, RUN_FOLDER, &finished.files(&finished.page()))?;
        }
        Ok(finished)
    })??;
    Ok(Run { finished, name })
}

/// Counts all paths and sums them up; `go_on` is called after every part.
fn finish(
    scenario: &Scenario,
    asked: Asked<'_>,
    until: Option<&Until>,
    folder: &Path,
    go_on: &(dyn Fn() + Sync),
) -> Result<FinishedRun, Failure> {
    let plan = scenario::plan(scenario);
    let settings = Settings { precision: asked.precision, ..Settings::default() };
    let progress = |_| go_on();
    let mut counted = Counted::begin(scenario, tally_pilot(scenario, &plan, settings)?);
    while !counted.is_enough(scenario, &plan, until) {
        counted.count_on(scenario, &plan, until, settings, &|| false, &progress)?;
    }
    if asked.exact {
        make_exact(scenario, &plan, &mut counted.tally, settings, &|| false, &progress).map_err(|error| match error {
            ExactError::Leak(leak) => Failure::Leak(leak),
            ExactError::Paused => unreachable!("nothing pauses it"),
            ExactError::Memory { bytes, most } => Failure::Argument(format!(
                "`exact` would keep {bytes} bytes of values, and at most {most} are allowed; take fewer paths, or leave \
                 `exact` out and read the bound of each quantile's error in `fan_errors`"
            )),
        })?;
    }
    go_on();
    Ok(FinishedRun::of(scenario, plan, &counted, (asked, until), folder)?)
}
