//! When a run is good enough: once the standard error of a figure is small enough.
//!
//! It is looked at only at fixed numbers of paths, four to an octave from 1,024 on, so that where a run stops depends
//! neither on threads nor on time.

use super::figure::{Figure, HIGHEST_SOFR_IORB, LOWEST_RESERVES};
use crate::model::Plan;
use crate::scenario::quantity::{self, Complaint, show, spell, unit_of};
use crate::scenario::{Draws, Scenario};
use crate::statistics::Tally;
use crate::units::Unit;

/// A figure and the standard error at which a run stops.
#[derive(Clone, Debug, PartialEq)]
pub struct Until {
    figure: Figure,
    /// In the unit of the figure, of a watch a share; or, if it is relative, a share of the figure itself.
    error: f64,
    relative: bool,
}

impl Until {
    /// Reads `FIGURE=ERROR`, or an error alone, whose unit then says of which figure: `bp` of the highest SOFR − IORB of a
    /// path, `bn` of its lowest reserves, both as medians, `%` of every watch.
    ///
    /// # Errors
    /// There is no such figure, or the error is not a positive quantity in its unit.
    pub fn parse(text: &str, scenario: &Scenario) -> Result<Until, Complaint> {
        let (figure, error) = match text.rsplit_once('=') {
            Some((name, error)) => (Figure::called(name.trim(), scenario)?, error),
            None => (Figure::by_unit(text, scenario)?, text),
        };
        Until::at(figure, error, false)
    }

    /// Reads `FIGURE=SHARE`, or a share alone, which is then of every watch: the standard error as a share of the figure.
    ///
    /// # Errors
    /// There is no such figure, or the share is not a positive percentage.
    pub fn parse_relative(text: &str, scenario: &Scenario) -> Result<Until, Complaint> {
        match text.rsplit_once('=') {
            Some((name, error)) => Until::at(Figure::called(name.trim(), scenario)?, error, true),
            None if scenario.watches.is_empty() => Err(no_watch(text, "FIGURE=ERROR", scenario)),
            None => Until::at(Figure::EveryWatch, text, true),
        }
    }

    fn at(figure: Figure, error: &str, relative: bool) -> Result<Until, Complaint> {
        let unit = if relative { Unit::Share } else { figure.unit() };
        let error = quantity::parse(error.trim(), unit)?;
        if error > 0.0 {
            return Ok(Until { figure, error, relative });
        }
        Err(Complaint {
            message: format!("a run never has a standard error of {}", show(error, unit)),
            help: Some(format!("type one above zero, such as {}", unit.example().trim_matches('"'))),
        })
    }

    /// Reads when a run of a scenario is good enough, as [`Until::parse`], where its draws allow to ask that.
    ///
    /// # Errors
    /// What is wrong and what to type, in a sentence.
    pub fn read(text: &str, scenario: &Scenario) -> Result<Until, String> {
        told("--until", text, scenario, Until::parse)
    }

    /// The same of an error that is a share of its figure, as [`Until::parse_relative`].
    ///
    /// # Errors
    /// As [`Until::read`].
    pub fn read_relative(text: &str, scenario: &Scenario) -> Result<Until, String> {
        told("--until-rel", text, scenario, Until::parse_relative)
    }

    /// Whether a run may stop with this tally.
    pub fn is_met(&self, tally: &Tally, plan: &Plan) -> bool {
        tally.paths().is_multiple_of(step(tally.paths())) && self.error_of(tally, plan) <= self.error
    }

    /// The standard error of the figure as it is asked for; infinite where it is a share of nothing.
    fn error_of(&self, tally: &Tally, plan: &Plan) -> f64 {
        if self.relative { self.figure.relative_error(tally, plan) } else { self.figure.standard_error(tally, plan) }
    }

