//! Probabilities of rare events against closed forms, against other methods and against plain paths.
//!
//! The gain of equities without a response to net liquidity is a random walk of normal steps through the whole program:
//! with a four-week deviation of √20 % a step has one of 1 %.

use std::process::Command;
use tidegate::research::rare::{Effort, RareEvent};
use tidegate::scenario::{self, Scenario, Watch};
use tidegate::simulation::{Settings, tally};

/// The baseline over 50 business days, with the satellite of risk assets alone on.
fn walk(parameters: &str) -> Scenario {
    let text = format!(
        "title = 't'\nextends = 'baseline_2025q4'\n[parameters]\nrisk_assets = 1\nequity_beta = '0%'\n\
         small_cap_beta = '0%'\nsmall_cap_noise = '6.708203932%'\n{parameters}\n"
    );
    let mut scenario = scenario::load_text("t.toml", &text).unwrap_or_else(|problems| panic!("{problems}"));
    scenario.end = jiff::civil::date(2025, 12, 15);
    assert_eq!(scenario::plan(&scenario).days.len(), 50);
    scenario
}

fn rare(scenario: &Scenario, condition: &str, per_level: usize, seed: u64) -> RareEvent {
    let watch = Watch::asked(condition, [None; 2], scenario).unwrap_or_else(|why| panic!("{condition}: {why:?}"));
    let effort = Effort { per_level, replicates: 32, seed };
    RareEvent::of(scenario, &watch, effort, &|_| ()).unwrap_or_else(|why| panic!("{condition}: {why:?}"))
}

#[test]
fn rare_events_of_a_walk_have_their_known_probabilities() {
    let fixed = "equity_noise = '4.472135955%'";
    for (parameters, condition, truth) in [
        // SciPy 1.17.1: norm.cdf(-30/√50).
        (fixed, "end(equities) < -30%", 1.104_524_849_929e-5),
        // The density of the walk above the level, day by day, by Gauss and Legendre's rule with 400 and 800 nodes:
        // docs/rare_events.md has the lines.
        (fixed, "equities < -31%", 8.398_831_469_791e-6),
        (fixed, "min(equities) < -24%", 5.253_563_055_309e-4),
        // SciPy 1.17.1: multivariate_normal.cdf([-24/√50, -36/(1.5√50)], cov=[[1, .85], [.85, 1]]).
        (fixed, "end(equities) < -24% and end(small_caps) < -36%", 1.031_351_144_318e-4),
        // What a path draws once, by its inverse distribution and by rejection; SciPy 1.17.1, with a step of v/√20:
        // quad(lambda v: norm.cdf(-30/(v*√2.5)), 2, 6)/4, and of t.pdf((v - 4)/.5, 5)/.5 times the same over 0 to 50.
        ("equity_noise = { uniform = ['2%', '6%'] }", "end(equities) < -30%", 8.756_346_178_723e-5),
        (
            "equity_noise = { student_t = { centre = '4%', scale = '0.5%', degrees = 5 } }",
            "end(equities) < -30%",
            2.942_107_368_147e-5,
        ),
    ] {
        let found = rare(&walk(parameters), condition, 500, 3);
        let interval = found.interval.expect("it is reached");
        let off = (interval.estimate - truth) / interval.standard_error;
        assert!(off.abs() < 3.0, "{parameters}, {condition}: {off} standard errors, {interval:?} against {truth}");
        assert!(interval.standard_error < 0.25 * truth, "{condition}: {interval:?}");
        assert!(found.paths < 200_000, "{condition}: {} paths", found.paths);
    }
}

/// The first seven days of the shutdown, as in docs/rare_events.md.
const WEEK: &str = "title = 't'\nextends = 'shutdown_cash_hoarding'\nremove = [
    'SOFR 20bp above IORB by year-end', 'TGA above 1T by mid-November', 'runoff ends', 'reserve management purchases',
    'more repo capacity', 'reserves fall by 100bn and SOFR is 20bp above IORB',
]\n[horizon]\nend = 2025-10-10\n";

