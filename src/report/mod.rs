//! What people look at: charts, the page of a run, and that of the scorecard.

pub mod charts;
pub mod comparison;
mod finished_run;
mod hands;
mod html;
mod markdown;
mod memory;
pub mod numbers;
pub mod page;
mod pictures;
mod run_page;
pub mod scorecard;
pub mod study;
mod table;

pub use comparison::{difference, side_by_side};
pub use finished_run::FinishedRun;
pub use hands::{Episode, hands};
pub use memory::check_memory;
pub use pictures::{NamedChart, charts_of, picture_files};
pub use run_page::{RunFacts, corridor, digits, marks, risk_days, unit};

/// A text with a capital letter at its head.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// A text without a capital letter at its head.
pub fn uncapitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}
