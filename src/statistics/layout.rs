//! Which columns a run counts, and where their bins lie.

use super::bins::Bins;
use super::rows::{PATH_ROWS, Rows};
use super::watches::Window;
use crate::history::Fingerprint;
use crate::model::Plan;
use crate::scenario::Watch;

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
        let mut layout = Layout {
            rows: Rows::of(plan),
            days: plan.days.len() + 1,
            bins: Vec::new(),
            watches: watches.iter().map(|watch| (watch.clone(), Window::of(watch, plan))).collect(),
        };
        layout.bins.reserve_exact(layout.columns());
        layout
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
        Fingerprint::EMPTY.with(&bytes).0
    }
}
