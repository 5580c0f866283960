//! Which rows of numbers a run counts: some on every published day, some once per path.

use super::attribution::CAUSES;
use crate::model::{Derivation, FLOWS, Plan, Published, Real, SIMULATED, Simulated, VARIABLES, Variable};

/// What is counted once per path, when its last day is over, before the flows and the causes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum PathRow {
    /// Lowest reserves after the opening, $bn.
    LowestReserves,
    /// Highest TGA after the opening, $bn.
    HighestTga,
    /// Highest take-up of the standing facility after the opening, $bn.
    HighestSrf,
    /// Highest SOFR less IORB after the opening, bp.
    HighestSofrIorb,
    /// Most outlays that waited for cash on a day after the opening, $bn.
    HighestUnpaid,
    /// Change of reserves from the opening to the end, $bn.
    ReservesChange,
    /// What the flows leave unexplained of it, $bn: rounding.
    Unexplained,
}

/// Rows of [`PathRow`].
pub(super) const EXTREMES: usize = PathRow::Unexplained as usize + 1;

/// Rows that are counted once per path: [`PathRow`], then every flow, then every cause.
pub const PATH_ROWS: usize = EXTREMES + FLOWS.len() + CAUSES.len();

/// The row of a flow's sum over the run, $bn.
pub fn flow_row(flow: usize) -> usize {
    EXTREMES + flow
}

/// The row of a cause's part in the change of reserves, $bn.
pub fn cause_row(cause: usize) -> usize {
    EXTREMES + FLOWS.len() + cause
}

/// A row of a day: a weighted sum of simulated variables.
#[derive(Clone, Debug, PartialEq)]
struct DayRow {
    terms: Vec<(Simulated, f64)>,
}

/// The rows of a published day, and how published variables follow from them.
///
/// A variable that follows from a single simulated one has its quantiles and moments by scale and shift; only
/// those that mix several need a row of their own.
#[derive(Clone, Debug)]
pub struct Rows {
    days: Vec<DayRow>,
}

impl Rows {
    /// The rows of a plan.
    pub fn of(plan: &Plan) -> Rows {
        let mut rows = Rows { days: Vec::new() };
        for info in VARIABLES {
            rows.include(own_row(&plan.derivation(info.variable, 0)).0);
        }
        rows.include(others());
        rows
    }

    fn include(&mut self, row: DayRow) {
        if !row.terms.is_empty() && !self.days.contains(&row) {
            self.days.push(row);
        }
    }

    fn position(&self, row: &DayRow) -> usize {
        self.days.iter().position(|known| known == row).expect("rows are those of all published variables")
    }

    /// Number of rows of a day.
    pub fn per_day(&self) -> usize {
        self.days.len()
    }

    /// The row of a simulated variable that is published on its own.
    ///
    /// # Panics
    /// If no published variable follows from this one alone.
    pub fn simulated(&self, variable: Simulated) -> usize {
        self.position(&DayRow { terms: vec![(variable, 1.0)] })
    }

    /// The row from which a variable follows on a published day, with scale and shift; no row if it is the same on
    /// every path.
    pub fn published(&self, plan: &Plan, variable: Variable, day: usize) -> (Option<usize>, f64, f64) {
        let derivation = plan.derivation(variable, day);
        let (row, scale) = own_row(&derivation);
        ((!row.terms.is_empty()).then(|| self.position(&row)), scale, derivation.shift)
    }

    /// The row of what others than the Treasury, the Fed and money funds leave to banks, $bn:
    /// `reserves + TGA − Fed assets + ON RRP`.
    pub fn others(&self) -> usize {
        self.position(&others())
    }

    /// The values of a row on a tile-day; `sum` holds them where a row adds up several variables.
    #[inline(always)]
    pub fn values<'a, T: Real, const N: usize>(
        &self,
        row: usize,
        published: &'a Published<T, N>,
        sum: &'a mut [T; N],
    ) -> &'a [T; N] {
        match self.days[row].terms.as_slice() {
            [(variable, _)] => &published[*variable as usize % SIMULATED],
            terms => {
                *sum = [T::ZERO; N];
                for (variable, weight) in terms {
                    let values = &published[*variable as usize % SIMULATED];
                    let weight = T::of(*weight);
                    for i in 0..N {
                        sum[i] += weight * values[i];
                    }
                }
                sum
            }
        }
    }

    /// Hands every row of a tile-day to `take`.
    pub fn each<T: Real, const N: usize>(&self, published: &Published<T, N>, mut take: impl FnMut(usize, &[T; N])) {
        let mut sum = [T::ZERO; N];
        for row in 0..self.days.len() {
            take(row, self.values(row, published, &mut sum));
        }
    }
}

/// The row a derivation reads and its scale: of a single term the simulated variable itself.
fn own_row(derivation: &Derivation) -> (DayRow, f64) {
    let terms: Vec<(Simulated, f64)> = derivation.present().collect();
    match terms.as_slice() {
        [(variable, weight)] => (DayRow { terms: vec![(*variable, 1.0)] }, *weight),
        _ => (DayRow { terms }, 1.0),
    }
}

fn others() -> DayRow {
    DayRow { terms: vec![(Simulated::Reserves, 1.0), (Simulated::NetLiquidity, -1.0)] }
}
