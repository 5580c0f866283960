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

/// The next five business days' net bills as announced; where the auction files are incomplete, the pace of the last four
/// weeks of the Daily Treasury Statement.
pub fn announced_bills(origin: &Origin<'_, '_>) -> Result<AnnouncedBills, AsOfError> {
    let ahead = days_ahead(origin.date);
    let statement = origin.between(SeriesId::NetBills, origin.date.saturating_sub(CHECKED_DAYS.days()), origin.date)?;
    let past: Vec<&_> = statement.iter().filter(|day| marks(day.date).bills_settle).collect();
    let mut missed = 0.0;
    for day in &past {
        missed += (net_on(origin, day.date)?.1 - day.value).abs();
    }
    if !past.is_empty() && missed / past.len() as f64 > TOLERANCE {
        let pace = past.iter().map(|day| day.value).sum::<f64>() / past.len() as f64;
        let settling = ahead.into_iter().filter(|day| marks(*day).bills_settle);
        return Ok(AnnouncedBills {
            settlements: settling.map(|day| (day, pace)).collect(),
            source: format!(
                "the files of auctions lack bills; mean net issue of the {} settlements of the last four weeks, {pace:.1} each \
                 (Daily Treasury Statement, table III-A)",
                past.len()
            ),
        });
    }
    let mut settlements = Vec::new();
    let mut words = Vec::new();
    for day in ahead {
        let (offered, net) = net_on(origin, day)?;
        if offered != 0.0 || net != 0.0 {
            words.push(format!("{offered:.1} offered against {:.1} maturing on {day}", offered - net));
            settlements.push((day, net));
        }
    }
    let source = format!("auction announcements by {}: {}", origin.date, words.join(", "));
    Ok(AnnouncedBills { settlements, source })
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

/// Bills offered to the public that settle on a day, and the same less those that mature, among auctions announced by the
/// origin.
fn net_on(origin: &Origin<'_, '_>, day: Date) -> Result<(f64, f64), AsOfError> {
    let bills = origin.auctions()?.iter().filter(|auction| auction.class == SecurityClass::Bill);
    let (mut offered, mut maturing) = (0.0, 0.0);
    for bill in bills {
        if bill.settles == day {
            offered += bill.offered;
        }
        // A bill that matures on a closed day is paid on the next business day.
        if fedwire::on_or_after(bill.matures) == day {
            maturing += bill.offered;
        }
    }
    Ok((offered, offered - maturing))
}
