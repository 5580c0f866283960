//! A state of the page: a scenario and what is changed of it. It becomes a scenario through the loader, by a text that extends
//! the scenario: the same text that is saved.

use super::answer::Refusal;
use super::catalogue::Catalogue;
use super::knobs::{CASH_TARGET, parameter_info, switch_key, typed_keys};
use crate::scenario::fields::{Kind, event_shape};
use crate::scenario::{self, Event, Scenario, nearest};
use crate::units::Unit;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A scenario and what is changed of it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// The name of the scenario.
    pub scenario: String,
    /// What is changed, by the keys of its [`groups`](super::groups).
    #[serde(default)]
    pub changes: BTreeMap<String, Change>,
}

/// What a key is changed to.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Change {
    /// Whether an event happens.
    Happens(bool),
    /// A number, before the unit of its key.
    Number(f64),
    /// A day, as it is typed.
    Day(String),
}

/// Keys that a setting may change: more than there are sliders.
const MOST_CHANGES: usize = 64;

impl Setting {
    /// The scenario as changed, and the text that says so.
    ///
    /// # Errors
    /// The scenario is unknown or wrong, a key is none of its own, or the loader refuses what it is changed to.
    pub(super) fn load(&self, catalogue: &Catalogue) -> Result<(Scenario, String), Refusal> {
        let base = catalogue.load(&self.scenario)?;
        let text = self.text(&base, &title(&base, self.changes.len()))?;
        let scenario = scenario::load_text_in(&catalogue.folder, "live.toml", &text).map_err(Refusal::of_problems)?;
        Ok((scenario, text))
    }

    /// The text of a scenario file that extends `base`, the scenario, by the changes.
    ///
    /// # Errors
    /// A key is none of its own.
    pub(super) fn text(&self, base: &Scenario, title: &str) -> Result<String, Refusal> {
        if self.changes.len() > MOST_CHANGES {
            return Err(Refusal::wrong(format!("a setting changes at most {MOST_CHANGES} keys")));
        }
        let mut overlay = Overlay::default();
        for (key, change) in &self.changes {
            overlay.add(base, key, change)?;
        }
        let mut text = format!("title   = {}\nextends = {}\n", quoted(title), quoted(&self.scenario));
        if !overlay.removed.is_empty() {
            let names: Vec<String> = overlay.removed.iter().map(|name| quoted(name)).collect();
            text.push_str(&format!("remove  = [{}]\n", names.join(", ")));
        }
        if !overlay.parameters.is_empty() {
            text.push_str(&format!("\n[parameters]\n{}", overlay.parameters));
        }
        if !overlay.cash_target.is_empty() {
            text.push_str(&format!("\n[treasury]\ncash_target = [\n{}]\n", overlay.cash_target));
        }
        for (position, changed) in &overlay.events {
            text.push_str(&retyped(base, *position, changed));
        }
        Ok(text)
    }
}

/// What the changes come to, as a scenario file says it.
#[derive(Default)]
struct Overlay {
    /// Events that do not happen, or are typed again.
    removed: Vec<String>,
    parameters: String,
    cash_target: String,
    /// Events that are typed again, by position, with the keys that are changed.
    events: BTreeMap<usize, Vec<(String, String)>>,
}

impl Overlay {
    fn add(&mut self, base: &Scenario, key: &str, change: &Change) -> Result<(), Refusal> {
        if let Some(name) = key.strip_prefix("parameters.") {
            let (_, info) = parameter_info(name).ok_or_else(|| unknown(base, key))?;
            self.parameters.push_str(&format!("{name} = {}\n", number(key, change, info.unit)?));
        } else if key == CASH_TARGET {
            let last = base.cash_target.last().ok_or_else(|| unknown(base, key))?;
            let Change::Number(level) = change else { return Err(wrong_kind(key, "a number")) };
            for target in &base.cash_target {
                let moved = target.level + (level - last.level);
                self.cash_target.push_str(&format!("    {{ date = {}, level = \"{moved}bn\" }},\n", target.date));
            }
        } else {
            self.add_to_event(base, key, change)?;
        }
        Ok(())
    }

