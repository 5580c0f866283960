//! `tidegate list`: the scenarios and vintages that ship with the program.

use super::failure::Failure;
use super::print;
use crate::scenario::{self, shipped};
use std::fmt::Write;

/// Prints name and title of every shipped scenario.
pub fn list() -> Result<(), Failure> {
    let width = shipped::SCENARIOS.iter().map(|shipped| shipped.name.len()).max().unwrap_or(0);
    let mut text = "Scenarios (`tidegate run NAME`)\n".to_owned();
    for shipped in shipped::SCENARIOS {
        let title = scenario::load(shipped.name).map_or_else(|_| String::new(), |scenario| scenario.title);
        let _ = writeln!(text, "  {:width$}  {title}", shipped.name);
    }
    text.push_str("\nVintages (`[vintage] file = \"NAME\"`)\n");
    for shipped in shipped::VINTAGES {
        let _ = writeln!(text, "  {}", shipped.name);
    }
    print(&text)
}
