//! Operands of a condition: quantities, variables, functions over the window, and what stands in brackets.

use super::measure::Measure;
use super::parse::{Item, NOT, Parser, Part, SIGN};
use super::words::Token;
use crate::model::{VARIABLES, Variable};
use crate::scenario::codes;
use crate::scenario::diagnostic::quoted;
use crate::scenario::quantity::{shifted, spell, unit_of};
use crate::scenario::scenario::{Condition, Expression};
use crate::scenario::suggestion::nearest;
use crate::units::Unit;
use std::ops::Range;

/// The functions over a window.
pub const FUNCTIONS: &[&str] = &["min", "max", "mean", "change", "end", "days"];

impl Parser<'_> {
    pub(super) fn operand(&mut self) -> Part {
        let Some(word) = self.next() else {
            let span = self.words.last().map_or(0..self.text.len(), |word| word.span.clone());
            let message = match self.words.last() {
                Some(word) => format!("something must follow {}", quoted(&self.text[word.span.clone()])),
                None => "the condition is empty".to_owned(),
            };
            self.fault(codes::CONDITION, span.clone(), message, Some("for instance `sofr - iorb > 10bp`".to_owned()));
            return self.abandon(span);
        };
        match word.token {
            Token::Number { digits, suffix } => {
                let item = self.constant(digits, suffix, &word.span);
                Part { item, span: word.span }
            }
            Token::Symbol("-") => {
                let inner = self.part(SIGN);
                let span = word.span.start..inner.span.end;
                let item = self.negative(inner);
                Part { item, span }
            }
            Token::Symbol("(") => {
                let inner = self.part(0);
                let end = self.close(&word.span);
                Part { item: inner.item, span: word.span.start..end }
            }
            Token::Name("not") => {
                let inner = self.part(NOT);
                let span = word.span.start..inner.span.end;
                let item = self
                    .condition_of(inner, "not")
                    .map_or(Item::Wrong, |c| Item::Condition(Condition::Not(Box::new(c))));
                Part { item, span }
            }
            Token::Name(name) if !matches!(name, "and" | "or") => self.named(name, word.span),
            _ => self.unexpected(&word),
        }
    }

    fn constant(&mut self, digits: &str, suffix: &str, span: &Range<usize>) -> Item {
        let typed = &self.text[span.clone()];
        let number = spell(digits).filter(|spelled| spelled.suffix.is_empty());
        let (Some(spelled), Some((unit, power))) = (number, unit_of(suffix)) else {
            let near = nearest(suffix, ["bn", "tn", "mn", "bp", "%", "bd"]);
            let help = near.map(|near| format!("did you mean `{digits}{near}`?"));
            let help = help.unwrap_or_else(|| "quantities look like 2800bn, 1tn, 10bp, 4.25%, 0.2 or 5".to_owned());
            return self.fault(
                codes::CONDITION,
                span.clone(),
                format!("{} is not a quantity", quoted(typed)),
                Some(help),
            );
        };
        let value = shifted(&spelled.digits, power);
        if !value.is_finite() {
            return self.fault(codes::CONDITION, span.clone(), format!("{} is too large", quoted(typed)), None);
        }
        let measure = match unit {
            Unit::Percent => Measure::TypedPercent,
            Unit::Number => Measure::TypedNumber,
            other => Measure::Of(other),
        };
        Item::Number(Expression::Constant(value), measure)
    }

    fn negative(&mut self, inner: Part) -> Item {
        match inner.item {
            Item::Number(Expression::Constant(value), measure) => Item::Number(Expression::Constant(-value), measure),
            Item::Number(expression, measure) => {
                let zero = Expression::Constant(0.0);
                Item::Number(Expression::Difference(Box::new(zero), Box::new(expression)), measure)
            }
            Item::Condition(_) => {
                let message = "a condition has no sign".to_owned();
                self.fault(codes::CONDITION, inner.span, message, Some("write `not`".to_owned()))
            }
            Item::Wrong => Item::Wrong,
        }
    }

    /// A variable, or a function with its argument.
    fn named(&mut self, name: &str, span: Range<usize>) -> Part {
        let opens = self.peek() == Some(&Token::Symbol("("));
        if let Some(function) = FUNCTIONS.iter().find(|function| **function == name) {
            return self.function(function, span, opens);
        }
        if let (Some(variable), false) = (Variable::named(name), opens) {
            let measure = Measure::Of(variable.info().unit);
            return Part { item: Item::Number(Expression::Value { variable, scale: 1.0 }, measure), span };
        }
        let names = VARIABLES.iter().map(|info| info.name);
        let (message, help) = if opens {
            let help = nearest(name, FUNCTIONS.iter().copied()).map(|near| format!("did you mean `{near}(…)`?"));
            let all = || format!("the functions are {}", FUNCTIONS.join(", "));
            (format!("there is no function {}", quoted(name)), help.unwrap_or_else(all))
        } else {
            let help = nearest(name, names.clone()).map(|near| format!("did you mean `{near}`?"));
            let all = || format!("the variables are {}", names.collect::<Vec<_>>().join(", "));
            (format!("there is no variable {}", quoted(name)), help.unwrap_or_else(all))
        };
        self.fault(codes::UNKNOWN_VARIABLE, span.clone(), message, Some(help));
        if opens {
            // Its argument is read all the same, for what else may be wrong in it.
            self.operand();
        }
        Part { item: Item::Wrong, span }
    }

    fn function(&mut self, function: &'static str, span: Range<usize>, opens: bool) -> Part {
        let argument = if function == "days" { "sofr_iorb > 10bp" } else { "reserves" };
        if !opens {
            let help = Some(format!("write `{function}({argument})`"));
            self.fault(codes::CONDITION, span.clone(), format!("`{function}` is a function over the window"), help);
            return self.abandon(span);
        }
        if let Some(outer) = self.function {
            let message = format!("`{function}` is over the whole window and cannot stand inside `{outer}`");
            self.fault(codes::CONDITION, span.clone(), message, Some(format!("take `{function}(…)` outside")));
        }
        let outer = self.function.replace(function);
        let inner = self.operand();
        self.function = outer;
        let span = span.start..inner.span.end;
        let item = match (function, inner.item) {
            (_, Item::Wrong) => Item::Wrong,
            ("days", Item::Condition(condition)) => {
                Item::Number(Expression::Days(Box::new(condition)), Measure::Of(Unit::BusinessDays))
            }
            ("days", Item::Number(..)) | (_, Item::Condition(_)) => {
                let wanted = if function == "days" { "a condition" } else { "a number" };
                let message = format!("`{function}` takes {wanted}");
                let help = Some(format!("for instance `{function}({argument})`"));
                self.fault(codes::CONDITION, inner.span, message, help)
            }
            (_, Item::Number(expression, measure)) => {
                let inner = Box::new(expression);
                match function {
                    "min" => Item::Number(Expression::Minimum(inner), measure),
                    "max" => Item::Number(Expression::Maximum(inner), measure),
                    "mean" => Item::Number(Expression::Mean(inner), measure),
                    "change" => Item::Number(Expression::Change(inner), measure.of_change()),
                    _ => Item::Number(Expression::End(inner), measure),
                }
            }
        };
        Part { item, span }
    }
}
