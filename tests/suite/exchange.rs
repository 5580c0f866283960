//! What is exported for other engines: well-formed, complete, and referring to nothing that is not there. Whether an engine makes
//! of it what the program does is `exchange/check.py`'s to say, which needs PySD; `docs/exchange.md` has the figures.

use roxmltree::{Document, Node};
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use tidegate::exchange::{path_csv, xmile};
use tidegate::model::{FLOWS, Plan, VARIABLES};
use tidegate::scenario::{self, shipped::SCENARIOS};
use tidegate::simulation::Skeleton;

/// Functions and words of XMILE equations (OASIS 2015, section 3.5) that the export uses.
const WORDS: [&str; 12] = ["if", "then", "else", "and", "or", "time", "max", "min", "exp", "ln", "abs", "e"];

fn exported(name: &str) -> (String, Plan) {
    let scenario = scenario::load(name).expect("a shipped scenario");
    let plan = scenario::plan(&scenario);
    let skeleton = Skeleton::of(&scenario, &plan).expect("the books balance");
    (xmile(&scenario, &plan, &skeleton).expect("what ships is exported"), plan)
}

/// A name as XMILE compares names: without case, underscores for spaces.
fn canonical(name: &str) -> String {
    name.to_lowercase().replace(' ', "_")
}

fn child<'a>(node: Node<'a, 'a>, tag: &str) -> Option<&'a str> {
    node.children().find(|child| child.has_tag_name(("http://docs.oasis-open.org/xmile/ns/XMILE/v1.0", tag)))?.text()
}

/// What stands in a part of the model: its variables, or a view of them.
fn within<'a>(document: &'a Document<'a>, part: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    let part = document.descendants().find(move |node| node.tag_name().name() == part).expect("every model has it");
    part.children().filter(Node::is_element)
}

/// The stocks, flows and auxiliaries, by name.
fn variables<'a>(document: &'a Document<'a>) -> BTreeMap<String, Node<'a, 'a>> {
    let mut found = BTreeMap::new();
    for node in within(document, "variables").filter(|node| node.tag_name().name() != "group") {
        let name = canonical(node.attribute("name").expect("a variable has a name"));
        assert!(found.insert(name.clone(), node).is_none(), "two variables are called {name}");
    }
    found
}

/// The names that an equation refers to.
fn references(equation: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (position, part) in equation.split('"').enumerate() {
        if position % 2 == 1 {
            found.insert(canonical(part));
            continue;
        }
        let words = part.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.')));
        found.extend(words.filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic())).map(canonical));
    }
    found.retain(|name| !WORDS.contains(&name.as_str()));
    found
}

#[test]
fn every_shipped_scenario_is_exported_and_refers_to_nothing_that_is_not_there() {
    for shipped in SCENARIOS {
        let (text, plan) = exported(shipped.name);
        let document = Document::parse(&text).unwrap_or_else(|error| panic!("{}: {error}", shipped.name));
        let variables = variables(&document);
        let mut read = BTreeSet::new();
        for (name, node) in &variables {
            let equation = child(*node, "eqn").expect("every variable has an equation");
            let flows = node.children().filter(|child| child.has_tag_name("inflow")).filter_map(|child| child.text());
            let names: BTreeSet<String> = [equation].into_iter().chain(flows).flat_map(references).collect();
            for other in &names {
                assert!(variables.contains_key(other), "{}: {name} refers to {other}", shipped.name);
            }
            read.extend(names);
            assert!(child(*node, "doc").is_some_and(|doc| doc.len() > 15), "{}: {name} is not explained", shipped.name);
            assert!(child(*node, "units").is_some(), "{}: {name} has no units", shipped.name);
            for points in node.descendants().filter(|node| node.tag_name().name() == "ypts") {
                let points = points.text().expect("a table has points");
                let finite = points.split(',').filter(|point| point.parse::<f64>().is_ok_and(f64::is_finite));
                assert_eq!(finite.count(), plan.days.len(), "{}: {name}", shipped.name);
            }
        }
        // A parameter that no equation reads would be a promise without effect.
        let idle: Vec<_> = variables.keys().filter(|name| name.starts_with("p_") && !read.contains(*name)).collect();
        assert!(idle.is_empty(), "{}: {idle:?}", shipped.name);
    }
}

