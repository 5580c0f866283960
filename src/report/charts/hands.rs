//! Hands on the switch: for each episode or date a bar of what each hand added to a stock or drained from it, the
//! model's above what happened, if that is known.
//!
//! Episodes that differ in size by a factor of ten have each its own scale, the same for both its bars; dates of one run
//! share one. Numbers stand in the bars and beside them. Parts that add stand to the right of a common zero, parts that drain
//! to the left, in the order of the legend from zero outward; a mark shows where they net out.

use std::ops::Range;

use super::axes;
use super::drawing::{Anchor, Lettering, Stroke};
use super::picture::{Caption, Chart, ChartError, all_finite};
use super::sheet::{LABEL, MARGIN, SMALL, Sheet, WIDTH};
use super::ticks::Scale;
use super::typeface::{CAP_HEIGHT, Weight};
use crate::report::numbers::signed;

/// Episodes that can be read on one sheet.
const MOST_ROWS: usize = 12;
/// Left ends of the bars with and without words that tell two of a row apart, and their right end, in pixels.
const BARS: (f64, f64, f64) = (262.0, 212.0, 786.0);
/// Right end of the column of totals, and left end of the range beside it, in pixels.
const TOTAL: (f64, f64) = (838.0, 844.0);
/// Half the width of the mark of the net with its rim, in pixels.
const NET_ROOM: f64 = 3.0;
/// The two bars of an episode.
const WHICH: [&str; 2] = ["model", "happened"];

/// Attributions of several episodes to the same four hands. All values are in `unit`.
#[derive(Clone, Debug, Default)]
pub struct HandsChart {
    /// Subject.
    pub title: String,
    /// What the reader should know.
    pub subtitle: String,
    /// Unit of every value.
    pub unit: String,
    /// Where the numbers come from.
    pub source: String,
    /// Names of the hands.
    pub hands: [String; 4],
    /// Whether all rows, of what the model says alone, are on one scale with an axis, and not each on its own.
    pub one_scale: bool,
    /// The episodes or dates from top to bottom.
    pub rows: Vec<HandsRow>,
}

/// One episode or date.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HandsRow {
    /// Name.
    pub name: String,
    /// From when to when, or what is due.
    pub span: String,
    /// What the model says.
    pub model: Split,
    /// What happened, if it is known.
    pub happened: Option<Split>,
}

/// A change by whose hand it was.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Split {
    /// The part of each hand.
    pub parts: [f64; 4],
    /// The change. Medians of parts need not add up to the median of their sum.
    pub total: f64,
    /// Where 90 % of paths have the change.
    pub range: Option<(f64, f64)>,
}

impl Split {
    /// How far the parts reach to the left and to the right of zero, or the total if that is further.
    fn ends(&self) -> [f64; 2] {
        let drain: f64 = self.parts.iter().map(|part| part.min(0.0)).sum();
        let add: f64 = self.parts.iter().map(|part| part.max(0.0)).sum();
        [drain.min(self.total), add.max(self.total)]
    }

    fn reach(&self) -> f64 {
        let [drain, add] = self.ends();
        add.max(-drain)
    }
}

impl HandsRow {
    fn splits(&self) -> impl Iterator<Item = (&'static str, &Split)> {
        WHICH
            .into_iter()
            .zip([Some(&self.model), self.happened.as_ref()])
            .filter_map(|(name, split)| Some((name, split?)))
    }
}

