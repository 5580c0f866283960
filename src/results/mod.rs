//! The run folder: what is written, in which words, whole or not at all.
//!
//! The types here are the wire format. They carry a version and are not the types the simulation uses.

mod amplification;
mod books;
mod checkpoint;
mod counted;
mod counting;
mod figure;
mod file;
mod fingerprint;
mod folder;
mod headlines;
mod journal;
mod manifest;
mod parquet_file;
mod path_values;
mod record;
mod reopen;
mod table;
mod tables;
mod uncertain;
mod until;

pub use amplification::{AmplificationRecord, FactorRecord, GainRecord, SelfFeedingRecord};
pub use books::{BookRow, BookSection, books};
pub use checkpoint::{Checkpoint, CheckpointError};
pub use counted::{Counted, CountedBytes, run_fingerprint};
pub use figure::{EXTREMES, Extreme, Figure};
pub use file::{write_whole, write_whole_by};
pub use fingerprint::fingerprint;
pub use folder::{FolderError, Layout, check_place, write_folder, write_folder_with};
pub use headlines::{Band, Headlines, Move, SpreadHeadline};
pub use journal::{Answer, Journal, JournalError};
pub use manifest::{Asked, FORMAT_VERSION, RUN_FOLDER, manifest};
pub use parquet_file::{ParquetFile, epoch_days};
pub use path_values::{about, simulate_values, variables_named, write_paths};
pub use record::{Carried, RunRecord, WatchRecord};
pub use reopen::{Drift, Reopened, is_run, own_file, reopen, scenario_files};
pub use table::{Column, Table, Values, number, to_csv};
pub use tables::{
    SAMPLE_PATHS, attribution_table, books_table, fan_errors_table, fan_table, moving, path_values, paths_table,
    table_of_paths, uncertain_table, watch_table,
};
pub use uncertain::{Uncertain, figures, uncertain};
pub use until::Until;
