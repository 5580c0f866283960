//! The reference of everything that can be explained, in Markdown.

use super::topic::{Kind, Topic, topics};
use std::fmt::Write;

/// Kinds that `docs/model.md` and `docs/scenarios.md` already tabulate; here they are not listed again.
const ELSEWHERE: [Kind; 3] = [Kind::Parameter, Kind::EventKey, Kind::ScenarioKey];

/// Every mechanism with its equation, and every variable, flow, instrument, sector, shock, event and code.
pub fn reference() -> String {
    let topics = topics();
    let mut text = String::new();
    for kind in Kind::ALL.into_iter().filter(|kind| !ELSEWHERE.contains(kind)) {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "## {}\n", kind.heading());
        for topic in topics.iter().filter(|topic| topic.kind == kind) {
            if kind == Kind::Mechanism { mechanism(&mut text, topic) } else { entry(&mut text, topic) }
        }
        text.push('\n');
    }
    text
}

fn mechanism(text: &mut String, topic: &Topic) {
    let _ = writeln!(text, "### `{}`\n\n{}\n", topic.name, topic.meaning);
    for equation in &topic.equations {
        let _ = writeln!(text, "```text\n{}```\n", equation.text);
    }
    for fact in &topic.facts {
        let _ = match fact.label {
            "Note" => writeln!(text, "{}\n", fact.text),
            "Parameters" => writeln!(text, "Parameters: `{}`\n", fact.text.replace(", ", "`, `")),
            label => writeln!(text, "{label}: `{}`\n", fact.text),
        };
    }
}

fn entry(text: &mut String, topic: &Topic) {
    let _ = write!(text, "- `{}`: {}", topic.name, topic.meaning);
    for fact in &topic.facts {
        let _ = match fact.label {
            "Wrong" | "Right" => write!(text, " {}: `{}`.", fact.label, fact.text),
            "To write" => write!(text, " {}: `{}`.", fact.label, fact.text),
            label => write!(text, " {label}: {}.", fact.text.trim_end_matches('.')),
        };
    }
    text.push('\n');
}
