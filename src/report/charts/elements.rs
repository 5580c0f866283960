//! Two plotters elements that its own set lacks: measured text and dashed lines of any width.

use std::convert::Infallible;

use plotters::element::{Drawable, PointCollection};
use plotters_backend::{BackendCoord, DrawingErrorKind};

use super::canvas::Canvas;
use super::drawing::{Lettering, Stroke};

/// A line of text with its baseline at a coordinate.
pub(super) struct Words<'t, C> {
    pub text: &'t str,
    pub at: C,
    pub lettering: Lettering,
}

impl<'a, C> PointCollection<'a, C> for &'a Words<'_, C> {
    type Point = &'a C;
    type IntoIter = std::iter::Once<&'a C>;

    fn point_iter(self) -> Self::IntoIter {
        std::iter::once(&self.at)
    }
}

impl<'c, C> Drawable<Canvas<'c>> for Words<'_, C> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        points: I,
        canvas: &mut Canvas<'c>,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        for at in points {
            canvas.drawing.write(self.text, at, &self.lettering);
        }
        Ok(())
    }
}

/// A line through points.
pub(super) struct Trace<C> {
    pub points: Vec<C>,
    pub stroke: Stroke,
}

impl<'a, C> PointCollection<'a, C> for &'a Trace<C> {
    type Point = &'a C;
    type IntoIter = std::slice::Iter<'a, C>;

    fn point_iter(self) -> Self::IntoIter {
        self.points.iter()
    }
}

impl<'c, C> Drawable<Canvas<'c>> for Trace<C> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        points: I,
        canvas: &mut Canvas<'c>,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        canvas.drawing.stroke(points, self.stroke);
        Ok(())
    }
}
