//! An autoregression on the level with dummies for days of the calendar.
//!
//! ```text
//! yₜ = c + Σᵢ φᵢ yₜ₋ᵢ + Σₖ δₖ Dₖ(t) + eₜ
//! ```
//!
//! with one to five lags, as many as the criterion of Schwarz (1978, Annals of Statistics 6) prefers, estimated by least
//! squares on the last 1,000 business days. What lies ahead is simulated with residuals drawn from those of the estimate.

use super::known::Known;
use crate::calendar::marks;
use jiff::civil::Date;
use nalgebra::{DMatrix, DVector};

/// Observations used at most, in business days: four years, as of the random walk.
const MOST: usize = 1_000;

/// Observations below which nothing is estimated, in business days: a year.
const LEAST: usize = 250;

/// Lags tried.
const MOST_LAGS: usize = 5;

/// The constant and the dummies, which stand before the lags.
const REGULARS: usize = 6;

/// Eigenvalues of the scaled moments below this share of the largest belong to what history does not vary, as month-ends
/// in a weekly series: their coefficients are zero.
const SINGULAR: f64 = 1e-12;

/// An estimated autoregression and the history it goes on from.
#[derive(Clone, Debug)]
pub struct Autoregression {
    /// The constant, then what is added at month-ends, at quarter-ends besides, on tax dates, at mid-month settlements and
    /// on first business days, in the unit of the series.
    pub regular: [f64; REGULARS],
    /// The coefficients of the lags, latest first.
    pub lags: Vec<f64>,
    residuals: Vec<f64>,
    /// Latest first.
    latest: Vec<f64>,
    spacing: usize,
    last_day: Date,
}

impl Autoregression {
    /// Estimates on what is known; none if that is less than a year, or does not vary.
    pub fn estimate(known: &Known<'_>) -> Option<Autoregression> {
        let most = MOST / known.spacing();
        let first = known.len().saturating_sub(most).max(MOST_LAGS);
        let observations = known.len().saturating_sub(first);
        if observations < LEAST / known.spacing() {
            return None;
        }
        // Levels are centred and scaled so that the moments are of one size whatever the unit.
        let places = first - MOST_LAGS..known.len();
        let n = places.len() as f64;
        let centre = places.clone().map(|place| known.value(place)).sum::<f64>() / n;
        let scale = (places.map(|place| (known.value(place) - centre).powi(2)).sum::<f64>() / n).sqrt();
        if scale <= 0.0 {
            return None;
        }
        let level = |place: usize| (known.value(place) - centre) / scale;
        let design = DMatrix::from_row_iterator(
            observations,
            REGULARS + MOST_LAGS,
            (first..known.len()).flat_map(|place| {
                let lagged = (1..=MOST_LAGS).map(move |lag| level(place - lag));
                regulars(known.date(place)).into_iter().chain(lagged)
            }),
        );
        let outcome = DVector::from_iterator(observations, (first..known.len()).map(level));
        let (coefficients, residuals) = best(&design, &outcome)?;

        let mut regular = [0.0; REGULARS];
        regular.copy_from_slice(&coefficients.as_slice()[..REGULARS]);
        let lags = coefficients.as_slice()[REGULARS..].to_vec();
        regular = regular.map(|coefficient| coefficient * scale);
        regular[0] += centre * (1.0 - lags.iter().sum::<f64>());
        Some(Autoregression {
            regular,
            residuals: residuals.iter().map(|residual| residual * scale).collect(),
            latest: (1..=lags.len()).map(|lag| known.value(known.len() - lag)).collect(),
            lags,
            spacing: known.spacing(),
            last_day: known.last_day(),
        })
    }

    /// A sample of the value on `target`, as many as `draws`, with residuals drawn by `draw`, the uniform of an index; none
    /// if `target` is not after what was known.
    pub fn sample(&self, target: Date, draws: usize, draw: impl Fn(u64) -> f64) -> Option<Vec<f64>> {
        let steps: Vec<f64> = self.days_ahead(target).into_iter().map(|day| self.expected_of(day)).collect();
        if steps.is_empty() {
            return None;
        }
        let residual =
            |u: f64| self.residuals[((u * self.residuals.len() as f64) as usize).min(self.residuals.len() - 1)];
        let path = |path: usize| {
            let mut latest = self.latest.clone();
            for (step, regular) in steps.iter().enumerate() {
                let carried: f64 = self.lags.iter().zip(&latest).map(|(lag, value)| lag * value).sum();
                latest.rotate_right(1);
                latest[0] = regular + carried + residual(draw((path * steps.len() + step) as u64));
            }
            latest[0]
        };
        Some((0..draws).map(path).collect())
    }

