//! A larger deficit, and how the Treasury divides its financing between bills and notes and bonds.
//!
//! ```text
//! outlays_d += pace / (251/12)                   while the shift lasts
//! coupons_d += (φ pace + mix) · share of a month settling on d
//! ```
//!
//! φ is the share that notes and bonds finance, mix a shift of financing at a given deficit. Bills remain the plug, so that
//! what notes and bonds do not raise, bills do. Treasury, quarterly refunding statements and recommendations of its
//! Borrowing Advisory Committee, 2023 to 2025.

use super::events::{DrawnEvents, add_paces, during};
use super::plan::BUSINESS_DAYS_PER_MONTH;
use super::real::Real;

/// Outlays beyond the calendar on `day`, $bn.
#[inline(always)]
pub fn extra_outlays<T: Real, const N: usize>(events: &DrawnEvents<T, N>, day: usize) -> [T; N] {
    let today = T::of(day as f64);
    let mut outlays = [T::ZERO; N];
    for shift in &events.deficit_shifts {
        for i in 0..N {
            let a_day = shift.pace[i] / T::of(BUSINESS_DAYS_PER_MONTH);
            outlays[i] += during(today, shift.start[i], shift.end[i]) * a_day;
        }
    }
    outlays
}

/// Net notes and bonds beyond the schedule, $bn a month, as decided on `day`.
#[inline(always)]
pub fn extra_coupons<T: Real, const N: usize>(events: &DrawnEvents<T, N>, day: usize) -> [T; N] {
    let today = T::of(day as f64);
    let mut coupons = [T::ZERO; N];
    for shift in &events.deficit_shifts {
        for i in 0..N {
            coupons[i] += during(today, shift.start[i], shift.end[i]) * shift.pace[i] * shift.financed_by_coupons[i];
        }
    }
    add_paces(&mut coupons, &events.refinancing_shifts, day);
    coupons
}

/// Notes and bonds beyond the schedule that today's plans bring to settlement after `day` and up to `horizon`, $bn, where
/// the settlements between count for `months` of a month.
///
/// A shift of financing is announced with the refunding and known with its end; a deficit is known once it has begun.
#[inline(always)]
pub fn extra_coupons_until<T: Real, const N: usize>(
    events: &DrawnEvents<T, N>,
    day: usize,
    horizon: usize,
    months: f64,
) -> [T; N] {
    let (today, last) = (T::of(day as f64), T::of(horizon as f64));
    let span = T::of((horizon - day) as f64);
    let in_force = |start: T, end: T| {
        ((last + T::ONE).min(end) - (today + T::ONE).max(start)).clamp(T::ZERO, span) / span * T::of(months)
    };
    let mut coupons = [T::ZERO; N];
    for shift in &events.deficit_shifts {
        for i in 0..N {
            let begun = if today >= shift.start[i] { T::ONE } else { T::ZERO };
            coupons[i] += begun * in_force(shift.start[i], shift.end[i]) * shift.pace[i] * shift.financed_by_coupons[i];
        }
    }
    for shift in &events.refinancing_shifts {
        for i in 0..N {
            coupons[i] += in_force(shift.start[i], shift.end[i]) * shift.pace[i];
        }
    }
    coupons
}
