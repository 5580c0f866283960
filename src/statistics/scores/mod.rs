//! What a forecast is worth once the outcome is known: proper scores, calibration, and how sure one can be of both.
//!
//! Pure functions of samples and outcomes. Random draws come in as a function of an index, so that the same call gives
//! the same interval always.

mod block_length;
mod bootstrap;
mod brier;
mod coverage;
mod crps;
mod pit;
mod reliability;

pub use block_length::{overlapping_origins, politis_white};
pub use bootstrap::{Estimate, StationaryBootstrap};
pub use brier::{BrierDecomposition, brier_score};
pub use coverage::{CentralBand, coverage};
pub use crps::{Crps, crps, skill};
pub use pit::{Pit, PitHistogram};
pub use reliability::{ReliabilityBin, ReliabilityTable};
