//! Calendar of probabilities: a row for each level, a column for each business day, the darker the likelier.
//!
//! Steps are finer where rare things are told apart. Their colours run from paper to ink in even steps of lightness, so
//! that a grey print says the same.

use jiff::civil::Date;
use plotters::style::RGBColor;

use super::drawing::{Anchor, Lettering, Stroke};
use super::lines::Line;
use super::palette::Palette;
use super::picture::{Caption, Chart, ChartError};
use super::sheet::{LABEL, MARGIN, SMALL, Sheet, WIDTH};
use super::ticks::{date_ticks, long_date};
use super::timeline::Timeline;
use super::typeface::{CAP_HEIGHT, Weight};
use crate::report::numbers::number;

/// Rows that can be read on one sheet.
const MOST_ROWS: usize = 12;
/// Where a darker step begins, in percent.
const STEPS: [f64; 8] = [1.0, 2.0, 5.0, 10.0, 20.0, 40.0, 60.0, 80.0];
/// Size of a step in the legend, in pixels.
const SWATCH: (f64, f64) = (40.0, 12.0);

/// Probabilities of several levels by business day. All values are percent.
#[derive(Clone, Debug, Default)]
pub struct HeatChart {
    /// Subject.
    pub title: String,
    /// What the reader should know.
    pub subtitle: String,
    /// Unit of every value.
    pub unit: String,
    /// Where the numbers come from.
    pub source: String,
    /// Business days, rising.
    pub dates: Vec<Date>,
    /// The rows from top to bottom.
    pub rows: Vec<Line>,
}

impl Chart for HeatChart {
    fn caption(&self) -> Caption<'_> {
        Caption { title: &self.title, subtitle: &self.subtitle, unit: &self.unit, source: &self.source }
    }

    fn description(&self) -> String {
        let told = self.rows.iter().filter_map(|row| {
            let (day, share) = likeliest(row)?;
            Some(format!("{}: likeliest on {}, {}", row.name, long_date(*self.dates.get(day)?), share_text(share)))
        });
        told.collect::<Vec<_>>().join("; ")
    }

    fn check(&self) -> Result<(), ChartError> {
        let timeline = Timeline(&self.dates);
        timeline.check()?;
        if self.rows.is_empty() {
            return Err(ChartError::Empty { what: "rows" });
        }
        if self.rows.len() > MOST_ROWS {
            return Err(ChartError::TooMany { what: "rows", found: self.rows.len(), most: MOST_ROWS });
        }
        self.rows.iter().try_for_each(|row| timeline.check_values("values in a row", &row.values))
    }

    fn draw(&self, sheet: &Sheet<'_>, header_bottom: f64) -> Result<(), ChartError> {
        let face = Weight::Regular.face();
        let grey = Lettering { colour: sheet.palette.muted, ..sheet.lettering(LABEL) };
        let names = self.rows.iter().map(|row| face.width(&face.drawable(&row.name), LABEL)).fold(0.0, f64::max);
        let peaks: Vec<[String; 2]> = self.rows.iter().map(|row| self.peak(row)).collect();
        let dates = peaks.iter().map(|[_, date]| face.width(date, LABEL)).fold(0.0, f64::max);
        let left = MARGIN + names.min(160.0) + 12.0;
        let right = WIDTH - MARGIN - dates - 68.0;
        let bottom = sheet.footer("", &self.source)? - 68.0;
        let top = header_bottom + 26.0;
        let height = ((bottom - top) / self.rows.len() as f64).min(66.0);
        let day = (right - left) / self.dates.len() as f64;
        sheet.write("likeliest day", (WIDTH - MARGIN, top - 6.0), Lettering { anchor: Anchor::End, ..grey })?;
        for (index, (row, [share, date])) in self.rows.iter().zip(&peaks).enumerate() {
            let y = top + height * index as f64;
            let baseline = y + (height + CAP_HEIGHT * LABEL) / 2.0;
            let name = face.fit(&row.name, LABEL, 160.0);
            sheet.write(&name, (left - 12.0, baseline), Lettering { anchor: Anchor::End, ..sheet.lettering(LABEL) })?;
            draw_row(sheet, row, (left, day), (y, y + height - 3.0))?;
            let bold = Lettering { weight: Weight::SemiBold, anchor: Anchor::End, ..sheet.lettering(LABEL) };
            sheet.write(share, (WIDTH - MARGIN - dates - 10.0, baseline), bold)?;
            sheet.write(date, (WIDTH - MARGIN, baseline), Lettering { anchor: Anchor::End, ..grey })?;
        }
        let bottom = top + height * self.rows.len() as f64;
        self.months(sheet, (left, day), bottom)?;
        legend(sheet, left, bottom + 44.0)
    }
}

/// How many steps a share has passed.
fn step(share: f64) -> usize {
    STEPS.iter().filter(|&&least| share >= least).count()
}

/// The day with the highest share of a row, the first of several, and that share.
fn likeliest(row: &Line) -> Option<(usize, f64)> {
    row.values.iter().copied().enumerate().reduce(|best, next| if next.1 > best.1 { next } else { best })
}

/// A share, never rounded to certainty.
fn share_text(share: f64) -> String {
    match share {
        share if share > 0.0 && share < 1.0 => "<1%".to_owned(),
        share if share > 99.0 && share < 100.0 => ">99%".to_owned(),
        share => number(share, 0) + "%",
    }
}

