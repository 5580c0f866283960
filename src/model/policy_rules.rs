//! How the Fed reacts: once rates or reserves have crossed a line for some days, it does what the rule says.
//!
//! ```text
//! crossed_d = SOFR − IORB > line  or  reserves < line
//! acts from = d + delay, once it was crossed on all of the last `days` days
//! ```
//!
//! It acts once and for good. The four reactions are those the FOMC has used: it ended the runoff (29 October 2025), bought
//! bills for reserve management (11 October 2019, 10 December 2025), offered temporary open-market repo (17 September
//! 2019) and lowered administered rates within the range (18 September 2019).

use super::books::{Instrument, Sector};
use super::events::{DrawnEvents, DrawnRateMove, PolicyAction};
use super::real::Real;
use super::state::State;

/// How far each rule has come.
#[derive(Clone, Debug)]
#[repr(align(64))]
pub struct RuleProgress<T, const N: usize> {
    /// Days in a row on which the line has been crossed.
    pub streak: [T; N],
    /// The day on which the Fed acts; one that never comes until the line is crossed for long enough.
    pub acts: [T; N],
}

impl<T: Real, const N: usize> RuleProgress<T, N> {
    /// Nothing has been crossed yet.
    pub fn none() -> Self {
        RuleProgress { streak: [T::ZERO; N], acts: [T::of(f64::INFINITY); N] }
    }
}

/// What rules have the Fed do today.
#[derive(Clone, Debug)]
#[repr(align(64))]
pub struct Reaction<T, const N: usize> {
    /// First day of full rollover, by announcement or by rule.
    pub runoff_end: [T; N],
    /// Bills bought by rule, $bn a month.
    pub bills_bought: [T; N],
    /// Temporary open-market repo offered by rule, $bn.
    pub repo_offered: [T; N],
    /// How far administered rates stand from their announced path, at random meetings or by rule, bp.
    pub rates_moved: [T; N],
}

impl<T: Real, const N: usize> Reaction<T, N> {
    /// The story's own dates, before any line is crossed.
    pub fn none(events: &DrawnEvents<T, N>) -> Self {
        let nothing = [T::ZERO; N];
        Reaction { runoff_end: events.runoff_end, bills_bought: nothing, repo_offered: nothing, rates_moved: nothing }
    }
}

/// Does this morning what meetings and rules have decided.
#[inline(always)]
pub fn act_on_rules<T: Real, const N: usize>(state: &mut State<T, N>, events: &DrawnEvents<T, N>) {
    let today = T::of(state.day as f64);
    state.reaction = Reaction::none(events);
    let reaction = &mut state.reaction;
    for DrawnRateMove { start, by } in &events.rate_moves {
        for i in 0..N {
            reaction.rates_moved[i] += if today >= start[i] { by[i] } else { T::ZERO };
        }
    }
    for (rule, progress) in events.policy_rules.iter().zip(&state.rules) {
        for i in 0..N {
            let acts = today >= progress.acts[i];
            let size = if acts { rule.size[i] } else { T::ZERO };
            match rule.action {
                PolicyAction::EndRunoff => reaction.runoff_end[i] = reaction.runoff_end[i].min(progress.acts[i]),
                PolicyAction::BuyBills => reaction.bills_bought[i] += size,
                PolicyAction::OfferRepo => reaction.repo_offered[i] += size,
                PolicyAction::CutRates => reaction.rates_moved[i] -= size,
            }
        }
    }
}

/// Looks at the close whether a line has been crossed for long enough.
#[inline(always)]
pub fn watch_lines<T: Real, const N: usize>(state: &mut State<T, N>, events: &DrawnEvents<T, N>) {
    let today = T::of(state.day as f64);
    let reserves = state.books.stock(Sector::Banks as usize, Instrument::Reserves as usize);
    for (rule, progress) in events.policy_rules.iter().zip(&mut state.rules) {
        for i in 0..N {
            let crossed = state.sofr_iorb[i] > rule.sofr_above[i] || reserves[i] < rule.reserves_below[i];
            progress.streak[i] = if crossed { progress.streak[i] + T::ONE } else { T::ZERO };
            let acts = if progress.streak[i] >= rule.days[i] {
                today + rule.delay[i].max(T::ONE)
            } else {
                T::of(f64::INFINITY)
            };
            progress.acts[i] = progress.acts[i].min(acts);
        }
    }
}
