//! `tidegate.sweep` and `tidegate.sensitivity`: one scenario at many points, on the same luck.

use super::failure::Failure;
use super::findings::Study;
use super::interrupt::watched;
use super::overrides::changes;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyTuple};
use std::path::PathBuf;
use tidegate::report::study::sweep::{Sweep, sweep_findings};
use tidegate::report::study::{Findings, Method, STUDY_FOLDER, again};
use tidegate::research::study;
use tidegate::research::study::{Design, Input, Kept, Of, Output, StudyError};
use tidegate::results::{Answer, Journal, check_place, write_folder};
use tidegate::scenario::quantity::Complaint;
use tidegate::scenario::{Assignment, Base, ChangeError};

/// What all studies are asked.
struct Asked {
    scenario: String,
    /// What is varied, each as `--vary` has it.
    vary: Vec<String>,
    outputs: Vec<String>,
    changes: Vec<Assignment>,
    paths: u64,
    seed: Option<u64>,
    out: Option<PathBuf>,
}

impl Asked {
    fn base(&self) -> Result<Base, Failure> {
        if !(1..=1_000_000).contains(&self.paths) {
            return Err(Failure::Argument(format!("`paths` is a number from 1 to 1000000; found {}", self.paths)));
        }
        if let Some(folder) = &self.out {
            check_place(folder, STUDY_FOLDER)?;
        }
        Ok(Base::load(&self.scenario)?)
    }

    fn inputs(&self, base: &Base) -> Result<Vec<Input>, Failure> {
        let read = |text: &String| Input::parse(&base.scenario, text).map_err(|why| complaint("--vary", &why));
        self.vary.iter().map(read).collect()
    }

    fn seed(&self, base: &Base) -> u64 {
        self.seed.unwrap_or(base.scenario.seed)
    }

    fn study(&self, base: Base, inputs: Vec<Input>, kept: Kept) -> Result<study::Study, Failure> {
        study::check_draws(&base.scenario).map_err(Failure::Argument)?;
        let outputs = Output::all(&self.outputs, &base.scenario).map_err(|why| complaint("--output", &why))?;
        let seed = self.seed(&base);
        Ok(study::Study { base, changes: self.changes.clone(), inputs, outputs, kept, paths: self.paths, seed })
    }

    fn answers(
        &self,
        study: &study::Study,
        points: &[Vec<f64>],
        go_on: &(dyn Fn() + Sync),
    ) -> Result<Vec<Answer>, Failure> {
        let found = study.answers(points, &mut Journal::none(), &|_| go_on(), &|| {
            go_on();
            false
        });
        Ok(found.map_err(failure)?.expect("nothing stops it"))
    }

    fn command(&self, kind: &str, study: &study::Study) -> String {
        again(kind, &self.scenario, study, &self.vary, &self.outputs)
    }

    fn write(&self, findings: &Findings) -> Result<(), Failure> {
        match &self.out {
            Some(folder) => Ok(write_folder(folder, STUDY_FOLDER, &findings.files())?),
            None => Ok(()),
        }
    }
}

/// What is varied, as a dict has it: a range such as '0bn..200bn' or '0bn..200bn/5', a list of values, or None for two standard
/// deviations of a parameter's prior to either side.
fn varied(vary: Option<&Bound<'_, PyDict>>) -> PyResult<Vec<String>> {
    let mut texts = Vec::new();
    for (key, values) in vary.into_iter().flatten() {
        let key: String = key.extract()?;
        let is_list = values.is_instance_of::<PyList>() || values.is_instance_of::<PyTuple>();
        texts.push(if values.is_none() {
            key
        } else if is_list {
            let values = values.try_iter()?.map(|value| Ok(value?.str()?.to_string()));
            format!("{key}={}", values.collect::<PyResult<Vec<String>>>()?.join(","))
        } else {
            format!("{key}={}", values.str()?)
        });
    }
    Ok(texts)
}

