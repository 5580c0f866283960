//! A few variables of the first paths of a run, every value kept: what a picture that is drawn while paths come in needs.
//!
//! Columns of a stretch of paths follow those of the stretch before, so that the picture of more paths takes in what was
//! simulated for that of fewer. Values stand in the order of the paths, whatever threads simulated them.

use super::follow::Follower;
use super::outcomes::TILE;
use super::quantiles::quantiles;
use super::rows::{EXTREMES, PathRow};
use super::tally::Account;
use crate::model::{FLOWS, Published, Real, Simulated};
use rayon::prelude::*;
use std::sync::Mutex;

/// Memory of values that nobody needs any more, for the values of the next picture: what is given back to the system
/// has to be cleared page by page before it can be used again.
static SPARE: Mutex<Vec<Vec<f64>>> = Mutex::new(Vec::new());

/// Pieces of memory that are put by: for some thousand paths.
const MOST_SPARE: usize = 64;

/// What the paths of a board leave.
#[derive(Clone, Debug)]
pub struct BoardColumns {
    variables: Vec<Simulated>,
    /// Number of paths.
    paths: usize,
    /// One row with a value for every path per published day and chosen variable.
    values: Vec<f64>,
    /// The first rows of what is counted once per path.
    path_rows: Vec<Vec<f64>>,
    /// Per watch, on which paths it fired, and the first published day on which it held; 0 for none.
    watches: Vec<(Vec<bool>, Vec<u32>)>,
}

impl BoardColumns {
    /// Of some paths that have lived through none of so many published days.
    pub fn new(variables: &[Simulated], days: usize, paths: usize) -> BoardColumns {
        let mut values = SPARE.lock().expect("nobody stops while they take memory").pop().unwrap_or_default();
        values.clear();
        values.reserve_exact(days * variables.len() * paths);
        BoardColumns { variables: variables.to_vec(), paths, values, path_rows: Vec::new(), watches: Vec::new() }
    }
}

impl Drop for BoardColumns {
    fn drop(&mut self) {
        if let Ok(mut spare) = SPARE.lock()
            && spare.len() < MOST_SPARE
        {
            spare.push(std::mem::take(&mut self.values));
        }
    }
}

impl Account for BoardColumns {
    #[inline(always)]
    fn count_day<T: Real, const N: usize>(&mut self, _: usize, published: &Published<T, N>, live: usize) {
        for variable in &self.variables {
            self.values.extend(published[*variable as usize][..live].iter().map(|value| value.to_f64()));
        }
    }

    fn close<const N: usize>(&mut self, follower: &Follower<N>, flows: &[[f64; N]; FLOWS.len()], live: usize) {
        self.path_rows = follower.path_rows(flows)[..EXTREMES].iter().map(|row| row[..live].to_vec()).collect();
        let of_watch = |(fired, first): &([bool; N], [u32; N])| (fired[..live].to_vec(), first[..live].to_vec());
        self.watches = follower.fired().iter().map(of_watch).collect();
    }
}

/// The chosen variables of the first paths of a run.
#[derive(Clone, Debug)]
pub struct Columns {
    variables: Vec<Simulated>,
    days: usize,
    boards: Vec<BoardColumns>,
}

impl Columns {
    /// Of `days` published days, the opening included, and of boards in the order of their paths.
    pub fn new(variables: &[Simulated], days: usize, boards: Vec<BoardColumns>) -> Columns {
        Columns { variables: variables.to_vec(), days, boards }
    }

    /// Number of paths.
    pub fn paths(&self) -> usize {
        self.boards.iter().map(|board| board.paths).sum()
    }

    /// Adds the paths that follow.
    ///
    /// # Panics
    /// If they are of other variables, or the last tile so far is not full.
    pub fn append(&mut self, more: Columns) {
        assert!(self.variables == more.variables && self.days == more.days, "columns of one run");
        assert!(self.paths().is_multiple_of(TILE), "paths follow a whole tile");
        self.boards.extend(more.boards);
    }

    /// The values of a chosen variable on a published day, the opening being 0, one per path.
    ///
    /// # Panics
    /// If the variable was not chosen.
    pub fn column(&self, variable: Simulated, day: usize) -> Vec<f64> {
        let chosen = self.variables.iter().position(|&chosen| chosen == variable).expect("a variable that was chosen");
        let row = day * self.variables.len() + chosen;
        self.gather(|board| &board.values[row * board.paths..(row + 1) * board.paths])
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
        self.gather(|board| &board.path_rows[row as usize])
    }

    /// On which paths a watch fired, by its position in the scenario.
    pub fn fired(&self, watch: usize) -> Vec<bool> {
        self.gather(|board| &board.watches[watch].0)
    }

    /// The median of the first published day on which a watch held, over the paths on which it fired and a day can be
    /// named; none if there is no such path.
    pub fn median_first_day(&self, watch: usize) -> Option<usize> {
        let days = self.boards.iter().flat_map(|board| {
            let (fired, first) = &board.watches[watch];
            fired.iter().zip(first).filter(|(fired, first)| **fired && **first > 0).map(|(_, &first)| f64::from(first))
        });
        let mut days: Vec<f64> = days.collect();
        (!days.is_empty()).then(|| quantiles(&mut days, &[0.5])[0].round() as usize)
    }

    fn gather<'a, V: Clone + 'a>(&'a self, row: impl Fn(&'a BoardColumns) -> &'a [V]) -> Vec<V> {
        let mut column = Vec::with_capacity(self.paths());
        for board in &self.boards {
            column.extend_from_slice(row(board));
        }
        column
    }
}
