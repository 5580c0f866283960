//! What is varied of a scenario: a key and the values it takes.
//!
//! ```text
//! parameters.repo_slope=1bp..2bp          from one value to another
//! parameters.repo_slope=1bp..2bp/5        at five values, evenly
//! event.shutdown.hoarding=0bn,50bn,100bn  at these
//! event.runoff ends.date=2025-11-03..2026-01-30
//! event.shutdown=on,off
//! parameters.repo_slope                   two standard deviations of its prior to either side
//! ```

use crate::model::PARAMETERS;
use crate::scenario::quantity::{self, Complaint, show, spell};
use crate::scenario::{Assignment, Key, Scenario, Takes};
use crate::units::Unit;
use jiff::civil::Date;
use std::fmt;

/// A key of a scenario and the values it takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// The name of the key.
    pub key: String,
    /// What it takes.
    takes: Takes,
    /// The values.
    pub values: Values,
}

/// The values an input takes.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Any between two; of dates, days since 1 January of year 1.
    Range(f64, f64),
    /// These.
    List(Vec<f64>),
}

/// Values of a range in a grid where nobody says how many.
const LEVELS: usize = 5;

/// The most values of one input.
const MOST_LEVELS: usize = 10_000;

/// Standard deviations of the prior to either side of a parameter of which no values are given.
const PRIOR_REACH: f64 = 2.0;

impl Input {
    /// Reads an input of a scenario.
    ///
    /// # Errors
    /// The key is none of the scenario's, a value is none of its key's, or nothing varies.
    pub fn parse(base: &Scenario, text: &str) -> Result<Input, Complaint> {
        let Some((key, values)) = text.split_once('=') else {
            return Input::of_prior(base, text.trim());
        };
        let key = key.trim().to_owned();
        let takes = Key::find(base, &key)?.takes(base);
        let read = |text: &str| number(&key, takes, text);
        let values = match values.split_once("..") {
            None => Values::List(values.split(',').map(read).collect::<Result<_, _>>()?),
            Some((low, high)) => {
                let (high, levels) = match high.rsplit_once('/').filter(|(_, count)| is_count(count)) {
                    Some((high, count)) => (high, Some(count.trim())),
                    None => (high, None),
                };
                let (low, high) = (read(low)?, read(high)?);
                if low >= high {
                    return Err(complain(format!("`{text}` does not go up"), "write the lower value first"));
                }
                match levels {
                    None => Values::Range(low, high),
                    Some(count) => Values::List(evenly(low, high, count, takes)?),
                }
            }
        };
        if let Values::List(list) = &values {
            let mut sorted = list.clone();
            sorted.sort_by(f64::total_cmp);
            sorted.dedup();
            if sorted.len() != list.len() {
                return Err(complain(format!("`{text}` names a value twice"), "name every value once"));
            }
        }
        Ok(Input { key, takes, values })
    }

    /// A parameter over two standard deviations of its prior to either side of the scenario's own value.
    ///
    /// # Errors
    /// It is no parameter, or its value is a matter of rule.
    pub fn of_prior(base: &Scenario, key: &str) -> Result<Input, Complaint> {
        let found = Key::find(base, key)?;
        let Key::Parameter(place) = found else {
            return Err(complain(
                format!("`{key}` needs values"),
                &format!("write `{key}=LOW..HIGH`, or the values with commas between them"),
            ));
        };
        let info = &PARAMETERS[place];
        let own = base.parameters.values()[place].typical();
        let reach = PRIOR_REACH * info.prior_sd;
        let (low, high) = ((own - reach).max(info.low), (own + reach).min(info.high));
        if low >= high {
            return Err(complain(
                format!("`{key}` has no prior: a rule fixes it"),
                &format!("write `{key}=LOW..HIGH` to vary it all the same"),
            ));
        }
        let [low, high] = [low, high].map(tidy);
        Ok(Input { key: key.to_owned(), takes: found.takes(base), values: Values::Range(low, high) })
    }

    /// A key whose values somebody else chooses.
    ///
    /// # Errors
    /// The scenario has none of this name.
    pub(super) fn of_key(base: &Scenario, key: &str) -> Result<Input, Complaint> {
        let takes = Key::find(base, key)?.takes(base);
        Ok(Input { key: key.to_owned(), takes, values: Values::List(Vec::new()) })
    }