    /// What a run of at most so many paths says that ended with this tally.
    pub fn sentence(&self, tally: &Tally, plan: &Plan, scenario: &Scenario) -> String {
        let error = self.error_of(tally, plan);
        let good_enough = tally.paths() < scenario.paths || error <= self.error;
        let told = |error| match self.relative {
            true => format!("{} of it", rounded(error, Unit::Share)),
            false => rounded(error, self.figure.unit()),
        };
        let (figure, wanted) = (self.figure.title(scenario), told(self.error));
        if good_enough {
            format!("Good enough: the standard error of {figure} is {}, and {wanted} was asked for.", told(error))
        } else if error.is_finite() {
            format!(
                "More paths are needed: the standard error of {figure} is {}, and {wanted} was asked for.",
                told(error)
            )
        } else {
            let nil = match self.figure {
                Figure::EveryWatch => "some watch never fired".to_owned(),
                _ => format!("{figure} is nil"),
            };
            format!("More paths are needed: {nil}, and no error is a share of nothing; {wanted} was asked for.")
        }
    }
}

/// Reads what was typed after an option, where the draws of the scenario allow to ask that.
fn told(
    option: &str,
    text: &str,
    scenario: &Scenario,
    parse: fn(&str, &Scenario) -> Result<Until, Complaint>,
) -> Result<Until, String> {
    if scenario.draws != Draws::Plain {
        let draws = scenario.draws.word();
        return Err(format!(
            "`{option}` is for plain draws, and those of `{}` are `{draws}`, whose error is known once all paths are \
             there; add `--draws {}`",
            scenario.name,
            Draws::Plain.word()
        ));
    }
    parse(text, scenario).map_err(|complaint| format!("`{option} {text}`: {complaint}"))
}

/// The number of paths after `paths` at which it is looked whether a run may stop.
pub fn next_look(paths: u64) -> u64 {
    let step = step(paths);
    (paths / step + 1) * step
}

/// A quarter of the power of two at or below a number of paths.
fn step(paths: u64) -> u64 {
    ((1 << paths.max(1).ilog2()) / 4).max(1)
}

/// Two significant digits, at most four after the point.
fn rounded(value: f64, unit: Unit) -> String {
    let (value, suffix) = if unit == Unit::Share { (100.0 * value, "%") } else { (value, unit.suffix()) };
    let mut digits = 0;
    let mut shifted = value;
    while shifted < 10.0 && digits < 4 {
        shifted *= 10.0;
        digits += 1;
    }
    format!("{value:.digits$}{suffix}")
}

impl Figure {
    /// The figure that an error without a name is about.
    fn by_unit(text: &str, scenario: &Scenario) -> Result<Figure, Complaint> {
        match spell(text).and_then(|spelled| unit_of(spelled.suffix)) {
            Some((Unit::BasisPoints, _)) => Ok(Figure::OfPaths(&HIGHEST_SOFR_IORB)),
            Some((Unit::Billions, _)) => Ok(Figure::OfPaths(&LOWEST_RESERVES)),
            Some((Unit::Percent, _)) if !scenario.watches.is_empty() => Ok(Figure::EveryWatch),
            Some((Unit::Percent, _)) => Err(no_watch(text, "an error in bp or bn, or FIGURE=ERROR", scenario)),
            _ => Err(Complaint {
                message: format!("expected a standard error, such as 0.2bp, 5bn or 0.5%; found `{text}`"),
                help: Some("type FIGURE=ERROR for one figure, such as reserves=2bn or highest_tga=5bn".to_owned()),
            }),
        }
    }
}

