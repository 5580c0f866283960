//! Banks, dealers, leveraged investors and the markets beside repo: each against its equation, worked by hand.

use crate::tile::{BILLS, LANES, assert_near, fix, live_through, no_events, quiet_autumn, run};
use tidegate::model::{
    BUSINESS_DAYS_PER_MONTH, DrawnEvents, DrawnForeignOutflow, DrawnPace, DrawnUnwind, Flow, Simulated, Variable,
};
use tidegate::research::Run;
use tidegate::scenario;

#[test]
fn three_groups_of_banks_hold_all_reserves_and_share_their_changes() {
    let (_, plan) = quiet_autumn("");
    let days = live_through(&plan, &[], &no_events());
    for pair in days.windows(2) {
        let change = |variable| pair[1].of(variable, 0) - pair[0].of(variable, 0);
        let moved = change(Simulated::Reserves);
        // foreign_branch_margin .5, small_bank_margin .15, and the rest.
        assert_near(change(Simulated::ForeignBranches), 0.5 * moved, "foreign branches");
        assert_near(change(Simulated::SmallBanks), 0.15 * moved, "small banks");
        assert_near(change(Simulated::LargeBanks), 0.35 * moved, "large banks");
        let groups = [Simulated::ForeignBranches, Simulated::SmallBanks, Simulated::LargeBanks];
        let held: f64 = groups.iter().map(|group| pair[1].of(*group, 0)).sum();
        assert_near(held, pair[1].of(Simulated::Reserves, 0), "all groups");
    }
}

fn outflow(kept: f64) -> DrawnEvents<f64, LANES> {
    let outflow =
        DrawnForeignOutflow { start: [10.0; LANES], amount: [60.0; LANES], over: [3.0; LANES], kept: [kept; LANES] };
    DrawnEvents { foreign_outflows: vec![outflow], ..no_events() }
}

#[test]
fn what_foreign_branches_lose_large_banks_gain_and_what_is_kept_makes_repo_dearer() {
    let (_, plan) = quiet_autumn("");
    let here = live_through(&plan, &[], &no_events());
    let there = live_through(&plan, &[], &outflow(0.0));
    let kept = live_through(&plan, &[], &outflow(0.5));
    for (number, (there, here)) in there.iter().zip(&here).enumerate() {
        let lost = match number {
            ..10 => 0.0,
            10 => 20.0,
            11 => 40.0,
            _ => 60.0,
        };
        let more = |variable| there.of(variable, 0) - here.of(variable, 0);
        assert_near(more(Simulated::ForeignBranches), -lost, &format!("foreign branches, day {number}"));
        assert_near(more(Simulated::LargeBanks), lost, &format!("large banks, day {number}"));
        assert_near(more(Simulated::SofrIorb), 0.0, "SOFR, if all is lent on");
        let dearer = kept[number].of(Simulated::TgcrIorb, 0) - here.of(Simulated::TgcrIorb, 0);
        assert_eq!(dearer > 0.0, number >= 10, "day {number}: {dearer}");
    }
}

#[test]
fn the_ample_level_follows_its_equation_up_quickly_and_down_slowly() {
    let (_, plan) = quiet_autumn("");
    for (opening, rises) in [(2500.0, true), (3500.0, false)] {
        let days = live_through(&plan, &[("ample_reserves", opening), ("ample_growth", 0.0)], &no_events());
        let mut level = opening;
        for day in &days {
            let beyond = day.of(Simulated::Reserves, 0) - level;
            // A fifth of plenty a year, a twentieth of what is missing, 251 business days.
            level += if beyond > 0.0 { 0.2 * beyond } else { 0.05 * beyond } / 251.0;
            assert_near(day.of(Simulated::AmpleReserves, 0), level, "ample level");
        }
        assert_eq!(level > opening, rises);
    }
    let days = live_through(&plan, &[("ample_ratchet_up", 0.0), ("ample_ratchet_down", 0.0)], &no_events());
    // Two percent a year of 3,190 on the first day.
    assert_near(days[0].of(Simulated::AmpleReserves, 0), 3190.0 * (1.0 + 0.02 / 251.0), "growth");
}

/// Sales of leveraged investors beyond those of a quiet autumn, by day, without the brake of the loop.
fn more_sales(events: &DrawnEvents<f64, LANES>) -> Vec<f64> {
    let (_, plan) = quiet_autumn("");
    let calm = [("deleveraging_gain", 0.0)];
    let [there, here] = [events, &no_events()].map(|events| live_through(&plan, &calm, events));
    let sales = |day: &crate::tile::Day| day.sum(&[Flow::LeveredSales], 0);
    there.iter().zip(&here).map(|(there, here)| sales(there) - sales(here)).collect()
}

