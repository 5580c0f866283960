//! The Treasury's operating cash flow: taxes, outlays and interest.
//!
//! ```text
//! flow_d = Σ_k β_k · effect_k(calendar_d) + σ_d z_d + a_d
//! a_d    = φ a_{d−1} + flow_drift_noise w_d
//!          the deficit runs above or below forecast for months
//! σ_d    = flow_noise, or flow_noise_large when much is due
//!
//! φ = 2^(−1/flow_drift_half_life); the βs are the other flow_… and tax_…
//! ```
//!
//! In $bn a day, positive into the TGA; z has Student's t tails. Gross receipts and outlays cancel in the
//! account, so each effect is posted by its sign. Own regression on the Daily Treasury Statement, 2021 to 2026.

use super::books::Flow;
use super::deficit::extra_outlays;
use super::events::DrawnEvents;
use super::parameters::Parameters;
use super::plan::DayPlan;
use super::real::Real;
use super::shocks::Shock;
use super::state::{PerPath, Shocks, State, TileParameters, lanes};
use super::treasury_events::{delayed_outlays, one_off_flows};
use crate::calendar::fiscal::tax_date;
use crate::calendar::{BenefitDay, DayMarks, TaxDate, fedwire};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

macro_rules! calendar_effects {
    (|$date:ident, $marks:ident, $refunding:ident, $tax:ident| $( $parameter:ident, $flow:ident, $in_force:expr; )*) => {
        /// Number of calendar effects.
        pub const CALENDAR_EFFECTS: usize = [$( stringify!($parameter), )*].len();

        /// The coefficients β of the calendar effects, in a fixed order, with the flow each is booked as.
        pub fn calendar_coefficients<V>(p: &Parameters<V>) -> [(Flow, &V); CALENDAR_EFFECTS] {
            [$( (Flow::$flow, &p.$parameter), )*]
        }

        /// Which effects are in force on a day, in the order in which their coefficients are listed.
        pub fn calendar_effects($date: Date, $marks: &DayMarks) -> [bool; CALENDAR_EFFECTS] {
            let $refunding = $date.month() % 3 == 2;
            let $tax = |days_away| tax_date(business_days_away($date, days_away));
            [$( $in_force, )*]
        }
    };
}

calendar_effects! {
    |date, marks, refunding, tax|
    flow_constant, TaxReceipts, true;
    flow_monday, TaxReceipts, marks.weekday == Weekday::Monday;
    flow_tuesday, TaxReceipts, marks.weekday == Weekday::Tuesday;
    flow_wednesday, TaxReceipts, marks.weekday == Weekday::Wednesday;
    flow_thursday, TaxReceipts, marks.weekday == Weekday::Thursday;
    flow_after_holiday, TaxReceipts, after_holiday(date);
    flow_payday, Outlays, pays_the_first_of_a_month(date);
    flow_social_security_third, Outlays, marks.benefit == Some(BenefitDay::Third);
    flow_second_wednesday, Outlays, marks.benefit == Some(BenefitDay::SecondWednesday);
    flow_third_wednesday, Outlays, marks.benefit == Some(BenefitDay::ThirdWednesday);
    flow_fourth_wednesday, Outlays, marks.benefit == Some(BenefitDay::FourthWednesday);
    flow_month_end_interest, CouponInterest, pays_month_end_interest(date);
    flow_mid_month_interest, CouponInterest, marks.mid_month && !refunding;
    flow_refunding_interest, CouponInterest, marks.mid_month && refunding;
    tax_january, TaxReceipts, tax(0) == Some(TaxDate::January);
    tax_january_after, TaxReceipts, tax(-1) == Some(TaxDate::January);
    tax_march, TaxReceipts, tax(0) == Some(TaxDate::March);
    tax_march_after, TaxReceipts, tax(-1) == Some(TaxDate::March);
    tax_april_before, TaxReceipts, tax(1) == Some(TaxDate::April);
    tax_april, TaxReceipts, tax(0) == Some(TaxDate::April);
    tax_april_after, TaxReceipts, tax(-1) == Some(TaxDate::April);
    tax_april_second_after, TaxReceipts, tax(-2) == Some(TaxDate::April);
    tax_quarterly, TaxReceipts, tax(0).is_some_and(is_quarterly);
    tax_quarterly_after, TaxReceipts, tax(-1).is_some_and(is_quarterly);
    tax_october, TaxReceipts, marks.mid_month && date.month() == 10;
    flow_early_april, TaxReceipts, date.month() == 4 && date.day() < 15;
    flow_late_april, TaxReceipts, date.month() == 4 && date.day() > 15;
    flow_february, TaxReceipts, date.month() == 2;
    flow_march, TaxReceipts, date.month() == 3;
    flow_april, TaxReceipts, date.month() == 4;
    flow_may, TaxReceipts, date.month() == 5;
    flow_june, TaxReceipts, date.month() == 6;
    flow_july, TaxReceipts, date.month() == 7;
    flow_august, TaxReceipts, date.month() == 8;
    flow_september, TaxReceipts, date.month() == 9;
    flow_october, TaxReceipts, date.month() == 10;
    flow_november, TaxReceipts, date.month() == 11;
    flow_december, TaxReceipts, date.month() == 12;
}

