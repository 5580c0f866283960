//! `tidegate amplification`: how much the loop of stress, hoarding and dealers' retreat adds, and when it feeds itself.

use super::failure::Failure;
use super::run::progress_bar;
use super::terminal;
use super::{loop_words, print};
use crate::model::{SIMULATED, Variable};
use crate::report::charts::{Theme, draw_svg, render};
use crate::report::check_memory;
use crate::report::difference;
use crate::report::numbers::{number, percent};
use crate::research::{Amplification, Factor, LOOP, Measure, Paired, Run, SelfFeeding, has_loop};
use crate::scenario::{self, Scenario};
use clap::Args;
use std::fmt::Write;
use std::path::{Path, PathBuf};

#[derive(Args)]
pub struct AmplificationArguments {
    /// Name of a shipped scenario (see `tidegate list`), or path to a scenario file
    #[arg(value_name = "SCENARIO")]
    scenario: String,
    /// Number of paths, in place of the scenario's
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    paths: Option<u64>,
    /// Seed of all draws, in place of the scenario's
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Draw what the loop adds to SOFR − IORB to this file, which ends in .svg or .png
    #[arg(long, value_name = "FILE")]
    chart: Option<PathBuf>,
    /// Print the result as JSON instead of text
    #[arg(long)]
    json: bool,
}

/// Runs the scenario with the loop and without it and tells the difference.
pub fn amplification(arguments: &AmplificationArguments) -> Result<(), Failure> {
    let mut scenario = scenario::load(&arguments.scenario)?;
    if let Some(paths) = arguments.paths {
        scenario.set_paths(paths);
    }
    if let Some(seed) = arguments.seed {
        scenario.set_seed(seed);
    }
    check_memory(&scenario, SIMULATED).map_err(Failure::Argument)?;
    if let Some(file) = &arguments.chart {
        format_of(file)?;
    }
    let bar = progress_bar(&scenario, 2 * scenario.paths);
    let run = Run::simulate(scenario, &|paths| bar.inc(paths))?;
    let business_days = run.plan.days.len();
    let (found, paired) = Amplification::of(run, &|paths| bar.inc(paths))?;
    bar.finish_and_clear();
    if let Some(file) = &arguments.chart {
        draw(&paired, file)?;
    }
    if arguments.json {
        let text = serde_json::to_string_pretty(&found.record()).expect("a record is plain data");
        return print(&(text + "\n"));
    }
    print(&page(&found, business_days))
}

/// The formats of a chart.
enum Format {
    Svg,
    Png,
}

fn format_of(file: &Path) -> Result<Format, Failure> {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("svg") => Ok(Format::Svg),
        Some("png") => Ok(Format::Png),
        _ => Err(Failure::Argument(format!("`--chart {}` ends neither in .svg nor in .png", file.display()))),
    }
}

fn draw(paired: &Paired, file: &Path) -> Result<(), Failure> {
    let title = &paired.one().scenario.title;
    let chart = difference(paired, Variable::SofrIorb, [title, "the same without the loop of hoarding and retreat"]);
    let finite = "charts are made of finite numbers";
    let bytes = match format_of(file)? {
        Format::Svg => draw_svg(&chart, Theme::Light).expect(finite).into_bytes(),
        Format::Png => render(&chart, Theme::Light).expect(finite).png,
    };
    std::fs::write(file, bytes).map_err(|cause| Failure::File(file.to_path_buf(), cause))
}

fn page(found: &Amplification, business_days: usize) -> String {
    let scenario = &found.scenario;
    let mut text = format!("Amplification: {}\n", scenario.title);
    text.push_str(&terminal::extent(scenario, business_days));
    let _ = writeln!(text, "With the loop, and without: {} at nil\n", LOOP.join(" and "));
    let _ = writeln!(text, "{:<37}{:>8}{:>9}{:>8}   95% interval", "", "with", "without", "factor");
    for (measure, factor) in &found.factors {
        text.push_str(&row(*measure, factor.as_ref()));
    }
    text.push_str("Means over paths, but for the quantile. Calm is the path's median day without\nthe loop.\n\n");
    text.push_str(&gain(found, scenario));
    text.push('\n');
    text.push_str(&terminal::wrapped(&format!("{:<17}", "In short"), &verdict(found)));
    text
}

