//! `tidegate export`: a scenario without luck, for other engines.

use super::failure::Failure;
use super::print;
use crate::exchange::{path_csv, xmile};
use crate::results::write_whole;
use crate::scenario;
use crate::simulation::Skeleton;
use clap::Args;
use std::path::PathBuf;

#[derive(Args)]
#[command(group = clap::ArgGroup::new("what").required(true).args(["xmile", "path"]))]
pub struct ExportArguments {
    /// The name of a shipped scenario, or the path to a scenario file
    #[arg(value_name = "SCENARIO")]
    scenario: String,
    /// Write the equations as XMILE 1.0, for Stella, Vensim, PySD and other system dynamics tools
    #[arg(long)]
    xmile: bool,
    /// Write what the program itself makes of them, as CSV with a row for each business day
    #[arg(long)]
    path: bool,
    /// Write to a file instead of printing
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Writes the deterministic skeleton of a scenario.
pub fn export(arguments: &ExportArguments) -> Result<(), Failure> {
    let scenario = scenario::load(&arguments.scenario)?;
    let plan = scenario::plan(&scenario);
    let skeleton = Skeleton::of(&scenario, &plan)?;
    let text = if arguments.xmile {
        let refused = |error| Failure::Argument(format!("{} cannot be exported: {error}", arguments.scenario));
        xmile(&scenario, &plan, &skeleton).map_err(refused)?.into_bytes()
    } else {
        path_csv(&plan, &skeleton)
    };
    match &arguments.out {
        Some(file) => write_whole(file, &text).map_err(|error| Failure::File(file.clone(), error)),
        None => print(&String::from_utf8_lossy(&text)),
    }
}
