//! `tidegate vintage make DATE`: a starting balance sheet from official history.

use super::data_folder::DataFolder;
use super::failure::Failure;
use super::print;
use crate::as_of::{AsOfError, known_of, vintage as made_as_of, vintage_text};
use crate::history::{History, HistoryError};
use crate::results::write_whole;
use clap::{Args, Subcommand};
use jiff::civil::Date;
use std::path::PathBuf;

#[derive(Args)]
pub struct VintageArguments {
    #[command(subcommand)]
    command: VintageCommand,
}

#[derive(Subcommand)]
enum VintageCommand {
    /// Write the balance sheet, rates and behavioural state of a business day, each figure with its source
    Make(MakeArguments),
}

#[derive(Args)]
struct MakeArguments {
    /// The day at whose close it is taken, a business day since 2018-04-03
    #[arg(value_name = "DATE", value_parser = parse_date)]
    date: Date,
    #[command(flatten)]
    data: DataFolder,
    /// The file to write; otherwise DATE.toml here
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write over a file that exists
    #[arg(long)]
    force: bool,
}

fn parse_date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write the day like 2025-10-01".to_owned())
}

/// Makes a vintage.
pub fn vintage(arguments: &VintageArguments) -> Result<(), Failure> {
    let VintageCommand::Make(arguments) = &arguments.command;
    let out = arguments.out.clone().unwrap_or_else(|| format!("{}.toml", arguments.date).into());
    if out.exists() && !arguments.force {
        return Err(Failure::Argument(format!("{} exists; `--force` writes over it", out.display())));
    }
    let history = History::open(&arguments.data.folder).map_err(wrong)?;
    let made = made_as_of(&known_of(&history, arguments.date), arguments.date).map_err(told)?;
    write_whole(&out, vintage_text(&made).as_bytes()).map_err(|error| Failure::File(out.clone(), error))?;
    let name = out.file_name().unwrap_or(out.as_os_str()).to_string_lossy();
    print(&format!(
        "{}: {}, total assets {:.1}, reserves {:.1}, TGA {:.1}, ON RRP {:.1} $bn\n\n\
         A scenario beside it starts from it with\n\n\
         \x20   [horizon]\n    start = {}\n\n    [vintage]\n    file = \"{name}\"\n",
        out.display(),
        made.title,
        made.fed.total_assets.value,
        made.fed.reserves.value,
        made.fed.tga.value,
        made.fed.on_rrp.value,
        made.date,
    ))
}

fn told(error: AsOfError) -> Failure {
    match error {
        AsOfError::History(error) => wrong(error),
        error => Failure::Argument(error.to_string()),
    }
}

fn wrong(error: HistoryError) -> Failure {
    Failure::Argument(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario;
    use std::fs;

    /// A scenario beside the file starts from it, as the command says.
    #[test]
    fn a_vintage_made_here_can_be_named_by_a_scenario_beside_it() {
        let Some(data) = std::env::var_os("TIDEGATE_DATA") else {
            println!("skipped: TIDEGATE_DATA names no folder of official series");
            return;
        };
        let folder = tempfile::tempdir().expect("a temporary folder");
        let out = folder.path().join("2025-10-14.toml");
        let make = |force| {
            let date = jiff::civil::date(2025, 10, 14);
            let arguments =
                MakeArguments { date, data: DataFolder { folder: data.clone().into() }, out: Some(out.clone()), force };
            vintage(&VintageArguments { command: VintageCommand::Make(arguments) })
        };
        assert!(make(false).is_ok());
        assert!(
            make(false).is_err_and(|failure| matches!(failure, Failure::Argument(told) if told.contains("--force")))
        );
        assert!(make(true).is_ok());
        let story = folder.path().join("story.toml");
        let text = "title = 't'\nextends = 'baseline_2025q4'\n[horizon]\nstart = 2025-10-14\nend = 2026-02-27\n\
                    [vintage]\nfile = '2025-10-14.toml'\n";
        fs::write(&story, text).expect("the file can be written");
        let loaded = scenario::load(&story.to_string_lossy()).unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(loaded.vintage.date, jiff::civil::date(2025, 10, 14));
    }
}