    /// The same over the range of these values.
    pub(super) fn over(self, values: Vec<f64>) -> Input {
        let (low, high) =
            values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &v| (low.min(v), high.max(v)));
        Input { values: Values::Range(low, high), ..self }
    }

    /// Every parameter that has a prior.
    pub fn all_priors(base: &Scenario) -> Vec<Input> {
        PARAMETERS.iter().filter_map(|info| Input::of_prior(base, &format!("parameters.{}", info.name)).ok()).collect()
    }

    /// The unit of its numbers; none of days and switches.
    pub fn unit(&self) -> Option<Unit> {
        match self.takes {
            Takes::Quantity(bounds) | Takes::Level(bounds) => Some(bounds.unit),
            Takes::Day | Takes::Switch => None,
        }
    }

    /// Number of values in a grid.
    pub fn levels(&self) -> usize {
        match &self.values {
            Values::Range(..) => LEVELS,
            Values::List(list) => list.len(),
        }
    }

    /// The value at a place from 0, the lowest, to 1, the highest; of a list each has the same share.
    pub fn at(&self, place: f64) -> f64 {
        match &self.values {
            Values::List(list) => list[((place * list.len() as f64) as usize).min(list.len() - 1)],
            Values::Range(low, high) => self.rounded(low + place * (high - low)),
        }
    }

    /// Reads a value of it, whose unit may be left out.
    ///
    /// # Errors
    /// It is none.
    pub fn read(&self, text: &str) -> Result<f64, Complaint> {
        number(&self.key, self.takes, text)
    }

    /// A value as it is typed in a scenario.
    pub fn typed(&self, value: f64) -> String {
        match self.takes {
            Takes::Quantity(bounds) | Takes::Level(bounds) => show(value, bounds.unit),
            Takes::Switch => if value < 0.5 { "off" } else { "on" }.to_owned(),
            Takes::Day => day_of(value).to_string(),
        }
    }

    /// A value in a table: without its unit, which the head of the column has.
    pub fn cell(&self, value: f64) -> String {
        match self.takes {
            Takes::Quantity(bounds) if bounds.unit == Unit::Share => tidy(100.0 * value).to_string(),
            Takes::Quantity(_) | Takes::Level(_) => value.to_string(),
            _ => self.typed(value),
        }
    }

    /// The head of its column: the key and, if it has one, the unit.
    pub fn head(&self) -> String {
        match self.unit().map(Unit::suffix) {
            Some(suffix) if !suffix.is_empty() => format!("{} [{suffix}]", self.key),
            _ => self.key.clone(),
        }
    }

    /// The key in words, without what kind of key it is.
    pub fn label(&self) -> String {
        let rest = self.key.split_once('.').map_or(self.key.as_str(), |(_, rest)| rest).replace(['_', '.'], " ");
        let capitals = |word: &str| {
            let is_short = ["rrp", "sofr", "tga", "srf", "iorb", "tgcr", "effr", "mbs", "gdp"].contains(&word);
            if is_short { word.to_uppercase() } else { word.to_owned() }
        };
        rest.split(' ').map(capitals).collect::<Vec<_>>().join(" ").replace("on RRP", "ON RRP")
    }

    /// The change that gives it this value.
    pub fn assignment(&self, value: f64) -> Assignment {
        Assignment { key: self.key.clone(), value: self.typed(value) }
    }

    fn rounded(&self, value: f64) -> f64 {
        match self.takes {
            Takes::Day => value.round(),
            _ => tidy(value),
        }
    }
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.values {
            Values::Range(low, high) => write!(f, "{}={}..{}", self.key, self.typed(*low), self.typed(*high)),
            Values::List(list) => {
                let values: Vec<String> = list.iter().map(|&value| self.typed(value)).collect();
                write!(f, "{}={}", self.key, values.join(","))
            }
        }
    }
}

/// Twelve significant digits, so that what is typed into a scenario is short.
fn tidy(value: f64) -> f64 {
    format!("{value:.11e}").parse().unwrap_or(value)
}

fn is_count(text: &str) -> bool {
    !text.trim().is_empty() && text.trim().bytes().all(|byte| byte.is_ascii_digit())
}

fn evenly(low: f64, high: f64, count: &str, takes: Takes) -> Result<Vec<f64>, Complaint> {
    let levels: usize = count.parse().unwrap_or(usize::MAX);
    if !(2..=MOST_LEVELS).contains(&levels) {
        return Err(complain(format!("`/{count}` is no number of values"), &format!("write /2 to /{MOST_LEVELS}")));
    }
    let at = |level: usize| low + (high - low) * level as f64 / (levels - 1) as f64;
    let round: fn(f64) -> f64 = if takes == Takes::Day { f64::round } else { tidy };
    Ok((0..levels).map(|level| round(at(level))).collect())
}

