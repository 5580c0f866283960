//! What paths are boiled down to: distributions, probabilities, the attribution of reserves.

mod attribution;
mod distribution;
mod drain;
mod outcomes;
mod probability;
mod quantiles;
pub mod scores;
mod summary;
mod watches;

pub use attribution::{Attribution, AttributionLine, Cause};
pub use distribution::Distribution;
pub use drain::Drain;
pub use outcomes::{Outcomes, TileOutcomes};
pub use probability::Probability;
pub use quantiles::{PUBLISHED, quantiles};
pub use summary::{Exceedance, Fan, SPREAD_LEVELS, Summary};
pub use watches::{WatchOutcome, WatchSummary, judge};
