//! Numbers of outputs and inputs as they are told.

use crate::report::numbers::number;
use crate::research::study::{Input, Output};
use crate::statistics::Measured;
use crate::units::Unit;

/// Decimals shown of an output.
pub fn digits(unit: Unit) -> usize {
    match unit {
        Unit::Billions => 0,
        Unit::Percent => 2,
        _ => 1,
    }
}

/// In the unit that is told: a share in percent.
pub fn scaled(value: f64, unit: Unit) -> f64 {
    if unit == Unit::Share { 100.0 * value } else { value }
}

/// The unit on charts.
pub fn symbol(unit: Unit) -> &'static str {
    if unit == Unit::Billions { "$bn" } else { unit.suffix() }
}

/// A value of an output with its unit: `2,813 $bn`, `12.3%`.
pub fn told(value: f64, output: &Output) -> String {
    let unit = output.unit();
    let shown = number(scaled(value, unit), digits(unit));
    match unit {
        Unit::Share | Unit::Percent => format!("{shown}%"),
        Unit::Billions => format!("${shown}bn"),
        _ => format!("{shown}{}", unit.suffix()),
    }
}

/// A value of an output in a table.
pub fn cell(value: f64, output: &Output) -> String {
    number(scaled(value, output.unit()), digits(output.unit()))
}

/// A measured value in a table: `2,813 ± 4`.
pub fn with_error(measured: Measured, output: &Output) -> String {
    let digits = digits(output.unit());
    let error = scaled(measured.error, output.unit());
    // An error of less than the last digit shown is told to one significant digit.
    let more = if error > 0.0 && error < 0.5 * 10f64.powi(-(digits as i32)) { digits + 1 } else { digits };
    format!("{} ±{}", cell(measured.value, output), number(error, more))
}

/// The head of an output's column.
pub fn head(output: &Output) -> String {
    format!("{}, {}", output.name, symbol(output.unit()))
}

/// An input and the value it has: `hoarding 50bn`.
pub fn at(input: &Input, value: f64) -> String {
    format!("{} {}", input.label(), input.typed(value))
}

/// All inputs of a point.
pub fn at_point(inputs: &[Input], point: &[f64]) -> String {
    inputs.iter().zip(point).map(|(input, &value)| at(input, value)).collect::<Vec<_>>().join(", ")
}
