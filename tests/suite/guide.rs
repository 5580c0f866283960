//! `docs/guide.md` and `docs/studies.md` can be followed: their commands are run one after the other in one folder, the file is the one that is
//! saved, and the lines they show are lines that were printed. `UPDATE_EXPECT=1` puts today's lines in the place of those that
//! begin alike.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Characters by which a line that was shown is found again among those printed.
const ALIKE: usize = 12;

#[test]
fn a_newcomer_who_types_what_it_says_sees_what_it_shows() {
    let (commands, shown) = follow("docs/guide.md");
    assert!(commands >= 8 && shown >= 7, "{commands} commands, {shown} outputs");
}

#[test]
fn so_does_who_studies_a_scenario() {
    let (commands, shown) = follow("docs/studies.md");
    assert!(commands >= 5 && shown >= 5, "{commands} commands, {shown} outputs");
}

/// Follows a guide; how many commands it has, and outputs.
fn follow(guide: &str) -> (usize, usize) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(guide);
    let text = fs::read_to_string(&path).unwrap();
    let place = tempfile::tempdir().unwrap();
    let mut updated = String::new();
    let mut printed = String::new();
    let (mut commands, mut shown) = (0, 0);
    let mut parts = text.split("```");
    updated.push_str(parts.next().unwrap());
    while let (Some(block), Some(words)) = (parts.next(), parts.next()) {
        let (language, body) = block.split_once('\n').unwrap();
        let body = match language {
            "toml" => {
                fs::write(place.path().join("short_shutdown.toml"), body).unwrap();
                body.to_owned()
            }
            "sh" => {
                printed = body.lines().map(|line| run(line, place.path())).collect();
                commands += body.lines().count();
                body.to_owned()
            }
            "text" => {
                shown += 1;
                body.lines().map(|line| found_again(line, &printed) + "\n").collect()
            }
            other => {
                assert_eq!(other, "console", "a block of a kind that nothing runs or checks");
                body.to_owned()
            }
        };
        updated.push_str(&format!("```{language}\n{body}```{words}"));
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, updated).unwrap();
    } else {
        assert_eq!(updated, text);
    }
    (commands, shown)
}

/// Runs a line as a shell would that knows words and double quotes, and nothing else.
fn run(line: &str, place: &Path) -> String {
    let mut words = Vec::new();
    for (number, part) in line.split('"').enumerate() {
        if number % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    let (program, arguments) = words.split_first().unwrap();
    assert_eq!(program, "tidegate");
    let done = Command::new(env!("CARGO_BIN_EXE_tidegate")).args(arguments).current_dir(place).output().unwrap();
    assert!(done.status.success(), "{line}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// The printed line that begins as the one that was shown.
fn found_again(line: &str, printed: &str) -> String {
    if line == "…" {
        return line.to_owned();
    }
    let start: String = line.chars().take(ALIKE).collect();
    let alike = |printed: &&str| printed.starts_with(&start);
    printed
        .lines()
        .find(|printed| *printed == line)
        .or_else(|| printed.lines().find(alike))
        .unwrap_or_default()
        .to_owned()
}
