//! Official history: which series there are, how their publishers write them, and what was known of them when.
//!
//! Whoever reads history asks for it as known on a date ([`History::as_known`]); a number that had not been
//! published by then is an error, never a value.

mod announcements;
mod as_known;
mod auctions;
mod csv_file;
mod daily_reserves;
mod error;
mod fingerprint;
mod folder;
mod registry;

pub use announcements::{
    Announced, Binding, CashTarget, DebtLimit, FacilityTerms, OnRrpLimit, PurchasePace, RateStep, RunoffCaps,
    cash_targets, debt_limits, facility_terms, on_rrp_limits, over_iorb, purchase_paces, rate_steps, runoff_caps,
};
pub use as_known::AsKnown;
pub use auctions::{AnnouncedAuction, SecurityClass};
pub use daily_reserves::DailyReserves;
pub use error::HistoryError;
pub use fingerprint::Fingerprint;
pub use folder::{History, Observation, closing_balance_column};
pub use registry::{Frequency, Place, PublishedUnit, Publisher, REGISTRY, Series, SeriesId};
