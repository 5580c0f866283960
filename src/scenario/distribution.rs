//! Distributions: `{ normal = ["12bp", "4bp"] }`, `{ lognormal = { median = "35d", sigma = 0.4 } }`.

use crate::scenario::fields::Bounds;
use crate::scenario::quantity::show;
use crate::scenario::scenario::Distribution;
use crate::units::Unit;

/// A family of distributions, as typed.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// Its key.
    pub name: &'static str,
    /// Its numbers, in the order of the list form.
    pub parts: &'static [Part],
    /// What it is.
    pub meaning: &'static str,
    /// How one types it.
    pub example: &'static str,
}

/// One of the numbers of a distribution.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Its key in the table form.
    pub name: &'static str,
    /// Whether it is a plain number; otherwise it is in the unit of the quantity that is drawn.
    pub pure: bool,
}

const fn same(name: &'static str) -> Part {
    Part { name, pure: false }
}

const fn pure(name: &'static str) -> Part {
    Part { name, pure: true }
}

/// The families with a fixed number of parts; a choice among values is the one besides.
pub const FAMILIES: &[Family] = &[
    Family {
        name: "normal",
        parts: &[same("mean"), same("sd")],
        meaning: "Normal, with mean and standard deviation.",
        example: r#"{ normal = ["12bp", "4bp"] }"#,
    },
    Family {
        name: "lognormal",
        parts: &[same("median"), pure("sigma")],
        meaning: "Lognormal, with median and the standard deviation of the logarithm.",
        example: r#"{ lognormal = { median = "35d", sigma = 0.4 } }"#,
    },
    Family {
        name: "uniform",
        parts: &[same("low"), same("high")],
        meaning: "Every value between two ends equally likely.",
        example: r#"{ uniform = ["20bn", "60bn"] }"#,
    },
    Family {
        name: "triangular",
        parts: &[same("low"), same("mode"), same("high")],
        meaning: "Triangular, with two ends and the most likely value between them.",
        example: r#"{ triangular = ["10d", "35d", "60d"] }"#,
    },
    Family {
        name: "student_t",
        parts: &[same("centre"), same("scale"), pure("degrees")],
        meaning: "Student's t, with centre, scale and more than two degrees of freedom.",
        example: r#"{ student_t = { centre = "0bp", scale = "3bp", degrees = 5 } }"#,
    },
];

/// How one types a choice.
pub const CHOICE_EXAMPLE: &str = r#"{ choice = ["0bn", "100bn"], weights = [0.7, 0.3] }"#;

/// How far weights may be from adding up to one: rounding of the sum, not of what was typed.
const WEIGHT_TOLERANCE: f64 = 1e-9;

/// A fault in the part at `at`, and what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Position of the number at fault.
    pub at: usize,
    /// What is wrong with it.
    pub message: String,
}

fn fault<T>(at: usize, message: impl Into<String>) -> Result<T, Fault> {
    Err(Fault { at, message: message.into() })
}

/// The distribution of a family from its numbers, in the order of [`Family::parts`].
///
/// Bounded families must lie within `bounds`; of the others only the centre must, and draws beyond are moved to the
/// bound.
///
/// # Errors
/// If a number makes no such distribution.
pub fn build(family: &Family, numbers: &[f64], bounds: &Bounds) -> Result<Distribution, Fault> {
    let checked = |at: usize| within(numbers[at], at, bounds);
    match *numbers {
        [mean, sd] if family.name == "normal" => {
            checked(0)?;
            if sd <= 0.0 {
                return fault(1, "the standard deviation must be above zero");
            }
            Ok(Distribution::Normal { mean, sd })
        }
        [median, sigma] if family.name == "lognormal" => {
            checked(0)?;
            if median <= 0.0 {
                return fault(0, "the median of a lognormal must be above zero");
            }
            if !(sigma > 0.0 && sigma <= 5.0) {
                return fault(1, "sigma must be above 0 and at most 5; 0.4 means about 40% up or down");
            }
            Ok(Distribution::Lognormal { median, sigma })
        }
        [low, high] if family.name == "uniform" => {
            checked(0)?;
            checked(1)?;
            if low >= high {
                return fault(1, "the upper end must be above the lower end");
            }
            Ok(Distribution::Uniform { low, high })
        }
        [low, mode, high] if family.name == "triangular" => {
            checked(0)?;
            checked(2)?;
            if low >= high {
                return fault(2, "the upper end must be above the lower end");
            }
            if !(low..=high).contains(&mode) {
                return fault(1, "the mode must lie between the two ends");
            }
            Ok(Distribution::Triangular { low, mode, high })
        }
        [centre, scale, degrees] if family.name == "student_t" => {
            checked(0)?;
            if scale <= 0.0 {
                return fault(1, "the scale must be above zero");
            }
            if degrees <= 2.0 {
                return fault(2, "the degrees of freedom must be above 2, or the variance is infinite");
            }
            Ok(Distribution::StudentT { centre, scale, degrees })
        }
        _ => fault(0, "a distribution with other numbers than its family takes"),
    }
}

