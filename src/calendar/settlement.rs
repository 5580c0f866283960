//! Days on which securities are delivered against payment: Treasury bills and coupons, and the
//! principal and interest of agency MBS.
//!
//! Source: TreasuryDirect, "When Auctions Happen (Schedules)". New issues need an open Treasury
//! market as well as open Fedwire services, so they also avoid Good Friday, on which only the
//! latter is open: the 3-, 10- and 30-year issues of 15 April 2022 settled on the 18th.
//! Maturing securities and interest are paid all the same, on the Fedwire day.
//!
//! Cash management bills follow no schedule. Most settle on the days of regular bills; those of
//! a debt-limit squeeze may settle on any business day and belong to the scenario.

use jiff::civil::{Date, Weekday};

use super::fedwire::is_business_day;
use super::roll::{rolled_back_to, rolled_forward_to};

/// First Tuesday on which bills settled. From the auctions announced on 2018-12-03 the 4- and
/// 8-week bills are issued on Tuesdays (Reuters, 2018-12-04; first issue CUSIP 912796UM9).
const FIRST_TUESDAY_BILLS: Date = jiff::civil::date(2018, 12, 11);

/// Day of the month on which UMBS and other 55-day agency pools pay.
///
/// Freddie Mac, "Payment Calculations for Mortgage-Backed Securities", 2019: "the 25th day of
/// each month, or if the 25th day is not a business day, the next business day".
const MBS_PAYMENT_DAY: i8 = 25;

/// Which of the two monthly settlements of notes and bonds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CouponSettlement {
    /// 3-, 10- and 30-year: the 15th.
    MidMonth,
    /// 2-, 5-, 7- and 20-year and new floating rate notes: the last calendar day. If that is a
    /// closed day, they settle on the first business day of the *next* month.
    MonthEnd,
}

/// Whether regular bills settle on `date`: Thursdays (6-, 13-, 26- and 52-week) and, since
/// December 2018, Tuesdays (4-, 8- and 17-week), or the next business day after a closed one.
pub fn bills_settle(date: Date) -> bool {
    let scheduled = |day: Date| match day.weekday() {
        Weekday::Tuesday => day >= FIRST_TUESDAY_BILLS,
        weekday => weekday == Weekday::Thursday,
    };
    rolled_forward_to(date, issues_settle, scheduled).is_some()
}

/// Which notes and bonds settle on `date`, if any.
///
/// Two kinds of coupon securities keep days of their own, see [`inflation_indexed_settle`] and
/// [`floating_reopenings_settle`].
pub fn coupons_settle(date: Date) -> Option<CouponSettlement> {
    let scheduled = |day: Date| day.day() == 15 || is_last_of_month(day);
    rolled_forward_to(date, issues_settle, scheduled).map(|day| match day.day() {
        15 => CouponSettlement::MidMonth,
        _ => CouponSettlement::MonthEnd,
    })
}

/// Whether inflation-indexed notes and bonds (TIPS) settle on `date`: the last calendar day of
/// the month or, unlike other coupons, the business day *before* it.
///
/// They are dated the 15th, so that nothing ties the delivery to the following month.
pub fn inflation_indexed_settle(date: Date) -> bool {
    rolled_back_to(date, issues_settle, is_last_of_month).is_some()
}

/// Whether reopened 2-year floating rate notes settle on `date`: the last Friday of the month,
/// or the next business day (Treasury, "Floating Rate Note Term Sheet").
///
/// Reopenings come in every month but January, April, July and October, when the new note
/// settles with the other coupons of the month's end.
pub fn floating_reopenings_settle(date: Date) -> bool {
    let last_friday =
        |day: Date| day.weekday() == Weekday::Friday && day.day() > day.days_in_month() - 7 && day.month() % 3 != 1;
    rolled_forward_to(date, issues_settle, last_friday).is_some()
}

/// Whether holders of agency MBS receive principal and interest on `date`: the 25th or the next
/// business day.
pub fn mbs_pays(date: Date) -> bool {
    rolled_forward_to(date, is_business_day, |day| day.day() == MBS_PAYMENT_DAY).is_some()
}

fn is_last_of_month(date: Date) -> bool {
    date.day() == date.days_in_month()
}

/// Whether new Treasury securities can be delivered: Fedwire open and not Good Friday.
fn issues_settle(date: Date) -> bool {
    is_business_day(date) && !is_good_friday(date)
}

fn is_good_friday(date: Date) -> bool {
    date.weekday() == Weekday::Friday
        && date
            .checked_add(jiff::Span::new().days(2))
            .is_ok_and(|sunday| (i32::from(sunday.month()), i32::from(sunday.day())) == easter(i32::from(date.year())))
}

