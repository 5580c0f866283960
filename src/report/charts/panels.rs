//! Small multiples: the sheet cut into panels of one size that share their axes.

use std::ops::Range;

use super::drawing::{Anchor, Lettering, Stroke};
use super::picture::ChartError;
use super::sheet::{Plot, SMALL, Sheet};
use super::ticks::Scale;
use super::typeface::{CAP_HEIGHT, Weight};
use crate::report::numbers::number;

/// Room above a panel for its name, in pixels.
const HEAD: f64 = 24.0;
/// Room below a panel for what stands under its axis, in pixels.
const FOOT: f64 = 20.0;
/// Space between two panels side by side, in pixels.
const GAP: f64 = 22.0;
/// Space between the numbers of an axis and the panel, in pixels.
const NUMBER_GAP: f64 = 7.0;

/// Where one of the panels lies, in pixels.
#[derive(Clone, Debug)]
pub(super) struct Panel {
    pub across: Range<f64>,
    pub down: Range<f64>,
    /// Whether it stands at the left, where the numbers of the rows are.
    pub is_first: bool,
}

/// Columns in which so many panels stand best on a wide sheet.
pub(super) fn columns_for(panels: usize) -> usize {
    match panels {
        0..=3 => panels.max(1),
        4 => 2,
        5..=6 => 3,
        _ => 4,
    }
}

/// Lays out `count` panels in rows of `columns`; `numbers` pixels at the left are kept for the numbers of each row of
/// panels, or of every panel if `each_numbered`.
pub(super) fn lay_out(
    count: usize,
    columns: usize,
    (across, down): (Range<f64>, Range<f64>),
    numbers: f64,
    each_numbered: bool,
) -> Vec<Panel> {
    let rows = count.div_ceil(columns).max(1);
    let own = if each_numbered { numbers } else { 0.0 };
    let left = across.start + if each_numbered { 0.0 } else { numbers };
    let width = (across.end - left - GAP * (columns - 1) as f64) / columns as f64;
    let height = (down.end - down.start) / rows as f64;
    (0..count)
        .map(|index| {
            let (row, column) = (index / columns, index % columns);
            let x = left + column as f64 * (width + GAP);
            let y = down.start + row as f64 * height;
            Panel { across: x + own..x + width, down: y + HEAD..y + height - FOOT, is_first: column == 0 }
        })
        .collect()
}

impl Panel {
    /// The name of the panel above it, with a remark in grey at the right if there is room.
    pub fn name(&self, sheet: &Sheet<'_>, name: &str, remark: &str) -> Result<(), ChartError> {
        let room = self.across.end - self.across.start;
        let bold = Lettering { weight: Weight::SemiBold, ..sheet.lettering(SMALL + 1.0) };
        let name = Weight::SemiBold.face().fit(name, SMALL + 1.0, room);
        let baseline = self.down.start - 8.0;
        sheet.write(&name, (self.across.start, baseline), bold)?;
        let left = room - Weight::SemiBold.face().width(&name, SMALL + 1.0) - 8.0;
        if Weight::Regular.face().width(remark, SMALL) <= left {
            let grey = Lettering { colour: sheet.palette.muted, anchor: Anchor::End, ..sheet.lettering(SMALL) };
            sheet.write(remark, (self.across.end, baseline), grey)?;
        }
        Ok(())
    }

    /// Grid lines at the ticks of a scale, with their numbers if `numbered`; zero is drawn stronger.
    pub fn rows(
        &self,
        sheet: &Sheet<'_>,
        plot: &Plot<'_>,
        scale: &Scale,
        suffix: &str,
        numbered: bool,
    ) -> Result<(), ChartError> {
        let grey = Lettering { colour: sheet.palette.muted, anchor: Anchor::End, ..sheet.lettering(SMALL) };
        for &tick in &scale.ticks {
            let y = plot.y(tick);
            let colour = if tick == 0.0 { sheet.palette.axis } else { sheet.palette.grid };
            sheet.line(&[(self.across.start, y), (self.across.end, y)], Stroke::solid(colour, 1.0))?;
            if numbered {
                let text = number(tick, scale.tick_decimals()) + suffix;
                sheet.write(&text, (self.across.start - NUMBER_GAP, y + CAP_HEIGHT * SMALL / 2.0), grey)?;
            }
        }
        Ok(())
    }

    /// Words under the panel at pixels of the x axis.
    pub fn under(&self, sheet: &Sheet<'_>, words: impl Iterator<Item = (f64, String)>) -> Result<(), ChartError> {
        let grey = Lettering { colour: sheet.palette.muted, anchor: Anchor::Middle, ..sheet.lettering(SMALL) };
        for (x, text) in words {
            sheet.write(&text, (x, self.down.end + 14.0), grey)?;
        }
        Ok(())
    }
}

/// Pixels at the left that the numbers of a scale take.
pub(super) fn number_room(scale: &Scale, suffix: &str) -> f64 {
    let face = Weight::Regular.face();
    let width = |&tick: &f64| face.width(&(number(tick, scale.tick_decimals()) + suffix), SMALL);
    scale.ticks.iter().map(width).fold(0.0, f64::max) + NUMBER_GAP
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_fill_the_room_and_do_not_overlap() {
        for count in 1..=12 {
            let columns = columns_for(count);
            let panels = lay_out(count, columns, (10.0..910.0, 50.0..450.0), 30.0, false);
            assert_eq!(panels.len(), count);
            assert!((panels[columns.min(count) - 1].across.end - 910.0).abs() < 1e-9);
            for (index, one) in panels.iter().enumerate() {
                assert!(one.across.start < one.across.end && one.down.start < one.down.end);
                for other in &panels[index + 1..] {
                    let beside = one.across.end <= other.across.start || other.across.end <= one.across.start;
                    let apart = one.down.end <= other.down.start || other.down.end <= one.down.start;
                    assert!(beside || apart, "{one:?} {other:?}");
                }
            }
        }
    }
}
