//! The units that quantities in scenario files, parameters and published variables carry.
//!
//! Inside the model every number is a bare float in the unit its parameter or variable declares here:
//! stocks in billions of dollars, spreads in basis points over the rate the Federal Reserve pays on
//! reserve balances (IORB), rates in percent per year, one step a Fedwire business day.

use std::fmt;

/// A unit of measure, as declared by a parameter, a variable or a field of a scenario file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Billions of US dollars, written `850bn` (also `1.2tn`, `500mn`).
    Billions,
    /// Billions of US dollars per business day, written `1.2bn/day`.
    BillionsPerDay,
    /// Billions of US dollars per week of five business days, written `11bn/week`.
    BillionsPerWeek,
    /// Billions of US dollars per calendar month, written `25bn/month`.
    BillionsPerMonth,
    /// Billions of US dollars per basis point, written `2.24bn/bp`.
    BillionsPerBasisPoint,
    /// Basis points, hundredths of a percentage point, written `12bp`.
    BasisPoints,
    /// Basis points per hundred billion dollars, written `3.45bp/100bn`.
    BasisPointsPer100Billion,
    /// Percent per year, or percent of GDP, written `3.90%`.
    Percent,
    /// A share of one, held as a fraction and written `35%` or `0.35`.
    Share,
    /// Calendar days, written `35d`.
    CalendarDays,
    /// Business days, written `20bd`.
    BusinessDays,
    /// A pure number.
    Number,
}

impl Unit {
    /// The suffix by which a scenario file states the unit; empty for a pure number.
    pub const fn suffix(self) -> &'static str {
        match self {
            Unit::Billions => "bn",
            Unit::BillionsPerDay => "bn/day",
            Unit::BillionsPerWeek => "bn/week",
            Unit::BillionsPerMonth => "bn/month",
            Unit::BillionsPerBasisPoint => "bn/bp",
            Unit::BasisPoints => "bp",
            Unit::BasisPointsPer100Billion => "bp/100bn",
            Unit::Percent | Unit::Share => "%",
            Unit::CalendarDays => "d",
            Unit::BusinessDays => "bd",
            Unit::Number => "",
        }
    }

    /// The unit in words, for messages and documentation.
    pub const fn meaning(self) -> &'static str {
        match self {
            Unit::Billions => "billions of dollars",
            Unit::BillionsPerDay => "billions of dollars per business day",
            Unit::BillionsPerWeek => "billions of dollars per week",
            Unit::BillionsPerMonth => "billions of dollars per month",
            Unit::BillionsPerBasisPoint => "billions of dollars per basis point",
            Unit::BasisPoints => "basis points",
            Unit::BasisPointsPer100Billion => "basis points per $100bn",
            Unit::Percent => "percent",
            Unit::Share => "a share",
            Unit::CalendarDays => "calendar days",
            Unit::BusinessDays => "business days",
            Unit::Number => "a plain number",
        }
    }

    /// A quantity in this unit as one would type it into a scenario file.
    pub const fn example(self) -> &'static str {
        match self {
            Unit::Billions => "\"850bn\"",
            Unit::BillionsPerDay => "\"1.2bn/day\"",
            Unit::BillionsPerWeek => "\"11bn/week\"",
            Unit::BillionsPerMonth => "\"25bn/month\"",
            Unit::BillionsPerBasisPoint => "\"2.24bn/bp\"",
            Unit::BasisPoints => "\"12bp\"",
            Unit::BasisPointsPer100Billion => "\"3.45bp/100bn\"",
            Unit::Percent => "\"3.90%\"",
            Unit::Share => "\"35%\"",
            Unit::CalendarDays => "\"35d\"",
            Unit::BusinessDays => "\"20bd\"",
            Unit::Number => "0.5",
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unit::Number => "1",
            Unit::Share => "share",
            unit => unit.suffix(),
        })
    }
}
