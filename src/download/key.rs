//! The key of the FRED API, which must not appear anywhere but in the request.

use std::fmt;

/// A key that does not print.
#[derive(Clone)]
pub struct Key(String);

impl Key {
    /// A key, as from the environment; none if it is blank.
    pub fn new(text: &str) -> Option<Key> {
        let text = text.trim();
        (!text.is_empty()).then(|| Key(text.to_owned()))
    }

    /// The key itself, for the request alone.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }

    /// Takes the key out of a text that came from elsewhere and may repeat it.
    pub fn conceal(&self, text: &str) -> String {
        text.replace(&self.0, "(key)")
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_does_not_print() {
        let key = Key::new(" 0123456789abcdef0123456789abcdef\n").unwrap();
        assert_eq!(format!("{key:?}"), "Key(…)");
        assert_eq!(key.conceal("no key 0123456789abcdef0123456789abcdef here"), "no key (key) here");
        assert!(Key::new("  ").is_none());
    }
}
