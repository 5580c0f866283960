//! Attribution waterfall: which flows carried a level from its start to its end.
//!
//! Levels are marked by lines, not bars: a bar for a level would have to begin at zero, and the
//! changes that matter would vanish beside it. Only changes are bars, and their length is true.

use super::axes;
use super::drawing::Stroke;
use super::picture::{Caption, Chart, ChartError, Level, all_finite};
use super::rows::{Columns, Row, half_bar, whisker};
use super::sheet::{Plot, Sheet};
use super::ticks::Scale;
use super::typeface::Weight;
use crate::report::numbers::{number, signed};

/// Rows that can be read on one sheet, without start and end.
const MOST_STEPS: usize = 18;
/// Relative tolerance of the sum: rounding of a mean over paths, far below a printed digit.
const SUM_TOLERANCE: f64 = 1e-6;
/// Headings of means and ranges.
const HEADINGS: [&str; 2] = ["mean", "90% of paths"];

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
    /// Decimals printed; values are given to one more at least.
    pub decimals: usize,
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
        let steps: Vec<String> =
            self.steps.iter().map(|step| format!("{} {}", step.label, signed(step.mean, self.decimals))).collect();
        format!(
            "From {} ({}) to {} ({}): {}",
            number(self.start.value, self.decimals),
            self.start.label,
            number(self.end.value, self.decimals),
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
        // What was rounded to one decimal more than is printed adds up to half a unit of that for each number.
        let rounded = 0.05 * 10f64.powi(-(self.decimals as i32)) * (self.steps.len() + 2) as f64;
        if gap.abs() > rounded + SUM_TOLERANCE * size {
            return Err(ChartError::DoesNotAddUp { gap: format!("{gap:.6}") });
        }
        Ok(())
    }

    fn draw(&self, sheet: &Sheet<'_>, header_bottom: f64) -> Result<(), ChartError> {
        let levels = self.scale();
        let steps = self.steps.iter().map(|step| self.row(step));
        let rows: Vec<Row> = [self.end(&self.start)].into_iter().chain(steps).chain([self.end(&self.end)]).collect();
        let columns = Columns::measure(&rows, HEADINGS);
        let bottom = sheet.footer("", &self.source)? - 40.0;
        let top = header_bottom + 26.0;
        let height = ((bottom - top) / rows.len() as f64).min(58.0);
        let bottom = top + height * rows.len() as f64;
        let down = Scale::exactly(0.0, rows.len() as f64, 1);
        let plot = sheet.plot(columns.bars.clone(), top..bottom, &levels, &down);
        let middle = |index: usize| top + height * (index as f64 + 0.5);

        axes::columns(sheet, &plot, &levels)?;
        columns.head(sheet, HEADINGS, top - 6.0)?;
        for (index, row) in rows.iter().enumerate() {
            columns.write(sheet, row, middle(index))?;
        }
        let mut level = self.start.value;
        draw_level(sheet, &plot, level, middle(0))?;
        for (index, step) in self.steps.iter().enumerate() {
            join(sheet, plot.x(level), (middle(index), middle(index + 1)), height)?;
            draw_step(sheet, &plot, step, level, (middle(index + 1), height))?;
            if !rows[index + 1].range.is_empty() {
                let ends = (plot.x(level + step.low), plot.x(level + step.high));
                whisker(sheet, ends, middle(index + 1))?;
            }
            level += step.mean;
        }
        let last = self.steps.len();
        join(sheet, plot.x(level), (middle(last), middle(last + 1)), height)?;
        draw_level(sheet, &plot, self.end.value, middle(last + 1))
    }
}

impl Waterfall {
    fn scale(&self) -> Scale {
        let mut level = self.start.value;
        let mut reached = vec![level, self.end.value];
        for step in &self.steps {
            reached.extend([step.low, step.high, step.mean].map(|by| level + by));
            level += step.mean;
        }
        Scale::of(reached.into_iter(), 5)
    }

    /// A step; what is the same on all paths has no range.
    fn row(&self, step: &Step) -> Row {
        let [mean, low, high] = [step.mean, step.low, step.high].map(|value| signed(value, self.decimals));
        let range = if low == high { String::new() } else { format!("{low} to {high}") };
        Row { name: step.label.clone(), number: mean, range, weight: Weight::Regular }
    }

    fn end(&self, end: &Level) -> Row {
        let value = number(end.value, self.decimals);
        Row { name: end.label.clone(), number: value, range: String::new(), weight: Weight::SemiBold }
    }
}

fn draw_step(
    sheet: &Sheet<'_>,
    plot: &Plot<'_>,
    step: &Step,
    level: f64,
    (y, height): (f64, f64),
) -> Result<(), ChartError> {
    let half = half_bar(height);
    let colour = if step.mean < 0.0 { sheet.palette.loss } else { sheet.palette.gain };
    sheet.rectangle((plot.x(level), y - half), (plot.x(level + step.mean), y + half), colour)
}

fn draw_level(sheet: &Sheet<'_>, plot: &Plot<'_>, value: f64, y: f64) -> Result<(), ChartError> {
    let x = plot.x(value);
    sheet.line(&[(x, y - 9.0), (x, y + 9.0)], Stroke::solid(sheet.palette.ink, 3.0))
}

/// The level a step hands to the next one.
fn join(sheet: &Sheet<'_>, x: f64, (from, to): (f64, f64), height: f64) -> Result<(), ChartError> {
    let half = half_bar(height);
    sheet.line(&[(x, from + half), (x, to - half)], Stroke::solid(sheet.palette.axis, 1.0))
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
            decimals: 0,
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
    fn what_is_the_same_on_all_paths_has_no_range() {
        let mut chart = two_steps();
        let whiskers = |chart: &Waterfall| {
            let svg = draw_svg(chart, Theme::Light).expect("a plain chart");
            svg.matches(r#"stroke-width="1.3""#).count()
        };
        assert_eq!((whiskers(&chart), chart.row(&chart.steps[1]).range.as_str()), (2, "+30 to +50"));
        (chart.steps[1].low, chart.steps[1].high) = (39.9, 40.2);
        assert_eq!((whiskers(&chart), chart.row(&chart.steps[1]).range.as_str()), (1, ""));
    }

    #[test]
    fn an_attribution_that_misses_its_end_is_refused() {
        let mut chart = two_steps();
        // Four numbers rounded to a tenth are out by no more than a fifth.
        chart.end.value = 2920.19;
        assert_eq!(chart.check(), Ok(()));
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
