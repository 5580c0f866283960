//! Who owes what to whom: the seven sectors, the fifteen instruments and every flow between them.
//!
//! This table is the only declaration of a flow. The simulation posts it, `tidegate books` prints it as
//! the transactions-flow matrix, and the attribution of reserves reads which flows touch them.
//!
//! Some simplifications keep the matrix readable. Agencies and households are one private sector, so MBS
//! are the private sector's debt to itself, the Fed and the banks. Money-fund shares are those that fund
//! bills, repo and ON RRP. Gold, premiums, capital and the deferred asset are netted against the Fed's
//! other deposits. Dealers and hedge funds are one levered sector, financed overnight.

use super::ledger::{ChartOfAccounts, Entry, FlowDeclaration, Ledger, Nature};

/// The sectors, in the order of the balance sheet's columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Sector {
    Fed,
    Treasury,
    Banks,
    MoneyFunds,
    Levered,
    Private,
    ForeignOfficial,
}

/// Names of the sectors.
pub const SECTORS: &[&str] = &["Fed", "Treasury", "banks", "money funds", "levered", "private", "foreign official"];

/// The instruments, in the order of the balance sheet's rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Instrument {
    Reserves,
    Currency,
    Tga,
    OnRrp,
    ForeignRrp,
    OtherFed,
    StandingRepo,
    TemporaryRepo,
    FedLoans,
    Bills,
    Coupons,
    Mbs,
    Repo,
    Deposits,
    FundShares,
}

/// Names of the instruments.
pub const INSTRUMENTS: &[&str] = &[
    "reserves",
    "currency",
    "TGA",
    "ON RRP",
    "foreign RRP",
    "other Fed liabilities, net",
    "standing repo",
    "temporary repo",
    "Fed loans",
    "Treasury bills",
    "Treasury coupons",
    "agency MBS",
    "private repo",
    "deposits",
    "money-fund shares",
];

/// Whose decision moves a flow: the hand on the switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// Taxes, outlays and debt management.
    Treasury,
    /// The Fed's portfolio and facilities.
    Fed,
    /// Currency, foreign accounts and other depositors at the Fed.
    Depositors,
    /// Money funds' choice between bills, repo and ON RRP.
    MoneyFunds,
    /// Banks, dealers and hedge funds.
    Market,
}

impl Hand {
    /// The name in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Hand::Treasury => "Treasury",
            Hand::Fed => "Fed",
            Hand::Depositors => "other depositors at the Fed",
            Hand::MoneyFunds => "money funds",
            Hand::Market => "market",
        }
    }
}

macro_rules! sign {
    (+) => {
        1
    };
    (-) => {
        -1
    };
}

macro_rules! nature {
    (exchange) => {
        Nature::Exchange
    };
    ($from:ident to $to:ident) => {
        Nature::Transfer { from: Sector::$from as usize, to: Sector::$to as usize }
    };
}

