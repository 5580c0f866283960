//! What each path draws once, before its first day: parameters, and the dates and sizes of events.

use super::draw::{draw_date, draw_quantity};
use super::luck::TileLuck;
use crate::model::{
    BUSINESS_DAYS_PER_MONTH, DrawnCapacityShift, DrawnDebtLimit, DrawnDeficitShift, DrawnEvents, DrawnForeignOutflow,
    DrawnPace, DrawnPolicyRule, DrawnPurchaseRule, DrawnPurchases, DrawnRateMove, DrawnShutdown, DrawnSpread,
    DrawnStandingFacility, DrawnUnwind, ParameterInfo, Parameters, Plan, Real, Same, TileParameters,
};
use crate::scenario::fields::{MEETING_MOVE, event_bounds};
use crate::scenario::{Event, EventKind, Quantity, Scenario, When, size_key};
use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// Number of the first simulated day on or after a date; a day that never comes if the run ends before.
fn day_number(plan: &Plan, date: Date) -> f64 {
    let number = plan.days.partition_point(|day| day.date < date);
    if number < plan.days.len() {
        return number as f64;
    }
    // Beyond the run, five days of seven are business days: only durations depend on it.
    let last = plan.days.last().map_or(plan.opening_date, |day| day.date);
    number as f64 + f64::from((date - last).get_days()) * 5.0 / 7.0
}

/// The parameters of every path, if the scenario draws none of them.
pub fn certain_parameters<T: Real>(scenario: &Scenario) -> Option<TileParameters<Same<T>>> {
    let quantities = scenario.parameters.values();
    if quantities.iter().any(|quantity| matches!(quantity, Quantity::Random(_))) {
        return None;
    }
    let value = |position: usize, info: &'static ParameterInfo| {
        Same(T::of(quantities[position].typical().clamp(info.low, info.high)))
    };
    Some(TileParameters::new(Parameters::from_fn(value)))
}

/// The parameters of a tile of paths, within their bounds.
pub fn draw_parameters<T: Real, const N: usize>(scenario: &Scenario, luck: &TileLuck<'_, N>) -> TileParameters<[T; N]> {
    let quantities = scenario.parameters.values();
    TileParameters::new(Parameters::from_fn(|position, info| {
        within(quantities[position], info.low, info.high, luck, info.name).map(T::of)
    }))
}

/// A quantity on the paths of a tile, moved within bounds.
fn within<const N: usize>(quantity: &Quantity, low: f64, high: f64, luck: &TileLuck<'_, N>, name: &str) -> [f64; N] {
    draw_quantity(quantity, luck, name).map(|value| value.clamp(low, high))
}

/// An event on the paths of a tile.
struct Lot<'a, const N: usize> {
    plan: &'a Plan,
    event: &'a Event,
    luck: &'a TileLuck<'a, N>,
}

impl<const N: usize> Lot<'_, N> {
    fn name(&self, field: &str) -> String {
        format!("{}.{field}", self.event.name)
    }

    fn dates(&self, when: &When, field: &str) -> [Date; N] {
        match when {
            When::On(date) => [*date; N],
            random => draw_date(random, self.luck, &self.name(field)),
        }
    }

    /// The number of the day drawn.
    fn day<T: Real>(&self, when: &When, field: &str) -> [T; N] {
        let number = |date| T::of(day_number(self.plan, date));
        match when {
            When::On(date) => [number(*date); N],
            random => self.dates(random, field).map(number),
        }
    }

    /// What is in force for a while at a level or pace.
    fn pace<T: Real>(&self, start: &When, end: Option<&When>, level: &Quantity, field: &str) -> DrawnPace<T, N> {
        DrawnPace { start: self.day(start, "start"), end: self.end(end), pace: self.size(level, field) }
    }

    /// The number of the first day without; one that never comes where no end is told.
    fn end<T: Real>(&self, end: Option<&When>) -> [T; N] {
        end.map_or([T::of(f64::INFINITY); N], |end| self.day(end, "end"))
    }

    fn draw(&self, quantity: &Quantity, field: &str) -> [f64; N] {
        let (low, high) = event_bounds(self.event.kind.word(), field)
            .map_or((f64::NEG_INFINITY, f64::INFINITY), |bounds| (bounds.low, bounds.high));
        within(quantity, low, high, self.luck, &self.name(field))
    }

    /// A size within the bounds of its key.
    fn size<T: Real>(&self, quantity: &Quantity, field: &str) -> [T; N] {
        self.draw(quantity, field).map(T::of)
    }

    /// A duration in whole days, at least one.
    fn days<T: Real>(&self, quantity: &Quantity, field: &str) -> [T; N] {
        self.draw(quantity, field).map(|days| T::of(days.round().max(1.0)))
    }
}