    /// What a day adds by itself.
    fn expected_of(&self, day: Date) -> f64 {
        self.regular.iter().zip(regulars(day)).map(|(coefficient, regular)| coefficient * regular).sum()
    }

    /// The days that would be observed up to `target`, which is the last of them.
    fn days_ahead(&self, target: Date) -> Vec<Date> {
        let known = |first| crate::calendar::fedwire::business_days(first, target);
        let days = self.last_day.tomorrow().map_or_else(|_| Vec::new(), known);
        let mut observed: Vec<Date> = days.iter().rev().step_by(self.spacing).copied().collect();
        // Holidays make a week of four days; a remainder of less than half a step is no step.
        if days.len() % self.spacing != 0 && 2 * (days.len() % self.spacing) < self.spacing && observed.len() > 1 {
            observed.pop();
        }
        observed.reverse();
        observed
    }
}

/// One, and the dummies of a day.
fn regulars(day: Date) -> [f64; REGULARS] {
    let marks = marks(day);
    let first = marks.business_day == 1;
    [true, marks.month_end, marks.quarter_end, marks.tax.is_some(), marks.mid_month, first]
        .map(|holds| f64::from(u8::from(holds)))
}

/// The coefficients and residuals with as many lags as the criterion prefers.
fn best(design: &DMatrix<f64>, outcome: &DVector<f64>) -> Option<(DVector<f64>, DVector<f64>)> {
    let n = outcome.len() as f64;
    let moments = design.tr_mul(design);
    let products = design.tr_mul(outcome);
    let criterion = |lags: usize| {
        let columns = REGULARS + lags;
        let decomposition = moments.view((0, 0), (columns, columns)).into_owned().svd(true, true);
        let least = SINGULAR * decomposition.singular_values.max();
        let coefficients = decomposition.solve(&products.rows(0, columns).into_owned(), least).ok()?;
        let residuals = outcome - design.columns(0, columns) * &coefficients;
        let criterion = n * (residuals.norm_squared() / n).ln() + columns as f64 * n.ln();
        Some((criterion, coefficients, residuals))
    };
    (1..=MOST_LAGS)
        .filter_map(criterion)
        .min_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, coefficients, residuals)| (coefficients, residuals))
}

#[cfg(test)]
mod tests {
    use super::super::known::tests::daily;
    use super::*;
    use crate::backtest::uniforms;
    use crate::calendar::fedwire::nth_business_day;
    use jiff::civil::date;

    /// The golden ratio's fraction: its multiples by squares are spread evenly, the same in Python.
    const GOLDEN: f64 = 0.618_033_988_749_894_9;

    /// y = 1.2 y₋₁ − 0.3 y₋₂ + e with e uniform about ½, 40 at quarter-ends, from 3 January 2022 to 29 September 2023.
    fn second_order() -> Vec<(Date, f64)> {
        let (mut one, mut two) = (5.0, 5.0);
        daily(date(2022, 1, 3), date(2023, 9, 29), |number, day| {
            let k = (number + 1) as f64;
            let jump = if marks(day).quarter_end { 40.0 } else { 0.0 };
            let level = 1.2 * one - 0.3 * two + (k * k * GOLDEN) % 1.0 + jump;
            (one, two) = (level, one);
            level
        })
    }

