//! A preview in single precision says what the run in double precision says.

use tidegate::model::VARIABLES;
use tidegate::scenario;
use tidegate::simulation::{Precision, Settings, tally};
use tidegate::statistics::Summary;

const PATHS: u64 = 4_096;

#[test]
fn medians_of_a_preview_are_those_of_the_run() {
    for name in ["debt_limit_and_rebuild", "sept_2019_spike", "shutdown_cash_hoarding"] {
        let mut scenario = scenario::load(name).unwrap_or_else(|problems| panic!("{problems}"));
        scenario.set_paths(PATHS);
        let plan = scenario::plan(&scenario);
        let [double, single] = [Precision::Double, Precision::Single].map(|precision| {
            let settings = Settings { precision, ..Settings::default() };
            let tally = tally(&scenario, &plan, settings, &|_| ()).unwrap_or_else(|leak| panic!("{name}: {leak}"));
            Summary::of(&tally, &plan)
        });
        let mut worst = (0.0, String::new());
        let (mut squares, mut count) = (0.0, 0);
        for info in VARIABLES {
            let [double, single] = [&double, &single].map(|summary| &summary.fan(info.variable).days);
            for (day, (double, single)) in double.iter().zip(single).enumerate() {
                let gap = (double.median() - single.median()).abs();
                let ratio = (gap - 0.005).max(0.0) / (double.standard_errors[4] + 1e-9);
                squares += ratio * ratio;
                count += 1;
                if ratio > worst.0 {
                    worst = (ratio, format!("{} on day {day}: {double:?} {single:?}", info.name));
                }
            }
        }
        eprintln!("{name}: rms {} worst {worst:?}", (squares / f64::from(count)).sqrt());
    }
}