/// The events of a tile of paths.
pub fn draw_events<T: Real, const N: usize>(
    scenario: &Scenario,
    plan: &Plan,
    luck: &TileLuck<'_, N>,
) -> DrawnEvents<T, N> {
    let mut drawn = DrawnEvents::none();
    for event in &scenario.events {
        draw_event(&Lot { plan, event, luck }, &mut drawn);
    }
    for meeting in &scenario.meetings {
        let name = format!("meeting {}.move", meeting.date);
        let by = within(&meeting.by, MEETING_MOVE.low, MEETING_MOVE.high, luck, &name).map(T::of);
        drawn.rate_moves.push(DrawnRateMove { start: [T::of(day_number(plan, meeting.date)); N], by });
    }
    drawn
}

fn draw_event<T: Real, const N: usize>(lot: &Lot<'_, N>, drawn: &mut DrawnEvents<T, N>) {
    match &lot.event.kind {
        EventKind::Shutdown { start, duration, delayed_outlays, catch_up, hoarding } => {
            let (starts, durations): ([Date; N], [f64; N]) =
                (lot.dates(start, "start"), lot.draw(duration, "duration"));
            let reopening = std::array::from_fn(|lane| {
                let span: Span = (durations[lane].round() as i64).days();
                T::of(day_number(lot.plan, starts[lane].saturating_add(span)))
            });
            drawn.shutdowns.push(DrawnShutdown {
                start: lot.day(start, "start"),
                reopening,
                delayed_outlays: lot.size(delayed_outlays, "delayed_outlays"),
                catch_up: lot.days(catch_up, "catch_up"),
                hoarding: lot.size(hoarding, "hoarding"),
            });
        }
        EventKind::RunoffEnd { date } => {
            let ends: [T; N] = lot.day(date, "date");
            for (earliest, end) in drawn.runoff_end.iter_mut().zip(ends) {
                *earliest = earliest.min(end);
            }
        }
        EventKind::Purchases { start, end, pace } | EventKind::OpenMarketPurchases { start, end, pace } => {
            drawn.purchases.push(DrawnPurchases {
                coupons: matches!(lot.event.kind, EventKind::OpenMarketPurchases { .. }),
                start: lot.day(start, "start"),
                end: lot.end(end.as_ref()),
                pace: lot.size(pace, "pace"),
            });
        }
        EventKind::CashTargetShift { start, change, over } => drawn.target_shifts.push(DrawnSpread {
            start: lot.day(start, "start"),
            amount: lot.size(change, "change"),
            over: lot.days(over, "over"),
        }),
        EventKind::CapacityShift { date, repo, federal_funds, sofr } => {
            drawn.capacity_shifts.push(DrawnCapacityShift {
                start: lot.day(date, "date"),
                repo: lot.size(repo, "repo"),
                federal_funds: lot.size(federal_funds, "federal_funds"),
                sofr: lot.size(sofr, "sofr"),
            })
        }
        EventKind::TreasuryFlow { date, amount, over } => drawn.treasury_flows.push(DrawnSpread {
            start: lot.day(date, "date"),
            amount: lot.size(amount, "amount"),
            over: lot.days(over, "over"),
        }),
        EventKind::DeficitShift { start, end, pace, financed_by_coupons } => {
            drawn.deficit_shifts.push(DrawnDeficitShift {
                start: lot.day(start, "start"),
                end: lot.end(end.as_ref()),
                pace: lot.size(pace, "pace"),
                financed_by_coupons: lot.size(financed_by_coupons, "financed_by_coupons"),
            });
        }
        EventKind::RefinancingShift { start, end, coupons } => {
            drawn.refinancing_shifts.push(lot.pace(start, end.as_ref(), coupons, "coupons"))
        }
        EventKind::LeveredGrowth { start, end, pace } => {
            drawn.levered_growth.push(lot.pace(start, end.as_ref(), pace, "pace"))
        }
        EventKind::DebtLimit { start, lift, headroom, rebuild_pace } => drawn.debt_limits.push(DrawnDebtLimit {
            start: lot.day(start, "start"),
            lift: lot.day(lift, "lift"),
            headroom: lot.size(headroom, "headroom"),
            rebuild_pace: lot.size(rebuild_pace, "rebuild_pace"),
        }),
        EventKind::LeveredUnwind { start, amount, over, to_dealers } => drawn.levered_unwinds.push(DrawnUnwind {
            start: lot.day(start, "start"),
            amount: lot.size(amount, "amount"),
            over: lot.days(over, "over"),
            to_dealers: lot.size(to_dealers, "to_dealers"),
        }),
        EventKind::ForeignBankOutflow { start, amount, over, kept } => {
            drawn.foreign_outflows.push(DrawnForeignOutflow {
                start: lot.day(start, "start"),
                amount: lot.size(amount, "amount"),
                over: lot.days(over, "over"),
                kept: lot.size(kept, "kept"),
            });
        }
        EventKind::StandingFacility { date, limit, morning } => {
            drawn.standing_facilities.push(DrawnStandingFacility {
                start: lot.day(date, "date"),
                limit: lot.size(limit, "limit"),
                morning: lot.size(morning, "morning"),
            });
        }
        EventKind::RepoOperations { start, end, amount } => {
            drawn.repo_operations.push(lot.pace(start, end.as_ref(), amount, "amount"))
        }
        EventKind::PurchaseRule { start, end, reserves, over, most } => {
            let months = lot.days(over, "over").map(|days: T| days / T::of(BUSINESS_DAYS_PER_MONTH));
            drawn.purchase_rules.push(DrawnPurchaseRule {
                start: lot.day(start, "start"),
                end: lot.end(end.as_ref()),
                reserves: lot.size(reserves, "reserves"),
                over: months,
                most: lot.size(most, "most"),
            });
        }
        EventKind::PolicyRule { action, sofr_above, reserves_below, days, delay, size } => {
            drawn.policy_rules.push(DrawnPolicyRule {
                action: *action,
                sofr_above: lot.size(sofr_above, "sofr_above"),
                reserves_below: lot.size(reserves_below, "reserves_below"),
                days: lot.days(days, "days"),
                delay: lot.days(delay, "delay"),
                size: size_key(*action).map_or([T::ZERO; N], |key| lot.size(size, key)),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::luck::Luck;
    use super::*;
    use crate::model::PolicyAction;
    use crate::scenario;

    const PATHS: usize = 64;

    /// The events of the first paths of the baseline without its own, with `more`; the run ends on 31 December 2025.
    fn drawn(more: &str) -> (DrawnEvents<f64, PATHS>, Plan) {
        let text = format!(
            "title = 't'\nextends = 'baseline_2025q4'\n\
             remove = ['runoff ends', 'reserve management purchases', 'more repo capacity']\n\
             [horizon]\nend = 2025-12-31\n{more}"
        );
        let scenario = scenario::load_text("t.toml", &text).unwrap_or_else(|problems| panic!("{problems}"));
        let plan = scenario::plan(&scenario);
        let luck = Luck::of(&scenario, &plan);
        let drawn = draw_events(&scenario, &plan, &luck.tile(0));
        (drawn, plan)
    }

    fn number(plan: &Plan, year_month_day: &str) -> f64 {
        let date: Date = year_month_day.parse().expect("a day");
        plan.days.iter().position(|day| day.date == date).expect("a business day of the run") as f64
    }

    #[test]
    fn an_end_beyond_the_run_is_a_later_day_and_one_that_is_not_told_never_comes() {
        let (events, plan) = drawn(
            "[[event]]\nname = 'a'\nkind = 'deficit_shift'\nstart = 2025-11-01\nend = 2027-01-04\n\
             pace = '60bn/month'\nfinanced_by_coupons = '30%'\n\
             [[event]]\nname = 'b'\nkind = 'refinancing_shift'\nstart = 2025-08-01\ncoupons = '-25bn/month'\n",
        );
        let (deficit, refinancing) = (&events.deficit_shifts[0], &events.refinancing_shifts[0]);
        // The 1st of November 2025 is a Saturday.
        assert_eq!(deficit.start, [number(&plan, "2025-11-03"); PATHS]);
        assert!(deficit.end.iter().all(|end| end.is_finite() && *end > plan.days.len() as f64));
        assert_eq!((deficit.pace[0], deficit.financed_by_coupons[0]), (60.0, 0.3));
        // What began before the run is in force from its first day.
        assert_eq!((refinancing.start[0], refinancing.end[0], refinancing.pace[0]), (0.0, f64::INFINITY, -25.0));
    }

    #[test]
    fn sizes_beyond_their_bounds_are_moved_to_the_bound() {
        let (events, plan) = drawn(
            "[[event]]\nkind = 'debt_limit'\nstart = 2025-07-01\nlift = { uniform = [2025-11-03, 2026-06-30] }\n\
             headroom = { normal = ['1500bn', '3000bn'] }\n\
             [[event]]\nkind = 'foreign_bank_outflow'\nstart = 2025-11-10\namount = '150bn'\n\
             over = { normal = ['2bd', '4bd'] }\nkept = { normal = ['50%', '100%'] }\n",
        );
        let limit = &events.debt_limits[0];
        for bound in [0.0, 3000.0] {
            assert!(limit.headroom.contains(&bound), "half a standard deviation from the mean: {bound}");
        }
        assert!(limit.headroom.iter().all(|headroom| (0.0..=3000.0).contains(headroom)));
        assert_eq!((limit.start[0], limit.rebuild_pace[0]), (0.0, 120.0));
        let length = plan.days.len() as f64;
        assert!(limit.lift.iter().any(|lift| *lift < length) && limit.lift.iter().any(|lift| *lift >= length));
        let outflow = &events.foreign_outflows[0];
        assert!(outflow.kept.iter().all(|kept| (0.0..=1.0).contains(kept)));
        assert!(outflow.over.contains(&1.0) && outflow.over.iter().all(|days| *days >= 1.0 && days.fract() == 0.0));
    }

    #[test]
    fn facilities_sales_and_repo_are_drawn_as_typed_or_by_default() {
        let (events, plan) = drawn(
            "[[event]]\nkind = 'levered_unwind'\nstart = 2025-12-01\namount = '200bn'\n\
             [[event]]\nkind = 'standing_facility'\ndate = 2021-07-28\n\
             [[event]]\nname = 'morning'\nkind = 'standing_facility'\ndate = 2025-12-11\nlimit = '500bn'\n\
             morning = '60%'\n\
             [[event]]\nkind = 'repo_operations'\nstart = 2025-12-15\nend = 2025-12-31\namount = '75bn'\n",
        );
        let unwind = &events.levered_unwinds[0];
        assert_eq!((unwind.amount[0], unwind.over[0], unwind.to_dealers[0]), (200.0, 10.0, 0.4));
        let [old, new] = events.standing_facilities.as_slice() else { panic!("two sets of terms") };
        assert_eq!((old.start[0], old.limit[0], old.morning[0]), (0.0, 10_000.0, 0.0));
        assert_eq!((new.start[0], new.limit[0], new.morning[0]), (number(&plan, "2025-12-11"), 500.0, 0.6));
        let repo = &events.repo_operations[0];
        assert_eq!((repo.end[0], repo.pace[0]), (number(&plan, "2025-12-31"), 75.0));
    }

    #[test]
    fn a_purchase_rule_counts_in_months_of_business_days() {
        let (events, _) = drawn(
            "[[event]]\nkind = 'purchase_rule'\nstart = 2025-12-01\nreserves = '3000bn'\n\
             [[event]]\nname = 'slow'\nkind = 'purchase_rule'\nstart = 2025-12-01\nreserves = '3000bn'\n\
             over = '251bd'\nmost = '40bn/month'\n",
        );
        let [usual, slow] = events.purchase_rules.as_slice() else { panic!("two rules") };
        // A year of 251 business days has twelve months, so that 60 days are 60 × 12 / 251 = 2.87 of them.
        assert!((usual.over[0] - 2.8685).abs() < 1e-4, "{}", usual.over[0]);
        assert!((slow.over[0] - 12.0).abs() < 1e-12);
        assert_eq!((usual.reserves[0], usual.most[0], slow.most[0]), (3000.0, 60.0, 40.0));
    }

    #[test]
    fn policy_rules_draw_their_lines_and_sizes_and_a_line_not_drawn_is_never_crossed() {
        let (events, _) = drawn(
            "[[event]]\nkind = 'end_runoff_if'\nreserves_below = '2.9tn'\n\
             [[event]]\nkind = 'purchases_if'\npace = '40bn/month'\nsofr_above = '10bp'\ndays = '5bd'\ndelay = '10bd'\n\
             [[event]]\nkind = 'repo_operations_if'\namount = '75bn'\nsofr_above = { normal = ['900bp', '200bp'] }\n\
             [[event]]\nkind = 'rate_cut_if'\ncut = '5bp'\nsofr_above = '20bp'\nreserves_below = '2.8tn'\n",
        );
        let rules: Vec<_> = events
            .policy_rules
            .iter()
            .map(|rule| (rule.action, rule.sofr_above[0], rule.reserves_below[0], rule.size[0]))
            .collect();
        assert_eq!(rules[0], (PolicyAction::EndRunoff, 1000.0, 2900.0, 0.0));
        assert_eq!(rules[1], (PolicyAction::BuyBills, 10.0, 0.0, 40.0));
        assert_eq!((rules[2].0, rules[2].3), (PolicyAction::OfferRepo, 75.0));
        assert_eq!(rules[3], (PolicyAction::CutRates, 20.0, 2800.0, 5.0));
        let [first, second, third, _] = events.policy_rules.as_slice() else { panic!("four rules") };
        assert_eq!((first.days[0], first.delay[0], second.days[0], second.delay[0]), (1.0, 1.0, 5.0, 10.0));
        assert!(third.sofr_above.iter().all(|line| *line <= 1000.0));
    }

    #[test]
    fn meetings_are_drawn_by_their_date_whatever_else_is_told() {
        let meeting = "{ date = 2025-12-11, move = { choice = ['0bp', '-25bp'], weights = [0.4, 0.6] } }";
        let later = "{ date = 2026-01-29, move = '-25bp' }";
        let (alone, plan) = drawn(&format!("[rates]\nmeetings = [ {meeting} ]\n"));
        let (among, _) = drawn(&format!(
            "[rates]\nmeetings = [ {{ date = 2025-10-30, move = {{ normal = ['0bp', '400bp'] }} }}, {meeting}, {later} ]\n\
             [[event]]\nkind = 'treasury_flow'\ndate = 2025-11-03\namount = {{ normal = ['0bn', '5bn'] }}\n"
        ));
        let [moved] = alone.rate_moves.as_slice() else { panic!("one meeting") };
        assert_eq!(moved.start, [number(&plan, "2025-12-11"); PATHS]);
        // 60 % of 64 paths are 38; three standard deviations are twelve.
        let cuts = moved.by.iter().filter(|by| **by == -25.0).count();
        assert!((26..=50).contains(&cuts), "{cuts}");
        assert!(moved.by.iter().all(|by| [0.0, -25.0].contains(by)));
        assert_eq!(among.rate_moves[1].by, moved.by);
        assert!(among.rate_moves[0].by.contains(&200.0) && among.rate_moves[0].by.contains(&-200.0));
        assert!(among.rate_moves[2].start[0] >= plan.days.len() as f64, "after the run has ended");
    }
}
