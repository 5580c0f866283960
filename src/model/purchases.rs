//! What the Fed buys: bills for reserve management, by announcement or by rule, and notes and bonds outright.
//!
//! ```text
//! bought_d = (Σ announced paces + pace by rule + pace by reaction) / (251/12)
//! pace_m   = currency growth + (aim − average reserves) / months
//!            within 0 and most; set on the ninth business day of a month
//! ```
//!
//! The rule is that of reserve management purchases: sized to the trend of the Fed's other liabilities and to
//! bring reserves back to where they are ample, announced around the ninth business day. New York Fed,
//! *Statement Regarding Reserve Management Purchases Operations*, 10 December 2025. The average is over a
//! month, so that a tax date does not set the pace.

use super::books::{Flow, Instrument, Sector};
use super::events::{DrawnEvents, during};
use super::plan::{BUSINESS_DAYS_PER_MONTH, DayPlan};
use super::real::Real;
use super::state::{PerPath, State, TileParameters};

/// Announces the month's pace where a rule is in force.
#[inline(always)]
pub fn announce_purchases<T: Real, const N: usize>(
    state: &mut State<T, N>,
    p: &TileParameters<impl PerPath<T>>,
    events: &DrawnEvents<T, N>,
    day: &DayPlan,
) {
    let reserves = state.books.stock(Sector::Banks as usize, Instrument::Reserves as usize);
    let newest = T::of(1.0 / BUSINESS_DAYS_PER_MONTH);
    let today = T::of(state.day as f64);
    for i in 0..N {
        state.reserves_over_month[i] += newest * (reserves[i] - state.reserves_over_month[i]);
    }
    if !day.purchase_announcement {
        return;
    }
    for (rule, pace) in events.purchase_rules.iter().zip(&mut state.paces_by_rule) {
        for i in 0..N {
            let missing = (rule.reserves[i] - state.reserves_over_month[i]) / rule.over[i];
            let wanted = (p.currency_growth[i] + missing).clamp(T::ZERO, rule.most[i]);
            pace[i] = during(today, rule.start[i], rule.end[i]) * wanted;
        }
    }
}

/// Buys bills for reserve management, and notes and bonds outright, at the paces in force.
#[inline(always)]
pub fn purchase_securities<T: Real, const N: usize>(state: &mut State<T, N>, events: &DrawnEvents<T, N>) {
    let today = T::of(state.day as f64);
    let a_day = T::of(1.0 / BUSINESS_DAYS_PER_MONTH);
    let (mut bills, mut coupons) = ([T::ZERO; N], [T::ZERO; N]);
    for event in &events.purchases {
        let bought = if event.coupons { &mut coupons } else { &mut bills };
        for i in 0..N {
            bought[i] += during(today, event.start[i], event.end[i]) * event.pace[i] * a_day;
        }
    }
    for (rule, pace) in events.purchase_rules.iter().zip(&state.paces_by_rule) {
        for i in 0..N {
            bills[i] += during(today, rule.start[i], rule.end[i]) * pace[i] * a_day;
        }
    }
    for i in 0..N {
        bills[i] += state.reaction.bills_bought[i] * a_day;
    }
    state.books.post(Flow::ReserveManagementPurchases as usize, &bills);
    state.books.post(Flow::OpenMarketPurchases as usize, &coupons);
}
