//! Walks a TOML file against the table of fields, and reports everything that does not fit.

use crate::model::PARAMETERS;
use crate::scenario::codes;
use crate::scenario::diagnostic::{Diagnostic, listed, quoted};
use crate::scenario::fields::{Bounds, EVENT, EVENTS, Field, Kind, event_shape};
use crate::scenario::missing::{example, home, report_missing};
use crate::scenario::node::{Entry, Node, Table, Value};
use crate::scenario::problems::Problems;
use crate::scenario::source::{Place, Source};
use crate::scenario::suggestion::nearest;
use crate::scenario::syntax::{syntax_errors, unreliable_lines};
use std::ops::Range;
use std::sync::Arc;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads one file.
pub struct Reader<'p> {
    source: Arc<Source>,
    pub(super) problems: &'p mut Problems,
}

/// What reading a file came to.
pub struct Read {
    /// The file as typed, as far as it could be understood.
    pub table: Table,
    /// Whether keys may be absent only because the text around them was not TOML.
    pub broken: bool,
}

/// Reads `source`, which is `whose`, as a table of `fields`.
///
/// Required keys at the top are not asked for, since they may be inherited.
pub fn read(source: &Arc<Source>, fields: &'static [Field], whose: &str, problems: &mut Problems) -> Read {
    let (document, errors) = DeTable::parse_recoverable(&source.text);
    let mut found = Problems::default();
    let mut reader = Reader { source: Arc::clone(source), problems: &mut found };
    let table = reader.table(document.get_ref(), &source.place(0..0), fields.iter(), whose);
    let unreliable = unreliable_lines(source, &errors);
    found.diagnostics.retain(|diagnostic| {
        let line = diagnostic.place.as_ref().map(|place| place.line_and_column().0);
        line.is_none_or(|line| !unreliable.iter().any(|lines| lines.contains(&line)))
    });
    problems.diagnostics.append(&mut found.diagnostics);
    problems.diagnostics.extend(syntax_errors(source, &errors));
    Read { table, broken: !errors.is_empty() }
}

