//! From scarcity to the overnight rates: demand for reserves, the clearing price, SOFR and federal funds.
//!
//! ```text
//! SOFR − IORB = t + margin + slope · max(t − floor, 0) + ends of months and quarters + noise
//! EFFR − IORB = floor_e + s_e w_e ln(1 + e^((L_e − average R)/w_e)) + shift + noise
//! ```
//!
//! Federal funds respond to a moving average of reserves because most of that market is a steady arbitrage
//! of home loan banks and foreign branches.

use super::books::{Flow, Instrument, Sector};
use super::events::DrawnEvents;
use super::funding_gap::measure_funding_gap;
use super::market::{Market, clear};
use super::plan::DayPlan;
use super::real::Real;
use super::shocks::Shock;
use super::state::{Shocks, State, TileParameters, lanes};

const PER_100_BILLION: f64 = 0.01;

/// Clears the overnight market and books what the price implies: ON RRP, standing repo and private repo.
#[inline(always)]
pub fn clear_overnight_market<T: Real, const N: usize>(
    state: &mut State<'_, T, N>,
    p: &TileParameters<T, N>,
    events: &DrawnEvents<T, N>,
    day: &DayPlan,
    shocks: &Shocks<T, N>,
) {
    state.funding_gap = measure_funding_gap(state);
    let fed = Sector::Fed as usize;
    let on_rrp_before = state.books.stock(Sector::MoneyFunds as usize, Instrument::OnRrp as usize);
    let standing_repo_before = state.books.stock(fed, Instrument::StandingRepo as usize);
    let reserves = state.books.stock(Sector::Banks as usize, Instrument::Reserves as usize);
    let need = reserves_wanted(state, p, day, shocks);
    let floor = rate_floor(state, p, events, shocks);
    let inelastic = inelastic_on_rrp(p, day, shocks);
    let market: [Market<T>; N] = std::array::from_fn(|i| Market {
        reserves_without_facilities: reserves[i] + on_rrp_before[i] - standing_repo_before[i],
        need: need[i],
        ample: p.ample_reserves[i],
        floor: floor[i],
        slope: p.repo_slope[i] * T::of(PER_100_BILLION),
        smoothing: p.repo_smoothing[i],
        tail_scale: p.tail_scale[i],
        tail_start: p.tail_start[i],
        tail_width: p.tail_width[i],
        on_rrp_fixed: inelastic[i],
        spare_cash: p.on_rrp_smoothing[i] * (-state.funding_gap[i] / p.on_rrp_smoothing[i]).softplus(),
        on_rrp_decay: p.on_rrp_decay[i],
        corridor_floor: T::of(day.rates.corridor_floor()),
        srf_start: T::of(day.rates.corridor_ceiling()) - p.srf_offset[i],
        srf_slope: p.srf_slope[i],
        srf_smoothing: p.srf_smoothing[i],
        srf_limit: p.srf_limit[i],
    });
    state.tgcr_iorb = clear(&market, &state.tgcr_iorb);

    let on_rrp: [T; N] = lanes(|i| market[i].on_rrp(state.tgcr_iorb[i]) - on_rrp_before[i]);
    state.books.post(Flow::OnRrp as usize, &on_rrp);
    let standing_repo: [T; N] = lanes(|i| market[i].standing_repo(state.tgcr_iorb[i]) - standing_repo_before[i]);
    state.books.post(Flow::StandingRepo as usize, &standing_repo);
    state.scarcity = lanes(|i| market[i].shortfall(state.tgcr_iorb[i]) / market[i].ample);
    place_private_repo(state);
    borrow_primary_credit(state, p, day);
}

