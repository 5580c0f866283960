//! A scenario with some of its keys changed: the text of a scenario file that extends it.

use crate::model::PARAMETERS;
use crate::scenario::key::{Key, Takes, typed_keys};
use crate::scenario::load::{load, load_text, load_text_in};
use crate::scenario::problems::Problems;
use crate::scenario::quantity::{self, Complaint, show};
use crate::scenario::scenario::Scenario;
use crate::scenario::shipped::SCENARIOS;
use crate::units::Unit;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

/// A key and what it is changed to, as somebody would type it: `50bn`, `2025-12-01`, `off`, `{ normal = ["9bp", "1bp"] }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The name of a [`Key`].
    pub key: String,
    /// What is typed after it.
    pub value: String,
}

impl Assignment {
    /// Reads `KEY=VALUE`.
    ///
    /// # Errors
    /// There is no `=`.
    pub fn parse(text: &str) -> Result<Assignment, Complaint> {
        let (key, value) = text.split_once('=').ok_or_else(|| Complaint {
            message: format!("expected KEY=VALUE; found `{text}`"),
            help: Some("write, for instance, `event.shutdown.hoarding=50bn`".to_owned()),
        })?;
        Ok(Assignment { key: key.trim().to_owned(), value: value.trim().to_owned() })
    }

    /// What is told of it in the name of a folder: letters, digits and underscores.
    pub fn slug(&self) -> String {
        let last = self.key.rsplit('.').next().unwrap_or_default();
        let plain = |letter: char| if letter.is_ascii_alphanumeric() || "-.".contains(letter) { letter } else { '_' };
        format!("{last}_{}", self.value).chars().map(plain).collect()
    }
}

impl fmt::Display for Assignment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.key, self.value)
    }
}

/// What is typed of a scenario on the command line to have it so: its name or file, and what is set of it.
pub fn typed(asked: &str, changes: &[Assignment]) -> String {
    let words = changes.iter().map(|change| format!(" --set {}", shell_quoted(&change.to_string())));
    words.fold(asked.to_owned(), |typed, word| typed + &word)
}

/// As one argument of a shell, whatever is in it.
pub fn shell_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// A scenario that is to be changed, and where it was found.
#[derive(Clone, Debug)]
pub struct Base {
    /// As it stands.
    pub scenario: Scenario,
    /// Where the names in a scenario that extends it are looked for first; of what ships, nowhere.
    folder: Option<PathBuf>,
    /// What such a scenario calls it.
    extends: String,
}

/// The longest name of a changed scenario.
const LONGEST_NAME: usize = 100;

impl Base {
    /// Reads a scenario: one that ships, by name, or a path to a `.toml` file.
    ///
    /// # Errors
    /// As [`load`].
    pub fn load(name_or_path: &str) -> Result<Base, Problems> {
        let scenario = load(name_or_path)?;
        let ships = SCENARIOS.iter().any(|shipped| shipped.name == name_or_path);
        let folder = (!ships).then(|| Path::new(name_or_path).parent().map(Path::to_owned).unwrap_or_default());
        Ok(Base { extends: scenario.name.clone(), scenario, folder })
    }

    /// The scenario with some keys changed; its name says which. Without changes it is the scenario itself.
    ///
    /// # Errors
    /// A change cannot be made, or what it makes is no scenario.
    pub fn with(&self, changes: &[Assignment]) -> Result<Scenario, ChangeError> {
        if changes.is_empty() {
            return Ok(self.scenario.clone());
        }
        let words = [self.scenario.name.clone()].into_iter().chain(changes.iter().map(Assignment::slug));
        let name: String = words.collect::<Vec<_>>().join("_").chars().take(LONGEST_NAME).collect();
        let title = changed_title(&self.scenario, changes.len());
        let text = changed_text(&self.scenario, &self.extends, &title, changes).map_err(ChangeError::Change)?;
        let file = format!("{name}.toml");
        let read = match &self.folder {
            None => load_text(&file, &text),
            Some(folder) => load_text_in(folder, &file, &text),
        };
        read.map_err(ChangeError::Scenario)
    }
}

/// Why a scenario cannot be changed so.
#[derive(Clone, Debug)]
pub enum ChangeError {
    /// A change is none.
    Change(Complaint),
    /// What it makes is no scenario.
    Scenario(Problems),
}

