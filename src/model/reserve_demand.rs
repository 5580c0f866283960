//! What banks want: the need for reserves, and the level of repo rates at which they would lend with plenty.
//!
//! ```text
//! need_d  = L + hoarding + v_d + settlement needs + ends of months + tax dates          $bn
//! v_d     = ρ v_{d−1} + √(1 − ρ²) σ_v z_d                                              payments, fat-tailed
//! floor_d = floor + n_d,    n_d = ρ_n n_{d−1} + σ_n e^(c · height) z_d                 bp
//! ```
//!
//! `height` is how far reserves stood below the ample level yesterday, in basis points of the curve: noise is
//! multiplicative, as in both 2018–20 and 2024–26.

use super::plan::DayPlan;
use super::real::Real;
use super::shocks::Shock;
use super::state::{Shocks, State, TileParameters, lanes};

/// The slope of the curve is stated per percent of the ample level.
pub const PERCENT: f64 = 100.0;

/// Reserves that banks want today, $bn.
#[inline(always)]
pub fn reserves_wanted<T: Real, const N: usize>(
    state: &mut State<'_, T, N>,
    p: &TileParameters<T, N>,
    day: &DayPlan,
    shocks: &Shocks<T, N>,
) -> [T; N] {
    let z = &shocks[Shock::PaymentNeeds as usize];
    for i in 0..N {
        let persistence = p.payment_persistence[i];
        // The innovation is scaled so that `payment_noise` is the standard deviation of the level.
        let innovation = (T::ONE - persistence * persistence).sqrt() * p.payment_noise[i];
        state.payment_needs[i] = persistence * state.payment_needs[i] + innovation * z[i];
    }
    let [month_end, quarter_end, year_end, mid_month, tax_date] =
        [day.needs.month_end, day.needs.quarter_end, day.needs.year_end, day.needs.mid_month, day.needs.tax_date]
            .map(T::of);
    lanes(|i| {
        p.ample_reserves[i]
            + state.hoarding[i]
            + state.payment_needs[i]
            + state.settlement_needs[i]
            + month_end * p.need_month_end[i]
            + quarter_end * p.need_quarter_end[i]
            + year_end * p.need_year_end[i]
            + mid_month * p.need_mid_month[i]
            + tax_date * p.need_tax_date[i]
    })
}

/// Floor of the tri-party curve with its noise, bp over IORB.
#[inline(always)]
pub fn noisy_floor<T: Real, const N: usize>(
    state: &mut State<'_, T, N>,
    p: &TileParameters<T, N>,
    shocks: &Shocks<T, N>,
) -> [T; N] {
    let z = &shocks[Shock::RepoRate as usize];
    for i in 0..N {
        let above_floor = (p.repo_slope[i] * T::of(PERCENT) * state.scarcity[i]).clamp(T::ZERO, p.repo_noise_range[i]);
        let size = p.repo_noise[i] * (p.repo_noise_growth[i] * above_floor).exp();
        state.repo_noise[i] = p.repo_noise_persistence[i] * state.repo_noise[i] + size * z[i];
    }
    lanes(|i| p.repo_floor[i] + state.repo_noise[i])
}
