//! Calibration files, and the parameter files that a calibration writes.

use crate::model::{PARAMETERS, ParameterInfo};
use crate::scenario::codes;
use crate::scenario::diagnostic::{Diagnostic, quoted};
use crate::scenario::fields::{Field, Kind, Need, field, within};
use crate::scenario::forecast_fit::{FORECASTS, ForecastFit, forecast_fit};
use crate::scenario::missing::report_missing_below;
use crate::scenario::node::{Table, Value};
use crate::scenario::parameter_file::PARAMETER_FILE;
use crate::scenario::problems::Problems;
use crate::scenario::reader::read;
use crate::scenario::scenario::{Distribution, Quantity};
use crate::scenario::source::{Noun, Place, Source};
use crate::scenario::suggestion::nearest;
use crate::units::Unit;
use jiff::civil::Date;
use std::sync::Arc;

const fn target(name: &'static str, unit: Unit, meaning: &'static str) -> Field {
    let error = match unit {
        Unit::BasisPoints => ERROR_IN_BASIS_POINTS,
        _ => ERROR_IN_BILLIONS,
    };
    field(name, Kind::Table(error), Need::Optional, meaning)
}

const WEIGHT: Field = field(
    "weight",
    Kind::Level(within(Unit::Number, 0.0, 1000.0)),
    Need::Default("1"),
    "How much its sum of squares counts.",
);
const FROM: Field =
    field("from", Kind::Date, Need::Optional, "The first day from which its misses count; the window's otherwise.");
const ERROR_MEANING: &str =
    "The miss of a week that counts as one: the usual miss, times the root of the weeks it lasts.";

const ERROR_IN_BILLIONS: &[Field] =
    &[field("error", Kind::Level(within(Unit::Billions, 0.1, 1e5)), Need::Required, ERROR_MEANING), WEIGHT, FROM];
const ERROR_IN_BASIS_POINTS: &[Field] =
    &[field("error", Kind::Level(within(Unit::BasisPoints, 0.01, 1e3)), Need::Required, ERROR_MEANING), WEIGHT, FROM];

/// What a run can be held against.
pub const TARGETS: &[Field] = &[
    target("on_rrp", Unit::Billions, "Take-up of ON RRP, average of the week."),
    target("reserves", Unit::Billions, "Reserves at the close of Wednesdays."),
    target("tgcr_iorb", Unit::BasisPoints, "TGCR less IORB, average of the week."),
    target("sofr_iorb", Unit::BasisPoints, "SOFR less IORB, average of the week."),
    target("effr_iorb", Unit::BasisPoints, "EFFR less IORB, average of the week."),
];

const WINDOW: &[Field] = &[
    field("from", Kind::Date, Need::Required, "The day at whose close the run opens."),
    field("to", Kind::Date, Need::Required, "The last day whose misses count."),
    field("run_to", Kind::Date, Need::Optional, "The last day of the run; after the window it is only scored."),
];

/// A calibration file.
pub const CALIBRATION: &[Field] = &[
    field("title", Kind::Text, Need::Required, "One line for headings."),
    field("window", Kind::Table(WINDOW), Need::Required, "The days of history."),
    field("fit", Kind::Texts, Need::Required, "Names of the parameters to fit."),
    field(
        "starts",
        Kind::Count { low: 1, high: 1000 },
        Need::Default("4"),
        "Searches: the first starts at the prior means, the others are drawn around them.",
    ),
    field("seed", Kind::Count { low: 0, high: i64::MAX as u64 }, Need::Default("1"), "The seed of these draws."),
    field("target", Kind::Table(TARGETS), Need::Required, "What the run is held against."),
    field(
        "priors",
        Kind::Parameters,
        Need::Optional,
        "Normal priors in place of those of the table of parameters: `name = { normal = [mean, sd] }`.",
    ),
    field("parameters", Kind::Parameters, Need::Optional, "Values of parameters that are not fitted."),
    field(
        "calendar",
        Kind::Text,
        Need::Default("window"),
        "Whether the calendar of the Treasury's operating flow is estimated on the window, or kept: \"window\" or \"kept\".",
    ),
    field(
        "shocks",
        Kind::Texts,
        Need::Default("[]"),
        "Names of the sizes of shocks to fit in the second stage, to how far history was missed.",
    ),
    field(
        "forecasts",
        Kind::Table(FORECASTS),
        Need::Optional,
        "Sizes and spreads to fit in the third stage, by the scores of forecasts inside the window.",
    ),
];

