//! The economics: one mechanism a file, each headed by its equations.
//!
//! Nothing here reads or writes a file, allocates during a day, draws a random number, starts a thread or
//! knows what a scenario file looks like. Every mechanism is written once, generic over the number type and
//! the width of the tile of paths it moves side by side; a tile of one is the scalar model.

mod bank_groups;
mod bill_market;
mod books;
mod cache_line;
mod coupons;
mod day;
mod dealer_retreat;
mod debt_limit;
mod deficit;
mod depositors;
mod derivation;
mod desired_reserves;
mod discount_window;
mod events;
mod federal_reserve;
mod funding_gap;
mod hoarding;
mod issuance;
pub mod ledger;
mod levered;
mod market;
mod meanings;
mod mechanisms;
mod operating_flow;
mod overnight_market;
mod parameters;
mod plan;
mod policy_rules;
mod published;
mod purchases;
mod rate_distribution;
mod real;
mod recorded_day;
mod reference_rates;
mod repo_operations;
mod reserve_demand;
mod risk_assets;
mod shocks;
mod state;
mod treasury_events;
mod variables;

pub use books::{FLOWS, FUNDING_LEDGER, Flow, Funding, Hand, INSTRUMENTS, Instrument, OpeningStocks, SECTORS, Sector};
pub use cache_line::OnCacheLine;
pub use coupons::{COUPON_LINES, coupon_amounts, coupon_weights};
pub use day::simulate_day;
pub use derivation::Derivation;
pub use events::{
    DrawnCapacityShift, DrawnDebtLimit, DrawnDeficitShift, DrawnEvents, DrawnForeignOutflow, DrawnPace,
    DrawnPolicyRule, DrawnPurchaseRule, DrawnPurchases, DrawnRateMove, DrawnShutdown, DrawnSpread,
    DrawnStandingFacility, DrawnUnwind, PolicyAction,
};
pub use market::{Cleared, LastClearing, Market, Markets, clear, clear_alone};
pub use meanings::{Origin, instrument_meaning, sector_meaning, shock_meaning};
pub use mechanisms::{FURTHER_READERS, Head, MECHANISMS, Mechanism, readers};
pub use operating_flow::{CALENDAR_EFFECTS, calendar_coefficients, calendar_effects, has_large_payments};
pub use overnight_market::{lending_curve, tri_party_curve};
pub use parameters::{PARAMETERS, ParameterInfo, Parameters};
pub use plan::{
    AUCTION_LEAD, AdministeredRates, Auction, BUSINESS_DAYS_PER_MONTH, BUSINESS_DAYS_PER_WEEK, BUSINESS_DAYS_PER_YEAR,
    CASH_HORIZON, DayPlan, InitialState, Needs, Plan,
};
pub use published::{Published, publish};
pub use real::Real;
pub(crate) use real::cubic;
pub use recorded_day::{RecordedFlows, live_recorded_day};
pub use reference_rates::{federal_funds_curve, sofr_margin};
pub use repo_operations::facility_terms;
pub use shocks::{DEGREES_OF_FREEDOM, SHOCKS, Shock, cholesky_factor};
pub use state::{PerPath, Same, Shocks, State, TileParameters, lanes};
pub use variables::{SIMULATED, Simulated, VARIABLES, Variable, VariableInfo};