/// A value within bounds, or the fault of the number at `at`.
pub fn within(value: f64, at: usize, bounds: &Bounds) -> Result<(), Fault> {
    if (bounds.low..=bounds.high).contains(&value) {
        return Ok(());
    }
    fault(at, out_of_bounds(value, bounds))
}

/// The sentence that says what the bounds are.
pub fn out_of_bounds(value: f64, bounds: &Bounds) -> String {
    let unit = bounds.unit;
    let (low, high) = (show(bounds.low, unit), show(bounds.high, unit));
    let found = show(value, unit);
    if value < 0.0 && bounds.low == 0.0 {
        return format!("cannot be negative; found {found}");
    }
    if bounds.unit == Unit::Share && (bounds.low, bounds.high) == (0.0, 1.0) {
        return format!("must be a share from 0 to 1 (0% to 100%); found {value}");
    }
    format!("must be from {low} to {high}; found {found}")
}

/// Checks the weights of a choice among `count` values.
///
/// # Errors
/// If there are too many or too few, one is negative, or they do not add up to one.
pub fn check_weights(weights: &[f64], count: usize) -> Result<(), Fault> {
    if weights.len() != count {
        return fault(
            weights.len().min(count),
            format!("{count} values need {count} weights; found {}", weights.len()),
        );
    }
    if let Some(at) = weights.iter().position(|weight| !(0.0..=1.0).contains(weight)) {
        return fault(at, "a weight must be from 0 to 1");
    }
    let sum: f64 = weights.iter().sum();
    if (sum - 1.0).abs() > WEIGHT_TOLERANCE {
        // Ten digits hide the rounding of the sum.
        let shown = format!("{sum:.10}");
        let shown = shown.trim_end_matches('0').trim_end_matches('.');
        return fault(count, format!("the weights must add up to 1; they add up to {shown}"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAYS: Bounds = Bounds { unit: Unit::CalendarDays, low: 1.0, high: 365.0 };

    fn family(name: &str) -> &'static Family {
        FAMILIES.iter().find(|family| family.name == name).expect("a family of the table")
    }

    #[test]
    fn every_family_of_the_table_can_be_built() {
        let numbers: [&[f64]; 5] = [&[12.0, 4.0], &[35.0, 0.4], &[1.0, 2.0], &[1.0, 2.0, 3.0], &[1.0, 3.0, 5.0]];
        for (family, numbers) in FAMILIES.iter().zip(numbers) {
            assert_eq!(family.parts.len(), numbers.len(), "{}", family.name);
            build(family, numbers, &DAYS).expect(family.name);
        }
    }

    #[test]
    fn each_fault_points_at_its_number() {
        let at = |name: &str, numbers: &[f64]| build(family(name), numbers, &DAYS).expect_err(name).at;
        assert_eq!(at("normal", &[12.0, 0.0]), 1);
        assert_eq!(at("lognormal", &[35.0, -1.0]), 1);
        assert_eq!(at("uniform", &[5.0, 5.0]), 1);
        assert_eq!(at("uniform", &[5.0, 500.0]), 1);
        assert_eq!(at("triangular", &[5.0, 2.0, 9.0]), 1);
        assert_eq!(at("student_t", &[5.0, 2.0, 2.0]), 2);
    }

    #[test]
    fn unbounded_families_may_leave_the_bounds_with_their_tails_only() {
        assert!(build(family("normal"), &[10.0, 400.0], &DAYS).is_ok());
        assert!(build(family("normal"), &[400.0, 1.0], &DAYS).is_err());
    }

    #[test]
    fn weights_add_up_to_one() {
        assert_eq!(check_weights(&[0.7, 0.2, 0.1], 3), Ok(()));
        assert_eq!(
            check_weights(&[0.7, 0.2], 2).expect_err("sum").message,
            "the weights must add up to 1; they add up to 0.9"
        );
        assert!(check_weights(&[1.5, -0.5], 2).is_err());
        assert!(check_weights(&[1.0], 2).is_err());
    }
}
