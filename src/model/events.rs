//! Events of the story, with the dates and sizes that each path of a tile has drawn.
//!
//! Days are counted from the first simulated day, 0; a day beyond the run never comes. Rows of an event begin on
//! cache lines.

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
    /// Lasting changes of the deficit.
    pub deficit_shifts: Vec<DrawnDeficitShift<T, N>>,
    /// Shifts of financing between bills and notes and bonds, $bn of notes and bonds a month.
    pub refinancing_shifts: Vec<DrawnPace<T, N>>,
    /// Positions that leveraged investors build, $bn a month; negative where they shed them.
    pub levered_growth: Vec<DrawnPace<T, N>>,
    /// Debt limits.
    pub debt_limits: Vec<DrawnDebtLimit<T, N>>,
    /// Forced sales of leveraged investors.
    pub levered_unwinds: Vec<DrawnUnwind<T, N>>,
    /// Losses of funding of foreign banks' branches.
    pub foreign_outflows: Vec<DrawnForeignOutflow<T, N>>,
    /// Terms of the standing repo facility, each in force from its day on; the last to begin counts.
    pub standing_facilities: Vec<DrawnStandingFacility<T, N>>,
    /// Temporary open-market repo, amount outstanding in $bn.
    pub repo_operations: Vec<DrawnPace<T, N>>,
    /// Purchases sized each month to what reserves need.
    pub purchase_rules: Vec<DrawnPurchaseRule<T, N>>,
    /// What the Fed does if rates or reserves cross a line.
    pub policy_rules: Vec<DrawnPolicyRule<T, N>>,
    /// Moves of all administered rates at meetings, bp, in force from the day on.
    pub rate_moves: Vec<DrawnRateMove<T, N>>,
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
            deficit_shifts: Vec::new(),
            refinancing_shifts: Vec::new(),
            levered_growth: Vec::new(),
            debt_limits: Vec::new(),
            levered_unwinds: Vec::new(),
            foreign_outflows: Vec::new(),
            standing_facilities: Vec::new(),
            repo_operations: Vec::new(),
            purchase_rules: Vec::new(),
            policy_rules: Vec::new(),
            rate_moves: Vec::new(),
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
#[repr(align(64))]
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
#[repr(align(64))]
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
#[repr(align(64))]
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
#[repr(align(64))]
pub struct DrawnCapacityShift<T, const N: usize> {
    /// First day.
    pub start: [T; N],
    /// Change of the tri-party spread, bp.
    pub repo: [T; N],
    /// Change of the federal funds spread, bp.
    pub federal_funds: [T; N],
    /// Shift of SOFR's margin, bp.
    pub sofr: [T; N],
}

/// A level or pace in force for a while.
#[derive(Clone, Debug)]
#[repr(align(64))]
pub struct DrawnPace<T, const N: usize> {
    /// First day.
    pub start: [T; N],
    /// First day without.
    pub end: [T; N],
    /// The level or pace, in the unit of its list.
    pub pace: [T; N],
}

/// A change of the deficit.
#[derive(Clone, Debug)]
#[repr(align(64))]
pub struct DrawnDeficitShift<T, const N: usize> {
    /// First day.
    pub start: [T; N],
    /// First day without.
    pub end: [T; N],
    /// Outlays beyond the calendar, $bn a month.
    pub pace: [T; N],
    /// Share that notes and bonds finance; bills finance the rest.
    pub financed_by_coupons: [T; N],
}

/// A debt limit.
#[derive(Clone, Debug)]
#[repr(align(64))]
pub struct DrawnDebtLimit<T, const N: usize> {
    /// First day on which it binds.
    pub start: [T; N],
    /// First day without it.
    pub lift: [T; N],
    /// What can still be borrowed on its first day: room below the limit and extraordinary measures, $bn.
    pub headroom: [T; N],
    /// Largest net issue of bills while cash is rebuilt afterwards, $bn a week.
    pub rebuild_pace: [T; N],
}

/// Forced sales of Treasuries by leveraged investors.
#[derive(Clone, Debug)]
#[repr(align(64))]
pub struct DrawnUnwind<T, const N: usize> {
    /// First day.
    pub start: [T; N],
    /// What they sell in all, $bn.
    pub amount: [T; N],
    /// Number of days, at least one.
    pub over: [T; N],
    /// Share that dealers must take into inventory before others buy it.
    pub to_dealers: [T; N],
}

/// Foreign branches losing their funding.
#[derive(Clone, Debug)]
#[repr(align(64))]
pub struct DrawnForeignOutflow<T, const N: usize> {
    /// First day.
    pub start: [T; N],
    /// Reserves that move to domestic banks, $bn.
    pub amount: [T; N],
    /// Number of days, at least one.
    pub over: [T; N],
    /// Share of it that domestic banks keep rather than lend.
    pub kept: [T; N],
}

/// Terms of the standing repo facility.
#[derive(Clone, Debug)]
#[repr(align(64))]
pub struct DrawnStandingFacility<T, const N: usize> {
    /// First day.
    pub start: [T; N],
    /// Largest take-up, $bn; nothing closes it.
    pub limit: [T; N],
    /// Share of a day's demand that it meets in the morning, before most of the market has traded.
    pub morning: [T; N],
}

/// Monthly purchases by rule.
#[derive(Clone, Debug)]
#[repr(align(64))]
pub struct DrawnPurchaseRule<T, const N: usize> {
    /// First day on which a pace can be announced.
    pub start: [T; N],
    /// First day without.
    pub end: [T; N],
    /// Reserves aimed at, $bn.
    pub reserves: [T; N],
    /// Months over which a shortfall is made good.
    pub over: [T; N],
    /// Largest pace, $bn a month.
    pub most: [T; N],
}

/// What the Fed does once a line is crossed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyAction {
    /// It ends the runoff.
    EndRunoff,
    /// It buys bills, $bn a month.
    BuyBills,
    /// It offers temporary open-market repo, $bn outstanding.
    OfferRepo,
    /// It lowers all administered rates, bp.
    CutRates,
}

/// A reaction: a line, the patience before it, and the size of what follows.
#[derive(Clone, Debug)]
#[repr(align(64))]
pub struct DrawnPolicyRule<T, const N: usize> {
    /// What it does.
    pub action: PolicyAction,
    /// SOFR less IORB above which the line is crossed, bp.
    pub sofr_above: [T; N],
    /// Reserves below which it is crossed, $bn.
    pub reserves_below: [T; N],
    /// Days in a row on which it must be crossed.
    pub days: [T; N],
    /// Days between the last of them and the action.
    pub delay: [T; N],
    /// Size, in the unit of the action.
    pub size: [T; N],
}

/// A move of all administered rates.
#[derive(Clone, Debug)]
#[repr(align(64))]
pub struct DrawnRateMove<T, const N: usize> {
    /// First day.
    pub start: [T; N],
    /// The move, bp.
    pub by: [T; N],
}

/// Adds the levels or paces that are in force on `day`.
#[inline(always)]
pub fn add_paces<T: Real, const N: usize>(sum: &mut [T; N], paces: &[DrawnPace<T, N>], day: usize) {
    let today = T::of(day as f64);
    for pace in paces {
        for i in 0..N {
            sum[i] += during(today, pace.start[i], pace.end[i]) * pace.pace[i];
        }
    }
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
