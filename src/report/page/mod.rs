//! One page in one file: text, tables and charts that need nothing but themselves, as HTML or, without charts, as Markdown.
//!
//! A [`Page`] is made of words and numbers alone, and is also what a run keeps of it (`report.json`), so that the same page
//! can be written again without simulating.

pub mod chart;
mod document;
mod inputs;
mod inputs_picture;
mod note;
mod picture;

pub use chart::Chart;
pub use document::{D3, SCRIPTS, STYLE};
pub use picture::Drawable;

use super::table::Table;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Version of the layout of a page as JSON.
pub const PAGE_FORMAT: u32 = 1;

/// A page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Version of the layout.
    pub format: u32,
    /// Version of the program.
    pub tidegate: String,
    /// Title.
    pub title: String,
    /// The claim that is put to the test; may be empty.
    pub claim: String,
    /// The answer, in sentences.
    pub verdict: Vec<String>,
    /// Dates, paths, seed: what the numbers were made from, in a line.
    pub made: String,
    /// What somebody who forwards it wants to say; may be empty.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub remark: String,
    /// The numbers to quote.
    pub figures: Vec<Figure>,
    /// Published dates.
    pub dates: Vec<Date>,
    /// Dates that charts mark.
    pub marks: Vec<Mark>,
    /// The rest, in order.
    pub sections: Vec<Section>,
}

/// A number to quote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// What it is.
    pub name: String,
    /// The number.
    pub value: String,
    /// Its unit.
    pub unit: String,
    /// The interval around it, in words.
    pub band: String,
    /// What else needs saying.
    pub note: String,
}

/// A date that charts mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// When.
    pub date: Date,
    /// Why.
    pub label: String,
    /// Of what kind.
    pub kind: MarkKind,
}

/// Why a date is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MarkKind {
    /// The story has it.
    Event,
    /// The calendar has it.
    Risk,
}

/// A part of a page under a heading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// Its name within the page: letters, digits and hyphens.
    pub id: String,
    /// Heading.
    pub title: String,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

impl Section {
    /// A part of a page.
    pub fn new(id: &str, title: &str, blocks: Vec<Block>) -> Section {
        Section { id: id.to_owned(), title: title.to_owned(), blocks }
    }
}

/// What stands in a section.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Block {
    /// A paragraph.
    Text(String),
    /// Lines that are looked up rather than read, such as how it was made: name and words.
    Facts(Vec<(String, String)>),
    /// Lines as they would be typed or stand in a file.
    Code(String),
    /// A table.
    Table(Table),
    /// A table that only those who ask for it read.
    Appendix(Table),
    /// A chart.
    Chart(Box<Chart>),
}

impl Page {
    /// The page as JSON.
    pub fn json(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec(self).expect("a page is plain data");
        bytes.push(b'\n');
        bytes
    }

    /// Its charts, in order.
    pub fn charts(&self) -> impl Iterator<Item = &Chart> {
        self.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
            Block::Chart(chart) => Some(&**chart),
            _ => None,
        })
    }
}
