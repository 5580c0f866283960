//! The state of a tile: `N` paths side by side.

use super::bank_groups::share_of_opening;
use super::books::{Funding, Instrument, Sector};
use super::events::DrawnEvents;
use super::funding_gap::{gap_implied_by_on_rrp, measure_funding_gap};
use super::issuance::enter_announced_bills;
use super::ledger::Books;
use super::overnight_market::tri_party_curve;
use super::parameters::Parameters;
use super::plan::{AUCTION_LEAD, Plan};
use super::policy_rules::{Reaction, RuleProgress};
use super::published::net_liquidity;
use super::real::Real;
use super::reference_rates::average_implied_by_federal_funds;
use super::reserve_demand::period_end_needs;
use super::shocks::SHOCKS;
use std::ops::{Deref, Index};

/// The day's shocks, standardised and correlated, one row per shock.
pub type Shocks<T, const N: usize> = [[T; N]; SHOCKS];

/// Everything that a path carries from one day to the next: first what is a number per path, so that every row of a tile
/// begins on a cache line.
#[derive(Clone, Debug)]
#[repr(C, align(64))]
pub struct State<T, const N: usize> {
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
    /// Cash from an unusual deficit that has yet to find its way into money funds, $bn.
    pub deficit_cash: [T; N],
    /// Notes and bonds that dealers hold beyond what leveraged investors keep, $bn.
    pub dealer_inventory: [T; N],
    /// Unusual payment needs of banks, as a share of the ample level.
    pub payment_needs: [T; N],
    /// Noise in the level of the tri-party rate, bp.
    pub repo_noise: [T; N],
    /// Height of the tri-party rate over the ON RRP rate that money funds are used to, bp.
    pub usual_height: [T; N],
    /// Lasting departure of the floor of the tri-party curve, bp.
    pub repo_drift: [T; N],
    /// Lasting departure of SOFR's margin, bp.
    pub sofr_drift: [T; N],
    /// Tri-party spread over IORB at which the market cleared, without the noise of the published rate, bp.
    pub clearing_price: [T; N],
    /// Shortfall of reserves that the market cleared without its facilities, $bn.
    pub short_without_facilities: [T; N],
    /// Rise of the clearing price per dollar of need, bp per $bn; nil until the market has cleared once.
    pub price_sensitivity: [T; N],
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
    /// What dealers add to the margin of SOFR after stress, bp.
    pub dealer_retreat: [T; N],
    /// Reserves that banks call ample, $bn.
    pub ample_reserves: [T; N],
    /// Extra needs of the ends of months, fading, as a share of the ample level.
    pub period_end_needs: [T; N],
    /// Shortfall of reserves from demand, as a share of the ample level.
    pub scarcity: [T; N],
    /// Repo demand less money funds' cash and what banks usually lend, $bn.
    pub funding_gap: [T; N],
    /// What banks lend in repo when the funding gap is nil, $bn.
    pub usual_bank_repo: [T; N],
    /// What banks lent in repo at the opening, $bn.
    pub opening_bank_repo: [T; N],
    /// Reserves of foreign banks' branches, $bn.
    pub foreign_branch_reserves: [T; N],
    /// Reserves of small domestic banks, $bn.
    pub small_bank_reserves: [T; N],
    /// What foreign branches have lost to domestic banks so far, $bn.
    pub foreign_outflow: [T; N],
    /// Reserves at the close of the day before, $bn.
    pub reserves_at_last_close: [T; N],
    /// What may still be borrowed under a debt limit, $bn; nil while none binds.
    pub debt_room: [T; N],
    /// Outlays that wait for cash, $bn.
    pub unpaid_outlays: [T; N],
    /// Average of reserves over a month, $bn.
    pub reserves_over_month: [T; N],
    /// Average of the tri-party spread over a month, bp.
    pub tgcr_over_month: [T; N],
    /// Net bills settled over a month, $bn.
    pub bills_over_month: [T; N],
    /// Yield of the four-week bill less IORB, bp.
    pub bill_iorb: [T; N],
    /// What neither repo nor supply explains of the yield of the four-week bill, bp.
    pub bill_yield_rest: [T; N],
    /// Width of the distribution of SOFR's trades, bp.
    pub sofr_width: [T; N],
    /// Fed assets less the TGA less ON RRP at the close of the day before, $bn.
    pub net_liquidity: [T; N],
    /// Gain of equities since the opening, percent.
    pub equities: [T; N],
    /// Gain of small caps since the opening, percent.
    pub small_caps: [T; N],
    /// Gain of bitcoin since the opening, percent.
    pub bitcoin: [T; N],
    /// What meetings and rules have the Fed do today.
    pub reaction: Reaction<T, N>,
    /// Stocks of every sector.
    pub books: Books<Funding, T, N>,
    /// Number of the day, from 0.
    pub day: usize,
    /// Pace of purchases that each rule has announced, $bn a month.
    pub paces_by_rule: Vec<[T; N]>,
    /// How far each of the Fed's reaction rules has come.
    pub rules: Vec<RuleProgress<T, N>>,
}

