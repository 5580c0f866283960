//! `tidegate calibrate`: from a calibration file and a folder of history to a parameter file and a page on the terminal.

use super::data_folder::DataFolder;
use super::failure::Failure;
use super::overrides::use_threads;
use super::print;
use crate::calibration::{
    Calibrated, CalibrationError, Cell, CellScore, ForecastProblem, ForecastsFitted, PatternSearch, Problem, Search,
    cannot_tell, checkpoint, conclude, miss, parameter_file, prepare, search,
};
use crate::history::{Fingerprint, History};
use crate::model::PARAMETERS;
use crate::results::write_whole;
use crate::scenario::{self, Calibration};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

#[derive(Args)]
pub struct CalibrateArguments {
    /// A calibration file: which parameters, which window, which targets
    #[arg(value_name = "FILE")]
    calibration: String,
    #[command(flatten)]
    data: DataFolder,
    /// Folder of the parameter file
    #[arg(long, value_name = "DIR", default_value = "output")]
    out: PathBuf,
    /// Threads to use; the result is the same for any number [default: all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

/// Fits, writes the parameter file and prints what was found.
pub fn calibrate(arguments: &CalibrateArguments) -> Result<(), Failure> {
    let calibration = scenario::load_calibration(&arguments.calibration)?;
    use_threads(arguments.threads);
    let told = |error: CalibrationError| Failure::Argument(error.to_string());
    let folder = &arguments.data.folder;
    let missing = |error: &dyn std::fmt::Display| {
        let folder = folder.display();
        format!("{error}; `tidegate data pull --data {folder}` fetches it, or `--data DIR` names another folder")
    };
    let history = History::open(folder).map_err(|error| Failure::Argument(missing(&error)))?;
    let data =
        Fingerprint::of_folder(folder).map_err(|error| Failure::Argument(format!("cannot read the data: {error}")))?;
    let problem = prepare(&calibration, &history).map_err(told)?;
    fs::create_dir_all(&arguments.out).map_err(|error| Failure::File(arguments.out.clone(), error))?;
    let unfinished = arguments.out.join(format!("{}.unfinished", calibration.name));
    let searches = search_all(&calibration, &problem, data, &unfinished)?;
    let mut calibrated = conclude(&calibration, &problem, &history, searches).map_err(told)?;
    if let Some(forecasts) = ForecastProblem::new(&calibration, &problem, &calibrated, &history).map_err(told)? {
        let search = search_sizes(&calibration, &forecasts, data, &unfinished)?;
        calibrated.forecasts = Some(forecasts.conclude(&search).map_err(told)?);
    }
    let file = arguments.out.join(format!("{}.parameters.toml", calibration.name));
    write_whole(&file, parameter_file(&calibration, &calibrated, data).as_bytes())
        .map_err(|error| Failure::File(file.clone(), error))?;
    // Of no use once the result is there; if it cannot be removed, the next calibration of the file reads it.
    let _ = fs::remove_file(&unfinished);
    print(&page(&calibration, &calibrated, &file))
}

/// Carries out the searches that the checkpoint does not hold, and adds each to it as it ends.
fn search_all(
    calibration: &Calibration,
    problem: &Problem,
    data: Fingerprint,
    unfinished: &Path,
) -> Result<Vec<Search>, Failure> {
    let owner = checkpoint::owner(&calibration.text, data);
    let text = fs::read_to_string(unfinished).unwrap_or_default();
    let mut searches = checkpoint::read(&text, owner, problem.coordinates.len());
    searches.retain(|search| search.number < calibration.starts);
    let failed = |error: io::Error| Failure::File(unfinished.to_owned(), error);
    // Written anew, so that nothing cut short stays in it.
    let coordinates = calibration.forecasts.as_ref().map_or(0, |fit| fit.sizes.len() + fit.spreads.len());
    let round = checkpoint::read_round(&text, owner, coordinates).map(|round| checkpoint::round_line(&round));
    let searched: String = searches.iter().map(checkpoint::line).collect();
    let kept = checkpoint::heading(owner) + &searched + &round.unwrap_or_default();
    write_whole(unfinished, kept.as_bytes()).map_err(failed)?;
    let file = Mutex::new(OpenOptions::new().append(true).open(unfinished).map_err(failed)?);
    let bar = progress_bar(calibration, "searches", calibration.starts, searches.len() as u64);
    let left: Vec<u64> =
        (0..calibration.starts).filter(|number| searches.iter().all(|search| search.number != *number)).collect();
    let found: Vec<Result<Option<Search>, io::Error>> = left
        .into_par_iter()
        .map(|number| {
            let found = search(problem, calibration.seed, number);
            if let Some(found) = &found {
                let mut file = file.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
                file.write_all(checkpoint::line(found).as_bytes()).and_then(|()| file.sync_data())?;
            }
            bar.inc(1);
            Ok(found)
        })
        .collect();
    bar.finish_and_clear();
    for one in found {
        searches.extend(one.map_err(failed)?);
    }
    Ok(searches)
}

/// Carries out the rounds of the third stage that the checkpoint does not hold, and adds each to it as it ends.
fn search_sizes(
    calibration: &Calibration,
    forecasts: &ForecastProblem<'_>,
    data: Fingerprint,
    unfinished: &Path,
) -> Result<PatternSearch, Failure> {
    let owner = checkpoint::owner(&calibration.text, data);
    let failed = |error: io::Error| Failure::File(unfinished.to_owned(), error);
    let text = fs::read_to_string(unfinished).map_err(failed)?;
    let mut file = OpenOptions::new().append(true).open(unfinished).map_err(failed)?;
    let mut search = checkpoint::read_round(&text, owner, forecasts.coordinates()).unwrap_or_else(|| forecasts.start());
    let a_round = forecasts.coordinates() as u64;
    let bar = progress_bar(calibration, "moves", forecasts.rounds() * a_round, search.rounds * a_round);
    while search.rounds < forecasts.rounds() {
        forecasts.round(&mut search, &|| bar.inc(1));
        file.write_all(checkpoint::round_line(&search).as_bytes()).and_then(|()| file.sync_data()).map_err(failed)?;
    }
    bar.finish_and_clear();
    Ok(search)
}

fn progress_bar(calibration: &Calibration, of: &str, whole: u64, done: u64) -> ProgressBar {
    let template = format!("{{msg}} {{bar:30}} {{human_pos}} of {{human_len}} {of}, {{elapsed}}");
    let style = ProgressStyle::with_template(&template).expect("the template is valid");
    let bar = ProgressBar::new(whole).with_style(style).with_message(calibration.name.clone());
    bar.set_position(done);
    bar.tick();
    bar
}

/// The page for the terminal, eighty columns wide.
fn page(calibration: &Calibration, calibrated: &Calibrated, file: &Path) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{}", calibration.title);
    let agree = calibrated
        .searches
        .iter()
        .filter(|search| search.sum_of_squares < 1.001 * calibrated.best.sum_of_squares + 1e-9)
        .count();
    let _ = writeln!(
        text,
        "{} to {}, run free to {}\n{agree} of {} searches end at the best\n",
        calibration.from,
        calibration.to,
        calibration.run_to,
        calibrated.searches.len()
    );
    let _ =
        writeln!(text, "{:28}{:>8} {:>8}   {:<7}{:>9}   verdict", "parameter", "before", "after", "s.e.", "prior sd");
    for estimate in &calibrated.identification.estimates {
        let unit = PARAMETERS.iter().find(|info| info.name == estimate.name).map_or("", |info| info.unit.suffix());
        // A share is shown as one, not in percent.
        let unit = if unit.is_empty() || unit == "%" { String::new() } else { format!(", {unit}") };
        let _ = writeln!(
            text,
            "{:28}{:>8} {:>8} ± {:<7}{:>9}   {}",
            format!("{}{unit}", estimate.name),
            digits(estimate.prior_mean),
            digits(estimate.value),
            if estimate.standard_error > 0.0 { digits(estimate.standard_error) } else { "–".to_owned() },
            digits(estimate.prior_sd),
            estimate.verdict.name()
        );
    }
    let _ = writeln!(
        text,
        "\n{:27}{:>9} {:>9} {:>11} {:>9}",
        "weekly miss (RMSE)", "before", "window", "after it", "whole run"
    );
    for misses in &calibrated.misses {
        let show = |value: f64| miss(value, misses.measure);
        let _ = writeln!(
            text,
            "{:27}{:>9} {:>9} {:>11} {:>9}",
            misses.measure.title(),
            show(misses.before),
            show(misses.within),
            misses.after.map_or_else(|| "–".to_owned(), show),
            show(misses.all)
        );
    }
    if !calibrated.shocks.is_empty() {
        let _ = writeln!(text, "\n{:27}{:>9} {:>9}", "size of shock", "before", "after");
        for size in &calibrated.shocks {
            let _ = writeln!(text, "{:27}{:>9} {:>9}", size.name, digits(size.before), digits(size.after));
        }
    }
    if let Some(fitted) = &calibrated.forecasts {
        text.push_str(&forecasts_table(fitted));
    }
    let _ = writeln!(
        text,
        "\nCondition number {:.0}; eigenvalues of the data's information, prior = 1:",
        calibrated.identification.condition
    );
    let eigenvalues: Vec<String> = calibrated.identification.eigenvalues.iter().map(|value| digits(*value)).collect();
    text.push_str(&wrapped(&eigenvalues.join("  ")));
    for note in cannot_tell(calibrated) {
        text.push_str(&wrapped(&note));
    }
    let _ = writeln!(text, "\nParameters in {}", file.display());
    text
}

