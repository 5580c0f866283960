//! What each input moves: a bar from the output at the input's low value to that at its high value, around the output in between.
//!
//! The two ends are told apart by tone, and by the input's values beside them.

use plotters::style::RGBColor;

use super::axes;
use super::drawing::{Anchor, Lettering, Stroke};
use super::inputs;
use super::picture::{Caption, Chart, ChartError, all_finite};
use super::rows::{Columns, Row, half_bar};
use super::sheet::{LABEL, MARGIN, Plot, SMALL, Sheet};
use super::ticks::Scale;
use super::typeface::{CAP_HEIGHT, Weight};
use crate::report::numbers::{error, number, signed};

/// Rows that can be read on one sheet.
const MOST_ITEMS: usize = 20;
/// Rows that are high enough for names of two lines.
const FEW: usize = 11;
/// Longest line of a name where rows are few, and where they are many, in pixels.
const NAMES: (f64, f64) = (220.0, 350.0);
/// Headings of differences and their errors.
const HEADINGS: [&str; 2] = ["difference", "std. error"];
/// Longest value of an input beside a bar, in pixels, and its distance from it.
const VALUE: (f64, f64) = (110.0, 5.0);

/// Outputs at the ends of the ranges of inputs. All outputs are in `unit`.
#[derive(Clone, Debug, Default)]
pub struct TornadoChart {
    /// Subject.
    pub title: String,
    /// What the reader should know.
    pub subtitle: String,
    /// Unit of every output.
    pub unit: String,
    /// Where the numbers come from.
    pub source: String,
    /// Decimals printed.
    pub decimals: usize,
    /// The output from which all inputs move it.
    pub centre: f64,
    /// The inputs from top to bottom.
    pub items: Vec<TornadoItem>,
}

/// What one input moves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TornadoItem {
    /// The input.
    pub label: String,
    /// The output at its low value, and that value as it is written.
    pub low: (f64, String),
    /// The output at its high value, and that value as it is written.
    pub high: (f64, String),
    /// Standard error of the difference of the two outputs.
    pub error: f64,
}

impl Chart for TornadoChart {
    fn caption(&self) -> Caption<'_> {
        Caption { title: &self.title, subtitle: &self.subtitle, unit: &self.unit, source: &self.source }
    }

    fn description(&self) -> String {
        let told = self.items.iter().map(|TornadoItem { label, low, high, .. }| {
            let [at_low, at_high] = [low.0, high.0].map(|output| number(output, self.decimals));
            format!("{label}: {at_low} at {} to {at_high} at {}", low.1, high.1)
        });
        format!("Around {}. {}", number(self.centre, self.decimals), told.collect::<Vec<_>>().join("; "))
    }

    fn check(&self) -> Result<(), ChartError> {
        if self.items.is_empty() {
            return Err(ChartError::Empty { what: "inputs" });
        }
        if self.items.len() > MOST_ITEMS {
            return Err(ChartError::TooMany { what: "inputs", found: self.items.len(), most: MOST_ITEMS });
        }
        all_finite("the centre", &[self.centre])?;
        self.items.iter().try_for_each(|item| all_finite("an input", &[item.low.0, item.high.0, item.error]))
    }

    fn draw(&self, sheet: &Sheet<'_>, header_bottom: f64) -> Result<(), ChartError> {
        let rows: Vec<Row> = self.items.iter().map(|item| self.row(item)).collect();
        // Few rows are high and have names of two lines, many have long ones.
        let (lines, longest) = if rows.len() <= FEW { (2, NAMES.0) } else { (1, NAMES.1) };
        let columns = Columns::within(&rows, HEADINGS, longest);
        let ends = || self.items.iter().flat_map(|item| self.ends(item));
        let beside = |left: bool| {
            let width = |end: End<'_>| Weight::Regular.face().width(&end.text(), SMALL) + VALUE.1;
            ends().filter(|end| end.is_left == left).map(width).fold(0.0, f64::max)
        };
        let outputs = ends().map(|end| end.output).chain([self.centre]);
        let (low, high) =
            outputs.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), output| (low.min(output), high.max(output)));
        let air = if high > low { 0.01 * (high - low) } else { 1.0 };
        let outputs = Scale::exactly(low - air, high + air, 6);
        legend(sheet, header_bottom + 14.0)?;
        let bottom = sheet.footer("", &self.source)? - 50.0;
        let top = header_bottom + 44.0;
        let height = ((bottom - top) / rows.len() as f64).min(48.0);
        let bottom = top + height * rows.len() as f64;
        let across = columns.bars.start + beside(true)..columns.bars.end - beside(false);
        let plot = sheet.plot(across, top..bottom, &outputs, &Scale::exactly(0.0, rows.len() as f64, 1));
        axes::columns(sheet, &plot, &outputs)?;
        inputs::name(sheet, &self.unit, &plot.across, bottom + 36.0)?;
        columns.head(sheet, HEADINGS, top - 6.0)?;
        for (index, (item, row)) in self.items.iter().zip(&rows).enumerate() {
            let y = top + height * (index as f64 + 0.5);
            self.draw_item(sheet, &plot, item, (y, height))?;
            columns.write_lines(sheet, row, y, lines)?;
        }
        let x = plot.x(self.centre);
        sheet.line(&[(x, top - 3.0), (x, bottom)], Stroke::solid(sheet.palette.ink, 1.2))?;
        let bold = Lettering { weight: Weight::SemiBold, anchor: Anchor::Middle, ..sheet.lettering(LABEL) };
        sheet.write(&number(self.centre, self.decimals), (x, top - 7.0), bold)
    }
}

