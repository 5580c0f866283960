//! Quantities: a number and its unit, `"850bn"`, `"12bp"`, `"25bn/month"`.

use crate::scenario::suggestion::nearest;
use crate::units::Unit;
use std::fmt;

/// Why a text is not a quantity in the unit wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// What was expected and what was found.
    pub message: String,
    /// What to type instead.
    pub help: Option<String>,
}

impl Complaint {
    /// What is wrong with what was typed `of` an option, with what to type below it.
    pub fn told(&self, of: &str) -> String {
        let help = self.help.as_ref().map_or(String::new(), |help| format!("\n\nhelp: {help}"));
        format!("{of}: {}{help}", self.message)
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.help {
            Some(help) => write!(f, "{}; {help}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

/// A number as typed, with what follows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Spelled<'a> {
    /// The digits, without underscores, with sign and decimal point.
    pub digits: String,
    /// What follows the number, without the spaces between.
    pub suffix: &'a str,
}

/// Everything that may follow a number: the unit, and the power of ten that brings it to the unit's own size.
const SUFFIXES: &[(&str, Unit, i32)] = &[
    ("", Unit::Number, 0),
    ("bn", Unit::Billions, 0),
    ("tn", Unit::Billions, 3),
    ("mn", Unit::Billions, -3),
    ("bn/day", Unit::BillionsPerDay, 0),
    ("tn/day", Unit::BillionsPerDay, 3),
    ("mn/day", Unit::BillionsPerDay, -3),
    ("bn/week", Unit::BillionsPerWeek, 0),
    ("tn/week", Unit::BillionsPerWeek, 3),
    ("mn/week", Unit::BillionsPerWeek, -3),
    ("bn/month", Unit::BillionsPerMonth, 0),
    ("tn/month", Unit::BillionsPerMonth, 3),
    ("mn/month", Unit::BillionsPerMonth, -3),
    ("bn/bp", Unit::BillionsPerBasisPoint, 0),
    ("mn/bp", Unit::BillionsPerBasisPoint, -3),
    ("bp", Unit::BasisPoints, 0),
    ("bp/100bn", Unit::BasisPointsPer100Billion, 0),
    ("%", Unit::Percent, 0),
    ("d", Unit::CalendarDays, 0),
    ("bd", Unit::BusinessDays, 0),
];

/// Reads a quantity in `unit`; the answer is finite and in the unit's own size.
///
/// # Errors
/// If the text is not a number followed by a unit, or the unit is another one.
pub fn parse(text: &str, unit: Unit) -> Result<f64, Complaint> {
    let Some(spelled) = spell(text) else {
        return Err(Complaint { message: mismatch(unit, &shown(text)), help: repair(text, unit) });
    };
    match unit_of(spelled.suffix) {
        Some((found, power)) if found == unit => finite(&spelled.digits, power, unit, text),
        Some((Unit::Percent, _)) if unit == Unit::Share => finite(&spelled.digits, -2, unit, text),
        Some((Unit::Number, _)) if unit == Unit::Share => finite(&spelled.digits, 0, unit, text),
        found => Err(Complaint {
            message: mismatch(unit, &shown(text)),
            help: match found {
                Some((found, power)) => conversion(&spelled.digits, found, power, unit),
                None => repair(text, unit).or_else(|| respelled(&spelled, unit)),
            },
        }),
    }
}

/// Splits a text into a number and what follows it, if it begins with a number.
///
/// A number is digits with underscores between them and at most one decimal point; a minus sign may be the true one.
pub fn spell(text: &str) -> Option<Spelled<'_>> {
    let text = text.trim();
    let (sign, rest) = match text.chars().next()? {
        sign @ ('-' | '−') => ("-", &text[sign.len_utf8()..]),
        '+' => ("", &text[1..]),
        _ => ("", text),
    };
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '_' || c == '.')).unwrap_or(rest.len());
    let (number, suffix) = rest.split_at(end);
    let well_formed = number.starts_with(|c: char| c.is_ascii_digit())
        && number.ends_with(|c: char| c.is_ascii_digit())
        && number.matches('.').count() <= 1
        && !number.contains("__")
        && !number.contains("_.")
        && !number.contains("._");
    well_formed.then(|| Spelled { digits: format!("{sign}{}", number.replace('_', "")), suffix: suffix.trim_start() })
}

/// The unit a suffix stands for and the power of ten to the unit's own size.
pub fn unit_of(suffix: &str) -> Option<(Unit, i32)> {
    SUFFIXES.iter().find(|(spelling, _, _)| *spelling == suffix).map(|(_, unit, power)| (*unit, *power))
}

