//! What a comparison says in words.

use crate::calendar::names::{long_date, short_date};
use crate::model::Variable;
use crate::report::numbers::{self, number, percent, signed};
use crate::research::{Against, Comparison, Difference, PathFigure, Unshared, WatchDifference, World};
use crate::scenario::Draws;
use crate::units::Unit;
use std::fmt::Write;

/// What to type to compare runs again, with what was put in the place of their own paths, seed and draws.
pub fn command(runs: &[String], paths: Option<u64>, seed: Option<u64>, draws: Option<&str>, anyway: bool) -> String {
    let mut command = format!("tidegate compare {}", runs.join(" "));
    if let Some(paths) = paths {
        let _ = write!(command, " --paths {paths}");
    }
    if let Some(seed) = seed {
        let _ = write!(command, " --seed {seed}");
    }
    if let Some(draws) = draws {
        let _ = write!(command, " --draws {draws}");
    }
    if anyway {
        command.push_str(" --anyway");
    }
    command
}

/// The letter by which tables know a world.
pub fn letter(world: usize) -> String {
    char::from_digit(10 + world as u32, 36).unwrap_or('?').to_uppercase().collect()
}

/// A change with its sign, to more digits the smaller it is.
pub fn change(value: f64) -> String {
    let size = value.abs();
    let digits = [(9.95, 0), (0.095, 1), (0.0, 2)].into_iter().find(|(least, _)| size >= *least);
    match signed(value, digits.map_or(2, |(_, digits)| digits)) {
        zero if zero.chars().all(|c| matches!(c, '0' | '.')) => "0".to_owned(),
        told => told,
    }
}

/// A standard error, which common luck makes smaller than those of runs.
pub(super) fn error(value: f64) -> String {
    match value {
        0.0095.. | 0.0 => numbers::error(value),
        0.00095.. => format!("±{}", number(value, 3)),
        _ => "±<0.001".to_owned(),
    }
}

/// A change with its standard error: `−32 ±0.3`.
pub fn change_and_error(difference: &Difference) -> String {
    if difference.is_nothing() {
        return "0".to_owned();
    }
    format!("{} {}", change(difference.mean.mean), error(difference.mean.standard_error))
}

/// How many times smaller the error is than that of independent runs: `12×`.
pub(super) fn narrower(difference: &Difference) -> String {
    let mean = &difference.mean;
    match mean.independent_standard_error / mean.standard_error {
        _ if difference.paths.is_none() || difference.is_nothing() => "–".to_owned(),
        times if times.is_finite() => format!("{}×", times_of(times)),
        _ => "–".to_owned(),
    }
}

fn times_of(times: f64) -> String {
    number(times, if times < 9.95 { 1 } else { 0 })
}

/// The unit of a figure, as tables say it.
pub(super) const fn unit(figure: PathFigure) -> &'static str {
    match figure.unit() {
        Unit::BasisPoints => "bp",
        _ => "$bn",
    }
}

/// Decimals of a figure.
pub(super) const fn digits(figure: PathFigure) -> usize {
    match figure {
        PathFigure::MeanSofrIorb => 1,
        _ => 0,
    }
}

/// What a comparison without common luck lacks.
pub const LOST: &str = "Differences between strangers are those of distributions on the dates that all have; their errors \
                        are those of independent runs. Lost are the differences on single paths, how many paths a watch \
                        turns on, and what each changed assumption does.";

/// Why a world is not compared with the first path by path; nothing if it is.
pub fn strangers(found: &Comparison, other: usize) -> Option<String> {
    let told: Vec<String> = found.against[other - 1].unshared.iter().map(Unshared::to_string).collect();
    (!told.is_empty()).then(|| format!("{} and A are strangers: {}.", letter(other), told.join("; ")))
}

/// What differs, in sentences.
pub fn answer(found: &Comparison, other: usize) -> Vec<String> {
    let against = &found.against[other - 1];
    if against.is_nothing() {
        let (one, world) = (&found.worlds[0], &found.worlds[other]);
        let why = if against.changes.iter().any(|change| change.what.moves_paths()) {
            "although their assumptions differ: what differs has no effect before the end"
        } else {
            "and no assumption does"
        };
        return vec![format!("On no path does {} differ from {}, {why}.", world.name, one.name)];
    }
    let mut told = vec![reserves(found, against), spread(against)];
    told.extend(watch(found, against));
    told
}

fn reserves(found: &Comparison, against: &Against) -> String {
    let end = against.figure(PathFigure::ClosingReserves);
    let last = found.dates[found.dates.len() - 1];
    let mut told = format!("Reserves are {} on {}", higher(end, "bn"), short_date(last));
    if let [widest, _] = against.moves.as_slice() {
        let whose = ["the Treasury’s account", "the Fed’s assets", "ON RRP", "currency and others", "where they began"];
        let parts = widest.parts.iter().chain([&widest.before]).map(|part| part.mean.mean);
        let largest = whose.into_iter().zip(parts).max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
        let because = largest.map_or(String::new(), |(hand, part)| format!(" ({hand} {}bn)", change(part)));
        let most = change_and_error(&widest.reserves).replace(' ', "");
        // On the last day a quarter's end may part them further than any day before.
        let before = if end.mean.mean.abs() > widest.reserves.mean.mean.abs() { "before that " } else { "" };
        told.push_str(&format!(" and {before}differ most on {}, by {most}bn{because}", short_date(widest.date)));
    }
    told + "."
}

