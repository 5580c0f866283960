//! How good forecasts were over many origins, and whether their bands held what they said.
//!
//! ```text
//! loss = 6 Σ ln CRPS + Σ .3 ((held₉₀ − .9) / .04)² + .2 ((held₅₀ − .5) / .06)²      targets × horizons
//!      + Σ .1 ((held₉₀ − .89) / .05)²                             targets × kinds of special days
//! ```
//!
//! Estimation by minimum score (Gneiting and Raftery 2007, Journal of the American Statistical Association 102, section 9.1)
//! with a penalty for bands that hold too little or too much: the score alone hardly feels a band that is a fifth too narrow.
//! Logarithms make a percent of one score as dear as a percent of another. .04, .06 and .05 are the standard errors of a share
//! of some sixty origins; days of a kind hold a point less by design, since their dates are few and their outcomes fat-tailed.

use crate::forecast::{Forecast, ForecastEvent, HORIZONS, Measured, SpecialDay, Target};
use crate::statistics::scores::{Crps, Pit, crps};
use jiff::civil::Date;

/// What is scored. EFFR moves by whole basis points only, and the standing facility is hardly used.
pub const SCORED: [Target; 4] = [Target::Tga, Target::Reserves, Target::OnRrp, Target::SofrIorb];

/// Take-up of ON RRP at the origin below which its forecast says nothing of sizes, $bn.
const EMPTY: f64 = 20.0;

/// Fewest outcomes of a cell that counts.
const FEWEST: (usize, usize) = (5, 4);

/// Of which outcomes a score is the mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// So many business days ahead.
    Horizon(usize),
    /// Quarter-ends within twenty business days.
    QuarterEnds,
    /// Tax dates within twenty business days.
    TaxDates,
    /// Settlements of notes and bonds within twenty business days.
    Settlements,
}

impl Cell {
    const ALL: [Cell; HORIZONS.len() + 3] = [
        Cell::Horizon(HORIZONS[0]),
        Cell::Horizon(HORIZONS[1]),
        Cell::Horizon(HORIZONS[2]),
        Cell::Horizon(HORIZONS[3]),
        Cell::QuarterEnds,
        Cell::TaxDates,
        Cell::Settlements,
    ];

    /// Whether a day so far ahead is one of its.
    fn holds(self, ahead: usize, date: Date) -> bool {
        match self {
            Cell::Horizon(horizon) => ahead == horizon,
            _ if ahead > ForecastEvent::WINDOW => false,
            Cell::QuarterEnds => SpecialDay::QuarterEnd.is(date),
            Cell::TaxDates => SpecialDay::TaxDate.is(date),
            Cell::Settlements => SpecialDay::Settlement.is(date),
        }
    }
}

/// What one forecast said of one target on one day, held against what came.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    target: Target,
    cell: Cell,
    crps: f64,
    pit: Pit,
}

/// Holds a forecast against what came; days whose outcome is not known yet are left out.
pub fn hold(forecast: &Forecast, known: &Measured, came: &Measured) -> Vec<Held> {
    let mut held = Vec::new();
    for target in SCORED {
        let at_origin = known.up_to(target, forecast.origin).last();
        if target == Target::OnRrp && at_origin.is_none_or(|(_, level)| *level <= EMPTY) {
            continue;
        }
        for (ahead, &date) in forecast.days.iter().enumerate().skip(1) {
            let cells: Vec<Cell> = Cell::ALL.into_iter().filter(|cell| cell.holds(ahead, date)).collect();
            let Some(outcome) = came.on(target, date).filter(|_| !cells.is_empty()) else { continue };
            let sample = forecast.sample(target, ahead);
            let pit = Pit::of(sample, outcome, target.tolerance());
            let crps = crps(&mut sample.to_vec(), outcome, Crps::OfTheSample).unwrap_or(f64::NAN);
            held.extend(cells.into_iter().map(|cell| Held { target, cell, crps, pit }));
        }
    }
    held
}

