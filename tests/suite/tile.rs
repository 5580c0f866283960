//! A tile of a few paths driven by hand, and the quiet autumn in which one thing happens at a time.

use jiff::civil::Date;
use tidegate::model::{
    AUCTION_LEAD, DrawnEvents, FLOWS, Flow, Parameters, Plan, Published, SHOCKS, SIMULATED, Same, Simulated, State,
    TileParameters, publish, simulate_day,
};
use tidegate::random::ShockSource;
use tidegate::scenario::{self, Quantity, Scenario};
use tidegate::simulation::{Settings, simulate};
use tidegate::statistics::Outcomes;

/// Paths of a tile that is driven by hand.
pub const LANES: usize = 8;

/// The baseline without its events and watches, to the end of 2025, with `more` at the end of the file.
pub fn quiet_autumn(more: &str) -> (Scenario, Plan) {
    let text = format!(
        r#"
title   = "A quiet autumn"
extends = "baseline_2025q4"
remove  = ["leveraged positions grow", "runoff ends", "reserve management purchases", "more repo capacity"]

[horizon]
end = 2025-12-31

[run]
paths = 128
{more}"#
    );
    let scenario = scenario::load_text("quiet.toml", &text).unwrap_or_else(|problems| panic!("{problems}"));
    let plan = scenario::plan(&scenario);
    (scenario, plan)
}

pub fn fix(scenario: &mut Scenario, parameters: &[(&str, f64)]) {
    for (name, value) in parameters {
        *scenario.parameters.get_mut(name).expect("a parameter") = Quantity::Fixed(*value);
    }
}

pub fn run(scenario: &Scenario, plan: &Plan) -> Outcomes {
    simulate(scenario, plan, Settings::default(), &|_| ()).expect("no leak")
}

/// Outcomes of [`quiet_autumn`] without bills that answer to the TGA, so that a flow moves it one for one.
pub fn run_without_response(more: &str) -> (Outcomes, Plan) {
    let (mut scenario, plan) = quiet_autumn(more);
    fix(&mut scenario, &[("bill_response", 0.0)]);
    (run(&scenario, &plan), plan)
}

pub fn published_day(plan: &Plan, date: Date) -> usize {
    plan.published_dates().iter().position(|day| *day == date).expect("a published day")
}

pub fn sums(outcomes: &Outcomes, flow: Flow) -> Vec<f64> {
    outcomes.gather(|tile| tile.flow(flow as usize))
}

pub fn assert_near(found: f64, expected: f64, what: &str) {
    assert!((found - expected).abs() < 1e-9, "{what}: {found} against {expected}");
}

/// That every path of `there` has `expected` more than the same path of `here`.
pub fn assert_all_higher(there: &[f64], here: &[f64], expected: f64, what: &str) {
    assert!(!here.is_empty() && there.len() == here.len());
    for (there, here) in there.iter().zip(here) {
        assert_near(there - here, expected, what);
    }
}

pub fn no_events() -> DrawnEvents<f64, LANES> {
    DrawnEvents { runoff_end: [f64::INFINITY; LANES], ..DrawnEvents::none() }
}

/// What a tile posted on one day, by flow, and by its close the bills it had announced and what it published.
pub struct Day {
    pub posted: Vec<[f64; LANES]>,
    pub announced: [[f64; LANES]; AUCTION_LEAD],
    pub published: Published<f64, LANES>,
}

impl Day {
    pub fn sum(&self, flows: &[Flow], lane: usize) -> f64 {
        flows.iter().map(|flow| self.posted[*flow as usize][lane]).sum()
    }

    pub fn of(&self, variable: Simulated, lane: usize) -> f64 {
        self.published[variable as usize][lane]
    }

    pub fn runoff(&self, lane: usize) -> f64 {
        self.posted[Flow::SomaMaturities as usize][lane] - self.posted[Flow::SomaRollover as usize][lane]
    }
}

pub const BILLS: &[Flow] = &[Flow::BillsToFunds, Flow::BillsToPrivate];
pub const COUPONS: &[Flow] = &[Flow::CouponsToLevered, Flow::CouponsToPrivate];

/// Drives one tile over the plan at default parameters other than those given.
pub fn live_through(plan: &Plan, changed: &[(&str, f64)], events: &DrawnEvents<f64, LANES>) -> Vec<Day> {
    let value = |name: &str, default| changed.iter().find(|(changed, _)| *changed == name).map_or(default, |it| it.1);
    let parameters = TileParameters::new(Parameters::from_fn(|_, info| Same(value(info.name, info.default))));
    let source = ShockSource::new(3);
    let mut state = State::open(plan, &parameters, events);
    let mut before = vec![[0.0; LANES]; FLOWS.len()];
    let mut days = Vec::new();
    let (mut shocks, mut published) = ([[0.0; LANES]; SHOCKS], [[0.0; LANES]; SIMULATED]);
    for number in 0..plan.days.len() {
        source.draw(0, number as u32, &mut shocks);
        simulate_day(&mut state, &parameters, events, plan, &shocks).expect("no leak");
        publish(&state, plan, &mut published);
        let after: Vec<[f64; LANES]> = (0..FLOWS.len()).map(|flow| *state.books.posted(flow)).collect();
        let posted = after.iter().zip(&before).map(|(a, b)| std::array::from_fn(|lane| a[lane] - b[lane])).collect();
        days.push(Day { posted, announced: state.announced_bills, published });
        before = after;
    }
    days
}
