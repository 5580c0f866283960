//! The Treasury's debt: notes and bonds on schedule, bills toward the cash target, and the limit on both.

use super::books::at_close;
use super::case::Case;
use super::system::{BN, BN_A_DAY, BN_A_MONTH, DAYS, PURE, System};
use super::text::{during, number, since, sum};
use super::treasury;
use crate::model::{
    AUCTION_LEAD, Auction, CASH_HORIZON, Flow, Instrument, Sector, calendar_coefficients, coupon_amounts,
};

/// Writes notes and bonds, bills and the debt limit.
pub fn write(system: &mut System, case: &Case<'_>) {
    write_coupons(system, case);
    write_settlement(system, case);
    write_limit(system, case);
    write_auction(system, case);
}

/// Net notes and bonds by schedule with these weights, and what of them is known in advance, $bn.
fn scheduled(case: &Case<'_>, weights: &[f64], known: f64) -> f64 {
    let amounts = coupon_amounts(case.parameters());
    known + amounts.into_iter().zip(weights).map(|(amount, weight)| weight * amount).sum::<f64>()
}

fn write_coupons(system: &mut System, case: &Case<'_>) {
    let events = case.events();
    system.mechanism("coupons");
    let schedule = case.of_days(|day| scheduled(case, &day.coupons, day.known_coupons));
    let meaning = "Net notes and bonds that settle by schedule: auction sizes less what matures.";
    system.table("scheduled coupons", BN_A_DAY, schedule, meaning);
    let meaning = "Share of a month's settlements that falls on the day: one half at mid-month and at month-end.";
    system.table("settlement share", PURE, case.of_days(|day| day.soma_share), meaning);
    let deficit = events.deficit_shifts.iter().map(|shift| {
        let in_force = during(shift.start[0], shift.end[0]);
        format!("{in_force} * {} * {}", number(shift.pace[0]), number(shift.financed_by_coupons[0]))
    });
    let mix = events
        .refinancing_shifts
        .iter()
        .map(|shift| format!("{} * {}", during(shift.start[0], shift.end[0]), number(shift.pace[0])));
    let told = format!("Net notes and bonds beyond the schedule. {}", case.told_by("refinancing_shift"));
    system.auxiliary("extra coupons", BN_A_MONTH, sum(deficit.chain(mix)), &told);
    let net = "scheduled_coupons + settlement_share * extra_coupons";
    system.auxiliary("net coupons", BN_A_DAY, net, "Net notes and bonds that settle today.");
    system.post(Flow::CouponsToLevered, "p_dealer_share_of_coupons * net_coupons");
    system.post(Flow::CouponsToPrivate, "net_coupons - p_dealer_share_of_coupons * net_coupons");
}

fn write_settlement(system: &mut System, case: &Case<'_>) {
    system.mechanism("issuance");
    // What was announced stands in line by the days to its settlement; tomorrow each is a day nearer.
    for days in 0..AUCTION_LEAD {
        let opening = case.plan.days.get(days).filter(|day| day.bills_settle).map_or(0.0, |day| day.announced_bills);
        let name = format!("bills due in {days} days");
        let next = match days + 1 {
            AUCTION_LEAD => "bills_announced".to_owned(),
            nearer => format!("bills_due_in_{nearer}_days"),
        };
        let change = format!("{next} - bills_due_in_{days}_days");
        system.stock(
            &name,
            BN,
            number(opening),
            change,
            "Net bills announced, by the business days to their settlement.",
        );
    }
    system.auxiliary("net bills", BN_A_DAY, "bills_due_in_0_days", "Net bills that settle today.");
    system.post(Flow::BillsToFunds, "p_bill_share_of_funds * net_bills");
    system.post(Flow::BillsToPrivate, "net_bills - p_bill_share_of_funds * net_bills");
    let needs = "survival_of_settlement_needs * settlement_needs_brought_forward + p_coupon_settlement_need * (net_coupons + \
                 sold_to_dealers) + p_bill_settlement_need * net_bills";
    let meaning = "Extra demand for reserves that settlements, and forced sales to dealers, leave behind.";
    system.memory("settlement_needs", BN, number(0.0), needs.to_owned(), meaning);
}

