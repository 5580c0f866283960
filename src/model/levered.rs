//! Leveraged investors: dealers that pass on what they bought at auction, and hedge funds that can be forced out.
//!
//! ```text
//! sales_d    = (1 − φ) inventory + (1 − θ) unwind_d
//!              + deleveraging_gain stress_{d−1} − growth / (251/12)
//!              − levered_noise z
//! inventory ← φ inventory + θ unwind_d;   φ = 2^(−1/inventory_half_life)
//! needs_d   += coupon_settlement_need θ unwind_d
//! ```
//!
//! Inventory at midday has what settled in the morning. Growth is a trend in positions, a month. θ is the share that
//! dealers must take before others buy: for the market it is like notes and bonds that settle, and must be financed on the
//! day. Sales to the rest of the private sector pay back repo. Stress makes leveraged investors sell, which lowers the
//! demand for repo: the brake of the loop. Barth and Kahn (2025, *Hedge Funds and the Treasury Cash-Futures Disconnect*,
//! JME); Kruttli, Monin, Petrasek and Watugala (2025, *LTCM Redux?*, RFS) on March 2020.

use super::books::Flow;
use super::events::{DrawnEvents, add_paces, during};
use super::plan::BUSINESS_DAYS_PER_MONTH;
use super::real::Real;
use super::shocks::Shock;
use super::state::{PerPath, Shocks, State, TileParameters, lanes};

/// Distributes dealers' inventory and moves leveraged investors' holdings.
#[inline(always)]
pub fn trade_levered_holdings<T: Real, const N: usize>(
    state: &mut State<T, N>,
    p: &TileParameters<impl PerPath<T>>,
    events: &DrawnEvents<T, N>,
    shocks: &Shocks<T, N>,
) {
    let today = T::of(state.day as f64);
    let z = &shocks[Shock::LeveredDemand as usize];
    let distributed: [T; N] = lanes(|i| (T::ONE - p.decay.inventory[i]) * state.dealer_inventory[i]);
    for i in 0..N {
        state.dealer_inventory[i] -= distributed[i];
    }
    let mut sales: [T; N] =
        lanes(|i| distributed[i] + p.deleveraging_gain[i] * state.stress[i] - p.levered_noise[i] * z[i]);
    let mut growth = [T::ZERO; N];
    add_paces(&mut growth, &events.levered_growth, state.day);
    for i in 0..N {
        sales[i] -= growth[i] / T::of(BUSINESS_DAYS_PER_MONTH);
    }
    for unwind in &events.levered_unwinds {
        for i in 0..N {
            let end = unwind.start[i] + unwind.over[i];
            let sold = during(today, unwind.start[i], end) * unwind.amount[i] / unwind.over[i];
            let to_dealers = unwind.to_dealers[i] * sold;
            state.dealer_inventory[i] += to_dealers;
            state.settlement_needs[i] += p.coupon_settlement_need[i] * to_dealers;
            sales[i] += sold - to_dealers;
        }
    }
    state.books.post(Flow::LeveredSales as usize, &sales);
}
