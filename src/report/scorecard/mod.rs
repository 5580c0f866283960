//! The scorecard as people look at it: a page, Markdown, the terminal, and its pictures.

mod judged;
mod markdown;
mod page;
mod pictures;
mod tables;
mod terminal;
mod verdict;

pub use super::table::Table;
pub use judged::{Asked, Judged, Unjudged};
pub use markdown::markdown;
pub use page::page;
pub use pictures::pictures;
pub use tables::tables;
pub use terminal::terminal;
pub use verdict::verdict;
