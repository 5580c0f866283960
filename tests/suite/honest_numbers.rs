//! Against what happened: from the balance sheet of 1 October 2025, the real weeks to the end of the year.
//!
//! Run with `--nocapture` to see the comparison.

use jiff::civil::{Date, date};
use tidegate::model::{Simulated, Variable};
use tidegate::scenario;
use tidegate::simulation::{Settings, simulate};
use tidegate::statistics::Summary;

/// Wednesday levels, $bn: reserve balances with Federal Reserve Banks (WRBWFRBL) and the Treasury General
/// Account (WDTGAL), Federal Reserve H.4.1, table 1, published on the Thursday after each date.
const ACTUAL: [(Date, f64, f64); 13] = [
    (date(2025, 10, 8), 3033.855, 794.054),
    (date(2025, 10, 15), 2988.202, 851.952),
    (date(2025, 10, 22), 2929.637, 905.074),
    (date(2025, 10, 29), 2827.909, 983.859),
    (date(2025, 11, 5), 2851.923, 942.700),
    (date(2025, 11, 12), 2883.340, 943.145),
    (date(2025, 11, 19), 2917.531, 900.832),
    (date(2025, 11, 26), 2897.987, 899.678),
    (date(2025, 12, 3), 2878.164, 908.523),
    (date(2025, 12, 10), 2973.767, 805.827),
    (date(2025, 12, 17), 2933.652, 861.417),
    (date(2025, 12, 24), 2980.514, 801.537),
    (date(2025, 12, 31), 2853.441, 872.853),
];

/// The highest SOFR − IORB of the quarter: 4.22 − 3.90 on 31 October 2025, New York Fed and FRED IORB.
const ACTUAL_HIGHEST_SPREAD: f64 = 32.0;

#[test]
fn the_autumn_of_2025_lies_inside_the_bands() {
    for name in ["shutdown_cash_hoarding", "baseline_2025q4"] {
        let scenario = scenario::load(name).expect("a shipped scenario");
        let plan = scenario::plan(&scenario);
        let outcomes = simulate(&scenario, &plan, Settings::default(), &|_| ()).expect("no leak");
        let summary = Summary::of(&outcomes, &plan, &[]);

        println!("\n{name}: 90% band against H.4.1 Wednesday levels, $bn");
        println!("{:<12}{:>8}{:>8}{:>8}{:>10}  {:>8}{:>8}{:>8}{:>10}", "week", "q05", "median", "q95", "reserves", "q05", "median", "q95", "TGA");
        let mut inside = [0, 0];
        for (week, reserves, tga) in ACTUAL {
            let day = summary.dates.iter().position(|date| *date == week).expect("a published day");
            print!("{week:<12}");
            for (count, (variable, actual)) in
                inside.iter_mut().zip([(Variable::Reserves, reserves), (Variable::Tga, tga)])
            {
                let band = &summary.fan(variable).days[day];
                let is_inside = (band.low()..=band.high()).contains(&actual);
                *count += usize::from(is_inside);
                let mark = if is_inside { ' ' } else { '*' };
                print!("{:>8.0}{:>8.0}{:>8.0}{actual:>9.0}{mark}  ", band.low(), band.median(), band.high());
            }
            println!();
        }
        let weeks = ACTUAL.len();
        println!("inside: reserves {} of {weeks} weeks, TGA {} of {weeks}", inside[0], inside[1]);
        for (variable, count) in ["reserves", "TGA"].into_iter().zip(inside) {
            assert!(count as f64 >= 0.8 * weeks as f64, "{name}: {variable} inside in {count} of {weeks} weeks");
        }

        let last = summary.dates.iter().position(|day| *day == date(2025, 12, 31)).expect("a published day");
        let spikes = outcomes
            .tiles
            .iter()
            .flat_map(|tile| (0..tile.paths).map(move |lane| (tile, lane)))
            .filter(|(tile, lane)| (1..=last).any(|day| tile.row(day, Simulated::SofrIorb)[*lane] >= 20.0))
            .count();
        let probability = spikes as f64 / outcomes.paths() as f64;
        println!("P(SOFR − IORB of 20bp or more by 31 December) = {probability:.3}; it was {ACTUAL_HIGHEST_SPREAD}bp");
        assert!((0.05..=0.95).contains(&probability), "{name}: {probability}");
    }
}
