//! Markov chains of paths above a level, a tile of them side by side.

use super::paths::RarePaths;
use crate::random::{ChainOfPaths, PathNormals, Step};
use crate::simulation::{LeakFound, Vectors, Work};
use crate::statistics::TILE;

/// A path and how far it is.
#[derive(Clone, Debug)]
pub struct Found {
    /// How far it is from the event.
    pub distance: f64,
    /// What it is made of.
    pub path: PathNormals,
}

/// Where the draws of an estimate are addressed: every path that is ever proposed has a number of its own, beyond those of
/// any run.
#[derive(Clone, Copy, Debug)]
pub struct Address {
    /// The seed of the scenario.
    pub seed: u64,
    /// The replicate; the pilot is the first.
    pub replicate: u64,
    /// How many levels lie below.
    pub stage: u64,
}

impl Address {
    /// The number of the path proposed in some step of some chain; of plain paths, the step is 0 and the chain the path.
    pub fn path(self, step: usize, chain: usize) -> u64 {
        (self.replicate + 1) << 48 | self.stage << 42 | (step as u64) << 32 | chain as u64
    }
}

/// A tile of plain paths, and how far each is.
///
/// # Errors
/// The books of a path do not add up.
pub fn plain_tile(
    paths: &impl RarePaths,
    address: Address,
    first: usize,
) -> Result<(ChainOfPaths<TILE>, [f64; TILE]), LeakFound> {
    let drawn = Vectors::widest().run(Draw {
        seed: address.seed,
        first_path: address.path(0, first),
        normals: paths.normals(),
    });
    let distances = paths.distances(&drawn)?;
    Ok((drawn, distances))
}

/// Chains side by side.
pub struct Chains {
    /// Number of the first, and how many there are: at most [`TILE`].
    first: usize,
    live: usize,
    here: ChainOfPaths<TILE>,
    there: ChainOfPaths<TILE>,
    /// How far each is.
    pub distances: [f64; TILE],
}

impl Chains {
    /// Chains that begin at these paths, at most [`TILE`] of them, the first being number `first`.
    pub fn begin(seeds: &[Found], first: usize) -> Chains {
        let here = ChainOfPaths::of(&seeds.iter().map(|seed| &seed.path).collect::<Vec<_>>());
        let distances = std::array::from_fn(|lane| seeds[lane.min(seeds.len() - 1)].distance);
        Chains { first, live: seeds.len(), there: here.clone(), here, distances }
    }

    /// Takes a step of this size with every chain, where it leads to `level` or beyond; tells how many did.
    ///
    /// # Errors
    /// The books of a path do not add up.
    pub fn step(
        &mut self,
        paths: &impl RarePaths,
        level: f64,
        size: f64,
        address: Address,
        number: usize,
    ) -> Result<usize, LeakFound> {
        let vectors = Vectors::widest();
        let step = Step { seed: address.seed, size };
        let first_path = address.path(number, self.first);
        vectors.run(Propose { here: &self.here, there: &mut self.there, step, first_path });
        let distances = paths.distances(&self.there)?;
        let taken: [bool; TILE] = std::array::from_fn(|lane| distances[lane] >= level);
        vectors.run(Take { here: &mut self.here, there: &self.there, taken: &taken });
        for lane in 0..TILE {
            self.distances[lane] = if taken[lane] { distances[lane] } else { self.distances[lane] };
        }
        Ok(taken[..self.live].iter().filter(|taken| **taken).count())
    }

    /// Where those chains are that are at `level` or beyond.
    pub fn above(&self, level: f64) -> impl Iterator<Item = Found> {
        (0..self.live)
            .filter(move |&lane| self.distances[lane] >= level)
            .map(|lane| Found { distance: self.distances[lane], path: self.here.path(lane) })
    }
}

struct Draw {
    seed: u64,
    first_path: u64,
    normals: usize,
}

impl Work for Draw {
    type Output = ChainOfPaths<TILE>;

    #[inline(always)]
    fn run(self) -> ChainOfPaths<TILE> {
        ChainOfPaths::draw(self.seed, self.first_path, self.normals)
    }
}

struct Propose<'a> {
    here: &'a ChainOfPaths<TILE>,
    there: &'a mut ChainOfPaths<TILE>,
    step: Step,
    first_path: u64,
}

impl Work for Propose<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        self.here.step(self.step, self.first_path, self.there);
    }
}

struct Take<'a> {
    here: &'a mut ChainOfPaths<TILE>,
    there: &'a ChainOfPaths<TILE>,
    taken: &'a [bool; TILE],
}

impl Work for Take<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        self.here.take(self.there, self.taken);
    }
}
