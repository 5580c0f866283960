//! A scenario file as typed: every value with its type checked and its place kept.

use crate::scenario::scenario::{Condition, Quantity, When};
use crate::scenario::source::Place;
use jiff::civil::Date;

/// A value as typed.
#[derive(Clone, Debug)]
pub enum Value {
    Text(String),
    Texts(Vec<(String, Place)>),
    Count(u64),
    Date(Date),
    When(When),
    Quantity(Quantity),
    Figure {
        value: f64,
        source: String,
        /// The number itself.
        at: Place,
    },
    Condition {
        text: String,
        condition: Condition,
    },
    Table(Table),
    Rows(Vec<Node>),
    /// A value that was reported as wrong; what is said about it elsewhere is not checked.
    Wrong,
}

/// A value and the words it was read from.
#[derive(Clone, Debug)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// All of its text.
    pub place: Place,
}

/// A key with its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key.
    pub name: String,
    /// Where the key stands.
    pub key: Place,
    /// Its value.
    pub node: Node,
}

/// A table, in the order typed.
#[derive(Clone, Debug)]
pub struct Table {
    /// The keys with their values.
    pub entries: Vec<Entry>,
    /// Keys that seem to be meant by misspelt ones, which were reported; they are not missing besides.
    pub meant: Vec<&'static str>,
    /// Its header, or all of an inline table.
    pub place: Place,
}

impl Table {
    /// The entry called `name`.
    pub fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// Where the value called `name` stands; the table itself if it is not typed.
    pub fn place_of(&self, name: &str) -> &Place {
        self.entry(name).map_or(&self.place, |entry| &entry.node.place)
    }

    fn value(&self, name: &str) -> Option<&Value> {
        self.entry(name).map(|entry| &entry.node.value)
    }

    /// The text called `name`.
    pub fn text(&self, name: &str) -> Option<&str> {
        if let Value::Text(text) = self.value(name)? { Some(text) } else { None }
    }

    /// The texts called `name`; none if they were not typed.
    pub fn texts(&self, name: &str) -> &[(String, Place)] {
        if let Some(Value::Texts(texts)) = self.value(name) { texts } else { &[] }
    }

    /// The whole number called `name`.
    pub fn count(&self, name: &str) -> Option<u64> {
        if let Value::Count(count) = self.value(name)? { Some(*count) } else { None }
    }

    /// The day called `name`.
    pub fn date(&self, name: &str) -> Option<Date> {
        if let Value::Date(date) = self.value(name)? { Some(*date) } else { None }
    }

    /// The day or distribution of days called `name`.
    pub fn when(&self, name: &str) -> Option<&When> {
        if let Value::When(when) = self.value(name)? { Some(when) } else { None }
    }

    /// The quantity called `name`.
    pub fn quantity(&self, name: &str) -> Option<&Quantity> {
        if let Value::Quantity(quantity) = self.value(name)? { Some(quantity) } else { None }
    }

    /// The quantity called `name`, where it is the same on every path.
    pub fn level(&self, name: &str) -> Option<f64> {
        if let Quantity::Fixed(level) = self.quantity(name)? { Some(*level) } else { None }
    }

    /// The table called `name`.
    pub fn table(&self, name: &str) -> Option<&Table> {
        if let Value::Table(table) = self.value(name)? { Some(table) } else { None }
    }

    /// The list of tables called `name`; none if it was not typed.
    pub fn rows(&self, name: &str) -> impl Iterator<Item = &Table> {
        let rows: &[Node] = if let Some(Value::Rows(rows)) = self.value(name) { rows } else { &[] };
        rows.iter().filter_map(|row| if let Value::Table(table) = &row.value { Some(table) } else { None })
    }

    /// Whether a list called `name` was typed and has nothing in it.
    pub fn is_empty_list(&self, name: &str) -> bool {
        matches!(self.value(name), Some(Value::Rows(rows)) if rows.is_empty())
    }
}
