//! What the sectors, instruments and shocks are, and where every published variable comes from, in words.

use super::books::{Instrument, Sector};
use super::shocks::Shock;
use super::variables::Variable;

/// How a published variable comes about.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    /// In words.
    pub words: &'static str,
    /// The mechanism that sets it, if it is more than a stock on the books.
    pub mechanism: Option<&'static str>,
    /// The instrument whose stock it is, if it is one.
    pub instrument: Option<Instrument>,
}

const fn stock(instrument: Instrument, words: &'static str) -> Origin {
    Origin { words, mechanism: None, instrument: Some(instrument) }
}

const fn set_by(mechanism: &'static str, words: &'static str) -> Origin {
    Origin { words, mechanism: Some(mechanism), instrument: None }
}

const fn reckoned(words: &'static str) -> Origin {
    Origin { words, mechanism: None, instrument: None }
}

impl Variable {
    /// Where it comes from.
    pub const fn origin(self) -> Origin {
        match self {
            Variable::Reserves => stock(
                Instrument::Reserves,
                "A stock on the books: what is left to banks when every other claim on the Fed has been settled.",
            ),
            Variable::ReservesToGdp => reckoned("100 × reserves / GDP; GDP stays that of the vintage."),
            Variable::Tga => stock(
                Instrument::Tga,
                "A stock on the books: receipts and issues less outlays, interest and redemptions.",
            ),
            Variable::OnRrp => Origin {
                instrument: Some(Instrument::OnRrp),
                ..set_by("market", "A stock on the books, set every day by the price that clears the overnight market.")
            },
            Variable::Srf => Origin {
                instrument: Some(Instrument::StandingRepo),
                ..set_by("market", "A stock on the books, set every day by the price that clears the overnight market.")
            },
            Variable::FedAssets => reckoned(
                "Bills, notes and bonds, agency MBS, standing repo and loans on the Fed's books, and the rest of the vintage.",
            ),
            Variable::NetLiquidity => reckoned("fed_assets − tga − on_rrp."),
            Variable::Sofr => reckoned("iorb + sofr_iorb / 100."),
            Variable::Tgcr => reckoned("iorb + tgcr_iorb / 100."),
            Variable::Effr => reckoned("iorb + effr_iorb / 100."),
            Variable::Iorb => {
                reckoned("Set by the scenario, in `rates.steps`; before the first step the vintage's own.")
            }
            Variable::SofrIorb => set_by("reference_rates", "The tri-party spread and a margin over it."),
            Variable::TgcrIorb => set_by("market", "The price t that clears the overnight market."),
            Variable::EffrIorb => set_by("reference_rates", "A curve over the moving average of reserves."),
            Variable::Scarcity => {
                set_by("market", "x at the price that clears the market: (need − reserves) / ample_reserves.")
            }
            Variable::Hoarding => set_by("hoarding", "H: reserves added to demand because of remembered stress."),
            Variable::FundingGap => set_by("funding_gap", "G: read off the books at midday, before the market clears."),
            Variable::Bgcr => set_by("rate_distribution", "tgcr and a hundredth of the way to sofr."),
            Variable::Obfr => reckoned("effr; a basis point less before September 2024."),
            Variable::SofrP1 => {
                set_by("rate_distribution", "sofr − .91 widths of the distribution of its trades, at most sofr_p25.")
            }
            Variable::SofrP25 => {
                set_by("rate_distribution", "The lesser of tgcr, which is the lower mass of its trades, and sofr.")
            }
            Variable::SofrP75 => set_by("rate_distribution", "sofr + 1 width of the distribution of its trades."),
            Variable::SofrP99 => set_by("rate_distribution", "sofr + 1.88 widths of the distribution of its trades."),
            Variable::FourWeekBill => reckoned("iorb + bill_4w_iorb / 100."),
            Variable::BillIorb => set_by("bill_market", "Average repo spread, supply of bills and a rest."),
            Variable::TemporaryRepo => Origin {
                instrument: Some(Instrument::TemporaryRepo),
                ..set_by("repo_operations", "A stock on the books: what operations of the story or rules have lent.")
            },
            Variable::PrimaryCredit => Origin {
                instrument: Some(Instrument::FedLoans),
                ..set_by("discount_window", "A stock on the books, moved toward what banks want.")
            },
            Variable::ForeignBranchReserves => set_by("bank_groups", "A memo to reserves: the marginal holders."),
            Variable::SmallBankReserves => set_by("bank_groups", "A memo to reserves."),
            Variable::LargeBankReserves => {
                set_by("bank_groups", "A memo to reserves: what the other groups do not hold.")
            }
            Variable::AmpleReserves => {
                set_by("desired_reserves", "L: starts at the parameter and moves with reserves.")
            }
            Variable::DealerRetreat => set_by("dealer_retreat", "Remembered stress times a gain, up to a limit."),
            Variable::DebtRoom => set_by("debt_limit", "Headroom less what was borrowed since the limit binds."),
            Variable::UnpaidOutlays => set_by("debt_limit", "What the TGA could not pay and still owes."),
            Variable::Equities | Variable::SmallCaps | Variable::Bitcoin => {
                set_by("risk_assets", "Sum of daily returns since the opening; on if `risk_assets` is 1.")
            }
        }
    }
}

