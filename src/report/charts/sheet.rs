//! The sheet a chart is drawn on: header, source line, and plots with round grid lines.

use std::ops::Range;

use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::DrawingAreaErrorKind;
use plotters::prelude::{Cartesian2d, Circle, DrawingArea, IntoDrawingArea, Polygon, Rectangle};
use plotters::style::{Color, RGBColor};

use super::canvas::Canvas;
use super::drawing::{Anchor, Drawing, Lettering, SUBPIXELS, Stroke};
use super::elements::{Trace, Words};
use super::palette::Palette;
use super::picture::{Caption, ChartError};
use super::ticks::Scale;
use super::typeface::{CAP_HEIGHT, Weight};

/// Width of every picture, in pixels.
pub(super) const WIDTH: f64 = 960.0;
/// Height of every picture, in pixels.
pub(super) const HEIGHT: f64 = 540.0;
/// Empty border left and right, in pixels.
pub(super) const MARGIN: f64 = 28.0;

/// Text sizes in pixels; at 15 cm print width a pixel is 0.44 pt.
pub(super) const TITLE: f64 = 21.0;
pub(super) const SUBTITLE: f64 = 14.0;
pub(super) const LABEL: f64 = 12.5;
pub(super) const SMALL: f64 = 11.0;

/// A page of [`WIDTH`] × [`HEIGHT`] pixels with its colours. Positions are pixels from the top
/// left; text positions name the baseline.
pub struct Sheet<'a> {
    area: DrawingArea<Canvas<'a>, Shift>,
    pub(super) palette: &'static Palette,
}

impl<E: std::error::Error + Send + Sync> From<DrawingAreaErrorKind<E>> for ChartError {
    fn from(error: DrawingAreaErrorKind<E>) -> Self {
        Self::Drawing(error.to_string())
    }
}

fn canvas_units((x, y): (f64, f64)) -> (i32, i32) {
    ((x * SUBPIXELS).round() as i32, (y * SUBPIXELS).round() as i32)
}

impl<'a> Sheet<'a> {
    pub(super) fn new(drawing: &'a mut Drawing, palette: &'static Palette) -> Self {
        let size = ((WIDTH * SUBPIXELS) as u32, (HEIGHT * SUBPIXELS) as u32);
        Self { area: Canvas { drawing, size }.into_drawing_area(), palette }
    }

    /// Regular text in the ink of the sheet, to be changed with struct update.
    pub(super) fn lettering(&self, size: f64) -> Lettering {
        Lettering { size, weight: Weight::Regular, colour: self.palette.ink, anchor: Anchor::Start, halo: None }
    }

    pub(super) fn write(&self, text: &str, at: (f64, f64), lettering: Lettering) -> Result<(), ChartError> {
        Ok(self.area.draw(&Words { text, at: canvas_units(at), lettering })?)
    }

    pub(super) fn line(&self, points: &[(f64, f64)], stroke: Stroke) -> Result<(), ChartError> {
        let points = points.iter().copied().map(canvas_units).collect();
        Ok(self.area.draw(&Trace { points, stroke })?)
    }

    pub(super) fn rectangle(
        &self,
        corner: (f64, f64),
        opposite: (f64, f64),
        colour: RGBColor,
    ) -> Result<(), ChartError> {
        let ((left, top), (right, bottom)) = (canvas_units(corner), canvas_units(opposite));
        let corners = [(left.min(right), top.min(bottom)), (left.max(right), top.max(bottom))];
        Ok(self.area.draw(&Rectangle::new(corners, colour.filled()))?)
    }

    pub(super) fn polygon(&self, corners: &[(f64, f64)], colour: RGBColor, opacity: f64) -> Result<(), ChartError> {
        let corners: Vec<_> = corners.iter().copied().map(canvas_units).collect();
        Ok(self.area.draw(&Polygon::new(corners, colour.mix(opacity).filled()))?)
    }

    /// Title, unit and subtitle; returns where they end.
    pub(super) fn header(&self, caption: &Caption<'_>) -> Result<f64, ChartError> {
        let bold = Lettering { weight: Weight::SemiBold, ..self.lettering(TITLE) };
        let grey = Lettering { colour: self.palette.muted, ..self.lettering(SUBTITLE) };
        let (bold_face, face) = (Weight::SemiBold.face(), Weight::Regular.face());
        let room = WIDTH - 2.0 * MARGIN;

        let unit = face.fit(caption.unit, TITLE, room / 3.0);
        let separator = if unit.is_empty() { "" } else { "," };
        let unit_width = face.width(&unit, TITLE) + 0.3 * TITLE;
        let title = bold_face.fit(caption.title, TITLE, room - unit_width - 0.3 * TITLE);
        let title = title + separator;
        let mut y = 24.0 + CAP_HEIGHT * TITLE;
        self.write(&title, (MARGIN, y), bold)?;
        let unit_x = MARGIN + bold_face.width(&title, TITLE) + 0.3 * TITLE;
        self.write(&unit, (unit_x, y), Lettering { weight: Weight::Regular, ..bold })?;

        for (index, line) in face.wrap(caption.subtitle, SUBTITLE, room, 2).iter().enumerate() {
            y += if index == 0 { 24.0 } else { 18.0 };
            self.write(line, (MARGIN, y), grey)?;
        }
        Ok(y + 10.0)
    }

