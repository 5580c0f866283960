//! The deterministic skeleton of a scenario for other engines: the model stated a second time, as XMILE 1.0.
//!
//! What depends on state is an equation of state; what is known in advance, the calendar, schedules, caps, announced rates,
//! is a table over business days. The equations are written here from the heads of the model's files and from
//! `docs/model.md`, not generated from its code, so that an engine that runs them checks the model rather than a copy of it.
//! The order of a day's events becomes chains of auxiliaries on the same day; what is remembered becomes a stock. Shocks are
//! left out with the memories that only they move. `docs/exchange.md` says how the two are compared and how far they agree.

mod books;
mod case;
mod clearing;
mod debt;
mod depositors;
mod document;
mod fed;
mod funds;
mod market;
mod opening;
mod parameters;
mod published;
mod rates;
mod stress;
mod system;
mod text;
mod treasury;
mod view;

use crate::model::{Plan, VARIABLES};
use crate::results::to_csv;
use crate::scenario::Scenario;
use crate::simulation::Skeleton;
use crate::units::Unit;
use case::Case;
use std::fmt;
use system::System;

/// A scenario uses a mechanism that is not exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotExported {
    /// The mechanism.
    pub mechanism: &'static str,
}

impl fmt::Display for NotExported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the mechanism `{}` is not exported: it is a satellite that moves nothing else, and without shocks its returns mean \
             nothing; set `risk_assets = 0` under `[parameters]` to export the rest",
            self.mechanism
        )
    }
}

impl std::error::Error for NotExported {}

/// The skeleton as an XMILE 1.0 document.
///
/// # Errors
/// The scenario uses a mechanism that is not exported.
pub fn xmile(scenario: &Scenario, plan: &Plan, skeleton: &Skeleton) -> Result<String, NotExported> {
    if plan.risk_assets {
        return Err(NotExported { mechanism: "risk_assets" });
    }
    let case = Case { scenario, plan, skeleton };
    Ok(document::document(&system(&case), &case))
}

/// The skeleton as CSV: a row for every business day, counted from 0, with the values published at its close, to the last bit.
pub fn path_csv(plan: &Plan, skeleton: &Skeleton) -> Vec<u8> {
    let published: Vec<_> = VARIABLES.iter().filter(|info| plan.publishes(info.variable)).collect();
    let header: Vec<&str> = ["day", "date"].into_iter().chain(published.iter().map(|info| info.name)).collect();
    let rows = plan.days.iter().enumerate().map(|(number, day)| {
        let closes = published.iter().map(|info| skeleton.value(plan, info.variable, number + 1).to_string());
        [number.to_string(), day.date.to_string()].into_iter().chain(closes).collect()
    });
    to_csv(&header, rows)
}

/// The whole system, in the order of a day.
fn system(case: &Case<'_>) -> System {
    let mut system = System::default();
    opening::write(&mut system, case);
    books::write(&mut system, case);
    treasury::write(&mut system, case);
    debt::write(&mut system, case);
    fed::write(&mut system, case);
    depositors::write(&mut system, case);
    funds::write(&mut system, case);
    market::write(&mut system, case);
    rates::write(&mut system, case);
    stress::write(&mut system, case);
    published::write(&mut system, case);
    parameters::write(&mut system, case);
    system
}

/// A unit in the words of the file: `bd` is a business day, `dmnl` a pure number or a share.
fn unit(unit: Unit) -> String {
    match unit {
        Unit::BillionsPerDay => system::BN_A_DAY.to_owned(),
        Unit::BasisPointsPer100Billion => "bp/hundred_bn".to_owned(),
        Unit::Percent => system::PERCENT.to_owned(),
        Unit::Share | Unit::Number => system::PURE.to_owned(),
        unit => unit.suffix().to_owned(),
    }
}
