//! The run folder: what is written, in which words, whole or not at all.
//!
//! The types here are the wire format. They carry a version and are not the types the simulation uses.

mod amplification;
mod books;
mod checkpoint;
mod figure;
mod figure_error;
mod file;
mod fingerprint;
mod folder;
mod headlines;
mod manifest;
mod record;
mod reopen;
mod tables;
mod uncertain;
mod until;

pub use amplification::{AmplificationRecord, FactorRecord, GainRecord, SelfFeedingRecord};
pub use books::{BookRow, BookSection, books};
pub use checkpoint::{Checkpoint, CheckpointError, Counted};
pub use figure::{EXTREMES, Extreme, Figure};
pub use file::write_whole;
pub use fingerprint::fingerprint;
pub use folder::{FolderError, Layout, check_place, write_folder};
pub use headlines::{Band, Headlines, Move, SpreadHeadline};
pub use manifest::{Asked, FORMAT_VERSION, RUN_FOLDER, manifest};
pub use record::{Carried, RunRecord, WatchRecord};
pub use reopen::{Drift, Reopened, is_run, reopen, scenario_files};
pub use tables::{
    SAMPLE_PATHS, attribution_table, books_table, fan_errors_table, fan_table, number, sample_paths_table, to_csv,
    uncertain_table, watch_table,
};
pub use uncertain::{Uncertain, figures, uncertain};
pub use until::{Until, next_look};
