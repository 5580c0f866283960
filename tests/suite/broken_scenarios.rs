//! Broken scenario files and what is said about them: every file of `tests/broken` with the text beside it.
//!
//! `UPDATE_EXPECT=1 cargo test --test broken_scenarios` writes the texts anew; read them as a new user would.

use std::path::{Path, PathBuf};
use tidegate::scenario::{self, load, load_text};

fn broken_files() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = Path::new("tests/broken")
        .read_dir()
        .expect("the folder is part of the project")
        .map(|entry| entry.expect("a directory entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort();
    files
}

#[test]
fn every_broken_file_is_answered_as_expected() {
    let mut wrong = Vec::new();
    for path in broken_files() {
        let name = path.to_string_lossy();
        let problems = load(&name).expect_err(&name);
        let text = format!("{}\n", problems.render(false));
        let expected = path.with_extension("txt");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&expected, &text).expect("the expected text can be written");
        } else if std::fs::read_to_string(&expected).unwrap_or_default() != text {
            wrong.push(format!("--- {name}\n{text}"));
        }
        assert!(!problems.unreadable(), "{name} was read, so it is the input that is wrong");
        for record in problems.records() {
            assert!(scenario::codes::explain(record.code).is_some(), "{} is not explained", record.code);
        }
    }
    assert!(wrong.is_empty(), "other than expected:\n{}", wrong.join("\n"));
}

#[test]
fn there_are_at_least_twenty_of_them_and_each_has_its_text() {
    let files = broken_files();
    assert!(files.len() >= 20);
    assert!(files.iter().all(|path| path.with_extension("txt").is_file()));
}

#[test]
fn every_code_is_met_by_some_broken_file() {
    let mut met: Vec<&str> = Vec::new();
    for path in broken_files() {
        met.extend(
            load(&path.to_string_lossy()).expect_err("a broken file").records().iter().map(|record| record.code),
        );
    }
    let unmet: Vec<&str> = scenario::codes::CODES.iter().map(|code| code.id).filter(|id| !met.contains(id)).collect();
    // A missing file cannot be kept in a folder; `files_that_cannot_be_read_are_no_fault_of_the_scenario` meets it.
    assert_eq!(unmet, ["S002"]);
}

#[test]
fn files_that_cannot_be_read_are_no_fault_of_the_scenario() {
    for asked in ["no/such/scenario.toml", "tests/broken"] {
        let problems = load(asked).expect_err(asked);
        assert!(problems.unreadable(), "{asked}: {problems}");
        assert_eq!(problems.records()[0].code, "S002");
    }
}

#[test]
fn an_unknown_name_is_answered_with_a_near_one() {
    let problems = load("shutdown_cash_hording").expect_err("a misspelt name");
    assert!(!problems.unreadable());
    assert_eq!(problems.records()[0].help.as_deref(), Some("did you mean `shutdown_cash_hoarding`?"));
    let problems = load("zzz").expect_err("no scenario");
    assert!(problems.records()[0].help.as_deref().is_some_and(|help| help.contains("baseline_2025q4")));
}

#[test]
fn a_file_larger_than_a_mebibyte_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("large.toml");
    std::fs::write(&path, "# large\n".repeat(200_000)).expect("the file can be written");
    let problems = load(&path.to_string_lossy()).expect_err("too large");
    assert!(problems.records()[0].message.contains("larger than 1 MiB"), "{problems}");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_the_folder_is_refused() {
    let outside = tempfile::tempdir().expect("a temporary folder");
    let inside = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(outside.path().join("parent.toml"), "extends = \"baseline_2025q4\"").expect("written");
    std::os::unix::fs::symlink(outside.path().join("parent.toml"), inside.path().join("link.toml")).expect("linked");
    let child = inside.path().join("child.toml");
    std::fs::write(&child, "title = \"Child\"\nextends = \"link\"\n").expect("written");
    let problems = load(&child.to_string_lossy()).expect_err("a link that leads elsewhere");
    assert_eq!(problems.records()[0].code, "S005", "{problems}");
}

#[test]
fn colour_changes_nothing_but_the_colour() {
    let problems = load("tests/broken/several_at_once.toml").expect_err("a broken file");
    let coloured = problems.render(true);
    assert!(coloured.contains("\u{1b}["));
    let mut plain = String::new();
    let mut rest = coloured.as_str();
    while let Some(start) = rest.find("\u{1b}[") {
        plain.push_str(&rest[..start]);
        let end = rest[start..].find('m').expect("a colour ends in m");
        rest = &rest[start + end + 1..];
    }
    plain.push_str(rest);
    assert_eq!(plain, problems.render(false));
}

/// Knuth's MMIX linear congruential generator: variety without a dependency.
struct Variety(u64);

impl Variety {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % bound
    }
}

#[test]
fn no_change_of_a_few_bytes_makes_the_reader_fall_over() {
    let mut variety = Variety(7);
    let fragments = [
        "\"",
        "[",
        "]",
        "{",
        "}",
        "=",
        "\n",
        "'",
        "\\u0000",
        "é",
        "-",
        "999999999999999999999",
        "nan",
        "inf",
        "2025-13-45",
        "(",
        "bn",
        "#",
        "[[event]]\n",
        "\"\"\"",
        "\0",
        "0x",
        ".",
        ",",
        "kind = \"shutdown\"\n",
    ];
    for shipped in scenario::shipped::SCENARIOS {
        let mut loaded = 0;
        for _ in 0..150 {
            let mut text = shipped.text.as_bytes().to_vec();
            for _ in 0..=variety.below(4) {
                let at = variety.below(text.len());
                match variety.below(4) {
                    0 => text[at] = variety.below(128) as u8,
                    1 => drop(text.drain(at..(at + variety.below(40)).min(text.len()))),
                    _ => {
                        let fragment = fragments[variety.below(fragments.len())];
                        text.splice(at..at, fragment.bytes());
                    }
                }
            }
            match load_text("mutant.toml", &String::from_utf8_lossy(&text)) {
                Ok(_) => loaded += 1,
                Err(problems) => assert!(!problems.render(true).is_empty() && !problems.is_empty()),
            }
        }
        assert!(loaded < 150, "some change must matter");
    }
}
