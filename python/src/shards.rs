//! `tidegate.plan`, `shard` and `merge`: a run shared out among processes and machines.

use super::failure::Failure;
use super::interrupt::watched;
use super::overrides::Replaced;
use pyo3::prelude::*;
use std::iter;
use std::path::PathBuf;
use tidegate::report::FinishedRun;
use tidegate::results::{RUN_FOLDER, check_place, write_folder};
use tidegate::scenario;
use tidegate::shards::{self, Job};
use tidegate::simulation::Precision;

/// Shares a run out among processes: writes the folder of the job and returns it. A job that is planned already is left as it
/// is.
///
/// scenario, paths, seed, draws, preview, threads: as in `run`.
/// shards: how many, each of which one process counts.
/// out: the folder of the job, which every process must be able to read and write; without it output/SCENARIO.job.
///
/// Raises ScenarioError for a scenario that cannot be used, ValueError for a run that cannot be shared out so.
#[pyfunction]
#[pyo3(signature = (scenario, *, shards, paths=None, seed=None, draws=None, preview=false, out=None, threads=None))]
#[expect(clippy::too_many_arguments, reason = "they are keywords")]
pub fn plan(
    py: Python<'_>,
    scenario: PathBuf,
    shards: u32,
    paths: Option<u64>,
    seed: Option<u64>,
    draws: Option<&str>,
    preview: bool,
    out: Option<PathBuf>,
    threads: Option<u16>,
) -> PyResult<PathBuf> {
    let asked = scenario.to_string_lossy();
    let replaced = Replaced { paths, seed, draws };
    let precision = if preview { Precision::Single } else { Precision::Double };
    let folder = watched(py, threads, |_| -> Result<PathBuf, Failure> {
        let mut scenario = scenario::load(&asked)?;
        replaced.apply(&mut scenario)?;
        let folder = out.unwrap_or_else(|| PathBuf::from("output").join(format!("{}.job", scenario.name)));
        shards::plan(scenario, &asked, precision, shards, &folder)?;
        Ok(folder)
    })?;
    Ok(folder?)
}

/// Counts a shard of a job into its file, and returns that; one that is there and sound is left alone.
///
/// job: the folder of the job. index: which shard, from 0 on.
///
/// The interpreter's lock is released meanwhile, and Ctrl-C ends the work.
#[pyfunction]
#[pyo3(signature = (job, index, *, threads=None))]
pub fn shard(py: Python<'_>, job: PathBuf, index: u32, threads: Option<u16>) -> PyResult<PathBuf> {
    let file = watched(py, threads, |go_on| -> Result<PathBuf, Failure> {
        Ok(Job::open(&job)?.count(index, &|_| go_on())?.file)
    })?;
    Ok(file?)
}

/// Adds all shards of a job up to the folder that one process would write, and returns it.
///
/// job: the folder of the job. out: the folder of the run; without it output/SCENARIO.
/// arriving: indices of shards in the order in which their files appear, each of which is added while others are still
/// counted; once it ends, the rest must be there.
///
/// Raises ValueError if shards are missing, and what `arriving` raises.
#[pyfunction]
#[pyo3(signature = (job, *, out=None, arriving=None, threads=None))]
pub fn merge(
    py: Python<'_>,
    job: PathBuf,
    out: Option<PathBuf>,
    arriving: Option<&Bound<'_, PyAny>>,
    threads: Option<u16>,
) -> PyResult<PathBuf> {
    let arriving = arriving.map(|indices| Ok::<_, PyErr>(indices.try_iter()?.unbind())).transpose()?;
    let mut raised = None;
    let folder = watched(py, threads, |go_on| -> Result<PathBuf, Failure> {
        let job = Job::open(&job)?;
        let folder = out.unwrap_or_else(|| PathBuf::from("output").join(&job.scenario.name));
        check_place(&folder, RUN_FOLDER)?;
        let next = || {
            go_on();
            let next = Python::attach(|py| {
                let index = arriving.as_ref()?.clone_ref(py).into_bound(py).next()?;
                Some(index.and_then(|index| index.extract::<u32>()))
            });
            next?.map_err(|error| raised = Some(error)).ok()
        };
        let counted = job.merge_arriving(iter::from_fn(next))?;
        if raised.is_none() {
            let finished = FinishedRun::of(&job.scenario, job.plan.clone(), &counted, (job.asked(), None), &folder)?;
            write_folder(&folder, RUN_FOLDER, &finished.files(&finished.page()))?;
        }
        Ok(folder)
    })?;
    raised.map_or(Ok(()), Err)?;
    Ok(folder?)
}
