//! `tidegate list`: the scenarios and vintages that ship with the program, and the parameters of the model.

use super::failure::Failure;
use super::print;
use crate::model::PARAMETERS;
use crate::scenario::{self, quantity, shipped};
use clap::Args;
use std::fmt::Write;

#[derive(Args)]
pub struct ListArguments {
    /// List the model's parameters with default, prior, bounds, meaning and source instead
    #[arg(long)]
    parameters: bool,
}

/// Prints name and title of every shipped scenario, or the parameters.
pub fn list(arguments: &ListArguments) -> Result<(), Failure> {
    print(&if arguments.parameters { parameters() } else { shipped() })
}

fn shipped() -> String {
    let width = shipped::SCENARIOS.iter().map(|shipped| shipped.name.len()).max().unwrap_or(0);
    let mut text = "Scenarios (`tidegate run NAME`)\n".to_owned();
    for shipped in shipped::SCENARIOS {
        let title = scenario::load(shipped.name).map_or_else(|_| String::new(), |scenario| scenario.title);
        let _ = writeln!(text, "  {:width$}  {title}", shipped.name);
    }
    text.push_str("\nVintages (`[vintage] file = \"NAME\"`)\n");
    for shipped in shipped::VINTAGES {
        let _ = writeln!(text, "  {}", shipped.name);
    }
    text
}

fn parameters() -> String {
    let mut text = String::new();
    for info in PARAMETERS {
        let show = |value| quantity::show(value, info.unit);
        let prior = if info.prior_sd == 0.0 { String::new() } else { format!(" ± {}", show(info.prior_sd)) };
        let (default, low, high) = (show(info.default), show(info.low), show(info.high));
        let _ = writeln!(text, "{} = {default}{prior}  ({low} to {high})", info.name);
        let _ = writeln!(text, "    {}\n    Source: {}.", info.meaning, info.source);
    }
    text
}
