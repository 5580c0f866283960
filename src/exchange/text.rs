//! Pieces of equations as XMILE spells them (OASIS 2015, section 3.3): names, numbers, and the few functions the model needs.

/// A day that never comes, and a limit that never binds: XMILE has no infinity.
pub const NEVER: f64 = 1e9;

/// A number, to the last bit; in parentheses where it is negative.
pub fn number(value: f64) -> String {
    let finite = value.clamp(-NEVER, NEVER);
    if finite < 0.0 { format!("({finite})") } else { format!("{finite}") }
}

/// A variable's name as equations refer to it: underscores for spaces, quotes around what is no plain word.
pub fn reference(name: &str) -> String {
    let joined = name.replace(' ', "_");
    let plain = joined.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if plain { joined } else { format!("\"{joined}\"") }
}

/// Terms added up; nil if there are none.
pub fn sum(terms: impl IntoIterator<Item = String>) -> String {
    let terms: Vec<String> = terms.into_iter().collect();
    if terms.is_empty() { "0".to_owned() } else { terms.join(" + ") }
}

/// `ln(1 + e^x)` of a variable, written so that no exponential overflows.
pub fn softplus(x: &str) -> String {
    format!("(MAX({x}, 0) + LN(1 + EXP(0 - ABS({x}))))")
}

/// The x of which a positive variable is the [`softplus`].
pub fn softplus_inverse(y: &str) -> String {
    format!("({y} + LN(1 - EXP(0 - {y})))")
}

/// `1 / (1 + e^−x)` of a variable: the slope of [`softplus`].
pub fn logistic(x: &str) -> String {
    format!("(1 / (1 + EXP(MIN(0 - {x}, 700))))")
}

/// One while `start ≤ day < end`, else nil.
pub fn during(start: f64, end: f64) -> String {
    if end >= NEVER {
        return since(start);
    }
    format!("(IF TIME >= {} AND TIME < {} THEN 1 ELSE 0)", number(start), number(end))
}

/// One from `start` on, before it nil.
pub fn since(start: f64) -> String {
    format!("(IF TIME >= {} THEN 1 ELSE 0)", number(start))
}

/// The share of a move over `over` days that has happened by the close of `day`.
pub fn share_done(day: &str, start: f64, over: f64) -> String {
    format!("MIN(MAX(({day} - {} + 1) / {}, 0), 1)", number(start), number(over))
}

/// Text with the characters escaped that mean something in XML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_bits_and_infinity_becomes_a_day_that_never_comes() {
        for value in [0.1 + 0.2, 1.0 / 3.0, 2.5e-7, 3190.0] {
            assert_eq!(number(value).parse::<f64>().unwrap().to_bits(), value.to_bits());
        }
        assert_eq!(number(-9.3), "(-9.3)");
        assert_eq!(number(f64::INFINITY), "1000000000");
        assert_eq!(during(3.0, f64::INFINITY), since(3.0));
    }

    #[test]
    fn only_names_that_are_no_plain_words_are_quoted() {
        assert_eq!(reference("tax receipts"), "tax_receipts");
        assert_eq!(reference("ON RRP take-up"), "\"ON_RRP_take-up\"");
    }
}
