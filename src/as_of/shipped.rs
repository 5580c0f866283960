//! The vintages that ship, for what the folder does not hold: the most recent that a day could have known.

use crate::scenario::shipped::VINTAGES;
use crate::scenario::{Vintage, vintage_from_text};
use jiff::civil::Date;
use std::sync::OnceLock;

/// All that ship, in order of date.
pub fn shipped() -> &'static [Vintage] {
    static SHIPPED: OnceLock<Vec<Vintage>> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        let read = |text| vintage_from_text("shipped", text).expect("what ships is checked by the tests");
        let mut vintages: Vec<Vintage> = VINTAGES.iter().map(|listed| read(listed.text)).collect();
        vintages.sort_by_key(|vintage| vintage.date);
        vintages
    })
}

/// The last one dated on or before a day; the first for earlier days.
pub fn base_of(date: Date) -> &'static Vintage {
    let shipped = shipped();
    &shipped[shipped.partition_point(|vintage| vintage.date <= date).saturating_sub(1)]
}