impl<T: Real, const N: usize> State<T, N> {
    /// The state at the close of the vintage's day.
    pub fn open(plan: &Plan, p: &TileParameters<impl PerPath<T>>, events: &DrawnEvents<T, N>) -> Self {
        let initial = &plan.initial;
        let zero = [T::ZERO; N];
        let average = T::of(initial.sofr_iorb_average);
        // A shift in force from the start is part of the rates of the opening.
        let [effr_shift, repo_shift] =
            [events.capacity_shift(0, |shift| &shift.federal_funds), events.capacity_shift(0, |shift| &shift.repo)];
        let reserves = T::of(plan.opening.get(Sector::Banks, Instrument::Reserves));
        let period_end_needs = period_end_needs(p, &initial.needs);
        let price: [T; N] =
            lanes(|i| tri_party_curve(p, i, reserves - p.ample_reserves[i] * period_end_needs[i]) + repo_shift[i]);
        let funding_gap = lanes(|i| gap_implied_by_on_rrp(p, i, price[i], initial));
        let mut state = State {
            books: Books::open(&plan.opening.0),
            day: 0,
            flow_drift: zero,
            announced_bills: [zero; AUCTION_LEAD],
            last_announced: zero,
            settlement_needs: zero,
            bills_to_resell: zero,
            deficit_cash: zero,
            dealer_inventory: zero,
            payment_needs: zero,
            // What the curve does not explain of the day's rate fades like any noise.
            repo_noise: lanes(|i| T::of(initial.tgcr_iorb) - price[i]),
            usual_height: lanes(|i| price[i] + T::of(initial.corridor_floor)),
            repo_drift: zero,
            sofr_drift: zero,
            clearing_price: price,
            short_without_facilities: zero,
            price_sensitivity: zero,
            tgcr_iorb: [T::of(initial.tgcr_iorb); N],
            sofr_iorb: [T::of(initial.sofr_iorb); N],
            effr_iorb: [T::of(initial.effr_iorb); N],
            reserves_average: lanes(|i| {
                average_implied_by_federal_funds(p, i, T::of(initial.effr_iorb) - effr_shift[i])
            }),
            stress: lanes(|i| (average - p.stress_threshold[i]).clamp(T::ZERO, p.stress_range[i])),
            hoarding: zero,
            dealer_retreat: zero,
            ample_reserves: lanes(|i| p.ample_reserves[i]),
            period_end_needs,
            scarcity: zero,
            funding_gap,
            usual_bank_repo: zero,
            opening_bank_repo: zero,
            foreign_branch_reserves: zero,
            small_bank_reserves: zero,
            foreign_outflow: zero,
            reserves_at_last_close: zero,
            debt_room: zero,
            unpaid_outlays: zero,
            paces_by_rule: vec![zero; events.purchase_rules.len()],
            reserves_over_month: zero,
            rules: vec![RuleProgress::none(); events.policy_rules.len()],
            reaction: Reaction::none(events),
            tgcr_over_month: [T::of(initial.tgcr_iorb); N],
            bills_over_month: zero,
            bill_iorb: lanes(|i| p.bill_yield_margin[i] + p.bill_yield_pass_through[i] * T::of(initial.tgcr_iorb)),
            bill_yield_rest: zero,
            sofr_width: lanes(|i| p.sofr_width[i]),
            net_liquidity: zero,
            equities: zero,
            small_caps: zero,
            bitcoin: zero,
        };
        let reserves = state.books.stock(Sector::Banks as usize, Instrument::Reserves as usize);
        state.reserves_at_last_close = reserves;
        state.reserves_over_month = reserves;
        [state.foreign_branch_reserves, state.small_bank_reserves] = share_of_opening(p, &reserves);
        state.opening_bank_repo = state.books.stock(Sector::Banks as usize, Instrument::Repo as usize);
        state.net_liquidity = net_liquidity(&state, plan);
        state.scarcity = lanes(|i| (p.ample_reserves[i] - reserves[i]) / p.ample_reserves[i]);
        let shortfall_of_funds = measure_funding_gap(&state);
        state.usual_bank_repo = lanes(|i| shortfall_of_funds[i] - funding_gap[i]);
        enter_announced_bills(&mut state, plan);
        state
    }
}

