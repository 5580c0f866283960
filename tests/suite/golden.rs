//! Golden outputs: what shipped scenarios say, to the byte. A change of the model shows here first.
//!
//! `UPDATE_EXPECT=1` writes them anew; the difference is then to be read, not waved through.

use std::fs;
use std::path::Path;
use std::process::Command;

const FILES: [&str; 4] = ["watch.csv", "attribution.csv", "books.csv", "manifest.json"];

#[test]
fn two_scenarios_say_what_they_said() {
    for name in ["shutdown_cash_hoarding", "baseline_2025q4"] {
        let place = tempfile::tempdir().unwrap();
        let run = Command::new(env!("CARGO_BIN_EXE_tidegate"))
            .args(["run", name, "--paths", "1000", "--out", "run"])
            .current_dir(place.path())
            .output()
            .unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
        compare(&golden.join("terminal.txt"), &run.stdout);
        let folder = place.path().join("run");
        for file in FILES {
            compare(&golden.join(file), &fs::read(folder.join(file)).unwrap());
        }
        // The whole fan is two thousand lines; its first day of each month stands for it.
        let fan = fs::read_to_string(folder.join("fan.csv")).unwrap();
        let mut month = String::new();
        let mut kept: Vec<&str> = Vec::new();
        for line in fan.lines() {
            let (date, variable) = (line.get(..7).unwrap_or(""), line.split(',').nth(1).unwrap_or(""));
            let key = format!("{date}{variable}");
            if key != month {
                kept.push(line);
            }
            month = key;
        }
        compare(&golden.join("fan_first_of_month.csv"), format!("{}\n", kept.join("\n")).as_bytes());
    }
}

fn compare(golden: &Path, found: &[u8]) {
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::create_dir_all(golden.parent().unwrap()).unwrap();
        fs::write(golden, found).unwrap();
        return;
    }
    let expected = fs::read(golden).unwrap_or_default();
    if expected != found {
        let (expected, found) = (String::from_utf8_lossy(&expected), String::from_utf8_lossy(found));
        let difference = expected.lines().zip(found.lines()).find(|(a, b)| a != b);
        panic!("{} differs, first here: {difference:?}", golden.display());
    }
}
