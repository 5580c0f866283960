//! The paths that an unfinished run has counted, in a file beside its folder, from which the same run goes on.
//!
//! The number of paths asked for is not part of what a run is: a longer run goes on from a shorter one. Only evenly spread
//! draws, whose replicates are counted one after the other, are those of one number of paths.

use super::counted::{Counted, CountedBytes, run_fingerprint};
use super::folder::beside;
use crate::scenario::{Draws, Scenario};
use crate::statistics::{Layout, TILE, TallyError};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The place where a run keeps what it has counted.
pub struct Checkpoint {
    /// The file.
    pub file: PathBuf,
    of: Run,
    /// Whether what lies there is of this run.
    in_use: bool,
}

/// Which run it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Run {
    tidegate: String,
    seed: u64,
    run: String,
}

/// A checkpoint from which a run cannot go on.
#[derive(Debug)]
pub enum CheckpointError {
    /// The file cannot be read.
    Unreadable(io::Error),
    /// Bytes are missing or changed.
    Damaged,
    /// It is of another version of the program.
    OtherVersion(String),
    /// It is of a run with another seed.
    OtherSeed(u64),
    /// It is of another run in some other way.
    OtherRun,
    /// So many paths are counted, and those asked for are fewer, or the last of them was not the last of a tile.
    OtherPaths(u64),
}

impl fmt::Display for CheckpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CheckpointError::Unreadable(error) => write!(f, "it cannot be read: {error}"),
            CheckpointError::Damaged => f.write_str("it is damaged: bytes are missing or changed"),
            CheckpointError::OtherVersion(version) => write!(f, "it was written by tidegate {version}"),
            CheckpointError::OtherSeed(seed) => write!(f, "it is of a run with seed {seed}"),
            CheckpointError::OtherRun => {
                f.write_str("it is of another run: the scenario, its vintage or an option was different")
            }
            CheckpointError::OtherPaths(paths) => {
                write!(f, "it is of a run of {paths} paths, of which the paths asked for are no continuation")
            }
        }
    }
}

impl std::error::Error for CheckpointError {}

impl Checkpoint {
    /// The checkpoint of a run of a scenario into `folder`; `options` are those that change what is counted.
    pub fn of(folder: &Path, scenario: &Scenario, options: &str) -> Checkpoint {
        let (parent, name) = beside(folder);
        let paths = match scenario.draws {
            Draws::Plain => 0,
            Draws::Sobol => scenario.paths,
        };
        let run = run_fingerprint(&Scenario { paths, ..scenario.clone() }, options);
        Checkpoint {
            file: parent.join(format!(".{name}.checkpoint")),
            of: Run { tidegate: env!("CARGO_PKG_VERSION").to_owned(), seed: scenario.seed, run: run.to_string() },
            in_use: false,
        }
    }

    /// What lies there for a run of so many paths which has this layout; none if nothing lies there.
    ///
    /// # Errors
    /// It is damaged, or that of another run.
    pub fn read(&mut self, layout: &Arc<Layout>, paths: u64) -> Result<Option<Counted>, CheckpointError> {
        let bytes = match fs::read(&self.file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            read => read.map_err(CheckpointError::Unreadable)?,
        };
        let found = CountedBytes::<Run>::whole(bytes).ok_or(CheckpointError::Damaged)?;
        let of = &found.of;
        if of.tidegate != self.of.tidegate {
            return Err(CheckpointError::OtherVersion(of.tidegate.clone()));
        }
        if of.seed != self.of.seed {
            return Err(CheckpointError::OtherSeed(of.seed));
        }
        if *of != self.of {
            return Err(CheckpointError::OtherRun);
        }
        let counted = found.read(layout).map_err(|error| match error {
            TallyError::OtherRun => CheckpointError::OtherRun,
            _ => CheckpointError::Damaged,
        })?;
        let held = counted.tally.paths();
        if held != paths && (held > paths || !held.is_multiple_of(TILE as u64)) {
            return Err(CheckpointError::OtherPaths(held));
        }
        self.in_use = true;
        Ok(Some(counted))
    }

    /// Puts what a run has counted in the place of what lies there.
    ///
    /// # Errors
    /// Any step that the file system refuses; what lay there is then as it was.
    pub fn write(&mut self, counted: &Counted) -> io::Result<()> {
        if let Some(parent) = self.file.parent() {
            fs::create_dir_all(parent)?;
        }
        counted.write(&self.file, &self.of)?;
        self.in_use = true;
        Ok(())
    }

