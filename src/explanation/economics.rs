//! The model explained: mechanisms, parameters, variables, flows, instruments, sectors and shocks.

use super::topic::{Equation, Kind, Numbers, Topic};
use crate::model::{
    FLOWS, Flow, INSTRUMENTS, MECHANISMS, Mechanism, PARAMETERS, ParameterInfo, SECTORS, Shock, VARIABLES,
    VariableInfo, instrument_meaning, ledger::FlowDeclaration, ledger::Nature, readers, sector_meaning, shock_meaning,
};
use crate::scenario::quantity;

pub fn topics() -> impl Iterator<Item = Topic> {
    let sectors = SECTORS.iter().enumerate().map(|(number, name)| {
        Topic::new(Kind::Sector, *name, sector_meaning(number)).with("Moved by", flows_with(|leg| leg.sector == number))
    });
    let instruments = INSTRUMENTS.iter().enumerate().map(|(number, name)| {
        Topic::new(Kind::Instrument, *name, instrument_meaning(number))
            .with("Moved by", flows_with(|leg| leg.instrument == number))
    });
    MECHANISMS
        .iter()
        .map(mechanism)
        .chain(PARAMETERS.iter().map(parameter))
        .chain(VARIABLES.iter().map(variable))
        .chain(Flow::ALL.iter().map(|flow| explained_flow(*flow)))
        .chain(instruments)
        .chain(sectors)
        .chain(Shock::ALL.iter().map(|shock| explained_shock(*shock)))
}

fn mechanism(mechanism: &Mechanism) -> Topic {
    let head = mechanism.head();
    let parameters: Vec<&str> =
        PARAMETERS.iter().filter(|info| info.mechanism == mechanism.name).map(|info| info.name).collect();
    let mut topic = Topic::new(Kind::Mechanism, mechanism.name, head.title).with("File", mechanism.file);
    for note in head.notes {
        topic = topic.with("Note", note);
    }
    topic.equations.push(Equation { mechanism: mechanism.name, text: head.equation });
    topic.with("Parameters", parameters.join(", "))
}

fn parameter(info: &ParameterInfo) -> Topic {
    let show = |value| quantity::show(value, info.unit);
    let mut topic = Topic::new(Kind::Parameter, info.name, info.meaning)
        .with("Mechanism", info.mechanism)
        .with("Unit", info.unit.meaning())
        .with("Default", show(info.default))
        .with("Prior", prior(info))
        .with("Bounds", format!("{} to {}", show(info.low), show(info.high)))
        .with("Source", info.source)
        .with("Read in", readers(info.name).join(", "))
        .with("To set it", format!("parameters.{} = {}", info.name, typed(info)));
    topic.numbers = Some(Numbers { default: info.default, prior_sd: info.prior_sd, low: info.low, high: info.high });
    topic.equations = MECHANISMS.iter().filter(|mechanism| mechanism.states(info.name)).map(equation).collect();
    topic.equations.sort_by_key(|equation| equation.mechanism != info.mechanism);
    topic
}

/// The prior of a parameter, in words.
pub fn prior(info: &ParameterInfo) -> String {
    if info.prior_sd == 0.0 {
        return "none: fixed by rule".to_owned();
    }
    let show = |value| quantity::show(value, info.unit);
    format!("normal, {} ± {}, cut off at the bounds", show(info.default), show(info.prior_sd))
}

/// The default as one would type it into a scenario file.
fn typed(info: &ParameterInfo) -> String {
    let shown = quantity::show(info.default, info.unit);
    if info.unit.suffix().is_empty() && !shown.ends_with('%') { shown } else { format!("\"{shown}\"") }
}

fn variable(info: &VariableInfo) -> Topic {
    let origin = info.variable.origin();
    let mut topic = Topic::new(Kind::Variable, info.name, info.meaning)
        .with("In reports", info.title)
        .with("Unit", info.unit.meaning())
        .with("From", origin.words);
    if let Some(name) = origin.mechanism {
        topic = topic.with("Mechanism", name);
        topic.equations = Mechanism::named(name).map(equation).into_iter().collect();
    }
    if let Some(instrument) = origin.instrument {
        topic = topic.with("Moved by", flows_with(|leg| leg.instrument == instrument as usize));
    }
    topic
}

fn equation(mechanism: &Mechanism) -> Equation {
    Equation { mechanism: mechanism.name, text: mechanism.head().equation }
}

fn explained_flow(flow: Flow) -> Topic {
    let declared = &FLOWS[flow as usize];
    let nature = match declared.nature {
        Nature::Exchange => "an exchange of claims: nobody is richer for it".to_owned(),
        Nature::Transfer { from, to } => {
            format!("a transfer: it makes {} richer and {} poorer", SECTORS[to], SECTORS[from])
        }
    };
    Topic::new(Kind::Flow, declared.name, declared.meaning)
        .with("Decided by", flow.hand().name())
        .with("Nature", nature)
        .with("Entries", legs(declared))
        .with("Posted in", files_with(&format!("Flow::{flow:?}"), &format!("{flow:?}")))
}

/// The legs of a flow: `banks: −reserves, +deposits`, sector by sector.
fn legs(flow: &FlowDeclaration) -> String {
    let of_sector = |sector: usize| {
        let entries: Vec<String> = flow
            .entries
            .iter()
            .filter(|leg| leg.sector == sector)
            .map(|leg| format!("{}{}", if leg.sign > 0 { '+' } else { '−' }, INSTRUMENTS[leg.instrument]))
            .collect();
        (!entries.is_empty()).then(|| format!("{}: {}", SECTORS[sector], entries.join(", ")))
    };
    (0..SECTORS.len()).filter_map(of_sector).collect::<Vec<_>>().join("; ")
}

fn flows_with(leg: impl Fn(&crate::model::ledger::Entry) -> bool) -> String {
    let names: Vec<&str> = FLOWS.iter().filter(|flow| flow.entries.iter().any(&leg)).map(|flow| flow.name).collect();
    names.join(", ")
}

fn explained_shock(shock: Shock) -> Topic {
    let tails = if shock.is_fat_tailed() { "Student's t, scaled to variance one" } else { "normal, of variance one" };
    let name = format!("{shock:?}");
    Topic::new(Kind::Shock, words_of(&name), shock_meaning(shock))
        .with("Draws", tails)
        .with("Used in", files_with(&format!("Shock::{name}"), ""))
}

/// `OperatingFlow` as `operating flow`.
fn words_of(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

/// The mechanisms whose code has `path`, or `row` at the head of a table's column.
fn files_with(path: &str, row: &str) -> String {
    let has = |mechanism: &&Mechanism| {
        let of_declaration = mechanism.name == "shocks";
        !of_declaration && (mechanism.mentions(path) || (!row.is_empty() && mechanism.mentions(row)))
    };
    MECHANISMS.iter().filter(has).map(|mechanism| mechanism.file).collect::<Vec<_>>().join(", ")
}
