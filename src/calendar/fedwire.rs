//! Days on which the Reserve Banks settle payments and securities.
//!
//! Source: Board of Governors, statistical release K.8, "Holidays Observed by the Federal
//! Reserve System". A holiday on a Sunday closes the Reserve Banks on Monday; a holiday on a
//! Saturday closes them on no weekday at all, although federal offices close the Friday before.
//! Good Friday is no holiday here, and neither were the national days of mourning of
//! 2018-12-05 and 2025-01-09, on which the Fedwire services ran as usual.
//!
//! The rules are those in force from [`FIRST_YEAR`] and the published schedules end with
//! [`LAST_YEAR`]. The functions go on applying the rules outside those years, so that a window
//! near an end still has neighbours; [`covers`] tells whether a date is inside.

use std::fmt;

use jiff::civil::{Date, Weekday};

/// First year for which the rules are checked against published closings.
pub const FIRST_YEAR: i16 = 2018;

/// Last year of the schedule published on 2025-12-31 (release K.8, 2026–2030).
pub const LAST_YEAR: i16 = 2030;

/// Juneteenth became a legal public holiday on 2021-06-17 (Pub. L. 117-17). It fell on a
/// Saturday that year, so the first closing of the Reserve Banks was 2022-06-20.
const FIRST_JUNETEENTH: i16 = 2021;

/// A holiday of the Federal Reserve System.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Holiday {
    /// January 1.
    NewYearsDay,
    /// Third Monday in January.
    MartinLutherKingDay,
    /// Third Monday in February, also called Presidents Day.
    WashingtonsBirthday,
    /// Last Monday in May.
    MemorialDay,
    /// June 19, since 2021.
    Juneteenth,
    /// July 4.
    IndependenceDay,
    /// First Monday in September.
    LaborDay,
    /// Second Monday in October.
    ColumbusDay,
    /// November 11.
    VeteransDay,
    /// Fourth Thursday in November.
    ThanksgivingDay,
    /// December 25.
    ChristmasDay,
}

impl fmt::Display for Holiday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::NewYearsDay => "New Year's Day",
            Self::MartinLutherKingDay => "Birthday of Martin Luther King, Jr.",
            Self::WashingtonsBirthday => "Washington's Birthday",
            Self::MemorialDay => "Memorial Day",
            Self::Juneteenth => "Juneteenth National Independence Day",
            Self::IndependenceDay => "Independence Day",
            Self::LaborDay => "Labor Day",
            Self::ColumbusDay => "Columbus Day",
            Self::VeteransDay => "Veterans Day",
            Self::ThanksgivingDay => "Thanksgiving Day",
            Self::ChristmasDay => "Christmas Day",
        })
    }
}

/// Whether `date` lies in the years whose closings are published, 2018 to 2030.
pub fn covers(date: Date) -> bool {
    (FIRST_YEAR..=LAST_YEAR).contains(&date.year())
}

/// The legal holiday that falls on `date` itself, weekend or not (5 U.S.C. 6103(a)).
///
/// Use [`holiday`] for the day on which the Reserve Banks close because of it.
pub fn legal_holiday(date: Date) -> Option<Holiday> {
    match (date.month(), date.day(), date.weekday()) {
        (1, 1, _) => Some(Holiday::NewYearsDay),
        (1, 15..=21, Weekday::Monday) => Some(Holiday::MartinLutherKingDay),
        (2, 15..=21, Weekday::Monday) => Some(Holiday::WashingtonsBirthday),
        (5, 25..=31, Weekday::Monday) => Some(Holiday::MemorialDay),
        (6, 19, _) if date.year() >= FIRST_JUNETEENTH => Some(Holiday::Juneteenth),
        (7, 4, _) => Some(Holiday::IndependenceDay),
        (9, 1..=7, Weekday::Monday) => Some(Holiday::LaborDay),
        (10, 8..=14, Weekday::Monday) => Some(Holiday::ColumbusDay),
        (11, 11, _) => Some(Holiday::VeteransDay),
        (11, 22..=28, Weekday::Thursday) => Some(Holiday::ThanksgivingDay),
        (12, 25, _) => Some(Holiday::ChristmasDay),
        _ => None,
    }
}

/// The holiday for which the Reserve Banks are closed on this weekday.
///
/// None on a weekend, also when a holiday falls on it: the closing, if any, is on the Monday.
pub fn holiday(date: Date) -> Option<Holiday> {
    match date.weekday() {
        Weekday::Saturday | Weekday::Sunday => None,
        Weekday::Monday => legal_holiday(date).or_else(|| legal_holiday(date.yesterday().ok()?)),
        _ => legal_holiday(date),
    }
}

/// Whether the Fedwire services are open for business on `date`.
pub fn is_business_day(date: Date) -> bool {
    let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
    !weekend && holiday(date).is_none()
}

