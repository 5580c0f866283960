//! The targets day by day, as known on a date, in the steps in which they count.

use super::target::Target;
use crate::history::{AsKnown, DailyReserves, HistoryError, Observation, SeriesId, over_iorb};
use jiff::civil::Date;

/// Every target day by day, as known on a date and [as published](Target::as_published).
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
        let DailyReserves { tga, on_rrp, repo, reserves } = DailyReserves::read(known, first)?;
        let spreads =
            |rates: Vec<(Date, f64)>| rates.into_iter().map(|(day, rate)| (day, over_iorb(rate, day))).collect();
        let (sofr, effr) = (spreads(from(SeriesId::Sofr)?), spreads(from(SeriesId::Effr)?));
        let mut series = [tga, reserves, on_rrp, sofr, effr, repo];
        for (target, series) in Target::ALL.into_iter().zip(&mut series) {
            series.iter_mut().for_each(|(_, value)| *value = target.as_published(*value));
        }
        Ok(Measured { series })
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
