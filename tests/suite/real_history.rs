//! Checks against real history, where `TIDEGATE_DATA` names a folder of official series.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::collections::BTreeMap;
use std::path::PathBuf;
use tidegate::calendar::fedwire;
use tidegate::model::Variable;
use tidegate::scenario::{self, shipped};
use tidegate::simulation::{Settings, simulate};
use tidegate::statistics::{Summary, Tally};

/// The folder of official series, or none, said aloud.
pub fn history(check: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("TIDEGATE_DATA").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("SKIPPED: {check} needs TIDEGATE_DATA, a folder of official series");
    }
    folder
}

/// A series of FRED's CSV download: dates and values, missing values left out.
pub fn fred(folder: &std::path::Path, id: &str) -> BTreeMap<Date, f64> {
    let path = folder.join("fred").join(format!("{id}.csv"));
    let mut reader = csv::Reader::from_path(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    reader
        .records()
        .map(|record| record.unwrap())
        .filter_map(|record| Some((record[0].parse().ok()?, record[1].parse().ok()?)))
        .collect()
}

#[test]
fn business_days_are_the_days_of_the_daily_treasury_statement() {
    let Some(folder) = history("the calendar of business days") else { return };
    let path = folder.join("fiscaldata/operating_cash_balance.csv");
    let mut reader = csv::Reader::from_path(path).unwrap();
    let column = reader.headers().unwrap().iter().position(|name| name == "record_date").unwrap();
    let published: std::collections::BTreeSet<Date> =
        reader.records().map(|record| record.unwrap()[column].parse().unwrap()).collect();
    let (first, last) = (date(2018, 1, 2), *published.last().unwrap());
    let expected: Vec<Date> = published.range(first..).copied().collect();
    assert_eq!(fedwire::business_days(first, last), expected);
}

#[test]
fn shipped_balance_sheets_are_those_of_the_h41() {
    let Some(folder) = history("the figures of the shipped vintages") else { return };
    let millions = [
        ("WALCL", "total_assets"),
        ("WRBWFRBL", "reserves"),
        ("WDTGAL", "tga"),
        ("WCICL", "currency"),
        ("WLRRAFOIAL", "foreign_rrp"),
        ("WSHOMCB", "mbs"),
    ]
    .map(|(id, figure)| (fred(&folder, id), format!("fed.{figure}")));
    let last_published = *millions[0].0.keys().next_back().expect("a series is not empty");
    for vintage in shipped::VINTAGES {
        let text = format!(
            "title = \"t\"\n[horizon]\nstart = {0}\nend = {1}\n[vintage]\nfile = \"{0}\"\n\
             [treasury]\ncash_target = [ {{ date = {0}, level = \"500bn\" }} ]\n",
            vintage.name,
            vintage.name.parse::<Date>().unwrap().saturating_add(7.days())
        );
        let scenario = scenario::load_text("vintage_check", &text).unwrap_or_else(|problems| panic!("{problems}"));
        if scenario.vintage.date > last_published {
            println!("{}: projected, after {last_published}", vintage.name);
            continue;
        }
        let figures = scenario.vintage.figures();
        for (series, name) in &millions {
            let figure = figures.iter().find(|(key, ..)| key == name).expect("a figure of the vintage").2;
            let published = series[&scenario.vintage.date] / 1000.0;
            assert!((figure.value - published).abs() < 0.001, "{} {name}: {published}", vintage.name);
        }
    }
}

#[test]
fn daily_spreads_of_the_autumn_lie_inside_the_band() {
    let Some(folder) = history("the daily SOFR − IORB of autumn 2025") else { return };
    let (sofr, iorb) = (fred(&folder, "SOFR"), fred(&folder, "IORB"));
    let scenario = scenario::load("shutdown_cash_hoarding").expect("a shipped scenario");
    let plan = scenario::plan(&scenario);
    let outcomes = simulate(&scenario, &plan, Settings::default(), &|_| ()).expect("no leak");
    let summary = Summary::of(&Tally::of(&outcomes, &plan, &[]), &plan);
    let bands = &summary.fan(Variable::SofrIorb).days;
    let (mut days, mut inside, mut width) = (0, 0, 0.0);
    for (day, band) in summary.dates.iter().zip(bands).skip(1) {
        let Some(rate) = sofr.get(day) else { continue };
        if *day > date(2025, 12, 31) {
            break;
        }
        let spread = 100.0 * (rate - iorb[day]);
        days += 1;
        inside += usize::from((band.low()..=band.high()).contains(&spread));
        width += band.high() - band.low();
    }
    let (share, width) = (inside as f64 / f64::from(days), width / f64::from(days));
    println!(
        "daily SOFR − IORB, 2 October to 31 December 2025: {inside} of {days} inside the 90% band, {width:.1}bp wide"
    );
    assert!(share >= 0.8 && width <= 30.0, "{share:.2} inside, {width:.1}bp wide");
}