/// Sizes of shocks that the second stage can fit.
pub const SHOCK_SIZES: [&str; 14] = [
    "flow_noise",
    "flow_noise_large",
    "flow_drift_noise",
    "flow_drift_half_life",
    "currency_noise",
    "foreign_rrp_noise",
    "foreign_rrp_half_life",
    "other_deposits_noise",
    "other_deposits_half_life",
    "fund_noise",
    "repo_noise",
    "repo_noise_persistence",
    "sofr_noise",
    "effr_noise",
];

/// A target as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetLine {
    /// Its name, one of [`TARGETS`].
    pub name: &'static str,
    /// The miss of a week that counts as one.
    pub error: f64,
    /// How much its sum of squares counts.
    pub weight: f64,
    /// First day from which it counts.
    pub from: Date,
}

/// A parameter to fit, with its normal prior.
#[derive(Clone, Copy, Debug)]
pub struct Fitted {
    /// What is known of it.
    pub info: &'static ParameterInfo,
    /// Prior mean.
    pub mean: f64,
    /// Prior standard deviation.
    pub sd: f64,
}

/// A calibration as meant.
#[derive(Clone, Debug)]
pub struct Calibration {
    /// The stem of its file.
    pub name: String,
    /// One line for headings.
    pub title: String,
    /// Its text, byte for byte.
    pub text: String,
    /// The day at whose close the run opens.
    pub from: Date,
    /// The last day whose misses count.
    pub to: Date,
    /// The last day of the run.
    pub run_to: Date,
    /// The parameters to fit.
    pub fit: Vec<Fitted>,
    /// Number of searches.
    pub starts: u64,
    /// Seed of the starts.
    pub seed: u64,
    /// What the run is held against.
    pub targets: Vec<TargetLine>,
    /// Values of parameters that are not fitted.
    pub fixed: Vec<(&'static ParameterInfo, f64)>,
    /// Whether the calendar of the operating flow is estimated on the window.
    pub calendar: bool,
    /// Sizes of shocks to fit.
    pub shocks: Vec<&'static ParameterInfo>,
    /// What the third stage fits; none if there is none.
    pub forecasts: Option<ForecastFit>,
}

/// Reads a calibration file.
///
/// # Errors
/// Everything that is wrong with it.
pub fn load_calibration(path: &str) -> Result<Calibration, Problems> {
    match Source::open(path, Noun::Calibration) {
        Ok(source) => read_calibration(&source),
        Err(diagnostic) => Err(Problems { diagnostics: vec![diagnostic] }),
    }
}

/// Reads a calibration that is not in a file, shown as `name` in messages.
///
/// # Errors
/// Everything that is wrong with it.
pub fn load_calibration_text(name: &str, text: &str) -> Result<Calibration, Problems> {
    read_calibration(&Source::from_text(name, text))
}

fn read_calibration(source: &Arc<Source>) -> Result<Calibration, Problems> {
    let mut problems = Problems::default();
    let found = read(source, CALIBRATION, "a calibration", &mut problems);
    if !found.broken {
        report_missing_below(&found.table, CALIBRATION, "a calibration", &mut problems);
    }
    let table = with_parameter_file(found.table, &mut Vec::new(), &mut problems);
    let calibration = assemble(source, &table, &mut problems);
    match calibration {
        Some(calibration) if problems.is_empty() => Ok(calibration),
        _ => {
            problems.sort(&source.path);
            Err(problems)
        }
    }
}

fn assemble(source: &Arc<Source>, table: &Table, problems: &mut Problems) -> Option<Calibration> {
    let priors = table.table("priors");
    let named: Vec<(&'static ParameterInfo, &Place)> = named_parameters(table, "fit", problems);
    for (position, (info, place)) in named.iter().enumerate() {
        if named[..position].iter().any(|(earlier, _)| earlier.name == info.name) {
            let message = format!("`{}` is listed twice", info.name);
            problems.push(Diagnostic::error(codes::DUPLICATE, place, message).label("once is enough"));
        }
    }
    let mut fit = Vec::new();
    for (info, place) in &named {
        let (mean, sd) = match priors.and_then(|priors| priors.quantity(info.name)) {
            Some(Quantity::Random(Distribution::Normal { mean, sd })) => (*mean, *sd),
            _ => (info.default, info.prior_sd),
        };
        if sd <= 0.0 {
            let message = format!("`{}` is fixed by a rule and has no prior", info.name);
            let help = format!("leave it out, or give it one: [priors] {} = {{ normal = [mean, sd] }}", info.name);
            problems.push(Diagnostic::error(codes::DISTRIBUTION, place, message).label("nothing to fit").help(help));
        }
        fit.push(Fitted { info, mean, sd });
    }
    for entry in priors.into_iter().flat_map(|priors| &priors.entries) {
        if matches!(&entry.node.value, Value::Quantity(quantity) if !matches!(quantity, Quantity::Random(Distribution::Normal { .. })))
        {
            let message = format!("the prior of `{}` is no normal distribution", entry.name);
            let help = format!("write {} = {{ normal = [mean, sd] }}", entry.name);
            problems.push(
                Diagnostic::error(codes::DISTRIBUTION, &entry.node.place, message).label("not normal").help(help),
            );
        }
    }
    let mut fixed = Vec::new();
    for entry in table.table("parameters").into_iter().flat_map(|parameters| &parameters.entries) {
        let info = PARAMETERS.iter().find(|info| info.name == entry.name);
        match (&entry.node.value, info) {
            (Value::Quantity(Quantity::Fixed(value)), Some(info)) => fixed.push((info, *value)),
            (Value::Quantity(Quantity::Random(_)), Some(_)) => {
                let message = format!("`{}` must be one value, since the run has one path", entry.name);
                let diagnostic = Diagnostic::error(codes::DISTRIBUTION, &entry.node.place, message);
                problems.push(diagnostic.label("a distribution").help("a prior stands in `[priors]`".to_owned()));
            }
            _ => {}
        }
    }
    let mut shocks = Vec::new();
    for (info, place) in named_parameters(table, "shocks", problems) {
        if !SHOCK_SIZES.contains(&info.name) {
            let message = format!("`{}` is no size of a shock that history shows", info.name);
            let help = format!("these are: {}", SHOCK_SIZES.join(", "));
            problems.push(Diagnostic::error(codes::UNKNOWN_PARAMETER, place, message).label("not here").help(help));
        }
        shocks.push(info);
    }
    let calendar = table.text("calendar").unwrap_or("window");
    if !["window", "kept"].contains(&calendar) {
        let message = format!("`calendar` is \"window\" or \"kept\", not {}", quoted(calendar));
        problems.push(Diagnostic::error(codes::WRONG_TYPE, table.place_of("calendar"), message).label("neither"));
    }
    let window = table.table("window")?;
    let (from, to) = (window.date("from")?, window.date("to")?);
    let run_to = window.date("run_to").unwrap_or(to);
    if !(from < to && to <= run_to) {
        let message = format!("the window runs from {from} to {to}, and the run to {run_to}");
        let diagnostic = Diagnostic::error(codes::ORDER, window.place_of("to"), message);
        problems.push(diagnostic.label("not in order").help("write from < to ≤ run_to".to_owned()));
    }
    let targets = table.table("target")?;
    let lines: Vec<TargetLine> = TARGETS
        .iter()
        .filter_map(|field| {
            let line = targets.table(field.name)?;
            Some(TargetLine {
                name: field.name,
                error: line.level("error")?,
                weight: line.level("weight").unwrap_or(1.0),
                from: line.date("from").unwrap_or(from),
            })
        })
        .collect();
    Some(Calibration {
        name: source.name(),
        title: table.text("title")?.to_owned(),
        text: source.text.clone(),
        from,
        to,
        run_to,
        fit,
        starts: table.count("starts").unwrap_or(4),
        seed: table.count("seed").unwrap_or(1),
        targets: lines,
        fixed,
        calendar: calendar == "window",
        shocks,
        forecasts: table.table("forecasts").map(|table| forecast_fit(table, problems)),
    })
}

/// The parameters a list names; those the model does not have are reported.
pub(super) fn named_parameters<'t>(
    table: &'t Table,
    key: &str,
    problems: &mut Problems,
) -> Vec<(&'static ParameterInfo, &'t Place)> {
    let mut named = Vec::new();
    for (name, place) in table.texts(key) {
        match PARAMETERS.iter().find(|info| info.name == name) {
            Some(info) => named.push((info, place)),
            None => {
                let help = match nearest(name, PARAMETERS.iter().map(|info| info.name)) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => "`tidegate list --parameters` prints them all".to_owned(),
                };
                let message = format!("the model has no parameter {}", quoted(name));
                let diagnostic = Diagnostic::error(codes::UNKNOWN_PARAMETER, place, message);
                problems.push(diagnostic.label("unknown parameter").help(help));
            }
        }
    }
    named
}

