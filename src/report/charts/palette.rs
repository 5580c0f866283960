//! The colours of a chart.
//!
//! One blue hue carries probability, vermilion carries limits and losses, slate carries policy.
//! Blue and orange stay apart for the common forms of colour blindness (Wong 2011, *Nature
//! Methods* 8, 441), and each pair that must be told apart also differs in lightness, so a grey
//! print keeps it. Text colours reach a contrast of at least 4.5 on their paper (WCAG 2.1, AA),
//! which a test computes.

use plotters::style::RGBColor;

use super::drawing::Hex;

/// The paper a chart is drawn for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Dark ink on white: print, slides, e-mail.
    #[default]
    Light,
    /// Light ink on near-black: screens.
    Dark,
}

/// The named colours of one theme.
#[derive(Clone, Copy, Debug)]
pub(super) struct Palette {
    pub paper: RGBColor,
    pub ink: RGBColor,
    pub muted: RGBColor,
    pub grid: RGBColor,
    pub axis: RGBColor,
    pub outer_band: RGBColor,
    pub inner_band: RGBColor,
    pub median: RGBColor,
    pub path: RGBColor,
    pub corridor: RGBColor,
    pub corridor_text: RGBColor,
    pub threshold: RGBColor,
    pub bar: RGBColor,
    pub gain: RGBColor,
    pub loss: RGBColor,
    /// The four hands, and the text on them.
    pub hands: [(RGBColor, RGBColor); 4],
}

const LIGHT: Palette = Palette {
    paper: hex(0xFFFFFF),
    ink: hex(0x14202E),
    muted: hex(0x5A6673),
    grid: hex(0xE6EAEE),
    axis: hex(0x9AA5B1),
    outer_band: hex(0xD3E3F1),
    inner_band: hex(0x9DC3E2),
    median: hex(0x0B4F8A),
    path: hex(0x2B4C6B),
    corridor: hex(0x77808B),
    corridor_text: hex(0x4C535C),
    threshold: hex(0xB0390B),
    bar: hex(0x86B3D9),
    gain: hex(0x2468A2),
    loss: hex(0xDD8A47),
    hands: [
        (hex(0x0B4F8A), hex(0xFFFFFF)),
        (hex(0xBF4F12), hex(0xFFFFFF)),
        (hex(0x86B3D9), hex(0x14202E)),
        (hex(0xD3D8DE), hex(0x14202E)),
    ],
};

const DARK: Palette = Palette {
    paper: hex(0x10161D),
    ink: hex(0xE8EDF2),
    muted: hex(0x9CA9B6),
    grid: hex(0x232D38),
    axis: hex(0x566473),
    outer_band: hex(0x1B3852),
    inner_band: hex(0x2E5F8C),
    median: hex(0x9FD2FF),
    path: hex(0xB4CDE4),
    corridor: hex(0x8E99A5),
    corridor_text: hex(0xC3CBD4),
    threshold: hex(0xFF9B6E),
    bar: hex(0x3B74A8),
    gain: hex(0x4F97D3),
    loss: hex(0xF5BD84),
    hands: [
        (hex(0x4F97D3), hex(0x10161D)),
        (hex(0xF5A35C), hex(0x10161D)),
        (hex(0x1F4E78), hex(0xE8EDF2)),
        (hex(0x66717D), hex(0xFFFFFF)),
    ],
};

const fn hex(rgb: u32) -> RGBColor {
    let [_, red, green, blue] = rgb.to_be_bytes();
    RGBColor(red, green, blue)
}

/// What a page needs to show a light picture on dark paper: each colour of [`Theme::Light`] with what it is in
/// [`Theme::Dark`], as `#rrggbb`. Colours of hands are left out, which share some with others.
pub fn dark_for_light() -> Vec<(String, String)> {
    let roles = |palette: &Palette| {
        let Palette { paper, ink, muted, grid, axis, outer_band, inner_band, median, path, .. } = *palette;
        let Palette { corridor, corridor_text, threshold, bar, gain, loss, .. } = *palette;
        [paper, ink, muted, grid, axis, outer_band, inner_band, median, path]
            .into_iter()
            .chain([corridor, corridor_text, threshold, bar, gain, loss])
            .map(|colour| Hex(colour).to_string())
    };
    roles(&LIGHT).zip(roles(&DARK)).collect()
}

/// Where the colours between paper and ink stand on a scale of even lightness.
const SHADES: [f64; 3] = [0.13, 0.31, 0.80];

/// Where the colour of limits stands on the scale of what is below zero.
const BELOW: f64 = 0.70;

