//! Bills announced by the origin that settle in the five business days after it.

use super::error::AsOfError;
use super::origin::Origin;
use crate::calendar::{fedwire, marks};
use crate::history::{SecurityClass, SeriesId};
use crate::model::AUCTION_LEAD;
use jiff::ToSpan;
use jiff::civil::Date;

/// Settlements of the recent past against which the auction files are checked for completeness: four weeks.
const CHECKED_DAYS: i64 = 28;

/// How far the files may be from the Daily Treasury Statement on the mean settlement before they count as incomplete, $bn.
const TOLERANCE: f64 = 4.0;

/// Share of what matures below which what is offered on a regular settlement is not all of it: cash management bills, known
/// before the regular ones. Paydowns of July to December 2021 left .45 and more (auction announcements).
const REGULAR: f64 = 0.4;

/// Share of a week's net issue that the next week repeats: the autocorrelation is .71 (Daily Treasury Statement, table
/// III-A, weeks of July 2021 to March 2026).
const REPEATED: f64 = 0.7;

/// Net bills by day of settlement, with where they come from.
pub struct AnnouncedBills {
    /// Days on which bills settle, $bn net.
    pub settlements: Vec<(Date, f64)>,
    /// The source.
    pub source: String,
}

impl AnnouncedBills {
    /// Net of all, $bn.
    pub fn total(&self) -> f64 {
        self.settlements.iter().map(|(_, net)| net).sum()
    }
}

/// The next five business days' net bills as announced. Where the auction files are incomplete, or where a holiday brings in
/// a settlement whose auctions are announced only after the origin, the week before tells.
pub fn announced_bills(origin: &Origin<'_, '_>) -> Result<AnnouncedBills, AsOfError> {
    let complete = files_are_complete(origin)?;
    let mut settlements = Vec::new();
    let mut words = Vec::new();
    for day in days_ahead(origin.date) {
        let (offered, maturing) = on(origin, day)?;
        let regular = marks(day).bills_settle;
        if complete && (!regular || offered > 0.0 && offered >= REGULAR * maturing) {
            if offered == 0.0 && maturing == 0.0 {
                continue;
            }
            words.push(format!("{offered:.1} offered against {maturing:.1} maturing on {day} (auction announcements)"));
            settlements.push((day, offered - maturing));
        } else if regular {
            let before = week_before(origin, day)?;
            words.push(format!(
                "{REPEATED} of the net issue of {before:.1} a week before {day}, which is not in the files of auctions \
                 (Daily Treasury Statement, table III-A)"
            ));
            settlements.push((day, REPEATED * before));
        }
    }
    Ok(AnnouncedBills { settlements, source: words.join("; ") })
}

/// Whether the auctions in the files give the net issues of the last weeks, as far as the statement shows them.
fn files_are_complete(origin: &Origin<'_, '_>) -> Result<bool, AsOfError> {
    let since = origin.date.saturating_sub(CHECKED_DAYS.days());
    let mut missed = 0.0;
    let mut days = 0.0;
    for day in origin.between(SeriesId::NetBills, since, origin.date)? {
        if marks(day.date).bills_settle {
            let (offered, maturing) = on(origin, day.date)?;
            missed += (offered - maturing - day.value).abs();
            days += 1.0;
        }
    }
    Ok(missed <= TOLERANCE * days)
}

/// Net bills of the last settlement a whole number of weeks before a day that the origin knows; nothing where there is none.
fn week_before(origin: &Origin<'_, '_>, day: Date) -> Result<f64, AsOfError> {
    let mut before = day;
    loop {
        before = before.saturating_sub(7.days());
        let settled = fedwire::on_or_after(before);
        if settled <= origin.date {
            let day_before = fedwire::previous_business_day(settled);
            return Ok(origin.between(SeriesId::NetBills, day_before, settled)?.first().map_or(0.0, |day| day.value));
        }
    }
}

/// The business days on which bills announced by a day settle.
fn days_ahead(date: Date) -> Vec<Date> {
    let mut day = date;
    (0..AUCTION_LEAD)
        .map(|_| {
            day = fedwire::next_business_day(day);
            day
        })
        .collect()
}

/// Bills offered to the public that settle on a day, and those that mature, among auctions announced by the origin.
fn on(origin: &Origin<'_, '_>, day: Date) -> Result<(f64, f64), AsOfError> {
    let (mut offered, mut maturing) = (0.0, 0.0);
    for bill in origin.auctions()?.iter().filter(|auction| auction.class == SecurityClass::Bill) {
        if bill.settles == day {
            offered += bill.offered;
        }
        // A bill that matures on a closed day is paid on the next business day.
        if fedwire::on_or_after(bill.matures) == day {
            maturing += bill.offered;
        }
    }
    Ok((offered, maturing))
}
