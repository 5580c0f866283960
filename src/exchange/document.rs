//! The system as an XMILE 1.0 document (OASIS Standard, 14 December 2015).

use super::case::Case;
use super::system::{Kind, System, Variable};
use super::text::{escaped, reference};
use super::view::view;
use std::fmt::Write;

/// The namespace of XMILE 1.0.
const NAMESPACE: &str = "http://docs.oasis-open.org/xmile/ns/XMILE/v1.0";

/// The document: header, a step a business day by Euler's method, the variables, which of them belong
/// together, and a diagram.
pub fn document(system: &System, case: &Case<'_>) -> String {
    let days = case.plan.days.len();
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let _ = writeln!(text, "<xmile version=\"1.0\" xmlns=\"{NAMESPACE}\">");
    let version = env!("CARGO_PKG_VERSION");
    text.push_str("<header>\n<vendor>tidegate</vendor>\n<options><has_model_view/></options>\n");
    let _ = writeln!(text, "<product version=\"{version}\" lang=\"en\">tidegate</product>");
    let _ = writeln!(text, "<name>{}</name>\n</header>", escaped(&case.scenario.title));
    text.push_str("<sim_specs method=\"euler\" time_units=\"bd\">\n<start>0</start>\n");
    let _ = writeln!(text, "<stop>{}</stop>\n<dt>1</dt>\n</sim_specs>", days - 1);
    text.push_str("<model>\n<variables>\n");
    for variable in system.variables() {
        write_variable(&mut text, variable);
    }
    for group in &system.groups {
        let _ = writeln!(text, "<group name=\"{}\">\n<doc>{}</doc>", escaped(&group.title), escaped(&group.text));
        for variable in &group.variables {
            let _ = writeln!(text, "<entity name=\"{}\"/>", escaped(&variable.name));
        }
        text.push_str("</group>\n");
    }
    let _ = write!(text, "</variables>\n<views>\n{}</views>\n</model>\n</xmile>\n", view(system));
    text
}

fn write_variable(text: &mut String, variable: &Variable) {
    let Variable { name, kind, equation, units, meaning } = variable;
    let tag = match kind {
        Kind::Stock { .. } => "stock",
        Kind::Flow => "flow",
        Kind::Auxiliary | Kind::Table(_) => "aux",
    };
    let _ = writeln!(text, "<{tag} name=\"{}\">\n<doc>{}</doc>", escaped(name), escaped(meaning));
    let _ = writeln!(text, "<eqn>{}</eqn>", escaped(equation));
    match kind {
        Kind::Stock { changed_by } => {
            let _ = writeln!(text, "<inflow>{}</inflow>", escaped(&reference(changed_by)));
        }
        Kind::Table(values) => {
            let points: Vec<String> = values.iter().map(f64::to_string).collect();
            let last = values.len() - 1;
            let _ =
                writeln!(text, "<gf>\n<xscale min=\"0\" max=\"{last}\"/>\n<ypts>{}</ypts>\n</gf>", points.join(","));
        }
        Kind::Flow | Kind::Auxiliary => {}
    }
    let _ = writeln!(text, "<units>{}</units>\n</{tag}>", escaped(units));
}
