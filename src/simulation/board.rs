//! Tiles whose published days are counted together, row by row: so a row's counters stay in the nearest cache while its
//! values are added, and whoever follows or counts a day is asked once for all of them.

use super::followed::FollowDay;
use super::run::LeakFound;
use super::tile::{Desk, Tile, World};
use super::vectors::Work;
use crate::model::{FLOWS, OnCacheLine, Published, Real, SIMULATED};
use crate::statistics::{Account, Follower, Layout, TILE};

/// What a thread needs for a day of a board and keeps nothing of: boards take it one after the other.
pub(super) struct Table<T, const PATHS: usize> {
    desk: Box<Desk<T, TILE>>,
    /// What the tiles of a board publish, side by side.
    published: Box<OnCacheLine<Published<T, PATHS>>>,
}

impl<T: Real, const PATHS: usize> Table<T, PATHS> {
    pub fn new() -> Table<T, PATHS> {
        Table { desk: Desk::new(), published: Box::new(OnCacheLine([[T::ZERO; PATHS]; SIMULATED])) }
    }

    /// Puts what the desk holds where the tile of that number belongs.
    fn post(&mut self, number: usize) {
        for (row, values) in self.published.iter_mut().zip(&self.desk.published) {
            row.as_chunks_mut::<TILE>().0[number] = *values;
        }
    }
}

/// Some tiles, of at most `PATHS` paths in all, and what is followed on all of them. Only the last tile of a run has lanes
/// that do not count, and it is the last of its board.
pub(super) struct Board<T, const PATHS: usize> {
    tiles: Vec<Tile<T, TILE>>,
    follower: Follower<PATHS>,
    /// Paths that count; they come first.
    live: usize,
}

impl<T: Real, const PATHS: usize> Board<T, PATHS> {
    /// Opens the tiles that begin at `firsts`, of which paths below `end` count, and counts the opening.
    pub fn open<A: Account>(
        world: &World<'_, T>,
        layout: &Layout,
        firsts: &[u64],
        end: u64,
        table: &mut Table<T, PATHS>,
        account: &mut A,
    ) -> Board<T, PATHS> {
        const { assert!(PATHS.is_multiple_of(TILE), "a board holds whole tiles") };
        let open = |(number, &first): (usize, &u64)| {
            let tile = Tile::open(world, first, end);
            tile.publish(world, &mut table.desk.published);
            table.post(number);
            tile
        };
        let tiles: Vec<Tile<T, TILE>> = firsts.iter().enumerate().map(open).collect();
        let live = tiles.iter().map(|tile| tile.live).sum();
        world.vectors.run(CountDay { account, day: 0, published: &table.published, live });
        Board { follower: Follower::open(layout, world.plan, &table.published), tiles, live }
    }

    /// Lives through day `day` of the plan and counts its close.
    ///
    /// # Errors
    /// The leak of the first path whose books do not add up today. The day is then not counted, and only the tiles before it
    /// stay: no other could still have an earlier path that leaks.
    pub fn live_day<A: Account>(
        &mut self,
        world: &World<'_, T>,
        layout: &Layout,
        day: usize,
        table: &mut Table<T, PATHS>,
        account: &mut A,
    ) -> Result<(), LeakFound> {
        for number in 0..self.tiles.len() {
            if let Err(leak) = self.tiles[number].live_day(world, day, &mut table.desk) {
                self.tiles.truncate(number);
                self.live = number * TILE;
                return Err(leak);
            }
            table.post(number);
        }
        let (follower, published, live) = (&mut self.follower, &*table.published, self.live);
        world.vectors.run(FollowDay { follower, layout, plan: world.plan, day: day + 1, published });
        world.vectors.run(CountDay { account, day: day + 1, published, live });
        Ok(())
    }

    /// Counts what is known once the last day is over.
    pub fn close<A: Account>(&self, account: &mut A) {
        let mut flows = Box::new([[0.0; PATHS]; FLOWS.len()]);
        for (number, tile) in self.tiles.iter().enumerate() {
            for (row, values) in flows.iter_mut().zip(tile.flows()) {
                row.as_chunks_mut::<TILE>().0[number] = values;
            }
        }
        account.close(&self.follower, &flows, self.live);
    }
}

/// A published day on its way into an account, to be compiled for every width of vectors.
struct CountDay<'a, A, T, const PATHS: usize> {
    account: &'a mut A,
    day: usize,
    published: &'a Published<T, PATHS>,
    live: usize,
}

impl<A: Account, T: Real, const PATHS: usize> Work for CountDay<'_, A, T, PATHS> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        self.account.count_day(self.day, self.published, self.live);
    }
}
