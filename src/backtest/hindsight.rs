//! A few forecasts drawn with what happened.

use crate::forecast::{Forecast, Measured, Target};
use crate::statistics::quantiles;
use jiff::civil::{Date, date};

/// Calendar days before an origin that are drawn, a month.
const BEFORE: i64 = 30;

/// Calendar days from a wanted day within which the nearest origin stands in for it: origins are a fortnight apart.
const NEAREST: i32 = 14;

/// Turns that everybody remembers, each from the origin nearest to a day before it.
const REMEMBERED: [(Target, Date); 6] = [
    // Abundance: ON RRP between two debt limits.
    (Target::OnRrp, date(2022, 1, 5)),
    // The end of the debt limit of 2023, and the cash of money funds that paid for the rebuild.
    (Target::Tga, date(2023, 5, 31)),
    (Target::OnRrp, date(2023, 6, 7)),
    // The year-end of 2024.
    (Target::SofrIorb, date(2024, 12, 11)),
    // The rebuild of 2025 and the scarcity it ended in.
    (Target::Reserves, date(2025, 9, 3)),
    (Target::SofrIorb, date(2025, 9, 24)),
];

/// A forecast with what happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Hindsight {
    /// What was forecast.
    pub target: Target,
    /// When.
    pub origin: Date,
    /// Days forecast, rising.
    pub dates: Vec<Date>,
    /// Quantiles 5, 25, 50, 75 and 95 % on each of them.
    pub bands: [Vec<f64>; 5],
    /// What happened, and what was known before.
    pub observed: Vec<(Date, f64)>,
}

impl Hindsight {
    /// Every target of a forecast with what came.
    pub fn of(forecast: &Forecast, came: &Measured) -> Vec<Hindsight> {
        let first = forecast.origin.saturating_sub(jiff::Span::new().days(BEFORE));
        let fan = |target: Target| {
            let mut bands: [Vec<f64>; 5] = Default::default();
            for day in 0..forecast.days.len() {
                let on_the_day = quantiles(&mut forecast.sample(target, day).to_vec(), &[0.05, 0.25, 0.5, 0.75, 0.95]);
                bands.iter_mut().zip(on_the_day).for_each(|(band, quantile)| band.push(quantile));
            }
            let last = forecast.days[forecast.days.len() - 1];
            let seen = came.up_to(target, last).iter().filter(|(date, _)| *date >= first);
            let observed = seen.copied().collect();
            Hindsight { target, origin: forecast.origin, dates: forecast.days.clone(), bands, observed }
        };
        Target::ALL.into_iter().map(fan).collect()
    }

    /// The forecasts of turns that everybody remembers, as far as there was an origin near them.
    pub fn remembered<'f>(all: impl Iterator<Item = &'f Hindsight> + Clone) -> Vec<Hindsight> {
        let nearest = |(target, day): (Target, Date)| {
            let away = |fan: &&Hindsight| (fan.origin - day).get_days().abs();
            let near = all.clone().filter(|fan| fan.target == target).min_by_key(away);
            near.filter(|fan| away(fan) <= NEAREST).cloned()
        };
        REMEMBERED.into_iter().filter_map(nearest).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_stood_in_for_by_the_nearest_origin_or_by_none() {
        let fan = |target, origin| Hindsight { target, origin, ..blank() };
        let all = [
            fan(Target::OnRrp, date(2022, 1, 19)),
            fan(Target::OnRrp, date(2022, 1, 1)),
            fan(Target::Tga, date(2023, 6, 28)),
        ];
        let chosen = Hindsight::remembered(all.iter());
        assert_eq!(chosen, [all[1].clone()]);
    }

    fn blank() -> Hindsight {
        let (dates, observed, bands) = (Vec::new(), Vec::new(), Default::default());
        Hindsight { target: Target::Tga, origin: date(2022, 1, 1), dates, bands, observed }
    }
}
