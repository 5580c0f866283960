//! The balance sheet of the Federal Reserve at the close of any business day.
//!
//! On a Wednesday it is the H.4.1. On other days the last H.4.1 is rolled forward with what is published daily: the
//! Treasury's account, ON RRP and repo operations; reserves are what is left. A line that is no longer in the folder is
//! carried, and its source says so.

use super::error::AsOfError;
use super::origin::Origin;
use crate::calendar::names::long_date;
use crate::history::{Observation, SeriesId, runoff_caps};
use crate::scenario::{Fed, Figure};
use jiff::civil::Date;

/// Rounds to the million, in which the statements are published.
pub fn to_the_million(billions: f64) -> f64 {
    (billions * 1000.0).round() / 1000.0
}

fn figure(value: f64, source: String) -> Figure {
    Figure { value: to_the_million(value), source }
}

/// The balance sheet, which balances to the million.
pub fn fed(origin: &Origin<'_, '_>) -> Result<Fed, AsOfError> {
    let line = |series| -> Result<Figure, AsOfError> {
        let value = origin.latest(series)?;
        Ok(figure(value.value, origin.cite(series, value)))
    };
    let published = origin.latest(SeriesId::TotalAssets)?;
    let statement = published.date;
    let repo = repo(origin, statement)?;
    let mut source = origin.cite(SeriesId::TotalAssets, published);
    if statement != origin.date {
        source += ", with the change of overnight repo operations since (New York Fed)";
    }
    let total = figure(published.value + repo.now - repo.at_statement, source);
    let treasuries = origin.latest(SeriesId::TreasurySecurities)?;
    let treasury_bills = bills(origin, statement)?;
    let treasury_coupons = figure(
        treasuries.value - treasury_bills.value,
        format!("{}, less bills", origin.cite(SeriesId::TreasurySecurities, treasuries)),
    );
    let mbs = line(SeriesId::MortgageSecurities)?;
    let standing_repo = figure(repo.now, repo.source);
    let loans = loans(origin)?;
    let listed = treasury_bills.value + treasury_coupons.value + mbs.value + standing_repo.value + loans.value;
    let other_assets = figure(total.value - listed, "total assets less the lines above".to_owned());
    let liabilities = liabilities(origin, &total, statement)?;
    Ok(Fed {
        treasury_bills,
        treasury_coupons,
        mbs,
        standing_repo,
        loans,
        other_assets,
        total_assets: total,
        reserves: liabilities.reserves,
        currency: liabilities.currency,
        tga: liabilities.tga,
        on_rrp: liabilities.on_rrp,
        foreign_rrp: liabilities.foreign_rrp,
        other_liabilities: liabilities.other,
    })
}

/// Repo at the last statement and at the origin.
struct Repo {
    at_statement: f64,
    now: f64,
    source: String,
}

fn repo(origin: &Origin<'_, '_>, statement: Date) -> Result<Repo, AsOfError> {
    let overnight = |date| origin.operation(SeriesId::OvernightRepo, date);
    let published = origin.latest_at(SeriesId::StandingRepoWednesday, statement)?;
    if published.date != statement {
        let source = format!("New York Fed, overnight repo operations of {}, all accepted", long_date(origin.date));
        return Ok(Repo { at_statement: overnight(statement)?, now: overnight(origin.date)?, source });
    }
    let mut source = origin.cite(SeriesId::StandingRepoWednesday, published);
    let mut now = published.value;
    if statement != origin.date {
        source += ", with the change of overnight operations since (New York Fed)";
        // Small-value operations round to nothing in one of the two.
        now = (now + overnight(origin.date)? - overnight(statement)?).max(0.0);
    }
    Ok(Repo { at_statement: published.value, now, source })
}

/// Lending beyond the discount window, above which it is a programme of its own and stands in other assets, $bn: seasonal
/// credit and what is left of programmes stay below it, the programmes of 2020 and 2023 were above.
const PROGRAMME: f64 = 10.0;

/// Loans; while a lending programme is large, primary credit alone, since only that is borrowed at the discount window rate.
fn loans(origin: &Origin<'_, '_>) -> Result<Figure, AsOfError> {
    let all = origin.latest(SeriesId::Loans)?;
    let primary = origin.latest_at(SeriesId::PrimaryCredit, all.date)?;
    if all.value - primary.value <= PROGRAMME {
        return Ok(figure(all.value, origin.cite(SeriesId::Loans, all)));
    }
    let source = format!(
        "{}; the rest of loans, {:.3} in all (FRED WLCFLL), is not lent at the discount window rate and stands in \
         other_assets",
        origin.cite(SeriesId::PrimaryCredit, primary),
        all.value
    );
    Ok(figure(primary.value, source))
}

