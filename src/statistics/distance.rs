//! How far a path is from firing a watch: below zero before, above zero after.
//!
//! The distance of a comparison is by how much it holds, in units of the spread of that difference over plain paths; of `and`
//! the smaller, of `or` the larger, of `not` the other side of zero. A condition about single days comes as near as on its
//! nearest day, one about a whole window as near as on its last. `days(…) ≥ k` is as far as the k-th nearest of the days, so
//! that paths on which as many days count are not all alike.

use super::distance_lanes::{DistanceLanes, Seen};
use super::watches::{Window, is_daily};
use crate::model::Plan;
use crate::scenario::{Comparison, Condition, Expression, Watch};

/// The distance of a watch.
#[derive(Clone, Debug)]
pub struct Distance {
    pub(super) watch: Watch,
    pub(super) window: Window,
    pub(super) root: Node,
    pub(super) daily: bool,
    /// The spread of every comparison of two numbers, in their order.
    pub(super) spreads: Vec<f64>,
}

/// A condition of which it can be said how far it is from holding.
#[derive(Clone, Debug)]
pub(super) enum Node {
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
    pub(super) fn visit(&self, seen: &mut impl FnMut(&Node)) {
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
