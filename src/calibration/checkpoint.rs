//! Finished searches, and the rounds of the third stage, as text, so that a calibration that was stopped goes on where it was.
//!
//! One line a search or a round, with every number as the bits of a double: what is read back is what was written.

use super::fit::Search;
use super::pattern_search::PatternSearch;
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

fn bits(value: f64) -> String {
    format!("{:016x}", value.to_bits())
}

fn double(word: &str) -> Option<f64> {
    (word.len() == 16).then(|| u64::from_str_radix(word, 16).ok()).flatten().map(f64::from_bits)
}

/// The line of a search.
pub fn line(search: &Search) -> String {
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
    Some(Search {
        number: words.next()?.parse().ok()?,
        iterations: words.next()?.parse().ok()?,
        converged: words.next()?.parse().ok()?,
        sum_of_squares: double(words.next()?)?,
        z: words.map(double).collect::<Option<_>>()?,
    })
}

/// How the line of a round begins.
const ROUND: &str = "round";

/// The line of the third stage's search between two rounds.
pub fn round_line(search: &PatternSearch) -> String {
    let places: Vec<String> = search.place.iter().chain(&search.steps).copied().map(bits).collect();
    format!("{ROUND} {} {} {}\n", search.rounds, bits(search.value), places.join(" "))
}

/// The last whole line of a round in a checkpoint that belongs to `owner`.
pub fn read_round(text: &str, owner: Fingerprint, coordinates: usize) -> Option<PatternSearch> {
    let lines = text.strip_prefix(&heading(owner))?.split_inclusive('\n').filter(|line| line.ends_with('\n'));
    lines.rev().find_map(|line| round_of(line, coordinates))
}

fn round_of(line: &str, coordinates: usize) -> Option<PatternSearch> {
    let mut words = line.strip_prefix(ROUND)?.split_whitespace();
    let (rounds, value) = (words.next()?.parse().ok()?, double(words.next()?)?);
    let mut place: Vec<f64> = words.map(double).collect::<Option<_>>()?;
    let steps = (place.len() == 2 * coordinates).then(|| place.split_off(coordinates))?;
    Some(PatternSearch { place, value, steps, rounds })
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
    #[test]
    fn of_the_rounds_the_last_whole_one_is_read_back() {
        let round =
            |rounds| PatternSearch { place: vec![0.1, -0.2], value: 1.0 / 3.0, steps: vec![0.3, -0.15], rounds };
        let owner = owner("title", Fingerprint::EMPTY);
        let text = heading(owner) + &round_line(&round(1)) + &round_line(&round(2)) + &round_line(&round(3))[..60];
        assert_eq!(read_round(&text, owner, 2), Some(round(2)));
        assert_eq!(read_round(&text, owner, 3), None);
        assert_eq!(read(&text, owner, 2), []);
    }
}
