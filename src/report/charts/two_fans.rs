//! Two fans on the same axes: what a quantity does in two worlds.
//!
//! Two whole fans would hide each other, so each has one band, which lets the other through, and a median.
//! The first is drawn in the colour of probability, the second in that of limits, with a dashed median, so
//! that a grey print keeps them apart.

use jiff::civil::Date;
use plotters::style::RGBColor;

use super::axes;
use super::drawing::Stroke;
use super::end_labels::{EndLabel, EndLabels};
use super::fan::EventMark;
use super::palette::Palette;
use super::picture::{Caption, Chart, ChartError};
use super::sheet::{MARGIN, Plot, Sheet, WIDTH};
use super::ticks::{Scale, long_date};
use super::timeline::Timeline;
use super::typeface::Weight;
use crate::report::numbers::number;

/// Opacity of a band: two of them are told from one.
const OPACITY: f64 = 0.18;

/// Two fans of one variable over the same business days. All values are in `unit`.
#[derive(Clone, Debug, Default)]
pub struct TwoFans {
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
    /// Both worlds.
    pub fans: [Band; 2],
    /// What happens when. Events outside the dates are not drawn.
    pub events: Vec<EventMark>,
    /// Whether a path of one world has other luck than the path of the same number in the other.
    pub strangers: bool,
}

/// One world's quantiles on each date.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Band {
    /// Name, of a few words.
    pub name: String,
    /// Quantiles 5, 50 and 95 %.
    pub quantiles: [Vec<f64>; 3],
}

impl Chart for TwoFans {
    fn caption(&self) -> Caption<'_> {
        Caption { title: &self.title, subtitle: &self.subtitle, unit: &self.unit, source: &self.source }
    }

    fn description(&self) -> String {
        let places = self.scale().value_decimals();
        let Some(last) = self.dates.last() else { return String::new() };
        let [one, other] = &self.fans;
        let ends = |fan: &Band| {
            let [low, median, high] =
                [0, 1, 2].map(|at| fan.quantiles[at].last().map_or_else(String::new, |&value| number(value, places)));
            format!("{}: median {median}, 90% of paths between {low} and {high}", fan.name)
        };
        format!("On {} — {}; {}", long_date(*last), ends(one), ends(other))
    }

    fn check(&self) -> Result<(), ChartError> {
        let timeline = Timeline(&self.dates);
        timeline.check()?;
        for fan in &self.fans {
            for values in &fan.quantiles {
                timeline.check_values("values in a quantile band", values)?;
            }
            if fan.quantiles.windows(2).any(|pair| pair[0].iter().zip(&pair[1]).any(|(a, b)| a > b)) {
                return Err(ChartError::Order { what: "quantiles" });
            }
        }
        Ok(())
    }

    fn draw(&self, sheet: &Sheet<'_>, header_bottom: f64) -> Result<(), ChartError> {
        let timeline = Timeline(&self.dates);
        let scale = self.scale();
        let labels = self.end_labels(sheet.palette, &scale);
        let left = MARGIN + axes::row_room(&scale, "");
        let right = WIDTH - MARGIN - labels.room();
        let events = timeline.poles(&self.events, left..right);

        let luck = if self.strangers { "Each on its own luck." } else { "Both on the same luck." };
        let note = format!("Lines: medians. Shaded: 90% of paths of each. {luck}{}", events.left_out());
        let bottom = sheet.footer(&note, &self.source)? - 42.0;
        let top = header_bottom + 12.0 + events.height();
        let plot = sheet.plot(left..right, top..bottom, &timeline.scale(), &scale);
        axes::rows(sheet, &plot, &scale, "")?;
        for (fan, colour) in self.fans.iter().zip(colours(sheet.palette)).rev() {
            self.draw_band(&plot, fan, colour)?;
        }
        events.lines(sheet, &plot, Stroke::solid(sheet.palette.axis, 1.0))?;
        events.names(sheet, &plot, sheet.palette.ink)?;
        let dashes = [None, Some((7.0, 3.0))];
        for ((fan, colour), dash) in self.fans.iter().zip(colours(sheet.palette)).zip(dashes).rev() {
            plot.line(timeline.trace(&fan.quantiles[1]), Stroke { dash, ..Stroke::solid(colour, 2.4) })?;
        }
        timeline.axis(sheet, &plot)?;
        labels.draw(sheet, &plot)
    }
}

