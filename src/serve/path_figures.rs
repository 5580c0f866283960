//! The figures of every path of a setting, by which two settings are subtracted path by path.

use crate::model::Simulated;
use crate::research::PairedMean;
use crate::scenario::{Scenario, Watch};
use crate::statistics::{Columns, PathRow};

/// The figures that are shown, in order.
pub const FIGURES: [FigureInfo; 5] = [
    FigureInfo { id: "lowest_reserves", name: "Lowest reserves", unit: "$bn", digits: 0 },
    FigureInfo { id: "closing_reserves", name: "Reserves at the end", unit: "$bn", digits: 0 },
    FigureInfo { id: "highest_tga", name: "Highest TGA", unit: "$bn", digits: 0 },
    FigureInfo { id: "highest_sofr_iorb", name: "Highest SOFR − IORB", unit: "bp", digits: 1 },
    FigureInfo { id: "highest_srf", name: "Highest standing facility", unit: "$bn", digits: 0 },
];

/// What is known of a figure besides its values.
pub struct FigureInfo {
    /// Its name within the page.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Decimals shown.
    pub digits: usize,
}

/// What became of every path.
#[derive(Clone, Debug)]
pub struct PathFigures {
    /// The scenario.
    pub scenario: Scenario,
    /// Per figure of [`FIGURES`], one number per path.
    pub figures: [Vec<f64>; FIGURES.len()],
    /// Per watch of the scenario, on which paths it fired.
    pub fired: Vec<Vec<bool>>,
}

impl PathFigures {
    /// Of the paths that columns hold, whose last published day is `last`.
    pub fn of(scenario: &Scenario, columns: &Columns, last: usize) -> PathFigures {
        PathFigures {
            scenario: scenario.clone(),
            figures: [
                columns.path_row(PathRow::LowestReserves),
                columns.column(Simulated::Reserves, last),
                columns.path_row(PathRow::HighestTga),
                columns.path_row(PathRow::HighestSofrIorb),
                columns.path_row(PathRow::HighestSrf),
            ],
            fired: (0..scenario.watches.len()).map(|watch| columns.fired(watch)).collect(),
        }
    }

    /// Number of paths.
    pub fn paths(&self) -> usize {
        self.figures[0].len()
    }

    /// The difference of a figure from that of another setting, path by path on the first paths of both.
    pub fn change(&self, other: &PathFigures, figure: usize) -> PairedMean {
        let paths = self.paths().min(other.paths());
        PairedMean::of(&self.figures[figure][..paths], &other.figures[figure][..paths])
    }

    /// The difference of the probability of a watch from that of another setting which asks the same.
    pub fn watch_change(&self, other: &PathFigures, watch: usize) -> Option<PairedMean> {
        let asked = &self.scenario.watches[watch];
        let same = |its: &Watch| {
            (&its.name, &its.condition, its.from, its.to) == (&asked.name, &asked.condition, asked.from, asked.to)
        };
        let its = other.scenario.watches.iter().position(same)?;
        let paths = self.paths().min(other.paths());
        let shares =
            |fired: &[bool]| fired[..paths].iter().map(|&fired| f64::from(u8::from(fired))).collect::<Vec<_>>();
        Some(PairedMean::of(&shares(&self.fired[watch]), &shares(&other.fired[its])))
    }
}
