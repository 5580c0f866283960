//! The series there are: who publishes each, where, in which unit, how often and how late, and what it feeds.

use crate::calendar::fedwire;
use jiff::civil::Date;
use std::fmt;

/// Who publishes a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Publisher {
    /// Board of Governors of the Federal Reserve System, as carried by FRED of the St. Louis Fed.
    Board,
    /// Federal Reserve Bank of New York, markets service.
    NewYorkFed,
    /// Bureau of the Fiscal Service, fiscal data service.
    FiscalService,
}

/// The unit in which the publisher writes the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublishedUnit {
    /// Millions of dollars.
    Millions,
    /// Billions of dollars.
    Billions,
    /// Dollars.
    Dollars,
    /// Percent per year.
    Percent,
}

impl PublishedUnit {
    /// What a published number is multiplied by to be in the model's unit: billions of dollars, or percent.
    pub const fn to_model(self) -> f64 {
        match self {
            PublishedUnit::Millions => 1e-3,
            PublishedUnit::Dollars => 1e-9,
            PublishedUnit::Billions | PublishedUnit::Percent => 1.0,
        }
    }

    /// As `data status` prints it.
    pub const fn name(self) -> &'static str {
        match self {
            PublishedUnit::Millions => "$mn",
            PublishedUnit::Billions => "$bn",
            PublishedUnit::Dollars => "$",
            PublishedUnit::Percent => "%",
        }
    }

    /// How the FRED API spells it.
    pub const fn fred_name(self) -> &'static str {
        match self {
            PublishedUnit::Millions => "Millions of U.S. Dollars",
            PublishedUnit::Billions => "Billions of US Dollars",
            PublishedUnit::Dollars => "U.S. Dollars",
            PublishedUnit::Percent => "Percent",
        }
    }
}

/// Of which days there are values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frequency {
    /// Business days.
    Daily,
    /// Days with an operation; none means zero.
    OperationDays,
    /// The close of Wednesdays.
    Wednesday,
    /// Averages of the weeks that end on Wednesdays.
    WeekAverage,
}

