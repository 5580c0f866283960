//! Days on which reserves are needed or change hands, and funding is known to be different.

use crate::calendar::marks;
use jiff::civil::Date;

/// A kind of such days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpecialDay {
    /// Last business day of a quarter.
    QuarterEnd,
    /// A date on which taxes are due.
    TaxDate,
    /// A day on which notes and bonds settle.
    Settlement,
}

impl SpecialDay {
    /// All of them.
    pub const ALL: [SpecialDay; 3] = [SpecialDay::QuarterEnd, SpecialDay::TaxDate, SpecialDay::Settlement];

    /// The name in tables and files.
    pub fn name(self) -> &'static str {
        match self {
            SpecialDay::QuarterEnd => "quarter-ends",
            SpecialDay::TaxDate => "tax dates",
            SpecialDay::Settlement => "settlement days",
        }
    }

    /// Whether a date is one.
    pub fn is(self, date: Date) -> bool {
        let marks = marks(date);
        match self {
            SpecialDay::QuarterEnd => marks.quarter_end,
            SpecialDay::TaxDate => marks.tax.is_some(),
            SpecialDay::Settlement => marks.coupons_settle.is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// 30 September 2025 was a Tuesday; corporate taxes were due on the 15th, when three-, ten- and thirty-year
    /// securities settled.
    #[test]
    fn a_day_may_be_special_twice() {
        let kinds = |day: Date| SpecialDay::ALL.map(|kind| kind.is(day));
        assert_eq!(kinds(date(2025, 9, 15)), [false, true, true]);
        assert_eq!(kinds(date(2025, 9, 30)), [true, false, true]);
        assert_eq!(kinds(date(2025, 9, 10)), [false; 3]);
    }
}
