//! What a run publishes of every close, under the names of its tables.

use super::books::at_close;
use super::case::Case;
use super::system::{BP, System};
use super::text::number;
use crate::model::{Instrument, Sector, VARIABLES, Variable};
use jiff::civil::date;

/// Until when OBFR stood a basis point below EFFR (New York Fed: mean gap 1.08 from July 2021 to August 2024, .08 since).
const OBFR_MEETS_EFFR: jiff::civil::Date = date(2024, 9, 1);

/// What stands in the Fed's assets as an item of its balance sheet.
const FED_ASSETS: [Instrument; 6] = [
    Instrument::Bills,
    Instrument::Coupons,
    Instrument::Mbs,
    Instrument::StandingRepo,
    Instrument::TemporaryRepo,
    Instrument::FedLoans,
];

/// Writes an auxiliary for every variable that the run publishes.
pub fn write(system: &mut System, case: &Case<'_>) {
    system.group("published", "What a run publishes of the close of every day, under the names of its tables.");
    let below = case.of_days(|day| if day.date < OBFR_MEETS_EFFR { 1.0 } else { 0.0 });
    system.table("obfr below effr", BP, below, "What OBFR stands below EFFR: a basis point until August 2024.");
    for info in VARIABLES.iter().filter(|info| case.plan.publishes(info.variable)) {
        let equation = equation(case, info.variable);
        system.auxiliary(&format!("published {}", info.name), &super::unit(info.unit), equation, info.meaning);
    }
}

fn equation(case: &Case<'_>, variable: Variable) -> String {
    let rate = |spread: &str| format!("published_iorb + 0.01 * ({spread})");
    match variable {
        Variable::Reserves => "reserves_at_the_close".to_owned(),
        Variable::ReservesToGdp => format!("100 * published_reserves / {}", number(case.plan.gdp)),
        Variable::Tga => at_close(Sector::Treasury, Instrument::Tga),
        Variable::OnRrp => at_close(Sector::MoneyFunds, Instrument::OnRrp),
        Variable::Srf => at_close(Sector::Fed, Instrument::StandingRepo),
        Variable::FedAssets => {
            let held = FED_ASSETS.map(|instrument| at_close(Sector::Fed, instrument));
            format!("{} + {}", number(case.plan.other_fed_assets), held.join(" + "))
        }
        Variable::NetLiquidity => "published_fed_assets - published_tga - published_on_rrp".to_owned(),
        Variable::Sofr => rate("sofr_iorb"),
        Variable::Tgcr => rate("tgcr_iorb"),
        Variable::Effr => rate("effr_iorb"),
        Variable::Iorb => "announced_iorb + 0.01 * rates_moved".to_owned(),
        Variable::SofrIorb => "sofr_iorb".to_owned(),
        Variable::TgcrIorb => "tgcr_iorb".to_owned(),
        Variable::EffrIorb => "effr_iorb".to_owned(),
        Variable::Scarcity => "scarcity".to_owned(),
        Variable::Hoarding => "hoarding".to_owned(),
        Variable::FundingGap => "funding_gap".to_owned(),
        Variable::Bgcr => rate("tgcr_iorb + 0.01 * (sofr_iorb - tgcr_iorb)"),
        Variable::Obfr => rate("effr_iorb - obfr_below_effr"),
        Variable::SofrP1 => rate("lowest_hundredth"),
        Variable::SofrP25 => rate("lower_quarter"),
        Variable::SofrP75 => rate("sofr_iorb + width_of_sofr"),
        Variable::SofrP99 => rate("sofr_iorb + 1.88 * width_of_sofr"),
        Variable::FourWeekBill => rate("bill_iorb"),
        Variable::BillIorb => "bill_iorb".to_owned(),
        Variable::TemporaryRepo => at_close(Sector::Fed, Instrument::TemporaryRepo),
        Variable::PrimaryCredit => at_close(Sector::Fed, Instrument::FedLoans),
        Variable::ForeignBranchReserves => "foreign_branch_reserves".to_owned(),
        Variable::SmallBankReserves => "small_bank_reserves".to_owned(),
        Variable::LargeBankReserves => {
            "reserves_at_the_close - foreign_branch_reserves - small_bank_reserves".to_owned()
        }
        Variable::AmpleReserves => "ample_reserves".to_owned(),
        Variable::DealerRetreat => "dealer_retreat".to_owned(),
        Variable::DebtRoom => "debt_room".to_owned(),
        Variable::UnpaidOutlays => "unpaid_outlays".to_owned(),
        // A scenario with risk assets is refused.
        Variable::Equities | Variable::SmallCaps | Variable::Bitcoin => number(0.0),
    }
}
