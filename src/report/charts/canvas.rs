//! The surface plotters draws on.
//!
//! plotters counts in whole pixels, which turns a smooth fan into stairs. This backend reports a
//! canvas ten times as large, and the [`Drawing`] behind it writes a tenth of each number.

use std::convert::Infallible;

use plotters::style::RGBColor;
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
};

use super::drawing::{Anchor, Decimal, Drawing, Lettering, SUBPIXELS, Stroke, Tenths, write_path};
use super::typeface::{CAP_HEIGHT, Weight};

/// A [`Drawing`] as plotters sees it, `width` by `height` in canvas units.
pub(super) struct Canvas<'a> {
    pub drawing: &'a mut Drawing,
    pub size: (u32, u32),
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

fn stroke_of(style: &impl BackendStyle) -> Stroke {
    let BackendColor { alpha, rgb: (red, green, blue) } = style.color();
    Stroke {
        colour: RGBColor(red, green, blue),
        width: f64::from(style.stroke_width()) / SUBPIXELS,
        opacity: alpha,
        dash: None,
    }
}

fn lettering_of(style: &impl BackendTextStyle) -> Lettering {
    let (red, green, blue) = style.color().rgb;
    Lettering {
        size: style.size() / SUBPIXELS,
        weight: match style.style() {
            FontStyle::Bold => Weight::SemiBold,
            _ => Weight::Regular,
        },
        colour: RGBColor(red, green, blue),
        anchor: match style.anchor().h_pos {
            HPos::Left => Anchor::Start,
            HPos::Center => Anchor::Middle,
            HPos::Right => Anchor::End,
        },
        halo: None,
    }
}

impl DrawingBackend for Canvas<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Drawn {
        self.draw_rect((x, y), (x + 1, y + 1), &colour, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.drawing.stroke([from, to], stroke_of(style));
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.drawing.stroke(path, stroke_of(style));
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        if fill {
            let (x, y) = (Tenths(left), Tenths(top));
            let (width, height) = (Tenths(right - left), Tenths(bottom - top));
            let rect = format_args!(r#"rect x="{x}" y="{y}" width="{width}" height="{height}""#);
            self.drawing.fill(rect, style.color());
            return Ok(());
        }
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        self.draw_path(corners, style)
    }

    fn draw_circle<S: BackendStyle>(&mut self, (x, y): BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        let (cx, cy) = (Tenths(x), Tenths(y));
        let r = Decimal(f64::from(radius) / SUBPIXELS);
        if fill {
            let circle = format_args!(r#"circle cx="{cx}" cy="{cy}" r="{r}""#);
            self.drawing.fill(circle, style.color());
            return Ok(());
        }
        let reach = i32::try_from(radius).unwrap_or(i32::MAX / 4);
        let ring = (0..=36_i32).map(|step| {
            let (sin, cos) = (f64::from(step) * std::f64::consts::TAU / 36.0).sin_cos();
            let at = |part: f64| (part * f64::from(reach)).round() as i32;
            (x + at(cos), y + at(sin))
        });
        self.draw_path(ring, style)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, corners: I, style: &S) -> Drawn {
        let mut outline = String::new();
        write_path(&mut outline, corners);
        self.drawing.fill(format_args!(r#"path d="{outline}z""#), style.color());
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, (x, y): BackendCoord) -> Drawn {
        let rise = match style.anchor().v_pos {
            VPos::Top => CAP_HEIGHT,
            VPos::Center => CAP_HEIGHT / 2.0,
            VPos::Bottom => 0.0,
        };
        let baseline = y + (rise * style.size()).round() as i32;
        self.drawing.write(text, (x, baseline), &lettering_of(style));
        Ok(())
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let face = lettering_of(style).weight.face();
        let width = face.width(&face.drawable(text), style.size());
        Ok((width.ceil() as u32, (CAP_HEIGHT * style.size()).ceil() as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plotters::prelude::*;

    #[test]
    fn what_plotters_draws_arrives_in_tenths() {
        let mut drawing = Drawing::default();
        {
            let area = Canvas { drawing: &mut drawing, size: (1000, 500) }.into_drawing_area();
            let bold = ("any", 120).into_font().style(FontStyle::Bold).color(&BLACK);
            let box_of_text = area.estimate_text_size("1", &bold).expect("our canvas never fails");
            // A tabular digit of the semi-bold face is 670 units of 1000 wide.
            assert_eq!(box_of_text.0, (0.670_f64 * 120.0).ceil() as u32);
            area.draw_text("1", &bold, (5, 0)).expect("our canvas never fails");
            area.draw(&Circle::new((105, 205), 15, BLACK.filled())).expect("our canvas never fails");
            area.draw(&Rectangle::new([(1, 2), (11, 32)], BLACK.filled())).expect("never fails");
            area.draw(&PathElement::new([(0, 0), (10, 5)], BLACK)).expect("never fails");
        }
        let svg = drawing.finish();
        for element in [
            // Top-anchored text of 12 px: the baseline is one capital height lower.
            "translate(.5 8.7)scale(0.012)",
            r#"<circle cx="10.5" cy="20.5" r="1.5""#,
            r#"<rect x=".1" y=".2" width="1" height="3""#,
            r#"d="M0 0l1 .5""#,
        ] {
            assert!(svg.contains(element), "{element} in {svg}");
        }
    }
}
