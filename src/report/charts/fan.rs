//! Fan chart: what a quantity does over time, with its probabilities.

use jiff::civil::Date;

use super::axes;
use super::drawing::{Anchor, Lettering, Stroke};
use super::end_labels::{EndLabel, EndLabels};
use super::picture::{Caption, Chart, ChartError, Level, all_finite};
use super::sheet::{LABEL, MARGIN, Plot, Sheet, WIDTH};
use super::ticks::{Scale, given_decimals, long_date};
use super::timeline::Timeline;
use super::typeface::Weight;
use crate::report::numbers::number;

/// Names of the five quantiles, highest first, as they stand at the right end of the fan.
const QUANTILES: [(&str, usize); 5] = [("95%", 4), ("75%", 3), ("median", 2), ("25%", 1), ("5%", 0)];

/// The probability fan of one variable over business days. All values are in `unit`.
#[derive(Clone, Debug, Default)]
pub struct FanChart {
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
    /// Quantiles 5, 25, 50, 75 and 95 % on each date.
    pub bands: [Vec<f64>; 5],
    /// A few single paths, drawn thin.
    pub paths: Vec<Vec<f64>>,
    /// Administered rates or limits that change in steps.
    pub corridor: Vec<Guide>,
    /// What happens when. Events outside the dates are not drawn.
    pub events: Vec<EventMark>,
    /// Levels that matter.
    pub thresholds: Vec<Level>,
    /// What really happened, if it is known.
    pub observed: Option<Vec<(Date, f64)>>,
}

/// A policy line: one value for each date, held until it changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Guide {
    /// Name, as in "SRF"; a line that needs none, as zero does, has an empty one.
    pub label: String,
    /// One value for each date of the chart.
    pub values: Vec<f64>,
}

/// A dated event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventMark {
    /// Day of the event.
    pub date: Date,
    /// A few words.
    pub label: String,
}

impl Chart for FanChart {
    fn caption(&self) -> Caption<'_> {
        Caption { title: &self.title, subtitle: &self.subtitle, unit: &self.unit, source: &self.source }
    }

    fn description(&self) -> String {
        let places = self.scale().value_decimals();
        let (Some(first), Some(last)) = (self.dates.first(), self.dates.last()) else {
            return String::new();
        };
        let [low, _, median, _, high] = &self.bands;
        let end = |band: &[f64]| band.last().map_or_else(String::new, |&v| number(v, places));
        let start = median.first().map_or_else(String::new, |&value| number(value, places));
        format!(
            "The median goes from {start} on {} to {} on {}, when 90% of paths lie between {} and {}",
            long_date(*first),
            end(median),
            long_date(*last),
            end(low),
            end(high),
        )
    }

    fn check(&self) -> Result<(), ChartError> {
        let timeline = self.timeline();
        timeline.check()?;
        let guides = self.corridor.iter().map(|guide| ("values in a corridor", &guide.values));
        let paths = self.paths.iter().map(|path| ("values in a sample path", path));
        let bands = self.bands.iter().map(|band| ("values in a quantile band", band));
        for (what, values) in bands.chain(paths).chain(guides) {
            timeline.check_values(what, values)?;
        }
        if self.bands.windows(2).any(|pair| pair[0].iter().zip(&pair[1]).any(|(a, b)| a > b)) {
            return Err(ChartError::Order { what: "quantiles" });
        }
        let levels: Vec<f64> = self.thresholds.iter().map(|level| level.value).collect();
        all_finite("the thresholds", &levels)?;
        let observed = self.observed.as_deref().unwrap_or_default();
        if !observed.is_sorted_by(|a, b| a.0 < b.0) {
            return Err(ChartError::Order { what: "observed dates" });
        }
        let seen: Vec<f64> = observed.iter().map(|&(_, value)| value).collect();
        all_finite("the observed values", &seen)
    }

    fn draw(&self, sheet: &Sheet<'_>, header_bottom: f64) -> Result<(), ChartError> {
        let timeline = self.timeline();
        let scale = self.scale();
        let labels = self.end_labels(sheet, &scale);
        let left = MARGIN + axes::row_room(&scale, "");
        let right = WIDTH - MARGIN - labels.room();
        let events = timeline.poles(&self.events, left..right);

        let note = self.note() + &events.left_out();
        let bottom = sheet.footer(&note, &self.source)? - 42.0;
        let top = header_bottom + 12.0 + events.height();
        let plot = sheet.plot(left..right, top..bottom, &timeline.scale(), &scale);
        axes::rows(sheet, &plot, &scale, "")?;
        self.draw_bands(sheet, &plot)?;
        events.lines(sheet, &plot, Stroke::solid(sheet.palette.axis, 1.0))?;
        events.names(sheet, &plot, sheet.palette.ink)?;
        self.draw_lines(sheet, &plot)?;
        timeline.axis(sheet, &plot)?;
        self.draw_observed(sheet, &plot, &scale)?;
        labels.draw(sheet, &plot)
    }
}

