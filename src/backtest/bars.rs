//! What a forecast has to reach before it deserves to be published, set before the first one was scored.

use super::forecaster::Forecaster;
use super::scorecard::{Cell, Coverage, Scorecard};
use super::subject::Subject;
use crate::forecast::{ForecastEvent, Target};
use crate::statistics::scores::Estimate;

/// A demand and what was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Of what.
    pub what: String,
    /// What is wanted, in words.
    pub wanted: String,
    /// What was found, in words.
    pub found: String,
    /// Whether it is reached.
    pub met: bool,
}

/// Share of outcomes that bands of 90 % have to hold.
pub const NINETY: (f64, f64) = (0.85, 0.95);

/// Share of outcomes that bands of 50 % have to hold.
pub const HALF: (f64, f64) = (0.43, 0.57);

/// Share of outcomes that bands of 90 % have to hold on special days, which are few.
pub const NINETY_ON_SPECIAL_DAYS: (f64, f64) = (0.80, 0.97);

/// Skill against the random walk that stocks need, with horizons in business days.
const SKILL: [(Subject, &[usize], f64); 3] = [
    (Subject::of(Target::Tga), &[20, 60], 0.15),
    (Subject::of(Target::Reserves), &[20, 60], 0.15),
    (Subject::ON_RRP_ABOVE_100, &[60], 0.10),
];

/// Horizons at which SOFR − IORB needs skill that is above zero for sure, in business days.
const SURE_SKILL: [usize; 3] = [1, 5, 20];

/// Events whose probability has to beat how often they had happened before.
const EVENTS: [ForecastEvent; 4] = [
    ForecastEvent::SOFR_ABOVE_5,
    ForecastEvent::EFFR_MOVES_2,
    ForecastEvent::FACILITY_ABOVE_1,
    ForecastEvent::FACILITY_ABOVE_10,
];

/// Every demand that the scorecard can answer.
pub fn bars(card: &Scorecard) -> Vec<Bar> {
    let mut bars = Vec::new();
    for (subject, horizons, wanted) in SKILL {
        for cell in horizons.iter().filter_map(|&horizon| card.cell(subject, horizon)) {
            bars.extend(cell.against(Forecaster::RandomWalk).map(|score| Bar {
                what: format!("{}: skill v. random walk", name(cell)),
                wanted: format!("{} % or more", percent(wanted)),
                found: with_interval(score.skill),
                met: score.skill.value >= wanted,
            }));
        }
    }
    for cell in SURE_SKILL.iter().filter_map(|&horizon| card.cell(Subject::of(Target::SofrIorb), horizon)) {
        for benchmark in [Forecaster::RandomWalk, Forecaster::Climatology] {
            bars.extend(cell.against(benchmark).map(|score| Bar {
                what: format!("{}: skill v. {}", name(cell), benchmark.name()),
                wanted: "surely > 0".to_owned(),
                found: with_interval(score.skill),
                met: score.skill.low > 0.0,
            }));
        }
    }
    for cell in card.cells.iter().filter(|cell| Subject::DEMANDED.contains(&cell.subject)) {
        bars.push(held(format!("{}: 90 % bands", name(cell)), cell.subject, cell.ninety, NINETY));
        if !Coverage::closed_decides(cell.subject.target) {
            bars.push(held(format!("{}: 50 % bands", name(cell)), cell.subject, cell.half, HALF));
        }
    }
    for score in card.events.iter().filter(|score| EVENTS.contains(&score.event)) {
        bars.push(Bar {
            what: format!("{}, 20d: Brier score", score.event.title()),
            wanted: format!("below {:.3}", score.climatology),
            found: format!("{:.3}", score.brier),
            met: score.brier < score.climatology,
        });
    }
    for score in &card.special_days {
        let what = format!("{}, {}: 90 % bands", score.subject.title(), score.days.name());
        bars.push(held(what, score.subject, score.ninety, NINETY_ON_SPECIAL_DAYS));
    }
    bars
}

