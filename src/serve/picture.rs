//! A picture of a run that may still be under way: the charts, figures and watches of the paths so far, as the page draws them.

use super::path_figures::{FIGURES, PathFigures};
use crate::calendar::names::short_date;
use crate::model::{Plan, Simulated, Variable};
use crate::research::{PairedMean, check_pair};
use crate::scenario::{EventKind, Scenario, When};
use crate::statistics::{Columns, Distribution, Probability};
use jiff::civil::Date;
use rayon::prelude::*;
use serde_json::{Value, json};

/// The variables that are drawn, with the decimals of their numbers.
const DRAWN: [(Variable, Simulated, &str, usize); 5] = [
    (Variable::Reserves, Simulated::Reserves, "$bn", 0),
    (Variable::SofrIorb, Simulated::SofrIorb, "bp", 1),
    (Variable::Tga, Simulated::Tga, "$bn", 0),
    (Variable::OnRrp, Simulated::OnRrp, "$bn", 0),
    (Variable::Srf, Simulated::Srf, "$bn", 0),
];

/// The variables of which every value is kept.
pub fn shown() -> [Simulated; DRAWN.len()] {
    DRAWN.map(|(_, simulated, ..)| simulated)
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
    let strangers = against.and_then(|other| check_pair(scenario, &other.scenario).err()).map(|error| error.to_string());
    let against = against.filter(|_| strangers.is_none());
    let charts: Vec<Value> =
        DRAWN.par_iter().map(|&(variable, simulated, unit, digits)| chart(scenario, plan, columns, variable, simulated, unit, digits)).collect();
    let dates = plan.published_dates();
    json!({
        "paths": columns.paths(),
        "of": of,
        "title": scenario.title,
        "dates": dates,
        "marks": marks(scenario),
        "charts": charts,
        "figures": figures(own, against),
        "watches": watches(scenario, columns, own, against, &dates),
        "strangers": strangers,
    })
}

fn chart(
    scenario: &Scenario,
    plan: &Plan,
    columns: &Columns,
    variable: Variable,
    simulated: Simulated,
    unit: &str,
    digits: usize,
) -> Value {
    let info = variable.info();
    let days = columns.quantiles(simulated, &BANDS);
    let band = |position: usize| days.iter().map(|day| rounded(day[position], digits)).collect::<Vec<f64>>();
    let [low, _, median, _, high] = days[days.len() - 1].map(|value| format!("{value:.digits$}{unit}"));
    let mut chart = json!({
        "id": info.name,
        "kind": "fan",
        "title": info.title,
        "subtitle": format!("{}; bands hold half and 90% of paths", if unit == "bp" { "basis points" } else { unit }),
        "unit": unit,
        "digits": digits,
        "alt": format!("{} by business day; at the end {median} in the median, 90% of paths between {low} and {high}.", info.title),
        "series": [{
            "name": scenario.title,
            "quantiles": { "5": band(0), "25": band(1), "50": band(2), "75": band(3), "95": band(4) },
        }],
    });
    if variable == Variable::SofrIorb {
        let line = |name: &str, height: &dyn Fn(usize) -> f64| {
            json!({ "name": name, "values": (0..days.len()).map(|day| rounded(height(day), digits)).collect::<Vec<f64>>() })
        };
        chart["corridor"] = json!([
            line("SRF", &|day| plan.rates(day).corridor_ceiling()),
            line("IORB", &|_| 0.0),
            line("ON RRP", &|day| -plan.rates(day).corridor_floor()),
        ]);
    }
    chart
}

/// The events on days that are known, and the typical end of a shutdown.
fn marks(scenario: &Scenario) -> Vec<Value> {
    let mark = |date: Date, label: &str| json!({ "date": date, "label": label, "kind": "event" });
    let mut marks = Vec::new();
    for event in &scenario.events {
        let Some(When::On(date)) = event.kind.begins() else { continue };
        marks.push(mark(*date, &event.name));
        if let EventKind::Shutdown { duration, .. } = &event.kind {
            let days = jiff::Span::new().days(duration.typical().round().max(0.0) as i64);
            marks.push(mark(date.saturating_add(days), "reopening, typical"));
        }
    }
    marks
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
    let watch = |(position, watch): (usize, &crate::scenario::Watch)| {
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

/// A number to one decimal more than is shown.
fn rounded(value: f64, digits: usize) -> f64 {
    let scale = 10f64.powi(digits as i32 + 1);
    // Adding nothing makes a negative nothing positive.
    (value * scale).round() / scale + 0.0
}