    fn add_to_event(&mut self, base: &Scenario, key: &str, change: &Change) -> Result<(), Refusal> {
        let (position, event, field) = event_of(base, key).ok_or_else(|| unknown(base, key))?;
        let Some(field) = field else {
            let Change::Happens(happens) = change else { return Err(wrong_kind(key, "true or false")) };
            if !happens {
                self.remove(event);
            }
            return Ok(());
        };
        let shape = event_shape(event.kind.word()).ok_or_else(|| unknown(base, key))?;
        let field = shape.fields.iter().find(|known| known.name == field).ok_or_else(|| unknown(base, key))?;
        let value = match field.kind {
            Kind::Quantity(bounds) | Kind::Level(bounds) => number(key, change, bounds.unit)?,
            Kind::When | Kind::Date => day(key, change)?,
            _ => return Err(unknown(base, key)),
        };
        // Keys come in order, so that the switch of an event comes before its sliders: an event that is left out stays out.
        if self.removed.contains(&event.name) && !self.events.contains_key(&position) {
            return Ok(());
        }
        self.remove(event);
        self.events.entry(position).or_default().push((field.name.to_owned(), value));
        Ok(())
    }

    fn remove(&mut self, event: &Event) {
        if !self.removed.contains(&event.name) {
            self.removed.push(event.name.clone());
        }
    }
}

/// The event of a key with its position, and the key within it; none of it for the switch.
fn event_of<'a>(base: &'a Scenario, key: &'a str) -> Option<(usize, &'a Event, Option<&'a str>)> {
    let mut events = base.events.iter().enumerate();
    events.find_map(|(position, event)| match key.strip_prefix(&switch_key(event))? {
        "" => Some((position, event, None)),
        rest => {
            let field = rest.strip_prefix('.')?;
            let known = event_shape(event.kind.word())?.fields.iter().any(|known| known.name == field);
            known.then_some((position, event, Some(field)))
        }
    })
}

/// An event as it was typed, but for the keys that are changed.
fn retyped(base: &Scenario, position: usize, changed: &[(String, String)]) -> String {
    let mut text = "\n[[event]]\n".to_owned();
    for (key, value) in typed_keys(base, position).filter(|(key, _)| changed.iter().all(|(changed, _)| changed != key))
    {
        let value = if key == "name" { quoted(&base.events[position].name) } else { value.to_owned() };
        text.push_str(&format!("{key} = {value}\n"));
    }
    for (key, value) in changed {
        text.push_str(&format!("{key} = {value}\n"));
    }
    text
}

/// A title that says whose setting it is.
fn title(base: &Scenario, changes: usize) -> String {
    match changes {
        0 => base.title.clone(),
        1 => format!("{}, with a change", base.title),
        many => format!("{}, with {many} changes", base.title),
    }
}

/// A number as a scenario file has it.
fn number(key: &str, change: &Change, unit: Unit) -> Result<String, Refusal> {
    match change {
        Change::Number(value) if unit == Unit::Number => Ok(format!("{value:?}")),
        Change::Number(value) => Ok(format!("\"{value}{}\"", unit.suffix())),
        _ => Err(wrong_kind(key, "a number")),
    }
}

/// A day as a scenario file has it.
fn day(key: &str, change: &Change) -> Result<String, Refusal> {
    match change {
        Change::Day(text) => {
            let day: jiff::civil::Date = text.parse().map_err(|_| wrong_kind(key, "a day, such as 2025-12-01"))?;
            Ok(day.to_string())
        }
        _ => Err(wrong_kind(key, "a day, such as 2025-12-01")),
    }
}

/// A text between quotes.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn wrong_kind(key: &str, wanted: &str) -> Refusal {
    Refusal::wrong(format!("`{}` takes {wanted}", shortened(key)))
}

fn unknown(base: &Scenario, key: &str) -> Refusal {
    let known = super::groups(base);
    let keys = known.iter().flat_map(|group| group.knobs.iter().map(|knob| &knob.key).chain(&group.switch));
    let help = nearest(key, keys.map(String::as_str)).map_or(String::new(), |near| format!("; did you mean `{near}`?"));
    Refusal::wrong(format!("nothing of `{}` is called `{}`{help}", base.name, shortened(key)))
}