/// The colours of the two worlds.
fn colours(palette: &Palette) -> [RGBColor; 2] {
    [palette.median, palette.threshold]
}

impl TwoFans {
    /// The axis shows everything that is drawn.
    fn scale(&self) -> Scale {
        Scale::of(self.fans.iter().flat_map(|fan| fan.quantiles.iter().flatten()).copied(), 6)
    }

    fn draw_band(&self, plot: &Plot<'_>, fan: &Band, colour: RGBColor) -> Result<(), ChartError> {
        let [low, _, high] = &fan.quantiles;
        let timeline = Timeline(&self.dates);
        plot.veil(timeline.band(low, high), colour, OPACITY)?;
        // A thin rim says where the band ends under the other.
        for edge in [low, high] {
            plot.line(timeline.trace(edge), Stroke { opacity: 0.55, ..Stroke::solid(colour, 0.8) })?;
        }
        Ok(())
    }

    fn end_labels(&self, palette: &Palette, scale: &Scale) -> EndLabels {
        let labels = self.fans.iter().zip(colours(palette)).flat_map(|(fan, colour)| {
            [(2, "95%"), (1, fan.name.as_str()), (0, "5%")].into_iter().filter_map(move |(at, name)| {
                Some(EndLabel {
                    value: *fan.quantiles[at].last()?,
                    name: name.to_owned(),
                    weight: if at == 1 { Weight::SemiBold } else { Weight::Regular },
                    number_colour: colour,
                    name_colour: colour,
                    key: None,
                })
            })
        });
        EndLabels::measure(labels.collect(), scale.value_decimals())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::{Theme, draw_svg};
    use jiff::civil::date;

    fn worlds() -> TwoFans {
        let band = |name: &str, middle: f64| Band {
            name: name.into(),
            quantiles: [-5.0, 0.0, 5.0].map(|step| vec![0.0, middle / 2.0 + step, middle + step]),
        };
        let mut fans = [band("with", 20.0), band("without", 10.0)];
        for quantile in fans.iter_mut().flat_map(|fan| &mut fan.quantiles) {
            quantile[0] = 0.0;
        }
        TwoFans {
            title: "SOFR − IORB".into(),
            unit: "basis points".into(),
            dates: (1..=3).map(|day| date(2025, 10, day)).collect(),
            fans,
            ..TwoFans::default()
        }
    }

    #[test]
    fn both_worlds_are_drawn_and_told() {
        let chart = worlds();
        let svg = draw_svg(&chart, Theme::Light).expect("finite values");
        for colour in ["#0b4f8a", "#b0390b"] {
            assert!(svg.to_lowercase().contains(colour), "{colour}");
        }
        assert_eq!(
            chart.description(),
            "On 3 Oct 2025 — with: median 20.0, 90% of paths between 15.0 and 25.0; \
             without: median 10.0, 90% of paths between 5.0 and 15.0"
        );
    }

    #[test]
    fn untrue_input_is_refused_by_name() {
        let refused = |spoil: fn(&mut TwoFans)| {
            let mut chart = worlds();
            spoil(&mut chart);
            chart.check().expect_err("spoiled on purpose")
        };
        assert_eq!(refused(|c| c.dates.clear()), ChartError::Empty { what: "dates" });
        assert_eq!(refused(|c| c.dates.swap(0, 1)), ChartError::Order { what: "dates" });
        assert_eq!(refused(|c| c.fans[1].quantiles.swap(0, 2)), ChartError::Order { what: "quantiles" });
        assert_eq!(
            refused(|c| c.fans[0].quantiles[1][0] = f64::NAN),
            ChartError::NotFinite { what: "values in a quantile band" }
        );
        assert_eq!(
            refused(|c| c.fans[0].quantiles[1].truncate(2)),
            ChartError::Length { what: "values in a quantile band", found: 2, expected: 3 }
        );
    }
}
