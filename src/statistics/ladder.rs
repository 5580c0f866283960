//! How often reserves lie below, and SOFR above IORB by, levels that a reader asks about, by date.

use super::histogram::Histogram;
use super::probability::Probability;

/// Levels, and the share of paths beyond each on every published day.
#[derive(Clone, Debug, PartialEq)]
pub struct Ladder {
    /// The levels, lowest first.
    pub levels: Vec<f64>,
    /// For every level, the share of paths beyond it on every published day.
    pub by_day: Vec<Vec<f64>>,
    /// For every level, the paths beyond it on some day after the opening.
    pub once: Vec<Probability>,
}

impl Ladder {
    /// Shares below round levels among which the lowest value of a path lies.
    pub(super) fn below(days: &[Histogram], lowest: &Histogram) -> Ladder {
        let levels = round_levels(lowest.quantile(0.01), lowest.quantile(0.99));
        let share = |histogram: &Histogram, level: f64| histogram.below(level) / histogram.paths() as f64;
        Ladder {
            by_day: levels.iter().map(|&level| days.iter().map(|day| share(day, level)).collect()).collect(),
            once: levels.iter().map(|&level| hits(lowest.below(level), lowest.paths())).collect(),
            levels,
        }
    }

    /// Shares above given levels.
    pub(super) fn above(levels: &[f64], days: &[Histogram], highest: &Histogram) -> Ladder {
        let over = |histogram: &Histogram, level: f64| histogram.paths() as f64 - histogram.below(level);
        let share = |histogram: &Histogram, level: f64| over(histogram, level) / histogram.paths() as f64;
        Ladder {
            levels: levels.to_vec(),
            by_day: levels.iter().map(|&level| days.iter().map(|day| share(day, level)).collect()).collect(),
            once: levels.iter().map(|&level| hits(over(highest, level), highest.paths())).collect(),
        }
    }
}

fn hits(paths_beyond: f64, paths: u64) -> Probability {
    Probability { hits: paths_beyond.round() as u64, paths }
}

/// Round levels from just below `low` to just above `high`, no more than eight.
fn round_levels(low: f64, high: f64) -> Vec<f64> {
    const MOST: f64 = 8.0;
    let steps = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0];
    let ends = |step: f64| ((low / step).floor(), (high / step).ceil());
    let step = steps.into_iter().find(|&step| ends(step).1 - ends(step).0 < MOST).unwrap_or(2000.0);
    let (first, last) = ends(step);
    (first as i64..=last as i64).map(|number| number as f64 * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_round_and_few() {
        assert_eq!(round_levels(2_430.0, 2_861.0), [2400.0, 2500.0, 2600.0, 2700.0, 2800.0, 2900.0]);
        assert_eq!(round_levels(2_930.0, 2_931.0), [2930.0, 2931.0]);
        assert!(round_levels(-9_000.0, 9_000.0).len() < 12);
    }
}
