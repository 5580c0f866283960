//! A tally as bytes and back, for checkpoints and for shards that other machines count.
//!
//! ```text
//! "tgtally" version(1)   fingerprint of the layout(8)   paths
//! per column   Σ d   Σ d²   lowest(8) highest(8)   atoms   counts of all bins
//! per day      paths above each level;   then once per path;   paths with unpaid outlays
//! per watch    hits   days   first day, one count per day
//! FNV-1a of all before (8)
//! ```
//!
//! Whole numbers are LEB128, those with a sign zigzag; floats and hashes little-endian.

use super::bins::BINS;
use super::layout::Layout;
use super::tally::Tally;
use crate::history::Fingerprint;
use std::convert::Infallible;
use std::fmt;
use std::sync::Arc;

const MARK: &[u8; 7] = b"tgtally";
const VERSION: u8 = 2;

/// Bytes that are no tally of this run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TallyError {
    /// They do not begin as a tally does.
    NoTally,
    /// They were written in another version of the format.
    Version(u8),
    /// Some were lost or changed.
    Damaged,
    /// They count another run: other bins, days or watches.
    OtherRun,
}

impl fmt::Display for TallyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TallyError::NoTally => write!(f, "this is not a tally of tidegate"),
            TallyError::Version(version) => write!(
                f,
                "this tally has format {version}, and this version of tidegate reads format {VERSION}; count it again"
            ),
            TallyError::Damaged => write!(f, "this tally is damaged: bytes are missing or changed; count it again"),
            TallyError::OtherRun => write!(
                f,
                "this tally counts another run; the scenario, its vintage, the seed and the version of tidegate must be \
                 the same"
            ),
        }
    }
}

impl std::error::Error for TallyError {}

impl Tally {
    /// The tally as bytes, the same for the same paths.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let Ok(()) = self.bytes_by_part(|part| {
            out.extend(part);
            Ok::<(), Infallible>(())
        });
        out
    }

    /// Hands the same bytes to `take` one part after the other, so that they never lie in memory together.
    ///
    /// # Errors
    /// The first of `take`.
    pub fn bytes_by_part<E>(&self, mut take: impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        let mut sum = Fingerprint::EMPTY;
        let mut part = Vec::new();
        let mut pass_on = |part: &mut Vec<u8>| {
            sum = sum.with(part);
            let taken = take(part);
            part.clear();
            taken.map(|()| sum)
        };
        part.extend(MARK);
        part.push(VERSION);
        part.extend(self.layout().fingerprint().to_le_bytes());
        write(&mut part, self.paths.into());
        for (column, counts) in self.columns.iter().zip(self.counts.as_chunks::<BINS>().0) {
            write(&mut part, zigzag(column.deviations));
            write(&mut part, zigzag(column.squares));
            part.extend(column.lowest.to_le_bytes());
            part.extend(column.highest.to_le_bytes());
            column.atoms.iter().chain(counts).for_each(|&count| write(&mut part, count.into()));
            pass_on(&mut part)?;
        }
        let levels = self.above.as_flattened().iter().chain(&self.above_once).chain([&self.unpaid]);
        let watches =
            self.watches.iter().flat_map(|watch| [&watch.hits, &watch.days].into_iter().chain(&watch.first_day));
        levels.chain(watches).for_each(|&count| write(&mut part, count.into()));
        let sum = pass_on(&mut part)?;
        take(&sum.0.to_le_bytes())
    }

    /// The tally of a run with this layout that `bytes` hold.
    ///
    /// # Errors
    /// They hold none, or that of another run.
    pub fn from_bytes(layout: &Arc<Layout>, bytes: &[u8]) -> Result<Tally, TallyError> {
        let after_mark = bytes.strip_prefix(MARK).ok_or(TallyError::NoTally)?;
        match after_mark.first() {
            Some(&VERSION) => {}
            Some(&version) => return Err(TallyError::Version(version)),
            None => return Err(TallyError::Damaged),
        }
        let (body, sum) = bytes.split_last_chunk::<8>().ok_or(TallyError::Damaged)?;
        if Fingerprint::EMPTY.with(body) != Fingerprint(u64::from_le_bytes(*sum)) {
            return Err(TallyError::Damaged);
        }
        let mut left = body.get(MARK.len() + 1..).ok_or(TallyError::Damaged)?;
        if u64::from_le_bytes(take(&mut left)?) != layout.fingerprint() {
            return Err(TallyError::OtherRun);
        }
        let mut tally = Tally::new(layout);
        tally.paths = read(&mut left)?;
        for (column, counts) in tally.columns.iter_mut().zip(tally.counts.as_chunks_mut::<BINS>().0) {
            column.deviations = unzigzag(read(&mut left)?);
            column.squares = unzigzag(read(&mut left)?);
            column.lowest = f64::from_le_bytes(take(&mut left)?);
            column.highest = f64::from_le_bytes(take(&mut left)?);
            for count in column.atoms.iter_mut().chain(counts) {
                *count = read(&mut left)?;
            }
        }
        let levels = tally.above.as_flattened_mut().iter_mut().chain(&mut tally.above_once).chain([&mut tally.unpaid]);
        let watches = tally
            .watches
            .iter_mut()
            .flat_map(|watch| [&mut watch.hits, &mut watch.days].into_iter().chain(&mut watch.first_day));
        for count in levels.chain(watches) {
            *count = read(&mut left)?;
        }
        if left.is_empty() { Ok(tally) } else { Err(TallyError::Damaged) }
    }
}

fn write(out: &mut Vec<u8>, mut number: u128) {
    while number >= 128 {
        out.push(number as u8 | 128);
        number >>= 7;
    }
    out.push(number as u8);
}

fn read<I: TryFrom<u128>>(left: &mut &[u8]) -> Result<I, TallyError> {
    let mut number = 0;
    for shift in (0..128).step_by(7) {
        let [byte] = take(left)?;
        number |= u128::from(byte & 127) << shift;
        if byte < 128 {
            return I::try_from(number).map_err(|_| TallyError::Damaged);
        }
    }
    Err(TallyError::Damaged)
}

fn take<const K: usize>(left: &mut &[u8]) -> Result<[u8; K], TallyError> {
    let (taken, rest) = left.split_first_chunk::<K>().ok_or(TallyError::Damaged)?;
    *left = rest;
    Ok(*taken)
}

fn zigzag(number: i128) -> u128 {
    ((number << 1) ^ (number >> 127)) as u128
}

fn unzigzag(number: u128) -> i128 {
    (number >> 1) as i128 ^ -((number & 1) as i128)
}
