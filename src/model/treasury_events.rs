//! What a shutdown, a one-off flow and a change of mind do to the Treasury's cash.
//!
//! ```text
//! delayed_d = r                           while the government is shut, s to e
//!           = −r (e − s) / c    in the c days after: what was delayed is paid
//! target_d  = path_d + hoarding while shut + Σ shifts so far
//! ```
//!
//! Congressional Budget Office, 29 October 2025, *A Quantitative Analysis of the Effects of the Government
//! Shutdown on the Economy*: delayed outlays of 33, 54 and 74 $bn in four, six and eight weeks.

use super::events::{DrawnEvents, during, share_done};
use super::real::Real;

/// Outlays paid because of shutdowns, $bn: negative while they are delayed, positive in the catch-up.
#[inline(always)]
pub fn delayed_outlays<T: Real, const N: usize>(events: &DrawnEvents<T, N>, day: usize) -> [T; N] {
    let day = T::of(day as f64);
    let mut outlays = [T::ZERO; N];
    for shutdown in &events.shutdowns {
        for i in 0..N {
            let (start, reopening, catch_up) = (shutdown.start[i], shutdown.reopening[i], shutdown.catch_up[i]);
            let shut = during(day, start, reopening);
            let catching_up = during(day, reopening, reopening + catch_up);
            let paid_back = (reopening - start) / catch_up;
            outlays[i] += shutdown.delayed_outlays[i] * (catching_up * paid_back - shut);
        }
    }
    outlays
}

/// One-off flows that fall on the day, $bn into the TGA.
#[inline(always)]
pub fn one_off_flows<T: Real, const N: usize>(events: &DrawnEvents<T, N>, day: usize) -> [T; N] {
    let day = T::of(day as f64);
    let mut flow = [T::ZERO; N];
    for event in &events.treasury_flows {
        for i in 0..N {
            flow[i] += during(day, event.start[i], event.start[i] + event.over[i]) * event.amount[i] / event.over[i];
        }
    }
    flow
}

/// What the Treasury's cash target is above its announced path on `day`, as seen on `today`, $bn.
///
/// The Treasury hoards as long as the government is shut today; it does not know when it will reopen.
#[inline(always)]
pub fn target_adjustment<T: Real, const N: usize>(events: &DrawnEvents<T, N>, today: usize, day: usize) -> [T; N] {
    let (today, day) = (T::of(today as f64), T::of(day as f64));
    let mut adjustment = [T::ZERO; N];
    for shutdown in &events.shutdowns {
        for i in 0..N {
            adjustment[i] += during(today, shutdown.start[i], shutdown.reopening[i]) * shutdown.hoarding[i];
        }
    }
    for shift in &events.target_shifts {
        for i in 0..N {
            // A move that has not begun is not known; one that has is known to its end.
            let begun = if today >= shift.start[i] { T::ONE } else { T::ZERO };
            adjustment[i] += begun * share_done(day, shift.start[i], shift.over[i]) * shift.amount[i];
        }
    }
    adjustment
}