/// One end of a bar.
struct End<'a> {
    output: f64,
    value: &'a str,
    is_high: bool,
    /// Whether it lies to the left of the centre.
    is_left: bool,
}

impl End<'_> {
    fn text(&self) -> String {
        Weight::Regular.face().fit(self.value, SMALL, VALUE.0)
    }
}

impl TornadoChart {
    fn row(&self, item: &TornadoItem) -> Row {
        Row {
            name: item.label.clone(),
            number: signed(item.high.0 - item.low.0, self.decimals),
            range: error(item.error),
            weight: Weight::Regular,
        }
    }

    /// Both ends; one that moves nothing lies opposite to the other.
    fn ends<'a>(&self, item: &'a TornadoItem) -> [End<'a>; 2] {
        let (low, high) = (item.low.0, item.high.0);
        let is_left = |output: f64, other: f64, last: bool| {
            output < self.centre || (output == self.centre && (other > self.centre || (other == self.centre && last)))
        };
        [
            End { output: low, value: &item.low.1, is_high: false, is_left: is_left(low, high, true) },
            End { output: high, value: &item.high.1, is_high: true, is_left: is_left(high, low, false) },
        ]
    }

    /// Ends on one side of the centre have each a half of the row.
    fn draw_item(
        &self,
        sheet: &Sheet<'_>,
        plot: &Plot<'_>,
        item: &TornadoItem,
        (middle, height): (f64, f64),
    ) -> Result<(), ChartError> {
        let ends = self.ends(item);
        let shared = ends[0].is_left == ends[1].is_left;
        let half = if shared { 0.22 * height.min(44.0) } else { half_bar(height) };
        for (end, side) in ends.into_iter().zip([-1.0, 1.0]) {
            let y = if shared { middle + side * half } else { middle };
            let thick = if shared { half - 0.5 } else { half };
            let x = plot.x(end.output);
            sheet.rectangle((plot.x(self.centre), y - thick), (x, y + thick), tone(sheet, end.is_high))?;
            let (at, anchor) = if end.is_left { (x - VALUE.1, Anchor::End) } else { (x + VALUE.1, Anchor::Start) };
            let size = SMALL.min(if shared { 0.42 * height } else { SMALL });
            sheet.write(
                &end.text(),
                (at, y + CAP_HEIGHT * size / 2.0),
                Lettering { anchor, ..sheet.lettering(size) },
            )?;
        }
        Ok(())
    }
}

/// The colour of an end: light where the input is low.
fn tone(sheet: &Sheet<'_>, is_high: bool) -> RGBColor {
    sheet.palette.hands[if is_high { 0 } else { 2 }].0
}

