//! A scenario as it was asked for: by name or file, with what is put in the place of its own.

use super::failure::Failure;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict};
use tidegate::scenario::fields::MOST_PATHS;
use tidegate::scenario::{Assignment, Base, ChangeError, Draws, Scenario};

/// What is put in the place of a scenario's own.
#[derive(Clone, Copy, Debug, Default)]
pub struct Replaced<'a> {
    /// Number of paths.
    pub paths: Option<u64>,
    /// Seed of all draws.
    pub seed: Option<u64>,
    /// How draws are spread.
    pub draws: Option<&'a str>,
}

impl Replaced<'_> {
    /// Puts them there.
    ///
    /// # Errors
    /// There is no such number of paths, no such way of drawing, or they do not suit each other.
    pub fn apply(self, scenario: &mut Scenario) -> Result<(), Failure> {
        if let Some(paths) = self.paths {
            if !(1..=MOST_PATHS).contains(&paths) {
                return Err(Failure::Argument(format!("`paths` is a number from 1 to {MOST_PATHS}; found {paths}")));
            }
            scenario.set_paths(paths);
        }
        if let Some(seed) = self.seed {
            scenario.set_seed(seed);
        }
        if let Some(word) = self.draws {
            let words = Draws::ALL.map(|draws| format!("'{}'", draws.word())).join(" or ");
            let draws = Draws::called(word);
            scenario.set_draws(draws.ok_or_else(|| Failure::Argument(format!("`draws` is {words}; found '{word}'")))?);
        }
        match scenario.draws.misfit(scenario.paths) {
            Some((message, help)) => Err(Failure::Argument(format!("{message}; {help}"))),
            None => Ok(()),
        }
    }
}

/// Reads a scenario by its name or from its file, as it is changed by keys.
///
/// # Errors
/// It is no scenario, or becomes none.
pub fn read(asked: &str, changes: &[Assignment]) -> Result<Scenario, Failure> {
    Base::load(asked)?.with(changes).map_err(|why| match why {
        ChangeError::Scenario(problems) => Failure::Scenario(problems),
        ChangeError::Change(why) => Failure::Argument(why.told("--set")),
    })
}

/// Keys and what they are changed to, as a dict has them: words as they are typed, numbers before no unit, days, or True and
/// False for whether an event happens.
///
/// # Errors
/// A key is no word.
pub fn changes(overrides: Option<&Bound<'_, PyDict>>) -> PyResult<Vec<Assignment>> {
    let mut changes = Vec::new();
    for (key, value) in overrides.into_iter().flatten() {
        let value = match value.cast::<PyBool>() {
            Ok(happens) => if happens.is_true() { "on" } else { "off" }.to_owned(),
            Err(_) => value.str()?.to_string(),
        };
        changes.push(Assignment { key: key.extract()?, value });
    }
    Ok(changes)
}
