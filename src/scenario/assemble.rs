//! Makes a [`Scenario`] of a table in which nothing was found wrong.

use crate::model::Parameters;
use crate::scenario::fields::{EventShape, Field, Kind, Need, RUN, default_count, event_shape};
use crate::scenario::node::{Table, Value};
use crate::scenario::overlay::name_of;
use crate::scenario::quantity;
use crate::scenario::scenario::{
    DatedLevel, Event, EventKind, Origin, Quantity, RateStep, Scenario, Typed, Watch, When,
};
use crate::scenario::vintage::Vintage;
use jiff::civil::Date;

/// The scenario; none if something required is absent.
pub fn assemble(name: String, table: &Table, vintage: Vintage) -> Option<Scenario> {
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
        rates: table
            .table("rates")
            .into_iter()
            .flat_map(|rates| rates.rows("steps"))
            .map(rate_step)
            .collect::<Option<_>>()?,
        runoff_caps: dated_levels(table, "fed", "runoff_caps")?,
        events: table.rows("event").map(event).collect::<Option<_>>()?,
        watches: table.rows("watch").map(|row| watch(row, start, end)).collect::<Option<_>>()?,
        paths: count("paths")?,
        seed: count("seed")?,
        typed,
    })
}

fn parameters(typed: Option<&Table>) -> Parameters<Quantity> {
    Parameters::from_fn(|_, info| {
        let quantity = typed.and_then(|table| table.quantity(info.name));
        quantity.cloned().unwrap_or(Quantity::Fixed(info.default))
    })
}

fn dated_levels(table: &Table, group: &str, list: &str) -> Option<Vec<DatedLevel>> {
    let rows = table.table(group).into_iter().flat_map(|group| group.rows(list));
    rows.map(|row| Some(DatedLevel { date: row.date("date")?, level: row.level("level")? })).collect()
}

fn rate_step(row: &Table) -> Option<RateStep> {
    Some(RateStep {
        date: row.date("date")?,
        iorb: row.level("iorb")?,
        on_rrp: row.level("on_rrp")?,
        srf: row.level("srf")?,
    })
}

fn event(row: &Table) -> Option<Event> {
    let shape = event_shape(row.text("kind")?)?;
    let when = |name: &str| row.when(name).cloned();
    let quantity = |name: &str| quantity_or_default(row, shape, name);
    let kind = match shape.kind {
        "shutdown" => EventKind::Shutdown {
            start: when("start")?,
            duration: quantity("duration")?,
            delayed_outlays: quantity("delayed_outlays")?,
            catch_up: quantity("catch_up")?,
            hoarding: quantity("hoarding")?,
        },
        "runoff_end" => EventKind::RunoffEnd { date: when("date")? },
        "purchases" => EventKind::Purchases { start: when("start")?, end: when("end"), pace: quantity("pace")? },
        "open_market_purchases" => {
            EventKind::OpenMarketPurchases { start: when("start")?, end: when("end"), pace: quantity("pace")? }
        }
        "cash_target_shift" => {
            EventKind::CashTargetShift { start: when("start")?, change: quantity("change")?, over: quantity("over")? }
        }
        "capacity_shift" => EventKind::CapacityShift {
            date: when("date")?,
            repo: quantity("repo")?,
            federal_funds: quantity("federal_funds")?,
        },
        "treasury_flow" => {
            EventKind::TreasuryFlow { date: when("date")?, amount: quantity("amount")?, over: quantity("over")? }
        }
        _ => return None,
    };
    Some(Event { name: name_of(row)?.to_owned(), kind })
}

fn quantity_or_default(row: &Table, shape: &EventShape, name: &str) -> Option<Quantity> {
    if let Some(typed) = row.quantity(name) {
        return Some(typed.clone());
    }
    let field: &Field = shape.fields.iter().find(|field| field.name == name)?;
    match (field.kind, field.need) {
        (Kind::Quantity(bounds), Need::Default(text)) => quantity::parse(text, bounds.unit).ok().map(Quantity::Fixed),
        _ => None,
    }
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

/// The span of days on which an event may begin, for marks on charts.
pub fn begins(kind: &EventKind) -> &When {
    match kind {
        EventKind::Shutdown { start, .. }
        | EventKind::Purchases { start, .. }
        | EventKind::OpenMarketPurchases { start, .. }
        | EventKind::CashTargetShift { start, .. } => start,
        EventKind::RunoffEnd { date }
        | EventKind::CapacityShift { date, .. }
        | EventKind::TreasuryFlow { date, .. } => date,
    }
}
