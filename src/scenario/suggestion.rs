//! "Did you mean …?": the nearest of some names.

/// The longest word worth a suggestion; longer ones are not misspelt names.
const LONGEST: usize = 64;

/// The one of `names` that is nearest to `word`, if it is near enough to be what was meant.
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed: Vec<char> = word.chars().take(LONGEST + 1).flat_map(char::to_lowercase).collect();
    if typed.is_empty() || typed.len() > LONGEST {
        return None;
    }
    names
        .into_iter()
        .map(|name| (distance(&typed, &name.chars().flat_map(char::to_lowercase).collect::<Vec<_>>()), name))
        .filter(|(edits, name)| *edits <= (typed.len().max(name.len()) / 3).max(1) && *edits < typed.len())
        .min_by_key(|(edits, name)| (*edits, name.chars().count().abs_diff(typed.len())))
        .map(|(_, name)| name)
}

/// Damerau–Levenshtein distance (optimal string alignment): the number of letters inserted, dropped,
/// changed or swapped with their neighbour that turn one word into the other.
fn distance(from: &[char], to: &[char]) -> usize {
    let mut before_last = vec![0; to.len() + 1];
    let mut last: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in to.iter().enumerate() {
            let mut edits = (last[j] + usize::from(a != b)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == to[j - 1] && from[i - 1] == *b {
                edits = edits.min(before_last[j - 1] + 1);
            }
            row.push(edits);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(a: &str, b: &str) -> usize {
        distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
    }

    #[test]
    fn distances_counted_by_hand() {
        assert_eq!(between("iorb", "iorb"), 0);
        assert_eq!(between("irob", "iorb"), 1);
        assert_eq!(between("kitten", "sitting"), 3);
        assert_eq!(between("", "tga"), 3);
    }

    #[test]
    fn near_words_are_suggested_and_far_ones_are_not() {
        let names = ["sofr", "tgcr", "reserves"];
        assert_eq!(nearest("sorf", names), Some("sofr"));
        // One letter dropped makes `srf`, two swapped make `sofr`: a word of the same length is likelier meant.
        assert_eq!(nearest("sorf", ["srf", "sofr"]), Some("sofr"));
        assert_eq!(nearest("Reserve", names), Some("reserves"));
        assert_eq!(nearest("bitcoin", names), None);
        assert_eq!(nearest("x", names), None);
        assert_eq!(nearest(&"r".repeat(1_000_000), names), None);
    }
}
