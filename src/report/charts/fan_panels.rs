//! Fans side by side, a panel for each: of forecasts of the past with what happened, or of several variables.

use jiff::civil::Date;

use super::drawing::Stroke;
use super::panels::{Panel, columns_for, lay_out};
use super::picture::{Caption, Chart, ChartError, all_finite};
use super::sheet::{MARGIN, SMALL, Sheet, WIDTH};
use super::ticks::{Scale, date_ticks, long_date};
use super::timeline::Timeline;
use super::typeface::Weight;
use crate::report::numbers::number;

/// Panels that can be read on one sheet.
const MOST_PANELS: usize = 8;
/// Pixels at the left of each panel for its numbers.
const NUMBERS: f64 = 42.0;

/// Several fans.
#[derive(Clone, Debug, Default)]
pub struct FanPanels {
    /// Subject.
    pub title: String,
    /// What the reader should know.
    pub subtitle: String,
    /// Unit of every value; empty if that differs from panel to panel.
    pub unit: String,
    /// Where the numbers come from.
    pub source: String,
    /// The panels.
    pub panels: Vec<FanPanel>,
}

/// One fan, with what happened if it is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FanPanel {
    /// What it shows, with its unit if the chart has none.
    pub name: String,
    /// A few words at the right of the name.
    pub remark: String,
    /// Days, rising.
    pub dates: Vec<Date>,
    /// Quantiles 5, 25, 50, 75 and 95 % on each of them.
    pub bands: [Vec<f64>; 5],
    /// What happened and what was known before, in order; empty if nothing is known.
    pub observed: Vec<(Date, f64)>,
}

impl Chart for FanPanels {
    fn caption(&self) -> Caption<'_> {
        Caption { title: &self.title, subtitle: &self.subtitle, unit: &self.unit, source: &self.source }
    }

    fn description(&self) -> String {
        let told = |panel: &FanPanel| {
            if panel.observed.is_empty() {
                return panel.at_the_end();
            }
            let inside = panel.outcomes().filter(|&(place, value)| panel.holds(place, value)).count();
            let days = panel.outcomes().count();
            format!("{}, {}: the band of 90% held {inside} of {days} outcomes", panel.name, panel.remark)
        };
        self.panels.iter().map(told).collect::<Vec<_>>().join(". ")
    }

    fn check(&self) -> Result<(), ChartError> {
        if self.panels.is_empty() {
            return Err(ChartError::Empty { what: "fans" });
        }
        if self.panels.len() > MOST_PANELS {
            return Err(ChartError::TooMany { what: "fans", found: self.panels.len(), most: MOST_PANELS });
        }
        for panel in &self.panels {
            let timeline = Timeline(&panel.dates);
            timeline.check()?;
            for band in &panel.bands {
                timeline.check_values("values in a quantile band", band)?;
            }
            if !panel.observed.is_sorted_by(|one, next| one.0 < next.0) {
                return Err(ChartError::Order { what: "dates" });
            }
            let seen: Vec<f64> = panel.observed.iter().map(|&(_, value)| value).collect();
            all_finite("the observed values", &seen)?;
        }
        Ok(())
    }

    fn draw(&self, sheet: &Sheet<'_>, header_bottom: f64) -> Result<(), ChartError> {
        let shaded = "Shaded: 50% and 90% of paths, the line in them their median.";
        let black = " Black: what was known, and what happened.";
        let known = self.panels.iter().any(|panel| !panel.observed.is_empty());
        let note = shaded.to_owned() + if known { black } else { "" };
        let bottom = sheet.footer(&note, &self.source)? - 6.0;
        let room = (MARGIN..WIDTH - MARGIN, header_bottom + 2.0..bottom);
        let places = lay_out(self.panels.len(), columns_for(self.panels.len()), room, NUMBERS, true);
        self.panels.iter().zip(places).try_for_each(|(panel, place)| panel.draw(sheet, &place))
    }
}

impl FanPanel {
    /// The outcome of each date that has one, with the place of the date.
    fn outcomes(&self) -> impl Iterator<Item = (usize, f64)> {
        self.observed.iter().filter_map(|&(date, value)| Some((self.dates.binary_search(&date).ok()?, value)))
    }