impl Chart for HandsChart {
    fn caption(&self) -> Caption<'_> {
        Caption { title: &self.title, subtitle: &self.subtitle, unit: &self.unit, source: &self.source }
    }

    fn description(&self) -> String {
        let told = |(name, split): (&str, &Split)| {
            let parts: Vec<String> =
                self.hands.iter().zip(split.parts).map(|(hand, part)| format!("{hand} {}", signed(part, 0))).collect();
            format!("{name} {} of which {}", signed(split.total, 0), parts.join(", "))
        };
        let rows = self.rows.iter().map(|row| {
            let splits: Vec<String> = row.splits().map(told).collect();
            format!("{} ({}): {}", row.name, row.span, splits.join("; "))
        });
        rows.collect::<Vec<_>>().join(". ")
    }

    fn check(&self) -> Result<(), ChartError> {
        if self.rows.is_empty() {
            return Err(ChartError::Empty { what: "rows" });
        }
        if self.rows.len() > MOST_ROWS {
            return Err(ChartError::TooMany { what: "rows", found: self.rows.len(), most: MOST_ROWS });
        }
        for (_, split) in self.rows.iter().flat_map(HandsRow::splits) {
            all_finite("a part", &split.parts)?;
            all_finite("a total", &[split.total])?;
            if let Some((low, high)) = split.range {
                all_finite("a range", &[low, high])?;
                if low > high {
                    return Err(ChartError::Order { what: "quantiles" });
                }
            }
        }
        Ok(())
    }

    fn draw(&self, sheet: &Sheet<'_>, header_bottom: f64) -> Result<(), ChartError> {
        self.legend(sheet, header_bottom + 16.0)?;
        let top = header_bottom + 34.0;
        let bottom = sheet.footer("", &self.source)? - if self.one_scale { 36.0 } else { 10.0 };
        let height = (bottom - top) / self.rows.len() as f64;
        let told_apart = self.rows.iter().any(|row| row.happened.is_some());
        let bars = if told_apart { BARS.0 } else { BARS.1 }..BARS.2;
        let mut zero = (bars.start + bars.end) / 2.0;
        let mut shared = None;
        if self.one_scale {
            let scale = self.shared_scale();
            let plot = sheet.plot(bars.clone(), top..bottom, &scale, &Scale::exactly(0.0, 1.0, 1));
            axes::columns(sheet, &plot, &scale)?;
            zero = plot.x(0.0);
            shared = Some((bars.end - bars.start) / (scale.high - scale.low));
        }
        for (index, row) in self.rows.iter().enumerate() {
            let top = top + height * index as f64;
            sheet.line(&[(MARGIN, top), (WIDTH - MARGIN, top)], Stroke::solid(sheet.palette.grid, 1.0))?;
            let reach = row.splits().map(|(_, split)| split.reach()).fold(f64::MIN_POSITIVE, f64::max);
            let pixels = shared.unwrap_or(0.98 * (bars.end - bars.start) / 2.0 / reach);
            self.draw_row(sheet, row, (top, height), (bars.start, zero, pixels))?;
        }
        sheet.line(&[(zero, top), (zero, bottom)], Stroke::solid(sheet.palette.axis, 1.0))
    }
}

impl HandsChart {
    /// The scale on which all bars and ranges find room.
    fn shared_scale(&self) -> Scale {
        let splits = self.rows.iter().flat_map(HandsRow::splits).map(|(_, split)| split);
        let ends = splits.flat_map(|split| {
            let (low, high) = split.range.unwrap_or((0.0, 0.0));
            split.ends().into_iter().chain([low, high])
        });
        Scale::of(ends.chain([0.0]), 7)
    }

    fn legend(&self, sheet: &Sheet<'_>, baseline: f64) -> Result<(), ChartError> {
        let face = Weight::Regular.face();
        let mut x = MARGIN;
        for (name, (fill, _)) in self.hands.iter().zip(sheet.palette.hands) {
            sheet.rectangle((x, baseline - 10.0), (x + 12.0, baseline + 1.0), fill)?;
            let name = face.fit(name, LABEL, 170.0);
            sheet.write(&name, (x + 18.0, baseline), sheet.lettering(LABEL))?;
            x += 18.0 + face.width(&name, LABEL) + 22.0;
        }
        net_mark(sheet, x + 2.0, (baseline - 11.0, baseline + 2.0))?;
        sheet.write("net", (x + 10.0, baseline), sheet.lettering(LABEL))?;
        let grey = Lettering { colour: sheet.palette.muted, ..sheet.lettering(SMALL) };
        sheet.write("net", (TOTAL.0, baseline), Lettering { anchor: Anchor::End, ..grey })?;
        sheet.write("90% of paths", (TOTAL.1 + 4.0, baseline), grey)
    }

