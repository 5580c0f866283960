//! `tidegate explain`: what a name means, in eighty columns or as JSON.

use super::failure::Failure;
use super::print;
use super::terminal::wrapped;
use crate::explanation::{self, Kind, NotFound, Topic};
use clap::Args;
use std::fmt::Write;

/// Stands for a space at which a line may not be broken: a joiner of words, which is no white space.
const UNBROKEN: &str = "\u{2060}";

#[derive(Args)]
pub struct ExplainArguments {
    /// Parameters, variables, mechanisms, kinds of event, keys, flows, instruments, sectors, shocks or error codes; without
    /// any, the list of all
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Print the explanations as JSON
    #[arg(long)]
    json: bool,
}

/// Prints what is known of every name, or what names there are.
pub fn explain(arguments: &ExplainArguments) -> Result<(), Failure> {
    if arguments.names.is_empty() {
        let all = explanation::topics();
        return print(&if arguments.json { json(&all.iter().collect::<Vec<_>>()) } else { listing(all) });
    }
    let mut found: Vec<&Topic> = Vec::new();
    for name in &arguments.names {
        found.extend(explanation::find(name).map_err(|missing| Failure::Argument(unknown(&missing)))?);
    }
    if arguments.json {
        return print(&json(&found));
    }
    let mut shown = Vec::new();
    let pages: Vec<String> = found.iter().map(|topic| page(topic, &mut shown)).collect();
    print(&pages.join("\n"))
}

fn unknown(missing: &NotFound) -> String {
    let help = match &missing.nearest {
        Some(nearest) if nearest.contains(' ') => format!("did you mean \"{nearest}\"?"),
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => "`tidegate explain` lists every name".to_owned(),
    };
    format!("nothing is called `{}`\n\nhelp: {help}", missing.name.escape_debug())
}

fn json(topics: &[&Topic]) -> String {
    let text = serde_json::to_string_pretty(topics).expect("explanations are plain data");
    format!("{text}\n")
}

/// One explanation. Equations of the mechanisms in `shown` stand above it already.
fn page(topic: &Topic, shown: &mut Vec<&'static str>) -> String {
    let mut text = format!("{}, {}\n", topic.name, topic.kind.singular());
    text.push_str(&wrapped(" ", &plain(&topic.meaning)));
    for equation in &topic.equations {
        if shown.contains(&equation.mechanism) {
            continue;
        }
        shown.push(equation.mechanism);
        let _ = writeln!(text, "\n  Equation, src/model/{}.rs\n", equation.mechanism);
        for line in equation.text.lines() {
            // No spaces at the end of an empty line.
            let indent = if line.is_empty() { "" } else { "    " };
            let _ = writeln!(text, "{indent}{line}");
        }
    }
    if !topic.facts.is_empty() {
        text.push('\n');
    }
    let width = topic.facts.iter().map(|fact| fact.label.len()).max().unwrap_or(0);
    for fact in &topic.facts {
        text.push_str(&wrapped(&format!("  {:width$} ", fact.label), &plain(&fact.text)));
    }
    text
}

/// Prose without the asterisks that mark titles in Markdown.
fn plain(text: &str) -> String {
    text.replace('*', "")
}

fn listing(topics: &[Topic]) -> String {
    let mut text = "What `tidegate explain NAME` explains\n".to_owned();
    for kind in Kind::ALL {
        let names: Vec<String> =
            topics.iter().filter(|topic| topic.kind == kind).map(|topic| topic.name.replace(' ', UNBROKEN)).collect();
        let lines = wrapped(" ", &names.join(&format!("{UNBROKEN}· "))).replace(UNBROKEN, " ");
        let _ = write!(text, "\n{}\n{lines}", kind.heading());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_explanation_fits_eighty_columns() {
        let topics = explanation::topics();
        for text in topics.iter().map(|topic| page(topic, &mut Vec::new())).chain([listing(topics)]) {
            let wide = text.lines().find(|line| line.chars().count() > 80);
            assert!(wide.is_none(), "{}", wide.unwrap_or_default());
            assert!(text.lines().all(|line| !line.ends_with(' ')), "{text}");
        }
    }
}
