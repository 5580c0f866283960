//! Fitted parameters in the world as of a day after their window.

use crate::calendar::fedwire;
use crate::history::{AsKnown, DailyReserves, HistoryError};
use crate::model::{BUSINESS_DAYS_PER_YEAR, Parameters};
use crate::scenario::{Distribution, ParameterFile, Quantity};
use jiff::ToSpan;
use jiff::civil::Date;

/// Parameters that trailing data tell on any day, and a calibration therefore does not.
pub const OF_THE_DAY: [&str; 5] =
    ["currency_growth", "foreign_rrp_mean", "primary_credit_normal", "fed_net_income", "mbs_principal"];

/// Days before the window's end from which reserves are read, so that the day itself has a value.
const BEFORE: i64 = 14;

/// Puts the values of a parameter file in the place of those of a scenario as of `origin`, but for [`OF_THE_DAY`] where they
/// were found on a window of history. The ample level of the window's end grows to the origin by the model's own equation,
/// along reserves as known.
///
/// # Errors
/// Reserves cannot be read.
pub fn apply(
    file: &ParameterFile,
    known: &AsKnown<'_>,
    origin: Date,
    parameters: &mut Parameters<Quantity>,
) -> Result<(), HistoryError> {
    for (name, quantity) in &file.values {
        if (file.fitted.is_none() || !OF_THE_DAY.contains(&name.as_str()))
            && let Some(place) = parameters.get_mut(name)
        {
            *place = quantity.clone();
        }
    }
    if let Some((_, to)) = file.fitted
        && file.values.iter().any(|(name, _)| name == "ample_reserves")
    {
        let reserves = DailyReserves::read(known, to.saturating_sub(BEFORE.days()))?.reserves;
        let values = parameters.values();
        let typical = Parameters::from_fn(|position, _| values[position].typical());
        let grown = |level| ample_level(level, to, origin, &reserves, &typical);
        parameters.ample_reserves = match parameters.ample_reserves.clone() {
            Quantity::Random(Distribution::Normal { mean, sd }) => {
                Quantity::Random(Distribution::Normal { mean: grown(mean), sd })
            }
            Quantity::Random(Distribution::Lognormal { median, sigma }) => {
                Quantity::Random(Distribution::Lognormal { median: grown(median), sigma })
            }
            other => Quantity::Fixed(grown(other.typical())),
        };
    }
    Ok(())
}

/// The ample level at the close of `to`, from its level at the close of `from`, by the equation of
/// [`desired_reserves`](crate::model) along published reserves; after the last of them, along the last.
pub fn ample_level(level: f64, from: Date, to: Date, reserves: &[(Date, f64)], p: &Parameters<f64>) -> f64 {
    fedwire::business_days(from.saturating_add(1.day()), to).into_iter().fold(level, |level, day| {
        let known = reserves.partition_point(|(date, _)| *date <= day);
        let beyond = known.checked_sub(1).map_or(0.0, |last| reserves[last].1 - level);
        let ratchet = p.ample_ratchet_up * beyond.max(0.0) - p.ample_ratchet_down * (-beyond).max(0.0);
        level + (p.ample_growth / 100.0 * level + ratchet) / BUSINESS_DAYS_PER_YEAR
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// 251 business days of 2 % a year on 3000 compound to 3000 (1 + .02/251)^251 = 3060.60.
    #[test]
    fn without_excess_the_level_grows_by_its_rate_and_with_it_faster() {
        let p =
            Parameters { ample_growth: 2.0, ample_ratchet_up: 0.2, ample_ratchet_down: 0.0, ..Parameters::defaults() };
        let days = fedwire::business_days(date(2024, 1, 2), date(2025, 12, 31));
        let (from, to) = (days[0], days[251]);
        let grown = ample_level(3000.0, from, to, &[(from, 0.0)], &p);
        assert!((grown - 3060.60).abs() < 0.01, "{grown}");
        let plentiful = ample_level(3000.0, from, days[1], &[(from, 3251.0)], &p);
        assert!((plentiful - (3000.0 + (60.0 + 0.2 * 251.0) / 251.0)).abs() < 1e-9, "{plentiful}");
        assert_eq!(ample_level(3000.0, from, from, &[], &p), 3000.0);
    }
}
