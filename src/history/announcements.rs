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
announced!(RateStep, RunoffCaps, CashTarget, DebtLimit, PurchasePace, OnRrpLimit, FacilityTerms);

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
    /// What binds from then on; none when the limit is suspended or raised out of reach.
    pub binding: Option<Binding>,
}

/// A debt limit that binds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Binding {
    /// What could be borrowed in the market from its first day on: room below the limit and extraordinary measures, $bn.
    pub room: f64,
    /// First and last day on which cash and measures were expected to run out, and by which the limit had to be lifted.
    pub exhausted: (Date, Date),
}

/// What one counterparty may lend to the overnight reverse repo facility, $bn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OnRrpLimit {
    /// Day of the announcement.
    pub announced: Date,
    /// First day in force.
    pub from: Date,
    /// The limit.
    pub limit: f64,
}

/// Terms of the standing repo facility.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FacilityTerms {
    /// Day of the announcement.
    pub announced: Date,
    /// First day in force.
    pub from: Date,
    /// The most it lends, $bn.
    pub limit: f64,
    /// Whether it also operates in the morning.
    pub morning: bool,
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

/// A rate over IORB on a day since the first announced step, bp.
pub fn over_iorb(rate: f64, date: Date) -> f64 {
    let step = RATE_STEPS.partition_point(|step| step.from <= date).max(1) - 1;
    (rate - RATE_STEPS[step].iorb) * 100.0
}

/// Caps since 2018: FOMC statements and policy normalisation addenda of the day announced (Board of Governors).
pub fn runoff_caps() -> &'static [RunoffCaps] {
    RUNOFF_CAPS
}

/// Cash balance assumptions: Treasury, marketable borrowing estimates of the day announced.
pub fn cash_targets() -> &'static [CashTarget] {
    CASH_TARGETS
}

/// Limits of each counterparty since 2018: New York Fed operating policies and FOMC implementation notes.
pub fn on_rrp_limits() -> &'static [OnRrpLimit] {
    ON_RRP_LIMITS
}

/// Terms of the standing facility, none before July 2021: FOMC statements and New York Fed operating policies.
pub fn facility_terms() -> &'static [FacilityTerms] {
    FACILITY_TERMS
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