/// A run of days of one step is one rectangle: no seams.
fn draw_row(
    sheet: &Sheet<'_>,
    row: &Line,
    (left, day): (f64, f64),
    (top, bottom): (f64, f64),
) -> Result<(), ChartError> {
    let mut first = 0;
    for run in row.values.chunk_by(|&a, &b| step(a) == step(b)) {
        let (from, to) = (left + day * first as f64, left + day * (first + run.len()) as f64);
        sheet.rectangle((from, top), (to, bottom), colour(sheet.palette, step(run[0])))?;
        first += run.len();
    }
    rim(sheet, (left, top), (left + day * row.values.len() as f64, bottom))
}

/// The colour of a step; what hardly happens leaves the paper as it is.
fn colour(palette: &Palette, step: usize) -> RGBColor {
    palette.shade(step as f64 / STEPS.len() as f64)
}

/// The rim of cells, which shows where they are though they have the colour of paper.
fn rim(sheet: &Sheet<'_>, (left, top): (f64, f64), (right, bottom): (f64, f64)) -> Result<(), ChartError> {
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
    sheet.line(&corners, Stroke::solid(sheet.palette.axis, 0.7))
}

/// What the colours mean.
fn legend(sheet: &Sheet<'_>, left: f64, top: f64) -> Result<(), ChartError> {
    let grey = Lettering { colour: sheet.palette.muted, ..sheet.lettering(SMALL) };
    let baseline = top + SWATCH.1 + 14.0;
    for step in 0..=STEPS.len() {
        let x = left + SWATCH.0 * step as f64;
        sheet.rectangle((x, top), (x + SWATCH.0, top + SWATCH.1), colour(sheet.palette, step))?;
        if step > 0 {
            let text = number(STEPS[step - 1], 0) + "%";
            sheet.write(&text, (x, baseline), Lettering { anchor: Anchor::Middle, ..grey })?;
        }
    }
    let right = left + SWATCH.0 * (STEPS.len() + 1) as f64;
    rim(sheet, (left, top), (right, top + SWATCH.1))?;
    sheet.write("of paths on that day", (right + 10.0, top + SWATCH.1 - 2.0), grey)
}

impl HeatChart {
    /// The highest share of a row, and its day; none if it never happens.
    fn peak(&self, row: &Line) -> [String; 2] {
        match likeliest(row) {
            Some((day, share)) if share > 0.0 => [share_text(share), long_date(self.dates[day])],
            _ => ["0%".to_owned(), "never".to_owned()],
        }
    }

    /// Months under the rows; a column of a heat map is a business day, whatever lies between.
    fn months(&self, sheet: &Sheet<'_>, (left, day): (f64, f64), bottom: f64) -> Result<(), ChartError> {
        let (first, last) = Timeline(&self.dates).ends();
        let widest = Weight::Regular.face().width("20 Mar 2026", LABEL);
        let grey = Lettering { colour: sheet.palette.muted, ..sheet.lettering(LABEL) };
        for (date, label) in date_ticks(first, last, day * self.dates.len() as f64, widest) {
            let x = left + day * self.dates.partition_point(|&each| each < date) as f64;
            sheet.line(&[(x, bottom - 1.0), (x, bottom + 5.0)], Stroke::solid(sheet.palette.axis, 1.0))?;
            sheet.write(&label, (x, bottom + 20.0), grey)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::{Theme, draw_svg};
    use jiff::civil::date;

    fn calendar() -> HeatChart {
        HeatChart {
            title: "P(SOFR − IORB above a level)".into(),
            unit: "%".into(),
            dates: (1..=3).map(|day| date(2025, 10, day)).collect(),
            rows: vec![
                Line { name: "> 10bp".into(), values: vec![0.0, 0.4, 0.0] },
                Line { name: "> 0bp".into(), values: vec![4.0, 4.0, 99.9] },
            ],
            ..HeatChart::default()
        }
    }

    #[test]
    fn days_of_one_step_are_one_rectangle_and_the_likeliest_day_is_told() {
        let svg = draw_svg(&calendar(), Theme::Light).expect("finite values");
        // The paper, the legend, one run above 10bp and two above IORB.
        assert_eq!(svg.matches("<rect").count(), 1 + STEPS.len() + 1 + 1 + 2);
        assert_eq!(
            calendar().description(),
            "> 10bp: likeliest on 2 Oct 2025, <1%; > 0bp: likeliest on 3 Oct 2025, >99%"
        );
        assert_eq!([0.0, 0.99, 1.0, 39.9, 100.0].map(step), [0, 0, 1, 5, 8]);
    }

    #[test]
    fn untrue_input_is_refused_by_name() {
        let refused = |spoil: fn(&mut HeatChart)| {
            let mut chart = calendar();
            spoil(&mut chart);
            chart.check().expect_err("spoiled on purpose")
        };
        assert_eq!(refused(|c| c.rows.clear()), ChartError::Empty { what: "rows" });
        assert_eq!(refused(|c| c.dates.clear()), ChartError::Empty { what: "dates" });
        assert_eq!(refused(|c| c.rows[1].values[0] = f64::NAN), ChartError::NotFinite { what: "values in a row" });
    }
}
