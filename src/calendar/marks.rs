//! Everything the calendar says about one day, gathered for the simulation and the reports.

use jiff::civil::{Date, Weekday};

use super::fedwire::{business_day_of_month, is_business_day, next_business_day};
use super::fiscal::{BenefitDay, TaxDate, benefit_payment, tax_date};
use super::roll::rolled_forward_to;
use super::settlement::{CouponSettlement, bills_settle, coupons_settle, mbs_pays};

/// What is known in advance about a day.
///
/// On a day the Fedwire services are closed nothing is paid: every mark is off except the
/// weekday and the running `business_day`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayMarks {
    /// Day of the week.
    pub weekday: Weekday,
    /// Number of business days of the month begun by this day; on a business day its own number,
    /// counted from 1.
    pub business_day: u32,
    /// The 15th or the next business day: interest on 3-, 10- and 30-year coupons.
    pub mid_month: bool,
    /// Month-end for balance sheets, the last business day of the month.
    pub month_end: bool,
    /// The month-end of March, June, September and December.
    pub quarter_end: bool,
    /// The month-end of December.
    pub year_end: bool,
    /// Regular Treasury bills settle.
    pub bills_settle: bool,
    /// Notes and bonds that settle, if any.
    pub coupons_settle: Option<CouponSettlement>,
    /// Taxes that fall due, if any.
    pub tax: Option<TaxDate>,
    /// Social Security payment, if any.
    pub benefit: Option<BenefitDay>,
    /// Agency MBS pay principal and interest.
    pub mbs_principal: bool,
}

/// The marks of `date`.
pub fn marks(date: Date) -> DayMarks {
    let open = is_business_day(date);
    let business_day = business_day_of_month(date);
    let month_end = open && next_business_day(date).month() != date.month();
    let fifteenth = |day: Date| day.day() == 15;
    DayMarks {
        weekday: date.weekday(),
        business_day,
        mid_month: rolled_forward_to(date, is_business_day, fifteenth).is_some(),
        month_end,
        quarter_end: month_end && date.month() % 3 == 0,
        year_end: month_end && date.month() == 12,
        bills_settle: bills_settle(date),
        coupons_settle: coupons_settle(date),
        tax: tax_date(date),
        benefit: benefit_payment(date),
        mbs_principal: mbs_pays(date),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::fedwire::business_days;
    use jiff::civil::date;

    const QUIET: DayMarks = DayMarks {
        weekday: Weekday::Monday,
        business_day: 0,
        mid_month: false,
        month_end: false,
        quarter_end: false,
        year_end: false,
        bills_settle: false,
        coupons_settle: None,
        tax: None,
        benefit: None,
        mbs_principal: false,
    };

    /// 31 December 2025, a Wednesday: the 22nd business day (21 weekdays after the 1st, less
    /// Christmas, plus itself); 2-, 5- and 7-year notes settled (CUSIPs 91282CPS4, CPR6, CPQ8).
    #[test]
    fn the_last_day_of_2025() {
        let expected = DayMarks {
            weekday: Weekday::Wednesday,
            business_day: 22,
            month_end: true,
            quarter_end: true,
            year_end: true,
            coupons_settle: Some(CouponSettlement::MonthEnd),
            ..QUIET
        };
        assert_eq!(marks(date(2025, 12, 31)), expected);
    }

    /// 15 April 2025, a Tuesday: bills and 3-, 10- and 30-year coupons settled, taxes were due.
    #[test]
    fn a_tax_day() {
        let expected = DayMarks {
            weekday: Weekday::Tuesday,
            business_day: 11,
            mid_month: true,
            bills_settle: true,
            coupons_settle: Some(CouponSettlement::MidMonth),
            tax: Some(TaxDate::April),
            ..QUIET
        };
        assert_eq!(marks(date(2025, 4, 15)), expected);
    }

    /// Month-end coupons of May 2025 settled on Monday 2 June (CUSIP 91282CNF4), while the
    /// balance-sheet date was Friday 30 May.
    #[test]
    fn month_end_and_its_settlement_can_lie_in_different_months() {
        assert!(marks(date(2025, 5, 30)).month_end);
        assert_eq!(marks(date(2025, 5, 30)).coupons_settle, None);
        let june = marks(date(2025, 6, 2));
        assert!(june.business_day == 1 && !june.month_end);
        assert_eq!(june.coupons_settle, Some(CouponSettlement::MonthEnd));
    }

    /// Good Friday, 15 April 2022: the Daily Treasury Statement has interest of $2.8bn and
    /// redemptions of notes of $89.6bn, while the issues that replaced them came on the 18th.
    #[test]
    fn mid_month_is_a_fedwire_day_even_on_good_friday() {
        assert!(marks(date(2022, 4, 15)).mid_month);
        assert_eq!(marks(date(2022, 4, 15)).coupons_settle, None);
    }

    #[test]
    fn nothing_is_paid_on_a_closed_day() {
        let expected = DayMarks { weekday: Weekday::Saturday, business_day: 10, ..QUIET };
        assert_eq!(marks(date(2025, 3, 15)), expected);
    }

    #[test]
    fn every_month_has_one_of_each_numbered_day() {
        let mut counts = [0; 5];
        for day in business_days(date(2018, 1, 1), date(2030, 12, 31)) {
            let marked = marks(day);
            for (count, mark) in counts.iter_mut().zip([
                marked.business_day == 1,
                marked.month_end,
                marked.mid_month,
                marked.quarter_end,
                marked.year_end,
            ]) {
                *count += u32::from(mark);
            }
        }
        assert_eq!(counts, [156, 156, 156, 52, 13]);
    }
}
