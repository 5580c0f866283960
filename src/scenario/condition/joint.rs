//! What operators make of their two operands, with a check of units.

use super::measure::{Fit, Joint, Measure, fit, rescaled};
use super::parse::{Item, Parser, Part};
use crate::model::Variable;
use crate::scenario::codes;
use crate::scenario::diagnostic::quoted;
use crate::scenario::scenario::{Comparison, Condition, Expression};
use crate::units::Unit;

impl Parser<'_> {
    /// The condition in a part; a number is reported.
    pub(super) fn condition_of(&mut self, part: Part, operator: &str) -> Option<Condition> {
        match part.item {
            Item::Condition(condition) => Some(condition),
            Item::Number(..) => {
                let words = quoted(&self.text[part.span.clone()]);
                let message = format!("`{operator}` joins conditions; {words} is a number");
                let help = Some("compare it with something, such as `> 10bp`".to_owned());
                self.fault(codes::CONDITION, part.span, message, help);
                None
            }
            Item::Wrong => None,
        }
    }

    pub(super) fn joined(&mut self, both: bool, left: Part, right: Part) -> Item {
        let name = if both { "and" } else { "or" };
        let (left, right) = (self.condition_of(left, name), self.condition_of(right, name));
        match (left, right) {
            (Some(left), Some(right)) if both => Item::Condition(Condition::And(Box::new(left), Box::new(right))),
            (Some(left), Some(right)) => Item::Condition(Condition::Or(Box::new(left), Box::new(right))),
            _ => Item::Wrong,
        }
    }

    pub(super) fn sum(&mut self, add: bool, left: Part, right: Part) -> Item {
        let joint = if add { Joint::Sum } else { Joint::Difference };
        match self.in_one_unit(left, right, joint) {
            Some((left, right, fit)) if add => {
                Item::Number(Expression::Sum(Box::new(left), Box::new(right)), fit.result)
            }
            Some((left, right, fit)) => {
                Item::Number(Expression::Difference(Box::new(left), Box::new(right)), fit.result)
            }
            None => Item::Wrong,
        }
    }

    pub(super) fn comparison(&mut self, symbol: &str, left: Part, right: Part) -> Item {
        let span = left.span.start..right.span.end;
        if matches!(left.item, Item::Condition(_)) {
            let message = "comparisons cannot be chained".to_owned();
            let help = Some("write two, joined by `and`: `sofr - iorb > 10bp and sofr - iorb < 20bp`".to_owned());
            return self.fault(codes::CONDITION, span, message, help);
        }
        let Some((left, right, _)) = self.in_one_unit(left, right, Joint::Comparison) else {
            return Item::Wrong;
        };
        if !mentions_variable(&left) && !mentions_variable(&right) {
            let message = "this compares two fixed numbers".to_owned();
            let help = Some("one side must hold a variable, such as `reserves`".to_owned());
            return self.fault(codes::CONDITION, span, message, help);
        }
        let comparison = match symbol {
            ">" => Comparison::Above,
            ">=" => Comparison::AtLeast,
            "<" => Comparison::Below,
            _ => Comparison::AtMost,
        };
        Item::Condition(Condition::Compare { left, comparison, right })
    }

    /// Both numbers in one unit; conditions and units that do not go together are reported.
    pub(super) fn in_one_unit(
        &mut self,
        left: Part,
        right: Part,
        joint: Joint,
    ) -> Option<(Expression, Expression, Fit)> {
        for part in [&left, &right] {
            if matches!(part.item, Item::Condition(_)) {
                let message = "a number belongs here; this is a condition".to_owned();
                self.fault(codes::CONDITION, part.span.clone(), message, None);
            }
        }
        let (Item::Number(a, of_a), Item::Number(b, of_b)) = (left.item, right.item) else {
            return None;
        };
        let Some(found) = fit(of_a, of_b, joint) else {
            let verb = match joint {
                Joint::Sum => "added to",
                Joint::Difference => "taken from",
                Joint::Comparison => "compared with",
            };
            let (first, second) = (self.text[left.span.clone()].trim(), self.text[right.span.clone()].trim());
            // Taking one from the other names the second first.
            let turned = joint != Joint::Comparison;
            let (subject, object) =
                if turned { ((second, of_b), (first, of_a)) } else { ((first, of_a), (second, of_b)) };
            let message = format!(
                "{} ({}) cannot be {verb} {} ({})",
                quoted(subject.0),
                subject.1.words(),
                quoted(object.0),
                object.1.words(),
            );
            let help = way_out((first, of_a), (second, of_b));
            self.fault(codes::CONDITION_UNIT, right.span, message, help);
            return None;
        };
        let brought = |expression, change: Option<_>| match change {
            Some(change) => rescaled(expression, change),
            None => expression,
        };
        Some((brought(a, found.left), brought(b, found.right), found))
    }
}

/// What to type instead of putting two numbers together whose units differ.
fn way_out(left: (&str, Measure), right: (&str, Measure)) -> Option<String> {
    use Measure::{Of, TypedNumber};
    let (typed, other) = match (left.1, right.1) {
        (Of(Unit::Percent), Of(Unit::BasisPoints)) => return Some(spread_of(left.0, right.0)),
        (Of(Unit::BasisPoints), Of(Unit::Percent)) => return Some(spread_of(right.0, left.0)),
        (TypedNumber, Of(unit)) => (left.0, unit),
        (Of(unit), TypedNumber) => (right.0, unit),
        (Measure::Points, TypedNumber) => (right.0, Unit::BasisPoints),
        (Of(unit), _) if Variable::named(left.0).is_some() => {
            return Some(format!("{} is in {}, such as {}", quoted(left.0), unit.meaning(), plain(unit)));
        }
        _ => return None,
    };
    Some(format!("say the unit: {}", quoted(&format!("{typed}{}", other.suffix()))))
}

fn spread_of(rate: &str, spread: &str) -> String {
    let against = if rate == "iorb" { "sofr - iorb".to_owned() } else { format!("{rate} - iorb") };
    format!("basis points measure a difference of two rates: {}", quoted(&format!("{against} > {spread}")))
}

fn plain(unit: Unit) -> &'static str {
    unit.example().trim_matches('"')
}

fn mentions_variable(expression: &Expression) -> bool {
    match expression {
        Expression::Constant(_) => false,
        Expression::Value { .. } | Expression::Days(_) => true,
        Expression::Sum(left, right) | Expression::Difference(left, right) => {
            mentions_variable(left) || mentions_variable(right)
        }
        Expression::Minimum(inner)
        | Expression::Maximum(inner)
        | Expression::Mean(inner)
        | Expression::Change(inner)
        | Expression::End(inner) => mentions_variable(inner),
    }
}
