//! What the Fed and the Treasury announced, and when: known from the day of the announcement, in force later.

use jiff::civil::{Date, date};

/// Something announced on a day.
pub trait Announced {
    /// The day at whose close it is known.
    fn announced(&self) -> Date;
}

macro_rules! announced {
    ($( $name:ident ),*) => { $( impl Announced for $name {
        fn announced(&self) -> Date {
            self.announced
        }
    } )* };
}
announced!(RateStep, RunoffCaps, CashTarget, DebtLimit, PurchasePace);

/// Administered rates, percent per year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateStep {
    /// Day of the announcement.
    pub announced: Date,
    /// First day in force.
    pub from: Date,
    /// Interest on reserve balances; before 29 July 2021 on excess reserves.
    pub iorb: f64,
    /// Rate of the overnight reverse repo facility.
    pub on_rrp: f64,
    /// Minimum bid of the standing repo facility; before 29 July 2021 the top of the target range.
    pub srf: f64,
}

/// Monthly caps on runoff, $bn; zero means that all principal is reinvested.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunoffCaps {
    /// Day of the announcement.
    pub announced: Date,
    /// First day in force.
    pub from: Date,
    /// Treasury securities.
    pub treasuries: f64,
    /// Agency MBS.
    pub mbs: f64,
}

/// The Treasury's assumption of its cash balance at the end of a quarter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CashTarget {
    /// Day of the announcement.
    pub announced: Date,
    /// The quarter's last day.
    pub date: Date,
    /// The balance, $bn.
    pub level: f64,
}

/// A change of what the debt limit allows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DebtLimit {
    /// Day of the announcement.
    pub announced: Date,
    /// First day in force.
    pub from: Date,
    /// Extraordinary measures left to borrow against, $bn, while the limit binds; none when it is suspended or raised.
    pub room: Option<f64>,
}

/// The pace at which the Fed adds to its portfolio, above reinvestment, $bn a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PurchasePace {
    /// Day of the announcement.
    pub announced: Date,
    /// First day in force.
    pub from: Date,
    /// Treasury bills.
    pub bills: f64,
    /// Treasury notes and bonds.
    pub coupons: f64,
    /// Agency MBS.
    pub mbs: f64,
}

/// Administered rates since 2018: FOMC implementation notes of the day announced (Board of Governors).
pub fn rate_steps() -> &'static [RateStep] {
    RATE_STEPS
}

/// Caps since 2018: FOMC statements and policy normalisation addenda of the day announced (Board of Governors).
pub fn runoff_caps() -> &'static [RunoffCaps] {
    RUNOFF_CAPS
}

/// Cash balance assumptions: Treasury, marketable borrowing estimates of the day announced.
pub fn cash_targets() -> &'static [CashTarget] {
    CASH_TARGETS
}

/// The debt limit since 2019: Treasury letters to Congress and the acts that suspended or raised it.
pub fn debt_limits() -> &'static [DebtLimit] {
    DEBT_LIMITS
}

/// Paces of purchase since 2019: FOMC directives and New York Fed operating policies of the day announced.
pub fn purchase_paces() -> &'static [PurchasePace] {
    PURCHASE_PACES
}

const fn step(announced: Date, from: Date, iorb: f64, on_rrp: f64, srf: f64) -> RateStep {
    RateStep { announced, from, iorb, on_rrp, srf }
}

