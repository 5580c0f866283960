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
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}.partial", std::process::id()));
    let aside = PathBuf::from(name);
    let written = File::create(&aside).map(BufWriter::new).and_then(|mut out| {
        write(&mut out)?;
        out.into_inner()?.sync_all()
    });
    let moved = written.and_then(|()| fs::rename(&aside, path));
    if moved.is_err() {
        let _ = fs::remove_file(&aside);
    }
    moved
}
