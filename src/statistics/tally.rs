//! Everything a run remembers of its paths, in memory that does not grow with them.
//!
//! A tally adds up: the tallies of two sets of paths merge into that of both, in any order, to the same bytes.

use super::bins::{BINS, Bins};
use super::column::{Column, batches};
use super::distribution::Distribution;
use super::exact::Kept;
use super::follow::Follower;
use super::histogram::Histogram;
use super::layout::Layout;
use super::rows::{PATH_ROWS, PathRow};
use super::summary::SPREAD_LEVELS;
use super::watches::{WatchSummary, WatchTally};
use crate::model::{FLOWS, Published, Real, Simulated};
use rayon::prelude::*;
use std::sync::Arc;

/// What paths are added to, tile by tile and day by day.
pub trait Account: Send + Sized {
    /// Adds what the first `live` lanes of a tile publish on a day.
    fn count_day<T: Real, const N: usize>(&mut self, day: usize, published: &Published<T, N>, live: usize);

    /// Adds what is counted once per path of a tile whose last day is over; `flows` are the sums over the run.
    fn close<const N: usize>(&mut self, follower: &Follower<N>, flows: &[[f64; N]; FLOWS.len()], live: usize);
}

/// An account whose parts may be kept by several threads, since it does not matter in which order they are added up.
pub trait Mergeable: Account {
    /// Adds the paths of another account.
    fn merge(&mut self, other: Self);
}

/// What is remembered of a set of paths.
#[derive(Clone, Debug)]
pub struct Tally {
    layout: Arc<Layout>,
    /// Number of paths.
    pub(super) paths: u64,
    pub(super) columns: Vec<Column>,
    /// [`BINS`] counts a column.
    pub(super) counts: Vec<u32>,
    /// Per published day, paths on which SOFR less IORB exceeds each of [`SPREAD_LEVELS`].
    pub(super) above: Vec<[u64; SPREAD_LEVELS.len()]>,
    /// The same of the highest day of a path.
    pub(super) above_once: [u64; SPREAD_LEVELS.len()],
    /// Paths on which outlays wait on some day.
    pub(super) unpaid: u64,
    pub(super) watches: Vec<WatchTally>,
    kept: Option<Kept>,
}

impl Tally {
    /// The tally of no paths yet.
    pub fn new(layout: &Arc<Layout>) -> Tally {
        let mut columns = Vec::with_capacity(layout.columns());
        columns.extend(layout.bins.iter().map(Column::new));
        Tally {
            paths: 0,
            columns,
            counts: vec![0; layout.columns() * BINS],
            above: vec![[0; SPREAD_LEVELS.len()]; layout.days],
            above_once: [0; SPREAD_LEVELS.len()],
            unpaid: 0,
            watches: vec![WatchTally::new(layout.days); layout.watches.len()],
            kept: None,
            layout: layout.clone(),
        }
    }

    /// Lays the bins of a day, of which earlier days have theirs, by what the tiles of the pilot publish on it with so
    /// many lanes that count; and counts it. Only the last tile may have lanes that do not count.
    ///
    /// # Panics
    /// If another tally shares the layout already.
    pub fn lay_day<T: Real, const N: usize>(&mut self, day: usize, tiles: &[(&Published<T, N>, usize)]) {
        let mut rows = empty_rows(self.layout.rows.per_day(), tiles.len() * N);
        for (published, live) in tiles {
            self.layout.rows.each(published, |row, values| {
                rows[row].extend(values[..*live].iter().map(|value| value.to_f64()));
            });
        }
        self.lay_page(&rows);
        for (published, live) in tiles {
            self.count_spreads(day, published, *live);
        }
    }

    /// The same of what is counted once per path.
    pub fn lay_paths<const N: usize>(&mut self, tiles: &[(&Follower<N>, [[f64; N]; FLOWS.len()], usize)]) {
        let mut rows = empty_rows(PATH_ROWS, tiles.len() * N);
        for (follower, flows, live) in tiles {
            let of_tile = follower.path_rows(flows);
            for (row, values) in rows.iter_mut().zip(of_tile.iter()) {
                row.extend_from_slice(&values[..*live]);
            }
            self.count_extremes(&of_tile, *live);
            follower.count_watches(*live, &mut self.watches);
        }
        self.lay_page(&rows);
    }

    /// Lays the bins of the next page, of which the pilot's paths hold `rows`, and counts them.
    fn lay_page(&mut self, rows: &[Vec<f64>]) {
        let layout = Arc::get_mut(&mut self.layout).expect("a layout is shared once it is whole");
        let first = layout.bins.len();
        let counts = self.counts.as_chunks_mut::<BINS>().0[first..].par_iter_mut();
        let laid = rows.par_iter().zip(counts).map(|(pilot, counts)| {
            let bins = Bins::lay(pilot);
            let mut column = Column::new(&bins);
            batches(pilot).for_each(|(values, live)| column.count(&bins, counts, &values, live));
            (bins, column)
        });
        let (bins, columns): (Vec<Bins>, Vec<Column>) = laid.unzip();
        layout.bins.extend(bins);
        self.columns.extend(columns);
    }

    /// Where its bins lie.
    pub fn layout(&self) -> &Arc<Layout> {
        &self.layout
    }

    /// Number of paths.
    pub fn paths(&self) -> u64 {
        self.paths
    }

