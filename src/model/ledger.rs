//! A stock-flow consistent ledger: sectors hold instruments, flows move them, and nothing leaks.
//!
//! Every instrument is one sector's asset and another's liability, so each row of the balance sheet sums
//! to zero. A flow is declared once, with all its entries, and one that would unbalance a row or change
//! a sector's net worth without saying so cannot be declared. The books themselves hold stocks only;
//! [`Books::audit`] recomputes what they must add up to by another route than the one that wrote them.
//!
//! Godley and Lavoie (2007), *Monetary Economics*, chapters 1–3, describe the two matrices.

use super::cache_line::OnCacheLine;
use super::real::Real;
use super::state::lanes;
use std::fmt;
use std::marker::PhantomData;

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

/// Cells that a ledger may have, sectors times instruments.
const MOST_CELLS: usize = 128;

/// Sectors, instruments and the flows between them, each balanced.
#[derive(Clone, Copy, Debug)]
pub struct Ledger {
    /// Names of the sectors.
    pub sectors: &'static [&'static str],
    /// Names of the instruments.
    pub instruments: &'static [&'static str],
    /// The flows.
    pub flows: &'static [FlowDeclaration],
    /// The place of each cell, sector by instrument, among those that some flow moves; one that none moves has none.
    places: [Option<usize>; MOST_CELLS],
    /// How many cells some flow moves.
    moved: usize,
}

/// A ledger that is known when the program is compiled, so that a posted flow becomes straight code.
pub trait ChartOfAccounts: 'static {
    /// The ledger.
    const LEDGER: Ledger;
}

impl Ledger {
    /// Declares a ledger.
    ///
    /// # Errors
    /// The first flow that does not balance.
    ///
    /// # Panics
    /// If it has more than 128 cells.
    pub const fn declare(
        sectors: &'static [&'static str],
        instruments: &'static [&'static str],
        flows: &'static [FlowDeclaration],
    ) -> Result<Ledger, Unbalanced> {
        assert!(sectors.len() * instruments.len() <= MOST_CELLS, "a ledger has at most 128 cells");
        let (mut places, mut moved) = ([None; MOST_CELLS], 0);
        let mut number = 0;
        while number < flows.len() {
            let flow = &flows[number];
            match flow.imbalance(sectors.len(), instruments.len()) {
                None => {}
                Some(Imbalance::Row(instrument)) => {
                    return Err(Unbalanced::Row { flow: flow.name, instrument: instruments[instrument] });
                }
                Some(Imbalance::NetWorth(sector)) => {
                    return Err(Unbalanced::NetWorth { flow: flow.name, sector: sectors[sector] });
                }
            }
            let mut leg = 0;
            while leg < flow.entries.len() {
                let entry = &flow.entries[leg];
                let cell = entry.sector * instruments.len() + entry.instrument;
                if places[cell].is_none() {
                    places[cell] = Some(moved);
                    moved += 1;
                }
                leg += 1;
            }
            number += 1;
        }
        Ok(Ledger { sectors, instruments, flows, places, moved })
    }

    /// By how much a unit of `flow` changes what `sector` holds of `instrument`.
    pub fn effect(&self, flow: usize, sector: usize, instrument: usize) -> i32 {
        let legs = self.flows[flow].entries.iter();
        legs.filter(|entry| entry.sector == sector && entry.instrument == instrument)
            .map(|entry| i32::from(entry.sign))
            .sum()
    }

    #[inline(always)]
    const fn cell(&self, sector: usize, instrument: usize) -> usize {
        sector * self.instruments.len() + instrument
    }

    /// The place of a cell among those that some flow moves; one that none moves need not be looked at again.
    #[inline(always)]
    const fn place(&self, sector: usize, instrument: usize) -> Option<usize> {
        self.places[self.cell(sector, instrument)]
    }

    /// The place of the cell that an entry of one of its flows moves.
    #[inline(always)]
    const fn place_moved_by(&self, entry: &Entry) -> usize {
        self.place(entry.sector, entry.instrument).expect("its flow moves it")
    }
}

/// Where a flow fails to balance.
enum Imbalance {
    Row(usize),
    NetWorth(usize),
}

impl FlowDeclaration {
    /// Where rows do not balance or net worth changes otherwise than declared.
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
pub struct Books<C, T, const N: usize> {
    opening: Vec<T>,
    /// Changes of the cells that some flow moves, changes of sectors' net worth, sums of flows: one piece of memory, whose
    /// rows do not overlap.
    rows: Vec<OnCacheLine<[T; N]>>,
    /// Dollars lost from the first leg of one flow, to prove that the audit notices.
    #[cfg(test)]
    pub leak: Option<(usize, f64)>,
    chart: PhantomData<C>,
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

impl<C: ChartOfAccounts, T: Real, const N: usize> Books<C, T, N> {
    const LEDGER: Ledger = C::LEDGER;
    const NET_WORTH: usize = Self::LEDGER.moved;
    const POSTED: usize = Self::NET_WORTH + Self::LEDGER.sectors.len();
    const ROWS: usize = Self::POSTED + Self::LEDGER.flows.len();

