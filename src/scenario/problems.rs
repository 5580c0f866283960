//! Everything found wrong with a scenario.

use crate::scenario::codes;
use crate::scenario::diagnostic::{Diagnostic, Record};
use std::fmt;
use std::path::Path;

/// The problems that keep a scenario from running; never empty when returned as an error.
#[derive(Clone, Debug, Default)]
pub struct Problems {
    /// The problems, in the order of their places in the files.
    pub diagnostics: Vec<Diagnostic>,
}

impl Problems {
    /// Adds a problem.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }

    /// Whether the only trouble is that a file could not be read, so that no scenario is known to be wrong.
    ///
    /// The program then ends with exit code 3 instead of 2.
    pub fn unreadable(&self) -> bool {
        !self.is_empty() && self.diagnostics.iter().all(|diagnostic| diagnostic.code == codes::UNREADABLE)
    }

    /// All problems as text for people, one blank line between them, and a last line that counts them.
    pub fn render(&self, colour: bool) -> String {
        let mut text = String::new();
        for diagnostic in &self.diagnostics {
            text.push_str(&diagnostic.render(colour));
            text.push_str("\n\n");
        }
        match self.diagnostics.len() {
            1 => text.push_str("1 problem found"),
            many => text.push_str(&format!("{many} problems found")),
        }
        text
    }

    /// All problems for machines.
    pub fn records(&self) -> Vec<Record> {
        self.diagnostics.iter().map(Diagnostic::record).collect()
    }

    /// Puts the problems in the order in which a reader meets them: those of the file `first`, then file by file.
    pub(crate) fn sort(&mut self, first: &Path) {
        self.diagnostics.sort_by_key(|diagnostic| {
            let file = diagnostic.file().map(ToOwned::to_owned);
            (file.as_deref() != Some(first), file, diagnostic.span().map_or(0, |span| span.start))
        });
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Problems {}
