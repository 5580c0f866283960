//! What drained reserves: the change to the day on which their median is lowest, by whose hand it was.
//!
//! ```text
//! Δreserves = −ΔTGA + ΔFed assets − ΔON RRP − Δ(currency, foreign accounts, other liabilities)
//! ```

use super::distribution::Distribution;
use super::outcomes::Outcomes;
use crate::model::Simulated;

/// The change of reserves to their low, in parts that add up on every path, $bn.
#[derive(Clone, Debug)]
pub struct Drain {
    /// The published day of the low.
    pub day: usize,
    /// The Treasury: less what its account has grown.
    pub treasury: Distribution,
    /// The Fed: what its assets have grown.
    pub fed: Distribution,
    /// Money funds: less what their cash at ON RRP has grown.
    pub money_funds: Distribution,
    /// Everybody else at the Fed: currency, foreign accounts, other deposits and capital.
    pub others: Distribution,
    /// All of them.
    pub total: Distribution,
}

impl Drain {
    /// The drain to published day `day`.
    pub fn to(day: usize, outcomes: &Outcomes) -> Drain {
        let growth = |variable: Simulated, sign: f64| -> Vec<f64> {
            let (before, after) = (outcomes.column(0, variable), outcomes.column(day, variable));
            before.iter().zip(&after).map(|(before, after)| sign * (after - before)).collect()
        };
        let mut total = growth(Simulated::Reserves, 1.0);
        let mut treasury = growth(Simulated::Tga, -1.0);
        let mut fed = growth(Simulated::FedAssets, 1.0);
        let mut money_funds = growth(Simulated::OnRrp, -1.0);
        let mut others: Vec<f64> =
            (0..total.len()).map(|path| total[path] - treasury[path] - fed[path] - money_funds[path]).collect();
        Drain {
            day,
            treasury: Distribution::of(&mut treasury),
            fed: Distribution::of(&mut fed),
            money_funds: Distribution::of(&mut money_funds),
            others: Distribution::of(&mut others),
            total: Distribution::of(&mut total),
        }
    }
}
