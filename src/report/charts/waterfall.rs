//! Attribution waterfall: which flows carried a level from its start to its end.
//!
//! Levels are marked by lines, not bars: a bar for a level would have to begin at zero, and the
//! changes that matter would vanish beside it. Only changes are bars, and their length is true.

use super::axes;
use super::drawing::{Anchor, Lettering, Stroke};
use super::picture::{Caption, Chart, ChartError, Level, all_finite};
use super::sheet::{LABEL, MARGIN, Plot, Sheet, WIDTH};
use super::ticks::Scale;
use super::typeface::{CAP_HEIGHT, Weight};
use crate::report::numbers::{number, signed};

/// Rows that can be read on one sheet, without start and end.
const MOST_STEPS: usize = 18;
/// Relative tolerance of the sum: rounding of a mean over paths, far below a printed digit.
const SUM_TOLERANCE: f64 = 1e-6;

/// An attribution. All values are in `unit`.
#[derive(Clone, Debug)]
pub struct Waterfall {
    /// Subject.
    pub title: String,
    /// What the reader should know.
    pub subtitle: String,
    /// Unit of every value.
    pub unit: String,
    /// Where the numbers come from.
    pub source: String,
    /// Level before the first step.
    pub start: Level,
    /// Changes in the order they are added.
    pub steps: Vec<Step>,
    /// Level after the last step; the mean steps must lead to it.
    pub end: Level,
}

/// One change, with the range in which 90 % of paths lie.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Name of the flow.
    pub label: String,
    /// Mean over paths.
    pub mean: f64,
    /// 5 % quantile over paths.
    pub low: f64,
    /// 95 % quantile over paths.
    pub high: f64,
}

impl Step {
    /// Puts a name and numbers together.
    pub fn new(label: impl Into<String>, mean: f64, low: f64, high: f64) -> Self {
        Self { label: label.into(), mean, low, high }
    }
}

impl Chart for Waterfall {
    fn caption(&self) -> Caption<'_> {
        Caption { title: &self.title, subtitle: &self.subtitle, unit: &self.unit, source: &self.source }
    }

    fn description(&self) -> String {
        let places = self.places();
        let steps: Vec<String> =
            self.steps.iter().map(|step| format!("{} {}", step.label, signed(step.mean, places))).collect();
        format!(
            "From {} ({}) to {} ({}): {}",
            number(self.start.value, places),
            self.start.label,
            number(self.end.value, places),
            self.end.label,
            steps.join(", ")
        )
    }

    fn check(&self) -> Result<(), ChartError> {
        if self.steps.is_empty() {
            return Err(ChartError::Empty { what: "steps" });
        }
        if self.steps.len() > MOST_STEPS {
            let found = self.steps.len();
            return Err(ChartError::TooMany { what: "steps", found, most: MOST_STEPS });
        }
        all_finite("the levels", &[self.start.value, self.end.value])?;
        for step in &self.steps {
            all_finite("a step", &[step.mean, step.low, step.high])?;
            if step.low > step.high {
                return Err(ChartError::Order { what: "quantiles" });
            }
        }
        let total: f64 = self.steps.iter().map(|step| step.mean).sum();
        let gap = self.end.value - self.start.value - total;
        let size = self.steps.iter().map(|step| step.mean.abs()).fold(1.0, f64::max);
        let size = size.max(self.start.value.abs()).max(self.end.value.abs());
        if gap.abs() > SUM_TOLERANCE * size {
            return Err(ChartError::DoesNotAddUp { gap: format!("{gap:.6}") });
        }
        Ok(())
    }

    fn draw(&self, sheet: &Sheet<'_>, header_bottom: f64) -> Result<(), ChartError> {
        let levels = self.scale();
        let columns = self.columns();
        let rows = self.steps.len() + 2;
        let bottom = sheet.footer("", &self.source)? - 40.0;
        let top = header_bottom + 26.0;
        let height = ((bottom - top) / rows as f64).min(58.0);
        let bottom = top + height * rows as f64;
        let down = Scale::exactly(0.0, rows as f64, 1);
        let plot = sheet.plot(columns.bars.0..columns.bars.1, top..bottom, &levels, &down);
        let row = |index: usize| top + height * (index as f64 + 0.5);

        axes::columns(sheet, &plot, &levels)?;
        self.draw_headings(sheet, &columns, top)?;
        let mut level = self.start.value;
        self.write_level(sheet, &plot, &columns, &self.start, row(0))?;
        for (index, step) in self.steps.iter().enumerate() {
            let y = row(index + 1);
            join(sheet, plot.x(level), row(index), y, height)?;
            self.draw_step(sheet, &plot, step, level, y, height)?;
            self.write_step(sheet, &columns, step, y)?;
            level += step.mean;
        }
        join(sheet, plot.x(level), row(rows - 2), row(rows - 1), height)?;
        self.write_level(sheet, &plot, &columns, &self.end, row(rows - 1))
    }
}

