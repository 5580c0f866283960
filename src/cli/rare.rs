//! `tidegate rare`: the probability of what plain paths hardly ever reach.

use super::failure::Failure;
use super::overrides::{Set, complaint, use_threads};
use super::print;
use super::run::progress_bar;
use super::terminal::{self, truncated};
use crate::calendar::names::short_date;
use crate::report::numbers::number;
use crate::research::rare::{Effort, NoWay, RareError, RareEvent};
use crate::scenario::{Scenario, Watch, plan};
use clap::Args;
use jiff::civil::Date;
use std::fmt::Write;

#[derive(Args)]
pub struct RareArguments {
    /// Name of a shipped scenario (see `tidegate list`), or path to a scenario file
    #[arg(value_name = "SCENARIO")]
    scenario: String,
    /// The event: the name of a watch of the scenario, or a condition such as "max(sofr_iorb) > 60bp"
    #[arg(long, value_name = "WATCH")]
    watch: String,
    /// First day of the window [default: that of the watch, or the whole horizon]
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// Last day of the window; nothing is simulated beyond
    #[arg(long, value_name = "DATE")]
    to: Option<Date>,
    #[command(flatten)]
    set: Set,
    /// Paths of a replicate on each level
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(100..=1_000_000))]
    paths: u32,
    /// Independent replicates, by which the error is known
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u16).range(16..=1_000))]
    replicates: u16,
    /// Seed of all draws, in place of the scenario's
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Threads to use; the results are the same for any number [default: all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Print the result as JSON instead of text
    #[arg(long)]
    json: bool,
}

/// Estimates the probability of the event and tells how far off it may be.
pub fn rare(arguments: &RareArguments) -> Result<(), Failure> {
    let mut scenario = arguments.set.load(&arguments.scenario)?;
    if let Some(seed) = arguments.seed {
        scenario.set_seed(seed);
    }
    let watch = Watch::asked(&arguments.watch, [arguments.from, arguments.to], &scenario)
        .map_err(|why| complaint("--watch", &why))?;
    use_threads(arguments.threads);
    let per_level = arguments.paths as usize;
    let effort = Effort { per_level, replicates: arguments.replicates.into(), seed: scenario.seed };
    // How many levels there are is known once the pilot has laid them.
    let bar = progress_bar(&scenario, (per_level * effort.replicates) as u64);
    let found = RareEvent::of(&scenario, &watch, effort, &|paths| {
        bar.inc(paths);
        bar.set_length(bar.length().unwrap_or_default().max(bar.position()));
    });
    bar.finish_and_clear();
    let found = found.map_err(|why| no_estimate(&why, &scenario, &watch))?;
    if arguments.json {
        let record = found.record(&scenario, &watch, per_level);
        return print(&(serde_json::to_string_pretty(&record).expect("a record is plain data") + "\n"));
    }
    print(&page(&found, &scenario, &watch, per_level))
}

fn no_estimate(why: &RareError, scenario: &Scenario, watch: &Watch) -> Failure {
    let name = truncated(&watch.when, 60);
    Failure::Argument(match why {
        RareError::NoDistance(words) => format!("`{name}` cannot be approached step by step: {words}"),
        RareError::NoWay(NoWay::Leak(leak)) => return Failure::Leak(leak.clone()),
        RareError::NoWay(NoWay::TooRare) => format!(
            "`{name}` is rarer than 1e-15 in `{}`; shocks so far out are not drawn\n\n\
             help: ask for something less remote",
            scenario.name
        ),
        RareError::NoWay(NoWay::Flat { levels, distance }) => format!(
            "nothing leads to `{name}` in `{}`: above {levels} levels, more than half of the paths are all {} away \
             from it, and hardly any is nearer\n\nhelp: ask for something that is approached bit by bit, such as a \
             higher spread or lower reserves",
            scenario.name,
            number(-distance, 2)
        ),
    })
}

