//! The order of a day.

use super::books::{Instrument, Sector};
use super::depositors::move_deposits;
use super::events::DrawnEvents;
use super::federal_reserve::{collect_mbs_principal, earn_net_income, purchase_securities, roll_over_soma};
use super::funding_gap::{invest_money_funds, trade_levered_holdings};
use super::hoarding::hoard_reserves;
use super::issuance::{announce_bills, settle_bills, settle_coupons};
use super::ledger::Leak;
use super::operating_flow::settle_operating_flow;
use super::overnight_market::clear_overnight_market;
use super::plan::Plan;
use super::real::Real;
use super::reference_rates::{fix_federal_funds, fix_sofr};
use super::state::{Shocks, State, TileParameters, lanes};
use super::variables::{SIMULATED, Simulated};

/// The values a day publishes, one row per simulated variable.
pub type Published<T, const N: usize> = [[T; N]; SIMULATED];

/// Lives through day `state.day` of the plan on every path of the tile.
///
/// # Errors
/// A leak, if the books do not add up at the close.
#[inline(always)]
pub fn simulate_day<T: Real, const N: usize>(
    state: &mut State<'_, T, N>,
    p: &TileParameters<T, N>,
    events: &DrawnEvents<T, N>,
    plan: &Plan,
    shocks: &Shocks<T, N>,
) -> Result<(), Leak> {
    let day = &plan.days[state.day];

    // Morning: what is due settles.
    let operating_flow = settle_operating_flow(state, p, events, day, shocks);
    settle_coupons(state, p, day);
    settle_bills(state, p, day);
    roll_over_soma(state, p, events, day);
    collect_mbs_principal(state, p, events, day);
    purchase_securities(state, events);
    earn_net_income(state, p);
    move_deposits(state, p, day, plan.opening.get(Sector::Private, Instrument::OtherFed), shocks);

    // Midday: who has cash and who needs it.
    trade_levered_holdings(state, p, shocks);
    invest_money_funds(state, p, &operating_flow, shocks);
    clear_overnight_market(state, p, events, day, shocks);

    // Close: rates are published, banks take stock, the Treasury announces.
    fix_sofr(state, p, day, shocks);
    fix_federal_funds(state, p, events, shocks);
    hoard_reserves(state, p);
    announce_bills(state, p, events, day, shocks);
    state.books.audit()?;
    state.day += 1;
    Ok(())
}

/// What the close of the day publishes.
#[inline(always)]
pub fn publish<T: Real, const N: usize>(state: &State<'_, T, N>, plan: &Plan) -> Published<T, N> {
    let stock = |sector: Sector, instrument: Instrument| state.books.stock(sector as usize, instrument as usize);
    let tga = stock(Sector::Treasury, Instrument::Tga);
    let on_rrp = stock(Sector::MoneyFunds, Instrument::OnRrp);
    let standing_repo = stock(Sector::Fed, Instrument::StandingRepo);
    let mut fed_assets = [T::of(plan.other_fed_assets); N];
    for instrument in
        [Instrument::Bills, Instrument::Coupons, Instrument::Mbs, Instrument::StandingRepo, Instrument::FedLoans]
    {
        let held = stock(Sector::Fed, instrument);
        for i in 0..N {
            fed_assets[i] += held[i];
        }
    }
    let mut published = [[T::ZERO; N]; SIMULATED];
    let mut set = |variable: Simulated, values: [T; N]| published[variable as usize] = values;
    set(Simulated::Reserves, stock(Sector::Banks, Instrument::Reserves));
    set(Simulated::Tga, tga);
    set(Simulated::OnRrp, on_rrp);
    set(Simulated::Srf, standing_repo);
    set(Simulated::FedAssets, fed_assets);
    set(Simulated::NetLiquidity, lanes(|i| fed_assets[i] - tga[i] - on_rrp[i]));
    set(Simulated::SofrIorb, state.sofr_iorb);
    set(Simulated::TgcrIorb, state.tgcr_iorb);
    set(Simulated::EffrIorb, state.effr_iorb);
    set(Simulated::Scarcity, state.scarcity);
    set(Simulated::Hoarding, state.hoarding);
    set(Simulated::FundingGap, state.funding_gap);
    published
}
