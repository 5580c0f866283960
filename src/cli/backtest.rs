//! `tidegate backtest`: how far to trust the model, from its own forecasts of the past.

use super::data_folder::DataFolder;
use super::failure::Failure;
use super::print;
use crate::backtest::{BACKTEST_FOLDER, FIRST_ORIGIN, LAST_ORIGIN, origins};
use crate::report::scorecard::{Asked, Judged, Unjudged, markdown, terminal};
use crate::results::{check_place, write_folder};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use std::path::PathBuf;

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
    let BacktestArguments { from, to, paths, seed, out, parameters, .. } = arguments;
    check_place(out, BACKTEST_FOLDER)?;
    let folder = &arguments.data.folder;
    let asked = Asked { folder, from: *from, to: *to, paths: *paths, seed: *seed, parameters };
    let bar = ProgressBar::new(origins(*from, *to).len() as u64).with_style(style());
    let judged = Judged::of(&asked, &|| bar.inc(1));
    bar.finish_and_clear();
    let judged = judged?;
    write_folder(out, BACKTEST_FOLDER, &judged.files())?;
    if arguments.markdown {
        return print(&markdown(&judged.card));
    }
    print(&format!("{}\nResults in {}\n", terminal(&judged.card), out.display()))
}

impl From<Unjudged> for Failure {
    fn from(error: Unjudged) -> Failure {
        match error {
            Unjudged::Parameters(problems) => Failure::Scenario(problems),
            Unjudged::Argument(message) => Failure::Argument(message),
            Unjudged::Leak(leak) => Failure::Leak(leak),
        }
    }
}

/// On standard error, if that is a terminal; nothing in a pipe.
fn style() -> ProgressStyle {
    ProgressStyle::with_template("backtest {bar:30} {human_pos} of {human_len} origins, {eta} left")
        .expect("the template is valid")
}
