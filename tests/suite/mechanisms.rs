//! One mechanism at a time: what it posts on which day, by hand, and what must not move when another one does.

use crate::tile::{
    BILLS, COUPONS, LANES, assert_all_higher, assert_near, fix, live_through, no_events, published_day, quiet_autumn,
    run, run_without_response, sums,
};
use jiff::civil::{Date, date};
use tidegate::model::{AUCTION_LEAD, DrawnEvents, FLOWS, Flow, PARAMETERS, Plan, Simulated};
use tidegate::scenario;
use tidegate::scenario::fields::EVENTS;
use tidegate::simulation::{Settings, simulate};
use tidegate::statistics::{Outcomes, Summary, Tally};

#[test]
fn bills_settle_a_lead_time_after_they_are_announced_and_on_no_other_day() {
    let (scenario, plan) = quiet_autumn("");
    let days = live_through(&plan, &[("bill_noise", 0.0), ("bill_inertia", 0.0)], &no_events());
    let mut largest = 0.0_f64;
    for (number, day) in days.iter().enumerate() {
        for lane in 0..LANES {
            let settled = day.sum(BILLS, lane);
            if !plan.days[number].bills_settle {
                assert_near(settled, 0.0, &format!("{}, when none settle", plan.days[number].date));
            } else if let Some(announcement) = number.checked_sub(AUCTION_LEAD) {
                // Announced at the close of that day into the slot of its number, by the definition of the lead.
                let announced = days[announcement].announced[announcement % AUCTION_LEAD][lane];
                assert_near(settled, announced, &plan.days[number].date.to_string());
                largest = largest.max(announced.abs());
            }
        }
    }
    assert!(largest > 1.0, "something must have been announced: {largest}");
    // What settles within the first lead time was announced before the opening, as the vintage states.
    let entered: f64 = days[..AUCTION_LEAD].iter().map(|day| day.sum(BILLS, 0)).sum();
    assert_near(entered, scenario.vintage.state.announced_bills.value, "bills announced before the opening");
    assert!(scenario.vintage.state.announced_bills.value != 0.0);
}

#[test]
fn without_response_noise_and_inertia_no_bills_follow_those_announced_before_the_opening() {
    // bills = ι · last + (1 − ι) ρ gap + σ z with ι = ρ = σ = 0.
    let (_, plan) = quiet_autumn("");
    let nothing = [("bill_noise", 0.0), ("bill_inertia", 0.0), ("bill_response", 0.0)];
    let days = live_through(&plan, &nothing, &no_events());
    let later: f64 = days[AUCTION_LEAD..].iter().map(|day| day.sum(BILLS, 0).abs()).sum();
    assert_near(later, 0.0, "bills after the lead time");
}

/// Shut on 3 to 7, 10 and 12 November 2025, the 11th being Veterans Day: seven business days, 14bn delayed.
fn november_shutdown(catch_up: &str) -> String {
    format!(
        r#"
[[event]]
kind            = "shutdown"
start           = 2025-11-03
duration        = "10d"
delayed_outlays = "2bn/day"
catch_up        = "{catch_up}"
"#
    )
}

#[test]
fn a_shutdown_delays_outlays_and_pays_them_all_after_it_reopens() {
    let (without, plan) = run_without_response("");
    let (with, _) = run_without_response(&november_shutdown("10bd"));
    assert_all_higher(&sums(&with, Flow::Outlays), &sums(&without, Flow::Outlays), 0.0, "outlays over the run");
    // A tenth of 14bn is paid on each of the ten business days from the 13th.
    for (day, expected) in [
        (date(2025, 10, 31), 0.0),
        (date(2025, 11, 3), 2.0),
        (date(2025, 11, 7), 10.0),
        (date(2025, 11, 12), 14.0),
        (date(2025, 11, 13), 12.6),
        (date(2025, 11, 19), 7.0),
        (date(2025, 11, 26), 0.0),
        (date(2025, 12, 31), 0.0),
    ] {
        let at = published_day(&plan, day);
        let tga = |outcomes: &Outcomes| outcomes.column(at, Simulated::Tga);
        assert_all_higher(&tga(&with), &tga(&without), expected, &format!("TGA on {day}"));
    }
}

