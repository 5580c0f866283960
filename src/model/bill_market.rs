//! The four-week bill: what money funds accept instead of repo, and how many bills there are to place.
//!
//! ```text
//! bill − IORB = bill_yield_margin + π t̄ + ς B̄/100 + n_d               bp
//! n_d         = ρ n_{d−1} + bill_yield_noise z
//! t̄, B̄        = averages over a month of t and of net bills a month
//!
//! π = bill_yield_pass_through, ς = bill_yield_supply,
//! ρ = bill_yield_persistence
//! ```
//!
//! A bill is four weeks of overnight repo, so it follows the average of the tri-party spread; more bills must yield more.
//! Duffee (1996, *Idiosyncratic Variation of Treasury Bill Yields*, JF); Greenwood, Hanson and Stein (2015, *A
//! Comparative-Advantage Approach to Government Debt Maturity*, JF). Own OLS, FRED DGS1MO, June 2023 to March 2026.

use super::plan::BUSINESS_DAYS_PER_MONTH;
use super::real::Real;
use super::shocks::Shock;
use super::state::{PerPath, Shocks, State, TileParameters};

/// The response to supply is stated per hundred billion.
const PER_100_BILLION: f64 = 0.01;

/// Sets the yield of the four-week bill over IORB, after `net_bills` settled today, $bn.
#[inline(always)]
pub fn price_bills<T: Real, const N: usize>(
    state: &mut State<T, N>,
    p: &TileParameters<impl PerPath<T>>,
    net_bills: &[T; N],
    shocks: &Shocks<T, N>,
) {
    let z = &shocks[Shock::BillYield as usize];
    let newest = T::of(1.0 / BUSINESS_DAYS_PER_MONTH);
    for i in 0..N {
        state.tgcr_over_month[i] += newest * (state.tgcr_iorb[i] - state.tgcr_over_month[i]);
        state.bills_over_month[i] +=
            newest * (T::of(BUSINESS_DAYS_PER_MONTH) * net_bills[i] - state.bills_over_month[i]);
        state.bill_yield_rest[i] =
            p.bill_yield_persistence[i] * state.bill_yield_rest[i] + p.bill_yield_noise[i] * z[i];
        state.bill_iorb[i] = p.bill_yield_margin[i]
            + p.bill_yield_pass_through[i] * state.tgcr_over_month[i]
            + p.bill_yield_supply[i] * T::of(PER_100_BILLION) * state.bills_over_month[i]
            + state.bill_yield_rest[i];
    }
}
