//! A few variables of the first paths of a run, every value kept: what a picture that is drawn while paths come in needs.
//!
//! Columns of a stretch of paths follow those of the stretch before, so that the picture of more paths takes in what was
//! simulated for that of fewer. Values stand in the order of the paths, whatever threads simulated them.

use super::follow::Follower;
use super::outcomes::TILE;
use super::quantiles::quantiles;
use super::rows::{EXTREMES, PathRow};
use crate::model::{FLOWS, Published, Simulated};
use rayon::prelude::*;

/// What one tile of paths leaves.
#[derive(Clone, Debug)]
pub struct TileColumns {
    /// Number of paths in the tile that count.
    live: usize,
    /// One row of [`TILE`] values per published day and chosen variable.
    values: Vec<f64>,
    /// The first rows of what is counted once per path.
    path_rows: Vec<[f64; TILE]>,
    /// Per watch, on which lanes it fired, and the first published day on which it held; 0 for none.
    watches: Vec<([bool; TILE], [u32; TILE])>,
}

impl TileColumns {
    /// A tile of which `live` lanes count and no day has been lived.
    pub fn new(live: usize, rows: usize) -> TileColumns {
        TileColumns { live, values: Vec::with_capacity(rows * TILE), path_rows: Vec::new(), watches: Vec::new() }
    }

    /// Keeps the chosen variables of the next published day.
    pub fn keep(&mut self, variables: &[Simulated], published: &Published<f64, TILE>) {
        for variable in variables {
            self.values.extend_from_slice(&published[*variable as usize]);
        }
    }

    /// Keeps what is known once the last day is over; `flows` are the sums over the run.
    pub fn close(&mut self, follower: &Follower<TILE>, flows: &[[f64; TILE]; FLOWS.len()]) {
        self.path_rows = follower.path_rows(flows)[..EXTREMES].to_vec();
        self.watches = follower.fired();
    }
}

/// The chosen variables of the first paths of a run.
#[derive(Clone, Debug)]
pub struct Columns {
    variables: Vec<Simulated>,
    days: usize,
    tiles: Vec<TileColumns>,
}

impl Columns {
    /// Of `days` published days, the opening included, and of tiles in the order of their paths.
    pub fn new(variables: &[Simulated], days: usize, tiles: Vec<TileColumns>) -> Columns {
        Columns { variables: variables.to_vec(), days, tiles }
    }

    /// Number of paths.
    pub fn paths(&self) -> usize {
        self.tiles.iter().map(|tile| tile.live).sum()
    }

    /// Adds the paths that follow.
    ///
    /// # Panics
    /// If they are of other variables, or the last tile so far is not full.
    pub fn append(&mut self, more: Columns) {
        assert!(self.variables == more.variables && self.days == more.days, "columns of one run");
        assert!(self.tiles.last().is_none_or(|tile| tile.live == TILE), "paths follow a whole tile");
        self.tiles.extend(more.tiles);
    }

    /// The values of a chosen variable on a published day, the opening being 0, one per path.
    ///
    /// # Panics
    /// If the variable was not chosen.
    pub fn column(&self, variable: Simulated, day: usize) -> Vec<f64> {
        let chosen = self.variables.iter().position(|&chosen| chosen == variable).expect("a variable that was chosen");
        let start = (day * self.variables.len() + chosen) * TILE;
        self.gather(|tile| &tile.values[start..start + tile.live])
    }

    /// The quantiles of a chosen variable at increasing `probabilities`, on every published day.
    ///
    /// # Panics
    /// If the variable was not chosen, or there are no paths.
    pub fn quantiles<const Q: usize>(&self, variable: Simulated, probabilities: &[f64; Q]) -> Vec<[f64; Q]> {
        let of_day = |day| quantiles(&mut self.column(variable, day), probabilities);
        (0..self.days).into_par_iter().map(of_day).collect()
    }

    /// What is counted once per path.
    pub fn path_row(&self, row: PathRow) -> Vec<f64> {
        self.gather(|tile| &tile.path_rows[row as usize][..tile.live])
    }

    /// On which paths a watch fired, by its position in the scenario.
    pub fn fired(&self, watch: usize) -> Vec<bool> {
        self.gather(|tile| &tile.watches[watch].0[..tile.live])
    }

    /// The median of the first published day on which a watch held, over the paths on which it fired and a day can be
    /// named; none if there is no such path.
    pub fn median_first_day(&self, watch: usize) -> Option<usize> {
        let days = self.tiles.iter().flat_map(|tile| {
            let (fired, first) = &tile.watches[watch];
            (0..tile.live).filter(|&lane| fired[lane] && first[lane] > 0).map(|lane| f64::from(first[lane]))
        });
        let mut days: Vec<f64> = days.collect();
        (!days.is_empty()).then(|| quantiles(&mut days, &[0.5])[0].round() as usize)
    }

    fn gather<'a, V: Clone + 'a>(&'a self, row: impl Fn(&'a TileColumns) -> &'a [V]) -> Vec<V> {
        let mut column = Vec::with_capacity(self.tiles.len() * TILE);
        for tile in &self.tiles {
            column.extend_from_slice(row(tile));
        }
        column
    }
}
