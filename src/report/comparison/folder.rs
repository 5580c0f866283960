//! The files of a comparison.

use super::days::DRAWN;
use super::{COMPARISON_FOLDER, ComparisonFacts, charts, csv, files, letter};
use crate::report::charts::Chart;
use crate::report::{NamedChart, picture_files};
use crate::research::PathFigure;

/// A picture and the name of its files.
pub type Named = (String, Box<dyn Chart + Send + Sync>);

impl ComparisonFacts<'_> {
    /// Everything that is written, with names below the folder.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        let found = self.found;
        let page = self.page();
        let mut record = serde_json::to_vec_pretty(&self.record()).expect("a record is plain data");
        record.push(b'\n');
        let one = &found.worlds[0].scenario;
        let diffs: String = found.worlds[1..].iter().map(|world| files::scenario_diff(one, &world.scenario)).collect();
        let mut files: Vec<(String, Vec<u8>)> = vec![
            (COMPARISON_FOLDER.mark.to_owned(), record),
            ("comparison.html".to_owned(), page.html().into_bytes()),
            ("comparison.md".to_owned(), page.markdown().into_bytes()),
        ];
        files.extend(self.tables().map(|(name, table)| (format!("{name}.csv"), table)));
        files.push(("scenario.diff".to_owned(), diffs.into_bytes()));
        let named = self.pictures().into_iter().map(|(name, chart)| NamedChart { name, chart });
        files.extend(picture_files(named.collect()));
        files
    }

    /// The tables for machines as CSV, by the names of their files.
    pub fn tables(&self) -> [(&'static str, Vec<u8>); 5] {
        let found = self.found;
        [
            ("differences", csv::differences(found)),
            ("figures", csv::figures(found)),
            ("watches", csv::watches(found)),
            ("reasons", csv::reasons(found)),
            ("attribution", csv::attribution(found)),
        ]
    }

    /// Of every world but the first: fans, fans of differences, and why.
    pub fn pictures(&self) -> Vec<Named> {
        let found = self.found;
        let mut pictures: Vec<Named> = Vec::new();
        for other in 1..found.worlds.len() {
            // The only one needs no letter.
            let of = if found.against.len() > 1 { format!("{}_", letter(other).to_lowercase()) } else { String::new() };
            let mut add =
                |name: &str, chart: Box<dyn Chart + Send + Sync>| pictures.push((format!("{of}{name}"), chart));
            for variable in DRAWN {
                let name = variable.info().name;
                add(name, Box::new(charts::both_fans(found, other, variable)));
                if let Some(fan) = charts::difference_of(found, other, variable) {
                    add(&format!("{name}_difference"), Box::new(fan));
                }
            }
            let against = &found.against[other - 1];
            for (place, moved) in against.moves.iter().enumerate() {
                let when = if place + 1 < against.moves.len() { "widest" } else { "end" };
                add(&format!("hands_{when}"), Box::new(charts::hands(found, other, moved)));
            }
            if let Some(chart) = charts::causes(found, other) {
                add("flows", Box::new(chart));
            }
            for figure in [PathFigure::LowestReserves, PathFigure::ClosingReserves, PathFigure::HighestSofrIorb] {
                if let Some(chart) = charts::reasons(found, other, figure) {
                    add(&format!("reasons_{}", figure.key()), Box::new(chart));
                }
            }
        }
        pictures
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::compared;
    use super::*;
    use crate::report::charts::{Theme, draw_svg};
    use jiff::civil::date;

    /// The first two have all dates alike, but not with the third, which cuts them short.
    #[test]
    fn pictures_add_up_on_whatever_dates_all_have() {
        for third_ends in [date(2025, 11, 14), date(2025, 10, 31)] {
            let found = compared(&["baseline_2025q4", "shutdown_cash_hoarding", "qt_goes_on"], &|number, scenario| {
                if number == 2 {
                    scenario.end = third_ends;
                }
            });
            assert_eq!(found.dates.last(), Some(&third_ends));
            let pictures = ComparisonFacts { found: &found, notes: &[], command: "tidegate compare" }.pictures();
            for (name, chart) in &pictures {
                assert!(draw_svg(&**chart, Theme::Light).is_ok(), "{name}: {:?}", chart.check());
            }
            assert_eq!(pictures.iter().any(|(name, _)| name == "b_flows"), third_ends == date(2025, 11, 14));
        }
    }
}
