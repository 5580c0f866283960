//! Dates in words.

use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `Wednesday`.
pub fn weekday(date: Date) -> &'static str {
    const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    WEEKDAYS[date.weekday().to_monday_zero_offset() as usize]
}

/// `October`.
pub fn month(date: Date) -> &'static str {
    MONTHS[date.month() as usize - 1]
}

/// `1 October 2025`.
pub fn long_date(date: Date) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// `1 Oct 2025`.
pub fn short_date(date: Date) -> String {
    format!("{} {} {}", date.day(), &month(date)[..3], date.year())
}
