//! `tidegate discover`: in which region of the inputs something happens.

use super::failure::Failure;
use super::overrides::complaint;
use super::study::StudyArguments;
use crate::report::study::discover::discover_findings;
use crate::report::study::sweep::Sweep;
use crate::research::discovery::{Prim, PrimSettings};
use crate::research::study::{Design, Input, values_at};
use crate::scenario::quantity::{self, show};
use clap::Args;

#[derive(Args)]
pub struct DiscoverArguments {
    #[command(flatten)]
    study: StudyArguments,
    /// What the output is to exceed at a point for it to count: 20% of a probability, 15bp of a spread
    #[arg(long, value_name = "VALUE", default_value = "50%")]
    above: String,
    /// Number of points, of a Latin hypercube
    #[arg(long, value_name = "N", default_value_t = 500, value_parser = clap::value_parser!(u32).range(20..=1_000_000))]
    points: u32,
    /// Tells this box of the way from all points to the smallest, in place of the one of the best balance
    #[arg(long = "box", value_name = "N")]
    chosen: Option<usize>,
}

/// Simulates points, and seeks the region.
pub fn discover(arguments: &DiscoverArguments) -> Result<(), Failure> {
    let asked = &arguments.study;
    let base = asked.base()?;
    let mut inputs = asked.inputs(&base)?;
    if inputs.is_empty() {
        inputs = Input::all_priors(&base.scenario);
    }
    let design = Design::Latin(arguments.points as usize);
    let unit = design.unit_points(&inputs, asked.seed_of(&base)).map_err(|why| Failure::Argument(why.to_string()))?;
    let points = values_at(&inputs, &unit);
    let study = asked.study(base, inputs)?;
    let [output] = &study.outputs[..] else {
        return Err(Failure::Argument(
            "a region is sought for one output\n\nhelp: write, for instance, `--output \"max(sofr - iorb) > 20bp\"`"
                .to_owned(),
        ));
    };
    let threshold = quantity::parse(&arguments.above, output.unit()).map_err(|why| complaint("--above", &why))?;
    let folder = asked.folder("discover", &study)?;
    let (answers, journal) = asked.simulate(&study, &points, &folder)?;
    let hits: Vec<bool> = answers.iter().map(|answer| answer[0][0].value > threshold).collect();
    let prim = Prim::peel(&points, &hits, &PrimSettings::default()).map_err(|why| {
        Failure::Argument(format!(
            "{why}\n\nhelp: `--above` is {}; points.csv of a sweep tells what is reached",
            arguments.above
        ))
    })?;
    let chosen = arguments.chosen.unwrap_or_else(|| prim.recommended());
    if chosen >= prim.trajectory.len() {
        let last = prim.trajectory.len() - 1;
        return Err(Failure::Argument(format!("there is no box {chosen}; the last is {last}")));
    }
    let mut command = format!("{} --above {}", asked.typed("discover", &study), show(threshold, output.unit()));
    command.push_str(&format!(" --points {}", arguments.points));
    if let Some(chosen) = arguments.chosen {
        command.push_str(&format!(" --box {chosen}"));
    }
    let found = Sweep { study: &study, points: &points, answers: &answers, is_grid: false };
    asked.tell(&discover_findings(&found, threshold, &prim, chosen, &command), &folder)?;
    journal.finish();
    Ok(())
}
