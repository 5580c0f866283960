//! A picture of a run that may still be under way: the charts, figures and watches of the paths so far, as the page draws them.

use super::path_figures::{FIGURES, PathFigures};
use crate::calendar::names::short_date;
use crate::model::{Plan, Simulated, Variable};
use crate::report::numbers::number;
use crate::report::page::chart::{Band, Chart, Drawing, Fan, Quantiles, rounded};
use crate::report::{corridor, digits, marks, unit};
use crate::research::{PairedMean, check_pair};
use crate::scenario::{Scenario, Watch};
use crate::statistics::{Columns, Distribution, Probability};
use jiff::civil::Date;
use rayon::prelude::*;
use serde_json::{Value, json};

/// The variables that are drawn, in order.
const DRAWN: [(Variable, Simulated); 5] = [
    (Variable::Reserves, Simulated::Reserves),
    (Variable::SofrIorb, Simulated::SofrIorb),
    (Variable::Tga, Simulated::Tga),
    (Variable::OnRrp, Simulated::OnRrp),
    (Variable::Srf, Simulated::Srf),
];

/// The variables of which every value is kept.
pub fn shown() -> [Simulated; DRAWN.len()] {
    DRAWN.map(|(_, simulated)| simulated)
}

/// The quantiles of the bands.
const BANDS: [f64; 5] = [0.05, 0.25, 0.50, 0.75, 0.95];

/// The picture of the paths that columns hold, of `of` that were asked for; differences from `against`, if that is given.
pub fn picture(
    scenario: &Scenario,
    plan: &Plan,
    columns: &Columns,
    own: &PathFigures,
    of: u64,
    against: Option<&PathFigures>,
) -> Value {
    let strangers =
        against.and_then(|other| check_pair(scenario, &other.scenario).err()).map(|error| error.to_string());
    let against = against.filter(|_| strangers.is_none());
    let charts: Vec<Chart> =
        DRAWN.par_iter().map(|&(variable, simulated)| chart(scenario, plan, columns, variable, simulated)).collect();
    let dates = plan.published_dates();
    json!({
        "paths": columns.paths(),
        "of": of,
        "title": scenario.title,
        "dates": dates,
        "marks": marks(scenario, plan),
        "charts": charts,
        "figures": figures(own, against),
        "watches": watches(scenario, columns, own, against, &dates),
        "strangers": strangers,
    })
}

/// The fan of a variable.
fn chart(scenario: &Scenario, plan: &Plan, columns: &Columns, variable: Variable, simulated: Simulated) -> Chart {
    let (info, unit, digits) = (variable.info(), unit(variable), digits(variable));
    let days = columns.quantiles(simulated, &BANDS);
    let [q5, q25, q50, q75, q95] = std::array::from_fn(|at| rounded(days.iter().map(|day| day[at]), digits));
    let [low, _, median, _, high] = days[days.len() - 1].map(|value| number(value, digits));
    let quantiles = Quantiles { q5, q25, q50, q75, q95 };
    let mut fan = Fan { series: vec![Band { name: scenario.title.clone(), quantiles }], ..Fan::default() };
    if variable == Variable::SofrIorb {
        fan.corridor = corridor(plan, days.len());
    }
    Chart {
        id: info.name.to_owned(),
        title: info.title.to_owned(),
        subtitle: format!("{unit}; bands hold half and 90% of paths"),
        unit: unit.to_owned(),
        digits,
        alt: format!(
            "Fan chart of {}: at the end {median} {unit} in the median, 90% of paths between {low} and {high}.",
            info.title
        ),
        drawing: Drawing::Fan(fan),
    }
}

fn figures(own: &PathFigures, against: Option<&PathFigures>) -> Vec<Value> {
    let figure = |position: usize| {
        let info = &FIGURES[position];
        let distribution = Distribution::of(&mut own.figures[position].clone());
        json!({
            "id": info.id,
            "name": info.name,
            "unit": info.unit,
            "digits": info.digits,
            "median": distribution.median(),
            "low": distribution.low(),
            "high": distribution.high(),
            "change": against.map(|other| change(own.change(other, position))),
        })
    };
    (0..FIGURES.len()).into_par_iter().map(figure).collect()
}

fn watches(
    scenario: &Scenario,
    columns: &Columns,
    own: &PathFigures,
    against: Option<&PathFigures>,
    dates: &[Date],
) -> Vec<Value> {
    let watch = |(position, watch): (usize, &Watch)| {
        let hits = own.fired[position].iter().filter(|&&fired| fired).count() as u64;
        let probability = Probability { hits, paths: own.paths() as u64 };
        json!({
            "name": watch.name,
            "when": watch.when,
            "probability": probability.estimate(),
            "error": probability.standard_error(),
            "first": columns.median_first_day(position).map(|day| short_date(dates[day])),
            "change": against.and_then(|other| own.watch_change(other, position)).map(change),
        })
    };
    scenario.watches.iter().enumerate().map(watch).collect()
}

fn change(mean: PairedMean) -> Value {
    json!({ "mean": mean.mean, "error": mean.standard_error, "narrower": 1.0 / mean.share_of_independent_error() })
}
