//! Business days along the x axis, a unit for each calendar day from the first.

use std::ops::Range;

use jiff::civil::Date;

use super::axes;
use super::fan::EventMark;
use super::picture::{ChartError, all_finite, same_length};
use super::poles::Poles;
use super::sheet::{MARGIN, Plot, Sheet, WIDTH};
use super::ticks::Scale;
use super::typeface::Weight;

/// The dates of a chart.
#[derive(Clone, Copy)]
pub(super) struct Timeline<'a>(pub &'a [Date]);

impl Timeline<'_> {
    /// Refuses no dates at all and dates that do not rise.
    pub fn check(&self) -> Result<(), ChartError> {
        if self.0.is_empty() {
            return Err(ChartError::Empty { what: "dates" });
        }
        if self.0.is_sorted_by(|a, b| a < b) { Ok(()) } else { Err(ChartError::Order { what: "dates" }) }
    }

    /// Refuses values that are not one finite number for each date.
    pub fn check_values(&self, what: &'static str, values: &[f64]) -> Result<(), ChartError> {
        same_length(what, values.len(), self.0.len())?;
        all_finite(what, values)
    }

    /// First and last date of a timeline that has been checked.
    pub fn ends(&self) -> (Date, Date) {
        (self.0[0], self.0[self.0.len() - 1])
    }

    /// The place of a date on the axis.
    pub fn day(&self, date: Date) -> f64 {
        self.0.first().map_or(0.0, |&first| f64::from((date - first).get_days()))
    }

    /// Whether a date lies between the first and the last.
    pub fn covers(&self, date: Date) -> bool {
        self.0.first().is_some_and(|&first| first <= date) && self.0.last().is_some_and(|&last| date <= last)
    }

    /// The axis from the first to the last date.
    pub fn scale(&self) -> Scale {
        Scale::exactly(0.0, self.day(self.ends().1).max(1.0), 1)
    }

    /// A line through one value for each date.
    pub fn trace(&self, values: &[f64]) -> Vec<(f64, f64)> {
        self.0.iter().map(|&date| self.day(date)).zip(values.iter().copied()).collect()
    }

    /// The outline of what lies between two lines.
    pub fn band(&self, low: &[f64], high: &[f64]) -> Vec<(f64, f64)> {
        let mut outline = self.trace(high);
        outline.extend(self.trace(low).into_iter().rev());
        outline
    }

    /// The events that happen between the first and the last date, as poles of a plot that lies `across` the sheet. Names
    /// may reach over what stands at the right of the plot, where the header leaves room.
    pub fn poles(&self, events: &[EventMark], across: Range<f64>) -> Poles {
        let length = self.scale().high;
        let marks = events.iter().filter(|event| self.covers(event.date)).map(|event| {
            (across.start + (across.end - across.start) * self.day(event.date) / length, event.label.as_str())
        });
        Poles::plan(marks, Weight::Regular, across.start..WIDTH - MARGIN)
    }

    /// The base line with months, or weeks if the time is short.
    pub fn axis(&self, sheet: &Sheet<'_>, plot: &Plot<'_>) -> Result<(), ChartError> {
        axes::dates(sheet, plot, self.ends(), |date| self.day(date))
    }
}
