//! The words of a condition.

use crate::scenario::quantity::unit_of;
use std::ops::Range;

/// A word and the bytes of the condition it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    pub token: Token<'t>,
    pub span: Range<usize>,
}

/// What a word is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token<'t> {
    /// A number with the unit behind it.
    Number { digits: &'t str, suffix: &'t str },
    /// A variable, a function, or `and`, `or`, `not`.
    Name(&'t str),
    /// An operator or a bracket, in its plain spelling.
    Symbol(&'static str),
    /// Something a condition has no use for.
    Stray(&'t str),
}

/// Every operator and bracket with its plain spelling; longer ones before their beginnings.
const SYMBOLS: &[(&str, &str)] = &[
    (">=", ">="),
    ("<=", "<="),
    ("≥", ">="),
    ("≤", "<="),
    (">", ">"),
    ("<", "<"),
    ("+", "+"),
    ("-", "-"),
    ("−", "-"),
    ("(", "("),
    (")", ")"),
];

/// Spellings of other languages, recognised in order to say what to write instead.
const STRAY: &[&str] = &["==", "!=", "=", "&&", "||", "!", "*", "/"];

/// Splits a condition into words.
pub fn words(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = |belongs: fn(char) -> bool| rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        let (token, taken) = if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        } else if first.is_ascii_digit() {
            let number = length(|c| c.is_ascii_digit() || c == '_' || c == '.');
            let unit = rest[number..].find(|c: char| !(c.is_ascii_alphanumeric() || c == '%' || c == '/'));
            let unit = unit.unwrap_or(rest.len() - number);
            (Token::Number { digits: &rest[..number], suffix: &rest[number..number + unit] }, number + unit)
        } else if first.is_alphabetic() || first == '_' {
            let name = length(|c| c.is_alphanumeric() || c == '_');
            (Token::Name(&rest[..name]), name)
        } else if let Some((spelling, plain)) = SYMBOLS.iter().find(|(spelling, _)| rest.starts_with(spelling)) {
            (Token::Symbol(plain), spelling.len())
        } else {
            let taken =
                STRAY.iter().find(|stray| rest.starts_with(**stray)).map_or(first.len_utf8(), |stray| stray.len());
            (Token::Stray(&rest[..taken]), taken)
        };
        // A unit may stand a space behind its number.
        let detached = match (&token, words.last_mut()) {
            (
                Token::Name(unit) | Token::Stray(unit @ "%"),
                Some(Word { token: Token::Number { suffix, .. }, span }),
            ) if suffix.is_empty() && unit_of(unit).is_some() => {
                *suffix = unit;
                span.end = at + taken;
                true
            }
            _ => false,
        };
        if !detached {
            words.push(Word { token, span: at..at + taken });
        }
        at += taken;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_units_and_operators_their_plain_spelling() {
        let tokens: Vec<Token<'_>> = words("sofr−iorb ≥ 1_0.5 bp and 5%").into_iter().map(|word| word.token).collect();
        assert_eq!(
            tokens,
            [
                Token::Name("sofr"),
                Token::Symbol("-"),
                Token::Name("iorb"),
                Token::Symbol(">="),
                Token::Number { digits: "1_0.5", suffix: "bp" },
                Token::Name("and"),
                Token::Number { digits: "5", suffix: "%" },
            ]
        );
    }
}