fn no_watch(text: &str, instead: &str, scenario: &Scenario) -> Complaint {
    Complaint {
        message: format!("`{}` has no watch whose probability could have an error of {text}", scenario.name),
        help: Some(format!("type {instead}")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::figure_error::share_error;
    use super::*;
    use crate::model::Variable;
    use crate::scenario::{self, Condition, Watch};
    use crate::simulation::{Settings, tally};
    use crate::statistics::Summary;

    /// Three weeks of the baseline.
    fn baseline(paths: u64) -> Scenario {
        let mut scenario = scenario::load("baseline_2025q4").expect("a shipped scenario");
        scenario.end = scenario.start.saturating_add(jiff::Span::new().days(21));
        scenario.set_paths(paths);
        scenario
    }

    #[test]
    fn it_is_looked_four_times_an_octave() {
        let mut looks = vec![1_024];
        for _ in 0..9 {
            looks.push(next_look(looks[looks.len() - 1]));
        }
        assert_eq!(looks, [1_024, 1_280, 1_536, 1_792, 2_048, 2_560, 3_072, 3_584, 4_096, 5_120]);
        // A run that goes on from somewhere between two looks takes the next.
        assert_eq!(next_look(2_112), 2_560);
        assert_eq!(next_look(99_999_999), 100_663_296);
    }

    #[test]
    fn errors_are_those_of_the_summary() {
        let scenario = baseline(2_048);
        let plan = scenario::plan(&scenario);
        let tally = tally(&scenario, &plan, Settings::default(), &|_| ()).expect("the books balance");
        let summary = Summary::of(&tally, &plan);
        let error = |text: &str| Until::parse(text, &scenario).expect(text).figure.standard_error(&tally, &plan);
        let last = |variable| summary.fan(variable).days.last().unwrap().standard_errors[4];
        assert_eq!(error("0.2bp"), summary.highest_sofr_iorb.standard_errors[4]);
        assert_eq!(error("5bn"), summary.lowest_reserves.standard_errors[4]);
        assert_eq!(error("highest_tga = 5bn"), summary.highest_tga.standard_errors[4]);
        assert_eq!(error("sofr_iorb=0.2bp"), last(Variable::SofrIorb));
        // A rate in percent follows from a spread in basis points.
        assert_eq!(error("sofr=0.01%"), last(Variable::Sofr));
        assert!(error("sofr=0.01%") > 0.0);
        let watch = &summary.watches[0].probability;
        let found = error(&format!("{}=1%", scenario.watches[0].name));
        assert!((found - watch.standard_error()).abs() < 0.1 * watch.standard_error() + 1e-3, "{found} {watch:?}");
        assert!(error("0.5%") >= found);
    }

    #[test]
    fn relative_errors_are_shares_of_what_they_are_of() {
        let mut scenario = baseline(2_048);
        scenario.watches.truncate(1);
        let mut never = scenario.watches[0].clone();
        never.name = "never".to_owned();
        never.condition = condition("sofr_iorb > 900bp");
        scenario.watches[0].condition = condition("sofr_iorb > 0bp");
        let plan = scenario::plan(&scenario);
        let tally =
            |scenario: &Scenario| tally(scenario, &plan, Settings::default(), &|_| ()).expect("the books balance");
        let counted = tally(&scenario);
        let summary = Summary::of(&counted, &plan);
        let error = |text: &str| Until::parse_relative(text, &scenario).expect(text).error_of(&counted, &plan);
        let lowest = &summary.lowest_reserves;
        let close = |found: f64, expected: f64| assert!((found / expected - 1.0).abs() < 1e-12, "{found} {expected}");
        close(error("lowest_reserves=1%"), lowest.standard_errors[4] / lowest.median());
        // A rate in percent follows from a spread in basis points, scaled and shifted.
        let sofr = summary.fan(Variable::Sofr).days.last().unwrap();
        close(error("sofr=1%"), sofr.standard_errors[4] / sofr.median());
        let often = &summary.watches[0].probability;
        assert!(often.hits > 0 && often.hits < often.paths, "{often:?}");
        close(error("5%"), share_error(often) / often.estimate());

        let met = Until::parse_relative("99%", &scenario).expect("a share");
        assert!(met.is_met(&counted, &plan));
        assert!(met.sentence(&counted, &plan, &scenario).contains("the standard error of the least certain watch is "));
        // What never fired is never known to a share, however large that is.
        scenario.watches.push(never);
        let counted = tally(&scenario);
        for (text, told) in [
            ("9900%", "More paths are needed: some watch never fired, and no error is a share of nothing; 9900% of it"),
            (
                "never=99%",
                "More paths are needed: the probability of “never” is nil, and no error is a share of nothing",
            ),
        ] {
            let until = Until::parse_relative(text, &scenario).expect(text);
            assert!(!until.is_met(&counted, &plan), "{text}");
            let sentence = until.sentence(&counted, &plan, &scenario);
            assert!(sentence.starts_with(told), "{sentence}");
        }
    }

    fn condition(text: &str) -> Condition {
        Watch::asked(text, [None; 2], &baseline(1)).expect("a condition").condition
    }

    #[test]
    fn what_cannot_be_read_of_a_share_is_told_with_what_to_type() {
        let scenario = baseline(1_024);
        for (text, message, help) in [
            ("sofr_irob=5%", "has no figure called `sofr_irob`", "did you mean `sofr_iorb`?"),
            ("0%", "a run never has a standard error of 0%", "above zero"),
        ] {
            let complaint = Until::parse_relative(text, &scenario).expect_err(text);
            assert!(complaint.message.contains(message), "{text}: {complaint:?}");
            assert!(complaint.help.as_ref().is_some_and(|found| found.contains(help)), "{text}: {complaint:?}");
        }
        for text in ["5bp", "reserves=2bn"] {
            let complaint = Until::parse_relative(text, &scenario).expect_err(text);
            assert!(complaint.message.contains("%"), "{text}: {complaint:?}");
        }
        let unwatched = Scenario { watches: Vec::new(), ..scenario };
        let complaint = Until::parse_relative("5%", &unwatched).expect_err("nothing is watched");
        assert!(complaint.message.contains("has no watch"), "{complaint:?}");
    }

    #[test]
    fn what_cannot_be_read_is_told_with_what_to_type() {
        let scenario = baseline(1_024);
        for (text, message, help) in [
            ("sofr_irob=0.1bp", "has no figure called `sofr_irob`", "did you mean `sofr_iorb`?"),
            ("weather=1bn", "has no figure called `weather`", "lowest_reserves"),
            ("soon", "expected a standard error, such as 0.2bp, 5bn or 0.5%; found `soon`", "FIGURE=ERROR"),
            ("3", "expected a standard error", "FIGURE=ERROR"),
            ("0bp", "a run never has a standard error of 0bp", "above zero"),
            ("reserves=-1bn", "a run never has a standard error of -1bn", "above zero"),
        ] {
            let complaint = Until::parse(text, &scenario).expect_err(text);
            assert!(complaint.message.contains(message), "{text}: {complaint:?}");
            assert!(complaint.help.as_ref().is_some_and(|found| found.contains(help)), "{text}: {complaint:?}");
        }
        // A wrong unit is told as everywhere, with what to type in the message.
        let wrong = Until::parse("reserves=0.2bp", &scenario).expect_err("a wrong unit");
        assert_eq!(wrong.message, "expected billions of dollars, such as \"850bn\"; found \"0.2bp\"");
        let unwatched = Scenario { watches: Vec::new(), ..scenario };
        assert!(Until::parse("1%", &unwatched).expect_err("nothing is watched").message.contains("has no watch"));
    }

    #[test]
    fn two_digits_are_told() {
        for (value, unit, told) in [
            (0.1834, Unit::BasisPoints, "0.18bp"),
            (12.34, Unit::Billions, "12bn"),
            (1.234, Unit::Billions, "1.2bn"),
            (0.004_56, Unit::Share, "0.46%"),
            (0.0, Unit::Billions, "0.0000bn"),
        ] {
            assert_eq!(rounded(value, unit), told);
        }
    }
}
