//! The body of an SVG document while it is being drawn, in tenths of a pixel.
//!
//! Everything is written in drawing order with integer arithmetic, so the same drawing gives the
//! same bytes. Letters are references to glyph outlines, each defined once in the document.

use std::collections::BTreeSet;
use std::fmt::{self, Write as _};

use plotters::style::RGBColor;
use plotters_backend::{BackendColor, BackendCoord};

use super::typeface::{self, Weight};

/// Canvas units in one pixel of the picture.
pub(super) const SUBPIXELS: f64 = 10.0;

/// Which end of a line of text its position names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Anchor {
    #[default]
    Start,
    Middle,
    End,
}

/// How a line of text looks. Sizes are in pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lettering {
    pub size: f64,
    pub weight: Weight,
    pub colour: RGBColor,
    pub anchor: Anchor,
    /// A rim in this colour keeps the text legible on top of lines.
    pub halo: Option<RGBColor>,
}

/// How a line looks. Lengths are in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stroke {
    pub colour: RGBColor,
    pub width: f64,
    pub opacity: f64,
    /// Lengths of a dash and of the gap after it.
    pub dash: Option<(f64, f64)>,
}

impl Stroke {
    pub const fn solid(colour: RGBColor, width: f64) -> Self {
        Self { colour, width, opacity: 1.0, dash: None }
    }
}

/// The body of an SVG document while it is being drawn.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    body: String,
    glyphs: BTreeSet<(Weight, u32)>,
    open_stroke: Option<Stroke>,
}

