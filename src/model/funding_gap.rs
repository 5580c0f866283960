//! Who has cash and who needs it: money funds' overnight cash against leveraged investors' repo demand.
//!
//! ```text
//! G        = repo demand of the levered sector − overnight cash of money funds
//!            − what banks usually lend
//! inflow_d = (fund_inflow + gap_reversion max(G_{d−1}, 0)) / 5
//!            + fund_season · season_d
//!            + (1 − φ) cash_d + fund_noise z
//! cash_d   = φ cash_{d−1} − μ (operating flow_d + usual_deficit)
//! resold_d = (1 − 2^(−1/bill_resale_half_life)) bills still to be resold
//!
//! μ = fund_share_of_deficit, φ = 2^(−1/fund_deficit_half_life)
//! ```
//!
//! What banks usually lend is fixed at the opening, so that G explains the day's ON RRP. G is not a state of
//! its own: it is read off the books, after funds have paid for the bills they bought and leveraged investors
//! for their Treasuries. It rises with bills (at once by what funds buy at settlement, later by what first
//! holders resell to them) and with coupons that stay with leveraged investors; it falls with deposits moved
//! into funds: a trend, in time a share of what the public receives from an unusual deficit, and what a positive gap draws in
//! through higher repo rates. Taxes and outlays show nowhere in ON RRP within six weeks, stimulus does within a season.
//!
//! Own free run of ON RRP, July 2021 to March 2026, on Daily Treasury Statement issuance and H.4.1 assets;
//! docs/model.md.

use super::books::{Flow, Instrument, Sector};
use super::overnight_market::turned_away;
use super::plan::{BUSINESS_DAYS_PER_WEEK, DayPlan, InitialState};
use super::real::Real;
use super::shocks::Shock;
use super::state::{PerPath, Shocks, State, TileParameters, lanes};

/// Moves cash into money funds and resells bills to them.
#[inline(always)]
pub fn invest_money_funds<T: Real, const N: usize>(
    state: &mut State<T, N>,
    p: &TileParameters<impl PerPath<T>>,
    operating_flow: &[T; N],
    day: &DayPlan,
    shocks: &Shocks<T, N>,
) {
    let season = T::of(day.fund_season);
    let z = &shocks[Shock::FundCash as usize];
    let week = T::of(BUSINESS_DAYS_PER_WEEK);
    let inflow: [T; N] = lanes(|i| {
        let drawn_in = p.gap_reversion[i] * state.funding_gap[i].max(T::ZERO);
        let unusual = -operating_flow[i] - p.usual_deficit[i];
        let survives = p.decay.fund_deficit[i];
        let cash = state.deficit_cash[i] + p.fund_share_of_deficit[i] * unusual;
        state.deficit_cash[i] = survives * cash;
        (p.fund_inflow[i] + drawn_in) / week
            + p.fund_season[i] * season
            + (T::ONE - survives) * cash
            + p.fund_noise[i] * z[i]
    });
    state.books.post(Flow::FundSharePurchases as usize, &inflow);

    let resold: [T; N] = lanes(|i| (T::ONE - p.decay.bill_resale[i]) * state.bills_to_resell[i]);
    for i in 0..N {
        state.bills_to_resell[i] -= resold[i];
    }
    state.books.post(Flow::BillsPrivateToFunds as usize, &resold);
}

/// Repo demand of the levered sector less overnight cash of money funds and what banks usually lend, $bn.
///
/// What a sector has paid or received today and not yet placed or borrowed stands in its deposits.
#[inline(always)]
pub fn measure_funding_gap<T: Real, const N: usize>(state: &State<T, N>) -> [T; N] {
    let mut gap: [T; N] = lanes(|i| -state.usual_bank_repo[i]);
    for (sector, instrument) in [
        (Sector::Levered, Instrument::Repo),
        (Sector::Levered, Instrument::StandingRepo),
        (Sector::Levered, Instrument::TemporaryRepo),
        (Sector::Levered, Instrument::Deposits),
        (Sector::MoneyFunds, Instrument::Repo),
        (Sector::MoneyFunds, Instrument::OnRrp),
        (Sector::MoneyFunds, Instrument::Deposits),
    ] {
        let stock = state.books.stock(sector as usize, instrument as usize);
        for i in 0..N {
            gap[i] -= stock[i];
        }
    }
    gap
}

/// The funding gap that explains the opening's ON RRP on lane `i` where the market clears at `price`: take-up read backwards.
pub fn gap_implied_by_on_rrp<T: Real>(
    p: &TileParameters<impl PerPath<T>>,
    i: usize,
    price: T,
    initial: &InitialState,
) -> T {
    /// Spare cash below which take-up says only that there is none, $bn.
    const READABLE: f64 = 1.0;
    /// Height over the facility, in units of the decay, beyond which what is left there says nothing of what is spare.
    const HIGHEST: f64 = 8.0;
    let above_facility = (price + T::of(initial.corridor_floor)).max(T::ZERO);
    let placed = T::of(initial.on_rrp);
    let elastic = placed - p.on_rrp_inelastic[i] - turned_away(p, i, &initial.needs, placed).min(T::of(0.5) * placed);
    let spare = (elastic * (above_facility / p.on_rrp_decay[i]).min(T::of(HIGHEST)).exp()).max(T::of(READABLE));
    let width = p.on_rrp_smoothing[i];
    -width * (spare / width).softplus_inverse()
}
