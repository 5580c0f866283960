//! Reads the condition of a watch from its place in a file.

use crate::scenario::condition::parse;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::node::Value;
use crate::scenario::reader::Reader;
use crate::scenario::source::Place;
use toml::de::DeValue;

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