macro_rules! flows {
    ($( $flow:ident $name:literal, $hand:ident, ($($nature:tt)+), [$( $sign:tt $sector:ident $instrument:ident ),+] $meaning:literal; )*) => {
        /// The flows, in the order of [`FLOWS`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(usize)]
        pub enum Flow {
            $( #[doc = $meaning] $flow, )*
        }

        /// Every flow with its entries.
        pub const FLOWS: &[FlowDeclaration] = &[
            $( FlowDeclaration {
                name: $name,
                meaning: $meaning,
                nature: nature!($($nature)+),
                entries: &[$( Entry {
                    sector: Sector::$sector as usize,
                    instrument: Instrument::$instrument as usize,
                    sign: sign!($sign),
                }, )+],
            }, )*
        ];

        impl Flow {
            /// All flows.
            pub const ALL: &[Flow] = &[$( Flow::$flow, )*];

            /// Whose decision it is.
            pub const fn hand(self) -> Hand {
                match self {
                    $( Flow::$flow => Hand::$hand, )*
                }
            }
        }
    };
}

flows! {
    TaxReceipts "tax receipts", Treasury, (Private to Treasury),
        [+Treasury Tga, -Fed Tga, -Banks Reserves, +Fed Reserves, -Private Deposits, +Banks Deposits]
        "Taxes and other receipts, and the unforeseen part of the operating flow.";
    Outlays "outlays", Treasury, (Treasury to Private),
        [-Treasury Tga, +Fed Tga, +Banks Reserves, -Fed Reserves, +Private Deposits, -Banks Deposits]
        "Benefits, salaries and other outlays, less what a shutdown delays.";
    CouponInterest "coupon interest", Treasury, (Treasury to Private),
        [-Treasury Tga, +Fed Tga, +Banks Reserves, -Fed Reserves, +Private Deposits, -Banks Deposits]
        "Interest on notes and bonds, paid mid-month and at month-end.";
    BillsToFunds "bills to money funds", Treasury, (exchange),
        [+Treasury Tga, -Fed Tga, -Treasury Bills, +MoneyFunds Bills, -MoneyFunds Deposits, +Banks Deposits, -Banks Reserves, +Fed Reserves]
        "Net issue of bills that money funds buy at settlement.";
    BillsToPrivate "bills to others", Treasury, (exchange),
        [+Treasury Tga, -Fed Tga, -Treasury Bills, +Private Bills, -Private Deposits, +Banks Deposits, -Banks Reserves, +Fed Reserves]
        "Net issue of bills that the rest of the private sector buys at settlement.";
    CouponsToLevered "coupons to dealers", Treasury, (exchange),
        [+Treasury Tga, -Fed Tga, -Treasury Coupons, +Levered Coupons, -Levered Deposits, +Banks Deposits, -Banks Reserves, +Fed Reserves]
        "Net issue of notes and bonds that dealers take into inventory at settlement.";
    CouponsToPrivate "coupons to others", Treasury, (exchange),
        [+Treasury Tga, -Fed Tga, -Treasury Coupons, +Private Coupons, -Private Deposits, +Banks Deposits, -Banks Reserves, +Fed Reserves]
        "Net issue of notes and bonds that the rest of the private sector buys at settlement.";
    SomaMaturities "SOMA maturities", Fed, (exchange),
        [-Treasury Tga, +Fed Tga, +Treasury Coupons, -Fed Coupons]
        "Redemption of Treasury securities the Fed holds: drains the TGA, which the public must then refill.";
    SomaRollover "SOMA rollover", Fed, (exchange),
        [+Treasury Tga, -Fed Tga, -Treasury Coupons, +Fed Coupons]
        "The part of the redemptions that the Fed puts back into new issues; the rest is runoff.";
    MbsPrincipal "MBS principal", Fed, (exchange),
        [+Private Mbs, -Fed Mbs, -Private Deposits, +Banks Deposits, -Banks Reserves, +Fed Reserves]
        "Principal on agency MBS paid to the Fed.";
    MbsReinvestment "MBS principal into bills", Fed, (exchange),
        [+Fed Bills, -Private Bills, +Private Deposits, -Banks Deposits, +Banks Reserves, -Fed Reserves]
        "Agency principal reinvested in bills bought in the market.";
    ReserveManagementPurchases "reserve management purchases", Fed, (exchange),
        [+Fed Bills, -Private Bills, +Private Deposits, -Banks Deposits, +Banks Reserves, -Fed Reserves]
        "Bills bought to keep reserves ample.";
    OpenMarketPurchases "other open-market purchases", Fed, (exchange),
        [+Fed Coupons, -Private Coupons, +Private Deposits, -Banks Deposits, +Banks Reserves, -Fed Reserves]
        "Notes and bonds bought outright; negative for sales.";
    FedNetIncome "Fed net income", Fed, (Banks to Fed),
        [-Banks Reserves, +Fed Reserves]
        "Net income of the Fed, paid by banks; negative while it pays more on reserves than it earns.";
    StandingRepo "standing repo", Fed, (exchange),
        [+Fed StandingRepo, -Levered StandingRepo, +Levered Deposits, -Banks Deposits, +Banks Reserves, -Fed Reserves]
        "Change of dealers' borrowing at the standing repo facility.";
    TemporaryRepo "temporary open-market repo", Fed, (exchange),
        [+Fed TemporaryRepo, -Levered TemporaryRepo, +Levered Deposits, -Banks Deposits, +Banks Reserves, -Fed Reserves]
        "Change of dealers' borrowing in repo operations that the Fed announces as it sees need.";
    PrimaryCredit "primary credit", Fed, (exchange),
        [+Fed FedLoans, -Banks FedLoans, +Banks Reserves, -Fed Reserves]
        "Change of banks' borrowing at the discount window.";
    Currency "currency", Depositors, (exchange),
        [+Private Currency, -Fed Currency, -Private Deposits, +Banks Deposits, -Banks Reserves, +Fed Reserves]
        "Growth of currency in circulation.";
    ForeignRrp "foreign RRP", Depositors, (exchange),
        [+ForeignOfficial ForeignRrp, -Fed ForeignRrp, -ForeignOfficial Deposits, +Banks Deposits, -Banks Reserves, +Fed Reserves]
        "Change of foreign official accounts' overnight pool at the Fed.";
    OtherFedDeposits "other Fed deposits", Depositors, (exchange),
        [+Private OtherFed, -Fed OtherFed, -Private Deposits, +Banks Deposits, -Banks Reserves, +Fed Reserves]
        "Change of deposits of agencies and market utilities at the Fed, and of its other net liabilities.";
    OnRrp "ON RRP take-up", MoneyFunds, (exchange),
        [+MoneyFunds OnRrp, -Fed OnRrp, -MoneyFunds Deposits, +Banks Deposits, -Banks Reserves, +Fed Reserves]
        "Change of money funds' cash at the overnight reverse repo facility.";
    FundSharePurchases "money-fund inflow", MoneyFunds, (exchange),
        [+Private FundShares, -MoneyFunds FundShares, -Private Deposits, +MoneyFunds Deposits]
        "Deposits moved into money-fund shares.";
    BillsPrivateToFunds "bills resold to money funds", MoneyFunds, (exchange),
        [+MoneyFunds Bills, -Private Bills, -MoneyFunds Deposits, +Private Deposits]
        "Bills that money funds buy from their first holders in the months after settlement.";
    RepoFromFunds "repo from money funds", MoneyFunds, (exchange),
        [+MoneyFunds Repo, -Levered Repo, -MoneyFunds Deposits, +Levered Deposits]
        "Change of money funds' private repo lending.";
    RepoFromBanks "repo from banks", Market, (exchange),
        [+Banks Repo, -Levered Repo, -Banks Deposits, +Levered Deposits]
        "Change of banks' repo lending, which closes the gap that funds leave; negative when banks borrow.";
    LeveredSales "dealer sales of coupons", Market, (exchange),
        [+Private Coupons, -Levered Coupons, -Private Deposits, +Levered Deposits]
        "Treasuries that dealers and hedge funds sell to the rest of the private sector.";
}

/// The funding system, as the books know it.
#[derive(Clone, Copy, Debug)]
pub struct Funding;

impl ChartOfAccounts for Funding {
    const LEDGER: Ledger = match Ledger::declare(SECTORS, INSTRUMENTS, FLOWS) {
        Ok(ledger) => ledger,
        Err(_) => panic!("a flow does not balance"),
    };
}

/// The ledger of the funding system.
pub const FUNDING_LEDGER: Ledger = Funding::LEDGER;

/// An opening balance sheet, $bn, one row per sector and one column per instrument.
#[derive(Clone, Debug, PartialEq)]
pub struct OpeningStocks(pub Vec<f64>);

impl OpeningStocks {
    /// An empty balance sheet.
    pub fn empty() -> OpeningStocks {
        OpeningStocks(vec![0.0; SECTORS.len() * INSTRUMENTS.len()])
    }

    /// What `sector` holds of `instrument`, $bn; a liability is negative.
    pub fn get(&self, sector: Sector, instrument: Instrument) -> f64 {
        self.0[sector as usize * INSTRUMENTS.len() + instrument as usize]
    }

    /// Records that `creditor` holds `amount` of an instrument that `debtor` owes.
    pub fn owe(&mut self, instrument: Instrument, debtor: Sector, creditor: Sector, amount: f64) {
        self.0[debtor as usize * INSTRUMENTS.len() + instrument as usize] -= amount;
        self.0[creditor as usize * INSTRUMENTS.len() + instrument as usize] += amount;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flow_that_forgets_a_leg_cannot_be_declared() {
        let forgetful: &'static [FlowDeclaration] = Box::leak(Box::new([FlowDeclaration {
            name: "tax without a payer's bank",
            meaning: "",
            nature: nature!(Private to Treasury),
            entries: &FLOWS[Flow::TaxReceipts as usize].entries[..5],
        }]));
        let error = Ledger::declare(SECTORS, INSTRUMENTS, forgetful).unwrap_err();
        assert!(error.to_string().contains("deposits do not sum to zero"), "{error}");
    }

    #[test]
    fn a_gift_disguised_as_an_exchange_cannot_be_declared() {
        let gift: &'static [FlowDeclaration] = Box::leak(Box::new([FlowDeclaration {
            name: "gift",
            meaning: "",
            nature: Nature::Exchange,
            entries: FLOWS[Flow::TaxReceipts as usize].entries,
        }]));
        let error = Ledger::declare(SECTORS, INSTRUMENTS, gift).unwrap_err();
        assert!(error.to_string().contains("net worth of Treasury"), "{error}");
    }

    #[test]
    fn names_and_enums_have_the_same_length() {
        assert_eq!(SECTORS.len(), Sector::ForeignOfficial as usize + 1);
        assert_eq!(INSTRUMENTS.len(), Instrument::FundShares as usize + 1);
        assert_eq!(FLOWS.len(), Flow::ALL.len());
    }
}