/// Month and day of Easter Sunday in the Gregorian calendar, by the algorithm of J. Meeus,
/// "Astronomical Algorithms" (1991), chapter 8.
fn easter(year: i32) -> (i32, i32) {
    let golden = year % 19;
    let (century, of_century) = (year / 100, year % 100);
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - correction + 15) % 30;
    let to_sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * to_sunday) / 451;
    let march = epact + to_sunday - 7 * late + 114;
    (march / 31, march % 31 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// Issue dates of regular bills, with term and CUSIP, from the Treasury's auction results
    /// (Fiscal Data, "Treasury Securities Auctions Data") and offering announcements.
    #[test]
    fn bills_were_issued_on_predicted_days() {
        for (issued, bill) in [
            (date(2018, 11, 23), "13-week 912796QY8, Friday after Thanksgiving"),
            (date(2018, 12, 11), "8-week 912796UM9, the first Tuesday"),
            (date(2018, 12, 26), "4-week 912796UK3, Wednesday after Christmas"),
            (date(2023, 8, 15), "17-week 912797HU4"),
            (date(2024, 3, 28), "26-week 912797KM8"),
            (date(2024, 7, 5), "13-week 912797GW1, Friday after Independence Day"),
            (date(2024, 11, 29), "52-week 912797NL7, Friday after Thanksgiving"),
            (date(2024, 12, 26), "52-week 912797NU7"),
            (date(2025, 6, 20), "6-week 912797PG6, Friday after Juneteenth"),
            (date(2026, 1, 15), "26-week 912797TN7"),
            (date(2026, 3, 31), "17-week 912797UR6"),
        ] {
            assert!(bills_settle(issued), "{issued}: {bill}");
        }
    }

    #[test]
    fn bills_do_not_settle_between() {
        for idle in [
            date(2018, 11, 20), // Tuesday before the 4- and 8-week bills moved
            date(2018, 11, 22), // Thanksgiving
            date(2025, 6, 19),  // Juneteenth
            date(2025, 6, 23),  // Monday
            date(2025, 6, 25),  // Wednesday
            date(2025, 6, 27),  // Friday
        ] {
            assert!(!bills_settle(idle), "{idle}");
        }
    }

    /// Issue dates of notes and bonds, from the same sources; 2022-04-18 also from the Daily
    /// Treasury Statement of that day (issues of notes $99.1bn, none on the 15th).
    #[test]
    fn coupons_were_issued_on_predicted_days() {
        use CouponSettlement::{MidMonth, MonthEnd};
        for (issued, which, security) in [
            (date(2022, 4, 18), MidMonth, "3-year 91282CEH0, after Good Friday"),
            (date(2023, 8, 15), MidMonth, "30-year 912810TT5"),
            (date(2023, 12, 15), MidMonth, "10-year reopening 91282CJJ1"),
            (date(2024, 2, 29), MonthEnd, "5-year 91282CKD2, leap day"),
            (date(2024, 4, 1), MonthEnd, "2-year 91282CKH3, after Easter Sunday"),
            (date(2024, 6, 17), MidMonth, "3-year 91282CKV2, the 15th a Saturday"),
            (date(2024, 9, 3), MonthEnd, "20-year 912810UD8, after Labor Day"),
            (date(2025, 6, 2), MonthEnd, "7-year 91282CNF4"),
            (date(2025, 9, 30), MonthEnd, "2-year 91282CPB1"),
            (date(2025, 11, 17), MidMonth, "10-year 91282CPJ4"),
            (date(2025, 12, 1), MonthEnd, "5-year 91282CPN5"),
            (date(2026, 2, 17), MidMonth, "30-year 912810UR7, after Washington's Birthday"),
        ] {
            assert_eq!(coupons_settle(issued), Some(which), "{issued}: {security}");
        }
        assert_eq!(coupons_settle(date(2022, 4, 15)), None);
        assert_eq!(coupons_settle(date(2024, 8, 30)), None);
    }

    /// Issue dates from the same sources: TIPS 91282CHP9, 91282CJY8 (before Good Friday),
    /// 91282CLE9 and 912810UH9; floating rate notes 91282CJD4, 91282CJU6 and 91282CMX6.
    #[test]
    fn indexed_and_floating_notes_keep_their_own_days() {
        for issued in [date(2023, 9, 29), date(2024, 3, 28), date(2024, 11, 29), date(2025, 8, 29)] {
            assert!(inflation_indexed_settle(issued), "{issued}");
        }
        assert!(!inflation_indexed_settle(date(2024, 4, 1)));

        for issued in [date(2023, 11, 24), date(2024, 4, 1), date(2025, 6, 27)] {
            assert!(floating_reopenings_settle(issued), "{issued}");
        }
        assert!(!floating_reopenings_settle(date(2025, 7, 25)), "a new note's month");
    }

    /// One settlement of each kind every month, whatever the weekends and holidays.
    #[test]
    fn every_month_settles_once_in_each_way() {
        let days: Vec<Date> = super::super::fedwire::business_days(date(2018, 1, 3), date(2030, 12, 31));
        let count = |settles: &dyn Fn(Date) -> bool| days.iter().filter(|&&day| settles(day)).count();
        let months = 13 * 12;
        assert_eq!(count(&|day| coupons_settle(day) == Some(CouponSettlement::MidMonth)), months);
        assert_eq!(count(&|day| coupons_settle(day) == Some(CouponSettlement::MonthEnd)), months);
        assert_eq!(count(&inflation_indexed_settle), months);
        assert_eq!(count(&floating_reopenings_settle), months * 2 / 3);
        assert_eq!(count(&mbs_pays), months);
    }

    /// The rule quoted at [`MBS_PAYMENT_DAY`] applied to a weekday, a Saturday and a holiday.
    #[test]
    fn mbs_pay_on_the_25th_or_the_next_business_day() {
        assert!(mbs_pays(date(2025, 9, 25)));
        assert!(mbs_pays(date(2025, 10, 27)) && !mbs_pays(date(2025, 10, 24)));
        assert!(mbs_pays(date(2025, 12, 26)) && !mbs_pays(date(2025, 12, 25)));
    }

    /// Fridays on which the New York Fed published no SOFR although the Fedwire services were
    /// open, other than those before a Saturday holiday.
    #[test]
    fn good_fridays() {
        for day in [
            date(2019, 4, 19),
            date(2020, 4, 10),
            date(2021, 4, 2),
            date(2022, 4, 15),
            date(2023, 4, 7),
            date(2024, 3, 29),
            date(2025, 4, 18),
        ] {
            assert!(is_good_friday(day), "{day}");
        }
        assert!(!is_good_friday(date(2025, 4, 11)));
    }
}
