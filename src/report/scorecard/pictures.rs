//! The pictures of a scorecard.

use crate::backtest::{Cell, EventScore, Forecaster, Hindsight, Scorecard, Subject, bars};
use crate::calendar::names::short_date;
use crate::report::NamedChart;
use crate::report::charts::{
    FanPanel, FanPanels, Interval, IntervalChart, IntervalPanel, ReliabilityChart, ReliabilityPanel, ReliabilityPoint,
    TransformChart, TransformPanel,
};
use crate::statistics::scores::Estimate;

/// Forecasts drawn at most.
const MOST_FANS: usize = 6;

/// All pictures for which there are numbers: skill, coverage, PIT, reliability, fans.
pub fn pictures(card: &Scorecard) -> Vec<NamedChart> {
    let mut charts = Vec::new();
    if !card.cells.is_empty() {
        charts.push(NamedChart::new("skill", skill(card)));
        charts.push(NamedChart::new("coverage", coverage(card)));
        charts.push(NamedChart::new("pit", transforms(card)));
    }
    if !card.events.is_empty() {
        charts.push(NamedChart::new("reliability", reliability(card)));
    }
    if !card.fans.is_empty() {
        charts.push(NamedChart::new("hindsight", hindsight(card)));
    }
    charts
}

fn skill(card: &Scorecard) -> IntervalChart {
    IntervalChart {
        title: "Skill against forecasters without economics".to_owned(),
        subtitle: "How much lower the model's mean CRPS is, by business days ahead. Above zero the model is better"
            .to_owned(),
        unit: "%".to_owned(),
        source: source(card),
        note: "Lines: intervals of 95% by block bootstrap over origins. Arrows point to what lies beyond the axis."
            .to_owned(),
        series: Forecaster::BENCHMARKS.map(|benchmark| format!("against {}", benchmark.name())).to_vec(),
        range: (-60.0, 100.0),
        wanted: Vec::new(),
        panels: panels(card, |cell| {
            Forecaster::BENCHMARKS.map(|benchmark| Some(interval(cell.against(benchmark)?.skill))).to_vec()
        }),
    }
}

fn coverage(card: &Scorecard) -> IntervalChart {
    let percent = |(low, high): (f64, f64)| (100.0 * low, 100.0 * high);
    IntervalChart {
        title: "Do bands hold what they say?".to_owned(),
        subtitle: "Outcomes inside the bands of 90% and of 50%, by business days ahead. Shaded: where they should lie"
            .to_owned(),
        unit: String::new(),
        source: source(card),
        note:
            "Lines: intervals of 95% by block bootstrap. Outcomes that tie with many paths count by the share of their \
               stretch that the band holds."
                .to_owned(),
        series: vec!["in bands of 90%".to_owned(), "in bands of 50%".to_owned()],
        range: (0.0, 100.0),
        wanted: vec![percent(bars::NINETY), percent(bars::HALF)],
        panels: panels(card, |cell| vec![Some(interval(cell.ninety.spread)), Some(interval(cell.half.spread))]),
    }
}

/// A panel for each subject, a group for each horizon.
fn panels(card: &Scorecard, of: impl Fn(&Cell) -> Vec<Option<Interval>>) -> Vec<IntervalPanel> {
    let panel = |subject: Subject| IntervalPanel {
        name: subject.title(),
        groups: card
            .cells
            .iter()
            .filter(|cell| cell.subject == subject)
            .map(|cell| (format!("{}d", cell.horizon), of(cell)))
            .collect(),
    };
    card.subjects().into_iter().map(panel).collect()
}

fn transforms(card: &Scorecard) -> TransformChart {
    let mut horizons: Vec<usize> = card.cells.iter().map(|cell| cell.horizon).collect();
    horizons.sort_unstable();
    horizons.dedup();
    let panel = |subject, horizon: &usize| {
        let cell = card.cell(subject, *horizon)?;
        Some(TransformPanel { shares: cell.pit.shares.clone(), band: cell.pit.band })
    };
    let row = |subject: Subject| (subject.title(), horizons.iter().map(|horizon| panel(subject, horizon)).collect());
    TransformChart {
        title: "Where outcomes fell in their forecasts".to_owned(),
        subtitle: "Histograms of the probability integral transform: flat if forecasts mean what they say".to_owned(),
        source: source(card),
        columns: horizons.iter().map(|&horizon| ahead(horizon)).collect(),
        rows: card.subjects().into_iter().map(row).collect(),
    }
}

fn reliability(card: &Scorecard) -> ReliabilityChart {
    let point = |bin: &crate::statistics::scores::ReliabilityBin| ReliabilityPoint {
        said: bin.said,
        seen: bin.seen,
        consistent: bin.consistent,
        forecasts: bin.forecasts,
    };
    let panel = |score: &EventScore| ReliabilityPanel {
        name: score.event.title(),
        remark: format!("{} of {}", score.happened, score.forecasts),
        base_rate: score.happened as f64 / score.forecasts.max(1) as f64,
        points: score.reliability.bins.iter().map(point).collect(),
    };
    ReliabilityChart {
        title: "When it says 30%, does it happen 30% of the time?".to_owned(),
        subtitle: "Events within 20 business days. At the right of a name: how many times it happened".to_owned(),
        source: source(card),
        panels: card.events.iter().map(panel).collect(),
    }
}

fn hindsight(card: &Scorecard) -> FanPanels {
    let panel = |fan: &Hindsight| FanPanel {
        name: format!("{}, {}", fan.target.title(), Subject::of(fan.target).unit()),
        remark: format!("from {}", short_date(fan.origin)),
        dates: fan.dates.clone(),
        bands: fan.bands.clone(),
        observed: fan.observed.clone(),
    };
    FanPanels {
        title: "Forecasts in hindsight".to_owned(),
        subtitle: "What was said on the day, and what happened".to_owned(),
        unit: String::new(),
        source: source(card),
        panels: card.fans.iter().take(MOST_FANS).map(panel).collect(),
    }
}

fn interval(estimate: Estimate) -> Interval {
    Interval { value: 100.0 * estimate.value, low: 100.0 * estimate.low, high: 100.0 * estimate.high }
}

fn ahead(horizon: usize) -> String {
    format!("{} ahead", super::tables::days(horizon))
}

fn source(card: &Scorecard) -> String {
    let making = &card.making;
    let span = making.origins.map_or_else(String::new, |(first, last)| {
        format!(", {} origins {} – {}", making.number_of_origins, short_date(first), short_date(last))
    });
    format!(
        "Source: tidegate {}{span}, {} paths each, seed {}; history {}.",
        making.version, making.paths, making.seed, making.fingerprint
    )
}
