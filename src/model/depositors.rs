//! Those who hold claims on the Fed for reasons of their own: currency, foreign accounts, other depositors.
//!
//! ```text
//! Δcurrency_d = currency_growth / 20.9 + currency_season season_d
//!               + currency_noise z_d
//! F_d         = F̄ + φ_F (F_{d−1} − F̄) + foreign_rrp_noise z_d    foreign RRP
//! O_d         = O_0 + φ_O (O_{d−1} − O_0) + other_deposits_noise z_d    other
//!
//! F̄ = foreign_rrp_mean, φ_F = 2^(−1/foreign_rrp_half_life),
//! φ_O = 2^(−1/other_deposits_half_life)
//! ```
//!
//! Federal Reserve H.4.1, Wednesdays of 2023 to March 2026, own estimates.

use super::books::{Flow, Instrument, Sector};
use super::plan::{BUSINESS_DAYS_PER_MONTH, DayPlan};
use super::real::Real;
use super::shocks::Shock;
use super::state::{PerPath, Shocks, State, TileParameters, lanes};

/// Moves currency, the foreign RRP pool and other deposits.
#[inline(always)]
pub fn move_deposits<T: Real, const N: usize>(
    state: &mut State<T, N>,
    p: &TileParameters<impl PerPath<T>>,
    day: &DayPlan,
    opening_other: f64,
    shocks: &Shocks<T, N>,
) {
    let season = T::of(day.currency_season);
    let z = &shocks[Shock::Currency as usize];
    let currency: [T; N] = lanes(|i| {
        p.currency_growth[i] / T::of(BUSINESS_DAYS_PER_MONTH)
            + p.currency_season[i] * season
            + p.currency_noise[i] * z[i]
    });
    state.books.post(Flow::Currency as usize, &currency);

    let foreign = state.books.stock(Sector::ForeignOfficial as usize, Instrument::ForeignRrp as usize);
    let z = &shocks[Shock::ForeignRrp as usize];
    let foreign_rrp: [T; N] = lanes(|i| {
        let returning = (T::ONE - p.decay.foreign_rrp[i]) * (p.foreign_rrp_mean[i] - foreign[i]);
        // The pool cannot be drawn below nothing.
        (returning + p.foreign_rrp_noise[i] * z[i]).max(-foreign[i])
    });
    state.books.post(Flow::ForeignRrp as usize, &foreign_rrp);

    let other = state.books.stock(Sector::Private as usize, Instrument::OtherFed as usize);
    let z = &shocks[Shock::OtherDeposits as usize];
    let other_deposits: [T; N] = lanes(|i| {
        let returning = (T::ONE - p.decay.other_deposits[i]) * (T::of(opening_other) - other[i]);
        returning + p.other_deposits_noise[i] * z[i]
    });
    state.books.post(Flow::OtherFedDeposits as usize, &other_deposits);
}
