//! Net settlements of notes and bonds that are known in advance, or nearly.
//!
//! The calendar and the sizes of auctions are announced a quarter ahead and hardly change, and what matures was issued years
//! ago. Only what the Fed holds of it, and so does not let the public be paid, must be estimated.
//!
//! ```text
//! net      = Σ offered − maturing
//! offered  = as announced; before that, as the same tenor was last offered
//! maturing = as announced; before that, issued − held by others than the public
//! issued   = offered to the public of what matures that day, of at most nine years
//! held     = mean of issued − maturing over the last two settlements of its kind:
//!            mid-month or month-end, and the month of the half-year
//! ```

use super::error::AsOfError;
use super::origin::Origin;
use crate::calendar::settlement::{floating_reopenings_settle, inflation_indexed_settle};
use crate::calendar::{CouponSettlement, fedwire, marks};
use crate::history::{AnnouncedAuction, AsKnown, SecurityClass};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Longest time to maturity at issue that counts as issued, in days: ten-year notes of before 2014 are not in the files, so
/// that none are counted.
const LONGEST: i32 = 9 * 365;

/// Settlements of a kind over which the holdings of others are averaged.
const RECENT: usize = 2;

/// A net settlement of notes and bonds to come.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CouponSettlementAhead {
    /// The day.
    pub date: Date,
    /// Sold to the public less what it holds of those that mature, $bn.
    pub net: f64,
    /// What the Fed holds of those that mature, $bn.
    pub fed_maturing: f64,
    /// The same, of both of the month's settlements.
    pub fed_maturing_in_month: f64,
    /// Whether all of it had been announced.
    pub announced: bool,
}

/// Net settlements of notes and bonds after a day's close and up to `end`, as they could be told at the close.
///
/// # Errors
/// As [`vintage`](super::vintage).
pub fn coupons_ahead(known: &AsKnown<'_>, date: Date, end: Date) -> Result<Vec<CouponSettlementAhead>, AsOfError> {
    ahead(&Origin::new(known, date)?, end)
}

/// A kind of security that is auctioned regularly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Tenor {
    years: i32,
    inflation_indexed: bool,
    floating: bool,
}

impl Tenor {
    const fn nominal(years: i32) -> Tenor {
        Tenor { years, inflation_indexed: false, floating: false }
    }

    const fn indexed(years: i32) -> Tenor {
        Tenor { years, inflation_indexed: true, floating: false }
    }

    const FLOATING: Tenor = Tenor { years: 2, inflation_indexed: false, floating: true };

    /// Of which tenor an auction is: a reopening of a ten-year note has some months less to run.
    fn of(auction: &AnnouncedAuction) -> Tenor {
        let days = (auction.matures - auction.settles).get_days();
        let years = [2, 3, 5, 7, 10, 20].into_iter().find(|years| days <= years * 365 + 20).unwrap_or(30);
        Tenor { years, inflation_indexed: auction.inflation_indexed, floating: auction.floating }
    }
}

/// A sale expected on a day: which tenor, and whether it is reopened.
type Sale = (Tenor, bool);

/// What the calendar expects to be sold on a day (Treasury, tentative auction schedule; quarterly refunding statements).
fn expected_sales(date: Date) -> Vec<Sale> {
    let mut sales = Vec::new();
    let refunding = |month: i8| month % 3 == 2;
    // A month-end on a weekend settles in the first days of the next month.
    let ending = date.saturating_sub(10.days()).month();
    match marks(date).coupons_settle {
        Some(CouponSettlement::MidMonth) => {
            let reopened = !refunding(date.month());
            sales.extend([(Tenor::nominal(3), false), (Tenor::nominal(10), reopened), (Tenor::nominal(30), reopened)]);
        }
        Some(CouponSettlement::MonthEnd) => {
            sales.extend([2, 5, 7].map(|years| (Tenor::nominal(years), false)));
            sales.push((Tenor::nominal(20), !refunding(ending)));
            if ending % 3 == 1 {
                sales.push((Tenor::FLOATING, false));
            }
        }
        None => {}
    }
    if floating_reopenings_settle(date) {
        sales.push((Tenor::FLOATING, true));
    }
    if inflation_indexed_settle(date) {
        let month = date.month();
        sales.extend(match month {
            4 | 10 => Some((Tenor::indexed(5), false)),
            6 | 12 => Some((Tenor::indexed(5), true)),
            1 | 7 => Some((Tenor::indexed(10), false)),
            3 | 5 | 9 | 11 => Some((Tenor::indexed(10), true)),
            2 => Some((Tenor::indexed(30), false)),
            8 => Some((Tenor::indexed(30), true)),
            _ => None,
        });
    }
    sales
}

