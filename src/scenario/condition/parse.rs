//! A Pratt parser for conditions: operators by how strongly they bind.

use super::measure::Measure;
use super::words::{Token, Word, words};
use crate::scenario::codes;
use crate::scenario::diagnostic::quoted;
use crate::scenario::scenario::{Condition, Expression};
use std::ops::Range;

/// The most words a condition may have; it bounds the depth of the tree, which is walked by recursion.
const MOST_WORDS: usize = 200;

/// The deepest brackets may be nested.
const DEEPEST: usize = 32;

/// A fault in a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// One of the codes of conditions.
    pub code: &'static str,
    /// The bytes of the condition at fault.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to type instead.
    pub help: Option<String>,
}

/// Reads a condition.
///
/// # Errors
/// Every fault found; never an empty list.
pub fn parse(text: &str) -> Result<Condition, Vec<Fault>> {
    let words = words(text);
    let mut parser = Parser { text, words, at: 0, depth: 0, function: None, faults: Vec::new() };
    if parser.words.len() > MOST_WORDS {
        let message = format!("a condition may have at most {MOST_WORDS} words; this one has {}", parser.words.len());
        parser.fault(codes::CONDITION, 0..text.len(), message, Some("split it into several watches".to_owned()));
        return Err(parser.faults);
    }
    parser.check_brackets();
    if !parser.faults.is_empty() {
        return Err(parser.faults);
    }
    let part = parser.part(0);
    if parser.faults.is_empty()
        && let Some(word) = parser.words.get(parser.at).cloned()
    {
        parser.unexpected(&word);
    }
    match part.item {
        Item::Condition(condition) if parser.faults.is_empty() => Ok(condition),
        Item::Number(_, measure) if parser.faults.is_empty() => {
            let typed = text.trim();
            let help = format!("say what it must exceed: {}", quoted(&format!("{typed} > {}", measure.example())));
            let message = format!("{} is a number, not a condition", quoted(typed));
            parser.fault(codes::CONDITION, part.span, message, Some(help));
            Err(parser.faults)
        }
        _ => Err(parser.faults),
    }
}

/// A number or a condition, and the bytes it takes.
pub(super) struct Part {
    pub(super) item: Item,
    pub(super) span: Range<usize>,
}

/// What a part of a condition turned out to be.
pub(super) enum Item {
    Number(Expression, Measure),
    Condition(Condition),
    /// Something already reported.
    Wrong,
}

/// Reads one condition.
pub(super) struct Parser<'t> {
    pub(super) text: &'t str,
    pub(super) words: Vec<Word<'t>>,
    pub(super) at: usize,
    pub(super) depth: usize,
    /// The function whose argument is being read.
    pub(super) function: Option<&'static str>,
    pub(super) faults: Vec<Fault>,
}

/// How strongly an operator binds; both operands of a comparison bind more strongly than the comparison.
fn power(token: &Token<'_>) -> Option<u8> {
    Some(match token {
        Token::Name("or") => 1,
        Token::Name("and") => 2,
        Token::Symbol(">" | ">=" | "<" | "<=") => 4,
        Token::Symbol("+" | "-") => 5,
        _ => return None,
    })
}

/// How strongly `not` binds: less than a comparison, more than `and`.
pub(super) const NOT: u8 = 3;

/// How strongly a sign binds.
pub(super) const SIGN: u8 = 6;

impl<'t> Parser<'t> {
    pub(super) fn fault(
        &mut self,
        code: &'static str,
        span: Range<usize>,
        message: String,
        help: Option<String>,
    ) -> Item {
        self.faults.push(Fault { code, span, message, help });
        Item::Wrong
    }