    fn draw_row(
        &self,
        sheet: &Sheet<'_>,
        row: &HandsRow,
        (top, height): (f64, f64),
        (left, zero, pixels): (f64, f64, f64),
    ) -> Result<(), ChartError> {
        let face = Weight::Regular.face();
        let middle = top + height / 2.0;
        let bold = Lettering { weight: Weight::SemiBold, ..sheet.lettering(LABEL) };
        let grey = Lettering { colour: sheet.palette.muted, ..sheet.lettering(SMALL) };
        let name = Weight::SemiBold.face().fit(&row.name, LABEL, 165.0);
        // Rows on one scale are many and low, and leave room for a whisker below their bar.
        let (lines, thick) = if self.one_scale { ((-4.5, 9.5), 0.48) } else { ((-3.0, 12.0), 0.36) };
        sheet.write(&name, (MARGIN, middle + lines.0), bold)?;
        sheet.write(&face.fit(&row.span, SMALL, 165.0), (MARGIN, middle + lines.1), grey)?;

        let thick = (thick * height).min(19.0);
        for (index, (name, split)) in row.splits().enumerate() {
            let y = if self.one_scale { middle - 2.5 } else { middle + (index as f64 - 0.5) * (thick + 4.0) };
            let baseline = y + CAP_HEIGHT * SMALL / 2.0;
            if left >= BARS.0 {
                sheet.write(name, (left - 10.0, baseline), Lettering { anchor: Anchor::End, ..grey })?;
            }
            self.draw_bar(sheet, split, (y, thick), (zero, pixels))?;
            let net = Lettering { anchor: Anchor::End, ..bold };
            sheet.write(&signed(split.total, 0), (TOTAL.0, y + CAP_HEIGHT * LABEL / 2.0), net)?;
            if let Some((low, high)) = split.range {
                let range = format!("{} to {}", signed(low, 0), signed(high, 0));
                sheet.write(&face.fit(&range, SMALL, WIDTH - MARGIN - TOTAL.1), (TOTAL.1 + 4.0, baseline), grey)?;
                if self.one_scale {
                    range_mark(sheet, [low, high].map(|end| zero + end * pixels), y + thick / 2.0 + 4.5)?;
                }
            }
        }
        Ok(())
    }

    /// A stacked bar; a number stands in each part that has the room.
    fn draw_bar(
        &self,
        sheet: &Sheet<'_>,
        split: &Split,
        (y, thick): (f64, f64),
        (zero, pixels): (f64, f64),
    ) -> Result<(), ChartError> {
        let (above, below) = (y - thick / 2.0, y + thick / 2.0);
        let net = zero + split.total * pixels;
        let (mut left, mut right) = (zero, zero);
        for (part, (fill, text)) in split.parts.into_iter().zip(sheet.palette.hands) {
            let from = if part < 0.0 { left } else { right };
            let to = from + part * pixels;
            sheet.rectangle((from, above), (to, below), fill)?;
            // A hair of paper keeps neighbours apart.
            sheet.line(&[(to, above), (to, below)], Stroke::solid(sheet.palette.paper, 1.0))?;
            let number = signed(part, 0);
            let room = Weight::Regular.face().width(&number, SMALL) + 8.0;
            if let Some(x) = clear_of(net, from.min(to)..from.max(to), room) {
                let lettering = Lettering { colour: text, anchor: Anchor::Middle, ..sheet.lettering(SMALL) };
                sheet.write(&number, (x, y + CAP_HEIGHT * SMALL / 2.0), lettering)?;
            }
            if part < 0.0 { left = to } else { right = to }
        }
        net_mark(sheet, net, (above - 2.0, below + 2.0))
    }
}

/// The middle of a bar, or of the longer side of the mark on it, for a number that needs `room`; none if there is none.
fn clear_of(mark: f64, bar: Range<f64>, room: f64) -> Option<f64> {
    let middle = 0.5 * (bar.start + bar.end);
    let side = if (mark - middle).abs() > 0.5 * room + NET_ROOM {
        bar
    } else if mark > middle {
        bar.start..mark - NET_ROOM
    } else {
        mark + NET_ROOM..bar.end
    };
    (side.end - side.start > room).then_some(0.5 * (side.start + side.end))
}

/// From where to where most paths have the net.
fn range_mark(sheet: &Sheet<'_>, [low, high]: [f64; 2], y: f64) -> Result<(), ChartError> {
    let stroke = Stroke::solid(sheet.palette.ink, 1.1);
    sheet.line(&[(low, y), (high, y)], stroke)?;
    [low, high].into_iter().try_for_each(|x| sheet.line(&[(x, y - 2.5), (x, y + 2.5)], stroke))
}