/// Left and right ends of the columns, in pixels.
struct Columns {
    names: f64,
    bars: (f64, f64),
    mean: f64,
    range: f64,
}

impl Waterfall {
    fn scale(&self) -> Scale {
        let mut level = self.start.value;
        let (mut low, mut high) = (level, level);
        for step in &self.steps {
            for reach in [level + step.low, level + step.high, level + step.mean] {
                low = low.min(reach);
                high = high.max(reach);
            }
            level += step.mean;
        }
        Scale::around(low, high, 5)
    }

    fn places(&self) -> usize {
        self.scale().value_decimals()
    }

    fn range_text(&self, step: &Step) -> String {
        format!("{} to {}", signed(step.low, self.places()), signed(step.high, self.places()))
    }

    fn columns(&self) -> Columns {
        let (face, bold) = (Weight::Regular.face(), Weight::SemiBold.face());
        let places = self.places();
        let names = self.steps.iter().map(|step| face.width(&face.drawable(&step.label), LABEL));
        let ends = [&self.start, &self.end].map(|end| bold.width(&bold.drawable(&end.label), LABEL));
        let names = names.chain(ends).fold(0.0, f64::max).min(250.0);
        let means = self.steps.iter().map(|step| bold.width(&signed(step.mean, places), LABEL));
        let levels = [&self.start, &self.end].map(|end| bold.width(&number(end.value, places), LABEL));
        let means = means.chain(levels).chain([face.width("mean", LABEL)]).fold(0.0, f64::max);
        let ranges = self.steps.iter().map(|step| face.width(&self.range_text(step), LABEL));
        let ranges = ranges.chain([face.width("90% of paths", LABEL)]).fold(0.0, f64::max);
        let range = WIDTH - MARGIN;
        let mean = range - ranges - 18.0;
        Columns { names, bars: (MARGIN + names + 16.0, mean - means - 16.0), mean, range }
    }

    fn draw_headings(&self, sheet: &Sheet<'_>, columns: &Columns, top: f64) -> Result<(), ChartError> {
        let grey = Lettering { colour: sheet.palette.muted, anchor: Anchor::End, ..sheet.lettering(LABEL) };
        sheet.write("mean", (columns.mean, top - 6.0), grey)?;
        sheet.write("90% of paths", (columns.range, top - 6.0), grey)
    }

    fn draw_step(
        &self,
        sheet: &Sheet<'_>,
        plot: &Plot<'_>,
        step: &Step,
        level: f64,
        y: f64,
        height: f64,
    ) -> Result<(), ChartError> {
        let palette = sheet.palette;
        let half = (0.30 * height).min(13.0);
        let colour = if step.mean < 0.0 { palette.loss } else { palette.gain };
        sheet.rectangle((plot.x(level), y - half), (plot.x(level + step.mean), y + half), colour)?;
        let (low, high) = (plot.x(level + step.low), plot.x(level + step.high));
        // A rim of paper keeps the whisker visible on top of its own bar.
        for stroke in [Stroke::solid(palette.paper, 2.8), Stroke::solid(palette.ink, 1.3)] {
            sheet.line(&[(low, y), (high, y)], stroke)?;
            for x in [low, high] {
                sheet.line(&[(x, y - 4.0), (x, y + 4.0)], stroke)?;
            }
        }
        Ok(())
    }