impl FanChart {
    fn timeline(&self) -> Timeline<'_> {
        Timeline(&self.dates)
    }

    fn observed_inside(&self) -> Vec<(Date, f64)> {
        let observed = self.observed.as_deref().unwrap_or_default();
        observed.iter().copied().filter(|&(date, _)| self.timeline().covers(date)).collect()
    }

    /// The axis shows everything that is drawn: nothing is clipped.
    fn scale(&self) -> Scale {
        let guides = self.corridor.iter().map(|guide| &guide.values);
        let lines = self.bands.iter().chain(&self.paths).chain(guides).flatten().copied();
        let levels = self.thresholds.iter().map(|level| level.value);
        let seen = self.observed_inside().into_iter().map(|(_, value)| value);
        Scale::of(lines.chain(levels).chain(seen), 6)
    }

    /// A policy line holds its value until the day it changes.
    fn steps(&self, values: &[f64]) -> Vec<(f64, f64)> {
        let mut points: Vec<(f64, f64)> = Vec::new();
        for (day, value) in self.timeline().trace(values) {
            match points.last() {
                Some(&(_, held)) if held == value => {}
                Some(&(_, held)) => points.extend([(day, held), (day, value)]),
                None => points.push((day, value)),
            }
        }
        if let (Some(&last), Some(&(_, held))) = (self.dates.last(), points.last()) {
            points.push((self.timeline().day(last), held));
        }
        points
    }

    /// How to read the drawing.
    fn note(&self) -> String {
        let lines = match self.paths.len() {
            0 => "",
            1 => " Thin line: a single path.",
            _ => " Thin lines: single paths.",
        };
        format!("Shaded: 50% and 90% of paths.{lines}")
    }

    fn draw_bands(&self, sheet: &Sheet<'_>, plot: &Plot<'_>) -> Result<(), ChartError> {
        let [q05, q25, _, q75, q95] = &self.bands;
        plot.polygon(self.timeline().band(q05, q95), sheet.palette.outer_band)?;
        plot.polygon(self.timeline().band(q25, q75), sheet.palette.inner_band)
    }

    fn draw_lines(&self, sheet: &Sheet<'_>, plot: &Plot<'_>) -> Result<(), ChartError> {
        let (palette, timeline) = (sheet.palette, self.timeline());
        for path in &self.paths {
            let thin = Stroke { opacity: 0.4, ..Stroke::solid(palette.path, 0.8) };
            plot.line(timeline.trace(path), thin)?;
        }
        for guide in &self.corridor {
            plot.line(self.steps(&guide.values), Stroke::solid(palette.corridor, 1.4))?;
        }
        let end = timeline.day(timeline.ends().1);
        for level in &self.thresholds {
            let dashed = Stroke { dash: Some((6.0, 4.0)), ..Stroke::solid(palette.threshold, 1.4) };
            plot.line(vec![(0.0, level.value), (end, level.value)], dashed)?;
        }
        plot.line(timeline.trace(&self.bands[2]), Stroke::solid(palette.median, 2.6))
    }

    fn draw_observed(&self, sheet: &Sheet<'_>, plot: &Plot<'_>, scale: &Scale) -> Result<(), ChartError> {
        let seen = self.observed_inside();
        let Some(&(last, value)) = seen.last() else {
            return Ok(());
        };
        let timeline = self.timeline();
        let points: Vec<(f64, f64)> = seen.iter().map(|&(date, v)| (timeline.day(date), v)).collect();
        let palette = sheet.palette;
        plot.line(points.clone(), Stroke::solid(palette.paper, 4.2))?;
        plot.line(points, Stroke::solid(palette.ink, 2.0))?;
        plot.dot((timeline.day(last), value), 3.4, palette.ink)?;

        let text = format!("observed {}", number(value, scale.value_decimals()));
        let index = self.dates.partition_point(|&date| date < last).min(self.dates.len() - 1);
        let above = value >= self.bands[2][index];
        let (x, y) = (plot.x(timeline.day(last)), plot.y(value));
        let width = Weight::SemiBold.face().width(&text, LABEL);
        let fits_right = x + 8.0 + width < plot.across.end;
        let lettering = Lettering {
            weight: Weight::SemiBold,
            anchor: if fits_right { Anchor::Start } else { Anchor::End },
            halo: Some(palette.paper),
            ..sheet.lettering(LABEL)
        };
        let at = (if fits_right { x + 6.0 } else { x - 6.0 }, if above { y - 7.0 } else { y + 16.0 });
        sheet.write(&text, at, lettering)
    }

    fn end_labels(&self, sheet: &Sheet<'_>, scale: &Scale) -> EndLabels {
        let palette = sheet.palette;
        let quantiles = QUANTILES.into_iter().filter_map(|(name, index)| {
            let is_median = name == "median";
            Some(EndLabel {
                value: *self.bands[index].last()?,
                name: name.to_owned(),
                weight: if is_median { Weight::SemiBold } else { Weight::Regular },
                number_colour: if is_median { palette.median } else { palette.ink },
                name_colour: if is_median { palette.median } else { palette.muted },
                key: None,
            })
        });
        let given = |value: f64, name: &str, colour| EndLabel {
            value,
            name: name.to_owned(),
            weight: Weight::Regular,
            number_colour: colour,
            name_colour: colour,
            key: None,
        };
        let guides = self
            .corridor
            .iter()
            .filter(|guide| !guide.label.is_empty())
            .filter_map(|guide| Some(given(*guide.values.last()?, &guide.label, palette.corridor_text)));
        let levels = self.thresholds.iter().map(|level| given(level.value, &level.label, palette.threshold));
        let chosen: Vec<EndLabel> = guides.chain(levels).collect();
        let decimals = chosen.iter().map(|label| given_decimals(label.value));
        let decimals = decimals.chain([scale.value_decimals()]).max().unwrap_or(0);
        EndLabels::measure(quantiles.chain(chosen).collect(), decimals)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::{Theme, draw_svg};
    use jiff::civil::date;

    fn three_days() -> FanChart {
        FanChart {
            title: "Reserves".into(),
            unit: "$bn".into(),
            dates: (1..=3).map(|day| date(2025, 10, day)).collect(),
            bands: [[0.0, -30.0], [0.0, -10.0], [0.0, 0.0], [0.0, 10.0], [0.0, 30.0]]
                .map(|[first, last]| vec![2900.0 + first, 2900.0 + last / 2.0, 2900.0 + last]),
            ..FanChart::default()
        }
    }

    #[test]
    fn policy_lines_hold_until_the_day_they_change() {
        let steps = three_days().steps(&[10.0, 10.0, 7.5]);
        assert_eq!(steps, [(0.0, 10.0), (2.0, 10.0), (2.0, 7.5), (2.0, 7.5)]);
    }

    #[test]
    fn the_axis_shows_everything_drawn() {
        let mut chart = three_days();
        chart.thresholds.push(Level::new("low", 2700.0));
        chart.paths.push(vec![2900.0, 3100.0, 2900.0]);
        chart.observed = Some(vec![(date(2025, 10, 2), 2650.0), (date(2026, 1, 1), 0.0)]);
        let scale = chart.scale();
        // What was observed after the last date of the chart is not drawn and does not count.
        assert!(scale.low < 2650.0 && scale.low > 2500.0 && scale.high > 3100.0);
    }

    #[test]
    fn untrue_input_is_refused_by_name() {
        let refused = |spoil: fn(&mut FanChart)| {
            let mut chart = three_days();
            spoil(&mut chart);
            chart.check().expect_err("spoiled on purpose")
        };
        assert_eq!(refused(|c| c.dates.clear()), ChartError::Empty { what: "dates" });
        assert_eq!(refused(|c| c.dates.swap(0, 1)), ChartError::Order { what: "dates" });
        assert_eq!(refused(|c| c.bands[2][1] = f64::NAN), ChartError::NotFinite { what: "values in a quantile band" });
        assert_eq!(refused(|c| c.bands.swap(0, 4)), ChartError::Order { what: "quantiles" });
        assert_eq!(
            refused(|c| c.paths.push(vec![1.0])),
            ChartError::Length { what: "values in a sample path", found: 1, expected: 3 }
        );
        assert_eq!(
            refused(|c| c.thresholds.push(Level::new("x", f64::INFINITY))),
            ChartError::NotFinite { what: "the thresholds" }
        );
    }

    #[test]
    fn one_day_flat_lines_and_extreme_values_are_drawn() {
        let flat = |days: i8, value: f64| FanChart {
            dates: (1..=days).map(|day| date(2025, 10, day)).collect(),
            bands: std::array::from_fn(|_| vec![value; days.unsigned_abs().into()]),
            ..FanChart::default()
        };
        for value in [0.0, -3.0, 1e-9, 1e15, -1e300, f64::MAX] {
            for days in [1, 2] {
                let svg = draw_svg(&flat(days, value), Theme::Light).expect("finite values");
                assert!(svg.len() < 60_000, "{value} on {days} days");
            }
        }
    }

    #[test]
    fn the_description_tells_the_finding() {
        assert_eq!(
            three_days().description(),
            "The median goes from 2,900 on 1 Oct 2025 to 2,900 on 3 Oct 2025, \
             when 90% of paths lie between 2,870 and 2,930"
        );
    }
}
