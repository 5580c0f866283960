//! From the story to the days: everything that is known in advance, one row per business day.

use crate::calendar::{CouponSettlement, DayMarks, fedwire, marks};
use crate::model::{
    AUCTION_LEAD, AdministeredRates, Auction, CALENDAR_EFFECTS, CASH_HORIZON, COUPON_LINES, DayPlan, InitialState,
    Instrument, Needs, OpeningStocks, Plan, PolicyAction, Sector, calendar_effects, coupon_weights, has_large_payments,
};
use crate::scenario::event::EventKind;
use crate::scenario::scenario::{DatedLevel, Quantity, RateStep, Scenario};
use crate::scenario::vintage::Vintage;
use jiff::ToSpan;
use jiff::civil::Date;

/// Calendar days beyond the end that the Treasury's last cash forecast may reach: 25 business days.
const FORECAST_SPAN_DAYS: i64 = 60;

/// Business day of the month around which a month of reserve management purchases is announced (New York Fed,
/// operating policy statement of 10 December 2025).
const ANNOUNCEMENT_DAY: u32 = 9;

/// Lays out the days of a scenario.
pub fn plan(scenario: &Scenario) -> Plan {
    let vintage = &scenario.vintage;
    let first = fedwire::next_business_day(scenario.start);
    let beyond = scenario.end.saturating_add(FORECAST_SPAN_DAYS.days());
    let mut calendar: Vec<KnownDay> = fedwire::business_days(first, beyond).into_iter().map(KnownDay::of).collect();
    enter_settlements(scenario, &mut calendar);
    let simulated = calendar.partition_point(|day| day.date <= scenario.end);
    let opening_rates = vintage_rates(vintage);
    let any_event = |is: fn(&EventKind) -> bool| scenario.events.iter().any(|event| is(&event.kind));
    let days = (0..simulated).map(|number| day_plan(scenario, &calendar, number, opening_rates)).collect();
    Plan {
        opening_date: scenario.start,
        days,
        opening: opening_stocks(vintage),
        initial: initial_state(vintage),
        opening_rates,
        other_fed_assets: vintage.fed.other_assets.value,
        gdp: vintage.public.gdp.value,
        rates_may_move: !scenario.meetings.is_empty()
            || any_event(|kind| matches!(kind, EventKind::PolicyRule { action: PolicyAction::CutRates, .. })),
        debt_limit: any_event(|kind| matches!(kind, EventKind::DebtLimit { .. })),
        risk_assets: scenario.parameters.risk_assets != Quantity::Fixed(0.0),
    }
}

/// What the calendar says of a day, whatever the scenario.
struct KnownDay {
    date: Date,
    marks: DayMarks,
    effects: [bool; CALENDAR_EFFECTS],
    coupons: [f64; COUPON_LINES],
    known_coupons: f64,
    announced_bills: f64,
    soma_share: f64,
}

impl KnownDay {
    fn of(date: Date) -> KnownDay {
        let marks = marks(date);
        let mid_month = marks.coupons_settle == Some(CouponSettlement::MidMonth);
        let month_end = marks.coupons_settle == Some(CouponSettlement::MonthEnd);
        KnownDay {
            date,
            marks,
            effects: calendar_effects(date, &marks),
            coupons: coupon_weights(date, &marks),
            known_coupons: 0.0,
            announced_bills: 0.0,
            soma_share: if mid_month || month_end { 0.5 } else { 0.0 },
        }
    }
}

/// Puts settlements known in advance in the place of the calendar's, and the bills announced before the opening on the days
/// they settle: in equal parts where the scenario does not date them.
fn enter_settlements(scenario: &Scenario, calendar: &mut [KnownDay]) {
    for settlement in &scenario.settlements {
        let Some(day) = calendar.iter_mut().find(|day| day.date == settlement.date) else { continue };
        if let Some(coupons) = settlement.coupons {
            day.coupons = [0.0; COUPON_LINES];
            day.known_coupons = coupons;
        }
        if let Some(bills) = settlement.bills {
            day.announced_bills = bills;
            day.marks.bills_settle = true;
        }
    }
    if scenario.settlements.iter().all(|settlement| settlement.bills.is_none()) {
        let mut settling: Vec<&mut KnownDay> =
            calendar.iter_mut().take(AUCTION_LEAD).filter(|day| day.marks.bills_settle).collect();
        let part = scenario.vintage.state.announced_bills.value / settling.len() as f64;
        settling.iter_mut().for_each(|day| day.announced_bills = part);
    }
}