#[test]
fn ten_million_plain_paths_agree() {
    let week = scenario::load_text("week.toml", WEEK).unwrap_or_else(|problems| panic!("{problems}"));
    // `tidegate run week.toml --paths 10000000`, seed 1: hits. It takes a minute or two of two processors.
    for (condition, hits) in [
        ("days(sofr_iorb > 10bp) >= 4", 130_945.0),
        ("max(sofr_iorb) > 20bp", 49_603.0),
        ("min(reserves) < 2550bn", 9_887.0),
        ("days(sofr_iorb > 15bp) >= 4", 8_040.0),
        ("max(sofr_iorb) > 30bp and min(reserves) < 2700bn", 4_689.0),
        ("max(sofr_iorb) > 100bp", 1_339.0),
        ("max(sofr_iorb) > 200bp", 547.0),
        ("end(tga) > 1000bn", 64.0_f64),
    ] {
        let interval = rare(&week, condition, 500, 11).interval.expect("it is reached");
        // Hits are about as uncertain as their root.
        let error = interval.standard_error.hypot(hits.sqrt() / 1e7);
        assert!((interval.estimate - hits / 1e7).abs() < 3.0 * error, "{condition}: {interval:?} against {hits} hits");
    }
}

#[test]
fn plain_paths_agree_where_they_can_reach() {
    let mut scenario = scenario::load("shutdown_cash_hoarding").expect("a shipped scenario");
    scenario.end = jiff::civil::date(2025, 11, 14);
    let condition = "sofr_iorb > 45bp or days(sofr_iorb > 25bp) >= 8";
    scenario.watches = vec![Watch::asked(condition, [None; 2], &scenario).expect("a condition")];
    scenario.set_paths(40_000);
    let plan = scenario::plan(&scenario);
    let tally = tally(&scenario, &plan, Settings::default(), &|_| ()).expect("the books balance");
    let plain = tally.watches()[0].probability;
    assert!((40..2_000).contains(&plain.hits), "{plain:?}");
    let found = rare(&scenario, condition, 500, 1).interval.expect("it is reached");
    let error = found.standard_error.hypot(plain.standard_error());
    assert!((found.estimate - plain.estimate()).abs() < 3.0 * error, "{found:?} against {plain:?}");
}

fn said(arguments: &[&str]) -> (Option<i32>, String, String) {
    let place = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_tidegate"));
    let done = command.arg("rare").args(arguments).current_dir(place.path()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (done.status.code(), text(done.stdout), text(done.stderr))
}

#[test]
fn the_command_says_the_same_on_any_number_of_threads() {
    let asked = ["shutdown_cash_hoarding", "--watch", "max(sofr_iorb) > 80bp", "--to", "2025-11-07", "--paths", "150"];
    let on = |threads, more: &[&'static str]| said(&[&asked[..], &["--threads", threads], more].concat());
    let (code, page, _) = on("1", &[]);
    assert_eq!(code, Some(0), "{page}");
    let words = page.split_whitespace().collect::<Vec<_>>().join(" ");
    for expected in
        ["Event max(sofr_iorb) > 80bp Probability", "95% interval", "plain draws would need", " event 0.00 "]
    {
        assert!(words.contains(expected), "{expected}: {page}");
    }
    assert_eq!(on("3", &[]).1, page);
    let (_, json, _) = on("2", &["--json"]);
    let record: serde_json::Value = serde_json::from_str(&json).unwrap();
    let probability = record["probability"].as_f64().unwrap();
    let [low, high] = [0, 1].map(|side| record["interval"][side].as_f64().unwrap());
    assert!(0.0 < low && low < probability && probability < high, "{json}");
    assert_eq!(record["replicates"].as_array().unwrap().len(), 16);
    let last = record["levels"].as_array().unwrap().last().unwrap();
    assert_eq!(last["distance"], 0.0);
}

#[test]
fn what_cannot_be_asked_is_told() {
    for (arguments, words) in [
        (&["baseline_2025q4", "--watch", "SOFR 10bp above IORBB"][..], "did you mean `SOFR 10bp above IORB`?"),
        (&["baseline_2025q4", "--watch", "sofr_iorb > 5bn"], "error: --watch: "),
        (&["baseline_2025q4", "--watch", "days(sofr_iorb > 9bp) + days(srf > 1bn) > 3"], "has a distance only where"),
        (&["baseline_2025q4", "--watch", "sofr_iorb > 9bp", "--to", "2027-01-04"], "is not in the horizon"),
        (&["baseline_2025q4", "--watch", "equities < -10%"], "nothing leads to `equities < -10%`"),
    ] {
        let (code, out, error) = said(arguments);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{error}");
        assert!(error.contains(words), "{error}");
    }
}
