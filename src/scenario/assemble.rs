//! Makes a [`Scenario`] of a table in which nothing was found wrong.

use crate::model::Parameters;
use crate::scenario::assemble_event::assemble_event;
use crate::scenario::fields::{Need, RUN, default_count, event_shape};
use crate::scenario::node::{Table, Value};
use crate::scenario::scenario::{
    DatedLevel, Draws, Origin, Quantity, RateMeeting, RateStep, Scenario, ScenarioFile, Settlement, Typed, Watch,
};
use crate::scenario::vintage::Vintage;
use jiff::civil::Date;
use std::sync::Arc;

/// The scenario; none if something required is absent.
pub fn assemble(name: String, table: &Table, vintage: Vintage, files: Arc<[ScenarioFile]>) -> Option<Scenario> {
    let horizon = table.table("horizon")?;
    let (start, end) = (horizon.date("start")?, horizon.date("end")?);
    let run = table.table("run");
    let count = |name: &str| run.and_then(|run| run.count(name)).or_else(|| default_count(RUN, name));
    let texts = |name: &str| table.texts(name).iter().map(|(text, _)| text.clone()).collect();
    let mut typed = Vec::new();
    list_typed(table, "", &mut typed);
    let mut parameters = parameters(table.table("parameters"));
    // The ample level belongs to an era: unless the scenario says otherwise, it is the vintage's.
    let key = "parameters.ample_reserves";
    if typed.iter().all(|typed| typed.key != key) {
        let ample = vintage.state.ample_reserves.value;
        parameters.ample_reserves = Quantity::Fixed(ample);
        let origin = Origin::Vintage(vintage.path.clone());
        typed.push(Typed { key: key.to_owned(), value: ample.to_string(), origin });
    }
    Some(Scenario {
        name,
        title: table.text("title")?.to_owned(),
        claim: table.text("claim").unwrap_or_default().to_owned(),
        sources: texts("sources"),
        look_at: texts("look_at"),
        start,
        end,
        vintage,
        parameters,
        cash_target: dated_levels(table, "treasury", "cash_target")?,
        settlements: rows_of(table, "treasury", "settlements").map(settlement).collect::<Option<_>>()?,
        rates: rows_of(table, "rates", "steps").map(rate_step).collect::<Option<_>>()?,
        meetings: rows_of(table, "rates", "meetings").map(meeting).collect::<Option<_>>()?,
        runoff_caps: dated_levels(table, "fed", "runoff_caps")?,
        mbs_caps: dated_levels(table, "fed", "mbs_caps")?,
        on_rrp_limits: dated_levels(table, "fed", "on_rrp_limits")?,
        events: table.rows("event").map(assemble_event).collect::<Option<_>>()?,
        watches: table.rows("watch").map(|row| watch(row, start, end)).collect::<Option<_>>()?,
        paths: count("paths")?,
        seed: count("seed")?,
        draws: run.and_then(|run| run.text("draws")).and_then(Draws::called).unwrap_or_default(),
        typed,
        files,
    })
}

fn parameters(typed: Option<&Table>) -> Parameters<Quantity> {
    Parameters::from_fn(|_, info| {
        let quantity = typed.and_then(|table| table.quantity(info.name));
        quantity.cloned().unwrap_or(Quantity::Fixed(info.default))
    })
}

/// The entries of a list in a table; none where either was not typed.
fn rows_of<'t>(table: &'t Table, group: &str, list: &str) -> impl Iterator<Item = &'t Table> {
    table.table(group).into_iter().flat_map(move |group| group.rows(list))
}

fn dated_levels(table: &Table, group: &str, list: &str) -> Option<Vec<DatedLevel>> {
    rows_of(table, group, list)
        .map(|row| Some(DatedLevel { date: row.date("date")?, level: row.level("level")? }))
        .collect()
}

fn rate_step(row: &Table) -> Option<RateStep> {
    Some(RateStep {
        date: row.date("date")?,
        iorb: row.level("iorb")?,
        on_rrp: row.level("on_rrp")?,
        srf: row.level("srf")?,
    })
}

fn settlement(row: &Table) -> Option<Settlement> {
    Some(Settlement { date: row.date("date")?, coupons: row.level("coupons"), bills: row.level("bills") })
}

fn meeting(row: &Table) -> Option<RateMeeting> {
    Some(RateMeeting { date: row.date("date")?, by: row.quantity("move")?.clone() })
}

fn watch(row: &Table, start: Date, end: Date) -> Option<Watch> {
    let Value::Condition { text, condition } = &row.entry("when")?.node.value else {
        return None;
    };
    Some(Watch {
        name: row.text("name")?.to_owned(),
        when: text.clone(),
        condition: condition.clone(),
        from: row.date("from").unwrap_or(start),
        to: row.date("to").unwrap_or(end),
        limit: row.level("limit"),
    })
}

/// Lists every value with the file and line it was typed in, under its dotted path.
fn list_typed(table: &Table, path: &str, typed: &mut Vec<Typed>) {
    for entry in &table.entries {
        let key = if path.is_empty() { entry.name.clone() } else { format!("{path}.{}", entry.name) };
        match &entry.node.value {
            Value::Table(inner) => list_typed(inner, &key, typed),
            Value::Rows(rows) => {
                for (position, row) in rows.iter().enumerate() {
                    if let Value::Table(inner) = &row.value {
                        let key = format!("{key}[{position}]");
                        list_typed(inner, &key, typed);
                        list_event_defaults(inner, &key, typed);
                    }
                }
            }
            _ => typed.push(Typed {
                key,
                value: entry.node.place.words().split_whitespace().collect::<Vec<_>>().join(" "),
                origin: Origin::File(entry.node.place.source.path.clone(), entry.node.place.line_and_column().0),
            }),
        }
    }
}

/// Lists what an event did not say and therefore takes by default.
fn list_event_defaults(row: &Table, path: &str, typed: &mut Vec<Typed>) {
    let Some(shape) = row.text("kind").and_then(event_shape) else { return };
    for field in shape.fields {
        if let (Need::Default(value), None) = (field.need, row.entry(field.name)) {
            let key = format!("{path}.{}", field.name);
            typed.push(Typed { key, value: format!("{value:?}"), origin: Origin::Default });
        }
    }
}
