//! The Treasury's cash: operating flow, deficit, shutdowns and one-off flows, and what cash cannot pay.

use super::books::after;
use super::case::Case;
use super::system::{BN, BN_A_DAY, System, posted};
use super::text::{during, number, share_done, since, sum};
use crate::model::{Flow, Instrument, Sector, calendar_coefficients};

/// Flows of the morning that reach the account before it is seen what cash allows.
const BEFORE_PAYMENTS: &[Flow] = &[
    Flow::TaxReceipts,
    Flow::CouponInterest,
    Flow::BillsToFunds,
    Flow::BillsToPrivate,
    Flow::CouponsToLevered,
    Flow::CouponsToPrivate,
    Flow::SomaMaturities,
    Flow::SomaRollover,
];

/// Writes the operating flow, which `outlays` complete once it is seen what cash allows.
pub fn write(system: &mut System, case: &Case<'_>) {
    let events = case.events();
    system.mechanism("operating_flow");
    let coefficients = calendar_coefficients(case.parameters());
    let calendar = |booked: fn(Flow) -> bool, sign: f64| {
        case.of_days(|day| {
            let of_kind = day.calendar.iter().map(|&effect| coefficients[effect]).filter(|(flow, _)| booked(*flow));
            sign * of_kind.map(|(_, value)| value).sum::<f64>()
        })
    };
    let receipts = calendar(|flow| !matches!(flow, Flow::Outlays | Flow::CouponInterest), 1.0);
    system.table("calendar receipts", BN_A_DAY, receipts, "Receipts by calendar: effects booked as receipts.");
    let outlays = calendar(|flow| flow == Flow::Outlays, -1.0);
    system.table("calendar outlays", BN_A_DAY, outlays, "Benefits and pay by calendar: effects booked as outlays.");
    let interest = calendar(|flow| flow == Flow::CouponInterest, -1.0);
    system.table("calendar interest", BN_A_DAY, interest, "Interest on notes and bonds by calendar.");
    system.post(Flow::TaxReceipts, "calendar_receipts + one_off_flows");
    let due = "calendar_outlays + delayed_outlays + extra_outlays";
    system.auxiliary("outlays due", BN_A_DAY, due, "Outlays that fall due today.");
    system.post(Flow::CouponInterest, "calendar_interest");
    let operating = format!("{} - outlays_due - {}", posted(Flow::TaxReceipts), posted(Flow::CouponInterest));
    system.auxiliary("operating flow", BN_A_DAY, operating, "Into the TGA, before what waits for cash.");

    system.mechanism("deficit");
    let extra = sum(events.deficit_shifts.iter().map(|shift| {
        format!("{} * {} / business_days_per_month", during(shift.start[0], shift.end[0]), number(shift.pace[0]))
    }));
    let told = format!("Outlays beyond the calendar. {}", case.told_by("deficit_shift"));
    system.auxiliary("extra outlays", BN_A_DAY, extra, &told);

    system.mechanism("treasury_events");
    let delayed = sum(events.shutdowns.iter().map(|shutdown| {
        let (start, reopening, catch_up) = (shutdown.start[0], shutdown.reopening[0], shutdown.catch_up[0]);
        format!(
            "{} * ({} * ({} - {}) / {} - {})",
            number(shutdown.delayed_outlays[0]),
            during(reopening, reopening + catch_up),
            number(reopening),
            number(start),
            number(catch_up),
            during(start, reopening),
        )
    }));
    let told = format!("Outlays that shutdowns delay, and that are caught up. {}", case.told_by("shutdown"));
    system.auxiliary("delayed outlays", BN_A_DAY, delayed, &told);
    let one_off = sum(events.treasury_flows.iter().map(|flow| {
        let (start, over) = (flow.start[0], flow.over[0]);
        format!("{} * {} / {}", during(start, start + over), number(flow.amount[0]), number(over))
    }));
    let told = format!("One-off flows into the TGA. {}", case.told_by("treasury_flow"));
    system.auxiliary("one off flows", BN_A_DAY, one_off, &told);
    let hoarding = events.shutdowns.iter().map(|shutdown| {
        format!("{} * {}", during(shutdown.start[0], shutdown.reopening[0]), number(shutdown.hoarding[0]))
    });
    let shifts = events.target_shifts.iter().map(|shift| {
        let (start, over) = (shift.start[0], shift.over[0]);
        let done = share_done("(TIME + days_to_horizon)", start, over);
        format!("{} * {done} * {}", since(start), number(shift.amount[0]))
    });
    let told = "What the cash target at the horizon is above the announced path: caution while a shutdown lasts, and moves \
                that have begun.";
    system.auxiliary("target adjustment", BN, sum(hoarding.chain(shifts)), told);
}

/// Writes what the account can pay of the outlays that fall due or wait.
pub fn write_payments(system: &mut System) {
    let cash = format!("{} - outlays_due", after(Sector::Treasury, Instrument::Tga, BEFORE_PAYMENTS));
    system.auxiliary("cash before payments", BN, cash, "The TGA once the morning has settled.");
    let paid = "MIN(cash_before_payments, unpaid_outlays_brought_forward)";
    let meaning = "Outlays that waited and are paid; negative where an overdraft lets more wait.";
    system.auxiliary("outlays paid late", BN_A_DAY, paid, meaning);
    system.post(Flow::Outlays, "outlays_due + outlays_paid_late");
    let unpaid = "unpaid_outlays_brought_forward - outlays_paid_late".to_owned();
    system.memory("unpaid_outlays", BN, number(0.0), unpaid, "Outlays that wait because the TGA is empty.");
}
