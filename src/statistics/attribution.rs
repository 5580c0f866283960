//! Which flow moved reserves.
//!
//! The change in reserves on a path is, exactly, the sum of the flows that have an entry in banks'
//! reserves. Which flows those are is read from the table of flows, not listed again.

use super::distribution::Distribution;
use super::rows::{PathRow, cause_row, flow_row};
use super::tally::Tally;
use crate::model::ledger::Ledger;
use crate::model::{FLOWS, FUNDING_LEDGER, Flow, Hand, Instrument, Sector};
use std::sync::LazyLock;

/// What a reader calls a cause, and whose decision it is.
///
/// The Treasury's own flows are told as the change of its account, which is what drains reserves; what it
/// issues to replace securities that the Fed let run off is told as runoff.
pub(super) const CAUSES: &[(&str, Hand, Part)] = &[
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

/// What moves reserves, by name and whose decision it is, in the order of [`cause_row`].
pub fn causes() -> impl Iterator<Item = (&'static str, Hand)> {
    CAUSES.iter().map(|(name, hand, _)| (*name, *hand))
}

/// How flows make up a cause.
#[derive(Clone, Copy)]
pub(super) enum Part {
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

/// By how much a dollar of a flow adds to reserves, and to the part of each of [`CAUSES`] in their change.
pub(super) struct Weights {
    pub reserves: i32,
    pub causes: [i32; CAUSES.len()],
}

/// The weights of every flow.
pub(super) fn weights() -> &'static [Weights] {
    static WEIGHTS: LazyLock<Vec<Weights>> = LazyLock::new(|| {
        let ledger = FUNDING_LEDGER;
        let of = |&flow: &Flow| Weights {
            reserves: ledger.effect(flow as usize, Sector::Banks as usize, Instrument::Reserves as usize),
            causes: std::array::from_fn(|cause| CAUSES[cause].2.weight(&ledger, flow)),
        };
        Flow::ALL.iter().map(of).collect()
    });
    &WEIGHTS
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
    pub fn of(tally: &Tally) -> Attribution {
        let line = |(&flow, weights): (&Flow, &Weights)| {
            let weight = f64::from(weights.reserves);
            (weight != 0.0).then(|| AttributionLine {
                flow,
                contribution: tally.of_paths(flow_row(flow as usize)).rescaled(weight, 0.0),
            })
        };
        let cause = |(number, &(name, hand, _)): (usize, &(&'static str, Hand, Part))| Cause {
            name,
            hand,
            contribution: tally.of_paths(cause_row(number)),
        };
        let unexplained = tally.histogram(tally.layout().path_column(PathRow::Unexplained as usize));
        Attribution {
            lines: Flow::ALL.iter().zip(weights()).filter_map(line).collect(),
            causes: CAUSES.iter().enumerate().map(cause).collect(),
            total: tally.of_paths(PathRow::ReservesChange as usize),
            largest_gap: f64::max(unexplained.highest(), -unexplained.lowest()),
        }
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
    fn the_causes_of_a_flow_add_up_to_what_it_does_to_reserves() {
        for (flow, weights) in FLOWS.iter().zip(weights()) {
            assert_eq!(weights.causes.iter().sum::<i32>(), weights.reserves, "{}", flow.name);
        }
    }
}
