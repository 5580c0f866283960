//! Reads the condition of a watch from its place in a file, or by itself.

use crate::scenario::Scenario;
use crate::scenario::condition::parse;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::node::Value;
use crate::scenario::quantity::Complaint;
use crate::scenario::reader::Reader;
use crate::scenario::scenario::Watch;
use crate::scenario::source::Place;
use toml::de::DeValue;

impl Watch {
    /// A condition asked of a scenario over its whole horizon, by the name of its own text.
    ///
    /// # Errors
    /// What is wrong with the condition.
    pub fn of_text(text: &str, scenario: &Scenario) -> Result<Watch, Complaint> {
        let condition = parse(text).map_err(|faults| {
            let fault = faults.into_iter().next().expect("a condition that cannot be read has a fault");
            let words = text.get(fault.span).filter(|words| !words.is_empty() && *words != text);
            let at = words.map_or(String::new(), |words| format!(" at `{words}`"));
            Complaint { message: format!("`{text}`{at}: {}", fault.message), help: fault.help }
        })?;
        let (from, to) = (scenario.start, scenario.end);
        Ok(Watch { name: text.to_owned(), when: text.to_owned(), condition, from, to, limit: None })
    }
}

impl Reader<'_> {
    pub(super) fn condition(&mut self, name: &str, value: &DeValue<'_>, place: &Place) -> Option<Value> {
        let text = self.text(name, value, place)?;
        match parse(&text) {
            Ok(condition) => Some(Value::Condition { text, condition }),
            Err(faults) => {
                // Only where the text stands in the file letter by letter can single words of it be underlined.
                let offset = place.words().find(&text).filter(|_| !text.is_empty());
                for fault in faults {
                    let at = match offset {
                        Some(offset) => {
                            let start = place.span.start + offset;
                            self.place(start + fault.span.start..start + fault.span.end)
                        }
                        None => place.clone(),
                    };
                    self.problems
                        .push(Diagnostic::error(fault.code, &at, fault.message).label("here").help(fault.help));
                }
                None
            }
        }
    }
}
