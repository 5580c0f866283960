//! What a study has found so far, in a file beside its folder, from which the same study goes on.
//!
//! ```text
//! {"tidegate":"0.1.0","study":"1b9c…"}     which study it is of
//! 3.5 0.1;12 0.4 12.5 0.4                  per point a line: value and error, per output, with `;` between outputs
//! ```
//!
//! A line is of a whole point; a last one without its end was being written when the study broke off, and is not read.

use crate::history::Fingerprint;
use crate::statistics::Measured;
use serde::{Deserialize, Serialize};
use std::fmt::{self, Write as _};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What is found at a point of a study: for each output one number, or several.
pub type Answer = Vec<Vec<Measured>>;

/// The answers of a study, as far as it came.
pub struct Journal {
    answers: Vec<Answer>,
    /// Where they are kept; nowhere if the study is short.
    kept: Option<Kept>,
}

struct Kept {
    path: PathBuf,
    heading: Heading,
    /// Open once there is something to keep.
    file: Option<File>,
}

#[derive(Serialize, Deserialize, PartialEq)]
struct Heading {
    tidegate: String,
    study: String,
}

/// A journal that cannot be read or written.
#[derive(Debug)]
pub struct JournalError {
    path: PathBuf,
    cause: io::Error,
}

impl fmt::Display for JournalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot keep what was found in {}: {}", self.path.display(), self.cause)
    }
}

impl std::error::Error for JournalError {}

impl Journal {
    /// Of a study that keeps nothing.
    pub fn none() -> Journal {
        Journal { answers: Vec::new(), kept: None }
    }

    /// Of the study of this fingerprint into `folder`; what an earlier one found is taken up, unless it was another, or was
    /// written by another version, or is to be begun anew.
    pub fn beside(folder: &Path, study: Fingerprint, points: usize, anew: bool) -> Journal {
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let parent = folder.parent().unwrap_or(Path::new(""));
        let path = parent.join(format!(".{name}.journal"));
        let heading = Heading { tidegate: env!("CARGO_PKG_VERSION").to_owned(), study: study.to_string() };
        let text = if anew { String::new() } else { fs::read_to_string(&path).unwrap_or_default() };
        Journal { answers: read(&text, &heading, points), kept: Some(Kept { path, heading, file: None }) }
    }

    /// What was found, in the order of the points.
    pub fn answers(&self) -> &[Answer] {
        &self.answers
    }

    /// Keeps the answers of the next points.
    ///
    /// # Errors
    /// The file system refuses.
    pub fn append(&mut self, answers: Vec<Answer>) -> Result<(), JournalError> {
        if let Some(kept) = &mut self.kept {
            let added = kept.add(&self.answers, &answers);
            added.map_err(|cause| JournalError { path: kept.path.clone(), cause })?;
        }
        self.answers.extend(answers);
        Ok(())
    }

    /// Once the result is written.
    pub fn finish(self) {
        if let Some(kept) = self.kept {
            let _ = fs::remove_file(kept.path);
        }
    }
}

impl Kept {
    /// Writes the answers there are `before`, if the file is not open yet, and more.
    fn add(&mut self, before: &[Answer], more: &[Answer]) -> io::Result<()> {
        let mut file = match self.file.take() {
            Some(file) => file,
            None => {
                if let Some(parent) = self.path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
                    fs::create_dir_all(parent)?;
                }
                // Written anew, so that a line that was cut goes.
                let heading = serde_json::to_string(&self.heading).expect("a heading is plain data") + "\n";
                fs::write(&self.path, heading + &before.iter().map(line).collect::<String>())?;
                OpenOptions::new().append(true).open(&self.path)?
            }
        };
        file.write_all(more.iter().map(line).collect::<String>().as_bytes())?;
        file.sync_data()?;
        self.file = Some(file);
        Ok(())
    }
}

fn line(answer: &Answer) -> String {
    let mut line = String::new();
    for (place, output) in answer.iter().enumerate() {
        line.push_str(if place > 0 { ";" } else { "" });
        for (at, Measured { value, error }) in output.iter().enumerate() {
            let _ = write!(line, "{}{value:?} {error:?}", if at > 0 { " " } else { "" });
        }
    }
    line + "\n"
}

fn read(text: &str, heading: &Heading, points: usize) -> Vec<Answer> {
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    let mut lines = whole.split('\n');
    let same =
        lines.next().and_then(|first| serde_json::from_str::<Heading>(first).ok()).is_some_and(|it| it == *heading);
    if !same {
        return Vec::new();
    }
    lines.map_while(answer_of).take(points).collect()
}

fn answer_of(line: &str) -> Option<Answer> {
    let output = |text: &str| -> Option<Vec<Measured>> {
        let numbers: Vec<f64> = text.split(' ').map(|number| number.parse().ok()).collect::<Option<_>>()?;
        let pairs = numbers.as_chunks::<2>().0.iter();
        numbers.len().is_multiple_of(2).then(|| pairs.map(|&[value, error]| Measured { value, error }).collect())
    };
    line.split(';').map(output).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers() -> Vec<Answer> {
        let measured = |value: f64, error: f64| Measured { value, error };
        vec![
            vec![vec![measured(0.1 + 0.2, 1e-300)], vec![measured(-0.0, 5.0), measured(1.0 / 3.0, 0.0)]],
            vec![vec![measured(2.0, 0.5)], vec![measured(3.0, 5.0), measured(1e22, 0.25)]],
        ]
    }

    #[test]
    fn a_study_goes_on_from_its_journal_and_no_other_does() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let place = folder.path().join("out");
        let open = |study: u64, anew: bool| Journal::beside(&place, Fingerprint(study), 3, anew);
        let mut first = open(1, false);
        first.append(answers()).expect("kept");
        drop(first);
        // The last line is cut as if the machine had stopped.
        let file = folder.path().join(".out.journal");
        let text = fs::read_to_string(&file).expect("it is there");
        fs::write(&file, &text[..text.len() - 5]).expect("cut");
        let mut second = open(1, false);
        assert_eq!(second.answers(), &answers()[..1], "to the last bit");
        second.append(answers()[1..].to_vec()).expect("kept");
        drop(second);
        assert_eq!(open(1, false).answers(), answers());
        assert!(open(2, false).answers().is_empty(), "another study");
        let mut third = open(1, false);
        third.append(answers()).expect("kept");
        assert!(open(1, true).answers().is_empty(), "begun anew");
        open(1, false).finish();
        assert!(!file.exists());
    }
}