    /// Adds the paths of another tally of the same layout.
    ///
    /// # Panics
    /// If it has another layout.
    pub fn add(&mut self, other: &Tally) {
        assert!(Arc::ptr_eq(&self.layout, &other.layout), "tallies of one run share their layout");
        self.paths += other.paths;
        for (own, other) in self.columns.iter_mut().zip(&other.columns) {
            own.merge(other);
        }
        for (own, other) in self.counts.iter_mut().zip(&other.counts) {
            *own += other;
        }
        for (own, other) in self.above.as_flattened_mut().iter_mut().zip(other.above.as_flattened()) {
            *own += other;
        }
        for (own, other) in self.above_once.iter_mut().zip(other.above_once) {
            *own += other;
        }
        self.unpaid += other.unpaid;
        for (own, other) in self.watches.iter_mut().zip(&other.watches) {
            own.merge(other);
        }
        self.kept = None;
    }

    /// Takes the values that hold the published quantiles, by which they become exact.
    pub fn refine(&mut self, kept: Kept) {
        self.kept = Some(kept);
    }

    /// The counts of a column's bins.
    pub(super) fn counts_of(&self, column: usize) -> &[u32; BINS] {
        &self.counts.as_chunks::<BINS>().0[column]
    }

    #[inline(always)]
    fn count_spreads<T: Real, const N: usize>(&mut self, day: usize, published: &Published<T, N>, live: usize) {
        let spreads = &published[Simulated::SofrIorb as usize];
        for (level, count) in SPREAD_LEVELS.iter().zip(&mut self.above[day]) {
            *count += above(*level, spreads, live);
        }
    }

    fn count_extremes<const N: usize>(&mut self, rows: &[[f64; N]; PATH_ROWS], live: usize) {
        for (level, count) in SPREAD_LEVELS.iter().zip(&mut self.above_once) {
            *count += above(*level, &rows[PathRow::HighestSofrIorb as usize], live);
        }
        self.unpaid += above(0.0, &rows[PathRow::HighestUnpaid as usize], live);
        self.paths += live as u64;
        // What a second pass kept was of the paths so far.
        self.kept = None;
    }

    /// How the paths of a column lie.
    pub fn histogram(&self, column: usize) -> Histogram {
        let kept = self.kept.as_ref().map(|kept| (kept, column));
        Histogram::of(&self.layout.bins[column], self.counts_of(column), &self.columns[column], kept)
    }

    /// The distribution of a column.
    pub fn distribution(&self, column: usize) -> Distribution {
        let moments = self.columns[column].moments(&self.layout.bins[column], self.paths);
        self.histogram(column).distribution(moments)
    }

    /// The distribution of what is counted once per path.
    pub fn of_paths(&self, row: usize) -> Distribution {
        self.distribution(self.layout.path_column(row))
    }

    /// What every watch says.
    pub fn watches(&self) -> Vec<WatchSummary> {
        let watches = self.layout.watches.iter().zip(&self.watches);
        watches.map(|((watch, _), tally)| tally.summary(watch, self.paths)).collect()
    }

    /// Paths on which SOFR less IORB exceeds a level of [`SPREAD_LEVELS`] on a published day.
    pub fn above(&self, level: usize, day: usize) -> u64 {
        self.above[day][level]
    }

    /// Paths on which it does on some day after the opening.
    pub fn above_once(&self, level: usize) -> u64 {
        self.above_once[level]
    }

    /// Paths on which outlays wait for cash on some day after the opening.
    pub fn unpaid(&self) -> u64 {
        self.unpaid
    }
}

impl Account for Tally {
    #[inline(always)]
    fn count_day<T: Real, const N: usize>(&mut self, day: usize, published: &Published<T, N>, live: usize) {
        let layout = &*self.layout;
        let first = layout.day_column(day, 0);
        let rows = first..first + layout.rows.per_day();
        let bins = &layout.bins[rows.clone()];
        let columns = &mut self.columns[rows.clone()];
        let counts = &mut self.counts.as_chunks_mut::<BINS>().0[rows];
        let mut sum = [T::ZERO; N];
        for (row, ((column, bins), counts)) in columns.iter_mut().zip(bins).zip(counts).enumerate() {
            column.count(bins, counts, layout.rows.values(row, published, &mut sum), live);
        }
        self.count_spreads(day, published, live);
    }

    fn close<const N: usize>(&mut self, follower: &Follower<N>, flows: &[[f64; N]; FLOWS.len()], live: usize) {
        let rows = follower.path_rows(flows);
        let first = self.layout.path_column(0);
        let counts = &mut self.counts.as_chunks_mut::<BINS>().0[first..];
        let columns = self.columns[first..].iter_mut().zip(&self.layout.bins[first..]).zip(counts);
        for (values, ((column, bins), counts)) in rows.iter().zip(columns) {
            column.count(bins, counts, values, live);
        }
        self.count_extremes(&rows, live);
        follower.count_watches(live, &mut self.watches);
    }
}

impl Mergeable for Tally {
    fn merge(&mut self, other: Tally) {
        self.add(&other);
    }
}

#[inline(always)]
fn above<T: Real, const N: usize>(level: f64, values: &[T; N], live: usize) -> u64 {
    let mut count = 0;
    for i in 0..N {
        count += u64::from(values[i].to_f64() > level && i < live);
    }
    count
}

/// Rows with room for so many values each.
fn empty_rows(rows: usize, values: usize) -> Vec<Vec<f64>> {
    (0..rows).map(|_| Vec::with_capacity(values)).collect()
}
