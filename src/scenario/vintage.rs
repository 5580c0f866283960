//! A vintage: the balance sheet, the rates and the behavioural state from which a run starts, each figure with the
//! publication it was taken from.

use crate::scenario::books::{check_books, check_holders, check_rates};
use crate::scenario::fields::{Bounds, Field, Kind, Need};
use crate::scenario::missing::report_missing_below;
use crate::scenario::node::{Table, Value};
use crate::scenario::problems::Problems;
use crate::scenario::reader::read;
use crate::scenario::source::Source;
use crate::units::Unit;
use jiff::civil::Date;
use std::path::PathBuf;
use std::sync::Arc;

/// A published number.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The number, in the unit of its line.
    pub value: f64,
    /// The publication, its date and the table or series.
    pub source: String,
}

/// The state from which a run starts.
#[derive(Clone, Debug, PartialEq)]
pub struct Vintage {
    /// The file it was read from, as one would type it.
    pub path: PathBuf,
    /// The day at whose close it was taken.
    pub date: Date,
    /// One line for headings.
    pub title: String,
    /// The balance sheet of the Federal Reserve.
    pub fed: Fed,
    /// Rates that day.
    pub rates: Rates,
    /// The rest of the financial system.
    pub public: Public,
    /// What the model remembers of the days before.
    pub state: State,
}

impl Vintage {
    /// Every figure with its dotted name and its unit, in the order of the file.
    pub fn figures(&self) -> Vec<(String, Unit, &Figure)> {
        [self.fed.figures(), self.rates.figures(), self.public.figures(), self.state.figures()].concat()
    }
}

