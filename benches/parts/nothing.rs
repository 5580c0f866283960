//! An account for runs of which only the simulation is timed.

use std::hint::black_box;
use tidegate::model::{FLOWS, Published, Real};
use tidegate::statistics::{Account, Follower, Mergeable};

/// Remembers nothing.
pub struct Nothing;

impl Account for Nothing {
    #[inline(always)]
    fn count_day<T: Real, const N: usize>(&mut self, _: usize, published: &Published<T, N>, _: usize) {
        black_box(published);
    }

    fn close<const N: usize>(&mut self, _: &Follower<N>, _: &[[f64; N]; FLOWS.len()], _: usize) {}
}

impl Mergeable for Nothing {
    fn merge(&mut self, _: Nothing) {}
}