    /// Opens the books with the same stocks on every path: one row per sector, one column per instrument,
    /// $bn, assets positive.
    pub fn open(opening: &[f64]) -> Self {
        let cells = Self::LEDGER.sectors.len() * Self::LEDGER.instruments.len();
        assert_eq!(opening.len(), cells, "one opening stock per sector and instrument");
        Books {
            opening: opening.iter().map(|&stock| T::of(stock)).collect(),
            rows: vec![OnCacheLine([T::ZERO; N]); Self::ROWS],
            #[cfg(test)]
            leak: None,
            chart: PhantomData,
        }
    }

    /// Posts a flow on every path: the only way in which a stock can change.
    #[inline(always)]
    pub fn post(&mut self, flow: usize, amount: &[T; N]) {
        #[cfg(test)]
        self.spring_a_leak(flow);
        // Most flows rest on most days: bills settle twice a week, coupons twice a month.
        if !amount.iter().fold(false, |moves, &amount| moves | (amount != T::ZERO)) {
            return;
        }
        let declaration = &Self::LEDGER.flows[flow];
        let rows = &mut self.rows[..Self::ROWS];
        for i in 0..N {
            for entry in declaration.entries {
                let stock = &mut rows[Self::LEDGER.place_moved_by(entry)][i];
                if entry.sign > 0 {
                    *stock += amount[i];
                } else {
                    *stock -= amount[i];
                }
            }
            if let Nature::Transfer { from, to } = declaration.nature {
                rows[Self::NET_WORTH + from][i] -= amount[i];
                rows[Self::NET_WORTH + to][i] += amount[i];
            }
            rows[Self::POSTED + flow][i] += amount[i];
        }
    }

    #[cfg(test)]
    fn spring_a_leak(&mut self, flow: usize) {
        if let Some((leaking, amount)) = self.leak
            && leaking == flow
        {
            let place = Self::LEDGER.place_moved_by(&Self::LEDGER.flows[flow].entries[0]);
            for stock in self.rows[place].iter_mut() {
                *stock += T::of(amount);
            }
        }
    }

    /// What `sector` holds of `instrument` on every path, $bn; a liability is negative.
    #[inline(always)]
    pub fn stock(&self, sector: usize, instrument: usize) -> [T; N] {
        let opening = self.opening[Self::LEDGER.cell(sector, instrument)];
        match Self::LEDGER.place(sector, instrument) {
            Some(place) => lanes(|i| self.rows[place][i] + opening),
            None => [opening; N],
        }
    }

    /// Sum of a flow since the opening, $bn.
    pub fn posted(&self, flow: usize) -> &[T; N] {
        &self.rows[Self::POSTED + flow]
    }

    /// Recomputes, on every path, each row of the balance sheet from all its holders, and each sector's
    /// net worth from all its stocks, and compares them with zero and with the transfers posted.
    ///
    /// # Errors
    /// The first path on which the two differ by more than [`Real::BOOK_TOLERANCE`].
    #[inline(always)]
    pub fn audit(&self) -> Result<(), Leak> {
        let (sectors, instruments) = (Self::LEDGER.sectors.len(), Self::LEDGER.instruments.len());
        let rows = &self.rows[..Self::ROWS];
        let mut gap = [T::ZERO; N];
        for sector in 0..sectors {
            let mut excess = *rows[Self::NET_WORTH + sector];
            for instrument in 0..instruments {
                if let Some(place) = Self::LEDGER.place(sector, instrument) {
                    for i in 0..N {
                        excess[i] -= rows[place][i];
                    }
                }
            }
            for i in 0..N {
                gap[i] += excess[i].abs();
            }
        }
        for instrument in 0..instruments {
            let mut sum = [T::ZERO; N];
            for sector in 0..sectors {
                if let Some(place) = Self::LEDGER.place(sector, instrument) {
                    for i in 0..N {
                        sum[i] += rows[place][i];
                    }
                }
            }
            for i in 0..N {
                gap[i] += sum[i].abs();
            }
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
        let (sectors, instruments) = (Self::LEDGER.sectors.len(), Self::LEDGER.instruments.len());
        let stock = |sector, instrument| match Self::LEDGER.place(sector, instrument) {
            Some(place) => self.rows[place][lane].to_f64(),
            None => 0.0,
        };
        let larger = |a: &(usize, f64), b: &(usize, f64)| a.1.abs().total_cmp(&b.1.abs());
        let row = (0..instruments)
            .map(|instrument| (instrument, (0..sectors).map(|sector| stock(sector, instrument)).sum()))
            .max_by(larger);
        let column = (0..sectors)
            .map(|sector| {
                let stocks: f64 = (0..instruments).map(|instrument| stock(sector, instrument)).sum();
                (sector, stocks - self.rows[Self::NET_WORTH + sector][lane].to_f64())
            })
            .max_by(larger);
        let (instrument, _) = row.expect("a ledger has instruments");
        let (sector, amount) = column.expect("a ledger has sectors");
        Leak { lane, sector, instrument, amount }
    }
}
