//! The order of a day.

use super::bank_groups::share_out_reserves;
use super::bill_market::price_bills;
use super::books::{Instrument, Sector};
use super::coupons::settle_coupons;
use super::dealer_retreat::retreat;
use super::debt_limit::{count_against_limit, pay_what_cash_allows};
use super::depositors::move_deposits;
use super::desired_reserves::revise_ample_level;
use super::discount_window::borrow_primary_credit;
use super::events::DrawnEvents;
use super::federal_reserve::{collect_mbs_principal, earn_net_income, roll_over_soma};
use super::funding_gap::invest_money_funds;
use super::hoarding::hoard_reserves;
use super::issuance::{announce_bills, settle_bills};
use super::ledger::Leak;
use super::levered::trade_levered_holdings;
use super::operating_flow::settle_operating_flow;
use super::overnight_market::clear_overnight_market;
use super::plan::Plan;
use super::policy_rules::{act_on_rules, watch_lines};
use super::published::net_liquidity;
use super::purchases::{announce_purchases, purchase_securities};
use super::rate_distribution::spread_trades;
use super::real::Real;
use super::reference_rates::{fix_federal_funds, fix_sofr};
use super::repo_operations::operate_in_repo;
use super::risk_assets::move_risk_assets;
use super::state::{PerPath, Shocks, State, TileParameters, lanes};

/// Lives through day `state.day` of the plan on every path of the tile.
///
/// # Errors
/// A leak, if the books do not add up at the close.
#[inline(always)]
pub fn simulate_day<T: Real, const N: usize>(
    state: &mut State<T, N>,
    p: &TileParameters<impl PerPath<T>>,
    events: &DrawnEvents<T, N>,
    plan: &Plan,
    shocks: &Shocks<T, N>,
) -> Result<(), Leak> {
    let day = &plan.days[state.day];

    // Morning: what was decided takes effect, and what is due settles.
    act_on_rules(state, events);
    let operating_flow = settle_operating_flow(state, p, events, day, shocks);
    let net_coupons = settle_coupons(state, p, events, day);
    let net_bills = settle_bills(state, p, day);
    let run_off = roll_over_soma(state, p, day);
    count_against_limit(state, events, &lanes(|i| net_coupons[i] + net_bills[i] - run_off[i]));
    pay_what_cash_allows(state);
    collect_mbs_principal(state, p, day);
    announce_purchases(state, p, events, day);
    purchase_securities(state, events);
    operate_in_repo(state, events);
    earn_net_income(state, p);
    move_deposits(state, p, day, plan.opening.get(Sector::Private, Instrument::OtherFed), shocks);

    // Midday: who has cash and who needs it.
    trade_levered_holdings(state, p, events, shocks);
    invest_money_funds(state, p, &operating_flow, day, shocks);
    let freedom = clear_overnight_market(state, p, events, day, shocks);
    borrow_primary_credit(state, p, day);

    // Close: rates are published, banks and dealers take stock, the Fed and the Treasury decide.
    retreat(state, p);
    fix_sofr(state, p, events, day, &freedom, shocks);
    spread_trades(state, p, day, shocks);
    fix_federal_funds(state, p, events, shocks);
    price_bills(state, p, &net_bills, shocks);
    hoard_reserves(state, p);
    share_out_reserves(state, p, events);
    revise_ample_level(state, p);
    watch_lines(state, events);
    move_risk_assets(state, p, &net_liquidity(state, plan), shocks);
    announce_bills(state, p, events, day, shocks);
    state.books.audit()?;
    state.day += 1;
    Ok(())
}
