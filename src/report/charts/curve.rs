//! Numbers along an input: a dot at each place that was tried, a line through them, and a band where they were estimated.
//!
//! Places are as far apart as their numbers, or evenly if they have words (dates, on and off).

use super::axes;
use super::drawing::Stroke;
use super::end_labels::{EndLabel, EndLabels};
use super::inputs;
use super::lines::{MOST_LINES, looks};
use super::picture::{Caption, Chart, ChartError, Level, all_finite, same_length};
use super::poles::Poles;
use super::sheet::{MARGIN, Plot, Sheet, WIDTH};
use super::ticks::{Scale, given_decimals};
use super::typeface::Weight;
use crate::report::numbers::number;

/// Opacity of a band: two over one another can still be told apart.
const BAND: f64 = 0.16;
/// Longest name at the right of the plot, in pixels; what is longer is cut.
const LONGEST: f64 = 190.0;
/// Empty stretch at either end of an axis of numbers, as a share of its length.
const AIR: f64 = 0.02;

/// Numbers by the value of an input. All values are in `unit`.
#[derive(Clone, Debug, Default)]
pub struct CurveChart {
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
    /// What the input is, with its unit.
    pub axis: String,
    /// A word for each place, which are then evenly apart; none if their numbers say where they are.
    pub words: Vec<String>,
    /// The places, rising.
    pub places: Vec<f64>,
    /// The lines, each with a name of a few words.
    pub lines: Vec<CurveLine>,
    /// Levels that matter.
    pub thresholds: Vec<Level>,
    /// Places that matter.
    pub marks: Vec<Level>,
}

/// A number by place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CurveLine {
    /// What it is, in a few words.
    pub name: String,
    /// One value for each place.
    pub values: Vec<f64>,
    /// The ends of its 95 % interval at each place, lower and upper, if it was estimated.
    pub interval: Option<[Vec<f64>; 2]>,
}

impl Chart for CurveChart {
    fn caption(&self) -> Caption<'_> {
        Caption { title: &self.title, subtitle: &self.subtitle, unit: &self.unit, source: &self.source }
    }

    fn description(&self) -> String {
        let told = self.lines.iter().filter_map(|line| {
            let ends = [line.values.first()?, line.values.last()?].map(|&value| number(value, self.decimals));
            let places = [self.word(0), self.word(self.places.len() - 1)];
            Some(format!("{}: {} at {} to {} at {}", line.name, ends[0], places[0], ends[1], places[1]))
        });
        format!("{} along {}", told.collect::<Vec<_>>().join("; "), self.axis)
    }

    fn check(&self) -> Result<(), ChartError> {
        for (what, empty) in [("places", self.places.is_empty()), ("lines", self.lines.is_empty())] {
            if empty {
                return Err(ChartError::Empty { what });
            }
        }
        if self.lines.len() > MOST_LINES {
            return Err(ChartError::TooMany { what: "lines", found: self.lines.len(), most: MOST_LINES });
        }
        if !self.words.is_empty() {
            same_length("words of places", self.words.len(), self.places.len())?;
        }
        all_finite("the places", &self.places)?;
        if !self.places.is_sorted_by(|a, b| a < b) {
            return Err(ChartError::Order { what: "places" });
        }
        for line in &self.lines {
            for values in [&line.values].into_iter().chain(line.interval.iter().flatten()) {
                same_length("values in a line", values.len(), self.places.len())?;
                all_finite("values in a line", values)?;
            }
            if let Some([low, high]) = &line.interval
                && low.iter().zip(high).any(|(low, high)| low > high)
            {
                return Err(ChartError::Order { what: "ends of an interval" });
            }
        }
        let given = self.thresholds.iter().chain(&self.marks).map(|level| level.value).collect::<Vec<_>>();
        all_finite("a threshold or mark", &given)
    }

    fn draw(&self, sheet: &Sheet<'_>, header_bottom: f64) -> Result<(), ChartError> {
        let palette = sheet.palette;
        let scale = self.scale();
        let along = self.along();
        // The second look of lines is that of thresholds: it comes last.
        let looks = [0, 3, 4, 2, 5, 1].map(|place| looks(palette)[place]);
        let labels = self.end_labels(sheet, &looks);
        let left = MARGIN + axes::row_room(&scale, "");
        let right = WIDTH - MARGIN - labels.room();
        let pixel = |place: f64| left + (right - left) * (place - along.low) / (along.high - along.low);
        let marks = self.marks.iter().map(|mark| (pixel(self.place(mark.value)), mark.label.as_str()));
        let marks = Poles::plan(marks, Weight::Regular, left..WIDTH - MARGIN);
        let shaded = if self.lines.iter().any(|line| line.interval.is_some()) { "Shaded: 95% interval." } else { "" };
        let bottom = sheet.footer(&format!("{shaded}{}", marks.left_out()), &self.source)? - 60.0;
        let top = header_bottom + 12.0 + marks.height();
        let plot = sheet.plot(left..right, top..bottom, &along, &scale);
        axes::rows(sheet, &plot, &scale, "")?;
        for (line, look) in self.lines.iter().zip(&looks) {
            let Some([low, high]) = &line.interval else { continue };
            let outline = self.points(high).into_iter().chain(self.points(low).into_iter().rev());
            plot.veil(outline.collect(), look.colour, BAND)?;
        }
        marks.lines(sheet, &plot, Stroke::solid(palette.axis, 1.0))?;
        marks.names(sheet, &plot, palette.ink)?;
        for level in &self.thresholds {
            let dashed = Stroke { dash: Some((6.0, 4.0)), ..Stroke::solid(palette.threshold, 1.4) };
            plot.line(vec![(along.low, level.value), (along.high, level.value)], dashed)?;
        }
        for (line, look) in self.lines.iter().zip(looks).rev() {
            plot.line(self.points(&line.values), look)?;
            for at in self.points(&line.values) {
                plot.dot(at, 3.6, palette.paper)?;
                plot.dot(at, 2.8, look.colour)?;
            }
        }
        self.draw_axis(sheet, &plot, &along)?;
        inputs::name(sheet, &self.axis, &plot.across, bottom + 42.0)?;
        labels.draw(sheet, &plot)
    }
}

