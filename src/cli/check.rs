//! `tidegate check`: every problem of a scenario file at once.

use super::failure::{Failure, use_colour};
use super::print;
use crate::scenario::{self, Problems};
use clap::Args;

#[derive(Args)]
pub struct CheckArguments {
    /// Names of shipped scenarios, or paths to scenario files
    #[arg(required = true, value_name = "SCENARIO")]
    scenarios: Vec<String>,
    /// Print the problems as JSON, one object a problem
    #[arg(long)]
    json: bool,
}

/// Checks every scenario named and reports the problems of all of them.
pub fn check(arguments: &CheckArguments) -> Result<(), Failure> {
    let mut failed: Vec<Problems> = Vec::new();
    for name in &arguments.scenarios {
        match scenario::load(name) {
            Ok(scenario) if !arguments.json => {
                print(&format!("{name}: fine ({} to {}, {} paths)\n", scenario.start, scenario.end, scenario.paths))?;
            }
            Ok(_) => {}
            Err(problems) => {
                if !arguments.json {
                    anstream::eprintln!("{}", problems.render(use_colour()));
                }
                failed.push(problems);
            }
        }
    }
    if arguments.json {
        let records: Vec<_> = failed.iter().flat_map(Problems::records).collect();
        let text = serde_json::to_string_pretty(&records).expect("records are plain data");
        print(&format!("{text}\n"))?;
    }
    // A file that is wrong weighs more than one that cannot be read.
    failed.sort_by_key(Problems::unreadable);
    match failed.into_iter().next() {
        None => Ok(()),
        Some(problems) => Err(Failure::Reported(problems)),
    }
}
