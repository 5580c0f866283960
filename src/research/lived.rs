//! The paths of a scenario, of which only what a comparison needs is kept: ten thousand of half a year take 130 MB
//! instead of 280, and without the values by day two.

use super::figure::PathFigure;
use super::run::Run;
use crate::model::{Plan, Simulated, Variable};
use crate::scenario::{self, Scenario, Watch};
use crate::simulation::{LeakFound, Settings, simulate_tiles};
use crate::statistics::{Follower, Layout, Outcomes, TILE, TileOutcomes, cause_row, causes};
use std::ops::Range;

/// The variables that are compared day by day.
pub const COMPARED: [Variable; 13] = [
    Variable::Reserves,
    Variable::Tga,
    Variable::OnRrp,
    Variable::Srf,
    Variable::FedAssets,
    Variable::NetLiquidity,
    Variable::SofrIorb,
    Variable::TgcrIorb,
    Variable::EffrIorb,
    Variable::Sofr,
    Variable::BillIorb,
    Variable::Scarcity,
    Variable::Hoarding,
];

/// The simulated variables that those of [`COMPARED`] follow from.
pub const BY_DAY: &[Simulated] = &[
    Simulated::Reserves,
    Simulated::Tga,
    Simulated::OnRrp,
    Simulated::Srf,
    Simulated::FedAssets,
    Simulated::NetLiquidity,
    Simulated::SofrIorb,
    Simulated::TgcrIorb,
    Simulated::EffrIorb,
    Simulated::BillIorb,
    Simulated::Scarcity,
    Simulated::Hoarding,
    Simulated::RatesMoved,
];

/// What is kept of the paths of a scenario.
pub struct Lived {
    /// The run, of which only the variables asked for are kept by day.
    pub run: Run,
    /// A number of each path for each of [`PathFigure::ALL`], over the stretch of days asked for.
    pub figures: Vec<Vec<f64>>,
    /// What each of [`causes`] added to reserves from the opening to the end, $bn.
    pub causes: Vec<Vec<f64>>,
    /// Of each watch asked, on which paths it fired: 1 there and 0 elsewhere.
    pub fired: Vec<Vec<f64>>,
}

/// The same of a tile.
struct LivedTile {
    by_day: TileOutcomes,
    figures: Vec<Vec<f64>>,
    causes: Vec<Vec<f64>>,
    fired: Vec<Vec<f64>>,
}

impl Lived {
    /// Simulates a scenario, asks `watches` of every path instead of its own, and keeps `by_day`; figures are those of
    /// the published days `days`.
    ///
    /// # Errors
    /// The books of a path do not add up.
    pub fn simulate(
        scenario: Scenario,
        watches: &[Watch],
        days: Range<usize>,
        by_day: &[Simulated],
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Lived, LeakFound> {
        let plan = scenario::plan(&scenario);
        let layout = Layout::begin(&plan, watches);
        let take = |tile: TileOutcomes| LivedTile::of(&tile, &layout, &plan, days.clone(), by_day);
        let tiles = simulate_tiles(&scenario, &plan, Settings::default(), progress, &take)?;
        let columns = |count: usize, of: fn(&LivedTile) -> &[Vec<f64>]| -> Vec<Vec<f64>> {
            (0..count).map(|at| tiles.iter().flat_map(|tile| of(tile)[at].iter().copied()).collect()).collect()
        };
        let figures = columns(PathFigure::ALL.len(), |tile| &tile.figures);
        let causes = columns(causes().count(), |tile| &tile.causes);
        let fired = columns(watches.len(), |tile| &tile.fired);
        let tiles = tiles.into_iter().map(|tile| tile.by_day).collect();
        let outcomes = Outcomes { first_path: 0, days: plan.days.len() + 1, tiles };
        Ok(Lived { run: Run { scenario, plan, outcomes }, figures, causes, fired })
    }

    /// The figures and then the watches: a number of each path.
    pub fn numbers(&self) -> impl Iterator<Item = &Vec<f64>> {
        self.figures.iter().chain(&self.fired)
    }
}

impl LivedTile {
    fn of(tile: &TileOutcomes, layout: &Layout, plan: &Plan, days: Range<usize>, by_day: &[Simulated]) -> LivedTile {
        let follower: Follower<TILE> = Follower::over(layout, plan, tile);
        let rows = follower.rows_of(tile);
        LivedTile {
            by_day: tile.with_only(by_day),
            figures: PathFigure::ALL.iter().map(|figure| figure.on_tile(tile, days.clone())).collect(),
            causes: (0..causes().count()).map(|cause| rows[cause_row(cause)][..tile.paths].to_vec()).collect(),
            fired: follower
                .fired()
                .iter()
                .map(|(fired, _)| fired[..tile.paths].iter().map(|&fired| f64::from(u8::from(fired))).collect())
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::tally;
    use crate::statistics::{Distribution, Summary};
    use jiff::civil::date;

    #[test]
    fn what_is_kept_is_what_a_whole_run_says() {
        let mut scenario = scenario::load("shutdown_cash_hoarding").expect("a shipped scenario");
        scenario.end = date(2025, 11, 21);
        scenario.set_paths(70);
        let watches = scenario.watches.clone();
        let plan = scenario::plan(&scenario);
        let days = plan.days.len();
        let lived = Lived::simulate(scenario.clone(), &watches, 1..days + 1, BY_DAY, &|_| ()).expect("no leak");
        let whole = Run::simulate(scenario.clone(), &|_| ()).expect("no leak");
        for variable in COMPARED {
            assert_eq!(lived.run.published(variable, 17), whole.published(variable, 17), "{variable:?}");
        }
        let summary = Summary::of(&tally(&scenario, &plan, Settings::default(), &|_| ()).expect("no leak"), &plan);
        for (fired, watch) in lived.fired.iter().zip(&summary.watches) {
            assert_eq!(fired.iter().sum::<f64>(), watch.probability.hits as f64);
        }
        for (found, cause) in lived.causes.iter().zip(&summary.attribution.causes) {
            let mean = Distribution::of(&mut found.clone()).mean;
            assert!((mean - cause.contribution.mean).abs() < 1e-6, "{}", cause.name);
        }
        let lowest = Distribution::of(&mut lived.figures[0].clone());
        assert!((lowest.mean - summary.lowest_reserves.mean).abs() < 1e-6);
    }
}
