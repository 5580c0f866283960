//! The tables of a run.

use super::books::{BookRow, BookSection};
use super::record::WatchRecord;
use super::table::{Table, Values};
use super::uncertain::Uncertain;
use crate::model::{FLOWS, Plan, SECTORS, VARIABLES, Variable, VariableInfo};
use crate::scenario::Watch;
use crate::statistics::{Distribution, Outcomes, Summary};
use crate::units::Unit;
use jiff::civil::Date;
use std::iter::repeat_n;
use std::ops::Range;

/// Paths of which every value is written.
pub const SAMPLE_PATHS: usize = 10;

/// Names of the published quantiles.
const QUANTILES: [&str; 9] = ["q01", "q05", "q10", "q25", "q50", "q75", "q90", "q95", "q99"];

/// The distribution of every variable that can move in the run, on every published day.
fn distributions<'a>(summary: &'a Summary, plan: &Plan) -> Vec<(&'static VariableInfo, Date, &'a Distribution)> {
    let fans = summary.fans.iter().filter(|fan| plan.publishes(fan.variable));
    let of_fan = |fan: &'a crate::statistics::Fan| {
        summary.dates.iter().zip(&fan.days).map(move |(date, day)| (fan.variable.info(), *date, day))
    };
    fans.flat_map(of_fan).collect()
}

/// What heads every row of a fan: date, variable and unit.
fn heads(rows: &[(&VariableInfo, Date, &Distribution)]) -> Table {
    Table::default()
        .dates("date", rows.iter().map(|(_, date, _)| *date))
        .texts("variable", rows.iter().map(|(info, ..)| info.name))
        .texts("unit", rows.iter().map(|(info, ..)| info.unit.to_string()))
}

/// `fan.csv`: the distribution of every variable that can move in the run, on every published day.
pub fn fan_table(summary: &Summary, plan: &Plan) -> Table {
    let rows = distributions(summary, plan);
    let days = || rows.iter().map(|(.., day)| *day);
    let table = heads(&rows).numbers("mean", days().map(|day| day.mean)).numbers("sd", days().map(|day| day.sd));
    let quantiles = QUANTILES.iter().enumerate();
    quantiles.fold(table, |table, (at, name)| table.numbers(*name, days().map(|day| day.quantiles[at])))
}

/// `fan_errors.csv`: what is uncertain of every number of `fan.csv`: the Monte Carlo standard error of the mean and of
/// each quantile, and for the quantile its bound: the farthest it can be from that of the sorted paths.
pub fn fan_errors_table(summary: &Summary, plan: &Plan) -> Table {
    let rows = distributions(summary, plan);
    let days = || rows.iter().map(|(.., day)| *day);
    let table = heads(&rows).numbers("mean_se", days().map(Distribution::mean_error));
    QUANTILES.iter().enumerate().fold(table, |table, (at, name)| {
        table
            .numbers(format!("{name}_se"), days().map(|day| day.standard_errors[at]))
            .numbers(format!("{name}_bound"), days().map(|day| day.bounds[at]))
    })
}

/// `watch.csv`: the probability of every watch with its simulation error, and when it first fired.
pub fn watch_table(watches: &[Watch], summary: &Summary, records: &[WatchRecord]) -> Table {
    let results = || summary.watches.iter();
    let first = |quantile: usize| {
        Values::DatesOrNone(results().map(|it| it.first_day.map(|days| summary.dates[days[quantile]])).collect())
    };
    Table::default()
        .texts("name", watches.iter().map(|watch| watch.name.clone()))
        .texts("when", watches.iter().map(|watch| watch.when.clone()))
        .dates("from", watches.iter().map(|watch| watch.from))
        .dates("to", watches.iter().map(|watch| watch.to))
        .counts("hits", results().map(|result| result.probability.hits))
        .counts("paths", results().map(|result| result.probability.paths))
        .numbers("probability", records.iter().map(|record| record.probability))
        .numbers("standard_error", records.iter().map(|record| record.standard_error))
        .numbers("wilson_low", records.iter().map(|record| record.interval.0))
        .numbers("wilson_high", records.iter().map(|record| record.interval.1))
        .with("first_q05", None, first(0))
        .with("first_q50", None, first(1))
        .with("first_q95", None, first(2))
        .with("expected_days", None, Values::NumbersOrNone(results().map(|result| result.expected_days).collect()))
        .with("limit", None, Values::NumbersOrNone(watches.iter().map(|watch| watch.limit).collect()))
}

