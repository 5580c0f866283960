//! Everything the simulated paths published, as it lies in memory.

use crate::model::{Derivation, FLOWS, SIMULATED, Simulated};

/// Paths that are simulated side by side.
pub const TILE: usize = 32;

/// Which simulated variables are kept of every path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keeping {
    /// The place of each variable among those of a day; none that is not kept has one.
    places: [Option<u8>; SIMULATED],
    per_day: usize,
}

impl Keeping {
    /// Some of them.
    pub const fn only(variables: &[Simulated]) -> Keeping {
        let mut keeping = Keeping { places: [None; SIMULATED], per_day: variables.len() };
        let mut place = 0;
        while place < variables.len() {
            keeping.places[variables[place] as usize] = Some(place as u8);
            place += 1;
        }
        keeping
    }

    /// All of them, in their order.
    pub const fn all() -> Keeping {
        let mut keeping = Keeping { places: [None; SIMULATED], per_day: SIMULATED };
        let mut place = 0;
        while place < SIMULATED {
            keeping.places[place] = Some(place as u8);
            place += 1;
        }
        keeping
    }
}

/// What one tile of paths published: rows of [`TILE`] values.
#[derive(Clone, Debug)]
pub struct TileOutcomes {
    /// Number of paths in the tile that count; the last tile of a run may hold fewer than it has lanes.
    pub paths: usize,
    /// What is kept of every day.
    pub keeping: Keeping,
    /// One row per day and kept variable, the opening day first.
    pub values: Vec<f64>,
    /// One row per flow: its sum over the run, $bn.
    pub flows: Vec<f64>,
}

/// All tiles of a run, in the order of their paths.
#[derive(Clone, Debug)]
pub struct Outcomes {
    /// The number of the first path.
    pub first_path: u64,
    /// Number of days published, the opening day included.
    pub days: usize,
    /// The tiles.
    pub tiles: Vec<TileOutcomes>,
}

impl TileOutcomes {
    /// The values of a variable on a day.
    ///
    /// # Panics
    /// If the variable is not kept.
    pub fn row(&self, day: usize, variable: Simulated) -> &[f64] {
        let place = self.keeping.places[variable as usize].expect("the variable is kept");
        let start = (day * self.keeping.per_day + usize::from(place)) * TILE;
        &self.values[start..start + self.paths]
    }

    /// The same tile of which only some variables are kept.
    ///
    /// # Panics
    /// If not all of them are kept so far.
    pub fn with_only(&self, variables: &[Simulated]) -> TileOutcomes {
        let days = self.values.len() / (self.keeping.per_day * TILE);
        let mut values = Vec::with_capacity(days * variables.len() * TILE);
        for day in 0..days {
            for &variable in variables {
                values.extend_from_slice(self.row(day, variable));
                values.resize(values.len().next_multiple_of(TILE), 0.0);
            }
        }
        TileOutcomes { paths: self.paths, keeping: Keeping::only(variables), values, flows: self.flows.clone() }
    }

    /// The sums of a flow over the run, $bn.
    pub fn flow(&self, flow: usize) -> &[f64] {
        debug_assert!(flow < FLOWS.len());
        &self.flows[flow * TILE..flow * TILE + self.paths]
    }
}

impl Outcomes {
    /// Number of paths.
    pub fn paths(&self) -> usize {
        self.tiles.iter().map(|tile| tile.paths).sum()
    }

    /// The value of a variable on a day of one path.
    pub fn value(&self, day: usize, variable: Simulated, path: usize) -> f64 {
        self.tiles[path / TILE].row(day, variable)[path % TILE]
    }

    /// The values of a variable on a day, over all paths in order.
    pub fn column(&self, day: usize, variable: Simulated) -> Vec<f64> {
        self.gather(|tile| tile.row(day, variable))
    }

    /// The values of a derived variable on a day, over all paths in order.
    pub fn derived(&self, day: usize, derivation: &Derivation) -> Vec<f64> {
        let mut column = Vec::with_capacity(self.paths());
        for tile in &self.tiles {
            column.extend((0..tile.paths).map(|lane| derivation.value(|of| tile.row(day, of)[lane])));
        }
        column
    }

    /// One value per path, from each tile.
    pub fn gather<'a>(&'a self, row: impl Fn(&'a TileOutcomes) -> &'a [f64]) -> Vec<f64> {
        let mut column = Vec::with_capacity(self.paths());
        for tile in &self.tiles {
            column.extend_from_slice(row(tile));
        }
        column
    }

    /// The series of a variable along one path, the opening day first.
    pub fn path(&self, path: usize, variable: Simulated) -> Vec<f64> {
        let (tile, lane) = (&self.tiles[path / TILE], path % TILE);
        (0..self.days).map(|day| tile.row(day, variable)[lane]).collect()
    }

    /// One number per path, made from the series of a variable after the opening day.
    pub fn fold(&self, variable: Simulated, start: f64, step: impl Fn(f64, f64) -> f64) -> Vec<f64> {
        let mut result = Vec::with_capacity(self.paths());
        for tile in &self.tiles {
            let mut lanes = vec![start; tile.paths];
            for day in 1..self.days {
                for (lane, &value) in lanes.iter_mut().zip(tile.row(day, variable)) {
                    *lane = step(*lane, value);
                }
            }
            result.append(&mut lanes);
        }
        result
    }
}
