//! The overnight market: what each path brings to it, the price, and what the price makes happen.
//!
//! ```text
//! spare = w_G ln(1 + e^(−G/w_G))                     G: the funding gap
//! limit = on_rrp_counterparties · limit per counterparty
//! TGCR  = t + n_d,  n_d = ρ n_{d−1} + h repo_noise z   t clears the market
//! h     = c + (1 − c) e^(−ON RRP/rate_pin_scale)   how free rates are
//! fixed = on_rrp_inelastic e^(σ z) + turned away e^(σ_m z)
//! turned away = on_rrp_month_end, on_rrp_quarter_end or on_rrp_year_end
//!               (f + (1 − f)(1 − e^(−spare/on_rrp_end_scale)))
//! ω_r   = on_rrp_decay e^(−on_rrp_taste z)
//! ū_d   = φ ū_{d−1} + (1 − φ)(t + IORB − ON RRP rate)
//!
//! w_G = on_rrp_smoothing, σ = on_rrp_noise, σ_m = on_rrp_month_end_noise,
//! f = on_rrp_end_floor, φ = 2^(−1/on_rrp_half_life),
//! c = rate_noise_pinned, ρ = repo_noise_persistence
//! ```
//!
//! Money funds lend what they do not leave at ON RRP, dealers borrow from them, then from banks, and at the
//! standing facility. `market` finds the price. Noise of the published rate moves no take-up: in 2022 a tri-party rate within a
//! basis point from day to day went with take-up within 40bn of two trillion. Take-up: New York Fed ON RRP operations, 2023 to 2026.

use super::books::{Flow, Instrument, Sector};
use super::events::DrawnEvents;
use super::funding_gap::measure_funding_gap;
use super::market::{Cleared, Curve, LastClearing, Market, Markets, clear};
use super::parameters::Parameters;
use super::plan::{DayPlan, Needs};
use super::real::Real;
use super::repo_operations::facility_terms;
use super::reserve_demand::{PERCENT, lending_floor, reserves_wanted};
use super::shocks::Shock;
use super::state::{PerPath, Shocks, State, TileParameters, lanes};

/// The curve that the market clears on, on lane `i` at an ample level, without what shifts its floor.
pub fn lending_curve<T: Real>(p: &Parameters<impl PerPath<T>>, i: usize, ample: T) -> Curve<T> {
    Curve {
        ample,
        floor: p.repo_floor[i],
        slope: p.repo_slope[i] * T::of(PERCENT) / ample,
        smoothing: p.repo_smoothing[i],
        tail_scale: p.tail_scale[i],
        tail_start: p.tail_start[i],
        tail_width: p.tail_width[i],
    }
}

/// The tri-party spread at which banks lend on lane `i` when they hold `reserves` on a day without special needs, bp.
pub fn tri_party_curve<T: Real>(p: &Parameters<impl PerPath<T>>, i: usize, reserves: T) -> T {
    let ample = p.ample_reserves[i];
    lending_curve(p, i, ample).at(ample - reserves)[0]
}

/// Clears the overnight market and books what the price implies: ON RRP, standing repo and private repo; returns how free
/// rates are to move, a share.
#[inline(always)]
pub fn clear_overnight_market<T: Real, const N: usize>(
    state: &mut State<T, N>,
    p: &TileParameters<impl PerPath<T>>,
    events: &DrawnEvents<T, N>,
    day: &DayPlan,
    shocks: &Shocks<T, N>,
) -> [T; N] {
    state.funding_gap = measure_funding_gap(state);
    let fed = Sector::Fed as usize;
    let on_rrp_before = state.books.stock(Sector::MoneyFunds as usize, Instrument::OnRrp as usize);
    let standing_repo_before = state.books.stock(fed, Instrument::StandingRepo as usize);
    let reserves = state.books.stock(Sector::Banks as usize, Instrument::Reserves as usize);
    let need = reserves_wanted(state, p, events, day, shocks);
    let floor = lending_floor(state, p, shocks);
    let shift = events.capacity_shift(state.day, |shift| &shift.repo);
    let spare: [T; N] = lanes(|i| p.on_rrp_smoothing[i] * (-state.funding_gap[i] / p.on_rrp_smoothing[i]).softplus());
    let inelastic = inelastic_on_rrp(p, day, &spare, shocks);
    let taste = &shocks[Shock::OnRrpTaste as usize];
    let facility = facility_terms(p, events, state.day);
    let slope: [T; N] = lanes(|i| p.repo_slope[i] * T::of(PERCENT) / state.ample_reserves[i]);
    let on_rrp_decay: [T; N] = lanes(|i| p.on_rrp_decay[i] * (-p.on_rrp_taste[i] * taste[i]).exp());
    let (ample, usual_height) = (state.ample_reserves, state.usual_height);
    let mut markets = Markets::none();
    for i in 0..N {
        let market = Market {
            reserves_without_facilities: reserves[i] + on_rrp_before[i] - standing_repo_before[i],
            need: need[i],
            ample: ample[i],
            floor: floor[i] + shift[i],
            slope: slope[i],
            smoothing: p.repo_smoothing[i],
            tail_scale: p.tail_scale[i],
            tail_start: p.tail_start[i],
            tail_width: p.tail_width[i],
            on_rrp_fixed: inelastic[i],
            spare_cash: spare[i],
            on_rrp_limit: T::of(day.on_rrp_limit) * p.on_rrp_counterparties[i],
            on_rrp_decay: on_rrp_decay[i],
            on_rrp_response: p.on_rrp_response[i],
            usual_height: usual_height[i],
            corridor_floor: T::of(day.rates.corridor_floor()),
            srf_start: T::of(day.rates.corridor_ceiling()) - p.srf_offset[i],
            srf_slope: p.srf_slope[i],
            srf_smoothing: p.srf_smoothing[i],
            srf_least: p.srf_least[i],
            srf_limit: facility.limit[i],
            srf_relief: facility.relief[i],
        };
        markets.bring(i, market);
    }
    let last = LastClearing {
        price: &state.clearing_price,
        short_without: &state.short_without_facilities,
        sensitivity: &state.price_sensitivity,
    };
    let cleared = clear(&markets, &last);
    let Cleared { price, on_rrp: elastic, standing_repo, shortfall, .. } = &cleared;

    let on_rrp: [T; N] = lanes(|i| inelastic[i] + elastic[i] - on_rrp_before[i]);
    state.books.post(Flow::OnRrp as usize, &on_rrp);
    let standing_repo: [T; N] = lanes(|i| standing_repo[i] - standing_repo_before[i]);
    state.books.post(Flow::StandingRepo as usize, &standing_repo);
    for i in 0..N {
        state.scarcity[i] = shortfall[i] / ample[i];
    }
    let corridor = T::of(day.rates.corridor_floor());
    for i in 0..N {
        let survives = p.decay.on_rrp[i];
        state.usual_height[i] = survives * state.usual_height[i] + (T::ONE - survives) * (price[i] + corridor);
    }
    place_private_repo(state);
    let freedom = freedom_of_rates(state, p);
    fix_tgcr(state, p, price, &freedom, shocks);
    state.clearing_price = cleared.price;
    state.short_without_facilities = cleared.short_without;
    state.price_sensitivity = cleared.sensitivity;
    freedom
}

