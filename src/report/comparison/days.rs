//! Day by day: fans of all worlds laid over one another, fans of their differences, small multiples.

use super::words::widest;
use crate::model::Variable;
use crate::report::numbers::number;
use crate::report::page::chart::{Band, Drawing, Fan, Panel};
use crate::report::page::{Block, Chart};
use crate::report::run_page::{digits, quantiles, unit};
use crate::research::Comparison;
use crate::statistics::Distribution;

/// Worlds that are drawn on one chart; the tables have all.
const MOST_DRAWN: usize = 4;

/// The variables whose fans are laid over one another, and whose difference is drawn.
pub(super) const DRAWN: [Variable; 4] = [Variable::Reserves, Variable::SofrIorb, Variable::Tga, Variable::OnRrp];

/// The variables of the small multiples.
const SMALL: [Variable; 6] = [
    Variable::Srf,
    Variable::FedAssets,
    Variable::NetLiquidity,
    Variable::TgcrIorb,
    Variable::EffrIorb,
    Variable::BillIorb,
];

/// All of them.
pub(super) fn section(found: &Comparison) -> Vec<Block> {
    let mut charts: Vec<Chart> = Vec::new();
    for variable in DRAWN {
        charts.push(overlaid(found, variable));
        charts.extend(difference(found, variable));
    }
    charts.push(Chart {
        id: "multiples".to_owned(),
        title: "Everything else".to_owned(),
        subtitle: "medians, and what holds 90% of paths".to_owned(),
        unit: "$bn".to_owned(),
        digits: 0,
        alt: "Fans of further stocks and rates in all worlds, side by side on the same dates.".to_owned(),
        drawing: Drawing::Multiples { panels: SMALL.map(|variable| panel(found, variable)).to_vec() },
    });
    charts.into_iter().map(|chart| Block::Chart(Box::new(chart))).collect()
}

fn bands(found: &Comparison, variable: Variable) -> Vec<Band> {
    let drawn = found.worlds.iter().take(MOST_DRAWN);
    drawn
        .map(|world| Band { name: world.name.clone(), quantiles: quantiles(world.fan(variable), digits(variable)) })
        .collect()
}

fn panel(found: &Comparison, variable: Variable) -> Panel {
    Panel {
        title: variable.info().title.to_owned(),
        unit: unit(variable).to_owned(),
        digits: digits(variable),
        series: bands(found, variable),
    }
}

fn overlaid(found: &Comparison, variable: Variable) -> Chart {
    let info = variable.info();
    let ends: Vec<String> = found
        .worlds
        .iter()
        .filter_map(|world| Some((world, world.fan(variable).last()?)))
        .map(|(world, last)| format!("{} {}", world.name, number(last.median(), digits(variable))))
        .collect();
    Chart {
        id: info.name.replace('_', "-"),
        title: info.title.to_owned(),
        subtitle: format!("medians, and what holds 90% of paths{}", left_out(found)),
        unit: unit(variable).to_owned(),
        digits: digits(variable),
        alt: format!("Fans of {} laid over one another; medians at the end: {}.", info.title, ends.join(", ")),
        drawing: Drawing::Fan(Fan { series: bands(found, variable), ..Fan::default() }),
    }
}

fn left_out(found: &Comparison) -> String {
    match found.worlds.len().saturating_sub(MOST_DRAWN) {
        0 => String::new(),
        more => format!("; {more} more are in the tables"),
    }
}

/// The fan of a variable's difference on the paths of each world that shares its luck with the first.
fn difference(found: &Comparison, variable: Variable) -> Option<Chart> {
    let info = variable.info();
    let fans: Vec<(usize, Vec<Distribution>)> = (1..found.worlds.len())
        .filter_map(|other| {
            let days = found.against[other - 1].of_variable(variable).iter().map(|day| day.paths);
            Some((other, days.collect::<Option<Vec<Distribution>>>()?))
        })
        .take(MOST_DRAWN)
        .collect();
    let largest = fans.iter().flat_map(|(_, days)| days).map(|day| day.high().abs().max(day.low().abs()));
    let digits = if largest.fold(0.0, f64::max) < 10.0 { 1 } else { digits(variable) };
    let (first, _) = fans.first()?;
    let one = &found.worlds[0].name;
    Some(Chart {
        id: format!("{}-difference", info.name.replace('_', "-")),
        title: format!("{}: the difference", info.title),
        subtitle: match fans.as_slice() {
            [(other, _)] => format!("{} less {one}, path by path on the same luck", found.worlds[*other].name),
            _ => format!("each less {one}, path by path on the same luck"),
        },
        unit: unit(variable).to_owned(),
        digits,
        alt: format!(
            "Fan of the difference of {} between paths of the same luck; {}.",
            info.title,
            widest(found, &found.against[first - 1], variable)
        ),
        drawing: Drawing::Fan(Fan {
            series: fans
                .iter()
                .map(|(other, days)| Band {
                    name: format!("{} − {one}", found.worlds[*other].name),
                    quantiles: quantiles(days, digits),
                })
                .collect(),
            zero: true,
            ..Fan::default()
        }),
    })
}
