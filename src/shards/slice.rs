//! Which part of a run a shard counts.

use crate::scenario::{Draws, REPLICATES, Scenario};
use crate::statistics::TILE;
use std::fmt;
use std::ops::Range;

/// The part of a run that one shard counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slice {
    /// A stretch of paths, which begins with a tile.
    Paths(Range<u64>),
    /// Whole replicates of evenly spread draws, without whose figures nothing could be said of their error.
    Replicates(Range<u64>),
}

impl Slice {
    /// The most shards that a run can be shared out among.
    pub fn most(scenario: &Scenario) -> u64 {
        match scenario.draws {
            Draws::Plain => scenario.paths.div_ceil(TILE as u64),
            Draws::Sobol => REPLICATES,
        }
    }

    /// That of shard `index` of so many; together they are the run, and none is larger than another by more than a tile
    /// or a replicate.
    pub fn of(scenario: &Scenario, index: u32, shards: u32) -> Slice {
        let parts = Slice::most(scenario);
        let [from, to] = [index, index + 1].map(|end| parts * u64::from(end) / u64::from(shards));
        match scenario.draws {
            Draws::Plain => Slice::Paths(from * TILE as u64..scenario.paths.min(to * TILE as u64)),
            Draws::Sobol => Slice::Replicates(from..to),
        }
    }

    /// How many paths there are in it.
    pub fn paths(&self, scenario: &Scenario) -> u64 {
        match self {
            Slice::Paths(paths) => paths.end - paths.start,
            Slice::Replicates(replicates) => (replicates.end - replicates.start) * (scenario.paths / REPLICATES),
        }
    }
}

impl fmt::Display for Slice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, Range { start, end }) = match self {
            Slice::Paths(paths) => ("paths", paths),
            Slice::Replicates(replicates) => ("replicates", replicates),
        };
        write!(f, "{what} {start} to {}", end - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn slices_are_the_run_without_gap_or_overlap(paths in 1..3_000_000_u64, shards in 1..2_000_u32) {
            let mut scenario = scenario::load("baseline_2025q4").expect("a shipped scenario");
            scenario.paths = paths;
            prop_assume!(u64::from(shards) <= Slice::most(&scenario));
            let mut end = 0;
            let mut sizes = Vec::new();
            for index in 0..shards {
                let Slice::Paths(slice) = Slice::of(&scenario, index, shards) else { panic!("draws are plain") };
                prop_assert_eq!(slice.start, end);
                prop_assert!(slice.start.is_multiple_of(TILE as u64) && slice.end > slice.start);
                sizes.push((slice.end - slice.start).div_ceil(TILE as u64));
                end = slice.end;
            }
            prop_assert_eq!(end, paths);
            prop_assert!(sizes.iter().max().unwrap() - sizes.iter().min().unwrap() <= 1);
        }
    }

    #[test]
    fn evenly_spread_draws_are_shared_out_by_whole_replicates() {
        let mut scenario = scenario::load("baseline_2025q4").expect("a shipped scenario");
        scenario.set_draws(Draws::Sobol);
        scenario.set_paths(4_096);
        assert_eq!(Slice::most(&scenario), 16);
        let slices: Vec<Slice> = (0..3).map(|index| Slice::of(&scenario, index, 3)).collect();
        assert_eq!(slices, [Slice::Replicates(0..5), Slice::Replicates(5..10), Slice::Replicates(10..16)]);
        assert_eq!(slices[2].paths(&scenario), 6 * 256);
    }
}
