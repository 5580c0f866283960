//! A diagram of the system, so that a tool that opens the file has something to show: the groups below one another, each a
//! grid of its variables in the order of a day, every stock with the flow that changes it at its side.

use super::system::{Group, Kind, System, Variable};
use super::text::escaped;
use std::fmt::Write;

/// Variables side by side.
const COLUMNS: usize = 8;

/// Distance of columns, of rows, and from the heading of a group to its first row, in pixels.
const ACROSS: usize = 180;
const DOWN: usize = 90;
const HEADING: usize = 60;

/// Half the width of a stock and of the pipe of a flow, in pixels.
const HALF_STOCK: usize = 23;
const HALF_PIPE: usize = 50;

/// The diagram, in XMILE's elements for views (OASIS 2015, section 6).
pub fn view(system: &System) -> String {
    let mut text = String::from("<view type=\"stock_flow\">\n");
    let mut top = DOWN;
    for group in &system.groups {
        let title = escaped(&group.title);
        let _ = writeln!(text, "<text_box x=\"{HEADING}\" y=\"{top}\" width=\"400\" height=\"30\">{title}</text_box>");
        top = write_group(&mut text, group, top + HEADING) + DOWN;
    }
    text.push_str("</view>\n");
    text
}

/// Draws the variables of a group from `top` on; where they end.
fn write_group(text: &mut String, group: &Group, top: usize) -> usize {
    let mut cell = 0;
    for variable in &group.variables {
        // A stock is not parted from the flow behind it by the end of a row.
        if matches!(variable.kind, Kind::Stock { .. }) && cell % COLUMNS == COLUMNS - 1 {
            cell += 1;
        }
        write_variable(text, variable, ACROSS / 2 + cell % COLUMNS * ACROSS, top + cell / COLUMNS * DOWN);
        cell += 1;
    }
    top + cell.div_ceil(COLUMNS) * DOWN
}

fn write_variable(text: &mut String, variable: &Variable, x: usize, y: usize) {
    let name = escaped(&variable.name);
    let _ = match variable.kind {
        Kind::Stock { .. } => writeln!(text, "<stock name=\"{name}\" x=\"{x}\" y=\"{y}\"/>"),
        Kind::Flow => {
            // A flow that changes a stock ends at its right side; one that is posted in many places has clouds at both ends.
            let to = if name.starts_with("change of ") { x + HALF_STOCK - ACROSS } else { x - HALF_PIPE };
            let from = x + HALF_PIPE;
            let ends = format!("<pt x=\"{from}\" y=\"{y}\"/><pt x=\"{to}\" y=\"{y}\"/>");
            writeln!(text, "<flow name=\"{name}\" x=\"{x}\" y=\"{y}\"><pts>{ends}</pts></flow>")
        }
        Kind::Auxiliary | Kind::Table(_) => writeln!(text, "<aux name=\"{name}\" x=\"{x}\" y=\"{y}\"/>"),
    };
}