    pub(super) fn next(&mut self) -> Option<Word<'t>> {
        let word = self.words.get(self.at).cloned();
        self.at += 1;
        word
    }

    pub(super) fn peek(&self) -> Option<&Token<'t>> {
        self.words.get(self.at).map(|word| &word.token)
    }

    /// Reports brackets without a partner, which would make nonsense of everything said about what stands between.
    fn check_brackets(&mut self) {
        let mut open = Vec::new();
        let mut unopened = Vec::new();
        for word in &self.words {
            match word.token {
                Token::Symbol("(") => open.push(word.span.clone()),
                Token::Symbol(")") if open.pop().is_none() => unopened.push(word.span.clone()),
                _ => {}
            }
        }
        for span in unopened {
            let help = Some("leave it out".to_owned());
            self.fault(codes::CONDITION, span, "there is no bracket to close".to_owned(), help);
        }
        // The outermost is the one most often forgotten, and one message is enough.
        if let Some(span) = open.into_iter().next() {
            let help = Some("add `)`".to_owned());
            self.fault(codes::CONDITION, span, "this bracket is never closed".to_owned(), help);
        }
    }

    /// Gives up on the rest of the text, of which nothing can be made after a fault of grammar.
    pub(super) fn abandon(&mut self, span: Range<usize>) -> Part {
        self.at = self.words.len();
        Part { item: Item::Wrong, span }
    }

    pub(super) fn unexpected(&mut self, word: &Word<'t>) -> Part {
        let typed = &self.text[word.span.clone()];
        let help = match &word.token {
            Token::Stray("=" | "==") => Some("write `>=` or `<=`: two numbers are never exactly equal".to_owned()),
            Token::Stray("!=") => Some("write `>` or `<`".to_owned()),
            Token::Stray("&&") => Some("write `and`".to_owned()),
            Token::Stray("||") => Some("write `or`".to_owned()),
            Token::Stray("!") => Some("write `not`".to_owned()),
            Token::Stray("*" | "/") => Some("conditions have `+` and `-` only".to_owned()),
            Token::Name(_) | Token::Number { .. } | Token::Symbol("(") => {
                Some("between two numbers stands `>`, `<`, `+` or `-`; between two conditions `and` or `or`".to_owned())
            }
            _ => None,
        };
        self.fault(codes::CONDITION, word.span.clone(), format!("{} cannot stand here", quoted(typed)), help);
        self.abandon(word.span.clone())
    }

    /// Reads operands and the operators between them that bind more strongly than `floor`.
    pub(super) fn part(&mut self, floor: u8) -> Part {
        self.depth += 1;
        let mut left = if self.depth > DEEPEST {
            let message = format!("brackets and signs are nested deeper than {DEEPEST}");
            let span = self.words.get(self.at).map_or(0..self.text.len(), |word| word.span.clone());
            self.fault(codes::CONDITION, span.clone(), message, None);
            self.abandon(span)
        } else {
            self.operand()
        };
        while let Some(strength) = self.peek().and_then(power).filter(|strength| *strength > floor) {
            let Some(operator) = self.next() else { break };
            let right = self.part(strength);
            let span = left.span.start..right.span.end;
            let item = match operator.token {
                Token::Name(name) => self.joined(name == "and", left, right),
                Token::Symbol(symbol @ ("+" | "-")) => self.sum(symbol == "+", left, right),
                Token::Symbol(symbol) => self.comparison(symbol, left, right),
                _ => Item::Wrong,
            };
            left = Part { item, span };
        }
        self.depth -= 1;
        left
    }

    /// Reads the closing bracket that belongs to the opening one at `open`; answers where it ends.
    pub(super) fn close(&mut self, open: &Range<usize>) -> usize {
        if !self.faults.is_empty() && self.at >= self.words.len() {
            return self.text.len();
        }
        match self.next() {
            Some(Word { token: Token::Symbol(")"), span }) => span.end,
            Some(word) => self.unexpected(&word).span.end,
            None => self.abandon(open.clone()).span.end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Variable;
    use crate::scenario::scenario::Comparison;

    fn constant(condition: &Condition) -> f64 {
        match condition {
            Condition::Compare { right: Expression::Constant(value), .. } => *value,
            other => panic!("{other:?} does not compare with a constant"),
        }
    }

    #[test]
    fn a_difference_of_rates_is_compared_in_basis_points() {
        let condition = parse("sofr - iorb > 10bp").expect("a spread");
        let hundred = |variable| Box::new(Expression::Value { variable, scale: 100.0 });
        let expected = Condition::Compare {
            left: Expression::Difference(hundred(Variable::Sofr), hundred(Variable::Iorb)),
            comparison: Comparison::Above,
            right: Expression::Constant(10.0),
        };
        assert_eq!(condition, expected);
    }

    #[test]
    fn constants_come_in_the_unit_of_the_comparison() {
        assert_eq!(constant(&parse("min(reserves) < 2.8tn").expect("tn")), 2800.0);
        assert_eq!(constant(&parse("scarcity >= 20%").expect("share")), 0.2);
        assert_eq!(constant(&parse("reserves_gdp < 10.5%").expect("percent")), 10.5);
        assert_eq!(constant(&parse("sofr_iorb > 0.1%").expect("percent of a spread")), 10.0);
        assert_eq!(constant(&parse("days(sofr_iorb > 10bp) >= 5").expect("days")), 5.0);
        assert_eq!(constant(&parse("change(sofr) > -25bp").expect("change")), -25.0);
    }

    #[test]
    fn and_binds_more_strongly_than_or_and_not_more_strongly_than_and() {
        let condition = parse("tga > 1tn or not srf > 50bn and on_rrp < 10bn").expect("three conditions");
        let Condition::Or(_, right) = condition else { panic!("`or` is outermost") };
        let Condition::And(left, _) = *right else { panic!("`and` is inside") };
        assert!(matches!(*left, Condition::Not(_)));
    }

    #[test]
    fn what_is_printed_reads_back_as_the_same_condition() {
        for text in [
            "sofr - iorb > 10bp",
            "sofr > iorb + 10bp",
            "min(reserves) < 2800bn and days(sofr_iorb > 10bp and tga > 900bn) >= 5",
            "not (tga > 1tn or srf > 50bn) and (effr < 4% or effr > 5%)",
            "fed_assets - (tga - on_rrp) < -reserves + 10tn",
            "max(sofr) - min(sofr) > 50bp or change(reserves) <= -100bn",
            "end(scarcity) > 7% or 10bp <= mean(sofr_iorb)",
            "(tga > 1tn and (srf > 1bn and on_rrp > 1bn)) or (tga > 2tn or srf > 2bn)",
        ] {
            let condition = parse(text).unwrap_or_else(|faults| panic!("{text}: {faults:?}"));
            let printed = condition.to_string();
            assert_eq!(parse(&printed).as_ref(), Ok(&condition), "{text} was printed as {printed}");
        }
    }

    #[test]
    fn each_fault_is_underlined_and_answered() {
        for (text, words, help) in [
            ("sorf - iorb > 10bp", "sorf", "did you mean `sofr`?"),
            ("sofr > 10bp", "10bp", "basis points measure a difference of two rates: `sofr - iorb > 10bp`"),
            ("reserves < 2800", "2800", "say the unit: `2800bn`"),
            ("sofr - iorb > 10", "10", "say the unit: `10bp`"),
            ("sofr - iorb = 10bp", "=", "write `>=` or `<=`: two numbers are never exactly equal"),
            ("tga > 1tn && srf > 1bn", "&&", "write `and`"),
            ("(tga > 1tn", "(", "add `)`"),
            ("tga > 1tn)", ")", "leave it out"),
            ("minimum(tga) > 1tn", "minimum", "the functions are min, max, mean, change, end, days"),
            ("mim(tga) > 1tn", "mim", "did you mean `min(…)`?"),
            ("min > 1tn", "min", "write `min(reserves)`"),
            ("days(tga) > 5", "(tga)", "for instance `days(sofr_iorb > 10bp)`"),
            ("days(tga > 1tn >= 5", "(", "add `)`"),
            ("max(srf)", "max(srf)", "say what it must exceed: `max(srf) > 850bn`"),
            ("min(max(tga)) > 1tn", "max", "take `max(…)` outside"),
            (
                "10bp < sofr_iorb < 20bp",
                "10bp < sofr_iorb < 20bp",
                "write two, joined by `and`: `sofr - iorb > 10bp and sofr - iorb < 20bp`",
            ),
            ("tga and srf > 1bn", "tga", "compare it with something, such as `> 10bp`"),
            ("1bn > 2bn", "1bn > 2bn", "one side must hold a variable, such as `reserves`"),
            ("reserves < 2800nb", "2800nb", "did you mean `2800bn`?"),
        ] {
            let faults = parse(text).expect_err(text);
            assert_eq!(faults.len(), 1, "{text}: {faults:?}");
            assert_eq!(&text[faults[0].span.clone()], words, "{text}");
            assert_eq!(faults[0].help.as_deref(), Some(help), "{text}");
        }
    }

    #[test]
    fn two_unknown_variables_are_both_reported() {
        assert_eq!(parse("sorf - irob > 10bp").expect_err("two").len(), 2);
    }

    #[test]
    fn depth_and_length_are_bounded() {
        for text in
            ["(".repeat(100_000), "not ".repeat(100_000), "-".repeat(150), format!("tga{}", " + tga".repeat(100_000))]
        {
            assert!(!parse(&text).expect_err("too much").is_empty());
        }
    }

    #[test]
    fn nothing_typed_makes_the_parser_fall_over() {
        let words = ["sofr", "10bp", "(", ")", "and", "or", "not", "-", ">", "min", "days", "=", "é", "1tn", "%", ""];
        let mut state = 1_u64;
        for _ in 0..20_000 {
            let text: Vec<&str> = (0..8)
                .map(|_| {
                    // Knuth's MMIX linear congruential generator, for variety only.
                    state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                    words[(state >> 33) as usize % words.len()]
                })
                .collect();
            if let Err(faults) = parse(&text.join(" ")) {
                assert!(!faults.is_empty(), "{text:?}");
            }
        }
    }
}
