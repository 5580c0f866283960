//! Dealers retreat from intermediation after stress, and their clients pay for it.
//!
//! ```text
//! retreat_d = min(dealer_retreat_gain stress_{d−1}, dealer_retreat_limit)   bp
//! ```
//!
//! It widens the margin of SOFR over the tri-party rate. `stress` is what banks remember as well (`hoarding`). The wider
//! margin is itself stress, so this is a second loop. Own OLS of SOFR less TGCR, July 2024 to March 2026: .16 (.04) per
//! basis point of an average of max(SOFR − IORB, 0). Duffie (2025, *How US Treasuries Can Remain the World's Safe Haven*,
//! JEP) on dealers' limits.

use super::real::Real;
use super::state::{PerPath, State, TileParameters};

/// Sets the margin that dealers ask today for yesterday's stress.
#[inline(always)]
pub fn retreat<T: Real, const N: usize>(state: &mut State<T, N>, p: &TileParameters<impl PerPath<T>>) {
    for i in 0..N {
        state.dealer_retreat[i] = (p.dealer_retreat_gain[i] * state.stress[i]).min(p.dealer_retreat_limit[i]);
    }
}
