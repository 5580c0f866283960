//! Writes everything a peer needs to live through a scenario, as one JSON object: `export [SCENARIO] > PLAN.json`.
//!
//! What is the same on all paths is added up, as anybody would who writes the model for one scenario: a day's foreseen
//! operating flow is one number, not a sum of calendar effects. The object holds the days, the parameters with the daily
//! survival of each half-life, the opening stocks and behavioural state, the events and the shocks. README.md names the
//! fields. A scenario with mechanisms that the peers leave out is refused.

use serde_json::{Map, Value, json};
use std::process::ExitCode;
use tidegate::model::{
    COUPON_LINES, DayPlan, DrawnEvents, INSTRUMENTS, PARAMETERS, Parameters, Plan, SECTORS, Shock, State,
    TileParameters, calendar_coefficients, cholesky_factor,
};
use tidegate::scenario::fields::event_bounds;
use tidegate::scenario::{self, Distribution, Event, EventKind, Quantity, Scenario, When};
use tidegate::simulation::{Luck, draw_events, draw_parameters};

fn main() -> ExitCode {
    let name = std::env::args().nth(1).unwrap_or_else(|| "shutdown_cash_hoarding".to_owned());
    match export(&name) {
        Ok(plan) => {
            println!("{plan}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn export(name: &str) -> Result<Value, String> {
    let scenario = scenario::load(name).map_err(|problems| problems.to_string())?;
    let plan = scenario::plan(&scenario);
    if plan.rates_may_move || plan.debt_limit || plan.risk_assets {
        return Err("the peers know no debt limit, rate moves or risk assets; try shutdown_cash_hoarding".to_owned());
    }
    if scenario.parameters.values().into_iter().any(|quantity| matches!(quantity, Quantity::Random(_))) {
        return Err("the peers know no random parameters; try shutdown_cash_hoarding".to_owned());
    }
    let luck = Luck::of(&scenario, &plan);
    let p: TileParameters<[f64; 1]> = draw_parameters(&scenario, &luck.tile(0));
    let events: DrawnEvents<f64, 1> = draw_events(&scenario, &plan, &luck.tile(0));
    Ok(json!({
        "scenario": scenario.name,
        "opening_date": plan.opening_date.to_string(),
        "opening_iorb": plan.opening_rates.iorb,
        "other_fed_assets": plan.other_fed_assets,
        "parameters": named(PARAMETERS.iter().map(|info| info.name).zip(p.values().into_iter().map(|[value]| *value))),
        "survival": survival(&p),
        "opening": opening(&plan, &p, &events),
        "events": scenario.events.iter().map(|event| event_of(&scenario, event)).collect::<Result<Vec<_>, _>>()?,
        "shocks": shocks(),
        "days": plan.days.iter().map(|day| day_of(day, &p)).collect::<Vec<_>>(),
    }))
}

fn named<'a>(values: impl IntoIterator<Item = (&'a str, f64)>) -> Value {
    Value::Object(values.into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect())
}

/// The share that survives a day, for each half-life.
fn survival(p: &TileParameters<[f64; 1]>) -> Value {
    let decay = &p.decay;
    named([
        ("flow_drift", decay.flow_drift[0]),
        ("rate_drift", decay.rate_drift[0]),
        ("on_rrp", decay.on_rrp[0]),
        ("inventory", decay.inventory[0]),
        ("foreign_rrp", decay.foreign_rrp[0]),
        ("other_deposits", decay.other_deposits[0]),
        ("bill_resale", decay.bill_resale[0]),
        ("fund_deficit", decay.fund_deficit[0]),
        ("settlement", decay.settlement[0]),
        ("effr", decay.effr[0]),
        ("primary_credit", decay.primary_credit[0]),
        ("stress", decay.stress[0]),
        ("hoarding", decay.hoarding[0]),
    ])
}

/// The balance sheets, by sector and instrument, and every behavioural state of the opening that is not nil by nature.
fn opening(plan: &Plan, p: &TileParameters<[f64; 1]>, events: &DrawnEvents<f64, 1>) -> Value {
    let state = State::open(plan, p, events);
    let mut books = Map::new();
    for (sector, of) in SECTORS.iter().enumerate() {
        let held = INSTRUMENTS.iter().enumerate().map(|(i, what)| (*what, state.books.stock(sector, i)[0]));
        books.insert((*of).to_owned(), named(held));
    }
    let behaviour = named([
        ("repo_noise", state.repo_noise[0]),
        ("usual_height", state.usual_height[0]),
        ("tgcr_iorb", state.tgcr_iorb[0]),
        ("sofr_iorb", state.sofr_iorb[0]),
        ("effr_iorb", state.effr_iorb[0]),
        ("reserves_average", state.reserves_average[0]),
        ("stress", state.stress[0]),
        ("ample_reserves", state.ample_reserves[0]),
        ("period_end_needs", state.period_end_needs[0]),
        ("scarcity", state.scarcity[0]),
        ("funding_gap", state.funding_gap[0]),
        ("foreign_branch_reserves", state.foreign_branch_reserves[0]),
        ("small_bank_reserves", state.small_bank_reserves[0]),
        ("last_announced", state.last_announced[0]),
        ("tgcr_over_month", state.tgcr_over_month[0]),
        ("bills_over_month", state.bills_over_month[0]),
    ]);
    json!({ "books": books, "state": behaviour })
}

fn shocks() -> Value {
    json!({
        "names": Shock::ALL.iter().map(|shock| format!("{shock:?}")).collect::<Vec<_>>(),
        "fat_tailed": Shock::ALL.iter().map(|shock| shock.is_fat_tailed()).collect::<Vec<_>>(),
        "degrees_of_freedom": tidegate::model::DEGREES_OF_FREEDOM,
        "cholesky": cholesky_factor().map(|row| row.to_vec()).to_vec(),
    })
}

fn day_of(day: &DayPlan, p: &TileParameters<[f64; 1]>) -> Value {
    let effects = calendar_coefficients(p).map(|(_, [value])| *value);
    let auction = day.auction.as_ref().map(|auction| {
        let flows: f64 = auction.calendar.iter().zip(effects).map(|(weight, effect)| weight * effect).sum();
        json!({
            "foreseen_flow": flows,
            "coupons": auction.known_coupons + net_coupons(&auction.coupons, p),
            "months": auction.soma_share,
            "runoff_cap": auction.runoff_cap,
            "cash_target": auction.cash_target,
        })
    });
    let needs = &day.needs;
    json!({
        "date": day.date.to_string(),
        "iorb": day.rates.iorb,
        "corridor_floor": day.rates.corridor_floor(),
        "corridor_ceiling": day.rates.corridor_ceiling(),
        "foreseen_flow": day.calendar.iter().map(|effect| effects[*effect]).sum::<f64>(),
        "large_payments": day.large_payments,
        "coupons": day.known_coupons + net_coupons(&day.coupons, p),
        "bills_settle": day.bills_settle,
        "announced_bills": day.announced_bills,
        "auction": auction,
        "soma_share": day.soma_share,
        "runoff_cap": day.runoff_cap,
        "mbs_principal": day.mbs_principal,
        "mbs_cap": limit(day.mbs_cap),
        "on_rrp_limit": limit(day.on_rrp_limit),
        "currency_season": day.currency_season,
        "fund_season": day.fund_season,
        "needs": named([
            ("month_end", needs.month_end),
            ("quarter_end", needs.quarter_end),
            ("year_end", needs.year_end),
            ("mid_month", needs.mid_month),
            ("tax_date", needs.tax_date),
        ]),
    })
}

/// Net notes and bonds when the lines settle with these weights, $bn. The lines are the first parameters of `coupons`.
fn net_coupons(weights: &[f64; COUPON_LINES], p: &Parameters<[f64; 1]>) -> f64 {
    let values = p.values();
    let lines = PARAMETERS.iter().zip(values).filter(|(info, _)| info.mechanism == "coupons");
    lines.take(COUPON_LINES).zip(weights).map(|((_, [amount]), weight)| weight * amount).sum()
}

/// A limit, or null where there is none.
fn limit(value: f64) -> Value {
    if value.is_finite() { json!(value) } else { Value::Null }
}

/// An event with its day and sizes as numbers; what paths draw is a distribution with its bounds.
fn event_of(scenario: &Scenario, event: &Event) -> Result<Value, String> {
    match &event.kind {
        EventKind::Shutdown { start, duration, delayed_outlays, catch_up, hoarding } => Ok(json!({
            "kind": "shutdown",
            "start": date(start)?,
            "duration": quantity(event, "duration", duration)?,
            "delayed_outlays": quantity(event, "delayed_outlays", delayed_outlays)?,
            "catch_up": quantity(event, "catch_up", catch_up)?,
            "hoarding": quantity(event, "hoarding", hoarding)?,
        })),
        EventKind::RunoffEnd { date: day } => Ok(json!({ "kind": "runoff_end", "start": date(day)? })),
        EventKind::Purchases { start, end: None, pace } => {
            Ok(json!({ "kind": "purchases", "start": date(start)?, "pace": fixed(pace)? }))
        }
        EventKind::LeveredGrowth { start, end: None, pace } => {
            Ok(json!({ "kind": "levered_growth", "start": date(start)?, "pace": fixed(pace)? }))
        }
        EventKind::CapacityShift { date: day, repo, federal_funds, sofr } => Ok(json!({
            "kind": "capacity_shift",
            "start": date(day)?,
            "repo": fixed(repo)?,
            "federal_funds": fixed(federal_funds)?,
            "sofr": fixed(sofr)?,
        })),
        _ => Err(format!("the peers do not know the event \"{}\" of {}", event.name, scenario.name)),
    }
}

fn date(when: &When) -> Result<String, String> {
    match when {
        When::On(date) => Ok(date.to_string()),
        _ => Err("the peers know no random dates".to_owned()),
    }
}

fn fixed(quantity: &Quantity) -> Result<f64, String> {
    match quantity {
        Quantity::Fixed(value) => Ok(*value),
        Quantity::Random(_) => Err("the peers draw nothing but the sizes of a shutdown".to_owned()),
    }
}

fn quantity(event: &Event, field: &str, quantity: &Quantity) -> Result<Value, String> {
    let drawn = match quantity {
        Quantity::Fixed(value) => return Ok(json!(value)),
        Quantity::Random(Distribution::Lognormal { median, sigma }) => json!({ "median": median, "sigma": sigma }),
        Quantity::Random(Distribution::Triangular { low, mode, high }) => {
            json!({ "low": low, "mode": mode, "high": high })
        }
        Quantity::Random(_) => return Err(format!("the peers draw `{field}` lognormal or triangular only")),
    };
    let bounds = event_bounds(event.kind.word(), field).ok_or_else(|| format!("`{field}` has no bounds"))?;
    Ok(json!({ "distribution": drawn, "within": [bounds.low, bounds.high] }))
}
