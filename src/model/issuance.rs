//! Debt management: notes and bonds on a schedule, bills as the plug toward the cash target.
//!
//! ```text
//! gap_h    = target_h + cushion − (TGA_d + bills announced + Σ_{d<j≤h} foreseen flow_j)
//! bills_s  = clamp(ι bills_{s−1} + (1 − ι) ρ gap_h + σ z, ±pace)
//!            announced on d, settles on s = d + lead; h = s + a month
//! ```
//!
//! Announced a week ahead, so that what happens in between cannot be foreseen. Treasury, quarterly
//! refunding documents; *Treasury's cash balance policy*, May 2015.

use super::books::{Flow, Instrument, Sector};
use super::events::DrawnEvents;
use super::operating_flow::calendar_coefficients;
use super::plan::{AUCTION_LEAD, Auction, CASH_HORIZON, COUPON_SETTLEMENTS, DayPlan};
use super::real::Real;
use super::shocks::Shock;
use super::state::{Shocks, State, TileParameters, lanes};
use super::treasury_events::target_adjustment;

/// Settles the day's scheduled notes and bonds: dealers take their share into inventory.
#[inline(always)]
pub fn settle_coupons<T: Real, const N: usize>(state: &mut State<'_, T, N>, p: &TileParameters<T, N>, day: &DayPlan) {
    let net: [T; N] = coupon_issue(p, &day.coupons);
    for i in 0..N {
        state.settlement_needs[i] =
            p.decay.settlement[i] * state.settlement_needs[i] + p.coupon_settlement_need[i] * net[i];
    }
    let to_dealers: [T; N] = lanes(|i| p.dealer_share_of_coupons[i] * net[i]);
    let to_others: [T; N] = lanes(|i| net[i] - to_dealers[i]);
    for i in 0..N {
        state.dealer_inventory[i] += to_dealers[i] - p.levered_share_of_coupons[i] * net[i];
    }
    state.books.post(Flow::CouponsToLevered as usize, &to_dealers);
    state.books.post(Flow::CouponsToPrivate as usize, &to_others);
}

/// Settles the bills announced a lead time ago: money funds buy their share at once.
#[inline(always)]
pub fn settle_bills<T: Real, const N: usize>(state: &mut State<'_, T, N>, p: &TileParameters<T, N>, day: &DayPlan) {
    let slot = state.day % AUCTION_LEAD;
    let net = if day.bills_settle { state.announced_bills[slot] } else { [T::ZERO; N] };
    state.announced_bills[slot] = [T::ZERO; N];
    let to_funds: [T; N] = lanes(|i| p.bill_share_of_funds[i] * net[i]);
    let to_others: [T; N] = lanes(|i| net[i] - to_funds[i]);
    for i in 0..N {
        state.settlement_needs[i] += p.bill_settlement_need[i] * net[i];
        state.bills_to_resell[i] += p.bill_share_of_funds_later[i] * net[i];
    }
    state.books.post(Flow::BillsToFunds as usize, &to_funds);
    state.books.post(Flow::BillsToPrivate as usize, &to_others);
}

/// Announces the net amount of bills that will settle a lead time from now.
#[inline(always)]
pub fn announce_bills<T: Real, const N: usize>(
    state: &mut State<'_, T, N>,
    p: &TileParameters<T, N>,
    events: &DrawnEvents<T, N>,
    day: &DayPlan,
    shocks: &Shocks<T, N>,
) {
    let Some(auction) = &day.auction else { return };
    let horizon = state.day + AUCTION_LEAD + CASH_HORIZON;
    let adjustment = target_adjustment(events, state.day, horizon);
    let tga = state.books.stock(Sector::Treasury as usize, Instrument::Tga as usize);
    let foreseen = foreseen_flow(p, auction, day.runoff_cap);
    let mut announced = [T::ZERO; N];
    for slot in &state.announced_bills {
        for i in 0..N {
            announced[i] += slot[i];
        }
    }
    let z = &shocks[Shock::BillSizes as usize];
    // Today's slot was emptied at settlement and comes round again after the lead time.
    let slot = &mut state.announced_bills[state.day % AUCTION_LEAD];
    for i in 0..N {
        let target = T::of(auction.cash_target) + p.cash_cushion[i] + adjustment[i];
        let gap = target - (tga[i] + announced[i] + foreseen[i]);
        let inertia = p.bill_inertia[i];
        let net =
            inertia * state.last_announced[i] + (T::ONE - inertia) * p.bill_response[i] * gap + p.bill_noise[i] * z[i];
        slot[i] = net.clamp(-p.bill_pace_limit[i], p.bill_pace_limit[i]);
        state.last_announced[i] = slot[i];
    }
}

/// Operating flow, coupons and SOMA redemptions that the calendar foresees up to the horizon, $bn.
#[inline(always)]
fn foreseen_flow<T: Real, const N: usize>(p: &TileParameters<T, N>, auction: &Auction, runoff_cap: f64) -> [T; N] {
    let mut flow: [T; N] = coupon_issue(p, &auction.coupons);
    for ((_, coefficient), weight) in calendar_coefficients(p).into_iter().zip(auction.calendar) {
        let weight = T::of(weight);
        for i in 0..N {
            flow[i] += weight * coefficient[i];
        }
    }
    let redeemed = T::of(auction.soma_share * runoff_cap);
    for lane in &mut flow {
        *lane -= redeemed;
    }
    flow
}

#[inline(always)]
fn coupon_issue<T: Real, const N: usize>(p: &TileParameters<T, N>, weights: &[f64; COUPON_SETTLEMENTS]) -> [T; N] {
    let sizes = [
        &p.coupons_refunding,
        &p.coupons_mid_month,
        &p.coupons_month_end_first,
        &p.coupons_month_end_second,
        &p.coupons_month_end_third,
    ];
    let mut issue = [T::ZERO; N];
    for (size, weight) in sizes.into_iter().zip(weights) {
        for i in 0..N {
            issue[i] += T::of(*weight) * size[i];
        }
    }
    issue
}
