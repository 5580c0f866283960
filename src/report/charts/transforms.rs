//! PIT histograms: where outcomes fell in their forecasts, a row of panels for each subject, a column for each horizon.

use super::drawing::{Anchor, Lettering, Stroke};
use super::picture::{Caption, Chart, ChartError, all_finite};
use super::sheet::{MARGIN, SMALL, Sheet, WIDTH};
use super::ticks::Scale;
use super::typeface::Weight;
use crate::report::numbers::number;

/// Rows that can be read on one sheet.
const MOST_ROWS: usize = 8;
/// Room for the names of the rows, in pixels.
const NAMES: f64 = 150.0;
/// Space between panels, in pixels.
const GAP: (f64, f64) = (20.0, 10.0);

/// Histograms of the probability integral transform.
#[derive(Clone, Debug, Default)]
pub struct TransformChart {
    /// Subject.
    pub title: String,
    /// What the reader should know.
    pub subtitle: String,
    /// Where the numbers come from.
    pub source: String,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Names of the rows, each with a panel for each column.
    pub rows: Vec<(String, Vec<Option<TransformPanel>>)>,
}

/// One histogram.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TransformPanel {
    /// Shares of the bins; they sum to one.
    pub shares: Vec<f64>,
    /// Where shares of a calibrated forecaster lie nine times of ten.
    pub band: (f64, f64),
}

impl Chart for TransformChart {
    fn caption(&self) -> Caption<'_> {
        Caption { title: &self.title, subtitle: &self.subtitle, unit: "", source: &self.source }
    }

    fn description(&self) -> String {
        let told = |(row, panels): &(String, Vec<Option<TransformPanel>>)| {
            let panels = self.columns.iter().zip(panels).filter_map(|(column, panel)| {
                let TransformPanel { shares, .. } = panel.as_ref()?;
                let percents: Vec<String> = shares.iter().map(|share| number(100.0 * share, 0)).collect();
                Some(format!("{column} {}", percents.join(" ")))
            });
            format!("{row}: {}", panels.collect::<Vec<_>>().join(", "))
        };
        format!("Percent of outcomes in each bin. {}", self.rows.iter().map(told).collect::<Vec<_>>().join(". "))
    }

    fn check(&self) -> Result<(), ChartError> {
        if self.rows.is_empty() || self.columns.is_empty() {
            return Err(ChartError::Empty { what: "histograms" });
        }
        if self.rows.len() > MOST_ROWS {
            return Err(ChartError::TooMany { what: "rows", found: self.rows.len(), most: MOST_ROWS });
        }
        for panel in self.rows.iter().flat_map(|(_, panels)| panels).flatten() {
            if panel.shares.is_empty() {
                return Err(ChartError::Empty { what: "bins" });
            }
            all_finite("the bins", &panel.shares)?;
            all_finite("the band", &[panel.band.0, panel.band.1])?;
        }
        Ok(())
    }

    fn draw(&self, sheet: &Sheet<'_>, header_bottom: f64) -> Result<(), ChartError> {
        let note = "Left in a panel: outcomes at the low end of their forecasts. Shaded: where bars of a calibrated \
                    forecaster lie nine times of ten. A hump is a band too wide, a bowl one too narrow, a slope a bias.";
        let bottom = sheet.footer(note, &self.source)? - 8.0;
        let (left, top) = (MARGIN + NAMES, header_bottom + 20.0);
        let width = (WIDTH - MARGIN - left) / self.columns.len() as f64;
        let height = (bottom - top) / self.rows.len() as f64;
        let grey = Lettering { colour: sheet.palette.muted, ..sheet.lettering(SMALL) };
        for (column, name) in self.columns.iter().enumerate() {
            let middle = left + (column as f64 + 0.5) * width - 0.5 * GAP.0;
            let centred = Lettering { anchor: Anchor::Middle, ..grey };
            sheet.write(name, (middle, top - 2.0), centred)?;
        }
        for (row, (name, panels)) in self.rows.iter().enumerate() {
            let y = top + row as f64 * height;
            let bold = Lettering { weight: Weight::SemiBold, ..sheet.lettering(SMALL + 1.0) };
            let name = Weight::SemiBold.face().fit(name, SMALL + 1.0, NAMES - 12.0);
            sheet.write(&name, (MARGIN, y + (height + GAP.1) / 2.0 + 4.0), bold)?;
            for (column, panel) in panels.iter().enumerate().take(self.columns.len()) {
                let Some(panel) = panel else { continue };
                let x = left + column as f64 * width;
                panel.draw(sheet, (x, x + width - GAP.0), (y + GAP.1, y + height))?;
            }
        }
        Ok(())
    }
}

impl TransformPanel {
    fn draw(&self, sheet: &Sheet<'_>, (left, right): (f64, f64), (top, bottom): (f64, f64)) -> Result<(), ChartError> {
        // Each panel is as high as its tallest bar, and never less than twice an even share, so that noise looks like it.
        let even = 1.0 / self.shares.len() as f64;
        let tallest = self.shares.iter().copied().fold(2.0 * even, f64::max).max(self.band.1);
        let scale = Scale::exactly(0.0, tallest, 1);
        let bins = Scale::exactly(0.0, self.shares.len() as f64, 1);
        let plot = sheet.plot(left..right, top..bottom, &bins, &scale);
        sheet.rectangle((left, plot.y(self.band.1)), (right, plot.y(self.band.0)), sheet.palette.outer_band)?;
        for (bin, &share) in self.shares.iter().enumerate() {
            let outside = share < self.band.0 - 1e-12 || share > self.band.1 + 1e-12;
            let colour = if outside { sheet.palette.loss } else { sheet.palette.gain };
            let (from, to) = (plot.x(bin as f64) + 1.0, plot.x(bin as f64 + 1.0) - 1.0);
            // An empty bin outside its band still has to be seen.
            let height = plot.y(share).min(if outside { bottom - 1.5 } else { bottom });
            if height < bottom {
                sheet.rectangle((from, height), (to, bottom), colour)?;
            }
        }
        let line = |y: f64, stroke| sheet.line(&[(left, y), (right, y)], stroke);
        line(plot.y(even), Stroke { dash: Some((3.0, 3.0)), ..Stroke::solid(sheet.palette.ink, 0.9) })?;
        line(bottom, Stroke::solid(sheet.palette.axis, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::{Theme, draw_svg};

    fn chart(shares: Vec<f64>) -> TransformChart {
        TransformChart {
            columns: vec!["5 days".to_owned()],
            rows: vec![("TGA".to_owned(), vec![Some(TransformPanel { shares, band: (0.1, 0.4) })])],
            ..TransformChart::default()
        }
    }

    #[test]
    fn bars_outside_the_band_stand_out() {
        let svg = draw_svg(&chart(vec![0.25, 0.25, 0.05, 0.45]), Theme::Light).expect("a plain chart");
        assert_eq!((svg.matches("#2468a2").count(), svg.matches("#dd8a47").count()), (2, 2));
        assert!(chart(vec![0.25, 0.75]).description().contains("TGA: 5 days 25 75"));
    }

    #[test]
    fn untrue_input_is_refused_by_name() {
        assert_eq!(chart(vec![]).check(), Err(ChartError::Empty { what: "bins" }));
        assert_eq!(chart(vec![f64::NAN]).check(), Err(ChartError::NotFinite { what: "the bins" }));
        assert_eq!(TransformChart::default().check(), Err(ChartError::Empty { what: "histograms" }));
    }
}
