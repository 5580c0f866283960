//! Days on which the Treasury's largest scheduled receipts and payments with the public fall:
//! tax due dates and Social Security.

use jiff::civil::{Date, Weekday};

use super::fedwire::{is_business_day, legal_holiday};
use super::roll::{rolled_back_to, rolled_forward_to};

/// A date on which income taxes are due, named by its month; each is the 15th or later.
///
/// Source: IRS, Publication 509, "Tax Calendars". These are the statutory dates: a postponement
/// by the Treasury, such as that of April and June 2020 to 15 July, is an event of its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TaxDate {
    /// January 15: last estimated tax instalment of individuals for the year before.
    January,
    /// March 15: returns of S corporations and partnerships.
    March,
    /// April 15: individual and corporate returns, first estimated instalment of both.
    April,
    /// June 15: second instalment of individuals and corporations.
    June,
    /// September 15: third instalment of individuals and corporations.
    September,
    /// December 15: last instalment of corporations.
    December,
}

/// A day on which Social Security benefits are paid.
///
/// Source: SSA, "Schedule of Social Security Benefit Payments" (EN-05-10031).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BenefitDay {
    /// The 3rd: beneficiaries since before May 1997, and those with Supplemental Security Income.
    Third,
    /// Second Wednesday: born on the 1st to 10th.
    SecondWednesday,
    /// Third Wednesday: born on the 11th to 20th.
    ThirdWednesday,
    /// Fourth Wednesday: born on the 21st to 31st.
    FourthWednesday,
}

/// The taxes due on `date`, if it is a tax date.
///
/// A due date on a weekend or legal holiday moves to the next day that is neither (26 U.S.C.
/// 7503). Legal holidays include those of the District of Columbia, of which Emancipation Day
/// matters: it moves the April date although the Fedwire services are open.
pub fn tax_date(date: Date) -> Option<TaxDate> {
    let due = rolled_forward_to(date, taxes_fall_due, |day| day.day() == 15 && tax_month(day).is_some())?;
    tax_month(due)
}

/// The Social Security payment made on `date`, if any.
///
/// A payment due on a weekend or legal holiday is made on the last day before it that is
/// neither (42 U.S.C. 909). The Friday on which federal offices observe a Saturday holiday counts
/// as one, although the Fedwire services are open.
pub fn benefit_payment(date: Date) -> Option<BenefitDay> {
    let due = rolled_back_to(date, benefits_are_paid, |day| benefit_due(day).is_some())?;
    benefit_due(due)
}

fn tax_month(date: Date) -> Option<TaxDate> {
    match date.month() {
        1 => Some(TaxDate::January),
        3 => Some(TaxDate::March),
        4 => Some(TaxDate::April),
        6 => Some(TaxDate::June),
        9 => Some(TaxDate::September),
        12 => Some(TaxDate::December),
        _ => None,
    }
}

fn benefit_due(date: Date) -> Option<BenefitDay> {
    match (date.day(), date.weekday()) {
        (3, _) => Some(BenefitDay::Third),
        (8..=14, Weekday::Wednesday) => Some(BenefitDay::SecondWednesday),
        (15..=21, Weekday::Wednesday) => Some(BenefitDay::ThirdWednesday),
        (22..=28, Weekday::Wednesday) => Some(BenefitDay::FourthWednesday),
        _ => None,
    }
}

fn taxes_fall_due(date: Date) -> bool {
    is_business_day(date) && !is_emancipation_day(date)
}

/// Whether the District of Columbia observes Emancipation Day on `date`: April 16, the Friday
/// before if that is a Saturday, the Monday after if it is a Sunday (D.C. Code 28-2701; IRS
/// Revenue Ruling 2015-13).
fn is_emancipation_day(date: Date) -> bool {
    matches!(
        (date.month(), date.day(), date.weekday()),
        (4, 16, _) | (4, 15, Weekday::Friday) | (4, 17, Weekday::Monday)
    )
}

fn benefits_are_paid(date: Date) -> bool {
    is_business_day(date) && !is_observed_for_saturday(date)
}