#[test]
fn positions_grow_by_their_pace_and_a_forced_sale_passes_through_dealers() {
    let growth = DrawnPace { start: [5.0; LANES], end: [20.0; LANES], pace: [80.0; LANES] };
    let sales = more_sales(&DrawnEvents { levered_growth: vec![growth], ..no_events() });
    for (number, sold) in sales.into_iter().enumerate() {
        let expected = if (5..20).contains(&number) { -80.0 * 12.0 / 251.0 } else { 0.0 };
        assert_near(sold, expected, &format!("growth, day {number}"));
    }
    // 25bn a day for four days, of which 15 go to dealers, who pass half of what they hold on a day later.
    let unwind =
        DrawnUnwind { start: [10.0; LANES], amount: [100.0; LANES], over: [4.0; LANES], to_dealers: [0.6; LANES] };
    let sales = more_sales(&DrawnEvents { levered_unwinds: vec![unwind], ..no_events() });
    for (number, expected) in [(9, 0.0), (10, 10.0), (11, 17.5), (12, 21.25), (13, 23.125), (14, 14.0625)] {
        assert_near(sales[number], expected, &format!("unwind, day {number}"));
    }
    assert!((sales.iter().sum::<f64>() - 100.0).abs() < 1e-6, "all is sold in the end");
}

#[test]
fn dealers_retreat_by_yesterdays_stress_up_to_their_limit() {
    let (_, plan) = quiet_autumn("");
    let average = plan.initial.sofr_iorb_average;
    // A threshold of −5bp, so that there is stress on most days.
    for limit in [20.0, 1.5] {
        let changed = [("stress_threshold", -5.0), ("dealer_retreat_limit", limit)];
        let days = live_through(&plan, &changed, &no_events());
        // φ = 2^(−1/5), a gain of .2 and a range of 60bp.
        let kept = 0.5_f64.powf(0.2);
        let mut stress = (average + 5.0).max(0.0);
        let mut most = 0.0_f64;
        for day in &days {
            let retreat = day.of(Simulated::DealerRetreat, 0);
            assert_near(retreat, (0.2 * stress).min(limit), "retreat");
            stress = kept * stress + (1.0 - kept) * (day.of(Simulated::SofrIorb, 0) + 5.0).clamp(0.0, 60.0);
            most = most.max(retreat);
        }
        assert_eq!(most == limit, limit == 1.5, "{most}");
    }
}

#[test]
fn the_four_week_bill_follows_repo_and_supply_over_a_month() {
    let (_, plan) = quiet_autumn("");
    let days = live_through(&plan, &[("bill_yield_noise", 0.0)], &no_events());
    let (mut repo, mut supply) = (plan.initial.tgcr_iorb, 0.0);
    for day in &days {
        repo += (day.of(Simulated::TgcrIorb, 0) - repo) / BUSINESS_DAYS_PER_MONTH;
        supply += day.sum(BILLS, 0) - supply / BUSINESS_DAYS_PER_MONTH;
        // Margin 5bp, pass-through .17, 1.2bp per 100bn.
        assert_near(day.of(Simulated::BillIorb, 0), 5.0 + 0.17 * repo + 0.012 * supply, "4-week bill");
    }
}

#[test]
fn risk_assets_that_are_off_do_not_move_and_nothing_moves_with_them() {
    const RISK: [Variable; 3] = [Variable::Equities, Variable::SmallCaps, Variable::Bitcoin];
    let (scenario, plan) = quiet_autumn("");
    let off = run(&scenario, &plan);
    let mut with = scenario.clone();
    fix(&mut with, &[("risk_assets", 1.0), ("equity_noise", 0.0)]);
    let with = Run::simulate(with, &|_| ()).expect("no leak");
    let without = Run { scenario, plan, outcomes: off };
    for day in 0..without.outcomes.days {
        for info in tidegate::model::VARIABLES {
            let [there, here] = [&with, &without].map(|run| run.published(info.variable, day));
            if RISK.contains(&info.variable) {
                assert!(here.iter().all(|gain| *gain == 0.0), "{} on day {day}", info.name);
            } else {
                assert!(there == here, "{} on day {day}", info.name);
            }
        }
    }
    // .2 percent per 100bn of net liquidity, and nothing else without noise.
    let last = with.outcomes.days - 1;
    let [first, end] = [0, last].map(|day| with.published(Variable::NetLiquidity, day));
    for ((gain, first), end) in with.published(Variable::Equities, last).iter().zip(first).zip(end) {
        assert_near(*gain, 0.2 * (end - first) / 100.0, "equities");
    }
    assert!(with.published(Variable::Bitcoin, last).iter().any(|gain| gain.abs() > 1.0));
}

#[test]
fn percentiles_of_sofr_are_in_order_on_every_path_and_day() {
    let mut scenario = scenario::load("shutdown_cash_hoarding").expect("a shipped scenario");
    scenario.set_paths(256);
    // Dealers that retreat far widen the margin by more than trades spread.
    fix(&mut scenario, &[("dealer_retreat_gain", 1.0), ("dealer_retreat_limit", 50.0)]);
    let run = Run::simulate(scenario, &|_| ()).expect("no leak");
    let percentiles = [Variable::SofrP1, Variable::SofrP25, Variable::Sofr, Variable::SofrP75, Variable::SofrP99];
    for day in 0..run.outcomes.days {
        let columns = percentiles.map(|variable| run.published(variable, day));
        for (lower, higher) in columns.iter().zip(&columns[1..]) {
            let ordered = lower.iter().zip(higher).all(|(lower, higher)| *lower <= higher + 1e-12);
            assert!(ordered, "{}", run.plan.published_dates()[day]);
        }
    }
}
