//! What kind of number an expression of a condition is, and which kinds go together.

use crate::scenario::scenario::Expression;
use crate::units::Unit;

/// The kind of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// A number in a unit.
    Of(Unit),
    /// The difference of two percentages, which may also be told in basis points.
    Points,
    /// A typed percentage, which may be a level, a difference or a share.
    TypedPercent,
    /// A typed number without a unit.
    TypedNumber,
}

/// What is done with two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// They are added.
    Sum,
    /// The second is taken from the first.
    Difference,
    /// They are compared.
    Comparison,
}

/// How two numbers are brought to one unit, and the kind of the result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// The factor on the left number.
    pub left: Option<f64>,
    /// The factor on the right number.
    pub right: Option<f64>,
    /// The kind of their sum or difference.
    pub result: Measure,
}

impl Measure {
    /// The kind in words.
    pub fn words(self) -> &'static str {
        match self {
            Measure::Of(unit) => unit.meaning(),
            Measure::Points => "a difference in percent",
            Measure::TypedPercent => "percent",
            Measure::TypedNumber => "a plain number",
        }
    }

    /// A quantity of this kind as one would type it, without quotes.
    pub fn example(self) -> &'static str {
        match self {
            Measure::Of(unit) => unit.example().trim_matches('"'),
            Measure::Points => "10bp",
            Measure::TypedPercent => "4%",
            Measure::TypedNumber => "5",
        }
    }

    /// The kind of the change of such a number over time.
    pub fn of_change(self) -> Measure {
        if self == Measure::Of(Unit::Percent) { Measure::Points } else { self }
    }
}

/// How a number of the kind `left` goes together with one of the kind `right`; none if it does not.
pub fn fit(left: Measure, right: Measure, joint: Joint) -> Option<Fit> {
    one_way(left, right, joint).or_else(|| {
        let turned = one_way(right, left, joint)?;
        Some(Fit { left: turned.right, right: turned.left, result: turned.result })
    })
}

fn one_way(left: Measure, right: Measure, joint: Joint) -> Option<Fit> {
    use Measure::{Of, Points, TypedNumber, TypedPercent};
    const BASIS_POINTS: f64 = 100.0;
    const HUNDREDTHS: f64 = 0.01;
    let as_is = |result| Some(Fit { left: None, right: None, result });
    let subtracted = joint == Joint::Difference;
    match (left, right) {
        (Of(Unit::Percent), Of(Unit::Percent) | TypedPercent) if subtracted => as_is(Points),
        (Of(Unit::Percent), Points | TypedPercent) => as_is(left),
        (Of(Unit::Percent), Of(Unit::BasisPoints)) if joint != Joint::Comparison => {
            Some(Fit { left: None, right: Some(HUNDREDTHS), result: left })
        }
        (Points, TypedPercent) => as_is(Points),
        (Points | TypedPercent, Of(Unit::BasisPoints)) => {
            Some(Fit { left: Some(BASIS_POINTS), right: None, result: right })
        }
        (Of(Unit::Share), TypedPercent) => Some(Fit { left: None, right: Some(HUNDREDTHS), result: left }),
        (Of(Unit::Share | Unit::Number | Unit::BusinessDays), TypedNumber) => as_is(left),
        _ if left == right => as_is(left),
        _ => None,
    }
}

/// The same number in another unit: every constant and variable in it times `factor`, which is above zero.
pub fn rescaled(expression: Expression, factor: f64) -> Expression {
    let again = |inner: Box<Expression>| Box::new(rescaled(*inner, factor));
    match expression {
        // Dividing by a hundred is exact where multiplying by a hundredth is not.
        Expression::Constant(value) if factor < 1.0 => Expression::Constant(value / (1.0 / factor).round()),
        Expression::Constant(value) => Expression::Constant(value * factor),
        Expression::Value { variable, scale } => Expression::Value { variable, scale: scale * factor },
        Expression::Sum(left, right) => Expression::Sum(again(left), again(right)),
        Expression::Difference(left, right) => Expression::Difference(again(left), again(right)),
        Expression::Minimum(inner) => Expression::Minimum(again(inner)),
        Expression::Maximum(inner) => Expression::Maximum(again(inner)),
        Expression::Mean(inner) => Expression::Mean(again(inner)),
        Expression::Change(inner) => Expression::Change(again(inner)),
        Expression::End(inner) => Expression::End(again(inner)),
        // A count of days has no other unit.
        days @ Expression::Days(_) => days,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Measure::{Of, Points, TypedNumber, TypedPercent};

    #[test]
    fn what_goes_together() {
        let result = |left, right, joint| fit(left, right, joint).map(|fit| fit.result);
        let rate = Of(Unit::Percent);
        let spread = Of(Unit::BasisPoints);
        assert_eq!(result(rate, rate, Joint::Difference), Some(Points));
        assert_eq!(result(Points, spread, Joint::Comparison), Some(spread));
        assert_eq!(result(spread, Points, Joint::Comparison), Some(spread));
        assert_eq!(result(rate, spread, Joint::Sum), Some(rate));
        assert_eq!(result(rate, spread, Joint::Comparison), None);
        assert_eq!(result(Of(Unit::Billions), TypedNumber, Joint::Comparison), None);
        assert_eq!(result(Of(Unit::Billions), spread, Joint::Sum), None);
        assert_eq!(result(Of(Unit::Share), TypedPercent, Joint::Comparison), Some(Of(Unit::Share)));
        assert_eq!(result(Of(Unit::BusinessDays), TypedNumber, Joint::Comparison), Some(Of(Unit::BusinessDays)));
    }
}