/// A value as a number: days are counted, on is 1.
fn number(key: &str, takes: Takes, text: &str) -> Result<f64, Complaint> {
    let text = text.trim();
    match takes {
        Takes::Quantity(bounds) | Takes::Level(bounds) => {
            let bare = spell(text).is_some_and(|spelled| spelled.suffix.is_empty());
            let with_unit = if bare { format!("{text}{}", bounds.unit.suffix()) } else { text.to_owned() };
            quantity::parse(&with_unit, bounds.unit)
                .map_err(|why| Complaint { message: format!("`{key}`: {}", why.message), ..why })
        }
        Takes::Day => match text.parse::<Date>() {
            Ok(day) => Ok(f64::from((day - FIRST_DAY).get_days())),
            Err(_) => Err(complain(format!("`{key}` takes days; found `{text}`"), "write a day such as 2025-12-01")),
        },
        Takes::Switch => match text {
            "on" => Ok(1.0),
            "off" => Ok(0.0),
            _ => Err(complain(format!("`{key}` is on or off; found `{text}`"), &format!("write `{key}=on,off`"))),
        },
    }
}

/// From which days are counted.
const FIRST_DAY: Date = jiff::civil::date(1, 1, 1);

fn day_of(value: f64) -> Date {
    FIRST_DAY.saturating_add(jiff::Span::new().days(value.round() as i64))
}

fn complain(message: String, help: &str) -> Complaint {
    Complaint { message, help: Some(help.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario;

    fn input(text: &str) -> Result<Input, Complaint> {
        Input::parse(&scenario::load("shutdown_cash_hoarding").expect("it ships"), text)
    }

    fn typed(input: &Input, places: &[f64]) -> Vec<String> {
        places.iter().map(|&place| input.typed(input.at(place))).collect()
    }

    #[test]
    fn ranges_lists_days_and_switches_are_read() {
        let range = input("event.shutdown.hoarding=0bn..0.2tn").expect("a range");
        assert_eq!(typed(&range, &[0.0, 0.25, 1.0]), ["0bn", "50bn", "200bn"]);
        assert_eq!(range.levels(), 5);
        let levels = input("parameters.repo_slope=1bp..2bp/3").expect("levels");
        assert_eq!(typed(&levels, &[0.0, 0.5, 1.0]), ["1bp", "1.5bp", "2bp"]);
        assert_eq!(levels.to_string(), "parameters.repo_slope=1bp,1.5bp,2bp");
        let days = input("event.runoff ends.date=2025-12-01..2025-12-11").expect("days");
        assert_eq!(typed(&days, &[0.0, 0.33, 1.0]), ["2025-12-01", "2025-12-04", "2025-12-11"]);
        let switch = input("event.shutdown=on,off").expect("a switch");
        assert_eq!(typed(&switch, &[0.2, 0.8]), ["on", "off"]);
        assert_eq!(switch.head(), "event.shutdown");
        assert_eq!(range.head(), "event.shutdown.hoarding [bn]");
        assert_eq!(range.label(), "shutdown hoarding");
        assert_eq!(input("parameters.on_rrp_noise").expect("it has a prior").label(), "ON RRP noise");
        assert_eq!(range.read("12.5").expect("its unit may be left out"), 12.5);
    }

    #[test]
    fn a_parameter_alone_varies_over_its_prior() {
        let slope = input("parameters.repo_slope").expect("it has a prior");
        // 1.165 ± 2 × .15 (`parameters.rs`).
        assert_eq!(slope.to_string(), "parameters.repo_slope=0.865bp..1.465bp");
        assert!(Input::all_priors(&scenario::load("baseline_2025q4").unwrap()).len() > 40);
    }

    #[test]
    fn what_is_no_input_is_told() {
        for (text, message) in [
            ("event.shutdown.hoarding", "needs values"),
            ("event.shutdown.hoarding=200bn..0bn", "does not go up"),
            ("event.shutdown.hoarding=0bn..200bn/1", "no number of values"),
            ("event.shutdown.hoarding=1bn,1bn", "a value twice"),
            ("event.shutdown.hoarding=1bp,2bp", "expected billions"),
            ("event.shutdown=maybe,off", "is on or off"),
            ("event.runoff ends.date=soon,later", "takes days"),
            ("parameters.repo_slop=1bp,2bp", "is called `parameters.repo_slop`"),
        ] {
            let found = input(text).expect_err(text);
            assert!(found.message.contains(message), "{text}: {found:?}");
        }
    }
}
