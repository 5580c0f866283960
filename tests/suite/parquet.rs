//! `tidegate run --parquet` as a user meets it: the same numbers as the tables have, in full.

use crate::command_line::tidegate;
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::record::{Row, RowAccessor};
use std::fs::{self, File};
use std::path::Path;

fn rows(file: &Path) -> Vec<Row> {
    let reader = SerializedFileReader::new(File::open(file).unwrap()).unwrap();
    reader.get_row_iter(None).unwrap().map(|row| row.unwrap()).collect()
}

/// Rows of a table, header first.
fn cells(file: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(file).unwrap();
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

#[test]
fn parquet_has_the_numbers_of_the_tables() {
    let place = tempfile::tempdir().unwrap();
    let arguments = ["run", "baseline_2025q4", "--paths", "40", "--out", "run", "--parquet=sofr,reserves"];
    let done = tidegate(&arguments, place.path());
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let folder = place.path().join("run");

    let (fan, expected) = (rows(&folder.join("fan.parquet")), cells(&folder.join("fan.csv")));
    assert_eq!(fan.len(), expected.len() - 1);
    for (row, cells) in fan.iter().zip(&expected[1..]) {
        assert_eq!(row.get_string(1).unwrap(), &cells[1]);
        for column in 3..14 {
            let (found, rounded) = (row.get_double(column).unwrap(), cells[column].parse::<f64>().unwrap());
            assert!((found - rounded).abs() <= 0.5e-6 + 1e-9, "{cells:?}");
        }
    }

    let (paths, expected) = (rows(&folder.join("paths.parquet")), cells(&folder.join("sample_paths.csv")));
    let columns = ["sofr", "reserves"].map(|name| expected[0].iter().position(|column| column == name).unwrap());
    assert_eq!(paths.len(), (expected.len() - 1) / 10 * 40);
    for (row, cells) in paths.iter().zip(&expected[1..]) {
        assert_eq!(row.get_long(0).unwrap().to_string(), cells[0]);
        for (at, column) in columns.into_iter().enumerate() {
            let (found, rounded) = (row.get_double(2 + at).unwrap(), cells[column].parse::<f64>().unwrap());
            assert!((found - rounded).abs() <= 0.5e-6 + 1e-9, "{cells:?}");
        }
    }

    // What there is besides is as without it, and a run without it takes it away.
    let fan = fs::read(folder.join("fan.csv")).unwrap();
    assert!(tidegate(&arguments[..6], place.path()).status.success());
    assert_eq!(fan, fs::read(folder.join("fan.csv")).unwrap());
    assert!(!folder.join("paths.parquet").exists());
}

#[test]
fn a_variable_that_is_none_is_refused_before_anything_is_simulated() {
    let place = tempfile::tempdir().unwrap();
    let done = tidegate(&["run", "baseline_2025q4", "--parquet=reserves,sofr_iobr"], place.path());
    assert_eq!(done.status.code(), Some(2));
    let told = String::from_utf8(done.stderr).unwrap();
    assert_eq!(told, "error: `--parquet`: no variable of the run is called `sofr_iobr`; did you mean `sofr_iorb`?\n");
    assert!(!place.path().join("output").exists());
}
