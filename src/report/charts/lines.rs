//! Lines by date: several numbers on one axis, each named where it ends.
//!
//! Lines cross and meet, at nothing above all, so each has a colour and a dash of its own, which its name repeats: a grey
//! print keeps them apart.

use jiff::civil::Date;

use super::axes;
use super::drawing::Stroke;
use super::end_labels::{EndLabel, EndLabels};
use super::fan::EventMark;
use super::palette::Palette;
use super::picture::{Caption, Chart, ChartError};
use super::sheet::{MARGIN, Sheet, WIDTH};
use super::ticks::{Scale, long_date};
use super::timeline::Timeline;
use super::typeface::Weight;
use crate::report::numbers::number;

/// Lines that have a look of their own.
pub(super) const MOST_LINES: usize = 6;

/// Several numbers over the same business days. All values are in `unit`.
#[derive(Clone, Debug, Default)]
pub struct LinesChart {
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
    /// The lines, each with a name of a few words.
    pub lines: Vec<Line>,
    /// Whether the axis has to show zero.
    pub from_zero: bool,
    /// What happens when. Events outside the dates are not drawn.
    pub events: Vec<EventMark>,
}

/// A number by date.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// What it is, in a few words.
    pub name: String,
    /// One value for each date of the chart.
    pub values: Vec<f64>,
}

impl Chart for LinesChart {
    fn caption(&self) -> Caption<'_> {
        Caption { title: &self.title, subtitle: &self.subtitle, unit: &self.unit, source: &self.source }
    }

    fn description(&self) -> String {
        let places = self.scale().value_decimals();
        let told = self.lines.iter().filter_map(|line| {
            let (day, highest) = line.values.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1))?;
            let (end, date) = (line.values.last()?, long_date(*self.dates.get(day)?));
            let [highest, end] = [*highest, *end].map(|value| number(value, places));
            Some(format!("{}: at most {highest}, on {date}, and {end} at the end", line.name))
        });
        told.collect::<Vec<_>>().join("; ")
    }

    fn check(&self) -> Result<(), ChartError> {
        let timeline = Timeline(&self.dates);
        timeline.check()?;
        if self.lines.is_empty() {
            return Err(ChartError::Empty { what: "lines" });
        }
        if self.lines.len() > MOST_LINES {
            return Err(ChartError::TooMany { what: "lines", found: self.lines.len(), most: MOST_LINES });
        }
        self.lines.iter().try_for_each(|line| timeline.check_values("values in a line", &line.values))
    }

    fn draw(&self, sheet: &Sheet<'_>, header_bottom: f64) -> Result<(), ChartError> {
        let timeline = Timeline(&self.dates);
        let scale = self.scale();
        let looks = looks(sheet.palette);
        let lines = self.highest_first();
        let labels = end_labels(&lines, &looks, sheet.palette, &scale);
        let left = MARGIN + axes::row_room(&scale, "");
        let right = WIDTH - MARGIN - labels.room();
        let events = timeline.poles(&self.events, left..right);
        let bottom = sheet.footer(events.left_out().trim_start(), &self.source)? - 42.0;
        let top = header_bottom + 12.0 + events.height();
        let plot = sheet.plot(left..right, top..bottom, &timeline.scale(), &scale);
        axes::rows(sheet, &plot, &scale, "")?;
        events.lines(sheet, &plot, Stroke::solid(sheet.palette.axis, 1.0))?;
        events.names(sheet, &plot, sheet.palette.ink)?;
        timeline.axis(sheet, &plot)?;
        for (line, look) in lines.into_iter().zip(looks).rev() {
            plot.line(timeline.trace(&line.values), look)?;
        }
        labels.draw(sheet, &plot)
    }
}

/// The looks of the lines, in order.
pub(super) fn looks(palette: &Palette) -> [Stroke; MOST_LINES] {
    let look = |colour, width, dash| Stroke { dash, ..Stroke::solid(colour, width) };
    [
        look(palette.median, 2.4, None),
        look(palette.threshold, 2.0, Some((8.0, 3.0))),
        look(palette.corridor, 2.2, None),
        look(palette.ink, 2.0, Some((2.2, 2.6))),
        look(palette.bar, 2.4, Some((12.0, 3.0))),
        look(palette.loss, 2.4, Some((4.5, 2.5))),
    ]
}