    /// Removes what lies there, whatever it is of.
    ///
    /// # Errors
    /// It cannot be removed.
    pub fn discard(&self) -> io::Result<()> {
        match fs::remove_file(&self.file) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => removed,
        }
    }

    /// Removes it once the results are there; that of another run stays.
    pub fn finish(&self) {
        if self.in_use {
            // Best effort: one that stays would lead to the same results.
            let _ = self.discard();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario;
    use crate::simulation::{Settings, tally, tally_pilot};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    /// Four days of the baseline.
    fn baseline(seed: u64, paths: u64) -> Scenario {
        let mut scenario = scenario::load("baseline_2025q4").expect("a shipped scenario");
        scenario.end = scenario.start.saturating_add(jiff::Span::new().days(6));
        scenario.set_seed(seed);
        scenario.set_paths(paths);
        scenario
    }

    fn counted(scenario: &Scenario) -> Counted {
        let tally = tally(scenario, &scenario::plan(scenario), Settings::default(), &|_| ());
        Counted { tally: tally.expect("the books balance"), replicates: vec![vec![("reserves".to_owned(), 0.1)]] }
    }

    /// What a run of a scenario finds in a folder where that of another was interrupted.
    fn found(written: &Scenario, options: &str, asked: &Scenario) -> Result<Option<u64>, CheckpointError> {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("run");
        Checkpoint::of(&folder, written, options).write(&counted(written)).unwrap();
        let pilot = tally_pilot(asked, &scenario::plan(asked), Settings::default()).expect("the books balance");
        let read = Checkpoint::of(&folder, asked, "").read(pilot.layout(), asked.paths);
        read.map(|kept| kept.map(|kept| kept.tally.paths()))
    }

    #[test]
    fn the_same_run_and_a_longer_one_go_on() {
        assert!(matches!(found(&baseline(1, 2_048), "", &baseline(1, 2_048)), Ok(Some(2_048))));
        assert!(matches!(found(&baseline(1, 2_048), "", &baseline(1, 3_001)), Ok(Some(2_048))));
        assert!(matches!(found(&baseline(1, 2_001), "", &baseline(1, 2_001)), Ok(Some(2_001))));
    }

    #[test]
    fn another_run_does_not_go_on() {
        let asked = baseline(1, 3_000);
        let refused = |written: &Scenario, options| found(written, options, &asked).expect_err("it is another run");
        assert!(matches!(refused(&baseline(2, 2_048), ""), CheckpointError::OtherSeed(2)));
        assert!(matches!(refused(&baseline(1, 2_001), ""), CheckpointError::OtherPaths(2_001)));
        assert!(matches!(refused(&baseline(1, 4_096), ""), CheckpointError::OtherPaths(4_096)));
        assert!(matches!(refused(&baseline(1, 2_048), "--other"), CheckpointError::OtherRun));
        let mut other = baseline(1, 2_048);
        other.vintage.date = other.vintage.date.yesterday().unwrap();
        assert!(matches!(refused(&other, ""), CheckpointError::OtherRun));
        let mut other = baseline(1, 2_048);
        other.watches.pop();
        assert!(matches!(refused(&other, ""), CheckpointError::OtherRun));
    }

    #[test]
    fn where_a_value_was_typed_does_not_matter() {
        let written = Scenario { typed: Vec::new(), ..baseline(1, 2_048) };
        assert!(matches!(found(&written, "", &baseline(1, 2_048)), Ok(Some(2_048))));
    }

    #[test]
    fn a_checkpoint_of_another_version_or_run_is_left_alone() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("run");
        let scenario = baseline(1, 1_024);
        let counted = counted(&scenario);
        let layout = counted.tally.layout();
        let mut checkpoint = Checkpoint::of(&folder, &scenario, "");
        assert!(matches!(checkpoint.read(layout, 1_024), Ok(None)), "nothing is there yet");
        let run = Run { tidegate: "0.0.7".to_owned(), ..checkpoint.of.clone() };
        let mut older = Checkpoint { file: checkpoint.file.clone(), of: run, in_use: false };
        older.write(&counted).unwrap();
        let mut other = Checkpoint::of(&folder, &scenario, "");
        let refused = other.read(layout, 1_024).expect_err("it is of another version");
        assert_eq!(refused.to_string(), "it was written by tidegate 0.0.7");
        other.finish();
        assert!(checkpoint.file.exists());
        checkpoint.write(&counted).unwrap();
        checkpoint.finish();
        assert!(!checkpoint.file.exists());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn a_damaged_checkpoint_is_never_read(
            in_heading in any::<bool>(),
            place in any::<prop::sample::Index>(),
            bit in 0..8,
            cut in any::<bool>(),
        ) {
            static WRITTEN: LazyLock<(Scenario, Counted, Vec<u8>)> = LazyLock::new(|| {
                let scenario = baseline(1, 1_024);
                let counted = counted(&scenario);
                let folder = tempfile::tempdir().unwrap();
                let mut checkpoint = Checkpoint::of(&folder.path().join("run"), &scenario, "");
                checkpoint.write(&counted).unwrap();
                let bytes = fs::read(&checkpoint.file).unwrap();
                (scenario, counted, bytes)
            });
            let (scenario, counted, bytes) = &*WRITTEN;
            let place = place.index(if in_heading { 80 } else { bytes.len() });
            let mut damaged = bytes.clone();
            if cut { damaged.truncate(place) } else { damaged[place] ^= 1_u8 << bit }
            let folder = tempfile::tempdir().unwrap();
            let mut checkpoint = Checkpoint::of(&folder.path().join("run"), scenario, "");
            fs::write(&checkpoint.file, bytes).unwrap();
            let read = checkpoint.read(counted.tally.layout(), 1_024).expect("it is whole").expect("it is there");
            prop_assert_eq!(&read.replicates, &counted.replicates);
            prop_assert!(read.tally.to_bytes() == counted.tally.to_bytes());
            fs::write(&checkpoint.file, damaged).unwrap();
            prop_assert!(checkpoint.read(counted.tally.layout(), 1_024).is_err(), "byte {}", place);
        }
    }
}
