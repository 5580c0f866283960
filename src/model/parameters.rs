//! Every behavioural constant of the model, declared once: mechanism, unit, default, prior, bounds, meaning and source.
//!
//! The scenario reader checks names, units and bounds against it, the manifest records the effective values, and the documentation is generated
//! from it. A parameter without any of these parts does not compile.

use crate::units::Unit;

/// What is known of a parameter besides its value.
#[derive(Clone, Copy, Debug)]
pub struct ParameterInfo {
    /// The name, as scenario files and [`Parameters`] spell it.
    pub name: &'static str,
    /// The mechanism it belongs to: the name of the file of the model that reads it.
    pub mechanism: &'static str,
    /// The unit of the value.
    pub unit: Unit,
    /// The value used where a scenario says nothing.
    pub default: f64,
    /// How uncertain the default is: the standard deviation of a normal prior around it, cut off at the bounds, from which
    /// calibrations start. It is a standard error, or the difference between sample windows where that is larger; half the
    /// default or more where the default is an assumption; zero where a rule fixes the value.
    pub prior_sd: f64,
    /// The smallest admissible value.
    pub low: f64,
    /// The largest admissible value.
    pub high: f64,
    /// What the parameter does, in one sentence.
    pub meaning: &'static str,
    /// Where the default comes from: author, year, page or series.
    pub source: &'static str,
}

