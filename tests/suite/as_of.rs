//! The world as of a date, simulated: the books hold on every path.

use jiff::civil::date;
use std::path::Path;
use tidegate::as_of::{known_of, scenario};
use tidegate::history::History;
use tidegate::scenario::plan;
use tidegate::simulation::{Settings, simulate};

#[test]
fn five_origins_run_without_a_leak() {
    let Some(folder) = std::env::var_os("TIDEGATE_DATA") else {
        println!("skipped: TIDEGATE_DATA names no folder of official series");
        return;
    };
    let history = History::open(Path::new(&folder)).expect("the folder exists");
    let origins = [date(2021, 8, 4), date(2022, 6, 8), date(2023, 4, 12), date(2025, 2, 5), date(2026, 2, 25)];
    for origin in origins {
        let end = origin.saturating_add(jiff::ToSpan::days(90));
        let mut told = scenario(&known_of(&history, origin), origin, end).unwrap_or_else(|error| panic!("{error}"));
        told.set_paths(64);
        let days = plan(&told);
        let outcomes = simulate(&told, &days, Settings::default(), &|_| ());
        assert!(outcomes.is_ok(), "{origin}: the books must balance");
    }
}
