//! What drained reserves: the change to the day on which their median is lowest, by whose hand it was.
//!
//! ```text
//! Δreserves = −ΔTGA + ΔFed assets − ΔON RRP − Δ(currency, foreign accounts, other liabilities)
//! ```

use super::distribution::Distribution;
use super::tally::Tally;
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
    /// The drain to published day `day`; at the opening every path has the same stocks.
    pub fn to(day: usize, tally: &Tally) -> Drain {
        let layout = tally.layout();
        let growth = |row: usize, sign: f64| {
            let opening = tally.histogram(layout.day_column(0, row)).lowest();
            tally.distribution(layout.day_column(day, row)).rescaled(sign, -sign * opening)
        };
        let rows = &layout.rows;
        Drain {
            day,
            treasury: growth(rows.simulated(Simulated::Tga), -1.0),
            fed: growth(rows.simulated(Simulated::FedAssets), 1.0),
            money_funds: growth(rows.simulated(Simulated::OnRrp), -1.0),
            others: growth(rows.others(), 1.0),
            total: growth(rows.simulated(Simulated::Reserves), 1.0),
        }
    }
}