/// A number of every path of a tile: an array where paths differ, the one number where they agree.
pub trait PerPath<T>: Index<usize, Output = T> {
    /// The number that the function gives for each path.
    fn of_paths(value: impl FnMut(usize) -> T) -> Self;
}

impl<T: Copy, const N: usize> PerPath<T> for [T; N] {
    fn of_paths(value: impl FnMut(usize) -> T) -> Self {
        std::array::from_fn(value)
    }
}

/// One number for all paths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Same<T>(pub T);

impl<T> Index<usize> for Same<T> {
    type Output = T;

    #[inline(always)]
    fn index(&self, _: usize) -> &T {
        &self.0
    }
}

impl<T: Copy> PerPath<T> for Same<T> {
    fn of_paths(mut value: impl FnMut(usize) -> T) -> Self {
        Same(value(0))
    }
}

/// The parameters of a tile's paths, with the daily survival that each half-life implies.
#[derive(Clone, Debug)]
pub struct TileParameters<V> {
    parameters: Parameters<V>,
    /// Share that survives a day, for each parameter that is a half-life.
    pub decay: Decays<V>,
}

/// `2^(−1/h)` for a half-life of h business days.
#[derive(Clone, Debug)]
pub struct Decays<V> {
    pub flow_drift: V,
    pub rate_drift: V,
    pub on_rrp: V,
    pub inventory: V,
    pub foreign_rrp: V,
    pub other_deposits: V,
    pub bill_resale: V,
    pub fund_deficit: V,
    pub settlement: V,
    pub effr: V,
    pub primary_credit: V,
    pub stress: V,
    pub hoarding: V,
}

impl<V> TileParameters<V> {
    /// Prepares the parameters of a tile.
    pub fn new<T: Real>(parameters: Parameters<V>) -> Self
    where
        V: PerPath<T>,
    {
        let survival = |half_life: &V| V::of_paths(|i| (T::of(-std::f64::consts::LN_2) / half_life[i]).exp());
        let decay = Decays {
            flow_drift: survival(&parameters.flow_drift_half_life),
            on_rrp: survival(&parameters.on_rrp_half_life),
            rate_drift: survival(&parameters.rate_drift_half_life),
            inventory: survival(&parameters.inventory_half_life),
            foreign_rrp: survival(&parameters.foreign_rrp_half_life),
            other_deposits: survival(&parameters.other_deposits_half_life),
            bill_resale: survival(&parameters.bill_resale_half_life),
            fund_deficit: survival(&parameters.fund_deficit_half_life),
            settlement: survival(&parameters.settlement_half_life),
            effr: survival(&parameters.effr_half_life),
            primary_credit: survival(&parameters.primary_credit_half_life),
            stress: survival(&parameters.stress_half_life),
            hoarding: survival(&parameters.hoarding_half_life),
        };
        TileParameters { parameters, decay }
    }
}

impl<V> Deref for TileParameters<V> {
    type Target = Parameters<V>;

    #[inline(always)]
    fn deref(&self) -> &Self::Target {
        &self.parameters
    }
}

/// One value per path.
#[inline(always)]
pub fn lanes<V: Copy + Default, const N: usize>(mut value: impl FnMut(usize) -> V) -> [V; N] {
    let mut lanes = [V::default(); N];
    for (i, lane) in lanes.iter_mut().enumerate() {
        *lane = value(i);
    }
    lanes
}
