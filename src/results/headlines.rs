//! The few numbers a strategist would quote.

use crate::model::{Hand, Variable};
use crate::statistics::{Distribution, Summary};
use jiff::civil::Date;
use serde::Serialize;

/// A median with the band that holds 90 % of paths.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Band {
    /// 5 % quantile.
    pub low: f64,
    /// Median.
    pub median: f64,
    /// 95 % quantile.
    pub high: f64,
}

impl From<&Distribution> for Band {
    fn from(distribution: &Distribution) -> Band {
        Band { low: distribution.low(), median: distribution.median(), high: distribution.high() }
    }
}

/// How often SOFR exceeds IORB by some basis points, and when that is likeliest.
#[derive(Clone, Debug, Serialize)]
pub struct SpreadHeadline {
    /// The level, bp.
    pub level_bp: f64,
    /// Share of paths with such a day.
    pub probability: f64,
    /// Its simulation error.
    pub standard_error: f64,
    /// The day on which it is likeliest.
    pub likeliest_day: Date,
    /// Share of paths on that day.
    pub probability_on_that_day: f64,
}

/// The headlines of a run. Stocks in $bn.
#[derive(Clone, Debug, Serialize)]
pub struct Headlines {
    /// First and last published dates.
    pub start: Date,
    /// Last published date.
    pub end: Date,
    /// Reserves at the start.
    pub opening_reserves: f64,
    /// Reserves at the end.
    pub closing_reserves: Band,
    /// The lowest reserves of a path.
    pub lowest_reserves: Band,
    /// The highest TGA of a path.
    pub highest_tga: Band,
    /// The highest take-up of the standing repo facility of a path.
    pub highest_srf: Band,
    /// The highest SOFR less IORB of a path, bp.
    pub highest_sofr_iorb: Band,
    /// Exceedance of spread levels.
    pub spreads: Vec<SpreadHeadline>,
    /// Mean contribution to the change of reserves by whose decision it was.
    pub hands: Vec<(&'static str, f64)>,
    /// Mean change of reserves.
    pub mean_change: f64,
}

impl Headlines {
    /// The headlines of a summary.
    pub fn of(summary: &Summary) -> Headlines {
        let reserves = &summary.fan(Variable::Reserves).days;
        let last = reserves.len() - 1;
        let hand = |hand: Hand| {
            let causes = summary.attribution.causes.iter().filter(|cause| cause.hand == hand);
            (hand.name(), causes.map(|cause| cause.contribution.mean).sum())
        };
        Headlines {
            start: summary.dates[0],
            end: summary.dates[last],
            opening_reserves: reserves[0].mean,
            closing_reserves: (&reserves[last]).into(),
            lowest_reserves: (&summary.lowest_reserves).into(),
            highest_tga: (&summary.highest_tga).into(),
            highest_srf: (&summary.highest_srf).into(),
            highest_sofr_iorb: (&summary.highest_sofr_iorb).into(),
            spreads: summary
                .spread_exceedance
                .iter()
                .map(|exceedance| {
                    let (day, share) = exceedance.likeliest_day();
                    SpreadHeadline {
                        level_bp: exceedance.level,
                        probability: exceedance.on_some_day.estimate(),
                        standard_error: exceedance.on_some_day.standard_error(),
                        likeliest_day: summary.dates[day],
                        probability_on_that_day: share,
                    }
                })
                .collect(),
            hands: [Hand::Treasury, Hand::Fed, Hand::MoneyFunds, Hand::Depositors].map(hand).to_vec(),
            mean_change: summary.attribution.total.mean,
        }
    }
}
