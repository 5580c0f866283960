//! The luck of a tile of paths: what it draws once before its first day, and its shocks.
//!
//! Plain draws are found by address. Evenly spread ones come from scrambled Sobol' points, whose dimensions go to the
//! bridges of the shocks. What is drawn once has points of its own by its name, so that another event or another random
//! parameter moves neither the shocks nor each other's luck. Paths of a Markov chain bring the normals they are made of.

use super::draw::{LaneLuck, fingerprint};
use super::vectors::{Vectors, Work};
use crate::model::{Plan, Real, SHOCKS, Shocks};
use crate::random::{Bridge, BridgedShocks, ChainOfPaths, ScrambledPoints, ShockSource, TileOfPoints, word_of_normal};
use crate::scenario::{Draws, Scenario};
use std::cell::RefCell;

/// The luck of all paths of a run.
#[derive(Clone, Debug)]
pub struct Luck {
    seed: u64,
    shocks: ShockSource,
    even: Option<(ScrambledPoints, Bridge)>,
    /// Whether there is none: every draw at its median, every shock at nil.
    none: bool,
}

impl Luck {
    /// The luck of a run of a scenario.
    pub fn of(scenario: &Scenario, plan: &Plan) -> Luck {
        let even = match scenario.draws {
            Draws::Plain => None,
            Draws::Sobol => Some((ScrambledPoints::new(scenario.seed), Bridge::new(plan.days.len()))),
        };
        Luck { seed: scenario.seed, shocks: ShockSource::new(scenario.seed), even, none: false }
    }

    /// No luck at all: the same on every path.
    pub fn none() -> Luck {
        Luck { seed: 0, shocks: ShockSource::new(0), even: None, none: true }
    }

    /// The luck of paths `first_path` to `first_path + N − 1`.
    pub fn tile<const N: usize>(&self, first_path: u64) -> TileLuck<'_, N> {
        let of = match &self.even {
            Some((points, _)) => Of::Points(points.tile(first_path)),
            None => Of::Addresses,
        };
        TileLuck { luck: self, first_path, of }
    }

    /// The luck of paths that are made of these normals: those of the shocks of some days, then one for each of `names`.
    pub fn given<'a, const N: usize>(&'a self, paths: &'a ChainOfPaths<N>, names: &'a [u32]) -> TileLuck<'a, N> {
        TileLuck { luck: self, first_path: 0, of: Of::Normals { paths, names } }
    }

    /// Plain luck that notes the fingerprint of every name for which it is asked.
    pub fn noting<'a>(&'a self, names: &'a RefCell<Vec<u32>>) -> TileLuck<'a, 1> {
        TileLuck { luck: self, first_path: 0, of: Of::Noted(names) }
    }

    /// Draws the shocks of a day on the paths from `first_path` on, whose shocks are these.
    #[inline(always)]
    pub fn draw<T: Real, const N: usize>(
        &self,
        first_path: u64,
        day: usize,
        of_tile: &TileShocks<N>,
        shocks: &mut Shocks<T, N>,
    ) {
        match of_tile {
            TileShocks::Nil => *shocks = [[T::ZERO; N]; SHOCKS],
            TileShocks::Plain => self.shocks.draw(first_path, day as u32, shocks),
            TileShocks::Bridged(bridged) => bridged.draw(&self.shocks, day, shocks),
        }
    }
}

/// The luck of a tile before its first day.
pub struct TileLuck<'a, const N: usize> {
    luck: &'a Luck,
    first_path: u64,
    of: Of<'a, N>,
}

