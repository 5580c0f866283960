//! The books as stocks: one for each item of a sector's balance sheet that a flow moves, claims above nil and debts below.

use super::case::Case;
use super::system::{BN, System, posted};
use super::text::{number, reference};
use crate::model::{FUNDING_LEDGER, Flow, INSTRUMENTS, Instrument, SECTORS, Sector};

/// The name of an item: `Treasury TGA`, `banks reserves`.
pub fn item(sector: Sector, instrument: Instrument) -> String {
    name(sector as usize, instrument as usize)
}

fn name(sector: usize, instrument: usize) -> String {
    format!("{} {}", SECTORS[sector], INSTRUMENTS[instrument].replace(',', ""))
}

/// What some flows add to an item, as the rest of an equation: `" + tax_receipts - outlays"`.
fn effects(sector: usize, instrument: usize, flows: &[Flow]) -> String {
    let signed = |flow: &Flow| match FUNDING_LEDGER.effect(*flow as usize, sector, instrument) {
        0 => String::new(),
        effect if effect > 0 => format!(" + {}", posted(*flow)),
        _ => format!(" - {}", posted(*flow)),
    };
    flows.iter().map(signed).collect()
}

/// An item during the day, once some flows have been posted.
pub fn after(sector: Sector, instrument: Instrument, flows: &[Flow]) -> String {
    format!("{}{}", reference(&item(sector, instrument)), effects(sector as usize, instrument as usize, flows))
}

/// An item at the close.
pub fn at_close(sector: Sector, instrument: Instrument) -> String {
    after(sector, instrument, Flow::ALL)
}

/// Writes a stock for every item that moves.
pub fn write(system: &mut System, case: &Case<'_>) {
    system.group(
        "balance sheets",
        "Who owes what to whom, $bn, in the morning of the day. A claim is above nil, a debt below, so that an instrument adds \
         up to nil over the sectors. A flow is posted in two to eight places at once, so that each stock has one net flow, whose \
         equation lists what is posted to it. Items that no flow moves are left out. Deposits of money funds and of the levered \
         sector are nil overnight: what is there at midday is lent, or borrowed, at the price that clears the market. The accounts \
         are those of `tidegate books`.",
    );
    for sector in 0..SECTORS.len() {
        for instrument in 0..INSTRUMENTS.len() {
            let change = effects(sector, instrument, Flow::ALL);
            if change.is_empty() {
                continue;
            }
            let opening = case.plan.opening.0[sector * INSTRUMENTS.len() + instrument];
            let meaning = format!(
                "{} on the balance sheet of {}, at the last close; a debt is negative.",
                INSTRUMENTS[instrument], SECTORS[sector]
            );
            let change = change.strip_prefix(" + ").map_or_else(|| format!("0{change}"), str::to_owned);
            system.stock(&name(sector, instrument), BN, number(opening), change, &meaning);
        }
    }
}