fn day_plan(scenario: &Scenario, calendar: &[KnownDay], number: usize, opening: AdministeredRates) -> DayPlan {
    let day = &calendar[number];
    let marks = &day.marks;
    let in_force = day.effects.iter().enumerate().filter(|(_, in_force)| **in_force);
    DayPlan {
        date: day.date,
        calendar: in_force.map(|(effect, _)| effect).collect(),
        large_payments: has_large_payments(day.date, marks),
        coupons: day.coupons,
        known_coupons: day.known_coupons,
        announced_bills: day.announced_bills,
        auction: calendar[number + AUCTION_LEAD].marks.bills_settle.then(|| auction(scenario, calendar, number)),
        bills_settle: marks.bills_settle,
        soma_share: day.soma_share,
        runoff_cap: level_in_force(&scenario.runoff_caps, day.date, 0.0),
        mbs_principal: marks.mbs_principal,
        mbs_cap: level_in_force(&scenario.mbs_caps, day.date, f64::INFINITY),
        on_rrp_limit: level_in_force(&scenario.on_rrp_limits, day.date, f64::INFINITY),
        purchase_announcement: fedwire::business_day_of_month(day.date) == ANNOUNCEMENT_DAY,
        currency_season: currency_season(day.date),
        rates: rates_in_force(&scenario.rates, day.date, opening),
        needs: Needs {
            month_end: one_if(marks.month_end && !marks.quarter_end),
            quarter_end: one_if(marks.quarter_end && !marks.year_end),
            year_end: one_if(marks.year_end),
            mid_month: one_if(marks.coupons_settle == Some(CouponSettlement::MidMonth)),
            tax_date: one_if(marks.tax.is_some()),
        },
    }
}

fn one_if(condition: bool) -> f64 {
    f64::from(u8::from(condition))
}

/// What the Treasury foresees when it announces the bills that settle a lead time after day `number`.
fn auction(scenario: &Scenario, calendar: &[KnownDay], number: usize) -> Auction {
    let horizon = number + AUCTION_LEAD + CASH_HORIZON;
    let mut auction = Auction {
        calendar: [0.0; CALENDAR_EFFECTS],
        coupons_to_settlement: [0.0; COUPON_LINES],
        known_coupons_to_settlement: 0.0,
        share_to_settlement: 0.0,
        days: (horizon - number) as f64,
        coupons: [0.0; COUPON_LINES],
        known_coupons: 0.0,
        soma_share: 0.0,
        runoff_cap: level_in_force(&scenario.runoff_caps, calendar[horizon].date, 0.0),
        horizon,
        cash_target: level_between(&scenario.cash_target, calendar[horizon].date),
    };
    for day in &calendar[number + 1..=number + AUCTION_LEAD] {
        for (sum, weight) in auction.coupons_to_settlement.iter_mut().zip(day.coupons) {
            *sum += weight;
        }
        auction.known_coupons_to_settlement += day.known_coupons;
        auction.share_to_settlement += day.soma_share;
    }
    for day in &calendar[number + 1..=horizon] {
        for (sum, in_force) in auction.calendar.iter_mut().zip(day.effects) {
            *sum += one_if(in_force);
        }
        for (sum, weight) in auction.coupons.iter_mut().zip(day.coupons) {
            *sum += weight;
        }
        auction.known_coupons += day.known_coupons;
        auction.soma_share += day.soma_share;
    }
    auction
}

/// The last level dated on or before `date`; `before` the first.
fn level_in_force(levels: &[DatedLevel], date: Date, before: f64) -> f64 {
    levels.iter().rev().find(|level| level.date <= date).map_or(before, |level| level.level)
}

/// The level on a straight line between the dated ones; flat before the first and after the last.
fn level_between(levels: &[DatedLevel], date: Date) -> f64 {
    let after = levels.partition_point(|level| level.date <= date);
    match (after.checked_sub(1).map(|before| levels[before]), levels.get(after)) {
        (Some(before), Some(after)) => {
            let elapsed = f64::from((date - before.date).get_days());
            let span = f64::from((after.date - before.date).get_days());
            before.level + (after.level - before.level) * elapsed / span
        }
        (Some(only), None) => only.level,
        (None, Some(only)) => only.level,
        (None, None) => 0.0,
    }
}

