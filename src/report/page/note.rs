//! A page as a note: its words and tables in Markdown, to be pasted where charts cannot follow.

use super::{Block, Page};
use crate::report::markdown::escaped;
use std::fmt::Write;

impl Page {
    /// The page in Markdown, under a heading of the first level; charts and appendices are left out.
    pub fn markdown(&self) -> String {
        let mut text = format!("# {}\n", escaped(&self.title));
        for paragraph in [&self.remark, &self.claim, &self.verdict.join(" "), &self.made] {
            if !paragraph.is_empty() {
                // Writing to a string cannot fail.
                let _ = write!(text, "\n{}\n", escaped(paragraph));
            }
        }
        text.push('\n');
        for figure in &self.figures {
            let words = [&figure.value, &figure.unit].map(String::as_str).join(" ");
            let rest: Vec<&str> =
                [figure.band.as_str(), figure.note.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
            let rest = if rest.is_empty() { String::new() } else { format!(" ({})", rest.join("; ")) };
            let _ = writeln!(text, "- **{}**: {}{}", escaped(&figure.name), escaped(words.trim_end()), escaped(&rest));
        }
        for section in &self.sections {
            let blocks: String = section.blocks.iter().map(block).collect();
            if !blocks.is_empty() {
                let _ = write!(text, "\n## {}\n{blocks}", escaped(&section.title));
            }
        }
        text
    }
}

fn block(block: &Block) -> String {
    match block {
        Block::Text(text) => format!("\n{}\n", escaped(text)),
        Block::Facts(facts) => {
            let line = |(name, words): &(String, String)| format!("- {}: {}\n", escaped(name), escaped(words));
            format!("\n{}", facts.iter().map(line).collect::<String>())
        }
        Block::Code(text) => {
            let fence = if text.contains("```") { "````" } else { "```" };
            format!("\n{fence}text\n{}\n{fence}\n", text.trim_end())
        }
        Block::Table(table) if table.title.is_empty() => format!("\n{}", table.markdown_rows()),
        Block::Table(table) => format!("\n#{}", table.markdown()),
        Block::Appendix(_) | Block::Chart(_) => String::new(),
    }
}
