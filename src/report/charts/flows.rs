//! What ran through a stock: every flow that added to it at the left, every one that drained it at the right, as wide as
//! it is much, each under the hand that moves it.

use plotters::style::RGBColor;

use super::drawing::{Anchor, Lettering};
use super::picture::{Caption, Chart, ChartError, Level, all_finite};
use super::ribbons::{Block, HAND_LINE, Side, ribbon};
use super::sheet::{LABEL, SMALL, Sheet, WIDTH};
use super::typeface::{CAP_HEIGHT, Weight};
use crate::report::numbers::number;

/// Flows of one side that can be read on one sheet.
const MOST_FLOWS: usize = 20;
/// Left ends of the nodes of hands, of flows and of the stock at the left side, in pixels; the right side mirrors them.
const HANDS: f64 = 152.0;
const FLOWS: f64 = 394.0;
const STOCK: f64 = 472.0;
/// Width of a node, in pixels.
const NODE: f64 = 8.0;
/// Opacity of a ribbon: ribbons that cross are told apart.
const OPACITY: f64 = 0.42;

/// Flows into a stock and out of it. All values are in `unit`.
#[derive(Clone, Debug, Default)]
pub struct FlowsChart {
    /// Subject.
    pub title: String,
    /// What the reader should know.
    pub subtitle: String,
    /// Unit of every value.
    pub unit: String,
    /// Where the numbers come from.
    pub source: String,
    /// Decimals printed.
    pub decimals: usize,
    /// Name of the stock.
    pub stock: String,
    /// What was added to it.
    pub added: Vec<HandFlows>,
    /// What drained it.
    pub drained: Vec<HandFlows>,
}

/// The flows that one hand moves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HandFlows {
    /// Whose hand.
    pub name: String,
    /// Which of the four colours of hands it has.
    pub hand: usize,
    /// Its flows, each above zero.
    pub flows: Vec<Level>,
}

impl HandFlows {
    fn total(&self) -> f64 {
        self.flows.iter().map(|flow| flow.value).sum()
    }
}

fn total(side: &[HandFlows]) -> f64 {
    side.iter().map(HandFlows::total).sum()
}

impl Chart for FlowsChart {
    fn caption(&self) -> Caption<'_> {
        Caption { title: &self.title, subtitle: &self.subtitle, unit: &self.unit, source: &self.source }
    }

    fn description(&self) -> String {
        let told = |side: &[HandFlows]| {
            let flows = side.iter().flat_map(|hand| &hand.flows);
            let flows = flows.map(|flow| format!("{} {}", flow.label, number(flow.value, self.decimals)));
            flows.collect::<Vec<_>>().join(", ")
        };
        format!("Added to {}: {}. Drained from it: {}", self.stock, told(&self.added), told(&self.drained))
    }

    fn check(&self) -> Result<(), ChartError> {
        if self.added.is_empty() && self.drained.is_empty() {
            return Err(ChartError::Empty { what: "flows" });
        }
        for side in [&self.added, &self.drained] {
            let flows: Vec<f64> = side.iter().flat_map(|hand| &hand.flows).map(|flow| flow.value).collect();
            all_finite("a flow", &flows)?;
            if flows.iter().any(|&flow| flow <= 0.0) || side.iter().any(|hand| hand.flows.is_empty()) {
                return Err(ChartError::Empty { what: "flow through one of its hands" });
            }
            if flows.len() > MOST_FLOWS {
                return Err(ChartError::TooMany { what: "flows", found: flows.len(), most: MOST_FLOWS });
            }
        }
        Ok(())
    }

    fn draw(&self, sheet: &Sheet<'_>, header_bottom: f64) -> Result<(), ChartError> {
        let bottom = sheet.footer("", &self.source)? - 14.0;
        let top = header_bottom + 30.0;
        let sides = [&self.added, &self.drained].map(|side| Side::of(side.iter().map(blocks).collect()));
        let room = bottom - top;
        let scale = sides.iter().map(|side| side.largest_scale(room)).fold(f64::INFINITY, f64::min);
        let most = total(&self.added).max(total(&self.drained));
        let stock_top = top + 0.5 * (room - most * scale);
        let bold = Lettering { weight: Weight::SemiBold, anchor: Anchor::Middle, ..sheet.lettering(LABEL) };
        for (flows, side, mirror) in [(&self.added, &sides[0], false), (&self.drained, &sides[1], true)] {
            self.draw_side(sheet, flows, side, (scale, top, room, stock_top), mirror)?;
        }
        let node = ((STOCK, stock_top), (WIDTH - STOCK, stock_top + most * scale));
        sheet.rectangle(node.0, node.1, sheet.palette.ink)?;
        let halo = Lettering { halo: Some(sheet.palette.paper), ..bold };
        sheet.write(&self.stock, (WIDTH / 2.0, top - 14.0), halo)
    }
}

