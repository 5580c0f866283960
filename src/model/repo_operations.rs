//! The Fed's own repo: the standing facility's terms, and temporary open-market operations.
//!
//! ```text
//! relief    = m + (1 − m) srf_afternoon_relief
//! operation = Σ amounts offered today + amount by reaction
//!
//! m = srf_morning_share and limit = srf_limit, or those of the latest terms
//! ```
//!
//! Relief is the share of take-up that relieves the market of the day: what is met in the morning does, what is met in the
//! afternoon comes after most of the market has traded. Operations that are announced are taken up in full. New York Fed,
//! morning operations since 26 June 2025; operations of 17 September 2019 to 2 July 2020.

use super::books::{Flow, Instrument, Sector};
use super::events::{DrawnEvents, add_paces};
use super::real::Real;
use super::state::{PerPath, State, TileParameters, lanes};

/// What the standing facility offers today.
#[derive(Clone, Copy, Debug)]
pub struct FacilityTerms<T, const N: usize> {
    /// Largest take-up, $bn.
    pub limit: [T; N],
    /// Share of take-up that relieves the market of the day.
    pub relief: [T; N],
}

/// The terms in force: the parameters', until an event changes them.
#[inline(always)]
pub fn facility_terms<T: Real, const N: usize>(
    p: &TileParameters<impl PerPath<T>>,
    events: &DrawnEvents<T, N>,
    day: usize,
) -> FacilityTerms<T, N> {
    let today = T::of(day as f64);
    let mut limit: [T; N] = lanes(|i| p.srf_limit[i]);
    let mut morning: [T; N] = lanes(|i| p.srf_morning_share[i]);
    let mut since = [T::of(f64::NEG_INFINITY); N];
    for terms in &events.standing_facilities {
        for i in 0..N {
            let newer = today >= terms.start[i] && terms.start[i] >= since[i];
            limit[i] = if newer { terms.limit[i] } else { limit[i] };
            morning[i] = if newer { terms.morning[i] } else { morning[i] };
            since[i] = if newer { terms.start[i] } else { since[i] };
        }
    }
    let relief = lanes(|i| morning[i] + (T::ONE - morning[i]) * p.srf_afternoon_relief[i]);
    FacilityTerms { limit, relief }
}

/// Moves temporary open-market repo to what is offered today.
#[inline(always)]
pub fn operate_in_repo<T: Real, const N: usize>(state: &mut State<T, N>, events: &DrawnEvents<T, N>) {
    let mut offered = state.reaction.repo_offered;
    add_paces(&mut offered, &events.repo_operations, state.day);
    let outstanding = state.books.stock(Sector::Fed as usize, Instrument::TemporaryRepo as usize);
    let change: [T; N] = lanes(|i| offered[i] - outstanding[i]);
    state.books.post(Flow::TemporaryRepo as usize, &change);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Parameters;
    use crate::model::events::DrawnStandingFacility;

    #[test]
    fn the_latest_terms_count_and_the_afternoon_relieves_in_part() {
        let value = |name: &str, default| match name {
            "srf_limit" => 800.0,
            "srf_morning_share" => 0.25,
            "srf_afternoon_relief" => 0.6,
            _ => default,
        };
        let p: TileParameters<[f64; 1]> =
            TileParameters::new(Parameters::from_fn(|_, info| [value(info.name, info.default)]));
        let terms = |start: f64, limit: f64, morning: f64| DrawnStandingFacility {
            start: [start],
            limit: [limit],
            morning: [morning],
        };
        // In the order of a file, not of dates.
        let standing_facilities = vec![terms(20.0, 0.0, 0.0), terms(10.0, 500.0, 1.0)];
        let events = DrawnEvents { standing_facilities, ..DrawnEvents::none() };
        // .25 + .75 · .6 = .7 by the parameters; all in the morning relieves in full, all in the afternoon by .6.
        for (day, limit, relief) in
            [(9, 800.0, 0.7), (10, 500.0, 1.0), (19, 500.0, 1.0), (20, 0.0, 0.6), (99, 0.0, 0.6)]
        {
            let found = facility_terms(&p, &events, day);
            assert_eq!(found.limit, [limit], "day {day}");
            assert!((found.relief[0] - relief).abs() < 1e-12, "day {day}: {:?}", found.relief);
        }
    }
}
