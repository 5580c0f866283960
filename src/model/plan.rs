//! What is known in advance of every day of a run: the part of the world that is the same on all paths.

use super::books::OpeningStocks;
use super::coupons::COUPON_LINES;
use super::operating_flow::CALENDAR_EFFECTS;
use jiff::civil::Date;

/// Business days between the announcement of a bill auction and its settlement.
///
/// Four-, eight- and 17-week bills are announced on Tuesday and settle on the next; 13- and 26-week bills
/// are announced on Thursday and settle on the next (Treasury, tentative auction schedule).
pub const AUCTION_LEAD: usize = 5;

/// Business days beyond a settlement at which the Treasury wants its cash on target: about a month, the
/// horizon of its cash forecasts (Treasury quarterly refunding documents).
pub const CASH_HORIZON: usize = 20;

/// Business days in an average month.
pub const BUSINESS_DAYS_PER_MONTH: f64 = BUSINESS_DAYS_PER_YEAR / 12.0;

/// Business days in an average year.
pub const BUSINESS_DAYS_PER_YEAR: f64 = 251.0;

/// Business days in a week.
pub const BUSINESS_DAYS_PER_WEEK: f64 = 5.0;

/// The days ahead and the state they start from.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The vintage's day, whose close is the opening state.
    pub opening_date: Date,
    /// The days to simulate, in order, all business days.
    pub days: Vec<DayPlan>,
    /// Opening stocks.
    pub opening: OpeningStocks,
    /// Behavioural state at the opening.
    pub initial: InitialState,
    /// Administered rates at the opening.
    pub opening_rates: AdministeredRates,
    /// Fed assets outside the books' instruments, $bn.
    pub other_fed_assets: f64,
    /// Nominal GDP at an annual rate, $bn.
    pub gdp: f64,
    /// Whether administered rates can leave their announced path: at random meetings or by rule.
    pub rates_may_move: bool,
    /// Whether a debt limit binds at some time.
    pub debt_limit: bool,
    /// Whether the satellite of risk assets is on.
    pub risk_assets: bool,
}

/// Behavioural state at the opening.
#[derive(Clone, Copy, Debug)]
pub struct InitialState {
    /// TGCR less IORB, bp.
    pub tgcr_iorb: f64,
    /// SOFR less IORB, bp.
    pub sofr_iorb: f64,
    /// EFFR less IORB, bp.
    pub effr_iorb: f64,
    /// Recent average of SOFR less IORB, bp.
    pub sofr_iorb_average: f64,
    /// Take-up of ON RRP, $bn.
    pub on_rrp: f64,
    /// IORB less the ON RRP rate, bp.
    pub corridor_floor: f64,
    /// Extra needs of the opening day, which fade.
    pub needs: Needs,
}

/// One business day.
#[derive(Clone, Debug)]
pub struct DayPlan {
    /// The date.
    pub date: Date,
    /// Calendar effects of the operating flow in force on the day, by their position.
    pub calendar: Vec<usize>,
    /// Whether taxes, benefits or interest are due, so that the flow is hard to foresee.
    pub large_payments: bool,
    /// With which weight each line of notes and bonds settles on the day.
    pub coupons: [f64; COUPON_LINES],
    /// Net notes and bonds that settle on the day as known in advance, in place of the lines' weights, $bn.
    pub known_coupons: f64,
    /// Net bills announced before the opening that settle on the day, $bn.
    pub announced_bills: f64,
    /// The bill auction announced on the day, if any.
    pub auction: Option<Auction>,
    /// Whether a bill auction announced [`AUCTION_LEAD`] days ago settles on the day.
    pub bills_settle: bool,
    /// Share of a month's SOMA maturities that falls on the day: one half or nothing.
    pub soma_share: f64,
    /// Monthly cap on the runoff of Treasury securities, $bn.
    pub runoff_cap: f64,
    /// Whether agency MBS principal is paid on the day.
    pub mbs_principal: bool,
    /// Monthly cap on the runoff of agency MBS, $bn; infinite where there is none.
    pub mbs_cap: f64,
    /// What one counterparty may lend to ON RRP, $bn; infinite where there is no limit.
    pub on_rrp_limit: f64,
    /// Whether the month's pace of reserve management purchases is announced: the ninth business day.
    pub purchase_announcement: bool,
    /// Seasonal flow into currency, $bn.
    pub currency_season: f64,
    /// Flow into money funds by the day of the month, $bn.
    pub fund_season: f64,
    /// Administered rates of the day.
    pub rates: AdministeredRates,
    /// Which extra needs for reserves the day brings.
    pub needs: Needs,
}

/// What the Treasury knows when it announces an auction.
#[derive(Clone, Debug)]
pub struct Auction {
    /// Sum of each calendar effect's weight over the days to the horizon.
    pub calendar: [f64; CALENDAR_EFFECTS],
    /// Sum of coupon settlements' weights over the days to the settlement.
    pub coupons_to_settlement: [f64; COUPON_LINES],
    /// Net notes and bonds known in advance to settle on the days to the settlement, $bn.
    pub known_coupons_to_settlement: f64,
    /// Share of a month's settlements of notes and bonds that falls on the days to the settlement.
    pub share_to_settlement: f64,
    /// Business days to the horizon.
    pub days: f64,
    /// Sum of coupon settlements' weights over the days to the horizon.
    pub coupons: [f64; COUPON_LINES],
    /// Net notes and bonds known in advance to settle on the days to the horizon, $bn.
    pub known_coupons: f64,
    /// Months' worth of SOMA maturities to the horizon.
    pub soma_share: f64,
    /// Monthly cap on the runoff of Treasury securities, $bn.
    pub runoff_cap: f64,
    /// The horizon, as a number of days from the first simulated one.
    pub horizon: usize,
    /// Cash target at the horizon, $bn.
    pub cash_target: f64,
}

/// Rates the Fed sets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdministeredRates {
    /// Interest on reserve balances, percent.
    pub iorb: f64,
    /// ON RRP rate, percent.
    pub on_rrp: f64,
    /// Standing repo rate (top of the range), also the primary credit rate, percent.
    pub srf: f64,
}

impl AdministeredRates {
    /// IORB less the ON RRP rate, bp.
    pub fn corridor_floor(&self) -> f64 {
        (self.iorb - self.on_rrp) * 100.0
    }

    /// Standing repo rate less IORB, bp.
    pub fn corridor_ceiling(&self) -> f64 {
        (self.srf - self.iorb) * 100.0
    }
}

/// Which extra needs for reserves a day brings; each is 0 or 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Needs {
    /// Last business day of a month that ends no quarter.
    pub month_end: f64,
    /// Last business day of a quarter that ends no year.
    pub quarter_end: f64,
    /// Last business day of a year.
    pub year_end: f64,
    /// Mid-month coupon settlement.
    pub mid_month: f64,
    /// Tax date.
    pub tax_date: f64,
}

impl Needs {
    /// Whether the day is the last of a month, quarter or year.
    pub fn ends_a_period(&self) -> bool {
        self.month_end + self.quarter_end + self.year_end > 0.0
    }
}
