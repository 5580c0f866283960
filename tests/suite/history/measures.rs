//! What is read off simulated paths in the way the sources read it off history.

use jiff::civil::{Date, Weekday};
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

/// The highest SOFR − IORB of each path from one day to another.
pub fn highest_spread(run: &Run, from: Date, to: Date) -> Vec<f64> {
    let days = run.days_between(from, to);
    run.statistic(&PathStatistic { variable: Variable::SofrIorb, over: Over::Highest, days })
}

/// SOFR − IORB on a day less the median of the days from the eleventh to the fourth before, median over paths: as the
/// effect of quarter-ends was measured.
pub fn period_end_effect(run: &Run, date: Date) -> f64 {
    let day = day_of(run, date);
    let before =
        run.statistic(&PathStatistic { variable: Variable::SofrIorb, over: Over::Median, days: day - 11..day - 3 });
    median(run.published(Variable::SofrIorb, day).iter().zip(before).map(|(close, before)| close - before).collect())
}

/// The days of each H.4.1 week, from Thursday to Wednesday, of which the run holds all.
pub fn weeks(run: &Run) -> Vec<std::ops::Range<usize>> {
    let dates = run.plan.published_dates();
    let ends: Vec<usize> = (0..dates.len()).filter(|&day| dates[day].weekday() == Weekday::Wednesday).collect();
    ends.windows(2).map(|pair| pair[0] + 1..pair[1] + 1).collect()
}

/// The mean of a variable over the days of a week, one value per path.
pub fn week_average(run: &Run, variable: Variable, days: std::ops::Range<usize>) -> Vec<f64> {
    run.statistic(&PathStatistic { variable, over: Over::Mean, days })
}

/// Changes from week to week, over all paths, of those weeks before which ON RRP lies within bounds on Wednesday:
/// reserves and the TGA as week averages, Fed assets on Wednesdays, as the coefficients were measured.
pub fn weekly_changes(run: &Run, on_rrp: std::ops::Range<f64>) -> Vec<[f64; 3]> {
    let mut changes = Vec::new();
    for pair in weeks(run).windows(2) {
        let averages = [Variable::Reserves, Variable::Tga]
            .map(|variable| [&pair[0], &pair[1]].map(|week| week_average(run, variable, week.clone())));
        let assets = [&pair[0], &pair[1]].map(|week| run.published(Variable::FedAssets, week.end - 1));
        let on_wednesday = run.published(Variable::OnRrp, pair[0].end - 1);
        for path in (0..on_wednesday.len()).filter(|&path| on_rrp.contains(&on_wednesday[path])) {
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
    let product =
        |i: usize, j: usize| rows.iter().map(|row| (row[i] - mean[i]) * (row[j] - mean[j])).sum::<f64>() / n;
    let (yx, yz, xx, zz, xz) = (product(0, 1), product(0, 2), product(1, 1), product(2, 2), product(1, 2));
    (yx * zz - yz * xz) / (xx * zz - xz * xz)
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

/// The mean take-up of the standing facility over all simulated days on which SOFR less its rate lies within bounds, bp,
/// and how many days those are.
pub fn take_up(run: &Run, over_its_rate: std::ops::Range<f64>, until: Date) -> (f64, usize) {
    let (mut sum, mut count) = (0.0, 0);
    for day in run.days_between(run.scenario.start, until) {
        let rates = run.plan.days[day - 1].rates;
        let facility = 100.0 * (rates.srf - rates.iorb);
        let pairs = run.published(Variable::SofrIorb, day).into_iter().zip(run.published(Variable::Srf, day));
        for (_, drawn) in pairs.filter(|(spread, _)| over_its_rate.contains(&(spread - facility))) {
            sum += drawn;
            count += 1;
        }
    }
    (sum / count as f64, count)
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
}