impl CurveChart {
    fn scale(&self) -> Scale {
        let intervals = self.lines.iter().flat_map(|line| line.interval.iter().flatten());
        let values = self.lines.iter().map(|line| &line.values).chain(intervals).flatten().copied();
        Scale::of(values.chain(self.thresholds.iter().map(|level| level.value)), 6)
    }

    /// The axis of the input; a unit for each place if these have words.
    fn along(&self) -> Scale {
        if !self.words.is_empty() {
            return Scale::exactly(-0.5, self.words.len() as f64 - 0.5, 1);
        }
        let all = || self.places.iter().copied().chain(self.marks.iter().map(|mark| mark.value));
        let (low, high) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
        let air = if high > low { AIR * (high - low) } else { 1.0 };
        Scale::exactly(low - air, high + air, 8)
    }

    /// Where a number of the input lies on the axis: between words as between their numbers.
    fn place(&self, value: f64) -> f64 {
        if self.words.is_empty() {
            return value;
        }
        let after = self.places.partition_point(|&place| place < value);
        match (after.checked_sub(1).map(|before| self.places[before]), self.places.get(after)) {
            (Some(low), Some(&high)) => after as f64 - (high - value) / (high - low),
            (Some(_), None) => after as f64 - 1.0,
            (None, _) => 0.0,
        }
    }

    fn points(&self, values: &[f64]) -> Vec<(f64, f64)> {
        self.places.iter().map(|&place| self.place(place)).zip(values.iter().copied()).collect()
    }

    fn word(&self, place: usize) -> String {
        let given = |value: f64| number(value, given_decimals(value));
        self.words.get(place).cloned().unwrap_or_else(|| given(self.places[place]))
    }

    fn draw_axis(&self, sheet: &Sheet<'_>, plot: &Plot<'_>, along: &Scale) -> Result<(), ChartError> {
        if self.words.is_empty() {
            return axes::values(sheet, plot, along);
        }
        let apart = (plot.across.end - plot.across.start) / self.words.len() as f64;
        let words = inputs::thinned(&self.words, apart).into_iter();
        axes::base_line(sheet, plot, words.map(|(place, word)| (place as f64, word)))
    }