/// Simulates a scenario at many points, on the same luck, the same numbers as `tidegate sweep`.
///
/// scenario: the name of one that ships, or a path to a scenario file.
/// vary: by key, a range such as '0bn..200bn' or '0bn..200bn/5', or a list of values; None for the prior of a parameter.
/// outputs: what is asked at every point, such as 'lowest_reserves', 'mean(reserves)', 'p95(highest_sofr_iorb)', the name of a
///     watch, or a condition such as 'min(reserves) < 2.8tn'; without them the lowest reserves, the highest SOFR − IORB and all
///     watches.
/// design: 'grid', 'latin' or 'sobol'; the latter two have `points` points.
/// overrides, seed, threads, out: as in `run`; paths: at every point.
///
/// The interpreter's lock is released meanwhile, and Ctrl-C ends the sweep.
///
/// Raises ScenarioError for a scenario that cannot be used, at one of the points too, ValueError for an argument that cannot.
#[pyfunction]
#[pyo3(signature = (scenario, vary, *, outputs=None, design="grid", points=64, overrides=None, paths=2000, seed=None, out=None, threads=None))]
#[expect(clippy::too_many_arguments, reason = "they are keywords")]
pub fn sweep(
    py: Python<'_>,
    scenario: PathBuf,
    vary: &Bound<'_, PyDict>,
    outputs: Option<Vec<String>>,
    design: &str,
    points: u32,
    overrides: Option<&Bound<'_, PyDict>>,
    paths: u64,
    seed: Option<u64>,
    out: Option<PathBuf>,
    threads: Option<u16>,
) -> PyResult<Study> {
    let how = match design {
        "grid" => Design::Grid,
        "latin" => Design::Latin(points as usize),
        "sobol" => Design::Sobol(points as usize),
        other => {
            let message = format!("`design` is 'grid', 'latin' or 'sobol'; found '{other}'");
            return Err(Failure::Argument(message).into());
        }
    };
    let scenario = scenario.to_string_lossy().into_owned();
    let asked = Asked {
        scenario,
        vary: varied(Some(vary))?,
        outputs: outputs.unwrap_or_default(),
        changes: changes(overrides)?,
        paths,
        seed,
        out,
    };
    let findings = watched(py, threads, |go_on| -> Result<Findings, Failure> {
        let base = asked.base()?;
        let inputs = asked.inputs(&base)?;
        if inputs.is_empty() {
            return Err(Failure::Argument("nothing is varied".to_owned()));
        }
        let unit = how.unit_points(&inputs, asked.seed(&base)).map_err(|why| Failure::Argument(why.to_string()))?;
        let points = study::values_at(&inputs, &unit);
        let study = asked.study(base, inputs, Kept::Number)?;
        let answers = asked.answers(&study, &points, go_on)?;
        let mut command = asked.command("sweep", &study);
        if how != Design::Grid {
            command.push_str(&format!(" --design {design} --points {}", points.len()));
        }
        let found = Sweep { study: &study, points: &points, answers: &answers, is_grid: how == Design::Grid };
        let findings = sweep_findings(&found, &command);
        asked.write(&findings)?;
        Ok(findings)
    })??;
    Ok(Study { findings })
}

/// Tells on which assumptions a figure depends, the same numbers as `tidegate sensitivity`.
///
/// vary: as in `sweep`; without it the priors of all parameters, which 'sobol' does not take.
/// method: 'tornado', each input low and high; 'morris', elementary effects over `trajectories`; 'sobol', shares of variance
///     from `base` rows, over time if `over_time`.
/// The others are those of `sweep`.
#[pyfunction]
#[pyo3(signature = (scenario, vary=None, *, method="tornado", outputs=None, trajectories=20, base=256, over_time=false, overrides=None, paths=2000, seed=None, out=None, threads=None))]
#[expect(clippy::too_many_arguments, reason = "they are keywords")]
pub fn sensitivity(
    py: Python<'_>,
    scenario: PathBuf,
    vary: Option<&Bound<'_, PyDict>>,
    method: &str,
    outputs: Option<Vec<String>>,
    trajectories: u32,
    base: u32,
    over_time: bool,
    overrides: Option<&Bound<'_, PyDict>>,
    paths: u64,
    seed: Option<u64>,
    out: Option<PathBuf>,
    threads: Option<u16>,
) -> PyResult<Study> {
    let how = match method {
        "tornado" => Method::Tornado,
        "morris" => Method::Morris(trajectories),
        "sobol" => Method::Sobol { base, over_time },
        other => {
            let message = format!("`method` is 'tornado', 'morris' or 'sobol'; found '{other}'");
            return Err(Failure::Argument(message).into());
        }
    };
    if over_time && method != "sobol" {
        return Err(Failure::Argument("`over_time` is for the method 'sobol'".to_owned()).into());
    }
    let scenario = scenario.to_string_lossy().into_owned();
    let asked = Asked {
        scenario,
        vary: varied(vary)?,
        outputs: outputs.unwrap_or_default(),
        changes: changes(overrides)?,
        paths,
        seed,
        out,
    };
    let findings = watched(py, threads, |go_on| -> Result<Findings, Failure> {
        let base = asked.base()?;
        let mut inputs = asked.inputs(&base)?;
        if inputs.is_empty() {
            if method == "sobol" {
                let message = "`sobol` needs the inputs to be named; the method 'morris' tells which matter";
                return Err(Failure::Argument(message.to_owned()));
            }
            inputs = Input::all_priors(&base.scenario);
        }
        let unit =
            how.design().unit_points(&inputs, asked.seed(&base)).map_err(|why| Failure::Argument(why.to_string()))?;
        let points = study::values_at(&inputs, &unit);
        let study = asked.study(base, inputs, how.kept())?;
        if over_time && !study.outputs.iter().any(|output| matches!(output.of, Of::Variable(_))) {
            let message =
                "nothing asked for has a value on every date; name a variable in `outputs`, such as 'sofr_iorb'";
            return Err(Failure::Argument(message.to_owned()));
        }
        let answers = asked.answers(&study, &points, go_on)?;
        let found = Sweep { study: &study, points: &points, answers: &answers, is_grid: false };
        let findings = how.findings(&found, &unit, &asked.command("sensitivity", &study));
        let findings = findings.map_err(|why| Failure::Argument(why.to_string()))?;
        asked.write(&findings)?;
        Ok(findings)
    })??;
    Ok(Study { findings })
}

/// What is wrong with what was typed after an option.
fn complaint(option: &str, why: &Complaint) -> Failure {
    Failure::Argument(why.told(option))
}

/// What a study could not do.
fn failure(error: StudyError) -> Failure {
    match error {
        StudyError::Point(at, why) => match *why {
            ChangeError::Change(why) => complaint(&format!("with {at}"), &why),
            ChangeError::Scenario(problems) => Failure::Scenario(problems),
        },
        StudyError::Leak(leak) => Failure::Leak(leak),
        error @ StudyError::Journal(_) => Failure::Argument(error.to_string()),
    }
}