/// What each sector is, in the order of [`Sector`].
const SECTOR_MEANINGS: [(Sector, &str); super::books::SECTORS.len()] = [
    (Sector::Fed, "The Federal Reserve: securities, repo and loans against reserves, currency and other deposits."),
    (Sector::Treasury, "The US Treasury: its account at the Fed against bills, notes and bonds."),
    (Sector::Banks, "Commercial banks and foreign branches: reserves, repo and securities against deposits."),
    (
        Sector::MoneyFunds,
        "Money-market funds: bills, repo and ON RRP against shares; the cash that chooses among the three.",
    ),
    (Sector::Levered, "Dealers and hedge funds: Treasuries financed overnight in repo."),
    (Sector::Private, "Households, firms and agencies, with every holder that is no other sector."),
    (Sector::ForeignOfficial, "Foreign central banks: the overnight pool at the Fed, Treasuries and deposits."),
];

/// What each instrument is, in the order of [`Instrument`].
const INSTRUMENT_MEANINGS: [(Instrument, &str); super::books::INSTRUMENTS.len()] = [
    (Instrument::Reserves, "Banks' balances at the Fed: the only money in which banks settle with one another."),
    (Instrument::Currency, "Notes and coin in circulation, a debt of the Fed."),
    (Instrument::Tga, "The Treasury General Account at the Fed: a dollar in it is a dollar of reserves fewer."),
    (Instrument::OnRrp, "The overnight reverse repo facility: money funds' cash lent to the Fed at its floor rate."),
    (Instrument::ForeignRrp, "The overnight pool of foreign official accounts at the Fed."),
    (
        Instrument::OtherFed,
        "Deposits of agencies and market utilities at the Fed, with capital and the deferred asset netted.",
    ),
    (Instrument::StandingRepo, "The standing repo facility: dealers' borrowing from the Fed at its ceiling rate."),
    (
        Instrument::TemporaryRepo,
        "Repo operations that the Fed announces as it sees need, outside the standing facility.",
    ),
    (Instrument::FedLoans, "Primary credit and other loans of the Fed to banks: the discount window."),
    (Instrument::Bills, "Treasury bills, by which the Treasury steers its cash."),
    (Instrument::Coupons, "Treasury notes and bonds, issued on a schedule."),
    (Instrument::Mbs, "Agency mortgage-backed securities, a debt of the private sector."),
    (Instrument::Repo, "Overnight repo between private parties: funds and banks lend, the levered sector borrows."),
    (Instrument::Deposits, "Bank deposits, in which everybody but banks and the Fed pays."),
    (Instrument::FundShares, "Shares of those money funds that hold bills, repo and ON RRP."),
];

/// What the sector is, in one sentence.
pub fn sector_meaning(sector: usize) -> &'static str {
    SECTOR_MEANINGS[sector].1
}

/// What the instrument is, in one sentence.
pub fn instrument_meaning(instrument: usize) -> &'static str {
    INSTRUMENT_MEANINGS[instrument].1
}

/// What the shock is: the comment on its declaration.
pub fn shock_meaning(shock: Shock) -> &'static str {
    let declaration = format!("    {shock:?},");
    let lines: Vec<&str> = include_str!("shocks.rs").lines().collect();
    let at = lines.iter().position(|line| *line == declaration).unwrap_or_default();
    lines[..at].last().and_then(|line| line.trim_start().strip_prefix("/// ")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Mechanism, VARIABLES};

    #[test]
    fn meanings_stand_in_the_order_of_their_enums() {
        assert!(SECTOR_MEANINGS.iter().enumerate().all(|(at, (sector, _))| *sector as usize == at));
        assert!(INSTRUMENT_MEANINGS.iter().enumerate().all(|(at, (instrument, _))| *instrument as usize == at));
    }

    #[test]
    fn every_shock_says_what_it_is() {
        for shock in Shock::ALL {
            assert!(shock_meaning(shock).ends_with('.'), "{shock:?} has no sentence above it");
        }
    }

    #[test]
    fn a_variable_comes_from_a_mechanism_there_is() {
        for info in VARIABLES {
            let origin = info.variable.origin();
            assert!(origin.words.ends_with('.'), "{}", info.name);
            assert!(origin.mechanism.is_none_or(|name| Mechanism::named(name).is_some()), "{}", info.name);
        }
    }
}