#[test]
fn half_a_day_of_catch_up_is_rounded_and_nothing_is_lost() {
    // 2.5 is rounded to three days, on each of which 14/3 is paid.
    let (without, plan) = run_without_response("");
    let (with, _) = run_without_response(&november_shutdown("2.5bd"));
    assert_all_higher(&sums(&with, Flow::Outlays), &sums(&without, Flow::Outlays), 0.0, "outlays over the run");
    let first = published_day(&plan, date(2025, 11, 13));
    for (day, expected) in [(first, 14.0 * 2.0 / 3.0), (first + 1, 14.0 / 3.0), (first + 2, 0.0)] {
        let tga = |outcomes: &Outcomes| outcomes.column(day, Simulated::Tga);
        assert_all_higher(&tga(&with), &tga(&without), expected, "TGA in the catch-up");
    }
}

#[test]
fn a_one_off_flow_arrives_in_full_over_rounded_days() {
    let (without, plan) = run_without_response("");
    let (with, _) = run_without_response(
        r#"
[[event]]
kind   = "treasury_flow"
date   = 2025-11-03
amount = "100bn"
over   = "2.5bd"
"#,
    );
    assert_all_higher(&sums(&with, Flow::TaxReceipts), &sums(&without, Flow::TaxReceipts), 100.0, "receipts");
    let first = published_day(&plan, date(2025, 11, 3));
    for (day, expected) in [(first - 1, 0.0), (first, 100.0 / 3.0), (first + 2, 100.0)] {
        let tga = |outcomes: &Outcomes| outcomes.column(day, Simulated::Tga);
        assert_all_higher(&tga(&with), &tga(&without), expected, "TGA");
    }
}

#[test]
fn what_runs_off_in_a_month_is_the_lesser_of_cap_and_maturities_until_runoff_ends() {
    // Half mid-month, half at month-end; October 2025 settles on the 15th and on the 31st.
    for (cap, in_a_month) in [(5.0, 5.0), (60.0, 45.0)] {
        let (mut scenario, _) = quiet_autumn("");
        scenario.runoff_caps[0].level = cap;
        let plan = scenario::plan(&scenario);
        let end = plan.days.iter().position(|day| day.date == date(2025, 12, 1)).expect("a business day");
        let events = DrawnEvents { runoff_end: [end as f64; LANES], ..no_events() };
        let days = live_through(&plan, &[("soma_maturities", 45.0)], &events);
        let october = plan.days.iter().zip(&days).filter(|(known, _)| known.date.month() == 10);
        assert_near(october.map(|(_, day)| day.runoff(0)).sum(), in_a_month, "October");
        let settlements = [date(2025, 10, 15), date(2025, 10, 31), date(2025, 11, 17)];
        for (known, day) in plan.days.iter().zip(&days) {
            let expected = if settlements.contains(&known.date) { in_a_month / 2.0 } else { 0.0 };
            assert_near(day.runoff(0), expected, &format!("cap {cap}, {}", known.date));
        }
        // Maturities go on when runoff has ended: 1, 15 and 31 December, rolled over in full.
        let rolled: f64 = days[end..].iter().map(|day| day.sum(&[Flow::SomaRollover], 0)).sum();
        assert_near(rolled, 3.0 * 22.5, "rollover from 1 December");
    }
}

