//! The debt limit: how much the Treasury may still borrow, and what it cannot pay when cash runs out.
//!
//! ```text
//! room_d   = headroom − net borrowing since the limit binds
//! bills_s ≤ room_d − bills announced − notes and bonds to settle by s
//! unpaid_d = unpaid_{d−1} − min(TGA_d, unpaid_{d−1})    negative cash waits
//! ```
//!
//! Extraordinary measures are part of the headroom. Notes and bonds are auctioned on schedule, so bills are paid down to
//! make room for them; the account falls toward the X-date, the first day on which outlays wait. They are paid as soon as
//! there is cash. From the lift on, bills are raised at the pace of the rebuild. What the Fed lets mature makes room, since
//! it is redeemed and must be sold again. Congressional Research Service R47574; Treasury letters of 19 January 2023 and
//! 17 January 2025.

use super::books::{Flow, Instrument, Sector};
use super::coupons::add_coupons;
use super::deficit::extra_coupons_until;
use super::events::{DrawnEvents, during};
use super::plan::{AUCTION_LEAD, Auction};
use super::real::Real;
use super::state::{PerPath, State, TileParameters, lanes};

/// Bills are settled twice a week.
const SETTLEMENTS_PER_WEEK: f64 = 2.0;

/// The largest net issue of bills that may be announced today, $bn: the pace of the rebuild once a limit is lifted, the
/// usual pace otherwise, and never more than the room of a limit that binds.
#[inline(always)]
pub fn most_bills<T: Real, const N: usize>(
    state: &State<T, N>,
    p: &TileParameters<impl PerPath<T>>,
    events: &DrawnEvents<T, N>,
    auction: &Auction,
) -> [T; N] {
    let today = T::of(state.day as f64);
    let mut most = lanes(|i| p.bill_pace_limit[i]);
    if events.debt_limits.is_empty() {
        return most;
    }
    let mut to_settle = extra_coupons_until(events, state.day, state.day + AUCTION_LEAD, auction.share_to_settlement);
    add_coupons(&mut to_settle, p, &auction.coupons_to_settlement);
    let known = T::of(auction.known_coupons_to_settlement);
    for i in 0..N {
        to_settle[i] += known;
    }
    for slot in &state.announced_bills {
        for i in 0..N {
            to_settle[i] += slot[i];
        }
    }
    for limit in &events.debt_limits {
        for i in 0..N {
            let pace = limit.rebuild_pace[i] / T::of(SETTLEMENTS_PER_WEEK);
            most[i] = if today >= limit.lift[i] { pace } else { most[i] };
        }
    }
    for limit in &events.debt_limits {
        for i in 0..N {
            let binds = during(today, limit.start[i], limit.lift[i]) > T::ZERO;
            most[i] = if binds { most[i].min(state.debt_room[i] - to_settle[i]) } else { most[i] };
        }
    }
    most
}

/// Opens the room on the day a limit begins to bind, uses it up by what was borrowed today, $bn net, and closes it when the
/// limit is lifted.
#[inline(always)]
pub fn count_against_limit<T: Real, const N: usize>(
    state: &mut State<T, N>,
    events: &DrawnEvents<T, N>,
    borrowed: &[T; N],
) {
    let today = T::of(state.day as f64);
    let mut binds = [false; N];
    for limit in &events.debt_limits {
        for i in 0..N {
            binds[i] |= during(today, limit.start[i], limit.lift[i]) > T::ZERO;
            let begins = today == limit.start[i].max(T::ZERO);
            state.debt_room[i] = if begins { limit.headroom[i] } else { state.debt_room[i] };
        }
    }
    for i in 0..N {
        state.debt_room[i] = if binds[i] { state.debt_room[i] - borrowed[i] } else { T::ZERO };
    }
}

/// Lets outlays wait that the account cannot pay, and pays those that waited when it can.
#[inline(always)]
pub fn pay_what_cash_allows<T: Real, const N: usize>(state: &mut State<T, N>) {
    let cash = state.books.stock(Sector::Treasury as usize, Instrument::Tga as usize);
    // Positive cash pays what waits, up to all of it; an overdraft lets more wait.
    let paid: [T; N] = lanes(|i| cash[i].min(state.unpaid_outlays[i]));
    for i in 0..N {
        state.unpaid_outlays[i] -= paid[i];
    }
    state.books.post(Flow::Outlays as usize, &paid);
}