// Treasury, marketable borrowing estimates of the day announced: each names the balance at the end of two quarters. The
// releases of 28 January and 29 April 2019, 1 February and 3 May 2021, 31 January and 2 May 2022, 1 May and 31 July 2023
// and all of 2025 were read; the others are from memory and not verified.
const CASH_TARGETS: &[CashTarget] = &[
    target(date(2018, 1, 29), date(2018, 3, 31), 210.0),
    target(date(2018, 1, 29), date(2018, 6, 30), 360.0),
    target(date(2018, 4, 30), date(2018, 6, 30), 360.0),
    target(date(2018, 4, 30), date(2018, 9, 30), 350.0),
    target(date(2018, 7, 30), date(2018, 9, 30), 350.0),
    target(date(2018, 7, 30), date(2018, 12, 31), 390.0),
    target(date(2018, 10, 29), date(2018, 12, 31), 410.0),
    target(date(2018, 10, 29), date(2019, 3, 31), 320.0),
    target(date(2019, 1, 28), date(2019, 3, 31), 320.0),
    target(date(2019, 1, 28), date(2019, 6, 30), 300.0),
    target(date(2019, 4, 29), date(2019, 6, 30), 270.0),
    // Under the debt limit.
    target(date(2019, 4, 29), date(2019, 9, 30), 85.0),
    target(date(2019, 7, 29), date(2019, 9, 30), 350.0),
    target(date(2019, 7, 29), date(2019, 12, 31), 410.0),
    target(date(2019, 10, 28), date(2019, 12, 31), 410.0),
    target(date(2019, 10, 28), date(2020, 3, 31), 400.0),
    target(date(2020, 2, 3), date(2020, 3, 31), 400.0),
    target(date(2020, 2, 3), date(2020, 6, 30), 400.0),
    target(date(2020, 5, 4), date(2020, 6, 30), 800.0),
    target(date(2020, 5, 4), date(2020, 9, 30), 800.0),
    target(date(2020, 8, 3), date(2020, 9, 30), 800.0),
    target(date(2020, 8, 3), date(2020, 12, 31), 800.0),
    target(date(2020, 11, 2), date(2020, 12, 31), 800.0),
    target(date(2020, 11, 2), date(2021, 3, 31), 800.0),
    target(date(2021, 2, 1), date(2021, 3, 31), 800.0),
    target(date(2021, 2, 1), date(2021, 6, 30), 500.0),
    target(date(2021, 5, 3), date(2021, 6, 30), 800.0),
    // What the law that suspended the limit to 31 July allowed.
    target(date(2021, 5, 3), date(2021, 7, 31), 450.0),
    target(date(2021, 5, 3), date(2021, 9, 30), 750.0),
    target(date(2021, 8, 2), date(2021, 9, 30), 750.0),
    target(date(2021, 8, 2), date(2021, 12, 31), 800.0),
    target(date(2021, 11, 1), date(2021, 12, 31), 650.0),
    target(date(2021, 11, 1), date(2022, 3, 31), 650.0),
    target(date(2022, 1, 31), date(2022, 3, 31), 650.0),
    target(date(2022, 1, 31), date(2022, 6, 30), 700.0),
    target(date(2022, 5, 2), date(2022, 6, 30), 800.0),
    target(date(2022, 5, 2), date(2022, 9, 30), 650.0),
    target(date(2022, 8, 1), date(2022, 9, 30), 650.0),
    target(date(2022, 8, 1), date(2022, 12, 31), 700.0),
    target(date(2022, 10, 31), date(2022, 12, 31), 700.0),
    target(date(2022, 10, 31), date(2023, 3, 31), 500.0),
    target(date(2023, 1, 30), date(2023, 3, 31), 500.0),
    target(date(2023, 1, 30), date(2023, 6, 30), 550.0),
    target(date(2023, 5, 1), date(2023, 6, 30), 550.0),
    target(date(2023, 5, 1), date(2023, 9, 30), 600.0),
    // Treasury, statement on financing after the limit was suspended; from memory.
    target(date(2023, 6, 7), date(2023, 6, 30), 425.0),
    target(date(2023, 7, 31), date(2023, 9, 30), 650.0),
    target(date(2023, 7, 31), date(2023, 12, 31), 750.0),
    target(date(2023, 10, 30), date(2023, 12, 31), 750.0),
    target(date(2023, 10, 30), date(2024, 3, 31), 750.0),
    target(date(2024, 1, 29), date(2024, 3, 31), 750.0),
    target(date(2024, 1, 29), date(2024, 6, 30), 750.0),
    target(date(2024, 4, 29), date(2024, 6, 30), 750.0),
    target(date(2024, 4, 29), date(2024, 9, 30), 850.0),
    target(date(2024, 7, 29), date(2024, 9, 30), 850.0),
    target(date(2024, 7, 29), date(2024, 12, 31), 700.0),
    target(date(2024, 10, 28), date(2024, 12, 31), 700.0),
    target(date(2024, 10, 28), date(2025, 3, 31), 850.0),
    target(date(2025, 2, 3), date(2025, 3, 31), 850.0),
    target(date(2025, 2, 3), date(2025, 6, 30), 850.0),
    target(date(2025, 4, 28), date(2025, 6, 30), 850.0),
    target(date(2025, 4, 28), date(2025, 9, 30), 850.0),
    // Treasury, statement after the limit was raised (Reuters, 8 July 2025).
    target(date(2025, 7, 8), date(2025, 7, 31), 500.0),
    target(date(2025, 7, 28), date(2025, 9, 30), 850.0),
    target(date(2025, 7, 28), date(2025, 12, 31), 850.0),
    target(date(2025, 11, 3), date(2025, 12, 31), 850.0),
    target(date(2025, 11, 3), date(2026, 3, 31), 850.0),
    target(date(2026, 2, 2), date(2026, 3, 31), 850.0),
    target(date(2026, 2, 2), date(2026, 6, 30), 900.0),
    target(date(2026, 5, 4), date(2026, 6, 30), 900.0),
    target(date(2026, 5, 4), date(2026, 9, 30), 950.0),
    target(date(2026, 8, 3), date(2026, 9, 30), 950.0),
    target(date(2026, 8, 3), date(2026, 12, 31), 850.0),
];

