//! Interval chart: for each subject a panel, in it groups of estimates with their intervals, on one axis of shares.

use super::drawing::Stroke;
use super::panels::{columns_for, lay_out, number_room};
use super::picture::{Caption, Chart, ChartError, all_finite};
use super::sheet::{LABEL, MARGIN, Plot, Sheet, WIDTH};
use super::ticks::Scale;
use super::typeface::Weight;
use crate::report::numbers::number;
use plotters::style::RGBColor;

/// Panels that can be read on one sheet.
const MOST_PANELS: usize = 12;
/// Series that have a colour of their own.
const MOST_SERIES: usize = 3;

/// Estimates of several series in groups, panel by panel. All values are percent.
#[derive(Clone, Debug, Default)]
pub struct IntervalChart {
    /// Subject.
    pub title: String,
    /// What the reader should know.
    pub subtitle: String,
    /// Unit of the values.
    pub unit: String,
    /// Where the numbers come from.
    pub source: String,
    /// How to read the drawing.
    pub note: String,
    /// Names of the series.
    pub series: Vec<String>,
    /// The axis; what lies beyond is drawn at its edge as an arrow.
    pub range: (f64, f64),
    /// Stretches of the axis that are shaded: where values should lie.
    pub wanted: Vec<(f64, f64)>,
    /// The panels.
    pub panels: Vec<IntervalPanel>,
}

/// A panel of an [`IntervalChart`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IntervalPanel {
    /// Name.
    pub name: String,
    /// Groups from left to right, each with its name and an estimate for each series.
    pub groups: Vec<(String, Vec<Option<Interval>>)>,
}

/// A value between the ends of its interval.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Interval {
    /// The value.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Chart for IntervalChart {
    fn caption(&self) -> Caption<'_> {
        Caption { title: &self.title, subtitle: &self.subtitle, unit: &self.unit, source: &self.source }
    }

    fn description(&self) -> String {
        let told = |panel: &IntervalPanel| {
            let groups = panel.groups.iter().flat_map(|(group, intervals)| {
                self.series.iter().zip(intervals).filter_map(move |(series, interval)| {
                    let Interval { value, low, high } = (*interval)?;
                    Some(format!("{group} {series} {} [{}, {}]", number(value, 0), number(low, 0), number(high, 0)))
                })
            });
            format!("{}: {}", panel.name, groups.collect::<Vec<_>>().join(", "))
        };
        self.panels.iter().map(told).collect::<Vec<_>>().join(". ")
    }

    fn check(&self) -> Result<(), ChartError> {
        if self.panels.iter().all(|panel| panel.groups.is_empty()) {
            return Err(ChartError::Empty { what: "groups" });
        }
        if self.panels.len() > MOST_PANELS {
            return Err(ChartError::TooMany { what: "panels", found: self.panels.len(), most: MOST_PANELS });
        }
        if self.series.len() > MOST_SERIES {
            return Err(ChartError::TooMany { what: "series", found: self.series.len(), most: MOST_SERIES });
        }
        if self.range.0 >= self.range.1 {
            return Err(ChartError::Order { what: "ends of the axis" });
        }
        for interval in self.panels.iter().flat_map(|panel| &panel.groups).flat_map(|(_, group)| group).flatten() {
            all_finite("an interval", &[interval.value, interval.low, interval.high])?;
            if interval.low > interval.high {
                return Err(ChartError::Order { what: "ends of an interval" });
            }
        }
        Ok(())
    }

    fn draw(&self, sheet: &Sheet<'_>, header_bottom: f64) -> Result<(), ChartError> {
        self.legend(sheet, header_bottom + 16.0)?;
        let bottom = sheet.footer(&self.note, &self.source)? - 8.0;
        let scale = Scale::exactly(self.range.0, self.range.1, 6);
        let room = (MARGIN..WIDTH - MARGIN, header_bottom + 24.0..bottom);
        let columns = columns_for(self.panels.len());
        let places = lay_out(self.panels.len(), columns, room, number_room(&scale, "%"), false);
        for (panel, place) in self.panels.iter().zip(places) {
            let groups = Scale::exactly(0.0, panel.groups.len().max(1) as f64, 1);
            let plot = sheet.plot(place.across.clone(), place.down.clone(), &groups, &scale);
            for &(low, high) in &self.wanted {
                let (left, right) = (place.across.start, place.across.end);
                sheet.rectangle((left, plot.y(low)), (right, plot.y(high)), sheet.palette.outer_band)?;
            }
            place.name(sheet, &panel.name, "")?;
            place.rows(sheet, &plot, &scale, "%", place.is_first)?;
            for (group, (_, intervals)) in panel.groups.iter().enumerate() {
                for (series, interval) in intervals.iter().enumerate() {
                    let Some(interval) = interval else { continue };
                    let shift = (series as f64 - 0.5 * (self.series.len() as f64 - 1.0)) * 0.21;
                    self.mark(sheet, &plot, group as f64 + 0.5 + shift, interval, colour(sheet, series))?;
                }
            }
            let middle = |group: usize| plot.x(group as f64 + 0.5);
            let names = panel.groups.iter().enumerate().map(|(group, (name, _))| (middle(group), name.clone()));
            place.under(sheet, names)?;
        }
        Ok(())
    }
}

