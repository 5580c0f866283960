//! What is to be compared: runs read from their folders, or scenarios; and whether they can be.

use super::comparison::Comparison;
use super::paired::{Unshared, unshared};
use crate::results::{Drift, is_run, reopen};
use crate::scenario::shipped::SCENARIOS;
use crate::scenario::{self, Problems, Scenario};
use std::fmt::Write;
use std::path::Path;

/// One of the worlds to compare.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The name it goes by.
    pub name: String,
    /// Its story.
    pub scenario: Scenario,
    /// What of it is not what was run.
    pub drifted: Vec<Drift>,
    /// What needs saying of it.
    pub notes: Vec<String>,
}

impl Candidate {
    /// A scenario under its own name.
    pub fn of(scenario: Scenario) -> Candidate {
        Candidate { name: scenario.name.clone(), scenario, drifted: Vec::new(), notes: Vec::new() }
    }

    /// A run folder, or a scenario; of what has both names, the scenario that ships.
    ///
    /// # Errors
    /// It cannot be read, or is no scenario.
    pub fn read(asked: &str) -> Result<Candidate, Problems> {
        let folder = Path::new(asked);
        if SCENARIOS.iter().any(|shipped| shipped.name == asked) || !(folder.is_dir() || is_run(folder)) {
            return Ok(Candidate::of(scenario::load(asked)?));
        }
        let found = reopen(folder)?;
        let name =
            folder.file_name().map_or_else(|| found.scenario.name.clone(), |name| name.to_string_lossy().into_owned());
        let mut notes = Vec::new();
        if found.version != env!("CARGO_PKG_VERSION") {
            let (then, now) = (&found.version, env!("CARGO_PKG_VERSION"));
            notes.push(format!("{name} was run by tidegate {then} and is simulated by {now} here."));
        }
        if found.preview {
            notes.push(format!("{name} was a preview in single precision and is simulated in double precision here."));
        }
        Ok(Candidate { name, scenario: found.scenario, drifted: found.drifted, notes })
    }
}

/// Gives each a name that none before it has.
pub fn tell_apart(candidates: &mut [Candidate]) {
    for place in 0..candidates.len() {
        let (earlier, rest) = candidates.split_at_mut(place);
        let candidate = &mut rest[0];
        candidate.name.retain(|c| !c.is_control());
        let name = candidate.name.clone();
        let mut number = 2;
        while earlier.iter().any(|earlier| earlier.name == candidate.name) {
            candidate.name = format!("{name}_{number}");
            number += 1;
        }
    }
}

/// What needs saying of a comparison with the first of them.
///
/// # Errors
/// What is wrong and what to type: their paths are strangers, or they are not what was run, and are not to be compared
/// `anyway`; or there are no days that all have.
///
/// # Panics
/// If there are none.
pub fn comparable(candidates: &[Candidate], anyway: bool) -> Result<Vec<String>, String> {
    let (first, others) = candidates.split_first().expect("at least one run is asked for");
    let mut told: Vec<(String, String)> = Vec::new();
    for candidate in others {
        for found in unshared(&first.scenario, &candidate.scenario) {
            told.push((format!("{} and {}: {found}", first.name, candidate.name), remedy(&found)));
        }
    }
    let strangers = !told.is_empty();
    let mut notes: Vec<String> = Vec::new();
    for candidate in candidates {
        notes.extend(candidate.notes.iter().cloned());
        for drift in &candidate.drifted {
            let or_none = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
            let (then, now) = (or_none(&drift.then), or_none(&drift.now));
            let said = format!("{} was run with `{}` of {then}, and today it has {now}", candidate.name, drift.key);
            told.push((said.clone(), "run it again".to_owned()));
            notes.push(said + ".");
        }
    }
    let scenarios: Vec<&Scenario> = candidates.iter().map(|candidate| &candidate.scenario).collect();
    if Comparison::common_dates(&scenarios).is_none() {
        let spans: Vec<String> = candidates
            .iter()
            .map(|Candidate { name, scenario, .. }| format!("{name} goes from {} to {}", scenario.start, scenario.end))
            .collect();
        return Err(format!("there are no days that all have: {}", spans.join(", ")));
    }
    if told.is_empty() || anyway {
        return Ok(notes);
    }
    let mut message = String::from("these runs cannot be compared path by path:");
    if !strangers {
        message = "these are not the runs that they were:".to_owned();
    }
    for (trouble, remedy) in told {
        let _ = write!(message, "\n  {trouble}: {remedy}");
    }
    message.push_str(if strangers {
        "\n\nhelp: `--anyway` compares their distributions on the days that all have, without single paths and reasons"
    } else {
        "\n\nhelp: `--anyway` compares them with the values of today"
    });
    Err(message)
}

/// What to type so that both share it.
fn remedy(found: &Unshared) -> String {
    match found.what {
        "numbers of paths" => {
            let counts = [&found.one, &found.other].map(|count| count.parse().unwrap_or(u64::MAX));
            format!("type `--paths {}`", counts[0].min(counts[1]))
        }
        "seeds" => format!("type `--seed {}`", found.one),
        "ways of drawing" => format!("type `--draws {}`", found.one),
        "ends" => "give both one `end` in `[horizon]`".to_owned(),
        "starts" => "give both one `start` in `[horizon]` and one vintage".to_owned(),
        _ => "give both one `file` in `[vintage]`".to_owned(),
    }
}