    /// `AutoReg(y, lags=2, exog=dummies, hold_back=5).fit().params`, statsmodels 0.15.0, on the series of
    /// [`second_order`]; two lags have the lowest `bic` of one to five. Days from pandas' federal holiday calendar.
    #[test]
    fn the_coefficients_are_those_of_another_package() {
        let history = second_order();
        let known = Known::new(&history).expect("rising days");
        let found = Autoregression::estimate(&known).expect("nearly two years");
        let expected = [
            0.515_259_533_661_96,
            -0.069_725_547_806_998_6,
            40.056_916_452_657_93,
            -0.023_379_982_031_253_858,
            0.046_825_088_530_481_51,
            0.053_936_824_539_211_614,
            1.198_960_290_778_330_6,
            -0.300_543_490_843_13,
        ];
        assert_eq!(found.lags.len(), 2);
        for (found, expected) in found.regular.iter().chain(&found.lags).zip(expected) {
            assert!((found - expected).abs() < 1e-8 * expected.abs().max(1.0), "{found} against {expected}");
        }
    }
    #[test]
    fn its_sample_has_the_mean_and_spread_of_the_closed_form() {
        // y = 0.8 y₋₁ + e: h steps ahead the mean is 0.8^h y + the mean of e times Σ 0.8^i, the variance Σ 0.64^i / 12.
        let mut level = 2.5;
        let history = daily(date(2020, 1, 2), date(2023, 9, 29), |number, _| {
            level = 0.8 * level + uniforms(7)(number as u64);
            level
        });
        let known = Known::new(&history).expect("rising days");
        let estimated = Autoregression::estimate(&known).expect("four years");
        // 6 October is the fifth business day after 29 September.
        let sample = estimated.sample(date(2023, 10, 6), 20_000, uniforms(9)).expect("days ahead");
        let n = sample.len() as f64;
        let mean = sample.iter().sum::<f64>() / n;
        let sd = (sample.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n).sqrt();
        let powers = |base: f64| (0..5).map(|i| base.powi(i)).sum::<f64>();
        let expected = 0.8_f64.powi(5) * known.last_value() + 0.5 * powers(0.8);
        let spread = (powers(0.64) / 12.0).sqrt();
        // The coefficient of 900 observations has a standard error of √((1 − 0.64)/900) = 0.02.
        assert!((mean - expected).abs() < 0.05, "{mean} against {expected}");
        assert!((sd / spread - 1.0).abs() < 0.05, "{sd} against {spread}");
        assert_eq!(Some(sample), estimated.sample(date(2023, 10, 6), 20_000, uniforms(9)));
    }

    #[test]
    fn a_quarter_end_ahead_is_expected_to_be_one() {
        let history = second_order();
        let before = &history[..history.len() - 1];
        let known = Known::new(before).expect("rising days");
        let estimated = Autoregression::estimate(&known).expect("nearly two years");
        let sample = estimated.sample(date(2023, 9, 29), 2_000, uniforms(9)).expect("a day ahead");
        let mean = sample.iter().sum::<f64>() / 2_000.0;
        assert!((mean - history[history.len() - 1].1).abs() < 1.0, "{mean}");
        assert_eq!(estimated.sample(date(2023, 9, 28), 10, uniforms(9)), None);
    }

    #[test]
    fn a_weekly_series_takes_weekly_steps() {
        let mut level = 100.0;
        let history: Vec<(Date, f64)> = (0..200)
            .map(|week| {
                let k = f64::from(week + 1);
                level = 0.5 * level + (k * k * GOLDEN) % 1.0;
                (date(2020, 1, 1).saturating_add(jiff::Span::new().weeks(week)), level)
            })
            .collect();
        let known = Known::new(&history).expect("rising days");
        let estimated = Autoregression::estimate(&known).expect("four years of weeks");
        assert_eq!(known.last_day(), date(2023, 10, 25));
        // Veterans Day was a Saturday; Thanksgiving makes one of five weeks shorter.
        assert_eq!(estimated.days_ahead(date(2023, 11, 29)).len(), 5);
        assert_eq!(estimated.days_ahead(date(2023, 11, 1)), [date(2023, 11, 1)]);
    }

    #[test]
    fn what_does_not_vary_or_is_too_short_is_not_estimated() {
        let constant = daily(date(2020, 1, 2), date(2023, 9, 29), |_, _| 15.0);
        assert!(Autoregression::estimate(&Known::new(&constant).expect("rising days")).is_none());
        let last = nth_business_day(2020, 6, 1).expect("June has one");
        let short = daily(date(2020, 1, 2), last, |number, _| (number % 7) as f64);
        assert!(Autoregression::estimate(&Known::new(&short).expect("rising days")).is_none());
    }
}
