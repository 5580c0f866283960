//! Pictures of two shipped scenarios on the same luck, as the documents show them.
//! `UPDATE_EXPECT=1` draws them anew.

use jiff::civil::{Date, date};
use std::fs;
use std::path::Path;
use tidegate::model::Variable;
use tidegate::report::charts::{Chart, Theme, draw_svg};
use tidegate::report::{difference, side_by_side};
use tidegate::research::Paired;
use tidegate::scenario;

/// What is drawn of a pair.
enum Subject {
    /// The fan of the difference.
    Difference,
    /// Both fans.
    SideBySide,
}

/// File in `docs/pictures`, the two scenarios, their names on the picture, the variable, what of it, and the last day
/// that is drawn if it is not that of the scenarios.
type Drawn = (&'static str, [&'static str; 2], [&'static str; 2], Variable, Subject, Option<Date>);

const PICTURES: [Drawn; 3] = [
    (
        "shutdown_difference.svg",
        ["shutdown_cash_hoarding", "baseline_2025q4"],
        ["The shutdown of autumn 2025", "the same autumn without it"],
        Variable::Reserves,
        Subject::Difference,
        None,
    ),
    (
        "shutdown_side_by_side.svg",
        ["shutdown_cash_hoarding", "baseline_2025q4"],
        ["shutdown", "none"],
        Variable::Reserves,
        Subject::SideBySide,
        None,
    ),
    (
        "sept_2019_facility.svg",
        ["sept_2019_spike", "sept_2019_with_facility"],
        ["without", "with"],
        Variable::SofrIorb,
        Subject::SideBySide,
        Some(date(2019, 9, 20)),
    ),
];

#[test]
fn the_pictures_of_two_worlds_are_what_the_scenarios_say() {
    for (file, scenarios, names, variable, subject, until) in PICTURES {
        let [one, other] = scenarios.map(|name| {
            let mut scenario = scenario::load(name).expect("a shipped scenario");
            scenario.end = until.unwrap_or(scenario.end);
            scenario
        });
        let paired = Paired::simulate(&one, &other).expect("they share everything but the story");
        let chart: Box<dyn Chart> = match subject {
            Subject::Difference => Box::new(difference(&paired, variable, names)),
            Subject::SideBySide => Box::new(side_by_side(&paired, variable, names)),
        };
        let drawn = draw_svg(&*chart, Theme::Light).expect("charts are made of finite numbers");
        let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures").join(file);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&kept, drawn).unwrap();
        } else {
            assert!(fs::read_to_string(&kept).unwrap_or_default() == drawn, "{file} is not what the scenarios say");
        }
    }
}