/// The colour of a series: the model's blue first, then what limits, then what is given.
fn colour(sheet: &Sheet<'_>, series: usize) -> RGBColor {
    [sheet.palette.median, sheet.palette.threshold, sheet.palette.corridor][series.min(MOST_SERIES - 1)]
}

impl IntervalChart {
    fn legend(&self, sheet: &Sheet<'_>, baseline: f64) -> Result<(), ChartError> {
        let face = Weight::Regular.face();
        let mut x = MARGIN;
        for (series, name) in self.series.iter().enumerate() {
            sheet.rectangle((x, baseline - 9.0), (x + 10.0, baseline + 1.0), colour(sheet, series))?;
            let name = face.fit(name, LABEL, 220.0);
            sheet.write(&name, (x + 16.0, baseline), sheet.lettering(LABEL))?;
            x += 16.0 + face.width(&name, LABEL) + 24.0;
        }
        Ok(())
    }

    /// A dot with a line from end to end; an arrowhead where either leaves the axis.
    fn mark(
        &self,
        sheet: &Sheet<'_>,
        plot: &Plot<'_>,
        at: f64,
        interval: &Interval,
        colour: RGBColor,
    ) -> Result<(), ChartError> {
        let (bottom, top) = self.range;
        let inside = |value: f64| value.clamp(bottom, top);
        let x = plot.x(at);
        let ends = [(x, plot.y(inside(interval.low))), (x, plot.y(inside(interval.high)))];
        sheet.line(&ends, Stroke { opacity: 0.7, ..Stroke::solid(colour, 2.0) })?;
        if interval.low < bottom {
            let y = plot.down.end;
            sheet.line(&[(x - 3.5, y - 5.0), (x, y), (x + 3.5, y - 5.0)], Stroke::solid(colour, 1.6))?;
        }
        if interval.high > top {
            let y = plot.down.start;
            sheet.line(&[(x - 3.5, y + 5.0), (x, y), (x + 3.5, y + 5.0)], Stroke::solid(colour, 1.6))?;
        }
        if (bottom..=top).contains(&interval.value) {
            plot.dot((at, interval.value), 4.6, sheet.palette.paper)?;
            plot.dot((at, interval.value), 3.6, colour)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::{Theme, draw_svg};

    fn chart() -> IntervalChart {
        let interval = |value: f64| Some(Interval { value, low: value - 10.0, high: value + 10.0 });
        IntervalChart {
            series: vec!["one".to_owned(), "two".to_owned()],
            range: (-50.0, 60.0),
            panels: vec![IntervalPanel {
                name: "TGA".to_owned(),
                groups: vec![
                    ("1d".to_owned(), vec![interval(20.0), None]),
                    ("5d".to_owned(), vec![interval(-90.0), None]),
                ],
            }],
            ..IntervalChart::default()
        }
    }

    #[test]
    fn what_leaves_the_axis_has_an_arrow_and_no_dot() {
        let svg = draw_svg(&chart(), Theme::Light).expect("a plain chart");
        // A dot and its rim of paper for 20 %; none for −90 %.
        assert_eq!(svg.matches("<circle").count(), 2);
        assert!(chart().description().contains("5d one −90 [−100, −80]"));
    }

    #[test]
    fn untrue_input_is_refused_by_name() {
        let refused = |spoil: fn(&mut IntervalChart)| {
            let mut chart = chart();
            spoil(&mut chart);
            chart.check().expect_err("spoiled on purpose")
        };
        assert_eq!(refused(|c| c.panels.clear()), ChartError::Empty { what: "groups" });
        assert_eq!(refused(|c| c.range = (1.0, 1.0)), ChartError::Order { what: "ends of the axis" });
        let turned = Some(Interval { value: 0.0, low: 1.0, high: -1.0 });
        let mut chart = chart();
        chart.panels[0].groups[0].1[0] = turned;
        assert_eq!(chart.check(), Err(ChartError::Order { what: "ends of an interval" }));
    }
}
