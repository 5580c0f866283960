//! The few numbers a strategist would quote.

use crate::model::Variable;
use crate::statistics::{Distribution, Drain, Summary};
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
    /// Monte Carlo standard errors of the three.
    pub standard_errors: [f64; 3],
}

impl From<&Distribution> for Band {
    fn from(distribution: &Distribution) -> Band {
        let [_, low, _, _, median, _, _, high, _] = distribution.standard_errors;
        Band {
            low: distribution.low(),
            median: distribution.median(),
            high: distribution.high(),
            standard_errors: [low, median, high],
        }
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
    /// The day on which it is likeliest; none if it never happens.
    pub likeliest_day: Option<Date>,
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
    /// The TGA at the start.
    pub opening_tga: f64,
    /// The TGA at the end.
    pub closing_tga: Band,
    /// The highest TGA of a path.
    pub highest_tga: Band,
    /// Share of paths on which the TGA is empty on some day, so that outlays wait.
    pub unpaid_outlays: f64,
    /// Its simulation error.
    pub unpaid_outlays_standard_error: f64,
    /// The highest take-up of the standing repo facility of a path.
    pub highest_srf: Band,
    /// The highest SOFR less IORB of a path, bp.
    pub highest_sofr_iorb: Band,
    /// Exceedance of spread levels.
    pub spreads: Vec<SpreadHeadline>,
    /// What moved reserves from the start to the day on which their median is lowest, if that is neither the
    /// first nor the last.
    pub to_the_low: Option<Move>,
    /// What moved reserves from the start to the end.
    pub to_the_end: Move,
}

/// The mean change of reserves up to a date, by whose decision it was; the parts add up. $bn.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Move {
    /// The date.
    pub date: Date,
    /// Mean change of reserves.
    pub reserves: f64,
    /// Its simulation error.
    pub standard_error: f64,
    /// The Treasury: less its account has grown.
    pub treasury: f64,
    /// The Fed: its assets have grown.
    pub fed: f64,
    /// Money funds: less their cash at ON RRP has grown.
    pub money_funds: f64,
    /// Everybody else at the Fed: currency, foreign accounts, other deposits and capital.
    pub other_depositors: f64,
}

impl Move {
    fn of(drain: &Drain, summary: &Summary) -> Move {
        Move {
            date: summary.dates[drain.day],
            reserves: drain.total.mean,
            standard_error: drain.total.mean_error(),
            treasury: drain.treasury.mean,
            fed: drain.fed.mean,
            money_funds: drain.money_funds.mean,
            other_depositors: drain.others.mean,
        }
    }
}

impl Band {
    fn figures(&self, name: &str) -> [(String, f64); 3] {
        [("5%", self.low), ("median", self.median), ("95%", self.high)]
            .map(|(part, value)| (format!("{name}, {part}"), value))
    }
}

impl Headlines {
    /// The figures that simulation leaves uncertain, by name.
    pub fn figures(&self) -> Vec<(String, f64)> {
        let bands = [
            ("reserves at the end", &self.closing_reserves),
            ("lowest reserves", &self.lowest_reserves),
            ("TGA at the end", &self.closing_tga),
            ("highest TGA", &self.highest_tga),
            ("highest SOFR − IORB", &self.highest_sofr_iorb),
            ("highest standing facility", &self.highest_srf),
        ];
        let mut figures: Vec<_> = bands.into_iter().flat_map(|(name, band)| band.figures(name)).collect();
        figures.push(("mean change of reserves".to_owned(), self.to_the_end.reserves));
        figures.push(("P(outlays wait)".to_owned(), self.unpaid_outlays));
        figures.extend(
            self.spreads
                .iter()
                .map(|spread| (format!("P(SOFR − IORB > {}bp on some day)", spread.level_bp), spread.probability)),
        );
        figures
    }

    /// The headlines of a summary.
    pub fn of(summary: &Summary) -> Headlines {
        let reserves = &summary.fan(Variable::Reserves).days;
        let tga = &summary.fan(Variable::Tga).days;
        let last = reserves.len() - 1;
        Headlines {
            start: summary.dates[0],
            end: summary.dates[last],
            opening_reserves: reserves[0].mean,
            closing_reserves: (&reserves[last]).into(),
            lowest_reserves: (&summary.lowest_reserves).into(),
            opening_tga: tga[0].mean,
            closing_tga: (&tga[last]).into(),
            highest_tga: (&summary.highest_tga).into(),
            unpaid_outlays: summary.unpaid_outlays.estimate(),
            unpaid_outlays_standard_error: summary.unpaid_outlays.standard_error(),
            highest_srf: (&summary.highest_srf).into(),
            highest_sofr_iorb: (&summary.highest_sofr_iorb).into(),
            spreads: summary
                .spread_exceedance
                .iter()
                .map(|exceedance| {
                    let likeliest = exceedance.likeliest_day();
                    SpreadHeadline {
                        level_bp: exceedance.level,
                        probability: exceedance.on_some_day.estimate(),
                        standard_error: exceedance.on_some_day.standard_error(),
                        likeliest_day: likeliest.map(|(day, _)| summary.dates[day]),
                        probability_on_that_day: likeliest.map_or(0.0, |(_, share)| share),
                    }
                })
                .collect(),
            to_the_low: summary.drain_to_low.as_ref().map(|drain| Move::of(drain, summary)),
            to_the_end: Move::of(&summary.drain_to_end, summary),
        }
    }
}