fn page(found: &RareEvent, scenario: &Scenario, watch: &Watch, per_level: usize) -> String {
    let mut text = format!("{}\n", scenario.title);
    let days = plan(scenario).days.iter().filter(|day| (watch.from..=watch.to).contains(&day.date)).count();
    let dates = [watch.from, watch.to].map(short_date);
    let _ = writeln!(text, "{} to {} · {days} business days · seed {}\n", dates[0], dates[1], scenario.seed);
    let mut line = |name: &str, words: &str| text.push_str(&terminal::wrapped(&format!("{name:<12}"), words));
    line("Event", &watch.when);
    if watch.name != watch.when {
        line("", &format!("“{}”", watch.name));
    }
    let replicates = found.replicates.len();
    match &found.interval {
        Some(interval) => {
            let [low, high] = [interval.bounds.0, interval.bounds.1].map(small);
            line(
                "Probability",
                &format!(
                    "{} with a standard error of {}; 95% interval {low} to {high}; one path in {}",
                    small(interval.estimate),
                    small(interval.standard_error),
                    rounded(1.0 / interval.estimate)
                ),
            );
            line(
                "Paths",
                &format!(
                    "{} simulated; plain draws would need {} for the same standard error, {} times as many",
                    number(found.paths as f64, 0),
                    rounded(interval.plain_paths()),
                    rounded(interval.plain_paths() / found.paths as f64)
                ),
            );
        }
        None => line(
            "Probability",
            &format!(
                "not found: no replicate reached the event; the last level that was passed has {}",
                small(
                    found
                        .level_records()
                        .iter()
                        .map(|level| level.probability)
                        .filter(|p| *p > 0.0)
                        .fold(1.0, f64::min)
                )
            ),
        ),
    }
    if let Some(doubt) = found.doubt() {
        line("DOUBT", &format!("{doubt}: the interval is not to be trusted; take more `--paths`"));
    }
    let _ = write!(
        text,
        "\nBy {replicates} independent replicates with {} paths on each level\n\n{}",
        number(per_level as f64, 0),
        levels(found)
    );
    text
}

/// A row a level.
fn levels(found: &RareEvent) -> String {
    let mut text = format!(
        "{:<8} {:>12} {:>10} {:>13} {:>7} {:>7}\n",
        "Level", "distance", "pass", "probability", "step", "taken"
    );
    let records = found.level_records();
    for (stage, level) in records.iter().enumerate() {
        let last = stage + 1 == records.len();
        let name = if last { "event".to_owned() } else { (stage + 1).to_string() };
        let steps = level.steps.map_or(String::new(), |[size, taken]| format!(" {size:>7.2} {:>6.0}%", 100.0 * taken));
        let _ = writeln!(
            text,
            "{name:<8} {:>12} {:>9.1}% {:>13}{steps}",
            number(level.distance, 2),
            100.0 * level.share,
            small(level.probability)
        );
    }
    text.push_str(
        "Distances are by how much the condition falls short: in its own unit, or where\n\
         it joins several comparisons, in the spread of each over plain paths.\n",
    );
    text
}

/// A probability: as a percentage, or below a thousandth as a power of ten.
fn small(probability: f64) -> String {
    if probability >= 0.001 { format!("{:.2}%", 100.0 * probability) } else { format!("{probability:.2e}") }
}

/// A number to two digits.
fn rounded(value: f64) -> String {
    if value < 10.0 {
        return number(value, 1);
    }
    let scale = 10_f64.powf(value.log10().floor() - 1.0);
    number((value / scale).round() * scale, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_and_large_ones() {
        assert_eq!([0.0123, 0.001, 0.000_123_4, 2e-9].map(small), ["1.23%", "0.10%", "1.23e-4", "2.00e-9"]);
        assert_eq!([1.26, 12.6, 81_432.0, 4_160_000.0].map(rounded), ["1.3", "13", "81,000", "4,200,000"]);
    }
}
