//! Risk assets against net liquidity: a satellite that moves nothing else, off unless a scenario asks for it.
//!
//! ```text
//! return_d = β ΔNL_d / 100 + σ/√20 z                              percent
//! NL       = Fed assets − TGA − ON RRP;   on if risk_assets = 1
//!
//! β = equity_beta, small_cap_beta, bitcoin_beta
//! σ = equity_noise, small_cap_noise, bitcoin_noise
//! ```
//!
//! β is the four-week return per $100bn of net liquidity and σ the standard deviation of what it leaves. The sign
//! of β is not stable: the correlation of levels with the S&P 500 is +.79 in 2020–22 and −.50 in 2023–26 (FRED
//! SP500, WALCL, WDTGAL, RRPONTSYD, own estimate), and R² is at most .17. Scenarios therefore draw it per path.

use super::real::Real;
use super::shocks::Shock;
use super::state::{PerPath, Shocks, State, TileParameters};

/// Business days in the four weeks for which β and σ are stated.
const FOUR_WEEKS: f64 = 20.0;

/// The response is stated per hundred billion.
const PER_100_BILLION: f64 = 0.01;

/// Moves equities, small caps and bitcoin by a day, after net liquidity closed at `net_liquidity`, $bn.
#[inline(always)]
pub fn move_risk_assets<T: Real, const N: usize>(
    state: &mut State<T, N>,
    p: &TileParameters<impl PerPath<T>>,
    net_liquidity: &[T; N],
    shocks: &Shocks<T, N>,
) {
    let a_day = T::of(1.0 / FOUR_WEEKS.sqrt());
    let assets = [
        (&mut state.equities, &p.equity_beta, &p.equity_noise, Shock::Equities),
        (&mut state.small_caps, &p.small_cap_beta, &p.small_cap_noise, Shock::SmallCaps),
        (&mut state.bitcoin, &p.bitcoin_beta, &p.bitcoin_noise, Shock::Bitcoin),
    ];
    for (gain, beta, noise, shock) in assets {
        let z = &shocks[shock as usize];
        for i in 0..N {
            let change = T::of(PER_100_BILLION) * (net_liquidity[i] - state.net_liquidity[i]);
            gain[i] += p.risk_assets[i] * (beta[i] * change + noise[i] * a_day * z[i]);
        }
    }
    state.net_liquidity = *net_liquidity;
}