/// Scores of a target in a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CellScore {
    /// The target.
    pub target: Target,
    /// Of which outcomes.
    pub cell: Cell,
    /// How many.
    pub count: usize,
    /// Mean continuous ranked probability score, in the target's unit.
    pub crps: f64,
    /// Share of outcomes between the 5 % and the 95 % quantile.
    pub inside_90: f64,
    /// Share of outcomes between the quartiles.
    pub inside_50: f64,
}

/// The scores of every cell that holds enough outcomes.
pub fn cell_scores(held: &[Held]) -> Vec<CellScore> {
    let mut scores = Vec::new();
    for cell in Cell::ALL {
        for target in SCORED {
            let of_cell: Vec<&Held> = held.iter().filter(|held| held.target == target && held.cell == cell).collect();
            let fewest = if matches!(cell, Cell::Horizon(_)) { FEWEST.0 } else { FEWEST.1 };
            if of_cell.len() < fewest {
                continue;
            }
            let mean =
                |of: &dyn Fn(&Held) -> f64| of_cell.iter().map(|held| of(held)).sum::<f64>() / of_cell.len() as f64;
            scores.push(CellScore {
                target,
                cell,
                count: of_cell.len(),
                crps: mean(&|held| held.crps),
                inside_90: mean(&|held| held.pit.inside(0.05, 0.95)),
                inside_50: mean(&|held| held.pit.inside(0.25, 0.75)),
            });
        }
    }
    scores
}

/// What is minimised.
pub fn loss(scores: &[CellScore]) -> f64 {
    let square = |miss: f64| miss * miss;
    let of = |score: &CellScore| match score.cell {
        Cell::Horizon(_) => {
            // A score of nothing would outweigh all others.
            6.0 * score.crps.max(1e-3 * score.target.tick()).ln()
                + 0.3 * square((score.inside_90 - 0.9) / 0.04)
                + 0.2 * square((score.inside_50 - 0.5) / 0.06)
        }
        _ => 0.1 * square((score.inside_90 - 0.89) / 0.05),
    };
    scores.iter().map(of).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(crps: f64, low: f64) -> Held {
        Held { target: Target::Tga, cell: Cell::Horizon(5), crps, pit: Pit { low, high: low + 0.02 } }
    }

    /// Ten outcomes of which one falls into the upper twentieth and five between the quartiles: no penalty but the score's.
    #[test]
    fn bands_that_hold_what_they_say_cost_nothing() {
        let lows = [0.96, 0.1, 0.15, 0.8, 0.9, 0.3, 0.4, 0.5, 0.6, 0.7];
        let outcomes: Vec<Held> = lows.into_iter().map(|low| held(2.0, low)).collect();
        let scores = cell_scores(&outcomes);
        assert_eq!((scores.len(), scores[0].count), (1, 10));
        assert!((scores[0].inside_90 - 0.9).abs() < 1e-12 && (scores[0].inside_50 - 0.5).abs() < 1e-12, "{scores:?}");
        assert!((loss(&scores) - 6.0 * 2.0_f64.ln()).abs() < 1e-9);
        // All in the middle: .3 (.1/.04)² + .2 (.5/.06)².
        let narrow: Vec<Held> = (0..10).map(|_| held(2.0, 0.49)).collect();
        let penalty = loss(&cell_scores(&narrow)) - 6.0 * 2.0_f64.ln();
        assert!((penalty - (0.3 * 6.25 + 0.2 * 625.0 / 9.0)).abs() < 1e-9, "{penalty}");
    }

    #[test]
    fn an_outcome_on_the_edge_of_a_band_counts_by_its_share() {
        assert!((Pit { low: 0.0, high: 0.1 }.inside(0.05, 0.95) - 0.5).abs() < 1e-12);
        assert_eq!(Pit { low: 0.0, high: 0.04 }.inside(0.05, 0.95), 0.0);
        assert_eq!(cell_scores(&[held(1.0, 0.5); 4]), []);
    }
}
