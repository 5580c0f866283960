//! Bills: the plug with which the Treasury steers its cash toward the target.
//!
//! ```text
//! gap_h   = target_h + cash_cushion
//!           − (TGA_d + bills announced + Σ_{d<j≤h} foreseen flow_j)
//! bills_s = ι bills_{s−1} + (1 − ι) ρ gap_h + bill_noise z
//!           within −pace and the lesser of pace and the room of a debt limit
//!           announced on d, settles on s = d + lead; h = s + a month
//! needs_d = φ needs_{d−1} + bill_settlement_need net bills_d
//!
//! ι = bill_inertia, ρ = bill_response, pace = bill_pace_limit,
//! φ = 2^(−1/settlement_half_life);
//! bills to funds: bill_share_of_funds at settlement,
//! bill_share_of_funds_later by resale
//! ```
//!
//! Announced a week ahead, so that what happens in between cannot be foreseen. Treasury, quarterly
//! refunding documents; *Treasury's cash balance policy*, May 2015.

use super::books::{Flow, Instrument, Sector};
use super::coupons::add_coupons;
use super::debt_limit::most_bills;
use super::deficit::{extra_coupons_until, extra_outlays};
use super::events::DrawnEvents;
use super::operating_flow::calendar_coefficients;
use super::plan::{AUCTION_LEAD, Auction, DayPlan, Plan};
use super::real::Real;
use super::shocks::Shock;
use super::state::{PerPath, Shocks, State, TileParameters, lanes};
use super::treasury_events::target_adjustment;

/// Settles the bills announced a lead time ago, of which money funds buy their share; returns the net issue, $bn.
#[inline(always)]
pub fn settle_bills<T: Real, const N: usize>(
    state: &mut State<T, N>,
    p: &TileParameters<impl PerPath<T>>,
    day: &DayPlan,
) -> [T; N] {
    let slot = state.day % AUCTION_LEAD;
    let net = if day.bills_settle { state.announced_bills[slot] } else { [T::ZERO; N] };
    state.announced_bills[slot] = [T::ZERO; N];
    place_bills(state, p, &net);
    net
}

/// Hands a net issue of bills to money funds and others, with the demand for reserves that it brings, $bn.
#[inline(always)]
pub fn place_bills<T: Real, const N: usize>(
    state: &mut State<T, N>,
    p: &TileParameters<impl PerPath<T>>,
    net: &[T; N],
) {
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
    state: &mut State<T, N>,
    p: &TileParameters<impl PerPath<T>>,
    events: &DrawnEvents<T, N>,
    day: &DayPlan,
    shocks: &Shocks<T, N>,
) {
    let Some(auction) = &day.auction else { return };
    let adjustment = target_adjustment(events, state.day, auction.horizon);
    let gap = cash_gap(state, p, events, auction, &adjustment);
    let most = most_bills(state, p, events, auction);
    let z = &shocks[Shock::BillSizes as usize];
    // Today's slot was emptied at settlement and comes round again after the lead time.
    let slot = &mut state.announced_bills[state.day % AUCTION_LEAD];
    for i in 0..N {
        let inertia = p.bill_inertia[i];
        let wanted = (T::ONE - inertia) * p.bill_response[i] * gap[i];
        let net = inertia * state.last_announced[i] + wanted + p.bill_noise[i] * z[i];
        slot[i] = net.max(-p.bill_pace_limit[i]).min(most[i]);
        state.last_announced[i] = slot[i];
    }
}

/// Enters the bills that had been announced before the opening on the days they settle.
pub fn enter_announced_bills<T: Real, const N: usize>(state: &mut State<T, N>, plan: &Plan) {
    for (number, day) in plan.days.iter().take(AUCTION_LEAD).enumerate().filter(|(_, day)| day.bills_settle) {
        state.last_announced = [T::of(day.announced_bills); N];
        state.announced_bills[number % AUCTION_LEAD] = state.last_announced;
    }
}

/// By how much cash would miss its target at the horizon of an auction without further bills, $bn.
#[inline(always)]
fn cash_gap<T: Real, const N: usize>(
    state: &State<T, N>,
    p: &TileParameters<impl PerPath<T>>,
    events: &DrawnEvents<T, N>,
    auction: &Auction,
    adjustment: &[T; N],
) -> [T; N] {
    let mut cash = state.books.stock(Sector::Treasury as usize, Instrument::Tga as usize);
    for slot in &state.announced_bills {
        for i in 0..N {
            cash[i] += slot[i];
        }
    }
    add_coupons(&mut cash, p, &auction.coupons);
    let known = T::of(auction.known_coupons);
    for i in 0..N {
        cash[i] += known;
    }
    for ((_, effect), weight) in calendar_coefficients(p).into_iter().zip(auction.calendar) {
        let weight = T::of(weight);
        for i in 0..N {
            cash[i] += weight * effect[i];
        }
    }
    let extra = extra_coupons_until(events, state.day, auction.horizon, auction.soma_share);
    let deficit = extra_outlays(events, state.day);
    for i in 0..N {
        cash[i] += extra[i] - T::of(auction.days) * deficit[i];
    }
    let (today, months) = (T::of(state.day as f64), T::of(auction.soma_share));
    let (target, cap) = (T::of(auction.cash_target), T::of(auction.runoff_cap));
    lanes(|i| {
        let running_off = if today < state.reaction.runoff_end[i] { cap.min(p.soma_maturities[i]) } else { T::ZERO };
        target + p.cash_cushion[i] + adjustment[i] - (cash[i] - months * running_off)
    })
}
