//! The Python module `tidegate._tidegate`: what the library answers, as Python objects.
//!
//! No number is made here. Every function calls the one that the command line calls, with the interpreter's lock released,
//! and what it returns is shown through Arrow, numpy or plain Python values.

mod chart;
mod comparison;
mod failure;
mod findings;
mod finished;
mod interrupt;
mod json;
mod listing;
mod notebook;
mod overrides;
mod run;
mod scorecard;
mod shards;
mod study;
mod table;

use pyo3::prelude::*;

#[pymodule]
fn _tidegate(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("ScenarioError", module.py().get_type::<failure::ScenarioError>())?;
    module.add_class::<chart::Chart>()?;
    module.add_class::<comparison::Comparison>()?;
    module.add_class::<finished::Run>()?;
    module.add_class::<scorecard::Backtest>()?;
    module.add_class::<findings::Study>()?;
    module.add_class::<table::Table>()?;
    module.add_function(wrap_pyfunction!(run::run, module)?)?;
    module.add_function(wrap_pyfunction!(comparison::compare, module)?)?;
    module.add_function(wrap_pyfunction!(scorecard::backtest, module)?)?;
    module.add_function(wrap_pyfunction!(shards::plan, module)?)?;
    module.add_function(wrap_pyfunction!(shards::shard, module)?)?;
    module.add_function(wrap_pyfunction!(shards::merge, module)?)?;
    module.add_function(wrap_pyfunction!(study::sweep, module)?)?;
    module.add_function(wrap_pyfunction!(study::sensitivity, module)?)?;
    module.add_function(wrap_pyfunction!(listing::scenarios, module)?)?;
    module.add_function(wrap_pyfunction!(listing::variables, module)?)?;
    module.add_function(wrap_pyfunction!(listing::parameters, module)?)?;
    Ok(())
}