fn row(measure: Measure, factor: Option<&Factor>) -> String {
    let Some(factor) = factor else {
        return format!("{:<37}{:>8}{:>9}{:>8}   {}\n", measure.name(), "–", "0.0", "–", "nothing to multiply");
    };
    let (low, high) = factor.interval;
    format!(
        "{:<37}{:>8}{:>9}{:>8.3}   {low:.3} to {high:.3}\n",
        measure.name(),
        number(factor.with, 1),
        number(factor.without, 1),
        factor.estimate
    )
}

fn gain(found: &Amplification, scenario: &Scenario) -> String {
    let mut text = String::new();
    let mut line = |name: &str, words: &str| text.push_str(&terminal::wrapped(&format!("{name:<17}"), words));
    line(
        "The loop",
        &format!(
            "a lasting bp of stress makes banks want {}bn more reserves and dealers ask {:.2}bp more",
            number(found.lasting_demand, 1),
            scenario.parameters.dealer_retreat_gain.typical()
        ),
    );
    line(
        "Feeds itself",
        &match (found.feeds_itself, found.feeds_itself_without_facility) {
            (None, None) => "nowhere on the curve".to_owned(),
            (with, without) => {
                format!("from {}; without a standing facility, {}", place(with), place(without))
            }
        },
    );
    let reached = &found.reached;
    line(
        "Gain above one",
        &format!(
            "on some day of {} of paths{}; the highest is {:.2}",
            percent(reached.paths.estimate()),
            if reached.paths.hits > 0 {
                format!(", there on {:.1} days on average", reached.days)
            } else {
                String::new()
            },
            reached.highest
        ),
    );
    line(
        "Saturation",
        &format!(
            "banks hoard {}bn at most (hoarding_limit) and the less the more they hold already, dealers add {}bp at \
             most (dealer_retreat_limit), and strain above {}bp is remembered no worse (stress_range): a loop that \
             feeds itself stops itself",
            number(scenario.parameters.hoarding_limit.typical(), 0),
            number(scenario.parameters.dealer_retreat_limit.typical(), 0),
            number(scenario.parameters.stress_range.typical(), 0)
        ),
    );
    text
}

fn place(place: Option<SelfFeeding>) -> String {
    place.map_or("nowhere".to_owned(), |place| {
        format!(
            "a scarcity of {} ({}bn short of need, SOFR − IORB at {}bp)",
            percent(place.scarcity),
            number(place.shortfall, 0),
            number(place.sofr_iorb, 0)
        )
    })
}

/// What it comes to, in a sentence or two.
fn verdict(found: &Amplification) -> String {
    let reached = &found.reached;
    let half_life = found.scenario.parameters.stress_half_life.typical();
    let feeding = match (found.feeds_itself, reached.paths.hits) {
        _ if !has_loop(&found.scenario) => return "the loop is off in this scenario.".to_owned(),
        (None, 0) => "It feeds itself nowhere: its gain is below one all along the curve.".to_owned(),
        (Some(_), 0) => "It does not feed itself: no path comes to where its gain is one.".to_owned(),
        (_, _) if reached.days < half_life => format!(
            "Its gain exceeds one on {} of paths, but only for {:.1} days: too short to run away, since it \
             takes {half_life:.0} days to learn half of a new stress.",
            percent(reached.paths.estimate()),
            reached.days
        ),
        (_, _) => format!(
            "Its gain exceeds one on {} of paths, there on {:.1} days: for so long it feeds itself.",
            percent(reached.paths.estimate()),
            reached.days
        ),
    };
    format!("{} {feeding}", loop_words::sentence(found.factor(Measure::Peak).as_ref()))
}
