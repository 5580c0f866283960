//! Reads single values: text, counts, days and quantities.

use crate::scenario::codes;
use crate::scenario::diagnostic::{Diagnostic, quoted};
use crate::scenario::distribution::out_of_bounds;
use crate::scenario::fields::Bounds;
use crate::scenario::quantity;
use crate::scenario::reader::Reader;
use crate::scenario::scenario::Quantity;
use crate::scenario::source::Place;
use crate::units::Unit;
use jiff::civil::Date;
use std::ops::RangeInclusive;
use toml::de::DeValue;

impl Reader<'_> {
    /// Reports a value of the wrong type.
    pub(super) fn wrong_type<T>(
        &mut self,
        name: &str,
        wanted: &str,
        value: &DeValue<'_>,
        place: &Place,
        help: Option<String>,
    ) -> Option<T> {
        let message = format!("`{name}` takes {wanted}; found {}", found(value));
        self.problems
            .push(Diagnostic::error(codes::WRONG_TYPE, place, message).label(format!("not {wanted}")).help(help));
        None
    }

    pub(super) fn text(&mut self, name: &str, value: &DeValue<'_>, place: &Place) -> Option<String> {
        if let DeValue::String(text) = value {
            return Some(text.to_string());
        }
        let help = match value {
            DeValue::Datetime(_) | DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) => {
                Some(format!("put it in quotes: {name} = \"{}\"", place.words()))
            }
            _ => None,
        };
        self.wrong_type(name, "text in quotes", value, place, help)
    }

    /// Text that is printed on one line: titles, names, sources.
    pub(super) fn line(&mut self, name: &str, value: &DeValue<'_>, place: &Place) -> Option<String> {
        let text = self.text(name, value, place)?;
        if text.contains(char::is_control) {
            let help = "leave out line breaks, tabs and escape sequences".to_owned();
            return self.wrong_type(name, "one line of plain text", value, place, Some(help));
        }
        Some(text)
    }

    pub(super) fn texts(&mut self, name: &str, value: &DeValue<'_>, place: &Place) -> Option<Vec<(String, Place)>> {
        let DeValue::Array(items) = value else {
            let help = matches!(value, DeValue::String(_))
                .then(|| format!("put brackets around it: {name} = [{}]", place.words()));
            return self.wrong_type(name, "a list of texts", value, place, help);
        };
        let mut texts = Vec::new();
        for item in items {
            let at = self.place(item.span());
            texts.push((self.line(name, item.get_ref(), &at)?, at));
        }
        Some(texts)
    }

    pub(super) fn count(
        &mut self,
        name: &str,
        value: &DeValue<'_>,
        place: &Place,
        range: RangeInclusive<u64>,
    ) -> Option<u64> {
        let DeValue::Integer(integer) = value else {
            let help = match value {
                DeValue::String(text) if text.replace('_', "").parse::<u64>().is_ok() => {
                    Some(format!("leave out the quotes: {name} = {text}"))
                }
                _ => None,
            };
            return self.wrong_type(name, "a whole number, such as 10_000", value, place, help);
        };
        let number = i128::from_str_radix(integer.as_str(), integer.radix()).ok();
        let count = number.and_then(|number| u64::try_from(number).ok()).filter(|count| range.contains(count));
        if count.is_none() {
            let message = format!(
                "`{name}` must be from {} to {}; found {}",
                grouped(*range.start()),
                grouped(*range.end()),
                place.words()
            );
            self.problems.push(Diagnostic::error(codes::OUT_OF_BOUNDS, place, message).label("out of bounds"));
        }
        count
    }

    pub(super) fn date(&mut self, name: &str, value: &DeValue<'_>, place: &Place) -> Option<Date> {
        match value {
            DeValue::Datetime(stamp) => {
                let (Some(date), None) = (stamp.date, stamp.time) else {
                    let help = stamp.date.map(|date| format!("write {name} = {date}"));
                    return self.wrong_type(name, "a day without a time, such as 2025-10-01", value, place, help);
                };
                let made = i16::try_from(date.year)
                    .ok()
                    .and_then(|year| Date::new(year, date.month.cast_signed(), date.day.cast_signed()).ok());
                if made.is_none() {
                    let message = format!("there is no day {}", place.words());
                    self.problems.push(Diagnostic::error(codes::DATE, place, message).label("no such day"));
                }
                made
            }
            _ => {
                let help = match value {
                    DeValue::String(text) if text.parse::<Date>().is_ok() => {
                        Some(format!("leave out the quotes: {name} = {text}"))
                    }
                    DeValue::String(_) => {
                        Some("days are written year-month-day, without quotes: 2025-10-01".to_owned())
                    }
                    // Eight digits without hyphens.
                    DeValue::Integer(number) => place
                        .words()
                        .parse::<Date>()
                        .ok()
                        .filter(|_| number.as_str().len() == 8)
                        .map(|day| format!("write {name} = {day}")),
                    _ => None,
                };
                self.wrong_type(name, "a day, such as 2025-10-01", value, place, help)
            }
        }
    }

    pub(super) fn level(
        &mut self,
        name: &str,
        value: &DeValue<'_>,
        place: &Place,
        bounds: &Bounds,
    ) -> Option<Quantity> {
        if matches!(value, DeValue::Table(_)) {
            let help = format!("write {name} = {}", bounds.unit.example());
            return self.wrong_type(name, "one value for all paths", value, place, Some(help));
        }
        self.quantity(name, value, place, bounds)
    }

    pub(super) fn quantity(
        &mut self,
        name: &str,
        value: &DeValue<'_>,
        place: &Place,
        bounds: &Bounds,
    ) -> Option<Quantity> {
        if let DeValue::Table(table) = value {
            return self.distribution(name, table, place, bounds).map(Quantity::Random);
        }
        let number = self.number(name, value, place, bounds.unit)?;
        if (bounds.low..=bounds.high).contains(&number) {
            return Some(Quantity::Fixed(number));
        }
        let message = format!("`{name}` {}", out_of_bounds(number, bounds));
        let plain = !matches!(value, DeValue::String(_));
        let in_percent = plain && bounds.unit == Unit::Share && (1.0..=100.0).contains(&number);
        let help = in_percent.then(|| format!("if {number} percent is meant, write \"{number}%\""));
        self.problems.push(Diagnostic::error(codes::OUT_OF_BOUNDS, place, message).label("out of bounds").help(help));
        None
    }

    /// A number in `unit`: text with the unit, or a plain number where there is none to state.
    pub(super) fn number(&mut self, name: &str, value: &DeValue<'_>, place: &Place, unit: Unit) -> Option<f64> {
        let complaint = match value {
            DeValue::String(text) => match quantity::parse(text, unit) {
                Ok(number) => return Some(number),
                Err(complaint) => complaint,
            },
            DeValue::Integer(_) | DeValue::Float(_) => {
                if matches!(unit, Unit::Number | Unit::Share) {
                    return self.plain(name, value, place);
                }
                let words = place.words();
                let help = quantity::spell(words)
                    .map(|_| format!("put the unit behind it, in quotes: \"{words}{}\"", unit.suffix()));
                quantity::Complaint { message: quantity::mismatch(unit, &found(value)), help }
            }
            _ => quantity::Complaint { message: quantity::mismatch(unit, &found(value)), help: None },
        };
        let preposition = if matches!(unit, Unit::Share | Unit::Number) { "" } else { "in " };
        let label = format!("`{name}` is {preposition}{}", unit.meaning());
        self.problems
            .push(Diagnostic::error(codes::WRONG_UNIT, place, complaint.message).label(label).help(complaint.help));
        None
    }

    /// A finite number without a unit.
    pub(super) fn plain(&mut self, name: &str, value: &DeValue<'_>, place: &Place) -> Option<f64> {
        let number = match value {
            DeValue::Integer(integer) => {
                i64::from_str_radix(integer.as_str(), integer.radix()).ok().map(|whole| whole as f64)
            }
            DeValue::Float(float) => float.as_str().parse::<f64>().ok(),
            _ => {
                let help = matches!(value, DeValue::String(_)).then(|| "leave out the quotes and the unit".to_owned());
                return self.wrong_type(name, "a plain number", value, place, help);
            }
        };
        let number = number.filter(|number| number.is_finite());
        if number.is_none() {
            let message = format!("`{name}` must be a finite number; found {}", place.words());
            self.problems.push(Diagnostic::error(codes::OUT_OF_BOUNDS, place, message).label("not finite"));
        }
        number
    }
}

/// A whole number with an underscore before every three digits, as TOML takes it.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join("_")
}

/// A value in words.
fn found(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("\"{}\"", quoted(text).trim_matches('`')),
        DeValue::Integer(integer) => quoted(&integer.to_string()).trim_matches('`').to_owned(),
        DeValue::Float(float) => quoted(&float.to_string()).trim_matches('`').to_owned(),
        DeValue::Boolean(boolean) => boolean.to_string(),
        DeValue::Datetime(stamp) => format!("the date {stamp}"),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}
