//! On which settlements the Fed's Treasuries run off.
//!
//! The model lets half of a month's cap run off at each of the month's two settlements. What the Fed holds of the securities
//! that mature is published, so that the split is known: the cap is shared in proportion, and what notes and bonds do not
//! fill is filled with bills. The difference moves from one settlement of the month to the other.
//!
//! ```text
//! runs off_s = held_s min(1, cap / Σ held)      over the settlements s of a month
//! shift_s    = runs off_s − Σ runs off / 2
//! ```
//!
//! New York Fed, operating policy of 4 May 2022.

use super::coupon_ahead::CouponSettlementAhead;
use super::origin::Origin;
use crate::history::runoff_caps;

/// By how much less comes in at a settlement than the model's even split of runoff says, $bn.
pub fn runoff_shift(origin: &Origin<'_, '_>, settlement: &CouponSettlementAhead) -> f64 {
    let caps = origin.announced(runoff_caps()).iter();
    let cap = caps.rev().find(|caps| caps.from <= settlement.date).map_or(0.0, |caps| caps.treasuries);
    let held = settlement.fed_maturing_in_month;
    if held <= 0.0 {
        return 0.0;
    }
    (cap / held).min(1.0) * (settlement.fed_maturing - 0.5 * held)
}
