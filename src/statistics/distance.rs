//! How far a path is from firing a watch: below zero before, above zero after.
//!
//! The distance of a comparison is by how much it holds, in units of the spread of that difference over plain paths; of `and`
//! the smaller, of `or` the larger, of `not` the other side of zero. A condition about single days comes as near as on its
//! nearest day, one about a whole window as near as on its last. `days(…) ≥ k` is as far as the k-th nearest of the days, so
//! that paths on which as many days count are not all alike.

use super::outcomes::TILE;
use super::watches::{Today, WatchLanes, Window, is_daily, is_of_a_day, starts_of};
use crate::model::{Plan, Published};
use crate::scenario::{Comparison, Condition, Expression, Watch};
use std::slice::{Iter, IterMut};

/// The distance of a watch.
#[derive(Clone, Debug)]
pub struct Distance {
    watch: Watch,
    window: Window,
    root: Node,
    daily: bool,
    /// The spread of every comparison of two numbers, in their order.
    spreads: Vec<f64>,
}

/// A condition of which it can be said how far it is from holding.
#[derive(Clone, Debug)]
enum Node {
    /// By how much left is above right, or below.
    Gap {
        left: Expression,
        right: Expression,
        above: bool,
    },
    /// How near the day is that comes in this place among the nearest, or the other side of zero.
    Place {
        of: Box<Node>,
        place: usize,
        reached: bool,
    },
    Both(Box<Node>, Box<Node>),
    Either(Box<Node>, Box<Node>),
}

impl Node {
    /// Of a condition, or of its opposite.
    fn of(condition: &Condition, holds: bool) -> Result<Node, String> {
        match condition {
            Condition::Not(a) => Node::of(a, !holds),
            Condition::And(a, b) | Condition::Or(a, b) => {
                let both = matches!(condition, Condition::And(..)) == holds;
                let (a, b) = (Box::new(Node::of(a, holds)?), Box::new(Node::of(b, holds)?));
                Ok(if both { Node::Both(a, b) } else { Node::Either(a, b) })
            }
            Condition::Compare { left, comparison, right } => match (left, right) {
                (Expression::Days(of), Expression::Constant(days)) => Node::place(of, *comparison, *days, holds),
                (Expression::Constant(days), Expression::Days(of)) => {
                    let turned = match comparison {
                        Comparison::Above => Comparison::Below,
                        Comparison::AtLeast => Comparison::AtMost,
                        Comparison::Below => Comparison::Above,
                        Comparison::AtMost => Comparison::AtLeast,
                    };
                    Node::place(of, turned, *days, holds)
                }
                _ if counts_days(left) || counts_days(right) => {
                    Err("a number of days, `days(…)`, has a distance only where it is compared with a number as it \
                     stands, such as `days(sofr_iorb > 10bp) >= 5`; here it is added to or compared with something else"
                        .to_owned())
                }
                _ => {
                    let upward = matches!(comparison, Comparison::Above | Comparison::AtLeast);
                    Ok(Node::Gap { left: left.clone(), right: right.clone(), above: upward == holds })
                }
            },
        }
    }

    /// Of so many days, or fewer.
    fn place(of: &Condition, comparison: Comparison, days: f64, holds: bool) -> Result<Node, String> {
        let (least, reached) = match comparison {
            Comparison::AtLeast => (days.ceil(), holds),
            Comparison::Above => (days.floor() + 1.0, holds),
            Comparison::Below => (days.ceil(), !holds),
            Comparison::AtMost => (days.floor() + 1.0, !holds),
        };
        if least < 1.0 {
            return Err("every path has at least no days: this condition holds on all paths or on none".to_owned());
        }
        Ok(Node::Place { of: Box::new(Node::of(of, true)?), place: least as usize, reached })
    }

    /// Visits every comparison and every place, in order.
    fn visit(&self, seen: &mut impl FnMut(&Node)) {
        seen(self);
        match self {
            Node::Gap { .. } => {}
            Node::Place { of, .. } => of.visit(seen),
            Node::Both(a, b) | Node::Either(a, b) => {
                a.visit(seen);
                b.visit(seen);
            }
        }
    }
}

fn counts_days(expression: &Expression) -> bool {
    match expression {
        Expression::Days(_) => true,
        Expression::Sum(a, b) | Expression::Difference(a, b) => counts_days(a) || counts_days(b),
        _ => false,
    }
}

impl Distance {
    /// The distance of a watch over the days of a plan.
    ///
    /// # Errors
    /// What is said of a condition that has none.
    pub fn of(watch: &Watch, plan: &Plan) -> Result<Distance, String> {
        let root = Node::of(&watch.condition, true)?;
        let mut comparisons = 0;
        root.visit(&mut |node| comparisons += usize::from(matches!(node, Node::Gap { .. })));
        Ok(Distance {
            watch: watch.clone(),
            window: Window::of(watch, plan),
            root,
            daily: is_daily(&watch.condition),
            spreads: vec![1.0; comparisons],
        })
    }

    /// Days to be lived before it is known.
    pub fn days(&self) -> usize {
        self.window.last
    }

    /// Whether it is measured against the spreads of several comparisons.
    pub fn has_spreads(&self) -> bool {
        self.spreads.len() > 1
    }

    /// Takes the spreads from what tiles of plain paths saw, in any fixed order.
    pub fn measure<'a>(&mut self, tiles: impl Iterator<Item = &'a DistanceLanes>) {
        let mut sums = vec![Seen::default(); self.spreads.len()];
        for tile in tiles {
            for (sum, seen) in sums.iter_mut().zip(&tile.seen) {
                sum.values += seen.values;
                sum.sum += seen.sum;
                sum.squares += seen.squares;
            }
        }
        for (spread, seen) in self.spreads.iter_mut().zip(&sums) {
            let mean = seen.sum / seen.values;
            let deviation = (seen.squares / seen.values - mean * mean).max(0.0).sqrt();
            *spread = if deviation > 0.0 { deviation } else { 1.0 };
        }
    }
}

/// What was seen of a comparison.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    values: f64,
    sum: f64,
    squares: f64,
}

/// The distances of a tile of paths.
#[derive(Clone, Debug)]
pub struct DistanceLanes {
    watch: WatchLanes<TILE>,
    so_far: Vec<[f64; TILE]>,
    /// For every number of days, the nearest days so far, the nearest first.
    nearest: Vec<Vec<[f64; TILE]>>,
    seen: Vec<Seen>,
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
    use crate::scenario::{self, Scenario};
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
