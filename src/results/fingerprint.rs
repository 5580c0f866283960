//! What tells the files of one run from those of any other.

use sha2::{Digest, Sha256};

/// The first sixteen hexadecimal digits of the SHA-256 of all files one after another, each after its name and length.
pub fn fingerprint(files: &[(String, Vec<u8>)]) -> String {
    let mut digest = Sha256::new();
    for (name, contents) in files {
        digest.update(format!("{name} {}\n", contents.len()));
        digest.update(contents);
    }
    digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_that_of_sha256sum() {
        // printf 'a.csv 2\nhib 0\n' | sha256sum
        let files = [("a.csv".to_owned(), b"hi".to_vec()), ("b".to_owned(), Vec::new())];
        assert_eq!(fingerprint(&files), "affbf481baa83993");
    }
}