impl Reader<'_> {
    pub(super) fn place(&self, span: Range<usize>) -> Place {
        self.source.place(span)
    }

    /// Reads a table whose keys are `fields`; `whose` names it in messages, such as "an event".
    fn table(
        &mut self,
        table: &DeTable<'_>,
        place: &Place,
        fields: impl Iterator<Item = &'static Field> + Clone,
        whose: &str,
    ) -> Table {
        let mut read = Table { entries: Vec::new(), meant: Vec::new(), place: place.clone() };
        for (key, value) in table {
            let at = self.place(key.span());
            let name: &str = key.get_ref();
            match fields.clone().find(|field| field.name == name) {
                Some(field) => {
                    let node = self.node(field, value);
                    read.entries.push(Entry { name: name.to_owned(), key: at, node });
                }
                None => read.meant.extend(self.unknown_key(name, &at, fields.clone(), whose)),
            }
        }
        read
    }

    /// Reports an unknown key; answers with the key that seems to be meant.
    fn unknown_key(
        &mut self,
        name: &str,
        at: &Place,
        fields: impl Iterator<Item = &'static Field> + Clone,
        whose: &str,
    ) -> Option<&'static str> {
        let names = fields.map(|field| field.name);
        let near = nearest(name, names.clone());
        // A key of an event may have its namesake elsewhere without any relation to it.
        let home = if whose.starts_with("an event") { None } else { home(name) };
        let help = match (near, home) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, Some(home)) => format!("`{name}` belongs {home}"),
            (None, None) => format!("{whose} takes {}", listed(names).replace(" or ", " and ")),
        };
        let message = format!("{whose} has no key {}", quoted(name));
        self.problems.push(Diagnostic::error(codes::UNKNOWN_KEY, at, message).label("unknown key").help(help));
        near
    }

    fn node(&mut self, field: &'static Field, value: &Spanned<DeValue<'_>>) -> Node {
        let place = self.place(value.span());
        let value = self.value(field, value.get_ref(), &place).unwrap_or(Value::Wrong);
        Node { value, place }
    }

    /// The value of a field; none if it was reported as wrong.
    fn value(&mut self, field: &'static Field, value: &DeValue<'_>, place: &Place) -> Option<Value> {
        let name = field.name;
        match field.kind {
            Kind::Text => self.line(name, value, place).map(Value::Text),
            Kind::Texts => self.texts(name, value, place).map(Value::Texts),
            Kind::Count { low, high } => self.count(name, value, place, low..=high).map(Value::Count),
            Kind::Date => self.date(name, value, place).map(Value::Date),
            Kind::When => self.when(name, value, place).map(Value::When),
            Kind::Level(bounds) => self.level(name, value, place, &bounds).map(Value::Quantity),
            Kind::Quantity(bounds) => self.quantity(name, value, place, &bounds).map(Value::Quantity),
            Kind::Figure(bounds) => self.figure(name, value, place, &bounds),
            Kind::Condition => self.condition(name, value, place),
            Kind::Table(fields) => {
                let table = self.as_table(name, value, place)?;
                Some(Value::Table(self.table(table, place, fields.iter(), &format!("`[{name}]`"))))
            }
            Kind::Rows(fields) => {
                let whose = format!("an entry of `{name}`");
                self.rows(field, value, place, |reader, row, at| Some(reader.complete(row, at, fields.iter(), &whose)))
            }
            Kind::Appended(fields) => {
                let whose = format!("a {name}");
                self.rows(field, value, place, |reader, row, at| Some(reader.complete(row, at, fields.iter(), &whose)))
            }
            Kind::Events => self.rows(field, value, place, Self::event),
            Kind::Parameters => {
                let table = self.as_table(name, value, place)?;
                Some(Value::Table(self.parameters(table, place)))
            }
        }
    }

    fn as_table<'t, 'i>(&mut self, name: &str, value: &'t DeValue<'i>, place: &Place) -> Option<&'t DeTable<'i>> {
        if let DeValue::Table(table) = value {
            return Some(table);
        }
        let help = if matches!(value, DeValue::Array(_)) {
            format!("write `[{name}]` with single brackets, once")
        } else {
            format!("write `[{name}]` on a line of its own and the keys below it")
        };
        self.wrong_type(name, "a table", value, place, Some(help))
    }

    fn rows(
        &mut self,
        field: &Field,
        value: &DeValue<'_>,
        place: &Place,
        mut row: impl FnMut(&mut Self, &DeTable<'_>, &Place) -> Option<Table>,
    ) -> Option<Value> {
        let name = field.name;
        let DeValue::Array(items) = value else {
            let help = match field.kind {
                Kind::Rows(_) => format!("a list stands in brackets: {}", example(field)),
                _ => format!("write `[[{name}]]` with double brackets, once for each"),
            };
            return self.wrong_type(name, "a list of tables", value, place, Some(help));
        };
        let mut rows = Vec::new();
        for item in items {
            let at = self.place(item.span());
            let value = match item.get_ref() {
                DeValue::Table(table) => row(self, table, &at).map_or(Value::Wrong, Value::Table),
                other => {
                    let help = format!("each entry of `{name}` stands in braces: {{ … }}");
                    self.wrong_type::<()>(name, "a table in braces", other, &at, Some(help));
                    Value::Wrong
                }
            };
            rows.push(Node { value, place: at });
        }
        Some(Value::Rows(rows))
    }

    /// Reads a table that must have all its required keys at once, because nothing of it can be inherited.
    fn complete(
        &mut self,
        table: &DeTable<'_>,
        place: &Place,
        fields: impl Iterator<Item = &'static Field> + Clone,
        whose: &str,
    ) -> Table {
        let read = self.table(table, place, fields.clone(), whose);
        report_missing(&read, fields, whose, self.problems);
        read
    }

    fn event(&mut self, table: &DeTable<'_>, place: &Place) -> Option<Table> {
        let kinds = || EVENTS.iter().map(|shape| shape.kind);
        let Some(kind) = table.get("kind") else {
            let diagnostic = Diagnostic::error(codes::MISSING_KEY, place, "this event has no `kind`");
            let help = format!("write `kind = \"…\"` with {}", listed(kinds()));
            self.problems.push(diagnostic.label("of which kind?").help(help));
            return None;
        };
        let at = self.place(kind.span());
        let kind = self.text("kind", kind.get_ref(), &at)?;
        let Some(shape) = event_shape(&kind) else {
            let help = match nearest(&kind, kinds()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("the kinds are {}", listed(kinds()).replace(" or ", " and ")),
            };
            let message = format!("there is no event of the kind {}", quoted(&kind));
            self.problems.push(Diagnostic::error(codes::UNKNOWN_EVENT, &at, message).label("unknown kind").help(help));
            return None;
        };
        let fields = EVENT.iter().chain(shape.fields);
        Some(self.complete(table, place, fields, &format!("an event of the kind `{kind}`")))
    }

    fn parameters(&mut self, table: &DeTable<'_>, place: &Place) -> Table {
        let mut read = Table { entries: Vec::new(), meant: Vec::new(), place: place.clone() };
        for (key, value) in table {
            let name: &str = key.get_ref();
            let at = self.place(key.span());
            if name == "file" {
                let place = self.place(value.span());
                let named = self.line(name, value.get_ref(), &place).map_or(Value::Wrong, Value::Text);
                read.entries.push(Entry { name: name.to_owned(), key: at, node: Node { value: named, place } });
                continue;
            }
            let Some(info) = PARAMETERS.iter().find(|info| info.name == name) else {
                let help = match nearest(name, PARAMETERS.iter().map(|info| info.name)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "`tidegate list --parameters` prints them all".to_owned(),
                };
                let message = format!("the model has no parameter {}", quoted(name));
                let diagnostic = Diagnostic::error(codes::UNKNOWN_PARAMETER, &at, message).label("unknown parameter");
                self.problems.push(diagnostic.help(help));
                continue;
            };
            let bounds = Bounds { unit: info.unit, low: info.low, high: info.high };
            let place = self.place(value.span());
            let value = self.quantity(name, value.get_ref(), &place, &bounds).map_or(Value::Wrong, Value::Quantity);
            read.entries.push(Entry { name: name.to_owned(), key: at, node: Node { value, place } });
        }
        read
    }
}