/// The first business day strictly after `date`.
pub fn next_business_day(date: Date) -> Date {
    date.tomorrow().map_or(date, on_or_after)
}

/// The last business day strictly before `date`.
pub fn previous_business_day(date: Date) -> Date {
    date.yesterday().map_or(date, on_or_before)
}

/// `date` if it is a business day, else the first one after it.
pub fn on_or_after(date: Date) -> Date {
    first_open(date, Date::tomorrow)
}

/// `date` if it is a business day, else the last one before it.
pub fn on_or_before(date: Date) -> Date {
    first_open(date, Date::yesterday)
}

/// Every business day from `from` to `to`, both included, in order; empty if `to` is earlier.
pub fn business_days(from: Date, to: Date) -> Vec<Date> {
    open_days(from, to).collect()
}

/// How many business days of its month have begun by the end of `date`.
///
/// On a business day this is its own number, counted from 1; on a closed day it is the number
/// of the last business day before it in the month, or 0.
pub fn business_day_of_month(date: Date) -> u32 {
    let numbered = open_days(date.first_of_month(), date).zip(1..);
    numbered.last().map_or(0, |(_, number)| number)
}

/// The `n`-th business day of a month, counted from 1.
///
/// The New York Fed announces the next month of reserve management purchases on or around the
/// ninth (operating policy statement of 2025-12-10). None if the month does not exist or has
/// fewer business days.
pub fn nth_business_day(year: i16, month: i8, n: u32) -> Option<Date> {
    let first = Date::new(year, month, 1).ok()?;
    let mut numbered = open_days(first, first.last_of_month()).zip(1..);
    numbered.find_map(|(day, number)| (number == n).then_some(day))
}

fn open_days(from: Date, to: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(Some(from), |day| day.tomorrow().ok())
        .take_while(move |&day| day <= to)
        .filter(|&day| is_business_day(day))
}

