//! Histogram: how likely each value is on one day, with the levels that matter.

use super::axes;
use super::drawing::{Lettering, Stroke};
use super::picture::{Caption, Chart, ChartError, Level, all_finite, same_length};
use super::poles::Poles;
use super::sheet::{MARGIN, Plot, SMALL, Sheet, WIDTH};
use super::ticks::Scale;
use super::typeface::Weight;
use crate::report::numbers::number;

/// A distribution in bins. Edges and marks are in `unit`.
#[derive(Clone, Debug, Default)]
pub struct Histogram {
    /// Subject.
    pub title: String,
    /// What the reader should know.
    pub subtitle: String,
    /// Unit of the values.
    pub unit: String,
    /// Where the numbers come from.
    pub source: String,
    /// Bin edges, rising: one more than there are weights.
    pub edges: Vec<f64>,
    /// Counts or probabilities of the bins; they are shown as shares of their sum.
    pub weights: Vec<f64>,
    /// Levels that matter, on the axis of values.
    pub marks: Vec<Level>,
    /// A sentence printed above the source. May be empty.
    pub note: String,
}

impl Chart for Histogram {
    fn caption(&self) -> Caption<'_> {
        Caption { title: &self.title, subtitle: &self.subtitle, unit: &self.unit, source: &self.source }
    }

    fn description(&self) -> String {
        let shares = self.shares();
        let places = self.values().value_decimals();
        let tallest = shares.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
        let Some((bin, share)) = tallest else {
            return String::new();
        };
        format!(
            "Values lie between {} and {}; the most likely bin is {} to {} with {}% of paths. {}",
            number(self.edges[0], places),
            number(self.edges[self.edges.len() - 1], places),
            number(self.edges[bin], places),
            number(self.edges[bin + 1], places),
            number(*share, 1),
            self.note
        )
    }

    fn check(&self) -> Result<(), ChartError> {
        if self.weights.is_empty() {
            return Err(ChartError::Empty { what: "bins" });
        }
        same_length("bin edges", self.edges.len(), self.weights.len() + 1)?;
        all_finite("the bin edges", &self.edges)?;
        all_finite("the bins", &self.weights)?;
        let marks: Vec<f64> = self.marks.iter().map(|mark| mark.value).collect();
        all_finite("the marks", &marks)?;
        if !self.edges.is_sorted_by(|a, b| a < b) {
            return Err(ChartError::Order { what: "bin edges" });
        }
        if self.weights.iter().any(|&weight| weight < 0.0) || self.weights.iter().sum::<f64>() <= 0.0 {
            return Err(ChartError::Empty { what: "bins with positive weight" });
        }
        Ok(())
    }

    fn draw(&self, sheet: &Sheet<'_>, header_bottom: f64) -> Result<(), ChartError> {
        let values = self.values();
        let shares = self.shares();
        let tallest = shares.iter().copied().fold(0.0, f64::max);
        let percent = Scale::around(0.0, tallest, 5);
        let left = MARGIN + axes::row_room(&percent, "%");
        let right = WIDTH - MARGIN - axes::tick_room(&values, "") / 2.0;
        let x_of = |x: f64| left + (right - left) * (x - values.low) / (values.high - values.low);
        let marks = self.marks.iter().map(|mark| (x_of(mark.value), mark.label.as_str()));
        let marks = Poles::plan(marks, Weight::SemiBold, left..WIDTH - MARGIN);

        let note = self.note.clone() + &marks.left_out();
        let bottom = sheet.footer(&note, &self.source)? - 42.0;
        let top = header_bottom + 34.0 + marks.height();
        let plot = sheet.plot(left..right, top..bottom, &values, &percent);
        let grey = Lettering { colour: sheet.palette.muted, ..sheet.lettering(SMALL) };
        sheet.write("share of paths", (MARGIN, header_bottom + 16.0), grey)?;
        axes::rows(sheet, &plot, &percent, "%")?;
        self.draw_bars(sheet, &plot, &shares)?;
        axes::values(sheet, &plot, &values)?;
        // A rim of paper keeps the lines apart from the bars they cross.
        marks.lines(sheet, &plot, Stroke::solid(sheet.palette.paper, 3.0))?;
        marks.lines(sheet, &plot, Stroke::solid(sheet.palette.threshold, 1.6))?;
        marks.names(sheet, &plot, sheet.palette.threshold)
    }
}

impl Histogram {
    /// Shares of the bins in percent.
    fn shares(&self) -> Vec<f64> {
        let total: f64 = self.weights.iter().sum();
        self.weights.iter().map(|weight| 100.0 * weight / total).collect()
    }

    /// The axis of values: all bins and marks.
    fn values(&self) -> Scale {
        let marks = self.marks.iter().map(|mark| mark.value);
        let (low, high) = self
            .edges
            .iter()
            .copied()
            .chain(marks)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        Scale::around(low, high, 9)
    }

    fn draw_bars(&self, sheet: &Sheet<'_>, plot: &Plot<'_>, shares: &[f64]) -> Result<(), ChartError> {
        for (bin, &share) in self.edges.windows(2).zip(shares) {
            let (left, right) = (plot.x(bin[0]), plot.x(bin[1]));
            let gap = if right - left > 5.0 { 1.0 } else { 0.0 };
            let top = plot.y(share);
            if top < plot.down.end {
                let corner = (right - gap, plot.down.end);
                sheet.rectangle((left, top), corner, sheet.palette.bar)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::{Theme, draw_svg};

    fn two_bins() -> Histogram {
        Histogram { edges: vec![0.0, 10.0, 20.0], weights: vec![1.0, 3.0], ..Default::default() }
    }

    #[test]
    fn counts_become_shares() {
        assert_eq!(two_bins().shares(), [25.0, 75.0]);
    }

    #[test]
    fn heights_of_bars_are_in_proportion() {
        let svg = draw_svg(&two_bins(), Theme::Light).expect("a plain chart");
        let heights: Vec<f64> = svg
            .split("height=\"")
            .skip(1)
            .filter(|rest| rest.split('>').next().is_some_and(|tag| tag.contains("#86b3d9")))
            .filter_map(|rest| rest.split('"').next()?.parse().ok())
            .collect();
        assert_eq!(heights.len(), 2);
        assert!((heights[1] / heights[0] - 3.0).abs() < 0.01, "{heights:?}");
    }

    #[test]
    fn marks_outside_the_bins_widen_the_axis() {
        let mut chart = two_bins();
        chart.marks.push(Level::new("far", 55.0));
        assert!(chart.values().high > 55.0);
    }

    #[test]
    fn untrue_input_is_refused_by_name() {
        let refused = |spoil: fn(&mut Histogram)| {
            let mut chart = two_bins();
            spoil(&mut chart);
            chart.check().expect_err("spoiled on purpose")
        };
        assert_eq!(refused(|h| h.weights.clear()), ChartError::Empty { what: "bins" });
        assert_eq!(refused(|h| h.edges.truncate(2)), ChartError::Length { what: "bin edges", found: 2, expected: 3 });
        assert_eq!(refused(|h| h.edges.reverse()), ChartError::Order { what: "bin edges" });
        let nothing = ChartError::Empty { what: "bins with positive weight" };
        assert_eq!(refused(|h| h.weights.fill(0.0)), nothing);
        assert_eq!(refused(|h| h.weights[0] = -1.0), nothing);
    }
}