/// The number a spelling stands for after a shift of the decimal point, rounded once.
pub fn shifted(digits: &str, power: i32) -> f64 {
    // Digits with an exponent are always a number to Rust; too many of them make an infinity, which callers refuse.
    format!("{digits}e{power}").parse().unwrap_or(f64::NAN)
}

/// A value in `unit` as one would type it, without quotes.
pub fn show(value: f64, unit: Unit) -> String {
    match unit {
        // Twelve digits hide that hundredths are not exact in binary.
        Unit::Share => format!("{}%", format!("{:.12}", value * 100.0).trim_end_matches('0').trim_end_matches('.')),
        _ => format!("{value}{}", unit.suffix()),
    }
}

/// The sentence that says what was expected.
pub fn mismatch(unit: Unit, found: &str) -> String {
    format!("expected {}, such as {}; found {found}", unit.meaning(), unit.example())
}

fn finite(digits: &str, power: i32, unit: Unit, text: &str) -> Result<f64, Complaint> {
    let value = shifted(digits, power);
    if value.is_finite() {
        return Ok(value);
    }
    Err(Complaint { message: mismatch(unit, &shown(text)), help: Some("the number is too large".to_owned()) })
}

/// What to type where the number is right but in another unit.
fn conversion(digits: &str, found: Unit, power: i32, wanted: Unit) -> Option<String> {
    use Unit::{
        BasisPoints, Billions, BillionsPerDay, BillionsPerMonth, BillionsPerWeek, BusinessDays, CalendarDays, Number,
        Percent,
    };
    let pace = |unit| matches!(unit, BillionsPerDay | BillionsPerWeek | BillionsPerMonth);
    Some(match (found, wanted) {
        (Number, _) => format!("write \"{digits}{}\"", wanted.suffix()),
        (Percent, BasisPoints) => format!("{digits}% is \"{}\"", show(shifted(digits, 2), wanted)),
        (BasisPoints, Percent) => {
            format!("{digits}bp is \"{}\"", show(shifted(digits, -2), wanted))
        }
        (BasisPoints, Unit::BasisPointsPer100Billion) => format!("say per what: \"{digits}bp/100bn\""),
        (Billions, _) if pace(wanted) || wanted == Unit::BillionsPerBasisPoint => {
            format!("say per what: \"{}\"", show(shifted(digits, power), wanted))
        }
        (_, _) if pace(found) && pace(wanted) => {
            format!("a pace is not converted, because months differ in length: give it {}", per(wanted))
        }
        (CalendarDays, BusinessDays) => "these are business days: five make a week, about 21 a month".to_owned(),
        (BusinessDays, CalendarDays) => "these are calendar days: seven make a week".to_owned(),
        (_, Number) => format!("leave out the unit: {digits}"),
        _ => return None,
    })
}

fn per(unit: Unit) -> &'static str {
    match unit {
        Unit::BillionsPerDay => "per business day",
        Unit::BillionsPerWeek => "per week",
        _ => "per month",
    }
}

/// What to type where the number is right and the unit is no unit.
fn respelled(spelled: &Spelled<'_>, unit: Unit) -> Option<String> {
    let digits = &spelled.digits;
    let lower = spelled.suffix.to_lowercase();
    let plain: String = lower.chars().filter(|c| !c.is_whitespace()).take(40).collect();
    let words = match plain.as_str() {
        "billion" | "billions" | "b" | "bln" | "bil" | "g" => "bn",
        "trillion" | "trillions" | "t" | "trn" | "tr" => "tn",
        "million" | "millions" | "m" | "mm" | "mln" => "mn",
        "percent" | "pct" | "pc" => "%",
        "bps" | "basispoints" | "basispoint" => "bp",
        "day" | "days" => "d",
        "businessdays" | "bdays" | "bds" => "bd",
        other => {
            nearest(other, SUFFIXES.iter().map(|(spelling, _, _)| *spelling).filter(|s| !s.is_empty())).unwrap_or("")
        }
    };
    if let Some(days) = days_of(&plain).filter(|_| matches!(unit, Unit::CalendarDays | Unit::BusinessDays)) {
        let per = if unit == Unit::CalendarDays { days.0 } else { days.1 };
        let number = shifted(digits, 0) * f64::from(per);
        return number.is_finite().then(|| format!("write \"{number}{}\"", unit.suffix()));
    }
    let fits = unit_of(words).is_some_and(|(found, _)| found == unit || (found, unit) == (Unit::Percent, Unit::Share));
    Some(match fits {
        true => format!("did you mean \"{digits}{words}\"?"),
        false => format!("the number is followed by `{}`", unit.suffix()),
    })
}

/// Calendar and business days in a longer span of time.
fn days_of(span: &str) -> Option<(u32, u32)> {
    match span {
        "w" | "week" | "weeks" => Some((7, 5)),
        "month" | "months" => Some((30, 21)),
        "y" | "year" | "years" => Some((365, 250)),
        _ => None,
    }
}

