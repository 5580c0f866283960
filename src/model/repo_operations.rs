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
use super::events::{DrawnEvents, during};
use super::real::Real;
use super::state::{State, TileParameters, lanes};

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
    p: &TileParameters<T, N>,
    events: &DrawnEvents<T, N>,
    day: usize,
) -> FacilityTerms<T, N> {
    let today = T::of(day as f64);
    let (mut limit, mut morning) = (p.srf_limit, p.srf_morning_share);
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
pub fn operate_in_repo<T: Real, const N: usize>(state: &mut State<'_, T, N>, events: &DrawnEvents<T, N>) {
    let today = T::of(state.day as f64);
    let mut offered = state.reaction.repo_offered;
    for operation in &events.repo_operations {
        for i in 0..N {
            offered[i] += during(today, operation.start[i], operation.end[i]) * operation.pace[i];
        }
    }
    let outstanding = state.books.stock(Sector::Fed as usize, Instrument::TemporaryRepo as usize);
    let change: [T; N] = lanes(|i| offered[i] - outstanding[i]);
    state.books.post(Flow::TemporaryRepo as usize, &change);
}
