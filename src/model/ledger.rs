//! A stock-flow consistent ledger: sectors hold instruments, flows move them, and nothing leaks.
//!
//! Every instrument is one sector's asset and another's liability, so each row of the balance sheet sums
//! to zero. A flow is declared once, with all its entries, and one that would unbalance a row or change
//! a sector's net worth without saying so cannot be declared. The books themselves hold stocks only;
//! [`Books::audit`] recomputes what they must add up to by another route than the one that wrote them.
//!
//! Godley and Lavoie (2007), *Monetary Economics*, chapters 1–3, describe the two matrices.

use super::real::Real;
use std::fmt;

/// One leg of a flow: `sign` times the amount is added to what `sector` holds of `instrument`.
///
/// Assets are positive and liabilities negative, so a bank that loses deposits posts `+1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Row of the sector in its ledger.
    pub sector: usize,
    /// Row of the instrument in its ledger.
    pub instrument: usize,
    /// `+1` or `−1`.
    pub sign: i8,
}

/// What a flow does to net worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// An exchange of claims: no sector is richer or poorer for it.
    Exchange,
    /// A payment for nothing in return: tax, outlay, interest, wage.
    Transfer {
        /// The sector that is poorer by the amount.
        from: usize,
        /// The sector that is richer by the amount.
        to: usize,
    },
}

/// A flow as declared.
#[derive(Clone, Copy, Debug)]
pub struct FlowDeclaration {
    /// The name in tables.
    pub name: &'static str,
    /// What it is, in one line.
    pub meaning: &'static str,
    /// Whether it is an exchange or a transfer.
    pub nature: Nature,
    /// All its legs.
    pub entries: &'static [Entry],
}

/// Why a flow cannot be declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unbalanced {
    /// The entries of one instrument do not sum to zero.
    Row {
        /// The flow.
        flow: &'static str,
        /// The instrument.
        instrument: &'static str,
    },
    /// A sector's entries do not sum to what the flow's nature says.
    NetWorth {
        /// The flow.
        flow: &'static str,
        /// The sector.
        sector: &'static str,
    },
}

impl fmt::Display for Unbalanced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unbalanced::Row { flow, instrument } => {
                write!(f, "flow `{flow}` does not balance: its entries in {instrument} do not sum to zero")
            }
            Unbalanced::NetWorth { flow, sector } => {
                write!(f, "flow `{flow}` changes the net worth of {sector} without declaring a transfer")
            }
        }
    }
}

impl std::error::Error for Unbalanced {}

/// Sectors, instruments and the flows between them.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// Names of the sectors.
    pub sectors: &'static [&'static str],
    /// Names of the instruments.
    pub instruments: &'static [&'static str],
    /// The flows, each balanced.
    pub flows: &'static [FlowDeclaration],
    /// Dollars lost from the first leg of one flow, to prove that the audit notices.
    #[cfg(test)]
    pub leak: Option<(usize, f64)>,
}

impl Ledger {
    /// Declares a ledger.
    ///
    /// # Errors
    /// The first flow that does not balance.
    pub fn declare(
        sectors: &'static [&'static str],
        instruments: &'static [&'static str],
        flows: &'static [FlowDeclaration],
    ) -> Result<Ledger, Unbalanced> {
        for flow in flows {
            match flow.imbalance(sectors.len(), instruments.len()) {
                None => {}
                Some(Imbalance::Row(instrument)) => {
                    return Err(Unbalanced::Row { flow: flow.name, instrument: instruments[instrument] });
                }
                Some(Imbalance::NetWorth(sector)) => {
                    return Err(Unbalanced::NetWorth { flow: flow.name, sector: sectors[sector] });
                }
            }
        }
        Ok(Ledger {
            sectors,
            instruments,
            flows,
            #[cfg(test)]
            leak: None,
        })
    }

    /// By how much a unit of `flow` changes what `sector` holds of `instrument`.
    pub fn effect(&self, flow: usize, sector: usize, instrument: usize) -> i32 {
        let legs = self.flows[flow].entries.iter();
        legs.filter(|entry| entry.sector == sector && entry.instrument == instrument)
            .map(|entry| i32::from(entry.sign))
            .sum()
    }

    fn cell(&self, sector: usize, instrument: usize) -> usize {
        sector * self.instruments.len() + instrument
    }
}

