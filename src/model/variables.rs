//! The variables a run publishes for every business day, with unit and meaning.

use crate::units::Unit;

/// A published variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(usize)]
pub enum Variable {
    Reserves,
    ReservesToGdp,
    Tga,
    OnRrp,
    Srf,
    FedAssets,
    NetLiquidity,
    Sofr,
    Tgcr,
    Effr,
    Iorb,
    SofrIorb,
    TgcrIorb,
    EffrIorb,
    Scarcity,
    Hoarding,
    FundingGap,
    Bgcr,
    Obfr,
    SofrP1,
    SofrP25,
    SofrP75,
    SofrP99,
    FourWeekBill,
    BillIorb,
    TemporaryRepo,
    PrimaryCredit,
    ForeignBranchReserves,
    SmallBankReserves,
    LargeBankReserves,
    AmpleReserves,
    DealerRetreat,
    DebtRoom,
    UnpaidOutlays,
    Equities,
    SmallCaps,
    Bitcoin,
}

/// The variables a path stores; the others follow from these and the day's plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Simulated {
    Reserves,
    Tga,
    OnRrp,
    Srf,
    FedAssets,
    NetLiquidity,
    SofrIorb,
    TgcrIorb,
    EffrIorb,
    Scarcity,
    Hoarding,
    FundingGap,
    TemporaryRepo,
    PrimaryCredit,
    ForeignBranches,
    SmallBanks,
    LargeBanks,
    AmpleReserves,
    DealerRetreat,
    SofrP1Iorb,
    SofrP25Iorb,
    SofrWidth,
    BillIorb,
    DebtRoom,
    UnpaidOutlays,
    RatesMoved,
    Equities,
    SmallCaps,
    Bitcoin,
}

/// Number of simulated variables.
pub const SIMULATED: usize = Simulated::Bitcoin as usize + 1;

/// What is known of a variable besides its value.
#[derive(Clone, Copy, Debug)]
pub struct VariableInfo {
    /// Which one.
    pub variable: Variable,
    /// The name in scenario files and result tables.
    pub name: &'static str,
    /// The name in reports.
    pub title: &'static str,
    /// The unit of its values.
    pub unit: Unit,
    /// What it measures, in one sentence.
    pub meaning: &'static str,
}

const fn info(
    variable: Variable,
    name: &'static str,
    title: &'static str,
    unit: Unit,
    meaning: &'static str,
) -> VariableInfo {
    VariableInfo { variable, name, title, unit, meaning }
}

