//! Chosen variables along every path: in memory, or as `paths.parquet`, which has a row per path and published day.
//!
//! Paths are simulated once more, a stretch at a time; each becomes a row group, so that any number of paths can be written
//! in the memory that one stretch takes.

use super::parquet_file::ParquetFile;
use super::tables::{path_values, paths_table};
use crate::model::{Plan, VARIABLES, Variable};
use crate::scenario::{Scenario, nearest};
use crate::simulation::{LeakFound, Settings, simulate_paths};
use crate::statistics::{Outcomes, TILE};
use std::io::{self, Write};

/// Rows of a row group, about: what readers that go through groups in parallel are made for.
const ROWS: usize = 120_000;

/// How many paths make a stretch.
fn stretch(plan: &Plan) -> u64 {
    (ROWS / (plan.days.len() + 1)).max(1).next_multiple_of(TILE) as u64
}

/// Simulates a scenario stretch by stretch, and hands each to `take`.
fn each_stretch<E>(
    scenario: &Scenario,
    plan: &Plan,
    leak: impl Fn(LeakFound) -> E,
    mut take: impl FnMut(&Outcomes) -> Result<(), E>,
) -> Result<(), E> {
    for first in (0..scenario.paths).step_by(stretch(plan) as usize) {
        let paths = first..scenario.paths.min(first + stretch(plan));
        take(&simulate_paths(scenario, plan, paths, Settings::default(), &|_| ()).map_err(&leak)?)?;
    }
    Ok(())
}

/// Some variables along every path of a scenario, for each as [`path_values`] has them; `progress` is told how many more
/// paths are done.
///
/// # Errors
/// The books of a path do not add up.
pub fn simulate_values(
    scenario: &Scenario,
    plan: &Plan,
    variables: &[Variable],
    progress: &dyn Fn(u64),
) -> Result<Vec<Vec<f64>>, LeakFound> {
    let size = scenario.paths as usize * (plan.days.len() + 1);
    let mut values: Vec<Vec<f64>> = variables.iter().map(|_| Vec::with_capacity(size)).collect();
    each_stretch(
        scenario,
        plan,
        |leak| leak,
        |outcomes| {
            for (values, variable) in values.iter_mut().zip(variables) {
                values.extend(path_values(outcomes, plan, *variable));
            }
            progress(outcomes.paths() as u64);
            Ok(())
        },
    )?;
    Ok(values)
}

/// Writes some variables along every path of a scenario; `progress` is told how many more paths are done, and says whether
/// to go on.
///
/// # Errors
/// That of writing; one of the kind [`Interrupted`](io::ErrorKind::Interrupted) if it was not to go on; or the books of a
/// path do not add up.
pub fn write_paths(
    out: impl Write + Send,
    scenario: &Scenario,
    plan: &Plan,
    variables: &[Variable],
    about: &[(&str, String)],
    progress: &mut dyn FnMut(u64) -> bool,
) -> io::Result<()> {
    let mut out = Some(out);
    let mut file = None;
    each_stretch(scenario, plan, io::Error::other, |outcomes| {
        let table = paths_table(outcomes, plan, variables);
        if let Some(out) = out.take() {
            file = Some(ParquetFile::begin(out, &table, about)?);
        }
        file.as_mut().expect("begun with the first stretch").append(&table)?;
        if progress(outcomes.paths() as u64) { Ok(()) } else { Err(io::Error::from(io::ErrorKind::Interrupted)) }
    })?;
    file.map_or(Ok(()), ParquetFile::finish)
}

/// What a Parquet file of a run says of it; `command` is what to type to have the run again.
pub fn about(scenario: &Scenario, command: &str) -> Vec<(&'static str, String)> {
    vec![
        ("tidegate", env!("CARGO_PKG_VERSION").to_owned()),
        ("scenario", scenario.name.clone()),
        ("title", scenario.title.clone()),
        ("paths", scenario.paths.to_string()),
        ("seed", scenario.seed.to_string()),
        ("draws", scenario.draws.word().to_owned()),
        ("vintage", scenario.vintage.date.to_string()),
        ("command", command.to_owned()),
    ]
}

/// The variables of names that can move in a run.
///
/// # Errors
/// There is none of such a name, in a sentence.
pub fn variables_named<'a>(names: impl IntoIterator<Item = &'a str>, plan: &Plan) -> Result<Vec<Variable>, String> {
    let known = || VARIABLES.iter().filter(|info| plan.publishes(info.variable)).map(|info| info.name);
    let named = |name: &str| {
        Variable::named(name).filter(|variable| plan.publishes(*variable)).ok_or_else(|| match nearest(name, known()) {
            Some(near) => format!("no variable of the run is called `{name}`; did you mean `{near}`?"),
            None => format!("no variable of the run is called `{name}`; `tidegate explain` lists them"),
        })
    };
    names.into_iter().map(named).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;

    #[test]
    fn paths_of_several_stretches_are_those_that_are_simulated_at_once() {
        let mut scenario = scenario::load("baseline_2025q4").expect("a shipped scenario");
        let plan = scenario::plan(&scenario);
        let all = stretch(&plan) + 7;
        scenario.set_paths(all);
        let variables = variables_named(["sofr", "reserves"], &plan).unwrap();
        let place = tempfile::NamedTempFile::new().unwrap();
        let mut done = Vec::new();
        let mut progress = |paths| {
            done.push(paths);
            true
        };
        let out = place.reopen().unwrap();
        write_paths(out, &scenario, &plan, &variables, &about(&scenario, "-"), &mut progress).unwrap();
        assert_eq!(done, [stretch(&plan), 7]);

        let read = SerializedFileReader::new(place.reopen().unwrap()).unwrap();
        let outcomes = simulate_paths(&scenario, &plan, 0..all, Settings::default(), &|_| ()).unwrap();
        let days = outcomes.days;
        let columns: Vec<Vec<Vec<f64>>> = variables
            .iter()
            .map(|variable| (0..days).map(|day| outcomes.derived(day, &plan.derivation(*variable, day))).collect())
            .collect();
        let mut rows = 0;
        for (place, row) in read.get_row_iter(None).unwrap().enumerate() {
            let (row, path, day) = (row.unwrap(), place / days, place % days);
            assert_eq!(row.get_long(0).unwrap(), path as i64);
            for (at, column) in columns.iter().enumerate() {
                assert_eq!(row.get_double(2 + at).unwrap().to_bits(), column[day][path].to_bits());
            }
            rows += 1;
        }
        assert_eq!(rows, all as usize * days);
    }

    #[test]
    fn writing_ends_when_it_is_told_to() {
        let mut scenario = scenario::load("baseline_2025q4").expect("a shipped scenario");
        scenario.set_paths(10_000);
        let plan = scenario::plan(&scenario);
        let ended = write_paths(io::sink(), &scenario, &plan, &[Variable::Tga], &[], &mut |_| false);
        assert_eq!(ended.unwrap_err().kind(), io::ErrorKind::Interrupted);
    }

    #[test]
    fn a_name_that_is_none_is_told_with_the_nearest() {
        let plan = scenario::plan(&scenario::load("baseline_2025q4").expect("a shipped scenario"));
        let told = variables_named(["reserves", "sofr_iobr"], &plan).unwrap_err();
        assert_eq!(told, "no variable of the run is called `sofr_iobr`; did you mean `sofr_iorb`?");
    }
}
