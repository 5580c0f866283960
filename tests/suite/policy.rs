//! What the Treasury and the Fed do under rules: the debt limit, reactions, purchases, facilities and meetings, by hand.

use crate::tile::{
    BILLS, COUPONS, LANES, assert_all_higher, assert_near, live_through, no_events, published_day, quiet_autumn, run,
    run_without_response, sums,
};
use jiff::civil::{Date, date};
use tidegate::model::{
    AUCTION_LEAD, BUSINESS_DAYS_PER_MONTH, DrawnDebtLimit, DrawnDeficitShift, DrawnEvents, DrawnPace, DrawnPolicyRule,
    DrawnPurchaseRule, Flow, Plan, PolicyAction, Simulated, Variable,
};
use tidegate::research::Run;
use tidegate::statistics::quantiles;

fn number_of(plan: &Plan, date: Date) -> usize {
    plan.days.iter().position(|day| day.date == date).expect("a business day of the run")
}

fn limit(lift: f64, headroom: f64, rebuild_pace: f64) -> DrawnEvents<f64, LANES> {
    let limit = DrawnDebtLimit {
        start: [0.0; LANES],
        lift: [lift; LANES],
        headroom: [headroom; LANES],
        rebuild_pace: [rebuild_pace; LANES],
    };
    DrawnEvents { debt_limits: vec![limit], ..no_events() }
}

#[test]
fn room_counts_down_by_what_is_borrowed_and_no_bills_are_announced_beyond_it() {
    let headroom = 60.0;
    let (_, plan) = quiet_autumn("");
    let days = live_through(&plan, &[], &limit(f64::INFINITY, headroom, 0.0));
    let mut binding = 0;
    for lane in 0..LANES {
        let mut room = headroom;
        for (number, day) in days.iter().enumerate() {
            // Net borrowing from the public; what the Fed lets mature was borrowed from it and makes room.
            room -= day.sum(BILLS, lane) + day.sum(COUPONS, lane) - day.runoff(lane);
            assert_near(day.of(Simulated::DebtRoom, lane), room, &plan.days[number].date.to_string());
            if plan.days[number].auction.is_none() || number + AUCTION_LEAD >= days.len() {
                continue;
            }
            let slot = number % AUCTION_LEAD;
            let others: f64 = (0..AUCTION_LEAD).filter(|other| *other != slot).map(|it| day.announced[it][lane]).sum();
            // Notes and bonds do not depend on luck: what will settle is what did.
            let to_settle: f64 =
                days[number + 1..=number + AUCTION_LEAD].iter().map(|day| day.sum(COUPONS, lane)).sum();
            let most = room - others - to_settle;
            assert!(day.announced[slot][lane] <= most + 1e-9, "{} against {most}", day.announced[slot][lane]);
            binding += usize::from((day.announced[slot][lane] - most).abs() < 1e-9);
        }
    }
    assert!(binding > LANES, "the limit must bind: {binding}");
}

#[test]
fn there_is_no_room_to_speak_of_where_no_limit_binds() {
    let (_, plan) = quiet_autumn("");
    let never = live_through(&plan, &[], &no_events());
    let lifted = live_through(&plan, &[], &limit(20.0, 500.0, 100.0));
    for number in 0..never.len() {
        assert_near(never[number].of(Simulated::DebtRoom, 0), 0.0, "without a limit");
        let room = lifted[number].of(Simulated::DebtRoom, 0);
        assert_eq!(room == 0.0, number >= 20, "day {number}: {room}");
    }
}

