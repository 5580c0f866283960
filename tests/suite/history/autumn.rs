//! Autumn 2025, day by day and week by week, against the published series.

use super::bar::{Bar, bar};
use super::episodes::{FROM_JULY, FROM_OCTOBER};
use super::measures::{Coverage, week_average, weeks};
use crate::real_history::{fred, history};
use jiff::civil::{Date, date};
use tidegate::model::Variable;

/// The last day of the autumn.
const YEAR_END: Date = date(2025, 12, 31);

/// How often the real series lie inside the bands of two vintages; none without the series.
pub fn autumn_of_2025() -> Option<Vec<Bar>> {
    let folder = history("the autumn of 2025 inside the bands")?;
    let [reserves, tga, on_rrp, sofr, iorb] =
        ["WRESBAL", "WDTGAL", "RRPONTSYD", "SOFR", "IORB"].map(|id| fred(&folder, id));
    let mut bars = Vec::new();
    for (vintage, episode) in [("9 July", &FROM_JULY), ("1 October", &FROM_OCTOBER)] {
        let run = episode.run();
        let dates = run.plan.published_dates();
        let [mut of_reserves, mut of_tga, mut of_on_rrp, mut of_sofr] = [Coverage::default(); 4];
        for week in weeks(run) {
            let last = week.end - 1;
            let wednesday = dates[last];
            if wednesday <= YEAR_END {
                of_reserves.add(reserves[&wednesday] / 1000.0, week_average(run, Variable::Reserves, week));
                of_tga.add(tga[&wednesday] / 1000.0, run.published(Variable::Tga, last));
                of_on_rrp.add(on_rrp[&wednesday], run.published(Variable::OnRrp, last));
            }
        }
        for day in run.days_between(run.scenario.start, YEAR_END) {
            // No rate is published for days on which only the Fed is open.
            if let Some(rate) = sofr.get(&dates[day]) {
                of_sofr.add(100.0 * (rate - iorb[&dates[day]]), run.published(Variable::SofrIorb, day));
            }
        }
        for (name, coverage) in [("reserves, averages", of_reserves), ("TGA", of_tga), ("ON RRP", of_on_rrp)] {
            assert!(coverage.points() >= 12, "{name} from {vintage}");
            let of = format!("from {vintage}: weeks inside the 90% band, {name}, % of {}", coverage.points());
            bars.push(bar(of, [85.0, f64::INFINITY], coverage.percent(), ""));
        }
        assert!(of_sofr.points() >= 60, "days from {vintage}");
        let of = format!("from {vintage}: days inside the 90% band, SOFR − IORB, % of {}", of_sofr.points());
        bars.push(bar(of, [85.0, f64::INFINITY], of_sofr.percent(), ""));
        let of = format!("from {vintage}: mean width of that band, bp");
        bars.push(bar(of, [f64::NEG_INFINITY, 30.0], of_sofr.mean_width(), ""));
    }
    Some(bars)
}