/// Bills by themselves are published weekly with the holdings; after the last of these in the folder they are carried,
/// and once runoff has ended all growth of Treasury securities is bills, since notes and bonds are rolled over.
fn bills(origin: &Origin<'_, '_>, statement: Date) -> Result<Figure, AsOfError> {
    let published = origin.latest_at(SeriesId::TreasuryBills, statement)?;
    let mut source = format!("New York Fed, SOMA holdings as of {}, Treasury bills at par", long_date(published.date));
    if published.date == statement {
        return Ok(figure(published.value, source));
    }
    source += ", carried forward";
    let caps = origin.announced(runoff_caps()).iter().rev().find(|caps| caps.from <= statement);
    let mut value = published.value;
    if let Some(ended) = caps.filter(|caps| caps.treasuries == 0.0) {
        let before = origin.latest_at(SeriesId::TreasurySecurities, ended.from.max(published.date))?;
        let now = origin.latest(SeriesId::TreasurySecurities)?;
        value += (now.value - before.value).max(0.0);
        source += &format!(
            ", plus the growth of all Treasury securities from {} to {} (FRED TREAST), notes and bonds being rolled over",
            long_date(before.date),
            long_date(now.date)
        );
    }
    Ok(figure(value, source))
}

struct Liabilities {
    reserves: Figure,
    currency: Figure,
    tga: Figure,
    on_rrp: Figure,
    foreign_rrp: Figure,
    other: Figure,
}

fn liabilities(origin: &Origin<'_, '_>, total: &Figure, statement: Date) -> Result<Liabilities, AsOfError> {
    let line = |series, date| -> Result<(Observation, Figure), AsOfError> {
        let value = origin.latest_at(series, date)?;
        Ok((value, figure(value.value, origin.cite(series, value))))
    };
    let on_wednesday = statement == origin.date;
    let (_, currency) = line(SeriesId::Currency, origin.date)?;
    let (_, foreign_rrp) = line(SeriesId::ForeignReverseRepo, origin.date)?;
    let (published_tga, wednesday_tga) = line(SeriesId::TreasuryAccountWednesday, origin.date)?;
    let (published_rrp, wednesday_rrp) = line(SeriesId::OtherReverseRepo, origin.date)?;
    let tga = match on_wednesday && published_tga.date == statement {
        true => wednesday_tga,
        false => line(SeriesId::CashBalance, origin.date)?.1,
    };
    let on_rrp = match on_wednesday && published_rrp.date == statement {
        true => wednesday_rrp,
        false => line(SeriesId::OnRrp, origin.date)?.1,
    };
    let listed = currency.value + tga.value + on_rrp.value + foreign_rrp.value;
    let (published_reserves, reserves) = line(SeriesId::ReserveBalances, origin.date)?;
    if on_wednesday && published_reserves.date == statement {
        let other = figure(
            total.value - reserves.value - listed,
            "total assets less the five lines above: other and foreign official deposits, remittances due or deferred \
             asset, other liabilities and capital, less Treasury currency outstanding"
                .to_owned(),
        );
        return Ok(Liabilities { reserves, currency, tga, on_rrp, foreign_rrp, other });
    }
    let last = published_reserves.date;
    let mut other = origin.latest_at(SeriesId::TotalAssets, last)?.value;
    for series in [
        SeriesId::ReserveBalances,
        SeriesId::Currency,
        SeriesId::TreasuryAccountWednesday,
        SeriesId::OtherReverseRepo,
        SeriesId::ForeignReverseRepo,
    ] {
        other -= origin.latest_at(series, last)?.value;
    }
    let other = figure(
        other,
        format!(
            "what the other lines left of total assets on Wednesday {} (Federal Reserve H.4.1), carried forward",
            long_date(last)
        ),
    );
    let reserves = figure(
        total.value - listed - other.value,
        format!(
            "what the other lines leave of total assets; the last published were of {} (FRED WRBWFRBL)",
            long_date(last)
        ),
    );
    Ok(Liabilities { reserves, currency, tga, on_rrp, foreign_rrp, other })
}
