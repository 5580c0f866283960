//! Who paid whom: what added to reserves and what drained them, and every flow with all its legs.

use super::RunFacts;
use crate::model::{FUNDING_LEDGER, Flow, Hand, Instrument, SECTORS, Sector};
use crate::report::capitalised;
use crate::report::numbers::number;
use crate::report::page::Block;
use crate::report::page::chart::{Chart, Drawing, Link, Node, round};
use crate::report::table::Table;
use crate::results::{BookSection, books};

/// Flows that are too small to be seen beside those of trillions, as a share of all.
const SEEN: f64 = 0.002;

/// The flows through banks' reserves, and the transactions-flow matrix.
pub(super) fn section(facts: &RunFacts<'_>) -> Vec<Block> {
    let text = "Every flow that added to banks’ reserves stands on the left, every one that drained them on the right, under the \
                hand that moves it; what is left is the change of reserves. The matrix below has all legs of every flow, \
                including those that leave reserves alone: each row sums to nothing, because every asset is somebody’s \
                liability.";
    vec![Block::Text(text.to_owned()), Block::Chart(Box::new(through_reserves(facts))), Block::Appendix(matrix(facts))]
}

/// What each flow did to reserves in the mean, $bn.
fn on_reserves(facts: &RunFacts<'_>) -> Vec<(Flow, f64)> {
    let effect = |flow: Flow| {
        let sign = FUNDING_LEDGER.effect(flow as usize, Sector::Banks as usize, Instrument::Reserves as usize);
        f64::from(sign) * facts.summary.mean_flows[flow as usize]
    };
    Flow::ALL.iter().map(|&flow| (flow, effect(flow))).filter(|(_, amount)| *amount != 0.0).collect()
}

/// Hands, their flows, reserves, and the same on the way out.
fn through_reserves(facts: &RunFacts<'_>) -> Chart {
    let flows = on_reserves(facts);
    let all: f64 = flows.iter().map(|(_, amount)| amount.abs()).sum();
    let seen: Vec<(Flow, f64)> = flows.into_iter().filter(|(_, amount)| amount.abs() >= SEEN * all).collect();
    let mut nodes = vec![Node { id: "reserves".to_owned(), name: "Banks’ reserves".to_owned() }];
    let mut links = Vec::new();
    for adds in [true, false] {
        let side = if adds { "in" } else { "out" };
        let link = |from: String, to: String, value: f64, label: &str| {
            let (source, target) = if adds { (from, to) } else { (to, from) };
            Link { source, target, value: round(value, 0), label: label.to_owned() }
        };
        for hand in [Hand::Treasury, Hand::Fed, Hand::MoneyFunds, Hand::Depositors, Hand::Market] {
            let own = seen.iter().filter(|(flow, amount)| flow.hand() == hand && (*amount > 0.0) == adds);
            let hand_id = format!("{side}:{}", hand.name());
            let mut any = false;
            for (flow, amount) in own {
                any = true;
                let name = crate::model::FLOWS[*flow as usize].name;
                let flow_id = format!("{side}:{name}");
                nodes.push(Node { id: flow_id.clone(), name: name.to_owned() });
                links.push(link(hand_id.clone(), flow_id.clone(), amount.abs(), name));
                links.push(link(flow_id, "reserves".to_owned(), amount.abs(), name));
            }
            if any {
                nodes.push(Node { id: hand_id, name: capitalised(hand.name()) });
            }
        }
    }
    let [added, drained] = [1.0, -1.0]
        .map(|sign| seen.iter().filter(|(_, amount)| sign * amount > 0.0).map(|(_, amount)| amount.abs()).sum::<f64>());
    Chart {
        id: "through-reserves".to_owned(),
        title: "What ran through banks’ reserves".to_owned(),
        subtitle: "means over all paths, sums over the run".to_owned(),
        unit: "$bn".to_owned(),
        digits: 0,
        alt: format!(
            "Sankey diagram: flows of {}bn added to reserves and flows of {}bn drained them.",
            number(added, 0),
            number(drained, 0)
        ),
        drawing: Drawing::Sankey { nodes, links },
    }
}

/// The transactions-flow matrix.
fn matrix(facts: &RunFacts<'_>) -> Table {
    let shown = |cell: f64| if cell.abs() < 0.05 { "·".to_owned() } else { number(cell, 1) };
    let rows = books(facts.plan, facts.summary).into_iter().filter(|row| row.section == BookSection::Flow).map(|row| {
        let mut cells = vec![row.item.to_owned(), row.instrument.to_owned()];
        cells.extend(row.cells.iter().copied().chain([row.sum()]).map(shown));
        cells
    });
    let columns = ["flow", "instrument"].into_iter().chain(SECTORS.iter().copied()).chain(["sum"]);
    Table {
        title: "Transactions-flow matrix, $bn".to_owned(),
        note: "What every flow added to each sector’s holdings over the run, in the mean; a liability is negative."
            .to_owned(),
        columns: columns.map(str::to_owned).collect(),
        rows: rows.collect(),
    }
}
