//! The world as of a date: the balance sheet and behavioural state of a day's close, and what was known of the days ahead.
//!
//! An origin is the close of a business day. What is known of it is what had been published by the close of the next one
//! ([`AsKnown`](crate::history::AsKnown)): the H.4.1, the Daily Treasury Statement and the reference rates of a day come
//! out on the following one. Nothing of a later day is read, not even where it is out already.

mod announced_bills;
mod coupon_ahead;
mod error;
mod events;
mod fed_books;
mod origin;
mod public;
mod rates;
mod runoff_ahead;
mod scenario;
mod shipped;
mod state;
mod trailing;
mod vintage;
mod vintage_text;

pub use coupon_ahead::{CouponSettlementAhead, coupons_ahead};
pub use error::AsOfError;
pub use origin::known_of;
pub use scenario::scenario;
pub use vintage::vintage;
pub use vintage_text::vintage_text;

#[cfg(test)]
mod tests {
    use crate::history::History;
    use std::path::PathBuf;

    /// The folder that `TIDEGATE_DATA` names, without which the test says that it is skipped.
    pub fn history() -> Option<History> {
        let Some(folder) = std::env::var_os("TIDEGATE_DATA") else {
            println!("skipped: TIDEGATE_DATA names no folder of official series");
            return None;
        };
        Some(History::open(&PathBuf::from(folder)).unwrap_or_else(|error| panic!("{error}")))
    }
}