    fn write_step(&self, sheet: &Sheet<'_>, columns: &Columns, step: &Step, y: f64) -> Result<(), ChartError> {
        let baseline = y + CAP_HEIGHT * LABEL / 2.0;
        let plain = sheet.lettering(LABEL);
        let name = Weight::Regular.face().fit(&step.label, LABEL, columns.names);
        sheet.write(&name, (MARGIN, baseline), plain)?;
        let mean = Lettering { anchor: Anchor::End, weight: Weight::SemiBold, ..plain };
        sheet.write(&signed(step.mean, self.places()), (columns.mean, baseline), mean)?;
        let range = Lettering { anchor: Anchor::End, colour: sheet.palette.muted, ..plain };
        sheet.write(&self.range_text(step), (columns.range, baseline), range)
    }

    fn write_level(
        &self,
        sheet: &Sheet<'_>,
        plot: &Plot<'_>,
        columns: &Columns,
        end: &Level,
        y: f64,
    ) -> Result<(), ChartError> {
        let baseline = y + CAP_HEIGHT * LABEL / 2.0;
        let bold = Lettering { weight: Weight::SemiBold, ..sheet.lettering(LABEL) };
        let name = Weight::SemiBold.face().fit(&end.label, LABEL, columns.names);
        sheet.write(&name, (MARGIN, baseline), bold)?;
        let right = Lettering { anchor: Anchor::End, ..bold };
        sheet.write(&number(end.value, self.places()), (columns.mean, baseline), right)?;
        let x = plot.x(end.value);
        sheet.line(&[(x, y - 9.0), (x, y + 9.0)], Stroke::solid(sheet.palette.ink, 3.0))
    }
}

/// The level a step hands to the next one.
fn join(sheet: &Sheet<'_>, x: f64, from: f64, to: f64, height: f64) -> Result<(), ChartError> {
    let half = (0.30 * height).min(13.0);
    let stroke = Stroke::solid(sheet.palette.axis, 1.0);
    sheet.line(&[(x, from + half), (x, to - half)], stroke)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::{Theme, draw_svg};

    fn two_steps() -> Waterfall {
        Waterfall {
            title: "What moved reserves".into(),
            subtitle: String::new(),
            unit: "$bn".into(),
            source: String::new(),
            start: Level::new("before", 3000.0),
            steps: vec![Step::new("cash target", -120.0, -150.0, -90.0), Step::new("purchases", 40.0, 30.0, 50.0)],
            end: Level::new("after", 2920.0),
        }
    }

    #[test]
    fn lengths_of_bars_are_in_proportion() {
        let svg = draw_svg(&two_steps(), Theme::Light).expect("a plain chart");
        let width_of = |colour: &str| -> f64 {
            let bar = svg.split("<rect").find(|rect| rect.contains(colour)).expect("a bar");
            let width = bar.split("width=\"").nth(1).and_then(|rest| rest.split('"').next());
            width.and_then(|width| width.parse().ok()).expect("a width")
        };
        // Loss and gain of the light palette; 120 to 40 is three to one.
        assert!((width_of("#dd8a47") / width_of("#2468a2") - 3.0).abs() < 0.01);
    }

    #[test]
    fn an_attribution_that_misses_its_end_is_refused() {
        let mut chart = two_steps();
        chart.end.value = 2930.0;
        assert_eq!(chart.check(), Err(ChartError::DoesNotAddUp { gap: "10.000000".into() }));
    }

    #[test]
    fn untrue_input_is_refused_by_name() {
        let refused = |spoil: fn(&mut Waterfall)| {
            let mut chart = two_steps();
            spoil(&mut chart);
            chart.check().expect_err("spoiled on purpose")
        };
        assert_eq!(refused(|w| w.steps.clear()), ChartError::Empty { what: "steps" });
        assert_eq!(refused(|w| w.steps[0].low = 1e9), ChartError::Order { what: "quantiles" });
        assert_eq!(refused(|w| w.steps[1].high = f64::NAN), ChartError::NotFinite { what: "a step" });
        assert_eq!(
            refused(|w| w.steps = vec![Step::new("x", 0.0, 0.0, 0.0); 19]),
            ChartError::TooMany { what: "steps", found: 19, most: 18 }
        );
    }

    #[test]
    fn the_description_names_every_step_with_its_sign() {
        assert_eq!(two_steps().description(), "From 3,000 (before) to 2,920 (after): cash target −120, purchases +40");
    }
}
