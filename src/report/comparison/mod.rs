//! Worlds side by side as people look at them: a page, a note, tables, pictures, and what differs in their files.

mod charts;
mod csv;
mod days;
mod files;
mod folder;
mod page;
mod record;
mod tables;
mod why;
mod words;

pub use charts::{difference, side_by_side};
pub use folder::Named;
pub use record::{COMPARISON_FOLDER, ComparisonRecord};
pub use tables::{figures, hands, reasons, watches};
pub use words::{LOST, answer, command, errors_are, letter, made, strangers, title};

use crate::research::Comparison;

/// Everything that is known of a comparison.
pub struct ComparisonFacts<'a> {
    /// What was found.
    pub found: &'a Comparison,
    /// What needs saying of the runs that were compared.
    pub notes: &'a [String],
    /// What to type to have the same again.
    pub command: &'a str,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{self, Scenario};
    use jiff::civil::date;

    /// Shipped scenarios compared on a few paths and weeks, each changed somehow before.
    pub(super) fn compared(names: &[&str], change: &dyn Fn(usize, &mut Scenario)) -> Comparison {
        let worlds = names.iter().enumerate().map(|(number, name)| {
            let mut scenario = scenario::load(name).expect("ships");
            scenario.end = date(2025, 11, 14);
            scenario.set_paths(64);
            change(number, &mut scenario);
            ((*name).to_owned(), scenario)
        });
        Comparison::of(worlds.collect(), &|_| ()).expect("no leak")
    }
}
