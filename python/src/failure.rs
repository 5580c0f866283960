//! What can go wrong, as Python exceptions with the words of the command line.

use pyo3::create_exception;
use pyo3::exceptions::{PyOSError, PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use std::io;
use std::path::PathBuf;
use tidegate::report::scorecard::Unjudged;
use tidegate::research::PairError;
use tidegate::results::FolderError;
use tidegate::scenario::Problems;
use tidegate::shards::JobError;
use tidegate::simulation::LeakFound;

create_exception!(
    tidegate,
    ScenarioError,
    PyValueError,
    "A scenario that cannot be used: everything that is wrong with it, as `tidegate run` tells it.\n\n\
     `problems` is the same for programs: a list of dicts with code, message, file, line and help."
);

/// Why there is no result.
pub enum Failure {
    /// A scenario cannot be used.
    Scenario(Problems),
    /// An argument cannot be used.
    Argument(String),
    /// A folder could not be written.
    Folder(FolderError),
    /// A file could not be written.
    File(PathBuf, io::Error),
    /// The books of a path do not add up.
    Leak(LeakFound),
}

impl From<Failure> for PyErr {
    fn from(failure: Failure) -> PyErr {
        match failure {
            Failure::Scenario(problems) => scenario_error(&problems),
            Failure::Argument(message) => PyValueError::new_err(message),
            Failure::Folder(error) => PyOSError::new_err(error.to_string()),
            Failure::File(path, error) => PyOSError::new_err(format!("cannot write {}: {error}", path.display())),
            Failure::Leak(leak) => {
                PyRuntimeError::new_err(format!("{leak}\n\nnote: this is a bug in tidegate, not in your scenario"))
            }
        }
    }
}

fn scenario_error(problems: &Problems) -> PyErr {
    let error = ScenarioError::new_err(problems.render(false));
    let records = serde_json::to_value(problems.records()).expect("records are plain data");
    let attached = Python::attach(|py| error.value(py).setattr("problems", super::json::to_python(py, &records)?));
    attached.err().unwrap_or(error)
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Failure {
        Failure::Scenario(problems)
    }
}

impl From<FolderError> for Failure {
    fn from(error: FolderError) -> Failure {
        Failure::Folder(error)
    }
}

impl From<LeakFound> for Failure {
    fn from(leak: LeakFound) -> Failure {
        Failure::Leak(leak)
    }
}

impl From<PairError> for Failure {
    fn from(error: PairError) -> Failure {
        match error {
            PairError::Leak(leak) => Failure::Leak(leak),
            differ @ PairError::Differ(_) => Failure::Argument(differ.to_string()),
        }
    }
}

impl From<Unjudged> for Failure {
    fn from(error: Unjudged) -> Failure {
        match error {
            Unjudged::Parameters(problems) => Failure::Scenario(problems),
            Unjudged::Argument(message) => Failure::Argument(message),
            Unjudged::Leak(leak) => Failure::Leak(leak),
        }
    }
}

impl From<JobError> for Failure {
    fn from(error: JobError) -> Failure {
        match error {
            JobError::Scenario(problems) => Failure::Scenario(problems),
            JobError::Folder(error) => Failure::Folder(error),
            JobError::File(path, error) => Failure::File(path, error),
            JobError::Leak(leak) => Failure::Leak(leak),
            JobError::Refused(message) | JobError::Unreadable(message) => Failure::Argument(message),
            JobError::NotWhole(found) => Failure::Argument(found.to_string()),
        }
    }
}
