//! Numbers and names at the right end of a plot, in place of a legend.

use plotters::style::RGBColor;

use super::drawing::{Anchor, Lettering, Stroke};
use super::labels;
use super::picture::ChartError;
use super::sheet::{LABEL, Plot, Sheet};
use super::typeface::{CAP_HEIGHT, Weight};
use crate::report::numbers::number;

/// Least distance between the centres of two labels, in pixels.
const ROW: f64 = 16.0;
/// Longest name, in pixels; what is longer is cut.
const LONGEST: f64 = 120.0;
/// Room for the leader from the plot to its label, in pixels.
const LEADER: f64 = 24.0;
/// Space between number and name, in pixels.
const GAP: f64 = 8.0;

/// Length of the piece of a line before its name, in pixels.
const KEY: f64 = 22.0;

/// One label: a value of the y axis, its name, and how both look.
pub(super) struct EndLabel {
    pub value: f64,
    pub name: String,
    pub weight: Weight,
    pub number_colour: RGBColor,
    pub name_colour: RGBColor,
    /// How the line looks that is named, where lines meet and could be taken for one another.
    pub key: Option<Stroke>,
}

/// A column of labels with the width it needs.
pub(super) struct EndLabels {
    labels: Vec<EndLabel>,
    decimals: usize,
    numbers: f64,
    keys: f64,
    names: f64,
}

impl EndLabels {
    /// Measures labels whose numbers are written with `decimals`.
    pub fn measure(labels: Vec<EndLabel>, decimals: usize) -> Self {
        Self::within(labels, decimals, LONGEST)
    }

    /// Measures labels whose names are cut at `longest` pixels.
    pub fn within(labels: Vec<EndLabel>, decimals: usize, longest: f64) -> Self {
        let (mut numbers, mut names) = (0.0_f64, 0.0_f64);
        let mut labels = labels;
        for label in &mut labels {
            let face = label.weight.face();
            label.name = face.fit(&label.name, LABEL, longest);
            numbers = numbers.max(face.width(&number(label.value, decimals), LABEL));
            names = names.max(face.width(&label.name, LABEL));
        }
        let keys = if labels.iter().any(|label| label.key.is_some()) { KEY + GAP } else { 0.0 };
        Self { labels, decimals, numbers, keys, names }
    }

    /// Pixels from the right end of the plot to the end of the longest name.
    pub fn room(&self) -> f64 {
        LEADER + self.numbers + GAP + self.keys + self.names
    }

    /// Draws the labels beside their values, moved apart where they would meet.
    pub fn draw(&self, sheet: &Sheet<'_>, plot: &Plot<'_>) -> Result<(), ChartError> {
        let wanted: Vec<f64> = self.labels.iter().map(|label| plot.y(label.value)).collect();
        // The half row of air at the top belongs to the names of events.
        let room = plot.down.start + ROW / 2.0..plot.down.end;
        let placed = labels::spread(&wanted, ROW, room);
        let edge = plot.across.end;
        let leader = Stroke::solid(sheet.palette.axis, 0.8);
        for ((label, from), to) in self.labels.iter().zip(wanted).zip(placed) {
            let bends = [(3.0, from), (8.0, from), (16.0, to), (19.0, to)];
            sheet.line(&bends.map(|(x, y)| (edge + x, y)), leader)?;

            let baseline = to + CAP_HEIGHT * LABEL / 2.0;
            let numbers = edge + LEADER + self.numbers;
            let lettering = Lettering { weight: label.weight, ..sheet.lettering(LABEL) };
            let right = Lettering { anchor: Anchor::End, colour: label.number_colour, ..lettering };
            sheet.write(&number(label.value, self.decimals), (numbers, baseline), right)?;
            if let Some(stroke) = label.key {
                sheet.line(&[(numbers + GAP, to), (numbers + GAP + KEY, to)], stroke)?;
            }
            let name = Lettering { colour: label.name_colour, ..lettering };
            sheet.write(&label.name, (numbers + GAP + self.keys, baseline), name)?;
        }
        Ok(())
    }
}
