//! Everything a run has to say: fans, watches, attribution, the worst day.

use super::attribution::Attribution;
use super::distribution::Distribution;
use super::drain::Drain;
use super::outcomes::Outcomes;
use super::probability::Probability;
use super::watches::{WatchSummary, judge};
use crate::model::{Plan, SIMULATED, Simulated, VARIABLES, Variable};
use crate::scenario::Watch;
use jiff::civil::Date;
use rayon::prelude::*;

/// The distribution of a variable on every published day.
#[derive(Clone, Debug)]
pub struct Fan {
    /// The variable.
    pub variable: Variable,
    /// One distribution per published day, the opening first.
    pub days: Vec<Distribution>,
}

/// A run in numbers.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Published dates, the opening first.
    pub dates: Vec<Date>,
    /// One fan per published variable, in the order of [`VARIABLES`].
    pub fans: Vec<Fan>,
    /// One entry per watch of the scenario.
    pub watches: Vec<WatchSummary>,
    /// What moved reserves from the opening to the end, by flow.
    pub attribution: Attribution,
    /// What moved reserves to their lowest median, if that is neither the opening nor the end.
    pub drain_to_low: Option<Drain>,
    /// What moved reserves to the end.
    pub drain_to_end: Drain,
    /// Lowest reserves of each path, $bn.
    pub lowest_reserves: Distribution,
    /// Highest TGA of each path, $bn.
    pub highest_tga: Distribution,
    /// Paths on which outlays wait on some day because the TGA is empty.
    pub unpaid_outlays: Probability,
    /// Highest take-up of the standing facility of each path, $bn.
    pub highest_srf: Distribution,
    /// Highest SOFR less IORB of each path, bp.
    pub highest_sofr_iorb: Distribution,
    /// How often SOFR exceeds IORB by the levels of [`SPREAD_LEVELS`].
    pub spread_exceedance: Vec<Exceedance>,
    /// The published day on which high spreads are likeliest: the highest 95 % quantile of SOFR less IORB.
    pub worst_day: usize,
    /// SOFR less IORB on that day, one value per path in order, bp.
    pub worst_day_spreads: Vec<f64>,
}

/// Spreads of SOFR over IORB that a strategist asks about, bp.
pub const SPREAD_LEVELS: [f64; 2] = [10.0, 20.0];

/// How often, and when, SOFR stands more than some basis points above IORB.
#[derive(Clone, Debug)]
pub struct Exceedance {
    /// The level, bp.
    pub level: f64,
    /// Paths on which it is exceeded on some day after the opening.
    pub on_some_day: Probability,
    /// Share of paths on which it is exceeded, for every published day.
    pub by_day: Vec<f64>,
}

impl Exceedance {
    /// From the outcomes and the highest spread of each path.
    fn of(level: f64, outcomes: &Outcomes, highest: &[f64]) -> Exceedance {
        let hits = highest.iter().filter(|&&spread| spread > level).count() as u64;
        let share = |day| {
            let column = outcomes.column(day, Simulated::SofrIorb);
            column.iter().filter(|&&spread| spread > level).count() as f64 / column.len() as f64
        };
        Exceedance {
            level,
            on_some_day: Probability { hits, paths: highest.len() as u64 },
            by_day: (0..outcomes.days).map(share).collect(),
        }
    }

    /// The published day on which it is likeliest, the first of several, with its share of paths; none if it
    /// never happens.
    pub fn likeliest_day(&self) -> Option<(usize, f64)> {
        let mut likeliest = None;
        for (day, &share) in self.by_day.iter().enumerate().skip(1) {
            if share > likeliest.map_or(0.0, |(_, most)| most) {
                likeliest = Some((day, share));
            }
        }
        likeliest
    }
}

impl Summary {
    /// Boils outcomes down.
    pub fn of(outcomes: &Outcomes, plan: &Plan, watches: &[Watch]) -> Summary {
        let distributions: Vec<Distribution> = (0..outcomes.days * SIMULATED)
            .into_par_iter()
            .map(|row| {
                let (day, variable) = (row / SIMULATED, row % SIMULATED);
                let mut column =
                    outcomes.gather(|tile| &tile.values[(day * SIMULATED + variable) * tile.width..][..tile.paths]);
                Distribution::of(&mut column)
            })
            .collect();
        let fans = VARIABLES
            .iter()
            .map(|info| Fan {
                variable: info.variable,
                days: (0..outcomes.days)
                    .map(|day| {
                        let derivation = plan.derivation(info.variable, day);
                        let mut terms = derivation.present();
                        match (terms.next(), terms.next()) {
                            (None, _) => Distribution::certain(derivation.shift),
                            (Some((of, weight)), None) => {
                                distributions[day * SIMULATED + of as usize].rescaled(weight, derivation.shift)
                            }
                            _ => Distribution::of(&mut outcomes.derived(day, &derivation)),
                        }
                    })
                    .collect(),
            })
            .collect();
        let highest = |variable| outcomes.fold(variable, f64::NEG_INFINITY, f64::max);
        let last = outcomes.days - 1;
        let median = |day: &usize| distributions[day * SIMULATED + Simulated::Reserves as usize].median();
        let low = (0..=last).min_by(|a, b| median(a).total_cmp(&median(b))).unwrap_or(last);
        let lowest = |variable| outcomes.fold(variable, f64::INFINITY, f64::min);
        let mut highest_spreads = highest(Simulated::SofrIorb);
        let high_spread = |day: usize| distributions[day * SIMULATED + Simulated::SofrIorb as usize].high();
        let worst_day = (1..outcomes.days).max_by(|&a, &b| high_spread(a).total_cmp(&high_spread(b))).unwrap_or(0);
        Summary {
            dates: plan.published_dates(),
            fans,
            watches: watches.iter().map(|watch| judge(watch, outcomes, plan)).collect(),
            attribution: Attribution::of(outcomes),
            drain_to_low: (low > 0 && low < last).then(|| Drain::to(low, outcomes)),
            drain_to_end: Drain::to(last, outcomes),
            lowest_reserves: Distribution::of(&mut lowest(Simulated::Reserves)),
            highest_tga: Distribution::of(&mut highest(Simulated::Tga)),
            unpaid_outlays: Probability {
                hits: highest(Simulated::UnpaidOutlays).iter().filter(|&&unpaid| unpaid > 0.0).count() as u64,
                paths: outcomes.paths() as u64,
            },
            highest_srf: Distribution::of(&mut highest(Simulated::Srf)),
            spread_exceedance: SPREAD_LEVELS.map(|level| Exceedance::of(level, outcomes, &highest_spreads)).to_vec(),
            // Reorders the spreads, so after the last use of them.
            highest_sofr_iorb: Distribution::of(&mut highest_spreads),
            worst_day,
            worst_day_spreads: outcomes.column(worst_day, Simulated::SofrIorb),
        }
    }

    /// The fan of a variable.
    pub fn fan(&self, variable: Variable) -> &Fan {
        &self.fans[variable as usize]
    }
}
