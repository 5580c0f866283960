//! The distances of a tile of paths from firing a watch, carried along from day to day.

use super::distance::{Distance, Node};
use super::outcomes::TILE;
use super::watches::{Today, WatchLanes, is_of_a_day, starts_of};
use crate::model::{Plan, Published};
use std::slice::{Iter, IterMut};

/// What was seen of a comparison.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    pub(super) values: f64,
    pub(super) sum: f64,
    pub(super) squares: f64,
}

/// The distances of a tile of paths.
#[derive(Clone, Debug)]
pub struct DistanceLanes {
    watch: WatchLanes<TILE>,
    so_far: Vec<[f64; TILE]>,
    /// For every number of days, the nearest days so far, the nearest first.
    nearest: Vec<Vec<[f64; TILE]>>,
    pub(super) seen: Vec<Seen>,
    distance: [f64; TILE],
}

impl DistanceLanes {
    /// Before the opening.
    pub fn new(distance: &Distance) -> DistanceLanes {
        let (mut so_far, mut nearest) = (Vec::new(), Vec::new());
        distance.root.visit(&mut |node| match node {
            Node::Gap { left, right, .. } => {
                [left, right].into_iter().for_each(|side| starts_of(side, &mut |start| so_far.push([start; TILE])));
            }
            // Of more days than a window has, the last is never near.
            Node::Place { place, .. } => {
                nearest.push(vec![[f64::NEG_INFINITY; TILE]; (*place).min(distance.window.last + 1)]);
            }
            Node::Both(..) | Node::Either(..) => {}
        });
        DistanceLanes {
            watch: WatchLanes::new(&distance.watch),
            so_far,
            nearest,
            seen: vec![Seen::default(); distance.spreads.len()],
            distance: [f64::NEG_INFINITY; TILE],
        }
    }

    /// Lives through a published day, the opening being 0.
    pub fn see(&mut self, of: &Distance, plan: &Plan, day: usize, published: &Published<f64, TILE>) {
        let window = of.window;
        if day + 1 < window.first || day > window.last {
            return;
        }
        self.watch.see(&of.watch, window, plan, day, published);
        let mut look = Look {
            today: Today { published, plan, day, days: (day + 1 - window.first) as f64 },
            last: day == window.last,
            so_far: self.so_far.iter_mut(),
            nearest: self.nearest.iter_mut(),
            seen: self.seen.iter_mut(),
            spreads: of.spreads.iter(),
        };
        let today = look.at(&of.root);
        if day < window.first {
            return;
        }
        for lane in 0..TILE {
            self.distance[lane] = if of.daily { self.distance[lane].max(today[lane]) } else { today[lane] };
        }
    }

    /// The distances once the window is over: infinite where the watch fired, otherwise below zero.
    pub fn distances(&self) -> [f64; TILE] {
        let (fired, _) = self.watch.fired();
        std::array::from_fn(
            |lane| {
                if fired[lane] { f64::INFINITY } else { self.distance[lane].min(-f64::MIN_POSITIVE) }
            },
        )
    }
}

/// A look at a day, which takes what is carried along in the order of the condition.
struct Look<'a> {
    today: Today<'a, f64, TILE>,
    last: bool,
    so_far: IterMut<'a, [f64; TILE]>,
    nearest: IterMut<'a, Vec<[f64; TILE]>>,
    seen: IterMut<'a, Seen>,
    spreads: Iter<'a, f64>,
}