/// The table of parameters: under the name of each mechanism in brackets, `name: unit = default, sd prior, in low, high;` and
/// then `meaning, source;`. A mechanism may head more than one group; the order of the parameters is that of [`PARAMETERS`].
macro_rules! parameters {
    ($( [$mechanism:ident] $(
        $name:ident : $unit:ident = $default:expr, sd $prior_sd:expr, in $low:expr, $high:expr; $meaning:literal, $source:expr;
    )* )*) => {
        /// One value of every parameter; `V` is a number, a distribution, or a lane of per-path values.
        #[derive(Clone, Debug)]
        pub struct Parameters<V> {
            $($( #[doc = concat!($meaning, " Source: see [`PARAMETERS`].")] pub $name: V, )*)*
        }

        /// The declarations of all parameters, in the order of [`Parameters`]'s fields.
        pub const PARAMETERS: &[ParameterInfo] = &[
            $($( ParameterInfo {
                name: stringify!($name), mechanism: stringify!($mechanism), unit: Unit::$unit, default: $default,
                prior_sd: $prior_sd, low: $low, high: $high, meaning: $meaning, source: $source,
            }, )*)*
        ];

        impl<V> Parameters<V> {
            /// Makes one value per parameter from its position in, and its entry of, [`PARAMETERS`].
            pub fn from_fn(mut value: impl FnMut(usize, &'static ParameterInfo) -> V) -> Self {
                let mut position = 0..;
                let mut next = || {
                    let at = position.next().expect("an unbounded range");
                    value(at, &PARAMETERS[at])
                };
                Parameters { $($( $name: next(), )*)* }
            }

            /// All values in the order of [`PARAMETERS`].
            pub fn values(&self) -> Vec<&V> {
                vec![ $($( &self.$name, )*)* ]
            }

            /// The value of the parameter called `name`, to be changed.
            pub fn get_mut(&mut self, name: &str) -> Option<&mut V> {
                match name {
                    $($( stringify!($name) => Some(&mut self.$name), )*)*
                    _ => None,
                }
            }
        }
    };
}

const DTS: &str = "own regression of the daily operating cash flow on calendar days, Daily Treasury Statement \
    tables I and III-A, 24 June 2021 to 31 March 2026 (R² .855; leaving out a year at a time .83)";
const BILLS: &str = "own regression of weekly net bills on the projected cash gap, Daily Treasury Statement, \
    October 2023 to December 2024 and October 2025 to March 2026 (R² .70), carried over by hand to two settlements a week";
const AUCTIONS: &str = "TreasuryDirect and Fiscal Data auction results, issues July 2024 to March 2026, offering amounts; unchanged \
    over the period except TIPS";
const MATURING: &str = "privately held maturing amounts in auction announcements, July 2025 to March 2026, own means by settlement, \
    raised by 9 to 13 so that net issues agree with the Daily Treasury Statement, where buybacks count as redemptions";
const H41: &str = "Federal Reserve H.4.1, weekly, January 2023 to March 2026, own estimates";
const CURVE: &str = "own fit to daily TGCR less IORB and reserve balances, New York Fed and H.4.1, July 2024 to March \
    2026 (R² .69): 3.6bp per $100bn below 3,242";
const GAP: &str = "set so that ON RRP falls as it did from 9 July 2025 and after June 2023; not estimated one by one";
const GAP_NOISE: &str = "weekly innovation of the funding gap of 55, ON RRP June 2023 to August 2025; the split between \
    funds and leveraged investors is assumed";
const NOISE: &str = "set below the innovation of the daily TGCR curve (1.9bp at its floor, half from the price, half from \
    payments) so that the 90% band of autumn 2025 is about 15bp wide; see docs/model.md";
const SLUGGISH: &str = "New York Fed ON RRP operations: 132, 112 and 98bn on 18, 19 and 20 December 2024, when the facility's rate was cut by 5bp against IORB; assumption in size";
const TURNED_AWAY: &str = "New York Fed ON RRP operations: 2,554 on 30 December 2022 against some 2,200 in the weeks around, 399 on 31 March 2025 against 240, 106 on 31 December 2025 against 5";
const PINNED: &str = "own reading of TGCR, New York Fed: mean change from day to day .02 to .4bp with ON RRP above 1,000, .65 at 360, 1.4 to 2.1 at 90 to 220";
const DRIFT: &str = "own reading of TGCR and SOFR, New York Fed: TGCR at 10bp below IORB in 2021, 14 in autumn 2022, 9 in 2024; SOFR over TGCR 0, 4 and 1bp";
const ABSORBS: &str = "own OLS of daily ON RRP on net bills, coupons and operating flow, DTS and New York Fed, July 2021 to September \
    2024, ON RRP above 500, n 668: bills -.68 (.08), -.91 after six weeks; coupons -.60 (.11), two thirds back; flow .16 (.09)";
const SETTLEMENT: &str = "own NLS of TGCR through the curve, April 2018 to February 2020 and July 2024 to March 2026, n 902: coupons \
    1.57 (.63), bills .69 (.47), carry .40 (.19); coupons lowered within their error so that a settlement of $100bn moves SOFR by \
    4 to 10bp in autumn 2025";
const PERIOD_ENDS: &str = "own NLS of TGCR and SOFR on kinds of days through the curve, April 2018 to February 2020 (without 16 to 18 \
    September 2019) and July 2024 to March 2026, n 902, less the cash that goes to ON RRP; lowered within their errors so that the \
    end of 2025 is not overstated";
const SPIKE: &str =
    "own fit to 16 to 18 September 2019, the quarter-ends of 2018 to 2020 and autumn 2025, New York Fed TGCR, H.4.1";
const RETREAT: &str = "own OLS of SOFR less TGCR on height, calendar and an average of max(SOFR - IORB, 0), New York Fed, July 2024 to \
    March 2026, n 436 (R² .47)";
const PERCENTILES: &str = "own robust fit of SOFR percentiles 1, 75 and 99 on the height of SOFR, New York Fed, April 2018 to February \
    2020 and September 2023 to March 2026, n 1,119 (R² .31, .46, .29)";
const BILL_YIELD: &str = "own OLS of the 1-month bill yield less IORB (FRED DGS1MO), June 2023 to March 2026, days without a rate change in \
    the next 33, n 550 (R² .59)";
const RETURNS: &str =
    "four-week returns on changes of net liquidity, 2022 to March 2026, own estimate; the sign is not stable";
const Z1: &str = "Federal Reserve Z.1 of 19 March 2026, L.112: reserves of foreign banking offices 907 (2024Q4) to 1,010 (2025Q4); own OLS on \
    changes, n 8: .50 (.20); large domestic banks from H.8 cash assets, 14 January 2026";
const ASSUMED: &str = "assumption; see docs/model.md";

parameters! {
    [operating_flow]
    // Calendar of the Treasury's operating flow, positive into the TGA. The omitted day is a January Friday.
    flow_constant: BillionsPerDay = 1.7, sd 1.1, in -500.0, 500.0;
        "Operating flow of an ordinary Friday in January.", DTS;
    flow_monday: BillionsPerDay = 17.6, sd 1.0, in -500.0, 500.0;
        "Extra operating flow on Mondays: withheld taxes.", DTS;
    flow_tuesday: BillionsPerDay = -2.3, sd 1.0, in -500.0, 500.0;
        "Extra operating flow on Tuesdays.", DTS;
    flow_wednesday: BillionsPerDay = 2.5, sd 1.0, in -500.0, 500.0;
        "Extra operating flow on Wednesdays.", DTS;
    flow_thursday: BillionsPerDay = -5.4, sd 1.0, in -500.0, 500.0;
        "Extra operating flow on Thursdays.", DTS;
    flow_after_holiday: BillionsPerDay = 12.7, sd 1.9, in -500.0, 500.0;
        "Extra operating flow on the business day after a holiday: two days of receipts.", DTS;
    flow_payday: BillionsPerDay = -69.8, sd 2.3, in -500.0, 500.0;
        "Extra operating flow when benefits and pay due on the 1st are paid.", DTS;
    flow_social_security_third: BillionsPerDay = -20.9, sd 1.3, in -500.0, 500.0;
        "Extra operating flow on the day of the month's first Social Security payment.", DTS;
    flow_second_wednesday: BillionsPerDay = -24.8, sd 1.6, in -500.0, 500.0;
        "Extra operating flow on the second Wednesday: Social Security.", DTS;
    flow_third_wednesday: BillionsPerDay = -23.7, sd 1.6, in -500.0, 500.0;
        "Extra operating flow on the third Wednesday: Social Security.", DTS;
    flow_fourth_wednesday: BillionsPerDay = -26.5, sd 1.6, in -500.0, 500.0;
        "Extra operating flow on the fourth Wednesday: Social Security.", DTS;
    flow_month_end_interest: BillionsPerDay = -11.2, sd 2.1, in -500.0, 500.0;
        "Extra operating flow when month-end coupon interest is paid.", DTS;
    flow_mid_month_interest: BillionsPerDay = -4.0, sd 3.8, in -500.0, 500.0;
        "Extra operating flow on the 15th or the next business day outside refunding months: coupon interest.", DTS;
    flow_refunding_interest: BillionsPerDay = -58.2, sd 2.7, in -500.0, 500.0;
        "Extra operating flow on the 15th or the next business day of February, May, August and November: coupon interest.", DTS;
    tax_january: Billions = 43.2, sd 7.0, in -500.0, 500.0;
        "Extra receipts on the January tax date.", DTS;
    tax_january_after: Billions = 10.3, sd 4.8, in -500.0, 500.0;
        "Extra receipts on the business day after the January tax date.", DTS;
    tax_march: Billions = 19.7, sd 8.9, in -500.0, 500.0;
        "Extra receipts on the March tax date.", DTS;
    tax_march_after: Billions = 14.4, sd 5.2, in -500.0, 500.0;
        "Extra receipts on the business day after the March tax date.", DTS;
    tax_april_before: Billions = 46.7, sd 6.8, in -500.0, 500.0;
        "Extra receipts on the business day before the April tax date.", DTS;
    tax_april: Billions = 114.7, sd 4.3, in -500.0, 500.0;
        "Extra receipts on the April tax date.", DTS;
    tax_april_after: Billions = 46.0, sd 8.0, in -500.0, 500.0;
        "Extra receipts on the business day after the April tax date.", DTS;
    tax_april_second_after: Billions = 24.9, sd 4.6, in -500.0, 500.0;
        "Extra receipts two business days after the April tax date.", DTS;
    tax_quarterly: Billions = 52.2, sd 7.8, in -500.0, 500.0;
        "Extra receipts on the June, September and December tax dates.", DTS;
    tax_quarterly_after: Billions = 10.9, sd 2.6, in -500.0, 500.0;
        "Extra receipts on the business day after the June, September and December tax dates.", DTS;
    tax_october: Billions = 13.9, sd 10.5, in -500.0, 500.0;
        "Extra receipts on 15 October or the next business day: extended returns.", DTS;
    flow_early_april: BillionsPerDay = -26.9, sd 7.1, in -500.0, 500.0;
        "Extra operating flow on 1 to 14 April, beyond the month as a whole.", DTS;
    flow_late_april: BillionsPerDay = -22.4, sd 7.0, in -500.0, 500.0;
        "Extra operating flow on 16 to 30 April, beyond the month as a whole.", DTS;
    flow_february: BillionsPerDay = -8.5, sd 1.3, in -500.0, 500.0;
        "Operating flow of a day in February, beyond January.", DTS;
    flow_march: BillionsPerDay = -6.0, sd 1.3, in -500.0, 500.0;
        "Operating flow of a day in March, beyond January.", DTS;
    flow_april: BillionsPerDay = 29.8, sd 6.8, in -500.0, 500.0;
        "Operating flow of a day in April, beyond January.", DTS;
    flow_may: BillionsPerDay = -4.9, sd 1.3, in -500.0, 500.0;
        "Operating flow of a day in May, beyond January.", DTS;
    flow_june: BillionsPerDay = -2.6, sd 1.3, in -500.0, 500.0;
        "Operating flow of a day in June, beyond January.", DTS;
    flow_july: BillionsPerDay = -7.3, sd 1.3, in -500.0, 500.0;
        "Operating flow of a day in July, beyond January.", DTS;
    flow_august: BillionsPerDay = -7.4, sd 1.3, in -500.0, 500.0;
        "Operating flow of a day in August, beyond January.", DTS;
    flow_september: BillionsPerDay = -0.4, sd 1.3, in -500.0, 500.0;
        "Operating flow of a day in September, beyond January.", DTS;
    flow_october: BillionsPerDay = -4.5, sd 1.3, in -500.0, 500.0;
        "Operating flow of a day in October, beyond January.", DTS;
    flow_november: BillionsPerDay = -8.6, sd 1.3, in -500.0, 500.0;
        "Operating flow of a day in November, beyond January.", DTS;
    flow_december: BillionsPerDay = -3.6, sd 1.3, in -500.0, 500.0;
        "Operating flow of a day in December, beyond January.", DTS;

    // What of the operating flow is not foreseen.
    flow_noise: BillionsPerDay = 8.6, sd 0.6, in 0.0, 200.0;
        "Standard deviation of the unforeseen operating flow on a day without large payments.", DTS;
    flow_noise_large: BillionsPerDay = 18.0, sd 3.0, in 0.0, 200.0;
        "Standard deviation of the unforeseen operating flow on a day with taxes, benefits or interest due.", DTS;
    flow_drift_noise: BillionsPerDay = 0.4, sd 0.15, in 0.0, 50.0;
        "Standard deviation of the daily innovation to the persistent error in the foreseen flow.", DTS;
    flow_drift_half_life: BusinessDays = 46.0, sd 30.0, in 1.0, 500.0;
        "Half-life of the persistent error in the foreseen flow.", DTS;

    [coupons]
    notes_2_year: Billions = 69.0, sd 6.0, in 0.0, 500.0;
        "A new issue of two-year notes to the public.", AUCTIONS;
    notes_3_year: Billions = 58.0, sd 5.0, in 0.0, 500.0;
        "A new issue of three-year notes to the public.", AUCTIONS;
    notes_5_year: Billions = 70.0, sd 7.0, in 0.0, 500.0;
        "A new issue of five-year notes to the public.", AUCTIONS;
    notes_7_year: Billions = 44.0, sd 4.0, in 0.0, 500.0;
        "A new issue of seven-year notes to the public.", AUCTIONS;
    notes_10_year: Billions = 42.0, sd 4.0, in 0.0, 500.0;
        "A new issue of ten-year notes to the public.", AUCTIONS;
    bonds_20_year: Billions = 16.0, sd 1.0, in 0.0, 500.0;
        "A new issue of twenty-year bonds to the public.", AUCTIONS;
    bonds_30_year: Billions = 25.0, sd 2.0, in 0.0, 500.0;
        "A new issue of thirty-year bonds to the public.", AUCTIONS;
    floating_rate_notes: Billions = 30.0, sd 3.0, in 0.0, 500.0;
        "A new issue of two-year floating-rate notes to the public.", AUCTIONS;
    tips_5_year: Billions = 26.0, sd 2.0, in 0.0, 500.0;
        "A new issue of five-year TIPS to the public.", AUCTIONS;
    tips_10_year: Billions = 21.0, sd 2.0, in 0.0, 500.0;
        "A new issue of ten-year TIPS to the public.", AUCTIONS;
    tips_30_year: Billions = 9.0, sd 1.0, in 0.0, 500.0;
        "A new issue of thirty-year TIPS to the public.", AUCTIONS;
    maturing_mid_month_first: Billions = 93.0, sd 15.0, in 0.0, 1000.0;
        "Notes and bonds of the public that mature, or are bought back, mid-month in January, April, July and October.", MATURING;
    maturing_mid_month_second: Billions = 105.0, sd 15.0, in 0.0, 1000.0;
        "Notes and bonds of the public that mature, or are bought back, mid-month in February, May, August and November.", MATURING;
    maturing_mid_month_third: Billions = 43.0, sd 15.0, in 0.0, 1000.0;
        "Notes and bonds of the public that mature, or are bought back, mid-month in March, June, September and December.", MATURING;
    maturing_month_end_first: Billions = 207.0, sd 15.0, in 0.0, 1000.0;
        "Notes and bonds of the public that mature, or are bought back, at the end of January, April, July and October.", MATURING;
    maturing_month_end_second: Billions = 133.0, sd 15.0, in 0.0, 1000.0;
        "Notes and bonds of the public that mature, or are bought back, at the end of February, May, August and November.", MATURING;
    maturing_month_end_third: Billions = 136.0, sd 15.0, in 0.0, 1000.0;
        "Notes and bonds of the public that mature, or are bought back, at the end of March, June, September and December.", MATURING;

    dealer_share_of_coupons: Share = 0.6, sd 0.11, in 0.0, 1.0;
        "Share of net new notes and bonds that dealers hold on the settlement day.",
        ABSORBS;
    levered_share_of_coupons: Share = 0.15, sd 0.15, in 0.0, 1.0;
        "Share of net new notes and bonds that stays with leveraged investors.",
        ABSORBS;
    coupon_settlement_need: Number = 0.8, sd 0.6, in 0.0, 20.0;
        "Extra demand for reserves per dollar of net notes and bonds settling on the day.",
        SETTLEMENT;

    [issuance]
    cash_cushion: Billions = 8.0, sd 10.0, in -200.0, 200.0;
        "Cash the Treasury plans to hold above its announced target.",
        "set so that the TGA of the baseline averages 15 above target, as from October 2023 to March 2026";
    bill_response: Share = 0.16, sd 0.05, in 0.0, 1.0;
        "Share of the projected distance from the cash target that one bill settlement closes in the end.", BILLS;
    bill_inertia: Number = 0.65, sd 0.08, in 0.0, 0.99;
        "Share of a settlement's net bills that carries over to the next: sizes change in steps.", BILLS;
    bill_noise: Billions = 14.0, sd 1.5, in 0.0, 100.0;
        "Standard deviation of net bills per settlement around that rule.", BILLS;
    bill_pace_limit: Billions = 85.0, sd 10.0, in 0.0, 500.0;
        "Largest net issue or redemption of bills in one settlement, two settlements a week.",
        "largest net issue in a week: 169, to 25 January 2023, Daily Treasury Statement table III-A";

    [levered]
    inventory_half_life: BusinessDays = 1.0, sd 0.5, in 0.5, 100.0;
        "Half-life of dealers' excess inventory after a settlement.",
        ABSORBS;

    [federal_reserve]
    soma_maturities: BillionsPerMonth = 75.0, sd 37.5, in 0.0, 300.0;
        "Treasury notes and bonds maturing in the SOMA, half mid-month and half at month-end.",
        "assumption; only what exceeds the runoff cap matters, and it is rolled over";
    mbs_principal: BillionsPerMonth = 16.0, sd 1.5, in 0.0, 100.0;
        "Agency MBS principal paid to the SOMA.", "Federal Reserve H.4.1, WSHOMCB, monthly changes in 2025";
    fed_net_income: BillionsPerWeek = -0.1, sd 0.3, in -10.0, 10.0;
        "Net income of the Federal Reserve; negative while it earns less than it pays.",
        "Federal Reserve H.4.1, WLAD, the deferred asset: 225.1 on 9 July, 236.7 on 31 December 2025";

    [discount_window]
    primary_credit_normal: Billions = 6.0, sd 1.5, in 0.0, 500.0;
        "Primary credit outstanding in calm markets.", "Federal Reserve H.4.1, WLCFLPCL, 2025";
    primary_credit_half_life: BusinessDays = 15.0, sd 7.5, in 0.5, 250.0;
        "Half-life of a departure of primary credit from what banks want: loans run for days or weeks.", ASSUMED;
    primary_credit_slope: BillionsPerBasisPoint = 0.05, sd 0.05, in 0.0, 10.0;
        "Primary credit drawn per basis point that the tri-party rate stands above the primary credit rate and stigma.",
        ASSUMED;
    primary_credit_stigma: BasisPoints = 10.0, sd 15.0, in 0.0, 200.0;
        "How far repo must cost more than primary credit before banks draw it: stigma.",
        "assumption; 44bp in 2008, Armantier, Ghysels, Sarkar and Shrader (2015, JFE 118)";

    [depositors]
    currency_growth: BillionsPerMonth = 3.6, sd 0.9, in -50.0, 50.0;
        "Trend growth of currency in circulation.", H41;
    currency_season: Number = 1.0, sd 0.15, in 0.0, 3.0;
        "Scale of the seasonal pattern of currency in circulation.", H41;
    currency_noise: BillionsPerDay = 1.2, sd 0.15, in 0.0, 20.0;
        "Standard deviation of the daily change of currency in circulation.", H41;
    foreign_rrp_mean: Billions = 345.0, sd 25.0, in 0.0, 2000.0;
        "Level to which the foreign RRP pool returns.", H41;
    foreign_rrp_half_life: BusinessDays = 43.0, sd 20.0, in 1.0, 1000.0;
        "Half-life of a departure of the foreign RRP pool from its mean.", H41;
    foreign_rrp_noise: BillionsPerDay = 5.5, sd 0.4, in 0.0, 100.0;
        "Standard deviation of the daily change of the foreign RRP pool.", H41;
    other_deposits_half_life: BusinessDays = 3.1, sd 1.5, in 1.0, 1000.0;
        "Half-life of a departure of other Fed deposits from their opening level.", H41;
    other_deposits_noise: BillionsPerDay = 6.8, sd 1.0, in 0.0, 100.0;
        "Standard deviation of the daily change of other Fed deposits.", H41;

    [issuance]
    bill_share_of_funds: Share = 0.72, sd 0.11, in 0.0, 1.0;
        "Share of new bills that money funds buy on the settlement day.",
        ABSORBS;
    bill_share_of_funds_later: Share = 0.25, sd 0.12, in 0.0, 1.0;
        "Further share of new bills that money funds buy from first holders over time.",
        ABSORBS;

    [funding_gap]
    bill_resale_half_life: BusinessDays = 20.0, sd 8.0, in 1.0, 1000.0;
        "Half-life of the bills still to be resold to money funds.",
        ABSORBS;
    fund_share_of_deficit: Share = 0.25, sd 0.18, in 0.0, 1.0;
        "Share of the cash that an unusual deficit pays to the public that moves into money funds in the end.", GAP;
    fund_deficit_half_life: BusinessDays = 40.0, sd 20.0, in 0.5, 500.0;
        "Half-life of that cash on its way.", ABSORBS;
    usual_deficit: BillionsPerDay = 7.2, sd 0.5, in -50.0, 50.0;
        "Deficit that the trend inflow into money funds stands for.", "Treasury, Final Monthly Treasury Statement: 1,695 to 1,833 in fiscal 2023 to 2025";
    fund_inflow: BillionsPerWeek = 13.0, sd 4.0, in -100.0, 100.0;
        "Trend inflow into money funds.", "own free run of ON RRP, July 2021 to March 2026: a drift of the funding gap of -11 a week; set so that 2021 and 2023 come out";
    fund_season: Number = 1.0, sd 0.3, in 0.0, 5.0;
        "Scale of the pattern of money funds' cash within the month.", "New York Fed ON RRP operations, June 2021 to August 2025, own estimate";
    gap_reversion: Share = 0.05, sd 0.03, in 0.0, 1.0;
        "Share of a positive funding gap that higher repo rates draw into money funds in a week.", GAP;
    fund_noise: BillionsPerDay = 18.0, sd 6.0, in 0.0, 200.0;
        "Standard deviation of the daily inflow into money funds.", GAP_NOISE;

    [levered]
    levered_noise: BillionsPerDay = 15.0, sd 6.0, in 0.0, 200.0;
        "Standard deviation of the daily change of leveraged investors' holdings.", GAP_NOISE;
    deleveraging_gain: BillionsPerBasisPoint = 0.3, sd 0.3, in 0.0, 20.0;
        "Treasuries that leveraged investors sell in a day per basis point of remembered stress.",
        ASSUMED;

    [overnight_market]
    on_rrp_smoothing: Billions = 40.0, sd 20.0, in 1.0, 500.0;
        "Width over which money funds' spare cash vanishes: some funds have cash when the sector has none.", GAP;
    on_rrp_decay: BasisPoints = 4.0, sd 1.5, in 0.5, 50.0;
        "Rise of the tri-party rate above the ON RRP rate that divides take-up by e.",
        "own regressions of ln ON RRP on the spread: 2.3 before December 2024, 3.4 in all, 6.0 since; nearer the last, which leaves a hundred or so of spare cash in October 2025 rather than thousands";
    on_rrp_counterparties: Number = 40.0, sd 20.0, in 1.0, 500.0;
        "Number of counterparties of full size at ON RRP, each of which may place the limit.",
        "assumption; take-up reached 1,283bn on 22 September 2021 under a limit of 80bn, so at least 16";
    on_rrp_inelastic: Billions = 2.0, sd 1.0, in 0.0, 200.0;
        "Usual take-up that does not respond to rates.", "New York Fed ON RRP operations, October 2025 to March 2026, median";
    on_rrp_noise: Number = 1.5, sd 0.3, in 0.0, 3.0;
        "Standard deviation of the logarithm of that take-up.",
        "New York Fed ON RRP operations since September 2025: .6 to 20 between the ends of months; wide enough for nine weeks in ten";
    on_rrp_response: Share = 0.25, sd 0.15, in 0.0, 1.0;
        "How much of a day's tri-party rate ON RRP take-up responds to on the day.", SLUGGISH;
    on_rrp_half_life: BusinessDays = 5.0, sd 3.0, in 0.1, 250.0;
        "Half-life of the height over the facility's rate that money funds are used to.", SLUGGISH;
    on_rrp_taste: Number = 0.2, sd 0.1, in 0.0, 3.0;
        "Standard deviation, in logarithms, of what money funds ask over ON RRP to lend elsewhere.",
        "New York Fed ON RRP operations, 2024 to mid-2025: take-up of 100 to 500 changed by 25 to 50 from day to day with rates hardly moving";
    on_rrp_month_end: Billions = 50.0, sd 25.0, in 0.0, 1000.0;
        "Cash that dealers turn away to ON RRP at a month-end when money funds have cash to spare.", TURNED_AWAY;
    on_rrp_quarter_end: Billions = 130.0, sd 70.0, in 0.0, 1000.0;
        "Cash that dealers turn away to ON RRP at a quarter-end when money funds have cash to spare.", TURNED_AWAY;
    on_rrp_year_end: Billions = 300.0, sd 70.0, in 0.0, 1000.0;
        "Cash that dealers turn away to ON RRP at a year-end when money funds have cash to spare.", TURNED_AWAY;
    on_rrp_end_floor: Share = 0.1, sd 0.1, in 0.0, 1.0;
        "Share of it that comes when they have none.", TURNED_AWAY;
    on_rrp_end_scale: Billions = 150.0, sd 70.0, in 1.0, 5000.0;
        "Spare cash over which the rest of it comes.", TURNED_AWAY;
    on_rrp_month_end_noise: Number = 0.5, sd 0.2, in 0.0, 3.0;
        "Standard deviation of the logarithm of the cash turned away at the ends of months.",
        "New York Fed ON RRP operations, jumps at quarter-ends 2023 to 2024: mean 143, standard deviation 73; taken for months";
    srf_slope: BillionsPerBasisPoint = 2.8, sd 0.4, in 0.0, 50.0;
        "Standing facility take-up per basis point of the tri-party rate above where use begins.",
        "own fit, New York Fed repo operations and TGCR, September 2025 to March 2026 (R² .65)";
    srf_offset: BasisPoints = 3.7, sd 0.5, in -50.0, 50.0;
        "How far below the facility's rate the tri-party rate stands when use begins; negative is stigma.",
        "own fit, New York Fed repo operations and TGCR, September 2025 to March 2026 (R² .65)";
    srf_least: Billions = 1.0, sd 0.5, in 0.0, 50.0;
        "Take-up of the standing facility that would be too small to be worth a bid.",
        "New York Fed repo operations, July 2021 to March 2026: none on 95 days in 100 with TGCR up to 4bp below IORB, on 8 in 10 up to 2bp above";
    srf_smoothing: BasisPoints = 2.85, sd 0.3, in 0.1, 20.0;
        "Width over which use of the standing facility begins.",
        "own fit, New York Fed repo operations and TGCR, September 2025 to March 2026 (R² .65)";

    [repo_operations]
    srf_limit: Billions = 10000.0, sd 0.0, in 0.0, 100000.0;
        "Largest total take-up of the standing facility where no event sets it; 500 from July 2021 to December 2025, where it never bound.",
        "FOMC statement of 28 July 2021; New York Fed, operating policy of 10 December 2025: limit removed";
    srf_morning_share: Share = 0.4, sd 0.2, in 0.0, 1.0;
        "Share of the demand for the standing facility that is met in the morning, where no event sets it.",
        "New York Fed, statement of 26 June 2025: morning settlement; operations of summer and autumn 2025";
    srf_afternoon_relief: Share = 0.8, sd 0.4, in 0.0, 1.0;
        "Share by which what is drawn in the afternoon relieves the market of the day: lenders know that it will come.",
        ASSUMED;

    [reserve_demand]
    ample_reserves: Billions = 3190.0, sd 50.0, in 200.0, 20000.0;
        "Reserves below which the tri-party rate begins to rise; a vintage states its era's.", CURVE;
    repo_floor: BasisPoints = -9.3, sd 0.5, in -100.0, 100.0;
        "Tri-party spread over IORB when reserves are abundant.", CURVE;

    [overnight_market]
    repo_slope: BasisPoints = 1.165, sd 0.15, in 0.0, 50.0;
        "Rise of the tri-party spread per percent of the ample level that reserves fall short of it.", CURVE;
    repo_smoothing: Billions = 25.0, sd 10.0, in 1.0, 1000.0;
        "Width of the bend at the ample level.", CURVE;
    tail_scale: BasisPoints = 5.0, sd 3.0, in 0.0, 200.0;
        "Extra tri-party spread where the convex tail begins.",
        SPIKE;
    tail_start: Share = 0.25, sd 0.03, in 0.0, 1.0;
        "Scarcity at which the convex tail begins.",
        SPIKE;
    tail_width: Share = 0.025, sd 0.009, in 0.002, 0.5;
        "Scarcity over which the convex tail grows e-fold.",
        SPIKE;

    [reserve_demand]
    payment_noise: Share = 0.015, sd 0.004, in 0.0, 0.3;
        "Standard deviation of banks' payment needs with ample reserves, as a share of the ample level.",
        SPIKE;
    payment_persistence: Number = 0.7, sd 0.1, in 0.0, 0.99;
        "Share of a day's unusual payment needs that lasts to the next day.",
        SPIKE;
    payment_noise_growth: Number = 6.6, sd 1.5, in 0.0, 30.0;
        "Growth of payment needs with scarcity, in logarithms per unit of it.",
        SPIKE;
    payment_noise_range: Share = 0.17, sd 0.05, in 0.0, 1.0;
        "Scarcity beyond which payment needs grow no more: the range of the fit.",
        SPIKE;
    need_month_end: Share = 0.045, sd 0.022, in 0.0, 1.0;
        "Extra demand for reserves at a month-end that ends no quarter, as a share of the ample level.",
        PERIOD_ENDS;
    need_quarter_end: Share = 0.043, sd 0.03, in 0.0, 1.0;
        "Extra demand for reserves at a quarter-end, as a share of the ample level.",
        PERIOD_ENDS;
    need_year_end: Share = 0.05, sd 0.04, in 0.0, 1.0;
        "Extra demand for reserves at a year-end, as a share of the ample level.",
        PERIOD_ENDS;
    period_end_carry: Share = 0.4, sd 0.19, in 0.0, 0.99;
        "Share of the extra demand of an end of a month that lasts to the next day.",
        PERIOD_ENDS;
    need_mid_month: Share = 0.02, sd 0.016, in 0.0, 1.0;
        "Extra demand for reserves on the mid-month coupon settlement, as a share of the ample level.",
        PERIOD_ENDS;
    need_tax_date: Share = 0.0, sd 0.024, in 0.0, 1.0;
        "Extra demand for reserves on a tax date beyond the reserves it drains, as a share of the ample level.",
        PERIOD_ENDS;
    bank_repo_need: Share = 0.15, sd 0.1, in 0.0, 5.0;
        "Extra demand for reserves per dollar of repo that banks lend beyond the opening.",
        "about 1bp per $300bn of money-fund cash: research notes of 2026 on the capacity of money funds; size assumed";

    [issuance]
    bill_settlement_need: Number = 0.7, sd 0.5, in 0.0, 20.0;
        "Extra demand for reserves per dollar of net bills settling on the day.",
        SETTLEMENT;

    [coupons]
    settlement_half_life: BusinessDays = 0.85, sd 0.4, in 0.1, 50.0;
        "Half-life of the extra demand for reserves after a settlement.",
        SETTLEMENT;

    [overnight_market]
    rate_noise_pinned: Share = 0.3, sd 0.06, in 0.0, 1.0;
        "How much of the noise of rates is left when ON RRP is large.", PINNED;
    rate_pin_scale: Billions = 200.0, sd 80.0, in 1.0, 5000.0;
        "ON RRP over which the noise of rates falls to that.", PINNED;
    repo_noise: BasisPoints = 1.8, sd 0.5, in 0.0, 50.0;
        "Standard deviation of the daily innovation to the noise of the tri-party rate.",
        NOISE;
    repo_noise_persistence: Number = 0.85, sd 0.05, in 0.0, 0.99;
        "Share of that noise that lasts to the next day.", "own estimate: AR(1) of SOFR less IORB is .68 to .82";

    [reserve_demand]
    repo_drift_noise: BasisPoints = 0.22, sd 0.1, in 0.0, 10.0;
        "Standard deviation of the daily innovation to the lasting level of the tri-party floor.", DRIFT;
    rate_drift_half_life: BusinessDays = 120.0, sd 60.0, in 1.0, 2000.0;
        "Half-life of a lasting departure of the tri-party floor or of SOFR's margin.", DRIFT;

    [reference_rates]
    sofr_margin: BasisPoints = 1.4, sd 0.6, in -20.0, 50.0;
        "SOFR less TGCR on an ordinary day at the floor of the tri-party curve.",
        RETREAT;
    sofr_margin_slope: Share = 0.05, sd 0.03, in 0.0, 2.0;
        "Extra margin per basis point of the tri-party spread above its floor.",
        RETREAT;
    sofr_margin_range: BasisPoints = 45.0, sd 20.0, in 0.0, 500.0;
        "Height of the tri-party spread above its floor beyond which the margin grows no more: the range of the fit.",
        RETREAT;
    sofr_month_end: BasisPoints = 0.6, sd 0.8, in -20.0, 100.0;
        "Extra margin of SOFR at a month-end that ends no quarter.",
        RETREAT;
    sofr_quarter_end: BasisPoints = 5.5, sd 2.5, in -20.0, 100.0;
        "Extra margin of SOFR at a quarter-end, year-ends included, where ON RRP does not pin rates.",
        RETREAT;
    sofr_drift_noise: BasisPoints = 0.16, sd 0.05, in 0.0, 10.0;
        "Standard deviation of the daily innovation to the lasting level of SOFR's margin.", DRIFT;
    sofr_noise: BasisPoints = 1.0, sd 0.15, in 0.0, 50.0;
        "Standard deviation of the daily margin.",
        RETREAT;
    effr_floor: BasisPoints = -7.0, sd 0.2, in -100.0, 100.0;
        "Federal funds spread over IORB when reserves are abundant.", "own fit to daily EFFR less IORB, July 2024 to March 2026 (R² .994)";
    effr_slope: BasisPointsPer100Billion = 2.38, sd 0.2, in 0.01, 50.0;
        "Rise of the federal funds spread per $100bn of average reserves below its ample level.", "own fit to daily EFFR less IORB, July 2024 to March 2026 (R² .994)";
    effr_ample_gap: Billions = 30.0, sd 15.0, in -2000.0, 2000.0;
        "By how much the ample level of the federal funds curve lies below that of the tri-party curve.", "own fit to daily EFFR less IORB, July 2024 to March 2026 (R² .994)";
    effr_smoothing: Billions = 25.0, sd 12.0, in 1.0, 1000.0;
        "Width of the bend of the federal funds curve.", "own fit to daily EFFR less IORB, July 2024 to March 2026 (R² .994)";
    effr_half_life: BusinessDays = 22.0, sd 4.0, in 0.5, 250.0;
        "Half-life of the average of reserves to which federal funds respond.", "own fit to daily EFFR less IORB, July 2024 to March 2026 (R² .994)";
    effr_noise: BasisPoints = 0.15, sd 0.05, in 0.0, 20.0;
        "Standard deviation of the daily federal funds spread around its curve.", "own fit to daily EFFR less IORB, July 2024 to March 2026 (R² .994)";

    [hoarding]
    stress_threshold: BasisPoints = 5.0, sd 5.0, in -50.0, 500.0;
        "SOFR spread over IORB above which banks and dealers begin to worry.",
        RETREAT;
    stress_range: BasisPoints = 60.0, sd 30.0, in 1.0, 1000.0;
        "Strain above the threshold beyond which a day is remembered no worse.",
        RETREAT;
    stress_half_life: BusinessDays = 5.0, sd 3.0, in 0.5, 100.0;
        "Half-life of the memory of stress.",
        RETREAT;
    hoarding_gain: BillionsPerBasisPoint = 0.5, sd 0.4, in 0.0, 50.0;
        "Reserves banks add to their demand in a day per basis point of remembered stress.",
        ASSUMED;
    hoarding_limit: Billions = 150.0, sd 100.0, in 1.0, 5000.0;
        "Reserves that banks would hoard at most.", ASSUMED;
    hoarding_half_life: BusinessDays = 8.0, sd 4.0, in 0.5, 500.0;
        "Half-life of hoarded reserves once stress is over.", ASSUMED;

    [dealer_retreat]
    dealer_retreat_gain: Share = 0.2, sd 0.06, in 0.0, 5.0;
        "What dealers add to the margin of SOFR per basis point of remembered stress.",
        RETREAT;
    dealer_retreat_limit: BasisPoints = 20.0, sd 10.0, in 0.0, 500.0;
        "The most that dealers add.",
        ASSUMED;

    [desired_reserves]
    ample_growth: Percent = 2.0, sd 2.0, in -20.0, 50.0;
        "Growth of the ample level of reserves in a year, with bank assets.",
        "between nothing, which the fit of 2024 to 2026 shows, and the 5 that lead from the level of 2019 to that of 2025";
    ample_ratchet_up: Share = 0.2, sd 0.08, in 0.0, 5.0;
        "Share of reserves beyond the ample level by which it rises in a year.",
        "set so that 1,640 in September 2019 becomes 3,235 in 2025 along the reserves of those years (H.4.1) and GDP";
    ample_ratchet_down: Share = 0.05, sd 0.05, in 0.0, 5.0;
        "Share of missing reserves by which the ample level falls in a year.",
        "assumption: banks do not shed deposits that were written against reserves, Acharya, Chauhan, Rajan and Steffen (2023)";

    [bank_groups]
    foreign_branch_share: Share = 0.35, sd 0.05, in 0.0, 1.0;
        "Share of reserves that branches of foreign banks hold at the opening.",
        Z1;
    foreign_branch_margin: Share = 0.5, sd 0.2, in 0.0, 1.0;
        "Share of a change of reserves that falls on branches of foreign banks.",
        Z1;
    small_bank_share: Share = 0.2, sd 0.03, in 0.0, 1.0;
        "Share of reserves that small domestic banks hold at the opening.",
        Z1;
    small_bank_margin: Share = 0.15, sd 0.075, in 0.0, 1.0;
        "Share of a change of reserves that falls on small domestic banks.",
        ASSUMED;

    [rate_distribution]
    sofr_width: BasisPoints = 4.2, sd 0.7, in 0.1, 100.0;
        "Width of the distribution of SOFR's trades when reserves are abundant: from the median to the 75th percentile.",
        PERCENTILES;
    sofr_width_slope: Share = 0.175, sd 0.04, in 0.0, 5.0;
        "Growth of that width per basis point of SOFR above the start.",
        PERCENTILES;
    sofr_width_start: BasisPoints = -10.0, sd 5.0, in -100.0, 100.0;
        "SOFR less IORB at which the width begins to grow.",
        PERCENTILES;
    sofr_width_quarter_end: Number = 1.5, sd 0.15, in 0.1, 10.0;
        "By how much it is wider at quarter- and year-ends.",
        PERCENTILES;
    sofr_width_noise: Number = 0.19, sd 0.05, in 0.0, 2.0;
        "Standard deviation of the logarithm of that width.",
        PERCENTILES;

    [bill_market]
    bill_yield_margin: BasisPoints = 5.0, sd 3.0, in -200.0, 200.0;
        "Yield of the four-week bill over IORB where repo trades at IORB and no bills are added.",
        BILL_YIELD;
    bill_yield_pass_through: Share = 0.17, sd 0.08, in 0.0, 2.0;
        "How much of the average tri-party spread over a month the yield of the four-week bill follows.",
        BILL_YIELD;
    bill_yield_supply: BasisPointsPer100Billion = 1.2, sd 0.6, in 0.0, 50.0;
        "Rise of the yield of the four-week bill per $100bn of net bills in a month.",
        BILL_YIELD;
    bill_yield_noise: BasisPoints = 2.2, sd 0.4, in 0.0, 50.0;
        "Standard deviation of the daily innovation to the rest of that yield.",
        BILL_YIELD;
    bill_yield_persistence: Number = 0.9, sd 0.05, in 0.0, 0.99;
        "Share of that rest that lasts to the next day.",
        BILL_YIELD;

    [risk_assets]
    risk_assets: Number = 0.0, sd 0.0, in 0.0, 1.0;
        "Whether the satellite of risk assets is on: 1 for yes.",
        "off by default: no forecast is claimed";
    equity_beta: Percent = 0.2, sd 0.7, in -20.0, 20.0;
        "Four-week return of the S&P 500 per $100bn of net liquidity.",
        RETURNS;
    small_cap_beta: Percent = 0.2, sd 0.7, in -20.0, 20.0;
        "Four-week return of small caps per $100bn of net liquidity.",
        RETURNS;
    bitcoin_beta: Percent = 1.0, sd 3.0, in -50.0, 50.0;
        "Four-week return of bitcoin per $100bn of net liquidity.",
        RETURNS;
    equity_noise: Percent = 4.2, sd 0.3, in 0.0, 50.0;
        "Standard deviation of the four-week return of the S&P 500 that net liquidity does not explain.",
        RETURNS;
    small_cap_noise: Percent = 5.5, sd 0.4, in 0.0, 50.0;
        "Standard deviation of the four-week return of small caps that net liquidity does not explain.",
        RETURNS;
    bitcoin_noise: Percent = 14.7, sd 1.0, in 0.0, 100.0;
        "Standard deviation of the four-week return of bitcoin that net liquidity does not explain.",
        RETURNS;
}

impl Parameters<f64> {
    /// Every parameter at its default.
    pub fn defaults() -> Self {
        Parameters::from_fn(|_, info| info.default)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parameter_is_explained_and_its_default_admissible() {
        for info in PARAMETERS {
            assert!(info.low <= info.default && info.default <= info.high, "{}", info.name);
            assert!(info.meaning.ends_with('.') && info.meaning.len() > 20, "{}", info.name);
            assert!(info.source.len() > 5, "{}", info.name);
            assert!(info.prior_sd >= 0.0 && info.prior_sd <= info.high - info.low, "{}", info.name);
            let assumed = info.source.starts_with("assumption") && info.default != 0.0;
            assert!(
                !assumed || info.prior_sd >= 0.5 * info.default.abs(),
                "{} is assumed and needs a wide prior",
                info.name
            );
        }
    }

    #[test]
    fn fields_and_table_are_in_the_same_order() {
        let positions = Parameters::from_fn(|position, _| position as f64);
        assert_eq!(*positions.values()[8], positions.flow_second_wednesday);
        assert_eq!(PARAMETERS[8].name, "flow_second_wednesday");
        let mut defaults = Parameters::defaults();
        *defaults.get_mut("tail_width").unwrap() = 1.5;
        assert_eq!(defaults.tail_width, 1.5);
        assert!(defaults.get_mut("tail_widht").is_none());
    }
}
