//! Fetches official history from its publishers into a folder, in the formats that they write.
//!
//! What cannot be right is refused, naming the publisher, the file, the day and the value, and the file in the
//! folder stays as it was; what is there already is not asked for again, but for the last days, which publishers
//! still revise.

mod check;
mod client;
mod error;
mod fiscal_data;
mod fred;
mod holdings;
mod key;
mod new_york_fed;
mod patience;
mod pull;
mod service;
mod source;
mod store;
mod table;
mod values;

pub use client::Client;
pub use error::DownloadError;
pub use key::Key;
pub use patience::Patience;
pub use pull::{Change, Fate, pull, pull_all};
pub use service::{Addresses, Service};
pub use source::Source;
pub use store::{Receipt, Store};
pub use table::Table;
pub use values::{Extent, extent_of_series, extent_of_source};
