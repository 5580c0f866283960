//! Which flow moved reserves.
//!
//! The change in reserves on a path is, exactly, the sum of the flows that have an entry in banks'
//! reserves. Which flows those are is read from the table of flows, not listed again.

use super::distribution::Distribution;
use super::outcomes::Outcomes;
use crate::model::{FLOWS, Flow, Hand, Instrument, Sector, Simulated, funding_ledger};

/// Flows that a reader thinks of as one, and what they are called; every flow that touches reserves is in
/// exactly one.
const CAUSES: &[(&str, Hand, &[Flow])] = &[
    ("Taxes, outlays, interest", Hand::Treasury, &[Flow::TaxReceipts, Flow::Outlays, Flow::CouponInterest]),
    ("Bill issuance", Hand::Treasury, &[Flow::BillsToFunds, Flow::BillsToPrivate]),
    ("Note and bond issuance", Hand::Treasury, &[Flow::CouponsToLevered, Flow::CouponsToPrivate]),
    ("MBS principal, net", Hand::Fed, &[Flow::MbsPrincipal, Flow::MbsReinvestment]),
    ("Fed purchases", Hand::Fed, &[Flow::ReserveManagementPurchases, Flow::OpenMarketPurchases]),
    ("Standing repo and loans", Hand::Fed, &[Flow::StandingRepo, Flow::PrimaryCredit]),
    ("Fed net income", Hand::Fed, &[Flow::FedNetIncome]),
    ("ON RRP", Hand::MoneyFunds, &[Flow::OnRrp]),
    ("Currency", Hand::Depositors, &[Flow::Currency]),
    ("Foreign RRP", Hand::Depositors, &[Flow::ForeignRrp]),
    ("Other Fed deposits", Hand::Depositors, &[Flow::OtherFedDeposits]),
];

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
            let effect = ledger.effect(flow as usize, Sector::Banks as usize, Instrument::Reserves as usize);
            if effect == 0 {
                continue;
            }
            let mut contribution = outcomes.gather(|tile| tile.flow(flow as usize));
            for (amount, rest) in contribution.iter_mut().zip(&mut unexplained) {
                *amount *= f64::from(effect);
                *rest -= *amount;
            }
            if let Some(cause) = CAUSES.iter().position(|(_, _, flows)| flows.contains(&flow)) {
                for (sum, amount) in causes[cause].iter_mut().zip(&contribution) {
                    *sum += amount;
                }
            }
            lines.push(AttributionLine { flow, contribution: Distribution::of(&mut contribution) });
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flow_that_touches_reserves_has_exactly_one_cause() {
        let ledger = funding_ledger();
        for &flow in Flow::ALL {
            let touches = ledger.effect(flow as usize, Sector::Banks as usize, Instrument::Reserves as usize) != 0;
            let causes: Vec<_> = CAUSES.iter().filter(|(_, _, flows)| flows.contains(&flow)).collect();
            assert_eq!(causes.len(), usize::from(touches), "{}", FLOWS[flow as usize].name);
            assert!(causes.iter().all(|(_, hand, _)| *hand == flow.hand()), "{}", FLOWS[flow as usize].name);
        }
    }
}
