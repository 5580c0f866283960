//! `tidegate data`: official history into a local folder, and what is there.

use super::data_folder::DataFolder;
use super::data_status::{self, StatusArguments};
use super::failure::Failure;
use super::print;
use crate::download::{
    Addresses, Change, Client, DownloadError, Fate, Key, Patience, Service, Source, Store, pull_all,
};
use crate::report::numbers::number;
use crate::scenario::nearest;
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use std::fmt::Write;
use std::time::Duration;

/// What FRED's terms of use ask programs to say.
pub const LEGAL: &str = "\
This product uses the FRED(R) API but is not endorsed or certified by the
Federal Reserve Bank of St. Louis.";

#[derive(Subcommand)]
pub enum DataCommand {
    /// Fetch what is new of official series; with FRED_API_KEY set, FRED is asked through its API
    #[command(after_help = LEGAL)]
    Pull(PullArguments),
    /// Tell which series are in the folder, up to when, and what each feeds
    #[command(after_help = LEGAL)]
    Status(StatusArguments),
}

#[derive(Args)]
pub struct PullArguments {
    /// Series, as `tidegate data status` names them [default: all]
    #[arg(value_name = "SERIES")]
    names: Vec<String>,
    #[command(flatten)]
    data: DataFolder,
    /// Seconds to wait for an answer to begin
    #[arg(long, value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=3600))]
    timeout: u64,
    /// How often to ask again after a failure that may pass
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u32).range(0..=20))]
    retries: u32,
    /// The day up to which to fetch [default: today]
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
    /// Base address of FRED's CSV download
    #[arg(long, value_name = "URL", env = "TIDEGATE_FRED", hide_env_values = true)]
    fred: Option<String>,
    /// Base address of the FRED API
    #[arg(long, value_name = "URL", env = "TIDEGATE_FRED_API", hide_env_values = true)]
    fred_api: Option<String>,
    /// Base address of the New York Fed's markets service
    #[arg(long, value_name = "URL", env = "TIDEGATE_NEW_YORK_FED", hide_env_values = true)]
    new_york_fed: Option<String>,
    /// Base address of the Treasury's fiscal data service
    #[arg(long, value_name = "URL", env = "TIDEGATE_FISCAL_DATA", hide_env_values = true)]
    fiscal_data: Option<String>,
}

/// Does what is asked of the folder.
pub fn data(command: &DataCommand) -> Result<(), Failure> {
    match command {
        DataCommand::Pull(arguments) => pull(arguments),
        DataCommand::Status(arguments) => data_status::status(arguments),
    }
}

/// The calendar day of now, coordinated universal time: the publishers' day or, in their evening, the next.
pub fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

fn pull(arguments: &PullArguments) -> Result<(), Failure> {
    let sources = sources(&arguments.names)?;
    let client = client(arguments)?;
    let store = Store::new(&arguments.data.folder);
    let bar = progress_bar(sources.len());
    let fates = pull_all(&client, &store, &sources, arguments.today.unwrap_or_else(today), &|source| {
        bar.set_message(source.file());
        bar.inc(1);
    });
    bar.finish_and_clear();
    print(&page(&fates, &store))?;
    let failures: Vec<String> = fates
        .iter()
        .filter_map(|(_, fate)| match fate {
            Fate::Failed(error) => Some(error.to_string()),
            _ => None,
        })
        .collect();
    if failures.is_empty() { Ok(()) } else { Err(Failure::Download(failures)) }
}

/// What is asked for by name, each once.
fn sources(names: &[String]) -> Result<Vec<Source>, Failure> {
    if names.is_empty() {
        return Ok(Source::all());
    }
    let mut sources = Vec::new();
    for name in names {
        let source = Source::named(name).ok_or_else(|| unknown(name))?;
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    Ok(sources)
}

fn unknown(name: &str) -> Failure {
    let lower: Vec<String> = Source::names().map(str::to_lowercase).collect();
    let meant = match nearest(name, lower.iter().map(String::as_str)) {
        Some(meant) => format!("; did you mean `{}`?", meant.to_uppercase()),
        None => "; `tidegate data status` lists them".to_owned(),
    };
    Failure::Argument(format!("there is no series `{name}`{meant}"))
}

fn client(arguments: &PullArguments) -> Result<Client, Failure> {
    let mut addresses = Addresses::default();
    for (service, address) in [
        (Service::Fred, &arguments.fred),
        (Service::FredApi, &arguments.fred_api),
        (Service::NewYorkFed, &arguments.new_york_fed),
        (Service::FiscalData, &arguments.fiscal_data),
    ] {
        if let Some(address) = address.as_ref().filter(|address| !address.is_empty()) {
            addresses.set(service, address).map_err(Failure::Argument)?;
        }
    }
    let patience = Patience {
        timeout: Duration::from_secs(arguments.timeout),
        attempts: arguments.retries + 1,
        ..Patience::default()
    };
    let key = std::env::var("FRED_API_KEY").ok().and_then(|key| Key::new(&key));
    Client::new(addresses, key, patience).map_err(|error| match error {
        open @ DownloadError::KeyInTheOpen { .. } => Failure::Argument(open.to_string()),
        other => Failure::Download(vec![other.to_string()]),
    })
}

/// A line for every file, and a count.
fn page(fates: &[(Source, Fate)], store: &Store) -> String {
    let mut text = String::new();
    let (mut changed, mut unchanged, mut failed, mut skipped) = (0, 0, 0, Vec::new());
    for (source, fate) in fates {
        match fate {
            Fate::Pulled(changes) => {
                for change in changes {
                    let _ = writeln!(text, "{}", line(*source, change));
                    *(if change.changed { &mut changed } else { &mut unchanged }) += 1;
                }
            }
            Fate::Failed(_) => {
                let _ = writeln!(text, "{:<50} failed", label(*source, &source.file()));
                failed += 1;
            }
            Fate::Skipped(service) => {
                let _ = writeln!(text, "{:<50} not asked for", label(*source, &source.file()));
                if !skipped.contains(service) {
                    skipped.push(*service);
                }
            }
        }
    }
    let _ = writeln!(
        text,
        "\n{}: {changed} with something new, {unchanged} as before, {failed} failed",
        store.folder().display()
    );
    for service in skipped {
        let _ = writeln!(text, "{} was left alone after two failures in a row", service.name());
    }
    text
}

/// `nyfed/reference_rates.csv SOFR   to 2026-03-31   +3 rows`.
fn line(source: Source, change: &Change) -> String {
    let to = change.to.map_or_else(|| "empty".to_owned(), |to| format!("to {to}"));
    let news = match (change.added, change.changed) {
        (0, false) => "nothing new".to_owned(),
        (0, true) => "revised".to_owned(),
        (1, _) => "+1 row".to_owned(),
        (added, _) => format!("+{} rows", number(added as f64, 0)),
    };
    format!("{:<50} {to:<14} {news}", label(source, &change.file))
}

fn label(source: Source, file: &str) -> String {
    match source {
        Source::ReferenceRate(rate) => format!("{file} {rate}"),
        _ => file.to_owned(),
    }
}

/// A bar on standard error, if that is a terminal; nothing in a pipe.
fn progress_bar(files: usize) -> ProgressBar {
    let style =
        ProgressStyle::with_template("{bar:30} {human_pos} of {human_len}  {msg}").expect("the template is valid");
    let bar = ProgressBar::new(files as u64).with_style(style);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