#[test]
fn outlays_wait_for_cash_and_all_of_them_are_paid_once_the_limit_is_lifted() {
    // 2,000bn a month for fifteen days are 1,434bn, which the account of 819bn cannot pay without borrowing.
    let (_, plan) = quiet_autumn("");
    let deficit = DrawnDeficitShift {
        start: [0.0; LANES],
        end: [15.0; LANES],
        pace: [2000.0; LANES],
        financed_by_coupons: [0.0; LANES],
    };
    let events = DrawnEvents { deficit_shifts: vec![deficit], ..limit(20.0, 0.0, 250.0) };
    let days = live_through(&plan, &[], &events);
    let unlimited = live_through(&plan, &[], &DrawnEvents { debt_limits: Vec::new(), ..events });
    let total = |days: &[crate::tile::Day], lane| days.iter().map(|day| day.sum(&[Flow::Outlays], lane)).sum::<f64>();
    for lane in 0..LANES {
        let waiting = |number: usize| days[number].of(Simulated::UnpaidOutlays, lane);
        assert!(waiting(14) > 300.0, "{}", waiting(14));
        for (number, day) in days.iter().enumerate() {
            assert!(day.of(Simulated::Tga, lane) > -1e-9 && waiting(number) > -1e-9, "day {number}");
            // Nothing waits while there is cash.
            assert!(waiting(number) < 1e-9 || day.of(Simulated::Tga, lane) < 1e-9, "day {number}");
        }
        assert_near(waiting(days.len() - 1), 0.0, "unpaid at the end");
        assert_near(total(&days, lane), total(&unlimited, lane), "outlays of the whole run");
    }
}

#[test]
fn rebuilding_raises_bills_at_the_pace_of_the_event() {
    let (_, plan) = quiet_autumn("");
    // Two settlements a week of which each may bring half of 250bn, beyond the usual limit of 85.
    let days = live_through(&plan, &[("cash_cushion", 200.0), ("bill_response", 1.0)], &limit(20.0, 0.0, 250.0));
    let largest = days[25..].iter().map(|day| day.sum(BILLS, 0)).fold(0.0, f64::max);
    assert_near(largest, 125.0, "largest settlement");
}

fn rule(action: PolicyAction, reserves_below: f64, days: f64, delay: f64, size: f64) -> DrawnEvents<f64, LANES> {
    let rule = DrawnPolicyRule {
        action,
        sofr_above: [f64::INFINITY; LANES],
        reserves_below: [reserves_below; LANES],
        days: [days; LANES],
        delay: [delay; LANES],
        size: [size; LANES],
    };
    DrawnEvents { policy_rules: vec![rule], ..no_events() }
}

#[test]
fn a_rule_waits_for_days_in_a_row_and_for_its_delay_and_then_acts_for_good() {
    let (_, plan) = quiet_autumn("");
    let quiet = live_through(&plan, &[], &no_events());
    // The line is the median of a path that has been below it for a while and then rises above.
    let (lane, line, below) = (0..LANES)
        .find_map(|lane| {
            let reserves: Vec<f64> = quiet.iter().map(|day| day.of(Simulated::Reserves, lane)).collect();
            let line = quantiles(&mut reserves.clone(), &[0.5])[0];
            let below: Vec<bool> = reserves.iter().map(|reserves| *reserves < line).collect();
            let begins = below.windows(5).position(|days| days == [true; 5])?;
            below[begins..].contains(&false).then_some((lane, line, below))
        })
        .expect("a path falls below the line and rises again");
    for (patience, delay) in [(1, 1), (3, 2), (5, 4)] {
        let days = live_through(&plan, &[], &rule(PolicyAction::BuyBills, line, patience as f64, delay as f64, 20.0));
        // The first day that ends so many below the line in a row, and the delay after it.
        let crossed = (patience - 1..below.len())
            .find(|&last| below[last + 1 - patience..=last].iter().all(|below| *below))
            .expect("crossed for long enough");
        for (number, day) in days.iter().enumerate() {
            let expected = if number >= crossed + delay { 20.0 * 12.0 / 251.0 } else { 0.0 };
            let what = format!("{patience} days, {}", plan.days[number].date);
            assert_near(day.sum(&[Flow::ReserveManagementPurchases], lane), expected, &what);
        }
    }
}

#[test]
fn rules_end_the_runoff_and_offer_repo() {
    let (_, plan) = quiet_autumn("");
    // Always crossed on the first day, and in force on the next: before the first maturities of 15 October.
    let days = live_through(&plan, &[], &rule(PolicyAction::EndRunoff, f64::INFINITY, 1.0, 1.0, 0.0));
    assert_near(days.iter().map(|day| day.runoff(0)).sum(), 0.0, "runoff");
    let days = live_through(&plan, &[], &rule(PolicyAction::OfferRepo, f64::INFINITY, 2.0, 3.0, 30.0));
    for (number, day) in days.iter().enumerate() {
        let expected = if number >= 4 { 30.0 } else { 0.0 };
        assert_near(day.of(Simulated::TemporaryRepo, 0), expected, "repo by rule");
    }
}

