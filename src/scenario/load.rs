//! From a name or a path to a validated scenario.

use crate::scenario::assemble::assemble;
use crate::scenario::codes;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::fields::SCENARIO;
use crate::scenario::missing::report_missing_below;
use crate::scenario::node::Table;
use crate::scenario::overlay::{Overlaid, overlaid};
use crate::scenario::problems::Problems;
use crate::scenario::scenario::{Scenario, ScenarioFile};
use crate::scenario::source::{Noun, Source};
use crate::scenario::validate::validate;
use crate::scenario::vintage::{Vintage, read_vintage};
use std::path::Path;
use std::sync::Arc;

/// Reads and checks a scenario: one that ships, by name, or a path to a `.toml` file.
///
/// # Errors
/// Everything that is wrong with it, with what it extends, and with its vintage.
pub fn load(name_or_path: &str) -> Result<Scenario, Problems> {
    match Source::open(name_or_path, Noun::Scenario) {
        Ok(source) => load_source(&source),
        Err(diagnostic) => Err(Problems { diagnostics: vec![diagnostic] }),
    }
}

/// Reads and checks a scenario that is not in a file, shown as `name` in messages; it may extend those that ship.
///
/// # Errors
/// As [`load`].
pub fn load_text(name: &str, text: &str) -> Result<Scenario, Problems> {
    load_source(&Source::from_text(name, text))
}

/// As [`load_text`], as if the text stood in a file called `name` in `folder`, whose files it may extend.
///
/// # Errors
/// As [`load`].
pub fn load_text_in(folder: &Path, name: &str, text: &str) -> Result<Scenario, Problems> {
    load_source(&Source::in_folder(folder, name, text))
}

fn load_source(source: &Arc<Source>) -> Result<Scenario, Problems> {
    let mut problems = Problems::default();
    let Overlaid { table, mut files, broken } = overlaid(source, &mut problems);
    if !broken {
        report_missing_below(&table, SCENARIO, "a scenario", &mut problems);
    }
    validate(&table, &mut problems);
    let vintage = vintage_of(&table, &mut files, &mut problems);
    if !problems.is_empty() {
        problems.sort(&source.path);
        return Err(problems);
    }
    let files = files.iter().map(|file| ScenarioFile::of(file, source)).collect();
    let scenario = vintage.and_then(|vintage| assemble(source.name(), &table, vintage, files));
    Ok(scenario.expect("whatever a scenario lacks was reported above"))
}

