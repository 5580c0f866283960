//! How far off a figure is in a run of plain draws: in its own unit, and as a share of itself.

use super::figure::Figure;
use crate::model::Plan;
use crate::statistics::{NORMAL_95, Probability, Tally, WatchSummary};

impl Figure {
    /// Its standard error in a run, in its unit; of a watch as a share of paths.
    pub(super) fn standard_error(self, tally: &Tally, plan: &Plan) -> f64 {
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

    /// The standard error as a share of the figure; of a watch that never fired, infinite.
    pub(super) fn relative_error(self, tally: &Tally, plan: &Plan) -> f64 {
        let of_watch = |watch: &WatchSummary| {
            let probability = &watch.probability;
            share_of(share_error(probability), probability.estimate())
        };
        match self {
            Figure::AtTheEnd(variable) => {
                let last = tally.layout().days - 1;
                let (row, scale, shift) = tally.layout().rows.published(plan, variable, last);
                let stored = row.map_or(0.0, |row| tally.distribution(tally.layout().day_column(last, row)).median());
                share_of(self.standard_error(tally, plan), shift + scale * stored)
            }
            Figure::OfPaths(extreme) => relative_median_error(tally, tally.layout().path_column(extreme.row as usize)),
            Figure::Watch(watch) => of_watch(&tally.watches()[watch]),
            Figure::EveryWatch => tally.watches().iter().map(of_watch).fold(0.0, f64::max),
        }
    }
}

fn median_error(tally: &Tally, column: usize) -> f64 {
    tally.distribution(column).standard_errors[4]
}

/// The standard error of a median as a share of it.
fn relative_median_error(tally: &Tally, column: usize) -> f64 {
    share_of(median_error(tally, column), tally.distribution(column).median())
}

/// A standard error as a share of a figure; infinite where that is nil.
fn share_of(error: f64, figure: f64) -> f64 {
    if figure == 0.0 { f64::INFINITY } else { error / figure.abs() }
}

/// What stands for the standard error of a share: that of the interval of Wilson, which is not zero where nothing has
/// happened yet.
pub(super) fn share_error(probability: &Probability) -> f64 {
    /// The width of a 95 % interval in standard errors.
    const WIDTH: f64 = 2.0 * NORMAL_95;
    let (low, high) = probability.wilson_interval();
    (high - low) / WIDTH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_yet_is_not_certainty() {
        let never = Probability { hits: 0, paths: 1_024 };
        assert_eq!(never.standard_error(), 0.0);
        assert!(share_error(&never) > 5e-4);
        // Elsewhere the two agree.
        let often = Probability { hits: 40_000, paths: 100_000 };
        assert!((share_error(&often) / often.standard_error() - 1.0).abs() < 1e-3);
    }
}