/// Steps from `date` to the first business day. At the ends of representable time, where no
/// further step exists, the end itself is returned.
fn first_open(date: Date, step: fn(Date) -> Result<Date, jiff::Error>) -> Date {
    let mut day = date;
    while !is_business_day(day) {
        match step(day) {
            Ok(neighbour) => day = neighbour,
            Err(_) => return day,
        }
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// The weekdays on which the Reserve Banks were or will be closed.
    ///
    /// 2018 and 2019: the weekdays for which the Treasury published no Daily Treasury Statement.
    /// 2020 to 2024: release K.8, 2020–2024 edition, and for Juneteenth, which became law after that
    /// edition, the June weekdays without a Daily Treasury Statement. 2025: Federal Reserve Bank of Richmond, "Holiday Schedule",
    /// 2025–2027. 2026 to 2030: release K.8, 2026–2030 edition of 2025-12-31.
    /// Holidays the releases mark with a star (Saturday) are left out, those with two stars
    /// (Sunday) stand on their Monday.
    const CLOSED: [(i16, &str); 13] = [
        (2018, "01-01 01-15 02-19 05-28 07-04 09-03 10-08 11-12 11-22 12-25"),
        (2019, "01-01 01-21 02-18 05-27 07-04 09-02 10-14 11-11 11-28 12-25"),
        (2020, "01-01 01-20 02-17 05-25 09-07 10-12 11-11 11-26 12-25"),
        (2021, "01-01 01-18 02-15 05-31 07-05 09-06 10-11 11-11 11-25"),
        (2022, "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26"),
        (2023, "01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-23 12-25"),
        (2024, "01-01 01-15 02-19 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25"),
        (2025, "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25"),
        (2026, "01-01 01-19 02-16 05-25 06-19 09-07 10-12 11-11 11-26 12-25"),
        (2027, "01-01 01-18 02-15 05-31 07-05 09-06 10-11 11-11 11-25"),
        (2028, "01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-23 12-25"),
        (2029, "01-01 01-15 02-19 05-28 06-19 07-04 09-03 10-08 11-12 11-22 12-25"),
        (2030, "01-01 01-21 02-18 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25"),
    ];

    fn days_of(year: i16) -> impl Iterator<Item = Date> {
        std::iter::successors(Some(date(year, 1, 1)), |day| day.tomorrow().ok())
            .take_while(move |day| day.year() == year)
    }

    #[test]
    fn closings_are_the_published_ones_and_no_others() {
        for (year, published) in CLOSED {
            let closed: Vec<String> = days_of(year)
                .filter(|&day| holiday(day).is_some())
                .map(|day| day.strftime("%m-%d").to_string())
                .collect();
            assert_eq!(closed.join(" "), published, "{year}");
        }
        assert!(CLOSED.iter().map(|(year, _)| *year).eq(FIRST_YEAR..=LAST_YEAR));
    }

    /// Each case is named in the source given beside it.
    #[test]
    fn the_reserve_banks_stayed_open() {
        for (day, source) in [
            (date(2021, 6, 18), "Board of Governors, press release of 2021-06-17"),
            (date(2021, 6, 21), "Board of Governors, press release of 2021-06-17"),
            (date(2020, 7, 3), "K.8 2020-2024, Saturday note: only the Board is closed"),
            (date(2021, 12, 24), "K.8 2020-2024, Saturday note"),
            (date(2021, 12, 31), "K.8 2020-2024, Saturday note"),
            (date(2023, 11, 10), "K.8 2020-2024, Saturday note"),
            (date(2026, 7, 3), "K.8 2026-2030, Saturday note"),
            (date(2027, 6, 18), "K.8 2026-2030, Saturday note"),
            (date(2028, 11, 10), "K.8 2026-2030, Saturday note"),
            (date(2018, 12, 5), "ICBA notice: mourning for G. H. W. Bush, systems as usual"),
            (date(2025, 1, 9), "ABA Banking Journal: mourning for J. Carter, systems as usual"),
            (date(2025, 4, 18), "Good Friday is not in K.8; a Daily Treasury Statement exists"),
        ] {
            assert!(is_business_day(day), "{day}: {source}");
        }
    }

    #[test]
    fn a_sunday_holiday_closes_monday_under_its_own_name() {
        assert_eq!(holiday(date(2022, 12, 25)), None);
        assert_eq!(holiday(date(2022, 12, 26)), Some(Holiday::ChristmasDay));
        assert_eq!(holiday(date(2023, 1, 2)), Some(Holiday::NewYearsDay));
        assert_eq!(holiday(date(2029, 11, 12)), Some(Holiday::VeteransDay));
        assert_eq!(format!("{:>13}", Holiday::LaborDay), "    Labor Day");
    }

    /// Number of Daily Treasury Statements published for each year (Fiscal Data, operating cash
    /// balance): the Treasury issues one for every day the Reserve Banks are open.
    #[test]
    fn years_have_as_many_business_days_as_daily_statements() {
        for (year, statements) in
            [(2018, 251), (2019, 251), (2020, 253), (2021, 252), (2022, 250), (2023, 250), (2024, 251), (2025, 250)]
        {
            let days = business_days(date(year, 1, 1), date(year, 12, 31));
            assert_eq!(days.len(), statements, "{year}");
        }
    }

    #[test]
    fn neighbours_are_open_and_nothing_open_lies_between() {
        for day in (FIRST_YEAR..=LAST_YEAR).flat_map(days_of) {
            let (before, after) = (previous_business_day(day), next_business_day(day));
            assert!(is_business_day(before) && is_business_day(after), "{day}");
            let expected = usize::from(is_business_day(day)) + 2;
            assert_eq!(business_days(before, after).len(), expected, "{day}");
            let stay = is_business_day(day);
            assert_eq!(on_or_after(day), if stay { day } else { after }, "{day}");
            assert_eq!(on_or_before(day), if stay { day } else { before }, "{day}");
        }
    }

    /// The New York Fed published its first schedule of reserve management purchases on
    /// 2025-12-11, the ninth business day (operating policy statement of 2025-12-10).
    #[test]
    fn the_ninth_business_day_of_december_2025() {
        assert_eq!(nth_business_day(2025, 12, 9), Some(date(2025, 12, 11)));
        assert_eq!(business_day_of_month(date(2025, 12, 11)), 9);
    }

    #[test]
    fn numbering_and_finding_a_business_day_are_inverse() {
        for day in (FIRST_YEAR..=LAST_YEAR).flat_map(days_of) {
            let number = business_day_of_month(day);
            let found = nth_business_day(day.year(), day.month(), number);
            assert_eq!(found == Some(day), is_business_day(day), "{day}");
        }
        assert_eq!(business_day_of_month(date(2026, 2, 1)), 0, "a Sunday");
        for (month, n) in [(2, 0), (2, 24), (13, 1), (0, 1)] {
            assert_eq!(nth_business_day(2026, month, n), None, "{month} {n}");
        }
    }

    #[test]
    fn ends_of_time_and_reversed_windows_are_harmless() {
        assert_eq!(next_business_day(Date::MAX), Date::MAX);
        assert_eq!(previous_business_day(Date::MIN), Date::MIN);
        assert_eq!(on_or_before(Date::MIN), Date::MIN);
        assert!(business_days(date(2026, 1, 2), date(2026, 1, 1)).is_empty());
        assert!(covers(date(2018, 1, 1)) && covers(date(2030, 12, 31)));
        assert!(!covers(date(2017, 12, 31)) && !covers(date(2031, 1, 1)));
    }
}