    /// The distribution on the last day, in words.
    fn at_the_end(&self) -> String {
        let end = |band: usize| self.bands[band].last().map_or_else(String::new, |&value| number(value, 1));
        let date = self.dates.last().map_or_else(String::new, |&date| long_date(date));
        format!("{} on {date}: median {}, 90% of paths between {} and {}", self.name, end(2), end(0), end(4))
    }

    fn holds(&self, place: usize, value: f64) -> bool {
        (self.bands[0][place]..=self.bands[4][place]).contains(&value)
    }

    /// First and last day drawn.
    fn extent(&self) -> (Date, Date) {
        let (first, last) = (self.dates[0], self.dates[self.dates.len() - 1]);
        let seen = |end: Option<&(Date, f64)>, or: Date| end.map_or(or, |&(date, _)| date);
        (first.min(seen(self.observed.first(), first)), last.max(seen(self.observed.last(), last)))
    }

    fn draw(&self, sheet: &Sheet<'_>, place: &Panel) -> Result<(), ChartError> {
        let palette = sheet.palette;
        let (first, last) = self.extent();
        let day = |date: Date| f64::from((date - first).get_days());
        let values = self.bands.iter().flatten().copied().chain(self.observed.iter().map(|&(_, value)| value));
        let scale = Scale::of(values, 4);
        let time = Scale::exactly(0.0, day(last).max(1.0), 1);
        let plot = sheet.plot(place.across.clone(), place.down.clone(), &time, &scale);
        place.name(sheet, &self.name, &self.remark)?;
        place.rows(sheet, &plot, &scale, "", true)?;
        let trace = |values: &[f64]| -> Vec<(f64, f64)> {
            self.dates.iter().map(|&date| day(date)).zip(values.iter().copied()).collect()
        };
        for (low, high, colour) in [(0, 4, palette.outer_band), (1, 3, palette.inner_band)] {
            let mut outline = trace(&self.bands[high]);
            outline.extend(trace(&self.bands[low]).into_iter().rev());
            plot.polygon(outline, colour)?;
        }
        plot.line(trace(&self.bands[2]), Stroke::solid(palette.median, 2.0))?;
        let seen: Vec<(f64, f64)> = self.observed.iter().map(|&(date, value)| (day(date), value)).collect();
        plot.line(seen.clone(), Stroke::solid(palette.paper, 3.2))?;
        plot.line(seen, Stroke::solid(palette.ink, 1.5))?;
        let bottom = place.down.end;
        sheet.line(&[(place.across.start, bottom), (place.across.end, bottom)], Stroke::solid(palette.axis, 1.0))?;
        let widest = Weight::Regular.face().width("20 Mar 2026", SMALL);
        let ticks = date_ticks(first, last, place.across.end - place.across.start, widest);
        // A label that would hang over the end of its panel is left out.
        let fits = |x: f64| x + widest / 2.0 < place.across.end + 16.0;
        let labels = ticks.into_iter().map(|(date, label)| (plot.x(day(date)), label));
        place.under(sheet, labels.filter(|&(x, _)| fits(x)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::{Theme, draw_svg};
    use jiff::civil::date;

    fn chart() -> FanPanels {
        let dates = vec![date(2025, 10, 1), date(2025, 10, 2), date(2025, 10, 3)];
        let bands = [0.0, 1.0, 2.0, 3.0, 4.0].map(|value| vec![value; 3]);
        let observed = vec![(date(2025, 9, 30), 2.0), (date(2025, 10, 1), 2.5), (date(2025, 10, 3), 9.0)];
        let panel = FanPanel { name: "TGA".to_owned(), dates, bands, observed, ..Default::default() };
        FanPanels { panels: vec![panel], ..Default::default() }
    }

    #[test]
    fn what_the_bands_held_is_told() {
        assert!(chart().description().contains("held 1 of 2 outcomes"));
        assert!(draw_svg(&chart(), Theme::Dark).is_ok());
    }

    #[test]
    fn untrue_input_is_refused_by_name() {
        let mut short = chart();
        short.panels[0].bands[2].pop();
        let wrong = ChartError::Length { what: "values in a quantile band", found: 2, expected: 3 };
        assert_eq!(short.check(), Err(wrong));
        let mut turned = chart();
        turned.panels[0].dates.reverse();
        assert_eq!(turned.check(), Err(ChartError::Order { what: "dates" }));
    }
}
