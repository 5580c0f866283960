//! What is asked of every point of a study.
//!
//! ```text
//! lowest_reserves                the median over the paths, or of a variable: on the last day
//! mean(lowest_reserves)          the mean
//! p95(highest_sofr_iorb)         a quantile
//! reserves below 2.8T            the probability of a watch of the scenario, by its name
//! min(reserves) < 2800bn         the probability of any condition
//! ```

use crate::model::{Plan, Simulated, Variable};
use crate::results::{Extreme, Figure};
use crate::scenario::quantity::Complaint;
use crate::scenario::{Scenario, Watch};
use crate::statistics::{Columns, Distribution, Measured, Probability, quantile_by_ranks, standard_error};
use crate::units::Unit;

/// A number of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    /// As it was typed.
    pub name: String,
    /// Of what.
    pub of: Of,
    /// What is made of its values over the paths.
    pub statistic: Statistic,
}

/// Of what an output is a number.
#[derive(Clone, Debug, PartialEq)]
pub enum Of {
    /// A variable on the last day.
    Variable(Variable),
    /// An extreme of a path.
    Extreme(Extreme),
    /// Whether a watch fires.
    Watch(Box<Watch>),
}

/// What is made of the values of all paths.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Statistic {
    /// Their mean; of a watch, its probability.
    Mean,
    /// Their quantile at a probability.
    Quantile(f64),
}

/// What is asked where nothing is, besides every watch of the scenario.
const BY_DEFAULT: [&str; 2] = ["lowest_reserves", "highest_sofr_iorb"];

impl Output {
    /// Reads the outputs of a scenario; where none is named, the lowest reserves, the highest SOFR − IORB and all watches.
    ///
    /// # Errors
    /// As [`Output::parse`].
    pub fn all(names: &[String], scenario: &Scenario) -> Result<Vec<Output>, Complaint> {
        let watches = scenario.watches.iter().map(|watch| watch.name.as_str());
        let names: Vec<&str> = match names {
            [] => BY_DEFAULT.into_iter().chain(watches).collect(),
            names => names.iter().map(String::as_str).collect(),
        };
        names.into_iter().map(|name| Output::parse(name, scenario)).collect()
    }

    /// Reads an output of a scenario.
    ///
    /// # Errors
    /// There is no such figure, or the condition cannot be read.
    pub fn parse(text: &str, scenario: &Scenario) -> Result<Output, Complaint> {
        let text = text.trim();
        let name = text.to_owned();
        let is_watch = scenario.watches.iter().any(|watch| watch.name == text);
        if !is_watch && text.contains(['<', '>']) {
            let of = Of::Watch(Box::new(Watch::of_text(text, scenario)?));
            return Ok(Output { name, of, statistic: Statistic::Mean });
        }
        let (figure, statistic) = match inside(text).filter(|_| !is_watch) {
            Some((word, figure)) => (figure, Statistic::called(word, figure)?),
            None => (text, Statistic::Quantile(0.5)),
        };
        let of = match Figure::called(figure, scenario)? {
            Figure::AtTheEnd(variable) => Of::Variable(variable),
            Figure::OfPaths(extreme) => Of::Extreme(extreme),
            Figure::Watch(position) => Of::Watch(Box::new(scenario.watches[position].clone())),
            Figure::EveryWatch => unreachable!("it has no name"),
        };
        let statistic = if matches!(of, Of::Watch(_)) { Statistic::Mean } else { statistic };
        Ok(Output { name, of, statistic })
    }

    /// Its unit; of a probability a share.
    pub fn unit(&self) -> Unit {
        match &self.of {
            Of::Variable(variable) => variable.info().unit,
            Of::Extreme(extreme) => extreme.unit,
            Of::Watch(_) => Unit::Share,
        }
    }

    /// What it is, in words.
    pub fn title(&self) -> String {
        match &self.of {
            Of::Variable(variable) => format!("{} of {} on the last day", self.statistic.word(), variable.info().title),
            Of::Extreme(extreme) => format!("{} of {}", self.statistic.word(), extreme.title),
            Of::Watch(watch) => format!("P({})", watch.name),
        }
    }

    /// The simulated variables it is made of.
    pub fn needs(&self, plan: &Plan) -> Vec<Simulated> {
        match &self.of {
            Of::Variable(variable) => {
                plan.derivation(*variable, plan.days.len()).present().map(|(simulated, _)| simulated).collect()
            }
            Of::Extreme(_) | Of::Watch(_) => Vec::new(),
        }
    }

    /// Measured on its values on the paths of a run.
    pub fn measure(&self, sample: &[f64]) -> Measured {
        if !matches!(self.of, Of::Watch(_)) {
            return self.statistic.of(sample.to_vec());
        }
        let hits = sample.iter().filter(|&&fired| fired > 0.0).count() as u64;
        let probability = Probability { hits, paths: sample.len() as u64 };
        Measured { value: probability.estimate(), error: probability.standard_error() }
    }

    /// The same on each of so many parts of the paths, one after the other; fewer if there are not as many paths.
    pub fn measure_parts(&self, sample: &[f64], parts: usize) -> Vec<Measured> {
        sample.chunks(sample.len().div_ceil(parts)).map(|part| self.statistic.of(part.to_vec())).collect()
    }

    /// Its value on every path of a run, whose scenario has the watch of this output at the place `watch`; of a watch one where
    /// it fires.
    pub fn sample(&self, columns: &Columns, plan: &Plan, watch: usize) -> Vec<f64> {
        match &self.of {
            Of::Variable(variable) => on_day(columns, plan, *variable, plan.days.len()),
            Of::Extreme(extreme) => columns.path_row(extreme.row),
            Of::Watch(_) => columns.fired(watch).into_iter().map(|fired| f64::from(u8::from(fired))).collect(),
        }
    }

