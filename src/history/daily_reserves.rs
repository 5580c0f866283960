//! Reserves day by day, as known on a date.
//!
//! ```text
//! A_w = reserves_w + TGA_w + ON RRP_w − repo_w     on Wednesdays, between them in a straight line
//! reserves_d = A_d − TGA_d − ON RRP_d + repo_d
//! ```
//!
//! Reserves are published for Wednesdays (H.4.1). What moves them from day to day is published daily; the rest of the
//! balance sheet, A, moves slowly, and is interpolated between the Wednesdays on either side.

use super::as_known::AsKnown;
use super::error::HistoryError;
use super::folder::Observation;
use super::registry::SeriesId;
use crate::calendar::fedwire;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Reserves and the daily series they are made of, oldest day first, $bn.
#[derive(Clone, Debug)]
pub struct DailyReserves {
    /// The Treasury General Account.
    pub tga: Vec<(Date, f64)>,
    /// Take-up of the overnight reverse repo facility.
    pub on_rrp: Vec<(Date, f64)>,
    /// Overnight repo with the Fed, on every business day up to the last operation known.
    pub repo: Vec<(Date, f64)>,
    /// Reserve balances, from the first Wednesday known to the last.
    pub reserves: Vec<(Date, f64)>,
}

impl DailyReserves {
    /// Reads the series since a first day and puts reserves together.
    ///
    /// # Errors
    /// A series is absent or wrong.
    pub fn read(known: &AsKnown<'_>, first: Date) -> Result<DailyReserves, HistoryError> {
        let from = |id| -> Result<Vec<(Date, f64)>, HistoryError> {
            let all = known.series(id)?.iter().filter(|observation| observation.date >= first);
            Ok(all.map(|Observation { date, value }| (*date, *value)).collect())
        };
        let tga = from(SeriesId::CashBalance)?;
        let on_rrp = from(SeriesId::OnRrp)?;
        let repo = by_business_day(&from(SeriesId::OvernightRepo)?, first, known.on());
        let reserves = daily_reserves(&from(SeriesId::ReserveBalances)?, &tga, &on_rrp, &repo);
        Ok(DailyReserves { tga, on_rrp, repo, reserves })
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
