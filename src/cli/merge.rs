//! `tidegate merge`: the shards of a job into the folder that one process would have written.

use super::failure::Failure;
use super::run::to_json;
use super::{print, terminal};
use crate::report::FinishedRun;
use crate::results::{RUN_FOLDER, check_place, write_folder};
use crate::shards::Job;
use clap::Args;
use std::path::{Path, PathBuf};

#[derive(Args)]
pub struct MergeArguments {
    /// Folder of the job, as `tidegate plan` made it
    #[arg(value_name = "JOB")]
    job: PathBuf,
    /// Tell which shards are there, and merge nothing
    #[arg(long)]
    status: bool,
    /// Folder of the results [default: output/SCENARIO]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Print the result as JSON instead of text
    #[arg(long)]
    json: bool,
    /// Print the page of the run as Markdown instead of text, to be pasted into a note
    #[arg(long, conflicts_with = "json")]
    markdown: bool,
}

/// Adds all shards up and writes the run folder.
pub fn merge(arguments: &MergeArguments) -> Result<(), Failure> {
    let job = Job::open(&arguments.job)?;
    if arguments.status {
        return print(&format!("{}\n", job.progress()));
    }
    let default = || Path::new("output").join(&job.scenario.name);
    let folder = arguments.out.clone().unwrap_or_else(default);
    check_place(&folder, RUN_FOLDER)?;
    let counted = job.merge()?;
    let finished = FinishedRun::of(&job.scenario, job.plan.clone(), &counted, (job.asked(), None), &folder)?;
    drop(counted);
    let page = finished.page();
    write_folder(&folder, RUN_FOLDER, &finished.files(&page))?;
    let FinishedRun { scenario, summary, record, amplification, .. } = &finished;
    print(&match (arguments.json, arguments.markdown) {
        (true, _) => to_json(&[record]),
        (_, true) => page.markdown(),
        _ => terminal::page(scenario, summary, record, amplification.as_ref()),
    })?;
    let breached: Vec<String> = record.breached().collect();
    if breached.is_empty() { Ok(()) } else { Err(Failure::Breached(breached)) }
}