impl Look<'_> {
    fn at(&mut self, node: &Node) -> [f64; TILE] {
        match node {
            Node::Gap { left, right, above } => {
                let sides = [left, right].map(|side| self.today.evaluate(side, &mut self.so_far));
                let sign = if *above { 1.0 } else { -1.0 };
                let gap: [f64; TILE] = std::array::from_fn(|lane| sign * (sides[0][lane] - sides[1][lane]));
                let of_a_day = is_of_a_day(left) && is_of_a_day(right);
                let seen = self.seen.next().expect("every comparison has its place");
                // What is of a whole window is itself only on its last day.
                if self.today.days > 0.0 && (of_a_day || self.last) {
                    seen.values += TILE as f64;
                    seen.sum += gap.iter().sum::<f64>();
                    seen.squares += gap.iter().map(|value| value * value).sum::<f64>();
                }
                let spread = self.spreads.next().expect("every comparison has its spread");
                gap.map(|value| value / spread)
            }
            Node::Place { of, reached, .. } => {
                let nearest = self.nearest.next().expect("every number of days has its lanes");
                let mut today = self.at(of);
                if self.today.days > 0.0 {
                    for row in nearest.iter_mut() {
                        for lane in 0..TILE {
                            let (nearer, farther) = (row[lane].max(today[lane]), row[lane].min(today[lane]));
                            (row[lane], today[lane]) = (nearer, farther);
                        }
                    }
                }
                let last = nearest[nearest.len() - 1];
                if *reached { last } else { last.map(|distance| -distance) }
            }
            Node::Both(a, b) => self.two(a, b, f64::min),
            Node::Either(a, b) => self.two(a, b, f64::max),
        }
    }

    fn two(&mut self, a: &Node, b: &Node, of: impl Fn(f64, f64) -> f64) -> [f64; TILE] {
        let (a, b) = (self.at(a), self.at(b));
        std::array::from_fn(|lane| of(a[lane], b[lane]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Real, SIMULATED, Simulated};
    use crate::scenario::{self, Scenario, Watch};
    use jiff::civil::date;

    fn autumn() -> (Scenario, Plan) {
        let mut scenario = scenario::load("baseline_2025q4").expect("a shipped scenario");
        scenario.end = date(2025, 10, 8);
        let plan = scenario::plan(&scenario);
        assert_eq!(plan.days.len(), 5);
        (scenario, plan)
    }

    fn watch(text: &str, scenario: &Scenario) -> Watch {
        Watch::asked(text, [None; 2], scenario).unwrap_or_else(|why| panic!("{text}: {why:?}"))
    }

    /// The distance of the first lane after days on which SOFR − IORB and reserves were these.
    fn distance(text: &str, days: &[[f64; 2]; 6]) -> f64 {
        let (scenario, plan) = autumn();
        let distance = Distance::of(&watch(text, &scenario), &plan).expect(text);
        let mut lanes = DistanceLanes::new(&distance);
        for (day, [spread, reserves]) in days.iter().enumerate() {
            let mut published = Box::new([[0.0; TILE]; SIMULATED]);
            published[Simulated::SofrIorb as usize] = [*spread; TILE];
            published[Simulated::Reserves as usize] = [*reserves; TILE];
            lanes.see(&distance, &plan, day, &published);
        }
        lanes.distances()[0]
    }

    #[test]
    fn distances_are_by_how_much_a_condition_falls_short() {
        // The opening asks no question.
        let days = [[99.0, 1.0], [3.0, 2900.0], [12.0, 2800.0], [7.0, 2850.0], [9.0, 2950.0], [5.0, 3000.0]];
        for (text, expected) in [
            ("sofr_iorb > 20bp", -8.0),
            ("sofr_iorb < 1bp", -2.0),
            ("20bp < sofr_iorb", -8.0),
            ("max(sofr_iorb) > 20bp", -8.0),
            ("min(reserves) < 2750bn", -50.0),
            ("end(reserves) < 2750bn", -250.0),
            ("mean(sofr_iorb) >= 10bp", -2.8),
            // From the opening, which only changes take note of.
            ("change(reserves) > 3000bn", -1.0),
            ("not (sofr_iorb < 30bp)", -18.0),
            // The third nearest of five days is at 7.
            ("days(sofr_iorb > 10bp) >= 3", -3.0),
            ("days(sofr_iorb > 10bp) > 2", -3.0),
            ("3 <= days(sofr_iorb > 10bp)", -3.0),
            // At most two days: the third nearest has to fall below four.
            ("days(sofr_iorb > 4bp) <= 2", -3.0),
            ("days(sofr_iorb > 4bp) < 3", -3.0),
            ("days(sofr_iorb > 10bp) >= 6", f64::NEG_INFINITY),
            // On one day both; the nearest is the second, at 8 and 30.
            ("sofr_iorb > 20bp and reserves < 2770bn", -30.0),
            ("max(sofr_iorb) > 20bp and min(reserves) < 2799bn", -8.0),
            ("max(sofr_iorb) > 20bp or min(reserves) < 2799bn", -1.0),
            ("not (max(sofr_iorb) < 20bp or min(reserves) > 2799bn)", -8.0),
        ] {
            let found = distance(text, &days);
            assert!(found == expected || (found - expected).abs() < 1e-9, "{text}: {found}");
        }
        for text in
            ["sofr_iorb > 11bp", "days(sofr_iorb > 8bp) >= 2", "max(sofr_iorb) > 20bp or min(reserves) < 2801bn"]
        {
            assert_eq!(distance(text, &days), f64::INFINITY, "{text}");
        }
        // Reached, but not beyond: the condition is strict.
        assert_eq!(distance("max(sofr_iorb) > 12bp", &days), -f64::MIN_POSITIVE);
    }

    #[test]
    fn what_has_no_distance_is_told() {
        let (scenario, plan) = autumn();
        for (text, told) in [
            ("days(sofr_iorb > 10bp) > days(reserves < 2800bn)", "added to or compared with something else"),
            ("days(sofr_iorb > 10bp) + days(reserves < 2800bn) >= 3", "as it stands"),
            ("days(sofr_iorb > 10bp) >= 0", "on all paths or on none"),
        ] {
            let why = Distance::of(&watch(text, &scenario), &plan).expect_err(text);
            assert!(why.contains(told), "{text}: {why}");
        }
    }

    #[test]
    fn several_comparisons_are_weighed_by_their_spreads() {
        let (scenario, plan) = autumn();
        let watch = watch("sofr_iorb > 20bp and reserves < 2700bn", &scenario);
        let mut distance = Distance::of(&watch, &plan).expect("it has one");
        assert!(distance.has_spreads());
        let seen = |distance: &Distance, scale: f64| {
            let mut lanes = DistanceLanes::new(distance);
            for day in 0..=5 {
                let mut published = Box::new([[0.0; TILE]; SIMULATED]);
                // Half of the lanes one below the mean, half one above.
                let signs: [f64; TILE] = std::array::from_fn(|lane| if lane % 2 == 0 { -1.0 } else { 1.0 });
                published[Simulated::SofrIorb as usize] = signs.map(|sign| 5.0 + 2.0 * sign * scale);
                published[Simulated::Reserves as usize] = signs.map(|sign| 2900.0 + 40.0 * sign * scale);
                lanes.see(distance, &plan, day, &published);
            }
            lanes
        };
        let tiles = [seen(&distance, 1.0)];
        distance.measure(tiles.iter());
        // 17 and 13bp are missing, over a spread of 2; 160 and 240bn, over one of 40.
        let found = seen(&distance, 1.0).distances();
        assert!(Real::abs(found[0] + 8.5) < 1e-12 && Real::abs(found[1] + 6.5) < 1e-12, "{found:?}");
    }
}