    /// Small print at the foot: the note, then the source. Returns where it begins.
    pub(super) fn footer(&self, note: &str, source: &str) -> Result<f64, ChartError> {
        let face = Weight::Regular.face();
        let grey = Lettering { colour: self.palette.muted, ..self.lettering(SMALL) };
        let lines: Vec<String> =
            [note, source].into_iter().flat_map(|text| face.wrap(text, SMALL, WIDTH - 2.0 * MARGIN, 2)).collect();
        let mut y = HEIGHT - 18.0 - 15.0 * lines.len().saturating_sub(1) as f64;
        let top = y - SMALL;
        for line in &lines {
            self.write(line, (MARGIN, y), grey)?;
            y += 15.0;
        }
        Ok(top)
    }

    /// A plotting area over a rectangle of the sheet.
    pub(super) fn plot(&self, across: Range<f64>, down: Range<f64>, x: &Scale, y: &Scale) -> Plot<'a> {
        let (left, top) = canvas_units((across.start, down.start));
        let (right, bottom) = canvas_units((across.end, down.end));
        let coordinates = Cartesian2d::<RangedCoordf64, RangedCoordf64>::new(
            x.low..x.high,
            y.low..y.high,
            // plotters maps the first value of a range to the first pixel: values rise upward.
            (left..right, bottom..top),
        );
        Plot { area: self.area.apply_coord_spec(coordinates), across, down }
    }
}

/// A rectangle of the sheet with axes of values: `across` and `down` are its pixels.
pub(super) struct Plot<'a> {
    area: DrawingArea<Canvas<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>,
    pub across: Range<f64>,
    pub down: Range<f64>,
}

impl Plot<'_> {
    /// Pixel of a value on the x axis.
    pub fn x(&self, value: f64) -> f64 {
        let base = self.area.get_y_range().start;
        f64::from(self.area.map_coordinate(&(value, base)).0) / SUBPIXELS
    }

    /// Pixel of a value on the y axis.
    pub fn y(&self, value: f64) -> f64 {
        let base = self.area.get_x_range().start;
        f64::from(self.area.map_coordinate(&(base, value)).1) / SUBPIXELS
    }

    pub fn line(&self, points: Vec<(f64, f64)>, stroke: Stroke) -> Result<(), ChartError> {
        Ok(self.area.draw(&Trace { points, stroke })?)
    }

    pub fn polygon(&self, corners: Vec<(f64, f64)>, colour: RGBColor) -> Result<(), ChartError> {
        Ok(self.area.draw(&Polygon::new(corners, colour.filled()))?)
    }

    /// A polygon that lets through what lies under it.
    pub fn veil(&self, corners: Vec<(f64, f64)>, colour: RGBColor, opacity: f64) -> Result<(), ChartError> {
        Ok(self.area.draw(&Polygon::new(corners, colour.mix(opacity).filled()))?)
    }

    pub fn dot(&self, at: (f64, f64), radius: f64, colour: RGBColor) -> Result<(), ChartError> {
        let radius = (radius * SUBPIXELS).round() as i32;
        Ok(self.area.draw(&Circle::new(at, radius, colour.filled()))?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::Theme;

    #[test]
    fn larger_values_stand_higher_and_further_right() {
        let mut drawing = Drawing::default();
        let sheet = Sheet::new(&mut drawing, Theme::Light.palette());
        let scale = Scale::exactly(0.0, 10.0, 5);
        let plot = sheet.plot(100.0..200.0, 50.0..150.0, &scale, &scale);
        assert_eq!([0.0, 5.0, 10.0].map(|value| plot.x(value)), [100.0, 150.0, 200.0]);
        assert_eq!([0.0, 5.0, 10.0].map(|value| plot.y(value)), [150.0, 100.0, 50.0]);
    }

    #[test]
    fn long_words_stay_on_the_sheet() {
        let mut drawing = Drawing::default();
        let sheet = Sheet::new(&mut drawing, Theme::Light.palette());
        let long = "Wasserstandsmeldung ".repeat(60);
        let caption = Caption { title: &long, subtitle: &long, unit: &long, source: &long };
        let header = sheet.header(&caption).expect("drawable");
        let footer = sheet.footer(&long, &long).expect("drawable");
        assert!(header < 100.0 && footer > HEIGHT - 90.0);
        drop(sheet);
        let svg = drawing.finish();
        // Each line is a group of letters; the last letter's place is its largest x.
        for line in svg.split("<g transform=\"translate(").skip(1) {
            let left: f64 = line.split([' ', ')']).next().and_then(|x| x.parse().ok()).expect("x");
            let scale = line.split("scale(").nth(1).and_then(|rest| rest.split(')').next());
            let scale: f64 = scale.and_then(|scale| scale.parse().ok()).expect("scale");
            let places = line.split(" x=\"").skip(1).filter_map(|rest| rest.split('"').next());
            let last = places.filter_map(|x| x.parse::<f64>().ok()).fold(0.0, f64::max);
            assert!(left >= MARGIN && left + last * scale < WIDTH - MARGIN, "{left} {last}");
        }
    }
}
