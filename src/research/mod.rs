//! Questions that take more than one run: the same luck in two worlds.
//!
//! A draw belongs to its seed, path and day, so two scenarios of one seed meet the same shocks on every
//! path. What differs between them on a path is then the difference of the stories and nothing else.

mod amplification;
mod factor;
mod gain;
mod hands;
mod moves;
mod paired;
mod run;

pub use amplification::{Amplification, LOOP, Measure, has_loop, without_loop};
pub use factor::{Factor, Reading};
pub use gain::{GainReached, LoopGain, SelfFeeding};
pub use hands::Hands;
pub use moves::{DayMove, Moves, SPREAD_PARTS, SpreadMove};
pub use paired::{PairError, Paired, PairedMean};
pub use run::{Over, PathStatistic, Run};
