//! The pictures of a run: every chart of its page, and the distribution of the spread on its worst day.

use super::capitalised;
use super::charts::{Chart, EventMark, Histogram, Level, Theme, render};
use super::numbers::number;
use super::page::{Drawable, Page};
use super::run_page::RunFacts;
use crate::calendar::names::long_date;
use crate::scenario::{EventKind, Quantity, Scenario, When};
use crate::statistics::Exceedance;
use rayon::prelude::*;

/// A chart and the name of its files.
pub struct NamedChart {
    /// File name without extension.
    pub name: String,
    /// What to draw.
    pub chart: Drawable,
}

impl NamedChart {
    /// Names a chart.
    pub fn new(name: impl Into<String>, chart: impl Chart + Send + Sync + 'static) -> Self {
        Self { name: name.into(), chart: Box::new(chart) }
    }
}

/// The files of charts, drawn in parallel, with their places below a folder.
pub fn picture_files(charts: Vec<NamedChart>) -> Vec<(String, Vec<u8>)> {
    let drawn = |named: NamedChart| {
        let picture = render(&*named.chart, Theme::Light).expect("charts are made of finite numbers");
        let file = |extension: &str| format!("charts/{}.{extension}", named.name);
        [(file("svg"), picture.svg.into_bytes()), (file("png"), picture.png)]
    };
    charts.into_par_iter().map(drawn).collect::<Vec<_>>().into_iter().flatten().collect()
}

/// The pictures of a run and its page; each has the name of its chart on the page, with underscores.
pub fn charts_of(facts: &RunFacts<'_>, page: &Page) -> Vec<NamedChart> {
    let source = source(facts.scenario);
    let named = page.charts().filter_map(|chart| {
        Some(NamedChart { name: chart.id.replace('-', "_"), chart: chart.picture(page, &source)? })
    });
    let mut charts: Vec<NamedChart> = named.collect();
    charts.push(NamedChart::new("worst_day", worst_day(facts, source)));
    charts
}

/// How SOFR stands over IORB on the day on which it is worst.
fn worst_day(facts: &RunFacts<'_>, source: String) -> Histogram {
    let RunFacts { scenario, summary, .. } = *facts;
    let spreads = &summary.worst_day_spreads;
    let date = summary.dates[summary.worst_day];
    // One percent of the paths is gathered in the last bin rather than stretching the axis over it.
    let low = spreads.lowest().floor();
    let high = spreads.quantile(0.99).ceil().max(low + 1.0);
    let width = ((high - low) / 40.0).ceil().max(1.0);
    let bins = ((high - low) / width).ceil() as usize;
    let edges: Vec<f64> = (0..=bins).map(|edge| low + width * edge as f64).collect();
    let below: Vec<f64> = edges.iter().map(|&edge| spreads.below(edge)).collect();
    let mut weights: Vec<f64> = below.windows(2).map(|pair| pair[1] - pair[0]).collect();
    weights[bins - 1] = spreads.paths() as f64 - below[bins - 1];
    let above = |exceedance: &Exceedance| 100.0 * exceedance.by_day[summary.worst_day];
    Histogram {
        title: format!("SOFR − IORB on {}, the worst day", long_date(date)),
        subtitle: scenario.title.clone(),
        unit: "basis points".to_owned(),
        source,
        edges,
        weights,
        marks: summary
            .spread_exceedance
            .iter()
            .filter(|exceedance| exceedance.level < high)
            .map(|it| Level::new(format!("{:.0}bp: {:.1}% above", it.level, above(it)), it.level))
            .collect(),
        note: format!(
            "The last bar holds all paths above {:.0}bp; the highest is {:.0}bp.",
            high - width,
            spreads.highest()
        ),
    }
}

/// Where the numbers of a run come from.
pub(super) fn source(scenario: &Scenario) -> String {
    format!(
        "Source: tidegate {}, scenario {}, {} paths, seed {}; balance sheet of {} from Federal Reserve H.4.1.",
        env!("CARGO_PKG_VERSION"),
        scenario.name,
        number(scenario.paths as f64, 0),
        scenario.seed,
        long_date(scenario.vintage.date),
    )
}

/// Marks for events with a known date; of a shutdown also the median reopening.
pub(super) fn event_marks(scenario: &Scenario) -> Vec<EventMark> {
    let mut marks = Vec::new();
    for event in &scenario.events {
        let Some(When::On(date)) = event.kind.begins() else { continue };
        marks.push(EventMark { date: *date, label: capitalised(&event.name.replace('_', " ")) });
        if let EventKind::Shutdown { duration, .. } = &event.kind {
            let days = duration.typical().round().max(0.0) as i64;
            let reopening = date.saturating_add(jiff::Span::new().days(days));
            let label = if matches!(duration, Quantity::Fixed(_)) { "Reopening" } else { "Reopening (typical)" };
            marks.push(EventMark { date: reopening, label: label.to_owned() });
        }
    }
    marks
}