/// `uncertain.csv`: what simulation leaves uncertain of a run with evenly spread draws.
pub fn uncertain_table(uncertain: &[Uncertain]) -> Table {
    Table::default()
        .texts("figure", uncertain.iter().map(|it| it.figure.clone()))
        .numbers("estimate", uncertain.iter().map(|it| it.estimate))
        .numbers("standard_error", uncertain.iter().map(|it| it.standard_error))
        .numbers("low", uncertain.iter().map(|it| it.interval.0))
        .numbers("high", uncertain.iter().map(|it| it.interval.1))
}

/// `attribution.csv`: the part of every flow in the change of reserves over the run.
pub fn attribution_table(summary: &Summary) -> Table {
    let attribution = &summary.attribution;
    let mut rows: Vec<(&str, &str, &Distribution, &str)> = attribution
        .lines
        .iter()
        .map(|part| {
            let meaning = FLOWS[part.flow as usize].meaning;
            (part.name(), part.flow.hand().name(), &part.contribution, meaning)
        })
        .collect();
    rows.push(("change in reserves", "all", &attribution.total, "Exactly the sum of the lines above on every path."));
    let parts = || rows.iter().map(|(_, _, part, _)| *part);
    Table::default()
        .texts("flow", rows.iter().map(|(name, ..)| *name))
        .texts("hand", rows.iter().map(|(_, hand, ..)| *hand))
        .texts("unit", rows.iter().map(|_| Unit::Billions.to_string()))
        .numbers("mean", parts().map(|part| part.mean))
        .numbers("sd", parts().map(|part| part.sd))
        .numbers("q05", parts().map(Distribution::low))
        .numbers("q50", parts().map(Distribution::median))
        .numbers("q95", parts().map(Distribution::high))
        .texts("meaning", rows.iter().map(|(.., meaning)| *meaning))
}

/// The variables that can move in a run, in the order of [`VARIABLES`].
pub fn moving(plan: &Plan) -> Vec<Variable> {
    VARIABLES.iter().map(|info| info.variable).filter(|variable| plan.publishes(*variable)).collect()
}

/// Some variables along every path, a row per path and published day: `sample_paths.csv` has the first paths, which are as
/// random as any.
pub fn paths_table(outcomes: &Outcomes, plan: &Plan, variables: &[Variable]) -> Table {
    let paths = outcomes.first_path..outcomes.first_path + outcomes.paths() as u64;
    let values = variables.iter().map(|variable| path_values(outcomes, plan, *variable)).collect();
    table_of_paths(paths, plan, variables, values)
}

/// The same from the [`path_values`] of each variable.
pub fn table_of_paths(paths: Range<u64>, plan: &Plan, variables: &[Variable], values: Vec<Vec<f64>>) -> Table {
    let dates = plan.published_dates();
    let table = Table::default()
        .counts("path", paths.clone().flat_map(|path| repeat_n(path, dates.len())))
        .dates("date", paths.flat_map(|_| dates.iter().copied()));
    variables.iter().zip(values).fold(table, |table, (variable, values)| {
        table.with(variable.info().name, Some(variable.info().unit), Values::Numbers(values))
    })
}

/// A variable along every path: the published days of the first path, then those of the next.
pub fn path_values(outcomes: &Outcomes, plan: &Plan, variable: Variable) -> Vec<f64> {
    let (days, paths) = (outcomes.days, outcomes.paths());
    let mut values = vec![0.0; paths * days];
    for day in 0..days {
        for (path, value) in outcomes.derived(day, &plan.derivation(variable, day)).into_iter().enumerate() {
            values[path * days + day] = value;
        }
    }
    values
}

/// `books.csv`: opening balance sheet, mean flows and mean closing balance sheet of every sector, $bn.
pub fn books_table(rows: &[BookRow], start: Date, end: Date) -> Table {
    let section = |section: BookSection| match section {
        BookSection::Opening => format!("opening {start}"),
        BookSection::Flow => "mean flow".to_owned(),
        BookSection::Closing => format!("mean closing {end}"),
    };
    let table = Table::default()
        .texts("section", rows.iter().map(|row| section(row.section)))
        .texts("item", rows.iter().map(|row| row.item))
        .texts("instrument", rows.iter().map(|row| row.instrument));
    let sectors = SECTORS.iter().enumerate();
    let cells = |at: usize| Values::Numbers(rows.iter().map(|row| row.cells[at]).collect());
    let table = sectors.fold(table, |table, (at, sector)| table.with(*sector, Some(Unit::Billions), cells(at)));
    table.with("sum", Some(Unit::Billions), Values::Numbers(rows.iter().map(BookRow::sum).collect()))
}