/// Where the parts net out.
fn net_mark(sheet: &Sheet<'_>, x: f64, (above, below): (f64, f64)) -> Result<(), ChartError> {
    for stroke in [Stroke::solid(sheet.palette.paper, 6.0), Stroke::solid(sheet.palette.ink, 3.0)] {
        sheet.line(&[(x, above), (x, below)], stroke)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::{Theme, draw_svg};

    fn two_episodes() -> HandsChart {
        let split = |parts: [f64; 4]| Split { parts, total: parts.iter().sum(), range: None };
        HandsChart {
            title: "Whose hand".into(),
            unit: "$bn".into(),
            hands: ["Treasury", "Fed", "Money funds", "Others"].map(str::to_owned),
            rows: vec![
                HandsRow {
                    name: "a large one".into(),
                    span: "2021".into(),
                    model: split([900.0, 300.0, -600.0, -100.0]),
                    happened: Some(split([800.0, 300.0, -700.0, -100.0])),
                },
                HandsRow {
                    name: "a small one".into(),
                    span: "2019".into(),
                    model: split([-60.0, 30.0, 0.0, 0.0]),
                    happened: None,
                },
            ],
            ..HandsChart::default()
        }
    }

    #[test]
    fn lengths_are_in_proportion_within_an_episode_and_the_description_has_every_number() {
        let chart = two_episodes();
        let svg = draw_svg(&chart, Theme::Light).expect("finite numbers");
        let widths: Vec<f64> = svg
            .split("<rect")
            .filter(|rect| rect.contains("#0b4f8a"))
            .filter_map(|rect| rect.split("width=\"").nth(1)?.split('"').next()?.parse().ok())
            .collect();
        // The legend's square, then the Treasury of three bars: 900 to 800 within the first episode, and 60 on
        // the scale of the second, where it is the longest reach as 1,200 is in the first.
        assert_eq!(widths.len(), 4, "{widths:?}");
        assert!((widths[1] / widths[2] - 900.0 / 800.0).abs() < 0.01, "{widths:?}");
        assert!((widths[3] / widths[1] - 1_200.0 / 900.0).abs() < 0.01, "{widths:?}");
        let told = chart.description();
        assert!(told.contains("model +500 of which Treasury +900, Fed +300, Money funds −600, Others −100"), "{told}");
        assert!(
            told.ends_with("a small one (2019): model −30 of which Treasury −60, Fed +30, Money funds 0, Others 0")
        );
    }

    #[test]
    fn on_one_scale_lengths_are_in_proportion_from_row_to_row_and_ranges_are_drawn() {
        let mut chart = two_episodes();
        chart.one_scale = true;
        chart.rows[0].happened = None;
        chart.rows[1].model.range = Some((-60.0, 0.0));
        let svg = draw_svg(&chart, Theme::Light).expect("finite numbers");
        let widths: Vec<f64> = svg
            .split("<rect")
            .filter(|rect| rect.contains("#0b4f8a"))
            .filter_map(|rect| rect.split("width=\"").nth(1)?.split('"').next()?.parse().ok())
            .collect();
        assert!((widths[1] / widths[2] - 900.0 / 60.0).abs() < 0.1, "{widths:?}");
        assert_eq!(svg.matches(r#"stroke-width="1.1""#).count(), 1);
    }

    #[test]
    fn a_number_never_stands_under_the_mark_of_the_net() {
        // A bar of 100 pixels and a number of 30: in the middle, then beside a mark, then nowhere.
        assert_eq!(clear_of(90.0, 0.0..100.0, 30.0), Some(50.0));
        assert_eq!(clear_of(52.0, 0.0..100.0, 30.0), Some(0.5 * 49.0));
        assert_eq!(clear_of(45.0, 0.0..100.0, 30.0), Some(0.5 * (48.0 + 100.0)));
        assert_eq!(clear_of(20.0, 0.0..40.0, 30.0), None);
        assert_eq!(clear_of(500.0, 0.0..20.0, 30.0), None);
    }

    #[test]
    fn untrue_input_is_refused_by_name() {
        let refused = |spoil: fn(&mut HandsChart)| {
            let mut chart = two_episodes();
            spoil(&mut chart);
            chart.check().expect_err("spoiled on purpose")
        };
        assert_eq!(refused(|c| c.rows.clear()), ChartError::Empty { what: "rows" });
        assert_eq!(refused(|c| c.rows[0].model.parts[2] = f64::NAN), ChartError::NotFinite { what: "a part" });
        assert_eq!(refused(|c| c.rows[1].model.range = Some((1.0, 0.0))), ChartError::Order { what: "quantiles" });
        assert_eq!(
            refused(|c| c.rows = vec![HandsRow::default(); 13]),
            ChartError::TooMany { what: "rows", found: 13, most: 12 }
        );
    }
}
