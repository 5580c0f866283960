//! The charts of a run, made from its summary.

use super::charts::{Chart, EventMark, FanChart, Guide, Histogram, Level, Step, Waterfall};
use super::numbers::number;
use crate::calendar::names::long_date;
use crate::model::{Plan, Simulated, Variable};
use crate::scenario::{EventKind, Quantity, Scenario, When};
use crate::statistics::{Distribution, Drain, Exceedance, Outcomes, Summary};

/// Single paths drawn over a fan.
const PATHS_DRAWN: usize = 4;

/// A chart and the name of its files.
pub struct NamedChart {
    /// File name without extension.
    pub name: &'static str,
    /// What to draw.
    pub chart: Box<dyn Chart + Send + Sync>,
}

/// All charts of a run, of which `first` holds the first paths.
pub fn charts_of(scenario: &Scenario, plan: &Plan, first: &Outcomes, summary: &Summary) -> Vec<NamedChart> {
    let subject = Subject { scenario, plan, first, summary };
    let mut charts = vec![
        NamedChart { name: "reserves", chart: Box::new(subject.fan(Variable::Reserves, Simulated::Reserves)) },
        NamedChart { name: "tga", chart: Box::new(subject.tga()) },
        NamedChart { name: "on_rrp", chart: Box::new(subject.fan(Variable::OnRrp, Simulated::OnRrp)) },
        NamedChart { name: "sofr_iorb", chart: Box::new(subject.spread()) },
        NamedChart { name: "attribution", chart: Box::new(subject.attribution()) },
        NamedChart { name: "worst_day", chart: Box::new(subject.worst_day()) },
    ];
    if let Some(drain) = &summary.drain_to_low {
        charts.push(NamedChart { name: "drain", chart: Box::new(subject.drain(drain)) });
    }
    charts
}

struct Subject<'a> {
    scenario: &'a Scenario,
    plan: &'a Plan,
    first: &'a Outcomes,
    summary: &'a Summary,
}

impl Subject<'_> {
    fn fan(&self, variable: Variable, simulated: Simulated) -> FanChart {
        let info = variable.info();
        let days = &self.summary.fan(variable).days;
        let band = |position: usize| days.iter().map(|day: &Distribution| day.quantiles[position]).collect();
        let paths = PATHS_DRAWN.min(self.first.paths());
        FanChart {
            title: info.title.to_owned(),
            subtitle: self.scenario.title.clone(),
            unit: match variable {
                Variable::SofrIorb => "basis points".to_owned(),
                _ => "$bn".to_owned(),
            },
            source: source(self.scenario),
            dates: self.summary.dates.clone(),
            bands: [1, 3, 4, 5, 7].map(band),
            paths: (0..paths).map(|path| self.first.path(path, simulated)).collect(),
            events: event_marks(self.scenario),
            ..FanChart::default()
        }
    }

    /// The TGA against the balance the Treasury announced.
    fn tga(&self) -> FanChart {
        let mut fan = self.fan(Variable::Tga, Simulated::Tga);
        if let Some(target) = self.scenario.cash_target.last() {
            fan.thresholds = vec![Level::new("announced", target.level)];
        }
        fan
    }

    /// The spread within the corridor of administered rates.
    fn spread(&self) -> FanChart {
        let mut fan = self.fan(Variable::SofrIorb, Simulated::SofrIorb);
        let guide = |label: &str, height: &dyn Fn(usize) -> f64| Guide {
            label: label.to_owned(),
            values: (0..self.first.days).map(height).collect(),
        };
        fan.corridor = vec![
            guide("SRF", &|day| self.plan.rates(day).corridor_ceiling()),
            guide("IORB", &|_| 0.0),
            guide("ON RRP", &|day| -self.plan.rates(day).corridor_floor()),
        ];
        fan
    }

    fn attribution(&self) -> Waterfall {
        let attribution = &self.summary.attribution;
        let start = self.summary.fan(Variable::Reserves).days[0].mean;
        let steps = attribution
            .causes
            .iter()
            .map(|cause| {
                Step::new(cause.name, cause.contribution.mean, cause.contribution.low(), cause.contribution.high())
            })
            .collect();
        let (first, last) = (self.summary.dates[0], self.scenario.end);
        Waterfall {
            title: "What moved reserves".to_owned(),
            subtitle: format!("{}. Means over all paths; whiskers hold 90% of them", self.scenario.title),
            unit: "$bn".to_owned(),
            source: source(self.scenario),
            start: Level::new(long_date(first), start),
            steps,
            end: Level::new(long_date(last), start + attribution.total.mean),
        }
    }

    fn drain(&self, drain: &Drain) -> Waterfall {
        let step = |label: &str, part: &Distribution| Step::new(label, part.mean, part.low(), part.high());
        let start = self.summary.fan(Variable::Reserves).days[0].mean;
        let low = long_date(self.summary.dates[drain.day]);
        Waterfall {
            title: format!("What moved reserves to their low on {low}"),
            subtitle: format!("{}. Means over all paths; whiskers hold 90% of them", self.scenario.title),
            unit: "$bn".to_owned(),
            source: source(self.scenario),
            start: Level::new(long_date(self.summary.dates[0]), start),
            steps: vec![
                step("Treasury: its account", &drain.treasury),
                step("Fed: its assets", &drain.fed),
                step("Money funds: ON RRP", &drain.money_funds),
                step("Currency and others", &drain.others),
            ],
            end: Level::new(low, start + drain.total.mean),
        }
    }

    fn worst_day(&self) -> Histogram {
        let spreads = &self.summary.worst_day_spreads;
        let date = self.summary.dates[self.summary.worst_day];
        // One percent of the paths is gathered in the last bin rather than stretching the axis over it.
        let low = spreads.lowest().floor();
        let high = spreads.quantile(0.99).ceil().max(low + 1.0);
        let width = ((high - low) / 40.0).ceil().max(1.0);
        let bins = ((high - low) / width).ceil() as usize;
        let edges: Vec<f64> = (0..=bins).map(|edge| low + width * edge as f64).collect();
        let below: Vec<f64> = edges.iter().map(|&edge| spreads.below(edge)).collect();
        let mut weights: Vec<f64> = below.windows(2).map(|pair| pair[1] - pair[0]).collect();
        weights[bins - 1] = spreads.paths() as f64 - below[bins - 1];
        let above = |exceedance: &Exceedance| 100.0 * exceedance.by_day[self.summary.worst_day];
        Histogram {
            title: format!("SOFR − IORB on {}, the worst day", long_date(date)),
            subtitle: self.scenario.title.clone(),
            unit: "basis points".to_owned(),
            source: source(self.scenario),
            edges,
            weights,
            marks: self
                .summary
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
        marks.push(EventMark { date: *date, label: sentence_case(&event.name.replace('_', " ")) });
        if let EventKind::Shutdown { duration, .. } = &event.kind {
            let days = duration.typical().round().max(0.0) as i64;
            let reopening = date.saturating_add(jiff::Span::new().days(days));
            let label = if matches!(duration, Quantity::Fixed(_)) { "Reopening" } else { "Reopening (typical)" };
            marks.push(EventMark { date: reopening, label: label.to_owned() });
        }
    }
    marks
}

fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
