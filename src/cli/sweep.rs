//! `tidegate sweep`: one scenario at many points.

use super::failure::Failure;
use super::overrides::complaint;
use super::study::StudyArguments;
use crate::report::study::sweep::{Sweep, sweep_findings};
use crate::research::study::{Design, points_from_csv, values_at};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

#[derive(Args)]
pub struct SweepArguments {
    #[command(flatten)]
    study: StudyArguments,
    /// How points are chosen: every value with every other, or spread over the ranges
    #[arg(long, value_enum, value_name = "HOW", default_value_t = How::Grid)]
    design: How,
    /// Number of points of a design that is no grid
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    points: u32,
    /// Takes the points from a CSV file: a key in each head, a point in each line
    #[arg(long, value_name = "FILE", conflicts_with_all = ["vary", "design", "points"])]
    points_from: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum How {
    /// Every value of each key with every value of the others
    Grid,
    /// A Latin hypercube
    Latin,
    /// Scrambled Sobol' points
    Sobol,
}

/// Simulates the points and tells what was found.
pub fn sweep(arguments: &SweepArguments) -> Result<(), Failure> {
    let asked = &arguments.study;
    let base = asked.base()?;
    let (inputs, points) = match &arguments.points_from {
        Some(file) => {
            let text = std::fs::read_to_string(file)
                .map_err(|error| Failure::Unreadable(format!("cannot read {}: {error}", file.display())))?;
            points_from_csv(&base.scenario, &text).map_err(|why| complaint(&file.display().to_string(), &why))?
        }
        None => {
            let inputs = asked.inputs(&base)?;
            if inputs.is_empty() {
                return Err(Failure::Argument(
                    "nothing is varied\n\nhelp: write, for instance, `--vary event.shutdown.hoarding=0bn..200bn/5`; \
                     `tidegate explain` lists parameters"
                        .to_owned(),
                ));
            }
            let design = match arguments.design {
                How::Grid => Design::Grid,
                How::Latin => Design::Latin(arguments.points as usize),
                How::Sobol => Design::Sobol(arguments.points as usize),
            };
            let unit =
                design.unit_points(&inputs, asked.seed_of(&base)).map_err(|why| Failure::Argument(why.to_string()))?;
            let points = values_at(&inputs, &unit);
            (inputs, points)
        }
    };
    let study = asked.study(base, inputs)?;
    let folder = asked.folder("sweep", &study)?;
    let (answers, journal) = asked.simulate(&study, &points, &folder)?;
    let mut command = asked.typed("sweep", &study);
    match (&arguments.points_from, arguments.design) {
        (Some(file), _) => command.push_str(&format!(" --points-from {}", file.display())),
        (None, How::Grid) => {}
        (None, How::Latin) => command.push_str(&format!(" --design latin --points {}", arguments.points)),
        (None, How::Sobol) => command.push_str(&format!(" --design sobol --points {}", arguments.points)),
    }
    let is_grid = arguments.points_from.is_none() && arguments.design == How::Grid;
    let found = Sweep { study: &study, points: &points, answers: &answers, is_grid };
    asked.tell(&sweep_findings(&found, &command), &folder)?;
    journal.finish();
    Ok(())
}
