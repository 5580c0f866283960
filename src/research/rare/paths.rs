//! The paths of which a rare event is asked, as far as finding it needs to know them.

use crate::random::ChainOfPaths;
use crate::simulation::{LeakFound, ScoredPaths};
use crate::statistics::TILE;

/// Paths that are made of standard normals, each so far from an event.
pub trait RarePaths: Sync {
    /// Normals of a path.
    fn normals(&self) -> usize;

    /// How far each path is from the event, zero or more exactly where it happens.
    ///
    /// # Errors
    /// The books of a path do not add up.
    fn distances(&self, paths: &ChainOfPaths<TILE>) -> Result<[f64; TILE], LeakFound>;
}

impl RarePaths for ScoredPaths<'_> {
    fn normals(&self) -> usize {
        ScoredPaths::normals(self)
    }

    fn distances(&self, paths: &ChainOfPaths<TILE>) -> Result<[f64; TILE], LeakFound> {
        ScoredPaths::distances(self, paths)
    }
}
