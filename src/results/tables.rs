//! The tables of a run as CSV, one header line, dates as ISO 8601, missing values empty.

use super::books::{BookRow, BookSection};
use super::record::WatchRecord;
use super::uncertain::Uncertain;
use crate::model::{FLOWS, Plan, SECTORS, VARIABLES};
use crate::scenario::Watch;
use crate::statistics::{Outcomes, Summary};
use csv::Writer;
use jiff::civil::Date;

/// Paths of which every value is written.
pub const SAMPLE_PATHS: usize = 10;

/// Numbers are written with enough digits for any use and few enough to read: a dollar on a stock of
/// trillions would need 13, a reader needs six decimals.
pub fn number(value: f64) -> String {
    let text = format!("{value:.6}");
    if text == "-0.000000" { "0.000000".to_owned() } else { text }
}

/// A header and rows that are as long.
pub fn to_csv(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = Writer::from_writer(Vec::new());
    let written = writer.write_record(header).and_then(|()| {
        for row in rows {
            writer.write_record(&row)?;
        }
        writer.flush()?;
        Ok(())
    });
    written.expect("rows as long as the header, written to memory");
    writer.into_inner().expect("flushed above")
}

/// `fan.csv`: the distribution of every variable that can move in the run, on every published day.
pub fn fan_table(summary: &Summary, plan: &Plan) -> Vec<u8> {
    let header =
        ["date", "variable", "unit", "mean", "sd", "q01", "q05", "q10", "q25", "q50", "q75", "q90", "q95", "q99"];
    let rows = summary.fans.iter().filter(|fan| plan.publishes(fan.variable)).flat_map(|fan| {
        let info = fan.variable.info();
        summary.dates.iter().zip(&fan.days).map(move |(date, day)| {
            let mut row = vec![date.to_string(), info.name.to_owned(), info.unit.to_string()];
            row.extend([day.mean, day.sd].map(number));
            row.extend(day.quantiles.map(number));
            row
        })
    });
    to_csv(&header, rows)
}

/// `fan_errors.csv`: what is uncertain of every number of `fan.csv`: the Monte Carlo standard error of the mean and of
/// each quantile, and for the quantile its bound: the farthest it can be from that of the sorted paths.
pub fn fan_errors_table(summary: &Summary, plan: &Plan) -> Vec<u8> {
    const QUANTILES: [&str; 9] = ["q01", "q05", "q10", "q25", "q50", "q75", "q90", "q95", "q99"];
    let mut header = ["date", "variable", "unit", "mean_se"].map(str::to_owned).to_vec();
    header.extend(QUANTILES.iter().flat_map(|quantile| [format!("{quantile}_se"), format!("{quantile}_bound")]));
    let rows = summary.fans.iter().filter(|fan| plan.publishes(fan.variable)).flat_map(|fan| {
        let info = fan.variable.info();
        summary.dates.iter().zip(&fan.days).map(move |(date, day)| {
            let mut row = vec![date.to_string(), info.name.to_owned(), info.unit.to_string(), number(day.mean_error())];
            row.extend(
                day.standard_errors.iter().zip(day.bounds).flat_map(|(error, bound)| [*error, bound]).map(number),
            );
            row
        })
    });
    to_csv(&header.iter().map(String::as_str).collect::<Vec<_>>(), rows)
}

