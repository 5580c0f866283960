//! A chart of a page as a picture for paper, with the same words and numbers.

use super::chart::{self, Chart, Drawing, Fan, Link, Node, Panel, RiskItem};
use super::{MarkKind, Page};
use crate::calendar::names::short_date;
use crate::report::capitalised;
use crate::report::charts::{
    self, BarsChart, EventMark, FanChart, FanPanel, FanPanels, FlowsChart, Guide, HandFlows, HandsChart, HandsRow,
    HeatChart, Level, Line, LinesChart, Split, Step, Waterfall,
};
use crate::report::numbers::number;

/// Names of the first three hands of a picture; all others have the colour of the fourth.
const HANDS: [&str; 3] = ["Treasury", "Fed", "Money funds"];

/// What can be drawn, by whichever thread.
pub type Drawable = Box<dyn charts::Chart + Send + Sync>;

impl Chart {
    /// The picture of this chart of `page`, whose numbers come from `source`; none if there is nothing to draw, or if it
    /// compares runs.
    pub fn picture(&self, page: &Page, source: &str) -> Option<Drawable> {
        let words = Words { chart: self, page, source };
        let has_values = match &self.drawing {
            Drawing::Fan(fan) => fan.series.len() == 1 && fan.lines.is_empty(),
            Drawing::Lines { series, .. } => !series.is_empty(),
            Drawing::Heat { rows } => !rows.is_empty(),
            Drawing::Waterfall { start, steps, .. } => start.is_some() && !steps.is_empty(),
            Drawing::Risk { items } => !items.is_empty(),
            Drawing::Sankey { links, .. } => !links.is_empty(),
            Drawing::Bars { items } => !items.is_empty(),
            Drawing::Multiples { panels } => panels.iter().all(|panel| panel.series.len() == 1),
            Drawing::Curve { x, series, .. } => !x.is_empty() && !series.is_empty(),
            Drawing::Grid { values, .. } => values.iter().any(|row| !row.is_empty()),
            Drawing::Tornado { items, .. } => !items.is_empty(),
            Drawing::Stack { layers, .. } => !layers.is_empty(),
        };
        if !has_values {
            return None;
        }
        Some(match &self.drawing {
            Drawing::Fan(fan) => Box::new(words.fan(fan)),
            Drawing::Lines { series, from_zero } => Box::new(words.lines(series, *from_zero)),
            Drawing::Heat { rows } => Box::new(words.heat(rows)),
            Drawing::Waterfall { start, steps, end } => Box::new(words.waterfall(start.as_ref()?, steps, end)),
            Drawing::Risk { items } => Box::new(words.risk(items)),
            Drawing::Sankey { nodes, links } => Box::new(words.flows(nodes, links)),
            Drawing::Bars { items } => Box::new(words.bars(items)),
            Drawing::Multiples { panels } => Box::new(words.panels(panels)),
            Drawing::Curve { axis, ticks, x, series, thresholds, marks } => {
                Box::new(words.curve(axis, (ticks, x), series, thresholds, marks))
            }
            Drawing::Grid { across, down, values } => Box::new(words.grid(across, down, values)),
            Drawing::Tornado { centre, items } => Box::new(words.tornado(*centre, items)),
            Drawing::Stack { layers, rest } => Box::new(words.stack(layers, rest.as_ref())),
        })
    }
}

/// A chart with what stands around it on a sheet of its own.
pub(super) struct Words<'a> {
    pub(super) chart: &'a Chart,
    pub(super) page: &'a Page,
    source: &'a str,
}

