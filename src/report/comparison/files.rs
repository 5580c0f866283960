//! What differs between the files of two scenarios, line by line, as `diff -u` would say it.

use crate::scenario::{Scenario, ScenarioFile};
use similar::TextDiff;

/// Lines of context around a difference.
const CONTEXT: usize = 3;

/// The files of two scenarios side by side: those of one name, then the two own files, then what only one has.
fn pairs<'a>(one: &'a Scenario, other: &'a Scenario) -> Vec<[Option<&'a ScenarioFile>; 2]> {
    let mut left: Vec<&ScenarioFile> = other.files.iter().collect();
    let mut pairs: Vec<[Option<&ScenarioFile>; 2]> = Vec::new();
    for file in one.files.iter() {
        let partner = left.iter().position(|found| found.path == file.path && found.text == file.text);
        let partner = partner.or_else(|| left.iter().position(|found| found.path == file.path));
        pairs.push([Some(file), partner.map(|place| left.remove(place))]);
    }
    // Scenarios of different names are held against each other, if neither is part of the other.
    let own = other.files.first();
    let is_left = |file: &ScenarioFile| left.iter().any(|left| std::ptr::eq(*left, file));
    if let (Some([Some(_), partner @ None]), Some(own)) = (pairs.first_mut(), own.filter(|own| is_left(own))) {
        *partner = Some(own);
        left.retain(|file| !std::ptr::eq(*file, own));
    }
    pairs.extend(left.into_iter().map(|file| [None, Some(file)]));
    pairs
}

/// The unified diff of the files of two scenarios, those they extend and their vintages included; empty if none differs.
pub fn scenario_diff(one: &Scenario, other: &Scenario) -> String {
    let mut text = String::new();
    for [before, after] in pairs(one, other) {
        let of = |file: Option<&'_ ScenarioFile>| file.map_or(String::new(), |file| file.text.clone());
        let name = |side: &str, file: Option<&'_ ScenarioFile>| {
            file.map_or("/dev/null".to_owned(), |file| format!("{side}/{}", file.path.display()))
        };
        let (old, new) = (of(before), of(after));
        if old != new {
            let diff = TextDiff::from_lines(&old, &new);
            let mut unified = diff.unified_diff();
            unified.context_radius(CONTEXT).header(&name("a", before), &name("b", after));
            text.push_str(&unified.to_string());
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario;

    fn diff(one: &str, other: &str) -> String {
        let [one, other] = [one, other].map(|name| scenario::load(name).expect("ships"));
        scenario_diff(&one, &other)
    }

    #[test]
    fn files_of_one_name_are_paired_and_what_is_extended_is_not_repeated() {
        assert_eq!(diff("baseline_2025q4", "baseline_2025q4"), "");
        let child = diff("baseline_2025q4", "shutdown_cash_hoarding");
        assert!(child.starts_with("--- /dev/null\n+++ b/shutdown_cash_hoarding.toml\n@@ -0,0 +1,"), "{child}");
        assert!(!child.contains("baseline_2025q4.toml"), "both have the parent alike: {child}");
        let siblings = diff("qt_goes_on", "qt_end");
        assert!(siblings.starts_with("--- a/qt_goes_on.toml\n+++ b/qt_end.toml\n"), "{siblings}");
        assert!(siblings.contains("\n-remove = [\"runoff ends\", \"reserve management purchases\"]\n"), "{siblings}");
        assert_eq!(siblings.matches("+++ ").count(), 1);
    }

    #[test]
    fn an_edited_file_shows_the_lines_that_were_edited() {
        let one = scenario::load("shutdown_cash_hoarding").expect("ships");
        let mut other = one.clone();
        let mut files = other.files.to_vec();
        files[0].text = files[0].text.replace("hoarding = \"100bn\"", "hoarding = \"0bn\"");
        other.files = files.into();
        let found = scenario_diff(&one, &other);
        let changed: Vec<&str> = found.lines().filter(|line| line.starts_with(['-', '+'])).skip(2).collect();
        assert_eq!(changed, ["-hoarding = \"100bn\"", "+hoarding = \"0bn\""], "{found}");
    }
}