fn spread(against: &Against) -> String {
    let (peak, mean) = (against.figure(PathFigure::HighestSofrIorb), against.figure(PathFigure::MeanSofrIorb));
    format!("SOFR − IORB is {} on its highest day and {} on average.", higher(peak, "bp"), higher(mean, "bp"))
}

/// `32±0.3bn lower`.
fn higher(difference: &Difference, unit: &str) -> String {
    let mean = difference.mean.mean;
    if difference.is_nothing() {
        return "the same".to_owned();
    }
    let size = change(mean.abs()).trim_start_matches('+').to_owned();
    let word = if mean > 0.0 { "higher" } else { "lower" };
    format!("{size}{}{unit} {word}", error(difference.mean.standard_error))
}

/// The watch whose probability changes most.
pub(super) fn most_changed(against: &Against) -> Option<usize> {
    let size = |watch: &WatchDifference| watch.difference.mean.mean.abs();
    let most = (0..against.watches.len())
        .max_by(|&a, &b| size(&against.watches[a]).total_cmp(&size(&against.watches[b])).then(b.cmp(&a)))?;
    (size(&against.watches[most]) > 0.0).then_some(most)
}

fn watch(found: &Comparison, against: &Against) -> Option<String> {
    let most = most_changed(against)?;
    let watch = &against.watches[most];
    let turned = watch.turned.map_or(String::new(), |(gained, lost)| {
        let share = |paths: u64| percent(paths as f64 / watch.one.paths as f64);
        format!(", gained on {} of paths and lost on {}", share(gained), share(lost))
    });
    Some(format!(
        "Of the watches, “{}” changes most: from {} to {}{turned}.",
        found.watches[most].watch.name,
        percent(watch.one.estimate()),
        percent(watch.other.estimate()),
    ))
}

/// How much common luck narrows the errors; nothing between strangers.
pub fn luck(against: &Against) -> Option<String> {
    let times: Vec<f64> = against
        .figures
        .iter()
        .filter(|figure| figure.paths.is_some() && figure.mean.standard_error > 0.0)
        .map(|figure| figure.mean.independent_standard_error / figure.mean.standard_error)
        .collect();
    let least = times.iter().copied().fold(f64::INFINITY, f64::min);
    let most = times.iter().copied().fold(0.0, f64::max);
    (most > 0.0).then(|| {
        format!(
            "The same luck on every path makes the errors {} to {} times smaller than those of independent runs.",
            times_of(least),
            times_of(most)
        )
    })
}

/// What `±` is.
pub fn errors_are(found: &Comparison) -> &'static str {
    match found.worlds[0].scenario.draws {
        Draws::Plain => "± is one standard error of simulation",
        Draws::Sobol => "± is one standard error of as many plain paths",
    }
}

/// Dates, paths and seed of a world in a line.
pub fn made(world: &World) -> String {
    let scenario = &world.scenario;
    let draws = if scenario.draws == Draws::Plain { "" } else { " · evenly spread" };
    format!(
        "{} to {} · {} paths × {} business days · seed {}{draws}",
        scenario.start,
        scenario.end,
        number(scenario.paths as f64, 0),
        world.business_days,
        scenario.seed
    )
}

/// The title of a comparison.
pub fn title(found: &Comparison) -> String {
    let names: Vec<&str> = found.worlds[1..].iter().map(|world| world.name.as_str()).collect();
    format!("{} against {}", names.join(", "), found.worlds[0].name)
}

/// The dates over which worlds are compared.
pub(super) fn stretch(found: &Comparison) -> String {
    format!("{} to {}", long_date(found.dates[0]), long_date(found.dates[found.dates.len() - 1]))
}

/// What a difference of a variable on its widest day is, for those who do not see the chart.
pub(super) fn widest(found: &Comparison, against: &Against, variable: Variable) -> String {
    let days = against.of_variable(variable);
    let most = (0..days.len()).max_by(|&a, &b| days[a].mean.mean.abs().total_cmp(&days[b].mean.mean.abs()));
    most.map_or(String::new(), |day| {
        format!("widest on {}, {}", long_date(found.dates[day]), change_and_error(&days[day]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::research::PairedMean;

    fn difference(mean: f64, standard_error: f64) -> Difference {
        let mean = PairedMean { mean, standard_error, independent_standard_error: 10.0 * standard_error };
        Difference { one: 0.0, other: mean.mean, mean, paths: None }
    }

    #[test]
    fn changes_have_a_sign_and_the_digits_they_need() {
        assert_eq!(
            [-132.4, 12.0, 3.16, -0.2, 0.04, 0.0, -0.001].map(change),
            ["−132", "+12", "+3.2", "−0.2", "+0.04", "0", "0"]
        );
        assert_eq!(change_and_error(&difference(-31.6, 0.31)), "−32 ±0.3");
        assert_eq!([0.31, 0.004, 0.0004, 0.0].map(error), ["±0.3", "±0.004", "±<0.001", "±0"]);
        assert_eq!(higher(&difference(-31.6, 0.31), "bn"), "32±0.3bn lower");
        assert_eq!([0, 1, 3].map(letter), ["A", "B", "D"]);
    }
}
