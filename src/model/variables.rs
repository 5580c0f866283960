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
}

/// Number of simulated variables.
pub const SIMULATED: usize = Simulated::FundingGap as usize + 1;

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
