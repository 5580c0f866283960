//! What runs that keep values of every path may take.

use super::numbers::number;
use crate::scenario::Scenario;

/// Refuses a scenario of which two runs, with so many values of every path and day, would not fit into the memory of an
/// ordinary machine.
///
/// # Errors
/// How much they would take, in a sentence.
pub fn check_memory(scenario: &Scenario, values: usize) -> Result<(), String> {
    /// Most memory that the runs may take, bytes.
    const MOST: u64 = 32_000_000_000;
    let days = f64::from((scenario.end - scenario.start).get_days()) * 5.0 / 7.0;
    let bytes_per_path = 2 * (days as u64 + 2) * (values * size_of::<f64>()) as u64;
    if scenario.paths.saturating_mul(bytes_per_path) <= MOST {
        return Ok(());
    }
    Err(format!(
        "{} paths of `{}` would take {} GB of memory; at most {} paths fit into 32 GB",
        number(scenario.paths as f64, 0),
        scenario.name,
        number(scenario.paths as f64 * bytes_per_path as f64 / 1e9, 0),
        number((MOST / bytes_per_path) as f64, 0),
    ))
}