/// What matures on a day on which notes and bonds settle.
#[derive(Default)]
struct Maturing {
    /// Offered to the public when it was issued, of at most nine years, $bn.
    issued: f64,
    /// What the public holds of all that matures, as announced, $bn.
    announced: Option<f64>,
    /// What the Fed holds of it, as announced, $bn.
    fed: Option<f64>,
}

pub(super) fn ahead(origin: &Origin<'_, '_>, end: Date) -> Result<Vec<CouponSettlementAhead>, AsOfError> {
    let coupons: Vec<&AnnouncedAuction> =
        origin.auctions()?.iter().filter(|auction| auction.class == SecurityClass::Coupon).collect();
    let maturing = maturities(&coupons);
    let mut settlements = Vec::new();
    for day in fedwire::business_days(fedwire::next_business_day(origin.date), end) {
        let (offered, all_announced) = offered_on(&coupons, day);
        let (matures, fed_maturing, matures_announced) = maturing_on(&maturing, day);
        if offered == 0.0 && matures == 0.0 {
            continue;
        }
        let announced = all_announced && matures_announced;
        let paid = paid_on(day);
        if paid < day && paid > origin.date {
            settlements.push(CouponSettlementAhead { date: paid, net: -matures, announced, ..Default::default() });
        }
        let net = if paid < day { offered } else { offered - matures };
        let other = other_of_month(day).map_or(0.0, |other| maturing_on(&maturing, other).1);
        let fed_maturing_in_month = fed_maturing + other;
        settlements.push(CouponSettlementAhead { date: day, net, fed_maturing, fed_maturing_in_month, announced });
    }
    Ok(settlements)
}

/// Offered on a day, and whether all of it had been announced.
fn offered_on(coupons: &[&AnnouncedAuction], day: Date) -> (f64, bool) {
    let of_the_day: Vec<&&AnnouncedAuction> = coupons.iter().filter(|auction| auction.settles == day).collect();
    let mut offered: f64 = of_the_day.iter().map(|auction| auction.offered).sum();
    let mut all_announced = true;
    for (tenor, reopened) in expected_sales(day) {
        if of_the_day.iter().any(|auction| Tenor::of(auction) == tenor) {
            continue;
        }
        all_announced = false;
        let same = |auction: &&&AnnouncedAuction| Tenor::of(auction) == tenor && auction.reopened == reopened;
        offered += coupons.iter().rev().find(same).map_or(0.0, |auction| auction.offered);
    }
    (offered, all_announced)
}

/// What matures, by the day it is paid, of every auction known.
fn maturities(coupons: &[&AnnouncedAuction]) -> BTreeMap<Date, Maturing> {
    let mut days: BTreeMap<Date, Maturing> = BTreeMap::new();
    for auction in coupons {
        if (auction.matures - auction.settles).get_days() <= LONGEST {
            days.entry(settlement_on_or_after(auction.matures)).or_default().issued += auction.offered;
        }
        if let Some(amount) = auction.public_maturing.filter(|amount| *amount > 0.0) {
            let day = days.entry(auction.settles).or_default();
            (day.announced, day.fed) = (Some(amount), auction.fed_maturing);
        }
    }
    days
}

/// The settlement of new notes and bonds that what matures on a day is announced with.
fn settlement_on_or_after(date: Date) -> Date {
    let mut day = fedwire::on_or_after(date);
    // New securities do not settle on Good Friday, though those that mature are paid.
    if marks(day).coupons_settle.is_none() && marks(fedwire::next_business_day(day)).coupons_settle.is_some() {
        day = fedwire::next_business_day(day);
    }
    day
}

