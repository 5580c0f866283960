//! Parameter files, which a calibration writes: values of parameters, and the window of history they were found on.

use crate::scenario::fields::{Field, Kind, Need, field, within};
use crate::scenario::missing::report_missing_below;
use crate::scenario::node::{Table, Value};
use crate::scenario::problems::Problems;
use crate::scenario::reader::read;
use crate::scenario::scenario::Quantity;
use crate::scenario::source::Source;
use crate::units::Unit;
use jiff::civil::Date;

/// The keys of a parameter file.
pub const PARAMETER_FILE: &[Field] = &[
    field("title", Kind::Text, Need::Required, "One line for headings."),
    field("parameters", Kind::Parameters, Need::Required, "The values."),
    field("posterior", Kind::Parameters, Need::Optional, "Each with its standard error, as a normal distribution."),
    field("prior", Kind::Parameters, Need::Optional, "What was believed before."),
    field("fitted", Kind::Table(FITTED), Need::Optional, "How the values came about."),
];

const FITTED: &[Field] = &[
    field("calibration", Kind::Text, Need::Required, "The calibration file."),
    field("from", Kind::Date, Need::Required, "The day at whose close the run opened."),
    field("to", Kind::Date, Need::Required, "The last day whose misses counted."),
    field("run_to", Kind::Date, Need::Required, "The last day of the run."),
    field("data", Kind::Text, Need::Required, "Fingerprint of the folder of official series."),
    field("seed", Kind::Count { low: 0, high: i64::MAX as u64 }, Need::Required, "The seed of the starts."),
    field("version", Kind::Text, Need::Required, "The program's version."),
    field("ample_level", Kind::Rows(AMPLE), Need::Optional, "The ample level of reserves along the run."),
    field("rmse", Kind::Rows(RMSE), Need::Optional, "Root mean squares of the weekly misses."),
    field("notes", Kind::Texts, Need::Optional, "What the data cannot tell."),
    field("forecasts", Kind::Rows(SCORES), Need::Optional, "Scores of the forecasts inside the window."),
];

const SCORES: &[Field] = &[
    field("target", Kind::Text, Need::Required, "The target."),
    field("days", Kind::Count { low: 1, high: 1000 }, Need::Required, "Business days ahead."),
    field("origins", Kind::Count { low: 1, high: 1_000_000 }, Need::Required, "Forecasts scored."),
    field("crps", Kind::Text, Need::Required, "Mean continuous ranked probability score."),
    field("inside_90", Kind::Text, Need::Required, "Share of outcomes in the band that should hold 90 %."),
    field("inside_50", Kind::Text, Need::Required, "Share of outcomes in the band that should hold 50 %."),
];

const AMPLE: &[Field] = &[
    field("date", Kind::Date, Need::Required, "The day."),
    field("level", Kind::Level(within(Unit::Billions, 0.0, 1e5)), Need::Required, "The level at its close."),
];

const RMSE: &[Field] = &[
    field("target", Kind::Text, Need::Required, "The target."),
    field("before", Kind::Text, Need::Required, "At the prior means, over the whole run."),
    field("within", Kind::Text, Need::Required, "In the window."),
    field("after", Kind::Text, Need::Optional, "After it."),
    field("all", Kind::Text, Need::Required, "Over the whole run."),
];

/// Values of some parameters, and where they come from.
#[derive(Clone, Debug, PartialEq)]
pub struct ParameterFile {
    /// One line for headings.
    pub title: String,
    /// First and last day of the history they were found on; none if the file does not say.
    pub fitted: Option<(Date, Date)>,
    /// The values, in the order of the file; those that differ from path to path are distributions.
    pub values: Vec<(String, Quantity)>,
}

impl ParameterFile {
    /// Reads the text of a parameter file, called `name` in messages.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn from_text(name: &str, text: &str) -> Result<ParameterFile, Problems> {
        let source = Source::from_text(name, text);
        let mut problems = Problems::default();
        let found = read(&source, PARAMETER_FILE, "a parameter file", &mut problems);
        if !found.broken {
            report_missing_below(&found.table, PARAMETER_FILE, "a parameter file", &mut problems);
        }
        match assembled(&found.table) {
            Some(file) if problems.is_empty() => Ok(file),
            _ => {
                problems.sort(&source.path);
                Err(problems)
            }
        }
    }
}

fn assembled(table: &Table) -> Option<ParameterFile> {
    let typed = table.table("parameters")?;
    let values = typed.entries.iter().filter_map(|entry| match &entry.node.value {
        Value::Quantity(quantity) => Some((entry.name.clone(), quantity.clone())),
        _ => None,
    });
    let fitted = table.table("fitted").and_then(|fitted| Some((fitted.date("from")?, fitted.date("to")?)));
    Some(ParameterFile { title: table.text("title")?.to_owned(), fitted, values: values.collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = "title = 'fit'\n[parameters]\nsrf_limit = '400bn'\nfund_noise = { normal = ['5bn/day', '1bn/day'] }\n\
        [fitted]\ncalibration = 'c.toml'\nfrom = 2021-06-30\nto = 2022-06-30\nrun_to = 2022-06-30\ndata = '0'\n\
        seed = 1\nversion = '0.1.0'\n";

    #[test]
    fn values_are_read_in_their_order() {
        let file = ParameterFile::from_text("fit.toml", WHOLE).unwrap_or_else(|problems| panic!("{problems}"));
        let window = (jiff::civil::date(2021, 6, 30), jiff::civil::date(2022, 6, 30));
        assert_eq!((file.title.as_str(), file.fitted), ("fit", Some(window)));
        assert_eq!(file.values[0], ("srf_limit".to_owned(), Quantity::Fixed(400.0)));
        assert!(file.values[1].0 == "fund_noise" && matches!(file.values[1].1, Quantity::Random(_)));
        assert_eq!(file.values.len(), 2);
    }

    #[test]
    fn mistakes_are_told() {
        for (wrong, told) in [
            (WHOLE.replace("srf_limit", "srf_limt"), "srf_limit"),
            (WHOLE.replace("title = 'fit'\n", ""), "title"),
            (WHOLE.replace("400bn", "400bp"), "expected billions"),
        ] {
            let problems = ParameterFile::from_text("fit.toml", &wrong).expect_err("it is wrong");
            assert!(problems.render(false).contains(told), "{}", problems.render(false));
        }
    }
}
