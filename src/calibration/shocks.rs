//! The second stage: sizes of the shocks, from how far history was missed.
//!
//! ```text
//! operating flow   what the calendar does not foresee, left out one day at a time
//! currency         weekly changes, less trend and season
//! foreign RRP      changes of the weekly level over 1, 4 and 12 weeks
//! other deposits   the same
//! money funds      changes of the free run's miss of ON RRP over 5, 20 and 60 days
//! repo, SOFR, EFFR changes of the free run's miss of TGCR, of SOFR − TGCR, of EFFR
//! ```
//!
//! What is seen directly is measured; what is seen through a sum of shocks is matched (`moments`). The noise of leveraged
//! investors cannot be told from that of money funds and is held at its value.

use super::conditional::{Close, ConditionalRun};
use super::moments::{
    HORIZONS, match_spreads, spread_of_changes, spread_of_drifting_sums, spread_of_returning_level, spread_of_sums,
    survival,
};
use crate::history::{AsKnown, HistoryError, SeriesId, over_iorb};
use crate::model::{BUSINESS_DAYS_PER_WEEK, DayPlan, ParameterInfo, Parameters};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A size that was fitted.
#[derive(Clone, Debug, PartialEq)]
pub struct ShockSize {
    /// Its name.
    pub name: &'static str,
    /// The value before.
    pub before: f64,
    /// The value after, within the parameter's bounds.
    pub after: f64,
    /// What it was matched to, in words.
    pub matched: String,
}

/// Fits the sizes asked for, on the days of the run up to `until`; sizes without enough history stay as they are.
///
/// # Errors
/// A series is absent or wrong.
pub fn fit_shocks(
    run: &ConditionalRun,
    closes: &[Close],
    known: &AsKnown<'_>,
    p: &Parameters<f64>,
    unforeseen: &[f64],
    until: Date,
    asked: &[&'static ParameterInfo],
) -> Result<Vec<ShockSize>, HistoryError> {
    let count = closes.iter().filter(|close| close.date <= until).count();
    let window = Window { days: &run.plan().days[..count], closes: &closes[..count], known };
    let mut found: BTreeMap<&'static str, (f64, String)> = BTreeMap::new();
    let free = |name: &str| asked.iter().any(|info| info.name == name);
    let drift_returns = free("flow_drift_half_life");
    operating_flow(&mut found, p, window.days, &unforeseen[..unforeseen.len().min(count)], drift_returns);
    let weeks = |id| -> Result<Vec<Option<f64>>, HistoryError> {
        let inside = |date: Date| window.days.first().is_some_and(|day| day.date <= date) && date <= until;
        Ok(known.series(id)?.iter().filter(|at| inside(at.date)).map(|at| Some(at.value)).collect())
    };
    if let Some(weekly) = spread_of_changes(&weeks(SeriesId::Currency)?, 1) {
        let season = season_of_weeks(window.days);
        let rest = (weekly * weekly - season * season).max(0.25 * weekly * weekly).sqrt();
        found
            .insert("currency_noise", (rest / BUSINESS_DAYS_PER_WEEK.sqrt(), format!("weekly changes of {weekly:.1}")));
    }
    returning(
        &mut found,
        ["foreign_rrp_noise", "foreign_rrp_half_life"],
        &weeks(SeriesId::ForeignReverseRepo)?,
        [p.foreign_rrp_noise, p.foreign_rrp_half_life],
        free("foreign_rrp_half_life"),
    );
    let other = run.other_deposits(closes.len().min(count));
    let other: Vec<Option<f64>> = other.chunks(5).map(|week| week.last().copied()).collect();
    returning(
        &mut found,
        ["other_deposits_noise", "other_deposits_half_life"],
        &other,
        [p.other_deposits_noise, p.other_deposits_half_life],
        free("other_deposits_half_life"),
    );
    money_funds(&mut found, p, &window)?;
    rates(&mut found, p, &window)?;
    Ok(asked
        .iter()
        .filter_map(|info| {
            let (value, matched) = found.get(info.name)?.clone();
            let before = **p.values().get(crate::model::PARAMETERS.iter().position(|at| at.name == info.name)?)?;
            Some(ShockSize { name: info.name, before, after: value.clamp(info.low, info.high), matched })
        })
        .collect())
}

struct Window<'a> {
    days: &'a [DayPlan],
    closes: &'a [Close],
    known: &'a AsKnown<'a>,
}

