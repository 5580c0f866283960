//! Against what happened: from the balance sheet of 1 October 2025, the real weeks to the end of the year.
//!
//! Run with `--nocapture` to see the comparison.

use jiff::civil::{Date, date};
use tidegate::model::{Simulated, Variable};
use tidegate::scenario;
use tidegate::simulation::{Settings, simulate};
use tidegate::statistics::{Summary, Tally};

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

/// A scenario against what happened.
pub struct Comparison {
    /// The comparison as a table.
    pub text: String,
    /// Weeks in which reserves, and the TGA, lay inside the 90 % band.
    inside: [usize; 2],
    /// P(SOFR − IORB of 20bp or more by the end of the year).
    probability_of_spike: f64,
}

/// Runs a scenario as it ships and compares it.
pub fn comparison(name: &str) -> Comparison {
    let scenario = scenario::load(name).expect("a shipped scenario");
    let plan = scenario::plan(&scenario);
    let outcomes = simulate(&scenario, &plan, Settings::default(), &|_| ()).expect("no leak");
    let summary = Summary::of(&Tally::of(&outcomes, &plan, &[]), &plan);

    let mut text = format!(
        "{name}: 90% band and H.4.1 Wednesday levels, $bn\n\n\
         week              reserves                        TGA\n\
         {:<10} {:>7} {:>7} {:>7} {:>7}    {:>6} {:>6} {:>6} {:>6}\n",
        "", "5%", "median", "95%", "actual", "5%", "median", "95%", "actual"
    );
    let mut inside = [0, 0];
    for (week, reserves, tga) in ACTUAL {
        let day = summary.dates.iter().position(|date| *date == week).expect("a published day");
        text.push_str(&week.to_string());
        for (count, (variable, actual, width)) in
            inside.iter_mut().zip([(Variable::Reserves, reserves, 8), (Variable::Tga, tga, 7)])
        {
            let band = &summary.fan(variable).days[day];
            let is_inside = (band.low()..=band.high()).contains(&actual);
            *count += usize::from(is_inside);
            for value in [band.low(), band.median(), band.high(), actual] {
                text.push_str(&format!("{value:>width$.0}"));
            }
            text.push_str(if is_inside { "   " } else { " * " });
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    }

    let last = summary.dates.iter().position(|day| *day == date(2025, 12, 31)).expect("a published day");
    let spikes = outcomes
        .tiles
        .iter()
        .flat_map(|tile| (0..tile.paths).map(move |lane| (tile, lane)))
        .filter(|(tile, lane)| (1..=last).any(|day| tile.row(day, Simulated::SofrIorb)[*lane] >= 20.0))
        .count();
    let probability_of_spike = spikes as f64 / outcomes.paths() as f64;
    text.push_str(&format!(
        "\ninside: reserves {} of {weeks} weeks, TGA {} of {weeks}\n\
         P(SOFR − IORB of 20bp or more by 31 December) {:.1}%; the highest was {ACTUAL_HIGHEST_SPREAD:.0}bp\n",
        inside[0],
        inside[1],
        100.0 * probability_of_spike,
        weeks = ACTUAL.len(),
    ));
    Comparison { text, inside, probability_of_spike }
}

#[test]
fn the_autumn_of_2025_lies_inside_the_bands() {
    for name in ["shutdown_cash_hoarding", "baseline_2025q4"] {
        let Comparison { text, inside, probability_of_spike } = comparison(name);
        println!("\n{text}");
        for (variable, weeks) in ["reserves", "TGA"].into_iter().zip(inside) {
            assert!(weeks as f64 >= 0.8 * ACTUAL.len() as f64, "{name}: {variable} inside in {weeks} weeks");
        }
        assert!((0.05..=0.95).contains(&probability_of_spike), "{name}: {probability_of_spike}");
    }
}
