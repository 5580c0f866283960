//! Everything a run remembers of its paths, in memory that does not grow with them.
//!
//! A tally adds up: the tallies of two sets of paths merge into that of both, in any order, to the same bytes.

use super::bins::{BINS, Bins};
use super::column::Column;
use super::distribution::Distribution;
use super::exact::Kept;
use super::follow::Follower;
use super::histogram::Histogram;
use super::outcomes::{Outcomes, TILE, TileOutcomes};
use super::rows::{PATH_ROWS, PathRow, Rows};
use super::summary::SPREAD_LEVELS;
use super::tally_bytes::fnv;
use super::watches::{WatchSummary, WatchTally, Window};
use crate::model::{FLOWS, Plan, Published, Real, SIMULATED, Simulated};
use crate::scenario::Watch;
use std::sync::Arc;

/// Paths by which bins are laid: the first of the run, whichever are counted.
pub const PILOT: u64 = 1_024;

/// Which columns a run counts, and where their bins lie.
///
/// A page is a published day, the opening first, or what is counted once per path, the last. A column is a row on a
/// page.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The rows of a day.
    pub rows: Rows,
    /// Published days.
    pub days: usize,
    /// The bins of every column.
    pub(super) bins: Vec<Bins>,
    /// The watches and their windows.
    pub(super) watches: Vec<(Watch, Window)>,
}

impl Layout {
    /// The layout of a plan, of which no column has bins yet.
    pub fn begin(plan: &Plan, watches: &[Watch]) -> Layout {
        Layout {
            rows: Rows::of(plan),
            days: plan.days.len() + 1,
            bins: Vec::new(),
            watches: watches.iter().map(|watch| (watch.clone(), Window::of(watch, plan))).collect(),
        }
    }

    /// The column of a row of a published day.
    pub fn day_column(&self, day: usize, row: usize) -> usize {
        day * self.rows.per_day() + row
    }

    /// The column of a row that is counted once per path.
    pub fn path_column(&self, row: usize) -> usize {
        self.days * self.rows.per_day() + row
    }

    /// Number of columns.
    pub fn columns(&self) -> usize {
        self.path_column(PATH_ROWS)
    }

    /// A number that two layouts share only if they count the same run.
    pub fn fingerprint(&self) -> u64 {
        let mut bytes = Vec::new();
        self.bins.iter().for_each(|bins| bins.describe(&mut bytes));
        for (watch, window) in &self.watches {
            bytes.extend(watch.when.bytes());
            bytes.extend(format!("{window:?}").bytes());
        }
        fnv(&bytes)
    }

    /// Takes the bins of the next page.
    pub fn extend(&mut self, page: impl IntoIterator<Item = Bins>) {
        self.bins.extend(page);
    }
}

/// What paths are added to, tile by tile and day by day.
pub trait Account: Send + Sized {
    /// Adds what the first `live` lanes of a tile publish on a day.
    fn count_day<T: Real, const N: usize>(&mut self, day: usize, published: &Published<T, N>, live: usize);

    /// Adds what is counted once per path of a tile whose last day is over; `flows` are the sums over the run.
    fn close<const N: usize>(&mut self, follower: &Follower<N>, flows: &[[f64; N]; FLOWS.len()], live: usize);

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
    /// The tally of no paths.
    pub fn new(layout: &Arc<Layout>) -> Tally {
        assert_eq!(layout.bins.len(), layout.columns(), "every column has bins");
        Tally {
            paths: 0,
            columns: vec![Column::EMPTY; layout.columns()],
            counts: vec![0; layout.columns() * BINS],
            above: vec![[0; SPREAD_LEVELS.len()]; layout.days],
            above_once: [0; SPREAD_LEVELS.len()],
            unpaid: 0,
            watches: vec![WatchTally::new(layout.days); layout.watches.len()],
            kept: None,
            layout: layout.clone(),
        }
    }