const fn binds(announced: Date, from: Date, room: f64, first: Date, last: Date) -> DebtLimit {
    DebtLimit { announced, from, binding: Some(Binding { room, exhausted: (first, last) }) }
}

const fn lifted(announced: Date) -> DebtLimit {
    DebtLimit { announced, from: announced, binding: None }
}

// Rooms of 2019 and 2021: what was restored when the limit was lifted (Daily Treasury Statement, table III-C), close to the
// estimates of the time. Days of exhaustion: Treasury letters and reports of the Congressional Budget Office of the day
// announced, from memory where no address is given.
const DEBT_LIMITS: &[DebtLimit] = &[
    // Bipartisan Budget Act of 2018: suspended through 1 March 2019.
    binds(date(2018, 2, 9), date(2019, 3, 2), 290.0, date(2019, 8, 15), date(2019, 10, 31)),
    // Treasury letter of 12 July 2019: early September.
    binds(date(2019, 7, 12), date(2019, 3, 2), 290.0, date(2019, 8, 1), date(2019, 9, 15)),
    lifted(date(2019, 8, 2)),
    // Bipartisan Budget Act of 2019: suspended through 31 July 2021. Exhaustion: Congressional Budget Office, July 2021.
    binds(date(2019, 8, 2), date(2021, 8, 1), 320.0, date(2021, 10, 1), date(2021, 11, 30)),
    // Treasury letter of 28 September 2021: 18 October.
    binds(date(2021, 9, 28), date(2021, 8, 1), 320.0, date(2021, 10, 5), date(2021, 10, 22)),
    // Raised by 480, of which the measures used were restored, and could be used again. Letter of 18 October: 3 December.
    binds(date(2021, 10, 14), date(2021, 10, 15), 480.0, date(2021, 12, 1), date(2021, 12, 31)),
    // Treasury letter of 16 November 2021: 15 December.
    binds(date(2021, 11, 16), date(2021, 10, 15), 480.0, date(2021, 12, 10), date(2021, 12, 31)),
    lifted(date(2021, 12, 16)),
    // Treasury letter of 13 January 2023: not before early June. Measures authorised in all: statement of 2 June 2023.
    binds(date(2023, 1, 13), date(2023, 1, 19), 337.0, date(2023, 6, 1), date(2023, 9, 30)),
    // Treasury letter of 1 May 2023: perhaps 1 June.
    binds(date(2023, 5, 1), date(2023, 1, 19), 337.0, date(2023, 6, 1), date(2023, 6, 30)),
    // Treasury letter of 26 May 2023: 5 June.
    binds(date(2023, 5, 26), date(2023, 1, 19), 337.0, date(2023, 6, 1), date(2023, 6, 9)),
    // Fiscal Responsibility Act: suspended through 1 January 2025.
    lifted(date(2023, 6, 3)),
    binds(date(2023, 6, 3), date(2025, 1, 2), 336.0, date(2025, 6, 1), date(2025, 9, 30)),
    // Treasury letter of 17 January 2025 (jy2798): suspension period from 21 January. Room: secondary estimates.
    binds(date(2025, 1, 17), date(2025, 1, 21), 336.0, date(2025, 6, 1), date(2025, 9, 30)),
    // Congressional Budget Office, 26 March 2025: August or September.
    binds(date(2025, 3, 26), date(2025, 1, 21), 336.0, date(2025, 7, 15), date(2025, 9, 30)),
    // Treasury letter of 9 May 2025: August.
    binds(date(2025, 5, 9), date(2025, 1, 21), 336.0, date(2025, 7, 1), date(2025, 8, 31)),
    // 147 more at the end of June, when the Civil Service fund's securities mature: secondary estimates.
    binds(date(2025, 6, 25), date(2025, 1, 21), 483.0, date(2025, 7, 4), date(2025, 8, 31)),
    lifted(date(2025, 7, 4)),
];

const fn buys(announced: Date, from: Date, bills: f64, coupons: f64, mbs: f64) -> PurchasePace {
    PurchasePace { announced, from, bills, coupons, mbs }
}

