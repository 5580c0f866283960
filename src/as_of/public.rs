//! The rest of the financial system, which the folder does not hold: the last vintage that ships and was known, rolled
//! forward where the folder allows.
//!
//! ```text
//! bills outstanding   = then + net issues since
//! bills of funds      = then + half the growth of bills outstanding
//! repo of leverage    = then × SOFR volume / SOFR volume then
//! repo of money funds = repo of leverage − what banks lent then
//! ```

use super::error::AsOfError;
use super::fed_books::to_the_million;
use super::origin::Origin;
use super::shipped::base_of;
use crate::calendar::names::long_date;
use crate::history::{SecurityClass, SeriesId};
use crate::scenario::{Fed, Figure, Public, Vintage};
use jiff::civil::Date;

/// Share of the growth of bills outstanding that money funds take: 55 percent from October to December 2025 (OFR money
/// fund monitor and Daily Treasury Statement).
const FUNDS_SHARE_OF_NEW_BILLS: f64 = 0.5;

/// Days over which the volume of SOFR is averaged, so that no settlement or end of month counts for much.
const VOLUME_DAYS: usize = 20;

/// The rest of the system beside the Fed's balance sheet.
pub fn public(origin: &Origin<'_, '_>, fed: &Fed) -> Result<Public, AsOfError> {
    let base = base_of(origin.date);
    let was = &base.public;
    let carried = |figure: &Figure| {
        let how = if base.date == origin.date { "as in" } else { "carried from" };
        Figure {
            value: figure.value,
            source: format!("{how} the vintage of {}: {}", long_date(base.date), figure.source),
        }
    };
    let treasury_bills_outstanding = bills_outstanding(origin, base, fed)?;
    let treasury_coupons_outstanding = coupons_outstanding(origin, base)?;
    let growth = treasury_bills_outstanding.value - was.treasury_bills_outstanding.value;
    let foreign_treasury_bills = carried(&was.foreign_treasury_bills);
    let most = treasury_bills_outstanding.value - fed.treasury_bills.value - foreign_treasury_bills.value;
    let bills_of_funds = was.money_fund_bills.value + FUNDS_SHARE_OF_NEW_BILLS * growth;
    let money_fund_bills = Figure {
        value: to_the_million(bills_of_funds.min(most).max(0.0)),
        source: format!(
            "{:.3} in the vintage of {}, plus half the growth of bills outstanding since",
            was.money_fund_bills.value,
            long_date(base.date)
        ),
    };
    let (levered_repo, money_fund_repo) = private_repo(origin, base)?;
    Ok(Public {
        treasury_bills_outstanding,
        treasury_coupons_outstanding,
        bank_treasuries: carried(&was.bank_treasuries),
        bank_mbs: carried(&was.bank_mbs),
        bank_deposits: carried(&was.bank_deposits),
        money_fund_bills,
        money_fund_repo,
        foreign_treasury_bills,
        foreign_treasury_coupons: carried(&was.foreign_treasury_coupons),
        levered_repo,
        gdp: carried(&was.gdp),
    })
}

/// Rolled with the Daily Treasury Statement where it reaches back to the vintage; otherwise what had been offered and had
/// not matured, plus the Fed's own.
fn bills_outstanding(origin: &Origin<'_, '_>, base: &Vintage, fed: &Fed) -> Result<Figure, AsOfError> {
    let was = base.public.treasury_bills_outstanding.value;
    if let Some(net) = net_issues(origin, SeriesId::NetBills, base.date)? {
        let source = format!(
            "{was:.3} in the vintage of {}, plus issues less redemptions since (Daily Treasury Statement, table III-A)",
            long_date(base.date)
        );
        return Ok(Figure { value: to_the_million(was + net), source });
    }
    let outstanding = |auction: &&crate::history::AnnouncedAuction| {
        auction.class == SecurityClass::Bill && auction.settles <= origin.date && auction.matures > origin.date
    };
    let offered: f64 = origin.auctions()?.iter().filter(outstanding).map(|auction| auction.offered).sum();
    let source = format!(
        "offering amounts of all bills issued on or before {} and maturing after it {offered:.1} (auction announcements) \
         plus the Fed's own",
        long_date(origin.date)
    );
    Ok(Figure { value: to_the_million(offered + fed.treasury_bills.value), source })
}

