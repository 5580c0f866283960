//! Rows of a name, a bar, a number and a range: the columns of charts whose bars lie.

use std::ops::Range;

use super::drawing::{Anchor, Lettering, Stroke};
use super::picture::ChartError;
use super::sheet::{LABEL, MARGIN, Sheet, WIDTH};
use super::typeface::{CAP_HEIGHT, Weight};

/// Longest name, in pixels; what is longer is cut.
const LONGEST: f64 = 250.0;
/// Height of a line of a name, in pixels.
const LINE: f64 = 14.0;

/// The words of a row.
pub(super) struct Row {
    pub name: String,
    pub number: String,
    /// The range of the number; empty if it has none.
    pub range: String,
    /// Of name and number.
    pub weight: Weight,
}

/// Where the columns stand, in pixels.
pub(super) struct Columns {
    names: f64,
    /// The room for bars.
    pub bars: Range<f64>,
    numbers: f64,
    ranges: f64,
}

impl Columns {
    /// Columns as wide as what stands in them; `headings` are those of numbers and ranges.
    pub fn measure(rows: &[Row], headings: [&str; 2]) -> Self {
        Self::within(rows, headings, LONGEST)
    }

    /// Such columns with names of at most `longest` pixels.
    pub fn within(rows: &[Row], headings: [&str; 2], longest: f64) -> Self {
        let plain = Weight::Regular.face();
        let width = |row: &Row, text: &str| row.weight.face().width(&row.weight.face().drawable(text), LABEL);
        let widest =
            |widths: &mut dyn Iterator<Item = f64>, heading: &str| widths.fold(plain.width(heading, LABEL), f64::max);
        let names = widest(&mut rows.iter().map(|row| width(row, &row.name)), "").min(longest);
        let numbers_wide = widest(&mut rows.iter().map(|row| width(row, &row.number)), headings[0]);
        let ranges_wide = widest(&mut rows.iter().map(|row| plain.width(&row.range, LABEL)), headings[1]);
        let ranges = WIDTH - MARGIN;
        let numbers = ranges - ranges_wide - 18.0;
        Self { names, bars: MARGIN + names + 16.0..numbers - numbers_wide - 16.0, numbers, ranges }
    }

    /// Writes the headings of numbers and ranges.
    pub fn head(&self, sheet: &Sheet<'_>, headings: [&str; 2], baseline: f64) -> Result<(), ChartError> {
        let grey = Lettering { colour: sheet.palette.muted, anchor: Anchor::End, ..sheet.lettering(LABEL) };
        sheet.write(headings[0], (self.numbers, baseline), grey)?;
        sheet.write(headings[1], (self.ranges, baseline), grey)
    }

    /// Writes a row around its middle.
    pub fn write(&self, sheet: &Sheet<'_>, row: &Row, middle: f64) -> Result<(), ChartError> {
        self.write_lines(sheet, row, middle, 1)
    }

    /// Writes a row around its middle, its name on at most so many lines.
    pub fn write_lines(&self, sheet: &Sheet<'_>, row: &Row, middle: f64, most: usize) -> Result<(), ChartError> {
        let baseline = middle + CAP_HEIGHT * LABEL / 2.0;
        let plain = sheet.lettering(LABEL);
        let lines = row.weight.face().wrap(&row.name, LABEL, self.names, most);
        for (line, words) in lines.iter().enumerate() {
            let shift = LINE * (line as f64 - 0.5 * (lines.len() as f64 - 1.0));
            sheet.write(words, (MARGIN, baseline + shift), Lettering { weight: row.weight, ..plain })?;
        }
        let number = Lettering { anchor: Anchor::End, weight: Weight::SemiBold, ..plain };
        sheet.write(&row.number, (self.numbers, baseline), number)?;
        let range = Lettering { anchor: Anchor::End, colour: sheet.palette.muted, ..plain };
        sheet.write(&row.range, (self.ranges, baseline), range)
    }
}

/// Half the thickness of a bar in a row of a height, in pixels.
pub(super) fn half_bar(height: f64) -> f64 {
    (0.30 * height).min(13.0)
}

/// A line from `low` to `high` with ends; a rim of paper keeps it visible on top of its own bar.
pub(super) fn whisker(sheet: &Sheet<'_>, (low, high): (f64, f64), y: f64) -> Result<(), ChartError> {
    for stroke in [Stroke::solid(sheet.palette.paper, 2.8), Stroke::solid(sheet.palette.ink, 1.3)] {
        sheet.line(&[(low, y), (high, y)], stroke)?;
        for x in [low, high] {
            sheet.line(&[(x, y - 4.0), (x, y + 4.0)], stroke)?;
        }
    }
    Ok(())
}
