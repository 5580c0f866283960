//! The claims of the note of November 2025, put to the test: `docs/claims.md` and its picture are what runs say.
//!
//! `UPDATE_EXPECT=1` writes them anew.

mod market;
mod page;
mod recorded;
mod treasury;
mod verdict;
mod worlds;

use recorded::EPISODES;
use std::fs;
use std::path::Path;
use tidegate::calendar::names::short_date;
use tidegate::report::charts::{HandsRow, Theme, draw_svg};
use tidegate::report::{Episode, hands};
use tidegate::research::Run;
use worlds::{day, overlay, run, shipped};

/// A published day in words.
fn worded(run: &Run, day: usize) -> String {
    short_date(run.plan.published_dates()[day])
}

/// A shipped scenario with the satellite of risk assets, which moves nothing else.
fn with_risk_assets(name: &str) -> Run {
    let text = format!("title = \"Risk assets\"\nextends = \"{name}\"\nclaim = \"They rally.\"\n{}", market::SATELLITE);
    run(overlay("risk_assets", &text))
}

#[test]
fn the_page_of_claims_and_its_picture_are_what_runs_say() {
    let september = run(shipped("sept_2019_spike"));
    let rebuild = run(shipped("debt_limit_and_rebuild"));
    let others = ["tga_drawdown_2021", "rebuild_2023", "january_2026_purchases"].map(|name| run(shipped(name)));
    let (baseline, reopening) = (with_risk_assets("baseline_2025q4"), with_risk_assets("shutdown_then_reopening"));
    let shutdown = run(shipped("shutdown_cash_hoarding"));
    let delay_only = treasury::shutdown_without_hoarding();

    let [drawdown, rebuild_2023, purchases] = &others;
    let episodes: Vec<Episode<'_>> = EPISODES
        .iter()
        .map(|recorded| {
            let run = match recorded.scenario {
                "sept_2019_spike" => &september,
                "tga_drawdown_2021" => drawdown,
                "rebuild_2023" => rebuild_2023,
                "debt_limit_and_rebuild" => &rebuild,
                "shutdown_then_reopening" => &reopening,
                _ => purchases,
            };
            Episode {
                name: recorded.name.to_owned(),
                run,
                days: (day(run, recorded.from.date), day(run, recorded.to.date)),
                happened: Some(recorded.by_hand()),
            }
        })
        .collect();
    let chart = hands(&episodes, "what happened, changes between Wednesdays of Federal Reserve H.4.1.");
    let medians: Vec<[f64; 4]> = chart.rows.iter().map(|row: &HandsRow| row.model.parts).collect();

    let claims = [
        treasury::hoarding_drained_700bn(&shutdown, &delay_only, &baseline, &rebuild),
        treasury::hidden_rate_rise(&shutdown, &delay_only, &baseline),
        market::ending_runoff_does_not_help(&baseline),
        market::reflexive_loop(&shutdown),
        market::parallel_of_2019(&september, &shutdown),
        treasury::stealth_qe(&reopening, &baseline),
        market::risk_assets_rally(&reopening, &baseline),
        treasury::deficits_bring_it_back(),
        treasury::hand_on_the_switch(&medians, &shutdown),
    ];
    compare("claims.md", &page::page(&claims));
    compare("pictures/hands.svg", &draw_svg(&chart, Theme::Light).expect("finite numbers"));
}

fn compare(file: &str, found: &str) {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(file);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&kept, found).unwrap();
        return;
    }
    let expected = fs::read_to_string(&kept).unwrap_or_default();
    let first = expected.lines().zip(found.lines()).find(|(expected, found)| expected != found);
    assert!(expected == found, "docs/{file} is not what the runs say, first here: {first:?}");
}