/// Whether every path of `there` stands higher by `expected` than that of `here` from a date on, and not before.
fn assert_moved_from(there: &Run, here: &Run, variable: Variable, from: Date, expected: f64) {
    for (number, day) in here.plan.published_dates().iter().enumerate() {
        let moved = if *day >= from { expected } else { 0.0 };
        let columns = [there, here].map(|run| run.published(variable, number));
        assert_all_higher(&columns[0], &columns[1], moved, &format!("{} on {day}", variable.info().name));
    }
}

fn quiet_run(more: &str) -> Run {
    Run::simulate(quiet_autumn(more).0, &|_| ()).expect("no leak")
}

#[test]
fn a_cut_by_rule_lowers_all_administered_rates_and_no_spread() {
    let here = quiet_run("");
    let there = quiet_run(
        "[[event]]\nkind = \"rate_cut_if\"\ncut = \"5bp\"\nreserves_below = \"9tn\"\ndays = \"2bd\"\ndelay = \"3bd\"\n",
    );
    // Below 9tn on 2 and 3 October 2025; the third business day after is Wednesday the 8th.
    for variable in [Variable::Iorb, Variable::Sofr, Variable::Effr, Variable::SofrP99, Variable::FourWeekBill] {
        assert_moved_from(&there, &here, variable, date(2025, 10, 8), -0.05);
    }
    assert_moved_from(&there, &here, Variable::SofrIorb, date(2025, 10, 8), 0.0);
}

#[test]
fn a_random_meeting_moves_rates_by_one_of_its_outcomes_and_no_spread() {
    let here = quiet_run("");
    let meetings = "[rates]\nmeetings = [ { date = 2025-11-07, move = { choice = [\"0bp\", \"-25bp\"] } } ]\n";
    let there = quiet_run(meetings);
    let last = here.plan.published_dates().len() - 1;
    let moved: Vec<f64> = there
        .published(Variable::Iorb, last)
        .iter()
        .zip(here.published(Variable::Iorb, last))
        .map(|(there, here)| 100.0 * (there - here))
        .collect();
    let cuts = moved.iter().filter(|by| (**by + 25.0).abs() < 1e-9).count();
    assert_eq!(cuts + moved.iter().filter(|by| by.abs() < 1e-9).count(), moved.len());
    // Three standard deviations of 128 throws of a coin are 17.
    assert!(cuts.abs_diff(64) <= 17, "{cuts}");
    let before = published_day(&here.plan, date(2025, 11, 6));
    assert_eq!(there.published(Variable::Iorb, before), here.published(Variable::Iorb, before));
    for variable in [Variable::SofrIorb, Variable::EffrIorb, Variable::Reserves, Variable::BillIorb] {
        assert_moved_from(&there, &here, variable, date(2025, 11, 7), 0.0);
    }
}

fn purchase_rule(reserves: f64, most: f64) -> DrawnEvents<f64, LANES> {
    let rule = DrawnPurchaseRule {
        start: [0.0; LANES],
        end: [f64::INFINITY; LANES],
        reserves: [reserves; LANES],
        over: [6.0; LANES],
        most: [most; LANES],
    };
    DrawnEvents { purchase_rules: vec![rule], ..no_events() }
}

#[test]
fn purchases_by_rule_are_announced_on_the_ninth_business_day_within_nothing_and_the_most() {
    let (_, plan) = quiet_autumn("");
    // 1, 2, 3, 6 to 10 and 14 October are the first nine business days, the 13th being Columbus Day.
    let first = number_of(&plan, date(2025, 10, 14));
    for (aim, expected) in [(9000.0, 10.0 * 12.0 / 251.0), (0.0, 0.0)] {
        for (number, day) in live_through(&plan, &[], &purchase_rule(aim, 10.0)).iter().enumerate() {
            let bought = day.sum(&[Flow::ReserveManagementPurchases], 0);
            assert_near(bought, if number >= first { expected } else { 0.0 }, &plan.days[number].date.to_string());
        }
    }
}

