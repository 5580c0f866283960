//! Makes an [`Event`] of a table in which nothing was found wrong.

use crate::model::PolicyAction;
use crate::scenario::event::{Event, EventKind, size_key};
use crate::scenario::fields::{EventShape, Field, Kind, Need, event_shape};
use crate::scenario::node::Table;
use crate::scenario::overlay::name_of;
use crate::scenario::quantity;
use crate::scenario::scenario::Quantity;

/// The event of a row; none if something required is absent.
pub fn assemble_event(row: &Table) -> Option<Event> {
    let shape = event_shape(row.text("kind")?)?;
    let when = |name: &str| row.when(name).cloned();
    let quantity = |name: &str| quantity_or_default(row, shape, name);
    let rule = |action: PolicyAction| {
        Some(EventKind::PolicyRule {
            action,
            sofr_above: quantity("sofr_above")?,
            reserves_below: quantity("reserves_below")?,
            days: quantity("days")?,
            delay: quantity("delay")?,
            size: size_key(action).map_or(Some(Quantity::Fixed(0.0)), quantity)?,
        })
    };
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
            sofr: quantity("sofr")?,
        },
        "treasury_flow" => {
            EventKind::TreasuryFlow { date: when("date")?, amount: quantity("amount")?, over: quantity("over")? }
        }
        "deficit_shift" => EventKind::DeficitShift {
            start: when("start")?,
            end: when("end"),
            pace: quantity("pace")?,
            financed_by_coupons: quantity("financed_by_coupons")?,
        },
        "refinancing_shift" => {
            EventKind::RefinancingShift { start: when("start")?, end: when("end"), coupons: quantity("coupons")? }
        }
        "debt_limit" => EventKind::DebtLimit {
            start: when("start")?,
            lift: when("lift")?,
            headroom: quantity("headroom")?,
            rebuild_pace: quantity("rebuild_pace")?,
        },
        "levered_growth" => {
            EventKind::LeveredGrowth { start: when("start")?, end: when("end"), pace: quantity("pace")? }
        }
        "levered_unwind" => EventKind::LeveredUnwind {
            start: when("start")?,
            amount: quantity("amount")?,
            over: quantity("over")?,
            to_dealers: quantity("to_dealers")?,
        },
        "foreign_bank_outflow" => EventKind::ForeignBankOutflow {
            start: when("start")?,
            amount: quantity("amount")?,
            over: quantity("over")?,
            kept: quantity("kept")?,
        },
        "standing_facility" => EventKind::StandingFacility {
            date: when("date")?,
            limit: quantity("limit")?,
            morning: quantity("morning")?,
        },
        "repo_operations" => {
            EventKind::RepoOperations { start: when("start")?, end: when("end"), amount: quantity("amount")? }
        }
        "purchase_rule" => EventKind::PurchaseRule {
            start: when("start")?,
            end: when("end"),
            reserves: quantity("reserves")?,
            over: quantity("over")?,
            most: quantity("most")?,
        },
        "end_runoff_if" => rule(PolicyAction::EndRunoff)?,
        "purchases_if" => rule(PolicyAction::BuyBills)?,
        "repo_operations_if" => rule(PolicyAction::OfferRepo)?,
        "rate_cut_if" => rule(PolicyAction::CutRates)?,
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

#[cfg(test)]
mod tests {
    use crate::scenario::fields::EVENTS;
    use crate::scenario::missing::example;
    use crate::scenario::{fields::Need, load_text};

    /// The table of fields and the arms above must know the same kinds by the same words and keys.
    #[test]
    fn every_kind_of_the_table_becomes_an_event_of_that_word() {
        for shape in EVENTS {
            let needed = shape.fields.iter().filter(|field| field.need == Need::Required || field.name == "sofr_above");
            let keys: Vec<String> = needed
                .map(|field| if field.name == "lift" { "lift = 2025-12-01".to_owned() } else { example(field) })
                .collect();
            let text = format!(
                "title = 't'\nextends = 'baseline_2025q4'\n[[event]]\nname = 'x'\nkind = '{}'\n{}\n",
                shape.kind,
                keys.join("\n")
            );
            let scenario = load_text("one.toml", &text).unwrap_or_else(|problems| panic!("{problems}"));
            let event = scenario.events.last().expect("the event just typed");
            assert_eq!((event.name.as_str(), event.kind.word()), ("x", shape.kind));
            let waits = shape.fields.iter().any(|field| field.name == "sofr_above");
            assert_eq!(event.kind.begins().is_none(), waits, "{}", shape.kind);
            for field in shape.fields.iter().filter(|field| field.need != Need::Optional) {
                let found = event.kind.quantity(field.name).is_some() || event.kind.when(field.name).is_some();
                assert!(found, "`{}` of {} is not found by its key", field.name, shape.kind);
            }
        }
    }
}