#[test]
fn what_settles_on_the_first_of_december_belongs_to_november() {
    // 30 November 2025 is a Sunday: 5-year note 91282CPN5 was issued on 1 December (Treasury auction results).
    let (_, plan) = quiet_autumn("");
    // Of 2, 5 and 7 years 69 + 70 + 44 = 183 are issued at every month-end. November adds new 20-year bonds, 16, and
    // reopened floaters and 10-year TIPS, .9 (30 + 21): 244.9. December reopens all of its rest, .9 (16 + 30 + 26): 247.8.
    let sizes = [("maturing_month_end_second", 173.9), ("maturing_month_end_third", 234.8)];
    let days = live_through(&plan, &sizes, &no_events());
    let of = |day: Date| plan.days.iter().position(|known| known.date == day).expect("a business day");
    let (november, december) = (of(date(2025, 12, 1)), of(date(2025, 12, 31)));
    assert_near(days[november].sum(COUPONS, 0), 71.0, "1 December");
    assert_near(days[december].sum(COUPONS, 0), 13.0, "31 December");
}

#[test]
fn purchases_are_a_twelfth_of_a_year_a_month_from_their_first_day() {
    // 251 business days a year. From 12 to 31 December 2025 Fedwire is open on 13 days.
    let purchases = "[[event]]\nkind = \"purchases\"\nstart = 2025-12-12\npace = \"40bn/month\"\n";
    let (mut scenario, _) = quiet_autumn(purchases);
    for (end, business_days) in [(date(2025, 12, 11), 0.0), (date(2025, 12, 12), 1.0), (date(2025, 12, 31), 13.0)] {
        scenario.end = end;
        let outcomes = run(&scenario, &scenario::plan(&scenario));
        for bought in sums(&outcomes, Flow::ReserveManagementPurchases) {
            assert_near(bought, business_days * 40.0 * 12.0 / 251.0, &format!("bought by {end}"));
        }
    }
}

/// A shutdown of random start, length and size.
const RANDOM_SHUTDOWN: &str = r#"
[[event]]
kind            = "shutdown"
start           = { uniform = [2025-10-06, 2025-10-20] }
duration        = { triangular = ["5d", "20d", "50d"] }
delayed_outlays = { uniform = ["1bn/day", "2bn/day"] }
catch_up        = "60bd"
hoarding        = { uniform = ["0bn", "100bn"] }
"#;

/// The bits of every published number and of every sum of flows.
fn bits(outcomes: &Outcomes) -> Vec<u64> {
    let numbers = outcomes.tiles.iter().flat_map(|tile| tile.values.iter().chain(&tile.flows));
    numbers.map(|number| number.to_bits()).collect()
}

#[test]
fn another_random_event_or_parameter_moves_no_other_draw() {
    let outcomes = |more: &str| {
        let (scenario, plan) = quiet_autumn(more);
        run(&scenario, &plan)
    };
    let alone = outcomes(RANDOM_SHUTDOWN);
    let outlays = sums(&alone, Flow::Outlays);
    assert!(outlays.iter().any(|path| (path - outlays[0]).abs() > 1.0), "the shutdown must differ between paths");
    // A flow of nothing on a random date, typed before the shutdown: whatever it draws must be its own.
    let flow_of_nothing = r#"
[[event]]
kind   = "treasury_flow"
date   = { uniform = [2025-10-06, 2025-12-20] }
amount = { choice = ["0bn", "0bn"] }
over   = { uniform = ["1bd", "20bd"] }
"#;
    // April's taxes are beyond this horizon and beyond what the Treasury foresees in December.
    let random_parameter = "[parameters]\ntax_april = { normal = [\"100bn\", \"30bn\"] }\n";
    for more in [flow_of_nothing, random_parameter] {
        let joined = outcomes(&format!("{more}{RANDOM_SHUTDOWN}"));
        assert!(bits(&joined) == bits(&alone), "other draws moved with {more}");
    }
    let renamed = RANDOM_SHUTDOWN.replace("[[event]]", "[[event]]\nname = \"another\"");
    assert!(bits(&outcomes(&renamed)) != bits(&alone), "a renamed event has new luck");
}

