//! History as the flows of a conditional run: what the Treasury, the Fed and its other depositors did on each day.
//!
//! ```text
//! operating flow = ΔTGA − net bills − net coupons         Daily Treasury Statement
//! runoff         = falls of the Fed's Treasury securities, on the week's coupon settlement
//! purchases      = rises of them, in equal parts over the week's business days
//! to the public  = net coupons + runoff: the statement counts what the Fed rolls over
//! other          = what the Wednesday balance sheet leaves, interpolated
//! ```
//!
//! The weekly items of the H.4.1 move in equal parts from one Wednesday to the next. Before the Daily Treasury Statement of
//! debt in the folder begins, net bills follow from auctions, and the rest of the TGA's change counts as operating flow.

use crate::calendar::{fedwire, marks};
use crate::history::{AsKnown, HistoryError, Observation, SecurityClass, SeriesId, purchase_paces};
use crate::model::RecordedFlows;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The flows of each business day after `from` up to `to`.
///
/// # Errors
/// A series that is needed is absent, wrong, or does not reach back to `from`.
pub fn recorded_flows(known: &AsKnown<'_>, from: Date, to: Date) -> Result<Vec<RecordedFlows>, HistoryError> {
    let weekly = Weekly::read(known)?;
    let cash: BTreeMap<Date, f64> = by_date(known.series(SeriesId::CashBalance)?);
    let debt = DailyDebt::read(known)?;
    let mut days = Vec::new();
    let mut before = cash_on(&cash, from)?;
    for date in fedwire::business_days(fedwire::next_business_day(from), to) {
        let yesterday = fedwire::previous_business_day(date);
        let after = cash_on(&cash, date)?;
        let (net_bills, net_coupons) = debt.net_issues(date);
        let move_of = |level: &Level| level.at(date) - level.at(yesterday);
        let securities = weekly.securities_move(date);
        let runoff = (-securities).max(0.0);
        let bought = securities.max(0.0);
        let bills_only = purchase_paces()
            .iter()
            .rev()
            .find(|pace| pace.from <= date)
            .is_some_and(|pace| pace.bills > 0.0 && pace.coupons == 0.0);
        days.push(RecordedFlows {
            operating_flow: after - before - net_bills - net_coupons,
            net_bills,
            net_coupons: net_coupons + runoff,
            runoff,
            bill_purchases: if bills_only { bought } else { 0.0 },
            coupon_purchases: if bills_only { 0.0 } else { bought },
            mbs_principal: -move_of(&weekly.mortgages),
            temporary_repo: move_of(&weekly.temporary_repo),
            primary_credit: move_of(&weekly.loans),
            currency: move_of(&weekly.currency),
            foreign_rrp: move_of(&weekly.foreign),
            other_deposits: move_of(&weekly.other),
        });
        before = after;
    }
    Ok(days)
}

fn cash_on(cash: &BTreeMap<Date, f64>, date: Date) -> Result<f64, HistoryError> {
    cash.get(&date).copied().ok_or(HistoryError::Absent { series: SeriesId::CashBalance, date })
}

fn by_date(observations: &[Observation]) -> BTreeMap<Date, f64> {
    observations.iter().map(|observation| (observation.date, observation.value)).collect()
}

/// A level known on Wednesdays, on a straight line over the business days between them.
struct Level(BTreeMap<Date, f64>);

impl Level {
    fn at(&self, date: Date) -> f64 {
        let before = self.0.range(..=date).next_back();
        let after = self.0.range(date..).next();
        match (before, after) {
            (Some((from, low)), Some((to, high))) if from < to => {
                low + (high - low) * business_days_between(*from, date) / business_days_between(*from, *to)
            }
            (Some((_, level)), _) | (None, Some((_, level))) => *level,
            (None, None) => 0.0,
        }
    }

    /// The Wednesdays around the day that ends the step of a day: after which, up to which.
    fn week(&self, date: Date) -> Option<(Date, Date)> {
        let from = *self.0.range(..date).next_back()?.0;
        Some((from, *self.0.range(date..).next()?.0))
    }
}

fn business_days_between(from: Date, to: Date) -> f64 {
    fedwire::business_days(from, to).len() as f64 - f64::from(u8::from(fedwire::is_business_day(from)))
}