/// Adds to `[parameters]` what the parameter file says that it names with `file`, where it does not say it itself, and the
/// file to those `opened`.
pub fn with_parameter_file(mut table: Table, opened: &mut Vec<Arc<Source>>, problems: &mut Problems) -> Table {
    let Some(parameters) = table.entries.iter_mut().find(|entry| entry.name == "parameters") else { return table };
    let Value::Table(parameters) = &mut parameters.node.value else { return table };
    let Some(name) = parameters.text("file") else { return table };
    let place = parameters.place_of("file");
    let source = match place.source.open_named(name, place, Noun::ParameterFile) {
        Ok(source) => source,
        Err(diagnostic) => {
            problems.push(diagnostic);
            return table;
        }
    };
    let found = read(&source, PARAMETER_FILE, "a parameter file", problems);
    if !found.broken {
        report_missing_below(&found.table, PARAMETER_FILE, "a parameter file", problems);
    }
    let read = found.table.table("parameters").into_iter().flat_map(|read| &read.entries);
    let more: Vec<_> = read.filter(|entry| parameters.entry(&entry.name).is_none()).cloned().collect();
    parameters.entries.extend(more);
    opened.push(source);
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = "title = 't'\nfit = ['fund_inflow']\n[window]\nfrom = 2021-06-30\nto = 2025-06-30\n\
        [target]\non_rrp = { error = '300bn' }\n";

    fn first_problem(text: &str) -> (String, String) {
        let problems = load_calibration_text("wrong.toml", text).expect_err("it is wrong");
        let record = problems.records().remove(0);
        (record.code.to_owned(), problems.render(false))
    }

    #[test]
    fn what_is_not_said_has_the_defaults_of_the_table() {
        let read = load_calibration_text("c.toml", WHOLE).unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!((read.starts, read.seed, read.run_to), (4, 1, read.to));
        assert_eq!((read.fit[0].mean, read.fit[0].sd), (read.fit[0].info.default, read.fit[0].info.prior_sd));
        assert_eq!((read.targets[0].name, read.targets[0].error, read.targets[0].weight), ("on_rrp", 300.0, 1.0));
        assert_eq!(read.targets[0].from, read.from);
    }

    #[test]
    fn mistakes_are_underlined_and_answered() {
        let (code, shown) = first_problem(&WHOLE.replace("fund_inflow", "fund_inflw"));
        assert_eq!(code, codes::UNKNOWN_PARAMETER);
        assert!(shown.contains("wrong.toml:2") && shown.contains("did you mean \"fund_inflow\"?"), "{shown}");
        let (code, shown) = first_problem(&WHOLE.replace("on_rrp =", "on_rpr ="));
        assert_eq!(code, codes::UNKNOWN_KEY);
        assert!(shown.contains("did you mean `on_rrp`?"), "{shown}");
        let (code, _) = first_problem(&WHOLE.replace("300bn", "300bp"));
        assert_eq!(code, codes::WRONG_UNIT);
        let (code, _) = first_problem(&WHOLE.replace("to = 2025", "to = 2020"));
        assert_eq!(code, codes::ORDER);
        let (code, _) = first_problem(&WHOLE.replace("['fund_inflow']", "['fund_inflow', 'fund_inflow']"));
        assert_eq!(code, codes::DUPLICATE);
        let (code, shown) = first_problem(&WHOLE.replace("fund_inflow", "srf_limit"));
        assert_eq!(code, codes::DISTRIBUTION);
        assert!(shown.contains("fixed by a rule"), "{shown}");
        let (code, _) = first_problem(&format!("{WHOLE}[priors]\nfund_inflow = '3bn/week'\n"));
        assert_eq!(code, codes::DISTRIBUTION);
    }
    #[test]
    fn the_third_stage_is_read_and_its_mistakes_are_pointed_at() {
        let with = |more: &str| format!("{WHOLE}[forecasts]\n{more}\n");
        let text = with("every = 2\nsizes = ['flow_noise']\nspreads = { fund_inflow = '6bn/week' }");
        let read = load_calibration_text("c.toml", &text).unwrap_or_else(|problems| panic!("{problems}"));
        let fit = read.forecasts.expect("it is asked for");
        assert_eq!((fit.paths, fit.every, fit.rounds), (200, 2, 3));
        assert_eq!((fit.sizes[0].name, fit.spreads[0].0.name, fit.spreads[0].1), ("flow_noise", "fund_inflow", 6.0));
        let code = |more: &str| first_problem(&with(more)).0;
        assert_eq!(code("sizes = ['flow_nois']"), codes::UNKNOWN_PARAMETER);
        assert_eq!(code("sizes = ['flow_noise', 'flow_noise']"), codes::DUPLICATE);
        assert_eq!(code("sizes = ['repo_floor']"), codes::OUT_OF_BOUNDS);
        assert_eq!(code("spreads = { fund_inflow = '0bn/week' }"), codes::DISTRIBUTION);
        assert_eq!(code("spreads = { fund_inflow = '6bn' }"), codes::WRONG_UNIT);
        assert_eq!(code("spreads = { fund_inflw = '6bn/week' }"), codes::UNKNOWN_KEY);
    }
}