impl Palette {
    /// A colour from paper (0) over the blues of probability to ink (1), in even steps of lightness.
    pub fn shade(&self, part: f64) -> RGBColor {
        let stops = [(SHADES[0], self.outer_band), (SHADES[1], self.inner_band), (SHADES[2], self.median)];
        self.between(&stops, part)
    }

    /// A colour from paper (0) over that of limits to ink (1): what [`Palette::shade`] is to numbers above zero.
    pub fn shade_below(&self, part: f64) -> RGBColor {
        self.between(&[(BELOW, self.threshold)], part)
    }

    fn between(&self, stops: &[(f64, RGBColor)], part: f64) -> RGBColor {
        let stops: Vec<(f64, RGBColor)> =
            [(0.0, self.paper)].into_iter().chain(stops.iter().copied()).chain([(1.0, self.ink)]).collect();
        let above = stops.iter().position(|(at, _)| *at >= part).unwrap_or(stops.len() - 1).max(1);
        let ((from, one), (to, other)) = (stops[above - 1], stops[above]);
        let share = ((part - from) / (to - from)).clamp(0.0, 1.0);
        let between = |a: u8, b: u8| (f64::from(a) + share * (f64::from(b) - f64::from(a))).round() as u8;
        RGBColor(between(one.0, other.0), between(one.1, other.1), between(one.2, other.2))
    }
}

/// Black or white, whichever reads better on a fill: one of them always reaches 4.58.
pub(super) fn text_on(fill: RGBColor) -> RGBColor {
    let [black, white] = [RGBColor(0, 0, 0), RGBColor(255, 255, 255)];
    if contrast(black, fill) > contrast(white, fill) { black } else { white }
}

/// Relative luminance, WCAG 2.1 definition.
fn luminance(RGBColor(red, green, blue): RGBColor) -> f64 {
    let linear = |channel: u8| {
        let c = f64::from(channel) / 255.0;
        if c <= 0.03928 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/// Contrast ratio, WCAG 2.1 definition; black on white is 21.
fn contrast(a: RGBColor, b: RGBColor) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

impl Theme {
    pub(super) const fn palette(self) -> &'static Palette {
        match self {
            Self::Light => &LIGHT,
            Self::Dark => &DARK,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_of_black_on_white_is_twenty_one() {
        assert!((contrast(hex(0), hex(0xFFFFFF)) - 21.0).abs() < 1e-9);
    }

    #[test]
    fn every_text_colour_reads_on_its_paper() {
        // 4.5 is the AA threshold for text under 18 pt (WCAG 2.1, success criterion 1.4.3).
        for palette in [LIGHT, DARK] {
            for colour in [palette.ink, palette.muted, palette.median, palette.corridor_text, palette.threshold] {
                assert!(contrast(colour, palette.paper) >= 4.5, "{colour:?}");
            }
        }
    }

    #[test]
    fn a_grey_print_keeps_what_must_be_told_apart() {
        // 1.4 is about the step between neighbouring patches of a five-step grey wedge.
        for palette in [LIGHT, DARK] {
            for (a, b) in [
                (palette.outer_band, palette.inner_band),
                (palette.inner_band, palette.median),
                (palette.gain, palette.loss),
            ] {
                assert!(contrast(a, b) >= 1.4, "{a:?} {b:?} {}", contrast(a, b));
            }
        }
    }

    #[test]
    fn shades_are_told_apart_in_grey_from_paper_to_ink() {
        for palette in [LIGHT, DARK] {
            let shades: Vec<RGBColor> = (0..=8).map(|step| palette.shade(f64::from(step) / 8.0)).collect();
            assert_eq!((shades[0], shades[8]), (palette.paper, palette.ink));
            for pair in shades.windows(2) {
                assert!(contrast(pair[0], pair[1]) >= 1.15, "{pair:?} {}", contrast(pair[0], pair[1]));
            }
        }
    }

    #[test]
    fn text_reads_on_every_shade() {
        for palette in [LIGHT, DARK] {
            for part in (0..=50).map(|step| f64::from(step) / 50.0) {
                for fill in [palette.shade(part), palette.shade_below(part)] {
                    let text = text_on(fill);
                    assert!(contrast(text, fill) >= 4.5, "{fill:?} {text:?} {}", contrast(text, fill));
                }
            }
        }
    }

    #[test]
    fn hands_are_told_apart_in_grey_and_their_numbers_read() {
        for palette in [LIGHT, DARK] {
            for (place, (fill, text)) in palette.hands.iter().enumerate() {
                assert!(contrast(*fill, *text) >= 4.5, "{fill:?} {text:?} {}", contrast(*fill, *text));
                for (other, _) in &palette.hands[..place] {
                    assert!(contrast(*fill, *other) >= 1.3, "{fill:?} {other:?} {}", contrast(*fill, *other));
                }
            }
        }
    }
}
