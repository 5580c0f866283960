//! Finished searches as text, so that a calibration that was stopped goes on where it was.
//!
//! One line a search, with every number as the bits of a double: what is read back is what was written.

use super::fit::Search;
use crate::history::Fingerprint;

/// What the searches of a checkpoint belong to: the file, the history, the version.
pub fn owner(calibration_text: &str, data: Fingerprint) -> Fingerprint {
    let version = env!("CARGO_PKG_VERSION").as_bytes();
    Fingerprint::EMPTY.with(calibration_text.as_bytes()).with(&data.0.to_le_bytes()).with(version)
}

/// The first line.
pub fn heading(owner: Fingerprint) -> String {
    format!("tidegate calibration {owner}\n")
}

/// The line of a search.
pub fn line(search: &Search) -> String {
    let bits = |value: f64| format!("{:016x}", value.to_bits());
    let place: Vec<String> = search.z.iter().copied().map(bits).collect();
    let Search { number, iterations, converged, sum_of_squares, .. } = search;
    format!("{number} {iterations} {converged} {} {}\n", bits(*sum_of_squares), place.join(" "))
}

/// The whole lines of a checkpoint that belongs to `owner`; a line cut short is left out, and so is all else.
pub fn read(text: &str, owner: Fingerprint, coordinates: usize) -> Vec<Search> {
    let Some(lines) = text.strip_prefix(&heading(owner)) else { return Vec::new() };
    let whole = lines.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    whole.filter_map(search_of).filter(|search| search.z.len() == coordinates).collect()
}

fn search_of(line: &str) -> Option<Search> {
    let mut words = line.split_whitespace();
    let double =
        |word: &str| (word.len() == 16).then(|| u64::from_str_radix(word, 16).ok()).flatten().map(f64::from_bits);
    Some(Search {
        number: words.next()?.parse().ok()?,
        iterations: words.next()?.parse().ok()?,
        converged: words.next()?.parse().ok()?,
        sum_of_squares: double(words.next()?)?,
        z: words.map(double).collect::<Option<_>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_back_is_what_was_written_and_a_cut_line_is_no_search() {
        let search =
            Search { number: 3, z: vec![0.1, -1.0 / 3.0], sum_of_squares: 7.25, iterations: 9, converged: true };
        let owner = owner("title", Fingerprint::EMPTY);
        let text = heading(owner) + &line(&search) + &line(&search)[..30];
        assert_eq!(read(&text, owner, 2), [search]);
        assert_eq!(read(&text, owner, 3), []);
        assert_eq!(read(&text, Fingerprint::EMPTY, 2), []);
    }
}
