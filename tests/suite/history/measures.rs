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

/// Weekly changes of reserves, of the TGA and of Fed assets from Wednesday to Wednesday, over all paths, of those weeks
/// that begin with ON RRP within bounds.
pub fn weekly_changes(run: &Run, on_rrp: std::ops::Range<f64>) -> Vec<[f64; 3]> {
    let dates = run.plan.published_dates();
    let wednesdays: Vec<usize> = (0..dates.len()).filter(|&day| dates[day].weekday() == Weekday::Wednesday).collect();
    let mut weeks = Vec::new();
    for pair in wednesdays.windows(2) {
        let of = |variable, day: usize| run.published(variable, day);
        let opening = of(Variable::OnRrp, pair[0]);
        let columns = [Variable::Reserves, Variable::Tga, Variable::FedAssets]
            .map(|variable| (of(variable, pair[0]), of(variable, pair[1])));
        for (path, opening) in opening.iter().enumerate() {
            if on_rrp.contains(opening) {
                weeks.push(columns.each_ref().map(|(before, after)| after[path] - before[path]));
            }
        }
    }
    weeks
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