impl Window<'_> {
    /// A published series on the days of the window.
    fn published(&self, id: SeriesId) -> Result<Vec<Option<f64>>, HistoryError> {
        let values: BTreeMap<Date, f64> = self.known.series(id)?.iter().map(|at| (at.date, at.value)).collect();
        Ok(self.days.iter().map(|day| values.get(&day.date).copied()).collect())
    }

    /// Rates over IORB.
    fn spread(&self, id: SeriesId) -> Result<Vec<Option<f64>>, HistoryError> {
        let rates = self.published(id)?;
        Ok(rates.iter().zip(self.days).map(|(rate, day)| Some(over_iorb((*rate)?, day.date))).collect())
    }

    /// Ends of months and the days after them, when facilities and rates jump for a day.
    fn is_period_end(&self, position: usize) -> bool {
        let ends = |day: &DayPlan| day.needs.month_end + day.needs.quarter_end + day.needs.year_end > 0.0;
        ends(&self.days[position]) || position > 0 && ends(&self.days[position - 1])
    }
}

fn words(spreads: &[f64]) -> String {
    let listed: Vec<String> = spreads.iter().map(|spread| format!("{spread:.1}")).collect();
    listed.join(", ")
}

fn operating_flow(
    found: &mut BTreeMap<&'static str, (f64, String)>,
    p: &Parameters<f64>,
    days: &[DayPlan],
    unforeseen: &[f64],
    half_life_is_free: bool,
) {
    let Some(realised) = HORIZONS.iter().map(|&days| spread_of_sums(unforeseen, days)).collect::<Option<Vec<f64>>>()
    else {
        return;
    };
    let of = |large: bool| -> Option<f64> {
        let of_kind: Vec<f64> =
            unforeseen.iter().zip(days).filter(|(_, day)| day.large_payments == large).map(|(flow, _)| *flow).collect();
        spread_of_sums(&of_kind, 1)
    };
    let (Some(small), Some(large)) = (of(false), of(true)) else { return };
    let daily = realised[0];
    let simulated = |sizes: &[f64]| -> Vec<f64> {
        // The daily noise is what the drift leaves of the daily spread.
        let phi = survival(sizes.get(1).copied().unwrap_or(p.flow_drift_half_life));
        let drift = sizes[0] * sizes[0] / (1.0 - phi * phi).max(1e-12);
        let noise = (daily * daily - drift).max(0.01).sqrt();
        HORIZONS[1..].iter().map(|&days| spread_of_drifting_sums(noise, sizes[0], phi, days)).collect()
    };
    let mut given = vec![p.flow_drift_noise];
    given.extend(half_life_is_free.then_some(p.flow_drift_half_life));
    let sizes = match_spreads(&simulated, &realised[1..], &given);
    let half_life = sizes.get(1).copied().unwrap_or(p.flow_drift_half_life);
    let phi = survival(half_life);
    let left = (1.0 - sizes[0] * sizes[0] / (1.0 - phi * phi).max(1e-12) / (daily * daily)).max(0.25).sqrt();
    let matched = format!("sums of the unforeseen flow over 1, 5, 20, 60 days: {}", words(&realised));
    found.insert("flow_noise", (small * left, matched.clone()));
    found.insert("flow_noise_large", (large * left, matched.clone()));
    found.insert("flow_drift_noise", (sizes[0], matched.clone()));
    found.insert("flow_drift_half_life", (half_life, matched));
}

/// Standard deviation of the season over weeks, of which the model knows.
fn season_of_weeks(days: &[DayPlan]) -> f64 {
    let weeks: Vec<f64> = days.chunks(5).map(|week| week.iter().map(|day| day.currency_season).sum()).collect();
    spread_of_sums(&weeks, 1).unwrap_or(0.0)
}

