//! Reads a figure of a vintage: a number and where it was published.

use crate::scenario::codes;
use crate::scenario::diagnostic::{Diagnostic, quoted};
use crate::scenario::distribution::out_of_bounds;
use crate::scenario::fields::Bounds;
use crate::scenario::node::Value;
use crate::scenario::reader::Reader;
use crate::scenario::source::Place;
use toml::de::{DeTable, DeValue};

impl Reader<'_> {
    pub(super) fn figure(&mut self, name: &str, value: &DeValue<'_>, place: &Place, bounds: &Bounds) -> Option<Value> {
        let DeValue::Table(table) = value else {
            let words = place.words();
            let help = matches!(value, DeValue::Integer(_) | DeValue::Float(_))
                .then(|| format!("write {name} = {{ value = {words}, source = \"where it was published\" }}"));
            return self.wrong_type(name, "a figure with its source", value, place, help);
        };
        for (key, _) in table {
            if !matches!(key.get_ref().as_ref(), "value" | "source") {
                let at = self.place(key.span());
                let message = format!("a figure has no key {}", quoted(key.get_ref()));
                let diagnostic = Diagnostic::error(codes::UNKNOWN_KEY, &at, message).label("unknown key");
                self.problems.push(diagnostic.help("a figure takes `value` and `source`".to_owned()));
            }
        }
        // Both are read before giving up, so that both are reported.
        let source = self.figure_source(name, table, place);
        let (value, at) = self.figure_value(name, table, place, bounds)?;
        Some(Value::Figure { value, source: source?, at })
    }

    fn figure_source(&mut self, name: &str, table: &DeTable<'_>, place: &Place) -> Option<String> {
        let source = match table.get("source") {
            Some(source) => {
                let at = self.place(source.span());
                self.text("source", source.get_ref(), &at)?
            }
            None => String::new(),
        };
        if !source.trim().is_empty() {
            return Some(source);
        }
        let message = format!("the figure `{name}` has no source");
        let help = "add `source = \"…\"` with the publication, its date and the table or series".to_owned();
        let diagnostic = Diagnostic::error(codes::NO_SOURCE, place, message).label("where was it published?");
        self.problems.push(diagnostic.help(help));
        None
    }

    fn figure_value(
        &mut self,
        name: &str,
        table: &DeTable<'_>,
        place: &Place,
        bounds: &Bounds,
    ) -> Option<(f64, Place)> {
        let Some(value) = table.get("value") else {
            let message = format!("the figure `{name}` has no value");
            self.problems.push(Diagnostic::error(codes::MISSING_KEY, place, message).label("`value` is missing"));
            return None;
        };
        let at = self.place(value.span());
        let number = match value.get_ref() {
            text @ DeValue::String(_) => self.number(name, text, &at, bounds.unit),
            plain => self.plain("value", plain, &at),
        }?;
        if (bounds.low..=bounds.high).contains(&number) {
            return Some((number, at));
        }
        let message = format!("`{name}` {}", out_of_bounds(number, bounds));
        self.problems.push(Diagnostic::error(codes::OUT_OF_BOUNDS, &at, message).label("out of bounds"));
        None
    }
}
