//! Who owed what to whom before and after, and what every flow did in between, in the mean over the paths.

use crate::model::{FLOWS, FUNDING_LEDGER, Flow, INSTRUMENTS, Plan, SECTORS};
use crate::statistics::Summary;

/// A part of the books.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BookSection {
    /// The opening balance sheet.
    Opening,
    /// What a flow adds to holdings over the run.
    Flow,
    /// The closing balance sheet.
    Closing,
}

/// A row of the books: what each sector holds, or comes to hold, of an instrument; a liability is negative.
#[derive(Clone, Debug, PartialEq)]
pub struct BookRow {
    /// To which part it belongs.
    pub section: BookSection,
    /// The instrument, or the flow that moves it.
    pub item: &'static str,
    /// The instrument.
    pub instrument: &'static str,
    /// One number per sector, $bn.
    pub cells: Vec<f64>,
}

impl BookRow {
    /// Nothing, but for rounding: every asset is somebody's liability.
    pub fn sum(&self) -> f64 {
        self.cells.iter().sum()
    }
}

/// All rows: the opening, every flow, the close.
pub fn books(plan: &Plan, summary: &Summary) -> Vec<BookRow> {
    let sectors = || 0..SECTORS.len();
    let effect = |flow: Flow, sector: usize, instrument: usize| {
        f64::from(FUNDING_LEDGER.effect(flow as usize, sector, instrument)) * summary.mean_flows[flow as usize]
    };
    let opening = |sector: usize, instrument: usize| plan.opening.0[sector * INSTRUMENTS.len() + instrument];
    let closing = |sector: usize, instrument: usize| {
        opening(sector, instrument) + Flow::ALL.iter().map(|&flow| effect(flow, sector, instrument)).sum::<f64>()
    };
    let sheet = |section: BookSection, stock: &dyn Fn(usize, usize) -> f64| -> Vec<BookRow> {
        let row = |(instrument, name): (usize, &&'static str)| BookRow {
            section,
            item: name,
            instrument: name,
            cells: sectors().map(|sector| stock(sector, instrument)).collect(),
        };
        INSTRUMENTS.iter().enumerate().map(row).collect()
    };
    let flows = Flow::ALL.iter().flat_map(|&flow| {
        let declared = &FLOWS[flow as usize];
        let moved = |instrument: &usize| declared.entries.iter().any(|entry| entry.instrument == *instrument);
        (0..INSTRUMENTS.len()).filter(moved).map(move |instrument| BookRow {
            section: BookSection::Flow,
            item: declared.name,
            instrument: INSTRUMENTS[instrument],
            cells: sectors().map(|sector| effect(flow, sector, instrument)).collect(),
        })
    });
    let mut rows = sheet(BookSection::Opening, &opening);
    rows.extend(flows);
    rows.extend(sheet(BookSection::Closing, &closing));
    rows
}
