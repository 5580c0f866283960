//! Shares by date, one on another, to at most all; what is left over stands on top.

use jiff::civil::Date;
use plotters::style::RGBColor;

use super::axes;
use super::drawing::{Anchor, Lettering, Stroke};
use super::fan::EventMark;
use super::labels;
use super::lines::Line;
use super::palette::Palette;
use super::picture::{Caption, Chart, ChartError};
use super::sheet::{LABEL, MARGIN, Plot, Sheet, WIDTH};
use super::ticks::Scale;
use super::timeline::Timeline;
use super::typeface::{CAP_HEIGHT, Weight};
use crate::report::numbers::number;

/// Layers that have a colour of their own, without what is left over.
const MOST_LAYERS: usize = 6;
/// All, in percent.
const WHOLE: f64 = 100.0;
/// Room for the names at the right of the plot, in pixels; of these, that for a leader, a key and a number.
const NAMES: (f64, f64) = (250.0, 74.0);
/// Lines of a name, height of a line and least distance of two names, in pixels.
const LINES: (usize, f64, f64) = (2, 14.0, 31.0);

/// Shares by date. All values are percent.
#[derive(Clone, Debug, Default)]
pub struct StackChart {
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
    /// Business days, rising.
    pub dates: Vec<Date>,
    /// The shares from the lowest layer up.
    pub layers: Vec<Line>,
    /// What is left over.
    pub rest: Option<Line>,
    /// What happens when. Events outside the dates are not drawn.
    pub events: Vec<EventMark>,
}

impl Chart for StackChart {
    fn caption(&self) -> Caption<'_> {
        Caption { title: &self.title, subtitle: &self.subtitle, unit: &self.unit, source: &self.source }
    }

    fn description(&self) -> String {
        let told = self.all().filter_map(|layer| {
            let [first, last] =
                [layer.values.first()?, layer.values.last()?].map(|&value| number(value, self.decimals));
            Some(format!("{}: {first} at first, {last} at the end", layer.name))
        });
        told.collect::<Vec<_>>().join("; ")
    }

    fn check(&self) -> Result<(), ChartError> {
        let timeline = Timeline(&self.dates);
        timeline.check()?;
        if self.layers.is_empty() {
            return Err(ChartError::Empty { what: "layers" });
        }
        if self.layers.len() > MOST_LAYERS {
            return Err(ChartError::TooMany { what: "layers", found: self.layers.len(), most: MOST_LAYERS });
        }
        self.all().try_for_each(|layer| timeline.check_values("values in a layer", &layer.values))
    }

    fn draw(&self, sheet: &Sheet<'_>, header_bottom: f64) -> Result<(), ChartError> {
        let timeline = Timeline(&self.dates);
        let scale = Scale::exactly(0.0, WHOLE, 5);
        let left = MARGIN + axes::row_room(&scale, "");
        let right = WIDTH - MARGIN - NAMES.0;
        let events = timeline.poles(&self.events, left..right);
        let bottom = sheet.footer(events.left_out().trim_start(), &self.source)? - 42.0;
        let top = header_bottom + 12.0 + events.height();
        let plot = sheet.plot(left..right, top..bottom, &timeline.scale(), &scale);
        axes::rows(sheet, &plot, &scale, "")?;
        let heights = self.heights();
        for (ends, fill) in heights.windows(2).zip(self.colours(sheet.palette)) {
            plot.polygon(timeline.band(&ends[0], &ends[1]), fill)?;
        }
        // A hair of paper keeps neighbours apart.
        for height in &heights[1..] {
            plot.line(timeline.trace(height), Stroke::solid(sheet.palette.paper, 1.0))?;
        }
        if let (Some(_), [.., low, high]) = (&self.rest, &heights[..]) {
            let mut outline = timeline.band(low, high);
            outline.extend(outline.first().copied());
            plot.line(outline, rim(sheet.palette))?;
        }
        events.lines(sheet, &plot, Stroke::solid(sheet.palette.ink, 0.8))?;
        events.names(sheet, &plot, sheet.palette.ink)?;
        timeline.axis(sheet, &plot)?;
        self.names(sheet, &plot, &heights)
    }
}

/// The rim of what is left over.
fn rim(palette: &Palette) -> Stroke {
    Stroke { dash: Some((2.0, 2.0)), ..Stroke::solid(palette.axis, 1.0) }
}

impl StackChart {
    fn all(&self) -> impl Iterator<Item = &Line> {
        self.layers.iter().chain(&self.rest)
    }

    /// Where layers begin and end by date, from zero up. An estimate below zero has no height.
    fn heights(&self) -> Vec<Vec<f64>> {
        let mut heights = vec![vec![0.0; self.dates.len()]];
        for layer in self.all() {
            let floor = &heights[heights.len() - 1];
            heights
                .push(floor.iter().zip(&layer.values).map(|(low, share)| (low + share.max(0.0)).min(WHOLE)).collect());
        }
        heights
    }

    /// The colours of the layers, and paper for what is left over, which has a rim.
    fn colours(&self, palette: &Palette) -> Vec<RGBColor> {
        let [one, two, three, four] = palette.hands.map(|(fill, _)| fill);
        let layers = [one, two, three, four, palette.corridor_text, palette.loss];
        layers.into_iter().take(self.layers.len()).chain(self.rest.as_ref().map(|_| palette.paper)).collect()
    }

