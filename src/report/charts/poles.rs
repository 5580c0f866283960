//! Poles: vertical lines through a plot that carry a name above it.

use std::ops::Range;

use plotters::style::RGBColor;

use super::drawing::{Lettering, Stroke};
use super::labels::{self, Flag, Hung};
use super::picture::ChartError;
use super::sheet::{LABEL, Plot, Sheet};
use super::typeface::{CAP_HEIGHT, Weight};

/// Rows of names before the plot would become too low.
const MOST_ROWS: usize = 5;
/// Height of a row of names, in pixels.
const ROW: f64 = 16.0;
/// Longest name, in pixels; what is longer is cut.
const LONGEST: f64 = 260.0;

/// Poles with their names hung so that none covers another.
pub(super) struct Poles {
    names: Vec<String>,
    flags: Vec<Flag>,
    hung: Vec<Option<Hung>>,
    weight: Weight,
}

impl Poles {
    /// Plans poles at pixels of the x axis; names stay inside `room`.
    pub fn plan<'n>(poles: impl Iterator<Item = (f64, &'n str)>, weight: Weight, room: Range<f64>) -> Self {
        let face = weight.face();
        let (flags, names): (Vec<Flag>, Vec<String>) = poles
            .map(|(x, name)| {
                let name = face.fit(name, LABEL, LONGEST);
                (Flag { x, width: face.width(&name, LABEL) }, name)
            })
            .unzip();
        let hung = labels::hang(&flags, room, MOST_ROWS);
        Self { names, flags, hung, weight }
    }

    /// Height above the plot that the names take.
    pub fn height(&self) -> f64 {
        let rows = self.hung.iter().flatten().map(|place| place.row + 1).max().unwrap_or(0);
        ROW * rows as f64
    }

    /// Says how many poles had to go without their name; empty if none.
    pub fn left_out(&self) -> String {
        match self.hung.iter().filter(|place| place.is_none()).count() {
            0 => String::new(),
            1 => " One line stands without its name for want of room.".to_owned(),
            n => format!(" {n} lines stand without their names for want of room."),
        }
    }

    /// Draws the lines.
    pub fn lines(&self, sheet: &Sheet<'_>, plot: &Plot<'_>, stroke: Stroke) -> Result<(), ChartError> {
        for (flag, place) in self.flags.iter().zip(&self.hung) {
            let head = place.map_or(plot.down.start, |place| baseline(plot, place) - CAP_HEIGHT * LABEL - 1.0);
            sheet.line(&[(flag.x, head), (flag.x, plot.down.end)], stroke)?;
        }
        Ok(())
    }

    /// Writes the names.
    pub fn names(&self, sheet: &Sheet<'_>, plot: &Plot<'_>, colour: RGBColor) -> Result<(), ChartError> {
        let lettering = Lettering { weight: self.weight, colour, ..sheet.lettering(LABEL) };
        for (place, name) in self.hung.iter().zip(&self.names) {
            if let Some(place) = *place {
                sheet.write(name, (place.left, baseline(plot, place)), lettering)?;
            }
        }
        Ok(())
    }
}

fn baseline(plot: &Plot<'_>, place: Hung) -> f64 {
    plot.down.start - 6.0 - ROW * place.row as f64
}
