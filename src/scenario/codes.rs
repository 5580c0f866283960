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
}

macro_rules! codes {
    ($( $name:ident = $id:literal, $title:literal, $explanation:literal; )*) => {
        $( #[doc = concat!("`", $id, "`: ", $title, ".")] pub const $name: &str = $id; )*

        /// Every code, in ascending order.
        pub const CODES: &[Code] = &[ $( Code { id: $id, title: $title, explanation: $explanation }, )* ];
    };
}

codes! {
    SYNTAX = "S001", "the file is not valid TOML",
        "The text breaks a rule of TOML, for instance a quote or a bracket that is never closed, or a key given twice. \
         Other problems on the same line are not reported until this one is solved.";
    UNREADABLE = "S002", "a file cannot be read",
        "The file is missing, is a directory, or may not be opened by you. Nothing is wrong with a scenario as such.";
    NOT_TEXT = "S003", "the file is not a scenario file",
        "Scenario files and vintages are TOML text in UTF-8 of at most 1 MiB. This one holds other bytes, or more of them.";
    UNKNOWN_NAME = "S004", "no scenario or vintage has this name",
        "A name is looked for beside the file that mentions it, then among those that ship with the program. \
         A path to a `.toml` file works as well.";
    OUTSIDE_FOLDER = "S005", "a file outside the scenario's folder",
        "What a scenario extends, and its vintage, must lie in the scenario's own folder or below it, or ship with the \
         program: absolute paths, `..` and links that lead elsewhere are refused, so that a folder can be handed on whole.";
    CIRCLE = "S006", "scenarios extend one another in a circle",
        "Following `extends` must end at a scenario that extends nothing.";
    UNKNOWN_KEY = "S010", "unknown key",
        "The key is not one a scenario file knows at this place; most often it is misspelt or stands in the wrong table.";
    MISSING_KEY = "S011", "missing key",
        "Something without which the scenario cannot run is not given, here or in any scenario it extends.";
    WRONG_TYPE = "S012", "wrong type of value",
        "The value is of another type than the key takes: text in quotes, dates and whole numbers without, lists in \
         brackets, tables in braces.";
    WRONG_UNIT = "S013", "wrong unit",
        "Quantities carry their unit in quotes, such as \"850bn\", \"12bp\", \"3.90%\", \"25bn/month\", \"35d\". \
         Trillions (tn) and millions (mn) are converted; a pace per day is never turned into one per month.";
    OUT_OF_BOUNDS = "S014", "out of bounds",
        "The number is outside the range that makes sense for this key. The bounds of parameters are printed by `tidegate list --parameters`.";
    UNKNOWN_PARAMETER = "S015", "unknown parameter",
        "No parameter of the model has this name.";
    UNKNOWN_EVENT = "S016", "unknown kind of event",
        "Each event says what it is by its `kind`, one of a fixed list.";
    DISTRIBUTION = "S017", "a distribution that does not hold together",
        "For instance a standard deviation of zero, ends in the wrong order, or weights that do not add up to one.";
    DATE = "S020", "a date that cannot be used",
        "The day does not exist, or lies outside the horizon of the scenario or the calendar of the program.";
    ORDER = "S021", "dates in the wrong order",
        "An end before its start, or a list of dated values that is not in ascending order.";
    DUPLICATE = "S022", "a name used twice",
        "Events and watches are told apart by their names, also across the scenarios a file extends.";
    REMOVE = "S023", "nothing of this name is inherited",
        "`remove` drops events and watches of the scenario that is extended, by their names.";
    RATES = "S024", "administered rates that contradict each other",
        "The rate of the overnight reverse repo facility is a floor and may not be above the rate of the standing repo \
         facility, which is a ceiling.";
    VINTAGE_DATE = "S025", "the vintage is of another day than the start",
        "A run starts from the close of the day of its vintage.";
    CONDITION = "S030", "a condition that cannot be read",
        "A condition compares published variables, such as `sofr - iorb > 10bp`, `min(reserves) < 2800bn` or \
         `days(sofr_iorb > 10bp) >= 5`, joined by `and`, `or` and `not`.";
    UNKNOWN_VARIABLE = "S031", "unknown variable or function",
        "Conditions may use the published variables and the functions min, max, mean, change, end and days.";
    CONDITION_UNIT = "S032", "units that cannot be compared",
        "Both sides of a comparison, a sum or a difference must be of one kind: dollars with dollars, the difference of \
         two rates with basis points, a share with a share.";
    BOOKS = "S040", "the balance sheet of the vintage does not balance",
        "Total assets must equal the sum of the asset lines, and reserves total assets less all other liabilities, each \
         within ten million dollars.";
    NO_SOURCE = "S041", "a figure without a source",
        "Every figure of a vintage says where it was published.";
}

/// The entry of the code `id`, such as `S013`.
pub fn explain(id: &str) -> Option<&'static Code> {
    CODES.iter().find(|code| code.id.eq_ignore_ascii_case(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_ascend_and_are_found_in_either_case() {
        assert!(CODES.windows(2).all(|pair| pair[0].id < pair[1].id));
        assert_eq!(explain("s013").map(|code| code.title), Some("wrong unit"));
        assert!(explain("S999").is_none());
    }
}
