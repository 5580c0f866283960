//! The floors of the house: a room imports only from rooms below it. ARCHITECTURE.md says why.

use std::fs;
use std::path::{Path, PathBuf};

const FLOORS: [(&str, u32); 22] = [
    ("documentation", 0),
    ("units", 1),
    ("calendar", 1),
    ("history", 2),
    ("model", 2),
    ("download", 3),
    ("scenario", 3),
    ("as_of", 4),
    ("explanation", 4),
    ("random", 4),
    ("statistics", 4),
    ("simulation", 5),
    ("exchange", 6),
    ("forecast", 6),
    ("results", 6),
    ("calibration", 7),
    ("research", 7),
    ("shards", 7),
    ("backtest", 8),
    ("report", 9),
    ("serve", 10),
    ("cli", 11),
];

/// What a room may not know, besides the rooms above it.
const FORBIDDEN: [(&str, &[&str]); 5] = [
    ("model", &["std::fs", "std::io", "rayon", "toml", "clap", "rand", "println!"]),
    ("statistics", &["std::fs", "std::io", "toml", "clap", "rand"]),
    ("simulation", &["std::fs", "std::io", "toml", "clap"]),
    ("explanation", &["std::fs", "std::io", "toml", "clap"]),
    ("research", &["std::fs", "std::io", "toml", "clap"]),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// The code of a file without its comments and unit tests.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let code = text.split("mod tests {\n").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_room_imports_only_from_below() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for (room, floor) in FLOORS {
        let place = src.join(room);
        let files = if place.is_dir() { sources(&place) } else { vec![src.join(format!("{room}.rs"))] };
        for file in files {
            let code = code(&file);
            for (other, other_floor) in FLOORS {
                let imports =
                    code.contains(&format!("crate::{other}::")) || code.contains(&format!("use crate::{other};"));
                if imports && other != room && other_floor > floor {
                    wrong.push(format!("{} imports {other}", file.display()));
                }
            }
            for (_, words) in FORBIDDEN.iter().filter(|(forbidding, _)| *forbidding == room) {
                for word in *words {
                    // As a path or a macro, not as part of a longer word.
                    let found =
                        code.contains(&format!("{word}::")) || (word.contains(['!', ':']) && code.contains(word));
                    if found {
                        wrong.push(format!("{} knows {word}", file.display()));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_room_has_a_floor() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in fs::read_dir(src).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let room = name.trim_end_matches(".rs");
        let known = FLOORS.iter().any(|(floor, _)| *floor == room) || ["lib", "main"].contains(&room);
        assert!(known, "{name} stands on no floor");
    }
}
