//! Events of the story, with the dates and sizes that each path of a tile has drawn.
//!
//! Days are counted from the first simulated day, 0; a day beyond the run never comes.

use super::real::Real;

/// All events, with one value per path.
#[derive(Clone, Debug)]
pub struct DrawnEvents<T, const N: usize> {
    /// Lapses in appropriations.
    pub shutdowns: Vec<DrawnShutdown<T, N>>,
    /// First day on which the Fed rolls over all its Treasury securities.
    pub runoff_end: [T; N],
    /// Purchases by the Fed.
    pub purchases: Vec<DrawnPurchases<T, N>>,
    /// Moves of the Treasury's cash target.
    pub target_shifts: Vec<DrawnSpread<T, N>>,
    /// One-off operating flows of the Treasury.
    pub treasury_flows: Vec<DrawnSpread<T, N>>,
    /// Lasting changes of the level of overnight rates.
    pub capacity_shifts: Vec<DrawnCapacityShift<T, N>>,
}

impl<T: Real, const N: usize> DrawnEvents<T, N> {
    /// A story in which nothing happens and runoff goes on.
    pub fn none() -> Self {
        DrawnEvents {
            shutdowns: Vec::new(),
            runoff_end: [T::of(f64::INFINITY); N],
            purchases: Vec::new(),
            target_shifts: Vec::new(),
            treasury_flows: Vec::new(),
            capacity_shifts: Vec::new(),
        }
    }

    /// By how much changes of dealers' capacity have moved a spread at given reserves by `day`, bp.
    #[inline(always)]
    pub fn capacity_shift(&self, day: usize, spread: fn(&DrawnCapacityShift<T, N>) -> &[T; N]) -> [T; N] {
        let today = T::of(day as f64);
        let mut moved = [T::ZERO; N];
        for shift in &self.capacity_shifts {
            for i in 0..N {
                moved[i] += if today >= shift.start[i] { spread(shift)[i] } else { T::ZERO };
            }
        }
        moved
    }
}

/// A shutdown as drawn.
#[derive(Clone, Debug)]
pub struct DrawnShutdown<T, const N: usize> {
    /// First day without appropriations.
    pub start: [T; N],
    /// First day with appropriations again.
    pub reopening: [T; N],
    /// Outlays delayed, $bn a day.
    pub delayed_outlays: [T; N],
    /// Business days over which they are caught up.
    pub catch_up: [T; N],
    /// Precautionary addition to the cash target, $bn.
    pub hoarding: [T; N],
}

/// Purchases as drawn.
#[derive(Clone, Debug)]
pub struct DrawnPurchases<T, const N: usize> {
    /// Whether notes and bonds are bought rather than bills.
    pub coupons: bool,
    /// First day.
    pub start: [T; N],
    /// First day without.
    pub end: [T; N],
    /// Pace, $bn a month.
    pub pace: [T; N],
}

/// An amount spread evenly over some days.
#[derive(Clone, Debug)]
pub struct DrawnSpread<T, const N: usize> {
    /// First day.
    pub start: [T; N],
    /// Total, $bn.
    pub amount: [T; N],
    /// Number of days, at least one.
    pub over: [T; N],
}

/// A change of the level of rates at given reserves.
#[derive(Clone, Debug)]
pub struct DrawnCapacityShift<T, const N: usize> {
    /// First day.
    pub start: [T; N],
    /// Change of the tri-party spread, bp.
    pub repo: [T; N],
    /// Change of the federal funds spread, bp.
    pub federal_funds: [T; N],
}

/// One while `start ≤ day < end`, else zero.
#[inline(always)]
pub fn during<T: Real>(day: T, start: T, end: T) -> T {
    if day >= start && day < end { T::ONE } else { T::ZERO }
}

/// The share of a move that has happened by the close of `day`: 0 before `start`, 1 after `over` days.
#[inline(always)]
pub fn share_done<T: Real>(day: T, start: T, over: T) -> T {
    ((day - start + T::ONE) / over).clamp(T::ZERO, T::ONE)
}