    /// Name and last share of each layer beside its middle at the last date.
    fn names(&self, sheet: &Sheet<'_>, plot: &Plot<'_>, heights: &[Vec<f64>]) -> Result<(), ChartError> {
        let face = Weight::Regular.face();
        let last = |height: &[f64]| height.last().map_or(plot.down.end, |&level| plot.y(level));
        let wanted: Vec<f64> = heights.windows(2).map(|ends| 0.5 * (last(&ends[0]) + last(&ends[1]))).collect();
        // Layers as high as one another are named from the top.
        let order: Vec<usize> = (0..wanted.len()).rev().collect();
        let from_top: Vec<f64> = order.iter().map(|&layer| wanted[layer]).collect();
        let placed = labels::spread(&from_top, LINES.2, plot.down.start + 8.0..plot.down.end - 8.0);
        let colours = self.colours(sheet.palette);
        let all: Vec<&Line> = self.all().collect();
        let edge = plot.across.end;
        for (&layer, y) in order.iter().zip(placed) {
            let bends = [(3.0, wanted[layer]), (6.0, wanted[layer]), (14.0, y), (16.0, y)];
            sheet.line(&bends.map(|(x, y)| (edge + x, y)), Stroke::solid(sheet.palette.axis, 0.8))?;
            let (left, right) = (edge + 19.0, edge + 31.0);
            sheet.rectangle((left, y - 6.0), (right, y + 6.0), colours[layer])?;
            if layer >= self.layers.len() {
                let corners = [(left, -6.0), (right, -6.0), (right, 6.0), (left, 6.0), (left, -6.0)];
                sheet.line(&corners.map(|(x, down)| (x, y + down)), rim(sheet.palette))?;
            }
            let share = all[layer].values.last().map_or_else(String::new, |&share| number(share, self.decimals));
            let bold = Lettering { weight: Weight::SemiBold, anchor: Anchor::End, ..sheet.lettering(LABEL) };
            let baseline = y + CAP_HEIGHT * LABEL / 2.0;
            sheet.write(&share, (edge + NAMES.1 - 8.0, baseline), bold)?;
            let lines = face.wrap(&all[layer].name, LABEL, NAMES.0 - NAMES.1, LINES.0);
            for (line, words) in lines.iter().enumerate() {
                let shift = LINES.1 * (line as f64 - 0.5 * (lines.len() as f64 - 1.0));
                sheet.write(words, (edge + NAMES.1, baseline + shift), sheet.lettering(LABEL))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::{Theme, draw_svg};
    use jiff::civil::date;

    fn shares() -> StackChart {
        let line = |name: &str, values: [f64; 3]| Line { name: name.into(), values: values.to_vec() };
        StackChart {
            title: "Whose uncertainty".into(),
            unit: "%".into(),
            dates: (1..=3).map(|day| date(2025, 10, day)).collect(),
            layers: vec![line("pace", [60.0, 30.0, -1.0]), line("target", [30.0, 60.0, 80.0])],
            rest: Some(line("together", [10.2, 10.0, 20.0])),
            ..StackChart::default()
        }
    }

    #[test]
    fn layers_stand_on_one_another_up_to_all() {
        let heights = shares().heights();
        assert_eq!(heights[1], [60.0, 30.0, 0.0]);
        assert_eq!(heights[2], [90.0, 90.0, 80.0]);
        assert_eq!(heights[3], [100.0, 100.0, 100.0]);
    }

    #[test]
    fn every_layer_has_a_colour_of_its_own() {
        for theme in [Theme::Light, Theme::Dark] {
            let mut chart = shares();
            chart.layers = vec![chart.layers[0].clone(); MOST_LAYERS];
            let colours = chart.colours(theme.palette());
            assert_eq!(colours.len(), MOST_LAYERS + 1);
            for (place, colour) in colours.iter().enumerate() {
                assert!(!colours[..place].contains(colour), "{colour:?}");
            }
        }
    }

    #[test]
    fn every_layer_is_drawn_with_its_key() {
        let svg = draw_svg(&shares(), Theme::Light).expect("finite values");
        for colour in ["#0b4f8a", "#bf4f12", "#ffffff"] {
            assert_eq!(svg.matches(&format!("z\" fill=\"{colour}\"")).count(), 1, "{colour}");
            assert!(svg.contains(&format!("width=\"12\" height=\"12\" fill=\"{colour}\"")), "{colour}");
        }
        // The rims of the rest and of its key.
        assert_eq!(svg.matches("stroke-dasharray=\"2 2\"").count(), 2);
        assert_eq!(
            shares().description(),
            "pace: 60 at first, −1 at the end; target: 30 at first, 80 at the end; together: 10 at first, 20 at the end"
        );
    }

    #[test]
    fn untrue_input_is_refused_by_name() {
        let refused = |spoil: fn(&mut StackChart)| {
            let mut chart = shares();
            spoil(&mut chart);
            chart.check().expect_err("spoiled on purpose")
        };
        assert_eq!(refused(|c| c.layers.clear()), ChartError::Empty { what: "layers" });
        assert_eq!(refused(|c| c.dates.swap(0, 1)), ChartError::Order { what: "dates" });
        assert_eq!(
            refused(|c| c.rest = Some(Line::default())),
            ChartError::Length { what: "values in a layer", found: 0, expected: 3 }
        );
        assert_eq!(
            refused(|c| c.layers = vec![c.layers[0].clone(); 7]),
            ChartError::TooMany { what: "layers", found: 7, most: 6 }
        );
    }
}
