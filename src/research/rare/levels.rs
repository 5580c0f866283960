//! The levels on the way to a rare event, laid by a pilot.
//!
//! A level is passed by a fixed share of the paths that passed the one before (subset simulation: Au and Beck 2001,
//! Probabilistic Engineering Mechanics 16). The pilot also finds how large steps of the chains may be, so that a share of
//! them near 0.44 is taken (Papaioannou and others 2015). Nothing else of it is used: with levels, sizes and numbers of
//! steps that are fixed beforehand, the estimates that follow have no bias.

use super::chains::{Address, Chains, Found, plain_tile};
use super::paths::RarePaths;
use crate::simulation::LeakFound;
use crate::statistics::TILE;
use rayon::prelude::*;

/// The share of paths that pass a level.
pub const SHARE: f64 = 0.1;

/// The share of steps that should be taken.
const TAKEN: f64 = 0.44;

/// The size of the first step of the pilot, and the smallest.
const FIRST_SIZE: f64 = 0.7;
const LEAST_SIZE: f64 = 0.02;

/// Levels that may be laid: a sixteenth stands for less than 1e-15, which the tails of the shocks are not drawn for.
const MOST_LEVELS: usize = 15;

/// Fewest paths of the pilot that may pass a level.
const FEWEST: usize = 10;

/// A level, and the chains that walk above it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    /// The distance at which it is passed.
    pub distance: f64,
    /// The size of a step.
    pub size: f64,
    /// Paths of a chain, its first among them: by so many is each path multiplied that passes the level.
    pub length: usize,
}

/// The levels below the event, the lowest first; none where plain paths reach it.
#[derive(Clone, Debug, PartialEq)]
pub struct Levels {
    /// The levels.
    pub levels: Vec<Level>,
    /// Paths that the pilot simulated.
    pub paths: u64,
}

/// Why no levels lead to an event.
#[derive(Clone, Debug, PartialEq)]
pub enum NoWay {
    /// Almost all paths are as far: a fraction of them, above so many levels.
    Flat {
        /// Levels that were laid before.
        levels: usize,
        /// How far these paths are.
        distance: f64,
    },
    /// It is too rare.
    TooRare,
    /// The books of a path do not add up.
    Leak(LeakFound),
}

impl From<LeakFound> for NoWay {
    fn from(leak: LeakFound) -> NoWay {
        NoWay::Leak(leak)
    }
}

impl Levels {
    /// Lays the levels with so many paths on each.
    ///
    /// # Errors
    /// No levels lead to the event.
    pub fn lay(
        paths: &impl RarePaths,
        seed: u64,
        per_level: usize,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Levels, NoWay> {
        let mut laid = Levels { levels: Vec::new(), paths: 0 };
        let mut address = Address { seed, replicate: 0, stage: 0 };
        let mut population = plain(paths, address, per_level)?;
        let mut size = FIRST_SIZE;
        loop {
            // The first of a chain was simulated before.
            let chains = laid.levels.last().map_or(0, |level| population.len() / level.length);
            let simulated = (population.len() - chains) as u64;
            laid.paths += simulated;
            progress(simulated);
            let Some(distance) = next_level(&population, laid.levels.len())? else { return Ok(laid) };
            if laid.levels.len() == MOST_LEVELS {
                return Err(NoWay::TooRare);
            }
            let before = population.len();
            population.retain(|found| found.distance >= distance);
            let length = (before as f64 / population.len() as f64).round().max(2.0) as usize;
            address.stage += 1;
            (population, size) = walk(paths, address, population, distance, length, size)?;
            laid.levels.push(Level { distance, size, length });
        }
    }
}

fn plain(paths: &impl RarePaths, address: Address, count: usize) -> Result<Vec<Found>, LeakFound> {
    let tiles: Vec<Vec<Found>> = (0..count)
        .step_by(TILE)
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|first| {
            let (drawn, distances) = plain_tile(paths, address, first)?;
            let live = TILE.min(count - first);
            Ok((0..live).map(|lane| Found { distance: distances[lane], path: drawn.path(lane) }).collect())
        })
        .collect::<Result<_, LeakFound>>()?;
    Ok(tiles.into_iter().flatten().collect())
}

/// The next level for a population; none if enough of it have reached the event.
fn next_level(population: &[Found], levels: usize) -> Result<Option<f64>, NoWay> {
    let mut distances: Vec<f64> = population.iter().map(|found| found.distance).collect();
    distances.sort_by(|a, b| b.total_cmp(a));
    let above = |level: f64| distances.partition_point(|distance| *distance >= level);
    let wanted = ((SHARE * distances.len() as f64).ceil() as usize).max(FEWEST.min(distances.len()));
    let mut level = distances[wanted - 1];
    if level >= 0.0 {
        return Ok(None);
    }
    // Where many are as far, the level lies at the next that are nearer.
    if above(level) > distances.len() / 2 {
        let nearer = distances.partition_point(|distance| *distance > level);
        match nearer {
            0 => return Err(NoWay::Flat { levels, distance: level }),
            _ => level = distances[nearer - 1],
        }
    }
    if above(level) < FEWEST {
        return Err(NoWay::Flat { levels, distance: level });
    }
    Ok((level < 0.0).then_some(level))
}

/// Walks above a level from what passed it; all paths of the chains, and the size of step that was found.
fn walk(
    paths: &impl RarePaths,
    address: Address,
    seeds: Vec<Found>,
    level: f64,
    length: usize,
    first_size: f64,
) -> Result<(Vec<Found>, f64), LeakFound> {
    let firsts = (0..seeds.len()).step_by(TILE);
    let mut tiles: Vec<Chains> =
        firsts.zip(seeds.chunks(TILE)).map(|(first, seeds)| Chains::begin(seeds, first)).collect();
    let chains = seeds.len() as f64;
    let mut population = seeds;
    let (mut size, mut sizes) = (first_size, Vec::new());
    for number in 1..length {
        let taken: Vec<usize> = tiles
            .par_iter_mut()
            .map(|tile| tile.step(paths, level, size, address, number))
            .collect::<Result<_, _>>()?;
        population.extend(tiles.iter().flat_map(|tile| tile.above(level)));
        sizes.push(size);
        // A stochastic approximation (Robbins and Monro 1951) of the logarithm.
        let taken = taken.iter().sum::<usize>() as f64 / chains;
        size = (size * crate::model::Real::exp(2.0 * (taken - TAKEN) / (number as f64).sqrt())).clamp(LEAST_SIZE, 1.0);
        sizes.push(size);
    }
    // The last half has seen most.
    let seen = &sizes[sizes.len() / 2..];
    Ok((population, seen.iter().sum::<f64>() / seen.len() as f64))
}