/// All published variables, in the order of [`Variable`].
pub const VARIABLES: &[VariableInfo] = &[
    info(
        Variable::Reserves,
        "reserves",
        "Reserves",
        Unit::Billions,
        "Reserve balances of banks at the close of the day.",
    ),
    info(
        Variable::ReservesToGdp,
        "reserves_gdp",
        "Reserves, % of GDP",
        Unit::Percent,
        "Reserve balances in percent of the vintage's nominal GDP.",
    ),
    info(Variable::Tga, "tga", "TGA", Unit::Billions, "The Treasury General Account at the Federal Reserve."),
    info(
        Variable::OnRrp,
        "on_rrp",
        "ON RRP",
        Unit::Billions,
        "Take-up of the overnight reverse repo facility by money funds and others.",
    ),
    info(Variable::Srf, "srf", "Standing repo facility", Unit::Billions, "Take-up of the standing repo facility."),
    info(Variable::FedAssets, "fed_assets", "Fed assets", Unit::Billions, "Total assets of the Federal Reserve."),
    info(
        Variable::NetLiquidity,
        "net_liquidity",
        "Net liquidity",
        Unit::Billions,
        "Fed assets less the TGA less ON RRP.",
    ),
    info(Variable::Sofr, "sofr", "SOFR", Unit::Percent, "Secured Overnight Financing Rate."),
    info(Variable::Tgcr, "tgcr", "TGCR", Unit::Percent, "Tri-party general collateral rate."),
    info(Variable::Effr, "effr", "EFFR", Unit::Percent, "Effective federal funds rate."),
    info(Variable::Iorb, "iorb", "IORB", Unit::Percent, "Interest rate on reserve balances."),
    info(
        Variable::SofrIorb,
        "sofr_iorb",
        "SOFR − IORB",
        Unit::BasisPoints,
        "SOFR less the interest rate on reserve balances.",
    ),
    info(
        Variable::TgcrIorb,
        "tgcr_iorb",
        "TGCR − IORB",
        Unit::BasisPoints,
        "TGCR less the interest rate on reserve balances.",
    ),
    info(
        Variable::EffrIorb,
        "effr_iorb",
        "EFFR − IORB",
        Unit::BasisPoints,
        "EFFR less the interest rate on reserve balances.",
    ),
    info(
        Variable::Scarcity,
        "scarcity",
        "Scarcity",
        Unit::Share,
        "Shortfall of reserves from what banks desire, as a share of the ample level.",
    ),
    info(
        Variable::Hoarding,
        "hoarding",
        "Hoarding",
        Unit::Billions,
        "Reserves banks hold beyond their usual demand because of recent stress.",
    ),
    info(
        Variable::FundingGap,
        "funding_gap",
        "Funding gap",
        Unit::Billions,
        "Repo demand of leveraged investors less money funds' overnight cash and what banks usually lend; negative is spare cash.",
    ),
    info(Variable::Bgcr, "bgcr", "BGCR", Unit::Percent, "Broad general collateral rate, between TGCR and SOFR."),
    info(
        Variable::Obfr,
        "obfr",
        "OBFR",
        Unit::Percent,
        "Overnight bank funding rate, EFFR, or a basis point below it before September 2024.",
    ),
    info(
        Variable::SofrP1,
        "sofr_p1",
        "SOFR, 1st percentile",
        Unit::Percent,
        "Rate below which one percent of the volume behind SOFR trades.",
    ),
    info(
        Variable::SofrP25,
        "sofr_p25",
        "SOFR, 25th percentile",
        Unit::Percent,
        "Rate below which a quarter of the volume behind SOFR trades: TGCR, or SOFR where that is lower.",
    ),
    info(
        Variable::SofrP75,
        "sofr_p75",
        "SOFR, 75th percentile",
        Unit::Percent,
        "Rate above which a quarter of the volume behind SOFR trades.",
    ),
    info(
        Variable::SofrP99,
        "sofr_p99",
        "SOFR, 99th percentile",
        Unit::Percent,
        "Rate above which one percent of the volume behind SOFR trades.",
    ),
    info(Variable::FourWeekBill, "bill_4w", "4-week bill", Unit::Percent, "Yield of the four-week Treasury bill."),
    info(
        Variable::BillIorb,
        "bill_4w_iorb",
        "4-week bill − IORB",
        Unit::BasisPoints,
        "Yield of the four-week Treasury bill less the interest rate on reserve balances.",
    ),
    info(
        Variable::TemporaryRepo,
        "temporary_repo",
        "Temporary repo",
        Unit::Billions,
        "Temporary open-market repo of the Fed outstanding.",
    ),
    info(
        Variable::PrimaryCredit,
        "primary_credit",
        "Fed loans",
        Unit::Billions,
        "Loans of the Fed to banks: primary credit.",
    ),
    info(
        Variable::ForeignBranchReserves,
        "reserves_foreign_branches",
        "Reserves of foreign branches",
        Unit::Billions,
        "Reserves held by branches of foreign banks.",
    ),
    info(
        Variable::SmallBankReserves,
        "reserves_small_banks",
        "Reserves of small banks",
        Unit::Billions,
        "Reserves held by small domestic banks.",
    ),
    info(
        Variable::LargeBankReserves,
        "reserves_large_banks",
        "Reserves of large banks",
        Unit::Billions,
        "Reserves held by large domestic banks.",
    ),
    info(
        Variable::AmpleReserves,
        "ample_reserves",
        "Ample level",
        Unit::Billions,
        "Reserves below which the tri-party rate begins to rise.",
    ),
    info(
        Variable::DealerRetreat,
        "dealer_retreat",
        "Dealer retreat",
        Unit::BasisPoints,
        "What dealers add to the margin of SOFR over the tri-party rate after stress.",
    ),
    info(
        Variable::DebtRoom,
        "debt_room",
        "Room under the debt limit",
        Unit::Billions,
        "What the Treasury may still borrow under a debt limit, extraordinary measures included.",
    ),
    info(
        Variable::UnpaidOutlays,
        "unpaid_outlays",
        "Unpaid outlays",
        Unit::Billions,
        "Outlays that wait because the TGA is empty.",
    ),
    info(
        Variable::Equities,
        "equities",
        "Equities",
        Unit::Percent,
        "Gain of the S&P 500 since the opening; the satellite of risk assets, off by default.",
    ),
    info(
        Variable::SmallCaps,
        "small_caps",
        "Small caps",
        Unit::Percent,
        "Gain of small caps since the opening; the satellite of risk assets, off by default.",
    ),
    info(
        Variable::Bitcoin,
        "bitcoin",
        "Bitcoin",
        Unit::Percent,
        "Gain of bitcoin since the opening; the satellite of risk assets, off by default.",
    ),
];

impl Variable {
    /// Its entry in [`VARIABLES`].
    pub const fn info(self) -> &'static VariableInfo {
        &VARIABLES[self as usize]
    }

    /// The variable a scenario file calls `name`.
    pub fn named(name: &str) -> Option<Variable> {
        VARIABLES.iter().find(|info| info.name == name).map(|info| info.variable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stands_in_the_order_of_the_enum() {
        for (position, info) in VARIABLES.iter().enumerate() {
            assert_eq!(info.variable as usize, position, "{}", info.name);
        }
    }
}