/// A hand and its flows as the layout knows them.
fn blocks(hand: &HandFlows) -> Block {
    let lines = Weight::Regular.face().wrap(&hand.name, LABEL, HANDS - 34.0, 2).len() + 1;
    Block { flows: hand.flows.iter().map(|flow| flow.value).collect(), label: HAND_LINE * lines as f64 }
}

impl FlowsChart {
    fn draw_side(
        &self,
        sheet: &Sheet<'_>,
        hands: &[HandFlows],
        side: &Side,
        (scale, top, room, stock_top): (f64, f64, f64, f64),
        mirror: bool,
    ) -> Result<(), ChartError> {
        let turn = |x: f64| if mirror { WIDTH - x } else { x };
        let grey = Lettering { colour: sheet.palette.muted, anchor: Anchor::Middle, ..sheet.lettering(SMALL) };
        let sum = format!("{} {}", if mirror { "drained" } else { "added" }, number(total(hands), self.decimals));
        sheet.write(&sum, (turn(0.5 * (HANDS + FLOWS)), top - 14.0), grey)?;
        let mut into = stock_top;
        for (hand, placed) in hands.iter().zip(side.place(scale, top, room)) {
            let colour = hand_colour(sheet, hand.hand);
            let height = hand.total() * scale;
            let mut from = placed.middle - 0.5 * height;
            let node = [turn(HANDS), turn(HANDS + NODE)];
            sheet.rectangle((node[0], from), (node[1], from + height.max(0.6)), colour)?;
            for (flow, middle) in hand.flows.iter().zip(&placed.flows) {
                let thick = flow.value * scale;
                let edge = middle - 0.5 * thick;
                for (start, end) in [((HANDS + NODE, from), (FLOWS, edge)), ((FLOWS + NODE, edge), (STOCK, into))] {
                    let ends = [start, end].map(|(x, y)| (turn(x), y));
                    sheet.polygon(&ribbon(ends, thick.max(0.6)), colour, OPACITY)?;
                }
                sheet.rectangle((turn(FLOWS), edge), (turn(FLOWS + NODE), edge + thick.max(0.6)), colour)?;
                self.name_flow(sheet, flow, (turn(FLOWS), *middle), mirror)?;
                from += thick;
                into += thick;
            }
            self.name_hand(sheet, hand, (turn(HANDS), placed.middle), mirror)?;
        }
        Ok(())
    }

    /// Name and size of a flow, over its ribbon.
    fn name_flow(&self, sheet: &Sheet<'_>, flow: &Level, (x, y): (f64, f64), mirror: bool) -> Result<(), ChartError> {
        let (face, bold_face) = (Weight::Regular.face(), Weight::SemiBold.face());
        let plain = Lettering { halo: Some(sheet.palette.paper), ..sheet.lettering(SMALL + 0.5) };
        let bold = Lettering { weight: Weight::SemiBold, ..plain };
        let size = number(flow.value, self.decimals);
        let wide = bold_face.width(&size, bold.size) + 5.0;
        let name = face.fit(&flow.label, plain.size, FLOWS - HANDS - NODE - 16.0 - wide);
        let baseline = y + CAP_HEIGHT * plain.size / 2.0;
        let left = if mirror { x + 6.0 } else { x - 6.0 - wide - face.width(&name, plain.size) };
        sheet.write(&name, (left, baseline), plain)?;
        sheet.write(&size, (left + face.width(&name, plain.size) + 5.0, baseline), bold)
    }