fn rates_in_force(steps: &[RateStep], date: Date, opening: AdministeredRates) -> AdministeredRates {
    steps.iter().rev().find(|step| step.date <= date).map_or(opening, |step| AdministeredRates {
        iorb: step.iorb,
        on_rrp: step.on_rrp,
        srf: step.srf,
    })
}

fn vintage_rates(vintage: &Vintage) -> AdministeredRates {
    let rates = &vintage.rates;
    AdministeredRates { iorb: rates.iorb.value, on_rrp: rates.on_rrp.value, srf: rates.srf.value }
}

fn initial_state(vintage: &Vintage) -> InitialState {
    let rates = &vintage.rates;
    let over_iorb = |rate: f64| (rate - rates.iorb.value) * 100.0;
    InitialState {
        tgcr_iorb: over_iorb(rates.tgcr.value),
        sofr_iorb: over_iorb(rates.sofr.value),
        effr_iorb: over_iorb(rates.effr.value),
        sofr_iorb_average: vintage.state.sofr_spread_average.value,
        on_rrp: vintage.fed.on_rrp.value,
        corridor_floor: vintage_rates(vintage).corridor_floor(),
    }
}

/// The opening balance sheet of all sectors. What the Fed publishes is exact; the private sector holds
/// whatever of an instrument no other sector is known to hold.
fn opening_stocks(vintage: &Vintage) -> OpeningStocks {
    use Instrument::*;
    use Sector::*;
    let (fed, public) = (&vintage.fed, &vintage.public);
    let mut stocks = OpeningStocks::empty();
    stocks.owe(Reserves, Fed, Banks, fed.reserves.value);
    stocks.owe(Currency, Fed, Private, fed.currency.value);
    stocks.owe(Tga, Fed, Treasury, fed.tga.value);
    stocks.owe(OnRrp, Fed, MoneyFunds, fed.on_rrp.value);
    stocks.owe(ForeignRrp, Fed, ForeignOfficial, fed.foreign_rrp.value);
    stocks.owe(OtherFed, Fed, Private, fed.other_liabilities.value - fed.other_assets.value);
    stocks.owe(StandingRepo, Levered, Fed, fed.standing_repo.value);
    stocks.owe(FedLoans, Banks, Fed, fed.loans.value);

    let bills_elsewhere = public.treasury_bills_outstanding.value
        - fed.treasury_bills.value
        - public.money_fund_bills.value
        - public.foreign_treasury_bills.value;
    stocks.owe(Bills, Treasury, Fed, fed.treasury_bills.value);
    stocks.owe(Bills, Treasury, MoneyFunds, public.money_fund_bills.value);
    stocks.owe(Bills, Treasury, ForeignOfficial, public.foreign_treasury_bills.value);
    stocks.owe(Bills, Treasury, Private, bills_elsewhere);

    // Leveraged investors hold what they finance overnight.
    let levered_coupons = public.levered_repo.value + fed.standing_repo.value;
    let coupons_elsewhere = public.treasury_coupons_outstanding.value
        - fed.treasury_coupons.value
        - public.bank_treasuries.value
        - public.foreign_treasury_coupons.value
        - levered_coupons;
    stocks.owe(Coupons, Treasury, Fed, fed.treasury_coupons.value);
    stocks.owe(Coupons, Treasury, Banks, public.bank_treasuries.value);
    stocks.owe(Coupons, Treasury, ForeignOfficial, public.foreign_treasury_coupons.value);
    stocks.owe(Coupons, Treasury, Levered, levered_coupons);
    stocks.owe(Coupons, Treasury, Private, coupons_elsewhere);

    stocks.owe(Mbs, Private, Fed, fed.mbs.value);
    stocks.owe(Mbs, Private, Banks, public.bank_mbs.value);

    stocks.owe(Repo, Levered, MoneyFunds, public.money_fund_repo.value);
    stocks.owe(Repo, Levered, Banks, public.levered_repo.value - public.money_fund_repo.value);
    stocks.owe(Deposits, Banks, Private, public.bank_deposits.value);
    let fund_assets = fed.on_rrp.value + public.money_fund_bills.value + public.money_fund_repo.value;
    stocks.owe(FundShares, MoneyFunds, Private, fund_assets);
    stocks
}

