//! `docs/gallery.md`: every scenario that ships, with its picture and its answer. `UPDATE_EXPECT=1` writes it anew.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;
use tidegate::scenario::shipped::SCENARIOS;

/// The chart that shows what a scenario is about.
const PICTURES: &[(&str, &str)] = &[
    ("baseline_2025q4", "reserves"),
    ("baseline_2026q4", "reserves"),
    ("debt_limit_and_rebuild", "tga"),
    ("foreign_bank_outflow", "sofr_iorb"),
    ("heavy_issuance", "sofr_iorb"),
    ("january_2026_purchases", "reserves"),
    ("levered_unwind", "sofr_iorb"),
    ("qt_end", "reserves"),
    ("qt_goes_on", "reserves"),
    ("quarter_end_squeeze", "sofr_iorb"),
    ("rebuild_2023", "on_rrp"),
    ("reserve_management_purchases", "reserves"),
    ("sept_2019_spike", "sofr_iorb"),
    ("sept_2019_with_facility", "worst_day"),
    ("shutdown_cash_hoarding", "reserves_to_low"),
    ("shutdown_then_reopening", "tga"),
    ("tga_drawdown", "tga"),
    ("tga_drawdown_2021", "tga"),
];

const HEAD: &str = "# Gallery\n\nEvery story that ships, with the picture that shows what it is about and what its \
page answers. The claim in italics is what the story puts to the test, not what was found; \
[claims.md](claims.md) says which of them hold. Pictures and sentences are made by the commands above \
them.\n";

#[test]
fn every_scenario_has_its_picture_and_its_answer() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let place = tempfile::tempdir().unwrap();
    let mut page = HEAD.to_owned();
    assert_eq!(
        PICTURES.iter().map(|(name, _)| *name).collect::<Vec<_>>(),
        SCENARIOS.iter().map(|shipped| shipped.name).collect::<Vec<_>>()
    );
    for (name, chart) in PICTURES {
        let run = Command::new(env!("CARGO_BIN_EXE_tidegate"))
            .args(["run", name, "--markdown"])
            .current_dir(place.path())
            .output()
            .unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let folder = place.path().join("output").join(name);
        let report: serde_json::Value = serde_json::from_slice(&fs::read(folder.join("report.json")).unwrap()).unwrap();
        let text = |key: &str| report[key].as_str().unwrap().to_owned();
        let verdict: Vec<&str> =
            report["verdict"].as_array().unwrap().iter().map(|sentence| sentence.as_str().unwrap()).collect();
        let alt = report["sections"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|section| section["blocks"].as_array().unwrap())
            .find_map(|block| {
                (block["chart"]["id"] == chart.replace('_', "-").as_str()).then(|| &block["chart"]["alt"])
            })
            .and_then(|alt| alt.as_str())
            .map_or_else(|| format!("{chart} of {name}"), str::to_owned);
        // Writing to a string cannot fail.
        let _ = write!(
            page,
            "\n## {}\n\n*{}*\n\n```sh\ntidegate run {name}\n```\n\n{}\n\n![{alt}](pictures/gallery/{name}.svg)\n",
            text("title"),
            text("claim"),
            verdict.join(" "),
        );
        let picture = docs.join("pictures/gallery").join(format!("{name}.svg"));
        compare(&picture, &fs::read_to_string(folder.join("charts").join(format!("{chart}.svg"))).unwrap());
    }
    compare(&docs.join("gallery.md"), &page);
}

fn compare(place: &Path, found: &str) {
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, found).unwrap();
    } else {
        let expected = fs::read_to_string(place).unwrap_or_default();
        assert!(expected == found, "{} is not what the scenarios say", place.display());
    }
}
