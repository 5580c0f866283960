//! The README is true: its commands are run, its outputs and pictures are what they give.
//! `UPDATE_EXPECT=1` writes them anew.

use crate::honest_numbers;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn is_update() -> bool {
    std::env::var_os("UPDATE_EXPECT").is_some()
}

fn tidegate(arguments: &[&str], place: &Path) -> String {
    let done =
        Command::new(env!("CARGO_BIN_EXE_tidegate")).args(arguments).current_dir(place).output().expect("it starts");
    format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr))
}

/// The contents of the fenced blocks of a language, in order.
fn blocks<'t>(text: &'t str, language: &str) -> Vec<&'t str> {
    let fence = format!("```{language}\n");
    text.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap_or_default()).collect()
}

#[test]
fn outputs_and_pictures_are_those_of_the_commands() {
    let place = tempfile::tempdir().unwrap();
    let path = root().join("README.md");
    let text = fs::read_to_string(&path).unwrap();

    let run = tidegate(&["run", "shutdown_cash_hoarding"], place.path());
    let comparison = honest_numbers::comparison("shutdown_cash_hoarding").text;
    let scenario = blocks(&text, "toml")[0];
    fs::write(place.path().join("drawdown.toml"), scenario).unwrap();
    let checked = tidegate(&["check", "drawdown.toml"], place.path());
    assert!(checked.starts_with("drawdown.toml: fine"), "{checked}");
    let mistaken = scenario.replace("-200bn", "-200bp").replace("sofr - iorb", "sofr - irob");
    fs::write(place.path().join("drawdown.toml"), mistaken).unwrap();
    let mistakes = tidegate(&["check", "drawdown.toml"], place.path());

    let explained = tidegate(&["explain", "hoarding_gain"], place.path());

    let outputs = [run, comparison, mistakes, explained];
    let shown = blocks(&text, "text");
    assert_eq!(shown.len(), outputs.len());
    if is_update() {
        let mut updated = text.clone();
        // From the last to the first, so that earlier places keep their offsets.
        for (block, output) in shown.iter().zip(&outputs).rev() {
            let start = block.as_ptr() as usize - text.as_ptr() as usize;
            updated.replace_range(start..start + block.len(), output);
        }
        fs::write(&path, updated).unwrap();
    } else {
        for (block, output) in shown.iter().zip(&outputs) {
            assert_eq!(block, output);
        }
    }

    for picture in ["sofr_iorb.svg", "reserves_to_low.svg"] {
        let drawn = fs::read(place.path().join("output/shutdown_cash_hoarding/charts").join(picture)).unwrap();
        let kept: PathBuf = root().join("docs/pictures").join(picture);
        if is_update() {
            fs::write(&kept, drawn).unwrap();
        } else {
            assert!(fs::read(&kept).unwrap_or_default() == drawn, "{} is not what the run draws", kept.display());
        }
    }
}