/// What the Wednesday balance sheet says.
struct Weekly {
    securities: Level,
    mortgages: Level,
    temporary_repo: Level,
    loans: Level,
    currency: Level,
    foreign: Level,
    other: Level,
}

impl Weekly {
    fn read(known: &AsKnown<'_>) -> Result<Weekly, HistoryError> {
        use SeriesId::*;
        let read = |id| Ok::<_, HistoryError>(by_date(known.series(id)?));
        let securities = read(TreasurySecurities)?;
        let mortgages = read(MortgageSecurities)?;
        let repo = read(StandingRepoWednesday)?;
        let loans = read(PrimaryCredit)?;
        let currency = read(Currency)?;
        let foreign = read(ForeignReverseRepo)?;
        let liabilities = [read(ReserveBalances)?, read(TreasuryAccountWednesday)?, read(OtherReverseRepo)?];
        let other = liabilities[0]
            .keys()
            .filter_map(|date| {
                let owned = [&securities, &mortgages, &repo, &loans]
                    .into_iter()
                    .map(|held| held.get(date))
                    .sum::<Option<f64>>()?;
                let owed =
                    liabilities.iter().chain([&currency, &foreign]).map(|owed| owed.get(date)).sum::<Option<f64>>()?;
                Some((*date, owned - owed))
            })
            .collect();
        // Since the standing facility opened, repo is what the run has to find out.
        let temporary =
            repo.into_iter().map(|(date, held)| (date, if date < STANDING_FACILITY { held } else { 0.0 })).collect();
        Ok(Weekly {
            securities: Level(securities),
            mortgages: Level(mortgages),
            temporary_repo: Level(temporary),
            loans: Level(loans),
            currency: Level(currency),
            foreign: Level(foreign),
            other: Level(other),
        })
    }

    /// By how much the Fed's Treasury securities moved on a day: falls on the coupon settlements of the week, if it has
    /// any, and rises in equal parts.
    fn securities_move(&self, date: Date) -> f64 {
        let Some((from, to)) = self.securities.week(date) else { return 0.0 };
        let moved = self.securities.at(to) - self.securities.at(from);
        let days = fedwire::business_days(fedwire::next_business_day(from), to);
        let settles = |day: &&Date| marks(**day).coupons_settle.is_some();
        let settlements = days.iter().filter(settles).count();
        if moved < 0.0 && settlements > 0 {
            return if settles(&&date) { moved / settlements as f64 } else { 0.0 };
        }
        moved / days.len() as f64
    }
}

/// Day on which the standing repo facility opened: FOMC statement of 28 July 2021.
pub const STANDING_FACILITY: Date = jiff::civil::date(2021, 7, 29);

/// Net issues by day.
struct DailyDebt {
    bills: BTreeMap<Date, f64>,
    coupons: BTreeMap<Date, f64>,
    /// First day of the statement in the folder.
    since: Option<Date>,
    announced_bills: BTreeMap<Date, f64>,
}

impl DailyDebt {
    fn read(known: &AsKnown<'_>) -> Result<DailyDebt, HistoryError> {
        let bills = by_date(known.series(SeriesId::NetBills)?);
        let coupons = by_date(known.series(SeriesId::NetCoupons)?);
        let mut announced_bills = BTreeMap::new();
        for auction in known.auctions()? {
            if auction.class == SecurityClass::Bill {
                *announced_bills.entry(fedwire::on_or_after(auction.settles)).or_insert(0.0) += auction.offered;
                *announced_bills.entry(fedwire::on_or_after(auction.matures)).or_insert(0.0) -= auction.offered;
            }
        }
        Ok(DailyDebt { since: bills.keys().next().copied(), bills, coupons, announced_bills })
    }

    /// Net bills and net notes and bonds that settled on a day, $bn.
    fn net_issues(&self, date: Date) -> (f64, f64) {
        let of = |issues: &BTreeMap<Date, f64>| issues.get(&date).copied().unwrap_or(0.0);
        if self.since.is_some_and(|since| date >= since) {
            (of(&self.bills), of(&self.coupons))
        } else {
            (of(&self.announced_bills), 0.0)
        }
    }
}
