//! One problem in a scenario file: where, what was expected, what to type instead.

use crate::scenario::source::Place;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde::Serialize;
use std::ops::Range;
use std::path::Path;

/// Columns the rendered text may take; fixed, so that the same problem always reads the same.
const WIDTH: usize = 120;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The scenario cannot be run.
    Error,
    /// The scenario can be run, but probably does not mean what it says.
    Warning,
}

/// One problem, with everything needed to show it.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// Its entry in [`CODES`](crate::scenario::codes::CODES).
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// The words to underline; none where the problem is not in a file, such as an unknown name on the command line.
    pub place: Option<Place>,
    /// What to write beside the underline.
    pub label: String,
    /// What to type instead.
    pub help: Option<String>,
}

/// A problem as a machine reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Record {
    /// The code, for instance `S013`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The file; empty where the problem is not in one.
    pub file: String,
    /// Line, from one; zero where the problem is not in a file.
    pub line: usize,
    /// Column in characters, from one; zero where the problem is not in a file.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to type instead.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error at `place`.
    pub fn error(code: &'static str, place: &Place, message: impl Into<String>) -> Self {
        Diagnostic { place: Some(place.clone()), ..Diagnostic::general(code, message) }
    }

    /// An error that is in no file.
    pub fn general(code: &'static str, message: impl Into<String>) -> Self {
        let severity = Severity::Error;
        Diagnostic { code, severity, message: message.into(), place: None, label: String::new(), help: None }
    }

    /// The same with a few words beside the underline.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The same with advice, where there is any.
    pub fn help(mut self, help: impl Into<Option<String>>) -> Self {
        self.help = help.into();
        self
    }

    /// The file it is in, as one would type it.
    pub fn file(&self) -> Option<&Path> {
        self.place.as_ref().map(|place| place.source.path.as_path())
    }

    /// The bytes of the file that are underlined.
    pub fn span(&self) -> Option<Range<usize>> {
        self.place.as_ref().map(|place| place.span.clone())
    }

    /// The problem as text for people, in the shape of the Rust compiler's messages, ending without a newline.
    pub fn render(&self, colour: bool) -> String {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let mut group = annotate_snippets::Group::with_title(level.primary_title(&self.message).id(self.code));
        if let Some(place) = &self.place {
            let mut words = AnnotationKind::Primary.span(place.within_text());
            if !self.label.is_empty() {
                words = words.label(&self.label);
            }
            let path = place.source.path.to_string_lossy().into_owned();
            group = group.element(Snippet::source(&place.source.text).path(path).annotation(words));
        }
        let renderer = renderer.term_width(WIDTH);
        match (&self.help, &self.place) {
            (Some(help), Some(_)) => renderer.render(&[group.element(Level::HELP.message(help))]),
            (Some(help), None) => {
                // Rendered apart, since groups of one report are joined by a line that would lead nowhere.
                let help = annotate_snippets::Group::with_title(Level::HELP.secondary_title(help));
                format!("{}\n{}", renderer.render(&[group]), renderer.render(&[help]))
            }
            (None, _) => renderer.render(&[group]),
        }
    }

    /// The problem for machines.
    pub fn record(&self) -> Record {
        let (line, column) = self.place.as_ref().map_or((0, 0), Place::line_and_column);
        Record {
            code: self.code,
            severity: self.severity,
            file: self.file().map(|path| path.to_string_lossy().into_owned()).unwrap_or_default(),
            line,
            column,
            message: self.message.clone(),
            help: self.help.clone(),
        }
    }
}

/// Text someone typed, in backquotes, harmless to a terminal and of bounded length.
pub fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut shown: String = text.chars().take(LONGEST).flat_map(char::escape_debug).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    format!("`{}`", shown.replace("\\\"", "\"").replace("\\'", "'"))
}

/// The items in prose: `a`, `a or b`, `a, b or c`.
pub fn listed<'a>(items: impl IntoIterator<Item = &'a str>) -> String {
    let items: Vec<&str> = items.into_iter().collect();
    match items.split_last() {
        None => String::new(),
        Some((only, [])) => (*only).to_owned(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_text_can_neither_steer_a_terminal_nor_fill_it() {
        assert_eq!(quoted("12bn"), "`12bn`");
        assert_eq!(quoted("\u{1b}[2J"), "`\\u{1b}[2J`");
        assert_eq!(quoted(&"a".repeat(1000)).chars().count(), 63);
    }

    #[test]
    fn lists_read_as_prose() {
        assert_eq!(listed(["a"]), "a");
        assert_eq!(listed(["a", "b", "c"]), "a, b or c");
    }
}
