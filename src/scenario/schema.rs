//! The JSON Schema of scenario files, generated from the table of fields, for editors that check while one types.

use crate::model::PARAMETERS;
use crate::scenario::distribution::{FAMILIES, Part};
use crate::scenario::fields::{Bounds, EVENT, EVENTS, Field, Kind, Need, SCENARIO};
use crate::scenario::quantity::show;
use crate::units::Unit;
use serde_json::{Map, Value, json};

/// A number as the reader takes it, without its unit.
const NUMBER: &str = r"\s*[-+−]?[0-9]+(_[0-9]+)*(\.[0-9]+(_[0-9]+)*)?\s*";

/// Days as editors hand them to a schema: as text.
const DAY: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

/// Every unit, each of which has its own definition of a quantity.
const UNITS: &[Unit] = &[
    Unit::Billions,
    Unit::BillionsPerDay,
    Unit::BillionsPerWeek,
    Unit::BillionsPerMonth,
    Unit::BillionsPerBasisPoint,
    Unit::BasisPoints,
    Unit::BasisPointsPer100Billion,
    Unit::Percent,
    Unit::Share,
    Unit::CalendarDays,
    Unit::BusinessDays,
    Unit::Number,
];

/// The JSON Schema (draft 2020-12) of a scenario file.
pub fn json_schema() -> Value {
    let mut schema = object(SCENARIO.iter().map(|field| (field.name, property(field))), &[]);
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("A tidegate scenario");
    // What is required may also be inherited.
    let required: Vec<&str> = required(SCENARIO.iter());
    schema["anyOf"] = json!([{ "required": ["extends"] }, { "required": required }]);
    schema["$defs"] = json!({ "day": { "type": "string", "pattern": DAY }, "random_day": random_day() });
    for unit in UNITS {
        schema["$defs"][format!("{unit:?}")] = quantity(*unit);
    }
    schema
}

fn required<'f>(fields: impl Iterator<Item = &'f Field>) -> Vec<&'static str> {
    fields.filter(|field| field.need == Need::Required).map(|field| field.name).collect()
}

fn object<'n>(properties: impl Iterator<Item = (&'n str, Value)>, required: &[&str]) -> Value {
    let properties: Map<String, Value> = properties.map(|(name, value)| (name.to_owned(), value)).collect();
    let mut object = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    object
}

fn complete<'f>(fields: impl Iterator<Item = &'f Field> + Clone) -> Value {
    object(fields.clone().map(|field| (field.name, property(field))), &required(fields))
}

fn property(field: &Field) -> Value {
    let mut value = match field.kind {
        Kind::Text | Kind::Condition => json!({ "type": "string" }),
        Kind::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Kind::Count { low, high } => json!({ "type": "integer", "minimum": low, "maximum": high }),
        Kind::Date => json!({ "$ref": "#/$defs/day" }),
        Kind::When => {
            json!({ "anyOf": [{ "$ref": "#/$defs/day" }, { "$ref": "#/$defs/random_day" }] })
        }
        Kind::Level(bounds) => fixed(bounds.unit),
        Kind::Quantity(bounds) => reference(bounds.unit),
        Kind::Figure(_) => object(
            [("value", json!({ "type": "number" })), ("source", json!({ "type": "string", "minLength": 1 }))]
                .into_iter(),
            &["value", "source"],
        ),
        Kind::Table(fields) => object(fields.iter().map(|field| (field.name, property(field))), &[]),
        Kind::Rows(fields) | Kind::Appended(fields) => {
            json!({ "type": "array", "items": complete(fields.iter()) })
        }
        Kind::Events => json!({ "type": "array", "items": { "oneOf": events() } }),
        Kind::Parameters => parameters(),
    };
    value["description"] = json!(describe(field));
    value
}

/// The meaning of a field with its unit, bounds and default.
pub fn describe(field: &Field) -> String {
    let mut text = field.meaning.to_owned();
    if let Kind::Level(bounds) | Kind::Quantity(bounds) = field.kind {
        text.push_str(&format!(" {}", within(&bounds)));
    }
    if let Need::Default(default) = field.need
        && !matches!(default, "" | "[]")
    {
        text.push_str(&format!(" Default {default}."));
    }
    text
}

fn within(bounds: &Bounds) -> String {
    let (low, high) = (show(bounds.low, bounds.unit), show(bounds.high, bounds.unit));
    format!("In {}, such as {}; from {low} to {high}.", bounds.unit.meaning(), bounds.unit.example())
}

fn events() -> Vec<Value> {
    let one = |shape: &crate::scenario::fields::EventShape| {
        let mut event = complete(EVENT.iter().chain(shape.fields));
        event["properties"]["kind"] = json!({ "const": shape.kind, "description": shape.meaning });
        event["title"] = json!(shape.kind);
        event["description"] = json!(shape.meaning);
        event
    };
    EVENTS.iter().map(one).collect()
}

