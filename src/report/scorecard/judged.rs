//! A backtest, from a folder of official series to every file of its scorecard.

use super::{markdown, page, pictures};
use crate::as_of::AsOfError;
use crate::backtest::{
    BACKTEST_FOLDER, BacktestError, EVERY, Fits, Making, OriginResult, Scorecard, backtest, events_csv, forecasts_csv,
    mark, origins, special_days_csv,
};
use crate::calendar::fedwire;
use crate::forecast::HORIZONS;
use crate::history::{Fingerprint, History, HistoryError, SeriesId};
use crate::report::charts::{Theme, draw_svg};
use crate::scenario::Problems;
use crate::simulation::LeakFound;
use jiff::civil::Date;
use std::fs;
use std::path::{Path, PathBuf};

/// What is to be forecast and held to account.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// The folder of official series.
    pub folder: &'a Path,
    /// First origin.
    pub from: Date,
    /// Day after which no origin falls.
    pub to: Date,
    /// Paths of each forecast.
    pub paths: u64,
    /// Seed of all draws; every origin draws its own.
    pub seed: u64,
    /// Parameter files in place of those that ship.
    pub parameters: &'a [PathBuf],
}

/// Why there is no backtest.
#[derive(Debug)]
pub enum Unjudged {
    /// A parameter file cannot be used.
    Parameters(Problems),
    /// Something of the question cannot be answered, in a sentence.
    Argument(String),
    /// The books of a path do not add up.
    Leak(LeakFound),
}

impl From<Problems> for Unjudged {
    fn from(problems: Problems) -> Unjudged {
        Unjudged::Parameters(problems)
    }
}

/// Forecasts of the past and how they fared.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The scorecard.
    pub card: Scorecard,
    /// What it was made from, in the order of the origins.
    pub results: Vec<OriginResult>,
}

impl Judged {
    /// Forecasts from every origin and scores; `done` is called after each.
    ///
    /// # Errors
    /// There are no such days, files or series, or the books of a path do not add up.
    pub fn of(asked: &Asked<'_>, done: &(dyn Fn() + Sync)) -> Result<Judged, Unjudged> {
        let Asked { folder, from, to, paths, seed, parameters } = *asked;
        if from > to {
            let message = format!("`--from {from}` lies after `--to {to}`; type `--from {to} --to {from}`");
            return Err(Unjudged::Argument(message));
        }
        let fits = fits(parameters)?;
        let history = History::open(folder).map_err(|error| unread(&error, folder))?;
        let last = history.last_day(SeriesId::CashBalance).map_err(|error| unread(&error, folder))?;
        let judged_on = fedwire::next_business_day(last.unwrap_or(to));
        let origins = origins(from, to);
        let results = backtest(&history, &origins, (paths, seed), judged_on, &fits, done);
        let results = results.map_err(|error| told(error, folder))?;
        let fingerprint = Fingerprint::of_folder(folder).map_err(|error| Unjudged::Argument(error.to_string()))?;
        let card = Scorecard::of(
            &results,
            Making {
                version: env!("CARGO_PKG_VERSION").to_owned(),
                origins: origins.first().copied().zip(origins.last().copied()),
                number_of_origins: origins.len(),
                every: EVERY,
                horizons: HORIZONS.to_vec(),
                paths,
                seed,
                parameters: fits.told(&origins),
                parameter_files: parameters.iter().map(|file| file.display().to_string()).collect(),
                fingerprint: fingerprint.to_string(),
            },
        );
        Ok(Judged { card, results })
    }

    /// Every forecast for machines as CSV, by the names of their files.
    pub fn tables(&self) -> [(&'static str, Vec<u8>); 3] {
        let all = || self.results.iter().map(|result| &result.trials);
        [
            ("forecasts", forecasts_csv(all().flat_map(|trials| &trials.at_horizons)).into_bytes()),
            ("special_days", special_days_csv(all().flat_map(|trials| &trials.on_special_days)).into_bytes()),
            ("events", events_csv(all().flat_map(|trials| &trials.events)).into_bytes()),
        ]
    }

    /// Everything that is written, with names below the folder.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let card = &self.card;
        let page = page(card).expect("scores are finite numbers");
        let mut files = vec![
            (BACKTEST_FOLDER.mark.to_owned(), mark(&card.making)),
            ("scorecard.html".to_owned(), page.into_bytes()),
            ("scorecard.md".to_owned(), format!("# How far to trust the model\n\n{}", markdown(card)).into_bytes()),
        ];
        files.extend(self.tables().map(|(name, table)| (format!("{name}.csv"), table)));
        for picture in pictures(card) {
            let svg = draw_svg(&*picture.chart, Theme::Light).expect("scores are finite numbers");
            files.push((format!("pictures/{}.svg", picture.name), svg.into_bytes()));
        }
        files
    }
}

/// The parameter files named, or those that ship.
fn fits(named: &[PathBuf]) -> Result<Fits, Unjudged> {
    if named.is_empty() {
        return Ok(Fits::shipped()?);
    }
    let read = |file: &PathBuf| {
        let unreadable = |error| Unjudged::Argument(format!("cannot read {}: {error}", file.display()));
        Ok((file.display().to_string(), fs::read_to_string(file).map_err(unreadable)?))
    };
    let texts = named.iter().map(read).collect::<Result<Vec<(String, String)>, Unjudged>>()?;
    Ok(Fits::of(texts.iter().map(|(name, text)| (name.clone(), text.as_str())))?)
}

/// What is wrong, and what to type.
fn told(error: BacktestError, folder: &Path) -> Unjudged {
    match error {
        BacktestError::History(error) | BacktestError::AsOf(AsOfError::History(error)) => unread(&error, folder),
        BacktestError::AsOf(error @ AsOfError::TooEarly { first, .. }) => {
            Unjudged::Argument(format!("{error}; type `--from {first}` or later"))
        }
        BacktestError::AsOf(error @ AsOfError::NotReached { last: Some(last), .. }) => Unjudged::Argument(format!(
            "{error}; type `--to {last}` or earlier, or fetch more with `tidegate data pull --data {}`",
            folder.display()
        )),
        BacktestError::Leak(leak) => Unjudged::Leak(leak),
        error @ BacktestError::AsOf(_) => Unjudged::Argument(error.to_string()),
    }
}

fn unread(error: &HistoryError, folder: &Path) -> Unjudged {
    let fetch = format!("`tidegate data pull --data {}` fetches it", folder.display());
    Unjudged::Argument(match error {
        HistoryError::NoFolder(_) | HistoryError::Unreadable { .. } => {
            format!("{error}; {fetch}, or `--data DIR` names another folder")
        }
        error => error.to_string(),
    })
}
