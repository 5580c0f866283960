//! What can be wrong with a job, and what to type then.

use crate::results::FolderError;
use crate::scenario::Problems;
use crate::simulation::LeakFound;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why a job was not planned, a shard not counted, or shards not merged.
#[derive(Debug)]
pub enum JobError {
    /// The scenario of the job cannot be used.
    Scenario(Problems),
    /// What is asked for cannot be done: why, and what to type instead.
    Refused(String),
    /// A file of the job cannot be read or is not what was written: which, and what to type.
    Unreadable(String),
    /// Shards are missing, or their files do not count.
    NotWhole(Progress),
    /// The job folder could not be written.
    Folder(FolderError),
    /// A file of a shard could not be written.
    File(PathBuf, io::Error),
    /// The books of a path do not add up.
    Leak(LeakFound),
}

/// How far a job is.
#[derive(Debug)]
pub struct Progress {
    /// The folder of the job.
    pub folder: PathBuf,
    /// How many shards it has.
    pub shards: u32,
    /// Those that do not count, in order, and why not.
    pub faults: Vec<(u32, Fault)>,
}

/// Why the file of a shard does not count.
#[derive(Debug)]
pub enum Fault {
    /// There is none.
    Missing,
    /// It cannot be read.
    Unreadable(io::Error),
    /// It was cut, or bytes of it were changed.
    Damaged,
    /// It was written by this other version of the program.
    OtherVersion(String),
    /// It is of another plan.
    OtherPlan,
    /// It is that of this other shard, under a name that is not its own.
    OtherShard(u32),
    /// Where it was counted, bins were laid otherwise.
    OtherBins,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Missing => f.write_str("is missing"),
            Fault::Unreadable(error) => write!(f, "cannot be read: {error}"),
            Fault::Damaged => f.write_str("is damaged: bytes are missing or changed"),
            Fault::OtherVersion(version) => write!(f, "was counted by tidegate {version}"),
            Fault::OtherPlan => f.write_str("is of another plan"),
            Fault::OtherShard(index) => write!(f, "is that of shard {index} under another name"),
            Fault::OtherBins => f.write_str("was counted by a program or machine that computes other numbers"),
        }
    }
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// Files that are named one by one.
        const NAMED: usize = 12;
        let Progress { folder, shards, faults } = self;
        let folder = folder.display();
        writeln!(f, "{} of {shards} shards of {folder} are there and sound", *shards as usize - faults.len())?;
        if faults.is_empty() {
            return write!(f, "\nhelp: tidegate merge {folder}");
        }
        let (missing, others): (Vec<_>, Vec<_>) = faults.iter().partition(|(_, fault)| matches!(fault, Fault::Missing));
        if !missing.is_empty() {
            let missing: Vec<u32> = missing.iter().map(|(index, _)| *index).collect();
            writeln!(f, "  not counted yet: {}", indices(&missing))?;
        }
        for (index, fault) in others.iter().take(NAMED) {
            writeln!(f, "  shards/{} {fault}", super::shard::name_of(*index))?;
        }
        if others.len() > NAMED {
            writeln!(f, "  and {} more", others.len() - NAMED)?;
        }
        let all: Vec<u32> = faults.iter().map(|(index, _)| *index).collect();
        write!(f, "\nhelp: tidegate shard {folder} {}", indices(&all))
    }
}

/// Ascending indices as one would type them: `3 7-9 12`.
fn indices(indices: &[u32]) -> String {
    let runs = indices.chunk_by(|one, next| one + 1 == *next);
    let typed = runs.map(|run| match run {
        [one] => one.to_string(),
        run => format!("{}-{}", run[0], run[run.len() - 1]),
    });
    typed.collect::<Vec<_>>().join(" ")
}

impl fmt::Display for JobError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            JobError::Scenario(problems) => problems.fmt(f),
            JobError::Refused(message) | JobError::Unreadable(message) => f.write_str(message),
            JobError::NotWhole(found) => found.fmt(f),
            JobError::Folder(error) => error.fmt(f),
            JobError::File(path, error) => write!(f, "cannot write {}: {error}", path.display()),
            JobError::Leak(leak) => leak.fmt(f),
        }
    }
}

impl std::error::Error for JobError {}

impl From<LeakFound> for JobError {
    fn from(leak: LeakFound) -> JobError {
        JobError::Leak(leak)
    }
}

impl From<FolderError> for JobError {
    fn from(error: FolderError) -> JobError {
        JobError::Folder(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indices_are_told_as_one_would_type_them() {
        assert_eq!(indices(&[3, 7, 8, 9, 12, 13]), "3 7-9 12-13");
        assert_eq!(indices(&[]), "");
    }

    #[test]
    fn what_is_missing_or_wrong_is_named_with_what_to_type() {
        let mut faults = vec![(0, Fault::Missing), (1, Fault::Missing), (2, Fault::Damaged)];
        faults.extend((20..40).map(|index| (index, Fault::OtherShard(7))));
        let found = Progress { folder: "output/qt_end.job".into(), shards: 64, faults };
        let said = found.to_string();
        assert!(said.starts_with(
            "41 of 64 shards of output/qt_end.job are there and sound\n  not counted yet: 0-1\n  \
             shards/00002.tally is damaged: bytes are missing or changed\n  \
             shards/00020.tally is that of shard 7 under another name\n"
        ));
        assert!(said.ends_with("  and 9 more\n\nhelp: tidegate shard output/qt_end.job 0-2 20-39"), "{said}");
    }
}