impl fmt::Display for ChangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ChangeError::Change(complaint) => write!(f, "{complaint}"),
            ChangeError::Scenario(problems) => write!(f, "{problems}"),
        }
    }
}

impl std::error::Error for ChangeError {}

/// A title that says whose change it is.
pub fn changed_title(base: &Scenario, changes: usize) -> String {
    match changes {
        0 => base.title.clone(),
        1 => format!("{}, with a change", base.title),
        many => format!("{}, with {many} changes", base.title),
    }
}

/// The text of a scenario file that extends `base`, which it calls `extends`, by changes. Of two changes of one key the later
/// counts; an event that is switched off stays out whatever else is changed of it.
///
/// # Errors
/// A key is none of the scenario's, or a value is none of its key's.
pub fn changed_text(base: &Scenario, extends: &str, title: &str, changes: &[Assignment]) -> Result<String, Complaint> {
    let mut overlay = Overlay::default();
    for change in changes {
        overlay.add(base, change)?;
    }
    let mut text = format!("title   = {}\nextends = {}\n", quoted(title), quoted(extends));
    let retyped: Vec<usize> = overlay.events.keys().copied().filter(|event| !overlay.off.contains(event)).collect();
    let mut removed: Vec<usize> = overlay.off.iter().copied().chain(retyped.iter().copied()).collect();
    removed.sort_unstable();
    if !removed.is_empty() {
        let names: Vec<String> = removed.iter().map(|&event| quoted(&base.events[event].name)).collect();
        text.push_str(&format!("remove  = [{}]\n", names.join(", ")));
    }
    if !overlay.parameters.is_empty() {
        text.push_str("\n[parameters]\n");
        for (place, value) in &overlay.parameters {
            text.push_str(&format!("{} = {value}\n", PARAMETERS[*place].name));
        }
    }
    if let Some(level) = overlay.cash_target {
        text.push_str(&cash_target(base, level));
    }
    for event in retyped {
        text.push_str(&retyped_event(base, event, &overlay.events[&event]));
    }
    Ok(text)
}

/// What the changes come to, as a scenario file says it.
#[derive(Default)]
struct Overlay {
    parameters: BTreeMap<usize, String>,
    cash_target: Option<f64>,
    /// Events that do not happen.
    off: Vec<usize>,
    /// Events of which keys are changed, by position.
    events: BTreeMap<usize, BTreeMap<&'static str, String>>,
}

impl Overlay {
    fn add(&mut self, base: &Scenario, change: &Assignment) -> Result<(), Complaint> {
        let key = Key::find(base, &change.key)?;
        let value = written(change, key.takes(base))?;
        match key {
            Key::Parameter(place) => {
                self.parameters.insert(place, value);
            }
            Key::CashTarget => self.cash_target = Some(quantity::parse(&change.value, Unit::Billions)?),
            Key::Switch(event) => {
                self.off.retain(|&off| off != event);
                if value == "off" {
                    self.off.push(event);
                }
            }
            Key::Event(event, field) => {
                self.events.entry(event).or_default().insert(field.name, value);
            }
        }
        Ok(())
    }
}

/// A value as a scenario file has it.
fn written(change: &Assignment, takes: Takes) -> Result<String, Complaint> {
    let value = change.value.trim();
    let wrong = |wanted: &str| Complaint { message: format!("`{}` takes {wanted}", change.key), help: None };
    match takes {
        Takes::Switch if ["on", "off"].contains(&value) => Ok(value.to_owned()),
        Takes::Switch => Err(wrong("`on` or `off`")),
        Takes::Quantity(_) | Takes::Day if value.starts_with('{') => {
            let read = toml::from_str::<toml::Table>(&format!("x = {value}"));
            if read.is_ok_and(|table| table.len() == 1) && !value.contains('\n') {
                return Ok(value.to_owned());
            }
            Err(wrong("a distribution on one line, such as { uniform = [\"1bp\", \"2bp\"] }"))
        }
        Takes::Day => match value.parse::<Date>() {
            Ok(day) => Ok(day.to_string()),
            Err(_) => Err(wrong("a day, such as 2025-12-01")),
        },
        Takes::Quantity(bounds) | Takes::Level(bounds) => {
            let number = quantity::parse(value, bounds.unit).map_err(|complaint| Complaint {
                message: format!("`{}`: {}", change.key, complaint.message),
                ..complaint
            })?;
            Ok(if bounds.unit == Unit::Number { format!("{number:?}") } else { quoted(&show(number, bounds.unit)) })
        }
    }
}