fn legend(sheet: &Sheet<'_>, baseline: f64) -> Result<(), ChartError> {
    let mut x = MARGIN;
    for (is_high, name) in [(false, "at its low value"), (true, "at its high value")] {
        sheet.rectangle((x, baseline - 10.0), (x + 12.0, baseline + 1.0), tone(sheet, is_high))?;
        sheet.write(name, (x + 18.0, baseline), sheet.lettering(LABEL))?;
        x += 18.0 + Weight::Regular.face().width(name, LABEL) + 22.0;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::{Theme, draw_svg};

    fn item(label: &str, low: f64, high: f64) -> TornadoItem {
        TornadoItem { label: label.into(), low: (low, "0bn".into()), high: (high, "40bn".into()), error: 0.8 }
    }

    fn two_inputs() -> TornadoChart {
        TornadoChart {
            title: "What moves the lowest reserves".into(),
            unit: "$bn".into(),
            centre: 2800.0,
            items: vec![item("pace", 2740.0, 2860.0), item("target", 2810.0, 2780.0)],
            ..TornadoChart::default()
        }
    }

    /// Width and height of the bars of a colour, in the order drawn; the first is the key.
    fn bars(chart: &TornadoChart, colour: &str) -> Vec<[f64; 2]> {
        let svg = draw_svg(chart, Theme::Light).expect("a plain chart");
        let size = |rect: &str, name: &str| rect.split(name).nth(1)?.split('"').next()?.parse().ok();
        let rects = svg.split("<rect").filter(|rect| rect.contains(&format!("fill=\"{colour}\"")));
        rects.filter_map(|rect| Some([size(rect, "width=\"")?, size(rect, "height=\"")?])).collect()
    }

    #[test]
    fn bars_begin_at_the_centre_and_their_lengths_are_in_proportion() {
        let (low, high) = (bars(&two_inputs(), "#86b3d9"), bars(&two_inputs(), "#0b4f8a"));
        assert_eq!((low.len(), high.len()), (3, 3));
        for (length, difference) in [(low[1], 60.0), (high[1], 60.0), (low[2], 10.0), (high[2], 20.0)] {
            assert!((length[0] / low[1][0] - difference / 60.0).abs() < 0.01, "{length:?} {difference}");
        }
    }

    #[test]
    fn ends_on_one_side_share_the_row() {
        let mut chart = two_inputs();
        chart.items[0].low.0 = 2900.0;
        let (low, high) = (bars(&chart, "#86b3d9"), bars(&chart, "#0b4f8a"));
        assert!(low[1][1] + high[1][1] < low[2][1] + high[2][1]);
        // An end that moves nothing lies opposite to the other.
        let sides = |low, high| chart.ends(&item("x", low, high)).map(|end| end.is_left);
        assert_eq!(sides(2800.0, 2810.0), [true, false]);
        assert_eq!(sides(2800.0, 2790.0), [false, true]);
        assert_eq!(sides(2800.0, 2800.0), [true, false]);
    }

    #[test]
    fn the_description_says_what_each_input_does() {
        assert_eq!(
            two_inputs().description(),
            "Around 2,800. pace: 2,740 at 0bn to 2,860 at 40bn; target: 2,810 at 0bn to 2,780 at 40bn"
        );
    }

    #[test]
    fn untrue_input_is_refused_by_name() {
        let refused = |spoil: fn(&mut TornadoChart)| {
            let mut chart = two_inputs();
            spoil(&mut chart);
            chart.check().expect_err("spoiled on purpose")
        };
        assert_eq!(refused(|c| c.items.clear()), ChartError::Empty { what: "inputs" });
        assert_eq!(refused(|c| c.items[0].low.0 = f64::NAN), ChartError::NotFinite { what: "an input" });
        assert_eq!(refused(|c| c.centre = f64::INFINITY), ChartError::NotFinite { what: "the centre" });
        assert_eq!(
            refused(|c| c.items = vec![TornadoItem::default(); 21]),
            ChartError::TooMany { what: "inputs", found: 21, most: 20 }
        );
    }
}