    /// Name and total of a hand, beside its node.
    fn name_hand(
        &self,
        sheet: &Sheet<'_>,
        hand: &HandFlows,
        (x, y): (f64, f64),
        mirror: bool,
    ) -> Result<(), ChartError> {
        let anchor = if mirror { Anchor::Start } else { Anchor::End };
        let plain = Lettering { anchor, ..sheet.lettering(LABEL) };
        let x = if mirror { x + 9.0 } else { x - 9.0 };
        let lines = Weight::Regular.face().wrap(&hand.name, LABEL, HANDS - 34.0, 2);
        let mut baseline = y - 0.5 * HAND_LINE * lines.len() as f64 + CAP_HEIGHT * LABEL / 2.0;
        for line in &lines {
            sheet.write(line, (x, baseline), plain)?;
            baseline += HAND_LINE;
        }
        let bold = Lettering { weight: Weight::SemiBold, ..plain };
        sheet.write(&number(hand.total(), self.decimals), (x, baseline), bold)
    }
}

fn hand_colour(sheet: &Sheet<'_>, hand: usize) -> RGBColor {
    // The fourth is pale, which a ribbon would make invisible.
    let [treasury, fed, funds, _] = sheet.palette.hands.map(|(fill, _)| fill);
    [treasury, fed, funds, sheet.palette.corridor][hand.min(3)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::charts::{Theme, draw_svg};

    fn two_sides() -> FlowsChart {
        let hand = |name: &str, hand, flows: &[(&str, f64)]| HandFlows {
            name: name.into(),
            hand,
            flows: flows.iter().map(|&(name, value)| Level::new(name, value)).collect(),
        };
        FlowsChart {
            title: "What ran through reserves".into(),
            unit: "$bn".into(),
            stock: "reserves".into(),
            added: vec![hand("Treasury", 0, &[("outlays", 900.0)]), hand("Fed", 1, &[("purchases", 100.0)])],
            drained: vec![hand("Treasury", 0, &[("taxes", 500.0), ("bills", 250.0)])],
            ..FlowsChart::default()
        }
    }

    #[test]
    fn nodes_are_as_high_as_their_flows_and_the_stock_as_the_larger_side() {
        let svg = draw_svg(&two_sides(), Theme::Light).expect("finite flows");
        let heights = |colour: &str| -> Vec<f64> {
            svg.split("<rect")
                .filter_map(|rest| rest.split('>').next())
                .filter(|rect| rect.contains(&format!("fill=\"{colour}\"")))
                .filter_map(|rect| rect.split("height=\"").nth(1)?.split('"').next()?.parse().ok())
                .collect()
        };
        let stock = heights("#14202e")[0];
        // The Treasury adds 900 by one flow, and drains 750 by two.
        for (height, value) in heights("#0b4f8a").into_iter().zip([900.0, 900.0, 750.0, 500.0, 250.0]) {
            assert!((height / stock - value / 1000.0).abs() < 0.002, "{height} of {stock}");
        }
        assert_eq!(
            two_sides().description(),
            "Added to reserves: outlays 900, purchases 100. Drained from it: taxes 500, bills 250"
        );
    }

    #[test]
    fn untrue_input_is_refused_by_name() {
        let refused = |spoil: fn(&mut FlowsChart)| {
            let mut chart = two_sides();
            spoil(&mut chart);
            chart.check().expect_err("spoiled on purpose")
        };
        let none = ChartError::Empty { what: "flow through one of its hands" };
        assert_eq!(refused(|c| c.added[0].flows[0].value = -1.0), none);
        assert_eq!(refused(|c| c.added[0].flows.clear()), none);
        assert_eq!(refused(|c| c.drained[0].flows[1].value = f64::NAN), ChartError::NotFinite { what: "a flow" });
        assert_eq!(refused(|c| (c.added, c.drained) = Default::default()), ChartError::Empty { what: "flows" });
    }
}
