//! Whose hand moved reserves between two days of a run, path by path.
//!
//! ```text
//! Δreserves = −ΔTGA + ΔFed assets − ΔON RRP − Δ(currency, foreign accounts, other liabilities)
//! ```

use super::run::Run;
use crate::model::{Hand, Simulated};

/// The change of reserves between two days, in parts that add up on every path, $bn; one value per path.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hands {
    /// What each of [`Hands::WHOSE`] contributed.
    pub parts: [Vec<f64>; 4],
    /// All of them.
    pub total: Vec<f64>,
}

impl Hands {
    /// Whose the parts are: the Treasury's account, the Fed's assets, money funds' ON RRP, and what everybody
    /// else holds at the Fed.
    pub const WHOSE: [Hand; 4] = [Hand::Treasury, Hand::Fed, Hand::MoneyFunds, Hand::Depositors];

    /// What they are called, in the same order.
    pub const NAMES: [&str; 4] =
        ["Treasury: its account", "Fed: its assets", "Money funds: ON RRP", "Currency and others"];

    /// The change from one published day of a run to another; the opening is day 0.
    ///
    /// # Panics
    /// If the run does not publish one of the days.
    pub fn between(run: &Run, from: usize, to: usize) -> Hands {
        let growth = |variable: Simulated, sign: f64| -> Vec<f64> {
            let (before, after) = (run.outcomes.column(from, variable), run.outcomes.column(to, variable));
            before.iter().zip(&after).map(|(before, after)| sign * (after - before)).collect()
        };
        let total = growth(Simulated::Reserves, 1.0);
        let treasury = growth(Simulated::Tga, -1.0);
        let fed = growth(Simulated::FedAssets, 1.0);
        let money_funds = growth(Simulated::OnRrp, -1.0);
        let others =
            (0..total.len()).map(|path| total[path] - treasury[path] - fed[path] - money_funds[path]).collect();
        Hands { parts: [treasury, fed, money_funds, others], total }
    }

    /// Adds further paths.
    pub fn append(&mut self, further: Hands) {
        for (own, mut further) in self.parts.iter_mut().zip(further.parts) {
            own.append(&mut further);
        }
        self.total.extend(further.total);
    }

    /// What these hands did that those of another run on the same draws did not.
    ///
    /// # Panics
    /// If there are not as many paths in both.
    pub fn less(&self, other: &Hands) -> Hands {
        let subtract = |one: &[f64], other: &[f64]| -> Vec<f64> {
            assert_eq!(one.len(), other.len(), "both runs have the same paths");
            one.iter().zip(other).map(|(one, other)| one - other).collect()
        };
        Hands {
            parts: std::array::from_fn(|hand| subtract(&self.parts[hand], &other.parts[hand])),
            total: subtract(&self.total, &other.total),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario;
    use crate::statistics::{Distribution, Drain, Tally};
    use jiff::civil::date;

    fn autumn() -> Run {
        let mut scenario = scenario::load("shutdown_cash_hoarding").expect("a shipped scenario");
        scenario.end = date(2025, 11, 28);
        scenario.set_paths(100);
        Run::simulate(scenario, &|_| ()).expect("no leak")
    }

    #[test]
    fn from_the_opening_the_hands_are_those_of_the_drain() {
        let run = autumn();
        let hands = Hands::between(&run, 0, 20);
        let drain = Drain::to(20, &Tally::of(&run.outcomes, &run.plan, &[]));
        let expected = [drain.treasury, drain.fed, drain.money_funds, drain.others, drain.total];
        for (part, found) in hands.parts.iter().chain([&hands.total]).zip(expected) {
            let part = Distribution::of(&mut part.clone());
            assert!((part.mean - found.mean).abs() < 1e-9 && (part.sd - found.sd).abs() < 1e-6);
            for ((exact, read), bound) in part.quantiles.iter().zip(found.quantiles).zip(found.bounds) {
                assert!((exact - read).abs() <= bound + 1e-9, "{exact} against {read}, {bound} at most");
            }
        }
    }

    #[test]
    fn two_stretches_are_the_whole_and_a_run_differs_from_itself_by_nothing() {
        let run = autumn();
        let (first, second, whole) =
            (Hands::between(&run, 0, 15), Hands::between(&run, 15, 30), Hands::between(&run, 0, 30));
        for hand in 0..4 {
            for path in 0..100 {
                let sum = first.parts[hand][path] + second.parts[hand][path];
                assert!((sum - whole.parts[hand][path]).abs() < 1e-9);
            }
        }
        let nothing = whole.less(&whole);
        assert!(nothing.total.iter().chain(nothing.parts.iter().flatten()).all(|&part| part == 0.0));
    }
}
