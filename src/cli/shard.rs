//! `tidegate shard`: counts shards of a job, those that are not there.

use super::failure::Failure;
use super::overrides::use_threads;
use super::print;
use super::run::progress_bar;
use crate::shards::{Job, Shard, Was};
use clap::Args;
use std::env;
use std::ops::RangeInclusive;
use std::path::PathBuf;

#[derive(Args)]
pub struct ShardArguments {
    /// Folder of the job, as `tidegate plan` made it
    #[arg(value_name = "JOB")]
    job: PathBuf,
    /// Shards to count, from 0 on: 7, or 0-15
    #[arg(value_name = "INDEX", value_parser = read_indices, required_unless_present = "index_from")]
    indices: Vec<RangeInclusive<u32>>,
    /// Environment variable that holds the shard to count, such as SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX
    #[arg(long, value_name = "VARIABLE", conflicts_with = "indices")]
    index_from: Option<String>,
    /// Threads to use; the results are the same for any number [default: all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

/// Counts one shard after the other, each into its file.
pub fn shard(arguments: &ShardArguments) -> Result<(), Failure> {
    let job = Job::open(&arguments.job)?;
    let asked = match &arguments.index_from {
        Some(variable) => vec![index_from(variable)?],
        None => arguments.indices.clone(),
    };
    for last in asked.iter().map(RangeInclusive::end) {
        job.slice(*last)?;
    }
    use_threads(arguments.threads);
    for index in asked.into_iter().flatten() {
        let slice = job.slice(index)?;
        let bar = progress_bar(&job.scenario, slice.paths(&job.scenario));
        let counted = job.count(index, &|paths| bar.inc(paths));
        bar.finish_and_clear();
        let Shard { file, was, .. } = counted?;
        let file = file.display();
        match was {
            Was::Done => print(&format!("shard {index} is there: {file}\n"))?,
            Was::Missing => print(&format!("shard {index}, {slice}: {file}\n"))?,
            Was::Unsound(fault) => {
                anstream::eprintln!("note: {file} {fault}; it was counted again");
                print(&format!("shard {index}, {slice}: {file}\n"))?;
            }
        }
    }
    Ok(())
}

/// The shard that an environment variable names.
fn index_from(variable: &str) -> Result<RangeInclusive<u32>, Failure> {
    let Ok(text) = env::var(variable) else {
        let message = format!("there is no environment variable {variable}; set it, or type the index of the shard");
        return Err(Failure::Argument(message));
    };
    read_indices(&text).map_err(|why| Failure::Argument(format!("{variable} is `{}`: {why}", text.escape_debug())))
}

/// Reads `7` or `0-15`.
fn read_indices(text: &str) -> Result<RangeInclusive<u32>, String> {
    let wrong = || "expected the index of a shard, such as 7, or several, such as 0-15".to_owned();
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let (first, last) = (first.parse().map_err(|_| wrong())?, last.parse().map_err(|_| wrong())?);
    if first <= last { Ok(first..=last) } else { Err(format!("{first} comes after {last}; type {last}-{first}")) }
}