/// All cash targets, moved by as much as brings the last to `level`.
fn cash_target(base: &Scenario, level: f64) -> String {
    let last = base.cash_target.last().map_or(0.0, |target| target.level);
    let mut text = "\n[treasury]\ncash_target = [\n".to_owned();
    for target in &base.cash_target {
        let moved = target.level + (level - last);
        text.push_str(&format!("    {{ date = {}, level = \"{moved}bn\" }},\n", target.date));
    }
    text + "]\n"
}

/// An event as it was typed, but for the keys that are changed.
fn retyped_event(base: &Scenario, position: usize, changed: &BTreeMap<&'static str, String>) -> String {
    let mut text = "\n[[event]]\n".to_owned();
    for (key, value) in typed_keys(base, position).filter(|(key, _)| !changed.contains_key(key)) {
        let value = if key == "name" { quoted(&base.events[position].name) } else { value.to_owned() };
        text.push_str(&format!("{key} = {value}\n"));
    }
    for (key, value) in changed {
        text.push_str(&format!("{key} = {value}\n"));
    }
    text
}

/// A text between quotes.
pub fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{EventKind, Quantity, When};
    use jiff::civil::date;

    fn changes(list: &[&str]) -> Vec<Assignment> {
        list.iter().map(|text| Assignment::parse(text).expect("KEY=VALUE")).collect()
    }

    fn changed(list: &[&str]) -> Result<Scenario, ChangeError> {
        Base::load("shutdown_cash_hoarding").expect("it ships").with(&changes(list))
    }

    fn refused(change: &str) -> String {
        changed(&[change]).expect_err(change).to_string()
    }

    #[test]
    fn keys_of_all_kinds_are_changed() {
        let found = changed(&[
            "event.shutdown.hoarding = 50bn",
            "event.shutdown.hoarding=0.06tn",
            "event.runoff ends.date=2025-11-03",
            "event.more repo capacity=off",
            "treasury.cash_target=900bn",
            "parameters.repo_slope={ uniform = [\"1bp\", \"2bp\"] }",
        ]);
        let found = found.unwrap_or_else(|error| panic!("{error:?}"));
        let event = |name: &str| found.events.iter().find(|event| event.name == name).map(|event| &event.kind);
        let Some(EventKind::Shutdown { hoarding, duration, .. }) = event("shutdown") else { panic!() };
        assert_eq!(hoarding, &Quantity::Fixed(60.0), "the later of two changes counts");
        assert!(matches!(duration, Quantity::Random(_)), "what is not changed stays as typed");
        assert_eq!(event("runoff ends"), Some(&EventKind::RunoffEnd { date: When::On(date(2025, 11, 3)) }));
        assert_eq!(event("more repo capacity"), None);
        assert_eq!(found.cash_target.last().map(|target| target.level), Some(900.0));
        assert!(matches!(found.parameters.repo_slope, Quantity::Random(_)));
        assert_eq!(found.title, "Shutdown cash hoarding, autumn 2025, with 6 changes");
    }

    #[test]
    fn an_event_that_is_switched_off_stays_out_and_may_be_switched_on_again() {
        let has = |list: &[&str]| changed(list).expect("loads").events.iter().any(|event| event.name == "shutdown");
        assert!(!has(&["event.shutdown=off", "event.shutdown.hoarding=50bn"]));
        assert!(has(&["event.shutdown=off", "event.shutdown=on"]));
    }

    #[test]
    fn what_cannot_be_is_refused_in_words() {
        assert!(refused("parameters.repo_slop=1bp").ends_with("did you mean `parameters.repo_slope`?"));
        assert!(refused("event.shutdown.hoarding=5bp").contains("`event.shutdown.hoarding`: expected billions"));
        assert!(refused("event.shutdown.hoarding=-5bn").contains("cannot be negative"));
        assert!(refused("event.shutdown=maybe").contains("takes `on` or `off`"));
        assert!(refused("event.runoff ends.date=soon").contains("takes a day"));
        assert!(refused("parameters.repo_slope={ a = 1 }\n[run]\nseed = {}").contains("on one line"));
        assert!(refused("xyz=1").contains("`event.shutdown`"));
        assert!(Assignment::parse("event.shutdown").is_err());
    }
}
