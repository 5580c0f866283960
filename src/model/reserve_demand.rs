//! What banks want: the need for reserves, and the level of repo rates at which they would lend with plenty.
//!
//! ```text
//! need_d  = L_d (1 + v_d + e_d + mid-month and tax needs) + hoarding
//!           + settlement needs + kept + bank_repo_need (bank repo − opening's)
//! v_d     = ρ v_{d−1} + √(1 − ρ²) σ_v e^(c x) z_d     payments, fat-tailed
//! x       = scarcity of d−1, within 0 and payment_noise_range
//! e_d     = period_end_carry e_{d−1} + ends of months
//! floor_d = repo_floor + l_d,   l_d = φ l_{d−1} + repo_drift_noise w_d     bp
//!
//! ρ = payment_persistence, σ_v = payment_noise, c = payment_noise_growth,
//! φ = 2^(−1/rate_drift_half_life); ends of months: need_month_end,
//! need_quarter_end, need_year_end; mid-month and tax: need_mid_month,
//! need_tax_date; L starts at ample_reserves; slope: repo_slope
//! ```
//!
//! Payment needs and the ends of months are shares of the ample level L (`desired_reserves`), so that 2018–20 and 2024–26
//! are one model; their noise grows with scarcity, as it did in both (own fit, New York Fed TGCR and H.4.1, April 2018 to
//! March 2026). Payments come in spells: Copeland, Duffie and Yang (2025, *Reserves Were Not So Ample After All*, QJE). Ends
//! of quarters: Correa, Du and Liao (2020, *U.S. Banks and Global Liquidity*, NBER 27491). Banks that must lend more repo
//! than usual, because money funds do not, want it paid for. `kept` is what domestic banks keep of foreign branches' losses
//! (`bank_groups`).

use super::bank_groups::kept_by_domestic_banks;
use super::books::{Instrument, Sector};
use super::events::DrawnEvents;
use super::plan::{DayPlan, Needs};
use super::real::Real;
use super::shocks::Shock;
use super::state::{PerPath, Shocks, State, TileParameters, lanes};

/// The slope of the curve is stated per percent of the ample level.
pub const PERCENT: f64 = 100.0;

/// Reserves that banks want today, $bn.
#[inline(always)]
pub fn reserves_wanted<T: Real, const N: usize>(
    state: &mut State<T, N>,
    p: &TileParameters<impl PerPath<T>>,
    events: &DrawnEvents<T, N>,
    day: &DayPlan,
    shocks: &Shocks<T, N>,
) -> [T; N] {
    let z = &shocks[Shock::PaymentNeeds as usize];
    for i in 0..N {
        let persistence = p.payment_persistence[i];
        // The innovation is scaled so that the noise is the standard deviation of the level.
        let innovation = (T::ONE - persistence * persistence).sqrt() * p.payment_noise[i];
        let scarcity = state.scarcity[i].clamp(T::ZERO, p.payment_noise_range[i]);
        let size = innovation * (p.payment_noise_growth[i] * scarcity).exp();
        state.payment_needs[i] = persistence * state.payment_needs[i] + size * z[i];
    }
    let [mid_month, tax_date] = [day.needs.mid_month, day.needs.tax_date].map(T::of);
    let new_needs: [T; N] = period_end_needs(p, &day.needs);
    for i in 0..N {
        state.period_end_needs[i] = p.period_end_carry[i] * state.period_end_needs[i] + new_needs[i];
    }
    let kept = kept_by_domestic_banks(events, state.day);
    let bank_repo = state.books.stock(Sector::Banks as usize, Instrument::Repo as usize);
    lanes(|i| {
        let shares = state.payment_needs[i]
            + state.period_end_needs[i]
            + mid_month * p.need_mid_month[i]
            + tax_date * p.need_tax_date[i];
        state.ample_reserves[i] * (T::ONE + shares)
            + state.hoarding[i]
            + state.settlement_needs[i]
            + kept[i]
            + p.bank_repo_need[i] * (bank_repo[i] - state.opening_bank_repo[i])
    })
}

/// What the end of a period adds to the reserves that banks want, as a share of the ample level.
#[inline(always)]
pub fn period_end_needs<T: Real, const N: usize>(p: &TileParameters<impl PerPath<T>>, needs: &Needs) -> [T; N] {
    let [month_end, quarter_end, year_end] = [needs.month_end, needs.quarter_end, needs.year_end].map(T::of);
    lanes(|i| month_end * p.need_month_end[i] + quarter_end * p.need_quarter_end[i] + year_end * p.need_year_end[i])
}

/// Floor of the tri-party curve, which wanders, bp over IORB.
#[inline(always)]
pub fn lending_floor<T: Real, const N: usize>(
    state: &mut State<T, N>,
    p: &TileParameters<impl PerPath<T>>,
    shocks: &Shocks<T, N>,
) -> [T; N] {
    let w = &shocks[Shock::RepoDrift as usize];
    for i in 0..N {
        state.repo_drift[i] = p.decay.rate_drift[i] * state.repo_drift[i] + p.repo_drift_noise[i] * w[i];
    }
    lanes(|i| p.repo_floor[i] + state.repo_drift[i])
}