fn shortened(key: &str) -> String {
    key.chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{EventKind, Quantity, When, shipped::SCENARIOS};
    use crate::serve::{Position, groups};
    use jiff::civil::date;

    fn catalogue() -> Catalogue {
        Catalogue { folder: tempfile::tempdir().expect("a temporary folder").keep() }
    }

    fn setting(scenario: &str, changes: &[(&str, Change)]) -> Setting {
        let changes = changes.iter().map(|(key, change)| ((*key).to_owned(), change.clone())).collect();
        Setting { scenario: scenario.to_owned(), changes }
    }

    fn loaded(changes: &[(&str, Change)]) -> Scenario {
        let loaded = setting("shutdown_cash_hoarding", changes).load(&catalogue());
        loaded.unwrap_or_else(|refusal| panic!("{}", refusal.message)).0
    }

    #[test]
    fn a_setting_without_changes_is_the_scenario() {
        for shipped in SCENARIOS {
            let (found, _) = setting(shipped.name, &[]).load(&catalogue()).expect("it ships");
            let base = scenario::load(shipped.name).expect("it ships");
            assert_eq!((found.title, found.events, found.watches), (base.title, base.events, base.watches));
            assert_eq!(
                (found.end, found.paths, found.seed, found.draws),
                (base.end, base.paths, base.seed, base.draws)
            );
        }
    }

    #[test]
    fn any_slider_of_any_scenario_may_stand_at_its_own_place_and_changes_nothing() {
        for shipped in SCENARIOS {
            let base = scenario::load(shipped.name).expect("it ships");
            for knob in groups(&base).into_iter().flat_map(|group| group.knobs).filter(|knob| knob.drawn.is_none()) {
                let change = match knob.positions[knob.at] {
                    Position::Number(number) => Change::Number(number),
                    Position::Day(day) => Change::Day(day.to_string()),
                };
                let loaded = setting(shipped.name, &[(&knob.key, change)]).load(&catalogue());
                let (found, text) = loaded.unwrap_or_else(|refusal| panic!("{}: {}", knob.key, refusal.message));
                for event in &base.events {
                    assert!(found.events.contains(event), "{}: {text}", knob.key);
                }
                assert_eq!(found.cash_target, base.cash_target, "{}", knob.key);
                for (found, base) in found.parameters.values().into_iter().zip(base.parameters.values()) {
                    assert_eq!(found, base, "{}: {text}", knob.key);
                }
            }
        }
    }

    #[test]
    fn changes_are_laid_over_the_scenario() {
        let found = loaded(&[
            ("event.shutdown.hoarding", Change::Number(0.0)),
            ("event.shutdown.duration", Change::Number(20.0)),
            ("event.runoff ends.date", Change::Day("2025-11-03".to_owned())),
            ("event.more repo capacity", Change::Happens(false)),
            ("treasury.cash_target", Change::Number(900.0)),
            ("parameters.dealer_retreat_gain", Change::Number(35.0)),
        ]);
        let event = |name: &str| found.events.iter().find(|event| event.name == name).map(|event| &event.kind);
        let Some(EventKind::Shutdown { hoarding, duration, delayed_outlays, .. }) = event("shutdown") else { panic!() };
        assert_eq!((hoarding, duration), (&Quantity::Fixed(0.0), &Quantity::Fixed(20.0)));
        assert!(matches!(delayed_outlays, Quantity::Random(_)), "what is not changed stays as typed");
        assert_eq!(event("runoff ends"), Some(&EventKind::RunoffEnd { date: When::On(date(2025, 11, 3)) }));
        assert_eq!(event("more repo capacity"), None);
        assert!(found.cash_target.iter().all(|target| target.level == 900.0));
        assert_eq!(found.parameters.dealer_retreat_gain, Quantity::Fixed(0.35));
        assert_eq!(found.title, "Shutdown cash hoarding, autumn 2025, with 6 changes");
    }

    #[test]
    fn an_event_that_is_left_out_stays_out_whatever_its_sliders_say() {
        let hoarding = ("event.shutdown.hoarding", Change::Number(50.0));
        let found = loaded(&[("event.shutdown", Change::Happens(false)), hoarding]);
        assert!(found.events.iter().all(|event| event.name != "shutdown"));
    }

    #[test]
    fn what_cannot_be_is_refused_in_words() {
        let refused = |key: &str, change: Change| {
            setting("shutdown_cash_hoarding", &[(key, change)]).load(&catalogue()).expect_err(key).message
        };
        let loader = refused("event.shutdown.hoarding", Change::Number(-5.0));
        assert_eq!(loader, "`hoarding` cannot be negative; found -5bn");
        assert!(refused("event.shutdown.hoarding", Change::Number(f64::INFINITY)).contains("expected billions"));
        assert_eq!(
            refused("event.shutdown.hoarding", Change::Happens(true)),
            "`event.shutdown.hoarding` takes a number"
        );
        assert_eq!(
            refused("parameters.hoarding_gian", Change::Number(1.0)),
            "nothing of `shutdown_cash_hoarding` is called `parameters.hoarding_gian`; did you mean \
             `parameters.hoarding_gain`?"
        );
        let day = refused("event.runoff ends.date", Change::Day("\"\n[run]".to_owned()));
        assert_eq!(day, "`event.runoff ends.date` takes a day, such as 2025-12-01");
        let unknown = setting("../etc/passwd", &[]).load(&catalogue()).expect_err("no scenario").message;
        assert!(unknown.starts_with("no scenario is called"), "{unknown}");
    }
}
