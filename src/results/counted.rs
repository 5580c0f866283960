//! What was counted of a run, in a file: all so far in a checkpoint, one slice in a shard.
//!
//! ```text
//! {"tidegate":"0.1.0","seed":1,"run":"1b9c…","replicates":[]}   a line that says of what
//! tgtally…                                                     the tally
//! ………………                                                       a checksum of all before, 8 bytes
//! ```

use super::file::write_whole_by;
use crate::history::Fingerprint;
use crate::scenario::Scenario;
use crate::statistics::{Layout, Tally, TallyError};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// What was counted of a run.
#[derive(Clone, Debug)]
pub struct Counted {
    /// The tally of its paths; of whole replicates if draws are evenly spread.
    pub tally: Tally,
    /// The figures of those replicates by name, in the order of [`figures`](super::figures); of plain draws none.
    pub replicates: Vec<Vec<(String, f64)>>,
}

#[derive(Serialize, Deserialize)]
struct Heading<O> {
    #[serde(flatten)]
    of: O,
    replicates: Vec<Vec<(String, f64)>>,
}

impl Counted {
    /// Writes it in the place of what lies there, with a heading that says `of` what it is.
    ///
    /// # Errors
    /// Any step that the file system refuses; what lay there is then as it was.
    pub fn write(&self, file: &Path, of: &impl Serialize) -> io::Result<()> {
        let heading = Heading { of, replicates: self.replicates.clone() };
        let heading = serde_json::to_string(&heading).expect("a heading is plain data") + "\n";
        write_whole_by(file, |out| {
            let mut sum = Fingerprint::EMPTY;
            let mut take = |part: &[u8]| {
                sum = sum.with(part);
                out.write_all(part)
            };
            take(heading.as_bytes())?;
            self.tally.bytes_by_part(&mut take)?;
            out.write_all(&sum.0.to_le_bytes())
        })
    }
}

/// The bytes of a file of which none is missing or changed.
#[derive(Clone, Debug)]
pub struct CountedBytes<O> {
    /// Of what it is.
    pub of: O,
    replicates: Vec<Vec<(String, f64)>>,
    bytes: Vec<u8>,
    /// Where among them the tally lies.
    tally: Range<usize>,
}

impl<O: DeserializeOwned> CountedBytes<O> {
    /// Looks at the bytes of a file; none if they are not as they were written.
    pub fn whole(bytes: Vec<u8>) -> Option<CountedBytes<O>> {
        let (body, sum) = bytes.split_last_chunk::<8>()?;
        if Fingerprint::EMPTY.with(body) != Fingerprint(u64::from_le_bytes(*sum)) {
            return None;
        }
        let end = body.iter().position(|&byte| byte == b'\n')?;
        let Heading { of, replicates } = serde_json::from_slice(&body[..end]).ok()?;
        let tally = end + 1..body.len();
        Some(CountedBytes { of, replicates, bytes, tally })
    }

    /// What they hold of a run with this layout.
    ///
    /// # Errors
    /// It is the tally of another run.
    pub fn read(self, layout: &Arc<Layout>) -> Result<Counted, TallyError> {
        Ok(Counted { tally: Tally::from_bytes(layout, &self.bytes[self.tally])?, replicates: self.replicates })
    }
}

/// A number that two runs share only if their paths are the same ones; `options` are those that change what is counted.
pub fn run_fingerprint(scenario: &Scenario, options: &str) -> Fingerprint {
    // Where a value was typed does not matter.
    let meant = Scenario { typed: Vec::new(), files: [].into(), ..scenario.clone() };
    Fingerprint::EMPTY.with(format!("{meant:?}").as_bytes()).with(options.as_bytes())
}
