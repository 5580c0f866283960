//! Paths side by side, from the opening to the last day.

use super::draw_events::{certain_parameters, draw_events, draw_parameters};
use super::luck::{Luck, TileLuck, TileShocks};
use super::run::LeakFound;
use super::vectors::{Vectors, Work};
use crate::model::{
    DrawnEvents, FLOWS, Plan, Published, Real, SHOCKS, SIMULATED, Same, Shocks, State, TileParameters, publish,
    simulate_day,
};
use crate::random::ChainOfPaths;
use crate::scenario::Scenario;
use std::cell::RefCell;

/// What all tiles of a run share.
pub struct World<'a, T> {
    pub scenario: &'a Scenario,
    pub plan: &'a Plan,
    luck: Luck,
    /// The parameters, if all paths have the same.
    certain: Option<TileParameters<Same<T>>>,
    /// Vectors that the loops over lanes are done with.
    pub vectors: Vectors,
    /// Dollars lost from a flow, to prove that the audit notices.
    #[cfg(test)]
    pub leak: Option<(usize, f64)>,
}

impl<'a, T: Real> World<'a, T> {
    /// The world of a scenario.
    pub fn new(scenario: &'a Scenario, plan: &'a Plan) -> World<'a, T> {
        World::with(Luck::of(scenario, plan), scenario, plan)
    }

    /// The same with other luck.
    pub fn with(luck: Luck, scenario: &'a Scenario, plan: &'a Plan) -> World<'a, T> {
        World {
            scenario,
            plan,
            luck,
            certain: certain_parameters(scenario),
            vectors: Vectors::widest(),
            #[cfg(test)]
            leak: None,
        }
    }

    /// The fingerprints of the names of all that a path draws once.
    pub fn names_drawn(&self) -> Vec<u32> {
        let names = RefCell::new(Vec::new());
        let luck = self.luck.noting(&names);
        draw_events::<T, 1>(self.scenario, self.plan, &luck);
        draw_parameters::<T, 1>(self.scenario, &luck);
        names.into_inner()
    }
}

/// What a tile needs for a day and keeps nothing of: tiles take it one after the other. Rows begin on cache lines.
#[repr(align(64))]
pub struct Desk<T, const N: usize> {
    shocks: Shocks<T, N>,
    /// What the last close published.
    pub published: Published<T, N>,
}

impl<T: Real, const N: usize> Desk<T, N> {
    /// An empty desk.
    pub fn new() -> Box<Desk<T, N>> {
        Box::new(Desk { shocks: [[T::ZERO; N]; SHOCKS], published: [[T::ZERO; N]; SIMULATED] })
    }
}

/// A tile of `N` paths. What is large lies on the heap: threads have small stacks.
pub struct Tile<T, const N: usize> {
    /// The first path.
    pub first_path: u64,
    /// Paths of the run among the lanes; they come first.
    pub live: usize,
    /// The parameters, where paths differ in them.
    drawn: Option<Box<TileParameters<[T; N]>>>,
    events: DrawnEvents<T, N>,
    shocks: TileShocks<N>,
    state: Box<State<T, N>>,
}

impl<T: Real, const N: usize> Tile<T, N> {
    /// The tile from `first_path` on, of which paths below `end` count.
    pub fn open(world: &World<'_, T>, first_path: u64, end: u64) -> Tile<T, N> {
        let live = (N as u64).min(end - first_path) as usize;
        Tile::lucky(world, world.luck.tile(first_path), first_path, live)
    }

    /// The tile of paths that are made of these normals, the names being those of [`World::names_drawn`].
    pub fn of_normals(world: &World<'_, T>, paths: &ChainOfPaths<N>, names: &[u32]) -> Tile<T, N> {
        Tile::lucky(world, world.luck.given(paths, names), paths.origins[0], N)
    }

    fn lucky(world: &World<'_, T>, luck: TileLuck<'_, N>, first_path: u64, live: usize) -> Tile<T, N> {
        let events = draw_events(world.scenario, world.plan, &luck);
        let (drawn, state) = match &world.certain {
            Some(parameters) => (None, Box::new(State::open(world.plan, parameters, &events))),
            None => {
                let drawn = Box::new(draw_parameters(world.scenario, &luck));
                let state = Box::new(State::open(world.plan, &drawn, &events));
                (Some(drawn), state)
            }
        };
        #[cfg(test)]
        let state = {
            let mut state = state;
            state.books.leak = world.leak;
            state
        };
        Tile { first_path, live, drawn, events, shocks: luck.shocks(world.vectors), state }
    }

    /// Publishes the last close.
    pub fn publish(&self, world: &World<'_, T>, published: &mut Published<T, N>) {
        publish(&self.state, world.plan, published);
    }

