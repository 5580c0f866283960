//! Pictures of two worlds for paper.

use crate::calendar::names::long_date;
use crate::model::Variable;
use crate::report::charts::{Band, EventMark, FanChart, Guide, Level, Step, TwoFans, Waterfall};
use crate::report::pictures::{event_marks, source};
use crate::research::{Comparison, Difference, Hands, Moved, Paired, PathFigure, Run};
use crate::scenario::Scenario;
use crate::statistics::Distribution;
use crate::units::Unit;
use jiff::civil::Date;

/// The fan of a variable's difference, first less second, path by path; `names` are the two worlds'.
pub fn difference(paired: &Paired, variable: Variable, names: [&str; 2]) -> FanChart {
    let stories = [&paired.one().scenario, &paired.other().scenario];
    difference_fan(stories, &paired.one().plan.published_dates(), &paired.fan(variable), variable, names)
}

/// The fans of a variable in both worlds on the same axes; `names` are the worlds', of one or two words.
pub fn side_by_side(paired: &Paired, variable: Variable, names: [&str; 2]) -> TwoFans {
    let (one, other) = (paired.one(), paired.other());
    let days = |run: &Run| -> Vec<Distribution> {
        (0..run.outcomes.days).map(|day| Distribution::of(&mut run.published(variable, day))).collect()
    };
    let fans = [band(names[0], &days(one)), band(names[1], &days(other))];
    two_fans([&one.scenario, &other.scenario], &one.plan.published_dates(), fans, variable)
}

/// The same of a world and the first of a comparison; none between strangers, whose paths have no difference.
pub(super) fn difference_of(found: &Comparison, other: usize, variable: Variable) -> Option<FanChart> {
    let days: Option<Vec<Distribution>> =
        found.against[other - 1].of_variable(variable).iter().map(|day| day.paths).collect();
    let (one, other) = (&found.worlds[0], &found.worlds[other]);
    let mut fan =
        difference_fan([&other.scenario, &one.scenario], &found.dates, &days?, variable, [&other.name, &one.name]);
    fan.events = marks(&[&one.scenario, &other.scenario]);
    Some(fan)
}

/// Both fans of a world and the first of a comparison.
pub(super) fn both_fans(found: &Comparison, other: usize, variable: Variable) -> TwoFans {
    let against = &found.against[other - 1];
    let (one, other) = (&found.worlds[0], &found.worlds[other]);
    let fans = [band(&one.name, one.fan(variable)), band(&other.name, other.fan(variable))];
    let mut drawn = two_fans([&one.scenario, &other.scenario], &found.dates, fans, variable);
    drawn.events = marks(&[&one.scenario, &other.scenario]);
    drawn.strangers = !against.unshared.is_empty();
    drawn
}

/// From the first world's mean reserves on a date to another's, by whose hand.
pub(super) fn hands(found: &Comparison, other: usize, moved: &Moved) -> Waterfall {
    let (one, world) = (&found.worlds[0], &found.worlds[other]);
    let mut steps = Vec::new();
    if moved.before.mean.mean != 0.0 {
        steps.push(step(&format!("{} already", long_date(found.dates[0])), &moved.before));
    }
    steps.extend(Hands::NAMES.iter().zip(&moved.parts).map(|(name, part)| step(name, part)));
    waterfall(
        found,
        other,
        (format!("Why reserves differ on {}, by whose hand", long_date(moved.date)), ("$bn", 0)),
        (&one.name, moved.reserves.one),
        steps,
        (&world.name, moved.reserves.other),
    )
}

/// The same at the end, by what moved them.
pub(super) fn causes(found: &Comparison, other: usize) -> Option<Waterfall> {
    let against = &found.against[other - 1];
    let end = against.figure(PathFigure::ClosingReserves);
    let moving = against.causes.iter().filter(|(_, _, part)| !part.is_nothing());
    let mut steps: Vec<Step> = moving.map(|(name, _, part)| step(name, part)).collect();
    if steps.is_empty() {
        return None;
    }
    let before = &against.of_variable(Variable::Reserves)[0];
    if before.mean.mean != 0.0 {
        steps.insert(0, step("At the start already", before));
    }
    let names = [&found.worlds[0].name, &found.worlds[other].name];
    let last = found.dates[found.dates.len() - 1];
    let title = (format!("Why reserves differ on {}, by flow", long_date(last)), ("$bn", 0));
    Some(waterfall(found, other, title, (names[0], end.one), steps, (names[1], end.other)))
}