/// Where a flow fails to balance.
enum Imbalance {
    Row(usize),
    NetWorth(usize),
}

impl FlowDeclaration {
    /// Whether all rows balance and net worth changes only as declared; can be asserted at compile time.
    pub const fn balances(&self, sectors: usize, instruments: usize) -> bool {
        self.imbalance(sectors, instruments).is_none()
    }

    const fn imbalance(&self, sectors: usize, instruments: usize) -> Option<Imbalance> {
        let mut instrument = 0;
        while instrument < instruments {
            let mut sum = 0;
            let mut leg = 0;
            while leg < self.entries.len() {
                if self.entries[leg].instrument == instrument {
                    sum += self.entries[leg].sign;
                }
                leg += 1;
            }
            if sum != 0 {
                return Some(Imbalance::Row(instrument));
            }
            instrument += 1;
        }
        let mut sector = 0;
        while sector < sectors {
            let mut sum = 0;
            let mut leg = 0;
            while leg < self.entries.len() {
                if self.entries[leg].sector == sector {
                    sum += self.entries[leg].sign;
                }
                leg += 1;
            }
            if sum != self.nature.effect_on(sector) {
                return Some(Imbalance::NetWorth(sector));
            }
            sector += 1;
        }
        None
    }
}

impl Nature {
    const fn effect_on(self, sector: usize) -> i8 {
        match self {
            Nature::Exchange => 0,
            Nature::Transfer { from, to } => (sector == to) as i8 - (sector == from) as i8,
        }
    }
}

/// The stocks of a tile of `N` paths.
///
/// Stocks are kept as changes since the opening balance sheet: a change of a few hundred billion is exact
/// to 1e-13, a level of thirty thousand only to 4e-12, and the audit must see a single dollar.
#[derive(Clone, Debug)]
pub struct Books<'a, T, const N: usize> {
    ledger: &'a Ledger,
    opening: Vec<T>,
    change: Vec<[T; N]>,
    net_worth_change: Vec<[T; N]>,
    posted: Vec<[T; N]>,
}

/// A stock that the two routes disagree on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leak {
    /// The lane of the tile.
    pub lane: usize,
    /// The sector whose stocks add up worst to its net worth.
    pub sector: usize,
    /// The instrument whose holders add up worst to zero.
    pub instrument: usize,
    /// By how much, $bn.
    pub amount: f64,
}

impl<'a, T: Real, const N: usize> Books<'a, T, N> {
    /// Opens the books with the same stocks on every path: one row per sector, one column per instrument,
    /// $bn, assets positive.
    pub fn open(ledger: &'a Ledger, opening: &[f64]) -> Self {
        let cells = ledger.sectors.len() * ledger.instruments.len();
        assert_eq!(opening.len(), cells, "one opening stock per sector and instrument");
        Books {
            ledger,
            opening: opening.iter().map(|&stock| T::of(stock)).collect(),
            change: vec![[T::ZERO; N]; cells],
            net_worth_change: vec![[T::ZERO; N]; ledger.sectors.len()],
            posted: vec![[T::ZERO; N]; ledger.flows.len()],
        }
    }

    /// Posts a flow on every path: the only way in which a stock can change.
    #[inline(always)]
    pub fn post(&mut self, flow: usize, amount: &[T; N]) {
        let declaration = &self.ledger.flows[flow];
        for entry in declaration.entries {
            let stock = &mut self.change[entry.sector * self.ledger.instruments.len() + entry.instrument];
            if entry.sign > 0 {
                add(stock, amount);
            } else {
                subtract(stock, amount);
            }
        }
        if let Nature::Transfer { from, to } = declaration.nature {
            subtract(&mut self.net_worth_change[from], amount);
            add(&mut self.net_worth_change[to], amount);
        }
        add(&mut self.posted[flow], amount);
        #[cfg(test)]
        self.spring_a_leak(flow);
    }

