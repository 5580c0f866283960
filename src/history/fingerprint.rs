//! A number that changes with any byte of the files a result was made from.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// FNV-1a of the names and bytes of files, 64 bits (Fowler, Noll and Vo; RFC 9923).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint(pub u64);

impl Fingerprint {
    /// Of nothing.
    pub const EMPTY: Fingerprint = Fingerprint(0xcbf2_9ce4_8422_2325);

    /// With more bytes after those it was made of.
    pub fn with(self, bytes: &[u8]) -> Fingerprint {
        Fingerprint(bytes.iter().fold(self.0, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)))
    }

    /// Of every CSV file below a folder, in order of their names.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn of_folder(folder: &Path) -> std::io::Result<Fingerprint> {
        let mut files = Vec::new();
        collect(folder, &mut files)?;
        files.sort();
        files.into_iter().try_fold(Fingerprint::EMPTY, |hash, file| {
            let name = file.strip_prefix(folder).unwrap_or(&file).to_string_lossy().replace('\\', "/");
            Ok(hash.with(name.as_bytes()).with(&fs::read(&file)?))
        })
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "csv") {
            files.push(path);
        }
    }
    Ok(())
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_published_vectors() {
        // FNV-1a 64 test vectors of the authors (isthe.com, fnv test suite): "", "a", "foobar".
        assert_eq!(Fingerprint::EMPTY.0, 0xcbf2_9ce4_8422_2325);
        assert_eq!(Fingerprint::EMPTY.with(b"a").0, 0xaf63_dc4c_8601_ec8c);
        assert_eq!(Fingerprint::EMPTY.with(b"foobar").0, 0x8594_4171_f739_67e8);
    }
}