    /// Lives through day `day` of the plan and publishes its close.
    ///
    /// # Errors
    /// The books of a path do not add up.
    pub fn live_day(&mut self, world: &World<'_, T>, day: usize, desk: &mut Desk<T, N>) -> Result<(), LeakFound> {
        world.vectors.run(LiveDay { tile: self, world, day, desk })
    }

    /// The sum of every flow since the opening, $bn.
    pub fn flows(&self) -> [[f64; N]; FLOWS.len()] {
        std::array::from_fn(|flow| self.state.books.posted(flow).map(Real::to_f64))
    }
}

/// A day of a tile, to be compiled for every width of vectors.
struct LiveDay<'a, T, const N: usize> {
    tile: &'a mut Tile<T, N>,
    world: &'a World<'a, T>,
    day: usize,
    desk: &'a mut Desk<T, N>,
}

impl<T: Real, const N: usize> Work for LiveDay<'_, T, N> {
    type Output = Result<(), LeakFound>;

    #[inline(always)]
    fn run(self) -> Result<(), LeakFound> {
        let LiveDay { tile, world, day, desk } = self;
        let Tile { first_path, drawn, events, shocks, state, .. } = tile;
        world.luck.draw(*first_path, day, shocks, &mut desk.shocks);
        let lived = match (&world.certain, drawn) {
            (Some(parameters), _) => simulate_day(state, parameters, events, world.plan, &desk.shocks),
            (None, Some(parameters)) => simulate_day(state, &**parameters, events, world.plan, &desk.shocks),
            (None, None) => unreachable!("a tile draws the parameters that are not certain"),
        };
        lived.map_err(|leak| LeakFound::of(leak, *first_path, world.plan.days[day].date))?;
        publish(state, world.plan, &mut desk.published);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{self, Draws};
    use crate::statistics::TILE;

    /// What a path publishes on every day, told by its tile of `N`: with given vectors, or compiled for the baseline alone,
    /// since every width and vector compiled takes its time.
    fn lived<const N: usize>(world: &World<'_, f64>, path: u64, vectors: Option<Vectors>) -> Vec<u64> {
        let first_path = path / N as u64 * N as u64;
        let mut tile: Tile<f64, N> = Tile::open(world, first_path, first_path + N as u64);
        let mut desk = Desk::new();
        let mut bits = Vec::new();
        for day in 0..world.plan.days.len() {
            let live_day = LiveDay { tile: &mut tile, world, day, desk: &mut desk };
            match vectors {
                Some(vectors) => vectors.run(live_day),
                None => live_day.run(),
            }
            .expect("the books balance");
            bits.extend(desk.published.iter().map(|row| row[(path - first_path) as usize].to_bits()));
        }
        bits
    }

    #[test]
    fn rows_of_a_tile_begin_on_cache_lines() {
        let scenario = scenario::load("shutdown_cash_hoarding").expect("a shipped scenario");
        let plan = scenario::plan(&scenario);
        let tile: Tile<f64, TILE> = Tile::open(&World::new(&scenario, &plan), 0, TILE as u64);
        let desk = Desk::<f64, TILE>::new();
        let (state, events) = (&tile.state, &tile.events);
        let rows = [&state.flow_drift, &state.bitcoin, &state.reaction.rates_moved, state.books.posted(0)];
        let further = [&events.shutdowns[0].hoarding, &desk.shocks[0], &desk.published[0]];
        for (number, row) in rows.into_iter().chain(further).enumerate() {
            assert!((row.as_ptr() as usize).is_multiple_of(64), "row {number}");
        }
    }

    #[test]
    fn a_path_is_the_same_in_tiles_of_any_width_and_with_any_vectors() {
        // The second draws parameters too.
        let text = "title = 't'\nextends = 'shutdown_cash_hoarding'\n[parameters]\nhoarding_half_life = { lognormal = ['20bd', 0.5] }\n";
        let shipped = scenario::load("shutdown_cash_hoarding").expect("a shipped scenario");
        let drawn = scenario::load_text("t.toml", text).unwrap_or_else(|problems| panic!("{problems}"));
        for (mut scenario, draws) in [(shipped.clone(), Draws::Plain), (drawn, Draws::Plain), (shipped, Draws::Sobol)] {
            scenario.draws = draws;
            let plan = scenario::plan(&scenario);
            let world = World::new(&scenario, &plan);
            for path in [0, 17, 127] {
                let alone = lived::<1>(&world, path, None);
                assert!(alone == lived::<128>(&world, path, None), "a tile of 128, {draws:?}");
                for vectors in Vectors::all() {
                    let found = lived::<TILE>(&world, path, Some(vectors));
                    assert!(alone == found, "{}, {draws:?}", vectors.name());
                }
            }
        }
    }
}
