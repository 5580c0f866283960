//! A state of the page: a scenario and what is changed of it. It becomes a scenario through the loader, by a text that extends
//! the scenario: the same text that is saved.

use super::answer::Refusal;
use super::catalogue::Catalogue;
use crate::scenario::{self, Assignment, Key, Scenario, Takes, changed_text, changed_title};
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
        let text = self.text(&base, &changed_title(&base, self.changes.len()))?;
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
        let changes: Vec<Assignment> =
            self.changes.iter().map(|(key, change)| change.of(key, base)).collect::<Result<_, _>>()?;
        changed_text(base, &self.scenario, title, &changes).map_err(Refusal::of_complaint)
    }
}

impl Change {
    /// As somebody would type it.
    fn of(&self, key: &str, base: &Scenario) -> Result<Assignment, Refusal> {
        let takes = Key::find(base, key).map_err(Refusal::of_complaint)?.takes(base);
        let value = match (takes, self) {
            (Takes::Switch, Change::Happens(true)) => "on".to_owned(),
            (Takes::Switch, Change::Happens(false)) => "off".to_owned(),
            (Takes::Quantity(bounds) | Takes::Level(bounds), Change::Number(value)) => {
                format!("{value}{}", bounds.unit.suffix())
            }
            (Takes::Day, Change::Day(day)) if !day.contains('{') => day.clone(),
            (takes, _) => {
                let wanted = match takes {
                    Takes::Switch => "true or false",
                    Takes::Day => "a day, such as 2025-12-01",
                    Takes::Quantity(_) | Takes::Level(_) => "a number",
                };
                return Err(Refusal::wrong(format!("`{key}` takes {wanted}")));
            }
        };
        Ok(Assignment { key: key.to_owned(), value })
    }
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
