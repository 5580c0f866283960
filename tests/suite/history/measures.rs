//! What is read off simulated paths in the way it was read off history.

use jiff::civil::{Date, Weekday};
use std::ops::Range;
use tidegate::model::Variable;
use tidegate::research::{Over, PathStatistic, Run};
use tidegate::statistics::quantiles;

/// A quantile of a sample.
pub fn quantile(mut sample: Vec<f64>, probability: f64) -> f64 {
    quantiles(&mut sample, &[probability])[0]
}

/// The median of a sample.
pub fn median(sample: Vec<f64>) -> f64 {
    quantile(sample, 0.5)
}

/// The number of a published day.
pub fn day_of(run: &Run, date: Date) -> usize {
    run.plan.published_dates().iter().position(|day| *day == date).expect("a business day of the run")
}

/// The median change of a variable from one published day to another.
pub fn median_change(run: &Run, variable: Variable, from: Date, to: Date) -> f64 {
    let [before, after] = [from, to].map(|date| run.published(variable, day_of(run, date)));
    median(after.iter().zip(before).map(|(after, before)| after - before).collect())
}

/// SOFR − IORB of each path over a window of days.
pub fn spread_over(run: &Run, over: Over, days: Range<usize>) -> Vec<f64> {
    run.statistic(&PathStatistic { variable: Variable::SofrIorb, over, days })
}

/// SOFR − IORB on a day less the median of the days from the eleventh to the fourth before, median over paths: as the
/// effect of quarter-ends was measured.
pub fn period_end_effect(run: &Run, date: Date) -> f64 {
    let day = day_of(run, date);
    let before = spread_over(run, Over::Median, day - 11..day - 3);
    median(run.published(Variable::SofrIorb, day).iter().zip(before).map(|(close, before)| close - before).collect())
}

/// The days of each H.4.1 week, from Thursday to Wednesday, of which the run holds all.
pub fn weeks(run: &Run) -> Vec<Range<usize>> {
    let dates = run.plan.published_dates();
    let ends: Vec<usize> = (0..dates.len()).filter(|&day| dates[day].weekday() == Weekday::Wednesday).collect();
    ends.windows(2).map(|pair| pair[0] + 1..pair[1] + 1).collect()
}

/// The mean of a variable over the days of a week, one value per path.
pub fn week_average(run: &Run, variable: Variable, days: Range<usize>) -> Vec<f64> {
    run.statistic(&PathStatistic { variable, over: Over::Mean, days })
}

/// Changes from week to week, over all paths, of those weeks before which ON RRP lies within bounds on Wednesday:
/// reserves and the TGA as week averages, Fed assets on Wednesdays, as the coefficients were measured.
pub fn weekly_changes(run: &Run, on_rrp: Range<f64>) -> Vec<[f64; 3]> {
    let mut changes = Vec::new();
    for pair in weeks(run).windows(2) {
        let averages = [Variable::Reserves, Variable::Tga]
            .map(|variable| [&pair[0], &pair[1]].map(|week| week_average(run, variable, week.clone())));
        let wednesdays = [&pair[0], &pair[1]].map(|week| week.end - 1);
        let assets = wednesdays.map(|day| run.published(Variable::FedAssets, day));
        let opening = run.published(Variable::OnRrp, wednesdays[0]);
        for path in (0..opening.len()).filter(|&path| on_rrp.contains(&opening[path])) {
            let [reserves, tga] = averages.each_ref().map(|[before, after]| after[path] - before[path]);
            changes.push([reserves, tga, assets[1][path] - assets[0][path]]);
        }
    }
    changes
}

/// The coefficient of the second column in a least-squares fit of the first on a constant, the second and the third.
pub fn slope_given(rows: &[[f64; 3]]) -> f64 {
    let n = rows.len() as f64;
    let mean: [f64; 3] = std::array::from_fn(|i| rows.iter().map(|row| row[i]).sum::<f64>() / n);
    let product = |i: usize, j: usize| rows.iter().map(|row| (row[i] - mean[i]) * (row[j] - mean[j])).sum::<f64>() / n;
    let (yx, yz, xx, zz, xz) = (product(0, 1), product(0, 2), product(1, 1), product(2, 2), product(1, 2));
    (yx * zz - yz * xz) / (xx * zz - xz * xz)
}

/// The mean take-up of the standing facility over all simulated days on which SOFR less its rate lies within bounds, bp.
pub fn take_up(run: &Run, over_its_rate: Range<f64>, until: Date) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for day in run.days_between(run.scenario.start, until) {
        let rates = run.plan.days[day - 1].rates;
        let facility = 100.0 * (rates.srf - rates.iorb);
        let pairs = run.published(Variable::SofrIorb, day).into_iter().zip(run.published(Variable::Srf, day));
        for (_, drawn) in pairs.filter(|(spread, _)| over_its_rate.contains(&(spread - facility))) {
            sum += drawn;
            count += 1.0;
        }
    }
    sum / count
}

/// How often a real series lay between the 5 % and the 95 % quantile of its paths.
#[derive(Clone, Copy, Debug, Default)]
pub struct Coverage {
    inside: usize,
    points: usize,
    width: f64,
}

impl Coverage {
    /// Adds one published figure beside what the paths say of it.
    pub fn add(&mut self, real: f64, mut paths: Vec<f64>) {
        let [low, high] = quantiles(&mut paths, &[0.05, 0.95]);
        self.inside += usize::from((low..=high).contains(&real));
        self.points += 1;
        self.width += high - low;
    }

    /// Figures that were compared.
    pub fn points(&self) -> usize {
        self.points
    }

    /// Figures inside the band, percent.
    pub fn percent(&self) -> f64 {
        100.0 * self.inside as f64 / self.points as f64
    }

    /// Mean width of the band.
    pub fn mean_width(&self) -> f64 {
        self.width / self.points as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slope_is_found_beside_what_moves_with_it() {
        // y = 3 − .9 x + 2 z exactly.
        let rows = [[1.0, 0.5], [2.0, -1.0], [-3.0, 0.25], [0.5, 4.0]].map(|[x, z]| [3.0 - 0.9 * x + 2.0 * z, x, z]);
        assert!((slope_given(&rows) + 0.9).abs() < 1e-12);
    }

    #[test]
    fn a_band_counts_what_lies_in_it() {
        // Of 0 to 100 the band is from 5 to 95.
        let paths: Vec<f64> = (0..=100).map(f64::from).collect();
        let mut coverage = Coverage::default();
        for real in [4.9, 5.1, 50.0, 96.0] {
            coverage.add(real, paths.clone());
        }
        assert_eq!((coverage.points(), coverage.percent()), (4, 50.0));
        assert!((coverage.mean_width() - 90.0).abs() < 1.1);
    }
}