/// `watch.csv`: the probability of every watch with its simulation error, and when it first fired.
pub fn watch_table(watches: &[Watch], summary: &Summary, records: &[WatchRecord]) -> Vec<u8> {
    let header = [
        "name",
        "when",
        "from",
        "to",
        "hits",
        "paths",
        "probability",
        "standard_error",
        "wilson_low",
        "wilson_high",
        "first_q05",
        "first_q50",
        "first_q95",
        "expected_days",
        "limit",
    ];
    let rows = watches.iter().zip(&summary.watches).zip(records).map(|((watch, result), record)| {
        let date =
            |position: usize| result.first_day.map_or(String::new(), |days| summary.dates[days[position]].to_string());
        vec![
            watch.name.clone(),
            watch.when.clone(),
            watch.from.to_string(),
            watch.to.to_string(),
            result.probability.hits.to_string(),
            result.probability.paths.to_string(),
            number(record.probability),
            number(record.standard_error),
            number(record.interval.0),
            number(record.interval.1),
            date(0),
            date(1),
            date(2),
            result.expected_days.map_or(String::new(), number),
            watch.limit.map_or(String::new(), number),
        ]
    });
    to_csv(&header, rows)
}

/// `uncertain.csv`: what simulation leaves uncertain of a run with evenly spread draws.
pub fn uncertain_table(uncertain: &[Uncertain]) -> Vec<u8> {
    let rows = uncertain.iter().map(|Uncertain { figure, estimate, standard_error, interval }| {
        let mut row = vec![figure.clone()];
        row.extend([*estimate, *standard_error, interval.0, interval.1].map(number));
        row
    });
    to_csv(&["figure", "estimate", "standard_error", "low", "high"], rows)
}

/// `attribution.csv`: the part of every flow in the change of reserves over the run.
pub fn attribution_table(summary: &Summary) -> Vec<u8> {
    let header = ["flow", "hand", "unit", "mean", "sd", "q05", "q50", "q95", "meaning"];
    let line = |name: &str, hand: &str, part: &crate::statistics::Distribution, meaning: &str| {
        let mut row = vec![name.to_owned(), hand.to_owned(), "bn".to_owned()];
        row.extend([part.mean, part.sd, part.low(), part.median(), part.high()].map(number));
        row.push(meaning.to_owned());
        row
    };
    let attribution = &summary.attribution;
    let parts = attribution
        .lines
        .iter()
        .map(|part| line(part.name(), part.flow.hand().name(), &part.contribution, FLOWS[part.flow as usize].meaning));
    let total =
        line("change in reserves", "all", &attribution.total, "Exactly the sum of the lines above on every path.");
    to_csv(&header, parts.chain([total]))
}

/// `sample_paths.csv`: every variable that can move, on every day of the first paths, which are as random as any.
pub fn sample_paths_table(outcomes: &Outcomes, plan: &Plan) -> Vec<u8> {
    let mut header = vec!["path", "date"];
    let moving: Vec<_> = VARIABLES.iter().filter(|info| plan.publishes(info.variable)).collect();
    header.extend(moving.iter().map(|info| info.name));
    let dates = plan.published_dates();
    let rows = (0..SAMPLE_PATHS.min(outcomes.paths())).flat_map(|path| {
        let (dates, moving) = (&dates, &moving);
        (0..outcomes.days).map(move |day| {
            let mut row = vec![path.to_string(), dates[day].to_string()];
            row.extend(moving.iter().map(|info| {
                let derivation = plan.derivation(info.variable, day);
                number(derivation.value(|of| outcomes.tiles[0].row(day, of)[path]))
            }));
            row
        })
    });
    to_csv(&header, rows)
}

/// `books.csv`: opening balance sheet, mean flows and mean closing balance sheet of every sector, $bn.
pub fn books_table(rows: &[BookRow], start: Date, end: Date) -> Vec<u8> {
    let mut header = vec!["section", "item", "instrument"];
    header.extend(SECTORS);
    header.push("sum");
    let section = |section: BookSection| match section {
        BookSection::Opening => format!("opening {start}"),
        BookSection::Flow => "mean flow".to_owned(),
        BookSection::Closing => format!("mean closing {end}"),
    };
    let rows = rows.iter().map(|row| {
        let mut cells = vec![section(row.section), row.item.to_owned(), row.instrument.to_owned()];
        cells.extend(row.cells.iter().copied().chain([row.sum()]).map(number));
        cells
    });
    to_csv(&header, rows)
}
