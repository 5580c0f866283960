//! When a run is good enough: once the standard error of a figure is small enough.
//!
//! It is looked at only at fixed numbers of paths, four to an octave from 1,024 on, so that where a run stops depends
//! neither on threads nor on time.

use super::figure::{Figure, HIGHEST_SOFR_IORB, LOWEST_RESERVES};
use crate::model::Plan;
use crate::scenario::quantity::{self, Complaint, show, spell, unit_of};
use crate::scenario::{Draws, Scenario};
use crate::statistics::{Probability, Tally};
use crate::units::Unit;

/// A figure and the standard error at which a run stops.
#[derive(Clone, Debug, PartialEq)]
pub struct Until {
    figure: Figure,
    /// In the unit of the figure; of a watch, a share.
    error: f64,
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
        let unit = figure.unit();
        let error = quantity::parse(error.trim(), unit)?;
        if error > 0.0 {
            return Ok(Until { figure, error });
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
        if scenario.draws != Draws::Plain {
            let draws = scenario.draws.word();
            return Err(format!(
                "`--until` is for plain draws, and those of `{}` are `{draws}`, whose error is known once all paths are \
                 there; add `--draws {}`",
                scenario.name,
                Draws::Plain.word()
            ));
        }
        Until::parse(text, scenario).map_err(|Complaint { message, help }| {
            let help = help.map_or(String::new(), |help| format!("; {help}"));
            format!("`--until {text}`: {message}{help}")
        })
    }

    /// Whether a run may stop with this tally.
    pub fn is_met(&self, tally: &Tally, plan: &Plan) -> bool {
        tally.paths().is_multiple_of(step(tally.paths())) && self.figure.standard_error(tally, plan) <= self.error
    }

    /// What a run of at most so many paths says that ended with this tally.
    pub fn sentence(&self, tally: &Tally, plan: &Plan, scenario: &Scenario) -> String {
        let error = self.figure.standard_error(tally, plan);
        let good_enough = tally.paths() < scenario.paths || error <= self.error;
        let [error, wanted] = [error, self.error].map(|error| rounded(error, self.figure.unit()));
        let figure = self.figure.title(scenario);
        if good_enough {
            format!("Good enough: the standard error of {figure} is {error}, and {wanted} was asked for.")
        } else {
            format!("More paths are needed: the standard error of {figure} is {error}, and {wanted} was asked for.")
        }
    }
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
            Some((Unit::Percent, _)) => Err(Complaint {
                message: format!("`{}` has no watch whose probability could have an error of {text}", scenario.name),
                help: Some("type an error in bp or bn, or FIGURE=ERROR".to_owned()),
            }),
            _ => Err(Complaint {
                message: format!("expected a standard error, such as 0.2bp, 5bn or 0.5%; found `{text}`"),
                help: Some("type FIGURE=ERROR for one figure, such as reserves=2bn or highest_tga=5bn".to_owned()),
            }),
        }
    }

    fn standard_error(self, tally: &Tally, plan: &Plan) -> f64 {
        match self {
            Figure::AtTheEnd(variable) => {
                let last = tally.layout().days - 1;
                match tally.layout().rows.published(plan, variable, last) {
                    (Some(row), scale, _) => scale.abs() * median_error(tally, tally.layout().day_column(last, row)),
                    (None, ..) => 0.0,
                }
            }
            Figure::OfPaths(extreme) => median_error(tally, tally.layout().path_column(extreme.row as usize)),
            Figure::Watch(watch) => share_error(&tally.watches()[watch].probability),
            Figure::EveryWatch => {
                tally.watches().iter().map(|watch| share_error(&watch.probability)).fold(0.0, f64::max)
            }
        }
    }
}

fn median_error(tally: &Tally, column: usize) -> f64 {
    tally.distribution(column).standard_errors[4]
}

/// What stands for the standard error of a share: that of the interval of Wilson, which is not zero where nothing has
/// happened yet.
fn share_error(probability: &Probability) -> f64 {
    /// The width of a 95 % interval in standard errors.
    const WIDTH: f64 = 2.0 * 1.959_963_984_540_054;
    let (low, high) = probability.wilson_interval();
    (high - low) / WIDTH
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Variable;
    use crate::scenario;
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
    fn nothing_yet_is_not_certainty() {
        let never = Probability { hits: 0, paths: 1_024 };
        assert_eq!(never.standard_error(), 0.0);
        assert!(share_error(&never) > 5e-4);
        // Elsewhere the two agree.
        let often = Probability { hits: 40_000, paths: 100_000 };
        assert!((share_error(&often) / often.standard_error() - 1.0).abs() < 1e-3);
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