    /// The tally of paths of which every value was kept.
    ///
    /// # Panics
    /// If there are no paths.
    pub fn of(outcomes: &Outcomes, plan: &Plan, watches: &[Watch]) -> Tally {
        let mut layout = Layout::begin(plan, watches);
        let pilot = outcomes.tiles.len().min(PILOT as usize / TILE);
        let lay = |pages: &[Vec<[f64; TILE]>]| -> Vec<Bins> {
            (0..pages[0].len())
                .map(|row| {
                    let tiles = pages.iter().zip(&outcomes.tiles);
                    Bins::lay(&tiles.flat_map(|(page, tile)| &page[row][..tile.paths]).copied().collect::<Vec<f64>>())
                })
                .collect()
        };
        let followed: Vec<Follower<TILE>> = outcomes.tiles.iter().map(|tile| follow(&layout, plan, tile)).collect();
        for day in 0..layout.days {
            let page = |tile: &TileOutcomes| {
                let mut page = Vec::new();
                layout.rows.each(&published(tile, day), |_, values| page.push(*values));
                page
            };
            let bins = lay(&outcomes.tiles[..pilot].iter().map(page).collect::<Vec<_>>());
            layout.extend(bins);
        }
        let last = followed.iter().zip(&outcomes.tiles).take(pilot);
        let bins = lay(&last.map(|(follower, tile)| follower.path_rows(&flows(tile)).to_vec()).collect::<Vec<_>>());
        layout.extend(bins);
        let mut tally = Tally::new(&Arc::new(layout));
        for (tile, follower) in outcomes.tiles.iter().zip(&followed) {
            for day in 0..outcomes.days {
                tally.count_day(day, &published(tile, day), tile.paths);
            }
            tally.close(follower, &flows(tile), tile.paths);
        }
        tally
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

    fn count_paths<const N: usize>(&mut self, rows: &[[f64; N]; PATH_ROWS], live: usize) {
        let first = self.layout.path_column(0);
        let counts = &mut self.counts.as_chunks_mut::<BINS>().0[first..];
        let columns = self.columns[first..].iter_mut().zip(&self.layout.bins[first..]).zip(counts);
        for (values, ((column, bins), counts)) in rows.iter().zip(columns) {
            column.count(bins, counts, values, live);
        }
        for (level, count) in SPREAD_LEVELS.iter().zip(&mut self.above_once) {
            *count += above(*level, &rows[PathRow::HighestSofrIorb as usize], live);
        }
        self.unpaid += above(0.0, &rows[PathRow::HighestUnpaid as usize], live);
        self.paths += live as u64;
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
        let spreads = &published[Simulated::SofrIorb as usize];
        for (level, count) in SPREAD_LEVELS.iter().zip(&mut self.above[day]) {
            *count += above(*level, spreads, live);
        }
    }

    fn close<const N: usize>(&mut self, follower: &Follower<N>, flows: &[[f64; N]; FLOWS.len()], live: usize) {
        self.count_paths(&follower.path_rows(flows), live);
        follower.count_watches(live, &mut self.watches);
    }

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

/// Follows a tile of which every value was kept.
fn follow(layout: &Layout, plan: &Plan, tile: &TileOutcomes) -> Follower<TILE> {
    let mut follower = Follower::open(layout, plan, &published(tile, 0));
    for day in 1..layout.days {
        follower.live_day(layout, plan, day, &published(tile, day));
    }
    follower
}

fn published(tile: &TileOutcomes, day: usize) -> Published<f64, TILE> {
    let rows = tile.values.as_chunks::<TILE>().0;
    std::array::from_fn(|row| rows[day * SIMULATED + row])
}

fn flows(tile: &TileOutcomes) -> [[f64; TILE]; FLOWS.len()] {
    let rows = tile.flows.as_chunks::<TILE>().0;
    std::array::from_fn(|flow| rows[flow])
}
