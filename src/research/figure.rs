//! Numbers of a path by which worlds are compared.

use crate::model::Simulated;
use crate::statistics::{TILE, TileOutcomes};
use crate::units::Unit;
use std::ops::Range;

/// A number of each path over a stretch of published days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathFigure {
    /// The lowest reserves.
    LowestReserves,
    /// Reserves on the last day.
    ClosingReserves,
    /// The TGA on the last day.
    ClosingTga,
    /// The highest TGA.
    HighestTga,
    /// ON RRP on the last day.
    ClosingOnRrp,
    /// The highest take-up of the standing facility.
    HighestSrf,
    /// The highest SOFR less IORB.
    HighestSofrIorb,
    /// The mean SOFR less IORB.
    MeanSofrIorb,
}

impl PathFigure {
    /// All of them, in the order in which they are told.
    pub const ALL: [PathFigure; 8] = [
        PathFigure::LowestReserves,
        PathFigure::ClosingReserves,
        PathFigure::ClosingTga,
        PathFigure::HighestTga,
        PathFigure::ClosingOnRrp,
        PathFigure::HighestSrf,
        PathFigure::HighestSofrIorb,
        PathFigure::MeanSofrIorb,
    ];

    /// Its place among all of them.
    pub const fn place(self) -> usize {
        self as usize
    }

    /// What it is, in a few words without its unit.
    pub const fn name(self) -> &'static str {
        match self {
            PathFigure::LowestReserves => "Lowest reserves",
            PathFigure::ClosingReserves => "Reserves at the end",
            PathFigure::ClosingTga => "TGA at the end",
            PathFigure::HighestTga => "Highest TGA",
            PathFigure::ClosingOnRrp => "ON RRP at the end",
            PathFigure::HighestSrf => "Highest facility",
            PathFigure::HighestSofrIorb => "Highest SOFR − IORB",
            PathFigure::MeanSofrIorb => "Mean SOFR − IORB",
        }
    }

    /// The word by which machines know it.
    pub const fn key(self) -> &'static str {
        match self {
            PathFigure::LowestReserves => "lowest_reserves",
            PathFigure::ClosingReserves => "closing_reserves",
            PathFigure::ClosingTga => "closing_tga",
            PathFigure::HighestTga => "highest_tga",
            PathFigure::ClosingOnRrp => "closing_on_rrp",
            PathFigure::HighestSrf => "highest_srf",
            PathFigure::HighestSofrIorb => "highest_sofr_iorb",
            PathFigure::MeanSofrIorb => "mean_sofr_iorb",
        }
    }

    /// Its unit.
    pub const fn unit(self) -> Unit {
        match self {
            PathFigure::HighestSofrIorb | PathFigure::MeanSofrIorb => Unit::BasisPoints,
            _ => Unit::Billions,
        }
    }

    /// On every path of a tile.
    ///
    /// # Panics
    /// If there is no day.
    pub fn on_tile(self, tile: &TileOutcomes, days: Range<usize>) -> Vec<f64> {
        assert!(!days.is_empty(), "a stretch holds at least one day");
        let (count, last) = (days.len() as f64, days.end - 1);
        let closing = |of: Simulated| tile.row(last, of).to_vec();
        let fold = |of: Simulated, step: fn(f64, f64) -> f64| {
            let mut lanes = [0.0; TILE];
            lanes[..tile.paths].copy_from_slice(tile.row(days.start, of));
            for day in days.start + 1..days.end {
                for (lane, &value) in lanes.iter_mut().zip(tile.row(day, of)) {
                    *lane = step(*lane, value);
                }
            }
            lanes[..tile.paths].to_vec()
        };
        match self {
            PathFigure::LowestReserves => fold(Simulated::Reserves, f64::min),
            PathFigure::ClosingReserves => closing(Simulated::Reserves),
            PathFigure::ClosingTga => closing(Simulated::Tga),
            PathFigure::HighestTga => fold(Simulated::Tga, f64::max),
            PathFigure::ClosingOnRrp => closing(Simulated::OnRrp),
            PathFigure::HighestSrf => fold(Simulated::Srf, f64::max),
            PathFigure::HighestSofrIorb => fold(Simulated::SofrIorb, f64::max),
            PathFigure::MeanSofrIorb => {
                fold(Simulated::SofrIorb, |sum, value| sum + value).into_iter().map(|sum| sum / count).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::run::{Over, PathStatistic, Run};
    use super::*;
    use crate::model::Variable;
    use crate::scenario;
    use jiff::civil::date;

    #[test]
    fn every_figure_stands_at_its_place() {
        for (place, figure) in PathFigure::ALL.into_iter().enumerate() {
            assert_eq!(figure.place(), place);
        }
    }

    #[test]
    fn figures_of_tiles_are_the_statistics_of_the_run() {
        let mut scenario = scenario::load("shutdown_cash_hoarding").expect("a shipped scenario");
        scenario.end = date(2025, 11, 14);
        scenario.set_paths(40);
        let run = Run::simulate(scenario, &|_| ()).expect("no leak");
        let days = 3..20;
        let found = |figure: PathFigure| -> Vec<f64> {
            run.outcomes.tiles.iter().flat_map(|tile| figure.on_tile(tile, days.clone())).collect()
        };
        let over = |variable, over| run.statistic(&PathStatistic { variable, over, days: days.clone() });
        for (figure, expected) in [
            (PathFigure::LowestReserves, over(Variable::Reserves, Over::Lowest)),
            (PathFigure::HighestTga, over(Variable::Tga, Over::Highest)),
            (PathFigure::HighestSrf, over(Variable::Srf, Over::Highest)),
            (PathFigure::HighestSofrIorb, over(Variable::SofrIorb, Over::Highest)),
            (PathFigure::MeanSofrIorb, over(Variable::SofrIorb, Over::Mean)),
            (PathFigure::ClosingReserves, run.published(Variable::Reserves, 19)),
            (PathFigure::ClosingTga, run.published(Variable::Tga, 19)),
            (PathFigure::ClosingOnRrp, run.published(Variable::OnRrp, 19)),
        ] {
            assert_eq!(found(figure), expected, "{figure:?}");
        }
    }
}
