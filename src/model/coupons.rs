//! Notes and bonds: the calendar by tenor, and what leveraged investors and dealers take of each settlement.
//!
//! ```text
//! net_d       = Σ size (1 if new, .9 if reopened) − maturing + extra_d
//! inventory_d = φ_i (inventory_{d−1} + (d − l) net_d)
//! need_d      = φ need_{d−1} + coupon_settlement_need net_d
//!
//! mid-month: notes_3_year, notes_10_year, bonds_30_year;
//! month-end: notes_2_year, notes_5_year, notes_7_year, bonds_20_year,
//! floating_rate_notes, tips_5_year, tips_10_year, tips_30_year;
//! maturing: maturing_mid_month_… and maturing_month_end_… by month of quarter;
//! d = dealer_share_of_coupons, l = levered_share_of_coupons
//! ```
//!
//! Treasury, *Tentative Auction Schedule* and quarterly refunding statements; sizes unchanged from July 2024 to March
//! 2026 but for TIPS. TIPS and reopened floating-rate notes settle on the last Friday or business day; here they settle
//! with the rest. What is extra comes from the shifts of `deficit`.

use super::books::Flow;
use super::deficit::extra_coupons;
use super::events::DrawnEvents;
use super::parameters::Parameters;
use super::plan::DayPlan;
use super::real::Real;
use super::state::{PerPath, State, TileParameters, lanes};
use crate::calendar::{CouponSettlement, DayMarks};
use jiff::ToSpan;
use jiff::civil::Date;

/// A reopening as a share of a new issue: 39 of 42 for ten years, 22 of 25 for thirty, 13 of 16 for twenty, 28 of 30 for
/// floating-rate notes (Treasury, quarterly refunding statements, July 2024 to March 2026).
const REOPENED: f64 = 0.9;

macro_rules! coupon_lines {
    (|$mid:ident, $end:ident, $month:ident| $( $parameter:ident, $weight:expr; )*) => {
        /// Number of lines of the calendar of notes and bonds: tenors, and what matures.
        pub const COUPON_LINES: usize = [$( stringify!($parameter), )*].len();

        /// Amounts of the lines, in a fixed order, $bn.
        pub fn coupon_amounts<V>(p: &Parameters<V>) -> [&V; COUPON_LINES] {
            [$( &p.$parameter, )*]
        }

        fn weights($mid: bool, $end: bool, $month: i8) -> [f64; COUPON_LINES] {
            [$( $weight, )*]
        }
    };
}

coupon_lines! {
    |mid, end, month|
    notes_2_year, on(end);
    notes_3_year, on(mid);
    notes_5_year, on(end);
    notes_7_year, on(end);
    notes_10_year, on(mid) * new_in(month % 3 == 2);
    bonds_20_year, on(end) * new_in(month % 3 == 2);
    bonds_30_year, on(mid) * new_in(month % 3 == 2);
    floating_rate_notes, on(end) * new_in(month % 3 == 1);
    tips_5_year, on(end && matches!(month, 4 | 6 | 10 | 12)) * new_in(matches!(month, 4 | 10));
    tips_10_year, on(end && matches!(month, 1 | 3 | 5 | 7 | 9 | 11)) * new_in(matches!(month, 1 | 7));
    tips_30_year, on(end && matches!(month, 2 | 8)) * new_in(month == 2);
    maturing_mid_month_first, -on(mid && month % 3 == 1);
    maturing_mid_month_second, -on(mid && month % 3 == 2);
    maturing_mid_month_third, -on(mid && month % 3 == 0);
    maturing_month_end_first, -on(end && month % 3 == 1);
    maturing_month_end_second, -on(end && month % 3 == 2);
    maturing_month_end_third, -on(end && month % 3 == 0);
}

fn on(settles: bool) -> f64 {
    f64::from(u8::from(settles))
}

fn new_in(month_of_issue: bool) -> f64 {
    if month_of_issue { 1.0 } else { REOPENED }
}

/// With which weight each line settles on a day.
pub fn coupon_weights(date: Date, marks: &DayMarks) -> [f64; COUPON_LINES] {
    // A month-end on a weekend settles in the first days of the next month.
    let month = date.saturating_sub(10.days()).month();
    match marks.coupons_settle {
        Some(CouponSettlement::MidMonth) => weights(true, false, date.month()),
        Some(CouponSettlement::MonthEnd) => weights(false, true, month),
        None => [0.0; COUPON_LINES],
    }
}

/// Settles the day's notes and bonds; returns the net issue, $bn.
#[inline(always)]
pub fn settle_coupons<T: Real, const N: usize>(
    state: &mut State<T, N>,
    p: &TileParameters<impl PerPath<T>>,
    events: &DrawnEvents<T, N>,
    day: &DayPlan,
) -> [T; N] {
    let share = T::of(day.soma_share);
    let known = T::of(day.known_coupons);
    let mut net = extra_coupons(events, state.day).map(|a_month| known + share * a_month);
    add_coupons(&mut net, p, &day.coupons);
    place_coupons(state, p, &net);
    net
}

/// Hands a net issue of notes and bonds to dealers and others, with the demand for reserves that it brings, $bn.
#[inline(always)]
pub fn place_coupons<T: Real, const N: usize>(
    state: &mut State<T, N>,
    p: &TileParameters<impl PerPath<T>>,
    net: &[T; N],
) {
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

/// Adds the net issue of the lines that settle, with the given weights, $bn.
#[inline(always)]
pub fn add_coupons<T: Real, const N: usize>(
    sum: &mut [T; N],
    p: &TileParameters<impl PerPath<T>>,
    weights: &[f64; COUPON_LINES],
) {
    for (amount, &weight) in coupon_amounts(p).into_iter().zip(weights) {
        if weight != 0.0 {
            for i in 0..N {
                sum[i] += T::of(weight) * amount[i];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::marks;
    use jiff::civil::date;

    /// Net issue by kind of settlement since July 2025, Daily Treasury Statement table III-A, own means: 26 in refunding
    /// months, 30 and 79 mid-month in the first and third months of a quarter, 43, 108 and 111 at month-ends.
    #[test]
    fn tenors_and_maturities_add_up_to_what_the_statement_shows() {
        let p = Parameters::defaults();
        let net = |day: Date| {
            let weights = coupon_weights(day, &marks(day));
            coupon_amounts(&p).into_iter().zip(weights).map(|(amount, weight)| amount * weight).sum::<f64>()
        };
        for (day, statement) in [
            (date(2025, 8, 15), 26.0),
            (date(2025, 10, 15), 30.0),
            (date(2025, 9, 15), 79.0),
            (date(2025, 10, 31), 43.0),
            // 30 November was a Sunday: the second month's issues settle on 1 December.
            (date(2025, 12, 1), 108.0),
            (date(2025, 12, 31), 111.0),
        ] {
            assert!((net(day) - statement).abs() < 8.0, "{day}: {} against {statement}", net(day));
        }
        assert_eq!(net(date(2025, 10, 16)), 0.0);
    }
}
