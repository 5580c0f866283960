//! The command line: the only room that knows of arguments, colours, a terminal and exit codes.

mod amplification;
mod backtest;
mod books;
mod calibrate;
mod check;
mod compare;
mod compare_page;
mod count;
mod data;
mod data_folder;
mod data_status;
mod discover;
mod explain;
mod failure;
mod interrupt;
mod list;
mod loop_words;
mod merge;
mod overrides;
mod plan;
mod report;
mod run;
mod schema;
mod sensitivity;
mod serve;
mod shard;
mod sketch;
mod solve;
mod study;
mod sweep;
mod terminal;
mod vintage;

use clap::{Parser, Subcommand};
use failure::Failure;
use std::io::{self, Write};
use std::process::ExitCode;

/// Simulates scenarios of US dollar funding liquidity: what happens to bank reserves and overnight rates,
/// with what probability, and which flow did it.
#[derive(Parser)]
#[command(name = "tidegate", version, term_width = 100, propagate_version = true, after_help = EXIT_CODES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0    done
  1    a watch with a limit was breached
  2    the input is wrong
  3    a file could not be read, written or fetched
  101  a bug in tidegate; please report it
  130  interrupted; the same command goes on from where it was";

#[derive(Subcommand)]
enum Command {
    /// Simulate scenarios and leave a run folder for each
    Run(run::RunArguments),
    /// Share a run out among processes and machines
    Plan(plan::PlanArguments),
    /// Count shards of a planned run; those that are there and sound are left alone
    Shard(shard::ShardArguments),
    /// Add the shards of a planned run up to the folder that one process would write
    Merge(merge::MergeArguments),
    /// Compare runs or scenarios path by path: what differs, how surely, and why
    Compare(compare::CompareArguments),
    /// Write the page of a run again, with a remark, under another title, or as a note in Markdown
    Report(report::ReportArguments),
    /// Simulate a scenario at many points: grids, lists, Latin hypercubes, Sobol' points, or a table of one's own
    Sweep(sweep::SweepArguments),
    /// Tell on which assumptions a figure depends: tornado, elementary effects, shares of variance
    Sensitivity(sensitivity::SensitivityArguments),
    /// Find the value of an input at which a probability is as wanted
    Solve(solve::SolveArguments),
    /// Find the region of the inputs in which something happens
    Discover(discover::DiscoverArguments),
    /// Measure what the loop of hoarding and dealers' retreat adds, on the same paths with and without it
    #[command(alias = "amplify")]
    Amplification(amplification::AmplificationArguments),
    /// Forecast the past from what was known then, and score the forecasts
    Backtest(backtest::BacktestArguments),
    /// Fit parameters to official history and write them to a parameter file
    Calibrate(calibrate::CalibrateArguments),
    /// Report every problem of scenario files at once, without running them
    Check(check::CheckArguments),
    /// List the scenarios that ship with the program, or the model's parameters
    List(list::ListArguments),
    /// Explain a parameter, variable, mechanism, event, key, flow or error code; without a name, list them all
    Explain(explain::ExplainArguments),
    /// Print the balance sheet and the transactions-flow matrix of a vintage
    Books(books::BooksArguments),
    /// Try scenarios out on a page of this machine, with sliders for what matters
    Serve(serve::ServeArguments),
    /// Fetch official history from its publishers, or tell what of it is there and how old
    #[command(subcommand, after_help = data::LEGAL)]
    Data(data::DataCommand),
    /// Make a starting balance sheet of any business day since 3 April 2018 from official history
    Vintage(vintage::VintageArguments),
    /// Print a JSON Schema of scenario files, for editors
    Schema,
}

/// Runs the command line; the exit code is documented in `--help`.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are printed to standard output and are no error.
            let code = if error.use_stderr() { 2 } else { 0 };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let done = match arguments.command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Plan(arguments) => plan::plan(&arguments),
        Command::Shard(arguments) => shard::shard(&arguments),
        Command::Merge(arguments) => merge::merge(&arguments),
        Command::Compare(arguments) => compare::compare(&arguments),
        Command::Report(arguments) => report::report(&arguments),
        Command::Sweep(arguments) => sweep::sweep(&arguments),
        Command::Sensitivity(arguments) => sensitivity::sensitivity(&arguments),
        Command::Solve(arguments) => solve::run(&arguments),
        Command::Discover(arguments) => discover::discover(&arguments),
        Command::Amplification(arguments) => amplification::amplification(&arguments),
        Command::Backtest(arguments) => backtest::run(&arguments),
        Command::Calibrate(arguments) => calibrate::calibrate(&arguments),
        Command::Check(arguments) => check::check(&arguments),
        Command::List(arguments) => list::list(&arguments),
        Command::Explain(arguments) => explain::explain(&arguments),
        Command::Books(arguments) => books::books(&arguments),
        Command::Serve(arguments) => serve::serve(&arguments),
        Command::Data(command) => data::data(&command),
        Command::Vintage(arguments) => vintage::vintage(&arguments),
        Command::Schema => schema::schema(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.report();
            failure.exit_code()
        }
    }
}

/// Prints to standard output; a reader that has gone away is no error, as with `tidegate list | head`.
fn print(text: &str) -> Result<(), Failure> {
    let mut output = io::stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Output(error)),
        _ => Ok(()),
    }
}
