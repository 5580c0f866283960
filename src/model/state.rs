//! The state of a tile: `N` paths side by side.

use super::books::{Instrument, Sector};
use super::funding_gap::{gap_implied_by_on_rrp, measure_funding_gap};
use super::issuance::enter_announced_bills;
use super::ledger::{Books, Ledger};
use super::parameters::Parameters;
use super::plan::{AUCTION_LEAD, Plan};
use super::real::Real;
use super::reference_rates::average_implied_by_federal_funds;
use super::shocks::SHOCKS;
use std::ops::Deref;

/// The day's shocks, standardised and correlated, one row per shock.
pub type Shocks<T, const N: usize> = [[T; N]; SHOCKS];

/// Everything that a path carries from one day to the next.
#[derive(Clone, Debug)]
pub struct State<'a, T, const N: usize> {
    /// Stocks of every sector.
    pub books: Books<'a, T, N>,
    /// Number of the day, from 0.
    pub day: usize,
    /// Persistent error in the foreseen operating flow, $bn a day.
    pub flow_drift: [T; N],
    /// Net bills announced and not yet settled, $bn, by day of settlement modulo [`AUCTION_LEAD`].
    pub announced_bills: [[T; N]; AUCTION_LEAD],
    /// Net bills of the last announcement, $bn.
    pub last_announced: [T; N],
    /// Extra demand for reserves that settlements leave behind, $bn.
    pub settlement_needs: [T; N],
    /// Bills that first holders will still resell to money funds, $bn.
    pub bills_to_resell: [T; N],
    /// Notes and bonds that dealers hold beyond what leveraged investors keep, $bn.
    pub dealer_inventory: [T; N],
    /// Unusual payment needs of banks, $bn.
    pub payment_needs: [T; N],
    /// Noise in the level of the tri-party rate, bp.
    pub repo_noise: [T; N],
    /// Tri-party rate less IORB, bp.
    pub tgcr_iorb: [T; N],
    /// SOFR less IORB, bp.
    pub sofr_iorb: [T; N],
    /// Federal funds rate less IORB, bp.
    pub effr_iorb: [T; N],
    /// Moving average of reserves to which federal funds respond, $bn.
    pub reserves_average: [T; N],
    /// Remembered stress: moving average of the SOFR spread above its threshold, bp.
    pub stress: [T; N],
    /// Reserves hoarded because of stress, $bn.
    pub hoarding: [T; N],
    /// Shortfall of reserves from demand, as a share of the ample level.
    pub scarcity: [T; N],
    /// Repo demand less money funds' cash and what banks usually lend, $bn.
    pub funding_gap: [T; N],
    /// What banks lend in repo when the funding gap is nil, $bn.
    pub usual_bank_repo: [T; N],
}

impl<'a, T: Real, const N: usize> State<'a, T, N> {
    /// The state at the close of the vintage's day.
    pub fn open(ledger: &'a Ledger, plan: &Plan, p: &TileParameters<T, N>) -> Self {
        let initial = &plan.initial;
        let zero = [T::ZERO; N];
        let average = T::of(initial.sofr_iorb_average);
        let funding_gap = lanes(|i| gap_implied_by_on_rrp(p, i, initial));
        let mut state = State {
            books: Books::open(ledger, &plan.opening.0),
            day: 0,
            flow_drift: zero,
            announced_bills: [zero; AUCTION_LEAD],
            last_announced: zero,
            settlement_needs: zero,
            bills_to_resell: zero,
            dealer_inventory: zero,
            payment_needs: zero,
            repo_noise: zero,
            tgcr_iorb: [T::of(initial.tgcr_iorb); N],
            sofr_iorb: [T::of(initial.sofr_iorb); N],
            effr_iorb: [T::of(initial.effr_iorb); N],
            reserves_average: lanes(|i| average_implied_by_federal_funds(p, i, T::of(initial.effr_iorb))),
            stress: lanes(|i| (average - p.stress_threshold[i]).max(T::ZERO)),
            hoarding: zero,
            scarcity: zero,
            funding_gap,
            usual_bank_repo: zero,
        };
        let reserves = state.books.stock(Sector::Banks as usize, Instrument::Reserves as usize);
        state.scarcity = lanes(|i| (p.ample_reserves[i] - reserves[i]) / p.ample_reserves[i]);
        let shortfall_of_funds = measure_funding_gap(&state);
        state.usual_bank_repo = lanes(|i| shortfall_of_funds[i] - funding_gap[i]);
        enter_announced_bills(&mut state, plan);
        state
    }
}

/// One value of every parameter per path, with the daily survival that each half-life implies.
#[derive(Clone, Debug)]
pub struct TileParameters<T, const N: usize> {
    parameters: Parameters<[T; N]>,
    /// Share that survives a day, for each parameter that is a half-life.
    pub decay: Decays<T, N>,
}

/// `2^(−1/h)` for a half-life of h business days.
#[derive(Clone, Debug)]
pub struct Decays<T, const N: usize> {
    pub flow_drift: [T; N],
    pub inventory: [T; N],
    pub foreign_rrp: [T; N],
    pub other_deposits: [T; N],
    pub bill_resale: [T; N],
    pub settlement: [T; N],
    pub effr: [T; N],
    pub primary_credit: [T; N],
    pub stress: [T; N],
    pub hoarding: [T; N],
}

impl<T: Real, const N: usize> TileParameters<T, N> {
    /// Prepares the parameters of a tile.
    pub fn new(parameters: Parameters<[T; N]>) -> Self {
        let survival = |half_life: &[T; N]| lanes(|i| (T::of(-std::f64::consts::LN_2) / half_life[i]).exp());
        let decay = Decays {
            flow_drift: survival(&parameters.flow_drift_half_life),
            inventory: survival(&parameters.inventory_half_life),
            foreign_rrp: survival(&parameters.foreign_rrp_half_life),
            other_deposits: survival(&parameters.other_deposits_half_life),
            bill_resale: survival(&parameters.bill_resale_half_life),
            settlement: survival(&parameters.settlement_half_life),
            effr: survival(&parameters.effr_half_life),
            primary_credit: survival(&parameters.primary_credit_half_life),
            stress: survival(&parameters.stress_half_life),
            hoarding: survival(&parameters.hoarding_half_life),
        };
        TileParameters { parameters, decay }
    }
}

impl<T, const N: usize> Deref for TileParameters<T, N> {
    type Target = Parameters<[T; N]>;

    fn deref(&self) -> &Self::Target {
        &self.parameters
    }
}

/// One value per path.
#[inline(always)]
pub fn lanes<T: Real, const N: usize>(mut value: impl FnMut(usize) -> T) -> [T; N] {
    let mut lanes = [T::ZERO; N];
    for (i, lane) in lanes.iter_mut().enumerate() {
        *lane = value(i);
    }
    lanes
}
