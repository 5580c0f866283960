//! The gain of the loop: the rise of SOFR that a lasting basis point of stress comes back as.
//!
//! ```text
//! gain = k · dt/dneed · (1 + sofr_margin_slope) · (1 − H/H̄)² + dealer_retreat_gain
//!        while SOFR − IORB is above stress_threshold by no more than stress_range
//! k    = hoarding_gain · φ/(1 − φ)                                φ from hoarding_half_life; $bn per bp
//! ```
//!
//! Below one a disturbance is magnified by `1/(1 − gain)` and dies out. From one on it feeds itself, until
//! banks have hoarded so much of `H̄`, the `hoarding_limit`, that the last factor, or the standing facility,
//! brings the gain below one again. Dealers retreat up to a limit and are counted until then. Derivation: docs/model.md.

use super::run::Run;
use crate::model::{AdministeredRates, Market, Parameters, Plan, Real, Simulated, TileParameters, facility_terms};
use crate::scenario::Scenario;
use crate::simulation::{Luck, draw_events, draw_parameters};
use crate::statistics::Probability;
use rayon::prelude::*;

/// Step of the search along the curve, as a share of the ample level: a quarter of the narrowest tail.
const STEP: f64 = 0.0005;

/// Scarcity beyond which the search does not go: banks short of all they would call ample.
const MOST_SCARCITY: f64 = 1.0;

/// The behaviour of one path, or of a typical one.
type OnePath = TileParameters<[f64; 1]>;

/// The loop along the curve of a scenario's typical parameters, at the opening's rates and spare cash.
pub struct LoopGain {
    parameters: OnePath,
    rates: AdministeredRates,
    funding_gap: f64,
}

/// A place on the curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SelfFeeding {
    /// Scarcity, share of the ample level.
    pub scarcity: f64,
    /// Reserves short of need there, $bn.
    pub shortfall: f64,
    /// SOFR less IORB there without noise, bp.
    pub sofr_iorb: f64,
}

/// How often the gain exceeded one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GainReached {
    /// Paths on which it did on some day.
    pub paths: Probability,
    /// Days on which it did, in the mean of those paths; nil if there are none.
    pub days: f64,
    /// The highest gain of any path and day.
    pub highest: f64,
}

impl LoopGain {
    /// The loop of a scenario, whose paths open with these gaps of money funds' cash, $bn.
    pub fn of(scenario: &Scenario, plan: &Plan, gaps: &[f64]) -> LoopGain {
        let quantities = scenario.parameters.values();
        let typical = Parameters::from_fn(|position, info| [quantities[position].typical().clamp(info.low, info.high)]);
        LoopGain {
            parameters: TileParameters::new(typical),
            rates: plan.opening_rates,
            funding_gap: gaps.iter().sum::<f64>() / gaps.len() as f64,
        }
    }

    /// What a lasting basis point of stress adds to the reserves banks want, $bn per bp.
    pub fn lasting_demand(&self) -> f64 {
        lasting_demand(&self.parameters)
    }

    /// The gain at a scarcity before anything is hoarded, with or without a standing facility.
    pub fn at(&self, scarcity: f64, standing_facility: bool) -> f64 {
        let t = self.spread(scarcity);
        let sofr_iorb = self.sofr(t);
        let mut market = market(&self.parameters, self.rates, self.funding_gap, 0.0);
        if !standing_facility {
            market.srf_limit = 0.0;
        }
        gain(&self.parameters, market, Close { t, sofr_iorb, scarcity, hoarded: 0.0, retreat: 0.0 })
    }

    /// The lowest scarcity from which a disturbance feeds itself, to a millionth; none if there is none.
    pub fn feeds_itself_from(&self, standing_facility: bool) -> Option<SelfFeeding> {
        let reached = |scarcity: f64| self.at(scarcity, standing_facility) >= 1.0;
        let steps = (MOST_SCARCITY / STEP) as usize;
        let first = (0..=steps).map(|step| STEP * step as f64).find(|&scarcity| reached(scarcity))?;
        let (mut below, mut above) = ((first - STEP).max(0.0), first);
        while above - below > 1e-6 {
            let middle = 0.5 * (below + above);
            if reached(middle) { above = middle } else { below = middle }
        }
        let t = self.spread(above);
        let shortfall = above * self.parameters.ample_reserves[0];
        Some(SelfFeeding { scarcity: above, shortfall, sofr_iorb: self.sofr(t) })
    }

