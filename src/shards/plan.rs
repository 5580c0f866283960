//! From a scenario to the folder of a job.

use super::error::JobError;
use super::job::{JOB_FOLDER, Job, bins_of};
use super::job_file::{FORMAT, JobFile};
use super::slice::Slice;
use crate::results::{own_file, scenario_files, write_folder};
use crate::scenario::{Draws, Origin, Scenario};
use crate::simulation::Precision;
use std::path::Path;

/// The most shards of a job.
pub const MOST_SHARDS: u32 = 100_000;

/// A job that was planned.
#[derive(Debug)]
pub struct Planned {
    /// The job.
    pub job: Job,
    /// Whether its folder was there already, and was left as it is with all its shards.
    pub was_there: bool,
}

/// Shares a scenario out among so many shards and writes the folder of the job; `asked` is the name or file by which the
/// scenario was asked for.
///
/// # Errors
/// It cannot be shared out so, the folder holds something else, or the file system refuses it.
pub fn plan(
    scenario: Scenario,
    asked: &str,
    precision: Precision,
    shards: u32,
    folder: &Path,
) -> Result<Planned, JobError> {
    check_shards(&scenario, shards)?;
    let (Some(own), Some(file)) = (scenario.files.first(), own_file(&scenario)) else {
        let message = format!("`{}` was not read from a file; save it as one and plan that", scenario.name);
        return Err(JobError::Refused(message));
    };
    let overridden = scenario.typed.iter().filter(|typed| typed.origin == Origin::CommandLine);
    let file = JobFile {
        format: FORMAT,
        tidegate: env!("CARGO_PKG_VERSION").to_owned(),
        plan: String::new(),
        asked: asked.to_owned(),
        file,
        folder: own.typed.parent().unwrap_or(Path::new("")).display().to_string(),
        paths: scenario.paths,
        seed: scenario.seed,
        draws: scenario.draws.word().to_owned(),
        overridden: overridden.map(|typed| typed.key.clone()).collect(),
        precision: precision.word().to_owned(),
        shards,
        bins: String::new(),
    };
    let mut job = Job::new(folder, scenario, precision, file);
    job.file.bins = bins_of(job.lay()?);
    job.file.plan = job.file.number(&job.scenario);
    if folder.join(JOB_FOLDER.mark).exists() {
        let there = Job::open(folder)?;
        return if there.file.plan == job.file.plan {
            Ok(Planned { job: there, was_there: true })
        } else {
            Err(other(&there))
        };
    }
    let mut text = serde_json::to_vec_pretty(&job.file).expect("a plan is plain data");
    text.push(b'\n');
    let mut files = vec![(JOB_FOLDER.mark.to_owned(), text)];
    files.extend(scenario_files(&job.scenario));
    write_folder(folder, JOB_FOLDER, &files)?;
    Ok(Planned { job, was_there: false })
}

fn other(there: &Job) -> JobError {
    JobError::Refused(format!(
        "{} holds another plan: {} paths of `{}` in {} shards, seed {}\n\nhelp: `--out DIR` plans elsewhere; to give that \
         plan up with all its shards, remove the folder",
        there.folder.display(),
        there.scenario.paths,
        there.scenario.name,
        there.shards(),
        there.scenario.seed,
    ))
}

/// Refuses to share a run out among more shards than it has parts.
fn check_shards(scenario: &Scenario, shards: u32) -> Result<(), JobError> {
    let most = Slice::most(scenario).min(MOST_SHARDS.into());
    if (1..=most).contains(&shards.into()) {
        return Ok(());
    }
    let why = match scenario.draws {
        Draws::Sobol => "a shard of `sobol` draws counts whole replicates, of which there are so many",
        Draws::Plain if most == u64::from(MOST_SHARDS) => "no job has more",
        Draws::Plain => "a shard counts whole tiles of paths, of which there are so many",
    };
    Err(JobError::Refused(format!(
        "`{}` cannot be shared out among {shards} shards\n\nhelp: type `--shards` with a number from 1 to {most}; {why}",
        scenario.name
    )))
}