impl LinesChart {
    fn scale(&self) -> Scale {
        let values = self.lines.iter().flat_map(|line| &line.values).copied();
        Scale::of(values.chain(self.from_zero.then_some(0.0)), 6)
    }

    /// The lines from the highest on average to the lowest: the order in which they get their looks, and in which names
    /// stand that would stand at one place.
    fn highest_first(&self) -> Vec<&Line> {
        let mut lines: Vec<&Line> = self.lines.iter().collect();
        let sum = |line: &Line| line.values.iter().sum::<f64>();
        lines.sort_by(|a, b| sum(b).total_cmp(&sum(a)));
        lines
    }
}

fn end_labels(lines: &[&Line], looks: &[Stroke], palette: &Palette, scale: &Scale) -> EndLabels {
    let labels = lines.iter().zip(looks).filter_map(|(line, &look)| {
        Some(EndLabel {
            value: *line.values.last()?,
            name: line.name.clone(),
            weight: Weight::Regular,
            number_colour: palette.ink,
            name_colour: palette.ink,
            key: Some(look),
        })
    });
    EndLabels::measure(labels.collect(), scale.value_decimals())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::{Theme, draw_svg};
    use jiff::civil::date;

    fn two_lines() -> LinesChart {
        let line = |name: &str, values: [f64; 3]| Line { name: name.into(), values: values.to_vec() };
        LinesChart {
            title: "P(reserves below a level)".into(),
            unit: "%".into(),
            dates: (1..=3).map(|day| date(2025, 10, day)).collect(),
            lines: vec![line("below 2,700", [0.0, 30.0, 10.0]), line("below 2,800", [0.0, 60.0, 80.0])],
            from_zero: true,
            ..LinesChart::default()
        }
    }

    #[test]
    fn every_line_is_drawn_with_a_dash_that_its_name_repeats() {
        let svg = draw_svg(&two_lines(), Theme::Light).expect("finite values");
        assert_eq!(svg.matches(r#"stroke-dasharray="8 3""#).count(), 2);
        assert_eq!(
            two_lines().description(),
            "below 2,700: at most 30, on 2 Oct 2025, and 10 at the end; \
             below 2,800: at most 80, on 3 Oct 2025, and 80 at the end"
        );
    }

    #[test]
    fn the_highest_line_has_the_first_look_wherever_it_stands() {
        let names = |chart: LinesChart| chart.highest_first().iter().map(|line| line.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(two_lines()), ["below 2,800", "below 2,700"]);
    }

    #[test]
    fn no_two_lines_look_alike() {
        for theme in [Theme::Light, Theme::Dark] {
            let looks = looks(theme.palette());
            for (place, look) in looks.iter().enumerate() {
                assert!(looks[..place].iter().all(|other| other.dash != look.dash || look.dash.is_none()));
                assert!(looks[..place].iter().all(|other| other.colour != look.colour));
            }
        }
    }

    #[test]
    fn untrue_input_is_refused_by_name() {
        let refused = |spoil: fn(&mut LinesChart)| {
            let mut chart = two_lines();
            spoil(&mut chart);
            chart.check().expect_err("spoiled on purpose")
        };
        assert_eq!(refused(|c| c.lines.clear()), ChartError::Empty { what: "lines" });
        assert_eq!(refused(|c| c.dates.swap(0, 1)), ChartError::Order { what: "dates" });
        assert_eq!(
            refused(|c| c.lines[0].values.truncate(2)),
            ChartError::Length { what: "values in a line", found: 2, expected: 3 }
        );
        assert_eq!(
            refused(|c| c.lines = vec![c.lines[0].clone(); 7]),
            ChartError::TooMany { what: "lines", found: 7, most: 6 }
        );
    }
}
