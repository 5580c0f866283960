//! Who among the banks holds the reserves: large domestic banks, small ones, and branches of foreign banks.
//!
//! ```text
//! F_d = F_{d−1} + foreign_branch_margin ΔR_d − outflow_d
//! S_d = S_{d−1} + small_bank_margin ΔR_d
//! F_0 = foreign_branch_share R_0,   S_0 = small_bank_share R_0
//! large domestic banks hold the rest;   kept_d = Σ kept · outflows so far
//! ```
//!
//! A memo to the books: the three sum to reserves. Foreign branches hold reserves to earn IORB less the cost
//! of money-market funding, without a deposit-insurance fee, and lose them first. When their funding leaves
//! for domestic banks, a share of it is kept there rather than lent on, so that the same reserves are worth
//! less to the market: `kept` enters the need for reserves. Keating and Macchiavelli (2017, FEDS 2017-027,
//! *Interest on Reserves and Arbitrage in Post-Crisis Money Markets*); Federal Reserve Z.1, L.112.

use super::books::{Instrument, Sector};
use super::events::{DrawnEvents, share_done};
use super::real::Real;
use super::state::{PerPath, State, TileParameters, lanes};

/// Reserves of foreign branches and of small domestic banks at the opening, of `reserves` in all, $bn.
pub fn share_of_opening<T: Real, const N: usize>(
    p: &TileParameters<impl PerPath<T>>,
    reserves: &[T; N],
) -> [[T; N]; 2] {
    [&p.foreign_branch_share, &p.small_bank_share].map(|share| lanes(|i| share[i] * reserves[i]))
}

/// Moves reserves between groups of banks and remembers what domestic banks keep of foreign branches' losses.
#[inline(always)]
pub fn share_out_reserves<T: Real, const N: usize>(
    state: &mut State<T, N>,
    p: &TileParameters<impl PerPath<T>>,
    events: &DrawnEvents<T, N>,
) {
    let reserves = state.books.stock(Sector::Banks as usize, Instrument::Reserves as usize);
    let lost = lost_by_foreign_branches(events, state.day, false);
    for i in 0..N {
        let change = reserves[i] - state.reserves_at_last_close[i];
        let moved = lost[i] - state.foreign_outflow[i];
        let foreign = state.foreign_branch_reserves[i] + p.foreign_branch_margin[i] * change - moved;
        let small = state.small_bank_reserves[i] + p.small_bank_margin[i] * change;
        // No group can hold less than nothing, nor the three more than there is.
        state.foreign_branch_reserves[i] = foreign.clamp(T::ZERO, reserves[i].max(T::ZERO));
        state.small_bank_reserves[i] =
            small.clamp(T::ZERO, (reserves[i] - state.foreign_branch_reserves[i]).max(T::ZERO));
        state.foreign_outflow[i] = lost[i];
        state.reserves_at_last_close[i] = reserves[i];
    }
}

/// Reserves that domestic banks keep of what foreign branches have lost so far, $bn.
#[inline(always)]
pub fn kept_by_domestic_banks<T: Real, const N: usize>(events: &DrawnEvents<T, N>, day: usize) -> [T; N] {
    lost_by_foreign_branches(events, day, true)
}

/// What foreign branches have lost by the close of `day`, $bn; of it only what is kept, if so asked.
#[inline(always)]
fn lost_by_foreign_branches<T: Real, const N: usize>(
    events: &DrawnEvents<T, N>,
    day: usize,
    only_kept: bool,
) -> [T; N] {
    let day = T::of(day as f64);
    let mut lost = [T::ZERO; N];
    for outflow in &events.foreign_outflows {
        let share: [T; N] = lanes(|i| if only_kept { outflow.kept[i] } else { T::ONE });
        for i in 0..N {
            lost[i] += share_done(day, outflow.start[i], outflow.over[i]) * outflow.amount[i] * share[i];
        }
    }
    lost
}