/// Where a series stands in the folder, and what fetches it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// `fred/ID.csv`, with columns `observation_date` and the id.
    Fred(&'static str),
    /// A column of the rows of one rate in `nyfed/reference_rates.csv`.
    ReferenceRate { rate: &'static str, column: &'static str },
    /// `nyfed/repo_overnight_accepted_daily.csv`: all overnight repo accepted on a day.
    OvernightRepo,
    /// A column of `nyfed/soma_summary.csv`: the Fed's securities by class, at par.
    Holdings(&'static str),
    /// `fiscaldata/operating_cash_balance.csv`: the closing balance in the spelling of its time.
    CashBalance,
    /// `fiscaldata/public_debt_transactions.csv`: issues less redemptions of bills.
    NetBills,
    /// `fiscaldata/public_debt_transactions.csv`: issues less redemptions of notes and bonds, TIPS and FRN among
    /// them, without the inflation increment, which is no cash.
    NetCoupons,
}

impl Place {
    /// The file, from the folder's root.
    pub fn file(self) -> String {
        match self {
            Place::Fred(id) => format!("fred/{id}.csv"),
            Place::ReferenceRate { .. } => "nyfed/reference_rates.csv".to_owned(),
            Place::OvernightRepo => "nyfed/repo_overnight_accepted_daily.csv".to_owned(),
            Place::Holdings(_) => "nyfed/soma_summary.csv".to_owned(),
            Place::CashBalance => "fiscaldata/operating_cash_balance.csv".to_owned(),
            Place::NetBills | Place::NetCoupons => "fiscaldata/public_debt_transactions.csv".to_owned(),
        }
    }
}

/// One official series.
#[derive(Clone, Copy, Debug)]
pub struct Series {
    /// Its name here and on the command line.
    pub name: &'static str,
    /// Who publishes it.
    pub publisher: Publisher,
    /// Where it stands.
    pub place: Place,
    /// The publisher's unit.
    pub unit: PublishedUnit,
    /// Of which days there are values.
    pub frequency: Frequency,
    /// Business days from the day of a value to the close of the day on which it is known.
    pub lag: i32,
    /// First year that the program uses.
    pub since: i16,
    /// Smallest plausible value, in the publisher's unit.
    pub low: f64,
    /// Largest plausible value, in the publisher's unit.
    pub high: f64,
    /// What it is.
    pub meaning: &'static str,
    /// What the program makes of it.
    pub feeds: &'static str,
}

impl Series {
    /// The day at whose close the value of a day is known.
    pub fn published(&self, date: Date) -> Date {
        (0..self.lag).fold(fedwire::on_or_after(date), |day, _| fedwire::next_business_day(day))
    }
}

macro_rules! registry {
    ($( $id:ident, $publisher:ident, $place:expr, $unit:ident, $frequency:ident, $lag:expr, $since:expr,
        $low:expr, $high:expr; $name:literal, $meaning:literal, $feeds:literal; )*) => {
        /// The name of a series.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum SeriesId {
            $( #[doc = $meaning] $id, )*
        }

        /// Every series, in the order of [`SeriesId`].
        pub const REGISTRY: &[Series] = &[$( Series {
            name: $name,
            publisher: Publisher::$publisher,
            place: $place,
            unit: PublishedUnit::$unit,
            frequency: Frequency::$frequency,
            lag: $lag,
            since: $since,
            low: $low,
            high: $high,
            meaning: $meaning,
            feeds: $feeds,
        }, )*];

        impl SeriesId {
            /// Every series.
            pub const ALL: &[SeriesId] = &[$( SeriesId::$id, )*];
        }
    };
}

const fn rate(rate: &'static str, column: &'static str) -> Place {
    Place::ReferenceRate { rate, column }
}

// Lags: the H.4.1 of a Wednesday is out on Thursday at 16:30; SOFR, TGCR, BGCR, EFFR and OBFR of a day on the next
// at 8:00 or 9:00; repo and reverse repo operations within the hour; the Daily Treasury Statement on the next
// business day at 16:00. Plausible ranges: everything published from 2018 to 2026, with room.
registry! {
    TotalAssets, Board, Place::Fred("WALCL"), Millions, Wednesday, 1, 2018, 3e6, 2e7;
        "WALCL", "Fed total assets.", "opening balance sheet";
    TreasurySecurities, Board, Place::Fred("TREAST"), Millions, Wednesday, 1, 2018, 1.5e6, 1.5e7;
        "TREAST", "Treasury securities held outright by the Fed.", "opening balance sheet, conditional run";
    MortgageSecurities, Board, Place::Fred("WSHOMCB"), Millions, Wednesday, 1, 2018, 5e5, 6e6;
        "WSHOMCB", "Agency MBS held outright by the Fed.", "opening balance sheet, conditional run";
    Loans, Board, Place::Fred("WLCFLL"), Millions, Wednesday, 1, 2018, 0.0, 1e6;
        "WLCFLL", "Loans of the Fed.", "opening balance sheet";
    TreasuryBills, NewYorkFed, Place::Holdings("bills"), Dollars, Wednesday, 1, 2018, 0.0, 3e12;
        "SOMA_BILLS", "Treasury bills held outright by the Fed.", "opening balance sheet";
    PrimaryCredit, Board, Place::Fred("WLCFLPCL"), Millions, Wednesday, 1, 2018, 0.0, 1e6;
        "WLCFLPCL", "Primary credit.", "opening balance sheet";
    StandingRepoWednesday, Board, Place::Fred("H41RESPPALGTRONWW"), Millions, Wednesday, 1, 2018, 0.0, 2e6;
        "H41RESPPALGTRONWW", "Repurchase agreements other than with foreign official accounts.", "opening balance sheet";
    ReserveBalances, Board, Place::Fred("WRBWFRBL"), Millions, Wednesday, 1, 2018, 5e5, 1e7;
        "WRBWFRBL", "Reserve balances, Wednesday level.", "opening balance sheet, scores";
    ReserveBalancesAverage, Board, Place::Fred("WRESBAL"), Millions, WeekAverage, 1, 2018, 5e5, 1e7;
        "WRESBAL", "Reserve balances, average of the week.", "checks";
    Currency, Board, Place::Fred("WCICL"), Millions, Wednesday, 1, 2018, 1e6, 5e6;
        "WCICL", "Currency in circulation.", "opening balance sheet";
    RemittancesDue, Board, Place::Fred("WLAD"), Millions, Wednesday, 1, 2018, -1e6, 1e6;
        "WLAD", "Earnings remittances due to the Treasury; negative is the deferred asset.", "net income of the Fed";
    TreasuryAccountWednesday, Board, Place::Fred("WDTGAL"), Millions, Wednesday, 1, 2018, 0.0, 3e6;
        "WDTGAL", "Treasury General Account, Wednesday level.", "opening balance sheet";
    ForeignReverseRepo, Board, Place::Fred("WLRRAFOIAL"), Millions, Wednesday, 1, 2018, 5e4, 1.5e6;
        "WLRRAFOIAL", "Reverse repurchase agreements with foreign official accounts.", "opening balance sheet";
    OtherReverseRepo, Board, Place::Fred("WLRRAOL"), Millions, Wednesday, 1, 2018, 0.0, 4e6;
        "WLRRAOL", "Reverse repurchase agreements with others: ON RRP.", "opening balance sheet";
    OnRrp, Board, Place::Fred("RRPONTSYD"), Billions, Daily, 0, 2018, 0.0, 4e3;
        "RRPONTSYD", "Overnight reverse repo, Treasury securities sold.", "opening balance sheet, fit, scores";
    Sofr, NewYorkFed, rate("SOFR", "percentRate"), Percent, Daily, 1, 2018, -1.0, 15.0;
        "SOFR", "Secured Overnight Financing Rate.", "opening rates, fit, scores";
    SofrPercentile1, NewYorkFed, rate("SOFR", "percentPercentile1"), Percent, Daily, 1, 2018, -2.0, 15.0;
        "SOFR1", "First percentile of the trades behind SOFR.", "spread of trades";
    SofrPercentile25, NewYorkFed, rate("SOFR", "percentPercentile25"), Percent, Daily, 1, 2018, -2.0, 15.0;
        "SOFR25", "25th percentile of the trades behind SOFR.", "spread of trades";
    SofrPercentile75, NewYorkFed, rate("SOFR", "percentPercentile75"), Percent, Daily, 1, 2018, -2.0, 15.0;
        "SOFR75", "75th percentile of the trades behind SOFR.", "spread of trades";
    SofrPercentile99, NewYorkFed, rate("SOFR", "percentPercentile99"), Percent, Daily, 1, 2018, -2.0, 20.0;
        "SOFR99", "99th percentile of the trades behind SOFR.", "spread of trades";
    SofrVolume, NewYorkFed, rate("SOFR", "volumeInBillions"), Billions, Daily, 1, 2018, 100.0, 2e4;
        "SOFRVOL", "Volume of the trades behind SOFR.", "checks";
    Tgcr, NewYorkFed, rate("TGCR", "percentRate"), Percent, Daily, 1, 2018, -1.0, 15.0;
        "TGCR", "Tri-Party General Collateral Rate.", "opening rates, fit";
    Bgcr, NewYorkFed, rate("BGCR", "percentRate"), Percent, Daily, 1, 2018, -1.0, 15.0;
        "BGCR", "Broad General Collateral Rate.", "checks";
    Effr, NewYorkFed, rate("EFFR", "percentRate"), Percent, Daily, 1, 2018, -1.0, 15.0;
        "EFFR", "Effective federal funds rate.", "opening rates, scores";
    Obfr, NewYorkFed, rate("OBFR", "percentRate"), Percent, Daily, 1, 2018, -1.0, 15.0;
        "OBFR", "Overnight Bank Funding Rate.", "checks";
    OvernightRepo, NewYorkFed, Place::OvernightRepo, Billions, OperationDays, 0, 2018, 0.0, 1e3;
        "SRF", "Overnight repo with the Fed; the standing facility since 29 July 2021.", "opening balance sheet, scores";
    CashBalance, FiscalService, Place::CashBalance, Millions, Daily, 1, 2018, 0.0, 3e6;
        "TGA", "Closing balance of the Treasury General Account.", "opening balance sheet, operating flow, scores";
    NetBills, FiscalService, Place::NetBills, Millions, Daily, 1, 2021, -5e5, 5e5;
        "NET_BILLS", "Bills issued less redeemed.", "operating flow, conditional run";
    NetCoupons, FiscalService, Place::NetCoupons, Millions, Daily, 1, 2021, -5e5, 5e5;
        "NET_COUPONS", "Notes and bonds issued less redeemed.", "operating flow, conditional run";
}

impl SeriesId {
    /// What the registry says of it.
    pub fn series(self) -> &'static Series {
        &REGISTRY[self as usize]
    }
}

impl fmt::Display for SeriesId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.series().name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_h41_of_a_wednesday_is_known_on_thursday_and_after_a_holiday_on_friday() {
        let assets = SeriesId::TotalAssets.series();
        assert_eq!(assets.published(date(2025, 10, 29)), date(2025, 10, 30));
        // Thanksgiving: the release of 26 November 2025 came on Friday the 28th (Federal Reserve, H.4.1 dates).
        assert_eq!(assets.published(date(2025, 11, 26)), date(2025, 11, 28));
    }

    #[test]
    fn names_are_unique() {
        let names: std::collections::BTreeSet<&str> = REGISTRY.iter().map(|series| series.name).collect();
        assert_eq!(names.len(), REGISTRY.len());
    }
}
