//! Reflexivity: stress makes banks hoard reserves, and hoarding makes stress.
//!
//! ```text
//! strain_d = SOFR − IORB − stress_threshold, within 0 and stress_range
//! stress_d = φ_s stress_{d−1} + (1 − φ_s) strain_d
//! H_d      = φ_H (H_{d−1} + min(γ stress_d / H_max, 1) (H_max − H_{d−1}))
//!
//! φ_s = 2^(−1/stress_half_life), φ_H = 2^(−1/hoarding_half_life),
//! γ = hoarding_gain, H_max = hoarding_limit
//! ```
//!
//! A lasting basis point of stress adds γ φ_H/(1 − φ_H) to demand, which raises the rate by the slope of the
//! market curve. Their product is the gain of the loop; above one it feeds itself. Acharya and Rajan
//! (2024, *Liquidity, Liquidity Everywhere, Not a Drop to Use*); Copeland, Duffie and Yang (2025, QJE).

use super::real::Real;
use super::state::{PerPath, State, TileParameters};

/// Remembers the day's stress and lets banks hoard for tomorrow.
#[inline(always)]
pub fn hoard_reserves<T: Real, const N: usize>(state: &mut State<T, N>, p: &TileParameters<impl PerPath<T>>) {
    for i in 0..N {
        let strain = (state.sofr_iorb[i] - p.stress_threshold[i]).clamp(T::ZERO, p.stress_range[i]);
        state.stress[i] = p.decay.stress[i] * state.stress[i] + (T::ONE - p.decay.stress[i]) * strain;
        let room = p.hoarding_limit[i] - state.hoarding[i];
        let hoarded = (p.hoarding_gain[i] * state.stress[i] / p.hoarding_limit[i]).min(T::ONE) * room;
        state.hoarding[i] = p.decay.hoarding[i] * (state.hoarding[i] + hoarded);
    }
}
