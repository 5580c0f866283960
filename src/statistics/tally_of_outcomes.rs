//! The tally of paths of which every value was kept: the same as if they had been counted as they lived.

use super::bins::Bins;
use super::follow::Follower;
use super::layout::{Layout, PILOT};
use super::outcomes::{Outcomes, TILE, TileOutcomes};
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
        let mut layout = Layout::begin(plan, watches);
        let pilot = outcomes.tiles.len().min(PILOT as usize / TILE);
        let lay = |pages: &[Vec<[f64; TILE]>]| -> Vec<Bins> {
            (0..pages[0].len())
                .map(|row| {
                    let tiles = pages.iter().zip(&outcomes.tiles);
                    Bins::lay(&tiles.flat_map(|(page, tile)| &page[row][..tile.paths]).copied().collect::<Vec<f64>>())
                })
                .collect()
        };
        let followed: Vec<Follower<TILE>> = outcomes.tiles.iter().map(|tile| follow(&layout, plan, tile)).collect();
        for day in 0..layout.days {
            let page = |tile: &TileOutcomes| {
                let mut page = Vec::new();
                layout.rows.each(&published(tile, day), |_, values| page.push(*values));
                page
            };
            let bins = lay(&outcomes.tiles[..pilot].iter().map(page).collect::<Vec<_>>());
            layout.extend(bins);
        }
        let last = followed.iter().zip(&outcomes.tiles).take(pilot);
        let bins = lay(&last.map(|(follower, tile)| follower.path_rows(&flows(tile)).to_vec()).collect::<Vec<_>>());
        layout.extend(bins);
        let mut tally = Tally::new(&Arc::new(layout));
        for (tile, follower) in outcomes.tiles.iter().zip(&followed) {
            for day in 0..outcomes.days {
                tally.count_day(day, &published(tile, day), tile.paths);
            }
            tally.close(follower, &flows(tile), tile.paths);
        }
        tally
    }
}

/// Follows a tile of which every value was kept.
fn follow(layout: &Layout, plan: &Plan, tile: &TileOutcomes) -> Follower<TILE> {
    let mut follower = Follower::open(layout, plan, &published(tile, 0));
    for day in 1..layout.days {
        follower.live_day(layout, plan, day, &published(tile, day));
    }
    follower
}

fn published(tile: &TileOutcomes, day: usize) -> Published<f64, TILE> {
    let rows = tile.values.as_chunks::<TILE>().0;
    std::array::from_fn(|row| rows[day * SIMULATED + row])
}

fn flows(tile: &TileOutcomes) -> [[f64; TILE]; FLOWS.len()] {
    let rows = tile.flows.as_chunks::<TILE>().0;
    std::array::from_fn(|flow| rows[flow])
}
