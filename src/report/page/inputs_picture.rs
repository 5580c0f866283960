//! Charts of inputs as pictures for paper.

use super::chart::{CurveLine, GridAxis, Level, Line, Threshold, TornadoItem};
use super::picture::Words;
use crate::report::charts;

impl Words<'_> {
    /// Numbers of `series` at places `x` of the input that `axis` names.
    pub(super) fn curve(
        &self,
        axis: &str,
        (ticks, x): (&[String], &[f64]),
        series: &[CurveLine],
        thresholds: &[Threshold],
        marks: &[Level],
    ) -> charts::CurveChart {
        let line = |line: &CurveLine| charts::CurveLine {
            name: line.name.clone(),
            values: line.values.clone(),
            interval: (!line.low.is_empty()).then(|| [line.low.clone(), line.high.clone()]),
        };
        charts::CurveChart {
            title: self.title(),
            subtitle: self.subtitle(),
            unit: self.unit(),
            source: self.source(),
            decimals: self.chart.digits,
            axis: axis.to_owned(),
            words: ticks.to_vec(),
            places: x.to_vec(),
            lines: series.iter().map(line).collect(),
            thresholds: thresholds.iter().map(|line| charts::Level::new(line.label.clone(), line.level)).collect(),
            marks: marks.iter().map(|mark| charts::Level::new(mark.label.clone(), mark.value)).collect(),
        }
    }

    pub(super) fn grid(&self, across: &GridAxis, down: &GridAxis, values: &[Vec<f64>]) -> charts::GridChart {
        let side = |axis: &GridAxis| charts::InputAxis { name: axis.label.clone(), values: axis.values.clone() };
        charts::GridChart {
            title: self.title(),
            subtitle: self.subtitle(),
            unit: self.unit(),
            source: self.source(),
            decimals: self.chart.digits,
            across: side(across),
            down: side(down),
            values: values.to_vec(),
        }
    }

    pub(super) fn tornado(&self, centre: f64, items: &[TornadoItem]) -> charts::TornadoChart {
        let item = |item: &TornadoItem| charts::TornadoItem {
            label: item.label.clone(),
            low: (item.low, item.at_low.clone()),
            high: (item.high, item.at_high.clone()),
            error: item.error,
        };
        charts::TornadoChart {
            title: self.title(),
            subtitle: self.subtitle(),
            unit: self.unit(),
            source: self.source(),
            decimals: self.chart.digits,
            centre,
            items: items.iter().map(item).collect(),
        }
    }

    pub(super) fn stack(&self, layers: &[Line], rest: Option<&Line>) -> charts::StackChart {
        let layer = |line: &Line| charts::Line { name: line.name.clone(), values: line.values.clone() };
        charts::StackChart {
            title: self.title(),
            subtitle: self.subtitle(),
            unit: self.unit(),
            source: self.source(),
            decimals: self.chart.digits,
            dates: self.page.dates.clone(),
            layers: layers.iter().map(layer).collect(),
            rest: rest.map(layer),
            events: self.events(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::report::charts::{Theme, draw_svg};
    use crate::report::page::{Chart, Page};
    use serde_json::{Value, json};

    /// A page whose words try to be markup, with a chart of each kind.
    fn page(words: &str) -> Page {
        let chart = |kind: &str, rest: Value| {
            let mut chart = json!({
                "id": kind, "title": words, "subtitle": words, "unit": "$bn", "digits": 0, "alt": words, "kind": kind,
            });
            chart.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
            json!({ "chart": chart })
        };
        let line = |values: [f64; 2]| json!({ "name": words, "values": values });
        let charts = [
            chart(
                "curve",
                json!({
                    "axis": words, "ticks": [words, words], "x": [0.0, 1.0],
                    "series": [{ "name": words, "values": [1.0, 2.0], "low": [0.5, 1.5], "high": [1.5, 2.5] }],
                    "thresholds": [{ "label": words, "level": 1.5 }], "marks": [{ "label": words, "value": 0.5 }],
                }),
            ),
            chart(
                "grid",
                json!({
                    "across": { "label": words, "values": [words, words] }, "down": { "label": words, "values": [words] },
                    "values": [[-1.0, 2.0]],
                }),
            ),
            chart(
                "tornado",
                json!({
                    "centre": 1.0,
                    "items": [{ "label": words, "low": 0.0, "high": 3.0, "at_low": words, "at_high": words, "error": 0.1 }],
                }),
            ),
            chart("stack", json!({ "layers": [line([60.0, 40.0]), line([30.0, 50.0])], "rest": line([10.0, 10.0]) })),
        ];
        let page = json!({
            "format": 1, "tidegate": "0", "title": words, "claim": "", "verdict": [], "made": "", "figures": [],
            "dates": ["2025-10-01", "2025-10-02"], "marks": [],
            "sections": [{ "id": "inputs", "title": words, "blocks": charts }],
        });
        serde_json::from_value(page).expect("every kind is read")
    }

    #[test]
    fn every_kind_reads_what_it_writes() {
        let page = page("pace of purchases");
        let again: Page = serde_json::from_slice(&page.json()).expect("JSON of our own");
        assert_eq!(again, page);
        let kinds = |chart: &Chart| serde_json::to_value(chart).unwrap()["kind"].as_str().unwrap().to_owned();
        assert_eq!(page.charts().map(kinds).collect::<Vec<_>>(), ["curve", "grid", "tornado", "stack"]);
    }

    #[test]
    fn every_kind_is_drawn_by_a_script_and_on_paper_with_its_words() {
        let page = page("pace of purchases");
        let html = page.html();
        for chart in page.charts() {
            assert!(html.contains(&format!("KINDS.{} = ", chart.id)), "{}", chart.id);
            let picture = chart.picture(&page, "tidegate").expect("something to draw");
            let svg = draw_svg(&*picture, Theme::Light).expect("a plain chart");
            assert!(svg.contains(">pace of purchases, $bn</title>"), "{}", chart.id);
            assert!(picture.description().contains("pace of purchases"), "{}", chart.id);
        }
    }

    #[test]
    fn a_page_without_charts_of_inputs_does_not_carry_their_scripts() {
        let mut page = page("pace of purchases");
        page.sections.clear();
        let html = page.html();
        assert!(html.contains("KINDS.fan = ") && !html.contains("KINDS.curve = "));
    }

    #[test]
    fn words_stay_words_whatever_they_say() {
        let page = page(&"</text><script>alert(1)</script> \u{202E}שלום 🏦 & \"W\" ".repeat(9));
        assert!(!page.html().contains("<script>alert"));
        for chart in page.charts() {
            let svg =
                draw_svg(&*chart.picture(&page, "<b>").expect("something to draw"), Theme::Dark).expect("drawable");
            for markup in ["<script", "<text", "<b>", "\u{202E}"] {
                assert!(!svg.contains(markup), "{} {markup}", chart.id);
            }
        }
    }
}