fn parameters() -> Value {
    let one = |info: &crate::model::ParameterInfo| {
        let mut value = reference(info.unit);
        let bounds = Bounds { unit: info.unit, low: info.low, high: info.high };
        let default = show(info.default, info.unit);
        value["description"] = json!(format!("{} {} Default {default}.", info.meaning, within(&bounds)));
        value
    };
    let file = json!({
        "type": "string",
        "description": "A parameter file in the folder, as `tidegate calibrate` writes it: the values this table does not give.",
    });
    object(PARAMETERS.iter().map(|info| (info.name, one(info))).chain([("file", file)]), &[])
}

/// A quantity in `unit` that is the same on every path.
fn fixed(unit: Unit) -> Value {
    let number = json!({ "type": "number" });
    let suffix = match unit {
        Unit::Number => return number,
        Unit::Share => {
            return json!({ "anyOf": [number, { "type": "string", "pattern": format!("^{NUMBER}%?$") }] });
        }
        Unit::Billions | Unit::BillionsPerDay | Unit::BillionsPerWeek | Unit::BillionsPerMonth => {
            unit.suffix().replacen("bn", "(bn|tn|mn)", 1)
        }
        Unit::BillionsPerBasisPoint => "(bn|mn)/bp".to_owned(),
        other => other.suffix().to_owned(),
    };
    json!({ "type": "string", "pattern": format!("^{NUMBER}{suffix}$") })
}

fn reference(unit: Unit) -> Value {
    json!({ "$ref": format!("#/$defs/{unit:?}") })
}

/// A quantity in `unit`, or a distribution of such quantities.
fn quantity(unit: Unit) -> Value {
    let families = FAMILIES.iter().map(|family| {
        let one = |part: &Part| {
            if part.pure { json!({ "type": "number" }) } else { fixed(unit) }
        };
        let parts: Vec<Value> = family.parts.iter().map(one).collect();
        let names: Vec<&str> = family.parts.iter().map(|part| part.name).collect();
        let list = json!({
            "type": "array", "prefixItems": parts, "minItems": parts.len(), "maxItems": parts.len(),
        });
        let table = object(names.iter().copied().zip(parts.iter().cloned()), &names);
        let mut one = object([(family.name, json!({ "anyOf": [list, table] }))].into_iter(), &[family.name]);
        one["description"] = json!(format!("{} For instance {}.", family.meaning, family.example));
        one
    });
    let all: Vec<Value> = [fixed(unit)].into_iter().chain(families).chain([choice(fixed(unit))]).collect();
    json!({ "anyOf": all })
}

fn choice(value: Value) -> Value {
    object(
        [
            ("choice", json!({ "type": "array", "items": value, "minItems": 1 })),
            ("weights", json!({ "type": "array", "items": fixed(Unit::Share), "minItems": 1 })),
        ]
        .into_iter(),
        &["choice"],
    )
}

fn random_day() -> Value {
    let day = json!({ "$ref": "#/$defs/day" });
    let uniform = object(
        [("uniform", json!({ "type": "array", "items": day, "minItems": 2, "maxItems": 2 }))].into_iter(),
        &["uniform"],
    );
    json!({ "anyOf": [uniform, choice(day)] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_parameter_and_kind_of_event_is_described() {
        let schema = json_schema();
        for field in SCENARIO {
            assert!(schema["properties"][field.name]["description"].is_string(), "{}", field.name);
        }
        for info in PARAMETERS {
            let text = &schema["properties"]["parameters"]["properties"][info.name]["description"];
            assert!(text.as_str().is_some_and(|text| text.starts_with(info.meaning)), "{}", info.name);
        }
        let kinds = schema["properties"]["event"]["items"]["oneOf"].as_array().map(Vec::len);
        assert_eq!(kinds, Some(EVENTS.len()));
        assert_eq!(schema["additionalProperties"], json!(false));
    }

    #[test]
    fn every_reference_leads_to_a_definition() {
        fn follow(value: &Value, definitions: &Value) {
            match value {
                Value::Object(object) => {
                    if let Some(target) = object.get("$ref").and_then(Value::as_str) {
                        let name = target.strip_prefix("#/$defs/").expect("a definition");
                        assert!(definitions[name].is_object(), "{target}");
                    }
                    object.values().for_each(|inner| follow(inner, definitions));
                }
                Value::Array(items) => items.iter().for_each(|inner| follow(inner, definitions)),
                _ => {}
            }
        }
        let schema = json_schema();
        follow(&schema, &schema["$defs"]);
    }
}