// The top of the target range before the standing facility: FRED DFEDTARU.
const RATE_STEPS: &[RateStep] = &[
    step(date(2018, 3, 21), date(2018, 3, 22), 1.75, 1.5, 1.75),
    step(date(2018, 6, 13), date(2018, 6, 14), 1.95, 1.75, 2.0),
    step(date(2018, 9, 26), date(2018, 9, 27), 2.2, 2.0, 2.25),
    step(date(2018, 12, 19), date(2018, 12, 20), 2.4, 2.25, 2.5),
    step(date(2019, 5, 1), date(2019, 5, 2), 2.35, 2.25, 2.5),
    step(date(2019, 7, 31), date(2019, 8, 1), 2.1, 2.0, 2.25),
    step(date(2019, 9, 18), date(2019, 9, 19), 1.8, 1.7, 2.0),
    step(date(2019, 10, 30), date(2019, 10, 31), 1.55, 1.45, 1.75),
    step(date(2020, 1, 29), date(2020, 1, 30), 1.6, 1.5, 1.75),
    step(date(2020, 3, 3), date(2020, 3, 4), 1.1, 1.0, 1.25),
    step(date(2020, 3, 15), date(2020, 3, 16), 0.1, 0.0, 0.25),
    step(date(2021, 6, 16), date(2021, 6, 17), 0.15, 0.05, 0.25),
    step(date(2021, 7, 28), date(2021, 7, 29), 0.15, 0.05, 0.25),
    step(date(2022, 3, 16), date(2022, 3, 17), 0.4, 0.3, 0.5),
    step(date(2022, 5, 4), date(2022, 5, 5), 0.9, 0.8, 1.0),
    step(date(2022, 6, 15), date(2022, 6, 16), 1.65, 1.55, 1.75),
    step(date(2022, 7, 27), date(2022, 7, 28), 2.4, 2.3, 2.5),
    step(date(2022, 9, 21), date(2022, 9, 22), 3.15, 3.05, 3.25),
    step(date(2022, 11, 2), date(2022, 11, 3), 3.9, 3.8, 4.0),
    step(date(2022, 12, 14), date(2022, 12, 15), 4.4, 4.3, 4.5),
    step(date(2023, 2, 1), date(2023, 2, 2), 4.65, 4.55, 4.75),
    step(date(2023, 3, 22), date(2023, 3, 23), 4.9, 4.8, 5.0),
    step(date(2023, 5, 3), date(2023, 5, 4), 5.15, 5.05, 5.25),
    step(date(2023, 7, 26), date(2023, 7, 27), 5.4, 5.3, 5.5),
    step(date(2024, 9, 18), date(2024, 9, 19), 4.9, 4.8, 5.0),
    step(date(2024, 11, 7), date(2024, 11, 8), 4.65, 4.55, 4.75),
    step(date(2024, 12, 18), date(2024, 12, 19), 4.4, 4.25, 4.5),
    step(date(2025, 9, 17), date(2025, 9, 18), 4.15, 4.0, 4.25),
    step(date(2025, 10, 29), date(2025, 10, 30), 3.9, 3.75, 4.0),
    step(date(2025, 12, 10), date(2025, 12, 11), 3.65, 3.5, 3.75),
    step(date(2026, 9, 16), date(2026, 9, 17), 3.9, 3.75, 4.0),
];

const fn caps(announced: Date, from: Date, treasuries: f64, mbs: f64) -> RunoffCaps {
    RunoffCaps { announced, from, treasuries, mbs }
}

const RUNOFF_CAPS: &[RunoffCaps] = &[
    caps(date(2017, 9, 20), date(2017, 10, 1), 6.0, 4.0),
    caps(date(2017, 12, 13), date(2018, 1, 1), 12.0, 8.0),
    caps(date(2018, 3, 21), date(2018, 4, 1), 18.0, 12.0),
    caps(date(2018, 6, 13), date(2018, 7, 1), 24.0, 16.0),
    caps(date(2018, 9, 26), date(2018, 10, 1), 30.0, 20.0),
    caps(date(2019, 3, 20), date(2019, 5, 1), 15.0, 20.0),
    caps(date(2019, 7, 31), date(2019, 8, 1), 0.0, 0.0),
    caps(date(2022, 5, 4), date(2022, 6, 1), 30.0, 17.5),
    caps(date(2022, 5, 4), date(2022, 9, 1), 60.0, 35.0),
    caps(date(2024, 5, 1), date(2024, 6, 1), 25.0, 35.0),
    caps(date(2025, 3, 19), date(2025, 4, 1), 5.0, 35.0),
    caps(date(2025, 10, 29), date(2025, 12, 1), 0.0, 0.0),
];

const fn target(announced: Date, date: Date, level: f64) -> CashTarget {
    CashTarget { announced, date, level }
}

const CASH_TARGETS: &[CashTarget] = &[];

const DEBT_LIMITS: &[DebtLimit] = &[];

const PURCHASE_PACES: &[PurchasePace] = &[];
