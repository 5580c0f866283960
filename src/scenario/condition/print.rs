//! Conditions and expressions as text: what is printed reads back as the same condition.

use crate::scenario::quantity::show;
use crate::scenario::scenario::{Comparison, Condition, Expression};
use crate::units::Unit;
use std::fmt;

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Comparison::Above => ">",
            Comparison::AtLeast => ">=",
            Comparison::Below => "<",
            Comparison::AtMost => "<=",
        })
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let compound = |condition: &Condition| matches!(condition, Condition::And(..) | Condition::Or(..));
        let either = |condition: &Condition| matches!(condition, Condition::Or(..));
        match self {
            Condition::Compare { left, comparison, right } => {
                let unit = unit_of(left).or_else(|| unit_of(right)).unwrap_or(Unit::Number);
                let (left, right) = (Side { expression: left, unit }, Side { expression: right, unit });
                write!(f, "{left} {comparison} {right}")
            }
            Condition::And(left, right) => {
                bracketed(f, left, either(left))?;
                f.write_str(" and ")?;
                bracketed(f, right, compound(right))
            }
            Condition::Or(left, right) => {
                write!(f, "{left} or ")?;
                bracketed(f, right, either(right))
            }
            Condition::Not(inner) => {
                f.write_str("not ")?;
                bracketed(f, inner, compound(inner))
            }
        }
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Side { expression: self, unit: unit_of(self).unwrap_or(Unit::Number) }.fmt(f)
    }
}

/// An expression whose constants are in `unit`.
struct Side<'e> {
    expression: &'e Expression,
    unit: Unit,
}

impl fmt::Display for Side<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = self.unit;
        let side = |expression| Side { expression, unit };
        let sum = |expression: &Expression| matches!(expression, Expression::Sum(..) | Expression::Difference(..));
        match self.expression {
            Expression::Constant(value) => f.write_str(&show(*value, unit)),
            Expression::Value { variable, .. } => f.write_str(variable.info().name),
            Expression::Sum(left, right) => {
                write!(f, "{} + ", side(left))?;
                bracketed(f, &side(right), sum(right))
            }
            Expression::Difference(left, right) => {
                write!(f, "{} - ", side(left))?;
                bracketed(f, &side(right), sum(right))
            }
            Expression::Minimum(inner) => write!(f, "min({})", side(inner)),
            Expression::Maximum(inner) => write!(f, "max({})", side(inner)),
            Expression::Mean(inner) => write!(f, "mean({})", side(inner)),
            Expression::Change(inner) => write!(f, "change({})", side(inner)),
            Expression::End(inner) => write!(f, "end({})", side(inner)),
            Expression::Days(inner) => write!(f, "days({inner})"),
        }
    }
}

/// The unit of an expression, told from the variables in it: all of them are scaled to one unit.
fn unit_of(expression: &Expression) -> Option<Unit> {
    match expression {
        Expression::Constant(_) => None,
        Expression::Value { variable, scale } => Some(match (variable.info().unit, *scale) {
            (Unit::Percent, scale) if scale > 1.0 => Unit::BasisPoints,
            (Unit::BasisPoints, scale) if scale < 1.0 => Unit::Percent,
            (unit, _) => unit,
        }),
        Expression::Sum(left, right) | Expression::Difference(left, right) => unit_of(left).or_else(|| unit_of(right)),
        Expression::Minimum(inner)
        | Expression::Maximum(inner)
        | Expression::Mean(inner)
        | Expression::Change(inner)
        | Expression::End(inner) => unit_of(inner),
        Expression::Days(_) => Some(Unit::Number),
    }
}

fn bracketed(f: &mut fmt::Formatter<'_>, inner: &impl fmt::Display, brackets: bool) -> fmt::Result {
    if brackets { write!(f, "({inner})") } else { write!(f, "{inner}") }
}
