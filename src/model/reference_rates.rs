//! The rates that are published: SOFR from the tri-party rate, federal funds from average reserves.
//!
//! ```text
//! SOFR − IORB = t + m + l + retreat + h sofr_noise z       (dealer_retreat,
//!                                                          overnight_market)
//! l_d         = φ_l l_{d−1} + sofr_drift_noise w
//! m           = sofr_margin + sofr_margin_slope height
//!               + sofr_month_end or h sofr_quarter_end on those days
//! height      = t − repo_floor, within 0 and sofr_margin_range
//! A_d         = φ A_{d−1} + (1 − φ) reserves_d
//! EFFR − IORB = effr_floor + s w ln(1 + e^((L_e − A_d)/w)) + shift
//!               + effr_noise z
//!
//! s = effr_slope per $100bn, w = effr_smoothing, φ = 2^(−1/effr_half_life),
//! L_e = L − effr_ample_gap, φ_l = 2^(−1/rate_drift_half_life)
//! ```
//!
//! Federal funds respond to a moving average of reserves because most of that market is a steady arbitrage
//! of home loan banks and foreign branches. Own fits to New York Fed reference rates, July 2024 to March 2026.

use super::books::{Instrument, Sector};
use super::events::DrawnEvents;
use super::parameters::Parameters;
use super::plan::DayPlan;
use super::real::Real;
use super::shocks::Shock;
use super::state::{PerPath, Shocks, State, TileParameters};

/// The slope of the federal funds curve is stated per hundred billion.
const PER_100_BILLION: f64 = 0.01;

/// Sets SOFR from the tri-party rate.
#[inline(always)]
pub fn fix_sofr<T: Real, const N: usize>(
    state: &mut State<T, N>,
    p: &TileParameters<impl PerPath<T>>,
    events: &DrawnEvents<T, N>,
    day: &DayPlan,
    freedom: &[T; N],
    shocks: &Shocks<T, N>,
) {
    let z = &shocks[Shock::SofrMargin as usize];
    let w = &shocks[Shock::SofrDrift as usize];
    let shift = events.capacity_shift(state.day, |shift| &shift.sofr);
    for i in 0..N {
        state.sofr_drift[i] = p.decay.rate_drift[i] * state.sofr_drift[i] + p.sofr_drift_noise[i] * w[i];
    }
    let [month_end, quarter_end] = [day.needs.month_end, day.needs.quarter_end + day.needs.year_end].map(T::of);
    for i in 0..N {
        let t = state.tgcr_iorb[i];
        let margin = p.sofr_margin[i]
            + p.sofr_margin_slope[i] * (t - p.repo_floor[i]).clamp(T::ZERO, p.sofr_margin_range[i])
            + month_end * p.sofr_month_end[i]
            + quarter_end * freedom[i] * p.sofr_quarter_end[i]
            + state.dealer_retreat[i]
            + state.sofr_drift[i]
            + shift[i];
        state.sofr_iorb[i] = t + margin + freedom[i] * p.sofr_noise[i] * z[i];
    }
}

/// SOFR's margin on an ordinary day at a tri-party spread of `t`, bp.
pub fn sofr_margin(p: &Parameters<f64>, t: f64) -> f64 {
    p.sofr_margin + p.sofr_margin_slope * (t - p.repo_floor).clamp(0.0, p.sofr_margin_range)
}

/// The federal funds spread at an average of reserves, bp.
pub fn federal_funds_curve(p: &Parameters<f64>, average: f64) -> f64 {
    let shortfall = p.ample_reserves - p.effr_ample_gap - average;
    let width = p.effr_smoothing;
    p.effr_floor + p.effr_slope * PER_100_BILLION * width * (shortfall / width).softplus()
}

/// Sets the federal funds rate from average reserves.
#[inline(always)]
pub fn fix_federal_funds<T: Real, const N: usize>(
    state: &mut State<T, N>,
    p: &TileParameters<impl PerPath<T>>,
    events: &DrawnEvents<T, N>,
    shocks: &Shocks<T, N>,
) {
    let reserves = state.books.stock(Sector::Banks as usize, Instrument::Reserves as usize);
    let z = &shocks[Shock::FederalFunds as usize];
    let shift = events.capacity_shift(state.day, |shift| &shift.federal_funds);
    for i in 0..N {
        let survives = p.decay.effr[i];
        state.reserves_average[i] = survives * state.reserves_average[i] + (T::ONE - survives) * reserves[i];
        let width = p.effr_smoothing[i];
        let ample = state.ample_reserves[i] - p.effr_ample_gap[i];
        let slope = p.effr_slope[i] * T::of(PER_100_BILLION);
        let shortfall = (ample - state.reserves_average[i]) / width;
        state.effr_iorb[i] = p.effr_floor[i] + slope * width * shortfall.softplus() + p.effr_noise[i] * z[i] + shift[i];
    }
}

/// The average of reserves that explains a federal funds spread on lane `i`: the curve read backwards.
pub fn average_implied_by_federal_funds<T: Real>(p: &TileParameters<impl PerPath<T>>, i: usize, spread: T) -> T {
    /// At the floor the curve is flat and says only that reserves are ample; a tenth of a basis point above
    /// it is where the reading begins, bp.
    const READABLE: f64 = 0.1;
    let width = p.effr_smoothing[i];
    let slope = p.effr_slope[i] * T::of(PER_100_BILLION);
    let bends = (spread - p.effr_floor[i]).max(T::of(READABLE)) / (slope * width);
    p.ample_reserves[i] - p.effr_ample_gap[i] - width * bends.softplus_inverse()
}
