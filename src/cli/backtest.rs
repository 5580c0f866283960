//! `tidegate backtest`: how far to trust the model, from its own forecasts of the past.

use super::failure::Failure;
use super::print;
use crate::backtest::{FIRST_ORIGIN, LAST_ORIGIN, OriginResult, backtest, events_csv, forecasts_csv, origins, special_days_csv};
use crate::history::{History, SeriesId};
use clap::Args;
use indicatif::ProgressBar;
use jiff::civil::Date;
use std::path::PathBuf;

#[derive(Args)]
pub struct BacktestArguments {
    /// Folder of official series, as `tidegate data pull` leaves it
    #[arg(long, value_name = "DIR", env = "TIDEGATE_DATA")]
    data: PathBuf,
    /// First origin
    #[arg(long, value_name = "DATE", default_value_t = FIRST_ORIGIN)]
    from: Date,
    /// Day after which no origin falls
    #[arg(long, value_name = "DATE", default_value_t = LAST_ORIGIN)]
    to: Date,
    /// Paths of each forecast
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    paths: u64,
    /// Folder of the scorecard
    #[arg(long, value_name = "DIR", default_value = "output/backtest")]
    out: PathBuf,
}

/// Forecasts from every origin, scores, and writes the scorecard.
pub fn run(arguments: &BacktestArguments) -> Result<(), Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::Argument(error.to_string());
    let history = History::open(&arguments.data).map_err(|error| failed(&error))?;
    let judged_on = history.last_day(SeriesId::CashBalance).map_err(|error| failed(&error))?;
    let judged_on = crate::calendar::fedwire::next_business_day(judged_on.unwrap_or(arguments.to));
    let origins = origins(arguments.from, arguments.to);
    let bar = ProgressBar::new(origins.len() as u64);
    let results = backtest(&history, &origins, arguments.paths, judged_on, &|_, _| (), &|| bar.inc(1));
    bar.finish_and_clear();
    let results: Vec<OriginResult> = results.map_err(|error| failed(&error))?;
    let all = || results.iter().map(|result| &result.trials);
    let write = |name: &str, text: String| {
        let path = arguments.out.join(name);
        std::fs::write(&path, text).map_err(|error| Failure::File(path, error))
    };
    std::fs::create_dir_all(&arguments.out).map_err(|error| Failure::File(arguments.out.clone(), error))?;
    write("forecasts.csv", forecasts_csv(all().flat_map(|trials| &trials.at_horizons)))?;
    write("special_days.csv", special_days_csv(all().flat_map(|trials| &trials.on_special_days)))?;
    write("events.csv", events_csv(all().flat_map(|trials| &trials.events)))?;
    print(&format!("{} origins\n", results.len()))
}
