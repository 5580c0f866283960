//! Transcripts of the command line: `tests/cli/*.txt` hold commands with the output and the exit code that
//! a user sees. `UPDATE_EXPECT=1` writes them anew.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

/// Runs the program in a folder.
pub fn tidegate(arguments: &[&str], place: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tidegate")).args(arguments).current_dir(place).output().expect("it starts")
}

/// What it says on standard output when all is well.
pub fn said(arguments: &[&str], place: &Path) -> String {
    let done = tidegate(arguments, place);
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// What it says on standard error of input that is wrong.
pub fn refused(arguments: &[&str], place: &Path) -> String {
    let done = tidegate(arguments, place);
    assert_eq!(done.status.code(), Some(2), "{arguments:?}: {}", String::from_utf8_lossy(&done.stdout));
    String::from_utf8(done.stderr).unwrap()
}

/// Runs the program in a folder and ends it after some time as Ctrl-C does: its exit code, by which one that was over shows,
/// and what it said on standard error.
pub fn interrupted(arguments: &[&str], place: &Path, signal: &str, after: Duration) -> (Option<i32>, String) {
    let child = Command::new(env!("CARGO_BIN_EXE_tidegate"))
        .args(arguments)
        .current_dir(place)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    thread::sleep(after);
    let _ = Command::new("kill").args([signal, &child.id().to_string()]).output();
    let done = child.wait_with_output().expect("it ends");
    (done.status.code(), String::from_utf8_lossy(&done.stderr).into_owned())
}

/// Runs the commands of a transcript one after the other in a fresh folder and writes down what they say.
fn replay(transcript: &str, place: &Path) -> String {
    let mut found = String::new();
    for line in transcript.lines().filter(|line| line.starts_with("$ ")) {
        let words: Vec<String> = line[2..].split(' ').map(|word| word.replace("␣", " ")).collect();
        let (program, arguments) = words.split_first().unwrap();
        assert_eq!(program, "tidegate", "transcripts run tidegate alone");
        let done = Command::new(env!("CARGO_BIN_EXE_tidegate"))
            .args(arguments)
            .current_dir(place)
            .env_remove("TIDEGATE_DATA")
            .output()
            .unwrap();
        found.push_str(line);
        found.push('\n');
        found.push_str(&String::from_utf8_lossy(&done.stdout));
        found.push_str(&String::from_utf8_lossy(&done.stderr));
        found.push_str(&format!("[exit {}]\n\n", done.status.code().unwrap_or(-1)));
    }
    found
}

#[test]
fn transcripts_are_true() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let mut transcripts: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    transcripts.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    transcripts.sort();
    assert!(transcripts.len() >= 4, "the transcripts are in {}", folder.display());
    for path in transcripts {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("random_bytes.toml"), [0x9c, 0xff, 0x00, 0x1b, 0xe2, 0x28]).unwrap();
        fs::write(place.path().join("occupied"), "a file, not a folder").unwrap();
        fs::write(place.path().join("limited.toml"), LIMITED).unwrap();
        fs::write(place.path().join("unamplified.toml"), UNAMPLIFIED).unwrap();
        let expected = fs::read_to_string(&path).unwrap();
        let found = replay(&expected, place.path());
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&path, found).unwrap();
        } else {
            assert_eq!(found, expected, "{}", path.display());
        }
        let strays = fs::read_dir(place.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name.contains("partial") || name.contains("replaced"))
            .count();
        assert_eq!(strays, 0, "half-written folders are left behind by {}", path.display());
    }
}

/// A scenario with a limit that is breached.
const LIMITED: &str = r#"
title   = "A limit"
extends = "baseline_2025q4"
remove  = ["SOFR 10bp above IORB"]

[[watch]]
name  = "SOFR above the ON RRP rate"
when  = "sofr - iorb > -15bp"
limit = "5%"

[run]
paths = 64
"#;

/// A scenario whose banks do not hoard and whose dealers do not retreat.
const UNAMPLIFIED: &str = r#"
title   = "Without the loop"
extends = "shutdown_cash_hoarding"

[parameters]
hoarding_gain = "0bn/bp"
dealer_retreat_gain = "0%"

[run]
paths = 64
"#;

#[test]
fn results_are_the_same_bytes_on_any_number_of_threads() {
    let place = tempfile::tempdir().unwrap();
    let run = |threads: &str| {
        let out = format!("run{threads}");
        let done = Command::new(env!("CARGO_BIN_EXE_tidegate"))
            .args(["run", "shutdown_cash_hoarding", "--paths", "300", "--threads", threads, "--out", &out])
            .current_dir(place.path())
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        files_below(&place.path().join(out))
    };
    let one = run("1");
    assert!(one.len() >= 10 + 2 * 16, "ten files and pictures in two formats");
    for threads in ["2", "8"] {
        assert!(one == run(threads), "{threads} threads write other bytes");
    }
}

/// All files below a folder, by relative name, with their bytes.
pub fn files_below(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push((path.strip_prefix(folder).unwrap().to_path_buf(), fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}
