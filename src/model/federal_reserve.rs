//! The Fed's portfolio: maturities and rollover under a cap, MBS principal, purchases, net income.
//!
//! ```text
//! rollover_d = maturing_d − min(maturing_d, cap_d)        before runoff ends; all of it after
//! ```
//!
//! FOMC, *Plans for Reducing the Size of the Federal Reserve's Balance Sheet*, 4 May 2022, and the
//! implementation notes of 29 October and 10 December 2025.

use super::books::Flow;
use super::events::{DrawnEvents, during};
use super::plan::{BUSINESS_DAYS_PER_MONTH, BUSINESS_DAYS_PER_WEEK, DayPlan};
use super::real::Real;
use super::state::{State, TileParameters, lanes};

/// Redeems what matures in the SOMA and rolls over what exceeds the cap.
#[inline(always)]
pub fn roll_over_soma<T: Real, const N: usize>(
    state: &mut State<'_, T, N>,
    p: &TileParameters<T, N>,
    events: &DrawnEvents<T, N>,
    day: &DayPlan,
) {
    let today = T::of(state.day as f64);
    let share = T::of(day.soma_share);
    let cap = T::of(day.runoff_cap);
    let maturing: [T; N] = lanes(|i| share * p.soma_maturities[i]);
    let rolled_over: [T; N] = lanes(|i| {
        let capped = if today < events.runoff_end[i] { share * cap } else { T::ZERO };
        maturing[i] - maturing[i].min(capped)
    });
    state.books.post(Flow::SomaMaturities as usize, &maturing);
    state.books.post(Flow::SomaRollover as usize, &rolled_over);
}

/// Receives principal on agency MBS and, once runoff has ended, puts it into bills.
#[inline(always)]
pub fn collect_mbs_principal<T: Real, const N: usize>(
    state: &mut State<'_, T, N>,
    p: &TileParameters<T, N>,
    events: &DrawnEvents<T, N>,
    day: &DayPlan,
) {
    let today = T::of(state.day as f64);
    let paid = if day.mbs_principal { T::ONE } else { T::ZERO };
    let principal: [T; N] = lanes(|i| paid * p.mbs_principal[i]);
    let reinvested: [T; N] = lanes(|i| if today < events.runoff_end[i] { T::ZERO } else { principal[i] });
    state.books.post(Flow::MbsPrincipal as usize, &principal);
    state.books.post(Flow::MbsReinvestment as usize, &reinvested);
}

/// Buys bills for reserve management, and notes and bonds outright, at the pace of the events in force.
#[inline(always)]
pub fn purchase_securities<T: Real, const N: usize>(state: &mut State<'_, T, N>, events: &DrawnEvents<T, N>) {
    let today = T::of(state.day as f64);
    let (mut bills, mut coupons) = ([T::ZERO; N], [T::ZERO; N]);
    for event in &events.purchases {
        let bought = if event.coupons { &mut coupons } else { &mut bills };
        for i in 0..N {
            let in_force = during(today, event.start[i], event.end[i]);
            bought[i] += in_force * event.pace[i] / T::of(BUSINESS_DAYS_PER_MONTH);
        }
    }
    state.books.post(Flow::ReserveManagementPurchases as usize, &bills);
    state.books.post(Flow::OpenMarketPurchases as usize, &coupons);
}

/// Books the day's net income.
#[inline(always)]
pub fn earn_net_income<T: Real, const N: usize>(state: &mut State<'_, T, N>, p: &TileParameters<T, N>) {
    let income: [T; N] = lanes(|i| p.fed_net_income[i] / T::of(BUSINESS_DAYS_PER_WEEK));
    state.books.post(Flow::FedNetIncome as usize, &income);
}
