//! Axes of inputs: words at places, thinned until none touch, and what the input is below them.

use super::drawing::{Anchor, Lettering};
use super::picture::ChartError;
use super::sheet::{LABEL, MARGIN, Sheet, WIDTH};
use super::typeface::Weight;

/// Longest word on an axis, in pixels; what is longer is cut.
const LONGEST: f64 = 120.0;
/// Least space between two words, in pixels.
const AIR: f64 = 10.0;

/// Of words at places `apart` pixels, every so-many-th, so that none touch: its place and what of it has room.
pub(super) fn thinned(words: &[String], apart: f64) -> Vec<(usize, String)> {
    let face = Weight::Regular.face();
    let widest = words.iter().map(|word| face.width(&face.drawable(word), LABEL)).fold(0.0, f64::max).min(LONGEST);
    let every = ((widest + AIR) / apart).ceil().max(1.0);
    let fitted = |(place, word): (usize, &String)| (place, face.fit(word, LABEL, every * apart - AIR));
    words.iter().enumerate().step_by(every as usize).map(fitted).collect()
}

/// What an input is, in the middle of the plot `across` whose axis it is.
pub(super) fn name(
    sheet: &Sheet<'_>,
    name: &str,
    across: &std::ops::Range<f64>,
    baseline: f64,
) -> Result<(), ChartError> {
    let middle = 0.5 * (across.start + across.end);
    let room = 2.0 * (middle - MARGIN).min(WIDTH - MARGIN - middle);
    let grey = Lettering { colour: sheet.palette.muted, anchor: Anchor::Middle, ..sheet.lettering(LABEL) };
    sheet.write(&Weight::Regular.face().fit(name, LABEL, room), (middle, baseline), grey)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_would_touch_are_thinned_and_long_ones_are_cut() {
        let words: Vec<String> = (10..20).map(|year| format!("20{year}")).collect();
        let places = |apart: f64| thinned(&words, apart).into_iter().map(|(place, _)| place).collect::<Vec<_>>();
        // Four digits of 12.5 px are about 30 px wide.
        assert_eq!(places(60.0), (0..10).collect::<Vec<_>>());
        assert_eq!(places(25.0), [0, 2, 4, 6, 8]);
        let long = vec!["W".repeat(60); 6];
        let face = Weight::Regular.face();
        for (place, word) in thinned(&long, 50.0) {
            assert!(place % 3 == 0 && word.ends_with('…'), "{place} {word}");
            assert!(face.width(&word, LABEL) <= 3.0 * 50.0 - AIR, "{word}");
        }
    }
}