/// Issues less redemptions since a day; none if the statement does not reach back to it.
fn net_issues(origin: &Origin<'_, '_>, series: SeriesId, since: Date) -> Result<Option<f64>, AsOfError> {
    let reaches = origin.values(series)?.first().is_some_and(|first| first.date <= since);
    if since == origin.date {
        return Ok(Some(0.0));
    }
    if !reaches {
        return Ok(None);
    }
    Ok(Some(origin.between(series, since, origin.date)?.iter().map(|day| day.value).sum()))
}

fn coupons_outstanding(origin: &Origin<'_, '_>, base: &Vintage) -> Result<Figure, AsOfError> {
    let was = base.public.treasury_coupons_outstanding.value;
    let then = long_date(base.date);
    if let Some(net) = net_issues(origin, SeriesId::NetCoupons, base.date)? {
        let source = format!(
            "{was:.3} in the vintage of {then}, plus issues less redemptions since (Daily Treasury Statement, table III-A), \
             without inflation compensation"
        );
        return Ok(Figure { value: to_the_million(was + net), source });
    }
    let (from, to) = (base.date.min(origin.date), base.date.max(origin.date));
    let net = net_of_announced_coupons(origin, from, to)?;
    let net = if base.date <= origin.date { net } else { -net };
    let source = format!(
        "approximate: {was:.3} in the vintage of {then}, with notes and bonds offered less what the public held of those \
         maturing between the two days (auction announcements)"
    );
    Ok(Figure { value: to_the_million(was + net), source })
}

/// Offered less publicly held maturing, over the settlements after `from` and up to `to`, of auctions announced by the
/// origin.
fn net_of_announced_coupons(origin: &Origin<'_, '_>, from: Date, to: Date) -> Result<f64, AsOfError> {
    let mut net = 0.0;
    let mut matured: Vec<(Date, f64)> = Vec::new();
    for auction in origin.auctions()? {
        if auction.class == SecurityClass::Coupon && auction.settles > from && auction.settles <= to {
            net += auction.offered;
            if let Some(amount) = auction.public_maturing
                && matured.iter().all(|(day, _)| *day != auction.settles)
            {
                matured.push((auction.settles, amount));
            }
        }
    }
    Ok(net - matured.iter().map(|(_, amount)| amount).sum::<f64>())
}

/// Repo borrowed with leverage, and what of it money funds lend.
fn private_repo(origin: &Origin<'_, '_>, base: &Vintage) -> Result<(Figure, Figure), AsOfError> {
    let was = &base.public;
    let scale = match (volume(origin, origin.date)?, volume(origin, base.date)?) {
        (Some(now), Some(then)) => now / then,
        _ => 1.0,
    };
    let banks = was.levered_repo.value - was.money_fund_repo.value;
    let then = long_date(base.date);
    let levered = (was.levered_repo.value * scale).max(banks);
    let levered_repo = Figure {
        value: to_the_million(levered),
        source: format!(
            "{:.3} in the vintage of {then}, times {scale:.3}, the growth of the volume of SOFR since, a mean of \
             {VOLUME_DAYS} days (New York Fed)",
            was.levered_repo.value
        ),
    };
    let money_fund_repo = Figure {
        value: to_the_million(levered - banks),
        source: format!(
            "levered_repo less the {banks:.1} that banks lent in the vintage of {then}, so that private repo closes"
        ),
    };
    Ok((levered_repo, money_fund_repo))
}

/// Mean volume of SOFR over the last days up to a date.
fn volume(origin: &Origin<'_, '_>, date: Date) -> Result<Option<f64>, AsOfError> {
    if date > origin.date {
        return Ok(None);
    }
    let values = origin.values(SeriesId::SofrVolume)?;
    let end = values.partition_point(|value| value.date <= date);
    let days = &values[end.saturating_sub(VOLUME_DAYS)..end];
    Ok((!days.is_empty()).then(|| days.iter().map(|day| day.value).sum::<f64>() / days.len() as f64))
}