/// Whether taxes, benefits or interest are due, so that the day's flow is hard to foresee.
pub fn has_large_payments(date: Date, marks: &DayMarks) -> bool {
    let near_tax_date = [-1, 0, 1].into_iter().any(|days| tax_date(business_days_away(date, days)).is_some());
    near_tax_date || marks.mid_month || pays_the_first_of_a_month(date) || pays_month_end_interest(date)
}

fn business_days_away(date: Date, days: i32) -> Date {
    let step = if days < 0 { fedwire::previous_business_day } else { fedwire::next_business_day };
    (0..days.abs()).fold(date, |date, _| step(date))
}

fn is_quarterly(tax: TaxDate) -> bool {
    matches!(tax, TaxDate::June | TaxDate::September | TaxDate::December)
}

/// Whether a weekday was skipped since the last business day.
fn after_holiday(date: Date) -> bool {
    let usual = if date.weekday() == Weekday::Monday { 3 } else { 1 };
    (date - fedwire::previous_business_day(date)).get_days() > usual
}

/// Whether what is due on the 1st of a month is paid: on the last business day that is not later; what is
/// due on New Year's Day moves the account on the first business day from the 2nd.
fn pays_the_first_of_a_month(date: Date) -> bool {
    let next = date.last_of_month().saturating_add(1.day());
    [date.first_of_month(), next].into_iter().any(|first| match first.month() {
        1 => date == fedwire::on_or_after(first.saturating_add(1.day())),
        _ => date == fedwire::on_or_before(first),
    })
}

/// Whether interest due at a month-end is paid: on its last day or the next business day.
fn pays_month_end_interest(date: Date) -> bool {
    [date.last_of_month(), date.first_of_month().saturating_sub(1.day())]
        .into_iter()
        .any(|end| date == fedwire::on_or_after(end))
}

/// What the calendar lets foresee of a flow, $bn, positive into the TGA.
#[inline(always)]
fn foreseen<T: Real, V: PerPath<T>>(coefficients: &[(Flow, &V); CALENDAR_EFFECTS], day: &DayPlan, flow: Flow) -> V {
    let mut sum = V::of_paths(|_| T::ZERO);
    for &effect in &day.calendar {
        let (booked, coefficient) = coefficients[effect];
        if booked == flow {
            sum = V::of_paths(|i| sum[i] + coefficient[i]);
        }
    }
    sum
}

/// Collects taxes, pays outlays and interest; returns the day's operating flow, $bn.
#[inline(always)]
pub fn settle_operating_flow<T: Real, const N: usize>(
    state: &mut State<T, N>,
    p: &TileParameters<impl PerPath<T>>,
    events: &DrawnEvents<T, N>,
    day: &DayPlan,
    shocks: &Shocks<T, N>,
) -> [T; N] {
    let z = &shocks[Shock::OperatingFlow as usize];
    let w = &shocks[Shock::FlowDrift as usize];
    for i in 0..N {
        state.flow_drift[i] = p.decay.flow_drift[i] * state.flow_drift[i] + p.flow_drift_noise[i] * w[i];
    }
    let size = if day.large_payments { &p.flow_noise_large } else { &p.flow_noise };

    let coefficients = calendar_coefficients(p);
    let [taxes, benefits, interest] =
        [Flow::TaxReceipts, Flow::Outlays, Flow::CouponInterest].map(|flow| foreseen(&coefficients, day, flow));
    let (one_off, delayed, deficit) =
        (one_off_flows(events, state.day), delayed_outlays(events, state.day), extra_outlays(events, state.day));
    let receipts: [T; N] = lanes(|i| one_off[i] + taxes[i] + size[i] * z[i] + state.flow_drift[i]);
    let outlays: [T; N] = lanes(|i| delayed[i] + deficit[i] - benefits[i]);
    let interest: [T; N] = lanes(|i| -interest[i]);
    state.books.post(Flow::TaxReceipts as usize, &receipts);
    state.books.post(Flow::Outlays as usize, &outlays);
    state.books.post(Flow::CouponInterest as usize, &interest);
    lanes(|i| receipts[i] - outlays[i] - interest[i])
}