    fn end_labels(&self, sheet: &Sheet<'_>, looks: &[Stroke]) -> EndLabels {
        let palette = sheet.palette;
        let alone = self.lines.len() == 1;
        let lines = self.lines.iter().zip(looks).filter_map(|(line, &look)| {
            Some(EndLabel {
                value: *line.values.last()?,
                name: line.name.clone(),
                weight: Weight::Regular,
                number_colour: palette.ink,
                name_colour: palette.ink,
                key: (!alone).then_some(look),
            })
        });
        let levels = self.thresholds.iter().map(|level| EndLabel {
            value: level.value,
            name: level.label.clone(),
            weight: Weight::Regular,
            number_colour: palette.threshold,
            name_colour: palette.threshold,
            key: None,
        });
        EndLabels::within(lines.chain(levels).collect(), self.decimals, LONGEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::{Theme, draw_svg};

    fn slopes() -> CurveChart {
        CurveChart {
            title: "Worst day".into(),
            unit: "bp".into(),
            axis: "repo slope, bp".into(),
            places: vec![0.0, 2.5, 10.0],
            lines: vec![CurveLine {
                name: "median".into(),
                values: vec![10.0, 20.0, 50.0],
                interval: Some([vec![8.0, 18.0, 45.0], vec![12.0, 22.0, 55.0]]),
            }],
            thresholds: vec![Level::new("ceiling", 30.0)],
            marks: vec![Level::new("solved", 5.0)],
            ..CurveChart::default()
        }
    }

    /// Middles of the dots of a curve, from the left.
    fn dots(chart: &CurveChart) -> Vec<f64> {
        let svg = draw_svg(chart, Theme::Light).expect("a plain chart");
        let mut found: Vec<f64> = svg
            .split("<circle")
            .filter(|circle| circle.contains("r=\"2.8\""))
            .filter_map(|circle| circle.split("cx=\"").nth(1)?.split('"').next()?.parse().ok())
            .collect();
        found.sort_by(f64::total_cmp);
        found
    }

    #[test]
    fn places_are_as_far_apart_as_their_numbers_and_evenly_with_words() {
        let [first, second, third] = dots(&slopes())[..] else { panic!("three dots") };
        assert!(((third - first) / (second - first) - 4.0).abs() < 0.01);
        let words = CurveChart { words: ["a", "b", "c"].map(str::to_owned).to_vec(), ..slopes() };
        let [first, second, third] = dots(&words)[..] else { panic!("three dots") };
        assert!(((third - first) / (second - first) - 2.0).abs() < 0.01);
        // A third of the way from 2.5 to 10.
        assert!((words.place(5.0) - 4.0 / 3.0).abs() < 1e-12);
        assert_eq!([-1.0, 0.0, 2.5, 10.0, 11.0].map(|value| words.place(value)), [0.0, 0.0, 1.0, 2.0, 2.0]);
    }

    #[test]
    fn bands_levels_and_marks_are_drawn_and_the_ends_are_told() {
        let svg = draw_svg(&slopes(), Theme::Light).expect("a plain chart");
        assert_eq!(svg.matches("fill-opacity=\"0.16\"").count(), 1);
        assert_eq!(svg.matches("stroke-dasharray=\"6 4\"").count(), 1);
        assert_eq!(slopes().description(), "median: 10 at 0 to 50 at 10 along repo slope, bp");
    }

    #[test]
    fn untrue_input_is_refused_by_name() {
        let refused = |spoil: fn(&mut CurveChart)| {
            let mut chart = slopes();
            spoil(&mut chart);
            chart.check().expect_err("spoiled on purpose")
        };
        assert_eq!(refused(|c| c.places.clear()), ChartError::Empty { what: "places" });
        assert_eq!(refused(|c| c.lines.clear()), ChartError::Empty { what: "lines" });
        assert_eq!(refused(|c| c.places.swap(0, 1)), ChartError::Order { what: "places" });
        assert_eq!(
            refused(|c| c.words.push("one".into())),
            ChartError::Length { what: "words of places", found: 1, expected: 3 }
        );
        assert_eq!(
            refused(|c| c.lines[0].interval = Some([vec![0.0; 3], vec![-1.0; 3]])),
            ChartError::Order { what: "ends of an interval" }
        );
        assert_eq!(
            refused(|c| c.marks.push(Level::new("x", f64::NAN))),
            ChartError::NotFinite { what: "a threshold or mark" }
        );
    }
}