#[test]
fn every_flow_of_the_books_moves_the_stocks_it_says() {
    let (text, _) = exported("baseline_2025q4");
    let document = Document::parse(&text).unwrap();
    let variables = variables(&document);
    for flow in FLOWS {
        let name = canonical(flow.name);
        assert_eq!(variables[&name].tag_name().name(), "flow", "{name}");
        let moved = variables.iter().filter(|(other, node)| {
            let equation = child(**node, "eqn").unwrap_or_default();
            other.starts_with("change_of_") && references(equation).contains(&name)
        });
        assert_eq!(moved.count(), flow.entries.len(), "{name}");
    }
    for info in VARIABLES {
        let is_off = matches!(info.name, "debt_room" | "equities" | "small_caps" | "bitcoin");
        assert_eq!(variables.contains_key(&format!("published_{}", info.name)), !is_off, "{}", info.name);
    }
}

#[test]
fn the_size_of_the_baseline_is_known_and_its_view_shows_all_of_it() {
    let (text, _) = exported("baseline_2025q4");
    let document = Document::parse(&text).unwrap();
    let count = |part: &'static str| {
        ["stock", "flow", "aux", "group"]
            .map(|tag| within(&document, part).filter(|node| node.tag_name().name() == tag).count())
    };
    let [stocks, flows, auxiliaries, groups] = count("variables");
    let in_groups = within(&document, "variables").filter(|node| node.tag_name().name() == "group");
    let titles: BTreeSet<_> = in_groups.map(|node| node.attribute("name")).collect();
    assert_eq!(titles.len(), groups, "a group is there twice");
    // Every stock has a flow of its own beside those of the books.
    assert_eq!(flows, stocks + FLOWS.len());
    assert_eq!([stocks, auxiliaries, groups], [65, 528, 29]);
    assert_eq!(document.descendants().filter(|node| node.tag_name().name() == "gf").count(), 29);
    assert_eq!(count("view"), [stocks, flows, auxiliaries, 0]);
}

#[test]
fn the_path_has_a_row_for_every_day() {
    let scenario = scenario::load("tga_drawdown_2021").unwrap();
    let plan = scenario::plan(&scenario);
    let text = String::from_utf8(path_csv(&plan, &Skeleton::of(&scenario, &plan).unwrap())).unwrap();
    let columns: Vec<usize> = text.lines().map(|line| line.split(',').count()).collect();
    assert_eq!(columns.len(), plan.days.len() + 1);
    // All published variables but the three risk assets, with day and date.
    assert!(columns.iter().all(|columns| *columns == VARIABLES.len() - 3 + 2));
}

#[test]
fn risk_assets_are_refused_in_words() {
    let text = "title = 't'\nextends = 'baseline_2025q4'\n[parameters]\nrisk_assets = 1\n";
    let scenario = scenario::load_text("t.toml", text).unwrap_or_else(|problems| panic!("{problems}"));
    let plan = scenario::plan(&scenario);
    let skeleton = Skeleton::of(&scenario, &plan).unwrap();
    let refused = xmile(&scenario, &plan, &skeleton).unwrap_err().to_string();
    assert!(refused.contains("`risk_assets` is not exported") && refused.contains("risk_assets = 0"), "{refused}");
    let place = tempfile::tempdir().unwrap();
    std::fs::write(place.path().join("t.toml"), text).unwrap();
    let export = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tidegate"));
        let done = command.arg("export").args(arguments).current_dir(place.path()).output().unwrap();
        (done.status.code(), String::from_utf8_lossy(&done.stderr).into_owned())
    };
    let (code, told) = export(&["t.toml", "--xmile", "--out", "t.xmile"]);
    assert_eq!((code, told), (Some(2), format!("error: t.toml cannot be exported: {refused}\n")));
    assert!(!place.path().join("t.xmile").exists());
    // One of the two forms has to be asked for.
    assert_eq!(export(&["baseline_2025q4"]).0, Some(2));
    assert_eq!(export(&["baseline_2025q4", "--path", "--out", "there.csv"]), (Some(0), String::new()));
    assert!(place.path().join("there.csv").exists());
}
