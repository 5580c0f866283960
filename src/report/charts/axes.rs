//! Grid lines and axes: few, light, and labelled with round numbers or real months.

use jiff::civil::Date;

use super::drawing::{Anchor, Lettering, Stroke};
use super::picture::ChartError;
use super::sheet::{LABEL, Plot, Sheet};
use super::ticks::{Scale, date_ticks};
use super::typeface::{CAP_HEIGHT, Weight};
use crate::report::numbers::number;

/// Space between the numbers of an axis and the plot, in pixels.
const GAP: f64 = 10.0;

/// Room at the left of a plot for the numbers of its rows, followed by `suffix`.
pub(super) fn row_room(scale: &Scale, suffix: &str) -> f64 {
    tick_room(scale, suffix) + GAP
}

/// Width of the widest tick label of `scale`.
pub(super) fn tick_room(scale: &Scale, suffix: &str) -> f64 {
    let face = Weight::Regular.face();
    let width = |&tick: &f64| face.width(&(number(tick, scale.tick_decimals()) + suffix), LABEL);
    scale.ticks.iter().map(width).fold(0.0, f64::max)
}

fn tick_lettering(sheet: &Sheet<'_>, anchor: Anchor) -> Lettering {
    Lettering { colour: sheet.palette.muted, anchor, ..sheet.lettering(LABEL) }
}

fn grid_stroke(sheet: &Sheet<'_>, tick: f64) -> Stroke {
    let colour = if tick == 0.0 { sheet.palette.axis } else { sheet.palette.grid };
    Stroke::solid(colour, 1.0)
}

/// Horizontal grid lines with their numbers at the left; zero is drawn stronger.
pub(super) fn rows(sheet: &Sheet<'_>, plot: &Plot<'_>, scale: &Scale, suffix: &str) -> Result<(), ChartError> {
    for &tick in &scale.ticks {
        let y = plot.y(tick);
        let span = [(plot.across.start, y), (plot.across.end, y)];
        sheet.line(&span, grid_stroke(sheet, tick))?;
        let text = number(tick, scale.tick_decimals()) + suffix;
        let at = (plot.across.start - GAP, y + CAP_HEIGHT * LABEL / 2.0);
        sheet.write(&text, at, tick_lettering(sheet, Anchor::End))?;
    }
    Ok(())
}

/// Vertical grid lines with their numbers below, for charts whose bars lie.
pub(super) fn columns(sheet: &Sheet<'_>, plot: &Plot<'_>, scale: &Scale) -> Result<(), ChartError> {
    for &tick in &scale.ticks {
        let x = plot.x(tick);
        let span = [(x, plot.down.start), (x, plot.down.end)];
        sheet.line(&span, grid_stroke(sheet, tick))?;
        let at = (x, plot.down.end + 18.0);
        let text = number(tick, scale.tick_decimals());
        sheet.write(&text, at, tick_lettering(sheet, Anchor::Middle))?;
    }
    Ok(())
}

/// A base line with ticks and numbers below the plot.
pub(super) fn values(sheet: &Sheet<'_>, plot: &Plot<'_>, scale: &Scale) -> Result<(), ChartError> {
    let ticks = scale.ticks.iter().map(|&tick| (tick, number(tick, scale.tick_decimals())));
    base_line(sheet, plot, ticks)
}

/// A base line with ticks at months, or at weeks if the time is short; `day_of` is the place of
/// a date on the x axis.
pub(super) fn dates(
    sheet: &Sheet<'_>,
    plot: &Plot<'_>,
    (first, last): (Date, Date),
    day_of: impl Fn(Date) -> f64,
) -> Result<(), ChartError> {
    let widest = Weight::Regular.face().width("20 Mar 2026", LABEL);
    let ticks = date_ticks(first, last, plot.across.end - plot.across.start, widest);
    base_line(sheet, plot, ticks.into_iter().map(|(date, label)| (day_of(date), label)))
}

/// A base line with a tick and a text below the plot for each place of the x axis.
pub(super) fn base_line(
    sheet: &Sheet<'_>,
    plot: &Plot<'_>,
    ticks: impl Iterator<Item = (f64, String)>,
) -> Result<(), ChartError> {
    let stroke = Stroke::solid(sheet.palette.axis, 1.0);
    let bottom = plot.down.end;
    sheet.line(&[(plot.across.start, bottom), (plot.across.end, bottom)], stroke)?;
    for (value, label) in ticks {
        let x = plot.x(value);
        sheet.line(&[(x, bottom), (x, bottom + 5.0)], stroke)?;
        sheet.write(&label, (x, bottom + 20.0), tick_lettering(sheet, Anchor::Middle))?;
    }
    Ok(())
}
