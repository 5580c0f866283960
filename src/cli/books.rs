//! `tidegate books`: who owes what to whom, and which flow moves what.

use super::failure::Failure;
use super::print;
use crate::model::{FLOWS, FUNDING_LEDGER, Flow, INSTRUMENTS, SECTORS};
use crate::scenario;
use clap::Args;
use std::fmt::Write;

#[derive(Args)]
pub struct BooksArguments {
    /// The scenario whose opening balance sheet is printed
    #[arg(value_name = "SCENARIO", default_value = "baseline_2025q4")]
    scenario: String,
}

/// Width of the column of names.
const NAMES: usize = 28;
/// Width of a sector's column.
const COLUMN: usize = 10;

/// Prints both matrices.
pub fn books(arguments: &BooksArguments) -> Result<(), Failure> {
    let scenario = scenario::load(&arguments.scenario)?;
    let plan = scenario::plan(&scenario);
    let mut text = format!("Balance sheet at the close of {}, $bn; assets +, liabilities −\n\n", plan.opening_date);
    header(&mut text);
    let mut net_worth = vec![0.0; SECTORS.len()];
    for (instrument, name) in INSTRUMENTS.iter().enumerate() {
        let cells: Vec<f64> =
            (0..SECTORS.len()).map(|sector| plan.opening.0[sector * INSTRUMENTS.len() + instrument]).collect();
        for (worth, cell) in net_worth.iter_mut().zip(&cells) {
            *worth += cell;
        }
        row(&mut text, name, &cells);
    }
    row(&mut text, "sum", &net_worth);
    text.push_str("\nA column sums to what the sector owns net of what it owes in these instruments; loans to households\nand firms, and equity, are outside them. Rows sum to zero: every asset is somebody's liability.\n");

    text.push_str("\nTransactions-flow matrix: what one dollar of each flow adds to a sector's holdings\n\n");
    header(&mut text);
    let ledger = FUNDING_LEDGER;
    for &flow in Flow::ALL {
        let declaration = &FLOWS[flow as usize];
        let _ = writeln!(text, "{} ({})", declaration.name, flow.hand().name());
        for (instrument, name) in INSTRUMENTS.iter().enumerate() {
            let cells: Vec<i32> =
                (0..SECTORS.len()).map(|sector| ledger.effect(flow as usize, sector, instrument)).collect();
            if cells.iter().any(|&cell| cell != 0) {
                signs(&mut text, name, &cells);
            }
        }
    }
    print(&text)
}

fn header(text: &mut String) {
    let _ = write!(text, "{:NAMES$}", "");
    for sector in SECTORS.iter().copied().chain(["sum"]) {
        let short = match sector {
            "foreign official" => "foreign",
            "money funds" => "funds",
            sector => sector,
        };
        let _ = write!(text, "{short:>COLUMN$}");
    }
    text.push('\n');
}

fn row(text: &mut String, name: &str, cells: &[f64]) {
    let _ = write!(text, "{name:NAMES$}");
    let sum: f64 = cells.iter().sum();
    for cell in cells.iter().copied().chain([sum]) {
        // Rounding may leave a negative nothing.
        let shown = if cell.abs() < 0.05 { "·".to_owned() } else { format!("{cell:.1}").replace('-', "−") };
        let _ = write!(text, "{shown:>COLUMN$}");
    }
    text.push('\n');
}

fn signs(text: &mut String, name: &str, cells: &[i32]) {
    let _ = write!(text, "  {name:width$}", width = NAMES - 2);
    let sum: i32 = cells.iter().sum();
    for cell in cells {
        let shown = match cell {
            0 => "·".to_owned(),
            cell => format!("{cell:+}").replace('-', "−"),
        };
        let _ = write!(text, "{shown:>COLUMN$}");
    }
    let _ = writeln!(text, "{sum:>COLUMN$}");
}
