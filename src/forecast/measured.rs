//! The targets day by day, as known on a date.
//!
//! ```text
//! A_w = reserves_w + TGA_w + ON RRP_w − repo_w     on Wednesdays, between them in a straight line
//! reserves_d = A_d − TGA_d − ON RRP_d + repo_d
//! ```
//!
//! Reserves are published for Wednesdays (H.4.1). What moves them from day to day is published daily; the rest of the
//! balance sheet, A, moves slowly, and is interpolated between the Wednesdays on either side.

use super::target::Target;
use crate::calendar::fedwire;
use crate::history::{AsKnown, HistoryError, Observation, SeriesId, rate_steps};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Every target day by day, as known on a date.
#[derive(Clone, Debug)]
pub struct Measured {
    series: [Vec<(Date, f64)>; Target::ALL.len()],
}

impl Measured {
    /// Reads the targets since a first day.
    ///
    /// # Errors
    /// A series is absent or wrong.
    pub fn read(known: &AsKnown<'_>, first: Date) -> Result<Measured, HistoryError> {
        let from = |id| -> Result<Vec<(Date, f64)>, HistoryError> {
            let all = known.series(id)?.iter().filter(|observation| observation.date >= first);
            Ok(all.map(|Observation { date, value }| (*date, *value)).collect())
        };
        let tga = from(SeriesId::CashBalance)?;
        let on_rrp = from(SeriesId::OnRrp)?;
        let repo = by_business_day(&from(SeriesId::OvernightRepo)?, first, known.on());
        let reserves = daily_reserves(&from(SeriesId::ReserveBalances)?, &tga, &on_rrp, &repo);
        let over_iorb = |rates: Vec<(Date, f64)>| {
            let steps = rate_steps();
            let iorb = |day: Date| steps[steps.partition_point(|step| step.from <= day).max(1) - 1].iorb;
            rates.into_iter().map(|(day, rate)| (day, ((rate - iorb(day)) * 100.0).round())).collect()
        };
        let (sofr, effr) = (over_iorb(from(SeriesId::Sofr)?), over_iorb(from(SeriesId::Effr)?));
        Ok(Measured { series: [tga, reserves, on_rrp, sofr, effr, repo] })
    }

    /// A target, oldest day first.
    pub fn series(&self, target: Target) -> &[(Date, f64)] {
        &self.series[target as usize]
    }

    /// A target up to a day, oldest first.
    pub fn up_to(&self, target: Target, day: Date) -> &[(Date, f64)] {
        let series = self.series(target);
        &series[..series.partition_point(|(date, _)| *date <= day)]
    }

    /// A target on a day; none if it was not published.
    pub fn on(&self, target: Target, day: Date) -> Option<f64> {
        let series = self.series(target);
        series.binary_search_by(|(date, _)| date.cmp(&day)).ok().map(|place| series[place].1)
    }
}

/// Take-up on every business day: days without an operation took nothing.
fn by_business_day(operations: &[(Date, f64)], first: Date, last: Date) -> Vec<(Date, f64)> {
    let taken: BTreeMap<Date, f64> = operations.iter().copied().collect();
    // Beyond the last operation published, nothing says whether there was none.
    let last = operations.last().map_or(first, |(day, _)| (*day).min(last));
    fedwire::business_days(first, last).into_iter().map(|day| (day, taken.get(&day).copied().unwrap_or(0.0))).collect()
}

fn daily_reserves(
    wednesdays: &[(Date, f64)],
    tga: &[(Date, f64)],
    on_rrp: &[(Date, f64)],
    repo: &[(Date, f64)],
) -> Vec<(Date, f64)> {
    let maps = [tga, on_rrp, repo].map(|series| series.iter().copied().collect::<BTreeMap<Date, f64>>());
    // Days on which ON RRP was not offered to all take the last result.
    let drains = |day: Date| {
        let on_rrp = maps[1].range(..=day).next_back()?.1;
        Some(maps[0].get(&day)? + on_rrp - maps[2].get(&day)?)
    };
    let rest: Vec<(Date, f64)> =
        wednesdays.iter().filter_map(|(day, reserves)| Some((*day, reserves + drains(*day)?))).collect();
    let mut daily = Vec::new();
    for pair in rest.windows(2) {
        let [(from, before), (to, after)] = [pair[0], pair[1]];
        let days = fedwire::business_days(from, to);
        let steps = days.len().saturating_sub(1).max(1) as f64;
        for (number, day) in days.iter().enumerate().take(days.len().saturating_sub(1)) {
            if let Some(drains) = drains(*day) {
                daily.push((*day, before + (after - before) * number as f64 / steps - drains));
            }
        }
    }
    if let Some((day, rest)) = rest.last()
        && let Some(drains) = drains(*day)
    {
        daily.push((*day, rest - drains));
    }
    daily
}