fn vintage_of(scenario: &Table, files: &mut Vec<Arc<Source>>, problems: &mut Problems) -> Option<Vintage> {
    let table = scenario.table("vintage")?;
    let name = table.text("file")?;
    let place = table.place_of("file");
    let source = match place.source.open_named(name, place, Noun::Vintage) {
        Ok(source) => source,
        Err(diagnostic) => {
            problems.push(diagnostic);
            return None;
        }
    };
    let vintage = read_vintage(&source, problems)?;
    files.push(source);
    let horizon = scenario.table("horizon")?;
    if let Some(start) = horizon.date("start").filter(|start| *start != vintage.date) {
        let at = horizon.place_of("start");
        // Of the two, the one that was changed is pointed at.
        let leaf = &scenario.place.source;
        let at = if at.source.is(leaf) || !place.source.is(leaf) { at } else { place };
        let message = format!("the horizon starts on {start}, but the vintage is of {}", vintage.date);
        let diagnostic = Diagnostic::error(codes::VINTAGE_DATE, at, message).label("the two must be of one day");
        let help = format!("write `start = {}` in `[horizon]`, or name a vintage of {start}", vintage.date);
        problems.push(diagnostic.help(help));
    }
    Some(vintage)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::event::EventKind;
    use crate::scenario::scenario::{Distribution, Origin, Quantity, When};
    use crate::scenario::shipped::SCENARIOS;
    use jiff::civil::date;

    const CHILD: &str = r#"
title = "Child"
extends = "baseline_2025q4"
remove = ["runoff ends", "TGA above 1T"]

[horizon]
end = 2026-02-27

[parameters]
hoarding_half_life = { lognormal = { median = "20bd", sigma = 0.5 } }
ample_reserves = "3.3tn"

[[event]]
kind = "shutdown"
start = { choice = [2025-10-01, 2025-11-15], weights = [0.9, 0.1] }
duration = { triangular = ["10d", "30d", "60d"] }
delayed_outlays = "1.2bn/day"

[[watch]]
name = "TGA above 900"
when = "tga > 900bn"
limit = "5%"

[run]
seed = 7
"#;

    fn loaded(text: &str) -> Scenario {
        load_text("child.toml", text).unwrap_or_else(|problems| panic!("{problems}"))
    }

    #[test]
    fn every_scenario_that_ships_loads_and_says_what_it_claims_and_where_from() {
        for shipped in SCENARIOS {
            let scenario = load(shipped.name).unwrap_or_else(|problems| panic!("{problems}"));
            assert_eq!(scenario.name, shipped.name);
            assert!(!scenario.claim.is_empty() && !scenario.sources.is_empty() && !scenario.look_at.is_empty());
            assert!(!scenario.watches.is_empty());
        }
    }

    #[test]
    fn tables_merge_lists_of_events_and_watches_append_and_remove_drops() {
        let (parent, child) = (load("baseline_2025q4").expect("ships"), loaded(CHILD));
        assert_eq!((child.start, child.end), (parent.start, date(2026, 2, 27)));
        assert_eq!((child.paths, child.seed), (parent.paths, 7));
        assert_eq!(child.cash_target, parent.cash_target);
        let events: Vec<&str> = child.events.iter().map(|event| event.name.as_str()).collect();
        assert_eq!(
            events,
            ["leveraged positions grow", "reserve management purchases", "more repo capacity", "shutdown"]
        );
        assert_eq!(child.watches.len(), parent.watches.len());
        assert!(child.watches.iter().all(|watch| watch.name != "TGA above 1T"));
        assert_eq!(child.parameters.ample_reserves, Quantity::Fixed(3300.0));
        let lognormal = Distribution::Lognormal { median: 20.0, sigma: 0.5 };
        assert_eq!(child.parameters.hoarding_half_life, Quantity::Random(lognormal));
    }

    #[test]
    fn events_have_the_defaults_of_the_table_and_watches_the_window_of_the_horizon() {
        let child = loaded(CHILD);
        let shutdown = &child.events[3].kind;
        let expected = EventKind::Shutdown {
            start: When::OneOf(vec![date(2025, 10, 1), date(2025, 11, 15)], vec![0.9, 0.1]),
            duration: Quantity::Random(Distribution::Triangular { low: 10.0, mode: 30.0, high: 60.0 }),
            delayed_outlays: Quantity::Fixed(1.2),
            catch_up: Quantity::Fixed(15.0),
            hoarding: Quantity::Fixed(0.0),
        };
        assert_eq!(shutdown, &expected);
        let watch = child.watches.last().expect("the child's own");
        assert_eq!((watch.from, watch.to, watch.limit), (child.start, child.end, Some(0.05)));
    }

    #[test]
    fn every_effective_value_knows_its_file_and_line() {
        let child = loaded(CHILD);
        let typed = |key: &str| child.typed.iter().find(|typed| typed.key == key).expect(key);
        // Lines counted in the text above, of which the first is empty.
        let end = typed("horizon.end");
        assert_eq!((end.value.as_str(), end.origin.to_string().as_str()), ("2026-02-27", "child.toml:7"));
        let outlays = typed("event[3].delayed_outlays");
        assert_eq!(outlays.origin.to_string(), "child.toml:17");
        let level = typed("treasury.cash_target[1].level");
        let Origin::File(file, line) = &level.origin else { panic!("typed in a file") };
        assert_eq!(file.to_str(), Some("scenarios/baseline_2025q4.toml"));
        let parent = SCENARIOS.iter().find(|shipped| shipped.name == "baseline_2025q4").expect("ships");
        assert!(parent.text.lines().nth(line - 1).is_some_and(|line| line.contains(&level.value)));
    }

    #[test]
    fn a_distribution_may_be_typed_as_a_list_or_as_a_table() {
        let with = |quantity: &str| {
            let text = format!("title = \"t\"\nextends = \"baseline_2025q4\"\n[parameters]\nrepo_floor = {quantity}\n");
            loaded(&text).parameters.repo_floor
        };
        for (list, table) in [
            ("{ normal = ['-9bp', '1bp'] }", "{ normal = { sd = '1bp', mean = '-9bp' } }"),
            ("{ uniform = ['-9bp', '1bp'] }", "{ uniform = { low = '-9bp', high = '1bp' } }"),
            ("{ student_t = ['-9bp', '1bp', 5] }", "{ student_t = { centre = '-9bp', scale = '1bp', degrees = 5.0 } }"),
            ("{ choice = ['-9bp', '1bp'] }", "{ choice = ['-9bp', '1bp'], weights = ['50%', 0.5] }"),
        ] {
            assert_eq!(with(list), with(table));
        }
    }

    #[test]
    fn a_file_finds_its_parent_beside_it_before_one_that_ships_and_never_itself() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).expect("the file can be written");
            path.to_string_lossy().into_owned()
        };
        // Of the same name as the one that ships, which it extends.
        let own = write("baseline_2025q4.toml", "extends = 'baseline_2025q4'\nclaim = 'own'\nsources = ['own']");
        let child = write("child.toml", "title = 'Child'\nextends = 'baseline_2025q4'");
        assert_eq!(load(&own).expect("extends what ships").sources, ["own"]);
        let child = load(&child).expect("extends the file beside it");
        assert_eq!(child.sources, ["own"]);
        assert_eq!(child.claim, "", "a claim is its scenario's own");
        // A text that is no file yet finds the same, a file of its own name included.
        let text = "title = 'Child of the child'\nextends = 'child'\n";
        let grandchild = load_text_in(folder.path(), "child.toml", text).expect("extends the file of the folder");
        assert_eq!((grandchild.name.as_str(), grandchild.sources.as_slice()), ("child", &["own".to_owned()][..]));
    }
}
