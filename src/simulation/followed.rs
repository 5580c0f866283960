//! A tile of which more is followed than it publishes: extremes and watches.

use super::run::LeakFound;
use super::tile::{Desk, Tile, World};
use super::vectors::Work;
use crate::model::{Plan, Published, Real};
use crate::statistics::{Follower, Layout};

/// A tile, and what is followed on it.
pub(super) struct Followed<T, const N: usize> {
    pub tile: Tile<T, N>,
    pub follower: Follower<N>,
}

impl<T: Real, const N: usize> Followed<T, N> {
    /// Opens a tile, of which the desk then holds what the opening publishes.
    pub fn open(
        world: &World<'_, T>,
        layout: &Layout,
        first_path: u64,
        end: u64,
        desk: &mut Desk<T, N>,
    ) -> Followed<T, N> {
        let tile = Tile::open(world, first_path, end);
        tile.publish(world, &mut desk.published);
        Followed { follower: Follower::open(layout, world.plan, &desk.published), tile }
    }

    /// Lives through day `day` of the plan, of which the desk then holds what the close publishes.
    ///
    /// # Errors
    /// The books of a path do not add up.
    pub fn live_day(
        &mut self,
        world: &World<'_, T>,
        layout: &Layout,
        day: usize,
        desk: &mut Desk<T, N>,
    ) -> Result<(), LeakFound> {
        self.tile.live_day(world, day, desk)?;
        let (follower, published) = (&mut self.follower, &desk.published);
        world.vectors.run(FollowDay { follower, layout, plan: world.plan, day: day + 1, published });
        Ok(())
    }
}

/// A published day on its way to what follows it, to be compiled for every width of vectors.
pub(super) struct FollowDay<'a, T, const N: usize> {
    pub follower: &'a mut Follower<N>,
    pub layout: &'a Layout,
    pub plan: &'a Plan,
    pub day: usize,
    pub published: &'a Published<T, N>,
}

impl<T: Real, const N: usize> Work for FollowDay<'_, T, N> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        self.follower.live_day(self.layout, self.plan, self.day, self.published);
    }
}