    #[cfg(test)]
    fn spring_a_leak(&mut self, flow: usize) {
        if let Some((leaking, amount)) = self.ledger.leak
            && leaking == flow
        {
            let entry = self.ledger.flows[flow].entries[0];
            let cell = self.ledger.cell(entry.sector, entry.instrument);
            add(&mut self.change[cell], &[T::of(amount); N]);
        }
    }

    /// What `sector` holds of `instrument` on every path, $bn; a liability is negative.
    #[inline(always)]
    pub fn stock(&self, sector: usize, instrument: usize) -> [T; N] {
        let cell = self.ledger.cell(sector, instrument);
        let mut stock = self.change[cell];
        for lane in &mut stock {
            *lane += self.opening[cell];
        }
        stock
    }

    /// Sum of a flow since the opening, $bn.
    pub fn posted(&self, flow: usize) -> &[T; N] {
        &self.posted[flow]
    }

    /// Recomputes, on every path, each row of the balance sheet from all its holders, and each sector's
    /// net worth from all its stocks, and compares them with zero and with the transfers posted.
    ///
    /// # Errors
    /// The first path on which the two differ by more than [`Real::BOOK_TOLERANCE`].
    #[inline(always)]
    pub fn audit(&self) -> Result<(), Leak> {
        let (sectors, instruments) = (self.ledger.sectors.len(), self.ledger.instruments.len());
        let mut gap = [T::ZERO; N];
        for sector in 0..sectors {
            let mut excess = self.net_worth_change[sector];
            for instrument in 0..instruments {
                subtract(&mut excess, &self.change[self.ledger.cell(sector, instrument)]);
            }
            add_magnitude(&mut gap, &excess);
        }
        for instrument in 0..instruments {
            let mut sum = [T::ZERO; N];
            for sector in 0..sectors {
                add(&mut sum, &self.change[self.ledger.cell(sector, instrument)]);
            }
            add_magnitude(&mut gap, &sum);
        }
        // Written so that a NaN, which compares with nothing, counts as a leak.
        let tight = |lane: &T| lane.to_f64() <= T::BOOK_TOLERANCE;
        if gap.iter().all(tight) {
            return Ok(());
        }
        Err(self.locate_leak(gap.iter().take_while(|lane| tight(lane)).count()))
    }

    /// Names the stock in which the two routes differ most on a path that failed the audit.
    #[cold]
    fn locate_leak(&self, lane: usize) -> Leak {
        let (sectors, instruments) = (self.ledger.sectors.len(), self.ledger.instruments.len());
        let stock = |sector, instrument| self.change[self.ledger.cell(sector, instrument)][lane].to_f64();
        let larger = |a: &(usize, f64), b: &(usize, f64)| a.1.abs().total_cmp(&b.1.abs());
        let row = (0..instruments)
            .map(|instrument| (instrument, (0..sectors).map(|sector| stock(sector, instrument)).sum()))
            .max_by(larger);
        let column = (0..sectors)
            .map(|sector| {
                let stocks: f64 = (0..instruments).map(|instrument| stock(sector, instrument)).sum();
                (sector, stocks - self.net_worth_change[sector][lane].to_f64())
            })
            .max_by(larger);
        let (instrument, _) = row.expect("a ledger has instruments");
        let (sector, amount) = column.expect("a ledger has sectors");
        Leak { lane, sector, instrument, amount }
    }
}

#[inline(always)]
fn add<T: Real, const N: usize>(to: &mut [T; N], amount: &[T; N]) {
    for i in 0..N {
        to[i] += amount[i];
    }
}

#[inline(always)]
fn subtract<T: Real, const N: usize>(from: &mut [T; N], amount: &[T; N]) {
    for i in 0..N {
        from[i] -= amount[i];
    }
}

/// Adds each lane's magnitude; a NaN, once in, stays.
#[inline(always)]
fn add_magnitude<T: Real, const N: usize>(gap: &mut [T; N], amount: &[T; N]) {
    for i in 0..N {
        gap[i] += amount[i].abs();
    }
}
