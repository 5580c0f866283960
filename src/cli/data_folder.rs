//! Which folder holds official history.

use clap::Args;
use std::path::PathBuf;

/// The folder of official series, as every command that reads or fills it is told.
#[derive(Args)]
pub struct DataFolder {
    /// Folder of official series, as `tidegate data pull` leaves it
    #[arg(long = "data", value_name = "DIR", env = "TIDEGATE_DATA", hide_env_values = true, default_value = "data")]
    pub folder: PathBuf,
}