#[test]
fn the_pace_by_rule_is_currency_growth_and_a_part_of_what_is_missing() {
    let (_, plan) = quiet_autumn("");
    let days = live_through(&plan, &[("currency_growth", 4.0)], &purchase_rule(3100.0, 500.0));
    let first = number_of(&plan, date(2025, 10, 14));
    let paid = |number: usize| days[number].sum(&[Flow::ReserveManagementPurchases], 0) * BUSINESS_DAYS_PER_MONTH;
    // The average over a month, from the closes; the rule sees each day's reserves around noon.
    let mut average = plan.opening.get(tidegate::model::Sector::Banks, tidegate::model::Instrument::Reserves);
    for day in &days[..first] {
        average += (day.of(Simulated::Reserves, 0) - average) / BUSINESS_DAYS_PER_MONTH;
    }
    let expected = 4.0 + (3100.0 - average) / 6.0;
    assert!((paid(first) - expected).abs() < 1.5, "{} against {expected}", paid(first));
    // The same until the ninth business day of November, the 14th: the 11th is Veterans Day.
    let next = number_of(&plan, date(2025, 11, 14));
    for number in first..next {
        assert_near(paid(number), paid(first), "within the month");
    }
    assert!((paid(next) - paid(first)).abs() > 1.0, "a new month has a new pace");
}

#[test]
fn temporary_repo_stands_at_what_is_offered_on_the_day() {
    let (_, plan) = quiet_autumn("");
    let operation = |start, end, pace| DrawnPace { start: [start; LANES], end: [end; LANES], pace: [pace; LANES] };
    let events =
        DrawnEvents { repo_operations: vec![operation(3.0, 10.0, 25.0), operation(5.0, 7.0, 15.0)], ..no_events() };
    let days = live_through(&plan, &[], &events);
    for (number, day) in days.iter().enumerate() {
        let expected = match number {
            3 | 4 | 7..10 => 25.0,
            5 | 6 => 40.0,
            _ => 0.0,
        };
        assert_near(day.of(Simulated::TemporaryRepo, 0), expected, &format!("day {number}"));
    }
}

#[test]
fn a_larger_deficit_is_paid_daily_and_its_coupons_settle_with_the_others() {
    let (without, plan) = run_without_response("");
    let (with, _) = run_without_response(
        r#"
[[event]]
kind  = "deficit_shift"
start = 2025-11-03
pace  = "50bn/month"
financed_by_coupons = "40%"

[[event]]
kind    = "refinancing_shift"
start   = 2025-12-01
coupons = "-30bn/month"
"#,
    );
    let business_days = plan.days.iter().filter(|day| day.date >= date(2025, 11, 3)).count() as f64;
    let paid = business_days * 50.0 * 12.0 / 251.0;
    assert_all_higher(&sums(&with, Flow::Outlays), &sums(&without, Flow::Outlays), paid, "outlays");
    let coupons = |outcomes| {
        let [levered, others] = [Flow::CouponsToLevered, Flow::CouponsToPrivate].map(|flow| sums(outcomes, flow));
        levered.iter().zip(others).map(|(a, b)| a + b).collect::<Vec<f64>>()
    };
    // Half a month's worth on 17 November, 1, 15 and 31 December: 4 · 10 more, and 3 · 15 less from December on.
    assert_all_higher(&coupons(&with), &coupons(&without), 40.0 - 45.0, "notes and bonds");
    let last = plan.days.len();
    let tga = |outcomes: &tidegate::statistics::Outcomes| outcomes.column(last, Simulated::Tga);
    assert_all_higher(&tga(&with), &tga(&without), -paid - 5.0, "TGA at the end");
}

#[test]
fn a_facility_that_is_closed_by_an_event_is_not_drawn() {
    let (scenario, plan) = quiet_autumn(
        "[parameters]\nsrf_least = \"0bn\"\n[[event]]\nkind = \"standing_facility\"\ndate = 2025-11-03\nlimit = \"0bn\"\nmorning = \"50%\"\n",
    );
    let outcomes = run(&scenario, &plan);
    let closed = published_day(&plan, date(2025, 11, 3));
    assert!(outcomes.column(closed - 1, Simulated::Srf).iter().all(|drawn| *drawn > 0.0));
    for day in closed..outcomes.days {
        assert!(outcomes.column(day, Simulated::Srf).iter().all(|drawn| drawn.abs() < 1e-9), "day {day}");
    }
}
