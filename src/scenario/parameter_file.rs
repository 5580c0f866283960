//! Parameter files, which a calibration writes: values of parameters, and the window of history they were found on.

use crate::model::Parameters;
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
const PARAMETER_FILE: &[Field] = &[
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
    values: Vec<(String, Quantity)>,
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

    /// Puts the values in the place of others.
    pub fn put_into(&self, parameters: &mut Parameters<Quantity>) {
        for (name, value) in &self.values {
            if let Some(parameter) = parameters.get_mut(name) {
                *parameter = value.clone();
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
    fn values_take_the_place_of_defaults_and_leave_the_others() {
        let file = ParameterFile::from_text("fit.toml", WHOLE).unwrap_or_else(|problems| panic!("{problems}"));
        let window = (jiff::civil::date(2021, 6, 30), jiff::civil::date(2022, 6, 30));
        assert_eq!((file.title.as_str(), file.fitted), ("fit", Some(window)));
        let mut parameters = Parameters::from_fn(|_, info| Quantity::Fixed(info.default));
        let before = parameters.clone();
        file.put_into(&mut parameters);
        assert_eq!(parameters.srf_limit, Quantity::Fixed(400.0));
        assert!(matches!(parameters.fund_noise, Quantity::Random(_)));
        assert_eq!(parameters.flow_noise, before.flow_noise);
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
