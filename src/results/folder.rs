//! Folders that appear whole or not at all.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A folder that could not be written.
#[derive(Debug)]
pub struct FolderError {
    /// What was being done, completing "cannot …".
    action: &'static str,
    /// Where.
    path: PathBuf,
    /// Why not.
    cause: io::Error,
}

impl fmt::Display for FolderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} {}: {}", self.action, self.path.display(), self.cause)
    }
}

impl std::error::Error for FolderError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}

/// The names that a kind of result has at the top of its folder.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// The file by which such a folder is known: JSON with a `tidegate` version and a `format`.
    pub mark: &'static str,
    /// All files and folders, the mark included.
    pub names: &'static [&'static str],
}

/// Whether [`write_folder`] could put a result there, as far as one can tell without writing.
///
/// # Errors
/// Something is in the way that is not a result: a file, a folder without the mark, or somebody's own
/// files among the results.
pub fn check_place(folder: &Path, layout: Layout) -> Result<(), FolderError> {
    let refuse = |why: String| {
        let cause = io::Error::new(io::ErrorKind::AlreadyExists, why);
        Err(fail("replace", folder)(cause))
    };
    if folder.exists() && !folder.is_dir() {
        return refuse("it is a file, not a folder".to_owned());
    }
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let held: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let is_result = || fs::read(folder.join(layout.mark)).is_ok_and(|bytes| is_our_mark(&bytes));
    if !held.is_empty() && !is_result() {
        return refuse(format!("it holds other files and no tidegate {}", layout.mark));
    }
    if let Some(own) = held.iter().find(|name| !layout.names.contains(&name.as_str())) {
        return refuse(format!("it also holds `{own}`, which no run writes; move it away"));
    }
    match folder.ancestors().skip(1).find(|ancestor| ancestor.exists() && !ancestor.is_dir()) {
        Some(file) => Err(fail("make a folder in", file)(io::ErrorKind::NotADirectory.into())),
        None => Ok(()),
    }
}

/// Whether the mark was written by this program: other programs call files `manifest.json` too.
fn is_our_mark(bytes: &[u8]) -> bool {
    serde_json::from_slice::<serde_json::Value>(bytes)
        .is_ok_and(|mark| mark["tidegate"].is_string() && mark["format"].is_number())
}

fn fail(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> FolderError {
    let path = path.to_path_buf();
    move |cause| FolderError { action, path, cause }
}

/// Writes `files`, with paths relative to `folder`, and puts them in the place of what was there.
///
/// The files are written beside the folder first and moved by renaming, so that a reader, or a crash,
/// never meets half a result. An earlier result is replaced; anything else is not (see [`check_place`]).
///
/// # Errors
/// Any step that the file system refuses; nothing is then left behind in `folder`.
pub fn write_folder(folder: &Path, layout: Layout, files: &[(String, Vec<u8>)]) -> Result<(), FolderError> {
    write_folder_with(folder, layout, files, |_| Ok(()))
}

/// As [`write_folder`], with files that `more` writes into the folder it is given: those too large to be held in memory.
///
/// # Errors
/// As [`write_folder`], or that of `more`.
pub fn write_folder_with(
    folder: &Path,
    layout: Layout,
    files: &[(String, Vec<u8>)],
    more: impl FnOnce(&Path) -> io::Result<()>,
) -> Result<(), FolderError> {
    check_place(folder, layout)?;
    let (parent, name) = beside(folder);
    fs::create_dir_all(parent).map_err(fail("make the folder", parent))?;
    let aside = parent.join(format!(".{name}.{}.partial", std::process::id()));
    let replaced = parent.join(format!(".{name}.{}.replaced", std::process::id()));
    let written = write_all(&aside, files).and_then(|()| {
        more(&aside).map_err(fail("write", folder))?;
        if folder.exists() {
            fs::rename(folder, &replaced).map_err(fail("replace", folder))?;
        }
        fs::rename(&aside, folder).map_err(fail("write", folder))
    });
    if written.is_err() {
        // Best effort: what failed is reported, and the earlier result is put back.
        let _ = fs::remove_dir_all(&aside);
        if replaced.exists() && !folder.exists() {
            let _ = fs::rename(&replaced, folder);
        }
    }
    if written.is_ok() {
        let _ = fs::remove_dir_all(&replaced);
    }
    written
}

/// The folder that holds `folder`, and its name there.
pub(super) fn beside(folder: &Path) -> (&Path, String) {
    let name = folder.file_name().map_or_else(|| "run".to_owned(), |name| name.to_string_lossy().into_owned());
    (folder.parent().unwrap_or(folder), name)
}

fn write_all(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), FolderError> {
    for (name, contents) in files {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).and_then(|()| fs::write(&path, contents)).map_err(|cause| FolderError {
            action: "write",
            path,
            cause,
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAYOUT: Layout = Layout { mark: "mark.json", names: &["mark.json", "charts", "stale.csv"] };

    fn files(text: &str) -> Vec<(String, Vec<u8>)> {
        let mark = format!("{{ \"tidegate\": \"{text}\", \"format\": 1 }}");
        vec![("mark.json".into(), mark.into()), ("charts/a.svg".into(), b"<svg/>".to_vec())]
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_second_run_replaces_the_first_and_leaves_nothing_else() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("deep/run");
        write_folder(&folder, LAYOUT, &files("one")).unwrap();
        fs::write(folder.join("stale.csv"), "old").unwrap();
        write_folder(&folder, LAYOUT, &files("two")).unwrap();
        assert!(fs::read_to_string(folder.join("mark.json")).unwrap().contains("two"));
        assert_eq!(names(&folder), ["charts", "mark.json"]);
        assert_eq!(names(folder.parent().unwrap()), ["run"]);
    }

    #[test]
    fn a_folder_that_is_not_a_result_is_not_replaced() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("thesis");
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("chapter1.tex"), "precious").unwrap();
        fs::write(folder.join("mark.json"), "{ \"name\": \"somebody else's\" }").unwrap();
        let error = write_folder(&folder, LAYOUT, &files("one")).unwrap_err();
        assert!(error.to_string().contains("no tidegate mark.json"), "{error}");
        assert_eq!(names(&folder), ["chapter1.tex", "mark.json"]);
        assert_eq!(names(place.path()), ["thesis"]);
    }

    #[test]
    fn somebodys_own_file_among_the_results_is_kept() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("run");
        write_folder(&folder, LAYOUT, &files("one")).unwrap();
        fs::write(folder.join("my_notes.md"), "precious").unwrap();
        let error = write_folder(&folder, LAYOUT, &files("two")).unwrap_err();
        assert!(error.to_string().contains("also holds `my_notes.md`"), "{error}");
        assert_eq!(fs::read_to_string(folder.join("my_notes.md")).unwrap(), "precious");
        assert!(fs::read_to_string(folder.join("mark.json")).unwrap().contains("one"));
    }

    #[test]
    fn a_place_that_cannot_be_written_leaves_nothing() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("file"), "in the way").unwrap();
        let error = write_folder(&place.path().join("file/run"), LAYOUT, &files("one")).unwrap_err();
        assert!(error.to_string().starts_with("cannot make a folder in"), "{error}");
        assert_eq!(names(place.path()), ["file"]);
    }
}
