//! What paths are boiled down to: distributions, probabilities, the attribution of reserves.

mod attribution;
mod bins;
mod column;
mod distribution;
mod drain;
mod exact;
mod follow;
mod histogram;
mod outcomes;
mod probability;
mod quantiles;
mod replicated;
mod rows;
pub mod scores;
mod summary;
mod tally;
mod tally_bytes;
mod watches;

pub use attribution::{Attribution, AttributionLine, Cause};
pub use bins::Bins;
pub use column::BATCH;
pub use distribution::Distribution;
pub use drain::Drain;
pub use exact::Kept;
pub use follow::Follower;
pub use histogram::Histogram;
pub use outcomes::{Outcomes, TILE, TileOutcomes};
pub use probability::Probability;
pub use quantiles::{PUBLISHED, quantiles};
pub use replicated::Replicated;
pub use rows::{PATH_ROWS, PathRow, Rows, cause_row, flow_row};
pub use summary::{Exceedance, Fan, SPREAD_LEVELS, Summary};
pub use tally::{Account, Layout, PILOT, Tally};
pub use tally_bytes::TallyError;
pub use watches::{WatchSummary, Window};
