//! Everything a run has to say: fans, watches, attribution, the worst day.

use super::attribution::Attribution;
use super::distribution::Distribution;
use super::drain::Drain;
use super::histogram::Histogram;
use super::ladder::Ladder;
use super::probability::Probability;
use super::rows::{PathRow, flow_row};
use super::tally::Tally;
use super::watches::WatchSummary;
use crate::model::{FLOWS, Plan, Simulated, VARIABLES, Variable};
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
    /// Mean sum of every flow over the run, $bn, in the order of the table of flows.
    pub mean_flows: Vec<f64>,
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
    /// How often reserves lie below round levels.
    pub reserves_below: Ladder,
    /// How often SOFR exceeds IORB by the levels of [`SPREAD_LADDER`].
    pub spread_above: Ladder,
    /// The published day on which high spreads are likeliest: the highest 95 % quantile of SOFR less IORB.
    pub worst_day: usize,
    /// SOFR less IORB on that day, bp.
    pub worst_day_spreads: Histogram,
}

/// Spreads of SOFR over IORB that a strategist asks about, bp.
pub const SPREAD_LEVELS: [f64; 2] = [10.0, 20.0];

/// Finer levels of the same, for a calendar of probabilities; read off histograms, within a bin of them.
pub const SPREAD_LADDER: [f64; 5] = [0.0, 5.0, 10.0, 20.0, 30.0];

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
    /// The exceedance of one of [`SPREAD_LEVELS`].
    fn of(level: usize, tally: &Tally) -> Exceedance {
        let paths = tally.paths();
        Exceedance {
            level: SPREAD_LEVELS[level],
            on_some_day: Probability { hits: tally.above_once(level), paths },
            by_day: (0..tally.layout().days).map(|day| tally.above(level, day) as f64 / paths as f64).collect(),
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
    /// What a tally of the paths of a plan says.
    ///
    /// # Panics
    /// If it holds no path.
    pub fn of(tally: &Tally, plan: &Plan) -> Summary {
        let layout = tally.layout();
        let distributions: Vec<Distribution> =
            (0..layout.columns()).into_par_iter().map(|column| tally.distribution(column)).collect();
        let of_day = |day: usize, row: usize| &distributions[layout.day_column(day, row)];
        let of_paths = |row: PathRow| distributions[layout.path_column(row as usize)];
        let published = |variable: Variable, day: usize| match layout.rows.published(plan, variable, day) {
            (Some(row), scale, shift) => of_day(day, row).rescaled(scale, shift),
            (None, _, value) => Distribution::certain(value, tally.paths()),
        };
        let fan = |variable| Fan { variable, days: (0..layout.days).map(|day| published(variable, day)).collect() };
        let last = layout.days - 1;
        let reserves = layout.rows.simulated(Simulated::Reserves);
        let spread = layout.rows.simulated(Simulated::SofrIorb);
        let median = |day: &usize| of_day(*day, reserves).median();
        let low = (0..=last).min_by(|a, b| median(a).total_cmp(&median(b))).unwrap_or(last);
        let high_spread = |day: usize| of_day(day, spread).high();
        let by_day = |row: usize| -> Vec<Histogram> {
            (0..layout.days).into_par_iter().map(|day| tally.histogram(layout.day_column(day, row))).collect()
        };
        let histogram = |row: PathRow| tally.histogram(layout.path_column(row as usize));
        let worst_day = (1..layout.days).max_by(|&a, &b| high_spread(a).total_cmp(&high_spread(b))).unwrap_or(0);
        Summary {
            dates: plan.published_dates(),
            fans: VARIABLES.iter().map(|info| fan(info.variable)).collect(),
            watches: tally.watches(),
            attribution: Attribution::of(tally),
            mean_flows: (0..FLOWS.len()).map(|flow| tally.of_paths(flow_row(flow)).mean).collect(),
            drain_to_low: (low > 0 && low < last).then(|| Drain::to(low, tally)),
            drain_to_end: Drain::to(last, tally),
            lowest_reserves: of_paths(PathRow::LowestReserves),
            highest_tga: of_paths(PathRow::HighestTga),
            unpaid_outlays: Probability { hits: tally.unpaid(), paths: tally.paths() },
            highest_srf: of_paths(PathRow::HighestSrf),
            highest_sofr_iorb: of_paths(PathRow::HighestSofrIorb),
            spread_exceedance: (0..SPREAD_LEVELS.len()).map(|level| Exceedance::of(level, tally)).collect(),
            reserves_below: Ladder::below(&by_day(reserves), &histogram(PathRow::LowestReserves)),
            spread_above: Ladder::above(&SPREAD_LADDER, &by_day(spread), &histogram(PathRow::HighestSofrIorb)),
            worst_day,
            worst_day_spreads: tally.histogram(layout.day_column(worst_day, spread)),
        }
    }

    /// The fan of a variable.
    pub fn fan(&self, variable: Variable) -> &Fan {
        &self.fans[variable as usize]
    }
}