    /// The tri-party spread at a scarcity, bp. Facilities move along the curve and not the curve.
    fn spread(&self, scarcity: f64) -> f64 {
        let mut market = market(&self.parameters, self.rates, self.funding_gap, 0.0);
        (market.spare_cash, market.srf_limit) = (0.0, 0.0);
        market.need = scarcity * market.ample;
        market.lending_spread(0.0)
    }

    fn sofr(&self, t: f64) -> f64 {
        let p = &self.parameters;
        t + p.sofr_margin[0] + p.sofr_margin_slope[0] * (t - p.repo_floor[0]).clamp(0.0, p.sofr_margin_range[0])
    }
}

impl GainReached {
    /// Over paths of which each reached a highest gain, and one above one on so many days.
    pub fn over(paths: &[(f64, usize)]) -> GainReached {
        let above: usize = paths.iter().map(|(_, above)| above).sum();
        let hits = paths.iter().filter(|(_, above)| *above > 0).count();
        GainReached {
            paths: Probability { hits: hits as u64, paths: paths.len() as u64 },
            days: above as f64 / hits.max(1) as f64,
            highest: paths.iter().map(|(gain, _)| *gain).fold(0.0, f64::max),
        }
    }
}

/// The highest gain of every path of a run after the opening, and on how many days it exceeds one.
pub fn gains_reached(run: &Run) -> Vec<(f64, usize)> {
    let luck = Luck::of(&run.scenario, &run.plan);
    (0..run.outcomes.paths()).into_par_iter().map(|path| reached_on(run, &luck, path)).collect()
}

fn reached_on(run: &Run, luck: &Luck, path: usize) -> (f64, usize) {
    let luck = luck.tile(run.outcomes.first_path + path as u64);
    let p: OnePath = draw_parameters(&run.scenario, &luck);
    let events = draw_events::<f64, 1>(&run.scenario, &run.plan, &luck);
    let [t, sofr_iorb, scarcity, hoarded, retreat, gap, ample] = [
        Simulated::TgcrIorb,
        Simulated::SofrIorb,
        Simulated::Scarcity,
        Simulated::Hoarding,
        Simulated::DealerRetreat,
        Simulated::FundingGap,
        Simulated::AmpleReserves,
    ]
    .map(|variable| run.outcomes.path(path, variable));
    let mut highest = (0.0, 0);
    for (number, day) in run.plan.days.iter().enumerate() {
        let [shift] = events.capacity_shift(number, |shift| &shift.repo);
        let published = number + 1;
        let mut market = market(&p, day.rates, gap[published], shift);
        market.slope *= market.ample / ample[published];
        market.ample = ample[published];
        market.on_rrp_limit = day.on_rrp_limit * p.on_rrp_counterparties[0];
        let terms = facility_terms(&p, &events, number);
        (market.srf_limit, market.srf_relief) = (terms.limit[0], terms.relief[0]);
        let close = Close {
            t: t[published],
            sofr_iorb: sofr_iorb[published],
            scarcity: scarcity[published],
            hoarded: hoarded[published],
            retreat: retreat[published],
        };
        let gain = gain(&p, market, close);
        highest = (f64::max(highest.0, gain), highest.1 + usize::from(gain > 1.0));
    }
    highest
}

fn lasting_demand(p: &OnePath) -> f64 {
    let survival = p.decay.hoarding[0];
    p.hoarding_gain[0] * survival / (1.0 - survival)
}

/// A day at its close, as far as the loop depends on it.
struct Close {
    t: f64,
    sofr_iorb: f64,
    scarcity: f64,
    hoarded: f64,
    retreat: f64,
}

/// The gain where a market has cleared.
fn gain(p: &OnePath, mut market: Market<f64>, close: Close) -> f64 {
    let Close { t, sofr_iorb, scarcity, hoarded, retreat } = close;
    let strain = sofr_iorb - p.stress_threshold[0];
    if strain <= 0.0 || strain > p.stress_range[0] {
        return 0.0;
    }
    // Whatever reserves and needs were, this is what they left short.
    market.need = scarcity * market.ample + market.reserves_without_facilities - market.on_rrp(t)
        + market.srf_relief * market.standing_repo(t);
    let room = 1.0 - hoarded / p.hoarding_limit[0];
    let height = t - p.repo_floor[0];
    let margin = if height > 0.0 && height < p.sofr_margin_range[0] { p.sofr_margin_slope[0] } else { 0.0 };
    let dealers = if retreat < p.dealer_retreat_limit[0] { p.dealer_retreat_gain[0] } else { 0.0 };
    lasting_demand(p) * market.price_sensitivity(t) * (1.0 + margin) * room * room + dealers
}

