//! What can be changed of a scenario on the page: the events it tells of, the Treasury's cash target, and the parameters on
//! which most depends.

use super::positions::{Position, days, numbers};
use crate::calendar::names::long_date;
use crate::model::PARAMETERS;
use crate::report::capitalised;
use crate::scenario::fields::{Bounds, Kind, event_bounds, event_shape};
use crate::scenario::{CASH_TARGET, Event, Quantity, Scenario, When, can_be_retyped, plan, switch_name, typed_keys};
use crate::units::Unit;
use jiff::civil::Date;
use serde::Serialize;

/// Sliders that belong together.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    /// What they belong to.
    pub title: String,
    /// Under which key it is left out altogether; none if it cannot be.
    pub switch: Option<String>,
    /// The sliders.
    pub knobs: Vec<Knob>,
}

/// A slider.
#[derive(Clone, Debug, Serialize)]
pub struct Knob {
    /// Its key in a [`Setting`](super::Setting).
    pub key: String,
    /// A word or two.
    pub label: String,
    /// What it changes, in one sentence.
    pub meaning: &'static str,
    /// What is typed after its numbers; empty for days and pure numbers.
    pub unit: &'static str,
    /// Where it can stand.
    pub positions: Vec<Position>,
    /// Where the scenario has it.
    pub at: usize,
    /// How the scenario draws it, of which `at` is the middle; moving the slider fixes it.
    pub drawn: Option<String>,
}

/// The keys that matter most of each kind of event, at most [`KEYS_OF_EVENT`] of which become sliders.
pub(super) const MATTERS: &[(&str, &[&str])] = &[
    ("shutdown", &["hoarding", "duration", "delayed_outlays"]),
    ("runoff_end", &["date"]),
    ("purchases", &["pace", "start"]),
    ("open_market_purchases", &["pace", "start"]),
    ("cash_target_shift", &["change", "start"]),
    ("capacity_shift", &["repo", "date"]),
    ("treasury_flow", &["amount", "date"]),
    ("deficit_shift", &["pace", "start"]),
    ("refinancing_shift", &["coupons"]),
    ("debt_limit", &["headroom", "lift"]),
    ("levered_growth", &["pace"]),
    ("levered_unwind", &["amount", "over", "start"]),
    ("foreign_bank_outflow", &["amount", "over"]),
    ("standing_facility", &["limit"]),
    ("repo_operations", &["amount"]),
    ("purchase_rule", &["reserves", "most"]),
    ("end_runoff_if", &["sofr_above", "reserves_below"]),
    ("purchases_if", &["pace", "sofr_above"]),
    ("repo_operations_if", &["amount", "sofr_above"]),
    ("rate_cut_if", &["cut", "sofr_above"]),
];

/// The parameters on which most depends.
const PARAMETERS_THAT_MATTER: [(&str, &str); 6] = [
    ("ample_reserves", "Ample level of reserves"),
    ("repo_slope", "Slope of repo rates"),
    ("hoarding_gain", "Banks' hoarding after stress"),
    ("dealer_retreat_gain", "Dealers' retreat after stress"),
    ("on_rrp_quarter_end", "ON RRP at quarter-ends"),
    ("repo_noise", "Noise of repo rates"),
];

/// Sliders of events; those the scenario itself adds come before what it inherits.
const EVENT_KNOBS: usize = 9;

/// The sliders of a scenario.
pub fn groups(scenario: &Scenario) -> Vec<Group> {
    let run: Vec<Date> = plan(scenario).days.iter().map(|day| day.date).collect();
    let mut groups: Vec<Group> = Vec::new();
    let mut left = EVENT_KNOBS;
    for (position, event) in scenario.events.iter().enumerate().rev() {
        if !can_be_retyped(scenario, position) {
            continue;
        }
        let mut knobs = event_knobs(scenario, position, event, &run);
        knobs.truncate(left);
        left -= knobs.len();
        groups.push(Group {
            title: capitalised(&event.name.replace('_', " ")),
            switch: Some(switch_name(&event.name)),
            knobs,
        });
    }
    groups.extend(cash_target(scenario).map(|knob| Group {
        title: "Treasury".into(),
        switch: None,
        knobs: vec![knob],
    }));
    let parameters =
        PARAMETERS_THAT_MATTER.iter().filter_map(|(name, label)| parameter(scenario, name, label)).collect();
    groups.push(Group { title: "Model".to_owned(), switch: None, knobs: parameters });
    groups
}

fn event_knobs(scenario: &Scenario, position: usize, event: &Event, run: &[Date]) -> Vec<Knob> {
    let kind = event.kind.word();
    let keys = MATTERS.iter().find(|(known, _)| *known == kind).map_or(&[][..], |(_, keys)| keys);
    keys.iter().filter_map(|name| event_knob(scenario, position, event, name, run)).collect()
}

/// The slider of a key; none where the scenario does not type it, but for the hoarding of a shutdown.
fn event_knob(scenario: &Scenario, position: usize, event: &Event, name: &str, run: &[Date]) -> Option<Knob> {
    let kind = event.kind.word();
    let field = event_shape(kind)?.fields.iter().find(|field| field.name == name)?;
    let typed = typed_keys(scenario, position).find(|(key, _)| *key == name).map(|(_, value)| value);
    if typed.is_none() && name != "hoarding" {
        return None;
    }
    let (unit, positions, at) = match (field.kind, event.kind.quantity(name), event.kind.when(name)) {
        (Kind::Quantity(_), Some(quantity), _) => {
            let bounds = event_bounds(kind, name)?;
            let (low, high) = story_range(quantity.typical(), &bounds);
            let (positions, at) = numbers(low, high, quantity.typical(), bounds.unit);
            (bounds.unit.suffix(), positions, at)
        }
        (Kind::When, _, Some(when)) => {
            let (positions, at) = days(run, middle(when));
            ("", positions, at)
        }
        _ => return None,
    };
    let is_drawn = event.kind.quantity(name).is_some_and(|quantity| matches!(quantity, Quantity::Random(_)))
        || event.kind.when(name).is_some_and(|when| !matches!(when, When::On(_)));
    Some(Knob {
        key: format!("{}.{name}", switch_name(&event.name)),
        label: capitalised(&name.replace('_', " ")),
        meaning: field.meaning,
        unit,
        positions,
        at,
        drawn: typed.filter(|_| is_drawn).map(str::to_owned),
    })
}