/// Bands of what sits at one value for months are closed and may hold more than they say.
fn held(what: String, subject: Subject, coverage: Coverage, (low, high): (f64, f64)) -> Bar {
    let found = coverage.deciding(subject.target);
    let (wanted, met) = if Coverage::closed_decides(subject.target) {
        (format!("{} % or more", percent(low)), found.value >= low)
    } else {
        (format!("{} to {} %", percent(low), percent(high)), (low..=high).contains(&found.value))
    };
    Bar { what, wanted, found: with_interval(found), met }
}

fn name(cell: &Cell) -> String {
    format!("{}, {}d", cell.subject.title(), cell.horizon)
}

/// A share in whole percent.
fn percent(share: f64) -> String {
    let text = format!("{:.0}", 100.0 * share);
    if text == "-0" { "0".to_owned() } else { text.replace('-', "−") }
}

fn with_interval(found: Estimate) -> String {
    // To a tenth, so that what is just short of a bar does not read as if it reached it.
    let tenth = |share: f64| {
        let text = format!("{:.1}", 100.0 * share);
        if text == "-0.0" { "0.0".to_owned() } else { text.replace('-', "−") }
    };
    format!("{} % [{}, {}]", tenth(found.value), tenth(found.low), tenth(found.high))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backtest::scorecard::BenchmarkScore;
    use crate::statistics::scores::PitHistogram;

    fn estimate(value: f64) -> Estimate {
        Estimate { value, low: value - 0.04, high: value + 0.04 }
    }

    fn card(target: Target, horizon: usize, skill: f64, ninety: f64, half: f64) -> Scorecard {
        let benchmark = |benchmark| {
            let skill = estimate(skill);
            BenchmarkScore { benchmark, forecasts: 100, model: 1.0 - skill.value, crps: 1.0, skill }
        };
        // What does not decide would always fail.
        let coverage = |value| {
            let (found, other) = (estimate(value), estimate(0.0));
            if matches!(target, Target::EffrIorb | Target::StandingRepo) {
                Coverage { closed: found, spread: other }
            } else {
                Coverage { spread: found, closed: other }
            }
        };
        let cell = Cell {
            subject: Subject::of(target),
            horizon,
            forecasts: 100,
            crps: 1.0 - skill,
            benchmarks: Forecaster::BENCHMARKS.map(benchmark).to_vec(),
            half: coverage(half),
            ninety: coverage(ninety),
            pit: PitHistogram { shares: vec![1.0], band: (0.0, 1.0), outcomes: 100 },
        };
        Scorecard { cells: vec![cell], ..Scorecard::default() }
    }

    fn met(card: &Scorecard) -> Vec<bool> {
        card.bars().into_iter().map(|bar| bar.met).collect()
    }

    #[test]
    fn a_stock_needs_skill_and_calibration() {
        assert_eq!(met(&card(Target::Tga, 20, 0.15, 0.95, 0.43)), [true, true, true]);
        assert_eq!(met(&card(Target::Tga, 20, 0.149, 0.951, 0.429)), [false, false, false]);
        // At one and five days no skill is demanded of it.
        assert_eq!(met(&card(Target::Tga, 5, -0.5, 0.9, 0.5)), [true, true]);
    }

    #[test]
    fn a_spread_needs_skill_that_is_sure_against_two() {
        assert_eq!(met(&card(Target::SofrIorb, 5, 0.05, 0.9, 0.5)), [true, true, true, true]);
        assert_eq!(met(&card(Target::SofrIorb, 5, 0.03, 0.9, 0.5)), [false, false, true, true]);
    }

    #[test]
    fn what_sits_still_may_be_covered_more_often() {
        assert_eq!(met(&card(Target::EffrIorb, 5, -1.0, 1.0, 1.0)), [true]);
        assert_eq!(met(&card(Target::StandingRepo, 5, 0.5, 0.84, 0.5)), [false]);
    }

    #[test]
    fn a_miss_by_a_hair_reads_as_one() {
        let bars = card(Target::Tga, 5, 0.0, 0.849, 0.5).bars();
        assert_eq!(bars[0].found, "84.9 % [80.9, 88.9]");
        assert_eq!(bars[0].wanted, "85 to 95 %");
        assert!(!bars[0].met);
    }
}