/// The market of a path as far as its slope depends on it: levels of reserves, need and what does not respond
/// to rates are left at nil.
fn market(p: &OnePath, rates: AdministeredRates, funding_gap: f64, shift: f64) -> Market<f64> {
    let smoothing = p.on_rrp_smoothing[0];
    Market {
        reserves_without_facilities: 0.0,
        need: 0.0,
        ample: p.ample_reserves[0],
        floor: p.repo_floor[0] + shift,
        // Per percent of the ample level, as in `reserve_demand`.
        slope: p.repo_slope[0] * 100.0 / p.ample_reserves[0],
        smoothing: p.repo_smoothing[0],
        tail_scale: p.tail_scale[0],
        tail_start: p.tail_start[0],
        tail_width: p.tail_width[0],
        on_rrp_fixed: 0.0,
        spare_cash: smoothing * (-funding_gap / smoothing).softplus(),
        on_rrp_limit: f64::INFINITY,
        on_rrp_decay: p.on_rrp_decay[0],
        on_rrp_response: p.on_rrp_response[0],
        usual_height: 0.0,
        corridor_floor: rates.corridor_floor(),
        srf_start: rates.corridor_ceiling() - p.srf_offset[0],
        srf_slope: p.srf_slope[0],
        srf_smoothing: p.srf_smoothing[0],
        srf_least: p.srf_least[0],
        srf_limit: p.srf_limit[0],
        srf_relief: p.srf_morning_share[0] + (1.0 - p.srf_morning_share[0]) * p.srf_afternoon_relief[0],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::clear_alone;
    use crate::scenario::{self, Quantity};
    use jiff::civil::date;

    fn run_with(parameters: &[(&str, f64)]) -> Run {
        let mut scenario = scenario::load("shutdown_cash_hoarding").expect("a shipped scenario");
        scenario.end = date(2025, 12, 31);
        scenario.set_paths(64);
        for (name, value) in parameters {
            *scenario.parameters.get_mut(name).expect("a parameter") = Quantity::Fixed(*value);
        }
        Run::simulate(scenario, &|_| ()).expect("no leak")
    }

    /// The market of the curve with a given need, above reserves at nil.
    fn market_with_need(curve: &LoopGain, need: f64, standing_facility: bool) -> Market<f64> {
        let mut market = market(&curve.parameters, curve.rates, curve.funding_gap, 0.0);
        market.need = need;
        if !standing_facility {
            market.srf_limit = 0.0;
        }
        market
    }

    fn curve_of(run: &Run) -> LoopGain {
        LoopGain::of(&run.scenario, &run.plan, &run.outcomes.column(0, Simulated::FundingGap))
    }

    #[test]
    fn the_gain_is_what_a_lasting_bp_does_to_sofr_in_the_cleared_market() {
        let curve = curve_of(&run_with(&[]));
        for standing_facility in [true, false] {
            for need in [650.0, 720.0, 760.0, 790.0, 830.0] {
                // SOFR after a basis point of stress that lasts: banks want more, dealers ask more.
                let sofr = |stress: f64| {
                    let more = stress * curve.lasting_demand();
                    let t = clear_alone(market_with_need(&curve, need + more, standing_facility));
                    curve.sofr(t) + stress * curve.parameters.dealer_retreat_gain[0]
                };
                let market = market_with_need(&curve, need, standing_facility);
                let t = clear_alone(market);
                let found = curve.at(market.shortfall(t) / market.ample, standing_facility);
                // Half a thousandth of a basis point of stress, up and down.
                let strain = sofr(0.0) - curve.parameters.stress_threshold[0];
                assert!(strain > 0.0 && strain < curve.parameters.stress_range[0], "{strain} at {need}");
                let expected = (sofr(5e-4) - sofr(-5e-4)) / 1e-3;
                assert!((found / expected - 1.0).abs() < 1e-3, "{found} against {expected} at {need}");
            }
        }
    }

    #[test]
    fn the_figures_of_the_page_on_the_model_are_these() {
        // docs/model.md, "Hoarding, and when it feeds itself", worked out there by hand.
        let curve = curve_of(&run_with(&[("ample_reserves", 3190.0)]));
        assert!((curve.lasting_demand() - 5.5).abs() < 0.05, "{}", curve.lasting_demand());
        assert!((curve.at(0.14, false) - 0.39).abs() < 0.01, "{}", curve.at(0.14, false));
        let idle = curve.feeds_itself_from(false).expect("in the tail");
        let in_use = curve.feeds_itself_from(true).expect("in the tail");
        assert!((idle.scarcity - 0.266).abs() < 0.001, "{idle:?}");
        assert!((in_use.scarcity - 0.281).abs() < 0.001, "{in_use:?}");
        let of_2019 = curve_of(&run_with(&[("ample_reserves", 1711.0)]));
        assert!((of_2019.at(0.14, false) - 0.60).abs() < 0.02, "{}", of_2019.at(0.14, false));
        assert!((of_2019.feeds_itself_from(false).expect("in the tail").scarcity - 0.2385).abs() < 0.001);
    }

    #[test]
    fn calm_and_strain_beyond_the_range_of_memory_teach_nobody_anything() {
        let curve = curve_of(&run_with(&[("stress_threshold", 5.0), ("stress_range", 20.0)]));
        for scarcity in [0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3] {
            let sofr_iorb = curve.sofr(curve.spread(scarcity));
            let remembered = sofr_iorb > 5.0 && sofr_iorb < 25.0;
            assert_eq!(curve.at(scarcity, true) > 0.0, remembered, "{scarcity}: {sofr_iorb}");
        }
        assert!(curve.sofr(curve.spread(0.0)) < 5.0 && curve.sofr(curve.spread(0.3)) > 25.0);
    }

    #[test]
    fn dealers_alone_hand_back_their_gain_until_they_have_retreated_as_far_as_they_do() {
        let run = run_with(&[("hoarding_gain", 0.0), ("dealer_retreat_gain", 0.3)]);
        let curve = curve_of(&run);
        assert_eq!((curve.at(0.2, true), curve.at(0.2, false)), (0.3, 0.3));
        assert_eq!(curve.feeds_itself_from(false), None);
        let reached = GainReached::over(&gains_reached(&run));
        assert_eq!((reached.paths.hits, reached.days, reached.highest), (0, 0.0, 0.3));
        // From a limit of nil on, no stress widens the margin.
        let run = run_with(&[("hoarding_gain", 0.0), ("dealer_retreat_limit", 0.0)]);
        assert_eq!((curve_of(&run).at(0.2, true), GainReached::over(&gains_reached(&run)).highest), (0.0, 0.0));
    }

    #[test]
    fn without_hoarding_and_retreat_there_is_no_loop() {
        let run = run_with(&[("hoarding_gain", 0.0), ("dealer_retreat_gain", 0.0)]);
        let curve = curve_of(&run);
        assert_eq!((curve.lasting_demand(), curve.feeds_itself_from(false)), (0.0, None));
        let reached = GainReached::over(&gains_reached(&run));
        assert_eq!((reached.paths.hits, reached.days, reached.highest), (0, 0.0, 0.0));
    }

    #[test]
    fn without_a_tail_a_weak_loop_feeds_itself_nowhere() {
        let curve = curve_of(&run_with(&[("tail_scale", 0.0)]));
        assert_eq!(curve.feeds_itself_from(false), None);
        // There SOFR stands about 30bp above IORB: −9.3 + 1.165 · 30 and the margin.
        assert!(curve.at(0.3, false) > curve.parameters.dealer_retreat_gain[0]);
    }

    #[test]
    fn a_strong_loop_is_found_on_the_paths() {
        let weak = GainReached::over(&gains_reached(&run_with(&[])));
        let strong = GainReached::over(&gains_reached(&run_with(&[("hoarding_gain", 7.0)])));
        assert!(weak.highest > 0.1 && weak.highest < strong.highest, "{weak:?} {strong:?}");
        assert!(strong.paths.hits > 32 && strong.days >= 1.0 && strong.days < 62.0, "{strong:?}");
    }
}