/// How free rates are to move, a share: cash at ON RRP pins them to its rate, as in 2021 to 2023, when SOFR stood still for
/// weeks.
#[inline(always)]
fn freedom_of_rates<T: Real, const N: usize>(state: &State<T, N>, p: &TileParameters<impl PerPath<T>>) -> [T; N] {
    let on_rrp = state.books.stock(Sector::MoneyFunds as usize, Instrument::OnRrp as usize);
    lanes(|i| {
        let pinned = p.rate_noise_pinned[i];
        pinned + (T::ONE - pinned) * (-on_rrp[i] / p.rate_pin_scale[i]).exp()
    })
}

/// Publishes the price: trades of a day average out a little above or below what cleared it.
#[inline(always)]
fn fix_tgcr<T: Real, const N: usize>(
    state: &mut State<T, N>,
    p: &TileParameters<impl PerPath<T>>,
    price: &[T; N],
    freedom: &[T; N],
    shocks: &Shocks<T, N>,
) {
    let z = &shocks[Shock::RepoRate as usize];
    for i in 0..N {
        state.repo_noise[i] = p.repo_noise_persistence[i] * state.repo_noise[i] + freedom[i] * p.repo_noise[i] * z[i];
        state.tgcr_iorb[i] = price[i] + state.repo_noise[i];
    }
}

/// ON RRP take-up that does not respond to rates, $bn: what some counterparties always leave there, and
/// cash that dealers turn away because the day's balance sheet is published.
#[inline(always)]
fn inelastic_on_rrp<T: Real, const N: usize>(
    p: &TileParameters<impl PerPath<T>>,
    day: &DayPlan,
    spare: &[T; N],
    shocks: &Shocks<T, N>,
) -> [T; N] {
    let z = &shocks[Shock::OnRrpTakeUp as usize];
    let mut inelastic = lanes(|i| p.on_rrp_inelastic[i] * (p.on_rrp_noise[i] * z[i]).exp());
    if day.needs.ends_a_period() {
        for i in 0..N {
            inelastic[i] += turned_away(p, i, &day.needs, spare[i]) * (p.on_rrp_month_end_noise[i] * z[i]).exp();
        }
    }
    inelastic
}

/// Cash that dealers turn away at the end of a period on lane `i` when money funds have so much to spare, $bn.
#[inline(always)]
pub fn turned_away<T: Real>(p: &TileParameters<impl PerPath<T>>, i: usize, needs: &Needs, spare: T) -> T {
    let [month_end, quarter_end, year_end] = [needs.month_end, needs.quarter_end, needs.year_end].map(T::of);
    let most =
        month_end * p.on_rrp_month_end[i] + quarter_end * p.on_rrp_quarter_end[i] + year_end * p.on_rrp_year_end[i];
    let spared = T::ONE - (-spare / p.on_rrp_end_scale[i]).exp();
    most * (p.on_rrp_end_floor[i] + (T::ONE - p.on_rrp_end_floor[i]) * spared)
}

/// Lends what money funds have left to the levered sector, and lets banks close the gap.
#[inline(always)]
fn place_private_repo<T: Real, const N: usize>(state: &mut State<T, N>) {
    let deposits = Instrument::Deposits as usize;
    let from_funds = state.books.stock(Sector::MoneyFunds as usize, deposits);
    state.books.post(Flow::RepoFromFunds as usize, &from_funds);
    let still_missing = state.books.stock(Sector::Levered as usize, deposits);
    let from_banks: [T; N] = lanes(|i| -still_missing[i]);
    state.books.post(Flow::RepoFromBanks as usize, &from_banks);
}
