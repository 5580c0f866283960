//! Paths side by side, from the opening to the last day.

use super::draw_events::{draw_events, draw_parameters};
use super::run::LeakFound;
use crate::model::ledger::Ledger;
use crate::model::{DrawnEvents, FLOWS, Plan, Published, Real, State, TileParameters, publish, simulate_day};
use crate::random::ShockSource;
use crate::scenario::Scenario;

/// What all tiles of a run share.
pub struct World<'a> {
    pub ledger: &'a Ledger,
    pub scenario: &'a Scenario,
    pub plan: &'a Plan,
    pub source: ShockSource,
}

/// A tile of `N` paths. What is large lies on the heap: threads have small stacks.
pub struct Tile<'a, T, const N: usize> {
    /// The first path.
    pub first_path: u64,
    /// Paths of the run among the lanes; they come first.
    pub live: usize,
    parameters: Box<TileParameters<T, N>>,
    events: DrawnEvents<T, N>,
    state: Box<State<'a, T, N>>,
}

impl<'a, T: Real, const N: usize> Tile<'a, T, N> {
    /// The tile from `first_path` on, of which paths below `end` count.
    #[inline(never)]
    pub fn open(world: &World<'a>, first_path: u64, end: u64) -> Tile<'a, T, N> {
        let parameters = Box::new(draw_parameters(world.scenario, first_path));
        let events = draw_events(world.scenario, world.plan, first_path);
        let state = Box::new(State::open(world.ledger, world.plan, &parameters, &events));
        Tile { first_path, live: (N as u64).min(end - first_path) as usize, parameters, events, state }
    }

    /// What the last close published.
    #[inline(never)]
    pub fn publish(&self, world: &World<'_>) -> Published<T, N> {
        publish(&self.state, world.plan)
    }

    /// Lives through day `day` of the plan and publishes its close.
    ///
    /// # Errors
    /// The books of a path do not add up.
    #[inline(never)]
    pub fn live_day(&mut self, world: &World<'_>, day: usize) -> Result<Published<T, N>, LeakFound> {
        let shocks = world.source.draw(self.first_path, day as u32);
        simulate_day(&mut self.state, &self.parameters, &self.events, world.plan, &shocks)
            .map_err(|leak| LeakFound::of(leak, self.first_path, world.plan.days[day].date))?;
        Ok(self.publish(world))
    }

    /// The sum of every flow since the opening, $bn.
    pub fn flows(&self) -> [[f64; N]; FLOWS.len()] {
        std::array::from_fn(|flow| self.state.books.posted(flow).map(Real::to_f64))
    }
}
