//! Primary credit: banks go to the discount window late, and leave it slowly.
//!
//! ```text
//! wanted = primary_credit_normal + primary_credit_slope max(above, 0)
//! above  = t − (primary credit rate − IORB) − primary_credit_stigma
//! Δ_d    = (1 − 2^(−1/primary_credit_half_life)) (wanted − outstanding_{d−1})
//! ```
//!
//! The primary credit rate has been the top of the target range since 16 March 2020 (Board of Governors), so
//! that only stigma separates the window from the standing facility: Armantier, Ghysels, Sarkar and Shrader
//! (2015, *Discount Window Stigma during the 2007–2008 Financial Crisis*, JFE 118) put it at 44bp for 2008.

use super::books::{Flow, Instrument, Sector};
use super::plan::DayPlan;
use super::real::Real;
use super::state::{PerPath, State, TileParameters, lanes};

/// Moves primary credit toward its calm level plus what banks draw when repo costs more than the window.
#[inline(always)]
pub fn borrow_primary_credit<T: Real, const N: usize>(
    state: &mut State<T, N>,
    p: &TileParameters<impl PerPath<T>>,
    day: &DayPlan,
) {
    let loans = state.books.stock(Sector::Fed as usize, Instrument::FedLoans as usize);
    let rate = T::of(day.rates.corridor_ceiling());
    let change: [T; N] = lanes(|i| {
        let dearer = (state.tgcr_iorb[i] - rate - p.primary_credit_stigma[i]).max(T::ZERO);
        let wanted = p.primary_credit_normal[i] + p.primary_credit_slope[i] * dearer;
        (T::ONE - p.decay.primary_credit[i]) * (wanted - loans[i])
    });
    state.books.post(Flow::PrimaryCredit as usize, &change);
}