fn write_limit(system: &mut System, case: &Case<'_>) {
    let limits = &case.events().debt_limits;
    system.mechanism("debt_limit");
    treasury::write_payments(system);
    let opened = limits.iter().fold("debt_room_brought_forward".to_owned(), |room, limit| {
        let first = number(limit.start[0].max(0.0));
        format!("(IF TIME = {first} THEN {} ELSE {room})", number(limit.headroom[0]))
    });
    let binding = limits.iter().map(|limit| during(limit.start[0], limit.lift[0]));
    system.auxiliary("debt limits that bind", PURE, sum(binding), &case.told_by("debt_limit"));
    let borrowed = "net_coupons + net_bills - soma_runoff";
    system.auxiliary("borrowed", BN_A_DAY, borrowed, "Net borrowing that counts against a limit.");
    let room = format!("IF debt_limits_that_bind > 0 THEN {opened} - borrowed ELSE 0");
    system.memory(
        "debt_room",
        BN,
        number(0.0),
        room,
        "What may still be borrowed under a limit; nil while none binds.",
    );

    let of_auction = |value: &dyn Fn(&Auction) -> f64| case.of_days(|day| day.auction.as_ref().map_or(0.0, value));
    let schedule =
        of_auction(&|auction| scheduled(case, &auction.coupons_to_settlement, auction.known_coupons_to_settlement));
    let meaning = "Net notes and bonds of the schedule that settle before the bills announced today do, or with them.";
    system.table("scheduled coupons to settlement", BN, schedule, meaning);
    let share = of_auction(&|auction| auction.share_to_settlement);
    let meaning =
        "Share of a month's settlements that falls on the days to the settlement of the bills announced today.";
    system.table("share to settlement", PURE, share, meaning);
    let to_settle = format!(
        "scheduled_coupons_to_settlement + {} + bills_in_line",
        extra_coupons_until(case, "days_to_settlement", "share_to_settlement")
    );
    system.auxiliary("to settle", BN, to_settle, "What is to settle until then and needs room.");
    let pace = limits.iter().fold("p_bill_pace_limit".to_owned(), |pace, limit| {
        format!("(IF TIME >= {} THEN {} / 2 ELSE {pace})", number(limit.lift[0]), number(limit.rebuild_pace[0]))
    });
    let meaning =
        "The largest net issue of bills: from the lift of a limit on the pace of the rebuild, two settlements a week.";
    system.auxiliary("bill pace", BN, pace, meaning);
    let most = "IF debt_limits_that_bind > 0 THEN MIN(bill_pace, debt_room - to_settle) ELSE bill_pace";
    system.auxiliary("most bills", BN, most, "The most that may be announced: the pace, within the room of a limit.");
}

