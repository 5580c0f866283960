//! Probabilities side by side: a bar for each from nothing, with its number and its interval.

use super::axes;
use super::picture::{Caption, Chart, ChartError, all_finite};
use super::rows::{Columns, Row, half_bar, whisker};
use super::sheet::Sheet;
use super::ticks::Scale;
use super::typeface::Weight;
use super::waterfall::Step;
use crate::report::numbers::number;

/// Rows that can be read on one sheet.
const MOST_BARS: usize = 18;
/// Headings of numbers and intervals.
const HEADINGS: [&str; 2] = ["share", "95% interval"];

/// Bars of probabilities. All values are percent.
#[derive(Clone, Debug, Default)]
pub struct BarsChart {
    /// Subject.
    pub title: String,
    /// What the reader should know.
    pub subtitle: String,
    /// Unit of every value.
    pub unit: String,
    /// Where the numbers come from.
    pub source: String,
    /// Decimals printed.
    pub decimals: usize,
    /// The probabilities from top to bottom, with the ends of their 95 % intervals.
    pub bars: Vec<Step>,
}

impl Chart for BarsChart {
    fn caption(&self) -> Caption<'_> {
        Caption { title: &self.title, subtitle: &self.subtitle, unit: &self.unit, source: &self.source }
    }

    fn description(&self) -> String {
        let told = self.bars.iter().map(|bar| format!("{} {}", bar.label, number(bar.mean, self.decimals)));
        told.collect::<Vec<_>>().join(", ")
    }

    fn check(&self) -> Result<(), ChartError> {
        if self.bars.is_empty() {
            return Err(ChartError::Empty { what: "bars" });
        }
        if self.bars.len() > MOST_BARS {
            return Err(ChartError::TooMany { what: "bars", found: self.bars.len(), most: MOST_BARS });
        }
        for bar in &self.bars {
            all_finite("a bar", &[bar.mean, bar.low, bar.high])?;
            if bar.low > bar.high {
                return Err(ChartError::Order { what: "ends of an interval" });
            }
        }
        Ok(())
    }

    fn draw(&self, sheet: &Sheet<'_>, header_bottom: f64) -> Result<(), ChartError> {
        let rows: Vec<Row> = self.bars.iter().map(|bar| self.row(bar)).collect();
        let columns = Columns::measure(&rows, HEADINGS);
        let values = Scale::of(self.bars.iter().flat_map(|bar| [0.0, bar.mean, bar.high]), 5);
        let bottom = sheet.footer("", &self.source)? - 40.0;
        let top = header_bottom + 26.0;
        let height = ((bottom - top) / rows.len() as f64).min(58.0);
        let down = Scale::exactly(0.0, rows.len() as f64, 1);
        let bottom = top + height * rows.len() as f64;
        let plot = sheet.plot(columns.bars.clone(), top..bottom, &values, &down);
        axes::columns(sheet, &plot, &values)?;
        columns.head(sheet, HEADINGS, top - 6.0)?;
        for (index, (bar, row)) in self.bars.iter().zip(&rows).enumerate() {
            let y = top + height * (index as f64 + 0.5);
            let half = half_bar(height);
            sheet.rectangle((plot.x(0.0), y - half), (plot.x(bar.mean), y + half), sheet.palette.bar)?;
            if !row.range.is_empty() {
                whisker(sheet, (plot.x(bar.low), plot.x(bar.high)), y)?;
            }
            columns.write(sheet, row, y)?;
        }
        Ok(())
    }
}

impl BarsChart {
    fn row(&self, bar: &Step) -> Row {
        let [value, low, high] = [bar.mean, bar.low, bar.high].map(|value| number(value, self.decimals));
        let range = if low == high { String::new() } else { format!("{low} to {high}") };
        Row { name: bar.label.clone(), number: value, range, weight: Weight::Regular }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::{Theme, draw_svg};

    fn two_levels() -> BarsChart {
        BarsChart {
            title: "P(lowest reserves below a level)".into(),
            unit: "%".into(),
            decimals: 1,
            bars: vec![Step::new("below 2,700", 20.0, 19.2, 20.8), Step::new("below 2,800", 80.0, 80.0, 80.0)],
            ..BarsChart::default()
        }
    }

    #[test]
    fn lengths_are_in_proportion_and_what_is_certain_has_no_interval() {
        let svg = draw_svg(&two_levels(), Theme::Light).expect("a plain chart");
        let widths: Vec<f64> = svg
            .split("<rect")
            .filter(|rect| rect.contains("#86b3d9"))
            .filter_map(|rect| rect.split("width=\"").nth(1)?.split('"').next()?.parse().ok())
            .collect();
        assert_eq!(widths.len(), 2);
        assert!((widths[1] / widths[0] - 4.0).abs() < 0.01, "{widths:?}");
        assert_eq!([0, 1].map(|bar| two_levels().row(&two_levels().bars[bar]).range), ["19.2 to 20.8", ""]);
        assert_eq!(two_levels().description(), "below 2,700 20.0, below 2,800 80.0");
    }

    #[test]
    fn untrue_input_is_refused_by_name() {
        let refused = |spoil: fn(&mut BarsChart)| {
            let mut chart = two_levels();
            spoil(&mut chart);
            chart.check().expect_err("spoiled on purpose")
        };
        assert_eq!(refused(|c| c.bars.clear()), ChartError::Empty { what: "bars" });
        assert_eq!(refused(|c| c.bars[0].mean = f64::NAN), ChartError::NotFinite { what: "a bar" });
        assert_eq!(refused(|c| c.bars[0].low = 90.0), ChartError::Order { what: "ends of an interval" });
    }
}