impl Drawing {
    /// The glyph definitions and the marks, as SVG elements.
    pub fn finish(mut self) -> String {
        self.close_stroke();
        let mut svg = String::with_capacity(self.body.len() + 24_000);
        svg.push_str("<defs>");
        for &(weight, glyph) in &self.glyphs {
            let data = weight.face().outline(glyph.into());
            let _ = write!(svg, r#"<path id="{}" d="{data}"/>"#, glyph_id(weight, glyph));
        }
        svg.push_str("</defs>");
        svg.push_str(r#"<g fill="none" stroke-linejoin="round">"#);
        svg.push_str(&self.body);
        svg.push_str("</g>");
        svg
    }

    /// Writes one line of text with its baseline at `y`, both in canvas units.
    pub fn write(&mut self, text: &str, (x, y): BackendCoord, lettering: &Lettering) {
        let face = lettering.weight.face();
        let (glyphs, length) = face.line(&face.drawable(text));
        let scale = typeface::scale(lettering.size);
        let shift = match lettering.anchor {
            Anchor::Start => 0.0,
            Anchor::Middle => 0.5,
            Anchor::End => 1.0,
        } * f64::from(length)
            * scale
            * SUBPIXELS;
        if glyphs.is_empty() {
            return;
        }
        let mut run = String::new();
        for placed in glyphs {
            let glyph = placed.glyph.to_u32();
            if face.outline(placed.glyph).is_empty() {
                continue;
            }
            self.glyphs.insert((lettering.weight, glyph));
            let id = glyph_id(lettering.weight, glyph);
            let _ = write!(run, r##"<use xlink:href="#{id}""##);
            if placed.x != 0 {
                let _ = write!(run, r#" x="{}""#, placed.x);
            }
            run.push_str("/>");
        }
        self.close_stroke();
        let place = format!(
            r#"<g transform="translate({} {})scale({})""#,
            Tenths(x - shift.round() as i32),
            Tenths(y),
            Decimal(scale)
        );
        if let Some(halo) = lettering.halo {
            let width = Decimal((3.0 / scale).round());
            let halo = Hex(halo);
            let _ = write!(self.body, r#"{place} stroke="{halo}" stroke-width="{width}">{run}</g>"#);
        }
        let _ = write!(self.body, r#"{place} fill="{}">{run}</g>"#, Hex(lettering.colour));
    }

    /// Draws a line through points in canvas units. Solid lines of one look share an element.
    pub fn stroke(&mut self, points: impl IntoIterator<Item = BackendCoord>, stroke: Stroke) {
        let joins = stroke.opacity >= 1.0 && self.open_stroke == Some(stroke);
        if !joins {
            self.close_stroke();
            self.body.push_str("<path d=\"");
            self.open_stroke = Some(stroke);
        }
        write_path(&mut self.body, points);
    }

    fn close_stroke(&mut self) {
        let Some(stroke) = self.open_stroke.take() else {
            return;
        };
        let _ = write!(self.body, r#"" stroke="{}" stroke-width="{}""#, Hex(stroke.colour), Decimal(stroke.width));
        if stroke.opacity < 1.0 {
            let _ = write!(self.body, r#" stroke-opacity="{}""#, Decimal(stroke.opacity));
        }
        if let Some((dash, gap)) = stroke.dash {
            let _ = write!(self.body, r#" stroke-dasharray="{} {}""#, Decimal(dash), Decimal(gap));
        }
        self.body.push_str("/>");
    }

    /// Fills an element, given as its name and shape attributes.
    pub fn fill(&mut self, shape: fmt::Arguments<'_>, colour: BackendColor) {
        self.close_stroke();
        let (red, green, blue) = colour.rgb;
        let _ = write!(self.body, r#"<{shape} fill="{}""#, Hex(RGBColor(red, green, blue)));
        if colour.alpha < 1.0 {
            let _ = write!(self.body, r#" fill-opacity="{}""#, Decimal(colour.alpha));
        }
        self.body.push_str("/>");
    }
}

/// Absolute start, then relative steps: shorter, and exact because the steps are whole tenths.
pub(super) fn write_path(out: &mut String, points: impl IntoIterator<Item = BackendCoord>) {
    let mut last: Option<BackendCoord> = None;
    for (x, y) in points {
        match last {
            None => {
                let _ = write!(out, "M{} {}", Tenths(x), Tenths(y));
            }
            Some(last) if last == (x, y) => {}
            Some((from_x, from_y)) => {
                let (dx, dy) = (Tenths(x - from_x), Tenths(y - from_y));
                let _ = match (dx.0, dy.0) {
                    (_, 0) => write!(out, "h{dx}"),
                    (0, _) => write!(out, "v{dy}"),
                    (_, 1..) => write!(out, "l{dx} {dy}"),
                    _ => write!(out, "l{dx}{dy}"),
                };
            }
        }
        last = Some((x, y));
    }
}

/// Names are the same in every picture, and so is what they name: pictures put into one page
/// may share their letters.
fn glyph_id(weight: Weight, glyph: u32) -> String {
    let face = match weight {
        Weight::Regular => 'r',
        Weight::SemiBold => 's',
    };
    format!("tg{face}{glyph}")
}

/// A colour as `#rrggbb`.
pub(super) struct Hex(pub RGBColor);

impl fmt::Display for Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0.0, self.0.1, self.0.2)
    }
}

/// A whole number of tenths as a decimal.
pub(super) struct Tenths(pub i32);

impl fmt::Display for Tenths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, tenth) = (self.0.unsigned_abs() / 10, self.0.unsigned_abs() % 10);
        match (whole, tenth) {
            (_, 0) => write!(f, "{sign}{whole}"),
            (0, _) => write!(f, "{sign}.{tenth}"),
            _ => write!(f, "{sign}{whole}.{tenth}"),
        }
    }
}

/// A number with at most four decimals and no zeros at its end.
pub(super) struct Decimal(pub f64);

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:.4}", self.0);
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLUE: RGBColor = RGBColor(0, 0, 255);

    #[test]
    fn numbers_are_written_in_their_shortest_form() {
        let tenths = [0, 5, -5, 10, 123, -1230].map(|value| Tenths(value).to_string());
        assert_eq!(tenths, ["0", ".5", "-.5", "1", "12.3", "-123"]);
        assert_eq!(Decimal(0.0205).to_string(), "0.0205");
        assert_eq!(Decimal(2.0).to_string(), "2");
    }

    #[test]
    fn paths_step_from_point_to_point() {
        let mut path = String::new();
        write_path(&mut path, [(10, 10), (25, 10), (25, 10), (25, 40), (30, 35), (31, 37)]);
        assert_eq!(path, "M1 1h1.5v3l.5-.5l.1 .2");
    }

    #[test]
    fn solid_lines_of_one_look_share_an_element_and_faint_ones_do_not() {
        let mut drawing = Drawing::default();
        let faint = Stroke { opacity: 0.4, ..Stroke::solid(BLUE, 1.0) };
        for stroke in [Stroke::solid(BLUE, 1.0), Stroke::solid(BLUE, 1.0), faint, faint] {
            drawing.stroke([(0, 0), (10, 0)], stroke);
        }
        // Overlapping faint lines must darken, which one shared element would not do.
        assert_eq!(drawing.finish().matches("<path").count(), 3);
    }

    #[test]
    fn a_letter_is_defined_once_however_often_it_is_used() {
        let mut drawing = Drawing::default();
        let lettering =
            Lettering { size: 12.0, weight: Weight::Regular, colour: BLUE, anchor: Anchor::End, halo: None };
        drawing.write("SOFR SOFR", (500, 100), &lettering);
        let svg = drawing.finish();
        assert_eq!(svg.matches("<path id=").count(), 4);
        assert_eq!(svg.matches("<use").count(), 8);
    }
}
