//! A system of stocks, flows and auxiliaries as it is written down, group by group.

use super::text::{number, reference};
use crate::model::{FLOWS, Flow, Mechanism};

/// What a variable of the system is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// It changes from day to day by a flow; its equation is its opening value.
    Stock { changed_by: String },
    /// An amount a day.
    Flow,
    /// Whatever follows from other variables on the same day.
    Auxiliary,
    /// Known in advance: a value for every business day.
    Table(Vec<f64>),
}

/// A variable of the system.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    pub name: String,
    pub kind: Kind,
    pub equation: String,
    pub units: String,
    pub meaning: String,
}

/// Variables that belong together, with what they say and where it comes from.
#[derive(Clone, Debug)]
pub struct Group {
    pub title: String,
    pub text: String,
    pub variables: Vec<Variable>,
}

/// Units in the words of the file; a share and a plain number have none.
pub const BN: &str = "bn";
pub const BN_A_DAY: &str = "bn/bd";
pub const BN_A_MONTH: &str = "bn/month";
pub const BP: &str = "bp";
pub const PERCENT: &str = "percent";
pub const DAYS: &str = "bd";
pub const PURE: &str = "dmnl";

/// The system as far as it is written.
#[derive(Clone, Debug, Default)]
pub struct System {
    pub groups: Vec<Group>,
    /// The group that is being written, and where its equations come from.
    current: usize,
    source: String,
}

impl System {
    /// Begins the group that restates a mechanism of the model, or goes on with it.
    pub fn mechanism(&mut self, name: &'static str) {
        let mechanism = Mechanism::named(name).expect("a mechanism of the model");
        let head = mechanism.head();
        self.source = format!("Mechanism {name}; {}", head.notes.last().map_or("", String::as_str));
        let text = format!("{}\n\n{}\n{}", head.title, head.equation, head.notes.join("\n"));
        self.go_on_with(&name.replace('_', " "), text);
    }

    /// Begins a group that is no mechanism.
    pub fn group(&mut self, title: &str, text: &str) {
        self.source.clear();
        self.go_on_with(title, text.to_owned());
    }

    fn go_on_with(&mut self, title: &str, text: String) {
        let begun = self.groups.iter().position(|group| group.title == title);
        self.current = begun.unwrap_or_else(|| {
            self.groups.push(Group { title: title.to_owned(), text, variables: Vec::new() });
            self.groups.len() - 1
        });
    }

    fn add(&mut self, name: &str, kind: Kind, units: &str, equation: String, meaning: &str) {
        let meaning = if self.source.is_empty() { meaning.to_owned() } else { format!("{meaning} {}", self.source) };
        let variable = Variable { name: name.replace('_', " "), kind, equation, units: units.to_owned(), meaning };
        self.groups[self.current].variables.push(variable);
    }

    /// Adds what follows from other variables.
    pub fn auxiliary(&mut self, name: &str, units: &str, equation: impl Into<String>, meaning: &str) {
        self.add(name, Kind::Auxiliary, units, equation.into(), meaning);
    }

    /// Adds what the books post on a day, under their name for it.
    pub fn post(&mut self, flow: Flow, equation: impl Into<String>) {
        let declared = &FLOWS[flow as usize];
        self.add(declared.name, Kind::Flow, BN_A_DAY, equation.into(), declared.meaning);
    }

    /// Adds what is known of every day in advance.
    pub fn table(&mut self, name: &str, units: &str, values: Vec<f64>, meaning: &str) {
        self.add(name, Kind::Table(values), units, "TIME".to_owned(), meaning);
    }

    /// Adds a number that does not change.
    pub fn constant(&mut self, name: &str, units: &str, value: f64, meaning: &str) {
        self.auxiliary(name, units, number(value), meaning);
    }

    /// Adds a stock and the net flow that changes it.
    pub fn stock(&mut self, name: &str, units: &str, opening: String, change: String, meaning: &str) {
        let flow = format!("change of {name}");
        let kind = Kind::Stock { changed_by: flow.clone() };
        self.add(name, kind, units, opening, meaning);
        let of_flow = "Net change in a business day.";
        self.add(&flow, Kind::Flow, &format!("{units}/{DAYS}"), change, of_flow);
    }

    /// Adds what a path remembers: an auxiliary of this name for what it is at the close, and a stock of the name followed by
    /// `brought forward` for what it was at the last.
    pub fn memory(&mut self, name: &str, units: &str, opening: String, equation: String, meaning: &str) {
        self.auxiliary(name, units, equation, meaning);
        let stock = format!("{name}_brought_forward");
        let change = format!("{} - {}", reference(name), reference(&stock));
        self.stock(&stock, units, opening, change, "What it was at the last close.");
    }

    /// Every variable, group by group.
    pub fn variables(&self) -> impl Iterator<Item = &Variable> {
        self.groups.iter().flat_map(|group| &group.variables)
    }
}

/// A flow of the books as equations refer to it.
pub fn posted(flow: Flow) -> String {
    reference(FLOWS[flow as usize].name)
}
