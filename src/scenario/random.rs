//! Reads distributions of quantities and of days.

use crate::scenario::codes;
use crate::scenario::diagnostic::{Diagnostic, listed};
use crate::scenario::distribution::{CHOICE_EXAMPLE, FAMILIES, Family, Fault, build, check_weights, out_of_bounds};
use crate::scenario::fields::Bounds;
use crate::scenario::reader::Reader;
use crate::scenario::scenario::{Distribution, When};
use crate::scenario::source::Place;
use crate::scenario::suggestion::nearest;
use crate::units::Unit;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

impl Reader<'_> {
    pub(super) fn when(&mut self, name: &str, value: &DeValue<'_>, place: &Place) -> Option<When> {
        let DeValue::Table(table) = value else {
            return self.date(name, value, place).map(When::On);
        };
        if table.contains_key("choice") {
            let (dates, weights) = self.choice(name, table, place, Self::date)?;
            return Some(When::OneOf(dates, weights));
        }
        let Some(ends) = table.get("uniform").filter(|_| table.len() == 1) else {
            let message = "a random day is drawn from a span of days or from a list".to_owned();
            let help = format!(
                "write {name} = {{ uniform = [2025-10-01, 2025-11-15] }} \
                 or {{ choice = [2025-10-01, 2025-11-15], weights = [0.6, 0.4] }}"
            );
            self.problems.push(Diagnostic::error(codes::DISTRIBUTION, place, message).label("neither").help(help));
            return None;
        };
        let at = self.place(ends.span());
        let DeValue::Array(items) = ends.get_ref() else {
            return self.wrong_type("uniform", "a list of two days", ends.get_ref(), &at, None);
        };
        let dates = self.all(name, items, Self::date)?;
        match *dates.as_slice() {
            [first, last] if first < last => Some(When::Between(first, last)),
            [_, _] => self.distribution_fault(&at, "the second day must be after the first"),
            _ => self.distribution_fault(&at, "`uniform` takes two days, the first and the last"),
        }
    }

    pub(super) fn distribution(
        &mut self,
        name: &str,
        table: &DeTable<'_>,
        place: &Place,
        bounds: &Bounds,
    ) -> Option<Distribution> {
        if table.contains_key("choice") {
            let mut places = Vec::new();
            let (values, weights) = self.choice(name, table, place, |reader, name, value, at| {
                places.push(at.clone());
                reader.number(name, value, at, bounds.unit)
            })?;
            for (value, at) in values.iter().zip(&places) {
                if !(bounds.low..=bounds.high).contains(value) {
                    let message = format!("`{name}` {}", out_of_bounds(*value, bounds));
                    self.problems.push(Diagnostic::error(codes::OUT_OF_BOUNDS, at, message).label("out of bounds"));
                    return None;
                }
            }
            return Some(Distribution::Choice { values, weights });
        }
        let family = table.iter().find_map(|(key, value)| {
            FAMILIES.iter().find(|family| family.name == key.get_ref().as_ref()).map(|family| (family, value))
        });
        let Some((family, numbers)) = family.filter(|_| table.len() == 1) else {
            let names = || FAMILIES.iter().map(|family| family.name).chain(["choice"]);
            let unit = bounds.unit.example();
            let several =
                table.iter().filter(|(key, _)| names().any(|name| name == key.get_ref().as_ref())).count() > 1;
            let (at, help) = match table.iter().find(|(key, _)| !names().any(|name| name == key.get_ref().as_ref())) {
                Some((key, _)) => {
                    let near = nearest(key.get_ref(), names()).map(|near| format!("did you mean `{near}`?"));
                    (self.place(key.span()), near)
                }
                None => (place.clone(), None),
            };
            let message =
                format!("a distribution is one of {}{}", listed(names()), if several { ", not several" } else { "" });
            let help = help.unwrap_or_else(|| {
                format!("for instance {name} = {{ normal = [{unit}, {unit}] }}, a mean and a standard deviation")
            });
            self.problems
                .push(Diagnostic::error(codes::DISTRIBUTION, &at, message).label("not a distribution").help(help));
            return None;
        };
        let (numbers, places) = self.parts(family, numbers, bounds.unit)?;
        match build(family, &numbers, bounds) {
            Ok(distribution) => Some(distribution),
            Err(Fault { at, message }) => {
                let is_bound = message.starts_with("must be") || message.starts_with("cannot be");
                let message = if is_bound { format!("`{name}` {message}") } else { message };
                self.distribution_fault(&places[at], &message)
            }
        }
    }

    /// The numbers of a distribution in order, from the list or the table form.
    fn parts(&mut self, family: &Family, value: &Spanned<DeValue<'_>>, unit: Unit) -> Option<(Vec<f64>, Vec<Place>)> {
        let place = self.place(value.span());
        let misfit = |reader: &mut Self| {
            let names = family.parts.iter().map(|part| part.name).collect::<Vec<_>>().join(", ");
            let message = format!("`{}` takes {} numbers: {names}", family.name, family.parts.len());
            let diagnostic = Diagnostic::error(codes::DISTRIBUTION, &place, message).label("other numbers than these");
            reader.problems.push(diagnostic.help(format!("for instance {}", family.example)));
            None
        };
        let typed: Vec<&Spanned<DeValue<'_>>> = match value.get_ref() {
            DeValue::Array(items) if items.len() == family.parts.len() => items.iter().collect(),
            DeValue::Table(table) if table.len() == family.parts.len() => {
                let typed: Vec<_> = family.parts.iter().filter_map(|part| table.get(part.name)).collect();
                if typed.len() != family.parts.len() {
                    return misfit(self);
                }
                typed
            }
            _ => return misfit(self),
        };
        let places: Vec<Place> = typed.iter().map(|item| self.place(item.span())).collect();
        let mut numbers = Vec::new();
        for ((part, item), at) in family.parts.iter().zip(typed).zip(&places) {
            numbers.push(match part.pure {
                true => self.plain(part.name, item.get_ref(), at),
                false => self.number(part.name, item.get_ref(), at, unit),
            });
        }
        // All numbers are read before giving up, so that each wrong one is reported.
        numbers.into_iter().collect::<Option<Vec<f64>>>().map(|numbers| (numbers, places))
    }

    /// The values and weights of a choice; equal weights where none are given.
    fn choice<T>(
        &mut self,
        name: &str,
        table: &DeTable<'_>,
        place: &Place,
        one: impl FnMut(&mut Self, &str, &DeValue<'_>, &Place) -> Option<T>,
    ) -> Option<(Vec<T>, Vec<f64>)> {
        if let Some((key, _)) = table.iter().find(|(key, _)| !matches!(key.get_ref().as_ref(), "choice" | "weights")) {
            let at = self.place(key.span());
            return self.distribution_fault(&at, "a choice takes `choice` and `weights` only");
        }
        let Some(DeValue::Array(items)) = table.get("choice").map(Spanned::get_ref) else {
            return self.distribution_fault(place, "`choice` takes a list of values");
        };
        let values = self.all(name, items, one)?;
        if values.is_empty() {
            return self.distribution_fault(place, "a choice needs at least one value");
        }
        let Some(typed) = table.get("weights") else {
            let equal = 1.0 / values.len() as f64;
            let weights = vec![equal; values.len()];
            return Some((values, weights));
        };
        let at = self.place(typed.span());
        let DeValue::Array(items) = typed.get_ref() else {
            return self.wrong_type("weights", "a list of numbers", typed.get_ref(), &at, None);
        };
        let weights =
            self.all("weights", items, |reader, name, value, at| reader.number(name, value, at, Unit::Share))?;
        match check_weights(&weights, values.len()) {
            Ok(()) => Some((values, weights)),
            Err(Fault { at: item, message }) => {
                let at = items.get(item).map_or(at, |item| self.place(item.span()));
                self.distribution_fault(&at, &message)
            }
        }
    }

    /// Every item of a list; none if any was wrong, after all were looked at.
    fn all<T>(
        &mut self,
        name: &str,
        items: &DeArray<'_>,
        mut one: impl FnMut(&mut Self, &str, &DeValue<'_>, &Place) -> Option<T>,
    ) -> Option<Vec<T>> {
        let mut read = Vec::new();
        for item in items {
            let at = self.place(item.span());
            read.push(one(self, name, item.get_ref(), &at));
        }
        read.into_iter().collect()
    }

    fn distribution_fault<T>(&mut self, place: &Place, message: &str) -> Option<T> {
        let help = message.contains("choice").then(|| format!("for instance {CHOICE_EXAMPLE}"));
        self.problems.push(Diagnostic::error(codes::DISTRIBUTION, place, message).label("here").help(help));
        None
    }
}