/// Reserves that banks want today, $bn.
#[inline(always)]
fn reserves_wanted<T: Real, const N: usize>(
    state: &mut State<'_, T, N>,
    p: &TileParameters<T, N>,
    day: &DayPlan,
    shocks: &Shocks<T, N>,
) -> [T; N] {
    let z = &shocks[Shock::PaymentNeeds as usize];
    for i in 0..N {
        let persistence = p.payment_persistence[i];
        // The innovation is scaled so that `payment_noise` is the standard deviation of the level.
        let innovation = (T::ONE - persistence * persistence) * p.payment_noise[i];
        state.payment_needs[i] = persistence * state.payment_needs[i] + innovation * z[i];
    }
    let [month_end, quarter_end, year_end, mid_month, tax_date] = [
        day.needs.month_end,
        day.needs.quarter_end,
        day.needs.year_end,
        day.needs.mid_month,
        day.needs.tax_date,
    ]
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

/// Floor of the tri-party curve with capacity shifts and noise, bp over IORB.
#[inline(always)]
fn rate_floor<T: Real, const N: usize>(
    state: &mut State<'_, T, N>,
    p: &TileParameters<T, N>,
    events: &DrawnEvents<T, N>,
    shocks: &Shocks<T, N>,
) -> [T; N] {
    /// Height of the curve above its floor beyond which noise grows no more, bp: the range of the fit.
    const NOISIEST: f64 = 20.0;
    let z = &shocks[Shock::RepoRate as usize];
    let today = T::of(state.day as f64);
    for i in 0..N {
        let slope = p.repo_slope[i] * T::of(PER_100_BILLION);
        let above_floor = (slope * state.scarcity[i] * p.ample_reserves[i]).clamp(T::ZERO, T::of(NOISIEST));
        let size = p.repo_noise[i] * (p.repo_noise_growth[i] * above_floor).exp();
        state.repo_noise[i] = p.repo_noise_persistence[i] * state.repo_noise[i] + size * z[i];
    }
    let mut floor: [T; N] = lanes(|i| p.repo_floor[i] + state.repo_noise[i]);
    for shift in &events.capacity_shifts {
        for i in 0..N {
            floor[i] += if today >= shift.start[i] { shift.repo[i] } else { T::ZERO };
        }
    }
    floor
}

/// ON RRP take-up that does not respond to rates, $bn: what some counterparties always leave there, and
/// cash that dealers turn away because the day's balance sheet is published.
#[inline(always)]
fn inelastic_on_rrp<T: Real, const N: usize>(
    p: &TileParameters<T, N>,
    day: &DayPlan,
    shocks: &Shocks<T, N>,
) -> [T; N] {
    /// Standard deviation of the logarithm of take-up on ordinary days since September 2025.
    const USUAL_SIGMA: f64 = 0.8;
    /// Standard deviation of the logarithm of the jump at month-ends, 2023 to 2025.
    const DRESSING_SIGMA: f64 = 0.5;
    let z = &shocks[Shock::OnRrpTakeUp as usize];
    let [month_end, quarter_end, year_end] = [day.needs.month_end, day.needs.quarter_end, day.needs.year_end].map(T::of);
    lanes(|i| {
        let turned_away = month_end * p.on_rrp_month_end[i]
            + quarter_end * p.on_rrp_quarter_end[i]
            + year_end * p.on_rrp_year_end[i];
        p.on_rrp_inelastic[i] * (T::of(USUAL_SIGMA) * z[i]).exp() + turned_away * (T::of(DRESSING_SIGMA) * z[i]).exp()
    })
}

/// Lends what money funds have left to the levered sector, and lets banks close the gap.
#[inline(always)]
fn place_private_repo<T: Real, const N: usize>(state: &mut State<'_, T, N>) {
    let deposits = Instrument::Deposits as usize;
    let from_funds = state.books.stock(Sector::MoneyFunds as usize, deposits);
    state.books.post(Flow::RepoFromFunds as usize, &from_funds);
    let still_missing = state.books.stock(Sector::Levered as usize, deposits);
    let from_banks: [T; N] = lanes(|i| -still_missing[i]);
    state.books.post(Flow::RepoFromBanks as usize, &from_banks);
}

/// Moves primary credit to its calm level plus what banks draw when repo costs more than the window.
#[inline(always)]
fn borrow_primary_credit<T: Real, const N: usize>(
    state: &mut State<'_, T, N>,
    p: &TileParameters<T, N>,
    day: &DayPlan,
) {
    let loans = state.books.stock(Sector::Fed as usize, Instrument::FedLoans as usize);
    let rate = T::of(day.rates.corridor_ceiling());
    let change: [T; N] = lanes(|i| {
        let wanted = p.primary_credit_normal[i]
            + p.primary_credit_slope[i] * (state.tgcr_iorb[i] - rate).max(T::ZERO);
        // A loan runs for days or weeks: a tenth of the distance is closed in a day.
        T::of(0.1) * (wanted - loans[i])
    });
    state.books.post(Flow::PrimaryCredit as usize, &change);
}

/// Sets SOFR from the tri-party rate.
#[inline(always)]
pub fn fix_sofr<T: Real, const N: usize>(
    state: &mut State<'_, T, N>,
    p: &TileParameters<T, N>,
    day: &DayPlan,
    shocks: &Shocks<T, N>,
) {
    let z = &shocks[Shock::SofrMargin as usize];
    let [month_end, quarter_end] = [day.needs.month_end, day.needs.quarter_end + day.needs.year_end].map(T::of);
    state.sofr_iorb = lanes(|i| {
        let t = state.tgcr_iorb[i];
        let margin = p.sofr_margin[i]
            + p.sofr_margin_slope[i] * (t - p.repo_floor[i]).max(T::ZERO)
            + month_end * p.sofr_month_end[i]
            + quarter_end * p.sofr_quarter_end[i];
        t + margin + p.sofr_noise[i] * z[i]
    });
}

/// The average of reserves that explains a federal funds spread on lane `i`: the curve read backwards.
pub fn average_implied_by_federal_funds<T: Real, const N: usize>(p: &TileParameters<T, N>, i: usize, spread: T) -> T {
    /// At the floor the curve is flat and says only that reserves are ample; a tenth of a basis point above
    /// it is where the reading begins, bp.
    const READABLE: f64 = 0.1;
    let width = p.effr_smoothing[i];
    let slope = p.effr_slope[i] * T::of(PER_100_BILLION);
    let bends = (spread - p.effr_floor[i]).max(T::of(READABLE)) / (slope * width);
    // The inverse of ln(1 + e^x).
    let shortfall = bends + (T::ONE - (-bends).exp()).ln();
    p.ample_reserves[i] - p.effr_ample_gap[i] - width * shortfall
}

/// Sets the federal funds rate from average reserves.
#[inline(always)]
pub fn fix_federal_funds<T: Real, const N: usize>(
    state: &mut State<'_, T, N>,
    p: &TileParameters<T, N>,
    events: &DrawnEvents<T, N>,
    shocks: &Shocks<T, N>,
) {
    let reserves = state.books.stock(Sector::Banks as usize, Instrument::Reserves as usize);
    let z = &shocks[Shock::FederalFunds as usize];
    let today = T::of(state.day as f64);
    state.reserves_average =
        lanes(|i| p.decay.effr[i] * state.reserves_average[i] + (T::ONE - p.decay.effr[i]) * reserves[i]);
    state.effr_iorb = lanes(|i| {
        let width = p.effr_smoothing[i];
        let ample = p.ample_reserves[i] - p.effr_ample_gap[i];
        let slope = p.effr_slope[i] * T::of(PER_100_BILLION);
        let shortfall = (ample - state.reserves_average[i]) / width;
        p.effr_floor[i] + slope * width * shortfall.softplus() + p.effr_noise[i] * z[i]
    });
    for shift in &events.capacity_shifts {
        for i in 0..N {
            state.effr_iorb[i] += if today >= shift.start[i] { shift.federal_funds[i] } else { T::ZERO };
        }
    }
}