    /// Measured on every published day, of a variable; none of anything else.
    pub fn measure_by_day(&self, columns: &Columns, plan: &Plan) -> Option<Vec<Measured>> {
        let Of::Variable(variable) = &self.of else { return None };
        Some((0..=plan.days.len()).map(|day| self.statistic.of(on_day(columns, plan, *variable, day))).collect())
    }
}

impl Statistic {
    fn called(word: &str, figure: &str) -> Result<Statistic, Complaint> {
        let percent = word.strip_prefix('p').and_then(|number| number.parse::<f64>().ok());
        match (word, percent) {
            ("mean", _) => Ok(Statistic::Mean),
            ("median", _) => Ok(Statistic::Quantile(0.5)),
            (_, Some(percent)) if percent > 0.0 && percent < 100.0 => Ok(Statistic::Quantile(percent / 100.0)),
            _ => Err(Complaint {
                message: format!("`{word}` is no statistic"),
                help: Some(format!("write mean({figure}), median({figure}) or a quantile such as p95({figure})")),
            }),
        }
    }

    /// Its name at the head of a sentence.
    pub fn word(self) -> String {
        match self {
            Statistic::Mean => "Mean".to_owned(),
            Statistic::Quantile(0.5) => "Median".to_owned(),
            Statistic::Quantile(probability) => format!("{}% quantile", (1e6 * probability).round() / 1e4),
        }
    }

    fn of(self, mut sample: Vec<f64>) -> Measured {
        match self {
            Statistic::Mean => {
                let found = Distribution::of(&mut sample);
                Measured { value: found.mean, error: found.mean_error() }
            }
            Statistic::Quantile(probability) => {
                sample.sort_unstable_by(f64::total_cmp);
                let paths = sample.len() as u64;
                let at = |probability: f64| quantile_by_ranks(paths, probability, |rank| sample[rank as usize]);
                Measured { value: at(probability), error: standard_error(paths, probability, at) }
            }
        }
    }
}

/// A published variable on every path.
fn on_day(columns: &Columns, plan: &Plan, variable: Variable, day: usize) -> Vec<f64> {
    let derivation = plan.derivation(variable, day);
    let mut values = vec![derivation.shift; columns.paths()];
    for (simulated, weight) in derivation.present() {
        for (value, term) in values.iter_mut().zip(columns.column(simulated, day)) {
            *value += weight * term;
        }
    }
    values
}

/// `word(inside)`.
fn inside(text: &str) -> Option<(&str, &str)> {
    let (word, rest) = text.split_once('(')?;
    Some((word.trim(), rest.strip_suffix(')')?.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::VARIABLES;
    use crate::scenario;
    use crate::simulation::{Settings, simulate_columns, tally};
    use crate::statistics::Summary;
    use jiff::civil::date;

    fn autumn() -> Scenario {
        let mut scenario = scenario::load("shutdown_cash_hoarding").expect("it ships");
        scenario.end = date(2025, 11, 14);
        for watch in &mut scenario.watches {
            watch.to = watch.to.min(scenario.end);
        }
        scenario.set_paths(1_500);
        scenario
    }

    #[test]
    fn outputs_are_the_figures_of_a_run() {
        let mut scenario = autumn();
        scenario.watches.truncate(1);
        let plan = scenario::plan(&scenario);
        let tally = tally(&scenario, &plan, Settings::default(), &|_| ()).expect("the books balance");
        let summary = Summary::of(&tally, &plan);
        let measure = |text: &str| {
            let output = Output::parse(text, &scenario).expect(text);
            let columns = simulate_columns(&scenario, &plan, &output.needs(&plan), 0..1_500, &|| false);
            output.measure(&output.sample(&columns.expect("the books balance").expect("nothing stops it"), &plan, 0))
        };
        for info in VARIABLES {
            let found = measure(info.name);
            let published = summary.fan(info.variable).days.last().expect("days");
            assert!((found.value - published.median()).abs() <= published.bounds[4] + 1e-9, "{}", info.name);
            let mean = measure(&format!("mean({})", info.name));
            assert!((mean.value - published.mean).abs() < 1e-6, "{}: {} {}", info.name, mean.value, published.mean);
        }
        let highest = measure("p95(highest_sofr_iorb)");
        let published = &summary.highest_sofr_iorb;
        assert!((highest.value - published.high()).abs() <= published.bounds[7] + 1e-9);
        assert!((highest.error / published.standard_errors[7] - 1.0).abs() < 0.3);
        let watch = measure(&scenario.watches[0].name);
        assert_eq!(watch.value, summary.watches[0].probability.estimate());
        assert_eq!(watch.error, summary.watches[0].probability.standard_error());
    }

    #[test]
    fn what_is_no_output_is_told() {
        let scenario = autumn();
        for (text, message) in [
            ("lowest_reservs", "has no figure called `lowest_reservs`"),
            ("most(lowest_reserves)", "`most` is no statistic"),
            ("p100(lowest_reserves)", "`p100` is no statistic"),
            ("min(reserves) < 5bp", "min(reserves) < 5bp"),
        ] {
            let found = Output::parse(text, &scenario).expect_err(text);
            assert!(found.message.contains(message), "{text}: {found:?}");
        }
        let titled = |text: &str| Output::parse(text, &scenario).expect(text).title();
        assert_eq!(titled("p97.5(sofr_iorb)"), "97.5% quantile of SOFR − IORB on the last day");
        assert_eq!(titled("min(reserves) < 2.8tn"), "P(min(reserves) < 2.8tn)");
    }
}
