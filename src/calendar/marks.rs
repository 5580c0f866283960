//! Everything the calendar says about one day, gathered for the simulation and the reports.

use jiff::civil::{Date, Weekday};

use super::fedwire::{business_day_of_month, is_business_day, next_business_day};
use super::fiscal::{BenefitDay, TaxDate, benefit_payment, tax_date, tax_date_follow_up};
use super::roll::rolled_forward_to;
use super::settlement::{CouponSettlement, bills_settle, coupons_settle, mbs_pays};

/// What is known in advance about a day.
///
/// On a day the Fedwire services are closed nothing is paid: every mark is off except the
/// weekday, the two seasons, which are spans of calendar days, and the running `business_day`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayMarks {
    /// Day of the week.
    pub weekday: Weekday,
    /// Number of business days of the month begun by this day; on a business day its own number,
    /// counted from 1.
    pub business_day: u32,
    /// First business day of the month: benefits, pay and pensions dated the 1st.
    pub first_business_day: bool,
    /// Second business day of the month.
    pub second_business_day: bool,
    /// Third business day of the month.
    pub third_business_day: bool,
    /// Last business day of the month: payments due on a closed 1st are made on it.
    pub last_business_day: bool,
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
    /// The tax date that was the business day before, if it was one.
    pub tax_follow_up: Option<TaxDate>,
    /// Social Security payment, if any.
    pub benefit: Option<BenefitDay>,
    /// February 15 to March 31, when refunds to individuals are largest.
    pub refund_season: bool,
    /// April 16 to 30, when payments with final returns are still being booked.
    pub late_april: bool,
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
        first_business_day: open && business_day == 1,
        second_business_day: open && business_day == 2,
        third_business_day: open && business_day == 3,
        last_business_day: month_end,
        mid_month: rolled_forward_to(date, is_business_day, fifteenth).is_some(),
        month_end,
        quarter_end: month_end && date.month() % 3 == 0,
        year_end: month_end && date.month() == 12,
        bills_settle: bills_settle(date),
        coupons_settle: coupons_settle(date),
        tax: tax_date(date),
        tax_follow_up: tax_date_follow_up(date),
        benefit: benefit_payment(date),
        refund_season: matches!((date.month(), date.day()), (2, 15..) | (3, _)),
        late_april: matches!((date.month(), date.day()), (4, 16..)),
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
        first_business_day: false,
        second_business_day: false,
        third_business_day: false,
        last_business_day: false,
        mid_month: false,
        month_end: false,
        quarter_end: false,
        year_end: false,
        bills_settle: false,
        coupons_settle: None,
        tax: None,
        tax_follow_up: None,
        benefit: None,
        refund_season: false,
        late_april: false,
        mbs_principal: false,
    };

    /// 31 December 2025, a Wednesday: the 22nd business day (21 weekdays after the 1st, less
    /// Christmas, plus itself); 2-, 5- and 7-year notes settled (CUSIPs 91282CPS4, CPR6, CPQ8).
    #[test]
    fn the_last_day_of_2025() {
        let expected = DayMarks {
            weekday: Weekday::Wednesday,
            business_day: 22,
            last_business_day: true,
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
        let next = marks(date(2025, 4, 16));
        assert_eq!(next.tax_follow_up, Some(TaxDate::April));
        assert!(next.late_april);
    }

    /// Month-end coupons of May 2025 settled on Monday 2 June (CUSIP 91282CNF4), while the
    /// balance-sheet date was Friday 30 May.
    #[test]
    fn month_end_and_its_settlement_can_lie_in_different_months() {
        assert!(marks(date(2025, 5, 30)).month_end);
        assert_eq!(marks(date(2025, 5, 30)).coupons_settle, None);
        let june = marks(date(2025, 6, 2));
        assert!(june.first_business_day && !june.month_end);
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
        let expected = DayMarks { weekday: Weekday::Saturday, business_day: 10, refund_season: true, ..QUIET };
        assert_eq!(marks(date(2025, 3, 15)), expected);
    }

    #[test]
    fn seasons_begin_and_end_on_their_days() {
        let refunds = |month, day| marks(date(2024, month, day)).refund_season;
        assert_eq!([refunds(2, 14), refunds(2, 15)], [false, true]);
        assert_eq!([refunds(3, 31), refunds(4, 1)], [true, false]);
        let april = |month, day| marks(date(2024, month, day)).late_april;
        assert_eq!([april(4, 15), april(4, 16)], [false, true]);
        assert_eq!([april(4, 30), april(5, 1)], [true, false]);
    }

    #[test]
    fn every_month_has_one_of_each_numbered_day() {
        let mut counts = [0; 7];
        for day in business_days(date(2018, 1, 1), date(2030, 12, 31)) {
            let marked = marks(day);
            for (count, mark) in counts.iter_mut().zip([
                marked.first_business_day,
                marked.second_business_day,
                marked.third_business_day,
                marked.last_business_day,
                marked.mid_month,
                marked.quarter_end,
                marked.year_end,
            ]) {
                *count += u32::from(mark);
            }
        }
        assert_eq!(counts, [156, 156, 156, 156, 156, 52, 13]);
    }
}
