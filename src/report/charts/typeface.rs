//! The embedded typeface: widths, kerning and outlines.
//!
//! Tidegate Sans is a subset of Inter with tabular digits (see `fonts/`). Layout needs only
//! advances and pair kerning, because every chart is written left to right in Latin script;
//! what the face cannot show is dropped or replaced by a box before it is measured.

use std::sync::OnceLock;

use skrifa::{
    FontRef, GlyphId, MetadataProvider,
    charmap::Charmap,
    instance::{LocationRef, Size},
    metrics::GlyphMetrics,
    outline::{DrawSettings, OutlineGlyphCollection, OutlinePen},
    raw::{
        TableProvider,
        tables::kern::{Subtable0, SubtableKind},
    },
};

/// Units of the font's own grid in one em.
const UNITS_PER_EM: f64 = 1000.0;
/// Height of a capital over the baseline, in ems (OS/2 table of Inter: 727 units).
pub(super) const CAP_HEIGHT: f64 = 0.727;
/// Stands for characters the face does not have.
const MISSING: char = '□';

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    #[default]
    Regular,
    SemiBold,
}

/// One weight of the typeface, read in place from the program's own bytes.
pub(super) struct Typeface {
    charmap: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    outlines: OutlineGlyphCollection<'static>,
    kerning: Option<Subtable0<'static>>,
}

/// A glyph and its distance from the start of the line, in font units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PlacedGlyph {
    pub glyph: GlyphId,
    pub x: i32,
}

impl Weight {
    pub fn face(self) -> &'static Typeface {
        static FACES: OnceLock<[Typeface; 2]> = OnceLock::new();
        let [regular, semi_bold] = FACES.get_or_init(|| {
            [
                Typeface::read(include_bytes!("fonts/TidegateSans-Regular.otf")),
                Typeface::read(include_bytes!("fonts/TidegateSans-SemiBold.otf")),
            ]
        });
        match self {
            Self::Regular => regular,
            Self::SemiBold => semi_bold,
        }
    }
}

impl Typeface {
    fn read(bytes: &'static [u8]) -> Self {
        let font = FontRef::new(bytes).expect("the embedded font is part of the program");
        let kerning = font.kern().ok().and_then(|kern| {
            kern.subtables().flatten().find_map(|table| match table.kind() {
                Ok(SubtableKind::Format0(pairs)) => Some(pairs),
                _ => None,
            })
        });
        Self {
            charmap: font.charmap(),
            metrics: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
            outlines: font.outline_glyphs(),
            kerning,
        }
    }

    /// What of `text` can be drawn: white space becomes single spaces, marks that have no ink of
    /// their own (controls, joiners, direction marks, accents apart from their letter) vanish,
    /// and each run of characters the face lacks becomes one box.
    pub fn drawable(&self, text: &str) -> String {
        let mut kept = String::with_capacity(text.len());
        for character in text.chars() {
            let (character, repeats) = match character {
                c if c.is_whitespace() => (' ', false),
                '\u{2010}' | '\u{2011}' => ('-', true),
                c if has_no_ink(c) => continue,
                c if self.charmap.map(c).is_some() => (c, true),
                _ => (MISSING, false),
            };
            if repeats || !kept.ends_with(character) {
                kept.push(character);
            }
        }
        kept.trim().to_owned()
    }

    /// The glyphs of a line with kerning, and the line's length in font units.
    pub fn line(&self, text: &str) -> (Vec<PlacedGlyph>, i32) {
        let mut glyphs: Vec<PlacedGlyph> = Vec::with_capacity(text.len());
        let mut x = 0;
        for character in text.chars() {
            let Some(glyph) = self.charmap.map(character) else {
                continue;
            };
            if let (Some(previous), Some(kerning)) = (glyphs.last(), &self.kerning) {
                x += kerning.kerning(previous.glyph, glyph).unwrap_or(0);
            }
            glyphs.push(PlacedGlyph { glyph, x });
            x += self.metrics.advance_width(glyph).unwrap_or(0.0).round() as i32;
        }
        (glyphs, x)
    }

    /// Length of `text` at `size` pixels an em, in pixels.
    pub fn width(&self, text: &str, size: f64) -> f64 {
        f64::from(self.line(text).1) * size / UNITS_PER_EM
    }

    /// `text` cut to `room` pixels; what is cut shows as an ellipsis.
    pub fn fit(&self, text: &str, size: f64, room: f64) -> String {
        let text = self.drawable(text);
        if self.width(&text, size) <= room {
            return text;
        }
        let ends: Vec<usize> = text.char_indices().map(|(index, _)| index).collect();
        let cut = |end: usize| format!("{}…", text[..end].trim_end());
        let fitting = ends.partition_point(|&end| self.width(&cut(end), size) <= room);
        if fitting == 0 { String::new() } else { cut(ends[fitting - 1]) }
    }