fn write_auction(system: &mut System, case: &Case<'_>) {
    system.mechanism("issuance");
    let of_auction = |value: &dyn Fn(&Auction) -> f64| case.of_days(|day| day.auction.as_ref().map_or(0.0, value));
    let lead = AUCTION_LEAD as f64;
    system.constant(
        "days to settlement",
        DAYS,
        lead,
        "Business days from the announcement of bills to their settlement.",
    );
    let meaning = "Business days at whose end the Treasury wants its cash on target: a month beyond the settlement.";
    system.constant("days to horizon", DAYS, lead + CASH_HORIZON as f64, meaning);
    system.table("auction", PURE, of_auction(&|_| 1.0), "One on days on which bills are announced.");
    let coefficients = calendar_coefficients(case.parameters());
    let flow = of_auction(&|auction| {
        coefficients.into_iter().zip(auction.calendar).map(|((_, value), weight)| weight * value).sum()
    });
    system.table("foreseen flow", BN, flow, "Calendar effects of the operating flow from tomorrow to the horizon.");
    let coupons = of_auction(&|auction| scheduled(case, &auction.coupons, auction.known_coupons));
    system.table("foreseen coupons", BN, coupons, "Net notes and bonds by schedule from tomorrow to the horizon.");
    let share = of_auction(&|auction| auction.soma_share);
    system.table("share to horizon", PURE, share, "Months' worth of settlements from tomorrow to the horizon.");
    let cap = of_auction(&|auction| auction.runoff_cap);
    system.table("runoff cap at horizon", BN_A_MONTH, cap, "Monthly cap on the runoff of Treasury securities then.");
    let target = of_auction(&|auction| auction.cash_target);
    system.table("cash target at horizon", BN, target, "The Treasury's announced cash target at the horizon.");

    let announced = (1..AUCTION_LEAD).map(|days| format!("bills_due_in_{days}_days"));
    let meaning = "Bills announced that have not settled.";
    system.auxiliary("bills in line", BN, sum(announced), meaning);
    let running_off =
        "IF TIME < runoff_end THEN share_to_horizon * MIN(runoff_cap_at_horizon, p_soma_maturities) ELSE 0";
    let meaning = "Redemptions of the Fed to the horizon, as if runoff went on to it where it has not ended.";
    system.auxiliary("foreseen runoff", BN, running_off, meaning);
    let cash = format!(
        "{} + bills_in_line + foreseen_coupons + foreseen_flow + {} - days_to_horizon * extra_outlays - \
         foreseen_runoff",
        at_close(Sector::Treasury, Instrument::Tga),
        extra_coupons_until(case, "days_to_horizon", "share_to_horizon"),
    );
    system.auxiliary("foreseen cash", BN, cash, "The TGA at the horizon without further bills.");
    let gap = "cash_target_at_horizon + p_cash_cushion + target_adjustment - foreseen_cash";
    system.auxiliary("cash gap", BN, gap, "By how much cash would miss its target at the horizon.");
    let net = "IF auction > 0.5 THEN MIN(MAX(p_bill_inertia * last_announced_brought_forward + (1 - p_bill_inertia) * \
               p_bill_response * cash_gap, 0 - p_bill_pace_limit), most_bills) ELSE 0";
    system.auxiliary("bills announced", BN, net, "Net bills announced today, to settle a week from now.");
    let last = "IF auction > 0.5 THEN bills_announced ELSE last_announced_brought_forward".to_owned();
    let mut settling = case.plan.days.iter().take(AUCTION_LEAD).filter(|day| day.bills_settle);
    let opening = settling.next_back().map_or(0.0, |day| day.announced_bills);
    system.memory("last_announced", BN, number(opening), last, "Net bills of the last announcement.");
}

/// Notes and bonds beyond the schedule that today's plans bring to settlement within some days, among which fall settlements
/// of `months` of a month. A shift of financing is known with its end, a deficit once it has begun.
fn extra_coupons_until(case: &Case<'_>, days: &str, months: &str) -> String {
    let in_force = |start: f64, end: f64| {
        let (start, end) = (number(start), number(end));
        format!("MIN(MAX(MIN(TIME + {days} + 1, {end}) - MAX(TIME + 1, {start}), 0), {days}) / {days} * {months}")
    };
    let events = case.events();
    let deficit = events.deficit_shifts.iter().map(|shift| {
        let (start, end) = (shift.start[0], shift.end[0]);
        let pace = format!("{} * {}", number(shift.pace[0]), number(shift.financed_by_coupons[0]));
        format!("{} * {} * {pace}", since(start), in_force(start, end))
    });
    let mix = events
        .refinancing_shifts
        .iter()
        .map(|shift| format!("{} * {}", in_force(shift.start[0], shift.end[0]), number(shift.pace[0])));
    sum(deficit.chain(mix))
}