const PURCHASE_PACES: &[PurchasePace] = &[
    // FOMC statement of 11 October 2019: 60 a month at least into the second quarter of 2020.
    buys(date(2019, 10, 11), date(2019, 10, 15), 60.0, 0.0, 0.0),
    // FOMC statements of 15 and 23 March 2020: "at least" 500 and 200 over the coming months, then without limit; the pace
    // is the size of the first, from memory.
    buys(date(2020, 3, 15), date(2020, 3, 16), 0.0, 500.0, 200.0),
    // FOMC directive of 10 June 2020; from memory, as all of this programme. The H.4.1 agrees.
    buys(date(2020, 6, 10), date(2020, 6, 11), 0.0, 80.0, 40.0),
    // FOMC statement of 3 November 2021: less by 10 and 5 a month, from the middle of the month.
    buys(date(2021, 11, 3), date(2021, 11, 15), 0.0, 70.0, 35.0),
    buys(date(2021, 11, 3), date(2021, 12, 14), 0.0, 60.0, 30.0),
    // FOMC statement of 15 December 2021: less by 20 and 10 a month, to end in March.
    buys(date(2021, 12, 15), date(2022, 1, 14), 0.0, 40.0, 20.0),
    buys(date(2021, 12, 15), date(2022, 2, 14), 0.0, 20.0, 10.0),
    buys(date(2021, 12, 15), date(2022, 3, 10), 0.0, 0.0, 0.0),
    // New York Fed, operating policy of 10 December 2025: 40 a month from 12 December, elevated for a few months and then
    // to be reduced significantly; how far was not said, and a half is an assumption.
    buys(date(2025, 12, 10), date(2025, 12, 12), 40.0, 0.0, 0.0),
    buys(date(2025, 12, 10), date(2026, 4, 15), 20.0, 0.0, 0.0),
    // Paused from 14 August 2026: secondary sources.
    buys(date(2026, 8, 13), date(2026, 8, 14), 0.0, 0.0, 0.0),
];

const fn rrp(announced: Date, from: Date, limit: f64) -> OnRrpLimit {
    OnRrpLimit { announced, from, limit }
}

// The first is in force since 2014 (New York Fed, operating policy of 17 September 2014).
const ON_RRP_LIMITS: &[OnRrpLimit] = &[
    rrp(date(2014, 9, 17), date(2014, 9, 22), 30.0),
    rrp(date(2021, 3, 17), date(2021, 3, 18), 80.0),
    rrp(date(2021, 9, 22), date(2021, 9, 23), 160.0),
];

const fn terms(announced: Date, from: Date, limit: f64, morning: bool) -> FacilityTerms {
    FacilityTerms { announced, from, limit, morning }
}

const FACILITY_TERMS: &[FacilityTerms] = &[
    // FOMC statement of 28 July 2021.
    terms(date(2021, 7, 28), date(2021, 7, 29), 500.0, false),
    // New York Fed, statement of 28 May 2025: daily morning operations.
    terms(date(2025, 5, 28), date(2025, 6, 26), 500.0, true),
    // Implementation note of 10 December 2025: no limit; ten trillion is more than the market could take.
    terms(date(2025, 12, 10), date(2025, 12, 11), 10_000.0, true),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn in_order<T: Announced>(all: &[T]) -> bool {
        all.windows(2).all(|pair| pair[0].announced() <= pair[1].announced())
    }

    #[test]
    fn what_was_announced_stands_in_the_order_of_its_announcement() {
        assert!(in_order(RATE_STEPS) && in_order(RUNOFF_CAPS) && in_order(CASH_TARGETS));
        assert!(
            in_order(DEBT_LIMITS) && in_order(PURCHASE_PACES) && in_order(ON_RRP_LIMITS) && in_order(FACILITY_TERMS)
        );
    }

    #[test]
    fn estimates_name_the_ends_of_quarters_to_come() {
        for target in CASH_TARGETS {
            assert!(target.announced < target.date, "{target:?}");
            assert!((80.0..=1000.0).contains(&target.level), "{target:?}");
        }
    }
}
