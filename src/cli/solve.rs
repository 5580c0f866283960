//! `tidegate solve`: the value of an input at which a probability, or another output, is as wanted.

use super::failure::Failure;
use super::interrupt;
use super::overrides::complaint;
use super::study::{StudyArguments, failure};
use crate::report::study::solve::solve_findings;
use crate::report::study::sweep::Sweep;
use crate::research::solve;
use crate::research::study::{Study, StudyError, Values};
use crate::results::Answer;
use crate::scenario::quantity::{self, show};
use crate::statistics::Measured;
use clap::Args;
use indicatif::ProgressBar;
use rayon::prelude::*;
use std::sync::atomic::Ordering;

#[derive(Args)]
pub struct SolveArguments {
    #[command(flatten)]
    study: StudyArguments,
    /// What the output is to be: 5% of a probability, 2.8tn of reserves
    #[arg(long, value_name = "VALUE")]
    target: String,
}

/// Searches and tells what was found.
pub fn run(arguments: &SolveArguments) -> Result<(), Failure> {
    let asked = &arguments.study;
    let base = asked.base()?;
    let inputs = asked.inputs(&base)?;
    let study = asked.study(base, inputs)?;
    let ([input], [output]) = (&study.inputs[..], &study.outputs[..]) else {
        return Err(Failure::Argument(
            "one input is solved for, and one output is wanted\n\nhelp: write, for instance, `--vary \
             treasury.cash_target=700bn..1000bn --output \"min(reserves) < 2.8tn\" --target 5%`"
                .to_owned(),
        ));
    };
    let Values::Range(low, high) = input.values else {
        let help = format!("write `--vary {}=LOW..HIGH`", input.key);
        return Err(Failure::Argument(format!(
            "`{input}` names single values, and a search needs a range\n\nhelp: {help}"
        )));
    };
    let target = quantity::parse(&arguments.target, output.unit()).map_err(|why| complaint("--target", &why))?;
    let folder = asked.folder("solve", &study)?;
    let interrupted = interrupt::listen();
    let bar = ProgressBar::new_spinner().with_message("looking");
    let mut answers: Vec<(f64, Answer)> = Vec::new();
    let mut measure = |values: &[f64]| -> Result<Option<Vec<Measured>>, StudyError> {
        let found = measure(&study, values, &|| interrupted.load(Ordering::Relaxed))?;
        bar.inc(values.len() as u64);
        Ok(found.map(|found| {
            answers.extend(values.iter().copied().zip(found.iter().cloned()));
            found.iter().map(|answer| answer[0][0]).collect()
        }))
    };
    let solved = solve(low, high, input.unit().is_none(), target, &mut measure).map_err(failure)?;
    bar.finish_and_clear();
    let Some(solved) = solved else {
        return Err(Failure::SearchInterrupted(answers.len()));
    };
    answers.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (points, answers): (Vec<Vec<f64>>, Vec<Answer>) =
        answers.into_iter().map(|(value, answer)| (vec![value], answer)).unzip();
    let command = format!("{} --target {}", asked.typed("solve", &study), show(target, output.unit()));
    let found = Sweep { study: &study, points: &points, answers: &answers, is_grid: false };
    asked.tell(&solve_findings(&found, &solved, &command), &folder)
}

fn measure(study: &Study, values: &[f64], stop: &(dyn Fn() -> bool + Sync)) -> Result<Option<Vec<Answer>>, StudyError> {
    values.par_iter().map(|&value| study.answer(&[value], stop)).collect::<Vec<_>>().into_iter().collect()
}
