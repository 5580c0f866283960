//! The order of a day whose Treasury and Fed flows are history's.
//!
//! Recorded are the operating flow, net bills, net notes and bonds, the SOMA, MBS, loans, temporary repo, currency, the
//! foreign RRP pool and other deposits. Leveraged holdings, money funds, the overnight market, SOFR, EFFR, hoarding, dealers'
//! retreat and the ample level are free.
//!
//! What is free runs through the very functions of an ordinary day (`day`), without shocks, and no number of history
//! corrects it on the way: ON RRP, spreads and reserves come out. Calibrations compare them with what was published.

use super::bank_groups::share_out_reserves;
use super::bill_market::price_bills;
use super::books::Flow;
use super::coupons::place_coupons;
use super::dealer_retreat::retreat;
use super::desired_reserves::revise_ample_level;
use super::events::DrawnEvents;
use super::funding_gap::invest_money_funds;
use super::hoarding::hoard_reserves;
use super::issuance::place_bills;
use super::ledger::Leak;
use super::levered::trade_levered_holdings;
use super::overnight_market::clear_overnight_market;
use super::plan::DayPlan;
use super::real::Real;
use super::reference_rates::{fix_federal_funds, fix_sofr};
use super::shocks::SHOCKS;
use super::state::{PerPath, State, TileParameters};

/// What the Treasury, the Fed and its other depositors did on a day, $bn.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RecordedFlows {
    /// Taxes and other receipts less outlays: the change of the TGA that debt does not explain.
    pub operating_flow: f64,
    /// Bills issued to the public less those redeemed.
    pub net_bills: f64,
    /// Notes and bonds issued to the public less those redeemed.
    pub net_coupons: f64,
    /// Treasury securities of the Fed that matured and were not rolled over.
    pub runoff: f64,
    /// Bills the Fed bought from the public.
    pub bill_purchases: f64,
    /// Notes and bonds the Fed bought from the public.
    pub coupon_purchases: f64,
    /// Agency MBS that left the Fed's portfolio; negative when it bought.
    pub mbs_principal: f64,
    /// Change of temporary open-market repo.
    pub temporary_repo: f64,
    /// Change of primary credit.
    pub primary_credit: f64,
    /// Change of currency in circulation.
    pub currency: f64,
    /// Change of the foreign RRP pool.
    pub foreign_rrp: f64,
    /// Change of the Fed's other liabilities less its other assets.
    pub other_deposits: f64,
}

/// Lives through a day on every path of the tile: what is recorded is posted, the rest follows from it.
///
/// # Errors
/// A leak, if the books do not add up at the close.
#[inline(always)]
pub fn live_recorded_day<T: Real, const N: usize>(
    state: &mut State<T, N>,
    p: &TileParameters<impl PerPath<T>>,
    events: &DrawnEvents<T, N>,
    day: &DayPlan,
    recorded: &RecordedFlows,
) -> Result<(), Leak> {
    let calm = [[T::ZERO; N]; SHOCKS];
    let every_path = |amount: f64| [T::of(amount); N];
    let operating_flow = every_path(recorded.operating_flow);
    let net_bills = every_path(recorded.net_bills);

    state.books.post(Flow::TaxReceipts as usize, &operating_flow);
    place_coupons(state, p, &every_path(recorded.net_coupons));
    place_bills(state, p, &net_bills);
    for (flow, amount) in [
        (Flow::SomaMaturities, recorded.runoff),
        (Flow::ReserveManagementPurchases, recorded.bill_purchases),
        (Flow::OpenMarketPurchases, recorded.coupon_purchases),
        (Flow::MbsPrincipal, recorded.mbs_principal),
        (Flow::TemporaryRepo, recorded.temporary_repo),
        (Flow::Currency, recorded.currency),
        (Flow::ForeignRrp, recorded.foreign_rrp),
        (Flow::OtherFedDeposits, recorded.other_deposits),
    ] {
        state.books.post(flow as usize, &every_path(amount));
    }

    trade_levered_holdings(state, p, events, &calm);
    invest_money_funds(state, p, &operating_flow, day, &calm);
    let freedom = clear_overnight_market(state, p, events, day, &calm);
    // As on an ordinary day, banks go to the window after the market.
    state.books.post(Flow::PrimaryCredit as usize, &every_path(recorded.primary_credit));
    retreat(state, p);
    fix_sofr(state, p, events, day, &freedom, &calm);
    fix_federal_funds(state, p, events, &calm);
    price_bills(state, p, &net_bills, &calm);
    hoard_reserves(state, p);
    share_out_reserves(state, p, events);
    revise_ample_level(state, p);
    state.books.audit()?;
    state.day += 1;
    Ok(())
}