macro_rules! figures {
    ($( #[$about:meta] $group:ident, $table:ident, $key:literal { $( $name:ident: $unit:ident, $low:expr, $high:expr; $meaning:literal; )* } )*) => {
        $(
            #[$about]
            #[derive(Clone, Debug, PartialEq)]
            pub struct $group {
                $( #[doc = $meaning] pub $name: Figure, )*
            }

            const $table: &[Field] = &[ $( Field {
                name: stringify!($name),
                kind: Kind::Figure(Bounds { unit: Unit::$unit, low: $low, high: $high }),
                need: Need::Required,
                meaning: $meaning,
            }, )* ];

            impl $group {
                fn from_table(table: &Table) -> Option<Self> {
                    Some($group { $( $name: figure(table, stringify!($name))?, )* })
                }

                fn figures(&self) -> Vec<(String, Unit, &Figure)> {
                    vec![ $( (concat!($key, ".", stringify!($name)).to_owned(), Unit::$unit, &self.$name), )* ]
                }
            }
        )*
    };
}

/// The largest stock taken, $bn: ten times anything in the tables.
const MOST: f64 = 500_000.0;

figures! {
    /// The balance sheet of the Federal Reserve, $bn.
    Fed, FED, "fed" {
        treasury_bills: Billions, 0.0, MOST; "Treasury bills held outright.";
        treasury_coupons: Billions, 0.0, MOST; "Treasury notes, bonds, TIPS and floating-rate notes held outright.";
        mbs: Billions, 0.0, MOST; "Agency mortgage-backed securities held outright.";
        standing_repo: Billions, 0.0, MOST; "Repurchase agreements of the standing facility.";
        loans: Billions, 0.0, MOST; "Loans, such as primary credit.";
        other_assets: Billions, -MOST, MOST; "All other assets.";
        total_assets: Billions, 0.0, MOST; "Total assets.";
        reserves: Billions, 0.0, MOST; "Reserve balances of banks.";
        currency: Billions, 0.0, MOST; "Currency in circulation.";
        tga: Billions, 0.0, MOST; "The Treasury General Account.";
        on_rrp: Billions, 0.0, MOST; "Overnight reverse repurchase agreements with money funds and others.";
        foreign_rrp: Billions, 0.0, MOST; "Reverse repurchase agreements with foreign official accounts.";
        other_liabilities: Billions, -MOST, MOST; "All other liabilities and capital, net; may be negative.";
    }
    /// Rates that day, percent per year.
    Rates, RATES, "rates" {
        iorb: Percent, -1.0, 20.0; "Interest rate on reserve balances; before July 2021 on excess reserves.";
        on_rrp: Percent, -1.0, 20.0; "Rate of the overnight reverse repo facility.";
        srf: Percent, -1.0, 20.0; "Rate of the standing repo facility; before July 2021 the top of the target range.";
        sofr: Percent, -1.0, 20.0; "Secured Overnight Financing Rate.";
        tgcr: Percent, -1.0, 20.0; "Tri-party general collateral rate.";
        effr: Percent, -1.0, 20.0; "Effective federal funds rate.";
    }
    /// The rest of the financial system, $bn.
    Public, PUBLIC, "public" {
        treasury_bills_outstanding: Billions, 0.0, MOST; "Treasury bills outstanding.";
        treasury_coupons_outstanding: Billions, 0.0, MOST; "Other marketable Treasury securities outstanding.";
        bank_treasuries: Billions, 0.0, MOST; "Treasury and agency securities of commercial banks, without MBS.";
        bank_mbs: Billions, 0.0, MOST; "Agency MBS of commercial banks.";
        bank_deposits: Billions, 0.0, MOST; "Deposits at commercial banks.";
        money_fund_bills: Billions, 0.0, MOST; "Treasury securities of money market funds.";
        money_fund_repo: Billions, 0.0, MOST; "Repo lent by money market funds, without the Federal Reserve's.";
        foreign_treasury_bills: Billions, 0.0, MOST; "Treasury bills held abroad.";
        foreign_treasury_coupons: Billions, 0.0, MOST; "Other Treasury securities held abroad.";
        levered_repo: Billions, 0.0, MOST; "Repo borrowed by dealers and hedge funds.";
        gdp: Billions, 1.0, MOST; "Nominal GDP at an annual rate.";
    }
    /// What the model remembers of the days before.
    State, STATE, "state" {
        sofr_spread_average: BasisPoints, -500.0, 1000.0; "Mean of SOFR less IORB over the five days up to the vintage.";
        announced_bills: Billions, -500.0, 500.0; "Net bills announced by then that settle in the next five business days.";
        ample_reserves: Billions, 200.0, 20_000.0; "Reserves below which the tri-party rate began to rise in that era.";
    }
}

/// A vintage file.
pub const VINTAGE_FILE: &[Field] = &[
    Field { name: "date", kind: Kind::Date, need: Need::Required, meaning: "The day at whose close it was taken." },
    Field { name: "title", kind: Kind::Text, need: Need::Required, meaning: "One line for headings." },
    Field {
        name: "fed",
        kind: Kind::Table(FED),
        need: Need::Required,
        meaning: "The Federal Reserve's balance sheet.",
    },
    Field { name: "rates", kind: Kind::Table(RATES), need: Need::Required, meaning: "Rates that day." },
    Field {
        name: "public",
        kind: Kind::Table(PUBLIC),
        need: Need::Required,
        meaning: "The rest of the financial system.",
    },
    Field { name: "state", kind: Kind::Table(STATE), need: Need::Required, meaning: "What the model remembers." },
];

fn figure(table: &Table, name: &str) -> Option<Figure> {
    match &table.entry(name)?.node.value {
        Value::Figure { value, source, .. } => Some(Figure { value: *value, source: source.clone() }),
        _ => None,
    }
}

/// Reads a vintage that is not in a file, shown as `name` in messages.
///
/// # Errors
/// Everything that is wrong with it.
pub fn vintage_from_text(name: &str, text: &str) -> Result<Vintage, Problems> {
    let mut problems = Problems::default();
    let read = read_vintage(&Source::from_text(name, text), &mut problems);
    read.filter(|_| problems.is_empty()).ok_or(problems)
}

/// Reads a vintage and checks its books; none if anything was reported.
pub fn read_vintage(source: &Arc<Source>, problems: &mut Problems) -> Option<Vintage> {
    let before = problems.diagnostics.len();
    let found = read(source, VINTAGE_FILE, "a vintage", problems);
    if !found.broken {
        report_missing_below(&found.table, VINTAGE_FILE, "a vintage", problems);
    }
    if let Some(fed) = found.table.table("fed") {
        check_books(fed, problems);
        if let Some(public) = found.table.table("public") {
            check_holders(fed, public, problems);
        }
    }
    if let Some(rates) = found.table.table("rates") {
        check_rates(rates, problems);
    }
    let table = &found.table;
    let vintage = Vintage {
        path: source.path.clone(),
        date: table.date("date")?,
        title: table.text("title")?.to_owned(),
        fed: Fed::from_table(table.table("fed")?)?,
        rates: Rates::from_table(table.table("rates")?)?,
        public: Public::from_table(table.table("public")?)?,
        state: State::from_table(table.table("state")?)?,
    };
    (problems.diagnostics.len() == before).then_some(vintage)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::codes;
    use crate::scenario::shipped::VINTAGES;

    fn shipped(name: &str) -> Vintage {
        let shipped = VINTAGES.iter().find(|shipped| shipped.name == name).expect("a shipped vintage");
        let mut problems = Problems::default();
        let vintage = read_vintage(&Source::from_text(shipped.path, shipped.text), &mut problems);
        assert!(problems.is_empty(), "{problems}");
        vintage.expect("no problem was found")
    }

    #[test]
    fn every_shipped_vintage_balances_and_is_of_the_day_of_its_name() {
        for listed in VINTAGES {
            assert_eq!(shipped(listed.name).date.to_string(), listed.name);
        }
    }

    #[test]
    fn figures_are_those_of_the_release() {
        // Federal Reserve H.4.1 of 2 October 2025, Wednesday levels: total assets, reserve balances, TGA.
        let fed = shipped("2025-10-01").fed;
        assert_eq!((fed.total_assets.value, fed.reserves.value, fed.tga.value), (6587.119, 2979.594, 819.378));
        assert!(fed.tga.source.contains("WDTGAL"));
    }

    #[test]
    fn a_gap_of_eleven_million_in_any_line_is_refused() {
        let listed = VINTAGES.iter().find(|shipped| shipped.name == "2025-10-01").expect("a shipped vintage");
        let fed = shipped(listed.name).fed;
        for (name, _, figure) in fed.figures() {
            let line = name.strip_prefix("fed.").expect("the group's name");
            let typed = format!("{:.3},", figure.value);
            let start = listed.text.find(&format!("\n{line} ")).expect("the line");
            let wrong = listed.text[start..].replacen(&typed, &format!("{:.3},", figure.value + 0.011), 1);
            let mut problems = Problems::default();
            let text = format!("{}{wrong}", &listed.text[..start]);
            assert!(read_vintage(&Source::from_text("wrong.toml", &text), &mut problems).is_none());
            assert!(
                problems.diagnostics.iter().any(|diagnostic| diagnostic.code == codes::BOOKS),
                "{name}: {problems}"
            );
        }
    }
}