/// From the first world's mean of a figure to another's, by changed assumption, if there are several.
pub(super) fn reasons(found: &Comparison, other: usize, figure: PathFigure) -> Option<Waterfall> {
    let against = &found.against[other - 1];
    let reasons = against.reasons.as_ref().filter(|reasons| reasons.effects.len() > 1)?;
    let effects = reasons.effects.iter().map(|effect| (effect.name.as_str(), &effect.on));
    let all = effects.chain([("only together", &reasons.interaction)]);
    let steps = all.map(|(name, on)| step(name, &on[figure.place()])).collect();
    let total = against.figure(figure);
    let unit = if figure.unit() == Unit::BasisPoints { ("basis points", 1) } else { ("$bn", 0) };
    let names = [&found.worlds[0].name, &found.worlds[other].name];
    let title = (format!("{}: what each changed assumption does alone", figure.name()), unit);
    Some(waterfall(found, other, title, (names[0], total.one), steps, (names[1], total.other)))
}

fn difference_fan(
    stories: [&Scenario; 2],
    dates: &[Date],
    days: &[Distribution],
    variable: Variable,
    names: [&str; 2],
) -> FanChart {
    FanChart {
        title: format!("{}: the difference", variable.info().title),
        subtitle: format!("{}, less {}. The same luck on every path of both", names[0], names[1]),
        unit: unit(variable, true).to_owned(),
        source: source_of_both(stories),
        bands: [1, 3, 4, 5, 7].map(|quantile| days.iter().map(|day| day.quantiles[quantile]).collect()),
        corridor: vec![Guide { label: String::new(), values: vec![0.0; dates.len()] }],
        events: event_marks(stories[0]),
        dates: dates.to_vec(),
        ..FanChart::default()
    }
}

fn two_fans(stories: [&Scenario; 2], dates: &[Date], fans: [Band; 2], variable: Variable) -> TwoFans {
    let [one, other] = stories;
    TwoFans {
        title: variable.info().title.to_owned(),
        subtitle: if one.title == other.title {
            one.title.clone()
        } else {
            format!("{} · {}", one.title, other.title)
        },
        unit: unit(variable, false).to_owned(),
        source: source_of_both(stories),
        fans,
        events: event_marks(one),
        dates: dates.to_vec(),
        strangers: false,
    }
}

fn waterfall(
    found: &Comparison,
    other: usize,
    (title, (unit, decimals)): (String, (&str, usize)),
    (start, from): (&str, f64),
    steps: Vec<Step>,
    (end, to): (&str, f64),
) -> Waterfall {
    let (one, world) = (&found.worlds[0], &found.worlds[other]);
    let shared = found.against[other - 1].unshared.is_empty();
    let whiskers = if shared { "whiskers hold 90% of them" } else { "whiskers are 95% intervals of independent runs" };
    Waterfall {
        title,
        subtitle: format!("Means over all paths; {whiskers}"),
        unit: unit.to_owned(),
        source: source_of_both([&one.scenario, &world.scenario]),
        decimals,
        start: Level::new(start, from),
        steps,
        end: Level::new(end, to),
    }
}

fn step(label: &str, part: &Difference) -> Step {
    let (low, high) = part.band();
    Step::new(label, part.mean.mean, low, high)
}

fn band(name: &str, days: &[Distribution]) -> Band {
    let quantiles = [Distribution::low, Distribution::median, Distribution::high];
    Band { name: name.to_owned(), quantiles: quantiles.map(|quantile| days.iter().map(quantile).collect()) }
}

/// The events of all stories, each once.
pub(super) fn marks(stories: &[&Scenario]) -> Vec<EventMark> {
    let mut marks: Vec<EventMark> = Vec::new();
    for mark in stories.iter().flat_map(|story| event_marks(story)) {
        if !marks.contains(&mark) {
            marks.push(mark);
        }
    }
    marks.sort_by_key(|mark| mark.date);
    marks
}

fn unit(variable: Variable, of_difference: bool) -> &'static str {
    match variable.info().unit {
        Unit::Billions => "$bn",
        Unit::BasisPoints => "basis points",
        Unit::Percent if of_difference => "percentage points",
        Unit::Share => "share of the ample level",
        unit => unit.meaning(),
    }
}

fn source_of_both([one, other]: [&Scenario; 2]) -> String {
    if one.name == other.name {
        return source(one);
    }
    format!(
        "Source: tidegate {}, scenarios {} and {}, {} paths, seed {}; balance sheet of {} from Federal Reserve H.4.1.",
        env!("CARGO_PKG_VERSION"),
        one.name,
        other.name,
        one.paths,
        one.seed,
        long_date(one.vintage.date),
    )
}
