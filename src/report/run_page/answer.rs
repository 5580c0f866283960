//! The answer at the head of the page: two sentences and five numbers, made from the numbers alone.

use super::RunFacts;
use crate::calendar::names::{long_date, short_date};
use crate::model::Variable;
use crate::report::numbers::{error, number, percent, signed};
use crate::report::page::Figure;
use crate::results::{Band, Headlines, Move};
use crate::statistics::Summary;

/// Below this change, $bn, reserves are said to end where they began: what a day's flows move.
const HARDLY: f64 = 15.0;

/// What happens to reserves and why, and what happens to the spread and how probably.
pub(super) fn verdict(facts: &RunFacts<'_>) -> Vec<String> {
    let headlines = &facts.record.headlines;
    vec![reserves(headlines, facts.summary), spreads(headlines)]
}

fn reserves(headlines: &Headlines, summary: &Summary) -> String {
    let opening = number(headlines.opening_reserves, 0);
    let closing = &headlines.closing_reserves;
    let close = format!(
        "${}bn on {} (90% of paths {} to {})",
        number(closing.median, 0),
        long_date(headlines.end),
        number(closing.low, 0),
        number(closing.high, 0)
    );
    match (&headlines.to_the_low, &summary.drain_to_low) {
        (Some(low), Some(drain)) => {
            let median = summary.fan(Variable::Reserves).days[drain.day].median();
            let low = format!("to ${}bn by {}, {}", number(median, 0), long_date(low.date), because(low));
            format!("Reserves go from ${opening}bn {low}; they end at {close}.")
        }
        _ => format!("Reserves go from ${opening}bn to {close}, {}.", because(&headlines.to_the_end)),
    }
}

/// Whose hands moved reserves most, of those that moved them the way they went.
fn because(moved: &Move) -> String {
    if moved.reserves.abs() < HARDLY {
        return "hardly changed".to_owned();
    }
    let hands = [
        ("the Treasury’s account", moved.treasury),
        ("the Fed’s assets", moved.fed),
        ("money funds’ cash at ON RRP", moved.money_funds),
        ("currency and others", moved.other_depositors),
    ];
    let mut along: Vec<_> = hands.into_iter().filter(|(_, part)| part * moved.reserves > 0.0).collect();
    along.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    // What did less than a quarter is no answer to the question.
    along.retain(|(_, part)| part.abs() >= 0.25 * moved.reserves.abs());
    let told: Vec<String> = along.iter().map(|(hand, part)| format!("{hand} ({}bn)", signed(*part, 0))).collect();
    let verb = if moved.reserves < 0.0 { "drained by" } else { "fed by" };
    format!("{verb} {}", told.join(" and "))
}

fn spreads(headlines: &Headlines) -> String {
    let peak = &headlines.highest_sofr_iorb;
    let highest = format!("its highest day is {}bp in the median", number(peak.median, 0));
    let spread = headlines.spreads.last().map_or(String::new(), |spread| {
        let likeliest = spread.likeliest_day.map_or(String::new(), |day| {
            format!(", likeliest on {} ({})", long_date(day), percent(spread.probability_on_that_day))
        });
        let probability = percent(spread.probability);
        format!("SOFR rises more than {:.0}bp above IORB on {probability} of paths{likeliest}; ", spread.level_bp)
    });
    let facility = &headlines.highest_srf;
    let take_up = match facility.median {
        median if median >= 1.0 => format!("the standing facility lends {}bn at its busiest", number(median, 0)),
        _ if facility.high >= 1.0 => {
            format!("the standing facility lends {}bn or more on a twentieth of paths", number(facility.high, 0))
        }
        _ => "the standing facility stays unused".to_owned(),
    };
    format!("{spread}{highest}, and {take_up}.")
}

/// Dates, paths and seed in a line.
pub(super) fn made(facts: &RunFacts<'_>) -> String {
    let (scenario, record) = (facts.scenario, facts.record);
    let draws = if record.draws == "plain" { String::new() } else { format!(" · {} draws", record.draws) };
    let precision = if record.precision == "double" { "" } else { " · a preview in single precision" };
    format!(
        "{} to {} · {} paths × {} business days · seed {}{draws}{precision} · balance sheet of {} · tidegate {}",
        short_date(scenario.start),
        short_date(scenario.end),
        number(record.paths as f64, 0),
        record.business_days,
        record.seed,
        short_date(record.vintage),
        record.tidegate
    )
}

/// The five numbers to quote.
pub(super) fn figures(facts: &RunFacts<'_>) -> Vec<Figure> {
    let headlines = &facts.record.headlines;
    let of_band = |name: &str, band: &Band, unit: &str, note: String| Figure {
        name: name.to_owned(),
        value: number(band.median, 0),
        unit: unit.to_owned(),
        band: format!("90% of paths {} to {}", number(band.low, 0), number(band.high, 0)),
        note,
    };
    let error_of = |band: &Band| format!("{} from simulation", error(band.standard_errors[1]));
    let start = |value: f64| format!("{} at the start", number(value, 0));
    let mut figures = vec![
        of_band("Lowest reserves", &headlines.lowest_reserves, "$bn", error_of(&headlines.lowest_reserves)),
        of_band("Reserves at the end", &headlines.closing_reserves, "$bn", start(headlines.opening_reserves)),
        of_band("Highest TGA", &headlines.highest_tga, "$bn", start(headlines.opening_tga)),
        of_band("Highest SOFR − IORB", &headlines.highest_sofr_iorb, "bp", error_of(&headlines.highest_sofr_iorb)),
    ];
    if let Some(spread) = headlines.spreads.last() {
        let likeliest = spread.likeliest_day.map_or(String::new(), |day| {
            format!("likeliest {} ({})", short_date(day), percent(spread.probability_on_that_day))
        });
        figures.push(Figure {
            name: format!("P(SOFR > IORB + {:.0}bp)", spread.level_bp),
            value: percent(spread.probability),
            unit: "on some day".to_owned(),
            band: format!("±{} from simulation", percent(spread.standard_error)),
            note: likeliest,
        });
    }
    figures
}
