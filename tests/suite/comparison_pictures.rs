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

/// File in `docs/pictures`, the two scenarios, their names on the picture, the variable, and what of it.
type Drawn = (&'static str, [&'static str; 2], [&'static str; 2], Variable, Subject);

const PICTURES: [Drawn; 4] = [
    (
        "shutdown_difference.svg",
        ["shutdown_cash_hoarding", "baseline_2025q4"],
        ["The shutdown of autumn 2025", "the same autumn without it"],
        Variable::Reserves,
        Subject::Difference,
    ),
    (
        "shutdown_side_by_side.svg",
        ["shutdown_cash_hoarding", "baseline_2025q4"],
        ["shutdown", "none"],
        Variable::Reserves,
        Subject::SideBySide,
    ),
    (
        "sept_2019_facility.svg",
        ["sept_2019_spike", "sept_2019_with_facility"],
        ["none", "facility of 2021"],
        Variable::SofrIorb,
        Subject::SideBySide,
    ),
    (
        "sept_2019_difference.svg",
        ["sept_2019_with_facility", "sept_2019_spike"],
        ["The standing facility of 2021", "September 2019 without it"],
        Variable::SofrIorb,
        Subject::Difference,
    ),
];

/// The last day drawn of September 2019: the question is 16 to 18 September.
const SHOWN_OF_2019: Date = date(2019, 9, 20);

#[test]
fn the_pictures_of_two_worlds_are_what_the_scenarios_say() {
    for (file, scenarios, names, variable, subject) in PICTURES {
        let [one, other] = scenarios.map(|name| {
            let mut scenario = scenario::load(name).expect("a shipped scenario");
            if scenario.start.year() == SHOWN_OF_2019.year() {
                scenario.end = SHOWN_OF_2019;
            }
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