/// Seasonal flow into currency on a day, $bn.
fn currency_season(date: Date) -> f64 {
    /// Mean weekly change of currency in circulation by month, less its trend, $bn: Federal Reserve H.4.1,
    /// WCICL, July 2022 to March 2026, own estimate.
    const WEEKLY: [f64; 12] = [-4.6, 0.9, 3.2, -0.1, 2.0, -0.7, -1.6, -0.3, -1.0, 0.3, 1.3, 1.8];
    WEEKLY[date.month() as usize - 1] / 5.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load_text;
    use jiff::civil::date;

    fn planned(more: &str) -> Plan {
        let text = format!("title = 't'\nextends = 'baseline_2025q4'\n{more}");
        plan(&load_text("t.toml", &text).unwrap_or_else(|problems| panic!("{problems}")))
    }

    fn on(plan: &Plan, date: Date) -> &DayPlan {
        plan.days.iter().find(|day| day.date == date).expect("a business day of the run")
    }

    #[test]
    fn without_dated_limits_there_are_none() {
        let plan = planned("");
        assert!(plan.days.iter().all(|day| day.on_rrp_limit == f64::INFINITY && day.mbs_cap == f64::INFINITY));
    }

    #[test]
    fn a_dated_limit_is_in_force_from_its_date_until_the_next() {
        let plan = planned(
            "[fed]\nmbs_caps = [ { date = 2025-11-03, level = '35bn/month' } ]\n\
             on_rrp_limits = [ { date = 2025-09-01, level = '80bn' }, { date = 2025-12-01, level = '160bn' } ]\n",
        );
        let limits = |day| (on(&plan, day).on_rrp_limit, on(&plan, day).mbs_cap);
        assert_eq!(limits(date(2025, 10, 31)), (80.0, f64::INFINITY));
        assert_eq!(limits(date(2025, 11, 3)), (80.0, 35.0));
        assert_eq!(limits(date(2025, 12, 1)), (160.0, 35.0));
    }

    #[test]
    fn settlements_known_in_advance_stand_in_place_of_the_calendars() {
        let plan = planned(
            "[treasury]\nsettlements = [ { date = 2025-10-02, bills = '-9bn' }, { date = 2025-10-15, coupons = '35bn' } ]\n",
        );
        let mid_month = on(&plan, date(2025, 10, 15));
        assert_eq!((mid_month.coupons, mid_month.known_coupons), ([0.0; COUPON_LINES], 35.0));
        assert_eq!(on(&plan, date(2025, 10, 31)).known_coupons, 0.0);
        let announced = |day| on(&plan, day).announced_bills;
        assert_eq!((announced(date(2025, 10, 2)), announced(date(2025, 10, 7))), (-9.0, 0.0));
        // The auction announced on 8 October sees what settles on the 15th; one announced after it does not.
        let of = |day| on(&plan, day).auction.as_ref().map(|auction| auction.known_coupons);
        assert_eq!((of(date(2025, 10, 8)), of(date(2025, 10, 16))), (Some(35.0), Some(0.0)));
    }

    /// The vintage of 1 October 2025 has 27 announced, which settle on Thursday the 2nd and Tuesday the 7th.
    #[test]
    fn bills_that_are_not_dated_settle_in_equal_parts() {
        let plan = planned("");
        let announced: Vec<f64> = plan.days.iter().take(5).map(|day| day.announced_bills).collect();
        assert_eq!(announced, [13.5, 0.0, 0.0, 13.5, 0.0]);
    }

    #[test]
    fn settlements_that_cannot_be_known_are_refused() {
        let refused = |settlement: &str| {
            let text =
                format!("title = 't'\nextends = 'baseline_2025q4'\n[treasury]\nsettlements = [ {settlement} ]\n");
            load_text("t.toml", &text).expect_err("is refused").to_string()
        };
        assert!(refused("{ date = 2025-10-04, coupons = '1bn' }").contains("no business day"));
        assert!(refused("{ date = 2025-10-01, coupons = '1bn' }").contains("not after the start"));
        assert!(refused("{ date = 2025-10-09, bills = '1bn' }").contains("up to 2025-10-08"));
    }

    /// The New York Fed published its first schedule on 11 December 2025, the ninth business day. In November it is
    /// the 14th: the 3rd is the first, and Veterans Day, the 11th, is closed.
    #[test]
    fn purchases_are_announced_on_the_ninth_business_day() {
        let plan = planned("");
        let announced: Vec<Date> =
            plan.days.iter().filter(|day| day.purchase_announcement).map(|day| day.date).take(3).collect();
        assert_eq!(announced, [date(2025, 10, 14), date(2025, 11, 14), date(2025, 12, 11)]);
    }
}
