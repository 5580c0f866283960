//! `tidegate backtest`: how far to trust the model, from its own forecasts of the past.

use super::data_folder::DataFolder;
use super::failure::Failure;
use super::print;
use crate::as_of::AsOfError;
use crate::backtest::{
    BACKTEST_FOLDER, BacktestError, EVERY, FIRST_ORIGIN, Fits, LAST_ORIGIN, Making, OriginResult, Scorecard, backtest,
    events_csv, forecasts_csv, mark, origins, special_days_csv,
};
use crate::calendar::fedwire;
use crate::forecast::HORIZONS;
use crate::history::{Fingerprint, History, HistoryError, SeriesId};
use crate::report::charts::{Theme, draw_svg};
use crate::report::scorecard::{markdown, page, pictures, terminal};
use crate::results::{check_place, write_folder};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Args)]
pub struct BacktestArguments {
    #[command(flatten)]
    data: DataFolder,
    /// First origin; the others follow every two weeks
    #[arg(long, value_name = "DATE", default_value_t = FIRST_ORIGIN)]
    from: Date,
    /// Day after which no origin falls
    #[arg(long, value_name = "DATE", default_value_t = LAST_ORIGIN)]
    to: Date,
    /// Paths of each forecast
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u64).range(10..=10_000))]
    paths: u64,
    /// Seed of all draws; every origin draws its own
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Parameter files in place of those that ship; each is used from the end of its window on
    #[arg(long, value_name = "FILE", num_args = 1..)]
    parameters: Vec<PathBuf>,
    /// Folder of the scorecard
    #[arg(long, value_name = "DIR", default_value = "output/backtest")]
    out: PathBuf,
    /// Print the scorecard as Markdown instead of text
    #[arg(long)]
    markdown: bool,
}

/// Forecasts from every origin, scores, and writes the scorecard.
pub fn run(arguments: &BacktestArguments) -> Result<(), Failure> {
    let BacktestArguments { from, to, paths, seed, out, .. } = arguments;
    if from > to {
        let message = format!("`--from {from}` lies after `--to {to}`; type `--from {to} --to {from}`");
        return Err(Failure::Argument(message));
    }
    check_place(out, BACKTEST_FOLDER)?;
    let fits = fits(&arguments.parameters)?;
    let folder = &arguments.data.folder;
    let history = History::open(folder).map_err(|error| unread(&error, folder))?;
    let last = history.last_day(SeriesId::CashBalance).map_err(|error| unread(&error, folder))?;
    let judged_on = fedwire::next_business_day(last.unwrap_or(*to));
    let origins = origins(*from, *to);
    let bar = ProgressBar::new(origins.len() as u64).with_style(style());
    let results = backtest(&history, &origins, (*paths, *seed), judged_on, &fits, &|| bar.inc(1));
    bar.finish_and_clear();
    let results = results.map_err(|error| told(error, folder))?;
    let fingerprint = Fingerprint::of_folder(folder).map_err(|error| Failure::Argument(error.to_string()))?;
    let card = Scorecard::of(
        &results,
        Making {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            origins: origins.first().copied().zip(origins.last().copied()),
            number_of_origins: origins.len(),
            every: EVERY,
            horizons: HORIZONS.to_vec(),
            paths: *paths,
            seed: *seed,
            parameters: fits.told(&origins),
            parameter_files: arguments.parameters.iter().map(|file| file.display().to_string()).collect(),
            fingerprint: fingerprint.to_string(),
        },
    );
    write_folder(out, BACKTEST_FOLDER, &files(&card, &results))?;
    if arguments.markdown {
        return print(&markdown(&card));
    }
    print(&format!("{}\nResults in {}\n", terminal(&card), out.display()))
}

/// Everything that is written, with names below the folder.
fn files(card: &Scorecard, results: &[OriginResult]) -> Vec<(String, Vec<u8>)> {
    let all = || results.iter().map(|result| &result.trials);
    let page = page(card).expect("scores are finite numbers");
    let mut files = vec![
        (BACKTEST_FOLDER.mark.to_owned(), mark(&card.making)),
        ("scorecard.html".to_owned(), page.into_bytes()),
        ("scorecard.md".to_owned(), format!("# How far to trust the model\n\n{}", markdown(card)).into_bytes()),
        ("forecasts.csv".to_owned(), forecasts_csv(all().flat_map(|trials| &trials.at_horizons)).into_bytes()),
        (
            "special_days.csv".to_owned(),
            special_days_csv(all().flat_map(|trials| &trials.on_special_days)).into_bytes(),
        ),
        ("events.csv".to_owned(), events_csv(all().flat_map(|trials| &trials.events)).into_bytes()),
    ];
    for picture in pictures(card) {
        let svg = draw_svg(&*picture.chart, Theme::Light).expect("scores are finite numbers");
        files.push((format!("pictures/{}.svg", picture.name), svg.into_bytes()));
    }
    files
}

/// The parameter files named, or those that ship.
fn fits(named: &[PathBuf]) -> Result<Fits, Failure> {
    if named.is_empty() {
        return Ok(Fits::shipped()?);
    }
    let read = |file: &PathBuf| {
        let unreadable = |error| Failure::Argument(format!("cannot read {}: {error}", file.display()));
        Ok((file.display().to_string(), fs::read_to_string(file).map_err(unreadable)?))
    };
    let texts = named.iter().map(read).collect::<Result<Vec<(String, String)>, Failure>>()?;
    Ok(Fits::of(texts.iter().map(|(name, text)| (name.clone(), text.as_str())))?)
}

/// What is wrong, and what to type.
fn told(error: BacktestError, folder: &Path) -> Failure {
    match error {
        BacktestError::History(error) | BacktestError::AsOf(AsOfError::History(error)) => unread(&error, folder),
        BacktestError::AsOf(error @ AsOfError::TooEarly { first, .. }) => {
            Failure::Argument(format!("{error}; type `--from {first}` or later"))
        }
        BacktestError::AsOf(error @ AsOfError::NotReached { last: Some(last), .. }) => Failure::Argument(format!(
            "{error}; type `--to {last}` or earlier, or fetch more with `tidegate data pull --data {}`",
            folder.display()
        )),
        BacktestError::Leak(leak) => Failure::Leak(leak),
        error @ BacktestError::AsOf(_) => Failure::Argument(error.to_string()),
    }
}

fn unread(error: &HistoryError, folder: &Path) -> Failure {
    let fetch = format!("`tidegate data pull --data {}` fetches it", folder.display());
    Failure::Argument(match error {
        HistoryError::NoFolder(_) | HistoryError::Unreadable { .. } => {
            format!("{error}; {fetch}, or `--data DIR` names another folder")
        }
        error => error.to_string(),
    })
}

/// On standard error, if that is a terminal; nothing in a pipe.
fn style() -> ProgressStyle {
    ProgressStyle::with_template("backtest {bar:30} {human_pos} of {human_len} origins, {eta} left")
        .expect("the template is valid")
}
