//! One explanation, and all of them.

use super::{economics, files};
use serde::Serialize;
use std::sync::LazyLock;

/// What kind of thing is explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A part of the model with equations.
    Mechanism,
    /// A constant of the model.
    Parameter,
    /// What a run publishes.
    Variable,
    /// A movement between balance sheets.
    Flow,
    /// A claim of one sector on another.
    Instrument,
    /// Who holds and owes.
    Sector,
    /// What is drawn every day.
    Shock,
    /// What can happen in a scenario.
    Event,
    /// A key of an event.
    EventKey,
    /// Any other key of a scenario file.
    ScenarioKey,
    /// What can be wrong with a scenario file.
    Code,
}

impl Kind {
    /// All kinds, in the order in which they are listed.
    pub const ALL: [Kind; 11] = [
        Kind::Mechanism,
        Kind::Parameter,
        Kind::Variable,
        Kind::Flow,
        Kind::Instrument,
        Kind::Sector,
        Kind::Shock,
        Kind::Event,
        Kind::EventKey,
        Kind::ScenarioKey,
        Kind::Code,
    ];

    /// One of them, in words.
    pub const fn singular(self) -> &'static str {
        match self {
            Kind::Mechanism => "mechanism",
            Kind::Parameter => "parameter",
            Kind::Variable => "variable",
            Kind::Flow => "flow",
            Kind::Instrument => "instrument",
            Kind::Sector => "sector",
            Kind::Shock => "shock",
            Kind::Event => "kind of event",
            Kind::EventKey => "key of an event",
            Kind::ScenarioKey => "key of a scenario",
            Kind::Code => "error code",
        }
    }

    /// Many of them, as a heading.
    pub const fn heading(self) -> &'static str {
        match self {
            Kind::Mechanism => "Mechanisms",
            Kind::Parameter => "Parameters",
            Kind::Variable => "Variables",
            Kind::Flow => "Flows",
            Kind::Instrument => "Instruments",
            Kind::Sector => "Sectors",
            Kind::Shock => "Shocks",
            Kind::Event => "Kinds of event",
            Kind::EventKey => "Keys of events",
            Kind::ScenarioKey => "Keys of scenario files",
            Kind::Code => "Error codes",
        }
    }
}

/// An explanation.
#[derive(Clone, Debug, Serialize)]
pub struct Topic {
    /// What kind of thing it is.
    pub kind: Kind,
    /// Its name; a key's begins with the names of the tables it stands in.
    pub name: String,
    /// What it means, in a sentence or a few.
    pub meaning: String,
    /// What else is known, in the order in which one asks.
    pub facts: Vec<Fact>,
    /// The numbers of a parameter, in its unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numbers: Option<Numbers>,
    /// The equations in which it stands.
    pub equations: Vec<Equation>,
}

/// Something known, with the word for it.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    /// The word for it, such as `Unit`.
    pub label: &'static str,
    /// What is known.
    pub text: String,
}

/// The numbers of a parameter.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Numbers {
    /// The value used where a scenario says nothing.
    pub default: f64,
    /// The standard deviation of the normal prior around it.
    pub prior_sd: f64,
    /// The smallest admissible value.
    pub low: f64,
    /// The largest admissible value.
    pub high: f64,
}

/// Equations of one mechanism.
#[derive(Clone, Debug, Serialize)]
pub struct Equation {
    /// The mechanism.
    pub mechanism: &'static str,
    /// The equations with the names of their symbols, a line each.
    pub text: String,
}

impl Topic {
    /// One of which nothing but its meaning is known so far.
    pub(super) fn new(kind: Kind, name: impl Into<String>, meaning: impl Into<String>) -> Topic {
        Topic {
            kind,
            name: name.into(),
            meaning: meaning.into(),
            facts: Vec::new(),
            numbers: None,
            equations: Vec::new(),
        }
    }

    /// The same with one more fact, unless there is nothing to say.
    pub(super) fn with(mut self, label: &'static str, text: impl Into<String>) -> Topic {
        let text = text.into();
        if !text.is_empty() {
            self.facts.push(Fact { label, text });
        }
        self
    }
}

/// Everything that can be explained, kind by kind.
pub fn topics() -> &'static [Topic] {
    static TOPICS: LazyLock<Vec<Topic>> = LazyLock::new(|| {
        let mut topics: Vec<Topic> = economics::topics().chain(files::topics()).collect();
        // The order of kinds is that of the listing; within a kind that of the declaring table.
        topics.sort_by_key(|topic| Kind::ALL.iter().position(|kind| *kind == topic.kind));
        topics
    });
    &TOPICS
}
