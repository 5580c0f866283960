//! The calendar of dollar funding: which days the Fedwire services are open, and on which of
//! them bills, coupons, taxes, benefits and mortgage payments move money into or out of the TGA.
//!
//! Everything here is a published rule applied to a date. Nothing is looked up from data, so
//! the same functions serve the past that is fitted and the future that is simulated.

pub mod fedwire;
pub mod fiscal;
pub mod marks;
pub mod names;
mod roll;
pub mod settlement;

pub use fedwire::Holiday;
pub use fiscal::{BenefitDay, TaxDate};
pub use marks::{DayMarks, marks};
pub use settlement::CouponSettlement;