fn returning(
    found: &mut BTreeMap<&'static str, (f64, String)>,
    names: [&'static str; 2],
    weekly: &[Option<f64>],
    sizes: [f64; 2],
    half_life_is_free: bool,
) {
    /// Weeks over which changes are compared: a week, a month, a quarter.
    const WEEKS: [usize; 3] = [1, 4, 12];
    let realised = WEEKS.iter().map(|&weeks| spread_of_changes(weekly, weeks)).collect::<Option<Vec<f64>>>();
    let Some(realised) = realised else { return };
    let given_half_life = sizes[1];
    let simulated = |sizes: &[f64]| -> Vec<f64> {
        let half_life = sizes.get(1).copied().unwrap_or(given_half_life);
        WEEKS.iter().map(|&weeks| spread_of_returning_level(sizes[0], survival(half_life), 5 * weeks)).collect()
    };
    let given = if half_life_is_free { &sizes[..] } else { &sizes[..1] };
    let matched = format!("changes over 1, 4, 12 weeks: {}", words(&realised));
    for (name, size) in names.into_iter().zip(match_spreads(&simulated, &realised, given)) {
        found.insert(name, (size, matched.clone()));
    }
}

fn money_funds(
    found: &mut BTreeMap<&'static str, (f64, String)>,
    p: &Parameters<f64>,
    window: &Window<'_>,
) -> Result<(), HistoryError> {
    /// Take-up below which it no longer shows how much cash money funds have, $bn.
    const SHOWS: f64 = 100.0;
    let published = window.published(SeriesId::OnRrp)?;
    let missed: Vec<Option<f64>> = published
        .iter()
        .zip(window.closes)
        .enumerate()
        .map(|(position, (published, close))| {
            let taken = published.filter(|taken| *taken > SHOWS && !window.is_period_end(position))?;
            Some(taken - close.on_rrp)
        })
        .collect();
    let horizons = &HORIZONS[1..];
    let realised = horizons.iter().map(|&days| spread_of_changes(&missed, days)).collect::<Option<Vec<f64>>>();
    let Some(realised) = realised else { return Ok(()) };
    let simulated = |sizes: &[f64]| -> Vec<f64> {
        let daily = (sizes[0] * sizes[0] + p.levered_noise * p.levered_noise).sqrt();
        horizons.iter().map(|&days| daily * (days as f64).sqrt()).collect()
    };
    let size = match_spreads(&simulated, &realised, &[p.fund_noise])[0];
    let matched = format!("changes of the run's miss of ON RRP over 5, 20, 60 days: {}", words(&realised));
    found.insert("fund_noise", (size, matched));
    Ok(())
}

fn rates(
    found: &mut BTreeMap<&'static str, (f64, String)>,
    p: &Parameters<f64>,
    window: &Window<'_>,
) -> Result<(), HistoryError> {
    let missed = |spread: Vec<Option<f64>>, simulated: &dyn Fn(&Close) -> f64| -> Vec<Option<f64>> {
        spread
            .iter()
            .zip(window.closes)
            .enumerate()
            .map(|(position, (published, close))| {
                published.filter(|_| !window.is_period_end(position)).map(|published| published - simulated(close))
            })
            .collect()
    };
    let (tgcr, sofr) = (window.spread(SeriesId::Tgcr)?, window.spread(SeriesId::Sofr)?);
    let margin: Vec<Option<f64>> = sofr.iter().zip(&tgcr).map(|(sofr, tgcr)| Some((*sofr)? - (*tgcr)?)).collect();
    let margin = missed(margin, &|close| close.sofr_iorb - close.tgcr_iorb);
    // Daily noise without memory: changes have twice its variance.
    let white = |missed: &[Option<f64>]| spread_of_changes(missed, 1).map(|spread| spread / std::f64::consts::SQRT_2);
    if let Some(size) = white(&margin) {
        found.insert("sofr_noise", (size, "daily changes of SOFR less TGCR".to_owned()));
    }
    let effr = missed(window.spread(SeriesId::Effr)?, &|close| close.effr_iorb);
    if let Some(size) = white(&effr) {
        found.insert("effr_noise", (size, "daily changes of the run's miss of EFFR".to_owned()));
    }
    let repo = missed(tgcr, &|close| close.tgcr_iorb);
    let horizons = [1, 2, 5, 20];
    let realised = horizons.iter().map(|&days| spread_of_changes(&repo, days)).collect::<Option<Vec<f64>>>();
    if let Some(realised) = realised {
        let memory = |persistence: f64| -1.0 / persistence.clamp(0.01, 0.999).log2();
        let simulated = |sizes: &[f64]| -> Vec<f64> {
            horizons.iter().map(|&days| spread_of_returning_level(sizes[0], survival(sizes[1]), days)).collect()
        };
        let sizes = match_spreads(&simulated, &realised, &[p.repo_noise, memory(p.repo_noise_persistence)]);
        let matched = format!("changes of the run's miss of TGCR over 1, 2, 5, 20 days: {}", words(&realised));
        found.insert("repo_noise", (sizes[0], matched.clone()));
        found.insert("repo_noise_persistence", (survival(sizes[1]), matched));
    }
    Ok(())
}
