//! A parameter file as those read it who put it into scenarios of their own making.

use crate::model::{PARAMETERS, ParameterInfo};
use crate::scenario::calibration::PARAMETER_FILE;
use crate::scenario::codes;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::missing::report_missing_below;
use crate::scenario::node::Value;
use crate::scenario::problems::Problems;
use crate::scenario::reader::read;
use crate::scenario::scenario::Quantity;
use crate::scenario::source::Source;
use jiff::civil::Date;

/// What a calibration found.
#[derive(Clone, Debug)]
pub struct FittedParameters {
    /// One line for headings.
    pub title: String,
    /// The day at whose close the window opened.
    pub from: Date,
    /// The last day whose misses counted.
    pub to: Date,
    /// The values, in the order of the file; those that differ from path to path are distributions.
    pub parameters: Vec<(&'static ParameterInfo, Quantity)>,
}

/// Reads the text of a parameter file that a calibration wrote, shown as `name` in messages.
///
/// # Errors
/// Everything that is wrong with it; that it does not say on which days it was fitted is among it.
pub fn fitted_parameters(name: &str, text: &str) -> Result<FittedParameters, Problems> {
    let mut problems = Problems::default();
    let source = Source::from_text(name, text);
    let found = read(&source, PARAMETER_FILE, "a parameter file", &mut problems);
    if !found.broken {
        report_missing_below(&found.table, PARAMETER_FILE, "a parameter file", &mut problems);
    }
    let fitted = found.table.table("fitted");
    let days = fitted.and_then(|fitted| Some((fitted.date("from")?, fitted.date("to")?)));
    match (found.table.text("title"), days) {
        (Some(title), Some((from, to))) if problems.is_empty() => {
            let entries = found.table.table("parameters").into_iter().flat_map(|table| &table.entries);
            let parameters = entries.filter_map(|entry| {
                let info = PARAMETERS.iter().find(|info| info.name == entry.name)?;
                let Value::Quantity(quantity) = &entry.node.value else { return None };
                Some((info, quantity.clone()))
            });
            Ok(FittedParameters { title: title.to_owned(), from, to, parameters: parameters.collect() })
        }
        (_, days) => {
            if days.is_none() && problems.is_empty() {
                let message = "a parameter file needs the table `[fitted]` to be used from its window's end on";
                let diagnostic = Diagnostic::error(codes::MISSING_KEY, &found.table.place, message);
                problems.push(diagnostic.label("`fitted` is missing"));
            }
            problems.sort(&source.path);
            Err(problems)
        }
    }
}
