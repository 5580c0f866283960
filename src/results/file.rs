//! A file that appears whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Writes a file beside its place and moves it there by renaming, in the place of what was there.
///
/// # Errors
/// Any step that the file system refuses; what was there is then as it was.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_whole_by(path, |out| out.write_all(bytes))
}

/// The same of what `write` writes.
///
/// # Errors
/// That of `write`, or any step that the file system refuses; what was there is then as it was.
pub fn write_whole_by(path: &Path, write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> io::Result<()> {
    let (aside, file) = open_aside(path)?;
    let mut out = BufWriter::new(file);
    let written = write(&mut out).and_then(|()| out.into_inner()?.sync_all());
    let moved = written.and_then(|()| fs::rename(&aside, path));
    if moved.is_err() {
        let _ = fs::remove_file(&aside);
    }
    moved
}

/// Opens a file beside `path` that nobody else has: processes of the same number may run on several machines.
fn open_aside(path: &Path) -> io::Result<(PathBuf, File)> {
    let mut attempt = 0;
    loop {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".{}.{attempt}.partial", std::process::id()));
        let aside = PathBuf::from(name);
        match File::create_new(&aside) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => attempt += 1,
            opened => return opened.map(|file| (aside, file)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_another_process_of_the_same_number_left_is_not_touched() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("shard");
        let (other, _) = open_aside(&path).unwrap();
        fs::write(&other, "half").unwrap();
        write_whole(&path, b"whole").unwrap();
        assert_eq!((fs::read(&path).unwrap(), fs::read(&other).unwrap()), (b"whole".to_vec(), b"half".to_vec()));
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 2, "nothing else is left");
    }
}