/// Whether federal offices are closed on this Friday for a holiday that falls on the Saturday.
fn is_observed_for_saturday(date: Date) -> bool {
    date.weekday() == Weekday::Friday && date.tomorrow().is_ok_and(|saturday| legal_holiday(saturday).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::fedwire::business_days;
    use jiff::civil::date;

    fn dates_of(year: i16, is_one: impl Fn(Date) -> bool) -> String {
        business_days(date(year, 1, 1), date(year, 12, 31))
            .into_iter()
            .filter(|&day| is_one(day))
            .map(|day| day.strftime("%m-%d").to_string())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// IRS Publication 509 and Form 1040-ES for each year; for 2020 the edition before the
    /// postponement. Through June 2025 each date outside 2020 is also the day of the month with
    /// the largest individual non-withheld and corporate receipts in the Daily Treasury
    /// Statements, or, in January 2018, January 2019 and March 2025, with the second largest.
    #[test]
    fn tax_dates_are_those_the_irs_published() {
        for (year, published) in [
            (2018, "01-16 03-15 04-17 06-15 09-17 12-17"),
            (2019, "01-15 03-15 04-15 06-17 09-16 12-16"),
            (2020, "01-15 03-16 04-15 06-15 09-15 12-15"),
            (2021, "01-15 03-15 04-15 06-15 09-15 12-15"),
            (2022, "01-18 03-15 04-18 06-15 09-15 12-15"),
            (2023, "01-17 03-15 04-18 06-15 09-15 12-15"),
            (2024, "01-16 03-15 04-15 06-17 09-16 12-16"),
            (2025, "01-15 03-17 04-15 06-16 09-15 12-15"),
            (2026, "01-15 03-16 04-15 06-15 09-15 12-15"),
        ] {
            assert_eq!(dates_of(year, |day| tax_date(day).is_some()), published, "{year}");
        }
    }

    #[test]
    fn a_tax_date_is_named_by_its_month() {
        assert_eq!(tax_date(date(2023, 4, 18)), Some(TaxDate::April));
        assert_eq!(tax_date(date(2022, 1, 18)), Some(TaxDate::January));
        assert_eq!(tax_date(date(2025, 11, 17)), None);
    }

    /// Saturday 15 April 2028 precedes Emancipation Day on a Sunday, observed on Monday the 17th:
    /// the pattern of 2017 and 2023, for which the IRS published the 18th.
    #[test]
    fn emancipation_day_moves_only_the_april_date() {
        assert_eq!(tax_date(date(2028, 4, 18)), Some(TaxDate::April));
        assert_eq!(tax_date(date(2028, 4, 17)), None);
        assert!(is_business_day(date(2028, 4, 17)));
    }

    /// SSA, "Schedule of Social Security Benefit Payments" 2024 and 2025 (EN-05-10031).
    #[test]
    fn benefits_are_paid_on_the_days_ssa_published() {
        for (year, published) in [
            (
                2024,
                "01-03 01-10 01-17 01-24 02-02 02-14 02-21 02-28 03-01 03-13 03-20 03-27 \
                 04-03 04-10 04-17 04-24 05-03 05-08 05-15 05-22 06-03 06-12 06-18 06-26 \
                 07-03 07-10 07-17 07-24 08-02 08-14 08-21 08-28 09-03 09-11 09-18 09-25 \
                 10-03 10-09 10-16 10-23 11-01 11-13 11-20 11-27 12-03 12-11 12-18 12-24",
            ),
            (
                2025,
                "01-03 01-08 01-15 01-22 02-03 02-12 02-19 02-26 03-03 03-12 03-19 03-26 \
                 04-03 04-09 04-16 04-23 05-02 05-14 05-21 05-28 06-03 06-11 06-18 06-25 \
                 07-03 07-09 07-16 07-23 08-01 08-13 08-20 08-27 09-03 09-10 09-17 09-24 \
                 10-03 10-08 10-15 10-22 11-03 11-12 11-19 11-26 12-03 12-10 12-17 12-24",
            ),
        ] {
            let paid = dates_of(year, |day| benefit_payment(day).is_some());
            assert_eq!(paid, published, "{year}");
        }
    }

    /// Daily Treasury Statements: Social Security benefits of $22.1bn on 2020-07-02 and none on
    /// the 3rd, $22.0bn on 2020-12-31. SSA's 2026 schedule pays July's on the 2nd for the same
    /// reason as in 2020, and November's second Wednesday a day before Veterans Day.
    #[test]
    fn benefits_move_ahead_of_holidays() {
        for (paid, due) in [
            (date(2020, 7, 2), BenefitDay::Third),
            (date(2020, 12, 31), BenefitDay::Third),
            (date(2026, 7, 2), BenefitDay::Third),
            (date(2026, 11, 10), BenefitDay::SecondWednesday),
            (date(2024, 6, 18), BenefitDay::ThirdWednesday),
            (date(2024, 12, 24), BenefitDay::FourthWednesday),
        ] {
            assert_eq!(benefit_payment(paid), Some(due), "{paid}");
        }
        assert_eq!(benefit_payment(date(2020, 7, 3)), None);
        assert_eq!(benefit_payment(date(2026, 11, 11)), None);
    }
}