/// The shipped shutdown with and without the hoarding loop, on the same draws.
fn with_and_without_hoarding(changed: &[(&str, f64)]) -> (Outcomes, Outcomes, Plan) {
    let mut scenario = scenario::load("shutdown_cash_hoarding").expect("a shipped scenario");
    scenario.set_paths(1000);
    fix(&mut scenario, changed);
    let plan = scenario::plan(&scenario);
    let with = run(&scenario, &plan);
    fix(&mut scenario, &[("hoarding_gain", 0.0)]);
    let without = run(&scenario, &plan);
    (with, without, plan)
}

#[test]
fn hoarding_makes_the_same_autumn_tighter() {
    let (with, without, plan) = with_and_without_hoarding(&[]);
    let mut most = 0.0_f64;
    for day in 0..with.days {
        assert!(without.column(day, Simulated::Hoarding).iter().all(|hoarding| *hoarding == 0.0));
        let hoarded = with.column(day, Simulated::Hoarding);
        assert!(hoarded.iter().all(|hoarding| *hoarding >= 0.0));
        most = hoarded.into_iter().fold(most, f64::max);
        // On average only: where scarcity is greater, so is the noise of the rate, which may be negative.
        let mean = |outcomes: &Outcomes| outcomes.column(day, Simulated::SofrIorb).iter().sum::<f64>() / 1000.0;
        assert!(mean(&with) >= mean(&without) - 1e-6, "{}", plan.published_dates()[day]);
    }
    assert!(most > 10.0, "the loop must be at work: {most}");
    let above_20bp =
        |outcomes| Summary::of(&Tally::of(outcomes, &plan, &[]), &plan).spread_exceedance[1].on_some_day.hits;
    assert!(above_20bp(&with) > above_20bp(&without), "{} against {}", above_20bp(&with), above_20bp(&without));
}

#[test]
fn hoarding_lowers_the_rate_on_no_path_unless_through_noise() {
    let (with, without, plan) = with_and_without_hoarding(&[
        ("payment_noise_growth", 0.0),
        // Remembered stress makes leveraged investors sell, and dear repo makes banks borrow at the window: both last
        // into calmer days and lower the rate there.
        ("deleveraging_gain", 0.0),
        ("primary_credit_slope", 0.0),
        // Money funds that got used to dear repo leave ON RRP for good, which leaves more reserves.
        ("on_rrp_response", 1.0),
    ]);
    let mut higher = 0.0_f64;
    for day in 0..with.days {
        let spreads = |outcomes: &Outcomes| outcomes.column(day, Simulated::SofrIorb);
        for (with, without) in spreads(&with).iter().zip(spreads(&without)) {
            // A hundredth of a basis point: what little more funds lend after dear days makes the next ones cheaper.
            assert!(with - without >= -0.01, "{}: {with} against {without}", plan.published_dates()[day]);
            higher = higher.max(with - without);
        }
    }
    assert!(higher > 1.0, "the loop must be at work: {higher}");
}

