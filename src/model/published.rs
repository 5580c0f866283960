//! What the close of a day publishes.

use super::books::{Instrument, Sector};
use super::plan::Plan;
use super::rate_distribution::lower_percentiles;
use super::real::Real;
use super::state::{State, lanes};
use super::variables::{SIMULATED, Simulated};

/// The values a day publishes, one row per simulated variable.
pub type Published<T, const N: usize> = [[T; N]; SIMULATED];

/// What stands in the Fed's assets as instruments of the books.
const FED_ASSETS: [Instrument; 6] = [
    Instrument::Bills,
    Instrument::Coupons,
    Instrument::Mbs,
    Instrument::StandingRepo,
    Instrument::TemporaryRepo,
    Instrument::FedLoans,
];

/// Writes down what the close of the day publishes.
#[inline(always)]
pub fn publish<T: Real, const N: usize>(state: &State<T, N>, plan: &Plan, published: &mut Published<T, N>) {
    let stock = |sector: Sector, instrument: Instrument| state.books.stock(sector as usize, instrument as usize);
    let reserves = stock(Sector::Banks, Instrument::Reserves);
    let [lowest, quarter] = lower_percentiles(state);
    let mut set = |variable: Simulated, values: [T; N]| published[variable as usize] = values;
    set(Simulated::Reserves, reserves);
    set(Simulated::Tga, stock(Sector::Treasury, Instrument::Tga));
    set(Simulated::OnRrp, stock(Sector::MoneyFunds, Instrument::OnRrp));
    set(Simulated::Srf, stock(Sector::Fed, Instrument::StandingRepo));
    set(Simulated::FedAssets, fed_assets(state, plan));
    set(Simulated::NetLiquidity, net_liquidity(state, plan));
    set(Simulated::SofrIorb, state.sofr_iorb);
    set(Simulated::TgcrIorb, state.tgcr_iorb);
    set(Simulated::EffrIorb, state.effr_iorb);
    set(Simulated::Scarcity, state.scarcity);
    set(Simulated::Hoarding, state.hoarding);
    set(Simulated::FundingGap, state.funding_gap);
    set(Simulated::TemporaryRepo, stock(Sector::Fed, Instrument::TemporaryRepo));
    set(Simulated::PrimaryCredit, stock(Sector::Fed, Instrument::FedLoans));
    set(Simulated::ForeignBranches, state.foreign_branch_reserves);
    set(Simulated::SmallBanks, state.small_bank_reserves);
    set(
        Simulated::LargeBanks,
        lanes(|i| reserves[i] - state.foreign_branch_reserves[i] - state.small_bank_reserves[i]),
    );
    set(Simulated::AmpleReserves, state.ample_reserves);
    set(Simulated::DealerRetreat, state.dealer_retreat);
    set(Simulated::SofrP1Iorb, lowest);
    set(Simulated::SofrP25Iorb, quarter);
    set(Simulated::SofrWidth, state.sofr_width);
    set(Simulated::BillIorb, state.bill_iorb);
    set(Simulated::DebtRoom, state.debt_room);
    set(Simulated::UnpaidOutlays, state.unpaid_outlays);
    set(Simulated::RatesMoved, state.reaction.rates_moved);
    set(Simulated::Equities, state.equities);
    set(Simulated::SmallCaps, state.small_caps);
    set(Simulated::Bitcoin, state.bitcoin);
}

/// Total assets of the Fed, $bn.
#[inline(always)]
fn fed_assets<T: Real, const N: usize>(state: &State<T, N>, plan: &Plan) -> [T; N] {
    let mut assets = [T::of(plan.other_fed_assets); N];
    for instrument in FED_ASSETS {
        let held = state.books.stock(Sector::Fed as usize, instrument as usize);
        for i in 0..N {
            assets[i] += held[i];
        }
    }
    assets
}

/// Fed assets less the TGA less ON RRP, $bn: what market commentary calls net liquidity.
#[inline(always)]
pub fn net_liquidity<T: Real, const N: usize>(state: &State<T, N>, plan: &Plan) -> [T; N] {
    let assets = fed_assets(state, plan);
    let tga = state.books.stock(Sector::Treasury as usize, Instrument::Tga as usize);
    let on_rrp = state.books.stock(Sector::MoneyFunds as usize, Instrument::OnRrp as usize);
    lanes(|i| assets[i] - tga[i] - on_rrp[i])
}
