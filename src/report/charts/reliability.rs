//! Reliability diagrams: how often it happened when so much was said, a panel for each event.

use super::drawing::{Anchor, Lettering, Stroke};
use super::panels::{columns_for, lay_out, number_room};
use super::picture::{Caption, Chart, ChartError, all_finite};
use super::sheet::{MARGIN, SMALL, Sheet, WIDTH};
use super::ticks::Scale;

/// Panels that can be read on one sheet.
const MOST_PANELS: usize = 8;

/// Reliability diagrams of several events.
#[derive(Clone, Debug, Default)]
pub struct ReliabilityChart {
    /// Subject.
    pub title: String,
    /// What the reader should know.
    pub subtitle: String,
    /// Where the numbers come from.
    pub source: String,
    /// The panels.
    pub panels: Vec<ReliabilityPanel>,
}

/// The diagram of one event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReliabilityPanel {
    /// The event.
    pub name: String,
    /// A few words beside it, as how often it happened.
    pub remark: String,
    /// How often it happened overall.
    pub base_rate: f64,
    /// The bins in rising order.
    pub points: Vec<ReliabilityPoint>,
}

/// One bin; all but the count are shares.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ReliabilityPoint {
    /// Mean of what was said.
    pub said: f64,
    /// How often it happened.
    pub seen: f64,
    /// What is seen nine times of ten if what is said is right.
    pub consistent: (f64, f64),
    /// Forecasts.
    pub forecasts: usize,
}

impl Chart for ReliabilityChart {
    fn caption(&self) -> Caption<'_> {
        Caption { title: &self.title, subtitle: &self.subtitle, unit: "", source: &self.source }
    }

    fn description(&self) -> String {
        let percent = |share: f64| format!("{:.0}", 100.0 * share);
        let told = |panel: &ReliabilityPanel| {
            let points = panel.points.iter().map(|point| {
                let (said, seen) = (percent(point.said), percent(point.seen));
                format!("said {said}, seen {seen} in {} cases", point.forecasts)
            });
            format!("{}: {}", panel.name, points.collect::<Vec<_>>().join("; "))
        };
        self.panels.iter().map(told).collect::<Vec<_>>().join(". ")
    }

    fn check(&self) -> Result<(), ChartError> {
        if self.panels.is_empty() {
            return Err(ChartError::Empty { what: "events" });
        }
        if self.panels.len() > MOST_PANELS {
            return Err(ChartError::TooMany { what: "events", found: self.panels.len(), most: MOST_PANELS });
        }
        for point in self.panels.iter().flat_map(|panel| &panel.points) {
            let (low, high) = point.consistent;
            all_finite("a bin", &[point.said, point.seen, low, high])?;
            if low > high {
                return Err(ChartError::Order { what: "ends of a consistency bar" });
            }
        }
        Ok(())
    }

    fn draw(&self, sheet: &Sheet<'_>, header_bottom: f64) -> Result<(), ChartError> {
        let note = "Across: what was said; up: how often it happened. Bars: where it would lie nine times of ten if \
                    what was said were right. Small numbers: forecasts in the bin. Dashed: how often it happened overall.";
        let bottom = sheet.footer(note, &self.source)? - 6.0;
        let scale = Scale::exactly(0.0, 100.0, 4);
        let across = Scale::exactly(-4.0, 104.0, 4);
        let up = Scale::exactly(-6.0, 106.0, 4);
        let room = (MARGIN..WIDTH - MARGIN, header_bottom + 2.0..bottom);
        let places = lay_out(self.panels.len(), columns_for(self.panels.len()), room, number_room(&scale, "%"), false);
        for (panel, place) in self.panels.iter().zip(places) {
            let plot = sheet.plot(place.across.clone(), place.down.clone(), &across, &up);
            place.name(sheet, &panel.name, &panel.remark)?;
            place.rows(sheet, &plot, &scale, "%", place.is_first)?;
            place.under(sheet, [0.0, 50.0, 100.0].into_iter().map(|tick| (plot.x(tick), format!("{tick:.0}%"))))?;
            plot.line(vec![(0.0, 0.0), (100.0, 100.0)], Stroke::solid(sheet.palette.axis, 1.2))?;
            let base = 100.0 * panel.base_rate;
            let dashed = Stroke { dash: Some((4.0, 4.0)), ..Stroke::solid(sheet.palette.threshold, 1.1) };
            plot.line(vec![(-4.0, base), (104.0, base)], dashed)?;
            for point in &panel.points {
                let said = 100.0 * point.said;
                let x = plot.x(said);
                let (low, high) = (plot.y(100.0 * point.consistent.0), plot.y(100.0 * point.consistent.1));
                sheet.rectangle((x - 4.5, low.max(high + 1.0)), (x + 4.5, high), sheet.palette.inner_band)?;
            }
            let seen = panel.points.iter().map(|point| (100.0 * point.said, 100.0 * point.seen));
            plot.line(seen.collect(), Stroke { opacity: 0.6, ..Stroke::solid(sheet.palette.median, 1.4) })?;
            for point in &panel.points {
                let at = (100.0 * point.said, 100.0 * point.seen);
                plot.dot(at, 4.4, sheet.palette.paper)?;
                plot.dot(at, 3.4, sheet.palette.median)?;
                let small = Lettering {
                    colour: sheet.palette.muted,
                    anchor: Anchor::Middle,
                    halo: Some(sheet.palette.paper),
                    ..sheet.lettering(SMALL - 1.5)
                };
                // Above the dot, or below it where the bar or the end of the panel is in the way.
                let (y, high) = (plot.y(at.1), plot.y(100.0 * point.consistent.1));
                let is_above = y - 16.0 > plot.down.start && (high > y - 4.0 || high < y - 18.0);
                let baseline = if is_above { y - 7.0 } else { y + 14.0 };
                sheet.write(&point.forecasts.to_string(), (plot.x(at.0), baseline), small)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::{Theme, draw_svg};

    fn chart() -> ReliabilityChart {
        let point = ReliabilityPoint { said: 0.2, seen: 0.25, consistent: (0.1, 0.3), forecasts: 40 };
        let panel = ReliabilityPanel { name: "above 5bp".to_owned(), points: vec![point], ..Default::default() };
        ReliabilityChart { panels: vec![panel], ..Default::default() }
    }

    #[test]
    fn every_bin_is_drawn_and_told() {
        let svg = draw_svg(&chart(), Theme::Light).expect("a plain chart");
        assert_eq!(svg.matches("<circle").count(), 2);
        assert!(chart().description().contains("said 20, seen 25 in 40 cases"));
    }

    #[test]
    fn untrue_input_is_refused_by_name() {
        let mut turned = chart();
        turned.panels[0].points[0].consistent = (0.3, 0.1);
        assert_eq!(turned.check(), Err(ChartError::Order { what: "ends of a consistency bar" }));
        assert_eq!(ReliabilityChart::default().check(), Err(ChartError::Empty { what: "events" }));
    }
}