impl Words<'_> {
    pub(super) fn title(&self) -> String {
        self.chart.title.clone()
    }

    /// The title of the page, then how to read the chart.
    pub(super) fn subtitle(&self) -> String {
        format!("{}. {}", self.page.title, capitalised(&self.chart.subtitle))
    }

    pub(super) fn unit(&self) -> String {
        if self.chart.unit == "bp" { "basis points".to_owned() } else { self.chart.unit.clone() }
    }

    pub(super) fn source(&self) -> String {
        self.source.to_owned()
    }

    pub(super) fn events(&self) -> Vec<EventMark> {
        let events = self.page.marks.iter().filter(|mark| mark.kind == MarkKind::Event);
        events.map(|mark| EventMark { date: mark.date, label: mark.label.clone() }).collect()
    }

    fn fan(&self, fan: &Fan) -> FanChart {
        let zero = Guide { label: String::new(), values: vec![0.0; self.page.dates.len()] };
        let corridor = fan.corridor.iter().map(|line| Guide { label: line.name.clone(), values: line.values.clone() });
        FanChart {
            title: self.title(),
            // What bands and lines are is said below the drawing.
            subtitle: self.page.title.clone(),
            unit: self.unit(),
            source: self.source(),
            dates: self.page.dates.clone(),
            bands: bands(&fan.series[0]),
            paths: fan.paths.clone(),
            corridor: corridor.chain(fan.zero.then_some(zero)).collect(),
            events: self.events(),
            thresholds: fan.thresholds.iter().map(|line| Level::new(line.label.clone(), line.level)).collect(),
            observed: None,
        }
    }

    fn panels(&self, panels: &[Panel]) -> FanPanels {
        let panel = |panel: &Panel| {
            let bands = bands(&panel.series[0]);
            let last = bands[2].last().map_or_else(String::new, |&median| number(median, panel.digits));
            FanPanel {
                name: panel.title.clone(),
                remark: format!("median at the end {last}"),
                dates: self.page.dates.clone(),
                bands,
                observed: Vec::new(),
            }
        };
        FanPanels {
            title: self.title(),
            subtitle: self.page.title.clone(),
            unit: self.unit(),
            source: self.source(),
            panels: panels.iter().map(panel).collect(),
        }
    }

    fn lines(&self, series: &[chart::Line], from_zero: bool) -> LinesChart {
        LinesChart {
            title: self.title(),
            subtitle: self.subtitle(),
            unit: self.unit(),
            source: self.source(),
            dates: self.page.dates.clone(),
            lines: series.iter().map(|line| Line { name: line.name.clone(), values: line.values.clone() }).collect(),
            from_zero,
            events: self.events(),
        }
    }

    fn heat(&self, rows: &[chart::Row]) -> HeatChart {
        HeatChart {
            title: self.title(),
            subtitle: self.subtitle(),
            unit: self.unit(),
            source: self.source(),
            dates: self.page.dates.clone(),
            rows: rows.iter().map(|row| Line { name: row.label.clone(), values: row.values.clone() }).collect(),
        }
    }

    fn bars(&self, items: &[chart::Step]) -> BarsChart {
        BarsChart {
            title: self.title(),
            subtitle: self.subtitle(),
            unit: self.unit(),
            source: self.source(),
            decimals: self.chart.digits,
            bars: items.iter().map(step).collect(),
        }
    }

    fn waterfall(&self, start: &chart::Level, steps: &[chart::Step], end: &chart::Level) -> Waterfall {
        let level = |level: &chart::Level| Level::new(level.label.clone(), level.value);
        Waterfall {
            title: self.title(),
            subtitle: self.subtitle(),
            unit: self.unit(),
            source: self.source(),
            decimals: self.chart.digits,
            start: level(start),
            steps: steps.iter().map(step).collect(),
            end: level(end),
        }
    }

    fn risk(&self, items: &[RiskItem]) -> HandsChart {
        let part = |item: &RiskItem, hand: usize| item.parts.get(hand).map_or(0.0, |part| part.value);
        let name = |hand: usize| items[0].parts.get(hand).map_or_else(String::new, |part| part.name.clone());
        let row = |item: &RiskItem| HandsRow {
            name: short_date(item.date),
            span: item.label.clone(),
            model: Split {
                parts: std::array::from_fn(|hand| part(item, hand)),
                total: item.total,
                range: Some((item.low, item.high)),
            },
            happened: None,
        };
        HandsChart {
            title: self.title(),
            subtitle: self.subtitle(),
            unit: self.unit(),
            source: self.source(),
            hands: std::array::from_fn(name),
            one_scale: true,
            rows: items.iter().map(row).collect(),
        }
    }

    /// What runs through the node at which most links meet, which is the stock.
    fn flows(&self, nodes: &[Node], links: &[Link]) -> FlowsChart {
        let meeting =
            |node: &&Node| links.iter().filter(|link| [&link.source, &link.target].contains(&&node.id)).count();
        let stock = nodes.iter().max_by_key(meeting);
        let name =
            |id: &str| nodes.iter().find(|node| node.id == id).map_or_else(String::new, |node| node.name.clone());
        // One side: of each flow that ends at the stock, whose hand it is that moves it.
        let side = |ends: fn(&Link) -> [&str; 2]| {
            let mut hands: Vec<HandFlows> = Vec::new();
            for flow in links.iter().filter(|link| stock.is_some_and(|stock| ends(link)[1] == stock.id)) {
                let hand = links.iter().find(|link| ends(link)[1] == ends(flow)[0]).map_or("", |link| ends(link)[0]);
                let (hand, flow) = (name(hand), Level::new(flow.label.clone(), flow.value));
                match hands.iter_mut().find(|other| other.name == hand) {
                    Some(own) => own.flows.push(flow),
                    None => {
                        let place = HANDS.iter().position(|name| *name == hand).unwrap_or(HANDS.len());
                        hands.push(HandFlows { name: hand, hand: place, flows: vec![flow] });
                    }
                }
            }
            hands
        };
        FlowsChart {
            title: self.title(),
            subtitle: self.subtitle(),
            unit: self.unit(),
            source: self.source(),
            decimals: self.chart.digits,
            stock: stock.map_or_else(String::new, |stock| stock.name.clone()),
            added: side(|link| [&link.source, &link.target]),
            drained: side(|link| [&link.target, &link.source]),
        }
    }
}

fn bands(band: &chart::Band) -> [Vec<f64>; 5] {
    let chart::Quantiles { q5, q25, q50, q75, q95 } = band.quantiles.clone();
    [q5, q25, q50, q75, q95]
}

fn step(step: &chart::Step) -> Step {
    Step::new(step.label.clone(), step.value, step.low, step.high)
}
