//! The shocks of a day: what each means, how fat its tails are, and how they move together.
//!
//! ```text
//! z_d = C e_d        C C′ = correlations, C lower triangular (Cholesky)
//! e   normal, or √(3/5) t₅ where tails are fat; independent, variance one
//! ```
//!
//! Fat tails: own regression, Daily Treasury Statement 2021 to 2026; payments: Copeland, Duffie and Yang (2025, QJE).

use nalgebra::SMatrix;

/// A shock, standardised to mean zero and variance one; parameters give it its size.
///
/// The position fixes the address of its draws: new shocks go to the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Shock {
    /// Unforeseen operating flow of the Treasury, positive into the TGA.
    OperatingFlow,
    /// Persistent error in the foreseen operating flow.
    FlowDrift,
    /// Currency in circulation.
    Currency,
    /// Foreign RRP pool.
    ForeignRrp,
    /// Other deposits at the Fed.
    OtherDeposits,
    /// Money funds' cash.
    FundCash,
    /// Leveraged investors' demand for repo.
    LeveredDemand,
    /// Banks' payment needs.
    PaymentNeeds,
    /// Level of the tri-party rate.
    RepoRate,
    /// Margin of SOFR over the tri-party rate.
    SofrMargin,
    /// Federal funds rate.
    FederalFunds,
    /// ON RRP take-up that does not respond to rates.
    OnRrpTakeUp,
    /// Sizes of bill auctions.
    BillSizes,
    /// Width of the distribution of SOFR's trades.
    SofrWidth,
    /// Yield of the four-week bill.
    BillYield,
    /// Return of equities that net liquidity does not explain.
    Equities,
    /// The same of small caps.
    SmallCaps,
    /// The same of bitcoin.
    Bitcoin,
    /// Lasting level of the tri-party rate.
    RepoDrift,
    /// Lasting level of SOFR's margin.
    SofrDrift,
}

/// Number of shocks.
pub const SHOCKS: usize = Shock::SofrDrift as usize + 1;

impl Shock {
    /// All shocks.
    pub const ALL: [Shock; SHOCKS] = [
        Shock::OperatingFlow,
        Shock::FlowDrift,
        Shock::Currency,
        Shock::ForeignRrp,
        Shock::OtherDeposits,
        Shock::FundCash,
        Shock::LeveredDemand,
        Shock::PaymentNeeds,
        Shock::RepoRate,
        Shock::SofrMargin,
        Shock::FederalFunds,
        Shock::OnRrpTakeUp,
        Shock::BillSizes,
        Shock::SofrWidth,
        Shock::BillYield,
        Shock::Equities,
        Shock::SmallCaps,
        Shock::Bitcoin,
        Shock::RepoDrift,
        Shock::SofrDrift,
    ];

    /// Whether it has Student's t tails with [`DEGREES_OF_FREEDOM`] rather than normal ones.
    ///
    /// The residual of the operating flow has an excess kurtosis of 5.9 (own regression, Daily Treasury
    /// Statement 2021–2026; six is what five degrees of freedom imply), that of the tri-party curve of 7.5.
    /// Payment needs stand for the delays of Copeland, Duffie and Yang (2025, QJE), which come in spells.
    pub const fn is_fat_tailed(self) -> bool {
        matches!(self, Shock::OperatingFlow | Shock::PaymentNeeds | Shock::RepoRate)
    }
}

/// Degrees of freedom of the fat-tailed shocks: excess kurtosis 6/(ν − 4) = 6.
pub const DEGREES_OF_FREEDOM: u32 = 5;

/// Correlations that are not zero.
const CORRELATIONS: &[(Shock, Shock, f64)] = &[
    // When foreign accounts add to their pool, the funding gap shrinks: weekly, June 2023 to August 2025.
    (Shock::ForeignRrp, Shock::FundCash, 0.2),
    // Late payments show in both (Copeland, Duffie and Yang 2025); the size is an assumption.
    (Shock::PaymentNeeds, Shock::SofrMargin, 0.3),
    // Four-week returns, 2022 to March 2026, rounded: assumptions of a satellite that moves nothing else.
    (Shock::Equities, Shock::SmallCaps, 0.85),
    (Shock::Equities, Shock::Bitcoin, 0.4),
    (Shock::SmallCaps, Shock::Bitcoin, 0.4),
];

/// The lower-triangular Cholesky factor of the shocks' correlation matrix.
pub fn cholesky_factor() -> [[f64; SHOCKS]; SHOCKS] {
    let mut correlation = SMatrix::<f64, SHOCKS, SHOCKS>::identity();
    for &(a, b, value) in CORRELATIONS {
        correlation[(a as usize, b as usize)] = value;
        correlation[(b as usize, a as usize)] = value;
    }
    let factor = correlation.cholesky().expect("the correlations above are positive definite").l();
    std::array::from_fn(|row| std::array::from_fn(|column| factor[(row, column)]))
}