    /// `text` on at most `lines` lines of `room` pixels, the last one cut if it must be.
    pub fn wrap(&self, text: &str, size: f64, room: f64, lines: usize) -> Vec<String> {
        let text = self.drawable(text);
        let mut wrapped: Vec<String> = Vec::new();
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let breaks = rest.match_indices(' ').map(|(index, _)| index).chain([rest.len()]);
            let end = breaks
                .take_while(|&end| self.width(&rest[..end], size) <= room)
                .last()
                .filter(|_| wrapped.len() + 1 < lines);
            let Some(end) = end else {
                wrapped.push(self.fit(rest, size, room));
                break;
            };
            wrapped.push(rest[..end].to_owned());
            rest = rest[end..].trim_start();
        }
        wrapped
    }

    /// The glyph as SVG path data in font units, y pointing down as SVG has it.
    pub fn outline(&self, glyph: GlyphId) -> String {
        let mut pen = PathPen::default();
        if let Some(outline) = self.outlines.get(glyph) {
            let plain = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
            outline.draw(plain, &mut pen).expect("a test draws every glyph of the embedded font");
        }
        pen.data
    }
}

/// Scale that takes font units to `size` pixels an em.
pub(super) fn scale(size: f64) -> f64 {
    size / UNITS_PER_EM
}

fn has_no_ink(character: char) -> bool {
    character.is_control()
        || matches!(u32::from(character),
            0xAD | 0x300..=0x36F | 0x591..=0x5C7 | 0x610..=0x61A | 0x64B..=0x65F
            | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0x20D0..=0x20FF
            | 0xFE00..=0xFE0F | 0xFEFF | 0x1F3FB..=0x1F3FF | 0xE0000..=0xE0FFF)
}

/// Writes an outline with whole, relative coordinates: the shortest form of path data.
#[derive(Default)]
struct PathPen {
    data: String,
    at: (i32, i32),
    start: (i32, i32),
}

impl PathPen {
    fn add(&mut self, command: char, points: &[(f32, f32)]) {
        self.data.push(command);
        let origin = self.at;
        for (index, &(x, y)) in points.iter().enumerate() {
            let to = (x.round() as i32, -y.round() as i32);
            for (axis, distance) in [to.0 - origin.0, to.1 - origin.1].into_iter().enumerate() {
                if index + axis > 0 && distance >= 0 {
                    self.data.push(' ');
                }
                self.data.push_str(&distance.to_string());
            }
            self.at = to;
        }
    }
}

impl OutlinePen for PathPen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.add('m', &[(x, y)]);
        self.start = self.at;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.add('l', &[(x, y)]);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.add('q', &[(cx, cy), (x, y)]);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.add('c', &[(cx0, cy0), (cx1, cy1), (x, y)]);
    }

    fn close(&mut self) {
        self.data.push('z');
        self.at = self.start;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FACES: [Weight; 2] = [Weight::Regular, Weight::SemiBold];

    #[test]
    fn every_character_promised_is_there_and_has_an_outline() {
        let latin = (0x21..=0x7E).chain(0xA1..=0xFF).filter_map(char::from_u32);
        for character in latin.chain("–—−≤≥±×·…’“”→€Δβ□".chars()) {
            for face in FACES.map(Weight::face) {
                let (glyphs, width) = face.line(&character.to_string());
                assert!(width > 0, "{character:?} has no width");
                // U+00AD is the soft hyphen, which fonts may leave blank.
                let drawn = face.outline(glyphs[0].glyph);
                assert!(character == '\u{AD}' || drawn.ends_with('z'), "{character:?}");
            }
        }
    }

    #[test]
    fn digits_are_tabular_and_pairs_are_kerned() {
        for face in FACES.map(Weight::face) {
            assert!("0123456789".chars().all(|digit| { face.line(&digit.to_string()).1 == face.line("8").1 }));
            let apart = face.line("T").1 + face.line("o").1;
            assert!(face.line("To").1 < apart - 40, "the pair To is set tight in Inter");
        }
    }

    #[test]
    fn cut_text_fits_and_says_that_it_was_cut() {
        let face = Weight::Regular.face();
        let long = "reserves ".repeat(80);
        let cut = face.fit(&long, 13.0, 200.0);
        assert!(cut.ends_with('…') && face.width(&cut, 13.0) <= 200.0);
        assert!(face.width(&cut, 13.0) > 180.0, "the room is used: {cut}");
        assert_eq!(face.fit("reserves", 13.0, 200.0), "reserves");
        assert_eq!(face.fit("reserves", 13.0, 1.0), "");
    }

    #[test]
    fn lines_break_at_spaces_and_the_last_is_cut() {
        let face = Weight::Regular.face();
        let lines = face.wrap("one two three four five six seven", 10.0, 60.0, 2);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0], "one two");
        assert!(lines[1].ends_with('…') && face.width(&lines[1], 10.0) <= 60.0);
        assert_eq!(face.wrap(&"x".repeat(300), 10.0, 60.0, 3).len(), 1);
        assert!(face.wrap("", 10.0, 60.0, 2).is_empty());
    }

    #[test]
    fn what_the_face_lacks_is_dropped_or_boxed() {
        let face = Weight::Regular.face();
        assert_eq!(face.drawable("a\u{202E}b\u{0}c\td\u{301}"), "abc d");
        assert_eq!(face.drawable("שלום 🏦🏦 ok"), "□ □ ok");
    }
}
