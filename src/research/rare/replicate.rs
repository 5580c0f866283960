//! One estimate of the probability of a rare event, without bias, over levels that are given.
//!
//! Generalised splitting (Botev and Kroese 2012, Statistics and Computing 22). Every path that passes level k begins a
//! Markov chain of S_k paths, itself the first, which keeps the distribution of paths above that level. Of N plain paths
//! and their multiples, H reach the event:
//!
//! ```text
//! p = w H / (N S₁ S₂ …)
//! ```
//!
//! where w is one, unless more paths pass a level than there is room for: then some are chosen at random, and w grows by
//! the share of those that are not.

use super::chains::{Address, Chains, Found, plain_tile};
use super::levels::Level;
use super::paths::RarePaths;
use crate::random::words_at;
use crate::simulation::LeakFound;
use crate::statistics::TILE;
use rayon::prelude::*;

/// The day under which it is addressed which paths are chosen; runs are shorter.
const CHOICE: u32 = 1 << 29;

/// What one replicate found.
#[derive(Clone, Debug, PartialEq)]
pub struct Replicate {
    /// The probability.
    pub estimate: f64,
    /// Of every level and last of the event: of the paths that could pass it, how many did. Less once nothing passes.
    pub passed: Vec<(u64, u64)>,
    /// Of every level, of the steps of its chains, how many were taken.
    pub taken: Vec<(u64, u64)>,
    /// Paths simulated.
    pub paths: u64,
}

/// Estimates the probability with `count` plain paths, and by at most twice as many above each level.
///
/// # Errors
/// The books of a path do not add up.
pub fn replicate(
    paths: &impl RarePaths,
    mut address: Address,
    levels: &[Level],
    count: usize,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Replicate, LeakFound> {
    let next = |stage: usize| levels.get(stage).map_or(0.0, |level| level.distance);
    let firsts: Vec<usize> = (0..count).step_by(TILE).collect();
    let tiles: Vec<Vec<Found>> = firsts
        .into_par_iter()
        .map(|first| {
            let (drawn, distances) = plain_tile(paths, address, first)?;
            let live = TILE.min(count - first);
            progress(live as u64);
            let above = (0..live).filter(|&lane| distances[lane] >= next(0));
            Ok(above.map(|lane| Found { distance: distances[lane], path: drawn.path(lane) }).collect())
        })
        .collect::<Result<_, LeakFound>>()?;
    let mut through: Vec<Found> = tiles.into_iter().flatten().collect();
    let mut found = Replicate {
        estimate: through.len() as f64 / count as f64,
        passed: vec![(through.len() as u64, count as u64)],
        taken: Vec::new(),
        paths: count as u64,
    };
    for (stage, level) in levels.iter().enumerate() {
        address.stage += 1;
        if through.is_empty() {
            break;
        }
        let room = (2 * count / level.length).max(1);
        let seeds = if through.len() > room { choose(through, room, address) } else { through };
        let tiles: Vec<Tried> = seeds
            .par_chunks(TILE)
            .enumerate()
            .map(|(number, seeds)| {
                let tried = try_tile(paths, address, seeds, number * TILE, *level, next(stage + 1))?;
                progress((seeds.len() * (level.length - 1)) as u64);
                Ok(tried)
            })
            .collect::<Result<_, LeakFound>>()?;
        let population = seeds.len() * level.length;
        let steps = (population - seeds.len()) as u64;
        found.taken.push((tiles.iter().map(|tile| tile.taken).sum(), steps));
        found.paths += steps;
        through = tiles.into_iter().flat_map(|tile| tile.through).collect();
        found.passed.push((through.len() as u64, population as u64));
        found.estimate *= through.len() as f64 / population as f64;
    }
    Ok(found)
}

/// What a tile of chains came to.
struct Tried {
    /// Those of its paths that pass the next level.
    through: Vec<Found>,
    taken: u64,
}

fn try_tile(
    paths: &impl RarePaths,
    address: Address,
    seeds: &[Found],
    first: usize,
    level: Level,
    next: f64,
) -> Result<Tried, LeakFound> {
    let mut chains = Chains::begin(seeds, first);
    let mut tried = Tried { through: chains.above(next).collect(), taken: 0 };
    for number in 1..level.length {
        tried.taken += chains.step(paths, level.distance, level.size, address, number)? as u64;
        tried.through.extend(chains.above(next));
    }
    Ok(tried)
}

/// As many of the paths as there is room for, each as likely, in their order.
fn choose(through: Vec<Found>, room: usize, address: Address) -> Vec<Found> {
    let lot = |position: usize| (words_at(address.seed, address.path(0, position), CHOICE, 0), position);
    let mut lots: Vec<_> = (0..through.len()).map(lot).collect();
    lots.sort_unstable();
    let mut chosen = vec![false; through.len()];
    lots[..room].iter().for_each(|(_, position)| chosen[*position] = true);
    through.into_iter().zip(chosen).filter(|(_, chosen)| *chosen).map(|(found, _)| found).collect()
}
