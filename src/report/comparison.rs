//! Pictures of two worlds, made from runs on common draws.

use super::charts::{Band, FanChart, Guide, TwoFans};
use super::pictures::{event_marks, source};
use crate::calendar::names::long_date;
use crate::model::Variable;
use crate::research::{Paired, Run};
use crate::statistics::Distribution;
use crate::units::Unit;

/// The fan of a variable's difference, first less second, path by path; `names` are the two worlds'.
pub fn difference(paired: &Paired, variable: Variable, names: [&str; 2]) -> FanChart {
    let days = paired.fan(variable);
    let dates = paired.one().plan.published_dates();
    FanChart {
        title: format!("{}: the difference", variable.info().title),
        subtitle: format!("{}, less {}. The same luck on every path of both", names[0], names[1]),
        unit: unit(variable, true).to_owned(),
        source: source_of_both(paired),
        bands: [1, 3, 4, 5, 7].map(|quantile| days.iter().map(|day| day.quantiles[quantile]).collect()),
        corridor: vec![Guide { label: String::new(), values: vec![0.0; dates.len()] }],
        events: event_marks(&paired.one().scenario),
        dates,
        ..FanChart::default()
    }
}

/// The fans of a variable in both worlds on the same axes; `names` are the worlds', of one or two words.
pub fn side_by_side(paired: &Paired, variable: Variable, names: [&str; 2]) -> TwoFans {
    let (one, other) = (paired.one(), paired.other());
    TwoFans {
        title: variable.info().title.to_owned(),
        subtitle: if one.scenario.title == other.scenario.title {
            one.scenario.title.clone()
        } else {
            format!("{} · {}", one.scenario.title, other.scenario.title)
        },
        unit: unit(variable, false).to_owned(),
        source: source_of_both(paired),
        fans: [band(names[0], one, variable), band(names[1], other, variable)],
        events: event_marks(&one.scenario),
        dates: one.plan.published_dates(),
    }
}

fn band(name: &str, run: &Run, variable: Variable) -> Band {
    let days: Vec<Distribution> =
        (0..run.outcomes.days).map(|day| Distribution::of(&mut run.published(variable, day))).collect();
    let quantiles = [Distribution::low, Distribution::median, Distribution::high];
    Band { name: name.to_owned(), quantiles: quantiles.map(|quantile| days.iter().map(quantile).collect()) }
}

fn unit(variable: Variable, of_difference: bool) -> &'static str {
    match variable.info().unit {
        Unit::Billions => "$bn",
        Unit::BasisPoints => "basis points",
        Unit::Percent if of_difference => "percentage points",
        Unit::Share => "share of the ample level",
        unit => unit.meaning(),
    }
}

fn source_of_both(paired: &Paired) -> String {
    let (one, other) = (&paired.one().scenario, &paired.other().scenario);
    if one.name == other.name {
        return source(one);
    }
    format!(
        "Source: tidegate {}, scenarios {} and {}, {} paths, seed {}; balance sheet of {} from Federal Reserve H.4.1.",
        env!("CARGO_PKG_VERSION"),
        one.name,
        other.name,
        one.paths,
        one.seed,
        long_date(one.vintage.date),
    )
}
