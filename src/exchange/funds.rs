//! Who needs cash and who has it: leveraged investors, money funds, and the gap between them.

use super::books::after;
use super::case::Case;
use super::system::{BN, BN_A_DAY, BN_A_MONTH, System};
use super::text::{during, number, sum};
use crate::model::{Flow, Instrument, Sector};

/// Flows that the market at midday makes happen.
pub const BY_THE_MARKET: &[Flow] = &[Flow::OnRrp, Flow::StandingRepo, Flow::RepoFromFunds, Flow::RepoFromBanks];

/// What leveraged investors and money funds hold overnight or have not yet placed.
const OVERNIGHT: &[(Sector, Instrument)] = &[
    (Sector::Levered, Instrument::Repo),
    (Sector::Levered, Instrument::StandingRepo),
    (Sector::Levered, Instrument::TemporaryRepo),
    (Sector::Levered, Instrument::Deposits),
    (Sector::MoneyFunds, Instrument::Repo),
    (Sector::MoneyFunds, Instrument::OnRrp),
    (Sector::MoneyFunds, Instrument::Deposits),
];

/// Writes leveraged investors, money funds and the funding gap.
pub fn write(system: &mut System, case: &Case<'_>) {
    write_levered(system, case);
    write_funds(system, case);
}

fn write_levered(system: &mut System, case: &Case<'_>) {
    let events = case.events();
    system.mechanism("levered");
    let settled =
        "dealer_inventory_brought_forward + (p_dealer_share_of_coupons - p_levered_share_of_coupons) * net_coupons";
    system.auxiliary(
        "inventory after settlement",
        BN,
        settled,
        "Dealers' inventory once today's notes and bonds settled.",
    );
    let distributed = "(1 - survival_of_inventory) * inventory_after_settlement";
    system.auxiliary("inventory distributed", BN_A_DAY, distributed, "What dealers pass on to others today.");
    let forced = |share: &dyn Fn(f64) -> f64| {
        sum(events.levered_unwinds.iter().map(|unwind| {
            let (start, over) = (unwind.start[0], unwind.over[0]);
            let sold = format!("{} * {} / {}", during(start, start + over), number(unwind.amount[0]), number(over));
            format!("{} * {sold}", number(share(unwind.to_dealers[0])))
        }))
    };
    let told = case.told_by("levered_unwind");
    let to_dealers = forced(&|share| share);
    system.auxiliary(
        "sold to dealers",
        BN_A_DAY,
        to_dealers,
        &format!("Forced sales that dealers must take first. {told}"),
    );
    let to_others = forced(&|share| 1.0 - share);
    system.auxiliary("sold to others", BN_A_DAY, to_others, "Forced sales that others buy.");
    let inventory = "inventory_after_settlement - inventory_distributed + sold_to_dealers".to_owned();
    let meaning = "Notes and bonds that dealers hold beyond what leveraged investors keep.";
    system.memory("dealer_inventory", BN, number(0.0), inventory, meaning);
    let growth = sum(events
        .levered_growth
        .iter()
        .map(|growth| format!("{} * {}", during(growth.start[0], growth.end[0]), number(growth.pace[0]))));
    let told = format!("Positions that leveraged investors build. {}", case.told_by("levered_growth"));
    system.auxiliary("levered growth", BN_A_MONTH, growth, &told);
    system.post(
        Flow::LeveredSales,
        "inventory_distributed + p_deleveraging_gain * stress_brought_forward - levered_growth / business_days_per_month + \
         sold_to_others",
    );
}

fn write_funds(system: &mut System, case: &Case<'_>) {
    system.mechanism("funding_gap");
    let season = case.of_days(|day| day.fund_season);
    system.table("season of funds", BN_A_DAY, season, "Flow into money funds by the day of the month.");
    let cash = "deficit_cash_brought_forward - p_fund_share_of_deficit * (operating_flow + p_usual_deficit)";
    let meaning =
        "Cash from an unusual deficit that has yet to find its way into money funds, before some of it does today.";
    system.auxiliary("deficit cash on its way", BN, cash, meaning);
    let left = "survival_of_deficit_cash * deficit_cash_on_its_way".to_owned();
    system.memory("deficit_cash", BN, number(0.0), left, "What of it is still on its way.");
    system.post(
        Flow::FundSharePurchases,
        "(p_fund_inflow + p_gap_reversion * MAX(funding_gap_brought_forward, 0)) / 5 + p_fund_season * season_of_funds + (1 - \
         survival_of_deficit_cash) * deficit_cash_on_its_way",
    );
    let to_resell = "bills_to_resell_brought_forward + p_bill_share_of_funds_later * net_bills";
    let meaning = "Bills that first holders will still resell, today's settlement included.";
    system.auxiliary("bills to resell this morning", BN, to_resell, meaning);
    system.post(Flow::BillsPrivateToFunds, "(1 - survival_of_bill_resale) * bills_to_resell_this_morning");
    let left = "survival_of_bill_resale * bills_to_resell_this_morning".to_owned();
    let meaning = "Bills that first holders will still resell to money funds.";
    system.memory("bills_to_resell", BN, number(0.0), left, meaning);

    let before_the_market: Vec<Flow> = Flow::ALL.iter().copied().filter(|flow| !BY_THE_MARKET.contains(flow)).collect();
    let held = OVERNIGHT.iter().map(|&(sector, instrument)| after(sector, instrument, &before_the_market));
    let gap = format!("0 - ({}) - usual_bank_repo", sum(held));
    let meaning =
        "Repo demand of leveraged investors less money funds' overnight cash and what banks usually lend, at midday.";
    system.memory("funding_gap", BN, "opening_gap".to_owned(), gap, meaning);

    let held = OVERNIGHT.iter().map(|&(sector, instrument)| number(case.plan.opening.get(sector, instrument)));
    let usual = format!("0 - ({}) - opening_gap", sum(held));
    system.auxiliary(
        "usual bank repo",
        BN,
        usual,
        "What banks lend in repo when the gap is nil; fixed at the opening.",
    );
}
