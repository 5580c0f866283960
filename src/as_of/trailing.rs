//! Facts of the time that the model takes as parameters, from what the weekly statement had shown by then.

use super::error::AsOfError;
use super::origin::Origin;
use crate::history::{Observation, RunoffCaps, SeriesId, runoff_caps};
use crate::model::Parameters;
use crate::scenario::Quantity;
use jiff::ToSpan;

/// Weeks of a quarter, and months.
const QUARTER: (usize, f64) = (13, 3.0);

/// Weeks of half a year.
const HALF_YEAR: usize = 26;

/// Weeks and months of a year, over which the season of currency evens out.
const YEAR: (usize, f64) = (52, 12.0);

/// Smallest and largest monthly fall of agency MBS that can be principal, $bn: 13 to 25 in the years of runoff (H.4.1,
/// WSHOMCB). In the first months of runoff, purchases of before still settle and hide it.
const PRINCIPAL: (f64, f64) = (8.0, 60.0);

/// Sets the parameters that the trailing data identify simply; the others stay as they are.
pub fn set_trailing(origin: &Origin<'_, '_>, parameters: &mut Parameters<Quantity>) -> Result<(), AsOfError> {
    let fixed = |value: f64| Quantity::Fixed((value * 1000.0).round() / 1000.0);
    if let Some((then, now)) = change(origin.values(SeriesId::Currency)?, YEAR.0) {
        parameters.currency_growth = fixed((now - then) / YEAR.1);
    }
    if let Some(mean) = mean(origin.values(SeriesId::ForeignReverseRepo)?, HALF_YEAR) {
        parameters.foreign_rrp_mean = fixed(mean);
    }
    if let Some(mean) = mean(origin.values(SeriesId::PrimaryCredit)?, QUARTER.0) {
        parameters.primary_credit_normal = fixed(mean.clamp(0.0, 500.0));
    }
    // While the Fed earns, it pays what it earns to the Treasury every week; only losses pile up.
    let losses = change(origin.values(SeriesId::RemittancesDue)?, QUARTER.0)
        .map_or(0.0, |(then, now)| (now.min(0.0) - then.min(0.0)) / QUARTER.0 as f64);
    parameters.fed_net_income = fixed(losses.clamp(-10.0, 10.0));
    if runs_off(origin)
        && let Some((then, now)) = change(origin.values(SeriesId::MortgageSecurities)?, QUARTER.0)
    {
        let fall = (then - now) / QUARTER.1;
        if (PRINCIPAL.0..=PRINCIPAL.1).contains(&fall) {
            parameters.mbs_principal = fixed(fall);
        }
    }
    Ok(())
}

/// Whether agency MBS have fallen by their principal all through the last quarter: under a cap, or going into bills.
fn runs_off(origin: &Origin<'_, '_>) -> bool {
    let quarter_ago = origin.date.saturating_sub((QUARTER.0 as i64).weeks());
    let caps = origin.announced(runoff_caps());
    let then: Option<&RunoffCaps> = caps.iter().rev().find(|caps| caps.from <= quarter_ago);
    then.is_some_and(|caps| caps.mbs > 0.0 || super::events::principal_into_bills(caps))
}

/// The value some weeks before the last, and the last.
fn change(values: &[Observation], weeks: usize) -> Option<(f64, f64)> {
    let last = values.last()?;
    Some((values.get(values.len().checked_sub(weeks + 1)?)?.value, last.value))
}

/// Mean of the last weeks.
fn mean(values: &[Observation], weeks: usize) -> Option<f64> {
    let days = values.get(values.len().checked_sub(weeks)?..)?;
    Some(days.iter().map(|day| day.value).sum::<f64>() / weeks as f64)
}