/// Where the luck of a tile comes from.
enum Of<'a, const N: usize> {
    Addresses,
    Points(TileOfPoints<'a, N>),
    Normals { paths: &'a ChainOfPaths<N>, names: &'a [u32] },
    Noted(&'a RefCell<Vec<u32>>),
}

impl<'a, const N: usize> TileLuck<'a, N> {
    /// One draw for each path, of what has this name: the same however often it is asked for.
    pub fn draw<V>(&self, name: &str, sample: impl Fn(&mut LaneLuck) -> V) -> [V; N] {
        if self.luck.none {
            return std::array::from_fn(|_| sample(&mut LaneLuck::Middle));
        }
        let name = fingerprint(name);
        let paths = match &self.of {
            Of::Normals { paths, .. } => paths.origins,
            _ => std::array::from_fn(|i| self.first_path + i as u64),
        };
        let words = match &self.of {
            Of::Addresses => None,
            Of::Points(points) => Some(points.named(name)),
            Of::Normals { paths, names } => {
                let place = names.iter().position(|known| *known == name).expect("every name was noted");
                let row = &paths.normals[paths.normals.len() - names.len() + place];
                Some(row.map(|z| word_of_normal(f64::from(z))))
            }
            Of::Noted(names) => {
                if !names.borrow().contains(&name) {
                    names.borrow_mut().push(name);
                }
                None
            }
        };
        std::array::from_fn(|i| sample(&mut LaneLuck::new(self.luck.seed, paths[i], name, words.map(|words| words[i]))))
    }

    /// The shocks, made with these vectors.
    pub fn shocks(self, vectors: Vectors) -> TileShocks<N> {
        match (self.of, &self.luck.even) {
            (Of::Points(points), Some((_, bridge))) => {
                TileShocks::Bridged(vectors.run(CrossBridges { points, bridge }))
            }
            (Of::Normals { paths, names }, _) => {
                let of_days = &paths.normals[..paths.normals.len() - names.len()];
                TileShocks::Bridged(BridgedShocks::of_normals(of_days.len() / SHOCKS, of_days.to_vec()))
            }
            _ if self.luck.none => TileShocks::Nil,
            _ => TileShocks::Plain,
        }
    }
}

/// Making the shocks of a tile for all days, to be compiled for every width of vectors.
struct CrossBridges<'a, const N: usize> {
    points: TileOfPoints<'a, N>,
    bridge: &'a Bridge,
}

impl<const N: usize> Work for CrossBridges<'_, N> {
    type Output = BridgedShocks<N>;

    #[inline(always)]
    fn run(mut self) -> BridgedShocks<N> {
        BridgedShocks::new(&mut self.points, self.bridge)
    }
}

/// The shocks of a tile.
pub enum TileShocks<const N: usize> {
    /// None on any day.
    Nil,
    /// Drawn day by day.
    Plain,
    /// Drawn for all days at once.
    Bridged(BridgedShocks<N>),
}

#[cfg(test)]
mod tests {
    use super::super::draw_events::{draw_events, draw_parameters};
    use super::*;
    use crate::scenario::{load_text, plan};

    /// The first shutdown, and the shocks of the fifth day, of a scenario to which `more` is added.
    fn lived(draws: &str, more: &str) -> ([f64; 64], Shocks<f64, 64>) {
        let text =
            format!("title = 't'\nextends = 'shutdown_cash_hoarding'\n[run]\ndraws = '{draws}'\npaths = 2048\n{more}");
        let scenario = load_text("t.toml", &text).unwrap_or_else(|problems| panic!("{problems}"));
        let plan = plan(&scenario);
        let all = Luck::of(&scenario, &plan);
        let luck = all.tile(100);
        draw_parameters::<f64, 64>(&scenario, &luck);
        let events = draw_events(&scenario, &plan, &luck);
        let (reopening, of_tile) = (events.shutdowns[0].reopening, luck.shocks(Vectors::widest()));
        let mut shocks = [[0.0; 64]; SHOCKS];
        all.draw(100, 5, &of_tile, &mut shocks);
        (reopening, shocks)
    }

    #[test]
    fn another_random_quantity_moves_no_other_draw() {
        for draws in Draws::ALL.map(Draws::word) {
            let (reopening, shocks) = lived(draws, "");
            let more = "[parameters]\nhoarding_half_life = { lognormal = ['20bd', 0.5] }\n[[event]]\nname = 'a flow'\n\
                        kind = 'treasury_flow'\ndate = 2025-12-01\namount = { normal = ['0bn', '20bn'] }\n";
            assert!((reopening, shocks) == lived(draws, more), "{draws}");
        }
        assert!(lived("plain", "") != lived("sobol", ""));
    }
}