/// The middle of the days on which something may happen.
fn middle(when: &When) -> Date {
    match when {
        When::On(day) => *day,
        When::Between(first, last) => {
            first.saturating_add(jiff::Span::new().days(i64::from((*last - *first).get_days()) / 2))
        }
        When::OneOf(days, weights) => {
            let likeliest = weights.iter().zip(days).max_by(|a, b| a.0.total_cmp(b.0));
            likeliest.map_or(days[0], |(_, day)| *day)
        }
    }
}

/// What a story of this size may plausibly be instead: up to three times as large, none, or, where it can be, the opposite.
fn story_range(typical: f64, bounds: &Bounds) -> (f64, f64) {
    if bounds.unit == Unit::Share {
        return (bounds.low, bounds.high);
    }
    let size = match (typical.abs(), bounds.unit) {
        (size, _) if size > 0.0 => size,
        (_, Unit::Billions) => 100.0,
        (_, Unit::BillionsPerDay) => 1.0,
        _ => 20.0,
    };
    let low = if bounds.low < 0.0 { typical - 2.0 * size } else { 0.0 };
    let range = if bounds.unit == Unit::Billions && typical > 1_000.0 {
        // A level of reserves, not a flow.
        (0.8 * typical, 1.2 * typical)
    } else {
        (low, typical + 2.0 * size)
    };
    (range.0.max(bounds.low), range.1.min(bounds.high))
}

fn cash_target(scenario: &Scenario) -> Option<Knob> {
    let last = scenario.cash_target.last()?;
    let lowest = scenario.cash_target.iter().map(|target| target.level).fold(f64::INFINITY, f64::min);
    let reach = 400f64;
    let (positions, at) = numbers(last.level - reach.min(lowest), last.level + reach, last.level, Unit::Billions);
    Some(Knob {
        key: CASH_TARGET.to_owned(),
        label: format!("Cash target of {}", long_date(last.date)),
        meaning: "The cash balance the Treasury steers to on that day; on all other days it moves by as much.",
        unit: Unit::Billions.suffix(),
        positions,
        at,
        drawn: None,
    })
}

fn parameter(scenario: &Scenario, name: &str, label: &str) -> Option<Knob> {
    /// Standard deviations of the prior to either side.
    const REACH: f64 = 4.0;
    let (position, info) = PARAMETERS.iter().enumerate().find(|(_, info)| info.name == name)?;
    let quantity = scenario.parameters.values()[position];
    let own = quantity.typical();
    let reach = REACH * info.prior_sd;
    let (positions, at) = numbers((own - reach).max(info.low), (own + reach).min(info.high), own, info.unit);
    let typed = scenario.typed.iter().find(|typed| typed.key == format!("parameters.{name}"));
    let drawn = typed.filter(|_| matches!(quantity, Quantity::Random(_))).map(|typed| typed.value.clone());
    Some(Knob {
        key: format!("parameters.{name}"),
        label: label.to_owned(),
        meaning: info.meaning,
        unit: info.unit.suffix(),
        positions,
        at,
        drawn,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::fields::EVENTS;
    use crate::scenario::{self, shipped::SCENARIOS};

    #[test]
    fn every_kind_of_event_has_keys_that_matter_and_they_exist() {
        for shape in EVENTS {
            let (_, keys) = MATTERS.iter().find(|(kind, _)| *kind == shape.kind).expect(shape.kind);
            for key in *keys {
                assert!(shape.fields.iter().any(|field| field.name == *key), "{} of {}", key, shape.kind);
            }
        }
        assert_eq!(MATTERS.len(), EVENTS.len());
    }

    #[test]
    fn every_scenario_has_about_a_dozen_sliders_that_stand_where_it_has_them() {
        for shipped in SCENARIOS {
            let scenario = scenario::load(shipped.name).expect("it ships");
            let knobs: Vec<Knob> = groups(&scenario).into_iter().flat_map(|group| group.knobs).collect();
            assert!((8..=16).contains(&knobs.len()), "{}: {}", shipped.name, knobs.len());
            for knob in &knobs {
                assert!(knob.at < knob.positions.len() && knob.positions.len() > 2, "{}: {}", shipped.name, knob.key);
            }
        }
    }

    #[test]
    fn a_shutdown_is_drawn_around_its_middle() {
        let scenario = scenario::load("shutdown_cash_hoarding").expect("it ships");
        let groups = groups(&scenario);
        assert_eq!((groups[0].title.as_str(), groups[0].switch.as_deref()), ("Shutdown", Some("event.shutdown")));
        let [hoarding, duration, ..] = &groups[0].knobs[..] else { panic!("{:?}", groups[0]) };
        assert_eq!((hoarding.key.as_str(), hoarding.unit, &hoarding.drawn), ("event.shutdown.hoarding", "bn", &None));
        assert_eq!(hoarding.positions[hoarding.at], Position::Number(100.0));
        assert_eq!(duration.positions[duration.at], Position::Number(35.0));
        assert!(duration.drawn.as_deref().is_some_and(|drawn| drawn.contains("lognormal")));
    }
}
