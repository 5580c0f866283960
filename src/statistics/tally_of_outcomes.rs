//! The tally of paths of which every value was kept: the same as if they had been counted as they lived.

use super::follow::Follower;
use super::layout::{Layout, PILOT};
use super::outcomes::{Keeping, Outcomes, TILE, TileOutcomes};
use super::rows::PATH_ROWS;
use super::tally::{Account, Tally};
use crate::model::{FLOWS, Plan, Published, SIMULATED};
use crate::scenario::Watch;
use std::sync::Arc;

impl Tally {
    /// The tally of paths of which every value was kept.
    ///
    /// # Panics
    /// If there are no paths.
    pub fn of(outcomes: &Outcomes, plan: &Plan, watches: &[Watch]) -> Tally {
        let layout = Layout::begin(plan, watches);
        let followed: Vec<Follower<TILE>> =
            outcomes.tiles.iter().map(|tile| Follower::over(&layout, plan, tile)).collect();
        let mut tally = Tally::new(&Arc::new(layout));
        let (pilot, others) = outcomes.tiles.split_at(outcomes.tiles.len().min(PILOT as usize / TILE));
        for day in 0..outcomes.days {
            let page: Vec<_> = pilot.iter().map(|tile| (published(tile, day), tile.paths)).collect();
            tally.lay_day(day, &page.iter().map(|(published, live)| (published, *live)).collect::<Vec<_>>());
            for tile in others {
                tally.count_day(day, &published(tile, day), tile.paths);
            }
        }
        let closed = followed.iter().zip(&outcomes.tiles).map(|(it, tile)| (it, flows(tile), tile.paths));
        let closed: Vec<_> = closed.collect();
        let (pilot, others) = closed.split_at(pilot.len());
        tally.lay_paths(pilot);
        for (follower, flows, live) in others {
            tally.close(follower, flows, *live);
        }
        tally
    }
}

impl Follower<TILE> {
    /// Follows a tile of which every value was kept.
    ///
    /// # Panics
    /// If it was not.
    pub fn over(layout: &Layout, plan: &Plan, tile: &TileOutcomes) -> Follower<TILE> {
        let mut follower = Follower::open(layout, plan, &published(tile, 0));
        for day in 1..layout.days {
            follower.live_day(layout, plan, day, &published(tile, day));
        }
        follower
    }

    /// The rows of what is counted once per path of a tile that was followed.
    pub fn rows_of(&self, tile: &TileOutcomes) -> Box<[[f64; TILE]; PATH_ROWS]> {
        self.path_rows(&flows(tile))
    }
}

fn published(tile: &TileOutcomes, day: usize) -> Published<f64, TILE> {
    assert_eq!(tile.keeping, Keeping::all(), "every value of the tile is kept");
    let rows = tile.values.as_chunks::<TILE>().0;
    std::array::from_fn(|row| rows[day * SIMULATED + row])
}

fn flows(tile: &TileOutcomes) -> [[f64; TILE]; FLOWS.len()] {
    let rows = tile.flows.as_chunks::<TILE>().0;
    std::array::from_fn(|flow| rows[flow])
}
