//! The folder: files that are replaced whole or not at all, and a record of when each came.

use super::error::DownloadError;
use super::table::Table;
use crate::history::Fingerprint;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The record of what was pulled, beside the folders of the publishers.
const RECORD: &str = "pulled.json";

/// When a file last came, and what it was then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Receipt {
    /// Moment of the last pull, coordinated universal time.
    pub retrieved: String,
    /// The service that was asked, and where.
    pub from: String,
    /// Rows below the header.
    pub rows: usize,
    /// FNV-1a of the bytes, 64 bits.
    pub fingerprint: String,
}

/// A folder of official series.
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// A folder, which need not exist before something is written.
    pub fn new(folder: &Path) -> Store {
        Store { folder: folder.to_owned() }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A file of the folder; none if there is no such file.
    ///
    /// # Errors
    /// It cannot be read or is no CSV.
    pub fn read(&self, file: &str) -> Result<Option<Table>, DownloadError> {
        let path = self.folder.join(file);
        let fail = |cause| DownloadError::File { action: "read", path: path.clone(), cause };
        match fs::read(&path) {
            Ok(bytes) => {
                let table = Table::parse(&bytes).map_err(|why| io::Error::new(io::ErrorKind::InvalidData, why));
                table.map(Some).map_err(fail)
            }
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(fail(cause)),
        }
    }

    /// Puts a file in place and notes where it came from. A file that stays the same is not touched.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&self, file: &str, table: &Table, from: &str) -> Result<(), DownloadError> {
        let bytes = table.to_bytes();
        self.replace(file, &bytes)?;
        let mut receipts = self.receipts();
        receipts.insert(
            file.to_owned(),
            Receipt {
                retrieved: jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
                from: from.to_owned(),
                rows: table.rows.len(),
                fingerprint: Fingerprint::EMPTY.with(&bytes).to_string(),
            },
        );
        let record = serde_json::to_string_pretty(&receipts).expect("receipts are plain data") + "\n";
        self.replace(RECORD, record.as_bytes())
    }

    /// What was pulled when. A record that cannot be read counts as none: the files do not depend on it.
    pub fn receipts(&self) -> BTreeMap<String, Receipt> {
        let record = fs::read(self.folder.join(RECORD)).ok();
        record.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Writes beside the file and renames, so that there is the old file or the new one, and never half of one.
    fn replace(&self, file: &str, bytes: &[u8]) -> Result<(), DownloadError> {
        let path = self.folder.join(file);
        if fs::read(&path).is_ok_and(|old| old == bytes) {
            return Ok(());
        }
        let aside = path.with_file_name(format!("{}.partial", file.rsplit('/').next().unwrap_or(file)));
        let fail = |cause| DownloadError::File { action: "write", path: path.clone(), cause };
        let write = || {
            fs::create_dir_all(path.parent().unwrap_or(&self.folder))?;
            let mut opened = fs::File::create(&aside)?;
            opened.write_all(bytes)?;
            opened.sync_all()?;
            fs::rename(&aside, &path)
        };
        write().map_err(|cause| {
            // Of no use to anybody, and in the way of nothing if it stays.
            let _ = fs::remove_file(&aside);
            fail(cause)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_its_receipt_kept() {
        let place = tempfile::tempdir().unwrap();
        let store = Store::new(&place.path().join("data"));
        assert_eq!(store.read("fred/SOFR.csv").unwrap(), None);
        let table = Table::parse(b"observation_date,SOFR\n2026-03-31,3.68\n").unwrap();
        store.write("fred/SOFR.csv", &table, "FRED").unwrap();
        assert_eq!(store.read("fred/SOFR.csv").unwrap(), Some(table));
        let receipt = &store.receipts()["fred/SOFR.csv"];
        assert_eq!((receipt.rows, receipt.from.as_str()), (1, "FRED"));
        let names: Vec<_> =
            fs::read_dir(place.path().join("data/fred")).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(names, ["SOFR.csv"], "nothing is left beside the file");
    }

    #[test]
    fn what_cannot_be_written_is_told_and_leaves_nothing() {
        let place = tempfile::tempdir().unwrap();
        fs::create_dir_all(place.path().join("fred/SOFR.csv")).unwrap();
        let store = Store::new(place.path());
        let message = store.write("fred/SOFR.csv", &Table::new(&["a"]), "FRED").unwrap_err().to_string();
        assert!(message.starts_with("cannot write "), "{message}");
        assert_eq!(fs::read_dir(place.path().join("fred")).unwrap().count(), 1);
    }
}
