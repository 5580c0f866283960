//! One run shared out among processes and machines, which need nothing in common but a folder.
//!
//! ```text
//! plan ──▶ output/NAME.job/job.json, scenario/        what is to be counted, and by which bins
//! count ─▶ output/NAME.job/shards/00007.tally         once for every shard, anywhere, in any order, as often as one likes
//! merge ─▶ Counted                                    what one process would have counted, to the same bytes
//! ```
//!
//! Nothing here schedules anything: whatever starts processes on machines does. A file of a shard appears whole or not at
//! all, says of which plan and shard it is, and carries a checksum, so that it does not matter who counted it, how often,
//! or how it came into the folder.

mod error;
mod job;
mod job_file;
mod merge;
mod plan;
mod shard;
mod slice;

pub use error::{Fault, JobError, Progress};
pub use job::{JOB_FOLDER, Job};
pub use plan::{MOST_SHARDS, Planned, plan};
pub use shard::{Shard, Was};
pub use slice::Slice;
