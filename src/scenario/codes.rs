//! The code of every diagnostic, with what it means and what to do.

/// One kind of problem a scenario file can have.
#[derive(Clone, Copy, Debug)]
pub struct Code {
    /// The code as printed, for instance `S013`.
    pub id: &'static str,
    /// The kind of problem in a few words.
    pub title: &'static str,
    /// Why it is a problem and how to solve it.
    pub explanation: &'static str,
    /// An example of what is refused.
    pub wrong: &'static str,
    /// What to type instead.
    pub right: &'static str,
}

macro_rules! codes {
    ($( $name:ident = $id:literal, $title:literal, $explanation:literal, wrong $wrong:literal, right $right:literal; )*) => {
        $( #[doc = concat!("`", $id, "`: ", $title, ".")] pub const $name: &str = $id; )*

        /// Every code, in ascending order.
        pub const CODES: &[Code] = &[
            $( Code { id: $id, title: $title, explanation: $explanation, wrong: $wrong, right: $right }, )*
        ];
    };
}

codes! {
    SYNTAX = "S001", "the file is not valid TOML",
        "The text breaks a rule of TOML, for instance a quote or a bracket that is never closed, or a key given twice. \
         Other problems on the same line are not reported until this one is solved.",
        wrong "claim = \"Rates rise",
        right "claim = \"Rates rise\"";
    UNREADABLE = "S002", "a file cannot be read",
        "The file is missing, is a directory, or may not be opened by you. Nothing is wrong with a scenario as such.",
        wrong "tidegate run scenarios/drawdown",
        right "tidegate run ./drawdown.toml";
    NOT_TEXT = "S003", "the file is not a scenario file",
        "Scenario files and vintages are TOML text in UTF-8 of at most 1 MiB. This one holds other bytes, or more of them.",
        wrong "tidegate run drawdown.xlsx",
        right "tidegate run drawdown.toml";
    UNKNOWN_NAME = "S004", "no scenario or vintage has this name",
        "A name is looked for beside the file that mentions it, then among those that ship with the program. \
         A path to a `.toml` file works as well.",
        wrong "extends = \"baseline_2025q3\"",
        right "extends = \"baseline_2025q4\"";
    OUTSIDE_FOLDER = "S005", "a file outside the scenario's folder",
        "What a scenario extends, and its vintage, must lie in the scenario's own folder or below it, or ship with the \
         program: absolute paths, `..` and links that lead elsewhere are refused, so that a folder can be handed on whole.",
        wrong "extends = \"../baseline_2025q4\"",
        right "extends = \"baseline_2025q4\"";
    CIRCLE = "S006", "scenarios extend one another in a circle",
        "Following `extends` must end at a scenario that extends nothing.",
        wrong "extends = \"drawdown\", in drawdown.toml itself",
        right "extends = \"baseline_2025q4\"";
    UNKNOWN_KEY = "S010", "unknown key",
        "The key is not one a scenario file knows at this place; most often it is misspelt or stands in the wrong table.",
        wrong "run.path = 500",
        right "run.paths = 500";
    MISSING_KEY = "S011", "missing key",
        "Something without which the scenario cannot run is not given, here or in any scenario it extends.",
        wrong "event = [{ kind = \"treasury_flow\", date = 2025-12-01 }]",
        right "event = [{ kind = \"treasury_flow\", date = 2025-12-01, amount = \"10bn\" }]";
    WRONG_TYPE = "S012", "wrong type of value",
        "The value is of another type than the key takes: text in quotes, dates and whole numbers without, lists in \
         brackets, tables in braces.",
        wrong "run.paths = \"500\"",
        right "run.paths = 500";
    WRONG_UNIT = "S013", "wrong unit",
        "Quantities carry their unit in quotes, such as \"850bn\", \"12bp\", \"3.90%\", \"25bn/month\", \"35d\". \
         Trillions (tn) and millions (mn) are converted; a pace per day is never turned into one per month.",
        wrong "parameters.ample_reserves = \"320bp\"",
        right "parameters.ample_reserves = \"3.2tn\"";
    OUT_OF_BOUNDS = "S014", "out of bounds",
        "The number is outside the range that makes sense for this key. `tidegate explain` and the name of a key or parameter print its bounds.",
        wrong "parameters.bill_inertia = 1.5",
        right "parameters.bill_inertia = 0.5";
    UNKNOWN_PARAMETER = "S015", "unknown parameter",
        "No parameter of the model has this name.",
        wrong "parameters.hoarding_gian = \"1bn/bp\"",
        right "parameters.hoarding_gain = \"1bn/bp\"";
    UNKNOWN_EVENT = "S016", "unknown kind of event",
        "Each event says what it is by its `kind`, one of a fixed list.",
        wrong "event = [{ kind = \"treasury_flows\", date = 2025-12-01, amount = \"10bn\" }]",
        right "event = [{ kind = \"treasury_flow\", date = 2025-12-01, amount = \"10bn\" }]";
    DISTRIBUTION = "S017", "a distribution that does not hold together",
        "For instance a standard deviation of zero, ends in the wrong order, or weights that do not add up to one.",
        wrong "parameters.repo_floor = { normal = [\"-9bp\", \"-1bp\"] }",
        right "parameters.repo_floor = { normal = [\"-9bp\", \"1bp\"] }";
    UNKNOWN_WORD = "S018", "a word that this key does not know",
        "The key takes one of a few words.",
        wrong "run.draws = \"plane\"",
        right "run.draws = \"plain\"";
    DATE = "S020", "a date that cannot be used",
        "The day does not exist, or lies outside the horizon of the scenario or the calendar of the program.",
        wrong "event = [{ kind = \"treasury_flow\", date = 2027-12-01, amount = \"10bn\" }]",
        right "event = [{ kind = \"treasury_flow\", date = 2025-12-01, amount = \"10bn\" }]";
    ORDER = "S021", "dates in the wrong order",
        "An end before its start, or a list of dated values that is not in ascending order.",
        wrong "watch = [{ name = \"full\", when = \"tga > 1tn\", from = 2025-12-01, to = 2025-11-01 }]",
        right "watch = [{ name = \"full\", when = \"tga > 1tn\", from = 2025-11-01, to = 2025-12-01 }]";
    DUPLICATE = "S022", "a name used twice",
        "Events and watches are told apart by their names, also across the scenarios a file extends.",
        wrong "watch = [{ name = \"full\", when = \"tga > 1tn\" }, { name = \"full\", when = \"tga > 1.1tn\" }]",
        right "watch = [{ name = \"full\", when = \"tga > 1tn\" }, { name = \"very full\", when = \"tga > 1.1tn\" }]";
    REMOVE = "S023", "nothing of this name is inherited",
        "`remove` drops events and watches of the scenario that is extended, by their names.",
        wrong "remove = [\"SOFR 10bp over IORB\"]",
        right "remove = [\"SOFR 10bp above IORB\"]";
    RATES = "S024", "administered rates that contradict each other",
        "The rate of the overnight reverse repo facility is a floor and may not be above the rate of the standing repo \
         facility, which is a ceiling.",
        wrong "rates.steps = [{ date = 2025-09-18, iorb = \"4.15%\", on_rrp = \"4.25%\", srf = \"4.00%\" }]",
        right "rates.steps = [{ date = 2025-09-18, iorb = \"4.15%\", on_rrp = \"4.00%\", srf = \"4.25%\" }]";
    VINTAGE_DATE = "S025", "the vintage is of another day than the start",
        "A run starts from the close of the day of its vintage.",
        wrong "vintage.file = \"2025-07-09\"",
        right "vintage.file = \"2025-10-01\"";
    CONDITION = "S030", "a condition that cannot be read",
        "A condition compares published variables, such as `sofr - iorb > 10bp`, `min(reserves) < 2800bn` or \
         `days(sofr_iorb > 10bp) >= 5`, joined by `and`, `or` and `not`.",
        wrong "watch = [{ name = \"dear\", when = \"sofr = 4%\" }]",
        right "watch = [{ name = \"dear\", when = \"sofr > 4%\" }]";
    UNKNOWN_VARIABLE = "S031", "unknown variable or function",
        "Conditions may use the published variables and the functions min, max, mean, change, end and days.",
        wrong "watch = [{ name = \"dear\", when = \"sofr - irob > 10bp\" }]",
        right "watch = [{ name = \"dear\", when = \"sofr - iorb > 10bp\" }]";
    CONDITION_UNIT = "S032", "units that cannot be compared",
        "Both sides of a comparison, a sum or a difference must be of one kind: dollars with dollars, the difference of \
         two rates with basis points, a share with a share.",
        wrong "watch = [{ name = \"full\", when = \"tga > 10bp\" }]",
        right "watch = [{ name = \"full\", when = \"tga > 1tn\" }]";
    BOOKS = "S040", "the balance sheet of the vintage does not balance",
        "Total assets must equal the sum of the asset lines, and reserves total assets less all other liabilities, each \
         within ten million dollars.",
        wrong "reserves = { value = 3300.0, source = \"…\" } beside assets and liabilities that leave 2,980",
        right "the figures of one table of one release, all of the same Wednesday";
    NO_SOURCE = "S041", "a figure without a source",
        "Every figure of a vintage says where it was published.",
        wrong "tga = { value = 819.3 }",
        right "tga = { value = 819.3, source = \"Federal Reserve H.4.1, 1 October 2025\" }";
}

/// The entry of the code `id`, such as `S013`.
pub fn explain(id: &str) -> Option<&'static Code> {
    CODES.iter().find(|code| code.id.eq_ignore_ascii_case(id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load_text;

    #[test]
    fn codes_ascend_and_are_found_in_either_case() {
        assert!(CODES.windows(2).all(|pair| pair[0].id < pair[1].id));
        assert_eq!(explain("s013").map(|code| code.title), Some("wrong unit"));
        assert!(explain("S999").is_none());
    }
    /// Codes whose example is a command, a vintage, or takes more than one file.
    const NOT_ONE_SCENARIO: [&str; 5] = ["S002", "S003", "S006", "S040", "S041"];

    #[test]
    fn every_example_has_the_problem_and_its_remedy_has_none() {
        for code in CODES.iter().filter(|code| !NOT_ONE_SCENARIO.contains(&code.id)) {
            let parent = if code.wrong.starts_with("extends") { "" } else { "extends = \"baseline_2025q4\"\n" };
            let load = |line: &str| load_text("example", &format!("title = \"An example\"\n{parent}{line}\n"));
            let problems = load(code.wrong).expect_err(code.wrong);
            let met: Vec<&str> = problems.records().iter().map(|record| record.code).collect();
            assert!(met.contains(&code.id), "{}: {} is answered with {met:?}", code.id, code.wrong);
            let remedied = load(code.right).map_err(|problems| problems.render(false));
            assert!(remedied.is_ok(), "{}: {}", code.id, remedied.err().unwrap_or_default());
        }
    }
}
