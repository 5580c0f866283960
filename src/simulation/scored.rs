//! How far paths that are made of given normals are from firing a watch.

use super::run::LeakFound;
use super::tile::{Desk, Tile, World};
use crate::model::{Plan, SHOCKS};
use crate::random::ChainOfPaths;
use crate::scenario::{Scenario, Watch};
use crate::statistics::{Distance, DistanceLanes, TILE};
use rayon::prelude::*;

/// Tiles of plain paths by which the spreads of a distance are measured.
const TILES_FOR_SPREADS: u64 = 32;

/// The paths of a scenario, of which it is asked how far they are from firing a watch. They are lived through until its
/// window is over.
pub struct ScoredPaths<'a> {
    world: World<'a, f64>,
    distance: Distance,
    names: Vec<u32>,
}

impl<'a> ScoredPaths<'a> {
    /// The paths of a scenario and the distance of a watch, which may be any, not only one of the scenario's.
    ///
    /// # Errors
    /// What is said of a watch without a distance.
    pub fn new(scenario: &'a Scenario, plan: &'a Plan, watch: &Watch) -> Result<ScoredPaths<'a>, String> {
        let world = World::new(scenario, plan);
        let names = world.names_drawn();
        Ok(ScoredPaths { distance: Distance::of(watch, plan)?, world, names })
    }

    /// Takes the spreads that weigh comparisons against each other from plain paths, if there is more than one.
    ///
    /// # Errors
    /// The books of a path do not add up.
    pub fn measure_spreads(&mut self) -> Result<(), LeakFound> {
        if self.distance.has_spreads() {
            let seed = self.world.scenario.seed;
            let lived: Vec<DistanceLanes> = (0..TILES_FOR_SPREADS)
                .into_par_iter()
                .map(|tile| self.live(&ChainOfPaths::draw(seed, tile * TILE as u64, self.normals())))
                .collect::<Result<_, _>>()?;
            self.distance.measure(lived.iter());
        }
        Ok(())
    }

    /// Standard normals of which a path is made: those of its shocks on all days of the window and before, then one for
    /// everything that it draws once.
    pub fn normals(&self) -> usize {
        SHOCKS * self.distance.days() + self.names.len()
    }

    /// How far each path is: infinitely where the watch fires, otherwise below zero.
    ///
    /// # Errors
    /// The books of a path do not add up.
    pub fn distances(&self, paths: &ChainOfPaths<TILE>) -> Result<[f64; TILE], LeakFound> {
        Ok(self.live(paths)?.distances())
    }

    fn live(&self, paths: &ChainOfPaths<TILE>) -> Result<DistanceLanes, LeakFound> {
        let (world, mut desk) = (&self.world, Desk::new());
        let mut tile: Tile<f64, TILE> = Tile::of_normals(world, paths, &self.names);
        let mut lanes = DistanceLanes::new(&self.distance);
        tile.publish(world, &mut desk.published);
        lanes.see(&self.distance, world.plan, 0, &desk.published);
        for day in 0..self.distance.days() {
            tile.live_day(world, day, &mut desk)?;
            lanes.see(&self.distance, world.plan, day + 1, &desk.published);
        }
        Ok(lanes)
    }
}
