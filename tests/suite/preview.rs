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
        // In standard errors of simulation, beyond what is rounded away in a table.
        let mut gaps = Vec::new();
        for info in VARIABLES {
            let [double, single] = [&double, &single].map(|summary| &summary.fan(info.variable).days);
            for (double, single) in double.iter().zip(single) {
                let gap = (double.median() - single.median()).abs() - 0.005;
                gaps.push(gap.max(0.0) / double.standard_errors[4].max(1e-9));
            }
        }
        let rms = (gaps.iter().map(|gap| gap * gap).sum::<f64>() / gaps.len() as f64).sqrt();
        let worst = gaps.into_iter().fold(0.0, f64::max);
        assert!(rms < 0.01 && worst < 0.3, "{name}: {rms} in root mean square, {worst} at worst");
    }
}
