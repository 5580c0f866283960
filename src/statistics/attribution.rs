//! Which flow moved reserves.
//!
//! The change in reserves on a path is, exactly, the sum of the flows that have an entry in banks'
//! reserves. Which flows those are is read from the table of flows, not listed again.

use super::distribution::Distribution;
use super::outcomes::Outcomes;
use crate::model::ledger::Ledger;
use crate::model::{FLOWS, Flow, Hand, Instrument, Sector, Simulated, funding_ledger};

/// What a reader calls a cause, and whose decision it is.
///
/// The Treasury's own flows are told as the change of its account, which is what drains reserves; what it
/// issues to replace securities that the Fed let run off is told as runoff.
const CAUSES: &[(&str, Hand, Part)] = &[
    ("TGA", Hand::Treasury, Part::Tga),
    ("Treasury runoff", Hand::Fed, Part::TreasuryRunoff),
    ("MBS runoff", Hand::Fed, Part::Flows(&[Flow::MbsPrincipal, Flow::MbsReinvestment])),
    ("Fed purchases", Hand::Fed, Part::Flows(&[Flow::ReserveManagementPurchases, Flow::OpenMarketPurchases])),
    ("Fed repo and loans", Hand::Fed, Part::Flows(&[Flow::StandingRepo, Flow::TemporaryRepo, Flow::PrimaryCredit])),
    ("Fed net income", Hand::Fed, Part::Flows(&[Flow::FedNetIncome])),
    ("ON RRP", Hand::MoneyFunds, Part::Flows(&[Flow::OnRrp])),
    ("Currency", Hand::Depositors, Part::Flows(&[Flow::Currency])),
    ("Foreign RRP", Hand::Depositors, Part::Flows(&[Flow::ForeignRrp])),
    ("Other Fed deposits", Hand::Depositors, Part::Flows(&[Flow::OtherFedDeposits])),
];

/// How flows make up a cause.
#[derive(Clone, Copy)]
enum Part {
    /// What these flows add to reserves.
    Flows(&'static [Flow]),
    /// The fall of the TGA.
    Tga,
    /// What the Fed's Treasury securities grow by when they mature and are rolled over: nothing, or less.
    TreasuryRunoff,
}

impl Part {
    /// By how much a dollar of `flow` adds to the cause.
    fn weight(self, ledger: &Ledger, flow: Flow) -> i32 {
        let effect =
            |sector: Sector, instrument: Instrument| ledger.effect(flow as usize, sector as usize, instrument as usize);
        match self {
            Part::Flows(flows) if flows.contains(&flow) => effect(Sector::Banks, Instrument::Reserves),
            Part::Tga => -effect(Sector::Treasury, Instrument::Tga),
            Part::TreasuryRunoff if matches!(flow, Flow::SomaMaturities | Flow::SomaRollover) => {
                effect(Sector::Fed, Instrument::Coupons)
            }
            Part::Flows(_) | Part::TreasuryRunoff => 0,
        }
    }
}

/// The part of flows that belong together in the change of reserves.
#[derive(Clone, Copy, Debug)]
pub struct Cause {
    /// What they are called.
    pub name: &'static str,
    /// Whose decision they are.
    pub hand: Hand,
    /// Their contribution, $bn.
    pub contribution: Distribution,
}

/// The part of one flow in the change of reserves.
#[derive(Clone, Copy, Debug)]
pub struct AttributionLine {
    /// The flow.
    pub flow: Flow,
    /// Its contribution, $bn.
    pub contribution: Distribution,
}

/// The change of reserves over the run, by flow.
#[derive(Clone, Debug)]
pub struct Attribution {
    /// Flows that touch reserves, in the order of the table.
    pub lines: Vec<AttributionLine>,
    /// The same, with flows that belong together added up.
    pub causes: Vec<Cause>,
    /// Change of reserves, $bn.
    pub total: Distribution,
    /// Largest difference on any path between the change and the sum of the flows, $bn.
    pub largest_gap: f64,
}

impl Attribution {
    /// Attributes the change of reserves between the opening and the last day.
    pub fn of(outcomes: &Outcomes) -> Attribution {
        let ledger = funding_ledger();
        let last = outcomes.days - 1;
        let opening = outcomes.column(0, Simulated::Reserves);
        let closing = outcomes.column(last, Simulated::Reserves);
        let mut change: Vec<f64> = closing.iter().zip(&opening).map(|(end, start)| end - start).collect();
        let mut unexplained = change.clone();
        let mut lines = Vec::new();
        let mut causes: Vec<Vec<f64>> = vec![vec![0.0; change.len()]; CAUSES.len()];
        for &flow in Flow::ALL {
            let amounts = outcomes.gather(|tile| tile.flow(flow as usize));
            for ((_, _, part), sum) in CAUSES.iter().zip(&mut causes) {
                add(sum, part.weight(&ledger, flow), &amounts);
            }
            let effect = ledger.effect(flow as usize, Sector::Banks as usize, Instrument::Reserves as usize);
            if effect != 0 {
                add(&mut unexplained, -effect, &amounts);
                let mut contribution = vec![0.0; amounts.len()];
                add(&mut contribution, effect, &amounts);
                lines.push(AttributionLine { flow, contribution: Distribution::of(&mut contribution) });
            }
        }
        let largest_gap = unexplained.iter().fold(0.0, |gap: f64, rest| gap.max(rest.abs()));
        let causes = CAUSES
            .iter()
            .zip(&mut causes)
            .map(|(&(name, hand, _), sum)| Cause { name, hand, contribution: Distribution::of(sum) })
            .collect();
        Attribution { lines, causes, total: Distribution::of(&mut change), largest_gap }
    }
}

impl AttributionLine {
    /// The flow's name in tables.
    pub fn name(&self) -> &'static str {
        FLOWS[self.flow as usize].name
    }
}

fn add(sum: &mut [f64], weight: i32, amounts: &[f64]) {
    for (sum, amount) in sum.iter_mut().zip(amounts) {
        *sum += f64::from(weight) * amount;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_causes_of_a_flow_add_up_to_what_it_does_to_reserves() {
        let ledger = funding_ledger();
        for &flow in Flow::ALL {
            let effect = ledger.effect(flow as usize, Sector::Banks as usize, Instrument::Reserves as usize);
            let told: i32 = CAUSES.iter().map(|(_, _, part)| part.weight(&ledger, flow)).sum();
            assert_eq!(told, effect, "{}", FLOWS[flow as usize].name);
        }
    }
}
