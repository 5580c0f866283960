//! Dealers retreat from intermediation after stress, and their clients pay for it.
//!
//! ```text
//! retreat_d = min(δ stress_{d−1}, most)          bp on the margin of SOFR over the tri-party rate
//! ```
//!
//! `stress` is what banks remember as well (hoarding): the average of SOFR less IORB above a threshold. The
//! wider margin is itself stress, so this is a second loop, with a gain of δ. Duffie (2025, *How US Treasuries
//! Can Remain the World's Safe Haven*, JEP) and Cochran, Foley-Fisher, Heinrich et al. (2023, FEDS Notes,
//! *Dealers' Treasury Market Intermediation and the Supplementary Leverage Ratio*) on dealers' limits.

use super::real::Real;
use super::state::{State, TileParameters};

/// Sets the margin that dealers ask today for yesterday's stress.
#[inline(always)]
pub fn retreat<T: Real, const N: usize>(state: &mut State<'_, T, N>, p: &TileParameters<T, N>) {
    for i in 0..N {
        state.dealer_retreat[i] = (p.dealer_retreat_gain[i] * state.stress[i]).min(p.dealer_retreat_limit[i]);
    }
}
