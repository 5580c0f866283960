//! What banks call ample: a level that grows with their balance sheets, quickly when reserves are plentiful.
//!
//! ```text
//! ΔL_d = (g L + ρ↑ max(R − L, 0) − ρ↓ max(L − R, 0)) / 251
//!
//! g = ample_growth, ρ↑ = ample_ratchet_up, ρ↓ = ample_ratchet_down
//! ```
//!
//! In $bn a business day. Banks write demandable claims against reserves they are given and do not take them
//! back when the reserves leave: Acharya, Chauhan, Rajan and Steffen (2023, *Liquidity Dependence and the
//! Waxing and Waning of Central Bank Balance Sheets*, NBER 31050). With a fifth of the excess a year and growth of
//! 5 % the level of 2019 becomes that of 2025 along the reserves of those years; from 2024 to 2026 the fit shows less.

use super::books::{Instrument, Sector};
use super::plan::BUSINESS_DAYS_PER_YEAR;
use super::real::Real;
use super::state::{PerPath, State, TileParameters};

/// One percent, as a share.
const PERCENT: f64 = 0.01;

/// Moves the ample level by a day.
#[inline(always)]
pub fn revise_ample_level<T: Real, const N: usize>(state: &mut State<T, N>, p: &TileParameters<impl PerPath<T>>) {
    let reserves = state.books.stock(Sector::Banks as usize, Instrument::Reserves as usize);
    let a_day = T::of(1.0 / BUSINESS_DAYS_PER_YEAR);
    for i in 0..N {
        let level = state.ample_reserves[i];
        let beyond = reserves[i] - level;
        let growth = T::of(PERCENT) * p.ample_growth[i] * level;
        let ratchet = p.ample_ratchet_up[i] * beyond.max(T::ZERO) - p.ample_ratchet_down[i] * (-beyond).max(T::ZERO);
        state.ample_reserves[i] = level + a_day * (growth + ratchet);
    }
}