#[test]
fn every_parameter_at_either_bound_gives_numbers_and_whole_books() {
    let mut scenario = scenario::load("shutdown_cash_hoarding").expect("a shipped scenario");
    scenario.set_paths(64);
    // Fifteen business days from 2 October: the 13th is Columbus Day.
    scenario.end = date(2025, 10, 23);
    let plan = scenario::plan(&scenario);
    assert_eq!(plan.days.len(), 15);
    let mut failed = Vec::new();
    for info in PARAMETERS {
        for bound in [info.low, info.high] {
            let mut scenario = scenario.clone();
            fix(&mut scenario, &[(info.name, bound)]);
            match simulate(&scenario, &plan, Settings::default(), &|_| ()) {
                Err(leak) => failed.push(format!("{} = {bound}: {leak}", info.name)),
                Ok(outcomes) => {
                    let mut fans =
                        Summary::of(&Tally::of(&outcomes, &plan, &[]), &plan).fans.into_iter().flat_map(|fan| fan.days);
                    if !fans.all(|day| {
                        day.mean.is_finite() && day.sd.is_finite() && day.quantiles.iter().all(|q| q.is_finite())
                    }) {
                        failed.push(format!("{} = {bound}: a fan is not finite", info.name));
                    }
                }
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// The kinds of event about financing, other institutions and the Fed's facilities and rules.
const OTHER_KINDS: &str = r#"
[[event]]
kind  = "deficit_shift"
start = 2025-10-15
pace  = { uniform = ["20bn/month", "60bn/month"] }
financed_by_coupons = "40%"

[[event]]
kind    = "refinancing_shift"
start   = 2025-11-03
coupons = "-30bn/month"

[[event]]
kind     = "debt_limit"
start    = 2025-11-10
lift     = { uniform = [2025-11-24, 2025-12-05] }
headroom = "150bn"

[[event]]
kind  = "levered_growth"
start = 2025-10-06
end   = 2025-12-01
pace  = { uniform = ["0bn/month", "80bn/month"] }

[[event]]
kind   = "levered_unwind"
start  = 2025-10-20
amount = "100bn"

[[event]]
kind   = "foreign_bank_outflow"
start  = 2025-11-05
amount = { normal = ["100bn", "20bn"] }

[[event]]
kind    = "standing_facility"
date    = 2025-12-11
morning = "50%"

[[event]]
kind   = "repo_operations"
start  = 2025-12-15
end    = 2025-12-30
amount = "50bn"

[[event]]
kind     = "purchase_rule"
start    = 2025-12-01
reserves = "3100bn"

[[event]]
kind = "end_runoff_if"
reserves_below = "2.9tn"

[[event]]
kind = "purchases_if"
pace = "20bn/month"
sofr_above = "8bp"
days = "2bd"

[[event]]
kind   = "repo_operations_if"
amount = "25bn"
sofr_above = "12bp"

[[event]]
kind = "rate_cut_if"
cut  = "5bp"
sofr_above = "15bp"
reserves_below = "2.7tn"
delay = "5bd"
"#;

#[test]
fn with_every_kind_of_event_at_once_reserves_change_by_what_the_flows_say() {
    let (scenario, plan) = quiet_autumn(&format!(
        r#"{RANDOM_SHUTDOWN}
[[event]]
kind = "runoff_end"
date = {{ uniform = [2025-10-10, 2025-12-10] }}

[[event]]
kind  = "purchases"
start = {{ choice = [2025-10-15, 2025-12-12] }}
end   = 2025-12-20
pace  = "40bn/month"

[[event]]
kind  = "open_market_purchases"
start = 2025-11-03
end   = 2025-11-21
pace  = {{ normal = ["0bn/month", "60bn/month"] }}

[[event]]
kind   = "cash_target_shift"
start  = 2025-11-10
change = {{ student_t = {{ centre = "-100bn", scale = "30bn", degrees = 4 }} }}
over   = "30bd"

[[event]]
kind = "capacity_shift"
date = 2025-11-17
repo = {{ uniform = ["-5bp", "5bp"] }}
federal_funds = "1bp"

[[event]]
kind   = "treasury_flow"
date   = 2025-12-01
amount = {{ lognormal = {{ median = "50bn", sigma = 0.5 }} }}
over   = "10bd"
{OTHER_KINDS}"#
    ));
    let mut kinds: Vec<&str> = scenario.events.iter().map(|event| event.kind.word()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds.len(), EVENTS.len(), "every kind of event: {kinds:?}");
    let outcomes = run(&scenario, &plan);
    for &flow in Flow::ALL {
        let moved = sums(&outcomes, flow).iter().any(|amount| *amount != 0.0);
        assert!(moved, "{} must have moved", FLOWS[flow as usize].name);
    }
    // 1e-9 of a billion is a dollar.
    let gap = Summary::of(&Tally::of(&outcomes, &plan, &[]), &plan).attribution.largest_gap;
    assert!(gap < 1e-9, "{gap:e}");
}
