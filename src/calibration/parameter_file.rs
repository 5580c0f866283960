//! The parameter file: what was found, in the words of scenario files.

use super::calibrate::Calibrated;
use super::fit::{Estimate, Verdict};
use super::forecast_scores::Cell;
use super::targets::Measure;
use crate::history::Fingerprint;
use crate::model::{PARAMETERS, ParameterInfo};
use crate::scenario::{Calibration, Distribution, Quantity};
use crate::units::Unit;
use std::fmt::Write;

/// A value as a scenario file takes it, to six digits.
fn typed(value: f64, unit: Unit) -> String {
    let number = six_digits(value);
    match unit {
        Unit::Number | Unit::Share => number,
        _ => format!("\"{number}{}\"", unit.suffix()),
    }
}

fn six_digits(value: f64) -> String {
    let magnitude = if value == 0.0 { 0 } else { value.abs().log10().floor() as i32 };
    let places = (5 - magnitude).clamp(0, 9) as usize;
    let text = format!("{value:.places$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

fn info(name: &str) -> &'static ParameterInfo {
    PARAMETERS.iter().find(|info| info.name == name).expect("an estimate is a parameter of the table")
}

/// A miss in the words of a table: `92.6bn`, `2.70bp`.
pub fn miss(value: f64, measure: Measure) -> String {
    match measure.unit() {
        Unit::BasisPoints => format!("{value:.2}bp"),
        unit => format!("{value:.1}{}", unit.suffix()),
    }
}

/// What the data cannot tell, a sentence each.
pub fn cannot_tell(calibrated: &Calibrated) -> Vec<String> {
    let identification = &calibrated.identification;
    let mut notes: Vec<String> = identification
        .together
        .iter()
        .map(|(a, b, correlation)| {
            let direction = if *correlation > 0.0 { "rise and fall together" } else { "stand in for one another" };
            format!("The data cannot tell `{a}` and `{b}` apart (correlation {correlation:.2}): they {direction}.")
        })
        .collect();
    let of = |verdict: Verdict| -> Vec<String> {
        let estimates = identification.estimates.iter().filter(|estimate| estimate.verdict == verdict);
        estimates.map(|estimate| format!("`{}`", estimate.name)).collect()
    };
    let (prior, bound) = (of(Verdict::Prior), of(Verdict::AtBound));
    if !prior.is_empty() {
        notes.push(format!("The prior speaks, the data hardly: {}.", prior.join(", ")));
    }
    if !bound.is_empty() {
        notes.push(format!("At a bound, without a standard error: {}.", bound.join(", ")));
    }
    notes
}

/// The text of the file.
pub fn parameter_file(calibration: &Calibration, calibrated: &Calibrated, data: Fingerprint) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "# Written by `tidegate calibrate`; a scenario takes it with `[parameters] file = \"…\"`.");
    let _ = writeln!(text, "title = {:?}\n", format!("{}: fitted parameters", calibration.title));
    let _ = writeln!(text, "[parameters]");
    let estimates = &calibrated.identification.estimates;
    let later = calibrated.forecasts.iter().flat_map(|fitted| &fitted.sizes);
    let is_later = |name: &str| later.clone().any(|size| size.info.name == name);
    for (info, value) in calibration.fixed.iter().filter(|(info, _)| !is_later(info.name)) {
        let _ = writeln!(text, "{} = {} # as given", info.name, typed(*value, info.unit));
    }
    for Estimate { name, value, standard_error, verdict, .. } in
        estimates.iter().filter(|estimate| !is_later(estimate.name))
    {
        let unit = info(name).unit;
        let about = match verdict {
            Verdict::AtBound => "at bound".to_owned(),
            _ => format!("± {}, {}", six_digits((standard_error * 1e4).round() / 1e4), verdict.name()),
        };
        let _ = writeln!(text, "{name} = {} # {about}", typed(*value, unit));
    }
    for (name, value, error) in calibrated.calendar.iter().flat_map(|calendar| &calendar.coefficients) {
        let _ = writeln!(
            text,
            "{name} = {} # ± {:.1}, operating flow",
            typed((value * 100.0).round() / 100.0, info(name).unit),
            error
        );
    }
    for size in calibrated.shocks.iter().filter(|size| !is_later(size.name)) {
        let _ = writeln!(text, "{} = {} # {}", size.name, typed(size.after, info(size.name).unit), size.matched);
    }
    let of_a_kind =
        |name: &str, is_spread| later.clone().find(|size| size.info.name == name && size.is_spread == is_spread);
    for size in later.clone().filter(|size| size.is_spread || of_a_kind(size.info.name, true).is_none()) {
        let unit = size.info.unit;
        let middle = of_a_kind(size.info.name, false)
            .map(|size| size.after)
            .or_else(|| of_the_other_stages(calibration, calibrated, size.info.name));
        let value = match size.around(middle.unwrap_or(size.info.default)) {
            Quantity::Random(Distribution::Normal { mean, sd }) => {
                format!("{{ normal = [{}, {}] }}", typed(rounded(mean), unit), typed(rounded(sd), unit))
            }
            Quantity::Random(Distribution::Lognormal { median, sigma }) => {
                format!("{{ lognormal = {{ median = {}, sigma = {:.3} }} }}", typed(rounded(median), unit), sigma)
            }
            _ => typed(rounded(size.after), unit),
        };
        let _ = writeln!(text, "{} = {value} # from {}, scores of forecasts", size.info.name, six_digits(size.before));
    }
    let _ = writeln!(text, "\n[posterior]");
    for Estimate { name, value, standard_error, .. } in
        estimates.iter().filter(|estimate| estimate.standard_error > 0.0)
    {
        let unit = info(name).unit;
        let _ = writeln!(text, "{name} = {{ normal = [{}, {}] }}", typed(*value, unit), typed(*standard_error, unit));
    }
    let _ = writeln!(text, "\n[prior]");
    for Estimate { name, prior_mean, prior_sd, .. } in estimates {
        let unit = info(name).unit;
        let _ = writeln!(text, "{name} = {{ normal = [{}, {}] }}", typed(*prior_mean, unit), typed(*prior_sd, unit));
    }
    let _ = writeln!(text, "\n[fitted]");
    let _ = writeln!(text, "calibration = {:?}", format!("{}.toml", calibration.name));
    let _ = writeln!(text, "from = {}\nto = {}\nrun_to = {}", calibration.from, calibration.to, calibration.run_to);
    let _ =
        writeln!(text, "data = \"{data}\"\nseed = {}\nversion = \"{}\"", calibration.seed, env!("CARGO_PKG_VERSION"));
    let _ = writeln!(text, "notes = [");
    for note in cannot_tell(calibrated) {
        let _ = writeln!(text, "  {note:?},");
    }
    let _ = writeln!(text, "]\nrmse = [");
    for misses in &calibrated.misses {
        let show = |value: f64| miss(value, misses.measure);
        let after = misses.after.map_or_else(String::new, |after| format!(" after = \"{}\",", show(after)));
        let _ = writeln!(
            text,
            "  {{ target = \"{}\", before = \"{}\", within = \"{}\",{after} all = \"{}\" }},",
            misses.measure.name(),
            show(misses.before),
            show(misses.within),
            show(misses.all)
        );
    }
    let _ = writeln!(text, "]\nample_level = [");
    for (date, level) in &calibrated.ample_level {
        let _ = writeln!(text, "  {{ date = {date}, level = \"{level:.0}bn\" }},");
    }
    text.push_str("]\n");
    if let Some(fitted) = &calibrated.forecasts {
        text.push_str("forecasts = [\n");
        for score in &fitted.after {
            let Cell::Horizon(days) = score.cell else { continue };
            let _ = writeln!(
                text,
                "  {{ target = \"{}\", days = {days}, origins = {}, crps = \"{:.2}{}\", inside_90 = \"{:.0}%\", \
                 inside_50 = \"{:.0}%\" }},",
                score.target.name(),
                score.count,
                score.crps,
                score.target.unit(),
                100.0 * score.inside_90,
                100.0 * score.inside_50
            );
        }
        text.push_str("]\n");
    }
    text
}

/// A parameter's value where it differs from path to path: the fitted one, and of the ample level that of the window's end.
fn of_the_other_stages(calibration: &Calibration, calibrated: &Calibrated, name: &str) -> Option<f64> {
    if name == "ample_reserves" {
        return calibrated.ample_level_on(calibration.to);
    }
    let position = PARAMETERS.iter().position(|info| info.name == name)?;
    Some(*calibrated.parameters.values()[position])
}

/// Three digits, which is more than scores can tell.
fn rounded(value: f64) -> f64 {
    let scale = 10.0_f64.powi(2 - if value == 0.0 { 0 } else { value.abs().log10().floor() as i32 });
    (value * scale).round() / scale
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_digits_without_exponents_and_idle_zeros() {
        for (value, text) in
            [(0.0, "0"), (-9.3, "-9.3"), (0.76612345, "0.766123"), (3189.7654321, "3189.77"), (1e-7, "0.0000001")]
        {
            assert_eq!(six_digits(value), text);
        }
    }
}
