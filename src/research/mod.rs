//! Questions that take more than one run: the same luck in two worlds.
//!
//! A draw belongs to its seed, path and day, so two scenarios of one seed meet the same shocks on every
//! path. What differs between them on a path is then the difference of the stories and nothing else.
//!
//! What matters, and where, is asked of many points at once: `designs` says at which, `sensitivity` and `discovery` read
//! what came of them.

mod amplification;
mod candidates;
mod changes;
mod comparison;
pub mod designs;
mod difference;
pub mod discovery;
mod factor;
mod figure;
mod gain;
mod hands;
mod lived;
mod moves;
mod paired;
mod reasons;
mod run;
pub mod sensitivity;
mod solve;
pub mod study;

pub use amplification::{Amplification, LOOP, Measure, has_loop, without_loop};
pub use candidates::{Candidate, comparable, tell_apart};
pub use changes::{Change, Dated, Told, What, changes};
pub use comparison::{Against, Asked, Comparison, Moved, WatchDifference, World};
pub use difference::Difference;
pub use factor::{Factor, Reading};
pub use figure::PathFigure;
pub use gain::{GainReached, LoopGain, SelfFeeding};
pub use hands::Hands;
pub use lived::{BY_DAY, COMPARED, Lived};
pub use moves::{DayMove, Moves, SPREAD_PARTS, SpreadMove};
pub use paired::{PairError, Paired, PairedMean, Unshared, check_pair, unshared};
pub use reasons::{Effect, Reasons};
pub use run::{Over, PathStatistic, Run};
pub use solve::{Outcome, Root, Solved, solve};
