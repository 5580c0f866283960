//! The distribution of trades around the median that is published as SOFR.
//!
//! ```text
//! SOFR_p  = SOFR + c_p width                               p = 75 or 99
//! SOFR_25 = TGCR,               but not above SOFR
//! SOFR_1  = SOFR + c_1 width,   but not above SOFR_25
//! width   = (sofr_width + sofr_width_slope b ln(1 + e^(above/b)))
//!           · sofr_width_quarter_end at ends of quarters · e^(σ z − σ²/2)
//! above   = SOFR − IORB − sofr_width_start,   b = 4bp,   σ = sofr_width_noise
//! BGCR    = TGCR + k (SOFR − TGCR)
//! ```
//!
//! One width with one constant per percentile is location, scale and skew. The lower mass of the trades is the
//! tri-party market itself: the 25th percentile is within a basis point of TGCR on 98 % of days. The 99th percentile
//! of single days in 2018–19 lay 2 to 15 times further out than the fit. New York Fed, Treasury repo reference rates
//! with percentiles, April 2018 to March 2026, own fit.

use super::plan::DayPlan;
use super::real::Real;
use super::shocks::Shock;
use super::state::{PerPath, Shocks, State, TileParameters, lanes};

/// Distances of the 75th and 99th percentile of SOFR's trades from its median, in widths.
pub const UPPER_PERCENTILES: [f64; 2] = [1.0, 1.88];

/// Distance of the 1st percentile, in widths.
const LOWEST_PERCENTILE: f64 = -0.91;

/// Where BGCR stands between TGCR and SOFR: the two are equal on 94 to 99 % of days, k is .005 to .03.
pub const BGCR_SHARE: f64 = 0.01;

/// Width over which the width begins to grow, bp.
const BEND: f64 = 4.0;

/// Sets the width of the distribution of SOFR's trades.
#[inline(always)]
pub fn spread_trades<T: Real, const N: usize>(
    state: &mut State<T, N>,
    p: &TileParameters<impl PerPath<T>>,
    day: &DayPlan,
    shocks: &Shocks<T, N>,
) {
    let z = &shocks[Shock::SofrWidth as usize];
    let quarter_ends = T::of(day.needs.quarter_end + day.needs.year_end);
    let bend = T::of(BEND);
    for i in 0..N {
        let above = bend * ((state.sofr_iorb[i] - p.sofr_width_start[i]) / bend).softplus();
        let width = p.sofr_width[i] + p.sofr_width_slope[i] * above;
        let wider = T::ONE + quarter_ends * (p.sofr_width_quarter_end[i] - T::ONE);
        let sigma = p.sofr_width_noise[i];
        state.sofr_width[i] = width * wider * (sigma * (z[i] - T::of(0.5) * sigma)).exp();
    }
}

/// The 1st and the 25th percentile of SOFR's trades over IORB, bp.
///
/// Where dealers ask for a wide margin the fit would put the 1st above the tri-party rate, and where noise makes the margin
/// negative that rate is above the median.
#[inline(always)]
pub fn lower_percentiles<T: Real, const N: usize>(state: &State<T, N>) -> [[T; N]; 2] {
    let quarter: [T; N] = lanes(|i| state.tgcr_iorb[i].min(state.sofr_iorb[i]));
    let lowest = lanes(|i| (state.sofr_iorb[i] + T::of(LOWEST_PERCENTILE) * state.sofr_width[i]).min(quarter[i]));
    [lowest, quarter]
}
