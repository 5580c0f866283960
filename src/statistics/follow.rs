//! A tile followed through its days, for what is counted once per path.

use super::attribution::{CAUSES, weights};
use super::layout::Layout;
use super::rows::{EXTREMES, PATH_ROWS, PathRow, cause_row, flow_row};
use super::watches::{WatchLanes, WatchTally};
use crate::model::{FLOWS, Plan, Published, Real, Simulated};

/// The extremes that are followed: which, of what, and whether the highest counts or the lowest.
const FOLLOWED: [(PathRow, Simulated, bool); 5] = [
    (PathRow::LowestReserves, Simulated::Reserves, false),
    (PathRow::HighestTga, Simulated::Tga, true),
    (PathRow::HighestSrf, Simulated::Srf, true),
    (PathRow::HighestSofrIorb, Simulated::SofrIorb, true),
    (PathRow::HighestUnpaid, Simulated::UnpaidOutlays, true),
];

/// What a tile carries from day to day besides its state. Rows begin on cache lines.
#[derive(Clone, Debug)]
#[repr(C, align(64))]
pub struct Follower<const N: usize> {
    extremes: [[f64; N]; FOLLOWED.len()],
    opening: [f64; N],
    closing: [f64; N],
    watches: Vec<WatchLanes<N>>,
}

impl<const N: usize> Follower<N> {
    /// At the opening, which publishes `published`.
    pub fn open<T: Real>(layout: &Layout, plan: &Plan, published: &Published<T, N>) -> Follower<N> {
        let reserves = published[Simulated::Reserves as usize].map(Real::to_f64);
        let mut follower = Follower {
            extremes: FOLLOWED.map(|(_, _, highest)| [if highest { f64::NEG_INFINITY } else { f64::INFINITY }; N]),
            opening: reserves,
            closing: reserves,
            watches: layout.watches.iter().map(|(watch, _)| WatchLanes::new(watch)).collect(),
        };
        follower.watch(layout, plan, 0, published);
        follower
    }

    /// Lives through a published day after the opening.
    #[inline(always)]
    pub fn live_day<T: Real>(&mut self, layout: &Layout, plan: &Plan, day: usize, published: &Published<T, N>) {
        for ((_, simulated, highest), extreme) in FOLLOWED.iter().zip(&mut self.extremes) {
            let values = &published[*simulated as usize];
            for i in 0..N {
                let value = values[i].to_f64();
                extreme[i] = if *highest { Real::max(value, extreme[i]) } else { Real::min(value, extreme[i]) };
            }
        }
        for i in 0..N {
            self.closing[i] = published[Simulated::Reserves as usize][i].to_f64();
        }
        self.watch(layout, plan, day, published);
    }

    #[inline(always)]
    fn watch<T: Real>(&mut self, layout: &Layout, plan: &Plan, day: usize, published: &Published<T, N>) {
        for ((watch, window), lanes) in layout.watches.iter().zip(&mut self.watches) {
            lanes.see(watch, *window, plan, day, published);
        }
    }

    /// Adds what became of the watches on the first `live` lanes.
    pub(super) fn count_watches(&self, live: usize, tallies: &mut [WatchTally]) {
        for (lanes, tally) in self.watches.iter().zip(tallies) {
            lanes.count(live, tally);
        }
    }

    /// On which lanes each watch fired, and the first published day on which it held; 0 where none can be named.
    pub fn fired(&self) -> Vec<([bool; N], [u32; N])> {
        self.watches.iter().map(WatchLanes::fired).collect()
    }

    /// The rows of what is counted once per path.
    pub fn path_rows(&self, flows: &[[f64; N]; FLOWS.len()]) -> Box<[[f64; N]; PATH_ROWS]> {
        let mut rows = Box::new([[0.0; N]; PATH_ROWS]);
        for ((row, ..), extreme) in FOLLOWED.iter().zip(&self.extremes) {
            rows[*row as usize] = *extreme;
        }
        let mut change = [0.0; N];
        for i in 0..N {
            change[i] = self.closing[i] - self.opening[i];
        }
        let mut unexplained = change;
        for (flow, weights) in weights().iter().enumerate() {
            let amounts = &flows[flow];
            rows[flow_row(flow)] = *amounts;
            add(&mut unexplained, -weights.reserves, amounts);
            for cause in 0..CAUSES.len() {
                add(&mut rows[cause_row(cause)], weights.causes[cause], amounts);
            }
        }
        const { assert!(EXTREMES == FOLLOWED.len() + 2, "every extreme is followed") };
        rows[PathRow::ReservesChange as usize] = change;
        rows[PathRow::Unexplained as usize] = unexplained;
        rows
    }
}

fn add<const N: usize>(sum: &mut [f64; N], weight: i32, amounts: &[f64; N]) {
    for i in 0..N {
        sum[i] += f64::from(weight) * amounts[i];
    }
}
