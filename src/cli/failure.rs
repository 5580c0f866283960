//! What can go wrong in a command, how it is told, and the exit code it has.

use super::interrupt::INTERRUPTED;
use crate::report::numbers::number;
use crate::research::PairError;
use crate::results::FolderError;
use crate::scenario::Problems;
use crate::shards::JobError;
use crate::simulation::LeakFound;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

/// Why a command did not end well.
pub enum Failure {
    /// A scenario cannot be used.
    Scenario(Problems),
    /// A scenario cannot be used, and its problems have been shown already.
    Reported(Problems),
    /// An argument cannot be used.
    Argument(String),
    /// The run folder could not be written.
    Folder(FolderError),
    /// A file of an earlier result could not be read: what to tell.
    Unreadable(String),
    /// A single file could not be written.
    File(PathBuf, io::Error),
    /// Official series could not be fetched, or the folder of them could not be read.
    Download(Vec<String>),
    /// Standard output could not be written.
    Output(io::Error),
    /// The books of a path do not add up.
    Leak(LeakFound),
    /// The run was interrupted, and its paths are kept.
    Interrupted(Interrupted),
    /// A study was interrupted, and the points it has are kept.
    StudyInterrupted {
        /// Points simulated.
        points: usize,
        /// Points asked for.
        of: usize,
    },
    /// A search was interrupted after so many points, none of which is kept: where it looks next follows from them.
    SearchInterrupted(usize),
    /// Watches with a limit were breached: their names.
    Breached(Vec<String>),
}

/// A run that was interrupted.
pub struct Interrupted {
    /// Paths counted.
    pub paths: u64,
    /// Paths asked for.
    pub of: u64,
    /// Where the counts are kept.
    pub checkpoint: PathBuf,
}

impl Failure {
    /// The documented exit code.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Failure::Breached(_) => 1,
            Failure::Scenario(problems) | Failure::Reported(problems) if problems.unreadable() => 3,
            Failure::Scenario(_) | Failure::Reported(_) | Failure::Argument(_) => 2,
            Failure::Folder(_)
            | Failure::Unreadable(_)
            | Failure::File(..)
            | Failure::Download(_)
            | Failure::Output(_) => 3,
            Failure::Leak(_) => 101,
            Failure::Interrupted(_) | Failure::StudyInterrupted { .. } | Failure::SearchInterrupted(_) => INTERRUPTED,
        })
    }

    /// Tells what went wrong on standard error.
    pub fn report(&self) {
        let text = self.text(use_colour());
        if !text.is_empty() {
            anstream::eprintln!("{text}");
        }
    }

    /// What went wrong, in words; nothing where it has been shown already.
    pub fn text(&self, colour: bool) -> String {
        match self {
            Failure::Scenario(problems) => problems.render(colour),
            Failure::Reported(_) => String::new(),
            Failure::Argument(message) | Failure::Unreadable(message) => format!("error: {message}"),
            Failure::Folder(error) => format!("error: {error}\n\nhelp: `--out DIR` writes the folder elsewhere"),
            Failure::File(path, error) => format!("error: cannot write {}: {error}", path.display()),
            Failure::Download(messages) => {
                messages.iter().map(|message| format!("error: {message}")).collect::<Vec<_>>().join("\n")
            }
            Failure::Output(error) => format!("error: cannot write to standard output: {error}"),
            Failure::Leak(leak) => {
                format!("error: {leak}\n\nnote: this is a bug in tidegate, not in your scenario")
            }
            Failure::Interrupted(Interrupted { paths, of, checkpoint }) => {
                let [paths, of] = [paths, of].map(|&count| number(count as f64, 0));
                format!(
                    "interrupted after {paths} of {of} paths, kept in {}\n\n\
                     help: the same command goes on from there; `--restart` begins anew",
                    checkpoint.display()
                )
            }
            Failure::StudyInterrupted { points, of } => {
                let [points, of] = [points, of].map(|&count| number(count as f64, 0));
                format!(
                    "interrupted after {points} of {of} points\n\n\
                     help: the same command goes on from there; `--restart` begins anew"
                )
            }
            Failure::SearchInterrupted(points) => format!(
                "interrupted after {} points, of which nothing is kept\n\n\
                 help: the same command begins anew; a narrower range, or fewer `--paths`, is faster",
                number(*points as f64, 0)
            ),
            Failure::Breached(names) => {
                let what = if names.len() == 1 { "a limit was" } else { "limits were" };
                format!("{what} breached: {}", names.join(", "))
            }
        }
    }
}

/// Whether standard error is a terminal that shows colours; `NO_COLOR` and pipes are respected.
pub fn use_colour() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
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

impl From<JobError> for Failure {
    fn from(error: JobError) -> Failure {
        match error {
            JobError::Scenario(problems) => Failure::Scenario(problems),
            JobError::Refused(message) => Failure::Argument(message),
            JobError::Unreadable(message) => Failure::Unreadable(message),
            JobError::NotWhole(found) => Failure::Unreadable(found.to_string()),
            JobError::Folder(error) => Failure::Folder(error),
            JobError::File(path, error) => Failure::File(path, error),
            JobError::Leak(leak) => Failure::Leak(leak),
        }
    }
}
