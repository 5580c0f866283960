//! What of a scenario can be changed by a key, without writing a file:
//!
//! ```text
//! parameters.repo_slope      a parameter of the model
//! treasury.cash_target       the last cash target; on all other days it moves by as much
//! event.shutdown             whether an event happens: on or off
//! event.shutdown.hoarding    a key of an event
//! ```

use crate::model::{PARAMETERS, ParameterInfo};
use crate::scenario::event::Event;
use crate::scenario::fields::{Bounds, Field, Kind, event_bounds, event_shape, within};
use crate::scenario::quantity::Complaint;
use crate::scenario::scenario::{Origin, Scenario};
use crate::scenario::suggestion::nearest;
use crate::units::Unit;

/// A place of a scenario whose value can be changed.
#[derive(Clone, Copy, Debug)]
pub enum Key {
    /// A parameter, by its place in [`PARAMETERS`].
    Parameter(usize),
    /// The last cash target.
    CashTarget,
    /// Whether the event of this position happens.
    Switch(usize),
    /// A key of the event of this position.
    Event(usize, &'static Field),
}

/// What a key is changed to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Takes {
    /// A quantity within bounds, or a distribution.
    Quantity(Bounds),
    /// A quantity within bounds, the same on every path.
    Level(Bounds),
    /// A day.
    Day,
    /// `on` or `off`.
    Switch,
}

/// The name of [`Key::CashTarget`].
pub const CASH_TARGET: &str = "treasury.cash_target";

impl Key {
    /// The key of this name.
    ///
    /// # Errors
    /// The scenario has none, or it cannot be typed again.
    pub fn find(base: &Scenario, name: &str) -> Result<Key, Complaint> {
        let key = Key::called(base, name).ok_or_else(|| unknown(base, name))?;
        match key {
            Key::Switch(position) | Key::Event(position, _) if !can_be_retyped(base, position) => Err(Complaint {
                message: format!("`{name}` cannot be changed from outside its file"),
                help: Some("write a scenario that extends it, as docs/scenarios.md tells".to_owned()),
            }),
            _ => Ok(key),
        }
    }

    fn called(base: &Scenario, name: &str) -> Option<Key> {
        if name == CASH_TARGET {
            return (!base.cash_target.is_empty()).then_some(Key::CashTarget);
        }
        if let Some(name) = name.strip_prefix("parameters.") {
            return PARAMETERS.iter().position(|info| info.name == name).map(Key::Parameter);
        }
        let name = name.strip_prefix("event.")?;
        base.events.iter().enumerate().find_map(|(position, event)| match name.strip_prefix(event.name.as_str())? {
            "" => Some(Key::Switch(position)),
            key => {
                let mut fields = fields(event);
                fields.find(|field| key.strip_prefix('.') == Some(field.name)).map(|field| Key::Event(position, field))
            }
        })
    }

    /// All keys of a scenario by name.
    pub fn all(base: &Scenario) -> Vec<(String, Key)> {
        let mut keys: Vec<(String, Key)> = Vec::new();
        for (position, event) in base.events.iter().enumerate() {
            keys.push((switch_name(&event.name), Key::Switch(position)));
            let of_field = |field: &'static Field| {
                (format!("{}.{}", switch_name(&event.name), field.name), Key::Event(position, field))
            };
            keys.extend(fields(event).map(of_field));
        }
        if !base.cash_target.is_empty() {
            keys.push((CASH_TARGET.to_owned(), Key::CashTarget));
        }
        let parameters = PARAMETERS.iter().enumerate();
        keys.extend(parameters.map(|(place, info)| (format!("parameters.{}", info.name), Key::Parameter(place))));
        keys
    }

    /// What it is changed to.
    pub fn takes(self, base: &Scenario) -> Takes {
        match self {
            Key::Parameter(place) => {
                let ParameterInfo { unit, low, high, .. } = PARAMETERS[place];
                Takes::Quantity(within(unit, low, high))
            }
            Key::CashTarget => Takes::Level(within(Unit::Billions, 0.0, 5000.0)),
            Key::Switch(_) => Takes::Switch,
            Key::Event(position, field) => match field.kind {
                Kind::Quantity(bounds) => {
                    Takes::Quantity(event_bounds(base.events[position].kind.word(), field.name).unwrap_or(bounds))
                }
                Kind::Level(bounds) => Takes::Level(bounds),
                _ => Takes::Day,
            },
        }
    }
}

/// The keys of an event that can be changed.
fn fields(event: &Event) -> impl Iterator<Item = &'static Field> {
    let shape = event_shape(event.kind.word());
    let takes = |field: &&Field| matches!(field.kind, Kind::Quantity(_) | Kind::Level(_) | Kind::When | Kind::Date);
    shape.into_iter().flat_map(|shape| shape.fields).filter(takes)
}

/// The name under which an event is switched off.
pub fn switch_name(event: &str) -> String {
    format!("event.{event}")
}

/// Whether the event can be taken out by its name and typed again: another thing of its name would go with it, and what is
/// typed over several lines is not kept word by word.
pub fn can_be_retyped(base: &Scenario, position: usize) -> bool {
    let event = &base.events[position];
    let namesakes = base.watches.iter().filter(|watch| watch.name == event.name).count()
        + base.events.iter().filter(|other| other.name == event.name).count();
    let as_typed =
        typed_keys(base, position).all(|(_, value)| toml::from_str::<toml::Table>(&format!("x = {value}")).is_ok());
    namesakes == 1 && as_typed
}

/// The keys of an event that stand in a file, with their values as typed.
pub fn typed_keys(base: &Scenario, position: usize) -> impl Iterator<Item = (&str, &str)> {
    let prefix = format!("event[{position}].");
    base.typed.iter().filter_map(move |typed| {
        let key = typed.key.strip_prefix(&prefix)?;
        matches!(typed.origin, Origin::File(..)).then_some((key, typed.value.as_str()))
    })
}

fn unknown(base: &Scenario, name: &str) -> Complaint {
    let shown: String = name.chars().take(80).collect();
    let names: Vec<String> = Key::all(base).into_iter().map(|(name, _)| name).collect();
    let near = nearest(name, names.iter().map(String::as_str));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            let events: Vec<String> = base.events.iter().map(|event| format!("`event.{}`", event.name)).collect();
            format!("there are `parameters.NAME`, `{CASH_TARGET}`, and {}, each with its keys", events.join(", "))
        }
    };
    Complaint { message: format!("nothing of `{}` is called `{shown}`", base.name), help: Some(help) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load;

    #[test]
    fn every_key_is_found_by_its_name() {
        for shipped in crate::scenario::shipped::SCENARIOS {
            let base = load(shipped.name).expect("it ships");
            let keys = Key::all(&base);
            for (name, key) in &keys {
                let first = keys.iter().find(|(known, _)| known == name).map(|(_, key)| key);
                let found = Key::called(&base, name);
                assert_eq!(format!("{found:?}"), format!("{first:?}"), "{name} of {}: {key:?}", shipped.name);
            }
        }
    }
}