/// The other settlement of a month of which one is given.
fn other_of_month(day: Date) -> Option<Date> {
    let other = match marks(day).coupons_settle? {
        CouponSettlement::MidMonth => day.last_of_month(),
        CouponSettlement::MonthEnd => day.saturating_sub(10.days()).with().day(15).build().ok()?,
    };
    Some(settlement_on_or_after(other))
}

/// When what matures with the settlement of a day is paid: on Good Friday, before new securities settle, and otherwise that
/// day.
fn paid_on(day: Date) -> Date {
    let before = fedwire::previous_business_day(day);
    let due_before = settlement_on_or_after(before) == day && marks(before).coupons_settle.is_none();
    let due = before.day() == 15 || before.day() == before.days_in_month();
    if marks(day).coupons_settle.is_some() && due_before && due { before } else { day }
}

/// What matures on a day that the public holds and that the Fed holds, and whether it had been announced.
fn maturing_on(maturing: &BTreeMap<Date, Maturing>, day: Date) -> (f64, f64, bool) {
    let Some(found) = maturing.get(&day) else { return (0.0, 0.0, true) };
    if let Some(announced) = found.announced {
        return (announced, found.fed.unwrap_or(0.0), true);
    }
    let Some(kind) = kind(day) else { return (0.0, 0.0, true) };
    let of_kind = |(date, past): (&Date, &Maturing)| {
        let announced = past.announced.filter(|_| self::kind(*date) == Some(kind))?;
        Some((past.issued - announced, past.fed.unwrap_or(0.0)))
    };
    let past: Vec<(f64, f64)> = maturing.range(..day).rev().filter_map(of_kind).take(RECENT).collect();
    let mean = |of: fn(&(f64, f64)) -> f64| past.iter().map(of).sum::<f64>() / past.len().max(1) as f64;
    ((found.issued - mean(|pair| pair.0)).max(0.0), mean(|pair| pair.1), false)
}

/// Settlements alike in what matures: mid-month or month-end, and the month of the half-year.
fn kind(date: Date) -> Option<(bool, i8)> {
    match marks(date).coupons_settle? {
        CouponSettlement::MidMonth => Some((true, date.month() % 6)),
        CouponSettlement::MonthEnd => Some((false, date.saturating_sub(10.days()).month() % 6)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::history;
    use super::*;
    use crate::as_of::known_of;
    use crate::history::{SeriesId, runoff_caps};
    use jiff::civil::date;

    /// Against the Daily Treasury Statement while nothing runs off, when its nets are those of the public: March to May 2022
    /// and from December 2025. What had been announced is exact but for buybacks of up to 15 and rounding.
    #[test]
    fn settlements_come_as_told() {
        let Some(history) = history() else { return };
        let truth = history.as_known(date(2026, 4, 1));
        let settled = truth.series(SeriesId::NetCoupons).unwrap_or_else(|error| panic!("{error}"));
        let (mut announced, mut expected) = (Vec::new(), Vec::new());
        for origin in [date(2022, 1, 19), date(2022, 3, 9), date(2025, 12, 10), date(2025, 12, 23), date(2026, 2, 11)] {
            let end = origin.saturating_add(70.days()).min(date(2026, 3, 31));
            for ahead in
                coupons_ahead(&known_of(&history, origin), origin, end).unwrap_or_else(|error| panic!("{error}"))
            {
                let caps = runoff_caps().iter().rev().find(|caps| caps.from <= ahead.date);
                assert!(caps.is_some_and(|caps| caps.treasuries == 0.0));
                let actual = settled.iter().find(|day| day.date == ahead.date).map_or(0.0, |day| day.value);
                if ahead.announced { &mut announced } else { &mut expected }.push(ahead.net - actual);
            }
        }
        assert!(announced.len() > 5 && expected.len() > 20, "{} and {}", announced.len(), expected.len());
        assert!(announced.iter().all(|gap| gap.abs() < 15.0), "{announced:?}");
        let rms = (expected.iter().map(|gap| gap * gap).sum::<f64>() / expected.len() as f64).sqrt();
        // A settlement's net varies by about 45 around its mean (standard deviation over all since July 2021).
        assert!(rms < 16.0, "{rms}");
    }
}
