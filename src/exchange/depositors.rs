//! Those who hold claims on the Fed for reasons of their own.

use super::books::after;
use super::case::Case;
use super::system::{BN_A_DAY, System};
use super::text::number;
use crate::model::{Flow, Instrument, Sector};

/// Writes currency, the foreign pool and other deposits.
pub fn write(system: &mut System, case: &Case<'_>) {
    system.mechanism("depositors");
    let season = case.of_days(|day| day.currency_season);
    system.table("season of currency", BN_A_DAY, season, "Seasonal flow into currency.");
    system.post(Flow::Currency, "p_currency_growth / business_days_per_month + p_currency_season * season_of_currency");
    let pool = after(Sector::ForeignOfficial, Instrument::ForeignRrp, &[]);
    let returning = format!("(1 - survival_of_foreign_rrp) * (p_foreign_rrp_mean - {pool})");
    system.post(Flow::ForeignRrp, format!("MAX({returning}, 0 - {pool})"));
    let other = after(Sector::Private, Instrument::OtherFed, &[]);
    let opening = number(case.plan.opening.get(Sector::Private, Instrument::OtherFed));
    system.post(Flow::OtherFedDeposits, format!("(1 - survival_of_other_deposits) * ({opening} - {other})"));
}
