//! The Fed's portfolio: maturities and rollover under a cap, MBS principal, net income.
//!
//! ```text
//! maturing_d = share_d soma_maturities      share ½ mid-month and at month-end
//! rollover_d = maturing_d − min(maturing_d, share_d cap_d)
//!              before runoff ends; all of it afterwards
//! principal  = min(mbs_principal, MBS cap), once a month
//!              into bills once runoff has ended
//! net income = fed_net_income / 5 a day
//! ```
//!
//! Principal beyond the cap goes back into MBS. FOMC, *Plans for Reducing the Size of the Federal Reserve's Balance
//! Sheet*, 4 May 2022, and the implementation notes of 29 October and 10 December 2025.

use super::books::Flow;
use super::plan::{BUSINESS_DAYS_PER_WEEK, DayPlan};
use super::real::Real;
use super::state::{PerPath, State, TileParameters, lanes};

/// Redeems what matures in the SOMA and rolls over what exceeds the cap; returns what runs off, $bn.
#[inline(always)]
pub fn roll_over_soma<T: Real, const N: usize>(
    state: &mut State<T, N>,
    p: &TileParameters<impl PerPath<T>>,
    day: &DayPlan,
) -> [T; N] {
    let today = T::of(state.day as f64);
    let share = T::of(day.soma_share);
    let cap = T::of(day.runoff_cap);
    let maturing: [T; N] = lanes(|i| share * p.soma_maturities[i]);
    let rolled_over: [T; N] = lanes(|i| {
        let capped = if today < state.reaction.runoff_end[i] { share * cap } else { T::ZERO };
        maturing[i] - maturing[i].min(capped)
    });
    state.books.post(Flow::SomaMaturities as usize, &maturing);
    state.books.post(Flow::SomaRollover as usize, &rolled_over);
    lanes(|i| maturing[i] - rolled_over[i])
}

/// Receives principal on agency MBS; what exceeds the cap goes back into MBS, and once runoff has ended all of it
/// goes into bills.
#[inline(always)]
pub fn collect_mbs_principal<T: Real, const N: usize>(
    state: &mut State<T, N>,
    p: &TileParameters<impl PerPath<T>>,
    day: &DayPlan,
) {
    let today = T::of(state.day as f64);
    let paid = if day.mbs_principal { T::ONE } else { T::ZERO };
    let cap = T::of(day.mbs_cap);
    let principal: [T; N] = lanes(|i| paid * p.mbs_principal[i].min(cap));
    let reinvested: [T; N] = lanes(|i| if today < state.reaction.runoff_end[i] { T::ZERO } else { principal[i] });
    state.books.post(Flow::MbsPrincipal as usize, &principal);
    state.books.post(Flow::MbsReinvestment as usize, &reinvested);
}

/// Books the day's net income.
#[inline(always)]
pub fn earn_net_income<T: Real, const N: usize>(state: &mut State<T, N>, p: &TileParameters<impl PerPath<T>>) {
    let income: [T; N] = lanes(|i| p.fed_net_income[i] / T::of(BUSINESS_DAYS_PER_WEEK));
    state.books.post(Flow::FedNetIncome as usize, &income);
}