/// What to type where there is no number at the front.
fn repair(text: &str, unit: Unit) -> Option<String> {
    let text = text.trim();
    if let Some(rest) = text.strip_prefix(['$', '~', '€']) {
        return parse(rest, unit).is_ok().then(|| format!("write \"{}\"", rest.trim()));
    }
    // Commas and spaces between groups of three digits.
    let joined: String = text.chars().filter(|c| !matches!(c, ',' | ' ' | '\'')).take(80).collect();
    (joined != text && parse(&joined, unit).is_ok()).then(|| format!("write \"{joined}\""))
}

fn shown(text: &str) -> String {
    let quoted = crate::scenario::diagnostic::quoted(text);
    format!("\"{}\"", quoted.trim_matches('`'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_people_use() {
        assert_eq!(parse("850bn", Unit::Billions), Ok(850.0));
        assert_eq!(parse("1.2tn", Unit::Billions), Ok(1200.0));
        assert_eq!(parse("500mn", Unit::Billions), Ok(0.5));
        assert_eq!(parse("-40 bn", Unit::Billions), Ok(-40.0));
        assert_eq!(parse("−40bn", Unit::Billions), Ok(-40.0));
        assert_eq!(parse("1_200bn", Unit::Billions), Ok(1200.0));
        assert_eq!(parse("12bp", Unit::BasisPoints), Ok(12.0));
        assert_eq!(parse("3.90%", Unit::Percent), Ok(3.9));
        assert_eq!(parse("35%", Unit::Share), Ok(0.35));
        assert_eq!(parse("0.35", Unit::Share), Ok(0.35));
        assert_eq!(parse("25bn/month", Unit::BillionsPerMonth), Ok(25.0));
        assert_eq!(parse("2.24bn/bp", Unit::BillionsPerBasisPoint), Ok(2.24));
        assert_eq!(parse("3.45bp/100bn", Unit::BasisPointsPer100Billion), Ok(3.45));
        assert_eq!(parse("30d", Unit::CalendarDays), Ok(30.0));
        assert_eq!(parse("20bd", Unit::BusinessDays), Ok(20.0));
    }

    #[test]
    fn the_decimal_point_is_shifted_with_one_rounding() {
        // 1.005 times 1000 in binary is 1004.9999999999999.
        assert_eq!(parse("1.005tn", Unit::Billions), Ok(1005.0));
    }

    #[test]
    fn every_unit_reads_its_own_example_and_what_show_writes() {
        for (_, unit, _) in SUFFIXES {
            assert!(parse(unit.example().trim_matches('"'), *unit).is_ok(), "{unit:?}");
            assert_eq!(parse(&show(12.5, *unit), *unit), Ok(12.5), "{unit:?}");
        }
        assert_eq!(show(0.07, Unit::Share), "7%");
    }

    #[test]
    fn another_unit_is_refused_with_the_way_out() {
        let help = |text, unit| parse(text, unit).expect_err(text).help.unwrap_or_default();
        assert_eq!(
            parse("12bn", Unit::BasisPoints).expect_err("dollars").message,
            "expected basis points, such as \"12bp\"; found \"12bn\""
        );
        assert_eq!(help("0.12%", Unit::BasisPoints), "0.12% is \"12bp\"");
        assert_eq!(help("12", Unit::BasisPoints), "write \"12bp\"");
        assert_eq!(help("40bn", Unit::BillionsPerMonth), "say per what: \"40bn/month\"");
        assert!(help("1.2bn/day", Unit::BillionsPerMonth).contains("not converted"));
        assert_eq!(help("850 billion", Unit::Billions), "did you mean \"850bn\"?");
        assert_eq!(help("850nb", Unit::Billions), "did you mean \"850bn\"?");
        assert_eq!(help("12bps", Unit::BasisPoints), "did you mean \"12bp\"?");
        assert_eq!(help("5 weeks", Unit::CalendarDays), "write \"35d\"");
        assert_eq!(help("2 weeks", Unit::BusinessDays), "write \"10bd\"");
        assert_eq!(help("5 apples", Unit::CalendarDays), "the number is followed by `d`");
        assert_eq!(help("$850bn", Unit::Billions), "write \"850bn\"");
        assert_eq!(help("1,200bn", Unit::Billions), "write \"1200bn\"");
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "bn", "nanbn", "infbn", "1.2.3bn", "--1bn", "1__0bn", "1e3bn", ".5bn", "5.bn"] {
            assert!(parse(text, Unit::Billions).is_err(), "{text}");
        }
        assert!(parse(&format!("{}bn", "9".repeat(400)), Unit::Billions).is_err());
    }
}
