//! `tidegate sensitivity`: which assumption an output depends on.

use super::failure::Failure;
use super::study::StudyArguments;
use crate::report::study::Method;
use crate::report::study::sweep::Sweep;
use crate::research::study::{Input, Of, Study, values_at};
use clap::{Args, ValueEnum};

#[derive(Args)]
pub struct SensitivityArguments {
    #[command(flatten)]
    study: StudyArguments,
    /// How it is found out
    #[arg(long, value_enum, value_name = "HOW", default_value_t = How::Tornado)]
    method: How,
    /// Trajectories of `morris`
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(2..=100_000))]
    trajectories: u32,
    /// Base rows of `sobol`, best a power of two: N (k + 2) points for k inputs
    #[arg(long, value_name = "N", default_value_t = 256, value_parser = clap::value_parser!(u32).range(4..=1_000_000))]
    base: u32,
    /// With `sobol`, variables are told by date, as a stacked area
    #[arg(long)]
    over_time: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum How {
    /// Each input low and high, all others in the middle: 2k + 1 points
    Tornado,
    /// Morris's elementary effects, to tell what matters at all: N (k + 1) points
    Morris,
    /// Shares of variance, alone and together with others
    Sobol,
}

/// Simulates the design and tells what matters.
pub fn sensitivity(arguments: &SensitivityArguments) -> Result<(), Failure> {
    let asked = &arguments.study;
    let base = asked.base()?;
    let mut inputs = asked.inputs(&base)?;
    if inputs.is_empty() {
        if arguments.method == How::Sobol {
            return Err(Failure::Argument(format!(
                "`sobol` needs the inputs to be named\n\nhelp: `tidegate sensitivity {} --method morris` tells which matter; \
                 then `--vary KEY` for each of these",
                base.scenario.name
            )));
        }
        inputs = Input::all_priors(&base.scenario);
    }
    if arguments.over_time && arguments.method != How::Sobol {
        return Err(Failure::Argument("`--over-time` is for `--method sobol`".to_owned()));
    }
    let seed = asked.seed_of(&base);
    let method = match arguments.method {
        How::Tornado => Method::Tornado,
        How::Morris => Method::Morris(arguments.trajectories),
        How::Sobol => Method::Sobol { base: arguments.base, over_time: arguments.over_time },
    };
    let unit = method.design().unit_points(&inputs, seed).map_err(|why| Failure::Argument(why.to_string()))?;
    let points = values_at(&inputs, &unit);
    let study = Study { kept: method.kept(), ..asked.study(base, inputs)? };
    if arguments.over_time && !study.outputs.iter().any(|output| matches!(output.of, Of::Variable(_))) {
        return Err(Failure::Argument(
            "nothing asked for has a value on every date\n\nhelp: name a variable, such as `--output sofr_iorb`"
                .to_owned(),
        ));
    }
    let folder = asked.folder("sensitivity", &study)?;
    let (answers, journal) = asked.simulate(&study, &points, &folder)?;
    let found = Sweep { study: &study, points: &points, answers: &answers, is_grid: false };
    let findings = method.findings(&found, &unit, &asked.typed("sensitivity", &study));
    asked.tell(&findings.map_err(|why| Failure::Argument(why.to_string()))?, &folder)?;
    journal.finish();
    Ok(())
}
