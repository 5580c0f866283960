//! `tidegate plan`: a run shared out among processes and machines.

use super::failure::Failure;
use super::overrides::{override_run, use_threads};
use super::print;
use crate::report::numbers::number;
use crate::scenario::fields::MOST_PATHS;
use crate::scenario::{self, Draws};
use crate::shards::{Planned, plan as plan_job};
use crate::simulation::Precision;
use clap::Args;
use std::path::{Path, PathBuf};

#[derive(Args)]
pub struct PlanArguments {
    /// Name of a shipped scenario (see `tidegate list`), or path to a scenario file
    #[arg(value_name = "SCENARIO")]
    scenario: String,
    /// Number of shards, each of which one process counts
    #[arg(long, value_name = "N")]
    shards: u32,
    /// Number of paths, in place of the scenario's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=MOST_PATHS))]
    paths: Option<u64>,
    /// Seed of all draws, in place of the scenario's
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// How draws are spread over the paths, in place of the scenario's; `sobol` makes 16 shards at most
    #[arg(long, value_name = "HOW", value_parser = Draws::ALL.map(Draws::word))]
    draws: Option<String>,
    /// Simulate in single precision: faster, for a look
    #[arg(long)]
    preview: bool,
    /// Folder of the job, which every process must be able to read and write [default: output/SCENARIO.job]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Threads to use for the pilot
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Of `run` alone
    #[arg(long, hide = true)]
    exact: bool,
    /// Of `run` alone
    #[arg(long, hide = true)]
    until: Option<String>,
}

/// Writes the folder of the job and says how to go on.
pub fn plan(arguments: &PlanArguments) -> Result<(), Failure> {
    let asked = &arguments.scenario;
    if arguments.exact {
        return Err(Failure::Argument(format!(
            "shards keep no values of paths, from which `--exact` would take quantiles; leave it out and read the bound of \
             each quantile's error in `fan_errors.csv`, or count in one process: tidegate run {asked} --exact"
        )));
    }
    if let Some(until) = &arguments.until {
        return Err(Failure::Argument(format!(
            "shards are counted apart, and none knows when all are good enough, as `--until {until}` wants; plan a number \
             of paths, or count in one process: tidegate run {asked} --until {until}"
        )));
    }
    let mut scenario = scenario::load(asked)?;
    override_run(&mut scenario, arguments.paths, arguments.seed, arguments.draws.as_deref())?;
    use_threads(arguments.threads);
    let default = || Path::new("output").join(format!("{}.job", scenario.name));
    let folder = arguments.out.clone().unwrap_or_else(default);
    let precision = if arguments.preview { Precision::Single } else { Precision::Double };
    let Planned { job, was_there } = plan_job(scenario, asked, precision, arguments.shards, &folder)?;
    let (paths, shards) = (job.scenario.paths as f64, f64::from(job.shards()));
    let [paths, shards, each] = [paths, shards, paths / shards].map(|count| number(count, 0));
    let folder = folder.display();
    let state = if was_there { " is planned already" } else { "" };
    let all = if job.shards() == 1 { "0".to_owned() } else { format!("0-{}", job.shards() - 1) };
    let shared = if job.shards() == 1 { "one shard".to_owned() } else { format!("{shards} shards of about {each}") };
    print(&format!(
        "{folder}{state}: {paths} paths of {}, seed {}, in {shared}\n\n\
         Count every shard, here or wherever this folder can be written, in any order:\n  tidegate shard {folder} {all}\n\
         and once all are there:\n  tidegate merge {folder}\n",
        job.scenario.name, job.scenario.seed,
    ))
}