/// What the third stage found.
fn forecasts_table(fitted: &ForecastsFitted) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "\nBy the scores of forecasts from {} origins: loss {:.1} → {:.1}\n{:34}{:>9} {:>9}",
        fitted.origins, fitted.loss.0, fitted.loss.1, "size", "before", "after"
    );
    for size in &fitted.sizes {
        let what = if size.is_spread { format!("spread of {}", size.info.name) } else { size.info.name.to_owned() };
        let _ = writeln!(text, "{what:34}{:>9} {:>9}", digits(size.before), digits(size.after));
    }
    let _ = writeln!(text, "\n{:34}{:>16} {:>11} {:>11}", "", "CRPS", "90% band", "50% band");
    for (before, after) in fitted.before.iter().zip(&fitted.after) {
        let when = match before.cell {
            Cell::Horizon(days) => format!("{days} days ahead"),
            Cell::QuarterEnds => "quarter-ends".to_owned(),
            Cell::TaxDates => "tax dates".to_owned(),
            Cell::Settlements => "settlements".to_owned(),
        };
        let held = |of: fn(&CellScore) -> f64| format!("{:.0}% → {:.0}%", 100.0 * of(before), 100.0 * of(after));
        let _ = writeln!(
            text,
            "{:34}{:>16} {:>11} {:>11}",
            format!("{}, {}, {when}", before.target.name(), before.target.unit()),
            format!("{} → {}", digits(before.crps), digits(after.crps)),
            held(|score| score.inside_90),
            held(|score| score.inside_50)
        );
    }
    text
}

/// Four digits or so.
fn digits(value: f64) -> String {
    match value.abs() {
        size if size >= 1000.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 1.0 || size == 0.0 => format!("{value:.2}"),
        size if size >= 0.01 => format!("{value:.3}"),
        _ => format!("{value:.4}"),
    }
}

/// Words in lines of eighty columns.
fn wrapped(words: &str) -> String {
    let mut text = String::new();
    let mut width = 0;
    for word in words.split_whitespace() {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > 80 {
            text.push('\n');
            width = 0;
        }
        if width > 0 {
            text.push(' ');
            width += 1;
        }
        text.push_str(word);
        width += length;
    }
    text + "\n"
}
